//! Runs become words: cleaned, cut at U+0020 only, shaped. A no-break space holds its words
//! together and is drawn as a space. Lines are made in `text`.

use std::rc::Rc;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::compose::document::{Content, Run};

use super::fonts::{ShapedWord, Shaper};
use super::geometry::{SUPERSCRIPT_RISE, SUPERSCRIPT_SIZE};
use super::laid::{Face, Origin};

/// Widths that differ by less are equal.
pub(super) const TOLERANCE: f64 = 0.01;

/// A part of a word from one run, or a space.
#[derive(Clone)]
pub(super) struct Piece {
    /// Index of the run.
    pub(super) run: usize,
    /// Face.
    pub(super) face: Face,
    /// Size.
    pub(super) size: f64,
    /// How far it is raised.
    pub(super) rise: f64,
    /// Its glyphs.
    pub(super) shaped: Rc<ShapedWord>,
    /// Where its characters come from.
    pub(super) origin: Origin,
}

impl Piece {
    pub(super) fn width(&self) -> f64 {
        self.shaped.width * self.size
    }

    pub(super) fn spaces(&self) -> usize {
        self.shaped.glyphs.iter().filter(|glyph| glyph.is_space).count()
    }
}

/// A word with the space before it; a word without one may still begin a line.
#[derive(Clone, Default)]
pub(super) struct Word {
    /// The space before it.
    pub(super) space: Option<Piece>,
    /// Its parts, one a run.
    pub(super) pieces: Vec<Piece>,
    /// Width without the space.
    pub(super) width: f64,
}

impl Word {
    pub(super) fn has_digit(&self) -> bool {
        let mut letters = self.pieces.iter().flat_map(|piece| piece.shaped.text.chars());
        letters.any(|letter| letter.is_ascii_digit())
    }

    /// Returns the width of the no-break spaces in it, which justification stretches too.
    pub(super) fn inner_space_width(&self) -> f64 {
        let spaces = |piece: &Piece| {
            let glyphs = piece.shaped.glyphs.iter().filter(|glyph| glyph.is_space);
            glyphs.map(|glyph| f64::from(glyph.advance)).sum::<f64>() * piece.size
        };
        self.pieces.iter().map(spaces).sum()
    }

    /// Returns whether a sentence, or a part of one, ends here.
    pub(super) fn ends_sentence(&self) -> bool {
        self.pieces.last().is_some_and(|piece| piece.shaped.text.ends_with(['.', ';', '?', '!']))
    }

    pub(super) fn space_width(&self) -> f64 {
        self.space.as_ref().map_or(0.0, Piece::width)
    }
}

/// Returns the words of runs that are set in a face and size.
pub(super) fn words(
    shaper: &mut Shaper<'_>,
    runs: &[Run],
    (base, base_size): (Face, f64),
) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        let face = base.in_run(run);
        let (size, rise) = if run.superscript {
            (base_size * SUPERSCRIPT_SIZE, base_size * SUPERSCRIPT_RISE)
        } else {
            (base_size, 0.0)
        };
        let origin = origin(&run.content);
        let piece = |shaper: &mut Shaper<'_>, text: &str| Piece {
            run: index,
            face,
            size,
            rise,
            shaped: shaper.shape(face, text),
            origin: origin.clone(),
        };
        for (position, text) in clean(run.shown()).split(' ').enumerate() {
            if position > 0 {
                words.push(Word { space: Some(piece(shaper, " ")), ..Word::default() });
            }
            if text.is_empty() {
                continue;
            }
            let piece = piece(shaper, &text.replace('\u{A0}', " "));
            if words.is_empty() {
                words.push(Word::default());
            }
            if let Some(word) = words.last_mut() {
                word.width += piece.width();
                word.pieces.push(piece);
            }
        }
    }
    words
}

fn origin(content: &Content) -> Origin {
    match content {
        Content::Text(_) => Origin::Text,
        Content::Figure(figure) => Origin::Figure(Arc::from(figure.id.as_str())),
        Content::Constant(constant) => Origin::Constant(constant.kind),
    }
}

/// Splits the words that are wider than a line into parts that are not.
pub(super) fn break_long_words(shaper: &mut Shaper<'_>, words: Vec<Word>, width: f64) -> Vec<Word> {
    if words.iter().all(|word| word.width <= width + TOLERANCE) {
        return words;
    }
    let mut parts = Vec::with_capacity(words.len());
    for mut word in words {
        if word.width <= width + TOLERANCE {
            parts.push(word);
            continue;
        }
        let mut part = Word { space: word.space.take(), ..Word::default() };
        for piece in word.pieces {
            let meant = piece.shaped.actual.as_deref().unwrap_or(&piece.shaped.text);
            for character in meant.chars() {
                let glyph = shaper.shape(piece.face, character.encode_utf8(&mut [0; 4]));
                let letter = Piece { shaped: glyph, ..piece.clone() };
                if part.width + letter.width() > width && !part.pieces.is_empty() {
                    parts.push(std::mem::take(&mut part));
                }
                part.width += letter.width();
                part.pieces.push(letter);
            }
        }
        parts.push(part);
    }
    parts
}

/// Returns the text as it is drawn: NFC, without control and zero-width characters.
pub(super) fn clean(text: &str) -> String {
    text.nfc()
        .filter_map(|character| match character {
            '\t' | '\n' | '\r' => Some(' '),
            character if character.is_control() || is_invisible(character) => None,
            character => Some(character),
        })
        .collect()
}

/// Returns whether a character only steers other programs: widths, joins, directions.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cleaned_and_composed() {
        assert_eq!(
            clean("Tie\u{302}n La\u{303}ng\n\u{200B}05\u{2011}06"),
            "Tiên Lãng 05\u{2011}06"
        );
        assert_eq!(clean("trên\u{202E} mạng\u{7}"), "trên mạng");
    }
}

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

    /// Returns whether it is an address of the web.
    fn is_address(&self) -> bool {
        let text: String = self.pieces.iter().map(|piece| piece.shaped.text.as_str()).collect();
        text.contains("://") || text.contains("www.")
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

/// Addresses that take more of a line may be parted behind their signs.
const LONG_ADDRESS: f64 = 0.25;
/// The signs behind which an address is parted.
const ADDRESS_SIGNS: [char; 8] = ['/', '.', '?', '&', '=', '-', '_', '%'];

/// Parts the words that are wider than a line into letters, and long addresses of the web behind
/// their signs; the parts have no space between them.
pub(super) fn break_long_words(shaper: &mut Shaper<'_>, words: Vec<Word>, width: f64) -> Vec<Word> {
    let is_too_wide = |word: &Word| word.width > width + TOLERANCE;
    let is_long_address = |word: &Word| word.width > width * LONG_ADDRESS && word.is_address();
    if !words.iter().any(|word| is_too_wide(word) || is_long_address(word)) {
        return words;
    }
    let mut parts = Vec::with_capacity(words.len());
    for word in words {
        if is_long_address(&word) {
            let ends = |sign: char| ADDRESS_SIGNS.contains(&sign);
            let behind_signs = parted(shaper, word, ends);
            for part in behind_signs {
                let ends = |_| is_too_wide(&part);
                parts.extend(parted(shaper, part.clone(), ends));
            }
        } else if is_too_wide(&word) {
            parts.extend(parted(shaper, word, |_| true));
        } else {
            parts.push(word);
        }
    }
    parts
}

/// Parts a word behind the characters at which a part ends.
fn parted(shaper: &mut Shaper<'_>, word: Word, ends: impl Fn(char) -> bool) -> Vec<Word> {
    let mut parts = Vec::new();
    let mut part = Word { space: word.space, ..Word::default() };
    for piece in word.pieces {
        let meant = piece.shaped.actual.as_deref().unwrap_or(&piece.shaped.text);
        for character in meant.chars() {
            let glyph = shaper.shape(piece.face, character.encode_utf8(&mut [0; 4]));
            let letter = Piece { shaped: glyph, ..piece.clone() };
            part.width += letter.width();
            part.pieces.push(letter);
            if ends(character) {
                parts.push(std::mem::take(&mut part));
            }
        }
    }
    if !part.pieces.is_empty() {
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
    fn only_what_no_line_holds_and_long_addresses_are_parted() {
        let files = crate::render::pdf::FontFiles::embedded();
        let fonts = crate::render::pdf::Fonts::load(&files).unwrap();
        let mut shaper = Shaper::new(&fonts);
        let mut parts = |text: &str| -> Vec<String> {
            let found = words(&mut shaper, &[Run::text(text)], (Face::Regular, 14.0));
            let parts = break_long_words(&mut shaper, found, 100.0);
            let words = |word: &Word| {
                let pieces = word.pieces.iter().map(|piece| piece.shaped.text.as_str());
                let space = word.space.iter().map(|_| " ");
                space.chain(pieces).collect()
            };
            parts.iter().map(words).collect()
        };
        assert_eq!(parts("Số 30/2020/NĐ-CP"), ["Số", " 30/2020/NĐ-CP"]);
        assert_eq!(parts("a https://a.vn/b-c"), ["a", " https:/", "/", "a.", "vn/", "b-", "c"]);
        let long = parts(&format!("a {}", "b".repeat(40)));
        assert_eq!((long.len(), long[1].as_str(), long[2].as_str()), (41, " b", "b"));
    }

    #[test]
    fn text_is_cleaned_and_composed() {
        assert_eq!(
            clean("Tie\u{302}n La\u{303}ng\n\u{200B}05\u{2011}06"),
            "Tiên Lãng 05\u{2011}06"
        );
        assert_eq!(clean("trên\u{202E} mạng\u{7}"), "trên mạng");
    }
}

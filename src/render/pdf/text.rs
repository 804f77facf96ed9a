//! Words become set lines, which end where `breaking` says; a word wider than its line is broken between
//! characters, as a last resort.

use crate::compose::document::Run;

use super::breaking;
use super::fonts::Shaper;
use super::laid::{Face, Text};
use super::words::{Piece, Word, break_long_words, words};

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Face of the runs that ask for nothing else.
    pub(super) face: Face,
    /// Size.
    pub(super) size: f64,
    /// Width to fill.
    pub(super) width: f64,
    /// Alignment.
    pub(super) align: Alignment,
    /// Indent of the first line.
    pub(super) first_indent: f64,
    /// Indent of the other lines.
    pub(super) hanging: f64,
}

/// Alignment of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alignment {
    /// Ragged right.
    Left,
    /// Centred, the lines broken as they fill.
    Centre,
    /// Centred, the lines broken to nearly equal lengths.
    Balanced,
    /// Ragged left.
    Right,
    /// Both edges straight; the last line ragged.
    Justified,
}

/// A line: texts placed from the left edge of the width (x) and the base line (y).
#[derive(Clone, Debug, Default)]
pub(super) struct SetLine {
    /// The texts, left to right.
    pub(super) texts: Vec<Text>,
    /// Where the line begins.
    pub(super) x: f64,
    /// How long it is.
    pub(super) width: f64,
}

/// What a text needs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Need {
    /// Width of its longest word.
    pub(super) longest_word: f64,
    /// Width of its longest word with a digit.
    pub(super) longest_number: f64,
    /// Width on a single line.
    pub(super) natural: f64,
}

impl Setting {
    /// Returns a setting without indents.
    pub(super) fn new(face: Face, size: f64, width: f64, align: Alignment) -> Self {
        Self { face, size, width, align, first_indent: 0.0, hanging: 0.0 }
    }

    /// Returns the indent of a line.
    pub(super) fn indent(&self, line: usize) -> f64 {
        if line == 0 { self.first_indent } else { self.hanging }
    }
}

/// Sets runs into lines; no runs make no lines.
pub(super) fn set(shaper: &mut Shaper<'_>, runs: &[Run], setting: &Setting) -> Vec<SetLine> {
    let narrowest = setting.width - setting.first_indent.max(setting.hanging);
    let words = words(shaper, runs, (setting.face, setting.size));
    let words = break_long_words(shaper, words, narrowest);
    let breaks = breaking::breaks(&words, setting);
    let count = breaks.len();
    let mut start = 0;
    let mut lines = Vec::with_capacity(count);
    for (index, end) in breaks.into_iter().enumerate() {
        let indent = setting.indent(index);
        let trailing = words.get(end).and_then(|word| word.space.as_ref());
        let justified = setting.align == Alignment::Justified && index + 1 < count;
        let fill = justified.then_some(setting.width - indent);
        let mut line = set_line(&words[start..end], trailing, fill);
        if setting.align == Alignment::Justified && line.width > setting.width - indent {
            line = set_line(&words[start..end], trailing, Some(setting.width - indent));
        }
        line.x = match setting.align {
            Alignment::Left | Alignment::Justified => indent,
            Alignment::Right => setting.width - line.width,
            Alignment::Centre | Alignment::Balanced => (setting.width - line.width) / 2.0,
        };
        for text in &mut line.texts {
            text.x += line.x;
        }
        lines.push(line);
        start = end;
    }
    lines
}

/// Returns what runs need, in this face and size.
pub(super) fn need(shaper: &mut Shaper<'_>, runs: &[Run], face: Face, size: f64) -> Need {
    words(shaper, runs, (face, size)).iter().fold(Need::default(), |need, word| Need {
        longest_word: need.longest_word.max(word.width),
        longest_number: if word.has_digit() {
            need.longest_number.max(word.width)
        } else {
            need.longest_number
        },
        natural: need.natural + word.width + word.space_width(),
    })
}

/// Returns the narrowest width in which runs take no more than this many lines.
pub(super) fn width_of_lines(
    shaper: &mut Shaper<'_>,
    runs: &[Run],
    look: (Face, f64),
    lines: usize,
) -> f64 {
    breaking::width_of_lines(&words(shaper, runs, look), lines)
}

/// Places the words of a line; `trailing` is the space at which it was broken, `fill` the width
/// that its spaces are stretched to fill.
fn set_line(words: &[Word], trailing: Option<&Piece>, fill: Option<f64>) -> SetLine {
    let spaces_and_pieces = words
        .iter()
        .enumerate()
        .flat_map(|(index, word)| word.space.iter().filter(move |_| index > 0).chain(&word.pieces));
    let pieces: Vec<&Piece> = spaces_and_pieces.collect();
    let natural: f64 = pieces.iter().map(|piece| piece.width()).sum();
    let spaces: usize = pieces.iter().map(|piece| piece.spaces()).sum();
    let missing = fill.filter(|_| spaces > 0).map_or(0.0, |width| width - natural);
    let stretch = missing / count(spaces.max(1));
    let mut line = SetLine::default();
    let mut run = None;
    for piece in pieces {
        append(&mut line, piece, stretch, &mut run);
    }
    if let (Some(space), Some(text)) = (trailing, line.texts.last_mut()) {
        if run == Some(space.run) {
            text.text.push(' ');
            text.actual = text.actual.take().map(|meant| Box::from(format!("{meant} ")));
            text.glyphs.extend(&space.shaped.glyphs);
        } else {
            let mut blank = text_of(space, line.width);
            blank.width = 0.0;
            line.texts.push(blank);
        }
    }
    line
}

fn append(line: &mut SetLine, piece: &Piece, stretch: f64, run: &mut Option<usize>) {
    if *run != Some(piece.run) {
        *run = Some(piece.run);
        line.texts.push(Text { space_stretch: stretch, ..text_of(piece, line.width) });
    } else if let Some(text) = line.texts.last_mut() {
        if text.actual.is_some() || piece.shaped.actual.is_some() {
            let meant = text.actual.as_deref().unwrap_or(&text.text);
            let more = piece.shaped.actual.as_deref().unwrap_or(&piece.shaped.text);
            text.actual = Some(Box::from(format!("{meant}{more}")));
        }
        text.text.push_str(&piece.shaped.text);
        text.glyphs.extend(&piece.shaped.glyphs);
    }
    let width = piece.width() + stretch * count(piece.spaces());
    if let Some(text) = line.texts.last_mut() {
        text.width = line.width + width - text.x;
    }
    line.width += width;
}

fn text_of(piece: &Piece, x: f64) -> Text {
    Text {
        x,
        y: -piece.rise,
        face: piece.face,
        size: piece.size,
        text: piece.shaped.text.clone(),
        glyphs: piece.shaped.glyphs.clone(),
        space_stretch: 0.0,
        width: piece.width(),
        origin: piece.origin.clone(),
        actual: piece.shaped.actual.clone(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of spaces and lines are small")]
pub(super) fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::{ConstantKind, FigureRef, NumberFormat};
    use crate::render::pdf::laid::Origin;
    use crate::render::pdf::{FontFiles, Fonts};

    fn set_text(runs: &[Run], width: f64, align: Alignment) -> Vec<SetLine> {
        let files = FontFiles::embedded();
        let fonts = Fonts::load(&files).unwrap();
        set(&mut Shaper::new(&fonts), runs, &Setting::new(Face::Regular, 14.0, width, align))
    }

    fn content(line: &SetLine) -> String {
        line.texts.iter().map(|text| text.text.as_str()).collect()
    }

    fn sentence() -> Run {
        Run::text("Tổ công tác Đề\u{A0}án\u{A0}xin báo cáo kết quả thực hiện nhiệm vụ. ".repeat(8))
    }

    #[test]
    fn justified_lines_end_at_the_margin_and_the_last_is_ragged() {
        let lines = set_text(&[sentence()], 400.0, Alignment::Justified);
        let (last, full) = lines.split_last().unwrap();
        assert!(full.len() > 4);
        for line in full {
            assert!((line.width - 400.0).abs() < 0.05, "{}", line.width);
            let text = line.texts.last().unwrap();
            assert!((text.x + text.width - 400.0).abs() < 0.05);
        }
        assert!(last.width < 399.0);
        assert_eq!(
            lines.iter().map(content).collect::<String>().trim_end().matches(". ").count(),
            7
        );
    }

    #[test]
    fn a_no_break_space_holds_its_words_together() {
        for width in [90.0, 120.0, 170.0, 230.0] {
            for line in set_text(&[sentence()], width, Alignment::Left) {
                assert_eq!(content(&line).contains("Đề"), content(&line).contains("Đề án xin"));
            }
        }
    }

    #[test]
    fn every_piece_of_a_broken_run_keeps_its_origin() {
        let figure = FigureRef {
            id: "B02.unit.xa.value".to_owned(),
            shown: "1.234 trên 5.678".to_owned(),
            value: None,
            format: NumberFormat::Number,
        };
        let runs = [
            Run::text("Có "),
            Run::figure(figure),
            Run::text(" người, "),
            Run::constant(ConstantKind::Date, "05/3/2024"),
        ];
        let mut pieces = Vec::new();
        for line in set_text(&runs, 60.0, Alignment::Justified) {
            for text in line.texts {
                if text.text.chars().any(|letter| letter.is_ascii_digit()) {
                    pieces.push((text.text.trim().to_owned(), text.origin != Origin::Text));
                }
            }
        }
        let expected = ["1.234", "trên 5.678", "05/3/2024"].map(|digits| (digits.to_owned(), true));
        assert!(expected.iter().all(|piece| pieces.contains(piece)), "{pieces:?}");
        assert!(pieces.iter().all(|(_, known)| *known), "{pieces:?}");
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_between_characters() {
        let lines = set_text(&[Run::text("x Nghiêng".repeat(20))], 30.0, Alignment::Justified);
        assert!(lines.iter().all(|line| line.width <= 30.02));
        let letters: usize =
            lines.iter().map(|line| content(line).replace(' ', "").chars().count()).sum();
        assert_eq!(letters, 160);
    }

    #[test]
    fn what_is_drawn_otherwise_keeps_what_is_meant() {
        let lines = set_text(&[Run::text("Số 05\u{2011}06 của 中")], 400.0, Alignment::Left);
        let text = &lines[0].texts[0];
        assert_eq!(text.actual.as_deref(), Some("Số 05\u{2011}06 của 中"));
        assert!(text.text.starts_with("Số 05-06 của "));
        assert_eq!(set_text(&[sentence()], 400.0, Alignment::Left)[0].texts[0].actual, None);
    }

    #[test]
    fn nothing_makes_no_lines() {
        assert!(set_text(&[], 100.0, Alignment::Left).is_empty());
        assert!(set_text(&[Run::text("")], 100.0, Alignment::Left).is_empty());
    }

    #[test]
    fn balanced_lines_are_nearly_equal() {
        let runs =
            [Run::text("Kết quả thực hiện nhiệm vụ của Đề án trong tháng trên địa bàn huyện")];
        let lines = set_text(&runs, 300.0, Alignment::Balanced);
        assert_eq!(lines.len(), 2);
        assert!((lines[0].width - lines[1].width).abs() < 60.0);
    }
}

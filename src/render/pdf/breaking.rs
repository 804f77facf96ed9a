//! Where lines end: each line filled in turn for ragged text, the best lines of a whole paragraph
//! for justified text (after Knuth and Plass, without hyphens), so that no word gap stands out.

use super::laid::Face;
use super::text::{Alignment, Setting};
use super::words::{TOLERANCE, Word};

/// How much narrower a word gap may become, as a share of a space.
const SHRINK: f64 = 0.12;
/// The stretch of a word gap that counts as bad, as a share of a space.
const BAD_STRETCH: f64 = 0.8;
/// What stands for the gaps of a line that has none, in ems.
const NO_ROOM: f64 = 0.1;
/// What a line costs that ends on the first word of a sentence.
const OPENING_WORD: f64 = 15_000.0;
/// What a last line costs that is no longer than `RUNT` of the width.
const RUNT_LINE: f64 = 2_500.0;
const RUNT: f64 = 0.08;
/// What a line costs that differs much in tightness from the one before.
const UNEVEN: f64 = 600.0;

/// Returns the index after the last word of each line.
pub(super) fn breaks(words: &[Word], setting: &Setting) -> Vec<usize> {
    let filled = filled(words, setting, setting.width);
    match setting.align {
        Alignment::Balanced if filled.len() > 1 => balanced(words, setting, filled.len()),
        Alignment::Justified if filled.len() > 1 => total_fit(words, setting).unwrap_or(filled),
        _ => filled,
    }
}

/// Fills each line in turn.
fn filled(words: &[Word], setting: &Setting, width: f64) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut used = 0.0;
    let mut start = 0;
    for (index, word) in words.iter().enumerate() {
        if index == start {
            used = word.width;
            continue;
        }
        let available = width - setting.indent(breaks.len()) + TOLERANCE;
        if used + word.space_width() + word.width > available {
            breaks.push(index);
            start = index;
            used = word.width;
        } else {
            used += word.space_width() + word.width;
        }
    }
    if !words.is_empty() {
        breaks.push(words.len());
    }
    breaks
}

/// Returns the breaks of the narrowest lines that are no more than `most`.
fn balanced(words: &[Word], setting: &Setting, most: usize) -> Vec<usize> {
    filled(words, setting, narrowest(words, setting, most))
}

/// Returns the narrowest width in which words take no more than this many lines.
pub(super) fn width_of_lines(words: &[Word], most: usize) -> f64 {
    let natural: f64 = words.iter().map(|word| word.space_width() + word.width).sum();
    if most <= 1 {
        return natural;
    }
    narrowest(words, &Setting::new(Face::Regular, 1.0, natural, Alignment::Left), most)
}

fn narrowest(words: &[Word], setting: &Setting, most: usize) -> f64 {
    let longest = words.iter().map(|word| word.width).fold(0.0, f64::max);
    let (mut narrow, mut wide) = (longest.min(setting.width), setting.width);
    for _ in 0..16 {
        let middle = narrow.midpoint(wide);
        if filled(words, setting, middle).len() <= most {
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    wide
}

/// The best way to end a line before a word.
#[derive(Clone, Copy)]
struct Best {
    cost: f64,
    /// The word with which that line begins.
    start: usize,
    /// Lines up to here.
    lines: usize,
    /// How far the gaps of that line are stretched, as a share of a space.
    stretch: f64,
}

/// Returns the lines of least cost, or nothing when a word does not fit.
fn total_fit(words: &[Word], setting: &Setting) -> Option<Vec<usize>> {
    let mut best: Vec<Option<Best>> = vec![None; words.len() + 1];
    best[0] = Some(Best { cost: 0.0, start: 0, lines: 0, stretch: 0.0 });
    for start in 0..words.len() {
        let Some(before) = best[start] else { continue };
        let width = setting.width - setting.indent(before.lines) + TOLERANCE;
        let mut natural = 0.0;
        let mut room = 0.0;
        for end in start + 1..=words.len() {
            let word = &words[end - 1];
            if end - 1 > start {
                natural += word.space_width();
                room += word.space_width();
            }
            natural += word.width;
            room += word.inner_space_width();
            if natural - room * SHRINK > width {
                break;
            }
            let is_last = end == words.len();
            let stretch = if is_last && natural <= width {
                0.0
            } else {
                (width - natural) / room.max(setting.size * NO_ROOM)
            };
            let cost = before.cost
                + line_cost(stretch, before)
                + ending_cost(words, (start, end), (natural, setting.width));
            if best[end].is_none_or(|known| cost < known.cost) {
                best[end] = Some(Best { cost, start, lines: before.lines + 1, stretch });
            }
        }
    }
    let mut breaks = Vec::new();
    let mut end = words.len();
    while end > 0 {
        breaks.push(end);
        end = best[end]?.start;
    }
    breaks.reverse();
    Some(breaks)
}

/// Returns what the gaps of a line cost.
fn line_cost(stretch: f64, before: Best) -> f64 {
    let limit = if stretch < 0.0 { SHRINK } else { BAD_STRETCH };
    let badness = 100.0 * (stretch.abs() / limit).powi(3);
    let uneven = before.lines > 0 && (stretch - before.stretch).abs() > BAD_STRETCH;
    (10.0 + badness).powi(2) / 10.0 + if uneven { UNEVEN } else { 0.0 }
}

/// Returns what the place of a break costs.
fn ending_cost(words: &[Word], (start, end): (usize, usize), (natural, width): (f64, f64)) -> f64 {
    if end == words.len() {
        return if start > 0 && natural < width * RUNT { RUNT_LINE } else { 0.0 };
    }
    let opens = end >= 2 && end - start >= 2 && words[end - 2].ends_sentence();
    if opens { OPENING_WORD } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::Run;
    use crate::render::pdf::fonts::Shaper;
    use crate::render::pdf::text::count;
    use crate::render::pdf::words::words;
    use crate::render::pdf::{FontFiles, Fonts};

    const PARAGRAPH: &str = "Theo số liệu của các xã, thị trấn, UBND các xã, thị trấn đã tổ chức nhiều \
        hội nghị, buổi tuyên truyền trực tiếp với đông đảo người tham dự, giảm so với kỳ trước. Hệ \
        thống truyền thanh cơ sở phát nhiều lượt tin, bài, tăng so với kỳ trước; tổng thời lượng \
        không thay đổi. Đăng tin, bài trên Cổng/Trang thông tin điện tử, Facebook, Zalo, giảm so \
        với kỳ trước. Có nhiều người được hướng dẫn trực tiếp cài đặt, sử dụng VNeID.";

    /// Returns the lines of a text as words, and the stretch of each line but the last.
    fn lines(text: &str, width: f64, align: Alignment) -> (Vec<String>, Vec<f64>) {
        let files = FontFiles::embedded();
        let fonts = Fonts::load(&files).unwrap();
        let mut shaper = Shaper::new(&fonts);
        let words = words(&mut shaper, &[Run::text(text)], (Face::Regular, 14.0));
        let setting = Setting::new(Face::Regular, 14.0, width, align);
        let (mut start, mut lines, mut stretches) = (0, Vec::new(), Vec::new());
        for end in breaks(&words, &setting) {
            let line = &words[start..end];
            let gaps = count(line.len() - 1);
            let natural: f64 = line.iter().map(|word| word.width).sum::<f64>()
                + line.iter().skip(1).map(Word::space_width).sum::<f64>();
            stretches.push((width - natural) / gaps.max(1.0) / 3.5);
            let text = |word: &Word| word.pieces[0].shaped.text.clone();
            lines.push(line.iter().map(text).collect::<Vec<_>>().join(" "));
            start = end;
        }
        stretches.pop();
        (lines, stretches)
    }

    fn worst(stretches: &[f64]) -> f64 {
        stretches.iter().copied().fold(0.0, f64::max)
    }

    #[test]
    fn the_widest_gap_is_narrower_than_when_lines_are_filled() {
        let mut gained = 0;
        for width in [300.0, 330.0, 360.0, 390.0, 420.0, 453.0] {
            let (text, best) = lines(PARAGRAPH, width, Alignment::Justified);
            let (_, filled) = lines(PARAGRAPH, width, Alignment::Left);
            assert_eq!(text.join(" "), PARAGRAPH.split_whitespace().collect::<Vec<_>>().join(" "));
            assert!(worst(&best) <= worst(&filled) + 0.35, "{width}: {best:?} {filled:?}");
            assert!(worst(&best) < 1.2, "{width}: {best:?}");
            assert!(best.iter().all(|stretch| *stretch >= -SHRINK - 0.01), "{width}: {best:?}");
            gained += usize::from(worst(&best) < worst(&filled) - 0.05);
        }
        assert!(gained >= 3, "{gained}");
    }

    #[test]
    fn no_line_ends_on_the_first_word_of_a_sentence() {
        let mut filled = 0;
        for width in 360..453 {
            let openings = |align| {
                let (lines, _) = lines(PARAGRAPH, f64::from(width), align);
                lines.iter().filter(|line| line.ends_with(". Có") || line.ends_with(". Hệ")).count()
            };
            assert_eq!(openings(Alignment::Justified), 0, "{width}");
            filled += openings(Alignment::Left);
        }
        assert!(filled > 0, "the widths try it");
    }

    #[test]
    fn a_paragraph_does_not_end_on_a_scrap() {
        for width in 300..453 {
            let (lines, _) = lines(PARAGRAPH, f64::from(width), Alignment::Justified);
            assert!(lines.last().unwrap().chars().count() > 5, "{width}: {lines:?}");
        }
    }

    #[test]
    fn a_long_text_takes_no_time_that_grows_with_its_square() {
        let long = PARAGRAPH.repeat(60);
        let (lines, _) = lines(&long, 453.0, Alignment::Justified);
        assert!(lines.len() > 250);
    }
}

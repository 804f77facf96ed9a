//! Figures within the text: a caption ("Biểu đồ 1. …") and the small words of the chart above or below
//! it are no text of the document, and no clause speaks of them.

use super::super::page::Line;

/// Words with which captions begin.
const CAPTIONS: [&str; 3] = ["Biểu đồ ", "Hình ", "Sơ đồ "];
/// Largest size of the words of a chart, in points.
const LARGEST: f64 = 12.05;
/// How far the middles of the lines of a caption may differ, in millimetres.
const SAME_MIDDLE: f64 = 0.5;

/// Returns the rows of a page without those of figures.
pub(super) fn without_figures(rows: Vec<Line>) -> Vec<Line> {
    let mut is_inside = vec![false; rows.len()];
    for (at, caption) in rows.iter().enumerate().filter(|(_, row)| is_caption(row)) {
        let goes_on = |row: &&Line| {
            row.is_bold() && (row.centre() - caption.centre()).abs() < SAME_MIDDLE && !is_small(row)
        };
        let lines = rows.iter().skip(at + 1).take_while(goes_on).count();
        let below = at + 1 + lines;
        let below = below + rows.iter().skip(below).take_while(|row| is_small(row)).count();
        let above = rows.iter().take(at).rev().take_while(|row| is_small(row)).count();
        is_inside.iter_mut().take(below).skip(at - above).for_each(|inside| *inside = true);
    }
    rows.into_iter().zip(is_inside).filter(|(_, inside)| !inside).map(|(row, _)| row).collect()
}

/// Returns whether a row begins a caption: "Biểu đồ", a number and a full stop or colon, in bold. The
/// text that refers to a figure is not bold.
fn is_caption(row: &Line) -> bool {
    let number = CAPTIONS.iter().find_map(|word| row.text.strip_prefix(word));
    let after = number.map(|number| number.trim_start_matches(|sign: char| sign.is_ascii_digit()));
    let is_numbered = number.zip(after).is_some_and(|(number, after)| number != after);
    is_numbered && after.is_some_and(|after| after.starts_with(['.', ':'])) && row.is_bold()
}

fn is_small(row: &Line) -> bool {
    row.size() <= LARGEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::page::{Colour, Run, Slope, Weight};

    fn row(text: &str, size: f64, weight: Weight) -> Line {
        let (left, right) = (60.0, 160.0);
        let run = Run {
            text: text.to_owned(),
            left,
            right,
            size,
            font: "Liberation Serif".to_owned(),
            weight,
            slope: Slope::Upright,
            colour: Colour::BLACK,
        };
        Line { runs: vec![run], text: text.to_owned(), left, right, baseline: 0.0 }
    }

    #[test]
    fn a_caption_takes_the_small_words_around_it_and_nothing_else() {
        use Weight::{Bold, Regular};
        let rows = vec![
            row("Lời văn trước biểu đồ, có nhắc đến", 14.0, Regular),
            row("Biểu đồ 1 kèm theo.", 14.0, Regular),
            row("tài khoản", 10.0, Regular),
            row("Biểu đồ 1. Kết quả kích hoạt", 13.0, Bold),
            row("của các xã, thị trấn", 13.0, Bold),
            row("xã Tiên Minh 4.696", 10.0, Regular),
            row("Chưa có số liệu: xã Tây Hưng.", 12.0, Regular),
            row("Lời văn sau biểu đồ", 14.0, Regular),
            row("chữ nhỏ không thuộc biểu đồ nào", 12.0, Regular),
        ];
        let kept = without_figures(rows);
        let kept: Vec<&str> = kept.iter().map(|row| row.text.as_str()).collect();
        assert_eq!(
            kept,
            [
                "Lời văn trước biểu đồ, có nhắc đến",
                "Biểu đồ 1 kèm theo.",
                "Lời văn sau biểu đồ",
                "chữ nhỏ không thuộc biểu đồ nào",
            ]
        );
    }
}

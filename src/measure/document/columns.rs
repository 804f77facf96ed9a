//! The two columns of the head of page 1 where they nearly touch: a line that holds words of both is
//! divided, and Quốc hiệu is found on two lines when its column is too narrow for it.

use super::super::page::{Line, Page, Run, Slope, is_blank};
use super::{joined, plain};

/// The end of Quốc hiệu, without marks.
const NATION: &str = "xa hoi chu nghia viet nam";
/// How far Quốc hiệu's second line may stand below the first, in millimetres.
const NEXT_LINE: f64 = 8.0;
/// How far the middles of its lines may be apart, in millimetres.
const SAME_MIDDLE: f64 = 5.0;

/// Returns the page with the lines of its head divided between the columns.
pub(super) fn divided(page: &Page) -> Page {
    let lowest = page.height * 0.4;
    let lines = page.lines.iter().flat_map(|line| {
        let at = if line.baseline < lowest { right_column(line) } else { None };
        match at.and_then(|at| line.runs.split_at_checked(at)) {
            Some((left, right)) => [part(line, left), part(line, right)].into_iter().flatten(),
            None => [Some(line.clone()), None].into_iter().flatten(),
        }
    });
    Page { lines: lines.collect(), ..page.clone() }
}

/// Returns the run with which the right column begins in a line that begins in the left one.
fn right_column(line: &Line) -> Option<usize> {
    (1..line.runs.len()).find(|at| {
        let (before, after) = line.runs.split_at(*at);
        let words = plain(&text(after));
        let leans = |run: Option<&Run>| run.is_some_and(|run| run.slope == Slope::Italic);
        let is_date = leans(after.first())
            && !leans(before.last())
            && words.split(' ').any(|word| word == "ngay")
            && plain(&text(before)).starts_with("so");
        words.starts_with("cong hoa xa hoi") || words.starts_with("doc lap") || is_date
    })
}

fn text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

fn part(line: &Line, runs: &[Run]) -> Option<Line> {
    let is_inked = |run: &&Run| run.text.chars().any(|c| !is_blank(c));
    let (first, last) = (runs.iter().find(is_inked)?, runs.iter().rfind(is_inked)?);
    Some(Line {
        text: text(runs).trim().to_owned(),
        left: first.left,
        right: last.right,
        baseline: line.baseline,
        runs: runs.to_vec(),
    })
}

/// Returns Quốc hiệu, its two lines as one on the base line of the second.
pub(super) fn nation<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> Option<Line> {
    let whole = lines.clone().find(|line| plain(&line.text).contains(NATION));
    if whole.is_some() {
        return whole.cloned();
    }
    let first = lines.clone().find(|line| plain(&line.text).starts_with("cong hoa xa hoi"))?;
    let goes_on = |line: &&Line| {
        (0.5..NEXT_LINE).contains(&(line.baseline - first.baseline))
            && (line.centre() - first.centre()).abs() < SAME_MIDDLE
            && plain(&format!("{} {}", first.text, line.text)).ends_with(NATION)
    };
    let mut lines = lines;
    let Some(second) = lines.find(goes_on) else { return Some(first.clone()) };
    let mut nation = joined(&[first.clone(), second.clone()])?;
    nation.text = format!("{} {}", first.text, second.text);
    nation.left = first.left.min(second.left);
    nation.right = first.right.max(second.right);
    nation.baseline = second.baseline;
    Some(nation)
}

#[cfg(test)]
mod tests {
    use super::super::super::page::{Colour, Weight};
    use super::*;

    fn line(baseline: f64, runs: &[(&str, f64, f64, Weight)]) -> Line {
        let runs: Vec<Run> = runs
            .iter()
            .map(|(words, left, right, weight)| Run {
                text: (*words).to_owned(),
                left: *left,
                right: *right,
                size: 13.0,
                font: "TimesNewRomanPSMT".to_owned(),
                weight: *weight,
                slope: Slope::Upright,
                colour: Colour::BLACK,
            })
            .collect();
        let (left, right) = (runs[0].left, runs[runs.len() - 1].right);
        Line { text: text(&runs), runs, left, right, baseline }
    }

    #[test]
    fn a_line_of_both_columns_is_divided() {
        let both = line(
            24.0,
            &[
                ("UBND HUYỆN TIÊN LÃNG ", 30.0, 90.0, Weight::Regular),
                ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 92.0, 188.0, Weight::Bold),
            ],
        );
        let page = Page { width: 210.0, height: 297.0, lines: vec![both], ..Page::default() };
        let lines = divided(&page).lines;
        let places: Vec<(&str, f64, f64)> =
            lines.iter().map(|line| (line.text.as_str(), line.left, line.right)).collect();
        let expected = [
            ("UBND HUYỆN TIÊN LÃNG", 30.0, 90.0),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 92.0, 188.0),
        ];
        assert_eq!(places, expected);
    }

    #[test]
    fn quoc_hieu_is_found_on_two_lines() {
        let lines = [
            line(24.0, &[("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", 110.0, 180.0, Weight::Bold)]),
            line(29.5, &[("VIỆT NAM", 132.0, 158.0, Weight::Bold)]),
            line(35.0, &[("Độc lập - Tự do - Hạnh phúc", 115.0, 175.0, Weight::Bold)]),
        ];
        let nation = nation(lines.iter()).unwrap();
        assert_eq!(nation.text, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
        assert!((nation.centre() - 145.0).abs() < 0.01 && nation.baseline > 29.0);
    }
}

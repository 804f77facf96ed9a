//! Mục II.6.e: both edges of the text, room between lines and between paragraphs.

use super::super::clause::{Check, Clause, Fault, shown};
use super::super::document::{Body, Edges, Paragraph};
use super::super::page::{Line, MM};
use super::short;

/// Height of a single line of Times New Roman, as a share of the size.
const SINGLE: f64 = 1.149;
/// How far full lines may end from the edge, in millimetres; LibreOffice rounds the places of letters.
const JITTER: f64 = 0.3;
/// How far one line in ten may: WeasyPrint measures a line once more after it has spread its words.
const STRAY: f64 = 0.7;
/// How much less than 6 pt is measured where nothing is rounded, in points.
const GAP_PLAY: f64 = 0.3;
/// The pixel of a browser, in points: it puts base lines at whole ones.
const PIXEL: f64 = 0.75;

pub(super) const JUSTIFIED: Clause = Clause::new(
    "can-deu",
    "Mục II.6.e",
    "Canh đều cả hai lề",
    "mép phải các dòng lệch không quá 0,1 mm (0,3 mm nếu chương trình làm tròn vị trí chữ)",
);
pub(super) const GAP: Clause =
    Clause::new("cach-doan", "Mục II.6.e", "Khoảng cách giữa các đoạn", "tối thiểu 6 pt");
pub(super) const LEADING: Clause = Clause::new(
    "cach-dong",
    "Mục II.6.e",
    "Khoảng cách giữa các dòng",
    "từ dòng đơn đến 1,5 lines (1,15–1,72 lần cỡ chữ)",
);

/// Returns the check of the right ends of all lines but the last of each paragraph.
pub(super) fn justified<'p>(
    paragraphs: impl Iterator<Item = &'p Paragraph>,
    edges: Edges,
) -> Check {
    let (mut faults, mut strays, mut full, mut worst) = (Vec::new(), 0, 0, 0.0_f64);
    for paragraph in paragraphs {
        let before_last = paragraph.lines.len().saturating_sub(1);
        for (page, line) in paragraph.lines.iter().take(before_last) {
            full += 1;
            let off = if edges.hangs(line) { 0.0 } else { (line.right - edges.right).abs() };
            worst = worst.max(off.min(STRAY));
            if off > JITTER {
                strays += usize::from(off <= STRAY);
                let says = format!("“{}” lệch {} mm", short(&line.text), shown(off, 2));
                faults.push(Fault { page: *page, says });
            }
        }
    }
    if full == 0 {
        return JUSTIFIED.absent("không có đoạn nhiều dòng");
    }
    if strays == faults.len() && strays <= (full / 10).max(1) {
        faults.clear();
    }
    let rounded = match () {
        () if worst > JITTER => {
            format!(" ({strays} dòng; chương trình soạn thảo dàn chữ không khít)")
        }
        () if worst > 0.1 => " (chương trình soạn thảo làm tròn vị trí chữ)".to_owned(),
        () => String::new(),
    };
    let measured = format!("{full} dòng, lệch nhiều nhất {} mm{rounded}", shown(worst, 2));
    JUSTIFIED.judged(1, measured, faults)
}

/// Returns the steps from line to line within a paragraph, in points, with page and line.
fn steps(paragraph: &Paragraph) -> impl Iterator<Item = (usize, &Line, f64)> {
    let pairs = paragraph.lines.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    pairs.map(|pair| (pair[1].0, &pair[1].1, (pair[1].1.baseline - pair[0].1.baseline) / MM))
}

/// Returns a step as a share of the size of its line.
fn share((_, line, step): (usize, &Line, f64)) -> f64 {
    step / line.size().max(1.0)
}

/// Returns the mean step of some paragraphs as a share of the size, without the steps that are far
/// from most.
fn mean_share<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> Option<f64> {
    let mut shares: Vec<f64> = paragraphs.flat_map(steps).map(share).collect();
    shares.sort_by(f64::total_cmp);
    let middle = shares.get(shares.len() / 2).copied()?;
    shares.retain(|share| (share / middle - 1.0).abs() < 0.12);
    let (sum, count) = shares.iter().fold((0.0, 0.0), |(sum, count), s| (sum + s, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

pub(super) fn leading(body: &Body) -> Check {
    let steps: Vec<(usize, &Line, f64)> = body.paragraphs.iter().flat_map(steps).collect();
    let Some(first) = steps.first() else {
        return LEADING.absent("không có đoạn nhiều dòng");
    };
    let is_single_to_half = |share: &f64| (SINGLE - 0.012..=SINGLE * 1.5 + 0.03).contains(share);
    // Base lines at whole pixels: the mean is what was asked for.
    let usual = mean_share(body.paragraphs.iter()).unwrap_or_default();
    let asked = |step: &(usize, &Line, f64)| {
        let is_rounded = (usual - share(*step)).abs() * step.1.size() <= PIXEL;
        if is_rounded { usual } else { share(*step) }
    };
    let faults = steps.iter().filter(|step| !is_single_to_half(&asked(step)));
    let faults = faults.map(|step| Fault {
        page: step.0,
        says: format!(
            "trên “{}” {} pt, bằng {} lần cỡ chữ",
            short(&step.1.text),
            shown(step.2, 1),
            shown(share(*step), 2)
        ),
    });
    let measured = format!("{} pt, bằng {} lần cỡ chữ", shown(first.2, 1), shown(share(*first), 2));
    LEADING.judged(1, measured, faults.collect())
}

pub(super) fn gaps(body: &Body) -> Check {
    let Some(usual) = mean_share(body.paragraphs.iter()) else {
        return GAP.absent("không có đoạn nhiều dòng để biết khoảng cách dòng");
    };
    let play = GAP_PLAY + rounding(body, usual);
    let (mut faults, mut least) = (Vec::new(), f64::INFINITY);
    for pair in body.paragraphs.windows(2) {
        let (Some((above_page, above)), Some((page, line))) =
            (pair[0].lines.last(), pair[1].first())
        else {
            continue;
        };
        if above_page != page {
            continue;
        }
        // Programs disagree whether the line above or below says how high a line is.
        let single = pair
            .iter()
            .zip([above, line])
            .map(|(paragraph, line)| {
                mean_share(std::iter::once(paragraph)).unwrap_or(usual) * line.size()
            })
            .fold(f64::INFINITY, f64::min);
        let gap = (line.baseline - above.baseline) / MM - single;
        least = least.min(gap);
        if gap < 6.0 - play {
            let says = format!("trên “{}” {} pt", short(&line.text), shown(gap, 1));
            faults.push(Fault { page: *page, says });
        }
    }
    if !least.is_finite() {
        return GAP.absent("không có hai đoạn liền nhau");
    }
    GAP.judged(1, format!("ít nhất {} pt", shown(least, 1)), faults)
}

/// Returns how far steps within paragraphs are from each other, in points, at most a pixel: as much
/// may be missing between paragraphs.
fn rounding(body: &Body, usual: f64) -> f64 {
    let offs =
        body.paragraphs.iter().flat_map(steps).map(|step| (share(step) - usual) * step.1.size());
    let offs = offs.filter(|off| off.abs() <= PIXEL);
    let (least, most) = offs.fold((0.0_f64, 0.0_f64), |(a, b), off| (a.min(off), b.max(off)));
    let spread = most - least;
    if spread > 0.1 { spread.min(PIXEL) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::super::page::{Colour, Run, Slope, Weight};
    use super::*;
    use crate::measure::clause::Verdict;

    /// Returns paragraphs of three lines with these steps within and between them, in points.
    fn body(within: &[f64], between: f64) -> Body {
        let (mut at, mut paragraphs) = (100.0, Vec::new());
        for pair in within.chunks(2) {
            let mut lines = Vec::new();
            for step in [0.0].iter().chain(pair) {
                at += step * MM;
                lines.push((1, line(at)));
            }
            paragraphs.push(Paragraph { lines, text: String::new() });
            at += between * MM;
        }
        Body { edges: None, paragraphs }
    }

    fn line(baseline: f64) -> Line {
        let run = Run {
            text: "lời".to_owned(),
            left: 30.0,
            right: 190.0,
            size: 14.0,
            font: "Tinos".to_owned(),
            weight: Weight::Regular,
            slope: Slope::Upright,
            colour: Colour::BLACK,
        };
        Line { text: "lời".to_owned(), left: 30.0, right: 190.0, baseline, runs: vec![run] }
    }

    #[test]
    fn whole_pixels_are_no_fault() {
        // 16,086 pt and 6 pt more, on a grid of 0,75 pt.
        let body = body(&[15.75, 16.5, 15.75, 15.75, 16.5, 15.75], 21.75);
        assert_eq!(gaps(&body).verdict, Verdict::Pass, "{}", gaps(&body).measured);
        assert_eq!(leading(&body).verdict, Verdict::Pass, "{}", leading(&body).measured);
    }

    #[test]
    fn without_rounding_six_points_are_six_points() {
        let steps = [18.5; 6];
        assert_eq!(gaps(&body(&steps, 24.5)).verdict, Verdict::Pass);
        assert_eq!(gaps(&body(&steps, 23.5)).verdict, Verdict::Fail);
        assert_eq!(leading(&body(&[15.0; 6], 24.5)).verdict, Verdict::Fail);
    }
}

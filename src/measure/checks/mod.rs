//! Judges a document against the clauses, one function a group of clauses.

mod annexes;
mod body;
mod capitals;
mod ending;
mod head;
mod legible;
mod paper;
mod spacing;
mod title;
mod words;

use super::clause::{Check, Clause, Fault};
use super::document::Document;
use super::page::{Line, Rule, Stroke};

/// Everything that is measured, in the order of the decree.
pub const CLAUSES: [&[Clause]; 7] = [
    &paper::CLAUSES,
    &head::CLAUSES,
    &title::CLAUSES,
    &body::CLAUSES,
    &ending::CLAUSES,
    &annexes::CLAUSES,
    &capitals::CLAUSES,
];

/// Returns a check for every clause, in the order of [`CLAUSES`].
pub(super) fn checks(document: &Document<'_>) -> Vec<Check> {
    let checks = [
        paper::checks(document),
        head::checks(document),
        title::checks(document),
        body::checks(document),
        ending::checks(document),
        annexes::checks(document),
        capitals::checks(document),
    ]
    .concat();
    if legible::is_legible(document.pages) {
        checks
    } else {
        checks.into_iter().map(unread).collect()
    }
}

/// Returns what is left of a check when the words cannot be read: what needs none of them.
fn unread(check: Check) -> Check {
    if paper::NEEDS_NO_WORDS.contains(&check.clause) {
        return check;
    }
    check.clause.absent("chữ không có mã ký tự hoặc mã sai, không nhận ra được thành phần")
}

/// How far a size may be from what is asked, in points: a point of TeX is a little smaller, and some
/// programs round.
const SIZE_PLAY: f64 = 0.1;

/// How a line must be set.
#[derive(Clone, Copy, Debug)]
struct Style {
    sizes: (f64, f64),
    weight: Option<super::page::Weight>,
    slope: super::page::Slope,
    letters: Letters,
}

/// Which letters a line must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letters {
    Capitals,
    Sentence,
    Any,
}

impl Style {
    /// Returns what of a line is not as it must be set.
    fn faults(self, page: usize, line: &Line) -> Vec<Fault> {
        use super::page::{Slope, Weight};
        let fault =
            |says: String| Fault { page, says: format!("“{}”: {says}", short(&line.text)) };
        let mut faults = Vec::new();
        let (least, most) = self.sizes;
        let wrong =
            line.inked().find(|run| run.size < least - SIZE_PLAY || run.size > most + SIZE_PLAY);
        if let Some(run) = wrong {
            faults.push(fault(format!("cỡ chữ {}", size(run.size))));
        }
        let is_weight = |weight| line.inked().all(|run| run.weight == weight);
        match self.weight {
            Some(Weight::Bold) if !is_weight(Weight::Bold) => {
                faults.push(fault("không đậm".to_owned()));
            }
            Some(Weight::Regular) if is_weight(Weight::Bold) => {
                faults.push(fault("chữ đậm".to_owned()));
            }
            _ => {}
        }
        match self.slope {
            Slope::Upright if line.inked().any(|run| run.slope == Slope::Italic) => {
                faults.push(fault("chữ nghiêng".to_owned()));
            }
            Slope::Italic if !line.is_italic() => faults.push(fault("không nghiêng".to_owned())),
            _ => {}
        }
        let capitals = super::document::is_capitals(&line.text);
        match self.letters {
            Letters::Capitals if !capitals => faults.push(fault("không in hoa".to_owned())),
            Letters::Sentence if capitals => faults.push(fault("in hoa cả dòng".to_owned())),
            _ => {}
        }
        faults
    }

    /// Returns the check of lines that must be set so.
    fn check(self, clause: Clause, page: usize, lines: &[&Line]) -> Check {
        let Some(first) = lines.first() else {
            return clause.absent("không có thành phần này");
        };
        let faults = lines.iter().flat_map(|line| self.faults(page, line)).collect();
        let weight = if first.is_bold() { "đậm" } else { "không đậm" };
        let slope = if first.is_italic() { "nghiêng" } else { "đứng" };
        clause.judged(page, format!("cỡ chữ {}, {slope}, {weight}", size(first.size())), faults)
    }
}

/// Returns a size of letters in words.
fn size(points: f64) -> String {
    let whole = (points - points.round()).abs() < SIZE_PLAY;
    super::clause::shown(points, usize::from(!whole))
}

/// Returns the beginning of a text for a message.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Returns a text in which rows of blanks for handwriting can be seen.
fn with_blanks(text: &str) -> String {
    let mut shown = String::new();
    let mut blanks = 0;
    for character in text.chars() {
        if character.is_whitespace() {
            blanks += 1;
            continue;
        }
        match blanks {
            0 => {}
            1 => shown.push(' '),
            _ => shown.push_str(" … "),
        }
        blanks = 0;
        shown.push(character);
    }
    shown
}

/// Returns the check of two middles that must agree within 0,3 mm.
fn centred(clause: Clause, page: usize, line: &Line, middle: f64) -> Check {
    let off = (line.centre() - middle).abs();
    let says = format!("lệch {} mm", super::clause::shown(off, 2));
    let fault = Fault { page, says: format!("“{}” {says}", short(&line.text)) };
    clause.judged(page, says, if off > 0.3 { vec![fault] } else { Vec::new() })
}

/// Returns the check of a rule under a line: its share of the line's width, middle and ink.
fn ruled(clause: Clause, page: usize, pair: (&Line, Option<Rule>), share: (f64, f64)) -> Check {
    let (line, rule) = pair;
    let Some(rule) = rule else {
        return clause.judged(
            page,
            String::new(),
            vec![Fault {
                page, says: format!("không có đường kẻ dưới “{}”", short(&line.text))
            }],
        );
    };
    let part = rule.length() / line.width().max(0.1);
    let off = (rule.centre() - line.centre()).abs();
    let measured = format!(
        "dài {} mm, bằng {}% dòng chữ, lệch {} mm",
        super::clause::shown(rule.length(), 1),
        super::clause::shown(part * 100.0, 0),
        super::clause::shown(off, 2),
    );
    let is_wrong = !(share.0..=share.1).contains(&part) || off > 0.5;
    let mut faults = Vec::new();
    if is_wrong {
        faults.push(Fault { page, says: measured.clone() });
    }
    if rule.stroke == Stroke::Dashed {
        faults.push(Fault { page, says: "đường kẻ không phải nét liền".to_owned() });
    }
    clause.judged(page, measured, faults)
}

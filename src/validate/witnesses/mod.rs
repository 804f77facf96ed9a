//! What a return says of its figures once more, against these: rows of totals and of shares, numbers in words, sentences
//! of a letter. Where both differ one of them is a slip of the pen. Nothing of it is ever used as a figure.

mod figures;
mod key_words;
mod letters;
mod names;
mod numbers;
mod parts;
mod remarks;
mod rows;
mod shares;
mod spoken;
#[cfg(test)]
mod tests;
mod totals;

use std::cell::LazyCell;

use self::figures::Figures;
pub(super) use self::names::Names;
use super::{Finding, checks::Stated, readings::ReadingContext};
use crate::template::IndicatorIx;

/// Figures that are taken together only when something is said of them.
type Lazy<'a> = LazyCell<Figures<'a>, Box<dyn FnOnce() -> Figures<'a> + 'a>>;

/// Returns a finding for everything that differs from the figures that a return gives, and what is said that nobody can
/// hold against them.
pub(super) fn findings(
    context: &ReadingContext<'_>,
    names: &Names,
    order: &[(IndicatorIx, Stated<'_>)],
) -> Vec<Finding> {
    let figures = Lazy::new(Box::new(|| Figures::of(context, names, order)));
    let mut findings = spoken::findings(context, order);
    findings.extend(rows::findings(context, &figures));
    findings.extend(remarks::findings(context, order, &figures));
    findings.extend(letters::findings(context, order, &figures));
    findings
}

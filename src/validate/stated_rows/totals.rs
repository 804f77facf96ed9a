//! Totals of rows.

use std::collections::BTreeSet;

use super::{Figure, Sheet, Verdict, list, said_by};
use crate::{
    ingest::{CellContent, StatedRow},
    place::CellRef,
    quantity::Quantity,
    template::{IndicatorKind, TermStatistic, UnitWords},
    text,
    validate::{State, expected_number::ExpectedNumber, number::NumberReader},
};

/// Of up to so many figures any may be meant together; of more only those below each other.
const ANY_OF: usize = 5;

/// Returns what a total is beside the figures of its column.
pub(super) fn judge(
    reader: &NumberReader,
    (row, cell, content): (&StatedRow, CellRef, &CellContent),
    sheet: &Sheet<'_>,
) -> Verdict {
    let expected = ExpectedNumber::new(IndicatorKind::Flow, sheet.decimals(), UnitWords::new(""));
    let stated = match reader.read(content, &expected).state {
        State::Value(stated) => stated,
        State::Unusable => return Verdict::OfOthers,
        State::Missing | State::NotAvailable | State::NotApplicable => return Verdict::Fits,
    };
    let sum = |figures: &[&Figure<'_>]| figures.iter().map(|one| sheet.scaled(one)).sum::<i64>();
    let differs = |figures: &[&Figure<'_>]| {
        let sum = Quantity { scaled: sum(figures), decimals: sheet.decimals() };
        Verdict::Differs(format!("cộng {} được {}", list(figures), text::format_quantity(sum)))
    };
    let coded = sheet.coded(&row.words);
    if coded.len() > 1 {
        return if sum(&coded) == stated { Verdict::Fits } else { differs(&coded) };
    }
    let words = said_by(row).into_iter().flatten().collect();
    let is_in_column = |figure: &&Figure<'_>| figure.cell.column == cell.column;
    let named: Vec<&Figure<'_>> = sheet.named(&words).into_iter().filter(is_in_column).collect();
    let column: Vec<&Figure<'_>> = sheet.figures.iter().filter(is_in_column).collect();
    let (above, below) = column.split_at(column.partition_point(|one| one.cell.row < cell.row));
    let is_beside = |least: usize| {
        let above = (0..above.len()).map(|first| &above[first..]);
        let below = (1..=below.len()).map(|count| &below[..count]);
        let mut runs = above.chain(below).filter(|run| run.len() >= least);
        runs.any(|run| sum(run) == stated)
    };
    let is_section = is_plain(&words);
    let of_names = sums(&named).any(|figures| sum(&figures) == stated) || sheet.is_derived(stated);
    match named.len() {
        _ if is_section && is_beside(1) => Verdict::Fits,
        _ if is_section => {
            Verdict::Differs("không bằng tổng các dòng liền trên hoặc liền dưới".to_owned())
        }
        2.. if of_names => Verdict::Fits,
        2 if sheet.knows(&words) => differs(&named),
        2.. if sheet.knows(&words) => Verdict::Differs(format!(
            "không bằng tổng của các chỉ tiêu cùng tên ({})",
            list(&named)
        )),
        _ if is_beside(2) => Verdict::Fits,
        _ => Verdict::OfOthers,
    }
}

/// Returns whether words name no figures: "Tổng cộng", "Cộng II".
fn is_plain(words: &BTreeSet<String>) -> bool {
    words.iter().all(|word| word.bytes().all(|one| b"ivx".contains(&one)))
}

/// Returns what figures may be meant together, at least two.
fn sums<'f, 'a>(
    figures: &'f [&'f Figure<'a>],
) -> Box<dyn Iterator<Item = Vec<&'f Figure<'a>>> + 'f> {
    if figures.len() > ANY_OF {
        let runs = (0..figures.len())
            .flat_map(move |first| (first + 2..=figures.len()).map(move |end| first..end));
        return Box::new(runs.filter_map(|run| figures.get(run)).map(<[_]>::to_vec));
    }
    let sets = (1_u32..1 << figures.len()).filter(|set| set.count_ones() > 1);
    Box::new(sets.map(|set| {
        let is_in = |(place, _): &(usize, &&'f Figure<'a>)| set >> place & 1 == 1;
        figures.iter().enumerate().filter(is_in).map(|(_, figure)| *figure).collect()
    }))
}

impl Sheet<'_> {
    /// Returns whether a number is a sum of figures that the templates know.
    fn is_derived(&self, stated: i64) -> bool {
        self.indicators.derived.iter().any(|derived| {
            let is_sum = derived
                .terms
                .iter()
                .all(|term| term.sign > 0 && term.statistic == TermStatistic::Value);
            let terms: Vec<_> = derived.terms.iter().map(|term| term.indicator).collect();
            is_sum && terms.len() > 1 && self.sum_of(&terms) == Some(stated)
        })
    }
}

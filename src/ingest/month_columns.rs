//! Months side by side: which column is of the sheet's month, and which of the month before.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    columns::{ColumnWords, PartColumns},
    head_words,
    matcher::Matcher,
    month::{Month, MonthHead},
    withdrawn::in_brackets,
};
use crate::template::Measure;

/// Longest head that may name a month, in bytes.
const LONGEST_HEAD: usize = 200;

/// Where months stand side by side, gives every part the column of the sheet's month as its value
/// and that of the month before as the previous value.
pub(super) fn take_months(
    matcher: &Matcher,
    heads: &BTreeMap<u32, Vec<String>>,
    month: Month,
    parts: &mut Vec<PartColumns>,
) {
    let mut of_flows = BTreeSet::new();
    let named = heads.iter().filter_map(|(column, names)| {
        let of_column = |name: &String| month_of(matcher, name).or_else(|| month_of_flows(name));
        of_flows.extend(names.iter().any(|name| month_of_flows(name).is_some()).then_some(*column));
        Some((*column, names.iter().find_map(of_column)?))
    });
    let named: Vec<(u32, MonthHead)> = named.collect();
    let column_of = |wanted: Month| {
        let mut fits = named.iter().filter(|(_, head)| head.fits(wanted));
        fits.next().filter(|_| fits.next().is_none()).map(|(column, _)| *column)
    };
    let Some(now) = column_of(month) else { return };
    let before = column_of(month.previous());
    let found = std::mem::take(parts);
    for (part, words) in matcher.parts.iter().enumerate() {
        let spec = |measure: Measure| {
            let plain = |column: &ColumnWords| column.measure == measure && column.suffix.is_none();
            words.columns.iter().position(plain)
        };
        let kept = found.iter().find(|found| found.part == part).into_iter();
        let own = |index: &usize| {
            let measure = words.columns.get(*index).map(|column| column.measure);
            !matches!(measure, Some(Measure::Value | Measure::Previous))
        };
        // "Tháng 3" beside "Lũy kế": what has come together stands in the second.
        let is_of_stocks = |(column, index): &&(u32, usize)| {
            let mut own = heads.get(column).into_iter().flatten();
            let is_value =
                words.columns.get(*index).is_some_and(|one| one.measure == Measure::Value);
            is_value && own.any(|name| matcher.is_value_of_stocks(name))
        };
        let of_stocks = kept.clone().flat_map(|found| &found.columns).find(is_of_stocks);
        let now = of_stocks.filter(|_| words.stock && named.len() == 1).map_or(now, |(of, _)| *of);
        let mut columns: Vec<(u32, usize)> = kept
            .flat_map(|found| &found.columns)
            .filter(|(_, index)| own(index))
            .copied()
            .collect();
        let may_hold = |column: &u32| !(words.stock && of_flows.contains(column));
        columns.extend(spec(Measure::Value).filter(|_| may_hold(&now)).map(|index| (now, index)));
        columns.extend(before.filter(may_hold).zip(spec(Measure::Previous)));
        columns.sort_unstable();
        parts.push(PartColumns { part, columns });
    }
}

/// Returns the month that a head names: alone, or behind words for the figures of any kind of part, as
/// in "thực hiện tháng 3", "kết quả trong tháng 3/2024", "số liệu (t3)"; a remark in brackets behind it
/// must not say something else.
fn month_of(matcher: &Matcher, words: &str) -> Option<MonthHead> {
    let of_words = |words| month_of_words(matcher, words);
    of_words(words).or_else(|| {
        let remark = in_brackets(words)?;
        let (before, _) = words.rsplit_once('(')?;
        let head = of_words(before.trim_end())?;
        (!head_words::is_of_other(remark) && head.ends(remark)).then_some(head)
    })
}

fn month_of_words(matcher: &Matcher, words: &str) -> Option<MonthHead> {
    if words.len() > LONGEST_HEAD || !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    MonthHead::of(words).or_else(|| {
        let bare = words.trim_end_matches(')');
        let mut places = bare.match_indices([' ', '(']);
        let (before, head) = places.find_map(|(at, _)| {
            let (before, rest) = bare.split_at(at);
            Some((before, MonthHead::of(rest.trim_start_matches([' ', '(']))?))
        })?;
        let before = before.strip_suffix(" trong").unwrap_or(before);
        let measures = matcher.measures_headed(before);
        let is_of_any =
            [true, false].iter().all(|stock| measures.contains(&(Measure::Value, *stock)));
        is_of_any.then_some(head)
    })
}

/// Returns the month behind words that are of flows alone: "trong tháng 3", "phát sinh tháng 3/2024".
fn month_of_flows(words: &str) -> Option<MonthHead> {
    const OF_FLOWS: [&str; 5] =
        ["phát sinh trong ", "số phát sinh trong ", "số phát sinh ", "phát sinh ", "trong "];
    let rest = OF_FLOWS.iter().find_map(|before| words.strip_prefix(before))?;
    MonthHead::of(rest)
}

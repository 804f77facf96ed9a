//! Which column of a sheet holds which column of a part: by the words of the heads, columns that
//! share their words by the dates in them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    GuideColumn, NoticeKind, ReadingGuide,
    column_shares::assign,
    dates::dates_in,
    head_words,
    heads::Fill,
    matcher::Matcher,
    month::{Month, MonthHead},
    withdrawn::{in_brackets, is_compared},
};
use crate::{
    template::Measure,
    text::{HashSet, fold},
};

/// Which columns of a sheet hold the columns of a part, from left to right.
#[derive(Clone, Debug)]
pub(super) struct PartColumns {
    /// Index of [`Matcher::parts`].
    pub(super) part: usize,
    /// Column of the sheet and index of [`PartWords::columns`](super::matcher::PartWords::columns).
    pub(super) columns: Vec<(u32, usize)>,
}

/// A column of values.
#[derive(Debug)]
pub(super) struct ColumnWords {
    /// What it holds.
    pub(super) measure: Measure,
    /// Suffix of the codes.
    pub(super) suffix: Option<String>,
    /// Whether a unit must fill in one of its cells.
    pub(super) required: bool,
    /// Head as printed.
    pub(super) head: String,
    /// Heads that no column of values of another kind of part has: "Lũy kế" is of stocks alone, and
    /// "Kỳ này" of both.
    own: BTreeSet<usize>,
}

impl ColumnWords {
    /// Returns a column of the guide made ready.
    pub(super) fn new(guide: &ReadingGuide, column: &GuideColumn, heads: &HeadsByKind) -> Self {
        Self {
            measure: column.measure,
            suffix: column.suffix.clone(),
            required: column.required,
            head: column.titles.first().cloned().unwrap_or_default(),
            own: heads.own(guide, column),
        }
    }

    /// Returns what is said when a table lacks it.
    pub(super) fn when_lacking(&self) -> NoticeKind {
        let head = self.head.clone();
        if self.required {
            NoticeKind::LackingColumn(head)
        } else {
            NoticeKind::LackingOptional(head)
        }
    }

    /// Returns how certain one of its heads is beside others, the most certain first: as printed,
    /// of this kind of part alone, of any.
    pub(super) fn class(&self, rank: usize) -> u8 {
        match rank {
            0 => 0,
            rank if self.own.contains(&rank) => 1,
            _ => 2,
        }
    }
}

/// A column of values that words head.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnFill<'w> {
    /// Index of [`Matcher::parts`].
    pub(super) part: usize,
    /// Index of [`PartWords::columns`](super::matcher::PartWords::columns).
    pub(super) column: usize,
    /// Which of its heads the words are.
    pub(super) fill: Fill<'w>,
}

impl Matcher {
    /// Returns whether folded words head a column of values of any part, whatever a remark behind them
    /// says.
    pub(super) fn is_value_head(&self, words: &str) -> bool {
        self.value_heads.is_any(words)
    }

    /// Returns the columns of values that folded words head; a remark behind them must not say that they
    /// are something else.
    pub(super) fn columns_headed<'w>(&self, words: &'w str) -> Vec<ColumnFill<'w>> {
        let mut columns = self.value_heads.fills(words);
        columns.retain(|((part, column), fill)| {
            !(fill.has_remark
                && self.parts[*part].columns[*column].measure == Measure::Value
                && in_brackets(words).is_some_and(head_words::is_of_other))
        });
        columns
            .into_iter()
            .map(|((part, column), fill)| ColumnFill { part, column, fill })
            .collect()
    }

    /// Returns what a column of values holds.
    pub(super) fn measure(&self, of: &ColumnFill<'_>) -> Measure {
        self.parts[of.part].columns[of.column].measure
    }

    /// Returns whether the date in the words that head a column, if they have one, is that up to which it is
    /// counted in a month: of the month itself, or of another for what was before it.
    pub(super) fn agrees(&self, of: &ColumnFill<'_>, month: Month) -> bool {
        let agrees = || month.agrees_with(of.fill.words);
        match self.measure(of) {
            _ if of.fill.words.is_empty() => true,
            Measure::Value => agrees(),
            Measure::Previous => !agrees(),
            Measure::YearToDate | Measure::Change => true,
        }
    }

    /// Returns what folded words that head columns of values hold, with whether it is of stocks.
    pub(super) fn measures_headed(&self, words: &str) -> Vec<(Measure, bool)> {
        let measure = |found: ColumnFill<'_>| (self.measure(&found), self.parts[found.part].stock);
        self.columns_headed(words).into_iter().map(measure).collect()
    }

    /// Returns whether folded words head a column of values of stocks, and of no flows.
    pub(super) fn is_value_of_stocks(&self, words: &str) -> bool {
        let measures = self.measures_headed(words);
        measures.contains(&(Measure::Value, true)) && !measures.contains(&(Measure::Value, false))
    }

    /// Returns whether folded words head a column of values of flows, and of no stocks.
    pub(super) fn is_value_of_flows(&self, words: &str) -> bool {
        let measures = self.measures_headed(words);
        measures.contains(&(Measure::Value, false)) && !measures.contains(&(Measure::Value, true))
    }
}

/// Returns the parts of which most columns were found, then others of which the column of values
/// was found: a table may hold flows and stocks together. `sums` are columns that hold no flows of the
/// period; what a head says up to a day of `month` is not of the month before.
pub(super) fn parts(
    matcher: &Matcher,
    heads: &BTreeMap<u32, Vec<String>>,
    sums: &BTreeSet<u32>,
    month: Option<Month>,
) -> Vec<PartColumns> {
    let mut headed = headed(matcher, heads);
    if let Some(month) = month {
        leave_out_others(matcher, heads, month, &mut headed);
    }
    let assigned = |part| PartColumns { part, columns: assign((matcher, part), &headed, sums) };
    let mut parts: Vec<PartColumns> = (0..matcher.parts.len()).map(assigned).collect();
    parts.retain(|part| !part.columns.is_empty());
    parts.sort_by_key(|part| std::cmp::Reverse(part.columns.len()));
    let most = parts.first().map_or(0, |part| part.columns.len());
    parts.retain(|part| part.columns.len() == most || part.has_value(matcher));
    parts
}

impl PartColumns {
    /// Returns whether the column of values was found.
    pub(super) fn has_value(&self, matcher: &Matcher) -> bool {
        self.values(matcher).next().is_some()
    }

    /// Returns the columns of values.
    pub(super) fn values(&self, matcher: &Matcher) -> impl Iterator<Item = u32> {
        let specs = &matcher.parts[self.part].columns;
        let values = self.columns.iter().filter(|(_, spec)| {
            specs.get(*spec).is_some_and(|spec| spec.measure == Measure::Value)
        });
        values.map(|(column, _)| *column)
    }
}

/// Leaves out what is counted up to a day of the month, where the month before is asked for, and what is
/// counted up to another time beside a column that is, or may be, of the month.
fn leave_out_others(
    matcher: &Matcher,
    heads: &BTreeMap<u32, Vec<String>>,
    month: Month,
    headed: &mut [(u32, Vec<ColumnFill<'_>>)],
) {
    let is_value = |it: &ColumnFill<'_>| matcher.measure(it) == Measure::Value;
    let names_month =
        |name: &String| MonthHead::within(name).is_some_and(|named| named.fits(month));
    let is_of_month =
        |found: &[ColumnFill<'_>]| found.iter().any(|it| is_value(it) && matcher.agrees(it, month));
    let named = heads.iter().filter(|(_, names)| names.iter().any(names_month));
    let of_month: BTreeSet<u32> = headed
        .iter()
        .filter(|(_, found)| is_of_month(found))
        .map(|(place, _)| *place)
        .chain(named.map(|(place, _)| *place))
        .collect();
    let is_up_to_month = |name: &String| !dates_in(name).is_empty() && month.agrees_with(name);
    let may_be_of_month: BTreeSet<u32> = headed
        .iter()
        .filter(|(place, found)| {
            let lowest = heads.get(place).and_then(|names| names.first());
            // Of another time by its words: "Đến hết 14/3" above "(dự kiến)" is no column of February.
            found.iter().all(|it| !matcher.agrees(it, month))
                && (lowest.is_some_and(|lowest| may_head_values(matcher, lowest))
                    || heads.get(place).is_some_and(|names| names.iter().any(is_up_to_month)))
        })
        .map(|(place, _)| *place)
        .collect();
    for (place, found) in headed {
        let has_other = of_month.union(&may_be_of_month).any(|other| other != place);
        found.retain(|it| matcher.agrees(it, month) || is_value(it) && !has_other);
    }
}

/// Returns whether words that head no known column may head the values of the month: "Hiện có đến 14/3".
fn may_head_values(matcher: &Matcher, words: &str) -> bool {
    const OTHERS: [&str; 3] = ["trước", "kiểm tra", "xem lại"];
    !matcher.is_row_head(words)
        && !is_compared(words)
        && !OTHERS.iter().any(|other| words.contains(other))
}

/// Returns which columns of values each column of a sheet is by its words.
fn headed<'h>(
    matcher: &Matcher,
    heads: &'h BTreeMap<u32, Vec<String>>,
) -> Vec<(u32, Vec<ColumnFill<'h>>)> {
    let of_names = |(place, names): (&u32, &'h Vec<String>)| {
        (*place, names.iter().flat_map(|name| matcher.columns_headed(name)).collect())
    };
    heads.iter().map(of_names).collect()
}

/// Folded heads of values of flows, and of stocks.
#[derive(Debug, Default)]
pub(super) struct HeadsByKind {
    flows: HashSet<String>,
    stocks: HashSet<String>,
}

impl HeadsByKind {
    /// Returns those of a guide.
    pub(super) fn of(guide: &ReadingGuide) -> Self {
        let mut heads = Self::default();
        let values = guide.columns.iter().filter(|column| column.measure == Measure::Value);
        for column in values {
            let titles = column.titles.iter().map(|title| fold(title));
            if is_stock(guide, column) {
                heads.stocks.extend(titles);
            } else {
                heads.flows.extend(titles);
            }
        }
        heads
    }

    /// Returns which heads of a column no column of values of another kind of part has.
    fn own(&self, guide: &ReadingGuide, column: &GuideColumn) -> BTreeSet<usize> {
        let others = if is_stock(guide, column) { &self.flows } else { &self.stocks };
        let titles = column.titles.iter().enumerate();
        titles.filter(|(_, title)| !others.contains(&fold(title))).map(|(rank, _)| rank).collect()
    }
}

fn is_stock(guide: &ReadingGuide, column: &GuideColumn) -> bool {
    guide.indicators.iter().any(|known| known.stock && column.codes.contains(&known.code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples;

    fn measures(heads: &[&str], part: usize) -> Vec<(u32, Measure)> {
        let matcher = samples::matcher();
        let heads = (0..).zip(heads.iter().map(|head| vec![fold(head)])).collect();
        let columns = assign((&matcher, part), &headed(&matcher, &heads), &BTreeSet::new());
        let measure = |spec: usize| matcher.parts[part].columns[spec].measure;
        columns.into_iter().map(|(column, spec)| (column, measure(spec))).collect()
    }

    #[test]
    fn stock_columns_are_told_apart_by_their_dates() {
        use Measure::{Change, Previous, Value};
        let usual = measures(&["Đến hết 14/02", "Đến hết 14/3", "Tăng, giảm"], 1);
        assert_eq!(usual, [(0, Previous), (1, Value), (2, Change)]);
        let moved = measures(&["Đến hết 14/3", "Tăng, giảm", "Đến hết 14/02"], 1);
        assert_eq!(moved, [(0, Value), (1, Change), (2, Previous)]);
        let new_year = measures(&["Đến hết 14/12", "Đến hết 14/01"], 1);
        assert_eq!(new_year, [(0, Previous), (1, Value)]);
        let three = measures(&["Đến hết 14/01", "Đến hết 14/02", "Đến hết 14/3"], 1);
        assert_eq!(three, [(1, Previous), (2, Value)]);
        assert_eq!(measures(&["Đến hết 14/3/2024"], 1), [(0, Value)]);
    }

    #[test]
    fn what_is_counted_up_to_a_day_of_the_month_is_not_of_the_month_before() {
        use Measure::{Previous, Value};
        let matcher = samples::matcher();
        let heads = BTreeMap::from([(0, vec![fold("Kỳ này")]), (1, vec![fold("Đến hết 14/3")])]);
        for (month, expected) in [(3, &[(1, Value)][..]), (4, &[(0, Value), (1, Previous)])] {
            let found = parts(&matcher, &heads, &BTreeSet::new(), Month::new(2024, month));
            let stocks = found.iter().find(|found| matcher.parts[found.part].stock).unwrap();
            let columns = &matcher.parts[stocks.part].columns;
            let measure = |(column, spec): &(u32, usize)| (*column, columns[*spec].measure);
            assert_eq!(stocks.columns.iter().map(measure).collect::<Vec<_>>(), expected, "{month}");
        }
    }

    #[test]
    fn what_is_counted_up_to_the_month_before_stands_for_no_unknown_column() {
        let matcher = samples::matcher();
        for (other, has_value) in
            [("Hiện có tới 14/3", false), ("Tăng so với trước", true), ("ĐVT", true)]
        {
            let heads = BTreeMap::from([(0, vec![fold("Đến hết 14/02")]), (1, vec![fold(other)])]);
            let found = parts(&matcher, &heads, &BTreeSet::new(), Month::new(2024, 3));
            assert_eq!(found.iter().any(|part| part.has_value(&matcher)), has_value, "{other}");
        }
    }

    #[test]
    fn of_two_heads_for_one_column_one_must_be_more_certain() {
        use Measure::Value;
        assert_eq!(measures(&["Kỳ này", "Trong kỳ"], 0), [(1, Value)], "as printed");
        assert_eq!(measures(&["Kỳ này", "Lũy kế"], 1), [(1, Value)], "only stocks add up");
        for (heads, part) in [
            (["Kỳ này", "Kỳ này"], 0),
            (["Kết quả", "Thực hiện"], 0),
            (["Kết quả", "Kỳ này"], 1),
            (["Đến hết 14/3", "Đến hết 14/03/2024"], 1),
            (["Đến hết 14/3", "Đến hết 14/3"], 1),
        ] {
            assert_eq!(measures(&heads, part), [], "{heads:?}");
        }
    }
}

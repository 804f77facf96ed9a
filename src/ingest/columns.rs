//! Which column of a sheet holds which column of a part: by the words of the heads, columns that
//! share their words by the dates in them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    GuideColumn, ReadingGuide,
    dates::numbers,
    head_words,
    heads::Fill,
    matcher::{Matcher, PartWords},
    month::{Month, MonthHead},
    withdrawn::in_brackets,
};
use crate::{template::Measure, text::fold};

/// Which columns of a sheet hold the columns of a part, from left to right.
#[derive(Clone, Debug)]
pub(super) struct PartColumns {
    /// Index of [`Matcher::parts`].
    pub(super) part: usize,
    /// Column of the sheet and index of [`PartWords::columns`].
    pub(super) columns: Vec<(u32, usize)>,
}

/// A column of values.
#[derive(Debug)]
pub(super) struct ColumnWords {
    /// What it holds.
    pub(super) measure: Measure,
    /// Suffix of the codes.
    pub(super) suffix: Option<String>,
    /// Head as printed.
    pub(super) head: String,
    /// Heads that no column of values of another kind of part has: "Lũy kế" is of stocks alone, and
    /// "Kỳ này" of both.
    own: BTreeSet<usize>,
}

impl ColumnWords {
    /// Returns a column of the guide made ready.
    pub(super) fn new(guide: &ReadingGuide, column: &GuideColumn) -> Self {
        Self {
            measure: column.measure,
            suffix: column.suffix.clone(),
            head: column.titles.first().cloned().unwrap_or_default(),
            own: own_heads(guide, column),
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
    /// Index of [`PartWords::columns`].
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
        let specs = &matcher.parts[self.part].columns;
        let mut found = self.columns.iter().filter_map(|(_, index)| specs.get(*index));
        found.any(|spec| spec.measure == Measure::Value)
    }
}

/// Leaves out what is counted up to a day of the month, where the month before is asked for, and what is
/// counted up to another time beside a column that is of the month.
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
    for (place, found) in headed {
        let has_other = of_month.iter().any(|other| other != place);
        found.retain(|it| matcher.agrees(it, month) || is_value(it) && !has_other);
    }
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

/// Returns which column of the sheet holds which column of a part; given is what each is by its words.
fn assign(
    (matcher, part): (&Matcher, usize),
    heads: &[(u32, Vec<ColumnFill<'_>>)],
    sums: &BTreeSet<u32>,
) -> Vec<(u32, usize)> {
    let words = &matcher.parts[part];
    let mut groups: BTreeMap<(usize, Vec<u32>), Vec<usize>> = BTreeMap::new();
    let mut fills: BTreeMap<u32, Fill<'_>> = BTreeMap::new();
    for (index, column) in words.columns.iter().enumerate() {
        let mut hits = Vec::new();
        let of_period = !words.stock && column.measure == Measure::Value;
        for (place, found) in heads.iter().filter(|(place, _)| !of_period || !sums.contains(place))
        {
            if let Some(it) = found.iter().find(|it| (it.part, it.column) == (part, index)) {
                hits.push(*place);
                fills.insert(*place, it.fill);
            }
        }
        if !hits.is_empty() {
            groups.entry((hits.len(), hits)).or_default().push(index);
        }
    }
    let mut assigned: Vec<(u32, usize)> = Vec::new();
    for ((_, mut places), specs) in groups {
        places.retain(|place| assigned.iter().all(|(taken, _)| taken != place));
        assigned.extend(share(words, places, specs, &fills));
    }
    assigned.sort_unstable();
    assigned
}

/// Shares columns of the sheet among the columns of a part that they all fit, such as the two
/// "Đến hết …": by their dates, else from left to right; the last ones count. Of several for one
/// column one must be more certain than the others, or none is taken.
fn share(
    part: &PartWords,
    mut places: Vec<u32>,
    mut specs: Vec<usize>,
    fills: &BTreeMap<u32, Fill<'_>>,
) -> Vec<(u32, usize)> {
    let dates = dates_of(&places, fills);
    if let Some(dates) = &dates {
        let days: BTreeSet<u32> = dates.values().copied().collect();
        if days.len() < dates.len() {
            return Vec::new();
        }
        places.sort_by_key(|place| (dates.get(place).copied(), *place));
    } else if let [spec] = specs[..] {
        let class = |place: &u32| {
            let rank = fills.get(place).map(|fill| fill.rank);
            rank.map(|rank| part.columns[spec].class(rank))
        };
        let best = places.iter().filter_map(class).min();
        places.retain(|place| class(place) == best);
        if places.len() > 1 {
            return Vec::new();
        }
    }
    if places.len() < specs.len() {
        specs.sort_by_key(|spec| weight(part.columns[*spec].measure));
        specs.truncate(places.len());
    }
    specs.sort_by_key(|spec| (time_order(part.columns[*spec].measure), *spec));
    let surplus = places.len() - specs.len();
    places.into_iter().skip(surplus).zip(specs).collect()
}

/// Returns which heads of a column no column of values of another kind of part has.
fn own_heads(guide: &ReadingGuide, column: &GuideColumn) -> BTreeSet<usize> {
    let is_stock = |codes: &[String]| {
        guide.indicators.iter().any(|known| known.stock && codes.contains(&known.code))
    };
    let stock = is_stock(&column.codes);
    let of_values = guide.columns.iter().filter(|other| other.measure == Measure::Value);
    let others: BTreeSet<String> = of_values
        .filter(|other| is_stock(&other.codes) != stock)
        .flat_map(|other| other.titles.iter().map(|title| fold(title)))
        .collect();
    let titles = column.titles.iter().enumerate();
    titles.filter(|(_, title)| !others.contains(&fold(title))).map(|(rank, _)| rank).collect()
}

/// Returns the day of each column's date as a number that grows with time; nothing if one has none.
fn dates_of(places: &[u32], fills: &BTreeMap<u32, Fill<'_>>) -> Option<BTreeMap<u32, u32>> {
    let dates = places.iter().map(|place| Some((*place, date_of(fills.get(place)?.words)?)));
    let mut dates: BTreeMap<u32, u32> = dates.collect::<Option<_>>()?;
    let without_year = dates.values().any(|date| *date < 10_000);
    if without_year {
        for date in dates.values_mut() {
            *date %= 10_000;
        }
    }
    let months = dates.values().map(|date| date / 100);
    let over_new_year = without_year && months.clone().max()? - months.min()? > 6;
    if over_new_year {
        dates.values_mut().filter(|date| **date < 700).for_each(|date| *date += 1_200);
    }
    Some(dates)
}

/// Returns `14/3` as 314 and `14/3/2024` as 20240314.
fn date_of(words: &str) -> Option<u32> {
    match numbers(words).collect::<Vec<_>>()[..] {
        [day, month] if day <= 31 && month <= 12 => Some(month * 100 + day),
        [day, month, year] if day <= 31 && month <= 12 && year <= 9_999 => {
            Some(year * 10_000 + month * 100 + day)
        }
        _ => None,
    }
}

fn weight(measure: Measure) -> u8 {
    match measure {
        Measure::Value => 0,
        Measure::Previous => 1,
        Measure::YearToDate => 2,
        Measure::Change => 3,
    }
}

fn time_order(measure: Measure) -> u8 {
    match measure {
        Measure::Previous => 0,
        Measure::Value => 1,
        Measure::YearToDate => 2,
        Measure::Change => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples;

    fn measures(heads: &[&str], part: usize) -> Vec<(u32, Measure)> {
        let matcher = Matcher::new(&samples::guide());
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
        let matcher = Matcher::new(&samples::guide());
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

//! Which column of a sheet holds which column of a part, where several fit: by dates, by how certain their words
//! are, else from left to right.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    columns::ColumnFill,
    dates::numbers,
    heads::Fill,
    matcher::{Matcher, PartWords},
};
use crate::template::Measure;

/// Returns which column of the sheet holds which column of a part; given is what each is by its words.
pub(super) fn assign(
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

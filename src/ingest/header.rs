//! Where a table of values begins: its head of one to three rows, found by its words wherever it
//! stands, and which column holds what.

use std::collections::BTreeMap;

use super::{
    CellContent,
    grid::Grid,
    matcher::{ColumnWords, Matcher, PartWords},
};
use crate::{place::CellRef, template::Measure, text::fold};

/// The words of a row, folded, with their cells.
pub(super) type Words = [(CellRef, String)];

/// Most rows of a head below its first.
const MAX_DEPTH: u32 = 2;

/// The head of a table of values.
#[derive(Debug)]
pub(super) struct ValueHeader {
    /// Last row of the head.
    pub(super) last_row: u32,
    /// Column of codes.
    pub(super) code_column: Option<u32>,
    /// Column of names.
    pub(super) name_column: Option<u32>,
    /// Column of notes.
    pub(super) note_column: Option<u32>,
    /// Parts whose columns fit best, with the sheet's column of each.
    pub(super) parts: Vec<PartColumns>,
}

/// Which columns of a sheet hold the columns of a part, from left to right.
#[derive(Debug)]
pub(super) struct PartColumns {
    /// Index of [`Matcher::parts`].
    pub(super) part: usize,
    /// Column of the sheet and index of [`PartWords::columns`].
    pub(super) columns: Vec<(u32, usize)>,
}

/// Returns the head that begins in a row.
pub(super) fn find(matcher: &Matcher, grid: &Grid, row: u32, words: &Words) -> Option<ValueHeader> {
    let column_of = |is_head: &dyn Fn(&str) -> bool| {
        words.iter().find(|(_, word)| is_head(word)).map(|(cell, _)| cell.column)
    };
    let code_column = column_of(&|word| matcher.is_code_head(word));
    let name_column = column_of(&|word| matcher.is_indicator_head(word));
    let key_column = code_column.or(name_column)?;
    let last_row = last_row(grid, CellRef { row, column: key_column });
    let heads = heads(grid, row, last_row);
    let parts = best_parts(matcher, &heads);
    if parts.is_empty() {
        return None;
    }
    let note_column = heads
        .iter()
        .find(|(_, texts)| texts.iter().any(|text| matcher.is_note_head(text)))
        .map(|(column, _)| *column);
    Some(ValueHeader { last_row, code_column, name_column, note_column, parts })
}

impl ValueHeader {
    /// Returns the head as printed of the column of values that the table lacks.
    pub(super) fn lacking<'m>(&self, matcher: &'m Matcher) -> Option<&'m str> {
        let first = self.parts.first()?;
        let part = &matcher.parts[first.part];
        let is_value = |column: &&ColumnWords| column.measure == Measure::Value;
        let found = first
            .columns
            .iter()
            .filter_map(|(_, index)| part.columns.get(*index))
            .any(|column| is_value(&column));
        if found { None } else { part.columns.iter().find(is_value).map(|column| &*column.head) }
    }
}

/// Returns the last row of a head: as far as its first key cell is merged, or as long as rows
/// without anything under the key carry words.
fn last_row(grid: &Grid, key: CellRef) -> u32 {
    if let Some(area) = grid.merge_at(key)
        && area.last.row > key.row
    {
        return area.last.row.min(key.row + MAX_DEPTH);
    }
    let is_lower_head = |row: &u32| {
        let cells = grid.row(*row);
        !cells.is_empty()
            && cells.iter().all(|(cell, content)| {
                cell.column > key.column && matches!(content, CellContent::Text(_))
            })
    };
    (key.row + 1..=key.row + MAX_DEPTH).take_while(is_lower_head).last().unwrap_or(key.row)
}

/// Returns for each column of a head the words that may name it: its lowest words alone, then with
/// the words above them.
pub(super) fn heads(grid: &Grid, first: u32, last: u32) -> BTreeMap<u32, Vec<String>> {
    let top = first.saturating_sub(1);
    let mut columns: Vec<u32> =
        (first..=last).flat_map(|row| grid.row(row)).map(|(cell, _)| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.into_iter().map(|column| (column, names_of(grid, column, top, last))).collect()
}

fn names_of(grid: &Grid, column: u32, top: u32, last: u32) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for row in (top..=last).rev() {
        let CellContent::Text(text) = grid.seen(row, column) else { continue };
        let words = fold(text);
        match names.last() {
            None => names.push(words),
            Some(below) if *below != words => names.push(format!("{words} {below}")),
            Some(_) => {}
        }
    }
    names
}

/// Returns the parts of which most columns were found.
fn best_parts(matcher: &Matcher, heads: &BTreeMap<u32, Vec<String>>) -> Vec<PartColumns> {
    let all = matcher.parts.iter().enumerate().map(|(index, part)| (index, assign(part, heads)));
    let mut best: Vec<PartColumns> = Vec::new();
    for (part, columns) in all.filter(|(_, columns)| !columns.is_empty()) {
        let record = best.first().map_or(0, |first| first.columns.len());
        if columns.len() > record {
            best.clear();
        }
        if columns.len() >= record {
            best.push(PartColumns { part, columns });
        }
    }
    best
}

/// Returns which column of the sheet holds which column of a part.
fn assign(part: &PartWords, heads: &BTreeMap<u32, Vec<String>>) -> Vec<(u32, usize)> {
    let mut groups: BTreeMap<(usize, Vec<u32>), Vec<usize>> = BTreeMap::new();
    let mut fills: BTreeMap<u32, &str> = BTreeMap::new();
    for (index, column) in part.columns.iter().enumerate() {
        let mut hits = Vec::new();
        for (place, names) in heads {
            if let Some(fill) = names.iter().find_map(|name| column.fill(name)) {
                hits.push(*place);
                fills.insert(*place, fill);
            }
        }
        if !hits.is_empty() {
            groups.entry((hits.len(), hits)).or_default().push(index);
        }
    }
    let mut assigned: Vec<(u32, usize)> = Vec::new();
    for ((_, mut places), specs) in groups {
        places.retain(|place| assigned.iter().all(|(taken, _)| taken != place));
        assigned.extend(share(part, places, specs, &fills));
    }
    assigned.sort_unstable();
    assigned
}

/// Shares columns of the sheet among the columns of a part that they all fit, such as the two
/// "Đến hết …": by their dates, else from left to right; the last ones count.
fn share(
    part: &PartWords,
    mut places: Vec<u32>,
    mut specs: Vec<usize>,
    fills: &BTreeMap<u32, &str>,
) -> Vec<(u32, usize)> {
    let dates = dates_of(&places, fills);
    if let Some(dates) = &dates {
        places.sort_by_key(|place| (dates.get(place).copied(), *place));
    } else if specs.len() == 1 {
        places.truncate(1);
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
fn dates_of(places: &[u32], fills: &BTreeMap<u32, &str>) -> Option<BTreeMap<u32, u32>> {
    let dates = places.iter().map(|place| Some((*place, date_of(fills.get(place)?)?)));
    let mut dates: BTreeMap<u32, u32> = dates.collect::<Option<_>>()?;
    let months = dates.values().map(|date| date / 100 % 100);
    let without_year = dates.values().all(|date| *date < 10_000);
    let over_new_year = months.clone().max()? - months.min()? > 6;
    if without_year && over_new_year {
        dates.values_mut().filter(|date| **date < 700).for_each(|date| *date += 1_200);
    }
    Some(dates)
}

/// Returns `14/3` as 314 and `14/3/2024` as 20240314.
fn date_of(words: &str) -> Option<u32> {
    let numbers: Vec<u32> = words
        .split(|character: char| !character.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    match numbers[..] {
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
        let part = &matcher.parts[part];
        let columns = assign(part, &heads).into_iter();
        columns.map(|(column, spec)| (column, part.columns[spec].measure)).collect()
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
}

//! Where a table of values begins: its head of one to three rows, found by its words wherever it
//! stands, and which column holds what.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    CellContent,
    columns::{self, ColumnWords, PartColumns},
    grid::Grid,
    head_words::{self, HeadPlace},
    headings::is_heading,
    matcher::Matcher,
    month::{Month, MonthHead},
    pairs::{self, Part},
    unit_groups,
    units::{self, UnitColumns},
    withdrawn::{Objections, in_brackets},
};
use crate::{place::CellRef, template::Measure, text::fold};

/// The words of a row, folded, with their cells.
pub(super) type Words = [(CellRef, String)];

/// Most rows of a head below its first.
const MAX_DEPTH: u32 = 2;
/// Longest head that may name a month, in bytes.
const LONGEST_HEAD: usize = 200;

/// The head of a table of values.
#[derive(Debug)]
pub(super) struct ValueHeader {
    /// First row of the head.
    pub(super) first_row: u32,
    /// Last row of the head.
    pub(super) last_row: u32,
    /// Column of codes.
    pub(super) code_column: Option<u32>,
    /// Column of names.
    pub(super) name_column: Option<u32>,
    /// Column of notes.
    pub(super) note_column: Option<u32>,
    /// Parts whose columns fit best, with the sheet's column of each; of units none.
    pub(super) parts: Vec<PartColumns>,
    /// Columns of two numbers, and which of them is the value.
    pub(super) pairs: BTreeMap<u32, Part>,
    /// Columns of units, of a sheet with a column for each.
    pub(super) units: UnitColumns,
    /// Whether the title above names another month than the sheet.
    pub(super) other_month: bool,
    /// Column of units of count.
    pub(super) unit_column: Option<u32>,
    /// Whether words of the head name a unit in which one may count otherwise.
    pub(super) heads_name_units: bool,
    /// What speaks against the numbers of the table.
    pub(super) objections: Objections,
    /// What the last heading within the table says against the numbers below it.
    pub(super) of_group: Objections,
}

/// Returns the heads that begin in a row, one a table: tables may stand side by side. `month` gives the
/// one that the sheet names before it, and is only asked in a head.
pub(super) fn find(
    (matcher, grid): (&Matcher, &Grid),
    row: u32,
    words: &Words,
    month: impl FnOnce() -> Option<Month>,
) -> Vec<ValueHeader> {
    let keys = key_columns(matcher, words);
    let Some(first_key) = keys.first().copied() else { return Vec::new() };
    let last_row = last_row(grid, CellRef { row, column: first_key });
    let month = month();
    let mut heads = heads(grid, row, last_row);
    let key = HeadPlace { key: CellRef { row, column: first_key }, last: last_row };
    let sums = head_words::take_others((matcher, grid), key, || month, &mut heads);
    take_totals(matcher, &mut heads);
    let pairs = pairs::take_heads(matcher, &mut heads);
    let place = Place { matcher, grid, words, row, last_row, pairs, sums, month };
    let blocks = blocks(matcher, words, &keys);
    if blocks.len() > 1 {
        let of_block = |(from, to): &(u32, u32)| {
            let heads: BTreeMap<u32, Vec<String>> =
                heads.range(*from..*to).map(|(column, names)| (*column, names.clone())).collect();
            place.header(*from..*to, &heads).filter(|header| header.units.is_empty())
        };
        let found: Vec<ValueHeader> = blocks.iter().filter_map(of_block).collect();
        if found.len() > 1 {
            return found;
        }
    }
    place.header(0..u32::MAX, &heads).into_iter().collect()
}

/// What is known of a row in which heads begin.
struct Place<'a> {
    matcher: &'a Matcher,
    grid: &'a Grid,
    words: &'a Words,
    row: u32,
    last_row: u32,
    pairs: BTreeMap<u32, Part>,
    /// Columns that hold no flows of the period.
    sums: BTreeSet<u32>,
    month: Option<Month>,
}

impl Place<'_> {
    /// Returns the head whose columns are given.
    fn header(
        &self,
        columns: std::ops::Range<u32>,
        heads: &BTreeMap<u32, Vec<String>>,
    ) -> Option<ValueHeader> {
        let matcher = self.matcher;
        let column_of = |is_head: &dyn Fn(&str) -> bool| {
            let mut words = self.words.iter().filter(|(cell, _)| columns.contains(&cell.column));
            words.find(|(_, word)| is_head(word)).map(|(cell, _)| cell.column)
        };
        let code_column = column_of(&|word| matcher.is_code_head(word));
        let name_column = column_of(&|word| matcher.is_indicator_head(word));
        code_column.or(name_column)?;
        let mut parts = columns::parts(matcher, heads, &self.sums, self.month);
        if let Some(month) = self.month {
            take_months(matcher, heads, month, &mut parts);
        }
        let groups = unit_groups::find((matcher, self.grid), (self.row, self.last_row), self.month);
        let mut units = UnitColumns::of_groups(groups);
        if units.is_empty() && !parts.iter().any(|part| part.has_value(matcher)) {
            units = units::columns(matcher, self.grid, heads, self.last_row);
        }
        if parts.is_empty() && units.is_empty() {
            return None;
        }
        let note_column = heads
            .iter()
            .find(|(_, texts)| texts.iter().any(|text| matcher.is_note_head(text)))
            .map(|(column, _)| *column);
        Some(ValueHeader {
            last_row: self.last_row,
            code_column,
            name_column,
            note_column,
            parts,
            pairs: self.pairs.clone(),
            units,
            other_month: false,
            first_row: self.row,
            unit_column: column_of(&|word| matcher.is_unit_of_count_head(word)),
            heads_name_units: false,
            objections: Objections::default(),
            of_group: Objections::default(),
        })
    }
}

/// Returns whether a row of words heads columns, one of codes or of names among them; a heading of a
/// section may be one word like them.
pub(super) fn has_key(matcher: &Matcher, words: &Words) -> bool {
    let is_of_heads =
        words.len() > 2 || words.iter().any(|(_, word)| matcher.is_ordinal_head(word));
    is_of_heads && !key_columns(matcher, words).is_empty()
}

/// Returns the columns of codes of a row of words, else those of names.
fn key_columns(matcher: &Matcher, words: &Words) -> Vec<u32> {
    let columns_of = |is_head: &dyn Fn(&str) -> bool| -> Vec<u32> {
        words.iter().filter(|(_, word)| is_head(word)).map(|(cell, _)| cell.column).collect()
    };
    let codes = columns_of(&|word| matcher.is_code_head(word));
    if codes.is_empty() { columns_of(&|word| matcher.is_indicator_head(word)) } else { codes }
}

/// Returns the columns of tables that stand side by side, from and up to: each begins where the heads
/// before its key column say what its rows are.
fn blocks(matcher: &Matcher, words: &Words, keys: &[u32]) -> Vec<(u32, u32)> {
    let is_first = |column: u32| {
        let mut heads = words.iter().filter(|(cell, _)| cell.column == column);
        heads.any(|(_, word)| matcher.is_ordinal_head(word) || matcher.is_indicator_head(word))
    };
    let start = |key: &u32| (0..*key).rev().take_while(|column| is_first(*column)).last();
    let starts: Vec<u32> = keys.iter().map(|key| start(key).unwrap_or(*key)).collect();
    let ends = starts.iter().skip(1).copied().chain([u32::MAX]);
    starts.iter().copied().zip(ends).collect()
}

/// Lets a head of totals below another one stand for it: "Tổng số" below "Kỳ này", beside "Nam" and
/// "Nữ".
fn take_totals(matcher: &Matcher, heads: &mut BTreeMap<u32, Vec<String>>) {
    for names in heads.values_mut() {
        let [lowest, whole, ..] = names.as_slice() else { continue };
        let above = whole.strip_suffix(lowest.as_str()).map(str::trim_end);
        if let Some(above) = above.filter(|_| matcher.is_total(lowest)).map(str::to_owned) {
            names.push(above);
        }
    }
}

impl ValueHeader {
    /// Returns the head as printed of the column of values that the table lacks.
    pub(super) fn lacking<'m>(&self, matcher: &'m Matcher) -> Option<&'m str> {
        if !self.units.is_empty() {
            return None;
        }
        // A table of stocks alone lacks no column of flows.
        let with_value = self.parts.iter().find(|part| part.has_value(matcher));
        let first = with_value.or(self.parts.first())?;
        let columns = matcher.parts[first.part].columns.iter().enumerate();
        // Of a part with two columns of values both must be there.
        let is_found = |index: usize| first.columns.iter().any(|(_, found)| *found == index);
        let is_lacking = |(index, column): &(usize, &ColumnWords)| {
            column.measure == Measure::Value && !is_found(*index)
        };
        let mut lacking = columns.filter(is_lacking);
        lacking.next().map(|(_, column)| &*column.head)
    }
}

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
    const OF_FLOWS: [&str; 4] = ["phát sinh trong ", "số phát sinh trong ", "phát sinh ", "trong "];
    let rest = OF_FLOWS.iter().find_map(|before| words.strip_prefix(before))?;
    MonthHead::of(rest)
}

/// Returns the last row of a head: as far as its first key cell is merged, or as long as rows
/// without anything under the key carry words; the heading of a section is none of them.
pub(super) fn last_row(grid: &Grid, key: CellRef) -> u32 {
    if let Some(area) = grid.merge_at(key)
        && area.last.row > key.row
    {
        return area.last.row.min(key.row + MAX_DEPTH);
    }
    let is_lower_head = |row: &u32| {
        let cells = grid.row(*row);
        let is_section = match cells {
            [(_, CellContent::Text(words))] => is_heading(&fold(words)),
            _ => false,
        };
        !cells.is_empty()
            && !is_section
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

/// Returns the words between two rows that may name a column, from the lowest up.
pub(super) fn names_of(grid: &Grid, column: u32, top: u32, last: u32) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use crate::{
        ingest::samples::{MAIN, only, put, read_xlsx, workbook},
        template::Measure,
    };

    #[test]
    fn a_merged_heading_right_below_a_head_is_no_part_of_it() {
        let lines = MAIN.replace("1|2|3|4|5|6|7|8\n|A|A. TUYÊN TRUYỀN\n", "||A. TUYÊN TRUYỀN\n");
        let page = |sheet: &mut rust_xlsxwriter::Worksheet| {
            put(sheet, (0, 0), &lines);
            let words = "A. TUYÊN TRUYỀN";
            sheet.merge_range(9, 2, 9, 7, words, &rust_xlsxwriter::Format::new()).unwrap();
        };
        let reading = read_xlsx(&workbook(&[("Biểu 01", &page)]));
        let values = only(&reading).values.iter();
        let codes = values.filter(|one| one.measure == Measure::Value).map(|one| one.code.as_str());
        assert_eq!(codes.take(4).collect::<Vec<_>>(), ["A01", "A02", "A03", "B06"]);
    }
}

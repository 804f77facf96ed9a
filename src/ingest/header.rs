//! Where a table of values begins: its head of one to three rows, found by its words wherever it
//! stands, and which column holds what.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    CellContent, NoticeKind,
    codes::are_foreign,
    columns::{self, ColumnWords, PartColumns},
    grid::Grid,
    head_memo::HeadWords,
    head_words::{self, HeadPlace},
    headings::is_heading,
    matcher::Matcher,
    month::Month,
    month_columns::take_months,
    pairs::{self, Part},
    part_columns::TotalOfParts,
    sole_column,
    strange_heads::StrangeHeads,
    unit_groups,
    units::{self, UnitColumns},
    withdrawn::{Objections, heads_of_sums, is_doubtful_head, is_of_corrections},
};
use crate::{place::CellRef, template::Measure, text::fold};

/// The words of a row, folded, with their cells.
pub(super) type Words = [(CellRef, String)];

/// Most rows of a head below its first.
const MAX_DEPTH: u32 = 2;

/// The head of a table of values.
#[derive(Clone, Debug)]
pub(super) struct ValueHeader {
    /// First row of the head.
    pub(super) first_row: u32,
    /// Last row of the head.
    pub(super) last_row: u32,
    /// Columns among which its own are: another table may stand beside it.
    pub(super) columns: std::ops::Range<u32>,
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
    /// The total of columns of thôn, which then holds the values.
    pub(super) total: Option<TotalOfParts>,
    /// Whether the title above names another month than the sheet.
    pub(super) other_month: bool,
    /// Heads of values whose words put their numbers in doubt.
    pub(super) doubtful: Vec<CellRef>,
    /// Heads that nobody listed.
    pub(super) strange: StrangeHeads,
    /// Columns of numbers that stand for those of the period: "Sửa lại", "Số đúng".
    pub(super) corrections: Vec<u32>,
    /// Heads of what may have come together: "Lũy kế", "Tổng số".
    pub(super) sums: Vec<CellRef>,
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
    let memo = HeadWords::of(grid, (row, last_row), month);
    let read = || read((matcher, grid), (row, last_row), (words, &keys), month).into();
    let mut found = matcher.heads.get(memo, read).to_vec();
    for header in &mut found {
        header.drop_foreign_codes(matcher, grid);
    }
    found
}

/// Reads the heads between two rows whose key columns are given.
fn read(
    (matcher, grid): (&Matcher, &Grid),
    (row, last_row): (u32, u32),
    (words, keys): (&Words, &[u32]),
    month: Option<Month>,
) -> Vec<ValueHeader> {
    let Some(first_key) = keys.first().copied() else { return Vec::new() };
    let mut heads = heads(grid, row, last_row);
    let key = HeadPlace { key: CellRef { row, column: first_key }, last: last_row };
    let sums = head_words::take_others((matcher, grid), key, || month, &mut heads);
    take_totals(matcher, &mut heads);
    let pairs = pairs::take_heads(matcher, &mut heads);
    let place = Place { matcher, grid, words, row, last_row, pairs, sums, month };
    let blocks = blocks(matcher, words, keys);
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

/// What the columns of a table hold.
struct Held {
    parts: Vec<PartColumns>,
    units: UnitColumns,
    total: Option<TotalOfParts>,
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
        let name_column = column_of(&|word| matcher.is_indicator_head(word));
        let code_column = column_of(&|word| matcher.is_code_head(word));
        code_column.or(name_column)?;
        let Held { parts, units, total } = self.held(heads);
        if parts.is_empty() && units.is_empty() {
            return None;
        }
        let note_column = heads
            .iter()
            .find(|(_, texts)| texts.iter().any(|text| matcher.is_note_head(text)))
            .map(|(column, _)| *column);
        let is_value = |column: &u32| {
            parts.iter().flat_map(|part| &part.columns).any(|(known, _)| known == column)
        };
        let corrections = heads.iter().filter(|(column, names)| {
            !is_value(column) && names.first().is_some_and(|lowest| is_of_corrections(lowest))
        });
        let corrections = corrections.map(|(column, _)| *column).collect();
        let mut header = ValueHeader {
            corrections,
            sums: heads_of_sums(self.grid, self.row..=self.last_row),
            doubtful: Vec::new(),
            strange: StrangeHeads::default(),
            last_row: self.last_row,
            columns: columns.clone(),
            code_column,
            name_column,
            note_column,
            parts,
            pairs: self.pairs.clone(),
            units,
            total,
            other_month: false,
            first_row: self.row,
            unit_column: column_of(&|word| matcher.is_unit_of_count_head(word)),
            heads_name_units: false,
            objections: Objections::default(),
            of_group: Objections::default(),
        };
        header.doubtful = self.doubtful(|column| header.holds_values(matcher, column));
        header.strange = StrangeHeads::of(matcher, self.grid, &header);
        Some(header)
    }

    /// Returns what the columns below heads hold.
    fn held(&self, heads: &BTreeMap<u32, Vec<String>>) -> Held {
        let matcher = self.matcher;
        let mut parts = columns::parts(matcher, heads, &self.sums, self.month);
        if let Some(month) = self.month {
            take_months(matcher, heads, month, &mut parts);
        }
        let groups = unit_groups::find((matcher, self.grid), (self.row, self.last_row), self.month);
        let mut units = UnitColumns::of_groups(groups);
        let has_value = parts.iter().any(|part| part.has_value(matcher));
        if units.is_empty() && !has_value {
            units = units::columns(matcher, self.grid, heads, self.last_row);
        }
        let is_of_none = units.is_empty() && !has_value;
        let total = is_of_none.then(|| TotalOfParts::find(matcher, heads)).flatten();
        if let Some(total) = &total {
            parts = total.columns(matcher);
        } else if is_of_none {
            let place = ((matcher, self.grid), (self.row, self.last_row));
            sole_column::add(place, heads, self.month, &mut parts);
        }
        Held { parts, units, total }
    }

    /// Returns the heads of values whose words put their numbers in doubt.
    fn doubtful(&self, is_value: impl Fn(u32) -> bool) -> Vec<CellRef> {
        let cells = (self.row..=self.last_row).flat_map(|row| self.grid.row(row));
        let doubtful = cells.filter(|(cell, content)| match content {
            CellContent::Text(words) => is_value(cell.column) && is_doubtful_head(&fold(words)),
            _ => false,
        });
        doubtful.map(|(cell, _)| *cell).collect()
    }
}

/// Returns whether a row of words heads columns, one of codes or of names among them; a heading of a
/// section may be one word like them.
pub(super) fn has_key(matcher: &Matcher, words: &Words) -> bool {
    let is_of_heads =
        words.len() > 2 || words.iter().any(|(_, word)| matcher.is_ordinal_head(word));
    is_of_heads && names_key(matcher, words)
}

/// Returns whether words of a row head codes or names.
pub(super) fn names_key(matcher: &Matcher, words: &Words) -> bool {
    !key_columns(matcher, words).is_empty()
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
    /// Forgets the column of codes when they are an office's own and the rows have names.
    fn drop_foreign_codes(&mut self, matcher: &Matcher, grid: &Grid) {
        let (named, row) = (self.name_column.is_some(), self.last_row + 1);
        self.code_column.take_if(|column| {
            named && are_foreign((matcher, grid), CellRef { row, column: *column })
        });
    }

    /// Returns whether a column holds figures of a part.
    pub(super) fn holds_values(&self, matcher: &Matcher, column: u32) -> bool {
        self.parts.iter().any(|part| part.values(matcher).any(|own| own == column))
    }

    /// Returns whether it is known what a column holds that is of no part, or that it is a thôn or a unit.
    pub(super) fn knows_column(&self, column: u32) -> bool {
        let of_rows = [self.code_column, self.name_column, self.note_column, self.unit_column];
        of_rows.contains(&Some(column))
            || self.corrections.contains(&column)
            || self.total.is_some()
            || !self.units.is_empty()
    }

    /// Returns what is to be said of the column of values that the table lacks.
    pub(super) fn lacking(&self, matcher: &Matcher) -> Option<NoticeKind> {
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
        lacking.next().map(|(_, column)| column.when_lacking())
    }
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

//! Rows of a table that are of no indicator and say something of those that are: a total, a share, what is left, what
//! has changed.

use serde::{Deserialize, Serialize};

use super::{
    CellContent, RawValue, children, grid::Grid, header::ValueHeader, matcher::Matcher,
    names::without_numbering, plain_number::is_figure, sheet::SheetReading,
};
use crate::{place::CellRef, template::Measure, text};

/// Rows above or below in which those are looked for that a row numbers.
const FARTHEST: u32 = 60;

/// A row that states something of the figures of its table, or a cell that states it of one figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatedRow {
    /// What it states.
    pub kind: StatedKind,
    /// Code of the figure of which it states something alone: in whose row it stands, of which it is a part.
    pub of: Option<String>,
    /// Its name as it stands.
    pub words: String,
    /// Its name folded, abbreviations written out; of a share what is before the word that divides it, and what is
    /// behind it.
    pub sides: Vec<String>,
    /// The rows that its name numbers: "(7 + 8 + 9)".
    pub rows: Vec<u32>,
    /// The numbers of rows of no indicator right above it, the nearest first.
    pub foreign: Vec<CellContent>,
    /// What stands in the columns of figures, or where there is nothing its last number: at least one cell.
    pub values: Vec<(CellRef, CellContent)>,
    /// Index of the sheet in the return.
    pub sheet: u16,
}

/// What a row states of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatedKind {
    /// What they are together.
    Total,
    /// What one is of another.
    Share,
    /// What is left of one without another.
    Rest,
    /// By how much the one above has changed.
    Change,
    /// A part of the one above: its name begins with a dash.
    Part,
}

impl StatedKind {
    /// Returns what a row of folded words states; nothing when it is of something else.
    fn of(name: &str, values: &[(CellRef, CellContent)]) -> Option<Self> {
        const TOTALS: [&str; 2] = ["tổng", "cộng"];
        const NO_TOTALS: [&str; 5] = ["cộng đồng", "cộng tác", "tổng hợp", "tổng kết", "tổng đài"];
        const SHARES: [&str; 4] = ["tỷ lệ", "tỉ lệ", "phần trăm", "%"];
        const CHANGES: [&str; 5] =
            ["tăng", "giảm", "chênh lệch", "so với tháng trước", "so với kỳ trước"];
        let is_percent = |(_, content): &(CellRef, CellContent)| match content {
            CellContent::Percent(_) => true,
            CellContent::Text(words) => words.trim_end().ends_with('%'),
            _ => false,
        };
        if SHARES.iter().any(|words| name.contains(words)) || values.iter().any(is_percent) {
            return Some(Self::Share);
        }
        let name = name.strip_prefix("dòng ").unwrap_or(name);
        let begins = |words: &[&str]| words.iter().any(|words| name.starts_with(words));
        if begins(&TOTALS) && !begins(&NO_TOTALS) {
            Some(Self::Total)
        } else if begins(&CHANGES) {
            Some(Self::Change)
        } else if begins(&["còn lại", "số còn lại"]) || name.contains(" chưa ") {
            Some(Self::Rest)
        } else {
            None
        }
    }
}

/// Returns what a row of no indicator states of the figures of the table of a head, or where there is none of those
/// above it.
pub(super) fn find(
    (matcher, grid): (&Matcher, &Grid),
    header: Option<&ValueHeader>,
    row: u32,
    found: &SheetReading,
) -> Option<StatedRow> {
    if header.is_some_and(|header| !header.units.is_empty()) {
        return None;
    }
    let is_own = |column: u32| header.is_none_or(|header| header.columns.contains(&column));
    let cells = || grid.row(row).iter().filter(|(cell, _)| is_own(cell.column));
    let is_number =
        |content: &CellContent| is_figure(content) || matches!(content, CellContent::Percent(_));
    let last = cells().rev().find(|(_, content)| is_number(content))?;
    let text_at = |column: u32| match grid.at(row, column) {
        CellContent::Text(words) => Some(words),
        _ => None,
    };
    let is_name = |words: &&String| {
        words.chars().filter(|one| one.is_alphabetic()).count() > 1 && !is_figure_text(words)
    };
    let before = || {
        cells()
            .filter(|(cell, _)| cell.column < last.0.column)
            .find_map(|(cell, _)| text_at(cell.column).filter(is_name))
    };
    let named = header.and_then(|header| header.name_column).and_then(text_at);
    let words = named.filter(is_name).or_else(before)?;
    let folded = text::fold(words);
    let name = without_numbering(&folded);
    let holds = |(cell, content): &&(CellRef, CellContent)| {
        is_number(content) && header.is_some_and(|header| header.holds_values(matcher, cell.column))
    };
    let mut values: Vec<_> = cells().filter(holds).cloned().collect();
    if values.is_empty() {
        values.push(last.clone());
    }
    let first = values.first().map(|(cell, _)| *cell)?;
    let of = part_of(words, first, found);
    let kind = if of.is_some() { StatedKind::Part } else { StatedKind::of(name, &values)? };
    let top = header.map_or(0, |header| header.last_row + 1);
    Some(StatedRow {
        kind,
        of,
        words: text::squeeze(words),
        sides: sides(kind, name)
            .map(|side| matcher.abbreviations.written_out(side).trim().to_owned())
            .collect(),
        rows: numbered_rows(grid, first, name),
        foreign: foreign_above(grid, first, top, found),
        values,
        sheet: 0,
    })
}

fn is_figure_text(words: &str) -> bool {
    words.trim_start().starts_with(|one: char| one.is_ascii_digit())
        && !words.contains(char::is_alphabetic)
}

/// Takes the shares that a column beside the figures of a table states of each of them; `end` is the first row behind
/// the table. A column that compares with something else is none.
pub(super) fn take_shares(
    (matcher, grid): (&Matcher, &Grid),
    header: &ValueHeader,
    end: u32,
    found: &mut SheetReading,
) {
    let heads = (header.first_row..=header.last_row).flat_map(|row| grid.row(row));
    let is_other = |column: u32| {
        header.holds_values(matcher, column)
            || header.name_column == Some(column)
            || !header.columns.contains(&column)
    };
    let shares = heads.filter_map(|(cell, content)| match content {
        CellContent::Text(words) if words.contains(['%', 'ỷ', 'ỉ']) => {
            let words = text::fold(words);
            (heads_shares(&words) && !is_other(cell.column)).then_some((cell.column, words))
        }
        _ => None,
    });
    let shares: Vec<(u32, String)> = shares.collect();
    for (column, words) in shares {
        let stated = found.figures(matcher, header, end).filter_map(|value| {
            let cell = CellRef { column, ..value.cell };
            let share = grid.at(cell.row, cell.column);
            let is_share = is_figure(share) || matches!(share, CellContent::Percent(_));
            is_share.then(|| StatedRow {
                kind: StatedKind::Share,
                of: Some(value.code.clone()),
                words: words.clone(),
                sides: Vec::new(),
                rows: Vec::new(),
                foreign: Vec::new(),
                values: vec![(cell, share.clone())],
                sheet: 0,
            })
        });
        let stated: Vec<StatedRow> = stated.collect();
        found.stated_rows.extend(stated);
    }
}

/// Returns whether folded words head shares of the figures beside them.
fn heads_shares(words: &str) -> bool {
    const SHARES: [&str; 3] = ["tỷ lệ", "tỉ lệ", "%"];
    const OTHERS: [&str; 6] = ["so với", "so sánh", "kế hoạch", "trước", "tăng", "chỉ tiêu"];
    let has = |any: &[&str]| any.iter().any(|one| words.contains(one));
    has(&SHARES) && !has(&OTHERS)
}

/// Returns the code of the figure of which a row with a dash or "trong đó" is a part: it stands right above it, or the
/// part before it is of it.
fn part_of(words: &str, cell: CellRef, found: &SheetReading) -> Option<String> {
    let is_part = children::has_dash(words) || text::fold(words).starts_with("trong đó");
    let above = cell.row.checked_sub(1).filter(|_| is_part)?;
    let of_part = found.stated_rows.last().filter(|stated| {
        stated.kind == StatedKind::Part && stated.values.iter().any(|(cell, _)| cell.row == above)
    });
    let is_above = |value: &&RawValue| {
        let is_it = value.cell == CellRef { row: above, ..cell };
        value.measure == Measure::Value && is_it && value.content != CellContent::Empty
    };
    let of_figure = || found.values.iter().rev().find(is_above).map(|value| value.code.clone());
    of_part.and_then(|part| part.of.clone()).or_else(of_figure)
}

/// Returns the numbers of rows of no indicator right above a cell, in its column.
fn foreign_above(grid: &Grid, cell: CellRef, top: u32, found: &SheetReading) -> Vec<CellContent> {
    let is_known = |row: u32| {
        found.values.iter().any(|value| value.cell.row == row)
            || found
                .stated_rows
                .iter()
                .any(|stated| stated.values.iter().any(|(cell, _)| cell.row == row))
    };
    let above = (top..cell.row).rev().take_while(|row| !is_known(*row));
    let numbers =
        above.map(|row| grid.at(row, cell.column)).take_while(|content| is_figure(content));
    numbers.cloned().collect()
}

/// Returns the rows whose ordinals are added up in a name: "(7 + 8 + 9)"; nothing when one of them is not there.
fn numbered_rows(grid: &Grid, cell: CellRef, name: &str) -> Vec<u32> {
    let is_of_ordinal = |one: char| one.is_ascii_digit() || one == '.';
    let is_of_list = |one: char| is_of_ordinal(one) || matches!(one, '+' | ' ');
    let Some(plus) = name.find('+') else { return Vec::new() };
    let (before, behind) = name.split_at(plus);
    let start = before.rfind(|one: char| !is_of_list(one)).map_or(0, |at| at + 1);
    let start = name.get(start..).and_then(|list| list.find(is_of_ordinal)).map(|at| start + at);
    let Some(list) = start.and_then(|start| name.get(start..plus)) else { return Vec::new() };
    let is_level =
        name.get(..plus - list.len()).is_some_and(|words| words.trim_end().ends_with("mức"));
    let end = behind.find(|one: char| !is_of_list(one)).unwrap_or(behind.len());
    let list = [list, behind.get(..end).unwrap_or_default()].concat();
    let ordinals = list.split('+').map(|ordinal| ordinal.trim().trim_end_matches('.'));
    let row_of = |ordinal: &str| {
        let is_it = |row: &u32| {
            let mut cells = grid.row(*row).iter().filter(|(own, _)| own.column < cell.column);
            cells.next().is_some_and(|(_, content)| match content {
                CellContent::Number(number) => number.to_string() == ordinal,
                CellContent::Text(words) => words.trim().trim_end_matches(['.', ')']) == ordinal,
                _ => false,
            })
        };
        let above = (cell.row.saturating_sub(FARTHEST)..cell.row).rev();
        above.chain(cell.row + 1..cell.row + FARTHEST).find(is_it)
    };
    if is_level {
        Vec::new()
    } else {
        ordinals.map(row_of).collect::<Option<_>>().unwrap_or_default()
    }
}

/// Returns the sides of the name of a row.
fn sides(kind: StatedKind, name: &str) -> impl Iterator<Item = &str> {
    const DIVIDERS: [&str; 5] = ["/", " trên tổng", " trên số", " so với ", " - "];
    const HAVING: &str = " có ";
    let mut of_kind = DIVIDERS.iter().filter(|divider| match kind {
        StatedKind::Share => **divider != " - ",
        StatedKind::Rest => **divider == " - ",
        StatedKind::Total | StatedKind::Change | StatedKind::Part => false,
    });
    let divided = of_kind.find_map(|divider| name.split_once(*divider));
    // "Tỷ lệ công dân có tài khoản": of the citizens those with an account.
    let having = || {
        let (whole, part) = name.split_once(HAVING).filter(|_| kind == StatedKind::Share)?;
        Some((part, whole))
    };
    match divided.or_else(having) {
        Some((side, other)) => [Some(side), Some(other)],
        None => [Some(name), None],
    }
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::StatedKind::{self, Share, Total};
    use crate::ingest::{
        CellContent,
        samples::{only, put, read_xlsx, workbook},
    };

    /// Returns what the given row of a table states.
    fn stated(row: &str) -> Vec<(StatedKind, Vec<String>, Vec<CellContent>)> {
        let lines = format!(
            "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n\
             STT|Mã|Chỉ tiêu|ĐVT|Kết quả\n1|B06|Tài khoản mức 1 hiện có|tài khoản|12\n{row}"
        );
        let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
        let rows = only(&reading).stated_rows.clone();
        let cells = |values: Vec<(_, CellContent)>| values.into_iter().map(|(_, one)| one);
        rows.into_iter()
            .map(|row| (row.kind, row.sides, cells(row.values).collect::<Vec<_>>()))
            .collect()
    }

    #[test]
    fn totals_and_shares_are_known_by_their_words() {
        let number = CellContent::Number(12.0);
        let text = |words: &str| CellContent::Text(words.to_owned());
        for (row, expected) in [
            (
                "||Tổng TK (mức 1 + mức 2)||12",
                Some((Total, "tổng tk mức 1 mức 2".to_owned(), &number)),
            ),
            ("Cộng I||||12", Some((Total, "cộng i".to_owned(), &number))),
            ("||Dòng cộng tin bài||12", Some((Total, "dòng cộng tin bài".to_owned(), &number))),
            ("2||Tỷ lệ kích hoạt|%|12", Some((Share, "tỷ lệ kích hoạt".to_owned(), &number))),
            (
                "||Kích hoạt/dân số||93,4 %",
                Some((Share, "kích hoạt : dân số".to_owned(), &text("93,4 %"))),
            ),
            ("||Cộng tác viên||12", None),
            ("||Tổng số tài khoản||", None),
            ("||Số đoàn viên||12", None),
        ] {
            let found = stated(row);
            let found: Vec<_> = found
                .iter()
                .map(|(kind, name, values)| (*kind, name.join(" : "), &values[0]))
                .collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{row}");
        }
    }
}

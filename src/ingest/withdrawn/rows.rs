//! What speaks against the numbers of a row of a table of values.

use super::{
    Asked, Objection, Withdrawal, counts_parts, objection,
    row_notes::{is_doubtful_note, says_nothing, tells_number, tells_number_alone},
};
use crate::{
    ingest::{
        CellContent,
        columns::PartColumns,
        dates::{dates_in, numbers},
        grid::Grid,
        header::ValueHeader,
        headings::is_numbering,
        matcher::{Matcher, PartWords},
        name_doubts::OtherWords,
        plain_number::is_figure,
        sheet::SheetReading,
    },
    place::CellRef,
    text::{AnyOf, fold},
};

/// What a column is beside the values of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    /// Of the row itself or of other figures, or of people.
    Row,
    /// Before the codes and the names.
    Before,
    /// Of notes, or without a head.
    Note,
    /// Of where the figures are from.
    Source,
    /// Of something else.
    Other,
}

impl ValueHeader {
    /// Returns what speaks against the numbers of a row.
    pub(in crate::ingest) fn objection_to(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        columns: &PartColumns,
        (code, row): (&str, u32),
    ) -> Option<Objection> {
        let part = &matcher.parts[columns.part];
        let values = columns.values(matcher);
        self.objection_in((matcher, grid), part, (code, row), values)
            .or_else(|| self.increase((matcher, grid), columns, row))
            .or_else(|| self.plan(grid, columns, row))
            .or_else(|| self.correction(grid, columns, row))
            .or_else(|| self.other_column(grid, columns, row))
    }

    /// Returns what speaks against the numbers of a row that stand in some columns.
    pub(in crate::ingest) fn objection_in(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        part: &PartWords,
        (code, row): (&str, u32),
        values: impl Iterator<Item = u32>,
    ) -> Option<Objection> {
        let of_table = self.objections.to(part).or_else(|| self.of_group.to(part));
        if let Some(objection) = of_table {
            return Some(objection.clone());
        }
        let asked = Asked::new((matcher, grid), part, code);
        let at = |column: u32| CellRef { row, column };
        let heads = values.filter(|_| self.heads_name_units).flat_map(|column| {
            (self.first_row..=self.last_row).map(move |row| CellRef { row, column })
        });
        let units = self.unit_column.map(at).into_iter().chain(heads);
        let mut units = units.filter_map(|cell| asked.in_unit(cell));
        units.next().or_else(|| asked.in_brackets(at(self.name_column?)))
    }

    /// Returns the head of a column that may hold the sum of a stock, and holds another number, where the
    /// column of values is that of the flows.
    fn increase(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        columns: &PartColumns,
        row: u32,
    ) -> Option<Objection> {
        let value_of = |part: &PartColumns| part.values(matcher).next();
        let value = value_of(columns).filter(|_| matcher.parts[columns.part].stock)?;
        let mut flows = self.parts.iter().filter(|part| !matcher.parts[part.part].stock);
        flows.find(|part| value_of(part) == Some(value))?;
        let here = grid.figure(row, value);
        let is_other = |column: u32| match grid.figure(row, column) {
            CellContent::Empty => false,
            there => there != here,
        };
        let is_own = |column: u32| columns.columns.iter().any(|(own, _)| *own == column);
        let mut sums = self.sums.iter();
        let sum = sums.find(|cell| !is_own(cell.column) && is_other(cell.column));
        sum.map(|cell| objection(Withdrawal::Increase, grid, *cell))
    }

    /// Returns the head of a column of corrections that holds another number than that of the values.
    fn other_column(&self, grid: &Grid, columns: &PartColumns, row: u32) -> Option<Objection> {
        let figures = || columns.columns.iter().map(|(column, _)| grid.figure(row, *column));
        let mut corrections = self.corrections.iter().filter(|column| {
            let content = grid.at(row, **column);
            is_figure(content) && figures().all(|figure| figure != *content)
        });
        let column = corrections.next().copied()?;
        let cell = CellRef { row: self.last_row, column };
        Some(objection(Withdrawal::Corrected, grid, cell))
    }

    /// Takes notes beside the numbers of a row that put them in doubt, those that say what nobody listed, and
    /// those that tell a number without saying what it is.
    pub(in crate::ingest) fn take_doubts(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        (columns, code, row): (&PartColumns, &str, u32),
        found: &mut SheetReading,
    ) {
        let last = columns.columns.iter().map(|(column, _)| *column).max().unwrap_or_default();
        let figures = || columns.columns.iter().map(|(column, _)| grid.figure(row, *column));
        for (cell, content) in grid.row(row) {
            // Most cells are of the row itself.
            let is_word = matches!(content, CellContent::Text(_));
            if cell.column <= last && (!is_word || self.is_of_row(cell.column)) {
                continue;
            }
            let beside = match self.beside(grid, (cell.column, last)) {
                Beside::Row => continue,
                beside => beside,
            };
            match content {
                // "Lũy kế" beside a stock says what it is.
                CellContent::Text(words)
                    if matches!(beside, Beside::Other | Beside::Note)
                        && kind_of_number(words).is_some() =>
                {
                    let own = Some(matcher.parts[columns.part].stock);
                    let is_other = kind_of_number(words) != own;
                    found.doubts.extend(is_other.then(|| (*cell, words.clone())));
                }
                CellContent::Text(words)
                    if matches!(beside, Beside::Other | Beside::Source)
                        && matcher.familiar.knows_beside(words, found.month()) => {}
                CellContent::Text(words) => {
                    let note = fold(words);
                    let denies =
                        || says_nothing(&note) && figures().any(|it| is_more_than_nothing(&it));
                    // A column of units of count whose head nobody listed.
                    if beside == Beside::Other && !matcher.is_other_unit_of_count(code, &note) {
                        continue;
                    }
                    let is_known = || match beside {
                        Beside::Before => is_numbering(&note) || matcher.familiar.is_plain(&note),
                        Beside::Note => matcher.familiar.knows_note(&note) && !counts_parts(&note),
                        Beside::Row | Beside::Other | Beside::Source => false,
                    };
                    let may_doubt = !matches!(beside, Beside::Before | Beside::Source);
                    if may_doubt && is_doubtful_note(&note) {
                        found.doubts.push((*cell, words.clone()));
                    } else if !is_known()
                        || denies()
                        || beside == Beside::Note && tells_number_alone(&note)
                    {
                        found.strange.certain.push(*cell);
                    } else if beside == Beside::Note
                        && tells_number(&note)
                        && figures().any(|it| may_be(&note, &it))
                    {
                        found.strange.words.push(*cell);
                    }
                }
                CellContent::Number(_) | CellContent::ShownOtherwise(..)
                    if beside == Beside::Note && figures().all(|it| it != *content) =>
                {
                    found.strange.certain.push(*cell);
                }
                _ => {}
            }
        }
    }

    /// Returns whether a column says what a row is.
    pub(super) fn is_of_row(&self, column: u32) -> bool {
        [self.code_column, self.name_column, self.unit_column].contains(&Some(column))
    }

    /// Returns what the column of a cell is beside the values, the last of which is given.
    fn beside(&self, grid: &Grid, (column, last): (u32, u32)) -> Beside {
        const SOURCES: [&str; 3] = ["nguồn", "cung cấp", "cơ quan"];
        const PEOPLE: [&str; 6] =
            ["người", "cán bộ", "phụ trách", "theo dõi", "họ và tên", "đầu mối"];
        let is_of_parts = || {
            let columns = self.parts.iter().flat_map(|part| &part.columns);
            columns.clone().any(|(own, _)| *own == column)
        };
        if self.is_of_row(column) || is_of_parts() || !self.columns.contains(&column) {
            return Beside::Row;
        }
        if self.note_column == Some(column) {
            return Beside::Note;
        }
        if self.total.is_some() || !self.units.is_empty() {
            return Beside::Row;
        }
        let first = self.code_column.into_iter().chain(self.name_column).min();
        match grid.seen(self.last_row, column) {
            _ if first.is_some_and(|first| column < first) => Beside::Before,
            CellContent::Empty if column > last => Beside::Note,
            CellContent::Text(head) => {
                let head = fold(head);
                let says = |list: &[&str]| list.iter().any(|word| head.contains(word));
                match (says(&PEOPLE), says(&SOURCES)) {
                    (true, _) => Beside::Row,
                    (_, true) => Beside::Source,
                    _ => Beside::Other,
                }
            }
            _ => Beside::Other,
        }
    }

    /// Returns the cell of a unit of count that is not that of an indicator, whatever it means.
    pub(in crate::ingest) fn strange_unit(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        (code, row): (&str, u32),
    ) -> Option<CellRef> {
        let cell = CellRef { row, column: self.unit_column? };
        let CellContent::Text(words) = grid.at(cell.row, cell.column) else { return None };
        // As a rule it stands there as the form prints it.
        let is_own = *words == matcher.unit_of_count(code);
        (!is_own && matcher.is_other_unit_of_count(code, &fold(words))).then_some(cell)
    }

    /// Returns what the words beside a code are that are no name of it.
    pub(in crate::ingest) fn other_words(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        (code, row): (&str, u32),
    ) -> Option<OtherWords> {
        self.code_column?;
        match grid.at(row, self.name_column?) {
            CellContent::Text(words) => matcher.other_words(code, words),
            _ => None,
        }
    }

    /// Returns an objection to the name in a row.
    pub(in crate::ingest) fn other_name(&self, grid: &Grid, row: u32) -> Option<Objection> {
        let cell = CellRef { row, column: self.name_column? };
        Some(objection(Withdrawal::OtherName, grid, cell))
    }

    /// Returns a note in a row that names the right number where another one stands: "Đúng là 240".
    fn correction(&self, grid: &Grid, columns: &PartColumns, row: u32) -> Option<Objection> {
        let is_row_head = |column: u32| {
            [self.code_column, self.name_column, self.unit_column].contains(&Some(column))
        };
        let is_value = |column: u32| columns.columns.iter().any(|(value, _)| *value == column);
        let notes = grid.row(row).iter().filter_map(|(cell, content)| match content {
            CellContent::Text(words) if !is_row_head(cell.column) && !is_value(cell.column) => {
                Some((*cell, corrected(words)?))
            }
            _ => None,
        });
        let is_there = |right: &str| {
            let mut values = columns.columns.iter().map(|(column, _)| grid.figure(row, *column));
            values.any(|value| match value {
                CellContent::Number(number) | CellContent::ShownOtherwise(number, _) => {
                    number.to_string() == right
                }
                CellContent::Text(words) => digits(&words) == right,
                _ => false,
            })
        };
        let mut notes = notes.filter(|(_, right)| !is_there(right));
        notes.next().map(|(cell, _)| objection(Withdrawal::Corrected, grid, cell))
    }
}

/// Longest words that only say of what a number is, in bytes.
const LONGEST_KIND: usize = 24;

/// Returns whether words only say that a number is of stocks or of flows, and of which.
fn kind_of_number(words: &str) -> Option<bool> {
    // Most notes begin otherwise, or are longer.
    let begins = |first: char| "lscpthLSCPTH".contains(first);
    if words.len() > LONGEST_KIND || !words.trim_start().starts_with(begins) {
        return None;
    }
    match fold(words).as_str() {
        "lũy kế" | "số lũy kế" | "cộng dồn" | "hiện có" | "cuối kỳ" => {
            Some(true)
        }
        "phát sinh" | "số phát sinh" | "trong kỳ" | "trong tháng" => Some(false),
        _ => None,
    }
}

/// Returns whether a number of a note may stand for a figure: it is no small part of it; a day may say up to when
/// the figure is counted.
fn may_be(note: &str, figure: &CellContent) -> bool {
    let CellContent::Number(figure) = figure else { return true };
    !dates_in(note).is_empty() || numbers(note).any(|number| f64::from(number) * 2.0 >= *figure)
}

fn is_more_than_nothing(figure: &CellContent) -> bool {
    matches!(figure, CellContent::Number(number) if *number > 0.0)
}

/// Returns the digits of the number that a note says to be the right one: 240 of "Đúng là 240", "Sửa thành
/// 1.240". The note is as it stands.
fn corrected(note: &str) -> Option<String> {
    const SAYS: &[&str] = &[
        "đúng là",
        "đúng phải là",
        "số đúng",
        "sửa thành",
        "sửa lại thành",
        "sửa lại là",
        "sửa lại",
        "sửa:",
        "đính chính",
        "phải là",
        "thực tế là",
        "thực tế:",
        "thay bằng",
        "chốt lại",
        "nhập nhầm",
        "số chuẩn",
    ];
    static ANY: AnyOf = AnyOf::new(SAYS);
    // Few notes have a number and letters.
    let has = |is_it: fn(char) -> bool| note.contains(is_it);
    if !has(|one| one.is_ascii_digit()) || !has(char::is_alphabetic) {
        return None;
    }
    let words = fold(note);
    // What was wrong in a report before.
    if !ANY.is_in(&words) || words.contains("tháng") || words.contains("kỳ trước") {
        return None;
    }
    let (at, said) = SAYS.iter().find_map(|says| Some((words.find(says)?, says)))?;
    let rest = words.get(at + said.len()..)?;
    let rest = rest.trim_start_matches([':', ',', ' ', '"']);
    let rest = ["là ", "thành "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let number =
        rest.split(|one: char| !one.is_ascii_digit() && !matches!(one, '.' | ',')).next()?;
    Some(digits(number)).filter(|digits| !digits.is_empty())
}

/// Returns the digits in words.
fn digits(words: &str) -> String {
    words.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples::{only, put, read_xlsx, workbook};

    #[test]
    fn a_note_may_name_the_right_number() {
        for (note, expected) in [
            ("Đúng là 240", Some("240")),
            ("Ghi nhầm, sửa thành 1.240 người", Some("1240")),
            ("Nhập nhầm, 290", Some("290")),
            ("Báo cáo tháng 2 ghi nhầm 199, đúng là 189", None),
            ("Đính chính: 12", Some("12")),
            ("Thực hiện đúng kế hoạch 15", None),
            ("Đúng là đã thực hiện", None),
        ] {
            assert_eq!(corrected(note).as_deref(), expected, "{note}");
        }
    }

    #[test]
    fn a_number_that_a_note_denies_is_kept_apart() {
        let head = "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n";
        for (note, expected) in [("Đúng là 240", 1), ("Đúng là 204", 0), ("Giảm do sáp nhập", 0)]
        {
            let lines = format!(
                "{head}Mã|Chỉ tiêu|Trong kỳ|Ghi chú\nA01|Số văn bản chỉ đạo|204|{note}\n\
                 A02|Số buổi tuyên truyền|3|"
            );
            let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
            assert_eq!(only(&reading).withdrawn.len(), expected, "{note}");
        }
    }
}

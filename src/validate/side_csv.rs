//! The secretary's CSV files, as Excel saves them: comma, semicolon or tab, with or without BOM,
//! columns in any order. A row that cannot be used is a finding, never an error.

use super::{Finding, codes};
use crate::{
    place::{CellRef, Place},
    text,
};

/// A CSV file of the secretary.
#[derive(Debug, Default)]
pub(super) struct SideTable {
    /// Path below `input/`.
    file: String,
    columns: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
}

/// A row of a [`SideTable`].
#[derive(Debug, Clone, Copy)]
pub(super) struct SideRow<'a> {
    table: &'a SideTable,
    /// Row, counted from 0, the header being 0.
    number: u32,
    cells: &'a [String],
}

impl SideTable {
    /// Reads a file that must have the `required` columns.
    pub(super) fn read(file: &str, bytes: &[u8], required: &[&str]) -> (Self, Vec<Finding>) {
        let mut table = Self { file: file.to_owned(), ..Self::default() };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let Ok(content) = std::str::from_utf8(bytes) else {
            let message = format!("Không đọc được {file}: tệp không ghi bằng bảng mã UTF-8.");
            let hint = "Đề nghị lưu lại bằng kiểu “CSV UTF-8 (Comma delimited)”.";
            return (table, vec![unreadable(file, message, hint)]);
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(content))
            .flexible(true)
            .has_headers(false)
            .from_reader(content.as_bytes());
        let mut findings = Vec::new();
        for (number, record) in (0_u32..).zip(reader.records()) {
            let Ok(record) = record else {
                findings.push(table.row_finding(number, "Dòng này không đọc được.".to_owned()));
                continue;
            };
            let cells: Vec<String> =
                record.iter().map(|cell| text::squeeze(&text::nfc(cell))).collect();
            if table.columns.is_empty() {
                table.columns = cells.iter().map(|name| text::strip_marks(name)).collect();
            } else if cells.iter().any(|cell| !cell.is_empty()) {
                table.rows.push((number, cells));
            }
        }
        let absent: Vec<&str> =
            required.iter().copied().filter(|name| table.position(name).is_none()).collect();
        if !absent.is_empty() {
            let message = format!("{file} thiếu cột: {}.", absent.join(", "));
            let hint = format!("Dòng đầu của tệp phải có các cột: {}.", required.join(", "));
            findings.push(unreadable(file, message, hint));
            table.rows.clear();
        }
        (table, findings)
    }

    /// Returns the rows that are not empty, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = SideRow<'_>> {
        self.rows.iter().map(|(number, cells)| SideRow { table: self, number: *number, cells })
    }

    fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }

    fn row_finding(&self, number: u32, message: String) -> Finding {
        codes::SIDE_ROW
            .finding(message)
            .at(Place {
                file: self.file.clone(),
                sheet: None,
                cell: Some(CellRef { row: number, column: 0 }),
            })
            .hint(format!(
                "Đề nghị sửa dòng {} của {}; dòng này chưa được áp dụng.",
                number + 1,
                self.file
            ))
    }
}

impl<'a> SideRow<'a> {
    /// Returns the cell of a column; empty when the row or the file has none.
    pub(super) fn get(self, column: &str) -> &'a str {
        let position = self.table.position(column);
        position.and_then(|position| self.cells.get(position)).map_or("", String::as_str)
    }

    /// Returns where the row is.
    pub(super) fn place(self) -> Place {
        let cell = Some(CellRef { row: self.number, column: 0 });
        Place { file: self.table.file.clone(), sheet: None, cell }
    }

    /// Returns the finding that the row cannot be used.
    pub(super) fn unusable(self, message: impl Into<String>, found: &str) -> Finding {
        self.table.row_finding(self.number, message.into()).found(found)
    }
}

fn unreadable(file: &str, message: String, hint: impl Into<String>) -> Finding {
    codes::SIDE_FILE_UNREADABLE.finding(message).at(Place::of_file(file)).hint(hint)
}

/// Returns the sign that stands most often in the first line.
fn delimiter(content: &str) -> u8 {
    let first = content.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comma_semicolon_tab_and_bom_are_the_same() {
        let files = [
            "tep,so_den\na.xlsx,12\n\n",
            "\u{feff}tep;so_den\r\na.xlsx;12\r\n",
            "tep\tso_den\na.xlsx\t12\n;;\n".trim_end_matches(";;\n"),
            "Tệp,Số_đến\n\"a.xlsx\",12",
        ];
        for file in files {
            let (table, findings) = SideTable::read("so-den.csv", file.as_bytes(), &["tep"]);
            assert_eq!(findings, [], "{file}");
            let rows: Vec<_> =
                table.rows().map(|row| (row.get("tep"), row.get("so_den"))).collect();
            assert_eq!(rows, [("a.xlsx", "12")], "{file}");
            assert_eq!(table.rows().next().unwrap().place().to_string(), "so-den.csv › A2");
        }
    }

    #[test]
    fn a_file_that_is_no_table_says_so_and_has_no_rows() {
        let (table, findings) = SideTable::read("so-den.csv", b"ten,so\na,1\n", &["tep"]);
        assert_eq!(table.rows().count(), 0);
        assert!(findings[0].message.contains("thiếu cột: tep"), "{}", findings[0].message);
        let (_, findings) = SideTable::read("so-den.csv", b"t\xea\xfe", &["tep"]);
        assert_eq!(findings[0].code, "DA06-K01");
    }
}

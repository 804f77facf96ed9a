//! What speaks against a number that an accepted mapping adds: the words that speak against one that is
//! read without it. Whose words a person has explained are not held against the numbers again.

use super::{Table, shape::ShapeRow};
use crate::{
    ingest::{
        across::Role,
        matcher::PartWords,
        sheet::SheetReading,
        understanding::Basis,
        withdrawn::{Asked, Objection, Objections, Remarks},
    },
    place::CellRef,
};

/// So many rows below a head of indicators across may hold units of count.
const UNIT_OF_COUNT_ROWS: usize = 2;

impl Table<'_> {
    /// Returns what the words around the table say of all its numbers.
    pub(super) fn objections(&self, sheet: &SheetReading) -> Objections {
        let head = self.shape.head.row;
        let is_of_values = |row: &u32| sheet.values.iter().any(|value| value.cell.row == *row);
        let first = sheet.values.iter().map(|value| value.cell.row).min();
        let above = self.grid.row_numbers().take_while(|row| *row < head);
        let mut remarks = Remarks::default();
        for row in above.filter(|row| !is_of_values(row)) {
            let words = self.matcher.rows.get(self.grid, row);
            remarks.take(self.grid, &words);
            if first.is_none_or(|first| row < first) {
                remarks.take_document_title(self.grid, &words);
            }
        }
        remarks.of_table((self.matcher, self.grid), head, (&self.sheet, sheet.month()))
    }

    /// Returns what speaks against the number of an indicator in a column of the shape.
    pub(super) fn doubt(
        &self,
        objections: &Objections,
        (part, code): (&PartWords, &str),
        row: &ShapeRow,
        column: u32,
    ) -> Option<Objection> {
        if let Some(objection) = objections.to(part) {
            return Some(objection.clone());
        }
        let asked = Asked::new((self.matcher, self.grid), part, code);
        if self.shape.is_across {
            self.doubt_across(&asked, row, column)
        } else {
            self.doubt_in_row(&asked, row, column)
        }
    }

    /// Asks the unit of count of the row, its name and the head of the column.
    fn doubt_in_row(&self, asked: &Asked<'_>, row: &ShapeRow, column: u32) -> Option<Objection> {
        let units = self.shape.columns.iter().filter(|column| {
            column.names.iter().any(|name| self.matcher.is_unit_of_count_head(name))
        });
        let units = units.map(|column| CellRef { row: row.row, column: column.column });
        let heads = self.shape.head.row..=self.shape.last_row;
        let heads = heads.map(|row| CellRef { row, column });
        units
            .chain(heads)
            .find_map(|cell| asked.in_unit(cell))
            .or_else(|| asked.in_brackets(row.cell))
    }

    /// Asks the head, the words above it, the units of count below it and the words before the row.
    fn doubt_across(&self, asked: &Asked<'_>, row: &ShapeRow, column: u32) -> Option<Objection> {
        let CellRef { row: own, column: of_head } = self.cell(row.row, column);
        let at = |row: u32| CellRef { row, column: of_head };
        let head = self.shape.head.row;
        let below = (head + 1..own).take(UNIT_OF_COUNT_ROWS).map(at);
        let columns = self.shape.columns.iter().zip(&self.columns);
        let mut before = columns.filter(|(shape, _)| shape.column == column);
        let before = before.next().and_then(|(shape, reading)| {
            let (role, cell) = shape.role.filter(|_| reading.basis != Basis::Mapping)?;
            let of_part = |cell| asked.in_part(cell).filter(|_| role == Role::Only);
            cell.and_then(|cell| asked.in_label(self.matcher, cell).or_else(|| of_part(cell)))
        });
        asked.in_column(self.matcher, at(head), below).or(before)
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        ingest::{
            Withdrawal, read,
            samples::{guide, only, put, workbook},
        },
        template::{ColumnMeaning, LayoutMapping, MappedColumn, MappedRow, MappedTable, Measure},
    };

    /// Returns the mapping of a table with a row that only a mapping explains, and of a column; one with
    /// a single head has the indicators across.
    fn mapping(heads: &[&str], rows: &[&str]) -> LayoutMapping {
        let words = "Lượt dân đến nghe";
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let entry = MappedRow { words: words.to_owned(), nth: None, code: "A03".to_owned() };
        let column =
            |head: &&str| MappedColumn { head: (*head).to_owned(), meaning: ColumnMeaning::Value };
        let table = MappedTable {
            sheet: "Biểu".to_owned(),
            is_across: heads.len() == 1,
            heads: owned(heads),
            rows: owned(rows),
            columns: heads.iter().filter(|head| head.starts_with("Đạt")).map(column).collect(),
            entries: vec![entry],
        };
        LayoutMapping {
            file: "anh-xa/1.toml".to_owned(),
            tables: vec![table],
            ..LayoutMapping::default()
        }
    }

    /// Returns whether A03 was read, and why it was kept apart.
    fn said(mapping: &LayoutMapping, table: &str) -> (bool, Vec<Withdrawal>) {
        let fields = "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n";
        let lines = format!("{fields}{table}");
        let guide = crate::ingest::ReadingGuide { mappings: vec![mapping.clone()], ..guide() };
        let bytes = workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]);
        let reading = read("2024-03/BC.xlsx", &bytes, &guide);
        let found = only(&reading);
        let is_it = |code: &str, measure| code == "A03" && measure == Measure::Value;
        let withdrawn = found.withdrawn.iter().filter(|one| {
            let mut values = one.values.iter();
            values.any(|value| is_it(&value.code, value.measure))
        });
        let is_read = found.values.iter().any(|value| is_it(&value.code, value.measure));
        (is_read, withdrawn.map(|one| one.why).collect())
    }

    #[test]
    fn words_beside_a_mapped_row_speak_against_its_number() {
        use Withdrawal::{Part, Plan, Span, UnitOfCount};
        let rows = ["Số văn bản chỉ đạo", "Số buổi tuyên truyền", "Lượt dân đến nghe"];
        let table = |title: &str, head: &str, unit: &str| {
            format!(
                "{title}\nChỉ tiêu|ĐVT|{head}\nSố văn bản chỉ đạo|văn bản|3\n\
                 Số buổi tuyên truyền|buổi|4\nLượt dân đến nghe|{unit}|5"
            )
        };
        for (title, head, unit, why) in [
            ("Số liệu", "Trong kỳ", "lượt", None),
            ("Số liệu", "Trong kỳ", "nghìn lượt", Some(UnitOfCount)),
            ("Số liệu (nghìn)", "Trong kỳ", "lượt", Some(UnitOfCount)),
            ("Kế hoạch tháng 4", "Trong kỳ", "lượt", Some(Plan)),
            ("Lũy kế từ đầu năm", "Trong kỳ", "lượt", Some(Span)),
            ("Báo cáo của thôn Đông", "Trong kỳ", "lượt", Some(Part)),
            ("Số liệu", "Đạt được", "lượt", None),
            ("Số liệu", "Đạt (nghìn)", "lượt", Some(UnitOfCount)),
        ] {
            let mapping = mapping(&["Chỉ tiêu", "ĐVT", head], &rows);
            let expected = (why.is_none(), why.into_iter().collect());
            assert_eq!(
                said(&mapping, &table(title, head, unit)),
                expected,
                "{title} {head} {unit}"
            );
        }
    }

    #[test]
    fn words_around_a_mapped_column_of_a_table_across_speak_against_its_number() {
        use Withdrawal::{Plan, Span, UnitOfCount};
        let rows = ["A01", "A02", "B06", "B08", "Lượt dân đến nghe"];
        let head = "|A01|A02|B06|B08|Lượt dân đến nghe";
        for (table, label, why) in [
            (format!("{head}\nTrong kỳ|1|2|3|4|5"), "Trong kỳ", None),
            (
                format!("{head}\nĐVT|cái|buổi|x|x|nghìn lượt\nTrong kỳ|1|2|3|4|5"),
                "Trong kỳ",
                Some(UnitOfCount),
            ),
            (
                format!("|Kết quả|x|x|x|Kế hoạch\n{head}\nTrong kỳ|1|2|3|4|5"),
                "Trong kỳ",
                Some(Plan),
            ),
            (format!("{head}\nLũy kế|1|2|3|4|5"), "Lũy kế", Some(Span)),
        ] {
            let mapping = mapping(&[label], &rows);
            let expected = (why.is_none(), why.into_iter().collect());
            assert_eq!(said(&mapping, &table), expected, "{table}");
        }
    }
}

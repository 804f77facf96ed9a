//! What speaks against the numbers of a table with the indicators across: words of its title, of a head
//! or above it, of a row of units of count, or before the row.

use std::collections::BTreeMap;

use super::{AcrossColumn, AcrossRow, AcrossTable, Role};
use crate::{
    ingest::{
        CellContent,
        grid::Grid,
        matcher::Matcher,
        plain_number::begins_with_digit,
        withdrawn::{Asked, Objection},
    },
    place::CellRef,
    template::Measure,
};

/// So many rows below the head may hold units of count.
const UNIT_OF_COUNT_ROWS: usize = 2;

impl AcrossTable {
    /// Returns what speaks against the numbers of whole columns.
    pub(super) fn doubts(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        columns: &BTreeMap<u32, (&str, Measure)>,
    ) -> BTreeMap<u32, Objection> {
        let rows = self.rows.iter().take(UNIT_OF_COUNT_ROWS);
        let of_units: Vec<u32> = rows
            .filter(|row| self.is_of_units_of_count(matcher, grid, row))
            .map(|row| row.row)
            .collect();
        let values = columns.iter().filter(|(_, (_, measure))| *measure == Measure::Value);
        let doubt = |(column, (code, _)): (&u32, &(&str, Measure))| {
            let part = &matcher.parts[self.columns[column].part];
            if let Some(objection) = self.objections.to(part) {
                return Some((*column, objection.clone()));
            }
            let asked = Asked::new((matcher, grid), part, code);
            let at = |row: u32| CellRef { row, column: *column };
            let units = of_units.iter().map(|row| at(*row));
            Some((*column, asked.in_column(matcher, at(self.head.row), units)?))
        };
        values.filter_map(doubt).collect()
    }

    /// Returns what the words before a row say against its number in a column.
    pub(super) fn doubt_of_row(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        (row, role): (&AcrossRow, Role),
        column: u32,
    ) -> Option<Objection> {
        let (cell, _) = row.label.as_ref()?;
        let AcrossColumn { part, code, .. } = &self.columns[&column];
        let asked = Asked::new((matcher, grid), &matcher.parts[*part], code);
        asked
            .in_label(matcher, *cell)
            .or_else(|| asked.in_part(*cell).filter(|_| role == Role::Only))
    }

    /// Returns whether a row has words below the heads and no figure.
    fn is_of_units_of_count(&self, matcher: &Matcher, grid: &Grid, row: &AcrossRow) -> bool {
        let is_said =
            row.label.as_ref().is_some_and(|(_, words)| matcher.is_unit_of_count_head(words));
        let mut cells = self.columns.keys().map(|column| grid.at(row.row, *column));
        cells.all(|content| match content {
            CellContent::Empty => true,
            CellContent::Text(words) => is_said || !begins_with_digit(words),
            _ => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        ingest::{
            Withdrawal,
            samples::{only, put, read_xlsx, workbook},
        },
        template::Measure,
    };

    const FIELDS: &str = "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n";

    /// Reads a table; returns what was withdrawn, with how many values, and whether the flow A01 and the
    /// stock B06 were read.
    fn read(table: &str) -> (Vec<(Withdrawal, usize)>, bool, bool) {
        let lines = format!("{FIELDS}{table}");
        let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
        let found = only(&reading);
        let has = |code: &str| {
            found.values.iter().any(|one| one.code == code && one.measure == Measure::Value)
        };
        let withdrawn = found.withdrawn.iter().map(|one| (one.why, one.values.len()));
        (withdrawn.collect(), has("A01"), has("B06"))
    }

    #[test]
    fn words_around_a_table_across_speak_against_its_numbers() {
        use Withdrawal::{Part, Plan, Span, UnitOfCount};
        let head = "|A01|A02|B06|B08";
        let dressed = "|A01 (nghìn)|A02 (nghìn)|B06|B08";
        let cases = [
            (format!("{head}\nTrong kỳ|1|2|3|4"), vec![], true, true),
            (format!("ĐVT:|nghìn\n{head}\nTrong kỳ|1|2|3|4"), vec![(UnitOfCount, 4)], false, false),
            (
                format!("Số liệu (nghìn)\n{head}\nTrong kỳ|1|2|3|4"),
                vec![(UnitOfCount, 4)],
                false,
                false,
            ),
            (format!("{dressed}\nTrong kỳ|1|2|3|4"), vec![(UnitOfCount, 2)], false, true),
            (
                format!("{head}\nĐVT|nghìn|nghìn|người|người\nTrong kỳ|1|2|3|4"),
                vec![(UnitOfCount, 2)],
                false,
                true,
            ),
            (
                format!("{head}\nĐVT|văn bản|buổi|tài khoản|tài khoản\nUBND xã Tiên Minh|1|2|3|4"),
                vec![],
                true,
                true,
            ),
            (format!("Quý I/2024\n{head}\nTrong kỳ|1|2|3|4"), vec![(Span, 2)], false, true),
            (format!("Quý II/2024\n{head}\nTrong kỳ|1|2|3|4"), vec![(Span, 4)], false, false),
            (format!("{head}\nQuý I|1|2|3|4"), vec![(Span, 4)], false, false),
            (format!("{head}\nLũy kế|1|2|3|4"), vec![(Span, 2)], false, true),
            (format!("{head}\nKế hoạch|1|2|3|4"), vec![(Plan, 4)], false, false),
            (
                format!("|Kế hoạch|Kế hoạch|x|x\n{head}\nTrong kỳ|1|2|3|4"),
                vec![(Plan, 2)],
                false,
                true,
            ),
            (format!("{head}\nThôn Đông|1|2|3|4"), vec![(Part, 4)], false, false),
            (format!("{head}\nKỳ trước|1|2|3|4"), vec![], false, false),
            (format!("{head}\nTháng 2|1|2|3|4"), vec![], false, false),
        ];
        for (table, withdrawn, flow, stock) in cases {
            assert_eq!(read(&table), (withdrawn, flow, stock), "{table}");
        }
    }

    #[test]
    fn a_list_of_units_keeps_the_numbers_of_each_apart() {
        let units = "UBND xã Tiên Minh|1|2|3|4\nUBND xã Đoàn Lập|5|6|7|8";
        let lines =
            format!("Kỳ báo cáo:|Tháng 3 năm 2024\n\nĐVT: nghìn\n|A01|A02|B06|B08\n{units}");
        let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
        assert_eq!(reading.returns.len(), 2);
        for one in &reading.returns {
            assert!(one.values.is_empty());
            let counts: Vec<usize> = one.withdrawn.iter().map(|one| one.values.len()).collect();
            assert_eq!((counts, one.form.as_str()), (vec![4], "01"));
        }
    }
}

//! Rows of what is planned, in tables that give each indicator one of these and one of what came about.

use super::{Objection, Withdrawal, objection};
use crate::{
    ingest::{CellContent, columns::PartColumns, grid::Grid, header::ValueHeader},
    text::fold,
};

/// What such a row says of itself.
const PLANS: [&str; 8] = [
    "kế hoạch",
    "kh",
    "kế hoạch giao",
    "kh giao",
    "chỉ tiêu",
    "chỉ tiêu giao",
    "được giao",
    "giao",
];

impl ValueHeader {
    /// Returns the words between the name and the numbers of a row that make these a plan: an indicator may have a row
    /// of what is planned and one of what came about.
    pub(super) fn plan(&self, grid: &Grid, columns: &PartColumns, row: u32) -> Option<Objection> {
        let first = columns.columns.iter().map(|(column, _)| *column).min()?;
        let after = self.name_column.or(self.code_column)?;
        let between = grid.row(row).iter().filter(|(cell, _)| {
            (after + 1..first).contains(&cell.column) && !self.is_of_row(cell.column)
        });
        let mut plans = between.filter(|(_, content)| match content {
            CellContent::Text(words) => PLANS.contains(&fold(words).trim_end_matches([':', ' '])),
            _ => false,
        });
        plans.next().map(|(cell, _)| objection(Withdrawal::Plan, grid, *cell))
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{
        Withdrawal,
        samples::{MAIN, only, put, read_xlsx, workbook},
    };

    #[test]
    fn the_number_of_a_row_of_plans_is_none_of_what_came_about() {
        let read = |said: &str| {
            let row = MAIN.lines().find(|line| line.contains("|A02|")).unwrap();
            let cells: Vec<&str> = row.split('|').collect();
            let unit = cells[3];
            let other = row.replacen(&format!("|{unit}|"), &format!("|{said}|"), 1);
            let lines = MAIN.replace(row, &other).replace("|ĐVT|", "||");
            let reading = read_xlsx(&workbook(&[("Biểu 01", &|page| put(page, (0, 0), &lines))]));
            only(&reading).withdrawn.first().map(|one| (one.why, one.words.clone()))
        };
        for plan in ["Kế hoạch", "KH giao:"] {
            assert_eq!(read(plan), Some((Withdrawal::Plan, plan.to_owned())));
        }
        assert_eq!(read("Thực hiện"), None);
    }
}

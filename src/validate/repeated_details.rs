//! A detail table that stands in several places of a return, such as a copied sheet.

use super::{
    Finding, codes,
    header::shown,
    twins::{self, Twins},
};
use crate::{
    ingest::{CellContent, RawDetail, RawReturn},
    place::{CellRef, Place},
    template::DetailTable,
    text,
};

/// Returns the detail table of a return that counts, and what is to be said when it stands twice. One
/// that nobody filled in is no second one.
pub(super) fn settle<'r>(
    path: &str,
    raw: &'r RawReturn,
    table: &DetailTable,
) -> (Option<&'r RawDetail>, Option<Finding>) {
    let mut tables = raw.details.iter().filter(|one| one.table == table.key);
    let all: Vec<&RawDetail> = tables.clone().filter(|one| is_filled(one, table)).collect();
    let pair = |first, second| Pair { path, raw, first, second };
    match twins::of(&all, |first, second| pair(first, second).difference().is_none()) {
        None => (tables.next(), None),
        Some(Twins::Alone(only)) => (Some(only), None),
        Some(Twins::Equal(first, second)) => {
            (Some(first), Some(pair(first, second).repeated(table)))
        }
        Some(Twins::Different(first, second)) => (None, Some(pair(first, second).differs(table))),
    }
}

/// Returns whether more stands in the rows of a table than a form has when it is given out.
fn is_filled(one: &RawDetail, table: &DetailTable) -> bool {
    let mut cells = one.rows.iter().flatten().filter(|(key, ..)| !table.kept.contains(key));
    cells.any(|(_, _, content)| *content != CellContent::Empty)
}

/// Two tables of one kind.
#[derive(Clone, Copy)]
struct Pair<'a> {
    path: &'a str,
    raw: &'a RawReturn,
    first: &'a RawDetail,
    second: &'a RawDetail,
}

impl Pair<'_> {
    fn differs(self, table: &DetailTable) -> Finding {
        let difference = self.difference().unwrap_or_default();
        let message = format!(
            "Bảng “{}” ghi hai nơi khác nhau, {} ({difference}); không rõ nơi nào đúng nên cả hai không \
             được tính.",
            title(table),
            self.places()
        );
        let finding = codes::DETAILS_DIFFER.finding(message).found(difference);
        self.at_both(finding).hint("Đề nghị chỉ giữ bảng của kỳ báo cáo rồi gửi lại.")
    }

    fn repeated(self, table: &DetailTable) -> Finding {
        let message = format!(
            "Bảng “{}” ghi hai nơi giống nhau, {}; bảng đầu được tính.",
            title(table),
            self.places()
        );
        let finding = codes::DETAILS_REPEATED.finding(message);
        self.at_both(finding).hint("Từ kỳ sau đề nghị chỉ giữ một bảng.")
    }

    fn at_both(self, finding: Finding) -> Finding {
        let both = [self.first, self.second];
        both.into_iter().fold(finding, |finding, one| {
            let sheet = self.raw.sheets.get(usize::from(one.sheet)).cloned();
            let cell = one.rows.first().and_then(|row| row.first()).map(|(_, cell, _)| *cell);
            finding.at(Place { file: self.path.to_owned(), sheet, cell })
        })
    }

    /// Returns `trang “Thôn” (dòng 6–13) và trang “Thôn (2)” (dòng 6–13)`.
    fn places(self) -> String {
        let place = |one: &RawDetail| {
            let name = self.raw.sheets.get(usize::from(one.sheet)).map_or("", |name| name.trim());
            let rows = || one.rows.iter().flatten().map(|(_, cell, _)| cell.row + 1);
            let (first, last) = (rows().min().unwrap_or(0), rows().max().unwrap_or(0));
            format!("trang “{name}” (dòng {first}–{last})")
        };
        format!("{} và {}", place(self.first), place(self.second))
    }

    /// Returns the first way in which they differ: a cell, the number of rows.
    fn difference(self) -> Option<String> {
        let rows = self.first.rows.iter().zip(&self.second.rows);
        let cells = rows.flat_map(|(one, other)| {
            let key_of = |(key, ..): &Cell, (other, ..): &Cell| key == other;
            let there = move |cell: &Cell| other.iter().find(|there| key_of(cell, there)).cloned();
            let lacking = |cell: &&Cell| !one.iter().any(|here| key_of(cell, here));
            let here = one.iter().map(move |cell| (Some(cell.clone()), there(cell)));
            let there = other.iter().filter(lacking).map(|cell| (None, Some(cell.clone())));
            here.chain(there).collect::<Vec<_>>()
        });
        let mut others =
            cells.filter(|(one, other)| written(one.as_ref()) != written(other.as_ref()));
        if let Some((one, other)) = others.next() {
            let both = [one, other].into_iter().flatten().map(|cell| says(&cell));
            return Some(both.collect::<Vec<_>>().join(", "));
        }
        let (one, other) = (self.first.rows.len(), self.second.rows.len());
        (one != other).then(|| {
            format!("{} dòng và {} dòng", text::format_count(one), text::format_count(other))
        })
    }
}

type Cell = (String, CellRef, CellContent);

fn written(cell: Option<&Cell>) -> String {
    cell.map(|(_, _, content)| shown(content)).unwrap_or_default()
}

fn says(cell: &Cell) -> String {
    match written(Some(cell)) {
        words if words.is_empty() => format!("ô {} để trống", cell.1),
        words => format!("ô {} ghi {words}", cell.1),
    }
}

fn title(table: &DetailTable) -> &str {
    table.titles.first().map_or(&table.sheet, |title| title.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::{
        Batch, Intake, SideFiles,
        sample::{commune, history, templates},
        validate,
    };
    use crate::ingest::{CellContent, RawDetail};

    /// Validates a return with its thôn table a second time.
    fn run(change: impl FnOnce(&mut RawDetail)) -> Batch {
        let sample = commune("tien-minh").head(|raw| {
            raw.sheets.push("Thôn, TDP (2)".to_owned());
            let mut copy = RawDetail { sheet: 2, ..raw.details[0].clone() };
            change(&mut copy);
            raw.details.push(copy);
        });
        let files = [sample.file("2024-03/Tien Minh T3.xlsx")];
        let side_files = &SideFiles::default();
        let intake = Intake { files: &files, side_files };
        validate(templates(), "2024-03".parse().unwrap(), intake, &history("tien-minh"))
    }

    /// Returns the only finding about the unit, and how many tables count.
    fn said(batch: &Batch) -> (Vec<(&str, &str, usize)>, usize) {
        let own = batch.findings.iter().filter(|one| one.unit.as_deref() == Some("tien-minh"));
        let said = own.map(|one| (one.code.as_str(), one.message.as_str(), one.places.len()));
        (said.collect(), batch.returns[0].details.len())
    }

    #[test]
    fn of_equal_tables_the_first_counts() {
        let batch = run(|_| {});
        let (said, tables) = said(&batch);
        let [("DA06-T59", message, 2)] = said.as_slice() else { panic!("{said:#?}") };
        assert!(message.ends_with("và trang “Thôn, TDP (2)” (dòng 6–13); bảng đầu được tính."));
        assert_eq!((tables, batch.returns[0].details[0].sheet), (1, 1));
    }

    #[test]
    fn of_tables_that_differ_none_counts_and_both_are_named() {
        let batch = run(|copy| copy.rows[1][2].2 = CellContent::Number(7.0));
        let (found, tables) = said(&batch);
        let [("DA06-T58", message, 2)] = found.as_slice() else { panic!("{found:#?}") };
        assert!(message.contains("(ô D7 ghi 5, ô D7 ghi 7)"), "{message}");
        assert_eq!(tables, 0);
        let batch = run(|copy| copy.rows.truncate(7));
        let (found, tables) = said(&batch);
        let [("DA06-T58", message, 2)] = found.as_slice() else { panic!("{found:#?}") };
        assert!(message.contains("(08 dòng và 07 dòng)"), "{message}");
        assert_eq!(tables, 0);
    }

    #[test]
    fn an_empty_copy_is_no_second_table() {
        let names = |copy: &mut RawDetail| {
            for row in &mut copy.rows {
                row.truncate(1);
            }
        };
        let empty: [fn(&mut RawDetail); 2] = [|copy| copy.rows.clear(), names];
        for empty in empty {
            assert_eq!(said(&run(empty)), (Vec::new(), 1));
        }
    }
}

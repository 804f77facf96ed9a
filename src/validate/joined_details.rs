//! The detail tables of a return that came as several files.

use super::{
    Detail, DetailValue, Finding, Return, codes,
    twins::{self, Twins},
};
use crate::{
    place::Place,
    template::{DetailTable, Templates},
};

/// A detail table and the file that holds it.
#[derive(Debug, Clone)]
pub(super) struct FileTable {
    /// Path of the file.
    pub(super) file: String,
    /// The table; its sheet is one of the joined return.
    pub(super) detail: Detail,
}

/// Returns the detail tables of a joined return that count, and what is to be said of those that stand
/// in several files. One that nobody filled in is no second one.
pub(super) fn settle(
    templates: &Templates,
    counted: &Return,
    tables: &[FileTable],
) -> (Vec<Detail>, Vec<Finding>) {
    let Some(form) = templates.forms.find(&counted.form) else { return (Vec::new(), Vec::new()) };
    let (mut details, mut findings) = (Vec::new(), Vec::new());
    for table in &form.details {
        let all: Vec<&FileTable> =
            tables.iter().filter(|one| one.detail.table == table.key).collect();
        let filled: Vec<&FileTable> =
            all.iter().copied().filter(|one| is_filled(&one.detail, table)).collect();
        let (counts, finding) = match twins::of(&filled, |one, other| is_same(one, other)) {
            None => (all.first(), None),
            Some(Twins::Alone(only)) => (Some(only), None),
            Some(Twins::Equal(first, other)) => {
                (Some(first), Some(repeated(counted, table, [first, other])))
            }
            Some(Twins::Different(first, other)) => {
                (None, Some(differs(counted, table, [first, other])))
            }
        };
        details.extend(counts.map(|one| one.detail.clone()));
        findings.extend(finding);
    }
    (details, findings)
}

/// Returns whether more stands in the rows of a table than a form has when it is given out.
fn is_filled(detail: &Detail, table: &DetailTable) -> bool {
    let mut cells = detail.rows.iter().flatten();
    cells.any(|cell| {
        cell.value != DetailValue::Empty && !table.kept.iter().any(|kept| **kept == *cell.column)
    })
}

/// Returns whether two tables say the same, wherever it stands.
fn is_same(one: &FileTable, other: &FileTable) -> bool {
    let said = |FileTable { detail, .. }: &FileTable| -> Vec<Vec<(String, DetailValue)>> {
        let filled = |row: &Vec<super::DetailCell>| {
            let cells = row.iter().filter(|cell| cell.value != DetailValue::Empty);
            cells.map(|cell| (cell.column.to_string(), cell.value.clone())).collect()
        };
        detail.rows.iter().map(filled).collect()
    };
    said(one) == said(other)
}

fn repeated(counted: &Return, table: &DetailTable, both: [&FileTable; 2]) -> Finding {
    let message = format!(
        "Bảng “{}” ghi giống nhau ở hai tệp {}; bảng của tệp đầu được tính.",
        title(table),
        files(both)
    );
    let finding = codes::DETAILS_REPEATED.finding(message);
    at_both(counted, finding.hint("Từ kỳ sau đề nghị chỉ giữ một bảng."), both)
}

fn differs(counted: &Return, table: &DetailTable, both: [&FileTable; 2]) -> Finding {
    let message = format!(
        "Bảng “{}” ghi khác nhau ở hai tệp {files}; không rõ tệp nào đúng nên cả hai bảng không được tính.",
        title(table),
        files = files(both)
    );
    let hint = "Đề nghị chỉ giữ bảng của kỳ báo cáo ở một tệp rồi gửi lại.";
    let finding = codes::DETAILS_DIFFER.finding(message).found(files(both)).hint(hint);
    at_both(counted, finding, both)
}

fn files([first, other]: [&FileTable; 2]) -> String {
    format!("“{}” và “{}”", first.file, other.file)
}

fn title(table: &DetailTable) -> &str {
    table.titles.first().unwrap_or(&table.sheet)
}

fn at_both(counted: &Return, finding: Finding, both: [&FileTable; 2]) -> Finding {
    both.into_iter().fold(finding, |finding, one| {
        let sheet = counted.sheets.get(usize::from(one.detail.sheet)).cloned();
        let cell = one.detail.rows.first().and_then(|row| row.first()).map(|cell| cell.cell);
        finding.at(Place { file: one.file.clone(), sheet, cell })
    })
}

#[cfg(test)]
mod tests {
    use super::super::{
        Batch, Intake, SideFiles,
        sample::{commune, history, templates},
        validate,
    };
    use crate::ingest::{CellContent, RawDetail};

    /// Validates a return in two files, one with the part that begins with A; the other has its thôn
    /// table changed.
    fn run(change: impl FnOnce(&mut RawDetail)) -> Batch {
        let part = |is_first: bool| {
            commune("tien-minh")
                .head(|raw| raw.values.retain(|one| one.code.starts_with('A') == is_first))
        };
        let second = part(false).head(|raw| change(&mut raw.details[0]));
        let files = [part(true).file("2024-03/phan 1.xlsx"), second.file("2024-03/phan 2.xlsx")];
        let side_files = &SideFiles::default();
        let intake = Intake { files: &files, side_files };
        validate(templates(), "2024-03".parse().unwrap(), intake, &history("tien-minh"))
    }

    /// Returns what is said of detail tables, and how many count.
    fn said(batch: &Batch) -> (Vec<(&str, &str, usize)>, usize) {
        let about = |code: &str| ["DA06-T58", "DA06-T59"].contains(&code);
        let own = batch.findings.iter().filter(|one| about(&one.code));
        let said = own.map(|one| (one.code.as_str(), one.message.as_str(), one.places.len()));
        assert!(batch.findings.iter().any(|one| one.code == "DA06-T63"), "{:#?}", batch.findings);
        (said.collect(), batch.returns[0].details.len())
    }

    #[test]
    fn of_tables_that_differ_none_counts() {
        let batch = run(|table| table.rows[1][2].2 = CellContent::Number(7.0));
        let (said, tables) = said(&batch);
        let [("DA06-T58", message, 2)] = said.as_slice() else { panic!("{said:#?}") };
        assert!(message.contains("“2024-03/phan 1.xlsx”"), "{message}");
        assert!(message.contains("“2024-03/phan 2.xlsx”"), "{message}");
        assert_eq!(tables, 0);
    }

    #[test]
    fn of_equal_tables_the_first_counts() {
        let batch = run(|_| {});
        let (said, tables) = said(&batch);
        assert!(matches!(said.as_slice(), [("DA06-T59", _, 2)]), "{said:#?}");
        assert_eq!(tables, 1);
    }

    #[test]
    fn a_table_that_nobody_filled_in_is_no_second_one() {
        let batch = run(|table| table.rows.iter_mut().for_each(|row| row.truncate(1)));
        let (said, tables) = said(&batch);
        assert_eq!((said.len(), tables), (0, 1));
    }
}

//! The detail tables of a return that came as several files: of equal ones the first counts, of others
//! none. Which is right is never decided here.

use super::{Detail, DetailValue, Finding, Return, codes};
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
        let first = filled.first().or(all.first());
        let other = filled
            .iter()
            .skip(1)
            .find(|other| !is_same(&filled[0].detail, &other.detail))
            .or(filled.get(1));
        let finding = first.zip(other).map(|(first, other)| said(counted, table, first, other));
        let is_doubtful =
            finding.as_ref().is_some_and(|one| one.code == codes::DETAILS_DIFFER.code);
        details.extend(first.filter(|_| !is_doubtful).map(|one| one.detail.clone()));
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
fn is_same(one: &Detail, other: &Detail) -> bool {
    let said = |detail: &Detail| -> Vec<Vec<(String, DetailValue)>> {
        let filled = |row: &Vec<super::DetailCell>| {
            let cells = row.iter().filter(|cell| cell.value != DetailValue::Empty);
            cells.map(|cell| (cell.column.to_string(), cell.value.clone())).collect()
        };
        detail.rows.iter().map(filled).collect()
    };
    said(one) == said(other)
}

fn said(counted: &Return, table: &DetailTable, first: &FileTable, other: &FileTable) -> Finding {
    let title = table.titles.first().unwrap_or(&table.sheet);
    let files = format!("“{}” và “{}”", first.file, other.file);
    let finding = if is_same(&first.detail, &other.detail) {
        let message =
            format!("Bảng “{title}” ghi giống nhau ở hai tệp {files}; bảng của tệp đầu được tính.");
        codes::DETAILS_REPEATED.finding(message).hint("Từ kỳ sau đề nghị chỉ giữ một bảng.")
    } else {
        let message = format!(
            "Bảng “{title}” ghi khác nhau ở hai tệp {files}; không rõ tệp nào đúng nên cả hai bảng không \
             được tính."
        );
        let hint = "Đề nghị chỉ giữ bảng của kỳ báo cáo ở một tệp rồi gửi lại.";
        codes::DETAILS_DIFFER.finding(message).found(files).hint(hint)
    };
    [first, other].into_iter().fold(finding, |finding, one| {
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

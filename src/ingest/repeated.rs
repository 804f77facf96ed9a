//! An indicator that stands in several rows of a return: where the rows say the same, the first counts;
//! where they differ, none does, because a person must say which is right.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CellContent, RawReturn, RawValue, plain_number::say_the_same};
use crate::{place::CellRef, template::Measure};

/// A row of an indicator that had a row before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FurtherRow {
    /// Code of the row.
    pub code: String,
    /// What the first row says in the columns of the period; nothing where it says nothing.
    pub first: Vec<RawValue>,
    /// What this row says there.
    pub further: Vec<RawValue>,
    /// Index of the sheet of this row in the return.
    pub sheet: u16,
    /// The cell of this row that is looked at.
    pub cell: CellRef,
    /// Whether the rows say different things, so that none counts.
    pub differs: bool,
}

impl FurtherRow {
    /// Returns the row with its sheet in the return, when both rows stand in the same one.
    pub(super) fn on_sheet(mut self, sheet: u16) -> Self {
        self.sheet = sheet;
        for value in self.first.iter_mut().chain(&mut self.further) {
            value.sheet = sheet;
        }
        self
    }
}

/// Where two tables differ in most of their numbers, that the others are the same proves nothing: they may
/// be of two months or of two parts of the unit. None of their rows counts.
pub(super) fn doubt_others(content: &mut RawReturn) {
    let sheets =
        |row: &FurtherRow| (row.first.first().map_or(row.sheet, |one| one.sheet), row.sheet);
    let is_number = |row: &FurtherRow| {
        let number =
            |value: &RawValue| matches!(value.content, CellContent::Number(one) if one != 0.0);
        row.first.iter().chain(&row.further).any(number)
    };
    let mut counts: BTreeMap<(u16, u16), (usize, usize)> = BTreeMap::new();
    for row in content.repeated.iter().filter(|row| is_number(row)) {
        let (differing, all) = counts.entry(sheets(row)).or_default();
        *differing += usize::from(row.differs);
        *all += 1;
    }
    let is_doubtful = |row: &FurtherRow| {
        counts.get(&sheets(row)).is_some_and(|(differing, all)| *all > 2 && differing * 2 > *all)
    };
    for row in content.repeated.iter_mut().filter(|row| !row.differs && is_doubtful(row)) {
        row.differs = true;
        content.values.retain(|value| !is_of_row(&value.code, &row.code));
        content.notes.retain(|(known, _)| *known != row.code);
    }
}

/// Returns whether the code of a value is that of a row, or that with the suffix of a column: `E01N` is
/// of the row `E01`, `A10` is not of `A1`.
pub(super) fn is_of_row(code: &str, row: &str) -> bool {
    let suffix = code.strip_prefix(row);
    suffix.is_some_and(|suffix| !suffix.starts_with(|first: char| first.is_ascii_digit()))
}

/// Settles what becomes of a row whose code was there before, from the values known and those of the
/// further row at `cell`; forgets the known ones where they differ. `earlier` are the further rows so
/// far.
pub(super) fn settle(
    known: &mut Vec<RawValue>,
    earlier: &[FurtherRow],
    (code, cell): (&str, CellRef),
    further: impl Iterator<Item = RawValue>,
) -> FurtherRow {
    let is_main =
        |value: &RawValue| value.measure == Measure::Value && is_of_row(&value.code, code);
    let said = |value: &RawValue| is_main(value) && value.content != CellContent::Empty;
    let first: Vec<RawValue> = known.iter().filter(|value| is_main(value)).cloned().collect();
    // Where nothing is left of the row, two before this one differed.
    let differs = |value: &RawValue| {
        let same_code = first.iter().find(|first| first.code == value.code);
        same_code.map_or(first.is_empty(), |first| !say_the_same(&first.content, &value.content))
    };
    let further: Vec<RawValue> = further.filter(said).collect();
    let other = further.iter().find(|value| differs(value));
    let place = other.or(further.first());
    let row = FurtherRow {
        code: code.to_owned(),
        sheet: place.map_or(0, |value| value.sheet),
        cell: place.map_or(cell, |value| value.cell),
        differs: other.is_some(),
        first: match earlier.iter().find(|row| row.code == code) {
            Some(row) if first.is_empty() => row.first.clone(),
            _ => first,
        },
        further,
    };
    if row.differs {
        known.retain(|value| !is_of_row(&value.code, code));
    }
    row
}

#[cfg(test)]
mod tests {
    use super::{
        super::samples::{MAIN, only, put, read_xlsx, workbook},
        *,
    };

    fn value(code: &str, content: CellContent) -> RawValue {
        RawValue {
            code: code.to_owned(),
            measure: Measure::Value,
            part_is_stock: false,
            sheet: 0,
            cell: CellRef { row: 0, column: 0 },
            content,
            part: None,
        }
    }

    #[test]
    fn suffixes_are_of_their_row_and_longer_numbers_are_not() {
        for (code, row, expected) in [
            ("E01N", "E01", true),
            ("E01", "E01", true),
            ("A10", "A1", false),
            ("B01", "E01", false),
        ] {
            assert_eq!(is_of_row(code, row), expected, "{code} {row}");
        }
    }

    #[test]
    fn rows_that_differ_leave_nothing_and_others_leave_the_first() {
        use CellContent::{Empty, Number};
        let at = CellRef { row: 8, column: 1 };
        let known =
            || vec![value("A1", Number(5.0)), value("A1N", Number(2.0)), value("A10", Number(7.0))];
        for (further, kept, differs) in
            [(Number(5.0), 3, false), (Empty, 3, false), (Number(6.0), 1, true)]
        {
            let mut values = known();
            let row = settle(&mut values, &[], ("A1", at), [value("A1", further)].into_iter());
            assert_eq!((values.len(), row.differs), (kept, differs));
            assert_eq!(row.first.len(), 2);
        }
        // A third row finds the others forgotten: still none counts, and the first is named.
        let mut values = known();
        let second = settle(&mut values, &[], ("A1", at), [value("A1", Number(6.0))].into_iter());
        let earlier = [second];
        let third = [value("A1", Number(5.0))].into_iter();
        let third = settle(&mut values, &earlier, ("A1", at), third);
        assert!(third.differs && third.first == earlier[0].first);
    }

    #[test]
    fn a_form_that_stands_twice_keeps_what_both_say() {
        let other = MAIN.replace("|2|3|7|", "|2|4|7|").replace("|1480|", "|1481|");
        let reading = read_xlsx(&workbook(&[
            ("Biểu 01", &|sheet| put(sheet, (0, 0), MAIN)),
            ("Biểu 01 (2)", &|sheet| put(sheet, (2, 0), &other)),
        ]));
        let found = only(&reading);
        let has = |code: &str| found.values.iter().any(|value| value.code == code);
        assert_eq!((has("A01"), has("B06"), has("A02"), has("B08")), (false, false, true, true));
        let differing: Vec<(&str, String, u16, String, u16)> = found
            .repeated
            .iter()
            .filter(|row| row.differs)
            .map(|row| {
                let first = &row.first[0];
                (&*row.code, first.cell.to_string(), first.sheet, row.cell.to_string(), row.sheet)
            })
            .collect();
        let row =
            |code, first: &str, further: &str| (code, first.to_owned(), 0, further.to_owned(), 1);
        assert_eq!(differing, [row("A01", "F12", "F14"), row("B06", "F18", "F20")]);
        assert_eq!(found.repeated.len(), 7);
    }

    #[test]
    fn a_note_explains_no_figure_whose_rows_differ() {
        for (numbers, kept) in [("|4|-|9|", true), ("|4|5|9|", false)] {
            let other = MAIN.replace("|4|-|9|", numbers);
            let sheets = workbook(&[
                ("Biểu 01", &|sheet| put(sheet, (0, 0), MAIN)),
                ("Biểu 01 (2)", &|sheet| put(sheet, (0, 0), &other)),
            ]);
            let notes: Vec<String> =
                only(&read_xlsx(&sheets)).notes.iter().map(|(code, _)| code.clone()).collect();
            let expected: &[&str] = if kept { &["A02", "B06"] } else { &["B06"] };
            assert_eq!(notes, expected);
        }
    }

    #[test]
    fn of_two_forms_that_differ_in_most_numbers_none_counts() {
        let other = MAIN.replace("|2|3|7|", "|2|4|7|").replace("|1480|", "|1481|");
        let other = other.replace("|1.234|", "|1.235|").replace("|x|12|", "|x|13|");
        let reading = read_xlsx(&workbook(&[
            ("Biểu 01", &|sheet| put(sheet, (0, 0), MAIN)),
            ("Biểu 01 (2)", &|sheet| put(sheet, (0, 0), &other)),
        ]));
        let found = only(&reading);
        assert!(found.repeated.iter().all(|row| row.differs), "{:#?}", found.repeated);
        let main = |value: &RawValue| value.measure == Measure::Value;
        assert!(!found.values.iter().any(main), "“-” and nothing in both prove nothing");
    }

    #[test]
    fn a_sheet_that_contradicts_itself_confirms_nothing() {
        let both = MAIN.replace("2|A02|Số buổi tuyên truyền", "2|A01|Số văn bản chỉ đạo");
        let reading = read_xlsx(&workbook(&[
            ("Biểu 01", &|sheet| put(sheet, (0, 0), MAIN)),
            ("Biểu 01 (2)", &|sheet| put(sheet, (0, 0), &both)),
        ]));
        assert!(only(&reading).values.iter().all(|value| value.code != "A01"));
    }
}

//! An indicator that stands in several rows of a return: where the rows say the same, the first counts;
//! where they differ, none does, because a person must say which is right.

use super::{CellContent, NoticeKind, RawValue};
use crate::template::Measure;

/// Returns whether the code of a value is that of a row, or that with the suffix of a column: `E01N` is
/// of the row `E01`, `A10` is not of `A1`.
pub(super) fn is_of_row(code: &str, row: &str) -> bool {
    let suffix = code.strip_prefix(row);
    suffix.is_some_and(|suffix| !suffix.starts_with(|first: char| first.is_ascii_digit()))
}

/// Settles what becomes of a row whose code was there before, from the values known and those of the
/// further row; forgets the known ones where they differ.
pub(super) fn settle(
    known: &mut Vec<RawValue>,
    row: &str,
    further: impl Iterator<Item = RawValue>,
) -> NoticeKind {
    let is_main = |value: &RawValue| value.measure == Measure::Value && is_of_row(&value.code, row);
    let first: Vec<&RawValue> = known.iter().filter(|value| is_main(value)).collect();
    // Where nothing is left of the row, two before this one differed.
    let differs = |value: &RawValue| {
        let same_code = first.iter().find(|first| first.code == value.code);
        same_code.map_or(first.is_empty(), |first| first.content != value.content)
    };
    let said = |value: &RawValue| is_main(value) && value.content != CellContent::Empty;
    if !further.filter(said).any(|value| differs(&value)) {
        return NoticeKind::RepeatedRow(row.to_owned());
    }
    known.retain(|value| !is_of_row(&value.code, row));
    NoticeKind::RowsDiffer(row.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::CellRef;

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
        let known =
            || vec![value("A1", Number(5.0)), value("A1N", Number(2.0)), value("A10", Number(7.0))];
        for (further, kept, expected) in [
            (Number(5.0), 3, NoticeKind::RepeatedRow("A1".to_owned())),
            (Empty, 3, NoticeKind::RepeatedRow("A1".to_owned())),
            (Number(6.0), 1, NoticeKind::RowsDiffer("A1".to_owned())),
        ] {
            let mut values = known();
            let notice = settle(&mut values, "A1", [value("A1", further)].into_iter());
            assert_eq!((values.len(), notice), (kept, expected));
        }
        // A third row finds the others forgotten: still none counts.
        let notice = settle(&mut Vec::new(), "A1", [value("A1", Number(6.0))].into_iter());
        assert_eq!(notice, NoticeKind::RowsDiffer("A1".to_owned()));
    }
}

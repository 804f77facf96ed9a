//! Formulas in the cells of figures that tell what their numbers are: taken from the sheet of another month, the figure
//! of the month before once more, or that times something.

use super::{
    grid::Grid,
    month::{Month, MonthHead},
    sheet::SheetReading,
};
use crate::{place::CellRef, template::Measure, text::fold};

/// Longest formula that is looked at, in bytes.
const LONGEST: usize = 200;
/// Longest reference to one cell: "$XFD$1048576".
const LONGEST_REFERENCE: usize = 12;

/// Returns whether a formula may tell of its number.
pub(super) fn is_telling(formula: &str) -> bool {
    formula.len() <= LONGEST
        && (formula.contains(['!', '*'])
            || formula.len() <= LONGEST_REFERENCE && reference(formula).is_some())
}

/// Notes the figures whose formulas say that they are none of the period.
pub(super) fn note(grid: &Grid, found: &mut SheetReading) {
    if grid.telling.is_empty() {
        return;
    }
    let month = found.month();
    let values = found.values.iter().filter(|value| value.measure == Measure::Value);
    let doubts = values.filter_map(|value| {
        let (_, formula) = grid.telling.iter().find(|(cell, _)| *cell == value.cell)?;
        let is_of_before = |cell: CellRef| {
            found.values.iter().any(|other| {
                other.measure == Measure::Previous && other.code == value.code && other.cell == cell
            })
        };
        let is_doubtful = is_of_other_month(formula, month)
            || reference(formula).is_some_and(is_of_before)
            || multiplies(formula);
        is_doubtful.then(|| (value.cell, format!("công thức ={formula}")))
    });
    let doubts: Vec<(CellRef, String)> = doubts.collect();
    found.doubts.extend(doubts);
}

/// Returns whether a formula takes its number from the sheet of another month.
fn is_of_other_month(formula: &str, month: Option<Month>) -> bool {
    let Some((sheet, _)) = formula.rsplit_once('!') else { return false };
    let sheet = fold(sheet.trim_matches(['\'', '=', '+']));
    let named = MonthHead::of(&sheet).or_else(|| MonthHead::within(&sheet));
    named.is_some_and(|named| month.is_some_and(|month| !named.fits(month)))
}

/// Returns whether a formula multiplies by a number, as an estimate does.
fn multiplies(formula: &str) -> bool {
    let is_number = |words: &str| words.starts_with(|one: char| one.is_ascii_digit());
    let mut factors = formula.split('*').skip(1).map(str::trim_start);
    let is_first = |words: &str| {
        let words = words.trim_start_matches(|one: char| !one.is_ascii_digit());
        words.parse::<f64>().is_ok()
    };
    let first = formula.split_once('*').map_or("", |(first, _)| first);
    factors.any(is_number)
        || is_first(first)
            && !first.contains(|one: char| one.is_ascii_uppercase())
            && !first.is_empty()
}

/// Returns the cell of which a formula is nothing but the reference: "E49", "+$E$49".
fn reference(formula: &str) -> Option<CellRef> {
    let bare: String = formula.trim_start_matches(['+', '=']).replace('$', "");
    let end = bare.find(|one: char| !one.is_ascii_uppercase())?;
    let (column, row) = bare.split_at(end);
    if column.is_empty() || column.len() > 3 {
        return None;
    }
    let column = column.bytes().fold(0_u32, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    let row: u32 = row.parse().ok()?;
    Some(CellRef { row: row.checked_sub(1)?, column: column - 1 })
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Formula;

    use super::{is_telling, multiplies, reference};
    use crate::ingest::{
        NoticeKind,
        samples::{notices, put, read_xlsx, workbook},
    };

    #[test]
    fn formulas_that_tell_of_their_numbers() {
        for (formula, is_told) in [
            ("'Tháng 2'!E8", true),
            ("E49", true),
            ("ROUND(E27*1.1,0)", true),
            ("SUM(E8:E20)", false),
            ("E8+E9", false),
            ("IF(E8>0,E8,0)", false),
        ] {
            assert_eq!(is_telling(formula), is_told, "{formula}");
        }
        assert!(multiplies("ROUND(E27*1.1,0)") && multiplies("1.05*E27"));
        assert!(!multiplies("E27*F27") && !multiplies("E27"));
        assert_eq!(reference("$AB$3").map(|cell| cell.to_string()), Some("AB3".to_owned()));
        assert_eq!(reference("E8+E9"), None);
    }

    #[test]
    fn figures_of_other_months_and_estimates_are_told() {
        let told = |formula: &str| {
            let lines = "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n\
                 Mã|Chỉ tiêu|Kỳ trước|Trong kỳ\nA01|Số văn bản chỉ đạo|3|4";
            let reading = read_xlsx(&workbook(&[("Biểu", &|page| {
                put(page, (0, 0), lines);
                let formula = Formula::new(formula).set_result("3");
                page.write_formula(4, 3, formula).unwrap();
            })]));
            let kinds = notices(&reading);
            kinds.into_iter().any(|kind| {
                matches!(kind, NoticeKind::DoubtfulWords(words) if words.contains("công thức"))
            })
        };
        for (formula, is_told) in [
            ("='Tháng 2'!D5", true),
            ("='T3'!D5", false),
            ("=C5", true),
            ("=ROUND(C5*1.1,0)", true),
            ("=SUM(C5:C5)+1", false),
        ] {
            assert_eq!(told(formula), is_told, "{formula}");
        }
    }
}

//! What a cell takes, as the spreadsheet's own check with words beside the cell.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, ExcelDateTime, RowNum, Worksheet, XlsxError,
};

use crate::compose::forms::document::{FormCell, FormInputKind};

/// Adds the check of an input cell; words need none.
pub(super) fn add(page: &mut Worksheet, row: RowNum, cell: &FormCell) -> Result<(), XlsxError> {
    let Some(input) = &cell.input else { return Ok(()) };
    let check = DataValidation::new();
    let check = match &input.kind {
        FormInputKind::Words => return Ok(()),
        FormInputKind::Whole { least, most } => {
            check.allow_whole_number(DataValidationRule::Between(*least, *most))
        }
        FormInputKind::Decimal => {
            check.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
        }
        FormInputKind::Date { first, last } => {
            check.allow_date(DataValidationRule::Between(day(*first)?, day(*last)?))
        }
        FormInputKind::Choice(words) => check.allow_list_strings(words)?,
    };
    let check = check
        .set_input_title(&input.title)?
        .set_input_message(&input.prompt)?
        .set_error_title("Chưa ghi đúng")?
        .set_error_message(&input.error)?;
    page.add_data_validation(row, cell.first, row, cell.last, &check)?;
    Ok(())
}

fn day(date: chrono::NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    use chrono::Datelike as _;
    let year = u16::try_from(date.year()).unwrap_or(1900).max(1900);
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))
}

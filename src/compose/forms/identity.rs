//! The hidden sheet by which a form says what it is, with everything in it that is not the unit's to
//! change.

use super::{
    UnitForm,
    document::{FormCell, FormContent, FormLook, FormSheet},
    sheet::Draft,
};
use crate::{
    compose::document::Orientation,
    place::CellRef,
    template::{FormIdentity, FormMark, FormMarkKind, IDENTITY_SHEET},
};

/// The column of codes of the main sheet.
const CODE: u16 = 1;

/// Returns the hidden sheet of a form whose other sheets are given.
pub(super) fn sheet(form: &UnitForm<'_>, sheets: &[FormSheet]) -> FormSheet {
    let head = [form.unit.name.clone(), form.unit.code.clone(), form.period_words()];
    let marks =
        (0..).zip(sheets).flat_map(|(position, sheet)| marks(form, (position, sheet), &head));
    let identity = FormIdentity {
        unit: form.unit.key.clone(),
        period: form.period,
        form: form.form.code.clone(),
        version: form.form.version(&form.templates.indicators),
        marks: marks.collect(),
    };
    let columns = vec![12.0, 24.0, 12.0, 60.0];
    let mut draft = Draft::new(IDENTITY_SHEET.to_owned(), (Orientation::Portrait, columns, 4));
    for row in identity.rows() {
        let cells = (0..).zip(row);
        let cells =
            cells.map(|(column, words)| FormCell::words((column, column), &words, FormLook::Plain));
        draft.push(cells.collect());
    }
    FormSheet { is_hidden: true, ..draft.finish() }
}

/// Returns the marks of a sheet. Unit, code and period are not among them: what they say is compared
/// with the identity itself.
fn marks(
    form: &UnitForm<'_>,
    (position, sheet): (usize, &FormSheet),
    head: &[String],
) -> Vec<FormMark> {
    let mut marks = Vec::new();
    for (row, cells) in (0..).zip(&sheet.rows) {
        for cell in cells.cells.iter().filter(|cell| cell.input.is_none()) {
            let (kind, words) = match &cell.content {
                FormContent::Words(words) if head.contains(words) => continue,
                FormContent::Words(words) => {
                    let is_code = position == 0
                        && cell.first == CODE
                        && form.templates.indicators.find(words).is_some();
                    let kind = if is_code { FormMarkKind::Row } else { FormMarkKind::Words };
                    (kind, words.clone())
                }
                FormContent::Formula(_) => (FormMarkKind::Formula, String::new()),
                FormContent::Blank | FormContent::Number(_) => continue,
            };
            let place = CellRef { row, column: cell.first.into() };
            marks.push(FormMark { kind, sheet: sheet.name.clone(), cell: place, words });
        }
    }
    marks
}

//! A draft becomes the bytes of a workbook that looks like an office's form, and the places of its
//! cells, so that the truth can name them. The same draft gives the same bytes.

mod details;
mod formats;
mod head;
mod parts;
mod patch;
mod sheet;

use std::collections::BTreeMap;

use da06::template::{Form, IndicatorKind, Measure, Templates};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use self::{formats::Formats, sheet::Sheet};
use crate::draft::Draft;

/// A workbook and where its figures stand.
#[derive(Debug)]
pub(crate) struct Written {
    /// The workbook.
    pub(crate) bytes: Vec<u8>,
    /// Where things stand.
    pub(crate) places: Places,
}

/// Where things stand in a workbook.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Name of the main sheet.
    pub(crate) sheet: String,
    /// Cells of values.
    pub(crate) values: BTreeMap<(String, Measure), String>,
    /// Cells of notes.
    pub(crate) notes: BTreeMap<String, String>,
    /// Cells of the head: "unit", "period", "submission".
    pub(crate) head: BTreeMap<&'static str, String>,
    /// Cells of total rows of detail tables by "table.column", with the sheet.
    pub(crate) totals: BTreeMap<String, String>,
}

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// The writer of workbooks refused.
    #[error("the workbook of `{unit}` cannot be written")]
    Workbook {
        /// The unit.
        unit: String,
        /// What the writer says.
        source: XlsxError,
    },
    /// The archive could not be written anew.
    #[error("the workbook of `{unit}` cannot be patched")]
    Patch {
        /// The unit.
        unit: String,
        /// What the archive says.
        source: zip::result::ZipError,
    },
}

/// Writes the workbook of a draft.
pub(crate) fn write(templates: &Templates, draft: &Draft) -> Result<Written, WriteError> {
    let in_workbook = |source| WriteError::Workbook { unit: draft.unit.clone(), source };
    let mut places = Places::default();
    let bytes = workbook(templates, draft, &mut places).map_err(in_workbook)?;
    let never_calculated = draft.never_calculated();
    if never_calculated.is_empty() {
        return Ok(Written { bytes, places });
    }
    let cells: Vec<&str> = never_calculated
        .iter()
        .filter_map(|key| places.values.get(key))
        .map(String::as_str)
        .collect();
    let bytes = patch::without_results(bytes, &cells)
        .map_err(|source| WriteError::Patch { unit: draft.unit.clone(), source })?;
    Ok(Written { bytes, places })
}

fn workbook(
    templates: &Templates,
    draft: &Draft,
    places: &mut Places,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The width of a column is counted in digits of the default font.
    workbook.set_default_format(&formats::plain(), 20, 64)?;
    let written_on = ExcelDateTime::from_ymd(2024, 1, 15)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&written_on));
    if let Some(leftover) = &draft.leftover {
        add(&mut workbook, templates, leftover, &mut Places::default())?;
    }
    add(&mut workbook, templates, draft, places)?;
    if draft.leftover.is_some() {
        workbook.worksheet_from_index(0)?.set_active(false);
    }
    workbook.save_to_buffer()
}

/// Adds the sheets of one return.
fn add(
    workbook: &mut Workbook,
    templates: &Templates,
    draft: &Draft,
    places: &mut Places,
) -> Result<(), XlsxError> {
    let Some(form) = templates.forms.list.iter().find(|form| form.code == draft.form) else {
        return Ok(());
    };
    let formats = Formats::new();
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(&draft.look.sheet)?;
    places.sheet.clone_from(&draft.look.sheet);
    main_sheet(worksheet, &formats, templates, (form, draft), places)?;
    for table in &form.details {
        let Some(rows) = draft.details.get(&table.key) else { continue };
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(format!("{}{}", table.sheet, draft.look.detail_suffix))?;
        let mut sheet = Sheet::new(worksheet, &formats, &draft.look);
        details::write(&mut sheet, draft, (table, rows), places)?;
    }
    Ok(())
}

fn main_sheet(
    worksheet: &mut Worksheet,
    formats: &Formats,
    templates: &Templates,
    (form, draft): (&Form, &Draft),
    places: &mut Places,
) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(worksheet, formats, &draft.look);
    sheet.widths(&[6.0, 8.0, 36.0, 10.0, 10.0, 10.0, 12.0, 14.0])?;
    head::letterhead(&mut sheet, templates, form, draft)?;
    head::fields(&mut sheet, draft, places)?;
    let mut page_breaks = Vec::new();
    for part in &form.parts {
        let starts_page = part.kind == IndicatorKind::Tick || form.code != "02";
        if starts_page && part.key != "1" {
            page_breaks.push(sheet.row + 1);
        }
        parts::write(&mut sheet, templates, part, draft, places)?;
    }
    head::boxes(&mut sheet, form, draft)?;
    head::sign_off(&mut sheet, templates, draft)?;
    sheet.print_portrait(&page_breaks)
}

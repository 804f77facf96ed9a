//! Takes the cached results of formulas out of a finished workbook: what a program leaves behind
//! that writes formulas without calculating them. `rust_xlsxwriter` always writes a result.

use std::io::{Cursor, Read, Write};

use zip::{ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// Returns the workbook with the named formula cells of its first sheet without a result.
pub(super) fn without_results(workbook: Vec<u8>, cells: &[&str]) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(workbook))?;
    let mut patched = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let name = entry.name()?.into_owned();
        let mut content = String::new();
        entry.read_to_string(&mut content)?;
        if name == "xl/worksheets/sheet1.xml" {
            content = cells.iter().fold(content, |content, cell| without_result(&content, cell));
        }
        patched.start_file(name, SimpleFileOptions::default())?;
        patched.write_all(content.as_bytes())?;
    }
    Ok(patched.finish()?.into_inner())
}

/// Returns the sheet without `<v>…</v>` in the cell.
fn without_result(sheet: &str, cell: &str) -> String {
    let head = format!("<c r=\"{cell}\"");
    let Some((before, from_cell)) = sheet.split_once(&head) else { return sheet.to_owned() };
    let Some((cell_body, after)) = from_cell.split_once("</c>") else { return sheet.to_owned() };
    let Some((formula, _)) = cell_body.split_once("<v>") else { return sheet.to_owned() };
    let formula = formula.replace(" t=\"str\"", "");
    format!("{before}{head}{formula}</c>{after}")
}

//! Records of binary workbooks that the library passes over in silence, written as those that it
//! knows: cells without a column of their own (MS-XLSB 2.4, `BrtShort…`, one column after the cell
//! before) and formulas whose cached value is an error (`BrtFmlaError`).

use std::{
    borrow::Cow,
    io::{Cursor, Read, Write},
};

use zip::{CompressionMethod, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

const ROW_HEADER: u16 = 0x00;
const CELL_ERROR: u8 = 0x03;
const FORMULA_ERROR: u16 = 0x0b;
const SHORT_CELLS: std::ops::RangeInclusive<u16> = 0x0c..=0x12;
/// From a short cell's record type to that of the same cell with a column.
const SHORT_TO_LONG: u16 = 0x0b;
const BEGIN_SHEET_DATA: u16 = 0x91;
const END_SHEET_DATA: u16 = 0x92;

/// Returns the workbook with every cell in a record that the library reads.
pub(super) fn complete(bytes: &[u8]) -> Result<Cow<'_, [u8]>, ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut rewritten: Vec<(usize, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index)?;
        let is_sheet = part.name().is_ok_and(|name| {
            let name = name.to_ascii_lowercase();
            name.contains("worksheets/") && name.strip_suffix(".bin").is_some()
        });
        if is_sheet {
            let mut sheet = Vec::new();
            part.read_to_end(&mut sheet)?;
            rewritten.extend(rewrite(&sheet).map(|sheet| (index, sheet)));
        }
    }
    if rewritten.is_empty() {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() * 2)));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..archive.len() {
        match rewritten.iter().find(|(part, _)| *part == index) {
            Some((_, sheet)) => {
                let name = archive.by_index_raw(index)?.name()?.into_owned();
                writer.start_file(name, stored)?;
                writer.write_all(sheet)?;
            }
            None => writer.raw_copy_file(archive.by_index_raw(index)?)?,
        }
    }
    Ok(Cow::Owned(writer.finish()?.into_inner()))
}

/// Returns a sheet with such records rewritten; nothing if it has none. What is cut off stays so.
fn rewrite(sheet: &[u8]) -> Option<Vec<u8>> {
    let mut written = Vec::with_capacity(sheet.len() + sheet.len() / 2);
    let mut rest = sheet;
    let mut changed = false;
    let mut inside = false;
    let mut next_column: u32 = 0;
    while let Some(Record { kind, data, whole, after }) = next_record(rest) {
        rest = after;
        match kind {
            BEGIN_SHEET_DATA => inside = true,
            END_SHEET_DATA => inside = false,
            ROW_HEADER if inside => next_column = 0,
            _ => {}
        }
        if inside && SHORT_CELLS.contains(&kind) {
            let long = u8::try_from(kind - SHORT_TO_LONG).expect("1 to 7");
            put_record(&mut written, long, &[&next_column.to_le_bytes(), data]);
            next_column = next_column.saturating_add(1);
            changed = true;
            continue;
        }
        if inside && (1..=FORMULA_ERROR).contains(&kind) {
            next_column = column_of(data).unwrap_or(next_column).saturating_add(1);
        }
        if inside && kind == FORMULA_ERROR {
            put_record(&mut written, CELL_ERROR, &[data]);
            changed = true;
        } else {
            written.extend_from_slice(whole);
        }
    }
    written.extend_from_slice(rest);
    changed.then_some(written)
}

/// A record: its kind, its content, all of its bytes, and what follows it.
pub(in crate::ingest) struct Record<'a> {
    pub(in crate::ingest) kind: u16,
    pub(in crate::ingest) data: &'a [u8],
    pub(in crate::ingest) whole: &'a [u8],
    pub(in crate::ingest) after: &'a [u8],
}

/// Returns the first record; nothing if it is cut off.
pub(in crate::ingest) fn next_record(bytes: &[u8]) -> Option<Record<'_>> {
    let low = u16::from(*bytes.first()?);
    let (kind, mut at) = if low & 0x80 == 0 {
        (low, 1)
    } else {
        ((low & 0x7f) | (u16::from(*bytes.get(1)? & 0x7f) << 7), 2)
    };
    let mut length: usize = 0;
    for shift in [0, 7, 14, 21] {
        let byte = *bytes.get(at)?;
        at += 1;
        length |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    let end = at.checked_add(length)?;
    let (whole, after) = bytes.split_at_checked(end)?;
    Some(Record { kind, data: whole.get(at..)?, whole, after })
}

fn put_record(written: &mut Vec<u8>, kind: u8, pieces: &[&[u8]]) {
    written.push(kind);
    let mut length: usize = pieces.iter().map(|piece| piece.len()).sum();
    loop {
        let low = u8::try_from(length & 0x7f).expect("seven bits");
        length >>= 7;
        if length == 0 {
            written.push(low);
            break;
        }
        written.push(low | 0x80);
    }
    for piece in pieces {
        written.extend_from_slice(piece);
    }
}

fn column_of(data: &[u8]) -> Option<u32> {
    data.get(..4)?.try_into().ok().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u8, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        put_record(&mut bytes, kind, &[data]);
        bytes
    }

    fn sheet(cells: &[Vec<u8>]) -> Vec<u8> {
        let row = record(0x00, &[0; 17]);
        [vec![0x91, 0x01, 0], row, cells.concat(), vec![0x92, 0x01, 0]].concat()
    }

    #[test]
    fn short_cells_get_the_next_column_and_errors_their_value() {
        let cell = |column: u8, rest: &[u8]| [&[column, 0, 0, 0, 0, 0, 0, 0], rest].concat();
        let before = sheet(&[
            record(0x05, &cell(1, &[7; 8])),
            record(0x10, &[0, 0, 0, 0, 8, 8, 8, 8, 8, 8, 8, 8]),
            record(0x0b, &cell(4, &[0x17, 1, 2, 3])),
            record(0x12, &[0, 0, 0, 0, 9, 0, 0, 0]),
        ]);
        let after = sheet(&[
            record(0x05, &cell(1, &[7; 8])),
            record(0x05, &cell(2, &[8; 8])),
            record(0x03, &cell(4, &[0x17, 1, 2, 3])),
            record(0x07, &cell(5, &[9, 0, 0, 0])),
        ]);
        assert_eq!(rewrite(&before), Some(after.clone()));
        assert_eq!(rewrite(&after), None, "nothing to do for a sheet of known records");
    }

    #[test]
    fn a_long_record_and_a_cut_one_stay_as_they_are() {
        let long = record(0x06, &[1; 300]);
        let bytes = sheet(&[long, record(0x0d, &[0; 8])]);
        let cut = bytes.get(..bytes.len() - 6).unwrap();
        assert_eq!(rewrite(cut), None);
        assert!(rewrite(&bytes).is_some());
    }
}

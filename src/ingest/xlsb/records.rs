//! Records of binary workbooks that the library passes over in silence, written as those that it
//! knows: cells without a column of their own (MS-XLSB 2.4, `BrtShort…`, one column after the cell
//! before), formulas whose cached value is an error (`BrtFmlaError`) and strings in runs of several looks
//! (`BrtCellRString`). Of a cell that is shorter than its kind the library would read what an earlier one
//! left behind: it makes the workbook a damaged one.

use std::{
    borrow::Cow,
    io::{Cursor, Read, Write},
};

use zip::{CompressionMethod, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

const ROW_HEADER: u16 = 0x00;
const CELL_ERROR: u8 = 0x03;
const CELL_STRING: u8 = 0x06;
const FORMULA_ERROR: u16 = 0x0b;
const RICH_STRING: u16 = 0x3e;
/// Records that may stand between cells: what future versions add, parts of formulas, what is known of a
/// cell or a value.
const BETWEEN_CELLS: [u16; 9] = [35, 36, 37, 38, 49, 50, 426, 427, 428];
/// The first of the records that later versions have added.
const FIRST_OF_LATER: u16 = 1_024;
/// Bytes of a cell before its value: with its column and without.
const LONG_HEAD: usize = 8;
const SHORT_HEAD: usize = 4;
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
            rewritten.extend(rewrite(&sheet)?.map(|sheet| (index, sheet)));
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

/// Returns a sheet with such records rewritten; nothing if it has none. What is cut off stays so; a cell
/// that is not as long as its kind, or whose column nobody can tell, is an error.
fn rewrite(sheet: &[u8]) -> Result<Option<Vec<u8>>, ZipError> {
    let mut written = Vec::with_capacity(sheet.len() + sheet.len() / 2);
    let mut rest = sheet;
    let mut changed = false;
    let mut inside = false;
    let mut next_column: u32 = 0;
    let mut is_known = true;
    while let Some(Record { kind, data, whole, after }) = next_record(rest) {
        rest = after;
        match kind {
            BEGIN_SHEET_DATA => inside = true,
            END_SHEET_DATA => inside = false,
            ROW_HEADER if inside => (next_column, is_known) = (0, true),
            _ if inside => is_known &= is_of_cells(kind),
            _ => {}
        }
        if inside && !(is_as_long(kind, data) && (is_known || !SHORT_CELLS.contains(&kind))) {
            return Err(ZipError::InvalidArchive("a cell is not as long as its kind".into()));
        }
        if inside && SHORT_CELLS.contains(&kind) {
            let long = u8::try_from(kind - SHORT_TO_LONG).expect("1 to 7");
            put_record(&mut written, long, &[&next_column.to_le_bytes(), data]);
            next_column = next_column.saturating_add(1);
            changed = true;
            continue;
        }
        if inside && ((1..=FORMULA_ERROR).contains(&kind) || kind == RICH_STRING) {
            next_column = column_of(data).unwrap_or(next_column).saturating_add(1);
        }
        if inside && kind == FORMULA_ERROR {
            put_record(&mut written, CELL_ERROR, &[data.get(..=LONG_HEAD).unwrap_or(data)]);
            changed = true;
        } else if let Some((cell, words)) =
            rich_string(data).filter(|_| inside && kind == RICH_STRING)
        {
            put_record(&mut written, CELL_STRING, &[cell, words]);
            changed = true;
        } else {
            written.extend_from_slice(whole);
        }
    }
    written.extend_from_slice(rest);
    Ok(changed.then_some(written))
}

/// Returns whether a record is a cell or may stand between cells.
fn is_of_cells(kind: u16) -> bool {
    kind <= *SHORT_CELLS.end()
        || kind == RICH_STRING
        || kind >= FIRST_OF_LATER
        || BETWEEN_CELLS.contains(&kind)
}

/// Returns whether a cell is as long as its kind, so far as that has a length; other records are.
fn is_as_long(kind: u16, data: &[u8]) -> bool {
    let is_short = SHORT_CELLS.contains(&kind);
    let head = if is_short { SHORT_HEAD } else { LONG_HEAD };
    let kind = if is_short { kind - SHORT_TO_LONG } else { kind };
    let value = data.len().checked_sub(head);
    match kind {
        // Blank.
        1 => value.is_some(),
        // A packed number, an index of a string.
        2 | 7 => value == Some(4),
        // An error, a truth value.
        3 | 4 => value == Some(1),
        5 => value == Some(8),
        // A string; below, formulas, with their values before them.
        6 | 8 => string(data, head).is_some(),
        9 => value.is_some_and(|length| length >= 8),
        10 | 11 => value.is_some_and(|length| length >= 1),
        RICH_STRING => rich_string(data).is_some(),
        _ => true,
    }
}

/// Returns a string with its length, which begins at a place of a record.
fn string(data: &[u8], at: usize) -> Option<&[u8]> {
    let rest = data.get(at..)?;
    let length = u32::from_le_bytes(rest.get(..4)?.try_into().ok()?);
    rest.get(..usize::try_from(length).ok()?.checked_mul(2)?.checked_add(4)?)
}

/// Returns the head of a cell and its string, without the looks of its runs.
fn rich_string(data: &[u8]) -> Option<(&[u8], &[u8])> {
    Some((data.get(..LONG_HEAD)?, string(data, LONG_HEAD + 1)?))
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
            record(0x03, &cell(4, &[0x17])),
            record(0x07, &cell(5, &[9, 0, 0, 0])),
        ]);
        assert_eq!(rewrite(&before).unwrap(), Some(after.clone()));
        assert_eq!(rewrite(&after).unwrap(), None, "nothing to do for a sheet of known records");
    }

    #[test]
    fn a_string_in_runs_is_read_as_one() {
        let head = [1, 0, 0, 0, 0, 0, 0, 0];
        let words = [2, 0, 0, 0, b'a', 0, b'b', 0];
        let rich = [&head[..], &[1], &words, &[1, 0, 0, 0, 9, 9, 9, 9]].concat();
        let short = record(0x12, &[0, 0, 0, 0, 9, 0, 0, 0]);
        let before = sheet(&[record(0x3e, &rich), short]);
        let string = record(0x06, &[&head[..], &words].concat());
        let next = record(0x07, &[2, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0]);
        assert_eq!(rewrite(&before).unwrap(), Some(sheet(&[string, next])));
    }

    #[test]
    fn a_cell_that_is_not_as_long_as_its_kind_is_damaged() {
        let short = || record(0x0d, &[0; 8]);
        let unknown = || record(0x40, &[0; 8]);
        for cells in [
            vec![record(0x05, &[0; 15])],
            vec![record(0x02, &[0; 16])],
            vec![record(0x0d, &[0; 12])],
            vec![record(0x10, &[0; 8])],
            vec![record(0x06, &[&[0; 8][..], &[9, 0, 0, 0, b'a', 0]].concat())],
            vec![record(0x09, &[0; 12])],
            vec![record(0x3e, &[0; 12])],
            vec![short(), unknown(), short()],
        ] {
            assert!(rewrite(&sheet(&cells)).is_err(), "{cells:?}");
        }
        let ends = [short(), unknown(), record(0x00, &[0; 17]), short()];
        assert!(rewrite(&sheet(&ends)).is_ok(), "a row begins anew");
        assert!(rewrite(&sheet(&[unknown(), record(0x05, &[0; 16])])).is_ok());
    }

    #[test]
    fn a_long_record_and_a_cut_one_stay_as_they_are() {
        let long = record(0x06, &[&[0; 8][..], &[140, 0, 0, 0], &[1; 280]].concat());
        let bytes = sheet(&[long, record(0x0d, &[0; 8])]);
        let cut = bytes.get(..bytes.len() - 6).unwrap();
        assert_eq!(rewrite(cut).unwrap(), None);
        assert!(rewrite(&bytes).unwrap().is_some());
    }
}

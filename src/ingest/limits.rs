//! What a workbook may cost, checked before it is opened: bytes, unpacked bytes, shared strings and
//! the box of an old binary sheet. Only such checks help against files that make a reader ask for
//! more memory than there is, which cannot be caught afterwards.

use std::io::{self, Cursor, Read};

use quick_xml::events::Event;
use zip::{ZipArchive, read::ZipFile};

use super::{FileKind, Refusal, compound};

pub(super) const MAX_BYTES: usize = 50 << 20;
pub(super) const MAX_UNPACKED: u64 = 200 << 20;
/// Deflate cannot give more than this many bytes for one.
const MAX_DEFLATE_RATIO: u64 = 1032;
const MAX_PARTS: usize = 10_000;
/// A package above one of these is no usual return.
const USUAL_BYTES: usize = 4 << 20;
const USUAL_UNPACKED: u64 = 32 << 20;
/// Cells of the box around all values of a sheet of .xls, which its reader keeps dense.
const MAX_DENSE_CELLS: u64 = 2_000_000;
/// What a sheet of .xls may declare: all its rows and columns.
const MAX_DECLARED_CELLS: u64 = 65_536 * 256;

/// What the reader of old binary workbooks must be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints {
    /// Code page to read strings with, when the file names a wrong one.
    pub(super) codepage: Option<u16>,
}

/// Checks the cost of a file of a kind.
pub(super) fn check(kind: FileKind, bytes: &[u8]) -> Result<Hints, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge(format!("{} byte > {MAX_BYTES}", bytes.len())));
    }
    match kind {
        FileKind::Xlsx | FileKind::Xlsb | FileKind::Ods => {
            check_package(bytes)?;
            Ok(Hints::default())
        }
        FileKind::Xls => check_binary(bytes),
        _ => Ok(Hints::default()),
    }
}

/// Returns whether a package is larger than returns are, or may be once it is unpacked.
pub(super) fn is_unusual(bytes: &[u8]) -> bool {
    if (bytes.len() as u64).saturating_mul(MAX_DEFLATE_RATIO) <= USUAL_UNPACKED {
        return false;
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let mut unpacked: u64 = 0;
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index_raw(index) else { continue };
        // What a part declares may be a lie; what it can become is not.
        let most = part.compressed_size().saturating_mul(MAX_DEFLATE_RATIO);
        let declared = part.size();
        unpacked = unpacked.saturating_add(if declared > most { most } else { declared });
    }
    bytes.len() > USUAL_BYTES || unpacked > USUAL_UNPACKED
}

fn check_package(bytes: &[u8]) -> Result<(), Refusal> {
    let damaged = |error: zip::result::ZipError| Refusal::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(Refusal::TooLarge(format!("{} phần > {MAX_PARTS}", archive.len())));
    }
    let mut declared: u64 = 0;
    let mut packed: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(damaged)?;
        if part.encrypted() {
            return Err(Refusal::Encrypted);
        }
        declared = declared.saturating_add(part.size());
        packed = packed.saturating_add(part.compressed_size());
    }
    refuse_above(declared, MAX_UNPACKED, "byte sau khi giải nén")?;
    let names: Vec<&[u8]> = archive.file_names_raw().collect();
    if archive.has_duplicate_names() || has_twins(&names) {
        return Err(Refusal::Damaged("hai phần của tệp cùng một tên".to_owned()));
    }
    // A small package cannot hold more than the limit, whatever it declares.
    if packed.saturating_mul(MAX_DEFLATE_RATIO) > MAX_UNPACKED {
        count_unpacked(&mut archive)?;
    }
    Ok(())
}

/// Returns whether two parts have nearly the same name: one program reads the first of them, another
/// the last.
pub(super) fn has_twins(names: &[impl AsRef<[u8]>]) -> bool {
    let mut folded: Vec<Vec<u8>> =
        names.iter().map(|name| name.as_ref().to_ascii_lowercase()).collect();
    folded.sort_unstable();
    folded.windows(2).any(|pair| pair.first() == pair.get(1))
}

/// Unpacks every part and counts; what cannot be unpacked is left to the reader to report.
fn count_unpacked(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Refusal> {
    let mut total: u64 = 0;
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let room = MAX_UNPACKED + 1 - total.min(MAX_UNPACKED);
        let mut part = part.take(room);
        let read = io::copy(&mut part, &mut io::sink()).unwrap_or(0);
        total = total.saturating_add(read);
        refuse_above(total, MAX_UNPACKED, "byte sau khi giải nén")?;
    }
    Ok(())
}

/// Checks the number of strings that a package promises, before the library reads it: it makes room
/// for them at once.
pub(super) fn check_strings(bytes: &[u8]) -> Result<(), Refusal> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let is_strings = |name: &[u8]| name.to_ascii_lowercase().ends_with(b"sharedstrings.xml");
    let parts: Vec<bool> = archive.file_names_raw().map(is_strings).collect();
    for (index, _) in parts.into_iter().enumerate().filter(|(_, is_strings)| *is_strings) {
        if let Ok(part) = archive.by_index(index) {
            check_promise(part)?;
        }
    }
    Ok(())
}

fn check_promise(part: ZipFile<'_, Cursor<&[u8]>>) -> Result<(), Refusal> {
    let size = part.size();
    let mut xml = quick_xml::Reader::from_reader(io::BufReader::with_capacity(2048, part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) if is_named(&element, "sst") => {
                let count = element
                    .attributes()
                    .flatten()
                    .filter(|attribute| is_key(attribute, "uniqueCount"))
                    .filter_map(|attribute| attribute.value.parse::<u64>().ok())
                    .max()
                    .unwrap_or(0);
                return refuse_above(count, size / 4, "chuỗi dùng chung");
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

fn refuse_above(found: u64, limit: u64, what: &str) -> Result<(), Refusal> {
    if found > limit {
        return Err(Refusal::TooLarge(format!("{found} {what} > {limit}")));
    }
    Ok(())
}

fn check_binary(bytes: &[u8]) -> Result<Hints, Refusal> {
    let damaged = |error: io::Error| Refusal::Damaged(error.to_string());
    let mut file = compound::open(bytes).map_err(damaged)?;
    let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = Vec::new();
    file.open_stream(name)
        .and_then(|mut source| source.read_to_end(&mut stream))
        .map_err(damaged)?;
    check_records(&stream)
}

/// Walks the records of a BIFF stream: its beginning, encryption, code page and the box of cells.
fn check_records(stream: &[u8]) -> Result<Hints, Refusal> {
    let mut rest = stream;
    let mut version = None;
    let mut depth = 0_usize;
    let mut hints = Hints::default();
    let mut extent = Extent::default();
    while let Some((kind, data, after)) = next_record(rest) {
        rest = after;
        match kind {
            0x0809 => {
                version = version.or(word(data, 0));
                depth += 1;
                extent = Extent::default();
            }
            0x000a => depth = depth.saturating_sub(1),
            // What a lost sector leaves behind; the cells in it are gone. Behind the last sheet it is padding.
            0x0000 if depth > 0 => {
                return Err(Refusal::Damaged("bản ghi trống giữa trang tính".to_owned()));
            }
            0x0009 | 0x0209 | 0x0409 => version = version.or(Some(0)),
            _ if version.is_none() => break,
            // FILEPASS, whatever the method.
            0x002f => return Err(Refusal::Encrypted),
            0x0042 if version == Some(0x0600) && word(data, 0) == Some(1252) => {
                hints.codepage = Some(1200);
            }
            0x0200 => check_declared(data)?,
            0x0203 | 0x0204 | 0x0205 | 0x00d6 | 0x027e | 0x00fd | 0x00bd | 0x0006 => {
                extent.add(kind, data);
                refuse_above(extent.cells(), MAX_DENSE_CELLS, "ô trong vùng của trang tính")?;
            }
            _ => {}
        }
    }
    if version.is_none() {
        return Err(Refusal::Damaged("không có bản ghi BOF".to_owned()));
    }
    Ok(hints)
}

/// Checks a DIMENSIONS record, for which the reader makes room at once.
fn check_declared(data: &[u8]) -> Result<(), Refusal> {
    let wide =
        |low: usize| Some(u64::from(word(data, low)?) | (u64::from(word(data, low + 2)?) << 16));
    let (rows, columns) = if data.len() == 10 {
        (word(data, 2).map(u64::from), word(data, 6))
    } else {
        (wide(4), word(data, 10))
    };
    let declared = rows.unwrap_or(0).saturating_mul(u64::from(columns.unwrap_or(0)));
    refuse_above(declared, MAX_DECLARED_CELLS, "ô khai báo trong trang tính")
}

/// Returns the first record of a BIFF stream, its data, and what follows.
pub(super) fn next_record(stream: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let kind = word(stream, 0)?;
    let length = usize::from(word(stream, 2)?);
    let data = stream.get(4..4 + length)?;
    Some((kind, data, stream.get(4 + length..)?))
}

/// Returns the number of two bytes at a place.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at + 2)?;
    pair.try_into().ok().map(u16::from_le_bytes)
}

/// The box around the cells of a sheet.
#[derive(Default)]
struct Extent {
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
}

impl Extent {
    fn add(&mut self, kind: u16, data: &[u8]) {
        let (Some(row), Some(column)) = (word(data, 0), word(data, 2)) else { return };
        let last = match kind {
            0x00bd => data.len().checked_sub(2).and_then(|at| word(data, at)).unwrap_or(column),
            _ => column,
        };
        let widen = |range: Option<(u16, u16)>, from: u16, to: u16| {
            Some(range.map_or((from, to), |(low, high)| (low.min(from), high.max(to))))
        };
        self.rows = widen(self.rows, row, row);
        self.columns = widen(self.columns, column, last);
    }

    fn cells(&self) -> u64 {
        let length = |range: Option<(u16, u16)>| {
            range.map_or(0, |(low, high)| u64::from(high.saturating_sub(low)) + 1)
        };
        length(self.rows) * length(self.columns)
    }
}

fn is_named(element: &quick_xml::events::BytesStart<'_>, wanted: &str) -> bool {
    element.local_name().as_ref() == wanted
}

fn is_key(attribute: &quick_xml::events::attributes::Attribute<'_>, wanted: &str) -> bool {
    attribute.key.local_name().as_ref() == wanted
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let mut bytes = kind.to_le_bytes().to_vec();
        bytes.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        bytes.extend(data);
        bytes
    }

    #[test]
    fn promised_strings_must_fit_their_part() {
        let honest = package(&[("xl/sharedStrings.xml", b"<sst uniqueCount=\"1\"><si/></sst>")]);
        assert_eq!(check_strings(&honest), Ok(()));
        let greedy = b"<?xml version=\"1.0\"?><sst uniqueCount=\"4294967295\"><si/></sst>";
        let other: &[u8] = b"<sst/>";
        let greedy = package(&[("a/sharedStrings.xml", other), ("xl/SharedStrings.xml", greedy)]);
        assert!(matches!(check_strings(&greedy), Err(Refusal::TooLarge(_))));
    }

    #[test]
    fn two_parts_with_one_name_are_damage() {
        let named = |name: &str| package(&[("xl/a.xml", b"1"), (name, b"2")]);
        assert_eq!(check(FileKind::Xlsx, &named("xl/b.xml")), Ok(Hints::default()));
        let mut twice = named("xl/c.xml");
        for at in 0..twice.len() - 8 {
            if twice.get(at..at + 8) == Some(b"xl/c.xml") {
                twice[at + 3] = b'a';
            }
        }
        for bytes in [twice, named("xl/A.XML")] {
            assert!(matches!(check(FileKind::Xlsx, &bytes), Err(Refusal::Damaged(_))));
        }
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_opened() {
        let bomb = package(&[("xl/worksheets/sheet1.xml", &vec![b' '; (200 << 20) + 1])]);
        assert!(bomb.len() < 1 << 20);
        assert!(matches!(check(FileKind::Xlsx, &bomb), Err(Refusal::TooLarge(_))));
    }

    #[test]
    fn records_tell_encryption_code_page_and_stray_cells() {
        let begin = record(0x0809, &[0x00, 0x06, 0x05, 0x00]);
        let with = |more: Vec<u8>| [begin.clone(), more].concat();
        assert_eq!(check_records(&with(record(0x2f, &[1, 0]))), Err(Refusal::Encrypted));
        let hints = check_records(&with(record(0x42, &1252_u16.to_le_bytes())));
        assert_eq!(hints, Ok(Hints { codepage: Some(1200) }));
        let corner = [record(0x203, &[0, 0, 0, 0]), record(0x203, &[0xff, 0xff, 0xff, 0])].concat();
        assert!(matches!(check_records(&with(corner)), Err(Refusal::TooLarge(_))));
        assert!(matches!(check_records(b"no records"), Err(Refusal::Damaged(_))));
        let rows = [0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0, 0, 0];
        assert!(matches!(check_records(&with(record(0x200, &rows))), Err(Refusal::TooLarge(_))));
    }
}

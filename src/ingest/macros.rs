//! Excel 4 macro sheets: viruses of the nineties carry them from office to office, and the library
//! reads no workbook that has one. They are taken out of the list of sheets, and the rest is read.

use std::io::{Cursor, Read, Write};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{
    Refusal,
    markup::attribute,
    workbook::{SheetState, Worksheet},
};

const RELATIONS: [&str; 2] = ["xl/_rels/workbook.xml.rels", "xl/_rels/workbook.bin.rels"];
const BUNDLE_SHEET: u16 = 0x9c;
/// Largest list of sheets that is looked at.
const MAX_LIST: u64 = 8 << 20;

/// Reads a workbook without its macro sheets, and names them behind the others.
pub(super) fn apart(
    bytes: &[u8],
    read: impl Fn(&[u8]) -> Result<Vec<Worksheet>, Refusal>,
) -> Result<Vec<Worksheet>, Refusal> {
    let Some((without, names)) = without(bytes) else { return read(bytes) };
    let mut worksheets = read(&without)?;
    let macros = names.into_iter().map(|name| Worksheet { name, state: SheetState::Macros });
    worksheets.extend(macros);
    Ok(worksheets)
}

/// Returns the workbook without its macro sheets, and their names; nothing if it has none.
fn without(bytes: &[u8]) -> Option<(Vec<u8>, Vec<String>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if !archive.file_names_raw().any(is_of_macros) {
        return None;
    }
    let relations = RELATIONS.iter().find_map(|name| part(&mut archive, name))?;
    let ids = macro_ids(std::str::from_utf8(&relations).ok()?);
    let (name, (list, names)) = if let Some(list) = part(&mut archive, "xl/workbook.xml") {
        ("xl/workbook.xml", without_elements(std::str::from_utf8(&list).ok()?, &ids))
    } else {
        let list = part(&mut archive, "xl/workbook.bin")?;
        ("xl/workbook.bin", without_records(&list, &ids))
    };
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..archive.len() {
        let source = archive.by_index_raw(index).ok()?;
        if source.name_raw() == name.as_bytes() {
            writer.start_file(name, stored).ok()?;
            writer.write_all(&list).ok()?;
        } else {
            writer.raw_copy_file(source).ok()?;
        }
    }
    (!names.is_empty()).then_some((writer.finish().ok()?.into_inner(), names))
}

/// Returns whether a part may be a macro sheet.
pub(super) fn is_of_macros(name: &[u8]) -> bool {
    name.windows(10).any(|part| part.eq_ignore_ascii_case(b"macrosheet"))
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    archive.by_name(name).ok()?.take(MAX_LIST).read_to_end(&mut content).ok()?;
    Some(content)
}

/// Returns the identities of the relations that lead to macro sheets.
fn macro_ids(relations: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(relations);
    let mut ids = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            quick_xml::events::Event::Start(element) | quick_xml::events::Event::Empty(element) => {
                let kind = attribute(&element, "Type").unwrap_or_default().to_ascii_lowercase();
                if kind.ends_with("macrosheet") {
                    ids.extend(attribute(&element, "Id"));
                }
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    ids
}

/// Returns the list of sheets without those of the given relations, and the names of these.
fn without_elements(list: &str, ids: &[String]) -> (Vec<u8>, Vec<String>) {
    let mut kept = String::with_capacity(list.len());
    let mut names = Vec::new();
    let mut rest = list;
    while let Some((before, after)) = rest.split_once('<') {
        let (tag, next) = after.split_once('>').unwrap_or((after, ""));
        kept.push_str(before);
        if let Some(name) = macro_name(tag, ids) {
            names.push(name);
        } else {
            kept.push('<');
            kept.push_str(tag);
            kept.push('>');
        }
        rest = next;
    }
    kept.push_str(rest);
    (kept.into_bytes(), names)
}

/// Returns the name of a sheet that is one of the given relations.
fn macro_name(tag: &str, ids: &[String]) -> Option<String> {
    let name = tag.split(char::is_whitespace).next()?;
    let is_sheet = name.rsplit(':').next()? == "sheet";
    let content = tag.strip_suffix('/').filter(|_| is_sheet)?;
    let element = quick_xml::events::BytesStart::from_content(content, name.len());
    // "r:id" and "sheetId" are told apart by their local names.
    let id = attribute(&element, "id")?;
    ids.contains(&id).then(|| attribute(&element, "name").unwrap_or_default())
}

/// Does the same for a binary list of sheets (MS-XLSB 2.4.304, `BrtBundleSh`).
fn without_records(list: &[u8], ids: &[String]) -> (Vec<u8>, Vec<String>) {
    let mut kept = Vec::with_capacity(list.len());
    let mut names = Vec::new();
    let mut rest = list;
    while let Some(record) = super::xlsb::next_record(rest) {
        rest = record.after;
        // State and identity of the sheet stand before the two strings.
        let strings = record.data.get(8..).filter(|_| record.kind == BUNDLE_SHEET);
        let found = strings.and_then(|strings| {
            let (id, strings) = wide_string(strings)?;
            let (name, _) = wide_string(strings)?;
            ids.contains(&id).then_some(name)
        });
        match found {
            Some(name) => names.push(name),
            None => kept.extend_from_slice(record.whole),
        }
    }
    kept.extend_from_slice(rest);
    (kept, names)
}

fn wide_string(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_at_checked(4)?;
    let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
    let (letters, rest) = rest.split_at_checked(length.checked_mul(2)?)?;
    let units: Vec<u16> = letters
        .chunks_exact(2)
        .filter_map(|pair| pair.try_into().ok().map(u16::from_le_bytes))
        .collect();
    Some((String::from_utf16_lossy(&units), rest))
}

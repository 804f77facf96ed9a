//! A workbook that is not as programs write it, put plainly before the library reads it: the library
//! passes over CDATA and references in a value, and takes blanks around a number for words. What is no
//! XML for anybody (an attribute twice, an entity that nobody defined) is damaged, and so is a part
//! whose bytes are not those that were packed: the library stops before it could see that.

use std::io::{Cursor, Read, Write};

use quick_xml::{
    Reader, Writer,
    events::{BytesStart, BytesText, Event},
};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::ingest::{Refusal, markup::push_reference};

/// Largest part that is put plainly.
const MAX_PART: u64 = 64 << 20;

/// Returns the workbook with plain sheets; nothing if they are plain or are no XML at all, which the
/// library has its own word for.
pub(super) fn plainer(bytes: &[u8]) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(sheets) = unusual_sheets(bytes)? else { return Ok(None) };
    Ok(rewritten(bytes, &sheets))
}

/// Sheets put plainly, by the index of their part.
type Sheets = Vec<(usize, Vec<u8>)>;

fn rewritten(bytes: &[u8], sheets: &[(usize, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() * 2)));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..archive.len() {
        let source = archive.by_index_raw(index).ok()?;
        match sheets.iter().find(|(sheet, _)| *sheet == index) {
            Some((_, content)) => {
                let name = source.name().ok()?.into_owned();
                writer.start_file(name, stored).ok()?;
                writer.write_all(content).ok()?;
            }
            None => writer.raw_copy_file(source).ok()?,
        }
    }
    Some(writer.finish().ok()?.into_inner())
}

/// Returns the sheets that had to be changed.
fn unusual_sheets(bytes: &[u8]) -> Result<Option<Sheets>, Refusal> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(None) };
    let mut changed = Vec::new();
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let name = part.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
        let is_sheet = name.contains("worksheets/");
        if !(is_sheet || is_asked_for(&name)) || part.size() > MAX_PART {
            continue;
        }
        let mut sheet = Vec::new();
        match part.take(MAX_PART).read_to_end(&mut sheet) {
            // Of a sheet that is cut to nothing the library says that it is damaged.
            Err(_) if is_sheet => {
                changed.push((index, Vec::new()));
                continue;
            }
            Err(error) => return Err(Refusal::Damaged(error.to_string())),
            Ok(_) if !is_sheet => continue,
            Ok(_) => {}
        }
        let Ok(sheet) = String::from_utf8(sheet) else { continue };
        match plain(&sheet) {
            Ok(plain) if plain != sheet.as_bytes() => changed.push((index, plain)),
            Ok(_) | Err(Fault::NoXml) => {}
            Err(Fault::Damaged(words)) => return Err(Refusal::Damaged(words)),
        }
    }
    Ok((!changed.is_empty()).then_some(changed))
}

/// Returns whether a part, not a sheet, decides on what stands in the cells.
fn is_asked_for(name: &str) -> bool {
    ["sharedstrings.xml", "styles.xml", "workbook.xml", "workbook.xml.rels"]
        .iter()
        .any(|end| name.ends_with(end))
}

enum Fault {
    NoXml,
    Damaged(String),
}

impl From<quick_xml::Error> for Fault {
    fn from(_: quick_xml::Error) -> Self {
        Self::NoXml
    }
}

impl From<std::io::Error> for Fault {
    fn from(_: std::io::Error) -> Self {
        Self::NoXml
    }
}

/// Returns a sheet whose values are made of their letters alone.
fn plain(sheet: &str) -> Result<Vec<u8>, Fault> {
    let mut reader = Reader::from_str(sheet);
    let mut writer = Writer::new(Vec::with_capacity(sheet.len()));
    let mut kind = Kind::Other;
    let mut values = 0;
    let mut value: Option<String> = None;
    let mut names = CellNames::default();
    loop {
        let event = reader.read_event()?;
        names.check(&event)?;
        match (&event, &mut value) {
            (Event::Eof, _) => return Ok(writer.into_inner()),
            (Event::Comment(_) | Event::PI(_), _) => continue,
            (Event::Text(text), Some(words)) => {
                words.push_str(&text.xml10_content());
                continue;
            }
            (Event::CData(text), Some(words)) => {
                words.push_str(&text.xml10_content());
                continue;
            }
            (Event::GeneralRef(reference), words) => {
                let mut spare = String::new();
                push_reference(words.as_mut().unwrap_or(&mut spare), reference)
                    .map_err(|error| Fault::Damaged(error.to_string()))?;
                if words.is_some() {
                    continue;
                }
            }
            (Event::Start(element), _) => {
                check(element)?;
                match element.local_name().as_ref() {
                    "c" => (kind, values) = (Kind::of(element), 0),
                    "v" if values > 0 => return Err(damaged("hai giá trị trong một ô")),
                    "v" => (value, values) = (Some(String::new()), 1),
                    _ => {}
                }
            }
            (Event::Empty(element), _) => check(element)?,
            (Event::End(_), words) => {
                if let Some(words) = words.take() {
                    let words = kind.value(&words)?;
                    put(&mut writer, Event::Text(BytesText::new(words)))?;
                }
            }
            _ => {}
        }
        put(&mut writer, event)?;
    }
}

/// The names of the elements that cells are made of: all of one namespace, that of the cells. The
/// library asks for the local name alone and would read a cell that no other program sees.
#[derive(Default)]
struct CellNames {
    /// The prefix of the cells, while they pass by.
    prefix: Option<String>,
}

impl CellNames {
    fn check(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        let (Event::Start(element) | Event::Empty(element)) = event else {
            if matches!(event, Event::End(end) if end.local_name().as_ref() == "sheetData") {
                self.prefix = None;
            }
            return Ok(());
        };
        let own = element.name().prefix().map_or(String::new(), |own| own.as_ref().to_owned());
        let local = element.local_name();
        if local.as_ref() == "sheetData" {
            if matches!(event, Event::Start(_)) {
                self.prefix = Some(own.clone());
            }
        } else if self.prefix.is_none() || !matches!(local.as_ref(), "row" | "c" | "v" | "f" | "is")
        {
            return Ok(());
        }
        let is_foreign = self.prefix.as_ref().is_some_and(|prefix| *prefix != own);
        if is_foreign || is_renamed(element, &own) {
            return Err(damaged("có ô mang tên của một loại dữ liệu khác"));
        }
        Ok(())
    }
}

/// Returns whether an element gives its prefix another meaning than that of cells.
fn is_renamed(element: &BytesStart<'_>, prefix: &str) -> bool {
    let key = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
    let mut attributes = element.attributes();
    attributes.with_checks(false).flatten().any(|one| {
        let is_of_cells = ["spreadsheetml/2006/main", "spreadsheetml/main"];
        one.key.as_ref() == key && !is_of_cells.iter().any(|end| one.value.ends_with(end))
    })
}

fn put(writer: &mut Writer<Vec<u8>>, event: Event<'_>) -> Result<(), Fault> {
    Ok(writer.write_event(event)?)
}

/// Refuses what is no XML: an attribute that stands twice.
fn check(element: &BytesStart<'_>) -> Result<(), Fault> {
    match element.attributes().find_map(Result::err) {
        Some(error) => Err(Fault::Damaged(error.to_string())),
        None => Ok(()),
    }
}

fn damaged(words: &str) -> Fault {
    Fault::Damaged(words.to_owned())
}

/// What the value of a cell is.
#[derive(Clone, Copy)]
enum Kind {
    /// Words, in which blanks count.
    Words,
    /// The number of a shared string; the library takes what is no number for the first one.
    Shared,
    Other,
}

impl Kind {
    fn of(element: &BytesStart<'_>) -> Self {
        let mut attributes = element.attributes().flatten();
        let kind = attributes.find(|one| one.key.as_ref() == "t");
        match kind.as_ref().map(|one| one.value.as_ref()) {
            Some("str") => Self::Words,
            Some("s") => Self::Shared,
            _ => Self::Other,
        }
    }

    fn value(self, words: &str) -> Result<&str, Fault> {
        match self {
            Self::Words => Ok(words),
            Self::Shared if !words.trim().bytes().all(|byte| byte.is_ascii_digit()) => {
                Err(damaged("số thứ tự của chuỗi dùng chung không phải là số"))
            }
            Self::Shared | Self::Other => Ok(words.trim()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plainly(cells: &str) -> Option<String> {
        plain(cells).ok().map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn values_are_their_letters() {
        for (sheet, expected) in [
            ("<c><v>\n 12 </v></c>", "<c><v>12</v></c>"),
            ("<c t=\"str\"><v> a </v></c>", "<c t=\"str\"><v> a </v></c>"),
            ("<c><v><![CDATA[1]]><!-- 7 -->2</v></c>", "<c><v>12</v></c>"),
            ("<c><v>&#49;2</v></c>", "<c><v>12</v></c>"),
            ("<c><f>A1&amp;B1</f><v>1</v></c>", "<c><f>A1&amp;B1</f><v>1</v></c>"),
            ("<c r=\"A1\" s=\"1\"/>", "<c r=\"A1\" s=\"1\"/>"),
            (
                "<m:sheetData><m:row><m:c/></m:row></m:sheetData><x:f>A1</x:f>",
                "<m:sheetData><m:row><m:c/></m:row></m:sheetData><x:f>A1</x:f>",
            ),
        ] {
            assert_eq!(plainly(sheet).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_is_no_xml_for_anybody_is_damaged() {
        for sheet in [
            "<c><v>&bomb;</v></c>",
            "<c t=\"s\" t=\"n\"><v>1</v></c>",
            "<c><v>1</v><v>2</v></c>",
            "<c t=\"s\"><v>-1</v></c>",
            "<c t=\"s\"><v>1.5</v></c>",
            "<sheetData><row><x:c r=\"A1\"><v>1</v></x:c></row></sheetData>",
            "<sheetData><row><c r=\"A1\"><x:v>1</x:v></c></row></sheetData>",
            "<sheetData><row xmlns=\"urn:x\"><c r=\"A1\"/></row></sheetData>",
            "<sheetData xmlns=\"urn:x\"><row/></sheetData>",
            "<m:sheetData><m:row xmlns:m=\"urn:x\"/></m:sheetData>",
        ] {
            assert!(matches!(plain(sheet), Err(Fault::Damaged(_))), "{sheet}");
        }
        assert!(matches!(plain("<c><v>1</c>"), Err(Fault::NoXml)));
    }
}

//! The quick way through a usual workbook. The library reads a skeleton of it, in which every sheet
//! is a short probe: so it is the library that says which part is which sheet and what the styles
//! make of numbers, and only the cells and the shared strings are read here. Whatever is unusual
//! gives nothing, and the whole workbook is left to the library.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    io::{Cursor, Read, Write},
};

use calamine::{DataRef, Reader, SheetType, Xlsx};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{
    cells::{self, Shared},
    formats::{Epoch, Formats, is_percent},
    strings::shared_strings,
    xml::Scan,
};
use crate::ingest::{
    room::Room,
    workbook::{SheetState, Worksheet, is_read},
};

/// Largest part that is unpacked for this.
const MAX_UNPACKED: u64 = 16 << 20;
/// Most parts of a usual workbook and most records in its styles.
const MAX_PARTS: usize = 256;
const MAX_STYLES: usize = 4_096;
const STYLES: &str = "xl/styles.xml";
/// The shared string that a probe asks for.
const PROBE: &str = "probe";

/// Returns the worksheets in their order, if all of them can be read this way.
pub(super) fn sheets(bytes: &[u8]) -> Option<Vec<Worksheet>> {
    let mut package = Package::open(bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(package.skeleton()?)).ok()?;
    let list = workbook.sheets_metadata().to_vec();
    let mut shared: Option<Shared> = None;
    let mut worksheets = Vec::new();
    let mut room = Room::default();
    let mut parts = BTreeSet::new();
    for sheet in list.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let state = if !is_read(&sheet) {
            SheetState::Hidden
        } else if let Some(refusal) = room.refusal() {
            refusal
        } else {
            let answer = answer(&mut workbook, &sheet.name, package.strings, shared.as_ref())?;
            if !parts.insert(answer.part) {
                return None;
            }
            let shared = match &mut shared {
                Some(shared) => shared,
                none => {
                    let strings =
                        package.strings.map(|index| shared_strings(&package.part(index)?));
                    let strings = strings.map_or(Some(Vec::new()), |strings| strings)?;
                    none.insert(Shared { strings, formats: answer.formats })
                }
            };
            room.keep(cells::sheet(&package.part(answer.part)?, shared)?)
        };
        worksheets.push(Worksheet { name: sheet.name, state });
    }
    (!worksheets.is_empty()).then_some(worksheets)
}

/// The parts of a workbook.
struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    /// Index of the shared strings, if there are any.
    strings: Option<usize>,
}

impl<'b> Package<'b> {
    /// Returns the parts; nothing if they are many or two have nearly the same name.
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        if archive.len() > MAX_PARTS {
            return None;
        }
        let mut names = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            names.push(archive.by_index_raw(index).ok()?.name().ok()?.into_owned());
        }
        let mut folded: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let mut strings = folded
            .iter()
            .enumerate()
            .filter(|(_, name)| name.rsplit(['/', '\\']).next() == Some("sharedstrings.xml"));
        let first = strings.next().map(|(index, _)| index);
        if strings.next().is_some() {
            return None;
        }
        folded.sort_unstable();
        let differ = folded.windows(2).all(|pair| pair.first() != pair.get(1));
        differ.then_some(Self { archive, names, strings: first })
    }

    /// Returns the unpacked content of a part.
    fn part(&mut self, index: usize) -> Option<Vec<u8>> {
        let part = self.archive.by_index(index).ok()?;
        let size = part.size();
        if size > MAX_UNPACKED {
            return None;
        }
        let mut content = Vec::with_capacity(usize::try_from(size).ok()?);
        part.take(MAX_UNPACKED + 1).read_to_end(&mut content).ok()?;
        (u64::try_from(content.len()).ok()? == size).then_some(content)
    }

    /// Returns the workbook with a probe in the place of each sheet, one string in the place of the
    /// shared strings, and without what is never asked for.
    fn skeleton(&mut self) -> Option<Vec<u8>> {
        let styles = self.names.iter().position(|name| name == STYLES);
        let styles = match styles {
            Some(index) => without_looks(&self.part(index)?)?,
            None => String::new(),
        };
        let questions = questions(&styles, self.strings)?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(16 << 10)));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for index in 0..self.names.len() {
            let name = self.names.get(index)?.clone();
            let content = if Some(index) == self.strings {
                format!("<sst><si><t>{PROBE}</t></si></sst>").into_bytes()
            } else if is_sheet(&name) {
                format!("<worksheet><sheetData><row><c t=\"str\"><v>{index}</v></c>{questions}")
                    .into_bytes()
            } else if name == STYLES {
                styles.clone().into_bytes()
            } else if is_of_the_frame(&name) {
                self.part(index)?
            } else {
                continue;
            };
            writer.start_file(name, stored).ok()?;
            writer.write_all(&content).ok()?;
        }
        Some(writer.finish().ok()?.into_inner())
    }
}

/// What the library says of a sheet.
struct Answer {
    /// Index of its part.
    part: usize,
    /// What the styles make of numbers, for the first sheet only.
    formats: Formats,
}

/// Returns the cells that ask for the first shared string and for the number 1 in each style, and
/// the end of the sheet.
fn questions(styles: &str, strings: Option<usize>) -> Option<String> {
    let mut questions = String::new();
    if strings.is_some() {
        questions.push_str("<c t=\"s\"><v>0</v></c>");
    }
    let records = styles.matches("<xf").count();
    for style in 0..records {
        write!(questions, "<c s=\"{style}\"><v>1</v></c>").ok()?;
    }
    questions.push_str("</row></sheetData></worksheet>");
    (records <= MAX_STYLES).then_some(questions)
}

/// Asks the library for a sheet of the skeleton.
fn answer(
    workbook: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
    strings: Option<usize>,
    known: Option<&Shared>,
) -> Option<Answer> {
    let epoch = if workbook.has_1904_epoch() { Epoch::Of1904 } else { Epoch::Of1900 };
    let mut reader = workbook.worksheet_cells_reader(sheet).ok()?;
    let part = match reader.next_cell().ok()??.get_value() {
        DataRef::String(index) => index.parse().ok()?,
        _ => return None,
    };
    if strings.is_some() {
        let string = reader.next_cell().ok()??;
        if *string.get_value() != DataRef::SharedString(PROBE) {
            return None;
        }
    }
    if known.is_some() {
        return Some(Answer { part, formats: Formats::default() });
    }
    let percents: Vec<bool> = reader.styles().iter().map(is_percent).collect();
    let mut styles = Vec::with_capacity(percents.len());
    for percent in percents {
        styles.push((percent, reader.next_cell().ok()??.get_value().clone()));
    }
    Some(Answer { part, formats: Formats::new(styles, epoch) })
}

/// Returns whether a part may be a worksheet.
fn is_sheet(name: &str) -> bool {
    name.strip_prefix("xl/worksheets/").is_some_and(|name| !name.contains('/'))
}

/// Returns whether a part says what the others are.
fn is_of_the_frame(name: &str) -> bool {
    name == "_rels/.rels" || name == "xl/workbook.xml" || name == "xl/_rels/workbook.xml.rels"
}

/// Returns the styles without what only gives a cell its look; formats of numbers stay.
fn without_looks(styles: &[u8]) -> Option<String> {
    let styles = Scan::of_part(styles)?.rest();
    if styles.contains("<!") || styles.contains("<?") {
        return None;
    }
    let mut rest = styles;
    let mut kept = String::with_capacity(rest.len());
    for (begin, end) in [("<fonts", "</fonts>"), ("<fills", "</fills>"), ("<borders", "</borders>")]
    {
        if let Some((before, looks)) = rest.split_once(begin) {
            kept.push_str(before);
            rest = looks.split_once(end)?.1;
        }
    }
    kept.push_str(rest);
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_keep_their_formats() {
        let styles = "<styleSheet><numFmts/><fonts count=\"1\"><font/></fonts><fills><fill/></fills>\
                      <cellXfs><xf/></cellXfs></styleSheet>";
        let expected = "<styleSheet><numFmts/><cellXfs><xf/></cellXfs></styleSheet>";
        assert_eq!(without_looks(styles.as_bytes()).as_deref(), Some(expected));
        assert_eq!(without_looks(b"<styleSheet><fonts/></styleSheet>"), None);
    }
}

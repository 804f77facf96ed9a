//! The frame of a workbook: which part is which sheet, and what the styles make of numbers. The
//! library says it: it reads a skeleton of the workbook, in which every sheet is a short probe. The
//! returns of a month are filled copies of a few forms, so the styles of a workbook are often those
//! of the one before, and what was said of them is kept for it.

use std::{
    cell::RefCell,
    fmt::Write as _,
    io::{Cursor, Write},
    rc::Rc,
};

use calamine::{DataRef, Reader, SheetType, Xlsx};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    formats::{Epoch, Formats, NumberStyles, format_of},
    hanging::is_of_hanging,
    xml::Scan,
};
use crate::ingest::{number_formats::NumberFormat, workbook::is_read};

/// Most records in the styles of a usual workbook.
const MAX_STYLES: usize = 4_096;
/// Most bytes of styles that are kept for the next workbook.
const MAX_KEPT: usize = 1 << 20;
const STYLES: &str = "xl/styles.xml";
const RELATIONS: &str = "_rels/.rels";
/// The shared string that a probe asks for.
const PROBE: &str = "probe";

thread_local! {
    /// The styles of the last workbook of the thread.
    static LAST: RefCell<Option<KnownStyles>> = const { RefCell::new(None) };
}

/// What the frame of a workbook is made of.
#[derive(Debug)]
pub(super) struct FrameParts<'n> {
    /// The names of all parts.
    pub(super) names: &'n [String],
    /// The contents of the parts of the frame, with their names.
    pub(super) contents: Vec<(&'n str, Vec<u8>)>,
    /// Index of the shared strings, if there are any.
    pub(super) strings: Option<usize>,
}

/// What the library says of a workbook.
#[derive(Debug)]
pub(super) struct Frame {
    /// The worksheets in their order, with the index of the part of each that is read.
    pub(super) sheets: Vec<(String, Option<usize>)>,
    /// What the styles make of numbers.
    pub(super) formats: Formats,
    /// Index of the shared strings, if there are any.
    pub(super) strings: Option<usize>,
    /// Whether any part may hold notes or boxes.
    pub(super) has_hanging: bool,
}

/// Styles, by all that decides what the library says of them.
#[derive(Debug)]
struct KnownStyles {
    styles: Vec<u8>,
    /// They say where the library looks for styles.
    relations: Vec<u8>,
    known: Rc<NumberStyles>,
}

impl Frame {
    /// Returns the frame that some parts make up, if it is a usual one.
    pub(super) fn read(parts: &FrameParts<'_>) -> Option<Self> {
        let known = KnownStyles::of(parts);
        let unknown = if known.is_none() { parts.plain_styles()? } else { None };
        let skeleton = parts.skeleton(unknown.as_deref())?;
        let mut workbook = Xlsx::new(Cursor::new(skeleton)).ok()?;
        let epoch = Epoch::of(&workbook);
        let list = workbook.sheets_metadata().to_vec();
        let mut sheets = Vec::new();
        let mut numbers = known;
        for sheet in list.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
            let part = if is_read(&sheet) {
                let (part, said) = answer(&mut workbook, &sheet.name, parts.strings)?;
                numbers.get_or_insert_with(|| KnownStyles::keep(parts, said));
                Some(part)
            } else {
                None
            };
            sheets.push((sheet.name, part));
        }
        let formats = Formats::new(numbers.unwrap_or_default(), epoch);
        let has_hanging = parts.names.iter().any(|name| is_of_hanging(name));
        Some(Self { sheets, formats, strings: parts.strings, has_hanging })
    }
}

impl KnownStyles {
    /// Returns what is known of the styles of a workbook.
    fn of(parts: &FrameParts<'_>) -> Option<Rc<NumberStyles>> {
        LAST.with_borrow(|last| {
            let known = last.as_ref()?;
            let same = parts.content(STYLES) == Some(&known.styles)
                && parts.content(RELATIONS) == Some(&known.relations);
            same.then(|| Rc::clone(&known.known))
        })
    }

    /// Keeps what was said of the styles of a workbook.
    fn keep(parts: &FrameParts<'_>, said: NumberStyles) -> Rc<NumberStyles> {
        let known = Rc::new(said);
        let contents = parts.content(STYLES).zip(parts.content(RELATIONS));
        if let Some((styles, relations)) = contents.filter(|(styles, _)| styles.len() <= MAX_KEPT) {
            let (styles, relations) = (styles.to_vec(), relations.to_vec());
            LAST.set(Some(Self { styles, relations, known: Rc::clone(&known) }));
        }
        known
    }
}

impl FrameParts<'_> {
    /// Returns whether the frame holds the content of a part, and not only its name.
    pub(super) fn has_content_of(name: &str) -> bool {
        matches!(name, STYLES | RELATIONS | "xl/workbook.xml" | "xl/_rels/workbook.xml.rels")
    }

    fn content(&self, name: &str) -> Option<&[u8]> {
        let mut contents = self.contents.iter();
        contents.find(|(known, _)| *known == name).map(|(_, content)| content.as_slice())
    }

    /// Returns the styles without what only gives a cell its look; nothing inside if there are none.
    #[expect(clippy::option_option, reason = "styles that cannot be read are not none")]
    fn plain_styles(&self) -> Option<Option<String>> {
        self.content(STYLES).map_or(Some(None), |styles| without_looks(styles).map(Some))
    }

    /// Returns the workbook with a probe in the place of each sheet, one string in the place of the
    /// shared strings, these styles if any, and without what is never asked for.
    fn skeleton(&self, styles: Option<&str>) -> Option<Vec<u8>> {
        let questions = questions(styles.unwrap_or_default(), self.strings)?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(16 << 10)));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (index, name) in self.names.iter().enumerate() {
            let written;
            let content = if Some(index) == self.strings {
                written = format!("<sst><si><t>{PROBE}</t></si></sst>");
                written.as_bytes()
            } else if is_sheet(name) {
                written = format!(
                    "<worksheet><sheetData><row><c t=\"str\"><v>{index}</v></c>{questions}"
                );
                written.as_bytes()
            } else if name == STYLES {
                let Some(styles) = styles else { continue };
                styles.as_bytes()
            } else if let Some(content) = self.content(name) {
                content
            } else {
                continue;
            };
            writer.start_file(name.as_str(), stored).ok()?;
            writer.write_all(content).ok()?;
        }
        Some(writer.finish().ok()?.into_inner())
    }
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

/// Asks the library for a sheet of the skeleton: returns the index of its part, and what the styles
/// make of numbers.
fn answer(
    workbook: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
    strings: Option<usize>,
) -> Option<(usize, NumberStyles)> {
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
    let formats: Vec<NumberFormat> = reader.styles().iter().map(format_of).collect();
    let mut styles = Vec::with_capacity(formats.len());
    for format in formats {
        styles.push((format, reader.next_cell().ok()??.get_value().clone()));
    }
    Some((part, NumberStyles::new(styles)))
}

/// Returns whether a part may be a worksheet.
fn is_sheet(name: &str) -> bool {
    name.strip_prefix("xl/worksheets/").is_some_and(|name| !name.contains('/'))
}

/// Returns the styles without what only gives a cell its look; formats of numbers stay, fonts where some may be
/// white or struck through, and borders where some may cross a cell out.
fn without_looks(styles: &[u8]) -> Option<String> {
    const LOOKS: [(&str, &str); 3] =
        [("<borders", "</borders>"), ("<fonts", "</fonts>"), ("<fills", "</fills>")];
    const WHITE: [&str; 6] =
        ["FFFFFF", "ffffff", "theme=\"0\"", "theme='0'", "indexed=\"1\"", "indexed=\"9\""];
    let styles = Scan::of_part(styles)?.rest();
    if styles.contains("<!") || styles.contains("<?") {
        return None;
    }
    let [borders, of_fonts, fills] = LOOKS;
    let piece = |(begin, end): (&str, &str)| {
        let behind = styles.split_once(begin).and_then(|(_, behind)| behind.split_once(end));
        behind.map_or("", |(piece, _)| piece)
    };
    let fonts = piece(of_fonts);
    let has_more = fonts.contains("strike") || WHITE.iter().any(|white| fonts.contains(white));
    let crosses = piece(borders).contains("diagonalUp") || piece(borders).contains("diagonalDown");
    let mut looks = Vec::with_capacity(LOOKS.len());
    looks.extend((!crosses).then_some(borders));
    looks.extend([of_fonts, fills].into_iter().filter(|_| !has_more));
    // As they stand in the part.
    looks.sort_by_key(|(begin, _)| styles.find(begin));
    let mut rest = styles;
    let mut kept = String::with_capacity(rest.len());
    for (begin, end) in looks {
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

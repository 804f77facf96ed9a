//! Notes on cells, boxes drawn over a sheet, heads and feet of its pages: Excel shows them, the library does not
//! tell them. What cannot be read is simply not known.

use std::io::Cursor;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use super::{
    tags::place,
    unseen::{pairs, part, sheet_parts},
};
use crate::{
    ingest::{
        hanging::{Hanging, HangingKind, LONGEST_HANGING, MOST_HANGING, words_of_page},
        markup::{attribute, push_reference},
        workbook::{SheetState, Worksheet},
    },
    place::CellRef,
};

/// Gives the sheets that were read the notes that hang on their cells.
pub(super) fn add(bytes: &[u8], sheets: &mut [Worksheet]) {
    read(bytes, sheets).unwrap_or_default();
}

fn read(bytes: &[u8], sheets: &mut [Worksheet]) -> Option<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    // Few workbooks have any.
    archive.file_names().flatten().find(|name| is_of_hanging(name))?;
    for (name, path) in sheet_parts(&mut archive)? {
        let sheet = sheets.iter_mut().find(|sheet| sheet.name == name);
        let Some(Worksheet { state: SheetState::Read(grid), .. }) = sheet else { continue };
        let (folder, file) = path.rsplit_once('/')?;
        let Some(relations) = part(&mut archive, &format!("{folder}/_rels/{file}.rels")) else {
            continue;
        };
        for (kind, target) in pairs(&relations, "Relationship", ("Type", "Target")) {
            let kind = match kind.rsplit('/').next() {
                Some("comments") => HangingKind::Note,
                Some("drawing") => HangingKind::DrawnBox,
                _ => continue,
            };
            let words = part(&mut archive, &path_of(folder, &target));
            grid.hanging.extend(words.map(|part| words_of(&part, kind)).unwrap_or_default());
        }
    }
    Some(())
}

/// Returns whether a part may hold notes or boxes.
pub(super) fn is_of_hanging(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.starts_with("comment") || name.contains("/comments/") || file.starts_with("drawing")
}

/// Returns the words of the heads and feet of pages, of what stands behind the cells of a sheet.
pub(super) fn of_pages(tail: &str) -> Option<Hanging> {
    const NAMES: [&str; 6] =
        ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];
    const PAGES: &str = "headerFooter";
    let tail = tail.rsplit_once("</mergeCells>").map_or(tail, |(_, behind)| behind);
    if !tail.contains(PAGES) {
        return None;
    }
    let mut tags = tail.match_indices('<').filter_map(|(at, _)| tail.get(at + 1..));
    let pages = tags.find(|tag| {
        let is_prefixed =
            |(prefix, name): (&str, &str)| prefix.len() < 4 && name.starts_with(PAGES);
        tag.starts_with(PAGES)
            || tag.get(..5).is_some_and(|tag| tag.contains(':'))
                && tag.split_once(':').is_some_and(is_prefixed)
    })?;
    let (_, pages) = pages.split_once('>')?;
    let mut reader = Reader::from_str(pages);
    reader.config_mut().check_end_names = false;
    let mut code = String::new();
    let mut is_text = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => is_text = NAMES.contains(&element.local_name().as_ref()),
            Event::Text(text) if is_text => code.push_str(&text),
            Event::GeneralRef(reference) if is_text => {
                push_reference(&mut code, &reference).ok()?;
            }
            Event::End(element) if element.local_name().as_ref() == "headerFooter" => break,
            Event::End(_) if is_text => {
                code.push(' ');
                is_text = false;
            }
            Event::Eof => break,
            _ => {}
        }
        if code.len() >= LONGEST_HANGING {
            break;
        }
    }
    let words = words_of_page(&code);
    let cell = CellRef { row: 0, column: 0 };
    (!words.trim().is_empty()).then_some(Hanging { cell, kind: HangingKind::Page, words })
}

/// Returns the name of a part that is told from a folder.
fn path_of(folder: &str, target: &str) -> String {
    if let Some(path) = target.strip_prefix('/') {
        return path.to_owned();
    }
    let mut folders: Vec<&str> = folder.split('/').collect();
    let mut rest = target;
    while let Some(above) = rest.strip_prefix("../") {
        folders.pop();
        rest = above;
    }
    folders.push(rest);
    folders.join("/")
}

/// Returns the notes or the boxes of a part, each with its cell: that of its reference, or the one over which
/// its first corner lies.
fn words_of(part: &str, kind: HangingKind) -> Vec<Hanging> {
    let mut found: Vec<Hanging> = Vec::new();
    let mut reader = Reader::from_str(part);
    let mut open = Open::default();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => open.begin(&element),
            Event::Text(text) if !open.element.is_empty() => open.take(&text),
            Event::GeneralRef(reference) if open.element == "t" => {
                push_reference(&mut open.words, &reference).ok();
            }
            Event::End(element) => {
                let name = element.local_name();
                open.element.clear();
                if name.as_ref() == "comment" || name.as_ref().ends_with("Anchor") {
                    let Open { cell, words, .. } = std::mem::take(&mut open);
                    let is_any = !words.trim().is_empty();
                    found.extend(cell.filter(|_| is_any).map(|cell| Hanging { cell, kind, words }));
                } else if name.as_ref() == "p" {
                    open.words.push(' ');
                } else if name.as_ref() == "from" {
                    open.is_corner = false;
                }
            }
            Event::Eof => break,
            _ => {}
        }
        if found.len() >= MOST_HANGING {
            break;
        }
    }
    found
}

/// A note or a box that passes by.
#[derive(Default)]
struct Open {
    cell: Option<CellRef>,
    words: String,
    /// Whether its first corner passes by.
    is_corner: bool,
    /// The element whose text is taken.
    element: String,
}

impl Open {
    fn begin(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        match name.as_ref() {
            "comment" => self.cell = attribute(element, "ref").and_then(|cell| place(&cell)),
            "from" => {
                self.is_corner = true;
                self.cell = Some(CellRef { row: 0, column: 0 });
            }
            "absoluteAnchor" => self.cell = Some(CellRef { row: 0, column: 0 }),
            "t" => "t".clone_into(&mut self.element),
            "row" | "col" if self.is_corner => name.as_ref().clone_into(&mut self.element),
            _ => {}
        }
    }

    fn take(&mut self, text: &str) {
        let number = || text.trim().parse().unwrap_or_default();
        match (self.element.as_str(), &mut self.cell) {
            ("row", Some(cell)) => cell.row = number(),
            ("col", Some(cell)) => cell.column = number(),
            ("t", _) if self.words.len() < LONGEST_HANGING => self.words.push_str(text),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Note, Workbook};

    use super::{super::sheets, *};

    #[test]
    fn notes_of_each_sheet_hang_on_their_cells() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "Một").unwrap();
        let sheet = workbook.add_worksheet();
        sheet.write(1, 2, 5.0).unwrap();
        sheet.insert_note(1, 2, &Note::new("số ước & <tính>").add_author_prefix(false)).unwrap();
        let sheets = sheets(&workbook.save_to_buffer().unwrap()).unwrap();
        let hanging = |sheet: &Worksheet| match &sheet.state {
            SheetState::Read(grid) => grid.hanging.clone(),
            _ => panic!("not read"),
        };
        assert!(hanging(&sheets[0]).is_empty());
        let cell = CellRef { row: 1, column: 2 };
        let words = "số ước & <tính>".to_owned();
        assert_eq!(hanging(&sheets[1]), [Hanging { cell, kind: HangingKind::Note, words }]);
    }

    #[test]
    fn boxes_have_the_cell_under_their_first_corner() {
        let from = "<xdr:from><xdr:col>3</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>7</xdr:row></xdr:from>";
        let to = "<xdr:to><xdr:col>8</xdr:col><xdr:row>9</xdr:row></xdr:to>";
        let sp = "<xdr:sp><a:p><a:r><a:t>số </a:t></a:r><a:r><a:t>ước</a:t></a:r></a:p></xdr:sp>";
        let part = format!(
            "<xdr:wsDr><xdr:twoCellAnchor>{from}{to}{sp}</xdr:twoCellAnchor>\
             <xdr:oneCellAnchor>{from}<xdr:pic/></xdr:oneCellAnchor>\
             <xdr:absoluteAnchor>{sp}</xdr:absoluteAnchor></xdr:wsDr>"
        );
        let found = words_of(&part, HangingKind::DrawnBox);
        let shown: Vec<_> =
            found.iter().map(|one| (one.cell.row, one.cell.column, one.words.trim())).collect();
        assert_eq!(shown, [(7, 3, "số ước"), (0, 0, "số ước")]);
    }

    #[test]
    fn heads_and_feet_of_pages_stand_behind_the_cells() {
        let tail = "><pageSetup/><headerFooter><oddHeader>&amp;CSố tháng 2</oddHeader>\
            <oddFooter>&amp;RTrang &amp;P</oddFooter></headerFooter></worksheet>";
        let words = |tail: &str| of_pages(tail).map(|page| page.words.trim().to_owned());
        assert_eq!(words(tail).as_deref(), Some("Số tháng 2  Trang"));
        assert_eq!(words("></worksheet>"), None);
        assert_eq!(words("><headerFooter/></worksheet>"), None);
    }

    #[test]
    fn a_part_is_found_from_its_folder() {
        for (target, expected) in [
            ("../comments1.xml", "xl/comments1.xml"),
            ("/xl/comments1.xml", "xl/comments1.xml"),
            ("comments/a.xml", "xl/worksheets/comments/a.xml"),
            ("../../../a.xml", "a.xml"),
        ] {
            assert_eq!(path_of("xl/worksheets", target), expected);
        }
    }
}

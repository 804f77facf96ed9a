//! Notes that hang on cells: Excel shows them beside the cell, the library does not tell them. What cannot be
//! read is simply not known.

use std::io::Cursor;

use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

use super::{
    cells::place,
    unseen::{pairs, part, sheet_parts},
};
use crate::{
    ingest::{
        markup::{attribute, push_reference},
        workbook::{SheetState, Worksheet},
    },
    place::CellRef,
};

/// Most notes of a sheet that are kept.
const MAX_NOTES: usize = 1_000;
/// Longest note that is kept, in bytes.
const LONGEST: usize = 2 << 10;

/// Gives the sheets that were read the notes that hang on their cells.
pub(super) fn add(bytes: &[u8], sheets: &mut [Worksheet]) {
    read(bytes, sheets).unwrap_or_default();
}

fn read(bytes: &[u8], sheets: &mut [Worksheet]) -> Option<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    // Few workbooks have any.
    archive.file_names().flatten().find(|name| is_of_notes(name))?;
    for (name, path) in sheet_parts(&mut archive)? {
        let sheet = sheets.iter_mut().find(|sheet| sheet.name == name);
        let Some(Worksheet { state: SheetState::Read(grid), .. }) = sheet else { continue };
        let (folder, file) = path.rsplit_once('/')?;
        let Some(relations) = part(&mut archive, &format!("{folder}/_rels/{file}.rels")) else {
            continue;
        };
        let targets = pairs(&relations, "Relationship", ("Type", "Target"));
        let mut targets = targets.iter().filter(|(kind, _)| kind.ends_with("/comments"));
        let notes =
            targets.next().and_then(|(_, target)| part(&mut archive, &path_of(folder, target)));
        grid.hanging = notes.map(|notes| notes_of(&notes)).unwrap_or_default();
    }
    Some(())
}

/// Returns whether a part may hold notes.
pub(super) fn is_of_notes(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.starts_with("comment") || name.contains("/comments/")
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

/// Returns the notes of a part, each with its cell.
fn notes_of(part: &str) -> Vec<(CellRef, String)> {
    let mut notes: Vec<(CellRef, String)> = Vec::new();
    let mut reader = Reader::from_str(part);
    let (mut open, mut is_text) = (None, false);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "comment" => {
                    let cell = attribute(&element, "ref").and_then(|cell| place(&cell));
                    open = cell.map(|cell| (cell, String::new()));
                }
                "t" => is_text = true,
                _ => {}
            },
            Event::Text(text) if is_text => {
                if let Some((_, words)) = open.as_mut().filter(|(_, words)| words.len() < LONGEST) {
                    words.push_str(&text);
                }
            }
            Event::GeneralRef(reference) if is_text => {
                if let Some((_, words)) = &mut open {
                    push_reference(words, &reference).ok();
                }
            }
            Event::End(element) => match element.local_name().as_ref() {
                "comment" => notes.extend(open.take()),
                "t" => is_text = false,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
        if notes.len() >= MAX_NOTES {
            break;
        }
    }
    notes
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
        assert_eq!(hanging(&sheets[1]), [(cell, "số ước & <tính>".to_owned())]);
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

//! Rows and columns that the sheets of a workbook do not display, and sheets that are one part of the
//! file, for workbooks that the library reads: it does not tell them. What cannot be read is simply not known.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read},
};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use super::{cells::FILTER, hanging::of_pages, tags::is_true};
use crate::ingest::{hanging::Hanging, hidden::HiddenLines, markup::attribute};

/// Largest part that is looked at.
const MAX_PART: u64 = 64 << 20;

/// What the library does not tell of the sheets, by their names.
#[derive(Debug, Default)]
pub(super) struct Unseen {
    /// What a sheet hides; sheets that hide nothing are left out.
    pub(super) hidden: BTreeMap<String, HiddenLines>,
    /// Sheets whose part is that of a sheet before: no program writes them, and a thousand of them
    /// would be read a thousand times.
    pub(super) copies: BTreeSet<String>,
    /// Words of the heads and feet of pages.
    pub(super) pages: BTreeMap<String, Hanging>,
}

/// Returns what the library does not tell.
pub(super) fn by_sheet(bytes: &[u8]) -> Unseen {
    read(bytes).unwrap_or_default()
}

fn read(bytes: &[u8]) -> Option<Unseen> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut unseen = Unseen::default();
    let mut known = BTreeSet::new();
    for (name, path) in sheet_parts(&mut archive)? {
        if !known.insert(path.to_ascii_lowercase()) {
            unseen.copies.insert(name);
            continue;
        }
        let Some(sheet) = part(&mut archive, &path) else { continue };
        unseen.pages.extend(of_pages(tail(&sheet)).map(|page| (name.clone(), page)));
        let has_hidden = sheet.contains("hidden");
        let hidden = if has_hidden { of_sheet(&sheet) } else { HiddenLines::default() };
        if hidden != HiddenLines::default() {
            unseen.hidden.insert(name, hidden);
        }
    }
    Some(unseen)
}

/// Returns the name of each sheet with the name of its part.
pub(super) fn sheet_parts(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
) -> Option<Vec<(String, String)>> {
    let list = part(archive, "xl/workbook.xml")?;
    let relations = part(archive, "xl/_rels/workbook.xml.rels")?;
    let targets = pairs(&relations, "Relationship", ("Id", "Target"));
    let path = |id: &str| {
        let (_, target) = targets.iter().find(|(known, _)| known == id)?;
        Some(match target.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("xl/{target}"),
        })
    };
    let sheets = pairs(&list, "sheet", ("name", "id")).into_iter();
    Some(sheets.filter_map(|(name, id)| Some((name, path(&id)?))).collect())
}

pub(super) fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut content = String::new();
    archive.by_name(name).ok()?.take(MAX_PART).read_to_string(&mut content).ok()?;
    Some(content)
}

/// Returns two attributes of each element of a name that has both.
pub(super) fn pairs(part: &str, wanted: &str, (one, other): (&str, &str)) -> Vec<(String, String)> {
    let mut found = Vec::new();
    each_tag(part, |element| {
        if element.local_name().as_ref() == wanted {
            found.extend(attribute(element, one).zip(attribute(element, other)));
        }
    });
    found
}

/// Returns what stands behind the cells of a sheet.
fn tail(sheet: &str) -> &str {
    sheet.rsplit_once("sheetData").map_or("", |(_, tail)| tail)
}

/// Returns what a sheet hides.
fn of_sheet(sheet: &str) -> HiddenLines {
    let mut hidden =
        HiddenLines { filtered: tail(sheet).contains(FILTER), ..HiddenLines::default() };
    let mut next_row: u32 = 0;
    each_tag(sheet, |element| {
        let number =
            |name: &str| plain_attribute(element, name)?.parse::<u32>().ok()?.checked_sub(1);
        let is_hidden = || plain_attribute(element, "hidden").is_some_and(|value| is_true(&value));
        match element.local_name().as_ref() {
            "row" => {
                let row = number("r").unwrap_or(next_row);
                next_row = row.saturating_add(1);
                if is_hidden() {
                    hidden.hide_rows(row, row);
                }
            }
            "col" => {
                if let (Some(first), Some(last), true) = (number("min"), number("max"), is_hidden())
                {
                    hidden.hide_columns(first, last);
                }
            }
            _ => {}
        }
    });
    hidden
}

/// Returns the value of an attribute without a prefix.
fn plain_attribute(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut found = attributes.with_checks(false).flatten();
    found.find(|one| one.key.as_ref() == wanted).map(|one| one.value.into_owned())
}

fn each_tag(part: &str, mut take: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(part);
    reader.config_mut().check_end_names = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => take(&element),
            Event::Eof => break,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_columns_and_filters_are_found() {
        let sheet = "<x:worksheet><x:cols><x:col hidden=\"1\" max=\"3\" min=\"2\"/>\
            <x:col min=\"5\" max=\"5\" hidden=\"0\"/></x:cols><x:sheetData><x:row r=\"4\"/>\
            <x:row hidden=\"true\"><x:c/></x:row></x:sheetData>\
            <x:autoFilter ref=\"A1:B9\"><x:filterColumn colId=\"0\"/></x:autoFilter></x:worksheet>";
        let hidden = of_sheet(sheet);
        assert_eq!(hidden.rows.into_iter().collect::<Vec<_>>(), [4]);
        assert_eq!(hidden.columns.into_iter().collect::<Vec<_>>(), [1, 2]);
        assert!(hidden.filtered);
    }

    #[test]
    fn whatever_is_no_workbook_hides_nothing() {
        assert!(by_sheet(b"PK").hidden.is_empty());
    }
}

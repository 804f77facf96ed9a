//! The names of the parts of a workbook as programs of Windows write some: folders with backslashes,
//! all in lower case. Everything that looks for a part looks for the usual name.

use std::io::Cursor;

use zip::{ZipArchive, ZipWriter};

use crate::ingest::limits::has_twins;

/// Parts that are looked for by name.
const USUAL: [&str; 6] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
];

/// Returns the workbook with usual names; nothing if it has them, or if two parts would get one.
pub(super) fn with_usual_names(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut renamed = false;
    let mut names = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let name = archive.by_index_raw(index).ok()?.name().ok()?.into_owned();
        let usual = usual(&name);
        renamed |= usual != name;
        names.push(usual);
    }
    if !renamed || has_twins(&names) {
        return None;
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for (index, name) in names.into_iter().enumerate() {
        writer.raw_copy_file_rename(archive.by_index_raw(index).ok()?, name).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

fn usual(name: &str) -> String {
    let name = name.replace('\\', "/");
    let known = USUAL.iter().find(|usual| usual.eq_ignore_ascii_case(&name));
    known.map_or(name, |usual| (*usual).to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::ingest::samples::{figures, only, read_xlsx, usual as sample, usual_figures};

    /// Returns a workbook with other names of its parts.
    fn named(bytes: &[u8], name: impl Fn(&str) -> String) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            let name = name(&part.name().unwrap());
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(&content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_workbook_with_names_of_windows_is_read_as_any_other() {
        assert_eq!(with_usual_names(&sample()), None);
        let bytes = named(&sample(), |name| name.replace('/', "\\").to_ascii_lowercase());
        assert_eq!(figures(only(&read_xlsx(&bytes))), usual_figures());
        let twice = |name: &str| name.replace("xl/styles.xml", "XL\\Workbook.xml");
        assert_eq!(with_usual_names(&named(&sample(), twice)), None);
    }
}

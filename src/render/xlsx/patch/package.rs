//! The parts of a package: read one, change one, and write all of them again, those not changed byte
//! for byte. Names of parts are compared as packages do, without regard to case.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};

use zip::{CompressionMethod, System, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::PatchError;

/// Largest part that is changed.
const MAX_PART: u64 = 128 << 20;

/// A package with changes to come.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Position in the archive by normal name.
    positions: BTreeMap<String, usize>,
    /// Names as the package spells them, by normal name.
    spelled: BTreeMap<String, String>,
    /// New content by position; nothing for a part that is left out.
    changed: BTreeMap<usize, Option<String>>,
    /// New parts with their names.
    added: Vec<(String, String)>,
}

impl<'b> Package<'b> {
    /// Opens a package.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, PatchError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        let (mut positions, mut spelled) = (BTreeMap::new(), BTreeMap::new());
        for position in 0..archive.len() {
            let part = archive.by_index_raw(position)?;
            let raw = String::from_utf8_lossy(part.name_raw()).replace('\\', "/");
            let name = normal(&raw);
            spelled.insert(name.clone(), raw.trim_start_matches('/').to_owned());
            if !name.ends_with('/') && positions.insert(name, position).is_some() {
                return Err(PatchError::Unusual("a part is there twice"));
            }
        }
        Ok(Self { archive, positions, spelled, changed: BTreeMap::new(), added: Vec::new() })
    }

    /// Returns whether there is a part.
    pub(super) fn has(&self, name: &str) -> bool {
        let name = normal(name);
        let is_kept = |position| !matches!(self.changed.get(position), Some(None));
        self.positions.get(&name).is_some_and(is_kept)
            || self.added.iter().any(|(added, _)| normal(added) == name)
    }

    /// Returns a name as the package spells it, for programs that do regard case.
    pub(super) fn spelled(&self, name: &str) -> String {
        self.spelled.get(&normal(name)).map_or(name, String::as_str).to_owned()
    }

    /// Returns the names of the parts that came with the package, in lower case.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.positions.keys().map(String::as_str)
    }

    /// Returns the text of a part as it is now; nothing when there is no such part.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, PatchError> {
        let name = normal(name);
        if let Some((_, text)) = self.added.iter().find(|(added, _)| normal(added) == name) {
            return Ok(Some(text.clone()));
        }
        let Some(position) = self.positions.get(&name) else { return Ok(None) };
        if let Some(changed) = self.changed.get(position) {
            return Ok(changed.clone());
        }
        let mut bytes = Vec::new();
        let part = self.archive.by_index(*position)?;
        part.take(MAX_PART + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_PART {
            return Err(PatchError::Unusual("a part is too large"));
        }
        let text = String::from_utf8(bytes)?;
        if is_of_other_encoding(&text) {
            return Err(PatchError::Unusual("a part is in another encoding"));
        }
        Ok(Some(text))
    }

    /// Returns the text of a part that must be there.
    pub(super) fn needed(&mut self, name: &str) -> Result<String, PatchError> {
        self.text(name)?.ok_or(PatchError::Unusual("a part is not there"))
    }

    /// Gives a part a new text, or adds it.
    pub(super) fn set(&mut self, name: &str, text: String) {
        let key = normal(name);
        if let Some(position) = self.positions.get(&key) {
            self.changed.insert(*position, Some(text));
        } else if let Some(known) = self.added.iter_mut().find(|(added, _)| normal(added) == key) {
            known.1 = text;
        } else {
            self.added.push((name.to_owned(), text));
        }
    }

    /// Leaves a part out.
    pub(super) fn leave_out(&mut self, name: &str) {
        if let Some(position) = self.positions.get(&normal(name)) {
            self.changed.insert(*position, None);
        }
    }

    /// Returns the first of the names with a number that no part has.
    pub(super) fn free_name(&self, name: impl Fn(u32) -> String) -> String {
        (1..=u32::MAX).map(name).find(|name| !self.has(name)).unwrap_or_default()
    }

    /// Writes the package.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, PatchError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        // The time of a part is the zero of packages and no system is named but one: same input,
        // same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .system(System::Unix);
        for position in 0..self.archive.len() {
            let source = self.archive.by_index_raw(position)?;
            match self.changed.get(&position) {
                Some(None) => {}
                Some(Some(text)) => {
                    writer.start_file(source.name()?.into_owned(), options)?;
                    writer.write_all(text.as_bytes())?;
                }
                None => writer.raw_copy_file(source)?,
            }
        }
        for (name, text) in &self.added {
            writer.start_file(name.as_str(), options)?;
            writer.write_all(text.as_bytes())?;
        }
        Ok(writer.finish()?.into_inner())
    }
}

/// Returns the name of a part as names are compared.
pub(super) fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// Returns the part that a relation of another part leads to.
pub(super) fn resolved(base: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let target = target.split('#').next().unwrap_or_default();
    if target.starts_with('/') {
        return normal(target);
    }
    let base = normal(base);
    let mut folders: Vec<&str> = base.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => drop(folders.pop()),
            "." | "" => {}
            step => folders.push(step),
        }
    }
    normal(&folders.join("/"))
}

/// Returns the way from the folder of a part to another part.
pub(super) fn relative(base: &str, part: &str) -> String {
    let base: Vec<&str> = base.split('/').collect();
    let folders = base.split_last().map_or(&base[..0], |(_, folders)| folders);
    let steps: Vec<&str> = part.split('/').collect();
    let shared = folders.iter().zip(&steps).take_while(|(left, right)| left == right).count();
    let up = std::iter::repeat_n("..", folders.len() - shared);
    up.chain(steps.into_iter().skip(shared)).collect::<Vec<_>>().join("/")
}

/// Returns the folder of a part with its slash; empty at the top.
pub(super) fn folder(part: &str) -> &str {
    part.rfind('/').and_then(|slash| part.get(..=slash)).unwrap_or_default()
}

fn is_of_other_encoding(text: &str) -> bool {
    let declaration = text.trim_start_matches('\u{feff}').split('>').next().unwrap_or_default();
    let declaration = declaration.to_ascii_lowercase();
    declaration.starts_with("<?xml")
        && declaration.contains("encoding")
        && !["utf-8", "utf8", "us-ascii"].iter().any(|encoding| declaration.contains(encoding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_between_parts() {
        let sheet = "xl/worksheets/sheet1.xml";
        assert_eq!(resolved(sheet, "../Comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved(sheet, "/xl/drawings/a.vml"), "xl/drawings/a.vml");
        assert_eq!(resolved("xl/workbook.xml", "worksheets\\s.xml"), "xl/worksheets/s.xml");
        assert_eq!(relative(sheet, "xl/drawings/a.vml"), "../drawings/a.vml");
        assert_eq!(relative("workbook.xml", "a/b.xml"), "a/b.xml");
        assert_eq!(folder("xl/workbook.xml"), "xl/");
    }

    #[test]
    fn other_encodings_are_seen() {
        assert!(is_of_other_encoding("<?xml version=\"1.0\" encoding=\"windows-1258\"?><a/>"));
        assert!(!is_of_other_encoding("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>"));
        assert!(!is_of_other_encoding("<a encoding=\"x\"/>"));
    }
}

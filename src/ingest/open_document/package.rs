//! The parts of a packed OpenDocument spreadsheet.

use std::{
    error::Error,
    io::{Cursor, Read},
};

use zip::ZipArchive;

/// The part with the sheets.
pub(super) const CONTENT: &str = "content.xml";

/// Returns a part as words.
pub(super) fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
) -> Result<String, Box<dyn Error>> {
    let mut words = String::new();
    archive.by_name(name)?.read_to_string(&mut words)?;
    Ok(words)
}

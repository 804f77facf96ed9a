//! An Office Open XML workbook made quick to read: unpacked once, the merged areas of a sheet before
//! its cells (the library goes through a sheet from its beginning to find them), without the cells
//! that only carry a border and without the parts that are never read. What is read stays the same;
//! a workbook of any unusual shape is left as it is.

use std::io::{Cursor, Read, Write};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Largest workbook, unpacked, that is kept in memory for this.
const MAX_UNPACKED: u64 = 16 << 20;
/// Folders of parts that the library opens only for what is not asked of it.
const UNREAD: [&str; 5] =
    ["docProps/", "xl/theme/", "xl/media/", "xl/drawings/", "xl/printerSettings/"];

/// Returns the workbook as a package of unpacked parts; nothing if it is large, damaged or unusual.
pub(super) fn flatten(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() * 4)));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut content = Vec::new();
    let mut room = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        if UNREAD.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        content.clear();
        let unpacked = part.take(room + 1).read_to_end(&mut content).ok()?;
        room = room.checked_sub(u64::try_from(unpacked).ok()?)?;
        let sheet = if name.contains("worksheets/") { rearrange(&content) } else { None };
        writer.start_file(name, stored).ok()?;
        writer.write_all(sheet.as_deref().map_or(&content, str::as_bytes)).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// Returns a sheet with its merged areas first and without empty cells; nothing if it is not made of
/// the usual elements alone.
fn rearrange(sheet: &[u8]) -> Option<String> {
    let sheet = std::str::from_utf8(sheet).ok()?;
    let body = sheet.split_once("?>").map_or(sheet, |(_, body)| body);
    if body.contains("<!") || body.contains("<?") {
        return None;
    }
    let (head, rest) = sheet.split_once("<sheetData>")?;
    let (cells, tail) = rest.rsplit_once("</sheetData>")?;
    let unusual = |text: &str| text.contains("mergeCells") || text.contains("sheetData");
    if unusual(head) || unusual(cells) || !tail.trim_end().ends_with("worksheet>") {
        return None;
    }
    let mut arranged = String::with_capacity(sheet.len() + 64);
    arranged.push_str(head);
    push_merges(&mut arranged, tail)?;
    arranged.push_str("<sheetData>");
    push_filled(&mut arranged, cells)?;
    arranged.push_str("</sheetData>");
    arranged.push_str(tail);
    Some(arranged)
}

/// Writes the merged areas that stand behind the cells; an empty list if there is none, so that
/// nobody goes on looking.
fn push_merges(arranged: &mut String, tail: &str) -> Option<()> {
    arranged.push_str("<mergeCells");
    match tail.split_once("<mergeCells") {
        Some((_, merges)) => arranged.push_str(merges.split_once("</mergeCells>")?.0),
        None if tail.contains("mergeCells") => return None,
        None => arranged.push('>'),
    }
    arranged.push_str("</mergeCells>");
    Some(())
}

/// Writes the rows without their empty cells; nothing if a cell does not say where it stands, for
/// then it is counted from the cells before it.
fn push_filled(arranged: &mut String, cells: &str) -> Option<()> {
    let mut pieces = cells.split("<c");
    arranged.push_str(pieces.next()?);
    for piece in pieces {
        let attributes = piece.strip_prefix(" r=\"")?;
        if let Some(after) = after_empty_cell(attributes) {
            arranged.push_str(after);
        } else {
            arranged.push_str("<c");
            arranged.push_str(piece);
        }
    }
    Some(())
}

/// Returns what follows `B7" s="12"/>`, the rest of a cell with a style alone.
fn after_empty_cell(attributes: &str) -> Option<&str> {
    let row = attributes.trim_start_matches(|next: char| next.is_ascii_uppercase());
    let rest = row.trim_start_matches(|next: char| next.is_ascii_digit());
    let (letters, digits) = (attributes.len() - row.len(), row.len() - rest.len());
    if !(1..=3).contains(&letters) || !(1..=7).contains(&digits) || row.starts_with('0') {
        return None;
    }
    let rest = rest.strip_prefix('"')?;
    let styled = rest.strip_prefix(" s=\"").map(|style| {
        style.trim_start_matches(|next: char| next.is_ascii_digit()).strip_prefix('"')
    });
    styled.unwrap_or(Some(rest))?.strip_prefix("/>")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<?xml version=\"1.0\"?><worksheet><dimension ref=\"A1:B2\"/>";

    fn rearranged(rest: &str) -> Option<String> {
        let arranged = rearrange(format!("{HEAD}{rest}").as_bytes())?;
        Some(arranged.strip_prefix(HEAD).unwrap().to_owned())
    }

    #[test]
    fn merges_come_first_and_empty_cells_go() {
        let merges = "<mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells>";
        let filled = "<c r=\"B2\" s=\"3\"><f>1+1</f></c>";
        let cells = format!("<row r=\"1\"><c r=\"A1\" s=\"12\"/><c r=\"AB1\"/>{filled}</row>");
        let arranged =
            rearranged(&format!("<sheetData>{cells}</sheetData><a/>{merges}<b/></worksheet>"));
        let expected = format!(
            "{merges}<sheetData><row r=\"1\">{filled}</row></sheetData><a/>{merges}<b/></worksheet>"
        );
        assert_eq!(arranged, Some(expected));
        let without = rearranged("<sheetData></sheetData></worksheet>").unwrap();
        assert!(without.starts_with("<mergeCells></mergeCells><sheetData>"));
    }

    #[test]
    fn whatever_is_unusual_stays() {
        for sheet in [
            "<sheetData/></worksheet>",
            "<sheetData><row><c s=\"1\"/><c><v>1</v></c></row></sheetData></worksheet>",
            "<sheetData><!-- <c r=\"A1\"/> --></sheetData></worksheet>",
            "<sheetData><c r=\"A1\"><is><t><![CDATA[x]]></t></is></c></sheetData></worksheet>",
            "<sheetData></sheetData><mergeCells count=\"0\"/></worksheet>",
            "<sheetData></sheetData><x:mergeCells></x:mergeCells></worksheet>",
            "<mergeCells></mergeCells><sheetData></sheetData></worksheet>",
            "<sheetData></sheetData><mergeCells><mergeCell ref=\"A1",
        ] {
            assert_eq!(rearranged(sheet), None, "{sheet}");
        }
    }

    #[test]
    fn only_cells_with_a_style_alone_are_empty() {
        for (cell, expected) in [
            ("A1\"/>.", Some(".")),
            ("XFD1048576\" s=\"4\"/>.", Some(".")),
            ("A1\" s=\"4\" t=\"s\"/>", None),
            ("A1\"><v/></c>", None),
            ("A0\"/>", None),
            ("1\"/>", None),
            ("A\"/>", None),
            ("a1\"/>", None),
        ] {
            assert_eq!(after_empty_cell(cell), expected, "{cell}");
        }
    }
}

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
        let lighter = if name.contains("worksheets/") {
            rearrange(&content)
        } else if name.ends_with("/styles.xml") {
            without_looks(&content)
        } else {
            None
        };
        writer.start_file(name, stored).ok()?;
        writer.write_all(lighter.as_deref().unwrap_or(&content)).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// Returns the text of a part that is made of elements alone, behind its declaration.
fn plain(part: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(part).ok()?;
    let body = text.split_once("?>").map_or(text, |(_, body)| body);
    (!body.contains("<!") && !body.contains("<?")).then_some(text)
}

/// Returns the styles without what only gives a cell its look; formats of numbers stay.
fn without_looks(styles: &[u8]) -> Option<Vec<u8>> {
    let mut rest = plain(styles)?;
    let mut kept = String::with_capacity(rest.len());
    for (begin, end) in [("<fonts", "</fonts>"), ("<fills", "</fills>"), ("<borders", "</borders>")]
    {
        if let Some((before, looks)) = rest.split_once(begin) {
            kept.push_str(before);
            rest = looks.split_once(end)?.1;
        }
    }
    kept.push_str(rest);
    Some(kept.into_bytes())
}

/// Returns a sheet with its merged areas first and without empty cells; nothing if it is not made of
/// the usual elements alone.
fn rearrange(sheet: &[u8]) -> Option<Vec<u8>> {
    let sheet = plain(sheet)?;
    let (head, rest) = sheet.split_once("<sheetData>")?;
    let (cells, tail) = rest.rsplit_once("</sheetData>")?;
    let unusual = |text: &str| text.contains("mergeCells") || text.contains("sheetData");
    if unusual(head) || unusual(cells) || !tail.trim_end().ends_with("worksheet>") {
        return None;
    }
    let mut arranged = Vec::with_capacity(sheet.len() + 64);
    arranged.extend_from_slice(head.as_bytes());
    push_merges(&mut arranged, tail)?;
    arranged.extend_from_slice(b"<sheetData>");
    push_filled(&mut arranged, cells.as_bytes())?;
    arranged.extend_from_slice(b"</sheetData></worksheet>");
    Some(arranged)
}

/// Writes the merged areas that stand behind the cells; an empty list if there is none, so that
/// nobody goes on looking.
fn push_merges(arranged: &mut Vec<u8>, tail: &str) -> Option<()> {
    arranged.extend_from_slice(b"<mergeCells");
    match tail.split_once("<mergeCells") {
        Some((_, merges)) => {
            arranged.extend_from_slice(merges.split_once("</mergeCells>")?.0.as_bytes());
        }
        None if tail.contains("mergeCells") => return None,
        None => arranged.push(b'>'),
    }
    arranged.extend_from_slice(b"</mergeCells>");
    Some(())
}

/// Writes the rows without their empty cells; nothing if a cell does not say where it stands, for
/// then it is counted from the cells before it.
fn push_filled(arranged: &mut Vec<u8>, mut rows: &[u8]) -> Option<()> {
    let mut at = 0;
    while let Some(tag) = rows.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'<'))
    {
        let begin = at + tag;
        at = begin + 1;
        let Some(name) = rows.get(at..).and_then(|rest| rest.strip_prefix(b"c")) else { continue };
        let attributes = name.strip_prefix(b" r=\"")?;
        if let Some(after) = after_empty_cell(attributes) {
            arranged.extend_from_slice(rows.get(..begin)?);
            rows = after;
            at = 0;
        }
    }
    arranged.extend_from_slice(rows);
    Some(())
}

/// Returns what follows `B7" s="12"/>`, the rest of a cell with a style alone.
fn after_empty_cell(attributes: &[u8]) -> Option<&[u8]> {
    let count = |bytes: &[u8], like: fn(&u8) -> bool| bytes.iter().take_while(|b| like(b)).count();
    let letters = count(attributes, u8::is_ascii_uppercase);
    let row = attributes.get(letters..)?;
    let digits = count(row, u8::is_ascii_digit);
    if !(1..=3).contains(&letters) || !(1..=7).contains(&digits) || row.starts_with(b"0") {
        return None;
    }
    let rest = row.get(digits..)?.strip_prefix(b"\"")?;
    let Some(style) = rest.strip_prefix(b" s=\"") else { return rest.strip_prefix(b"/>") };
    style.get(count(style, u8::is_ascii_digit)..)?.strip_prefix(b"\"/>")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<?xml version=\"1.0\"?><worksheet><dimension ref=\"A1:B2\"/>";

    fn rearranged(rest: &str) -> Option<String> {
        let arranged = String::from_utf8(rearrange(format!("{HEAD}{rest}").as_bytes())?).unwrap();
        Some(arranged.strip_prefix(HEAD).unwrap().to_owned())
    }

    #[test]
    fn merges_come_first_and_empty_cells_go() {
        let merges = "<mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells>";
        let filled = "<c r=\"B2\" s=\"3\"><f>1+1</f></c>";
        let cells = format!("<row r=\"1\"><c r=\"A1\" s=\"12\"/><c r=\"AB1\"/>{filled}</row>");
        let arranged =
            rearranged(&format!("<sheetData>{cells}</sheetData><a/>{merges}<b/></worksheet>"));
        let expected =
            format!("{merges}<sheetData><row r=\"1\">{filled}</row></sheetData></worksheet>");
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
    fn styles_keep_their_formats() {
        let styles = "<styleSheet><numFmts/><fonts count=\"1\"><font/></fonts><fills><fill/></fills>\
                      <cellXfs><xf/></cellXfs></styleSheet>";
        let expected = "<styleSheet><numFmts/><cellXfs><xf/></cellXfs></styleSheet>";
        assert_eq!(without_looks(styles.as_bytes()), Some(expected.as_bytes().to_vec()));
        assert_eq!(without_looks(b"<styleSheet><fonts/></styleSheet>"), None);
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
            let expected = expected.map(str::as_bytes);
            assert_eq!(after_empty_cell(cell.as_bytes()), expected, "{cell}");
        }
    }
}

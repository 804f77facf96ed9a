//! What a file of text is: a page, one of the XML spreadsheets, or lines of values.

use super::{FileKind, decode, html, limits};

/// Returns the kind of a file of text; nothing when it is no text.
pub(super) fn kind(bytes: &[u8]) -> Option<FileKind> {
    if bytes.len() > limits::MAX_BYTES {
        return None;
    }
    let text = decode::text(bytes)?;
    let head: String = text.trim_start().chars().take(8_000).collect();
    if !head.starts_with('<') {
        let has_words = head.chars().any(char::is_alphanumeric);
        return has_words.then_some(FileKind::Delimited);
    }
    Some(if head.contains("urn:schemas-microsoft-com:office:spreadsheet") && is_workbook(&head) {
        FileKind::SpreadsheetXml
    } else if head.contains("application/vnd.oasis.opendocument.spreadsheet") {
        FileKind::FlatOds
    } else if head.contains("application/vnd.oasis.opendocument.text")
        || head.contains("w:wordDocument")
    {
        FileKind::Word
    } else if html::is_page(&head) {
        FileKind::Html
    } else {
        FileKind::Unknown
    })
}

/// Pages that Excel writes name its namespace too; their root is another element.
fn is_workbook(head: &str) -> bool {
    head.contains("<Workbook") || head.contains(":Workbook")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_tells_the_kind() {
        let excel = "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"";
        let open = "<office:document office:mimetype=\"application/vnd.oasis.opendocument";
        for (text, expected) in [
            (
                format!("<?xml version=\"1.0\"?>\n<Workbook {excel}>"),
                Some(FileKind::SpreadsheetXml),
            ),
            (format!("\u{feff}<html {excel}>"), Some(FileKind::Html)),
            (format!("{open}.spreadsheet\">"), Some(FileKind::FlatOds)),
            (format!("{open}.text\">"), Some(FileKind::Word)),
            ("<rss/>".to_owned(), Some(FileKind::Unknown)),
            ("A01;12".to_owned(), Some(FileKind::Delimited)),
            ("\n  \n".to_owned(), None),
            ("\0\0\0".to_owned(), None),
        ] {
            assert_eq!(kind(text.as_bytes()), expected, "{text}");
        }
    }
}

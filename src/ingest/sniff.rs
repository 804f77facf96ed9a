//! What a file is, by its content; the extension is only compared with it. It opens no workbook:
//! archives are asked for the names in them, compound files for their streams.

use std::io::Cursor;

use zip::ZipArchive;

use super::FileKind;

/// What the content of a file is, as far as its envelope tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Envelope {
    /// An envelope that can be opened.
    Sound(FileKind),
    /// The beginning of such an envelope, cut off or damaged.
    Broken(FileKind),
    /// An encrypted workbook of that kind.
    Locked(FileKind),
}

const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Returns what the content is; the name tells only the leftovers of programs.
pub(super) fn sniff(name: &str, bytes: &[u8]) -> Envelope {
    if bytes.is_empty() {
        return Envelope::Sound(FileKind::Empty);
    }
    if is_leftover(name) || is_owner_file(bytes) {
        return Envelope::Sound(FileKind::Temporary);
    }
    if bytes.starts_with(ZIP) || bytes.starts_with(EMPTY_ZIP) {
        return sniff_zip(bytes);
    }
    if bytes.starts_with(COMPOUND) {
        return sniff_compound(bytes);
    }
    let head = bytes.get(..1024).unwrap_or(bytes);
    if contains(head, b"%PDF-") {
        return Envelope::Sound(FileKind::Pdf);
    }
    Envelope::Sound(FileKind::Unknown)
}

/// Returns whether the extension promises another kind of file than the content is.
pub(super) fn extension_lies(name: &str, kind: FileKind) -> bool {
    let promised = match extension(name).as_deref() {
        Some("xlsx" | "xlsm" | "xltx" | "xltm") => FileKind::Xlsx,
        Some("xls" | "xlt") => FileKind::Xls,
        Some("xlsb") => FileKind::Xlsb,
        Some("ods") => FileKind::Ods,
        Some("doc" | "docx") => FileKind::Word,
        Some("pdf") => FileKind::Pdf,
        _ => return false,
    };
    promised != kind && !matches!(kind, FileKind::Empty | FileKind::Temporary)
}

fn sniff_zip(bytes: &[u8]) -> Envelope {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Envelope::Broken(guess_broken_zip(bytes));
    };
    let has = |wanted: &str| {
        archive.file_names_raw().any(|name| name.eq_ignore_ascii_case(wanted.as_bytes()))
    };
    let kind = if has("xl/workbook.xml") {
        FileKind::Xlsx
    } else if has("xl/workbook.bin") {
        FileKind::Xlsb
    } else if has("word/document.xml") {
        FileKind::Word
    } else if has("mimetype") && has("content.xml") {
        open_document_kind(bytes)
    } else {
        FileKind::Unknown
    };
    Envelope::Sound(kind)
}

/// Returns the kind that the first entry of an OpenDocument package names; it is stored, not
/// deflated, so that it can be read here.
fn open_document_kind(bytes: &[u8]) -> FileKind {
    let head = bytes.get(..256).unwrap_or(bytes);
    if contains(head, b"opendocument.spreadsheet") {
        FileKind::Ods
    } else if contains(head, b"opendocument.text") {
        FileKind::Word
    } else {
        FileKind::Unknown
    }
}

/// Returns what an archive without its directory was, by the names before its entries.
fn guess_broken_zip(bytes: &[u8]) -> FileKind {
    if contains(bytes, b"xl/workbook.bin") {
        FileKind::Xlsb
    } else if contains(bytes, b"xl/") || contains(bytes, b"[Content_Types].xml") {
        FileKind::Xlsx
    } else if contains(bytes, b"word/") {
        FileKind::Word
    } else {
        open_document_kind(bytes)
    }
}

fn sniff_compound(bytes: &[u8]) -> Envelope {
    let Ok(file) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        return Envelope::Broken(FileKind::Xls);
    };
    let has = |stream: &str| file.is_stream(stream);
    if has("/EncryptedPackage") || has("/EncryptionInfo") {
        Envelope::Locked(FileKind::Xlsx)
    } else if has("/Workbook") || has("/Book") {
        Envelope::Sound(FileKind::Xls)
    } else if has("/WordDocument") {
        Envelope::Sound(FileKind::Word)
    } else {
        Envelope::Sound(FileKind::Unknown)
    }
}

/// Returns whether a program left the file behind: lock files, half-written files, folder settings.
fn is_leftover(name: &str) -> bool {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.starts_with("~$")
        || base.starts_with(".~lock.")
        || matches!(extension(base).as_deref(), Some("tmp" | "crdownload" | "part" | "partial"))
        || ["thumbs.db", "desktop.ini", ".ds_store"].contains(&base.to_ascii_lowercase().as_str())
}

/// Returns whether the bytes are an owner file of Office under another name: 165 bytes (162 for
/// Word) that begin with the length of the name that follows.
fn is_owner_file(bytes: &[u8]) -> bool {
    matches!(bytes.len(), 162 | 165)
        && bytes.first().is_some_and(|length| (1..=54).contains(length))
        && !bytes.starts_with(ZIP)
}

fn extension(name: &str) -> Option<String> {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.rsplit_once('.').map(|(_, extension)| extension.trim().to_ascii_lowercase())
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_known_by_name_or_content() {
        let mut owner = vec![0u8; 165];
        owner[0] = 5;
        let temporary = Envelope::Sound(FileKind::Temporary);
        assert_eq!(sniff("2024-03/~$BC xa.xlsx", b"whatever"), temporary);
        assert_eq!(sniff("a.tmp", ZIP), temporary);
        assert_eq!(sniff("a.xlsx", &owner), temporary);
        assert_eq!(sniff("a.xlsx", b""), Envelope::Sound(FileKind::Empty));
    }

    #[test]
    fn content_decides_and_the_extension_is_compared() {
        assert_eq!(sniff("a.xls", b"%PDF-1.7 ..."), Envelope::Sound(FileKind::Pdf));
        assert_eq!(sniff("a.xls", b"<html>"), Envelope::Sound(FileKind::Unknown));
        assert_eq!(sniff("a.xls", COMPOUND), Envelope::Broken(FileKind::Xls));
        assert_eq!(
            sniff("a.xlsx", b"PK\x03\x04....xl/worksheets"),
            Envelope::Broken(FileKind::Xlsx)
        );
        assert!(extension_lies("BC T3.XLS", FileKind::Xlsx));
        assert!(!extension_lies("BC T3.XLSM", FileKind::Xlsx));
        assert!(!extension_lies("BC T3", FileKind::Xlsx));
    }
}

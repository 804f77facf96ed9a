//! What a file is, by its content; the extension is only compared with it. It opens no workbook:
//! archives are asked for the names in them, compound files for their streams.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{FileKind, compound, sniff_text};

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

/// Bytes of a broken archive in which names are looked for.
const MAX_GUESSED: usize = 8 << 20;
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
    Envelope::Sound(
        by_first_bytes(bytes).or_else(|| sniff_text::kind(bytes)).unwrap_or(FileKind::Unknown),
    )
}

/// Returns whether nothing but zeros is in a file, or nothing else from its middle on: room that was
/// made for an upload which never ended.
pub(super) fn ends_in_zeros(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len() / 2..).unwrap_or_default();
    tail.len() >= 256 && tail.iter().all(|byte| *byte == 0)
}

/// Returns the kind that the first bytes of a file promise.
fn by_first_bytes(bytes: &[u8]) -> Option<FileKind> {
    let kinds: [(&[u8], FileKind); 17] = [
        (b"\x09\x00\x04\x00", FileKind::OldXls),
        (b"\x09\x02\x06\x00", FileKind::OldXls),
        (b"\x09\x04\x06\x00", FileKind::OldXls),
        (b"\x09\x08\x08\x00", FileKind::OldXls),
        (b"\x09\x08\x10\x00", FileKind::OldXls),
        (b"Rar!\x1a\x07", FileKind::Packed),
        (b"7z\xbc\xaf\x27\x1c", FileKind::Packed),
        (b"\x1f\x8b", FileKind::Packed),
        (b"BZh", FileKind::Packed),
        (b"\xfd7zXZ\x00", FileKind::Packed),
        (b"\x89PNG\r\n\x1a\n", FileKind::Image),
        (b"\xff\xd8\xff", FileKind::Image),
        (b"GIF8", FileKind::Image),
        (b"II*\x00", FileKind::Image),
        (b"MM\x00*", FileKind::Image),
        (b"{\\rtf", FileKind::Word),
        (b"BM", FileKind::Image),
    ];
    let known = kinds.iter().find(|(head, _)| bytes.starts_with(head)).map(|(_, kind)| *kind);
    // A file of words may begin with "BM" too.
    let is_picture = known != Some(FileKind::Image) || sniff_text::kind(bytes).is_none();
    let container = match bytes.get(4..12) {
        Some(brand) if brand.starts_with(b"ftyphei") || brand.starts_with(b"ftypmif") => {
            Some(FileKind::Image)
        }
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => {
            Some(FileKind::Image)
        }
        _ => None,
    };
    known.filter(|_| is_picture).or(container)
}

/// Returns whether the extension promises another kind of file than the content is.
pub(super) fn extension_lies(name: &str, kind: FileKind) -> bool {
    let promised = match extension(name).as_deref() {
        Some("xlsx" | "xlsm" | "xltx" | "xltm") => FileKind::Xlsx,
        Some("xls" | "xlt") => FileKind::Xls,
        Some("xlsb") => FileKind::Xlsb,
        Some("ods") => FileKind::Ods,
        Some("fods") => FileKind::FlatOds,
        Some("xml") => FileKind::SpreadsheetXml,
        Some("htm" | "html") => FileKind::Html,
        Some("csv" | "tsv") => FileKind::Delimited,
        Some("zip") => FileKind::Zip,
        Some("rar" | "7z" | "gz") => FileKind::Packed,
        Some("doc" | "docx" | "rtf") => FileKind::Word,
        Some("ppt" | "pptx") => FileKind::Slides,
        Some("pdf") => FileKind::Pdf,
        Some("jpg" | "jpeg" | "png" | "bmp" | "gif" | "tif" | "tiff") => FileKind::Image,
        _ => return false,
    };
    let old = promised == FileKind::Xls && kind == FileKind::OldXls;
    promised != kind && !old && !matches!(kind, FileKind::Empty | FileKind::Temporary)
}

fn sniff_zip(bytes: &[u8]) -> Envelope {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Envelope::Broken(guess_broken_zip(bytes));
    };
    // Some programs write folders as Windows does.
    let with_slashes = |name: &[u8]| -> Vec<u8> {
        name.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect()
    };
    let names: Vec<Vec<u8>> = archive.file_names_raw().map(with_slashes).collect();
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted.as_bytes()));
    // A package that lost a part is still no zip of files.
    let has_any = |folder: &[u8]| names.iter().any(|name| name.starts_with(folder));
    let is_package = has("[Content_Types].xml") || has_any(b"META-INF/");
    let kind = if has("xl/workbook.xml") {
        FileKind::Xlsx
    } else if has("xl/workbook.bin") {
        FileKind::Xlsb
    } else if has("word/document.xml") {
        FileKind::Word
    } else if has("ppt/presentation.xml") {
        FileKind::Slides
    } else if has_any(b"xl/") {
        FileKind::Xlsx
    } else if has("mimetype") {
        open_document_kind(&mimetype(archive))
    } else if has("content.xml") {
        FileKind::Ods
    } else if is_package || archive.is_empty() {
        FileKind::Unknown
    } else {
        FileKind::Zip
    };
    Envelope::Sound(kind)
}

/// Returns what an OpenDocument package says that it is; some programs pack that too.
fn mimetype(mut archive: ZipArchive<Cursor<&[u8]>>) -> Vec<u8> {
    let mut words = Vec::new();
    if let Ok(part) = archive.by_name("mimetype") {
        // What cannot be unpacked says nothing.
        let _damaged = part.take(256).read_to_end(&mut words);
    }
    words
}

/// Returns the kind that the beginning of an OpenDocument package names.
fn open_document_kind(bytes: &[u8]) -> FileKind {
    let head = bytes.get(..256).unwrap_or(bytes);
    if contains(head, b"opendocument.spreadsheet") {
        FileKind::Ods
    } else if contains(head, b"opendocument.text") {
        FileKind::Word
    } else if contains(head, b"opendocument.presentation") {
        FileKind::Slides
    } else {
        FileKind::Unknown
    }
}

/// Returns what an archive without its directory was, by the names before its entries.
fn guess_broken_zip(bytes: &[u8]) -> FileKind {
    let bytes = bytes.get(..MAX_GUESSED).unwrap_or(bytes);
    if contains(bytes, b"xl/workbook.bin") {
        FileKind::Xlsb
    } else if contains(bytes, b"xl/") || contains(bytes, b"[Content_Types].xml") {
        FileKind::Xlsx
    } else if contains(bytes, b"word/") {
        FileKind::Word
    } else {
        match open_document_kind(bytes) {
            FileKind::Unknown => FileKind::Zip,
            kind => kind,
        }
    }
}

fn sniff_compound(bytes: &[u8]) -> Envelope {
    let Ok(file) = compound::open(bytes) else {
        return Envelope::Broken(FileKind::Xls);
    };
    let has = |stream: &str| file.is_stream(stream);
    if has("/EncryptedPackage") || has("/EncryptionInfo") {
        Envelope::Locked(FileKind::Xlsx)
    } else if has("/Workbook") || has("/Book") {
        Envelope::Sound(FileKind::Xls)
    } else if has("/WordDocument") {
        Envelope::Sound(FileKind::Word)
    } else if has("/PowerPoint Document") {
        Envelope::Sound(FileKind::Slides)
    } else {
        Envelope::Sound(FileKind::Unknown)
    }
}

/// Returns whether a program left the file behind: lock files, half-written files, folder settings.
pub fn is_leftover(name: &str) -> bool {
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
        for (bytes, kind) in [
            (&b"<html>"[..], FileKind::Html),
            (b"\x09\x00\x04\x00\x02\x00\x10\x00", FileKind::OldXls),
            (b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00", FileKind::OldXls),
            (b"Rar!\x1a\x07\x01\x00", FileKind::Packed),
            (b"7z\xbc\xaf\x27\x1c\x00\x04", FileKind::Packed),
            (b"\x89PNG\r\n\x1a\n\x00", FileKind::Image),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind::Image),
            (b"BM\x36\x00\x00\x00\x00\x00", FileKind::Image),
            (b"BM;1\n", FileKind::Delimited),
            (b"{\\rtf1\\ansi}", FileKind::Word),
            (b"\x7fELF\x02\x01\x01\x00", FileKind::Unknown),
            (&[0; 600], FileKind::Unknown),
        ] {
            assert_eq!(sniff("a.xls", bytes), Envelope::Sound(kind), "{bytes:?}");
        }
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

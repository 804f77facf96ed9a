//! A zip of files: each file in it is read on its own, under its name below that of the zip. A zip
//! within a zip is not opened.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use encoding_rs::WINDOWS_1258;
use zip::{ZipArchive, result::ZipError};

use super::{
    FileKind, Refusal, limits,
    sniff::{Envelope, sniff},
};

/// Files in a zip; a district's month fits ten times.
const MAX_FILES: usize = 1_000;

/// A file in a zip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedFile {
    /// Its path in the zip, with `/` between folders.
    pub path: String,
    /// Its bytes, or why they are not there.
    pub content: Result<Vec<u8>, Refusal>,
}

/// Gives the files of a zip, one after the other, so that no two of them are kept; none when the file is
/// no zip of files or is refused as a whole.
pub fn unpack(name: &str, bytes: &[u8], mut take: impl FnMut(PackedFile)) {
    let is_zip = sniff(name, bytes) == Envelope::Sound(FileKind::Zip);
    if !is_zip || check(bytes).is_err() {
        return;
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return };
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut room = limits::MAX_UNPACKED;
    for index in 0..archive.len() {
        let raw = archive.by_index_raw(index).map(|part| part.name_raw().to_vec());
        let Ok(raw) = raw else { continue };
        let Some(path) = path_of(&raw) else { continue };
        let content = content(&mut archive, index, &mut room);
        let taken = known.entry(path.clone()).or_default();
        *taken += 1;
        let path = if *taken == 1 { path } else { format!("{path} ({taken})") };
        take(PackedFile { path, content });
    }
}

/// Returns how many files are in a zip.
pub(super) fn count(bytes: &[u8]) -> usize {
    ZipArchive::new(Cursor::new(bytes)).map_or(0, |archive| files_in(&archive))
}

fn files_in(archive: &ZipArchive<Cursor<&[u8]>>) -> usize {
    archive.file_names_raw().filter(|name| path_of(name).is_some()).count()
}

/// Checks what the zip as a whole may cost, and that no file in it hides another.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return Err(Refusal::Empty) };
    match files_in(&archive) {
        0 => Err(Refusal::Empty),
        files if files > MAX_FILES => {
            Err(Refusal::TooLarge(format!("{files} tệp trong tệp nén > {MAX_FILES}")))
        }
        _ if archive.has_duplicate_names() => {
            Err(Refusal::Damaged("hai tệp trong tệp nén cùng một tên".to_owned()))
        }
        _ => Ok(()),
    }
}

fn content(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    room: &mut u64,
) -> Result<Vec<u8>, Refusal> {
    let part = archive.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Encrypted,
        other => Refusal::Damaged(other.to_string()),
    })?;
    let name = String::from_utf8_lossy(part.name_raw()).into_owned();
    let most = (limits::MAX_BYTES as u64).min(*room);
    let mut bytes = Vec::new();
    part.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Refusal::Damaged(error.to_string()))?;
    // What was unpacked in vain counts as well: a thousand names may stand for one large stream.
    *room = room.saturating_sub(bytes.len() as u64);
    if bytes.len() as u64 > most {
        return Err(Refusal::TooLarge(format!("hơn {most} byte sau khi giải nén")));
    }
    if sniff(&name, &bytes) == Envelope::Sound(FileKind::Zip) {
        return Err(Refusal::PackedTwice);
    }
    Ok(bytes)
}

/// Returns the path of a file in a zip; nothing for folders and what a Mac adds. Old programs write
/// names in the code page of their machine.
fn path_of(raw: &[u8]) -> Option<String> {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => WINDOWS_1258.decode_without_bom_handling(raw).0.into_owned(),
    };
    let name = name.replace('\\', "/");
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    let path = parts.collect::<Vec<_>>().join("/");
    let passed_over = name.ends_with('/') || path.is_empty() || path.starts_with("__MACOSX/");
    (!passed_over).then_some(path)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn unpacked(name: &str, bytes: &[u8]) -> Vec<PackedFile> {
        let mut files = Vec::new();
        unpack(name, bytes, |file| files.push(file));
        files
    }

    #[test]
    fn files_come_out_under_safe_names() {
        let inner = packed(&[("b.csv", b"1")]);
        let bytes = packed(&[
            ("../../etc/A01.csv", b"A01;1"),
            ("thư mục\\xã.csv", b"A01;2"),
            ("__MACOSX/._xã.csv", b"x"),
            ("b.zip", &inner),
        ]);
        let file = |path: &str, content: Result<&[u8], Refusal>| PackedFile {
            path: path.to_owned(),
            content: content.map(<[u8]>::to_vec),
        };
        let expected = [
            file("etc/A01.csv", Ok(b"A01;1")),
            file("thư mục/xã.csv", Ok(b"A01;2")),
            file("b.zip", Err(Refusal::PackedTwice)),
        ];
        assert_eq!(unpacked("a.zip", &bytes), expected);
        assert_eq!(unpacked("a.xlsx", b"no zip"), []);
    }

    #[test]
    fn a_bomb_stops_at_the_limit_and_the_other_files_stay() {
        let zeros = vec![0; limits::MAX_BYTES + 1];
        let bytes = packed(&[("bomb.csv", &zeros), ("a.csv", b"A01;1")]);
        let files = unpacked("a.zip", &bytes);
        assert!(matches!(files[0].content, Err(Refusal::TooLarge(_))));
        assert_eq!(files[1].content, Ok(b"A01;1".to_vec()));
        let bombs: Vec<String> = (0..9).map(|number| format!("{number}.csv")).collect();
        let bombs: Vec<(&str, &[u8])> = bombs.iter().map(|name| (name.as_str(), &*zeros)).collect();
        let mut room = limits::MAX_UNPACKED;
        let bytes = packed(&bombs);
        let mut archive = ZipArchive::new(Cursor::new(&*bytes)).unwrap();
        assert!((0..9).all(|index| content(&mut archive, index, &mut room).is_err()));
        assert_eq!(room, 0, "what was unpacked in vain counts");
        let many: Vec<String> = (0..=MAX_FILES).map(|number| number.to_string()).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert!(matches!(check(&packed(&many)), Err(Refusal::TooLarge(_))));
    }
}

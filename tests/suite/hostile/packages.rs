//! Packages taken apart and put together again, and small envelopes made by hand.

use std::io::{Cursor, Read, Write};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Parts of a package, in their order.
pub type Parts = Vec<(String, Vec<u8>)>;

pub fn parts(package: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        })
        .collect()
}

pub fn package(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    packed(parts, SimpleFileOptions::default())
}

/// Returns a package whose parts are not compressed.
pub fn stored(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let stored = zip::CompressionMethod::Stored;
    packed(parts, SimpleFileOptions::default().compression_method(stored))
}

fn packed(parts: &[(String, Vec<u8>)], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Returns a package with a part changed.
pub fn patched(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut parts = parts(bytes);
    let (_, content) = parts.iter_mut().find(|(name, _)| name == part).expect(part);
    *content = change(String::from_utf8(std::mem::take(content)).unwrap()).into_bytes();
    package(&parts)
}

/// Returns a package of parts given by name.
pub fn small(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let owned: Parts =
        parts.iter().map(|(name, content)| ((*name).to_owned(), content.to_vec())).collect();
    package(&owned)
}

/// Returns a compound file with these streams.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        file.create_stream(name).unwrap().write_all(content).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// Returns the stream of a workbook of Excel 97–2003.
pub fn stream(xls: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    let mut file = cfb::CompoundFile::open(Cursor::new(xls)).unwrap();
    file.open_stream("/Workbook").unwrap().read_to_end(&mut content).unwrap();
    content
}

/// Returns the records of such a stream: kind and content.
pub fn records(stream: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let mut records = Vec::new();
    let mut rest = stream;
    while rest.len() >= 4 {
        let kind = u16::from_le_bytes([rest[0], rest[1]]);
        let length = usize::from(u16::from_le_bytes([rest[2], rest[3]]));
        records.push((kind, rest[4..4 + length].to_vec()));
        rest = &rest[4 + length..];
    }
    records
}

/// Returns a workbook of Excel 97–2003 of these records; places within the stream keep their values
/// as long as no record changes its length.
pub fn xls(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (kind, content) in records {
        stream.extend(kind.to_le_bytes());
        stream.extend((content.len() as u16).to_le_bytes());
        stream.extend(content);
    }
    compound(&[("/Workbook", &stream)])
}

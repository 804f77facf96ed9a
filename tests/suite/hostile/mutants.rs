//! Mutants of good returns: bytes of any file, and the XML of packages that are put together again
//! with right checksums. In old binary workbooks nothing guards a number against a changed bit, so
//! that there only whole pieces are lost, doubled or emptied.

#![expect(
    clippy::string_slice,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "places are found in the same text, and the sample returns are known"
)]

use super::{
    packages::{package, parts},
    random::Random,
};

/// Returns a mutant and what was done to it.
pub fn mutant(path: &str, bytes: &[u8], random: &mut Random) -> (Vec<u8>, String) {
    let is_package = bytes.starts_with(b"PK") && !path.contains('~');
    let readable = is_package && zip::ZipArchive::new(std::io::Cursor::new(bytes)).is_ok();
    match random.below(3) {
        0 if path.ends_with(".xls") && !is_package => pieces(bytes, random),
        0 => bytes_changed(bytes, random),
        1 if readable && path.ends_with(".xlsx") => sheet_changed(bytes, random),
        1 if readable => part_lost(bytes, random),
        2 if readable => match random.below(4) {
            0 => part_lost(bytes, random),
            1 => part_cut(bytes, random),
            _ if path.ends_with(".xlsx") => sheet_changed(bytes, random),
            _ => part_cut(bytes, random),
        },
        _ if path.ends_with(".xls") => pieces(bytes, random),
        _ => bytes_changed(bytes, random),
    }
}

fn bytes_changed(bytes: &[u8], random: &mut Random) -> (Vec<u8>, String) {
    if random.below(2) == 0 {
        return pieces(bytes, random);
    }
    let mut mutant = bytes.to_vec();
    let mut places = Vec::new();
    for _ in 0..=random.below(8) {
        let place = random.below(mutant.len());
        if let Some(byte) = mutant.get_mut(place) {
            *byte ^= 1 << random.below(8);
            places.push(place);
        }
    }
    (mutant, format!("bits at {places:?} of {}", bytes.len()))
}

/// Loses, doubles, empties or exchanges pieces, or adds one.
fn pieces(bytes: &[u8], random: &mut Random) -> (Vec<u8>, String) {
    let sector = 512;
    let sectors = bytes.len() / sector;
    let from = random.below(sectors) * sector;
    let to = (from + (1 + random.below(4)) * sector).min(bytes.len());
    let (before, piece, after) = (&bytes[..from], &bytes[from..to], &bytes[to..]);
    let (what, mutant) = match random.below(6) {
        0 => ("lost", [before, after].concat()),
        1 => ("doubled", [before, piece, piece, after].concat()),
        2 => ("emptied", [before, &vec![0; piece.len()], after].concat()),
        3 => ("cut before", before.to_vec()),
        4 => ("exchanged", [after, piece, before].concat()),
        _ => ("added behind", [bytes, piece].concat()),
    };
    (mutant, format!("{from}..{to} of {} {what}", bytes.len()))
}

fn part_lost(bytes: &[u8], random: &mut Random) -> (Vec<u8>, String) {
    let mut parts = parts(bytes);
    let (name, content) = parts.remove(random.below(parts.len()));
    if random.below(2) == 0 {
        return (package(&parts), format!("without {name}"));
    }
    parts.insert(0, (format!("{name}.old"), content));
    (package(&parts), format!("{name} under another name"))
}

fn part_cut(bytes: &[u8], random: &mut Random) -> (Vec<u8>, String) {
    let mut parts = parts(bytes);
    let index = random.below(parts.len());
    let (name, content) = &mut parts[index];
    let length = random.below(content.len());
    content.truncate(length);
    let what = format!("{name} cut at {length}");
    (package(&parts), what)
}

/// Changes the cells of a sheet in a way that leaves it a workbook.
fn sheet_changed(bytes: &[u8], random: &mut Random) -> (Vec<u8>, String) {
    let mut parts = parts(bytes);
    let sheets: Vec<usize> = (0..parts.len())
        .filter(|index| {
            parts[*index].0.contains("worksheets/") && parts[*index].0.ends_with(".xml")
        })
        .collect();
    if sheets.is_empty() {
        return part_cut(bytes, random);
    }
    let index = random.pick(&sheets);
    let sheet = String::from_utf8(parts[index].1.clone()).unwrap();
    let values: Vec<usize> = sheet.match_indices("<v>").map(|(at, _)| at).collect();
    if values.is_empty() {
        return part_cut(bytes, random);
    }
    let at = random.pick(&values);
    let (before, rest) = sheet.split_at(at);
    let (value, after) = rest[3..].split_once("</v>").unwrap();
    let (what, changed) = cell_changed(&sheet, (before, value, after), random);
    let what = format!("{}: {what} ({value} at {at})", parts[index].0);
    parts[index].1 = changed.into_bytes();
    (package(&parts), what)
}

fn cell_changed(
    sheet: &str,
    (before, value, after): (&str, &str, &str),
    random: &mut Random,
) -> (&'static str, String) {
    let with = |value: &str| format!("{before}<v>{value}</v>{after}");
    let cell = |attributes: &str| match before.rsplit_once("<c ") {
        Some((head, tag)) => format!("{head}<c {attributes} {tag}<v>{value}</v>{after}"),
        None => sheet.to_owned(),
    };
    // A number may be any number: only an index can be wrong.
    let is_index = before.rsplit_once("<c ").is_some_and(|(_, tag)| tag.contains("t=\"s\""));
    let row = before.rfind("<row ").and_then(|from| {
        let end = sheet[from..].find("</row>")? + from + "</row>".len();
        Some((from, end))
    });
    let (from, end) = row.unwrap_or((0, 0));
    match random.below(18) {
        0 => ("blanks in a value", with(&format!("\n {value} "))),
        1 => ("a formula alone", format!("{before}<f>1+1</f>{after}")),
        2 => ("a formula without a value", format!("{before}<f>1+1</f><v></v>{after}")),
        3 => ("NaN", with("NaN")),
        4 => ("infinite", with("1e999")),
        5 | 6 if !is_index => ("blanks in a value", with(&format!(" {value}\t"))),
        5 => ("a string that is not there", with("99999999")),
        6 => ("a negative index", with(&format!("-{value}"))),
        7 => ("no number", with("1O")),
        8 => ("a comment in a value", with(&format!("{value}<!-- 7 -->"))),
        9 => ("CDATA", with(&format!("<![CDATA[{value}]]>"))),
        10 => ("the row twice", format!("{}{}{}", &sheet[..end], &sheet[from..end], &sheet[end..])),
        11 => {
            let other = sheet[from..end].replace("<v>", "<v>1");
            ("the row twice, otherwise", format!("{}{other}{}", &sheet[..end], &sheet[end..]))
        }
        12 => ("the row lost", format!("{}{}", &sheet[..from], &sheet[end..])),
        13 => {
            let (head, cells) = sheet.split_once("<sheetData>").unwrap_or((sheet, ""));
            let row = &sheet[from..end];
            ("the row first", format!("{head}<sheetData>{row}{}", cells.replace(row, "")))
        }
        14 => {
            let stray = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>7</v></c></row></sheetData>";
            ("a stray cell", sheet.replace("</sheetData>", stray))
        }
        15 => {
            ("another dimension", sheet.replacen("<dimension ref=\"A1", "<dimension ref=\"XFD9", 1))
        }
        16 => ("an entity", with("&bomb;")),
        _ => ("two types", cell("t=\"n\"")),
    }
}

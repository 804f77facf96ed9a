//! The report's workbook in another program: LibreOffice opens it, computes every formula anew and
//! comes to the values that were kept beside them.

use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, Xlsx};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::support::{MARCH, Sandbox, tool};

/// Returns the workbook without the kept values of its formulas, and how many there were.
fn without_kept_values(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut formulas = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let xml = String::from_utf8(content).unwrap();
            let mut pieces = xml.split("</f><v>");
            let mut stripped = pieces.next().unwrap().to_owned();
            for piece in pieces {
                formulas += 1;
                stripped.push_str("</f>");
                stripped.push_str(piece.split_once("</v>").unwrap().1);
            }
            content = stripped.into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    (writer.finish().unwrap().into_inner(), formulas)
}

#[test]
fn libreoffice_computes_what_was_kept() {
    let sandbox = Sandbox::tien_lang();
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    let kept = sandbox.read("output/2024-03/bao-cao-2024-03.xlsx");
    let (stripped, formulas) = without_kept_values(&kept);
    assert!(formulas > 60, "{formulas}");
    sandbox.write("moi/bao-cao.xlsx", stripped);
    let profile = format!("-env:UserInstallation=file://{}", sandbox.path("lo").display());
    let (target, source) = (sandbox.path("anew"), sandbox.path("moi/bao-cao.xlsx"));
    let arguments = [
        profile.as_str(),
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        target.to_str().unwrap(),
        source.to_str().unwrap(),
    ];
    if tool("soffice", &arguments).is_none() {
        return;
    }
    let mut kept = Xlsx::new(Cursor::new(kept)).unwrap();
    let mut anew = Xlsx::new(Cursor::new(sandbox.read("anew/bao-cao.xlsx"))).unwrap();
    let mut compared = 0;
    for sheet in kept.sheet_names() {
        let formulas = kept.worksheet_formula(&sheet).unwrap();
        let (kept, anew) =
            (kept.worksheet_range(&sheet).unwrap(), anew.worksheet_range(&sheet).unwrap());
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, column, formula) in formulas.used_cells() {
            let place = (top + row as u32, left + column as u32);
            let value = |range: &calamine::Range<Data>| range.get_value(place).cloned();
            match (value(&kept), value(&anew)) {
                (Some(Data::Float(kept)), Some(Data::Float(anew))) => {
                    assert!(
                        (kept - anew).abs() < 1e-9,
                        "{sheet} {place:?} {formula}: {kept} {anew}"
                    );
                }
                (kept, anew) => assert_eq!(kept, anew, "{sheet} {place:?} {formula}"),
            }
            compared += 1;
        }
    }
    assert_eq!(compared, formulas);
}

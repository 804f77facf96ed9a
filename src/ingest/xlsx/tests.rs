//! The quick way against the library, sheet by sheet and cell by cell: on the sample returns, on
//! sheets made for it and on mutants of them.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::{quick, sheets_by_library};
use crate::{
    ingest::{
        CellContent,
        workbook::{SheetState, Worksheet},
    },
    place::CellRef,
};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Styles: general, a number, a percentage, a date, a duration, a percent sign in quotes, a date of
/// its own, an unknown format.
const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><styleSheet><numFmts count=\"4\">\
    <numFmt numFmtId=\"164\" formatCode=\"#,##0\"/><numFmt numFmtId=\"165\" formatCode=\"0.0%\"/>\
    <numFmt numFmtId=\"166\" formatCode=\"0&quot;%&quot;\"/>\
    <numFmt numFmtId=\"167\" formatCode=\"dd/mm/yyyy\"/></numFmts>\
    <fonts><font/></fonts><cellStyleXfs><xf numFmtId=\"0\"/></cellStyleXfs>\
    <cellXfs><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"14\"/>\
    <xf numFmtId=\"46\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"><alignment/></xf>\
    <xf numFmtId=\"999\"/></cellXfs></styleSheet>";

/// Shared strings: plain, blank, in runs, with blanks that count, with entities, empty.
const STRINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <sst count=\"9\" uniqueCount=\"7\"><si><t>Tổng số</t></si><si><t>  </t></si>\
    <si><r><t>Tiên </t></r><r><rPr><b/><sz val=\"11\"/></rPr>\
    <t xml:space=\"preserve\"> Minh </t></r></si>\
    <si><t xml:space=\"preserve\"> a\n b </t></si><si><t>R&amp;D &lt;1_2&gt;</t></si><si/>\
    <si><t/></si></sst>";

/// A sheet with every kind of cell that the quick way knows.
const SHEET: &str = "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\"/></sheetView>\
    </sheetViews><cols><col min=\"1\" max=\"1\"/><col min=\"7\" max=\"16384\" width=\"9\" \
    hidden=\"1\"/></cols><sheetData>\
    <row r=\"1\" spans=\"1:8\" ht=\"36\" x14ac:dyDescent=\"0.25\"><c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c>\
    <c r=\"B1\" s=\"1\"/><c r=\"C1\" t=\"s\"><v>1</v></c><c r=\"D1\" t=\"s\"><v>2</v></c>\
    <c r=\"E1\" t=\"s\"><v>3</v></c><c r=\"F1\" t=\"s\"><v>4</v></c><c r=\"G1\" t=\"s\"><v>5</v></c></row>\
    <row r=\"2\"><c r=\"A2\"><v>1.234</v></c><c r=\"B2\" s=\"1\"><v>-12</v></c>\
    <c r=\"C2\" s=\"2\"><v>0.855</v></c><c r=\"D2\" s=\"3\"><v>45366</v></c>\
    <c r=\"E2\" s=\"3\"><v>0.5</v></c><c r=\"F2\" s=\"4\"><v>1.5</v></c>\
    <c r=\"G2\" s=\"5\"><v>7</v></c><c r=\"H2\" s=\"6\"><v>45366.5</v></c>\
    <c r=\"I2\" s=\"7\"><v>1E-3</v></c><c r=\"J2\" s=\"0\"><v>0.1</v></c></row>\
    <row r=\"3\" hidden=\"1\"/><row r=\"4\" hidden=\"1\" ht=\"9\"><c r=\"A4\"><f>SUM(A1:A2)</f><v>3</v></c><c r=\"B4\"><f>A1&amp;\"x\"</f></c>\
    <c r=\"C4\" t=\"str\"><f t=\"shared\" ref=\"C4:C9\" si=\"0\">A1</f><v>a &lt; b</v></c>\
    <c r=\"D4\"><f t=\"shared\" si=\"0\"/><v></v></c><c r=\"E4\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>\
    <c r=\"F4\" t=\"b\"><v>1</v></c><c r=\"G4\" t=\"inlineStr\"><is><t>thôn Đông</t></is></c>\
    <c r=\"H4\" t=\"n\"><v/></c><c r=\"I4\" t=\"s\"><f>A1</f><v>1</v></c>\
    <c r=\"J4\" t=\"str\"><f>A1</f><v></v></c></row>\
    <row r=\"6000\"><c r=\"A6000\"><v>5</v></c></row></sheetData>\
    <autoFilter ref=\"A1:B4\"><filterColumn colId=\"0\"/></autoFilter>\
    <mergeCells count=\"2\"><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"C2:D4\"/></mergeCells>\
    <pageMargins left=\"0.4\"/>";

/// Returns a workbook of one sheet, the content of whose element `worksheet` is given.
fn workbook(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    package(&format!("<?xml version=\"1.0\"?><worksheet>{sheet}</worksheet>"), strings, styles)
}

fn package(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    let list = "<workbook><workbookPr date1904=\"0\"/><sheets>\
                <sheet name=\"Biểu 01\" sheetId=\"1\" r:id=\"rId1\"/>\
                <sheet name=\"Ẩn\" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/></sheets></workbook>";
    let relations = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{RELATIONSHIPS}/worksheet\" \
         Target=\"/xl/worksheets/Sheet1.xml\"/><Relationship Id=\"rId2\" \
         Type=\"{RELATIONSHIPS}/worksheet\" Target=\"worksheets/none.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{RELATIONSHIPS}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("_rels/.rels", root.as_str()),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/workbook.xml", list),
        ("xl/styles.xml", styles),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/Sheet1.xml", sheet),
        ("xl/theme/theme1.xml", "no XML at all"),
    ] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Returns whether a workbook takes the quick way, after comparing it with the library's.
fn is_quick(bytes: &[u8], what: &str) -> bool {
    let Some(quick) = quick::sheets(bytes) else { return false };
    let slow = sheets_by_library(bytes).unwrap_or_else(|refusal| panic!("{refusal:?}: {what}"));
    assert_same(&quick, &slow, what);
    true
}

fn assert_same(quick: &[Worksheet], slow: &[Worksheet], what: &str) {
    let names = |sheets: &[Worksheet]| -> Vec<String> {
        sheets.iter().map(|sheet| sheet.name.clone()).collect()
    };
    assert_eq!(names(quick), names(slow), "{what}");
    for (quick, slow) in quick.iter().zip(slow) {
        match (&quick.state, &slow.state) {
            (SheetState::Read(quick), SheetState::Read(slow)) => assert_eq!(quick, slow, "{what}"),
            (quick, slow) => assert_eq!(format!("{quick:?}"), format!("{slow:?}"), "{what}"),
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the sample returns stand on the disk")]
fn every_sample_return_takes_the_quick_way() {
    let (mut read, mut quick) = (0, 0);
    for month in ["2024-01", "2024-02", "2024-03"] {
        let folder = format!("{}/input/{month}", env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let is_xlsx = path.extension().is_some_and(|extension| extension == "xlsx");
            if is_xlsx && sheets_by_library(&bytes).is_ok() {
                read += 1;
                quick += usize::from(is_quick(&bytes, &path.display().to_string()));
            }
        }
    }
    assert!(read > 100 && quick == read, "{quick} of {read} files take the quick way");
}

#[test]
fn every_kind_of_cell_is_read_as_the_library_does() {
    let bytes = workbook(SHEET, STRINGS, STYLES);
    assert!(is_quick(&bytes, "the whole sheet"));
    let sheets = quick::sheets(&bytes).unwrap();
    let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
    let text = |words: &str| CellContent::Text(words.to_owned());
    for ((row, column), expected) in [
        ((0, 0), text("Tổng số")),
        ((0, 3), text("Tiên Minh ")),
        ((0, 4), text(" a\n b ")),
        ((0, 5), text("R&D <1_2>")),
        ((0, 6), CellContent::Empty),
        ((1, 0), CellContent::Percent(1.234)),
        ((1, 2), CellContent::Percent(0.855)),
        ((1, 4), CellContent::ShownOtherwise(0.5, "định dạng mm-dd-yy".to_owned())),
        ((1, 7), CellContent::Date("2024-03-15".to_owned())),
        ((3, 1), CellContent::FormulaWithoutValue),
        ((3, 4), CellContent::Error("#DIV/0!".to_owned())),
        ((3, 5), CellContent::Boolean(true)),
        ((3, 6), text("thôn Đông")),
        ((3, 9), CellContent::Empty),
    ] {
        assert_eq!(grid.at(row, column), &expected, "{row}, {column}");
    }
    assert_eq!(grid.stray, Some(CellRef { row: 5_999, column: 0 }));
    assert!(matches!(sheets[1].state, SheetState::Hidden));
    assert_eq!(grid.hidden.rows.iter().copied().collect::<Vec<_>>(), [3], "row 3 is empty");
    assert_eq!(grid.hidden.columns.iter().copied().collect::<Vec<_>>(), [6, 7, 8, 9]);
    assert!(grid.hidden.filtered);
}

#[test]
fn dates_of_the_other_epoch_are_read_as_the_library_does() {
    let bytes = workbook(SHEET, STRINGS, STYLES);
    let other = ("date1904=\"0\"", "date1904=\"1\"");
    let bytes = crate::ingest::samples::patch(&bytes, "xl/workbook.xml", other);
    assert!(is_quick(&bytes, "1904"));
    let sheets = quick::sheets(&bytes).unwrap();
    let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
    assert_eq!(grid.at(1, 7), &CellContent::Date("2028-03-16".to_owned()));
}

#[test]
fn cells_without_a_style_have_the_first_one() {
    let shown = |format: &str, number: f64| {
        let first = format!("<cellXfs><xf numFmtId=\"{format}\"/>");
        let styles = STYLES.replace("<cellXfs><xf numFmtId=\"9\"/>", &first);
        let styles = styles.replace("0.0%", "#,##0,");
        let sheet = format!(
            "<sheetData><row r=\"1\"><c r=\"A1\"><v>{number}</v></c>\
             <c r=\"B1\" s=\"0\"><v>{number}</v></c></row></sheetData>"
        );
        let bytes = workbook(&sheet, STRINGS, &styles);
        assert!(is_quick(&bytes, format), "{format}");
        let sheets = quick::sheets(&bytes).unwrap();
        let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
        assert_eq!(grid.at(0, 0), grid.at(0, 1), "{format}");
        grid.at(0, 0).clone()
    };
    assert_eq!(shown("0", 45_366.0), CellContent::Number(45_366.0));
    assert_eq!(shown("9", 0.5), CellContent::Percent(0.5));
    assert_eq!(shown("14", 45_366.0), CellContent::Date("2024-03-15".to_owned()));
    assert_eq!(shown("167", 45_366.0), CellContent::Date("2024-03-15".to_owned()));
    let thousands = CellContent::ShownOtherwise(45_366.0, "định dạng #,##0,".to_owned());
    assert_eq!(shown("165", 45_366.0), thousands);
}

#[test]
fn what_is_kept_of_the_styles_of_a_workbook_is_used_for_the_same_styles_only() {
    let other = STYLES.replace("<xf numFmtId=\"167\">", "<xf numFmtId=\"9\">");
    let shown = |styles: &str| {
        let bytes = workbook(SHEET, STRINGS, styles);
        assert!(is_quick(&bytes, styles));
        let sheets = quick::sheets(&bytes).unwrap();
        let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
        grid.at(1, 7).clone()
    };
    for _ in 0..2 {
        assert_eq!(shown(STYLES), CellContent::Date("2024-03-15".to_owned()));
        assert_eq!(shown(&other), CellContent::Percent(45_366.5));
    }
    // Of the same bytes it matters where the library looks for styles.
    let elsewhere = ("Target=\"xl/workbook.xml\"", "Target=\"xl/./workbook.xml\"");
    let bytes = workbook(SHEET, STRINGS, STYLES);
    let bytes = crate::ingest::samples::patch(&bytes, "_rels/.rels", elsewhere);
    is_quick(&bytes, "another place");
}

#[test]
fn what_is_kept_of_a_frame_is_used_for_the_same_parts_only() {
    let usual = workbook(SHEET, STRINGS, STYLES);
    let patched =
        |part: &str, from: &str, to: &str| crate::ingest::samples::patch(&usual, part, (from, to));
    let other_epoch = patched("xl/workbook.xml", "date1904=\"0\"", "date1904=\"1\"");
    let other_words = workbook(&SHEET.replace("45366.5", "45367.5"), STRINGS, STYLES);
    let day = |bytes: &[u8]| {
        assert!(is_quick(bytes, "a frame that came before"));
        let sheets = quick::sheets(bytes).unwrap();
        let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
        grid.at(1, 7).clone()
    };
    let date = |day: &str| CellContent::Date(day.to_owned());
    for _ in 0..2 {
        assert_eq!(day(&usual), date("2024-03-15"));
        assert_eq!(day(&other_epoch), date("2028-03-16"));
        assert_eq!(day(&other_words), date("2024-03-16"));
    }
    // The same frame in a package that is damaged is none.
    let size = usual.len();
    let cut = usual.get(..size / 2).unwrap();
    assert!(quick::sheets(cut).is_none());
}

#[test]
fn usual_variants_take_the_quick_way_and_unusual_ones_are_left_to_the_library() {
    let cell = |cell: &str| format!("<sheetData><row r=\"1\">{cell}</row></sheetData>");
    let value = cell("<c r=\"A1\"><v>1</v></c>");
    for (sheet, expected) in [
        ("<sheetData/>".to_owned(), true),
        ("<dimension ref=\"A1:B2\"/>\n <sheetData>\n</sheetData>\n".to_owned(), true),
        (format!("{value}<mergeCells count=\"0\"></mergeCells>"), true),
        (format!("{value}<mergeCells count=\"0\"/>"), false),
        (format!("<dimension ref=\"?\"/>{value}"), false),
        (format!("<dimension/>{value}"), false),
        (format!("<x:dimension ref=\"1\"/>{value}"), false),
        (format!("<!-- <sheetData/> -->{value}"), false),
        (format!("{value}<!-- <mergeCells> -->"), false),
        (format!("{value}<mergeCells><mergeCell ref=\"B2:A1\"/></mergeCells>"), false),
        (format!("{value}<x:mergeCells><mergeCell ref=\"A1:B2\"/></x:mergeCells>"), false),
        (cell("<c><v>1</v></c>"), false),
        (cell("<c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>2</v></c>"), false),
        (cell("<c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c>"), false),
        (cell("<c r=\"A1\" s=\"88\"><v>1</v></c>"), false),
        (cell("<c r=\"A1\" t=\"s\"><v>99</v></c>"), false),
        (cell("<c r=\"A1\" t=\"d\"><v>2024-03-15</v></c>"), false),
        (cell("<c r=\"A1\" t=\"b\"><v>true</v></c>"), false),
        (cell("<c r=\"A1\"><v>1</v><v>2</v></c>"), false),
        (cell("<c r=\"A1\"><v>NaN</v></c>"), false),
        (cell("<c r=\"A1\"><v> 1 </v></c>"), false),
        (cell("<c r=\"A1\"><v><![CDATA[1]]></v></c>"), false),
        (cell("<c r=\"A1\"><v>1</v><extLst/></c>"), false),
        (cell("<c r='A1'><v>1</v></c>"), false),
        (cell("<c r=\"XFE1\"><v>1</v></c>"), false),
        (cell("<c r=\"A1\" t=\"str\"><v>a&#10;b</v></c>"), false),
        (cell("<c r=\"A1\" t=\"str\"><v>_x000D_</v></c>"), false),
        (cell("<c r=\"A1\" t=\"inlineStr\"><is><t>a</t><rPh><t>b</t></rPh></is></c>"), false),
        (cell("<x:c r=\"A1\"><v>1</v></x:c>"), false),
    ] {
        assert_eq!(is_quick(&workbook(&sheet, STRINGS, STYLES), &sheet), expected, "{sheet}");
    }
    let prefixed = "<x:worksheet xmlns:x=\"x\"><x:sheetData/></x:worksheet>";
    assert!(!is_quick(&package(prefixed, STRINGS, STYLES), prefixed));
    for strings in ["<sst><si><t>a</t><phoneticPr/></si></sst>", "<sst><si><t><b/></t></si></sst>"]
    {
        assert!(!is_quick(&workbook(SHEET, strings, STYLES), strings), "{strings}");
    }
}

#[test]
fn mutants_are_read_as_the_library_does() {
    let pieces = [
        "<",
        ">",
        "/",
        "\"",
        " ",
        "&amp;",
        "&#10;",
        "<v>",
        "</v>",
        "<c r=\"C3\">",
        "</c>",
        "<f>",
        "</row>",
        "<row>",
        "<t>",
        "</t>",
        "<r>",
        "<si>",
        "1",
        "-",
        ".5",
        "E2",
        "A",
        "x:",
        "s=\"3\"",
        " t=\"str\"",
        "]]>",
        "<!-- -->",
        "\u{301}",
        "\n",
    ];
    let mut state: u64 = 0x0006_0020_2403;
    let mut next = |limit: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % limit
    };
    let mut quick = 0;
    for round in 0..1_500 {
        let mut parts = [SHEET, STRINGS, STYLES].map(str::to_owned);
        let part = &mut parts[if round % 3 > 0 { 0 } else { next(3) }];
        for _ in 0..=next(2) {
            let places: Vec<usize> = part.char_indices().map(|(place, _)| place).collect();
            let from = next(places.len());
            let to = (from + next(4) * next(6)).min(places.len() - 1);
            let piece = pieces[next(pieces.len())];
            let piece = if next(4) == 0 { "" } else { piece };
            part.replace_range(places[from]..places[to], piece);
        }
        let [sheet, strings, styles] = &parts;
        let what = format!("{sheet}\n{strings}\n{styles}");
        quick += usize::from(is_quick(&workbook(sheet, strings, styles), &what));
    }
    assert!(quick > 150, "only {quick} mutants took the quick way");
}

//! Numbers of which the cell shows other digits: what a leader sees in the file is not what is stored,
//! and the unit has to say which is meant.

use super::{
    figures::{Figures, Findings},
    packages::patched,
    silent::{one, run},
};

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STYLES: &str = "xl/styles.xml";
const OTHERWISE: &str = "DA06-S20";

/// Returns a return of a commune with its figure A03 in a cell of this format.
fn formatted(bytes: &[u8], code: &str) -> Vec<u8> {
    let code = code.replace('"', "&quot;");
    let styled = patched(bytes, STYLES, |text| {
        let format = format!("<numFmt numFmtId=\"199\" formatCode=\"{code}\"/></numFmts>");
        let text = text.replace("</numFmts>", &format);
        text.replace("</cellXfs>", "<xf numFmtId=\"199\" applyNumberFormat=\"1\"/></cellXfs>")
    });
    with_last_style(bytes, &styled)
}

/// Returns a return with its figure A03 in a white font, on a fill if one is given.
fn white(bytes: &[u8], fill: Option<&str>) -> Vec<u8> {
    let (font, last_fill) =
        (count_of(bytes, "<fonts count=\""), count_of(bytes, "<fills count=\""));
    let styled = patched(bytes, STYLES, |text| {
        let text = text.replace("</fonts>", "<font><color rgb=\"FFFFFFFF\"/></font></fonts>");
        let own = fill.map_or(String::new(), |color| {
            format!(
                "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{color}\"/></patternFill></fill>"
            )
        });
        let text = text.replace("</fills>", &format!("{own}</fills>"));
        let fill = if fill.is_some() { last_fill } else { 0 };
        let style = format!("<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\"/></cellXfs>");
        text.replace("</cellXfs>", &style)
    });
    with_last_style(bytes, &styled)
}

/// Returns a return with its figure A03 in a cell with borders of its own.
fn bordered(bytes: &[u8], border: &str) -> Vec<u8> {
    let last = count_of(bytes, "<borders count=\"");
    let styled = patched(bytes, STYLES, |text| {
        let text = text.replace("</borders>", &format!("{border}</borders>"));
        let style = format!("<xf numFmtId=\"0\" borderId=\"{last}\"/></cellXfs>");
        text.replace("</cellXfs>", &style)
    });
    with_last_style(bytes, &styled)
}

/// Gives the figure A03 the style that follows those of the original.
fn with_last_style(bytes: &[u8], styled: &[u8]) -> Vec<u8> {
    let style = count_of(bytes, "<cellXfs count=\"");
    patched(styled, SHEET, |text| {
        let (head, cell) = text.split_once("<c r=\"F19\" s=\"").expect("the figure A03");
        let (_, rest) = cell.split_once('"').unwrap();
        format!("{head}<c r=\"F19\" s=\"{style}\"{rest}")
    })
}

/// Returns a workbook with a comment in it, which leaves it to the library.
fn left_to_the_library(bytes: &[u8]) -> Vec<u8> {
    patched(bytes, SHEET, |text| text.replace("<sheetData>", "<!-- --><sheetData>"))
}

fn count_of(bytes: &[u8], list: &str) -> usize {
    let mut parts = super::packages::parts(bytes).into_iter();
    let (_, styles) = parts.find(|(name, _)| name == STYLES).expect("styles");
    let styles = String::from_utf8(styles).unwrap();
    let (_, cells) = styles.split_once(list).unwrap();
    cells.split_once('"').unwrap().0.parse().unwrap()
}

#[test]
fn a_white_number_on_white_is_a_finding() {
    let (path, bytes) = one("Tien Minh T3.xlsx");
    for (fill, is_told) in [(None, true), (Some("FFFFFFFF"), true), (Some("FF1F4E79"), false)] {
        let quick = white(&bytes, fill);
        let slow = left_to_the_library(&quick);
        for bytes in [quick, slow] {
            let found = Findings::of(&run(&path, &bytes));
            assert_eq!(found.has(OTHERWISE), is_told, "{fill:?}");
        }
    }
}

#[test]
fn a_cell_that_is_crossed_out_is_a_finding() {
    let (path, bytes) = one("Tien Minh T3.xlsx");
    let border = |sides: &str, line: &str| {
        format!("<border {sides}><left/><right/><top/><bottom/><diagonal{line}/></border>")
    };
    for (sides, line, is_told) in [
        ("diagonalUp=\"1\"", " style=\"thin\"", true),
        ("diagonalDown=\"1\"", " style=\"thin\"", true),
        ("diagonalUp=\"1\"", "", false),
        ("", " style=\"thin\"", false),
    ] {
        let quick = bordered(&bytes, &border(sides, line));
        let slow = left_to_the_library(&quick);
        for bytes in [quick, slow] {
            let found = Findings::of(&run(&path, &bytes));
            assert_eq!(found.has(OTHERWISE), is_told, "{sides}{line}");
        }
    }
}

#[test]
fn a_format_that_shows_other_digits_is_a_finding() {
    let (path, bytes) = one("Tien Minh T3.xlsx");
    let original = Figures::of(&run(&path, &bytes));
    for (code, is_told) in [("#,##0,", true), ("\"12\"", true), ("#,##0_);(#,##0)", false)] {
        let quick = formatted(&bytes, code);
        let slow = left_to_the_library(&quick);
        for bytes in [quick, slow] {
            let sandbox = run(&path, &bytes);
            assert_eq!(Findings::of(&sandbox).has(OTHERWISE), is_told, "{code}");
            let differences = Figures::of(&sandbox).differences(&original);
            assert_eq!(differences.len(), usize::from(is_told), "{code}: {differences:?}");
        }
    }
}

#[test]
fn words_that_are_not_the_stored_number_are_a_finding() {
    let (path, bytes) = one("Phu nu huyen.ods");
    assert!(!Findings::of(&run(&path, &bytes)).has(OTHERWISE));
    let changed = patched(&bytes, "content.xml", |text| {
        let float = "office:value-type=\"float\" office:value=\"";
        let mut cells = text.split(float);
        let first = cells.next().unwrap_or_default().to_owned();
        cells.fold(first, |text, cell| text + float + &cell.replacen("<text:p>", "<text:p>9", 1))
    });
    assert!(Findings::of(&run(&path, &changed)).has(OTHERWISE));
}

#[test]
fn a_cell_of_another_namespace_is_no_figure() {
    let (path, bytes) = one("Tien Minh T3.xlsx");
    for cell in [
        "<x:c xmlns:x=\"urn:x\" r=\"F19\"><x:v>9</x:v></x:c>",
        "<c xmlns=\"urn:x\" r=\"F19\"><v>9</v></c>",
    ] {
        let changed = patched(&bytes, SHEET, |text| {
            let (head, rest) = text.split_once("<c r=\"F19\"").expect("the figure A03");
            let (_, rest) = rest.split_once("</c>").unwrap();
            format!("{head}{cell}{rest}")
        });
        assert!(Findings::of(&run(&path, &changed)).rejects(&path), "{cell}");
    }
}

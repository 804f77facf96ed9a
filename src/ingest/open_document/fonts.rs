//! The fonts of the cells of an OpenDocument spreadsheet: of the cell's style, its row's and column's,
//! of the styles these inherit from, and of words that have one of their own. Looked at only when a
//! text seems to be of an old encoding; cells without words have none.

use std::{collections::BTreeMap, io::Cursor};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use super::{
    MAX_REPEATED_COLUMNS, MAX_REPEATED_ROWS,
    package::{CONTENT, part},
};
use crate::{
    ingest::{
        fonts::SheetFonts,
        markup::{MarkupError, attribute, count, pass_over},
    },
    place::CellRef,
    text::legacy::Typeface,
};

/// Most cells of which the font is kept.
const MAX_CELLS: usize = 200_000;
/// Longest way from a style to the one that names a font.
const MAX_PARENTS: usize = 16;
/// Families of styles.
const CELL: &str = "table-cell";
const TEXT: &str = "text";

/// Family and name of a style; the default of a family has no name.
type StyleName = (String, String);

/// Returns the fonts of the named sheets of a package; nothing if it has no content.
pub(in crate::ingest) fn fonts(bytes: &[u8], names: &[&str]) -> Option<Vec<SheetFonts>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let styles = part(&mut archive, "styles.xml").unwrap_or_default();
    let content = part(&mut archive, CONTENT).ok()?;
    fonts_of([styles.as_str(), content.as_str()], names)
}

/// Returns the fonts of the named sheets of a document in one file.
pub(in crate::ingest) fn flat_fonts(document: &str, names: &[&str]) -> Option<Vec<SheetFonts>> {
    fonts_of([document], names)
}

fn fonts_of<'a>(
    parts: impl IntoIterator<Item = &'a str>,
    names: &[&str],
) -> Option<Vec<SheetFonts>> {
    let mut fonts = Fonts::default();
    for part in parts {
        fonts.take(part).ok()?;
    }
    Some(fonts.of_sheets(names))
}

/// What parts of a document say of fonts.
#[derive(Default)]
struct Fonts {
    /// Names that a document gives to fonts.
    declared: BTreeMap<String, Typeface>,
    styles: BTreeMap<StyleName, Style>,
    /// The style whose properties pass by.
    open: Option<StyleName>,
    sheets: BTreeMap<String, SheetFonts>,
}

#[derive(Default)]
struct Style {
    parent: Option<String>,
    face: Option<Typeface>,
}

/// The sheet that passes by.
#[derive(Default)]
struct Sheet {
    name: String,
    fonts: SheetFonts,
    /// Styles of columns: the first column behind them and the style.
    columns: Vec<(u32, Option<String>)>,
    /// The row, how often it stands, and its style.
    row: u32,
    repeated: u32,
    style: Option<String>,
    column: u32,
}

impl Fonts {
    /// Takes what a part says; one that ends before its elements do says what it said so far.
    fn take(&mut self, part: &str) -> Result<(), MarkupError> {
        let mut reader = Reader::from_str(part);
        let mut sheet: Option<Sheet> = None;
        loop {
            match reader.read_event()? {
                Event::Start(element) => match (element.local_name().as_ref(), &mut sheet) {
                    ("tracked-changes" | "annotation" | "shapes" | "meta" | "scripts", _) => {
                        pass_over(&mut reader)?;
                    }
                    ("table", None) => sheet = Some(self.begin(&element)),
                    ("table-cell", Some(sheet)) => self.take_cell(&mut reader, &element, sheet)?,
                    (name, sheet) => self.take_element(name, &element, sheet.as_mut()),
                },
                Event::Empty(element) => match (element.local_name().as_ref(), &mut sheet) {
                    ("table-cell" | "covered-table-cell", Some(sheet)) => sheet.skip(&element),
                    (name, sheet) => {
                        self.take_element(name, &element, sheet.as_mut());
                        self.end_element(name, sheet);
                    }
                },
                Event::End(element) => {
                    self.end_element(element.local_name().as_ref(), &mut sheet);
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// Returns the fonts of the named sheets.
    fn of_sheets(mut self, names: &[&str]) -> Vec<SheetFonts> {
        names.iter().map(|name| self.sheets.remove(*name).unwrap_or_default()).collect()
    }

    fn take_element(&mut self, name: &str, element: &BytesStart<'_>, sheet: Option<&mut Sheet>) {
        match (name, sheet) {
            ("font-face", _) => {
                let named = attribute(element, "name").zip(attribute(element, "font-family"));
                self.declared.extend(named.map(|(name, family)| (name, face_of(&family))));
            }
            ("style" | "default-style", _) => {
                let family = attribute(element, "family").unwrap_or_default();
                let parent = attribute(element, "parent-style-name");
                let name = (family, attribute(element, "name").unwrap_or_default());
                self.styles.insert(name.clone(), Style { parent, face: None });
                self.open = Some(name);
            }
            ("text-properties", _) => {
                let declared = attribute(element, "font-name").map(|name| {
                    self.declared.get(&name).copied().unwrap_or_else(|| face_of(&name))
                });
                let own = || attribute(element, "font-family").map(|family| face_of(&family));
                let style = self.open.as_ref().and_then(|name| self.styles.get_mut(name));
                if let (Some(style), Some(face)) = (style, declared.or_else(own)) {
                    style.face = Some(face);
                }
            }
            ("table-column", Some(sheet)) => sheet.take_columns(element),
            ("table-row", Some(sheet)) => sheet.begin_row(element),
            ("covered-table-cell", Some(sheet)) => sheet.skip(element),
            _ => {}
        }
    }

    fn end_element(&mut self, name: &str, sheet: &mut Option<Sheet>) {
        match name {
            "style" | "default-style" => self.open = None,
            "table-row" => {
                if let Some(sheet) = sheet {
                    sheet.row = sheet.row.saturating_add(sheet.repeated);
                }
            }
            "table" => {
                let ended = sheet.take().map(|sheet| (sheet.name, sheet.fonts));
                self.sheets.extend(ended);
            }
            _ => {}
        }
    }

    fn begin(&self, element: &BytesStart<'_>) -> Sheet {
        let usual = self.face(CELL, "Default").or_else(|| self.face(CELL, ""));
        let name = attribute(element, "name").unwrap_or_default();
        Sheet { name, fonts: SheetFonts { usual, ..SheetFonts::default() }, ..Sheet::default() }
    }

    /// Returns the font of a style, its own or that of the nearest style it inherits from.
    fn face(&self, family: &str, name: &str) -> Option<Typeface> {
        let mut name = name.to_owned();
        for _ in 0..MAX_PARENTS {
            let style = self.styles.get(&(family.to_owned(), name))?;
            if style.face.is_some() {
                return style.face;
            }
            name = style.parent.clone()?;
        }
        None
    }

    /// Takes the font of a cell up to its end.
    fn take_cell(
        &self,
        reader: &mut Reader<&[u8]>,
        element: &BytesStart<'_>,
        sheet: &mut Sheet,
    ) -> Result<(), MarkupError> {
        let first = sheet.column;
        sheet.skip(element);
        let own = attribute(element, "style-name");
        let style = own.or_else(|| sheet.style.clone()).or_else(|| sheet.of_column(first));
        let of_cell = style.and_then(|style| self.face(CELL, &style));
        let Some(face) = self.words(reader)?.or(of_cell) else { return Ok(()) };
        if Some(face) == sheet.fonts.usual {
            return Ok(());
        }
        for row in 0..sheet.repeated.min(MAX_REPEATED_ROWS) {
            for column in first..sheet.column.min(first.saturating_add(MAX_REPEATED_COLUMNS)) {
                if sheet.fonts.cells.len() < MAX_CELLS {
                    let cell = CellRef { row: sheet.row.saturating_add(row), column };
                    sheet.fonts.cells.insert(cell, face);
                }
            }
        }
        Ok(())
    }

    /// Returns the font that all words of a cell have of their own; of two of one encoding that of
    /// small letters.
    fn words(&self, reader: &mut Reader<&[u8]>) -> Result<Option<Typeface>, MarkupError> {
        let mut open: Vec<Option<Typeface>> = Vec::new();
        let mut faces: Vec<Option<Typeface>> = Vec::new();
        loop {
            match reader.read_event()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "annotation" | "frame" | "custom-shape" | "object" => pass_over(reader)?,
                    name => {
                        let style = attribute(&element, "style-name").filter(|_| name == "span");
                        let own = style.and_then(|style| self.face(TEXT, &style));
                        open.push(own.or_else(|| open.last().copied().flatten()));
                    }
                },
                Event::Text(text) if !text.xml10_content().trim().is_empty() => {
                    faces.push(open.last().copied().flatten());
                }
                Event::End(_) if open.is_empty() => return Ok(common(&faces)),
                Event::End(_) => drop(open.pop()),
                Event::Eof => return Err(MarkupError::CutOff),
                _ => {}
            }
        }
    }
}

impl Sheet {
    fn take_columns(&mut self, element: &BytesStart<'_>) {
        let before = self.columns.last().map_or(0, |(end, _)| *end);
        let end = before.saturating_add(count(element, "number-columns-repeated").max(1));
        self.columns.push((end, attribute(element, "default-cell-style-name")));
    }

    fn of_column(&self, column: u32) -> Option<String> {
        let mut columns = self.columns.iter();
        columns.find(|(end, _)| column < *end).and_then(|(_, style)| style.clone())
    }

    fn begin_row(&mut self, element: &BytesStart<'_>) {
        self.column = 0;
        self.repeated = count(element, "number-rows-repeated").max(1);
        self.style = attribute(element, "default-cell-style-name");
    }

    fn skip(&mut self, element: &BytesStart<'_>) {
        self.column = self.column.saturating_add(count(element, "number-columns-repeated").max(1));
    }
}

/// Returns what a family tells; names with blanks stand in quotation marks.
fn face_of(family: &str) -> Typeface {
    Typeface::of_name(family.trim_matches(['\'', '"', ' ']))
}

/// Returns the only font of pieces, or the plain one of a pair of one encoding.
fn common(faces: &[Option<Typeface>]) -> Option<Typeface> {
    let first = (*faces.first()?)?;
    let is_tcvn3 =
        |face: &Option<Typeface>| matches!(face, Some(Typeface::Tcvn3 | Typeface::Tcvn3Capitals));
    match faces {
        faces if faces.iter().all(|face| *face == Some(first)) => Some(first),
        faces if faces.iter().all(is_tcvn3) => Some(Typeface::Tcvn3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fonts by style: default Times, `Default` as it says, `ce1` .VnTime, `ce2` its child, `ce3` VNI.
    const HEAD: &str = "<office:document><office:font-face-decls>\
        <style:font-face style:name=\".VnTime1\" svg:font-family=\"&apos;.VnTime&apos;\"/>\
        </office:font-face-decls><office:styles>\
        <style:default-style style:family=\"table-cell\">\
        <style:text-properties style:font-name=\"Times New Roman\"/></style:default-style>\
        <style:style style:name=\"Default\" style:family=\"table-cell\"/>\
        <style:style style:name=\"ce1\" style:family=\"table-cell\" style:parent-style-name=\"Default\">\
        <style:text-properties style:font-name=\".VnTime1\"/></style:style>\
        <style:style style:name=\"ce2\" style:family=\"table-cell\" style:parent-style-name=\"ce1\"/>\
        <style:style style:name=\"ce3\" style:family=\"table-cell\">\
        <style:text-properties fo:font-family=\"VNI-Times\"/></style:style>\
        <style:style style:name=\"T1\" style:family=\"text\">\
        <style:text-properties style:font-name=\".VnTimeH\"/></style:style>\
        <style:style style:name=\"T2\" style:family=\"text\">\
        <style:text-properties style:font-name=\".VnTime\"/></style:style>\
        </office:styles>";

    fn fonts_in(rows: &str) -> Vec<(String, Option<Typeface>)> {
        let document =
            format!("{HEAD}<table:table table:name=\"A\">{rows}</table:table></office:document>");
        let fonts = flat_fonts(&document, &["A", "B"]).unwrap();
        assert_eq!(fonts[1], SheetFonts::default());
        let places = (0..3).flat_map(|row| (0..3).map(move |column| CellRef { row, column }));
        let named = places.map(|cell| (cell.to_string(), fonts[0].get(cell)));
        named.filter(|(_, face)| *face != Some(Typeface::Other)).collect()
    }

    fn cell(attributes: &str, words: &str) -> String {
        format!("<table:table-cell {attributes}><text:p>{words}</text:p></table:table-cell>")
    }

    #[test]
    fn a_cell_has_the_font_of_its_style_its_row_or_its_column() {
        let rows = format!(
            "<table:table-column/><table:table-column table:default-cell-style-name=\"ce3\"/>\
             <table:table-row>{}{}{}</table:table-row>\
             <table:table-row table:default-cell-style-name=\"ce2\">{}<table:covered-table-cell/>{}\
             </table:table-row><table:table-row><table:table-cell/>{}</table:table-row>",
            cell("table:style-name=\"ce1\"", "a"),
            cell("", "b"),
            cell("table:style-name=\"Default\"", "c"),
            cell("", "d"),
            cell("table:style-name=\"ce3\"", "e"),
            cell("table:number-columns-repeated=\"2\"", "f"),
        );
        let (tcvn3, vni) = (Some(Typeface::Tcvn3), Some(Typeface::Vni));
        let expected =
            [("A1", tcvn3), ("B1", vni), ("A2", tcvn3), ("C2", vni), ("B3", vni), ("C3", vni)];
        let expected = expected.map(|(cell, face)| (cell.to_owned(), face));
        assert_eq!(fonts_in(&rows), expected);
    }

    #[test]
    fn words_with_a_font_of_their_own_go_before_the_cell() {
        let span = |style: &str, words: &str| {
            format!("<text:span text:style-name=\"{style}\">{words}</text:span>")
        };
        for (words, expected) in [
            (span("T1", "a"), Some(Typeface::Tcvn3Capitals)),
            (span("T1", "a") + &span("T2", "b"), Some(Typeface::Tcvn3)),
            (span("T1", &span("unknown", "a")), Some(Typeface::Tcvn3Capitals)),
            (span("T1", "a") + "b", Some(Typeface::Vni)),
            (String::new(), Some(Typeface::Vni)),
        ] {
            let row = format!(
                "<table:table-row>{}</table:table-row>",
                cell("table:style-name=\"ce3\"", &words)
            );
            assert_eq!(fonts_in(&row), [("A1".to_owned(), expected)], "{words}");
        }
    }

    #[test]
    fn styles_that_inherit_from_each_other_name_none() {
        let style = |name, parent| {
            format!(
                "<style:style style:name=\"{name}\" style:family=\"table-cell\" style:parent-style-name=\"{parent}\"/>"
            )
        };
        let mut fonts = Fonts::default();
        fonts.take(&format!("<a>{}{}</a>", style("x", "y"), style("y", "x"))).unwrap();
        assert_eq!(fonts.face(CELL, "x"), None);
    }
}

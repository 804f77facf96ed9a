//! Cells of a sheet that get another look. A cell or row that is not there is inserted in its order;
//! nothing else of the sheet changes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{
    PatchError,
    markup::{Splices, Tag, TagKind, Tags, root},
    styles::Styles,
};
use crate::{compose::feedback::Tone, place::CellRef};

/// The cells of a sheet to mark; without a tone those whose mark is taken away.
pub(super) type Marked = BTreeMap<CellRef, Option<Tone>>;

/// Returns the sheet with its cells marked.
pub(super) fn marked(xml: &str, marks: &Marked, styles: &mut Styles) -> Result<String, PatchError> {
    let mut rows: BTreeMap<u32, BTreeMap<u32, Option<Tone>>> = BTreeMap::new();
    for (cell, tone) in marks {
        rows.entry(cell.row).or_default().insert(cell.column, *tone);
    }
    let mut walk = Walk {
        prefix: root(xml)?.prefix(),
        present: present_rows(xml, &rows)?,
        rows,
        columns: Vec::new(),
        splices: Splices::default(),
        styles,
        section: Section::Head,
        next_row: 0,
        row: None,
    };
    let mut tags = Tags::of(xml);
    while let Some(tag) = tags.next()? {
        walk.tag(tag)?;
    }
    if !walk.rows.is_empty() {
        return Err(PatchError::Unusual("a sheet without rows"));
    }
    Ok(walk.splices.apply(xml))
}

/// Returns the wanted rows that are there; twice is once too many.
fn present_rows(
    xml: &str,
    wanted: &BTreeMap<u32, BTreeMap<u32, Option<Tone>>>,
) -> Result<BTreeSet<u32>, PatchError> {
    let prefix = root(xml)?.prefix();
    let (row, data) = (format!("{prefix}row"), format!("{prefix}sheetData"));
    let mut present = BTreeSet::new();
    let (mut next, mut inside) = (0, false);
    let mut tags = Tags::of(xml);
    while let Some(tag) = tags.next()? {
        if tag.depth == 1 {
            inside = tag.name() == data && tag.kind == TagKind::Start;
        }
        if inside && tag.depth == 2 && tag.opens(&row) {
            let number = row_number(&tag, next);
            next = number + 1;
            if !present.insert(number) && wanted.contains_key(&number) {
                return Err(PatchError::Unusual("a row is there twice"));
            }
        }
    }
    Ok(present)
}

/// Where a walk over a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Head,
    Columns,
    Data,
    Tail,
}

/// A row whose cells are being gathered.
struct Row<'x> {
    tag: Tag<'x>,
    number: u32,
    next_column: u32,
    cells: Vec<(u32, Tag<'x>)>,
}

struct Walk<'x, 's> {
    prefix: &'x str,
    /// Marks that are still to be made.
    rows: BTreeMap<u32, BTreeMap<u32, Option<Tone>>>,
    present: BTreeSet<u32>,
    /// Looks of columns: first, last, number.
    columns: Vec<(u32, u32, u32)>,
    splices: Splices,
    styles: &'s mut Styles,
    section: Section,
    next_row: u32,
    row: Option<Row<'x>>,
}

impl<'x> Walk<'x, '_> {
    fn tag(&mut self, tag: Tag<'x>) -> Result<(), PatchError> {
        let Some(name) = tag.name().strip_prefix(self.prefix) else { return Ok(()) };
        match (tag.depth, name, tag.kind) {
            (1, "cols", TagKind::Start) => self.section = Section::Columns,
            (1, "cols", TagKind::End) => self.section = Section::Head,
            (1, "sheetData", TagKind::Start) => self.section = Section::Data,
            (1, "sheetData", TagKind::End) => {
                let rest = self.missing_rows(u32::MAX)?;
                self.splices.insert(tag.start, rest);
                self.section = Section::Tail;
            }
            (1, "sheetData", TagKind::Empty) => {
                let (open, close) = tag.opened();
                let rows = self.missing_rows(u32::MAX)?;
                self.splices.replace(tag.range(), format!("{open}{rows}{close}"));
                self.section = Section::Tail;
            }
            (2, "col", TagKind::Start | TagKind::Empty) if self.section == Section::Columns => {
                self.column(&tag);
            }
            (2, "row", _) if self.section == Section::Data => self.row_tag(tag)?,
            (3, "c", TagKind::Start | TagKind::Empty) if self.section == Section::Data => {
                if let Some(row) = &mut self.row {
                    let named = tag.attribute("r").and_then(|name| column_of(&name));
                    let column = named.unwrap_or(row.next_column);
                    row.next_column = column.saturating_add(1);
                    row.cells.push((column, tag));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn column(&mut self, tag: &Tag<'_>) {
        let number = |name: &str| tag.attribute(name)?.trim().parse::<u32>().ok();
        if let (Some(first), Some(last), Some(look)) =
            (number("min"), number("max"), number("style"))
        {
            self.columns.push((first.saturating_sub(1), last.saturating_sub(1), look));
        }
    }

    fn row_tag(&mut self, tag: Tag<'x>) -> Result<(), PatchError> {
        if tag.kind == TagKind::End {
            let Some(row) = self.row.take() else { return Ok(()) };
            let Some(wanted) = self.rows.remove(&row.number) else { return Ok(()) };
            let last = self.mark_cells(&row, &wanted)?;
            self.splices.insert(tag.start, last);
            self.widen(&row.tag, &wanted);
            return Ok(());
        }
        let number = row_number(&tag, self.next_row);
        self.next_row = number.saturating_add(1);
        let before = self.missing_rows(number)?;
        self.splices.insert(tag.start, before);
        if tag.kind == TagKind::Start {
            self.row = Some(Row { tag, number, next_column: 0, cells: Vec::new() });
        } else if let Some(wanted) = self.rows.remove(&number) {
            let row = Row { tag, number, next_column: 0, cells: Vec::new() };
            let cells = self.mark_cells(&row, &wanted)?;
            let (open, close) = tag.opened();
            self.splices.replace(tag.range(), format!("{open}{cells}{close}"));
        }
        Ok(())
    }

    /// Marks the cells of a row; returns those that belong behind its last one.
    fn mark_cells(
        &mut self,
        row: &Row<'_>,
        wanted: &BTreeMap<u32, Option<Tone>>,
    ) -> Result<String, PatchError> {
        let mut last = String::new();
        for (column, tone) in wanted {
            let mut same = row.cells.iter().filter(|(known, _)| known == column);
            if let Some((_, cell)) = same.next() {
                if same.next().is_some() {
                    return Err(PatchError::Unusual("a cell is there twice"));
                }
                let base = cell.attribute("s").and_then(|look| look.trim().parse().ok());
                let look = match tone {
                    Some(tone) => Some(self.styles.marked(base.unwrap_or(0), *tone)?),
                    None => self.styles.unmarked(base.unwrap_or(0))?,
                };
                if let Some(look) = look {
                    self.splices.replace(cell.range(), cell.with("s", &look.to_string()));
                }
                continue;
            }
            let Some(tone) = *tone else { continue };
            let cell = self.new_cell(Some(&row.tag), (row.number, *column), tone)?;
            match row.cells.iter().find(|(known, _)| known > column) {
                Some((_, next)) => self.splices.insert(next.start, cell),
                None => last.push_str(&cell),
            }
        }
        Ok(last)
    }

    /// Returns an empty marked cell.
    fn new_cell(
        &mut self,
        row: Option<&Tag<'_>>,
        (number, column): (u32, u32),
        tone: Tone,
    ) -> Result<String, PatchError> {
        let of_row = row.filter(|row| {
            row.attribute("customFormat").is_some_and(|flag| flag == "1" || flag == "true")
        });
        let of_row = of_row.and_then(|row| row.attribute("s")?.trim().parse().ok());
        let of_column = || {
            let found =
                self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
            found.map(|(_, _, look)| *look)
        };
        let base = of_row.or_else(of_column).unwrap_or(0);
        let look = self.styles.marked(base, tone)?;
        let place = CellRef { row: number, column };
        Ok(format!("<{}c r=\"{place}\" s=\"{look}\"/>", self.prefix))
    }

    /// Returns the wanted rows before a row that are not there at all.
    fn missing_rows(&mut self, before: u32) -> Result<String, PatchError> {
        let missing: Vec<u32> = self
            .rows
            .range(..before)
            .map(|(row, _)| *row)
            .filter(|row| !self.present.contains(row))
            .collect();
        let mut rows = String::new();
        for number in missing {
            let mut cells = String::new();
            for (column, tone) in self.rows.remove(&number).unwrap_or_default() {
                if let Some(tone) = tone {
                    cells.push_str(&self.new_cell(None, (number, column), tone)?);
                }
            }
            if cells.is_empty() {
                continue;
            }
            let prefix = self.prefix;
            let number = number + 1;
            let _infallible = write!(rows, "<{prefix}row r=\"{number}\">{cells}</{prefix}row>");
        }
        Ok(rows)
    }

    /// Widens what a row says of its columns, when it does.
    fn widen(&mut self, row: &Tag<'_>, wanted: &BTreeMap<u32, Option<Tone>>) {
        let Some(spans) = row.attribute("spans") else { return };
        let span = spans.split_once(':').and_then(|(first, last)| {
            Some((first.trim().parse::<u32>().ok()?, last.trim().parse::<u32>().ok()?))
        });
        let Some((first, last)) = span else { return };
        let columns = || {
            let marked = wanted.iter().filter(|(_, tone)| tone.is_some());
            marked.map(|(column, _)| column + 1)
        };
        let low = columns().min().map_or(first, |low| low.min(first));
        let high = columns().max().map_or(last, |high| high.max(last));
        if (low, high) != (first, last) {
            self.splices.replace(row.range(), row.with("spans", &format!("{low}:{high}")));
        }
    }
}

/// Returns the number of a row, from 0.
fn row_number(tag: &Tag<'_>, next: u32) -> u32 {
    let named = tag.attribute("r").and_then(|number| number.trim().parse::<u32>().ok());
    named.and_then(|number| number.checked_sub(1)).unwrap_or(next)
}

/// Returns the column of the name of a cell, from 0.
pub(super) fn column_of(name: &str) -> Option<u32> {
    let letters = name.trim().trim_start_matches('$');
    let mut column: u32 = 0;
    for letter in letters.chars().take_while(char::is_ascii_alphabetic) {
        let step = u32::from(letter.to_ascii_uppercase()) - u32::from('A') + 1;
        column = column.checked_mul(26)?.checked_add(step)?;
    }
    column.checked_sub(1)
}

/// Returns the place of a name such as `C12`.
pub(super) fn cell_of(name: &str) -> Option<CellRef> {
    let digits = name.trim().trim_start_matches(|sign: char| !sign.is_ascii_digit());
    let row = digits.parse::<u32>().ok()?.checked_sub(1)?;
    Some(CellRef { row, column: column_of(name)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLES: &str = "<s:styleSheet><s:fills count=\"2\"><s:fill/><s:fill/></s:fills>\
        <s:cellXfs count=\"2\"><s:xf numFmtId=\"0\"/><s:xf numFmtId=\"9\" fillId=\"1\"><s:alignment/>\
        </s:xf></s:cellXfs></s:styleSheet>";

    fn with(xml: &str, cells: &[&str]) -> (String, String) {
        let mut styles = Styles::of(STYLES.to_owned()).unwrap();
        let marks = cells.iter().map(|name| (cell_of(name).unwrap(), Some(Tone::Wrong))).collect();
        let sheet = marked(xml, &marks, &mut styles).unwrap();
        (sheet, styles.into_text().unwrap())
    }

    #[test]
    fn a_cell_keeps_everything_but_its_fill() {
        let xml = "<worksheet><sheetData><row r=\"2\" spans=\"1:2\"><c r=\"A2\" s=\"1\"><v>1</v></c>\
                   <c t=\"s\" r=\"B2\"><v>0</v></c></row></sheetData></worksheet>";
        let (sheet, styles) = with(xml, &["A2", "B2", "D2"]);
        let expected = "<worksheet><sheetData><row r=\"2\" spans=\"1:4\"><c r=\"A2\" s=\"2\"><v>1</v></c>\
                   <c s=\"3\" t=\"s\" r=\"B2\"><v>0</v></c><c r=\"D2\" s=\"3\"/></row></sheetData></worksheet>";
        assert_eq!(sheet, expected);
        assert!(styles.contains("<s:cellXfs count=\"4\">"), "{styles}");
        assert!(
            styles.contains(
                "<s:xf applyFill=\"1\" numFmtId=\"9\" fillId=\"2\"><s:alignment/></s:xf>\
             <s:xf applyFill=\"1\" fillId=\"2\" numFmtId=\"0\"/></s:cellXfs>"
            ),
            "{styles}"
        );
    }

    #[test]
    fn what_is_not_there_is_inserted_in_order() {
        let xml = "<x:worksheet><x:cols><x:col min=\"3\" max=\"4\" style=\"1\"/></x:cols><x:sheetData>\
                   <x:row r=\"3\"/><x:row r=\"5\" s=\"1\" customFormat=\"1\"><x:c r=\"C5\"/></x:row>\
                   <x:row><x:c/><x:c/></x:row></x:sheetData></x:worksheet>";
        let (sheet, _) = with(xml, &["C1", "B3", "A5", "B6", "C6", "A9"]);
        let expected = "<x:worksheet><x:cols><x:col min=\"3\" max=\"4\" style=\"1\"/></x:cols><x:sheetData>\
                   <x:row r=\"1\"><x:c r=\"C1\" s=\"2\"/></x:row>\
                   <x:row r=\"3\"><x:c r=\"B3\" s=\"3\"/></x:row>\
                   <x:row r=\"5\" s=\"1\" customFormat=\"1\"><x:c r=\"A5\" s=\"2\"/><x:c r=\"C5\"/></x:row>\
                   <x:row><x:c/><x:c s=\"3\"/><x:c r=\"C6\" s=\"2\"/></x:row>\
                   <x:row r=\"9\"><x:c r=\"A9\" s=\"3\"/></x:row></x:sheetData></x:worksheet>";
        assert_eq!(sheet, expected);
        let (sheet, _) = with("<worksheet><sheetData/></worksheet>", &["A1"]);
        assert_eq!(
            sheet,
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"2\"/></row></sheetData></worksheet>"
        );
    }

    #[test]
    fn doubled_rows_and_cells_are_left_to_a_rebuilt_copy() {
        let mut styles = Styles::of(STYLES.to_owned()).unwrap();
        for xml in [
            "<worksheet><sheetData><row r=\"1\"/><row r=\"1\"/></sheetData></worksheet>",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"/><c r=\"A1\"/></row></sheetData></worksheet>",
            "<worksheet/>",
        ] {
            let marks = [(cell_of("A1").unwrap(), Some(Tone::Wrong))].into();
            assert!(marked(xml, &marks, &mut styles).is_err(), "{xml}");
        }
    }
}

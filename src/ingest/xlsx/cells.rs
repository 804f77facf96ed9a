//! The cells and merged areas of a worksheet in one pass over its text, for sheets as spreadsheet
//! programs write them: each cell says where it stands, in order. Nothing is guessed: a sheet with
//! anything else in it gives nothing and is left to a complete reader.

use std::borrow::Cow;

use calamine::{CellErrorType, DataRef};
use quick_xml::{Reader, events::Event};

use super::{
    formats::Formats,
    hanging::of_pages,
    strings::string,
    tags::{Head, Row, is_true, number_of, place},
    xml::{Scan, TagEnd, decoded},
};
use crate::{
    ingest::{
        CellContent,
        grid::GridBuilder,
        hidden::HiddenLines,
        merges::Area,
        telling_formulas,
        workbook::{SheetResult, content_of, text_content, too_many_cells},
    },
    place::CellRef,
};

/// About how long the text of a cell is, one without content among them.
const BYTES_OF_A_CELL: usize = 64;
/// The element that a filter has once it hides rows.
pub(super) const FILTER: &str = "filterColumn";

/// What the cells of a workbook refer to.
#[derive(Debug)]
pub(super) struct Shared<'f> {
    /// The shared strings.
    pub(super) strings: Vec<Cow<'f, str>>,
    /// What the styles make of numbers.
    pub(super) formats: &'f Formats,
}

/// Returns the sheet; nothing if it is not of the usual elements alone.
pub(super) fn sheet(part: &[u8], shared: &Shared<'_>) -> Option<SheetResult> {
    let mut scan = Scan::of_part(part)?;
    let mut builder = GridBuilder::with_room(part.len() / BYTES_OF_A_CELL);
    builder.add_formulas([]);
    pass_head(&mut scan, &mut builder.hidden)?;
    if scan.attributes(|_, _| None)? == TagEnd::Open {
        let (style, row, strike) = (None, Row::default(), shared.formats.strike());
        let mut walk =
            Walk { scan, shared, before: None, formula: false, telling: None, style, row };
        while let Some((cell, content)) = walk.next_cell()? {
            if walk.formula {
                builder.add_formulas([cell]);
                builder.telling.extend(walk.telling.take().map(|formula| (cell, formula)));
            }
            if strike && shared.formats.strikes(walk.style) {
                builder.struck.push(cell);
            }
            if let Row { hidden: true, number: Some(row) } = walk.row {
                builder.hidden.hide_rows(row, row);
            }
            if let Err(error) = builder.add(cell, content) {
                return Some(Err(too_many_cells(error)));
            }
        }
        scan = walk.scan;
    }
    builder.hidden.filtered = scan.rest().contains(FILTER);
    builder.hanging.extend(of_pages(scan.rest()));
    let mut merges = merged_areas(scan.rest())?;
    if builder.is_empty() {
        merges.clear();
    }
    Some(builder.finish_merged(merges).map_err(too_many_cells))
}

/// Passes over what stands before the cells, as far as the name `sheetData`.
fn pass_head(scan: &mut Scan<'_>, hidden: &mut HiddenLines) -> Option<()> {
    if !scan.rest().starts_with("<worksheet") {
        return None;
    }
    while !scan.eat("<sheetData") {
        let mut measured = true;
        let mut columns = Columns::default();
        scan.any_tag(|name, key, value| {
            match (name, key) {
                ("dimension", "") => measured = false,
                ("dimension", "ref") => measured = area(value).is_some(),
                ("col", key) => columns.take(key, value),
                _ if is_misplaced(name) => return None,
                _ => {}
            }
            Some(())
        })?;
        columns.give(hidden);
        if !measured {
            return None;
        }
        scan.skip_blanks();
    }
    Some(())
}

/// What an element says of some columns.
#[derive(Default)]
struct Columns {
    first: Option<u32>,
    last: Option<u32>,
    hidden: bool,
}

impl Columns {
    fn take(&mut self, key: &str, value: &str) {
        match key {
            "min" => self.first = number_of(value),
            "max" => self.last = number_of(value),
            "hidden" => self.hidden = is_true(value),
            _ => {}
        }
    }

    fn give(self, hidden: &mut HiddenLines) {
        if let (Some(first @ 1..), Some(last @ 1..), true) = (self.first, self.last, self.hidden) {
            hidden.hide_columns(first - 1, last - 1);
        }
    }
}

/// Returns whether an element before the cells would be taken for one that is read elsewhere.
fn is_misplaced(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name);
    matches!(local, "sheetData" | "mergeCells")
        || (matches!(local, "dimension" | "col") && local != name)
}

/// Returns the merged areas that stand behind the cells.
fn merged_areas(tail: &str) -> Option<Vec<Area>> {
    let ends = tail.trim_ascii_end().ends_with("</worksheet>");
    if !ends || tail.contains("<!") || tail.contains("<?") {
        return None;
    }
    let Some((before, behind)) = tail.split_once("<mergeCells") else {
        return (!tail.contains("mergeCell")).then(Vec::new);
    };
    let (areas, after) = behind.split_once("</mergeCells>")?;
    if before.contains("mergeCell") || after.contains("mergeCell") || !is_balanced(before) {
        return None;
    }
    let mut scan = Scan::of_text(areas);
    if scan.attributes(|_, _| Some(()))? == TagEnd::Closed {
        return None;
    }
    let mut merges = Vec::new();
    loop {
        scan.skip_blanks();
        if scan.rest().is_empty() {
            return Some(merges);
        }
        if !scan.eat("<mergeCell") {
            return None;
        }
        let mut found = None;
        let end = scan.attributes(|key, value| {
            let is_first = key == "ref" && found.is_none();
            found = Some(area(value)?);
            is_first.then_some(())
        })?;
        if end == TagEnd::Open {
            return None;
        }
        merges.push(found?);
    }
}

/// Returns whether every element that begins in a piece of a part ends in it.
fn is_balanced(piece: &str) -> bool {
    let mut reader = Reader::from_str(piece);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// A walk over the cells.
struct Walk<'x> {
    scan: Scan<'x>,
    shared: &'x Shared<'x>,
    /// The cell before, which the next one must follow.
    before: Option<CellRef>,
    /// Whether the last cell has a formula.
    formula: bool,
    /// The formula of the last cell where it tells of its number.
    telling: Option<String>,
    /// The style of the last cell.
    style: Option<usize>,
    /// The row that is open.
    row: Row,
}

impl<'x> Walk<'x> {
    /// Returns the next cell that is not closed at once, or nothing inside at the end of the cells.
    #[expect(clippy::option_option, reason = "what cannot be read is not the end")]
    fn next_cell(&mut self) -> Option<Option<(CellRef, CellContent)>> {
        loop {
            self.scan.skip_blanks();
            if self.scan.eat("<c") {
                let (head, end) = Head::read(&mut self.scan)?;
                let cell = head.place.filter(|cell| self.before.is_none_or(|last| last < *cell))?;
                (self.before, self.style) = (Some(cell), head.style);
                if end == TagEnd::Open {
                    return Some(Some((cell, self.content(head)?)));
                }
            } else if self.scan.eat("<row") {
                let mut row = Row::default();
                self.scan.attributes(|key, value| row.take(key, value))?;
                // Which row it is, is for the library to say.
                if row.hidden && row.number.is_none() {
                    return None;
                }
                self.row = row;
            } else if !self.scan.eat("</row>") {
                return self.scan.eat("</sheetData>").then_some(None);
            }
        }
    }

    /// Returns what stands in a cell and passes over its end tag.
    fn content(&mut self, head: Head<'x>) -> Option<CellContent> {
        let mut formula = false;
        let mut value = None;
        loop {
            self.scan.skip_blanks();
            if self.scan.eat("</c>") {
                self.formula = formula;
                let nothing =
                    if formula { CellContent::FormulaWithoutValue } else { CellContent::Empty };
                return Some(value.flatten().unwrap_or(nothing));
            }
            if value.is_some() {
                return None;
            }
            if self.scan.eat("<v") {
                let end = self.scan.attributes(|key, _| (key == "xml:space").then_some(()))?;
                let is_open = end == TagEnd::Open;
                let text = if is_open { self.scan.text_before("/v>")? } else { "" };
                value = Some(self.value(head, text)?);
            } else if head.kind == Some("inlineStr") && self.scan.eat("<is>") {
                value = Some(Some(text_content(&string(&mut self.scan, "</is>")?)));
            } else if !formula && self.scan.eat("<f") {
                self.pass_formula()?;
                formula = true;
            } else {
                return None;
            }
        }
    }

    /// Returns what a value means by the kind of its cell; nothing inside when it is empty.
    #[expect(clippy::option_option, reason = "what cannot be read is not empty")]
    fn value(&self, head: Head<'_>, text: &str) -> Option<Option<CellContent>> {
        let content = match head.kind {
            Some("str") => text_content(&decoded(text)?),
            None | Some("s" | "n" | "b" | "e") if text.is_empty() => return Some(None),
            Some("s") => {
                let index = usize::try_from(number_of(text)?).ok()?;
                text_content(self.shared.strings.get(index)?)
            }
            None | Some("n") if is_number(text) => {
                self.shared.formats.content_of_number(text.parse().ok()?, head.style)?
            }
            Some("b") if text == "0" || text == "1" => CellContent::Boolean(text == "1"),
            Some("e") => content_of(&DataRef::Error(text.parse::<CellErrorType>().ok()?)),
            _ => return None,
        };
        Some(Some(content))
    }

    /// Passes over a formula whose name was passed.
    fn pass_formula(&mut self) -> Option<()> {
        let mut is_shared = false;
        let mut index = None;
        let end = self.scan.attributes(|key, value| {
            match key {
                "t" => is_shared = value == "shared",
                "si" => index = Some(number_of(value)?),
                "ref" => drop(area(value)?),
                _ => {}
            }
            Some(())
        })?;
        if is_shared && index.is_none() {
            return None;
        }
        if end == TagEnd::Open {
            let text = decoded(self.scan.text_before("/f>")?)?;
            self.telling = telling_formulas::is_telling(&text).then(|| text.into_owned());
        }
        Some(())
    }
}

/// Returns an area of cells, "A1:B2" or "A1".
fn area(reference: &str) -> Option<Area> {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    let (first, last) = (place(first)?, place(last)?);
    (first.row <= last.row && first.column <= last.column).then_some(Area { first, last })
}

/// Returns whether a value is a number in the form that programs write.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(text) {
        return true;
    }
    let (mantissa, exponent) = match text.split_once(['E', 'e']) {
        Some((mantissa, exponent)) => (mantissa, exponent.trim_start_matches(['+', '-'])),
        None => (text, "0"),
    };
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole) && digits(fraction) && digits(exponent)
}

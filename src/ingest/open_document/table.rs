//! A table of an OpenDocument spreadsheet, as it passes by.

use std::{collections::BTreeSet, mem::take};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    MAX_REPEATED_COLUMNS, MAX_REPEATED_ROWS,
    cell::{self, Shown},
};
use crate::{
    ingest::{
        CellContent,
        grid::GridBuilder,
        hanging::{Hanging, HangingKind, MOST_HANGING},
        markup::{MarkupError, attribute, count, pass_over},
        merges::Area,
        number_formats::NumberFormat,
    },
    place::CellRef,
};

/// What a table is.
pub(super) enum Kept {
    /// Of the document.
    Own,
    /// A copy of another file's.
    Foreign,
}

/// Styles whose numbers are not to be read as they stand.
#[derive(Default)]
pub(super) struct Looks {
    /// Of cells and words that are struck through.
    struck: BTreeSet<String>,
    /// Of cells that lines cross out from corner to corner.
    crossed: BTreeSet<String>,
}

impl Looks {
    /// Gives a style what another one has.
    pub(super) fn inherit(&mut self, style: &str, parent: &str) {
        for styles in [&mut self.struck, &mut self.crossed] {
            if styles.contains(parent) {
                styles.insert(style.to_owned());
            }
        }
    }

    /// Takes the properties of a style.
    pub(super) fn take(&mut self, style: &str, element: &BytesStart<'_>) {
        let has_any = |lines: [&str; 2]| {
            let mut lines = lines.into_iter().filter_map(|line| attribute(element, line));
            lines.any(|line| line != "none")
        };
        if has_any(["text-line-through-style", "text-line-through-type"]) {
            self.struck.insert(style.to_owned());
        }
        if has_any(["diagonal-bl-tr", "diagonal-tl-br"]) {
            self.crossed.insert(style.to_owned());
        }
    }

    /// Returns what the styles of a cell and its words make of its number.
    fn of(&self, styles: &[String]) -> NumberFormat {
        let is_any = |known: &BTreeSet<String>| styles.iter().any(|style| known.contains(style));
        if is_any(&self.struck) {
            NumberFormat::Struck
        } else if is_any(&self.crossed) {
            NumberFormat::Crossed
        } else {
            NumberFormat::Plain
        }
    }
}

/// A table that is being read.
pub(super) struct Table<'s> {
    pub(super) builder: GridBuilder,
    looks: &'s Looks,
    pub(super) merges: Vec<Area>,
    /// The row that is open, and how often it stands.
    row: u32,
    repeated: u32,
    column: u32,
    /// The column that the next element about columns speaks of.
    next_column: u32,
    /// Elements within the table that are open.
    depth: usize,
    foreign: bool,
}

impl<'s> Table<'s> {
    /// Returns a table without any row.
    pub(super) fn new(looks: &'s Looks) -> Self {
        Self {
            builder: GridBuilder::default(),
            looks,
            merges: Vec::new(),
            row: 0,
            repeated: 0,
            column: 0,
            next_column: 0,
            depth: 0,
            foreign: false,
        }
    }

    /// Reads it up to its end.
    pub(super) fn read(&mut self, reader: &mut Reader<&[u8]>) -> Result<Kept, MarkupError> {
        loop {
            match reader.read_event()? {
                Event::Start(element) => {
                    let name = element.local_name();
                    match name.as_ref() {
                        "table-row" => self.begin_row(&element),
                        "table-column" => self.take_columns(&element),
                        "table-cell" => {
                            let shown = cell::shown(reader)?;
                            self.cell(&element, shown)?;
                            continue;
                        }
                        "covered-table-cell" => {
                            pass_over(reader)?;
                            self.skip(&element);
                            continue;
                        }
                        "shapes" => {
                            let shown = cell::shown(reader)?;
                            self.hang(CellRef { row: 0, column: 0 }, shown);
                            continue;
                        }
                        "named-expressions" | "forms" | "annotation" => {
                            pass_over(reader)?;
                            continue;
                        }
                        "table-source" => self.foreign = true,
                        _ => {}
                    }
                    self.depth += 1;
                }
                Event::Empty(element) => match element.local_name().as_ref() {
                    "table-row" => {
                        self.begin_row(&element);
                        self.end_row();
                    }
                    "table-column" => self.take_columns(&element),
                    "table-cell" => self.cell(&element, Shown::default())?,
                    "covered-table-cell" => self.skip(&element),
                    "table-source" => self.foreign = true,
                    _ => {}
                },
                Event::End(_) if self.depth == 0 => {
                    return Ok(if self.foreign { Kept::Foreign } else { Kept::Own });
                }
                Event::End(element) => {
                    self.depth -= 1;
                    if element.local_name().as_ref() == "table-row" {
                        self.end_row();
                    }
                }
                Event::Eof => return Err(MarkupError::CutOff),
                _ => {}
            }
        }
    }

    /// Goes behind the end of the table.
    pub(super) fn leave(&mut self, reader: &mut Reader<&[u8]>) -> Result<(), MarkupError> {
        for _ in 0..=self.depth {
            pass_over(reader)?;
        }
        Ok(())
    }

    fn begin_row(&mut self, element: &BytesStart<'_>) {
        self.column = 0;
        self.repeated = count(element, "number-rows-repeated").max(1);
        let shown = attribute(element, "visibility").unwrap_or_default();
        if matches!(shown.as_str(), "collapse" | "filter") {
            let hidden = &mut self.builder.hidden;
            hidden.hide_rows(self.row, self.row.saturating_add(self.repeated - 1));
            hidden.filtered |= shown == "filter";
        }
    }

    /// Takes what an element says of one or more columns.
    fn take_columns(&mut self, element: &BytesStart<'_>) {
        let first = self.next_column;
        self.next_column = first.saturating_add(count(element, "number-columns-repeated").max(1));
        if attribute(element, "visibility").is_some_and(|shown| shown == "collapse") {
            self.builder.hidden.hide_columns(first, self.next_column - 1);
        }
    }

    fn end_row(&mut self) {
        self.row = self.row.saturating_add(self.repeated.max(1));
    }

    fn skip(&mut self, element: &BytesStart<'_>) {
        self.column = self.column.saturating_add(count(element, "number-columns-repeated").max(1));
    }

    /// Keeps the note and the boxes of a cell.
    fn hang(&mut self, cell: CellRef, shown: Shown) {
        let boxes = shown.drawn.into_iter().map(|words| (HangingKind::DrawnBox, words));
        for (kind, words) in boxes.chain([(HangingKind::Note, shown.note)]) {
            if !words.trim().is_empty() && self.builder.hanging.len() < MOST_HANGING {
                self.builder.hanging.push(Hanging { cell, kind, words });
            }
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>, shown: Shown) -> Result<(), MarkupError> {
        let mut shown = shown;
        let (words, mut styles) = (take(&mut shown.words), take(&mut shown.styles));
        let first = CellRef { row: self.row, column: self.column };
        self.skip(element);
        let (wide, high) =
            (count(element, "number-columns-spanned"), count(element, "number-rows-spanned"));
        if wide > 1 || high > 1 {
            let last = CellRef {
                row: first.row.saturating_add(high.max(1) - 1),
                column: first.column.saturating_add(wide.max(1) - 1),
            };
            self.merges.push(Area { first, last });
        }
        let head = cell::head(element);
        if head.has_formula {
            self.builder.add_formulas([first]);
        }
        self.hang(first, shown);
        let mut content = cell::content(&head, &words);
        if content == CellContent::Empty {
            return Ok(());
        }
        styles.extend(attribute(element, "style-name"));
        let look = self.looks.of(&styles);
        let is_struck = look == NumberFormat::Struck;
        if let CellContent::Number(number) = content {
            content = look.content(number);
        }
        for row in 0..self.repeated.min(MAX_REPEATED_ROWS) {
            for column in first.column..self.column.min(first.column + MAX_REPEATED_COLUMNS) {
                let place = CellRef { row: first.row.saturating_add(row), column };
                let added = self.builder.add(place, content.clone());
                added.map_err(MarkupError::from)?;
                if is_struck {
                    self.builder.struck.push(place);
                }
            }
        }
        Ok(())
    }
}

//! What is found in a sheet.

use std::collections::{BTreeMap, BTreeSet};

use super::strange::Strange;
use crate::{
    ingest::{
        CellContent, FurtherRow, LegacyText, Located, Notice, NoticeKind, RawDetail, RawValue,
        grid::Grid,
        header::ValueHeader,
        matcher::{Field, Matcher},
        month::Month,
        month_tables::OtherMonths,
        sheet_owner::PeriodWords,
        stated_rows::StatedRow,
        units::UnitValues,
        withdrawn::{Remarks, Withdrawn},
    },
    place::CellRef,
    template::Measure,
    text::HashSet,
};

/// Figures of a table beside which something is looked for.
const ROWS_TRIED: usize = 3;

/// What a sheet holds; the index of the sheet in places is filled in later.
#[derive(Debug, Default)]
pub(in crate::ingest) struct SheetReading {
    /// Name of the sheet.
    pub(in crate::ingest) name: String,
    /// Fields of the head and boxes, the first of each.
    pub(in crate::ingest) fields: BTreeMap<Field, Located<CellContent>>,
    /// The month that a label announces.
    pub(in crate::ingest) stated: Option<Month>,
    /// The month of a title, when it names one.
    pub(in crate::ingest) title: Option<(Month, Located<CellContent>)>,
    /// The month of a title above the first table that names no year.
    pub(in crate::ingest) short_title: Option<(u32, Located<CellContent>)>,
    /// Who sent it, of a part of a sheet of many units.
    pub(in crate::ingest) sender: Option<Located<CellContent>>,
    /// Whether the mark of sample figures stands in it.
    pub(in crate::ingest) sample: bool,
    /// Number of tables of values.
    pub(in crate::ingest) tables: usize,
    /// Number of tables of any kind whose heads are not displayed.
    pub(in crate::ingest) hidden_tables: usize,
    /// Values.
    pub(in crate::ingest) values: Vec<RawValue>,
    /// Codes of the rows read, as the templates write them.
    pub(in crate::ingest) codes: HashSet<String>,
    /// Rows of indicators that had a row before.
    pub(in crate::ingest) repeated: Vec<FurtherRow>,
    /// Rows that state totals or shares of its figures.
    pub(in crate::ingest) stated_rows: Vec<StatedRow>,
    /// What it would hold if values without a head were read.
    pub(in crate::ingest) headless: Option<Box<Self>>,
    /// Numbers in words beside figures, by the code of the figure.
    pub(in crate::ingest) spoken: Vec<(String, Located<String>)>,
    /// Lines with numbers of a sheet without any figure.
    pub(in crate::ingest) lines: Vec<(CellRef, String)>,
    /// Rows that have a code and a name in other words, with the cell of the code.
    pub(in crate::ingest) other_names: Vec<(String, CellRef)>,
    /// Values that mean something else than the form asks for.
    pub(in crate::ingest) withdrawn: Vec<Withdrawn>,
    /// What the words around its tables say of their numbers.
    pub(in crate::ingest) remarks: Remarks,
    /// Tables of another month.
    pub(in crate::ingest) months: OtherMonths,
    /// Words beside the figures that put them in doubt.
    pub(in crate::ingest) doubts: Vec<(CellRef, String)>,
    /// Months that lines of a sheet without any figure name as those of figures.
    pub(in crate::ingest) said_times: Vec<(CellRef, String, PeriodWords)>,
    /// Words and numbers that are not familiar wherever they stand.
    pub(in crate::ingest) strange: Strange,
    /// Notes of rows.
    pub(in crate::ingest) notes: Vec<(String, Located<String>)>,
    /// Detail tables.
    pub(in crate::ingest) details: Vec<RawDetail>,
    /// What stood in its cells that were decoded from an old encoding.
    pub(in crate::ingest) decoded: Vec<Located<LegacyText>>,
    /// Values that an accepted mapping adds to those above.
    pub(in crate::ingest) mapped: Vec<RawValue>,
    /// What it holds of each unit, when it is of many.
    pub(in crate::ingest) units: Vec<UnitValues>,
    /// What a person should know.
    pub(in crate::ingest) notices: Vec<Notice>,
}

impl SheetReading {
    /// Notes what a person should know about a cell.
    pub(in crate::ingest) fn notice(&mut self, cell: CellRef, kind: NoticeKind) {
        self.notices.push(Notice { sheet: Some(self.name.clone()), cell: Some(cell), kind });
    }

    /// Returns the month that the sheet has named so far.
    pub(in crate::ingest) fn month(&self) -> Option<Month> {
        self.stated.or_else(|| self.title.as_ref().map(|(month, _)| *month))
    }

    /// Returns the figures of a table, filled in; `end` is the first row behind it.
    pub(in crate::ingest) fn figures(
        &self,
        matcher: &Matcher,
        header: &ValueHeader,
        end: u32,
    ) -> impl Iterator<Item = &RawValue> {
        let rows = header.last_row + 1..end;
        self.values.iter().filter(move |value| {
            value.measure == Measure::Value
                && value.content != CellContent::Empty
                && rows.contains(&value.cell.row)
                && header.holds_values(matcher, value.cell.column)
        })
    }

    /// Returns the columns beside the figures of a table in which one of the first rows holds what is looked for.
    pub(in crate::ingest) fn columns_beside(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        (header, end): (&ValueHeader, u32),
        is_meant: impl Fn(CellRef, &CellContent) -> bool,
    ) -> BTreeSet<u32> {
        let tried = self.figures(matcher, header, end).take(ROWS_TRIED);
        let cells = tried.flat_map(|value| grid.row(value.cell.row));
        let columns = cells.filter(|(cell, content)| {
            ![header.code_column, header.name_column].contains(&Some(cell.column))
                && !header.holds_values(matcher, cell.column)
                && is_meant(*cell, content)
        });
        columns.map(|(cell, _)| cell.column).collect()
    }

    /// Returns whether anything of a form stands in the sheet.
    pub(in crate::ingest) fn is_of_a_form(&self) -> bool {
        self.tables > 0 || !self.details.is_empty()
    }
}

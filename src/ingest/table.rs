//! The rows of a table of values: each belongs to an indicator by its code, or without a code by
//! exactly its name. Values are taken as they stand, empty cells of known rows included.

use super::{
    CellContent, Located, NoticeKind, RawValue,
    children::{self, Child},
    codes::{NameOfCode, looks_like_code, normalise_code},
    columns::PartColumns,
    grid::Grid,
    header::ValueHeader,
    headings,
    matcher::{Matcher, PartWords},
    month_tables::Repeated,
    name_doubts::OtherWords,
    pairs::{self, Part},
    repeated::{self, is_of_row},
    sheet::SheetReading,
    units::value_at,
};
use crate::{place::CellRef, template::Measure, text::fold};

/// What a row of a table of values is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// The row of one or two indicators: normalised codes and their cell.
    Indicator(RowCodes, CellRef),
    /// A row with a code that no form knows, as it stands.
    UnknownCode(String, CellRef),
    /// A row with the code of one indicator and the name of another.
    Contradiction {
        /// The normalised code.
        code: String,
        /// The normalised code of the other.
        named: String,
        /// The cell of the code.
        cell: CellRef,
    },
    /// Section, column numbers, words.
    Other,
}

/// The normalised codes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowCodes {
    /// Of one indicator.
    One(String),
    /// Of two, whose numbers share their cells.
    Pair([String; 2]),
}

/// Returns what a row is by its code alone, without looking at any words.
pub(super) fn row_by_code(
    matcher: &Matcher,
    grid: &Grid,
    header: &ValueHeader,
    row: u32,
) -> RowKind {
    let Some(column) = header.code_column else { return RowKind::Other };
    let cell = CellRef { row, column };
    let text = match grid.at(row, column) {
        CellContent::Text(text) => text,
        lost => return lost_row(lost, cell),
    };
    let code = normalise_code(text);
    if matcher.knows_code(&code) {
        return match name_of(matcher, grid, header, (&code, row)) {
            NameOfCode::Other(named) => RowKind::Contradiction { code, named, cell },
            NameOfCode::Own | NameOfCode::None => RowKind::Indicator(RowCodes::One(code), cell),
        };
    }
    if let Some(meant) = matcher.meant_code(&code) {
        let name = name_of(matcher, grid, header, (meant, row));
        if name == NameOfCode::Own || header.name_column.is_none() {
            return RowKind::Indicator(RowCodes::One(meant.to_owned()), cell);
        }
    }
    if let Some(pair) = pairs::codes(matcher, &fold(text)) {
        RowKind::Indicator(RowCodes::Pair(pair), cell)
    } else if looks_like_code(&code) {
        RowKind::UnknownCode(text.trim().to_owned(), cell)
    } else {
        RowKind::Other
    }
}

/// Returns what a row is whose code or name is no words: it must not be lost without any.
fn lost_row(content: &CellContent, cell: CellRef) -> RowKind {
    match content {
        CellContent::Error(words) => RowKind::UnknownCode(words.clone(), cell),
        CellContent::FormulaWithoutValue => {
            RowKind::UnknownCode("công thức chưa có giá trị".to_owned(), cell)
        }
        _ => RowKind::Other,
    }
}

/// Returns what the name in the row of a code says of the code.
fn name_of(
    matcher: &Matcher,
    grid: &Grid,
    header: &ValueHeader,
    (code, row): (&str, u32),
) -> NameOfCode {
    let name = header.name_column.map(|column| grid.at(row, column));
    match name {
        Some(CellContent::Text(words)) => matcher.name_of_code(code, words),
        _ => NameOfCode::None,
    }
}

/// Returns what a row without a code is by its name; a number or an ordinal in the place of the code
/// is none.
pub(super) fn row_by_name(
    matcher: &Matcher,
    grid: &Grid,
    header: &ValueHeader,
    row: u32,
) -> RowKind {
    let is_code = |content: &CellContent| match content {
        CellContent::Empty | CellContent::Number(_) => false,
        CellContent::Text(text) => looks_like_code(&normalise_code(text)),
        _ => true,
    };
    let coded = header.code_column.is_some_and(|column| is_code(grid.at(row, column)));
    // Words alone in a table with codes are a heading: "4/ CBCCVC, NLĐ".
    let is_heading = header.code_column.is_some() && grid.row(row).len() <= 1;
    let is_row = !coded && !is_heading;
    let Some(column) = header.name_column.filter(|_| is_row) else { return RowKind::Other };
    let cell = CellRef { row, column };
    let text = match grid.at(row, column) {
        CellContent::Text(text) => text,
        lost => return lost_row(lost, cell),
    };
    if children::has_dash(text)
        && let Some(child) = children::of((matcher, grid, header), row, text)
    {
        return match child {
            Child::Named(code) => RowKind::Indicator(RowCodes::One(code), cell),
            Child::Detail => RowKind::Other,
        };
    }
    let name = fold(text);
    // "IV. CBCCVC, NGƯỜI LAO ĐỘNG" alone in its row is no row of its own, though it may be a name.
    if grid.row(row).len() <= 1 && headings::is_heading(&name) {
        return RowKind::Other;
    }
    let of_units = matcher.parts.iter().filter(|_| !header.units.is_empty());
    let of_parts = header.parts.iter().map(|columns| &matcher.parts[columns.part]);
    let names = of_parts.chain(of_units).map(|part| &part.names);
    // A heading has nothing behind it.
    if children::heads_children(grid, (row, column)) {
        return RowKind::Other;
    }
    let has_more = || grid.row(row).last().is_some_and(|(last, _)| last.column > column);
    let said = || names.clone().filter(|_| has_more()).find_map(|names| names.said_by(&name));
    match names.clone().find_map(|names| names.find(&name)).or_else(said) {
        Some(code) => RowKind::Indicator(RowCodes::One(code.to_owned()), cell),
        None => match pairs::codes(matcher, &name) {
            Some(pair) => RowKind::Indicator(RowCodes::Pair(pair), cell),
            None => RowKind::Other,
        },
    }
}

/// Takes the values and the note of the row of an indicator.
pub(super) fn take_row(
    matcher: &Matcher,
    grid: &Grid,
    header: &ValueHeader,
    row: (&RowCodes, CellRef),
    found: &mut SheetReading,
) {
    match row {
        (RowCodes::One(code), cell) => take_code(matcher, grid, header, (code, cell, None), found),
        (RowCodes::Pair([one, other]), cell) => {
            take_code(matcher, grid, header, (one, cell, Some((0, 2))), found);
            take_code(matcher, grid, header, (other, cell, Some((1, 2))), found);
        }
    }
}

fn take_code(
    matcher: &Matcher,
    grid: &Grid,
    header: &ValueHeader,
    (code, cell, of_row): (&str, CellRef, Option<Part>),
    found: &mut SheetReading,
) {
    if !header.units.is_empty() {
        take_row_of_units(matcher, grid, header, (code, cell), found);
        return;
    }
    let owner = header.parts.iter().find_map(|columns| {
        let part = &matcher.parts[columns.part];
        part.codes.get(code).map(|written| (part, columns, written))
    });
    let Some((part, columns, written)) = owner else {
        found.notice(cell, NoticeKind::MissingColumn(code.to_owned()));
        return;
    };
    let other =
        of_row.map_or_else(|| header.other_words((matcher, grid), (code, cell.row)), |_| None);
    let denied = || {
        let is_denied = other == Some(OtherWords::Deny);
        is_denied.then(|| header.other_name(grid, cell.row)).flatten()
    };
    let objection = header.objection_to((matcher, grid), columns, (written, cell.row));
    if let Some(objection) = objection.or_else(denied) {
        let place = (grid, header, cell.row);
        found.withdraw(&objection, values(place, (part, columns), written, of_row));
        return;
    }
    if !found.codes.insert(written.clone()) {
        match found.months.repeated(written, header) {
            Some(Repeated::First) => return,
            Some(Repeated::Second) => found.forget(written),
            None if found.displaces(grid, written, cell) => {}
            None => {
                let place = (grid, header, cell.row);
                let further = values(place, (part, columns), written, of_row);
                found.repeat((grid, cell), written, further);
                return;
            }
        }
    } else if header.other_month {
        found.months.taken.insert(written.clone());
    }
    let place = (grid, header, cell.row);
    found.values.extend(values(place, (part, columns), written, of_row));
    if other == Some(OtherWords::Differ) {
        found.other_names.push((written.clone(), cell));
    }
    if let Some(total) = header.total.as_ref().and_then(|total| total.wrong(grid, cell.row)) {
        found.notice(total, NoticeKind::RowTotalDiffers(written.clone()));
    }
    header.take_doubts((matcher, grid), (columns, written, cell.row), found);
    found.strange.certain.extend(header.strange_unit((matcher, grid), (written, cell.row)));
    let note = header.note_column.and_then(|column| note(grid, CellRef { row: cell.row, column }));
    found.notes.extend(note.map(|note| (written.clone(), note)));
}

impl SheetReading {
    /// Forgets what was read of an indicator.
    pub(super) fn forget(&mut self, code: &str) {
        self.values.retain(|value| !is_of_row(&value.code, code));
        self.notes.retain(|(known, _)| known != code);
    }

    /// Takes values out, so that their rows may be read elsewhere.
    pub(super) fn take_values(&mut self, is_meant: impl Fn(&RawValue) -> bool) -> Vec<RawValue> {
        let taken: Vec<RawValue> = self.values.extract_if(.., |value| is_meant(value)).collect();
        self.codes.retain(|code| !taken.iter().any(|value| is_of_row(&value.code, code)));
        taken
    }

    /// Notes a further row of an indicator; one that is not displayed cannot contradict the first.
    fn repeat(
        &mut self,
        (grid, cell): (&Grid, CellRef),
        code: &str,
        further: impl Iterator<Item = RawValue>,
    ) {
        let is_shown = !grid.hidden.rows.contains(&cell.row);
        let further = further.filter(|_| is_shown);
        let row = repeated::settle(&mut self.values, &self.repeated, (code, cell), further);
        if row.differs {
            self.notes.retain(|(known, _)| known != code);
        }
        self.repeated.push(row);
    }

    /// Drops the values of an indicator that were taken from a row that is not displayed, when this
    /// row of the same indicator is; returns whether it did.
    fn displaces(&mut self, grid: &Grid, code: &str, cell: CellRef) -> bool {
        let hidden = &grid.hidden.rows;
        let is_of_it = |value: &RawValue| is_of_row(&value.code, code);
        let first = self.values.iter().find(|value| is_of_it(value)).map(|value| value.cell);
        let Some(first) = first.filter(|first| hidden.contains(&first.row)) else { return false };
        if hidden.contains(&cell.row) {
            return false;
        }
        self.forget(code);
        self.notice(first, NoticeKind::RepeatedHidden(code.to_owned()));
        true
    }
}

/// Takes the value of every unit from the row of an indicator.
fn take_row_of_units(
    matcher: &Matcher,
    grid: &Grid,
    header: &ValueHeader,
    (code, cell): (&str, CellRef),
    found: &mut SheetReading,
) {
    let mut parts = matcher.parts.iter();
    let owner = parts.find_map(|part| part.codes.get(code).map(|written| (part, written)));
    let Some((part, written)) = owner else { return };
    let columns = header.units.values_of(matcher, code);
    for (name, column) in columns {
        let unit = found.unit_at(grid, name);
        let Some(column) = column else {
            found.notice(name, NoticeKind::UnclearColumns(written.clone()));
            continue;
        };
        let place = CellRef { row: cell.row, column };
        let value = value_at(grid, part, written, place);
        let row = (written.as_str(), cell.row);
        let columns = std::iter::once(column);
        match header.objection_in((matcher, grid), part, row, columns) {
            Some(objection) => found.withdraw_of_unit(unit, &objection, value),
            None => found.add_of_unit(unit, value),
        }
    }
    if let Some(total) = header.units.wrong_total(grid, cell.row) {
        found.notice(total, NoticeKind::RowTotalDiffers(written.clone()));
    }
}

fn values(
    (grid, header, row): (&Grid, &ValueHeader, u32),
    (part, columns): (&PartWords, &PartColumns),
    code: &str,
    of_row: Option<Part>,
) -> impl Iterator<Item = RawValue> {
    columns.columns.iter().map(move |(column, spec)| {
        let spec = &part.columns[*spec];
        RawValue {
            code: match &spec.suffix {
                Some(suffix) => [code, suffix].concat(),
                None => code.to_owned(),
            },
            measure: spec.measure,
            part_is_stock: part.stock,
            sheet: 0,
            cell: CellRef { row, column: *column },
            content: match spec.measure {
                Measure::Value => grid.figure(row, *column),
                _ => grid.at(row, *column).clone(),
            },
            part: of_row.or_else(|| header.pairs.get(column).copied()),
        }
    })
}

/// Returns the words of a note; a number written as a note is words too.
fn note(grid: &Grid, cell: CellRef) -> Option<Located<String>> {
    let value = match grid.at(cell.row, cell.column) {
        CellContent::Text(text) => text.trim().to_owned(),
        CellContent::Number(number)
        | CellContent::Percent(number)
        | CellContent::ShownOtherwise(number, _) => number.to_string(),
        CellContent::Date(date) => date.clone(),
        _ => return None,
    };
    Some(Located { value, sheet: 0, cell })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{grid::GridBuilder, samples, sheet};

    #[test]
    fn a_row_whose_code_or_name_is_an_error_is_said() {
        let matcher = samples::matcher();
        let text = |words: &str| CellContent::Text(words.to_owned());
        let error = || CellContent::Error("#REF!".to_owned());
        for (head, lost, name) in [("Mã", error(), text("Số buổi")), ("STT", text("2"), error())]
        {
            let rows = [
                [text(head), text("Chỉ tiêu"), text("Trong kỳ")],
                [lost, name, CellContent::Number(5.0)],
            ];
            let mut grid = GridBuilder::default();
            for (row, cells) in (0..).zip(rows) {
                for (column, content) in (0..).zip(cells) {
                    grid.add(CellRef { row, column }, content).unwrap();
                }
            }
            let found = sheet::read(&matcher, "Biểu", &grid.finish());
            assert!(found.values.is_empty(), "{head}");
            let kinds: Vec<&NoticeKind> = found.notices.iter().map(|notice| &notice.kind).collect();
            assert_eq!(kinds, [&NoticeKind::UnknownCode("#REF!".to_owned())], "{head}");
        }
    }
}

//! Of a file with the figures of several units, only the rows of one: code, name and figures as they
//! were read, with the cell of the file they stood in.

use super::{Answer, CopiedCell, CopiedSheet, Mark};
use crate::{
    compose::FindingsInput,
    place::CellRef,
    quantity::Quantity,
    validate::{Observation, Return, State},
};

/// Heads of the table.
const HEADS: [&str; 4] = ["Mã", "Chỉ tiêu", "Số liệu", "Ô trong tệp đã nhận"];
/// The column of figures.
const FIGURES: u32 = 2;

/// Returns the rows of the unit as a sheet, with the answer leading to its cells; nothing when none of
/// its returns counts.
pub fn extracted(input: &FindingsInput<'_>, answer: &Answer) -> Option<(CopiedSheet, Answer)> {
    let unit = input.templates.roster.find(&answer.unit)?;
    let position = input.batch.returns.binary_search_by_key(&unit, |one| one.unit).ok()?;
    let counted = input.batch.returns.get(position)?;
    if Some(&counted.file) != answer.file.as_ref() {
        return None;
    }
    let name = "Số liệu của đơn vị".to_owned();
    let mut sheet = CopiedSheet { name, ..CopiedSheet::default() };
    for (column, head) in (0..).zip(HEADS) {
        sheet.cells.push((CellRef { row: 0, column }, CopiedCell::Head(head.to_owned())));
    }
    let mut rows: Vec<((&str, CellRef), u32)> = Vec::new();
    for (row, observation) in (1..).zip(&counted.observations) {
        push(&mut sheet, input, (counted, observation), row);
        let name = counted.sheets.get(usize::from(observation.sheet));
        rows.extend(name.zip(observation.cell).map(|(name, cell)| ((name.as_str(), cell), row)));
    }
    let moved = |sheet: &str, cell: CellRef| {
        let found = rows.iter().find(|(place, _)| *place == (sheet, cell))?;
        Some(CellRef { row: found.1, column: FIGURES })
    };
    let answer = led_elsewhere(answer.clone(), &sheet.name, &moved);
    Some((sheet, answer))
}

/// Returns the answer with its cells in another sheet; those that are not there are not marked.
fn led_elsewhere(
    mut answer: Answer,
    name: &str,
    moved: &impl Fn(&str, CellRef) -> Option<CellRef>,
) -> Answer {
    let marks = answer.marks.into_iter().filter_map(|mark| {
        let cell = moved(&mark.sheet, mark.cell)?;
        Some(Mark { sheet: name.to_owned(), cell, ..mark })
    });
    answer.marks = marks.collect();
    for row in &mut answer.sheet.rows {
        let cell = row.cell.take().and_then(|(sheet, cell)| moved(&sheet, cell));
        row.cell = cell.map(|cell| (name.to_owned(), cell));
    }
    answer
}

fn push(
    sheet: &mut CopiedSheet,
    input: &FindingsInput<'_>,
    (counted, observation): (&Return, &Observation),
    row: u32,
) {
    let indicator = input.templates.indicators.get(observation.indicator);
    let at = |column| CellRef { row, column };
    let name = indicator.name_on(input.dates().last).to_owned();
    sheet.cells.push((at(0), CopiedCell::Words(indicator.code.clone())));
    sheet.cells.push((at(1), CopiedCell::Words(name)));
    let figure = match (observation.state, &observation.raw) {
        (State::Value(scaled), _) => {
            Some(CopiedCell::Figure(Quantity { scaled, decimals: indicator.decimals }))
        }
        (_, Some(raw)) => Some(CopiedCell::Words(raw.to_string())),
        (State::NotAvailable, None) => Some(CopiedCell::Words("…".to_owned())),
        (State::NotApplicable, None) => Some(CopiedCell::Words("x".to_owned())),
        (State::Missing | State::Unusable, None) => None,
    };
    sheet.cells.extend(figure.map(|figure| (at(FIGURES), figure)));
    let name = counted.sheets.get(usize::from(observation.sheet));
    let place = name.zip(observation.cell).map(|(name, cell)| format!("{} › {cell}", name.trim()));
    sheet.cells.extend(place.map(|place| (at(3), CopiedCell::Words(place))));
}

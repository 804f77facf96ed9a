//! What a form asks, in the order of its rows: looked up once for a run instead of for each return.

use std::collections::{BTreeMap, HashMap};

use super::{
    Observation, Reading, State,
    expected_number::{ExpectedNumber, Sign},
};
use crate::{
    ingest::RawValue,
    template::{Form, IndicatorIx, Measure, Templates, Unit, UnitWords, Usage},
};

/// One cell that a form asks for.
#[derive(Debug)]
pub(super) struct AskedCell {
    /// The indicator.
    pub(super) indicator: IndicatorIx,
    /// What of it.
    pub(super) measure: Measure,
    /// Code with the column's suffix, "E01N".
    pub(super) code: String,
    /// What the cell should hold.
    pub(super) expected: ExpectedNumber,
    /// Index of the part in the form.
    pub(super) part: usize,
}

/// What a form asks.
#[derive(Debug)]
pub(super) struct FormLayout {
    /// The cells in form order.
    pub(super) cells: Vec<AskedCell>,
    by_code: HashMap<(String, Measure), usize>,
}

impl FormLayout {
    /// Returns the layouts of all forms by their codes.
    pub(super) fn all(templates: &Templates) -> BTreeMap<String, Self> {
        let layout = |form: &Form| (form.code.clone(), Self::new(templates, form));
        templates.forms.list.iter().map(layout).collect()
    }

    fn new(templates: &Templates, form: &Form) -> Self {
        let mut cells = Vec::new();
        for (part_index, part) in form.parts.iter().enumerate() {
            for row in &part.indicators {
                for column in &part.columns {
                    let row_code = &templates.indicators.get(*row).code;
                    let code = match &column.suffix {
                        Some(suffix) => format!("{row_code}{suffix}"),
                        None => row_code.clone(),
                    };
                    let Some(indicator) = templates.indicators.find(&code) else { continue };
                    let entry = templates.indicators.get(indicator);
                    if entry.target_of.is_some() {
                        continue;
                    }
                    let unit = UnitWords::new(&entry.unit_of_count)
                        .of_things(&entry.short_name)
                        .or_called(&templates.forms.labels.same_units);
                    let mut expected = ExpectedNumber::new(entry.kind, entry.decimals, unit);
                    if column.measure == Measure::Change {
                        expected.sign = Sign::Any;
                    }
                    let measure = column.measure;
                    cells.push(AskedCell { indicator, measure, code, expected, part: part_index });
                }
            }
        }
        let by_code = cells
            .iter()
            .enumerate()
            .map(|(position, cell)| ((cell.code.clone(), cell.measure), position))
            .collect();
        Self { cells, by_code }
    }

    /// Returns the position in [`FormLayout::cells`] of a code and a measure.
    pub(super) fn position(&self, code: &str, measure: Measure) -> Option<usize> {
        self.by_code.get(&(code.to_owned(), measure)).copied()
    }

    /// Returns the observation of a value of the period that is not used, and its position in
    /// [`FormLayout::cells`]; nothing of a value that the form does not ask for.
    pub(super) fn dropped(&self, value: &RawValue) -> Option<(usize, Observation)> {
        let position = self.position(&value.code, Measure::Value)?;
        let observation = Observation {
            indicator: self.cells.get(position)?.indicator,
            measure: Measure::Value,
            state: State::Unusable,
            usage: Usage::Dropped,
            sheet: value.sheet,
            cell: Some(value.cell),
            raw: None,
            reading: Reading::Literal,
            source: None,
        };
        Some((position, observation))
    }

    /// Returns the cells that must be filled by a unit.
    pub(super) fn required<'a>(
        &'a self,
        templates: &'a Templates,
        unit: &'a Unit,
    ) -> impl Iterator<Item = &'a AskedCell> {
        self.cells.iter().filter(move |cell| {
            let indicator = templates.indicators.get(cell.indicator);
            cell.measure == Measure::Value && indicator.is_required_of(unit)
        })
    }
}

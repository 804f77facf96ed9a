//! The forms that are given out: one workbook a unit with the rows that apply to it, what the unit
//! reported last, and the hard rules as live checks. What comes back is read in `ingest`.

mod checks;
mod details;
pub mod document;
mod ending;
mod head;
mod identity;
mod inputs;
mod parts;
mod sheet;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use self::{
    document::{FormBook, FormRange},
    sheet::Draft,
};
use crate::{
    period::Period,
    place::CellRef,
    template::{Form, Measure, PeriodDates, Templates, Unit, UnitIx},
    validate::{Batch, History, Return, UnitPast},
};

/// Everything that the forms of a period are made of.
#[derive(Clone, Copy, Debug)]
pub struct FormsInput<'a> {
    /// What the body decided.
    pub templates: &'a Templates,
    /// The period to come.
    pub period: Period,
    /// The earlier months.
    pub history: &'a History,
    /// What was returned for the month before, for the words that stay.
    pub last: &'a Batch,
}

/// What one form is made of.
pub(super) struct UnitForm<'a> {
    templates: &'a Templates,
    period: Period,
    dates: PeriodDates,
    index: UnitIx,
    unit: &'a Unit,
    form: &'a Form,
    past: UnitPast<'a>,
    last: Option<&'a Return>,
}

/// Where values stand in a form that is being made.
#[derive(Debug, Default)]
struct Places {
    /// Cells of the main sheet by code and measure.
    values: BTreeMap<(String, Measure), CellRef>,
    /// Notes by code.
    notes: BTreeMap<String, CellRef>,
    /// Columns of detail tables by the name of their fact, "thon_A14", "thon_dong".
    details: BTreeMap<String, FormRange>,
    /// Cells of values that must not stay blank.
    required: Vec<CellRef>,
}

/// Returns the units that fill a form in a period, in the order of the roster.
pub fn units_with_form(templates: &Templates, period: Period) -> Vec<UnitIx> {
    let last = templates.body.convention.dates(period).last;
    let reporting = templates.roster.reporting_on(last);
    reporting
        .filter(|(_, unit)| templates.form_of(unit).is_some())
        .map(|(index, _)| index)
        .collect()
}

/// Returns the form of a unit; nothing for a unit that fills none.
pub fn form(input: &FormsInput<'_>, index: UnitIx) -> Option<FormBook> {
    let templates = input.templates;
    let unit = templates.roster.get(index);
    let form = templates.form_of(unit)?;
    let made = UnitForm {
        templates,
        period: input.period,
        dates: templates.body.convention.dates(input.period),
        index,
        unit,
        form,
        past: UnitPast::of(input.history, input.period, index),
        last: input.last.returns.iter().find(|counted| counted.unit == index),
    };
    Some(made.book())
}

impl UnitForm<'_> {
    fn book(&self) -> FormBook {
        let mut places = Places::default();
        let details: Vec<_> = self
            .form
            .details
            .iter()
            .map(|table| details::sheet(self, table, &mut places))
            .collect();
        let mut main = Draft::main(&self.form.name);
        head::write(self, &mut main);
        for part in &self.form.parts {
            parts::write(self, part, &mut main, &mut places);
        }
        ending::write(self, &mut main);
        let live = checks::write(self, &mut main, &places);
        let previous = places.values.keys().filter(|(code, measure)| {
            *measure == Measure::Previous && self.previous(code).is_some()
        });
        let previous = previous.count();
        let mut sheets = vec![main.finish()];
        sheets.extend(details);
        sheets.push(identity::sheet(self, &sheets));
        FormBook {
            unit: self.unit.key.clone(),
            file: format!("{}.xlsx", self.unit.key),
            title: format!("{} - {}", self.form.name, self.unit.name),
            author: self.templates.body.name.clone(),
            date: self.dates.last,
            sheets,
            previous,
            checks: live.written,
            left_out: live.left_out,
        }
    }

    /// Returns the unit's counted figure of the month before.
    fn previous(&self, code: &str) -> Option<i64> {
        self.past.previous(self.templates.indicators.find(code)?)
    }
}

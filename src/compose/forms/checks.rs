//! The hard rules of the templates as live checks in the form: each beside the row of its main
//! indicator. What the unit cannot see (a figure of an earlier month that is not known) is not asked.

use std::collections::BTreeMap;

use super::{
    Places, UnitForm,
    document::{
        FormContent, FormFormula, FormLook, FormOperator, FormTerm, FormValue, LiveCheck,
        SentencePiece,
    },
    sheet::{CHECK, Draft},
};
use crate::{
    place::CellRef,
    template::{
        Check, CheckNode, CheckOperator, CheckPiece, IndicatorIx, Measure, MissingValues, Severity,
    },
};

/// How many rules stand in a form.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Written {
    /// As live checks.
    pub(super) written: usize,
    /// Not at all, because no formula says them.
    pub(super) left_out: usize,
}

/// Writes the checks beside the rows and their number above the first table.
pub(super) fn write(form: &UnitForm<'_>, draft: &mut Draft, places: &Places) -> Written {
    let (checks, left_out) = form.templates.rules.checks(&form.form.code);
    let mut by_cell: BTreeMap<CellRef, Vec<LiveCheck>> = BTreeMap::new();
    let mut written = 0;
    for check in &checks {
        let rule = form.templates.rules.list.get(check.rule);
        let is_hard =
            rule.is_some_and(|rule| matches!(rule.severity, Severity::Rejected | Severity::Error));
        let main = check.cells.first().and_then(|index| form.place(*index, places));
        let live = Asking { form, places, check }.live();
        if let (true, Some(main), Some(live)) = (is_hard, main, live) {
            let cell = CellRef { column: CHECK.into(), ..main };
            by_cell.entry(cell).or_default().push(live);
            written += 1;
        }
    }
    let ends = by_cell.keys().next().copied().zip(by_cell.keys().next_back().copied());
    for (cell, checks) in by_cell {
        let formula = FormContent::Formula(FormFormula::Checks(checks));
        draft.beside(cell, formula, FormLook::Warning);
    }
    let above = |row: u32| CellRef { row, column: CHECK.into() };
    if let Some((first, last)) = ends {
        let count = FormContent::Formula(FormFormula::Count { first, last });
        draft.beside(above(ROW_OF_COUNT), count, FormLook::Warning);
    }
    if !places.required.is_empty() {
        let open = FormContent::Formula(FormFormula::Open(places.required.clone()));
        draft.beside(above(ROW_OF_COUNT + 1), open, FormLook::Warning);
    }
    Written { written, left_out }
}

/// The row of the head beside which it is said how much is to be looked at.
const ROW_OF_COUNT: u32 = 6;

/// A rule that is being put to a form.
struct Asking<'a> {
    form: &'a UnitForm<'a>,
    places: &'a Places,
    check: &'a Check,
}

impl Asking<'_> {
    /// Returns the rule as the form asks it; nothing when it can never be asked.
    fn live(&self) -> Option<LiveCheck> {
        let check = self.check;
        let missing_is_zero = check.missing == MissingValues::Zero;
        let mut needs = Vec::new();
        for name in &check.facts {
            match self.value(name) {
                Some(FormTerm::Value(value)) => needs.push(value),
                Some(_) => {}
                None if missing_is_zero => {}
                None => return None,
            }
        }
        let code = self.form.templates.rules.list.get(check.rule).map(|rule| rule.code.clone());
        let pieces = check.message.iter().map(|piece| self.piece(piece)).collect();
        (!needs.is_empty()).then_some(LiveCheck {
            code: code.unwrap_or_default(),
            needs,
            missing_is_zero,
            condition: self.term(&check.condition),
            sentence: pieces,
        })
    }

    fn piece(&self, piece: &CheckPiece) -> SentencePiece {
        match piece {
            CheckPiece::Words(words) => SentencePiece::Words(words.clone()),
            CheckPiece::Name => {
                let main = self.check.cells.first();
                let name = main.map(|index| {
                    let indicator = self.form.templates.indicators.get(*index);
                    indicator.name_on(self.form.dates.last).to_owned()
                });
                SentencePiece::Words(name.unwrap_or_default())
            }
            CheckPiece::Number(node) => SentencePiece::Number(self.term(node)),
        }
    }

    fn term(&self, node: &CheckNode) -> FormTerm {
        match node {
            CheckNode::Number(number) => FormTerm::Number(*number),
            CheckNode::Truth(truth) => FormTerm::Truth(*truth),
            CheckNode::Fact(name) => self.value(name).unwrap_or(FormTerm::Number(0.0)),
            CheckNode::Operation(operator, nodes) => {
                let terms = nodes.iter().map(|node| self.term(node)).collect();
                FormTerm::Operation(operator_of(*operator), terms)
            }
        }
    }

    /// Returns where the value of a fact stands, or the number that is known of it.
    fn value(&self, name: &str) -> Option<FormTerm> {
        if let Some(range) = self.places.details.get(name) {
            let range = range.clone();
            let value = if name.ends_with("_dong") {
                FormValue::Filled(range)
            } else {
                FormValue::Sum(range)
            };
            return Some(FormTerm::Value(value));
        }
        let indicators = &self.form.templates.indicators;
        if let Some(code) = name.strip_suffix("_trung_vi") {
            let index = indicators.find(code)?;
            let median = self.form.past.median(index)?;
            let decimals = indicators.get(index).decimals;
            return Some(FormTerm::Number(median / 10_f64.powi(i32::from(decimals))));
        }
        if let Some(code) = name.strip_suffix("_truoc") {
            let place = self.places.values.get(&(code.to_owned(), Measure::Previous)).copied();
            let known = self.form.previous(code).is_some();
            return place.filter(|_| known).map(|cell| FormTerm::Value(FormValue::Cell(cell)));
        }
        let index = indicators.find(name)?;
        if let Some(cell) = self.form.place(index, self.places) {
            return Some(FormTerm::Value(FormValue::Cell(cell)));
        }
        let indicator = indicators.get(index);
        indicator.target_of.as_ref()?;
        let targets = &self.form.templates.targets;
        let target = targets.on(Some(self.form.index), index, self.form.dates.last)?;
        let decimals = indicator.decimals;
        let quantity = crate::quantity::Quantity { scaled: target.scaled, decimals };
        Some(FormTerm::Number(quantity.to_f64()))
    }
}

impl UnitForm<'_> {
    /// Returns where the unit writes the value of an indicator.
    fn place(&self, index: IndicatorIx, places: &Places) -> Option<CellRef> {
        let code = self.templates.indicators.get(index).code.clone();
        places.values.get(&(code, Measure::Value)).copied()
    }
}

fn operator_of(operator: CheckOperator) -> FormOperator {
    match operator {
        CheckOperator::And => FormOperator::And,
        CheckOperator::Or => FormOperator::Or,
        CheckOperator::Not => FormOperator::Not,
        CheckOperator::Less => FormOperator::Less,
        CheckOperator::LessOrEqual => FormOperator::LessOrEqual,
        CheckOperator::Greater => FormOperator::Greater,
        CheckOperator::GreaterOrEqual => FormOperator::GreaterOrEqual,
        CheckOperator::Equal => FormOperator::Equal,
        CheckOperator::NotEqual => FormOperator::NotEqual,
        CheckOperator::Add => FormOperator::Add,
        CheckOperator::Subtract => FormOperator::Subtract,
        CheckOperator::Multiply => FormOperator::Multiply,
        CheckOperator::Divide => FormOperator::Divide,
        CheckOperator::Negate => FormOperator::Negate,
        CheckOperator::Distance => FormOperator::Distance,
        CheckOperator::Choose => FormOperator::Choose,
    }
}

//! The usable values of one month as a dense table of units × indicators, from a batch or from
//! history. Assigned targets come from the templates; ticks are 0 or 1; under the policy that
//! carries stocks forward, an earlier month stands in for a missing stock.

use std::{collections::BTreeMap, num::NonZeroU8};

use chrono::NaiveDate;

use crate::{
    period::Period,
    template::{
        Duty, IndicatorIx, IndicatorKind, Measure, MissingStock, Target, Templates, UnitIx, Usage,
    },
    validate::{Batch, MonthRecord, State},
};

/// A usable value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// The value, scaled by the indicator's decimals.
    pub(super) scaled: i64,
    /// 1 when it is of the month itself, 2 when it is of the month before, and so on.
    pub(super) age: NonZeroU8,
}

/// What the batch says about a unit and an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// The unit has not returned.
    Silent,
    /// Nothing was written.
    Empty,
    /// Not available or not usable.
    Lost,
    /// Does not apply.
    NotApplicable,
    /// A value that is used.
    Value(i64),
    /// A value that is used and marked.
    Doubtful(i64),
}

/// What the templates say about a unit and an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The unit's group does not count it.
    Foreign,
    /// The group counts it, but it does not apply to the unit.
    Excepted,
    /// An empty cell is no missing figure; assigned targets too.
    Optional,
    /// An empty cell of a return is a missing figure.
    Required,
}

/// Units × indicators.
#[derive(Debug)]
pub(super) struct Grid<T> {
    width: usize,
    cells: Vec<T>,
}

/// The usable values of a month.
pub(super) type Month = Grid<Option<Known>>;

impl<T: Copy> Grid<T> {
    /// Returns a grid with the same cell everywhere.
    pub(super) fn filled(templates: &Templates, cell: T) -> Self {
        let width = templates.indicators.list.len();
        Self { width, cells: vec![cell; width * templates.roster.units.len()] }
    }

    /// Returns a cell; nothing when the unit or the indicator is not in the templates.
    pub(super) fn get(&self, unit: UnitIx, indicator: IndicatorIx) -> Option<T> {
        self.index(unit, indicator).and_then(|index| self.cells.get(index)).copied()
    }

    fn set(&mut self, unit: UnitIx, indicator: IndicatorIx, cell: T) {
        if let Some(slot) = self.index(unit, indicator).and_then(|index| self.cells.get_mut(index))
        {
            *slot = cell;
        }
    }

    fn index(&self, unit: UnitIx, indicator: IndicatorIx) -> Option<usize> {
        let column = usize::from(indicator.0);
        (column < self.width).then(|| unit.0 as usize * self.width + column)
    }
}

impl Known {
    /// Returns a value of the month itself.
    pub(super) fn own(scaled: i64) -> Self {
        Self { scaled, age: NonZeroU8::MIN }
    }

    /// Returns whether an earlier month stands in.
    pub(super) fn is_carried(self) -> bool {
        self.age > NonZeroU8::MIN
    }
}

impl Role {
    /// Returns whether the indicator applies to the unit.
    pub(super) fn applies(self) -> bool {
        matches!(self, Self::Optional | Self::Required)
    }
}

impl Entry {
    fn of(state: State, usage: Usage) -> Self {
        match (state, usage) {
            (State::NotApplicable, _) => Self::NotApplicable,
            (State::Missing, _) => Self::Empty,
            (State::Value(scaled), Usage::Used) => Self::Value(scaled),
            (State::Value(scaled), Usage::Doubtful) => Self::Doubtful(scaled),
            (State::Value(_), Usage::Dropped) | (State::NotAvailable | State::Unusable, _) => {
                Self::Lost
            }
        }
    }

    fn scaled(self) -> Option<i64> {
        match self {
            Self::Value(scaled) | Self::Doubtful(scaled) => Some(scaled),
            Self::Silent | Self::Empty | Self::Lost | Self::NotApplicable => None,
        }
    }
}

/// Returns what a batch says about every unit and indicator.
pub(super) fn survey(templates: &Templates, batch: &Batch) -> Grid<Entry> {
    let mut survey = Grid::filled(templates, Entry::Silent);
    for unit_return in &batch.returns {
        for indicator in templates.indicators.indices() {
            survey.set(unit_return.unit, indicator, Entry::Empty);
        }
    }
    for unit_return in batch.with_listed() {
        for observation in &unit_return.observations {
            if observation.measure == Measure::Value {
                let entry = Entry::of(observation.state, observation.usage);
                survey.set(unit_return.unit, observation.indicator, entry);
            }
        }
    }
    survey
}

/// Returns the values of the period itself.
pub(super) fn of_survey(templates: &Templates, survey: &Grid<Entry>, day: NaiveDate) -> Month {
    let mut month = Grid::filled(templates, None);
    for (unit, _) in templates.roster.reporting_on(day) {
        for index in templates.indicators.indices() {
            let scaled = survey.get(unit, index).and_then(Entry::scaled);
            record(templates, &mut month, (unit, index), scaled);
        }
    }
    assign(templates, &mut month, day);
    month
}

/// Returns the values of an earlier month.
pub(super) fn of_record(
    templates: &Templates,
    record_of_month: Option<&MonthRecord>,
    day: NaiveDate,
) -> Month {
    let mut month = Grid::filled(templates, None);
    for value in record_of_month.iter().flat_map(|record| &record.values) {
        record(templates, &mut month, (value.unit, value.indicator), Some(value.scaled));
    }
    assign(templates, &mut month, day);
    month
}

/// Lets the month before stand in for missing stocks, when the policy says so.
pub(super) fn carry(
    templates: &Templates,
    month: &mut Month,
    before: &Month,
    (day, survey): (NaiveDate, Option<&Grid<Entry>>),
) {
    if templates.body.missing_stock == MissingStock::Excluded {
        return;
    }
    for (unit, row) in templates.roster.reporting_on(day) {
        for (index, indicator) in templates.indicators.indices().zip(&templates.indicators.list) {
            let stock = indicator.kind == IndicatorKind::Stock && indicator.target_of.is_none();
            let refused =
                survey.and_then(|survey| survey.get(unit, index)) == Some(Entry::NotApplicable);
            let missing = month.get(unit, index).flatten().is_none();
            if !stock || refused || !missing || !indicator.applies_to(row) {
                continue;
            }
            let older = before.get(unit, index).flatten();
            month.set(
                unit,
                index,
                older.and_then(|known| known.age.checked_add(1).map(|age| Known { age, ..known })),
            );
        }
    }
}

/// Returns the role of every unit and indicator, which no month changes.
pub(super) fn roles(templates: &Templates) -> Grid<Role> {
    let mut roles = Grid::filled(templates, Role::Foreign);
    for (unit, row) in (0..).map(UnitIx).zip(&templates.roster.units) {
        for (index, indicator) in templates.indicators.indices().zip(&templates.indicators.list) {
            let role = if !indicator.groups.contains(&row.group) {
                Role::Foreign
            } else if !indicator.applies_to(row) {
                Role::Excepted
            } else if indicator.target_of.is_none() && indicator.is_required_of(row) {
                Role::Required
            } else {
                Role::Optional
            };
            roles.set(unit, index, role);
        }
    }
    roles
}

/// Returns the earliest period that matters: the first of the reporting year or of the history.
pub(super) fn first_period<'a>(
    period: Period,
    mut history: impl Iterator<Item = &'a Period>,
) -> Period {
    let january = period.year_so_far().first().copied().unwrap_or(period);
    history.next().map_or(january, |first| january.min(*first)).min(period.previous())
}

fn record(
    templates: &Templates,
    month: &mut Month,
    (unit, index): (UnitIx, IndicatorIx),
    scaled: Option<i64>,
) {
    let Some(indicator) = templates.indicators.list.get(usize::from(index.0)) else { return };
    // A target is assigned, whatever a return or a record says.
    if indicator.target_of.is_some() {
        return;
    }
    let tick = indicator.kind == IndicatorKind::Tick;
    let scaled = scaled.map(|scaled| if tick { i64::from(scaled != 0) } else { scaled });
    month.set(unit, index, scaled.map(Known::own));
}

/// Sets the assigned targets that are valid on a day; the latest decision counts.
fn assign(templates: &Templates, month: &mut Month, day: NaiveDate) {
    let mut latest: BTreeMap<(UnitIx, IndicatorIx), &Target> = BTreeMap::new();
    for target in templates.targets.iter() {
        let Some(unit) = target.unit else { continue };
        if day < target.valid_from || target.valid_to < day {
            continue;
        }
        let standing = latest.entry((unit, target.indicator)).or_insert(target);
        if standing.date <= target.date {
            *standing = target;
        }
    }
    for ((unit, indicator), target) in latest {
        let listed = templates.roster.units.get(unit.0 as usize);
        if listed.is_some_and(|unit| unit.is_valid_on(day) && unit.duty != Duty::Structural) {
            month.set(unit, indicator, Some(Known::own(target.scaled)));
        }
    }
}

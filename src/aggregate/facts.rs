//! The facts of every unit about every counted subject (indicator or derived sum): value, previous
//! value, sum of the year, and what is owed.

use super::{
    AggregateError, Subject,
    directory::Directory,
    months::{self, Entry, Grid, Known, Month, Role},
    trend::{MONTHS_BACK, TrendGatherer, back_of},
};
use crate::{
    crew::{Crew, side_by_side},
    period::Period,
    template::{
        Derived, Duty, IndicatorIx, IndicatorKind, Templates, Term, TermStatistic, Unit, UnitIx,
    },
    validate::{Batch, History},
};

/// What is known about a unit and a counted subject.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fact {
    /// The value of the period.
    pub(super) value: Option<Known>,
    /// The value of the period before.
    pub(super) previous: Option<Known>,
    /// The sum of the year, over the months of `months`.
    pub(super) year: i64,
    /// The months of the year with a value: bit 0 is January.
    pub(super) months: u16,
    /// The months before the period with a value: bit 0 is the month before.
    pub(super) before: u16,
    /// Those of them whose value is their own and not carried forward.
    pub(super) own_before: u16,
    marks: u8,
}

/// A yes or no about a unit and a counted subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// The unit exists and its group counts the subject.
    Concerned = 1,
    /// It applies to the unit.
    Applies = 2,
    /// The unit owes it, or gave it.
    Expected = 4,
    /// The unit owed it the month before, or gave it.
    PreviousExpected = 8,
    /// The unit owed it in a month of the year and did not give it.
    YearLacking = 16,
    /// A finding calls the value doubtful.
    Doubtful = 32,
}

/// The facts of all units.
#[derive(Debug)]
pub(super) struct Facts {
    width: usize,
    cells: Vec<Fact>,
}

/// So many units are worth a task of their own.
const UNITS_AT_A_TIME: usize = 256;

/// What stays the same while the months go by.
struct Course<'a> {
    crew: &'a dyn Crew,
    templates: &'a Templates,
    period: Period,
    survey: Grid<Entry>,
    roles: Grid<Role>,
}

impl Fact {
    /// Returns whether a mark stands.
    pub(super) fn is(self, mark: Mark) -> bool {
        self.marks & mark as u8 != 0
    }

    /// Returns how many months back the value is of that stands for a month so many months back;
    /// a value that was carried forward is of an earlier month.
    pub(super) fn month_before(self, back: u8) -> Option<u8> {
        let bit = |bits: u16, back: u8| bits.checked_shr(u32::from(back - 1)).unwrap_or(0) & 1 != 0;
        if !bit(self.before, back) {
            return None;
        }
        (back..=MONTHS_BACK).find(|earlier| bit(self.own_before, *earlier))
    }

    fn mark(&mut self, mark: Mark) {
        self.marks |= mark as u8;
    }
}

impl Facts {
    /// Returns the facts of a period.
    pub(super) fn of(
        templates: &Templates,
        period: Period,
        (batch, history): (&Batch, &History),
        gatherer: &mut TrendGatherer<'_>,
        crew: &dyn Crew,
    ) -> Result<Self, AggregateError> {
        let width = templates.indicators.list.len() + templates.indicators.derived.len();
        let cells = vec![Fact::default(); width * templates.roster.units.len()];
        let mut facts = Self { width, cells };
        let course = Course {
            crew,
            templates,
            period,
            survey: months::survey(templates, batch),
            roles: months::roles(templates),
        };
        let mut month = months::first_period(period, history.keys());
        let mut before = Grid::filled(templates, None);
        loop {
            let day = templates.body.convention.dates(month).last;
            let mut now = if month == period {
                months::of_survey(templates, &course.survey, day)
            } else {
                months::of_record(templates, history.get(&month), day)
            };
            let survey = (month == period).then_some(&course.survey);
            months::carry(templates, &mut now, &before, (day, survey));
            let recorded = history.get(&month).is_some_and(|record| !record.values.is_empty());
            if let Some(back) = back_of(period, month).filter(|_| recorded) {
                gatherer.begin(back);
            }
            facts.live_through(&course, month, (&before, &now), gatherer)?;
            if month == period {
                return Ok(facts);
            }
            before = now;
            month = month.next();
        }
    }

    /// Returns a fact; an empty one for a subject that is not counted.
    pub(super) fn get(&self, unit: UnitIx, subject: Subject) -> Fact {
        let column = match subject {
            Subject::Indicator(indicator) => usize::from(indicator.0),
            // Derived sums stand at the end, the first one last.
            Subject::Derived(derived) => self.width - usize::from(derived) - 1,
            Subject::Ratio(_) | Subject::Discipline => self.width,
        };
        if column >= self.width {
            return Fact::default();
        }
        self.cells.get(unit.0 as usize * self.width + column).copied().unwrap_or_default()
    }

    fn live_through(
        &mut self,
        course: &Course<'_>,
        month: Period,
        (before, now): (&Month, &Month),
        gatherer: &mut TrendGatherer<'_>,
    ) -> Result<(), AggregateError> {
        let templates = course.templates;
        let back = back_of(course.period, month);
        let last = month == course.period;
        if !last && back.is_none() && month.year() != course.period.year() {
            return Ok(());
        }
        let day = templates.body.convention.dates(month).last;
        let width = self.width;
        if width == 0 {
            return Ok(());
        }
        let terms_of = |derived: &Derived| -> Vec<IndicatorIx> {
            derived.terms.iter().map(|term| term.indicator).collect()
        };
        let derived: Vec<_> =
            templates.indicators.derived.iter().map(|each| (each, terms_of(each))).collect();
        let view = |index: UnitIx| {
            let unit = templates.roster.get(index);
            let exists = unit.is_valid_on(day);
            let reports = unit.duty != Duty::Structural;
            reports.then_some(View { course, month, back, exists, now, index, unit })
        };
        let (view, derived) = (&view, &derived);
        let live = |(units, rows): (&[UnitIx], &mut [Fact])| -> Result<(), AggregateError> {
            for (index, row) in units.iter().zip(rows.chunks_mut(width)) {
                let Some(view) = view(*index) else { continue };
                view.live_through((before, now), derived, row)?;
            }
            Ok(())
        };
        let (live, units) = (&live, units_of(templates));
        let rows = self.cells.chunks_mut(width * UNITS_AT_A_TIME);
        let tasks = units.chunks(UNITS_AT_A_TIME).zip(rows);
        let lived = side_by_side(course.crew, tasks.map(|task| move || live(task)));
        lived.into_iter().collect::<Result<(), _>>()?;
        let mut views = units.iter().filter_map(|index| view(*index));
        views.try_for_each(|view| gatherer.add(&view, (before, now)))
    }
}

/// Returns the units of the roster.
fn units_of(templates: &Templates) -> Vec<UnitIx> {
    (0..).map(UnitIx).zip(&templates.roster.units).map(|(index, _)| index).collect()
}

/// A unit in a month.
pub(super) struct View<'a> {
    course: &'a Course<'a>,
    month: Period,
    /// How many months before the period the month lies.
    pub(super) back: Option<u8>,
    /// Whether the unit is valid on the month's last day.
    exists: bool,
    now: &'a Month,
    /// The unit.
    pub(super) index: UnitIx,
    /// Its row of the roster.
    pub(super) unit: &'a Unit,
}

impl View<'_> {
    /// Adds the month to all facts of the unit.
    fn live_through(
        &self,
        months: (&Month, &Month),
        derived: &[(&Derived, Vec<IndicatorIx>)],
        facts: &mut [Fact],
    ) -> Result<(), AggregateError> {
        let indicators = &self.course.templates.indicators;
        for (indicator, fact) in indicators.indices().zip(facts.iter_mut()) {
            let kind = indicators.get(indicator).kind;
            self.add(fact, (self.known(indicator), kind), &[indicator])?;
        }
        for ((derived, terms), fact) in derived.iter().zip(facts.iter_mut().rev()) {
            self.add(fact, (self.derive(derived, months)?, derived.kind), terms)?;
        }
        Ok(())
    }

    /// Adds a month to a fact about the sum of some indicators (one, or the terms of a derived sum).
    fn add(
        &self,
        fact: &mut Fact,
        (known, kind): (Option<Known>, IndicatorKind),
        terms: &[IndicatorIx],
    ) -> Result<(), AggregateError> {
        let owed = self.every(terms, Self::owes);
        let of_year = self.month.year() == self.course.period.year();
        if kind == IndicatorKind::Flow && of_year {
            if let Some(known) = known {
                let sum = fact.year.checked_add(known.scaled);
                fact.year = sum.ok_or_else(|| self.too_large(terms))?;
                fact.months |= 1 << (self.month.month() - 1);
            } else if owed {
                fact.mark(Mark::YearLacking);
            }
        }
        if let (Some(back), Some(known)) = (self.back, known) {
            fact.before |= 1 << (back - 1);
            fact.own_before |= u16::from(!known.is_carried()) << (back - 1);
        }
        if self.month == self.course.period.previous() {
            fact.previous = known;
            let refused = !self.every(terms, |view, term| view.entry(term) != Entry::NotApplicable);
            if known.is_some() || (owed && !refused) {
                fact.mark(Mark::PreviousExpected);
            }
        }
        if self.month == self.course.period {
            fact.value = known;
            self.judge(fact, terms);
        }
        Ok(())
    }

    /// Sets the marks of the period itself.
    fn judge(&self, fact: &mut Fact, terms: &[IndicatorIx]) {
        let concerned = self.every(terms, |view, term| view.role(term) != Role::Foreign);
        if !self.exists || !concerned {
            return;
        }
        fact.mark(Mark::Concerned);
        if !self.every(terms, Self::applies) {
            return;
        }
        fact.mark(Mark::Applies);
        if self.every(terms, Self::owes) || fact.value.is_some_and(|known| !known.is_carried()) {
            fact.mark(Mark::Expected);
        }
        if terms.iter().any(|term| matches!(self.entry(*term), Entry::Doubtful(_))) {
            fact.mark(Mark::Doubtful);
        }
    }

    /// Returns whether the indicator applies to the unit; a target that nobody assigned does not.
    fn applies(&self, term: IndicatorIx) -> bool {
        if self.indicator(term).target_of.is_some() {
            return self.now.get(self.index, term).flatten().is_some();
        }
        self.role(term).applies() && self.entry(term) != Entry::NotApplicable
    }

    /// Returns whether the unit owes the indicator in this month; in the period itself a return
    /// makes a unit that only cooperates owe what it returned.
    pub(super) fn owes(&self, term: IndicatorIx) -> bool {
        let asked = self.role(term) == Role::Required;
        let due = asked && self.exists && self.unit.duty == Duty::Required;
        if self.month != self.course.period {
            return due;
        }
        match self.entry(term) {
            Entry::Silent => due,
            Entry::Empty => asked,
            Entry::Lost | Entry::Value(_) | Entry::Doubtful(_) => self.role(term).applies(),
            Entry::NotApplicable => false,
        }
    }

    /// Returns a derived sum of the unit when every term is there. What a month brought cannot be
    /// told from a value that stands in for the month's own.
    pub(super) fn derive(
        &self,
        derived: &Derived,
        (before, now): (&Month, &Month),
    ) -> Result<Option<Known>, AggregateError> {
        let decimals = Directory::derived_decimals(&self.course.templates.indicators, derived);
        let mut sum = Some(Known::own(0));
        for Term { sign, indicator, statistic } in &derived.terms {
            let month = match statistic {
                TermStatistic::Value => now,
                TermStatistic::Previous => before,
            };
            let known = month.get(self.index, *indicator).flatten();
            let (Some(so_far), Some(known)) = (sum, known) else { return Ok(None) };
            if derived.kind == IndicatorKind::Flow && known.is_carried() {
                return Ok(None);
            }
            let factor = 10_i64.pow(u32::from(decimals - self.indicator(*indicator).decimals));
            let scaled = known
                .scaled
                .checked_mul(factor * i64::from(*sign))
                .and_then(|term| so_far.scaled.checked_add(term))
                .ok_or_else(|| self.too_large(&[*indicator]))?;
            sum = Some(Known { scaled, age: so_far.age.max(known.age) });
        }
        Ok(sum)
    }

    /// Returns the value of the month.
    pub(super) fn known(&self, term: IndicatorIx) -> Option<Known> {
        self.now.get(self.index, term).flatten()
    }

    /// Returns a derived sum of the templates.
    pub(super) fn derived(&self, index: u16) -> Option<&Derived> {
        self.course.templates.indicators.derived.get(usize::from(index))
    }

    fn role(&self, term: IndicatorIx) -> Role {
        self.course.roles.get(self.index, term).unwrap_or(Role::Foreign)
    }

    fn entry(&self, term: IndicatorIx) -> Entry {
        self.course.survey.get(self.index, term).unwrap_or(Entry::Silent)
    }

    fn indicator(&self, term: IndicatorIx) -> &crate::template::Indicator {
        self.course.templates.indicators.get(term)
    }

    fn every(&self, terms: &[IndicatorIx], holds: impl Fn(&Self, IndicatorIx) -> bool) -> bool {
        terms.iter().all(|term| holds(self, *term))
    }

    fn too_large(&self, terms: &[IndicatorIx]) -> AggregateError {
        let code = terms.first().map(|term| self.indicator(*term).code.clone()).unwrap_or_default();
        AggregateError::TooLarge { code, place: self.unit.key.clone() }
    }
}

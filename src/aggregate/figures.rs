//! The table of figures: sums of the scopes above units are kept, those of a unit are taken from
//! its facts, and every row is read from its sums when it is asked for.

use super::{
    AggregateError, Figure, FigureState, Scope, Statistic, Subject, Tier,
    directory::{Compared, Directory, SubjectEntry},
    discipline::DisciplineCounts,
    facts::Facts,
    measure::measure,
    ranking::Ranking,
    reading,
    sums::{Count, Sums},
    territory::Territory,
    totals::Sheet,
    trend::{Trend, TrendGatherer},
    whole_target,
};
use crate::{
    crew::{Crew, side_by_side},
    period::Period,
    quantity::Quantity,
    template::{Templates, UnitIx},
    validate::{Batch, History},
};

/// The figures of a period: the one table that every printed number is a row of.
#[derive(Debug)]
pub struct Figures {
    pub(super) period: Period,
    pub(super) compared: Compared,
    pub(super) directory: Directory,
    pub(super) territory: Territory,
    pub(super) facts: Facts,
    /// By subject and scope, in the order of both.
    sums: Vec<Sums>,
    ranking: Ranking,
    discipline: DisciplineCounts,
    trend: Trend,
}

/// Sums are rolled up in sheets of about so many rows, which bounds the memory of a nation's month.
const ROWS_OF_A_SHEET: usize = 40_000;

/// Returns the table of a period.
pub(super) fn build(
    templates: &Templates,
    period: Period,
    (batch, history): (&Batch, &History),
    crew: &dyn Crew,
) -> Result<Figures, AggregateError> {
    let recorded = history.get(&period.previous()).is_some_and(|month| !month.values.is_empty());
    let directory = Directory::of(templates, period)?;
    let territory = Territory::of(templates)?;
    let mut gatherer = TrendGatherer::new(&directory, &territory);
    let facts = Facts::of(templates, period, (batch, history), &mut gatherer, crew)?;
    let trend = gatherer.finish();
    let sums = vec![Sums::default(); directory.subjects.len() * territory.scopes.len()];
    let mut figures = Figures {
        period,
        compared: if recorded { Compared::WithPrevious } else { Compared::FirstMonth },
        ranking: Ranking::of(templates, &directory, &facts),
        discipline: DisciplineCounts::of(batch, &territory),
        directory,
        territory,
        facts,
        sums,
        trend,
    };
    figures.add_up(crew)?;
    whole_target::assign(&mut figures, templates)?;
    Ok(figures)
}

impl Figures {
    /// Returns the period.
    pub fn period(&self) -> Period {
        self.period
    }

    /// Returns whether the month before is recorded; without it nothing is compared.
    pub fn has_previous(&self) -> bool {
        self.compared == Compared::WithPrevious
    }

    /// Returns a row, or nothing when the table has no such row.
    pub fn get(&self, subject: Subject, scope: Scope, statistic: Statistic) -> Option<Figure> {
        let entry = self.directory.entry(subject)?;
        if !self.statistics(entry, Tier::of(scope)).contains(&statistic) {
            return None;
        }
        self.row(entry, scope, statistic, &self.sums_of(entry, scope)?)
    }

    /// Returns every row, by subject, scope (those above units first) and statistic.
    pub fn iter(&self) -> impl Iterator<Item = Figure> {
        let tiers = [Tier::AboveUnits, Tier::Units];
        (0..self.subject_count()).flat_map(move |subject| {
            tiers.into_iter().flat_map(move |tier| self.rows(subject, tier))
        })
    }

    /// Returns how many subjects the table has, for whoever takes it in parts.
    pub fn subject_count(&self) -> usize {
        self.directory.subjects.len()
    }

    /// Returns the rows of a subject, by its position, in the scopes of a tier.
    pub fn rows(&self, subject: usize, tier: Tier) -> impl Iterator<Item = Figure> {
        let entry = self.directory.subjects.get(subject);
        entry.into_iter().flat_map(move |entry| {
            let statistics = self.statistics(entry, tier);
            self.scopes_of(tier).flat_map(move |scope| {
                let sums = self.sums_of(entry, scope);
                let rows = statistics.clone().into_iter();
                rows.filter_map(move |statistic| self.row(entry, scope, statistic, &sums?))
            })
        })
    }

    /// Returns the statistics of a subject in the scopes of a tier, those of earlier months last.
    fn statistics(&self, entry: &SubjectEntry, tier: Tier) -> Vec<Statistic> {
        let mut statistics = entry.statistics(tier, self.compared);
        if tier == Tier::AboveUnits && entry.subject != Subject::Discipline {
            statistics.extend(self.trend.months().map(Statistic::MonthsAgo));
        }
        statistics
    }

    /// Returns how many months before the period the recorded months are, the nearest first.
    pub fn months_ago(&self) -> impl Iterator<Item = u8> {
        self.trend.months()
    }

    /// Returns the scopes of a tier.
    pub(super) fn scopes_of(&self, tier: Tier) -> impl Iterator<Item = Scope> {
        let above = if tier == Tier::AboveUnits { self.territory.scopes.as_slice() } else { &[] };
        let units = if tier == Tier::Units { self.territory.cell_of.as_slice() } else { &[] };
        let units = (0..).map(UnitIx).zip(units).filter(|(_, cell)| cell.is_some());
        above.iter().copied().chain(units.map(|(unit, _)| Scope::Unit(unit)))
    }

    /// Returns the ranked units by place, ties in roster order.
    pub fn ranking(&self) -> &[(UnitIx, u32)] {
        &self.ranking.places
    }

    /// Returns the units of a scope that owe a subject and have not given a usable value, in roster
    /// order.
    pub fn missing_units(&self, subject: Subject, scope: Scope) -> Vec<UnitIx> {
        self.units_where(subject, scope, |sums| {
            sums.count(Count::Expected) > 0 && sums.count(Count::Reported) == 0
        })
    }

    /// Returns the units of a scope that have reached their target, in roster order.
    pub fn units_with_target_reached(&self, subject: Subject, scope: Scope) -> Vec<UnitIx> {
        self.units_where(subject, scope, |sums| sums.count(Count::Reached) > 0)
    }

    /// Returns the row of an id such as `B08.unit.tien-minh.value`.
    pub fn by_id(&self, id: &str) -> Option<Figure> {
        let (place, statistic) = id.rsplit_once('.')?;
        let (code, scope) = place.split_once('.')?;
        let (kind, key) = scope.split_once('.')?;
        let subject = self.subject_named(code)?;
        let scope = self.directory.scope(kind, key)?;
        self.get(subject, scope, Statistic::of_key(statistic)?)
    }

    /// Returns the id of a row: `indicator.scope_kind.unit_key.statistic`.
    pub fn id(&self, figure: &Figure) -> String {
        let [kind, key, ..] = self.directory.scope_names(figure.scope);
        format!("{}.{kind}.{key}.{}", self.code(figure.subject), figure.statistic.key())
    }

    /// Returns the subject of a code: "B08", "R3", "BT", "BC".
    pub fn subject_named(&self, code: &str) -> Option<Subject> {
        self.directory.find(code).map(|entry| entry.subject)
    }

    /// Returns the code of a subject of the table.
    pub fn code(&self, subject: Subject) -> &str {
        self.directory.entry(subject).map_or("", |entry| &entry.code)
    }

    /// Returns the name of a subject as printed on the period's last day.
    pub fn label(&self, subject: Subject) -> &str {
        self.directory.entry(subject).map_or("", |entry| &entry.label)
    }

    /// Returns the name of a subject in sentences.
    pub fn short_label(&self, subject: Subject) -> &str {
        self.directory.entry(subject).map_or("", |entry| &entry.short_label)
    }

    /// Returns the name of a scope: "toàn huyện", "xã Tiên Minh".
    pub fn scope_name(&self, scope: Scope) -> &str {
        let [.., name] = self.directory.scope_names(scope);
        name
    }

    fn units_where(
        &self,
        subject: Subject,
        scope: Scope,
        holds: impl Fn(&Sums) -> bool,
    ) -> Vec<UnitIx> {
        let Some(entry) = self.directory.entry(subject) else { return Vec::new() };
        let units = self.scopes_of(Tier::Units).filter_map(|unit| match unit {
            Scope::Unit(unit) if self.territory.contains(scope, unit) => Some(unit),
            _ => None,
        });
        units
            .filter(|unit| {
                measure(&self.directory, &self.facts, entry, *unit).is_some_and(|sums| holds(&sums))
            })
            .collect()
    }

    fn row(
        &self,
        entry: &SubjectEntry,
        scope: Scope,
        statistic: Statistic,
        sums: &Sums,
    ) -> Option<Figure> {
        match (statistic, scope) {
            _ if entry.subject == Subject::Discipline => self.discipline.figure(scope, statistic),
            (Statistic::MonthsAgo(back), _) => {
                let at = (entry, self.directory.position(entry.subject)?);
                self.trend.figure(at, (scope, self.territory.position(scope)?), back)
            }
            (Statistic::Rank, Scope::Unit(unit)) => Some(self.rank(entry, unit, sums)),
            _ => Some(reading::read(entry, scope, statistic, sums)),
        }
    }

    /// Returns the place of a unit; `reported` of it is 1 and `expected` the number of ranked units.
    fn rank(&self, entry: &SubjectEntry, unit: UnitIx, sums: &Sums) -> Figure {
        let place = self.ranking.place(unit);
        let state = match place {
            Some(_) => FigureState::Complete,
            None if sums.count(Count::Applies) == 0 => FigureState::NotApplicable,
            None => FigureState::Missing,
        };
        Figure {
            subject: entry.subject,
            scope: Scope::Unit(unit),
            statistic: Statistic::Rank,
            value: place.map(|place| Quantity::whole(i64::from(place.rank))),
            state,
            reported: u32::from(place.is_some()),
            expected: place.map_or(0, |place| place.ranked),
            footnotes: Vec::new(),
        }
    }

    /// Returns the sums of a subject over a scope, when the table has rows of them.
    fn sums_of(&self, entry: &SubjectEntry, scope: Scope) -> Option<Sums> {
        if entry.subject == Subject::Discipline {
            return Some(Sums::default());
        }
        let sums = if let Scope::Unit(unit) = scope {
            measure(&self.directory, &self.facts, entry, unit)
                .filter(|sums| sums.count(Count::Concerned) > 0)
        } else {
            let position = self.position(entry.subject, scope)?;
            self.sums.get(position).copied()
        };
        sums.filter(Sums::is_listed)
    }

    /// Returns the kept sums of a subject over a scope above units.
    pub(super) fn kept_mut(&mut self, subject: Subject, scope: Scope) -> Option<&mut Sums> {
        let position = self.position(subject, scope)?;
        self.sums.get_mut(position)
    }

    fn position(&self, subject: Subject, scope: Scope) -> Option<usize> {
        let scopes = self.territory.scopes.len();
        Some(self.directory.position(subject)? * scopes + self.territory.position(scope)?)
    }

    /// Adds up units to scopes, some subjects at a time, these side by side.
    fn add_up(&mut self, crew: &dyn Crew) -> Result<(), AggregateError> {
        let at_a_time = (ROWS_OF_A_SHEET / self.territory.cell_of.len().max(1)).max(1);
        let subjects: Vec<(u32, &SubjectEntry)> =
            (0..).zip(self.directory.subjects.iter()).collect();
        let (figures, sheets) = (&*self, subjects.chunks(at_a_time));
        let add_up = |subjects| move || figures.sheet(subjects)?.totals(&figures.territory);
        for totals in side_by_side(crew, sheets.map(add_up)) {
            for total in totals? {
                let (subject, scope) = (total.subject as usize, total.scope as usize);
                let sums = total.sums.ok_or_else(|| self.too_large(subject, scope))?;
                if let Some(slot) = self.sums.get_mut(subject * self.territory.scopes.len() + scope)
                {
                    *slot = sums;
                }
            }
        }
        Ok(())
    }

    /// Returns the numbers of all units about some subjects.
    fn sheet(&self, subjects: &[(u32, &SubjectEntry)]) -> Result<Sheet, AggregateError> {
        let mut sheet = Sheet::default();
        for (position, entry) in subjects {
            for (unit, cell) in (0..).map(UnitIx).zip(&self.territory.cell_of) {
                let Some(cell) = cell else { continue };
                let sums = measure(&self.directory, &self.facts, entry, unit);
                let sums = sums.ok_or_else(|| self.unit_too_large(entry, unit))?;
                if sums != Sums::default() {
                    sheet.push(*position, *cell, &sums);
                }
            }
        }
        Ok(sheet)
    }

    fn too_large(&self, subject: usize, scope: usize) -> AggregateError {
        let code = self.directory.subjects.get(subject).map_or("", |entry| &entry.code);
        let place = self.territory.scopes.get(scope).map_or_else(String::new, |scope| {
            let [kind, key, ..] = self.directory.scope_names(*scope);
            format!("{kind}.{key}")
        });
        AggregateError::TooLarge { code: code.to_owned(), place }
    }

    fn unit_too_large(&self, entry: &SubjectEntry, unit: UnitIx) -> AggregateError {
        let [_, key, ..] = self.directory.scope_names(Scope::Unit(unit));
        AggregateError::TooLarge { code: entry.code.clone(), place: key.to_owned() }
    }
}

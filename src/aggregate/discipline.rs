//! How the units of every scope kept the reporting discipline: plain counts of units.

use std::collections::BTreeMap;

use super::{
    DisciplineCount, Figure, FigureState, Scope, Statistic, Subject, territory::Territory,
};
use crate::{
    quantity::Quantity,
    validate::{Batch, Discipline, Standing},
};

/// The counts by scope above units and statistic.
#[derive(Debug, Default)]
pub(super) struct DisciplineCounts(BTreeMap<(Scope, Statistic), u32>);

impl DisciplineCounts {
    /// Returns the counts of a batch.
    pub(super) fn of(batch: &Batch, territory: &Territory) -> Self {
        let mut counts = BTreeMap::new();
        for unit in &batch.discipline {
            for statistic in counted_as(unit) {
                for position in territory.scopes_of(unit.unit) {
                    if let Some(scope) = territory.scopes.get(*position as usize) {
                        *counts.entry((*scope, statistic)).or_insert(0) += 1;
                    }
                }
            }
        }
        Self(counts)
    }

    /// Returns the figure of a scope with reporting units.
    pub(super) fn figure(&self, scope: Scope, statistic: Statistic) -> Option<Figure> {
        let count = |statistic| self.0.get(&(scope, statistic)).copied();
        let units = count(Statistic::Discipline(DisciplineCount::Units))?;
        let number = count(statistic).unwrap_or(0);
        Some(Figure {
            subject: Subject::Discipline,
            scope,
            statistic,
            value: Some(Quantity::whole(i64::from(number))),
            state: FigureState::Complete,
            reported: units,
            expected: units,
            footnotes: Vec::new(),
        })
    }
}

fn counted_as(unit: &Discipline) -> Vec<Statistic> {
    use DisciplineCount::{
        ArrivalUnknown, Extended, Late, NotAccepted, NotReturned, OnTime, Returned, Units, Unsigned,
    };
    let standing = match unit.standing {
        Standing::OnTime => Some(OnTime),
        Standing::Late { .. } => Some(Late),
        Standing::Unknown => Some(ArrivalUnknown),
        Standing::NotAccepted => Some(NotAccepted),
        Standing::NotReturned => Some(NotReturned),
        Standing::NotRequired => None,
    };
    let returned = matches!(standing, Some(OnTime | Late | ArrivalUnknown));
    let counts = [
        Some(Units),
        standing,
        returned.then_some(Returned),
        unit.extended.then_some(Extended),
        (returned && unit.signed_paper.is_none()).then_some(Unsigned),
    ];
    let expected = standing.map(|_| Statistic::Expected);
    counts.into_iter().flatten().map(Statistic::Discipline).chain(expected).collect()
}

//! Figures by the code that the templates use, cited with their id; the dates and names of a report.

use chrono::NaiveDate;

use crate::{
    aggregate::{Figure, FigureState, Figures, Scope, Statistic, Subject},
    compose::document::{FigureRef, NumberFormat, Run},
    period::Period,
    quantity::Quantity,
    template::{PeriodDates, Templates, UnitIx},
    text::{format_percent, format_quantity, format_signed},
};

/// Code of the reporting discipline.
pub(super) const DISCIPLINE: &str = "BC";

/// Printed for "nothing occurred".
pub(super) const NOTHING: &str = "-";
/// Printed for "not available".
pub(super) const NOT_AVAILABLE: &str = "…";
/// Printed for "not applicable".
pub(super) const NOT_APPLICABLE: &str = "x";

/// The templates, the figures and the period of a document.
#[derive(Clone, Copy)]
pub(super) struct Lookup<'a> {
    /// What the body decided.
    pub templates: &'a Templates,
    /// The figures table.
    pub figures: &'a Figures,
    /// The period.
    pub period: Period,
}

impl Lookup<'_> {
    /// Returns the dates of the period.
    pub(super) fn dates(&self) -> PeriodDates {
        self.templates.body.convention.dates(self.period)
    }

    /// Returns the last day of the period.
    pub(super) fn last_day(&self) -> NaiveDate {
        self.dates().last
    }

    /// Returns the row that a code names: an indicator, a ratio or a derived sum.
    pub(super) fn subject(&self, code: &str) -> Option<Subject> {
        self.figures.subject_named(code)
    }

    /// Returns the scope of a group's key.
    pub(super) fn group(&self, key: &str) -> Option<Scope> {
        let position = self.templates.body.groups.iter().position(|group| group.key == key)?;
        u16::try_from(position).ok().map(Scope::Group)
    }

    /// Returns a figure that is a row of the table.
    pub(super) fn figure(&self, code: &str, scope: Scope, statistic: Statistic) -> Option<Figure> {
        self.figures.get(self.subject(code)?, scope, statistic)
    }

    /// Returns the number of a figure, when it is one.
    pub(super) fn number(
        &self,
        code: &str,
        scope: Scope,
        statistic: Statistic,
    ) -> Option<Quantity> {
        self.figure(code, scope, statistic)?.value
    }

    /// Returns the units of a group that report and exist on the last day, in roster order.
    pub(super) fn units_of(&self, group: &str) -> Vec<UnitIx> {
        let roster = &self.templates.roster;
        let of_group = roster.reporting_on(self.last_day()).filter(|(_, unit)| unit.group == group);
        of_group.map(|(index, _)| index).collect()
    }

    /// Returns the figure as a table prints it.
    pub(super) fn table_figure(&self, figure: &Figure) -> FigureRef {
        let format = number_format(figure);
        let shown = match figure.state {
            FigureState::Missing => NOT_AVAILABLE.to_owned(),
            FigureState::NotApplicable => NOT_APPLICABLE.to_owned(),
            FigureState::Undefined => NOTHING.to_owned(),
            FigureState::Complete | FigureState::Partial => match figure.value {
                None => NOT_AVAILABLE.to_owned(),
                Some(value) if value.is_zero() => NOTHING.to_owned(),
                Some(value) => format_as(value, format),
            },
        };
        FigureRef { id: self.figures.id(figure), shown, value: figure.value, format }
    }

    /// Returns words of the templates, in which digits are constants.
    pub(super) fn declared(&self, words: &str) -> Vec<Run> {
        super::runs::declared(words, &self.templates.body.names_with_digits)
    }
}

/// Returns how a figure's number is formatted.
pub(super) fn number_format(figure: &Figure) -> NumberFormat {
    match figure.statistic {
        Statistic::MonthsAgo(_) if matches!(figure.subject, Subject::Ratio(_)) => {
            NumberFormat::Percent
        }
        Statistic::Ratio
        | Statistic::PreviousRatio
        | Statistic::TargetRatio
        | Statistic::ChangePercent => NumberFormat::Percent,
        Statistic::PointChange | Statistic::Change => NumberFormat::Signed,
        _ => NumberFormat::Number,
    }
}

/// Returns a number as printed.
pub(super) fn format_as(value: Quantity, format: NumberFormat) -> String {
    match format {
        NumberFormat::Number => format_quantity(value),
        NumberFormat::Percent => format_percent(value),
        NumberFormat::Signed => format_signed(value),
    }
}

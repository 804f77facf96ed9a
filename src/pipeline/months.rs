//! From what was read to the batch of a period, with the months before it as history.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{
    Error, Job, Progress, StageError,
    inputs::{Inputs, StoredFile, read_inputs},
    load_templates_by_crew, period_of,
    threads::Threads,
};
use crate::{
    aggregate::{Figures, aggregate},
    archive,
    compose::FindingsInput,
    files,
    period::Period,
    template::{RowSource, Templates, UnitIx},
    validate::{self, Batch, History, MonthRecord, Prepared, Standing, Validator},
};

/// A period, read and checked.
#[derive(Debug)]
pub struct Month {
    /// The templates.
    pub templates: Templates,
    /// The period.
    pub period: Period,
    /// The returns that count and the findings.
    pub batch: Batch,
    /// The months before.
    pub history: History,
    /// How the units kept the discipline in the months of the year before.
    pub standings: Standings,
    /// What was found in `input/`, for the files of the run.
    pub(super) inputs: Inputs,
    /// The threads that everything of the period is made on.
    pub(super) threads: Threads,
}

/// Standings of units by period.
pub type Standings = BTreeMap<Period, BTreeMap<UnitIx, Standing>>;

impl Month {
    /// Gives up what no later document shows: the observations of units without a finding, and
    /// rows of detail tables that no annex prints. They are the largest thing in a nation's memory;
    /// its workbook lists no sources.
    pub(super) fn keep_what_is_printed(&mut self) {
        let concerned: BTreeSet<&str> =
            self.batch.findings.iter().filter_map(|finding| finding.unit.as_deref()).collect();
        let annexes = self.templates.annexes.iter().flat_map(|annex| &annex.tables);
        let printed: BTreeSet<&str> = annexes
            .filter_map(|table| match &table.rows {
                RowSource::Details { table, .. } => Some(table.as_str()),
                RowSource::Units { .. } | RowSource::Indicators { .. } => None,
            })
            .collect();
        for counted in self.batch.returns.iter_mut().chain(&mut self.batch.listed) {
            let key = self.templates.roster.get(counted.unit).key.as_str();
            if !concerned.contains(key) {
                counted.observations = Vec::new();
            }
            counted.details.retain(|detail| printed.contains(detail.table.as_str()));
        }
    }

    /// Returns the figures, added up on the threads of the run.
    pub fn figures(&self) -> Result<Figures, Error> {
        let Self { templates, period, batch, history, threads, .. } = self;
        Ok(aggregate(templates, *period, batch, history, threads).map_err(StageError::from)?)
    }

    /// Returns what the workbook of findings is made of.
    pub fn findings_input(&self) -> FindingsInput<'_> {
        FindingsInput {
            templates: &self.templates,
            period: self.period,
            batch: &self.batch,
            history: &self.history,
            earlier: &self.standings,
        }
    }
}

/// Everything that a period is made of, read and not yet checked.
pub(super) struct MonthInputs {
    pub(super) templates: Templates,
    pub(super) period: Period,
    pub(super) inputs: Inputs,
    pub(super) threads: Threads,
}

/// Reads and checks a period.
pub fn month(job: &Job, progress: &dyn Progress) -> Result<Month, Error> {
    checked(job, month_inputs(job, progress)?, progress)
}

/// Reads the templates and everything in `input/`.
pub(super) fn month_inputs(job: &Job, progress: &dyn Progress) -> Result<MonthInputs, Error> {
    let threads = Threads::new(job.jobs)?;
    let templates = load_templates_by_crew(&job.workspace, &threads)?;
    let period = period_of(job, &templates.body)?;
    let close = templates.body.convention.dates(period).last;
    if let Some(date) = job.date.filter(|date| *date <= close) {
        return Err(Error::IssuedTooEarly { date, close });
    }
    let inputs = read_inputs(job, (&templates, &threads), progress)?;
    Ok(MonthInputs { templates, period, inputs, threads })
}

/// Checks a period.
pub(super) fn checked(
    job: &Job,
    found: MonthInputs,
    progress: &dyn Progress,
) -> Result<Month, Error> {
    let MonthInputs { templates, period, inputs, threads } = found;
    progress.stage("kiểm tra số liệu");
    let (history, standings, batch) = threads.run(|| -> Result<_, Error> {
        let (history, standings) = earlier_months(job, &templates, period, &inputs)?;
        let batch = validated(&templates, period, &inputs, &history);
        Ok((history, standings, batch))
    })?;
    Ok(Month { templates, period, batch, history, standings, inputs, threads })
}

/// Returns the months of the year so far and the three before the period, without the period.
pub(super) fn earlier_periods(period: Period) -> BTreeSet<Period> {
    let before =
        std::iter::successors(Some(period.previous()), |period| Some(period.previous())).take(3);
    let mut periods: BTreeSet<Period> = period.year_so_far().into_iter().chain(before).collect();
    periods.remove(&period);
    periods
}

/// Returns the months before the period, earliest first: what `input/` holds of them, else what the
/// archive read last. So a run with and without the archive gives the same figures as long as the
/// returns are there.
fn earlier_months(
    job: &Job,
    templates: &Templates,
    period: Period,
    inputs: &Inputs,
) -> Result<(History, Standings), Error> {
    let mut standings = Standings::new();
    let mut history = History::new();
    for month in earlier_periods(period) {
        let mut record = MonthRecord::default();
        if inputs.files.iter().any(|file| file.concern.includes(month)) {
            let batch = validated(templates, month, inputs, &history);
            record = validate::record(templates, &batch);
            if month.year() == period.year() && !batch.returns.is_empty() {
                let each = batch.discipline.iter().map(|row| (row.unit, row.standing));
                standings.insert(month, each.collect());
            }
        }
        if record.values.is_empty() {
            let path = job.workspace.archive().join(archive::observations_path(month));
            if let Some(bytes) = files::read_optional(&path)? {
                record =
                    archive::month_record(templates, month, bytes).map_err(StageError::from)?;
            }
        }
        if !record.values.is_empty() {
            history.insert(month, record);
        }
    }
    Ok((history, standings))
}

/// Returns the batch of a month before, as `input/` holds it.
pub(super) fn batch_of(month: &Month, earlier: Period) -> Batch {
    let history = month.history.range(..earlier).map(|(period, record)| (*period, record.clone()));
    validated(&month.templates, earlier, &month.inputs, &history.collect())
}

/// Validates a period, the files side by side.
fn validated(templates: &Templates, period: Period, inputs: &Inputs, history: &History) -> Batch {
    let mut validator = Validator::new(templates, period, &inputs.side_files, history);
    if templates.indicators.list.iter().any(|indicator| indicator.owner.is_some()) {
        let lists =
            inputs.files.iter().filter(|file| file.concern.includes(period) && file.concern.lists);
        validator.take_lists(lists.map(|file| inputs.read_file(file)));
    }
    let prepare = |file: &StoredFile| {
        if file.concern.includes(period) {
            validator.prepare(&inputs.read_file(file))
        } else {
            Prepared::of_other_period(&file.path, &file.sha256, file.concern.own)
        }
    };
    validator.settle(inputs.files.par_iter().map(prepare).collect())
}

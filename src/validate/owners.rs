//! Lists from the owner of a figure, such as the police's accounts by commune: where the templates
//! name an owner, its list is the main source and the unit's own figure is compared with it. A unit
//! that sent nothing has the figures of the list and is still one that sent nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Batch, Fate, Finding, Observation, OwnerSource, ReadFile, Reading, Return, State, codes,
    header::{self, Identity, PeriodChoice},
    left_over::is_left_over,
    past::UnitPast,
    period::folder_period,
    readings::ReadingContext,
    repeated_rows,
    rules::{self, ReturnFacts},
    validator::{Prepared, Validator},
    withdrawn,
};
use crate::{
    ingest::{CellContent, RawReturn},
    period::Period,
    place::{CellRef, Place},
    template::{IndicatorIx, Measure, UnitIx, Usage},
};

/// What the lists of a period say.
#[derive(Debug, Default)]
pub(super) struct OwnerLists {
    pub(super) figures: BTreeMap<(UnitIx, IndicatorIx), OwnerFigure>,
    /// Owners with the indicators that their lists have.
    pub(super) covered: BTreeSet<(UnitIx, IndicatorIx)>,
    findings: Vec<Finding>,
}

/// A figure of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OwnerFigure {
    /// Scaled by the indicator's decimals.
    pub(super) scaled: i64,
    reading: Reading,
    raw: Option<Box<str>>,
    cell: CellRef,
    /// Where it stands.
    pub(super) source: Arc<OwnerSource>,
}

impl OwnerFigure {
    /// Returns its cell.
    pub(super) fn place(&self) -> Place {
        Place::of_cell(self.source.file.as_str(), self.source.sheet.clone(), self.cell)
    }

    fn observation(&self, indicator: IndicatorIx) -> Observation {
        Observation {
            indicator,
            measure: Measure::Value,
            state: State::Value(self.scaled),
            usage: Usage::Used,
            sheet: 0,
            cell: Some(self.cell),
            raw: self.raw.clone(),
            reading: self.reading,
            source: Some(Arc::clone(&self.source)),
        }
    }
}

impl Validator<'_> {
    /// Takes the lists of owners among the files of the period, in whatever order they come; to be
    /// called before any file is prepared.
    pub fn take_lists(&mut self, files: impl Iterator<Item = ReadFile>) {
        let mut found = Vec::new();
        let mut findings = Vec::new();
        for file in files.filter(|file| file.reading.refusal.is_none()) {
            let decided = self.register.of_file(&file.path).and_then(|entry| entry.period);
            let home = decided.or_else(|| folder_period(&file.path));
            for (position, raw) in file.reading.returns.iter().enumerate() {
                if !is_left_over(&file.reading.returns, position, home) {
                    self.take_list(&file, (raw, decided), &mut found, &mut findings);
                }
            }
        }
        found.sort_by(|(left, one), (right, other)| {
            let key = |figure: &OwnerFigure| (figure.source.file.clone(), figure.cell);
            left.cmp(right).then_with(|| key(one).cmp(&key(other)))
        });
        findings.sort_by(|left: &Finding, right| left.places.cmp(&right.places));
        self.lists = OwnerLists { findings, ..OwnerLists::default() };
        let latest = latest(&found);
        found.retain(|((_, indicator), figure)| {
            let owner = (figure.source.owner, *indicator);
            latest.get(&owner) == Some(&figure.source.submission)
        });
        self.lists.covered = latest.into_keys().collect();
        let mut doubtful = BTreeSet::new();
        for (key, figure) in found {
            match self.lists.figures.get(&key) {
                None => drop(self.lists.figures.insert(key, figure)),
                Some(known) if known.scaled != figure.scaled => {
                    let finding = self.contradiction(key, known, &figure);
                    self.lists.findings.push(finding);
                    doubtful.insert(key);
                }
                Some(_) => {}
            }
        }
        // Two figures of the same right: none of them counts.
        self.lists.figures.retain(|key, _| !doubtful.contains(key));
    }

    fn take_list(
        &self,
        file: &ReadFile,
        (raw, decided): (&RawReturn, Option<Period>),
        found: &mut Vec<((UnitIx, IndicatorIx), OwnerFigure)>,
        findings: &mut Vec<Finding>,
    ) {
        let Some(owner) = self.owner_of_list(raw) else { return };
        let period = header::choose_period(&file.path, raw, decided);
        let is_now = matches!(period, PeriodChoice::Certain(period, _) if period == self.period);
        let identity = header::identify(self.templates, &self.units, &file.path, raw);
        let (Identity::Unit(unit, _), true) = (identity, is_now) else { return };
        let (submission, _) = header::submission(&file.path, raw);
        let entry = self.templates.roster.get(unit);
        let Some(layout) = self.layout_of(entry) else { return };
        for value in raw.values.iter().filter(|value| value.measure == Measure::Value) {
            let position = layout.position(&value.code, value.measure);
            let asked = position.and_then(|position| layout.cells.get(position));
            let Some(asked) = asked.filter(|asked| {
                let indicator = self.templates.indicators.get(asked.indicator);
                indicator.applies_to(entry) && self.owner(asked.indicator) == Some(owner)
            }) else {
                continue;
            };
            let reading = self.reader.read_value(value, &asked.expected);
            let sheet = raw.sheets.get(usize::from(value.sheet)).cloned().unwrap_or_default();
            let source = OwnerSource {
                owner,
                file: file.path.clone(),
                sha256: file.sha256.clone(),
                sheet,
                submission,
            };
            if let State::Value(scaled) = reading.state {
                let (cell, source) = (value.cell, Arc::new(source));
                let (reading, raw) = (reading.reading, reading.raw);
                let figure = OwnerFigure { scaled, reading, raw, cell, source };
                found.push(((unit, asked.indicator), figure));
            } else if reading.fault.is_some() {
                let found = reading.raw.unwrap_or_default();
                findings.push(self.unreadable(
                    (owner, entry),
                    asked.indicator,
                    &source,
                    (value.cell, &found),
                ));
            }
        }
    }

    /// Returns the owner whose list a return is of: the unit that sent the file, when some indicator
    /// is its own.
    pub(super) fn owner_of_list(&self, raw: &RawReturn) -> Option<UnitIx> {
        let CellContent::Text(words) = &raw.sender.as_ref()?.value else { return None };
        let sender = self.units.find_name(words).unit()?;
        let mut indicators = self.templates.indicators.list.iter();
        indicators.any(|indicator| indicator.owner == Some(sender)).then_some(sender)
    }

    fn owner(&self, indicator: IndicatorIx) -> Option<UnitIx> {
        self.templates.indicators.get(indicator).owner
    }

    /// Says what became of a return that is a line of an owner's list.
    pub(super) fn prepare_list(&self, prepared: &mut Prepared, raw: &RawReturn, owner: UnitIx) {
        let path = prepared.fate.file.clone();
        let (submission, _) = header::submission(&path, raw);
        prepared.unit = Some(owner);
        prepared.fate.submission = Some(submission);
        let counts = self.lists.figures.values().any(|figure| figure.source.file == path);
        prepared.fate.fate = if counts { Fate::Counted } else { Fate::Superseded };
        if let Identity::Nobody(_, finding) =
            header::identify(self.templates, &self.units, &path, raw)
        {
            prepared.findings.push(*finding);
        }
        prepared.findings.extend(repeated_rows::findings(&path, raw));
        prepared.findings.extend(withdrawn::findings(&path, raw));
        let said = |finding: &Finding| finding.code == codes::OWNER_OTHER.code;
        if prepared.findings.iter().any(said) {
            return;
        }
        prepared.findings.extend(self.foreign_figures(&path, raw, owner));
    }

    /// Puts the figures of lists in the place of a unit's own; returns where they differ.
    pub(super) fn replace_by_lists(
        &self,
        context: &ReadingContext<'_>,
        unit: UnitIx,
        observations: &mut [Observation],
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for observation in observations.iter_mut().filter(|one| one.measure == Measure::Value) {
            let key = (unit, observation.indicator);
            let Some(figure) = self.lists.figures.get(&key) else { continue };
            if let State::Value(own) = observation.state
                && own != figure.scaled
            {
                findings.push(self.difference(context, observation, own, figure));
            }
            *observation = figure.observation(observation.indicator);
        }
        findings
    }

    /// Adds the figures of units that sent no return that counts, and what is to be said of lists.
    pub(super) fn settle_lists(&self, batch: &mut Batch) {
        batch.findings.extend(self.lists.findings.iter().cloned());
        let mut by_unit: BTreeMap<UnitIx, Vec<(IndicatorIx, &OwnerFigure)>> = BTreeMap::new();
        for ((unit, indicator), figure) in &self.lists.figures {
            let returns = &batch.returns;
            if returns.binary_search_by_key(unit, |counted| counted.unit).is_err() {
                by_unit.entry(*unit).or_default().push((*indicator, figure));
            }
        }
        for (unit, figures) in by_unit {
            self.settle_listed(batch, unit, &figures);
        }
        self.say_lacking(batch);
    }

    fn settle_listed(
        &self,
        batch: &mut Batch,
        unit: UnitIx,
        figures: &[(IndicatorIx, &OwnerFigure)],
    ) {
        let entry = self.templates.roster.get(unit);
        let form = self.form_of(entry).unwrap_or_default();
        let Some((_, first)) = figures.first() else { return };
        let mut listed = Return {
            unit,
            period: self.period,
            form: form.to_owned(),
            submission: first.source.submission,
            file: first.source.file.clone(),
            sha256: first.source.sha256.clone(),
            sheets: vec![first.source.sheet.clone()],
            sample: false,
            observations: figures.iter().map(|(index, one)| one.observation(*index)).collect(),
            details: Vec::new(),
            texts: Vec::new(),
            explanations: Vec::new(),
        };
        let codes: Vec<&str> = figures.iter().map(|(index, _)| self.code(*index)).collect();
        let owner = self.templates.roster.get(first.source.owner);
        let message = format!(
            "Đơn vị {} chưa có báo cáo được tính; {} chỉ tiêu lấy theo danh sách của {}: {}.",
            entry.short_name,
            codes.len(),
            owner.short_name,
            codes.join(", ")
        );
        let finding = codes::OWNER_INSTEAD.finding(message).at(first.place());
        batch.findings.push(
            finding
                .of_unit(&entry.key)
                .found(codes.join(", "))
                .hint("Đề nghị đơn vị vẫn gửi báo cáo để có các chỉ tiêu khác."),
        );
        let past = UnitPast::of(self.history, self.period, unit);
        let violations = {
            let facts = ReturnFacts {
                templates: self.templates,
                names: &self.facts,
                counted: &listed,
                past: &past,
                day: self.dates.last,
            };
            self.templates.rules.evaluate(form, &facts, &self.templates.indicators)
        };
        let judged = rules::judge(self.templates, &mut listed, violations, &[]);
        batch.findings.extend(judged.into_iter().map(|finding| finding.of_unit(&entry.key)));
        batch.listed.push(listed);
    }
}

/// Returns the highest Lần gửi of each owner and indicator.
fn latest(found: &[((UnitIx, IndicatorIx), OwnerFigure)]) -> BTreeMap<(UnitIx, IndicatorIx), u32> {
    let mut latest = BTreeMap::new();
    for ((_, indicator), figure) in found {
        let known = latest.entry((figure.source.owner, *indicator)).or_insert(0);
        *known = (*known).max(figure.source.submission);
    }
    latest
}

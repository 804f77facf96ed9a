//! The two stages of validation: each file on its own (pure, so that files can be taken in
//! parallel), then all of them together. Knows the order of the steps and nothing of their contents.

use std::collections::BTreeMap;

use super::{
    Fate, FileFate, Finding, History, ReadFile, Return, SideFiles, checks, codes, copied,
    corrections::Corrections,
    details::{self, DetailContext},
    expected_number::ExpectedNumber,
    file_faults, file_name, fold_causes, form_identity,
    header::{self, Identity, PeriodChoice},
    layout::FormLayout,
    left_over, missing_figures, notices,
    number::NumberReader,
    owners::OwnerLists,
    past::UnitPast,
    period::folder_period,
    proposal::{self, Proposal},
    readings::{self, ReadingContext},
    register::Register,
    repeated_rows,
    rules::{self, FactNames, ReturnFacts},
    submissions::Candidate,
    unit::UnitIndex,
    withdrawn, witnesses,
};
use crate::{
    ingest::{FileKind, NoticeKind, RawReturn},
    period::Period,
    place::Place,
    template::{
        Form, IndicatorKind, Measure, PeriodDates, Severity, Templates, Unit, UnitIx, UnitWords,
    },
};

/// Everything that is looked up while the returns of a period are validated.
#[derive(Debug)]
pub struct Validator<'a> {
    pub(super) templates: &'a Templates,
    pub(super) history: &'a History,
    pub(super) period: Period,
    pub(super) dates: PeriodDates,
    pub(super) units: UnitIndex,
    pub(super) reader: NumberReader,
    pub(super) detail_number: ExpectedNumber,
    pub(super) layouts: BTreeMap<String, FormLayout>,
    pub(super) facts: FactNames,
    pub(super) names: witnesses::Names,
    pub(super) register: Register,
    pub(super) corrections: Corrections,
    pub(super) side_findings: Vec<Finding>,
    pub(super) lists: OwnerLists,
}

/// A file after the first stage.
#[derive(Debug)]
pub struct Prepared {
    pub(super) fate: FileFate,
    pub(super) unit: Option<UnitIx>,
    pub(super) findings: Vec<Finding>,
    pub(super) candidates: Vec<Candidate>,
}

impl<'a> Validator<'a> {
    /// Returns the validator of a period.
    pub fn new(
        templates: &'a Templates,
        period: Period,
        side_files: &SideFiles,
        history: &'a History,
    ) -> Self {
        let dates = templates.body.convention.dates(period);
        let units = UnitIndex::new(templates, dates.last);
        let (register, mut side_findings) = Register::read(side_files.register.as_deref());
        let bytes = side_files.corrections.get(&period).map(Vec::as_slice);
        let (corrections, findings) = Corrections::read(templates, &units, period, bytes);
        side_findings.extend(findings);
        Self {
            templates,
            history,
            period,
            dates,
            units,
            reader: NumberReader::new(&templates.forms.labels),
            detail_number: ExpectedNumber::new(IndicatorKind::Flow, 0, UnitWords::new("")),
            layouts: FormLayout::all(templates),
            facts: FactNames::new(templates),
            names: witnesses::Names::of(&templates.indicators),
            register,
            corrections,
            side_findings,
            lists: OwnerLists::default(),
        }
    }

    /// Returns what a file is on its own: its returns of the period with their findings.
    pub fn prepare(&self, file: &ReadFile) -> Prepared {
        let mut prepared = Prepared::new(file);
        let decided = self.register.of_file(&file.path).and_then(|entry| entry.period);
        let home = decided.or_else(|| folder_period(&file.path));
        let at_home = home.is_none_or(|home| home == self.period);
        if let Some(refusal) = &file.reading.refusal {
            if at_home {
                let refused = (file.reading.kind, refusal);
                let (fate, finding) =
                    file_faults::refused(self.templates, &self.units, &file.path, refused);
                prepared.fate.fate = fate;
                prepared.findings.push(finding);
                let likely = self.units.hint_of_file(&file.path);
                let key = likely.map(|unit| self.templates.roster.get(unit).key.clone());
                prepared.fate.likely_unit = key;
                // A table that waits to be understood is said even where nothing was read, and
                // a form may stand in a sheet that was not read.
                let said =
                    file.reading.notices.iter().filter(|notice| {
                        notice.is_unclear() || notice.kind == NoticeKind::HiddenSheet
                    });
                prepared.findings.extend(said.map(|notice| notices::noticed(&file.path, notice)));
            }
            prepared.fate.period = home;
            return prepared;
        }
        for (position, raw) in file.reading.returns.iter().enumerate() {
            if left_over::is_left_over(&file.reading.returns, position, home) {
                if at_home {
                    prepared.findings.push(left_over::finding(&file.path, raw));
                }
            } else {
                self.prepare_return(&mut prepared, raw, decided);
            }
        }
        if at_home || !prepared.candidates.is_empty() {
            let counts = (&prepared.fate.fate, prepared.candidates.len());
            let notices = notices::of_file(&file.path, &file.reading, counts);
            prepared.findings.extend(notices);
            if let [_] = &file.reading.returns[..]
                && let [one] = &prepared.candidates[..]
            {
                let roster = &self.templates.roster;
                let key = &roster.get(one.counted.unit).key;
                let other = self.units.other_of_file(&file.path, one.counted.unit);
                let other = other.map(|unit| roster.get(unit).short_name.as_str());
                let of_name = file_name::finding(&file.path, self.period, other);
                prepared.findings.extend(of_name.map(|finding| finding.of_unit(key)));
            }
            let own = prepared.candidates.iter_mut().flat_map(|one| &mut one.findings);
            fold_causes::fold_outside(&mut prepared.findings, own);
        }
        if at_home && file.reading.kind == FileKind::Zip {
            // The files in it have fates of their own.
            prepared.fate.fate = Fate::Ignored;
            prepared.fate.period = home;
        }
        prepared
    }

    fn prepare_return(&self, prepared: &mut Prepared, raw: &RawReturn, decided: Option<Period>) {
        let path = prepared.fate.file.clone();
        match header::choose_period(&path, raw, decided) {
            PeriodChoice::Certain(period, note) if period == self.period => {
                prepared.fate.period = Some(period);
                if let Some(owner) = self.owner_of_list(raw) {
                    self.prepare_list(prepared, raw, owner);
                    return;
                }
                self.prepare_candidate(prepared, raw, note.map(|note| *note));
            }
            PeriodChoice::Certain(period, _) => {
                prepared.fate.period.get_or_insert(period);
            }
            PeriodChoice::Conflict { header, place, finding } => {
                if header == self.period || place == Some(self.period) {
                    prepared.fate.fate = Fate::Held;
                    let mut finding = *finding;
                    if place != Some(self.period) {
                        finding.severity = Severity::Information;
                    }
                    self.push_of_unit(prepared, raw, finding);
                }
                prepared.fate.period = place.or(Some(header));
            }
            PeriodChoice::Unreadable(finding) => {
                let home = folder_period(&path);
                if home.is_none_or(|home| home == self.period) {
                    prepared.fate.fate = Fate::Rejected;
                    self.push_of_unit(prepared, raw, *finding);
                }
                prepared.fate.period = home;
            }
        }
    }

    /// Adds a finding about a return that does not count, of its unit where that is certain.
    fn push_of_unit(&self, prepared: &mut Prepared, raw: &RawReturn, finding: Finding) {
        let identity = header::identify(self.templates, &self.units, &prepared.fate.file, raw);
        let Identity::Unit(unit, _) = identity else {
            prepared.findings.push(finding);
            return;
        };
        prepared.unit = Some(unit);
        let key = &self.templates.roster.get(unit).key;
        prepared.findings.push(finding.of_unit(key));
    }

    fn prepare_candidate(&self, prepared: &mut Prepared, raw: &RawReturn, note: Option<Finding>) {
        let path = prepared.fate.file.as_str();
        match header::identify(self.templates, &self.units, path, raw) {
            Identity::Nobody(fate, finding) => {
                prepared.fate.fate = fate;
                prepared.findings.push(*finding);
            }
            Identity::Unit(unit, mut findings) => {
                findings.extend(note);
                prepared.unit = Some(unit);
                let identity = (unit, findings);
                let source = (path, prepared.fate.sha256.as_str());
                if let Some(candidate) = self.candidate(source, raw, identity) {
                    prepared.candidates.push(candidate);
                }
            }
        }
    }

    /// Returns a return of a known unit with everything that is wrong with it.
    fn candidate(
        &self,
        (path, sha256): (&str, &str),
        raw: &RawReturn,
        (unit, mut findings): (UnitIx, Vec<Finding>),
    ) -> Option<Candidate> {
        let templates = self.templates;
        let entry = templates.roster.get(unit);
        let code = self.form_of(entry)?;
        let form = templates.forms.list.iter().find(|form| form.code == code)?;
        let layout = self.layouts.get(code)?;
        let (submission, note) = header::submission(path, raw);
        findings.extend(note);
        findings.extend(form_identity::changes(templates, form, path, raw));
        if raw.form != code {
            findings.push(wrong_form(path, raw, form));
        }
        let reader = &self.reader;
        let context = ReadingContext { templates, reader, layout, unit: entry, path, raw };
        let (mut observations, mut cell_findings) = readings::observe(&context);
        form_identity::drop_own_formulas(raw, &mut cell_findings);
        let from_lists = self.replace_by_lists(&context, unit, &mut observations);
        let corrected = self.corrections.apply(templates, unit, &mut observations);
        for applied in &corrected.applied {
            let code = &templates.indicators.get(applied.indicator).code;
            cell_findings.retain(|finding| finding.indicator.as_ref() != Some(code));
        }
        findings.extend(cell_findings);
        findings.extend(repeated_rows::findings(path, raw));
        findings.extend(withdrawn::findings(path, raw));
        findings.extend(from_lists);
        findings.extend(readings::with_cells(&context, &observations, corrected.findings));
        let number = &self.detail_number;
        let detail_context = DetailContext { reader, number, form, dates: self.dates, path, raw };
        let (details, detail_findings) = details::details(&detail_context);
        let (explanations, note_findings) =
            details::notes(reader, &templates.indicators, path, raw);
        let mut counted = Return {
            unit,
            period: self.period,
            form: form.code.clone(),
            submission,
            file: path.to_owned(),
            sha256: sha256.to_owned(),
            sheets: raw.sheets.clone(),
            sample: raw.sample,
            observations,
            details,
            texts: details::boxes(path, raw),
            explanations,
        };
        let mut proposals = Vec::new();
        if has_values(&counted) {
            findings.extend(missing_figures::missing_figures(templates, entry, &counted));
            form_identity::fold_deleted(&mut findings);
            findings.extend(detail_findings);
            findings.extend(note_findings);
            proposals = self.compare(&context, &mut counted, &mut findings);
        } else {
            findings.push(no_values(path, raw));
        }
        let key = &entry.key;
        let findings = findings.into_iter().map(|finding| finding.of_unit(key)).collect();
        Some(Candidate { counted, findings, corrections: corrected.applied, proposals })
    }

    /// Returns the code of the form of a unit's group.
    pub(super) fn form_of(&self, unit: &Unit) -> Option<&'a str> {
        let mut groups = self.templates.body.groups.iter();
        groups.find(|group| group.key == unit.group).map(|group| group.form.as_str())
    }

    /// Returns what the form of a unit's group asks.
    pub(super) fn layout_of(&self, unit: &Unit) -> Option<&FormLayout> {
        self.layouts.get(self.form_of(unit)?)
    }

    /// Compares a return with its past and judges it by the rules; returns what the unit should look
    /// at first.
    fn compare(
        &self,
        context: &ReadingContext<'_>,
        counted: &mut Return,
        findings: &mut Vec<Finding>,
    ) -> Vec<Proposal> {
        let past = UnitPast::of(self.history, self.period, counted.unit);
        let order = checks::stated(&counted.observations);
        let copied = copied::flows_of_month_before(context, &order, &past);
        findings.extend(witnesses::findings(context, &self.names, &order));
        let mut stated = checks::stated_figures(context, &order, &past);
        fold_causes::fold_stated(&mut stated);
        let (violations, proposals) = {
            let facts = ReturnFacts {
                templates: self.templates,
                names: &self.facts,
                counted,
                past: &past,
                day: self.dates.last,
            };
            let (rules, indicators) = (&self.templates.rules, &self.templates.indicators);
            let violations = rules.evaluate(&counted.form, &facts, indicators);
            let proposals = proposal::proposals(&facts, &violations);
            (violations, proposals)
        };
        let judged = rules::judge(self.templates, counted, violations, findings);
        fold_causes::fold_stated_into_judged(&mut stated, &judged);
        findings.extend(stated);
        findings.extend(copied);
        findings.extend(judged);
        findings.extend(proposals.iter().map(Proposal::finding));
        proposals
    }
}

impl Prepared {
    fn new(file: &ReadFile) -> Self {
        Self::of_other_period(&file.path, &file.sha256, None)
    }

    /// Returns what a file is of which [`super::Concern`] says that it is for another period.
    pub fn of_other_period(path: &str, sha256: &str, period: Option<Period>) -> Self {
        let fate = FileFate {
            file: path.to_owned(),
            sha256: sha256.to_owned(),
            fate: Fate::OtherPeriod,
            unit: None,
            likely_unit: None,
            period,
            submission: None,
            received: None,
            intake_number: None,
        };
        Self { fate, unit: None, findings: Vec::new(), candidates: Vec::new() }
    }
}

fn has_values(counted: &Return) -> bool {
    counted.observations.iter().any(|observation| {
        observation.measure == Measure::Value && observation.state != super::State::Missing
    })
}

pub(super) fn sheet_place(path: &str, raw: &RawReturn) -> Place {
    Place { file: path.to_owned(), sheet: raw.sheets.first().cloned(), cell: None }
}

fn wrong_form(path: &str, raw: &RawReturn, form: &Form) -> Finding {
    let message = format!("Đơn vị dùng biểu khác; các chỉ tiêu được đọc theo {}.", form.name);
    codes::WRONG_FORM
        .finding(message)
        .at(sheet_place(path, raw))
        .found(raw.form.as_str())
        .expected(form.code.as_str())
        .hint(format!("Từ kỳ sau đề nghị dùng {}.", form.name))
}

fn no_values(path: &str, raw: &RawReturn) -> Finding {
    let (message, found) = if raw.values.is_empty() {
        ("Không đọc được dòng chỉ tiêu nào của biểu.", "không có dòng nào hiểu được")
    } else {
        ("Biểu chưa ghi số liệu nào.", "các ô số liệu đều để trống")
    };
    codes::NO_VALUES
        .finding(message)
        .at(sheet_place(path, raw))
        .found(found)
        .expected("số liệu trong kỳ")
        .hint("Đề nghị ghi số liệu (không phát sinh thì ghi 0) và gửi lại.")
}

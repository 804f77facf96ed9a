//! The two stages of validation: each file on its own (pure, so that files can be taken in
//! parallel), then all of them together. Knows the order of the steps and nothing of their contents.

use std::collections::BTreeMap;

use super::{
    Batch, Fate, FileFate, Finding, History, ReadFile, Return, SideFiles, checks, codes,
    corrections::{Corrections, find_unit},
    details::{self, DetailContext},
    discipline::{self, Arrivals},
    file_faults, fold_causes,
    header::{self, Identity, PeriodChoice},
    layout::FormLayout,
    number::NumberReader,
    past::UnitPast,
    period::{folder_period, read_period},
    readings::{self, ReadingContext},
    register::{Register, RegisterEntry},
    rules::{self, FactNames, ReturnFacts},
    submissions::{self, Candidate},
    unit::UnitIndex,
};
use crate::{
    ingest::RawReturn,
    period::Period,
    place::Place,
    template::{Form, Measure, PeriodDates, Severity, Templates, UnitIx},
};

/// Everything that is looked up while the returns of a period are validated.
#[derive(Debug)]
pub struct Validator<'a> {
    templates: &'a Templates,
    history: &'a History,
    period: Period,
    dates: PeriodDates,
    units: UnitIndex,
    reader: NumberReader,
    layouts: BTreeMap<String, FormLayout>,
    facts: FactNames,
    register: Register,
    corrections: Corrections,
    side_findings: Vec<Finding>,
}

/// A file after the first stage.
#[derive(Debug)]
pub struct Prepared {
    fate: FileFate,
    unit: Option<UnitIx>,
    findings: Vec<Finding>,
    candidates: Vec<Candidate>,
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
            layouts: FormLayout::all(templates),
            facts: FactNames::new(templates),
            register,
            corrections,
            side_findings,
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
            }
            prepared.fate.period = home;
            return prepared;
        }
        for (position, raw) in file.reading.returns.iter().enumerate() {
            if is_left_over(&file.reading.returns, position, home) {
                if at_home {
                    prepared.findings.push(left_over(&file.path, raw));
                }
            } else {
                self.prepare_return(&mut prepared, raw, decided);
            }
        }
        if at_home || !prepared.candidates.is_empty() {
            let notices = file.reading.notices.iter();
            prepared
                .findings
                .extend(notices.map(|notice| file_faults::noticed(&file.path, notice)));
        }
        prepared
    }

    fn prepare_return(&self, prepared: &mut Prepared, raw: &RawReturn, decided: Option<Period>) {
        let path = prepared.fate.file.clone();
        match header::choose_period(&path, raw, decided) {
            PeriodChoice::Certain(period, note) if period == self.period => {
                prepared.fate.period = Some(period);
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
        let group = templates.body.groups.iter().find(|group| group.key == entry.group)?;
        let form = templates.forms.list.iter().find(|form| form.code == group.form)?;
        let layout = self.layouts.get(&group.form)?;
        let (submission, note) = header::submission(path, raw);
        findings.extend(note);
        if raw.form != group.form {
            findings.push(wrong_form(path, raw, form));
        }
        let reader = &self.reader;
        let context = ReadingContext { templates, reader, layout, unit: entry, path, raw };
        let (mut observations, mut cell_findings) = readings::observe(&context);
        let corrected = self.corrections.apply(templates, unit, &mut observations);
        for applied in &corrected.applied {
            let code = &templates.indicators.get(applied.indicator).code;
            cell_findings.retain(|finding| finding.indicator.as_ref() != Some(code));
        }
        findings.extend(cell_findings);
        findings.extend(corrected.findings);
        let detail_context = DetailContext { reader, form, dates: self.dates, path, raw };
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
        if has_values(&counted) {
            findings.extend(readings::missing_figures(&context, &counted.observations));
            findings.extend(detail_findings);
            findings.extend(note_findings);
            self.compare(&context, &mut counted, &mut findings);
        } else {
            findings.push(no_values(path, raw));
        }
        let key = &entry.key;
        let findings = findings.into_iter().map(|finding| finding.of_unit(key)).collect();
        Some(Candidate { counted, findings, corrections: corrected.applied })
    }

    /// Compares a return with its past and judges it by the rules.
    fn compare(
        &self,
        context: &ReadingContext<'_>,
        counted: &mut Return,
        findings: &mut Vec<Finding>,
    ) {
        let past = UnitPast::of(self.history, self.period, counted.unit);
        let mut stated = checks::stated_figures(context, &counted.observations, &past);
        fold_causes::fold_stated(&mut stated);
        let violations = {
            let facts = ReturnFacts {
                templates: self.templates,
                names: &self.facts,
                counted,
                past: &past,
                day: self.dates.last,
            };
            self.templates.rules.evaluate(&counted.form, &facts, &self.templates.indicators)
        };
        let judged = rules::judge(self.templates, counted, violations, findings);
        findings.extend(stated);
        findings.extend(judged);
    }

    /// Returns the outcome of the period from all its files, in whatever order they come.
    pub fn settle(&self, mut files: Vec<Prepared>) -> Batch {
        files.sort_by(|left, right| left.fate.file.cmp(&right.fate.file));
        let mut batch = Batch { findings: self.side_findings.clone(), ..Batch::default() };
        let paths = files.iter().map(|file| file.fate.file.as_str());
        batch.findings.extend(self.register.absent_files(paths));
        let mut by_unit: BTreeMap<UnitIx, Vec<Candidate>> = BTreeMap::new();
        let mut fates: BTreeMap<String, FileFate> = BTreeMap::new();
        let mut refused: BTreeMap<UnitIx, Vec<String>> = BTreeMap::new();
        for file in files {
            let key = file.unit.map(|unit| self.templates.roster.get(unit).key.clone());
            for mut finding in file.findings {
                finding.unit = finding.unit.or_else(|| key.clone());
                batch.findings.push(finding);
            }
            if let (Some(unit), Fate::Held | Fate::Rejected) = (file.unit, file.fate.fate) {
                refused.entry(unit).or_default().push(file.fate.file.clone());
            }
            fates.insert(file.fate.file.clone(), FileFate { unit: key, ..file.fate });
            for candidate in file.candidates {
                by_unit.entry(candidate.counted.unit).or_default().push(candidate);
            }
        }
        let mut settling = Settling { fates, refused, accepted: BTreeMap::new() };
        for (unit, candidates) in by_unit {
            self.settle_unit(&mut batch, &mut settling, (unit, candidates));
        }
        let returns = &batch.returns;
        let has_return = |unit| returns.binary_search_by_key(&unit, |counted| counted.unit).is_ok();
        batch.findings.extend(self.corrections.without_return(self.templates, has_return));
        self.settle_discipline(&mut batch, &settling);
        batch.fates = settling.fates.into_values().collect();
        self.sort_findings(&mut batch.findings);
        batch
    }

    fn settle_unit(
        &self,
        batch: &mut Batch,
        settling: &mut Settling,
        (unit, candidates): (UnitIx, Vec<Candidate>),
    ) {
        let chosen = self.corrections.chosen_file(unit);
        let choice = submissions::choose(self.templates, candidates, chosen);
        let key = &self.templates.roster.get(unit).key;
        batch.findings.extend(choice.findings.into_iter().map(|finding| finding.of_unit(key)));
        for (other, fate) in choice.others {
            settling.set_fate(&other.counted, fate);
            if fate == Fate::Rejected {
                batch.findings.extend(other.findings);
                settling.refused.entry(unit).or_default().push(other.counted.file);
            } else {
                settling.accepted.entry(unit).or_default().push(other.counted.file);
            }
        }
        if let Some(counted) = choice.counted {
            settling.set_fate(&counted.counted, Fate::Counted);
            settling.accepted.entry(unit).or_default().push(counted.counted.file.clone());
            batch.findings.extend(counted.findings);
            batch.corrections.extend(counted.corrections);
            batch.returns.push(counted.counted);
        }
    }

    fn settle_discipline(&self, batch: &mut Batch, settling: &Settling) {
        let extensions = self.extensions_without_file();
        for (index, unit) in self.templates.roster.reporting_on(self.dates.last) {
            let position = batch.returns.binary_search_by_key(&index, |counted| counted.unit);
            let counted = position.ok().and_then(|position| batch.returns.get(position));
            let arrivals = Arrivals {
                counted,
                accepted: names(settling.accepted.get(&index)),
                refused: names(settling.refused.get(&index)),
            };
            let (mut discipline, findings) = discipline::discipline(
                (&self.templates.body, self.period),
                &self.register,
                (index, unit),
                extensions.get(&index).copied(),
                &arrivals,
            );
            let group = self.templates.body.groups.iter().find(|group| group.key == unit.group);
            if let Some(layout) = group.and_then(|group| self.layouts.get(&group.form)) {
                let required = layout.required(self.templates, unit).count();
                discipline.figures_expected = u32::try_from(required).unwrap_or(u32::MAX);
                discipline.figures_missing = match counted {
                    Some(counted) => discipline::missing_of(counted, |indicator| {
                        self.templates.indicators.get(indicator).is_required_of(unit)
                    }),
                    None => discipline.figures_expected,
                };
            }
            batch.findings.extend(findings);
            batch.discipline.push(discipline);
        }
    }

    /// Returns the extensions of the register that name a unit instead of a file, for this period:
    /// the one of their row, else the one in whose time they end.
    fn extensions_without_file(&self) -> BTreeMap<UnitIx, &RegisterEntry> {
        let body = &self.templates.body;
        let from = discipline::deadline(body, self.period);
        let until = discipline::deadline(body, self.period.next());
        self.register
            .without_file()
            .filter(|entry| match (entry.period, entry.extended_to) {
                (Some(period), _) => period == self.period,
                (None, Some(end)) => from < end && end <= until,
                (None, None) => false,
            })
            .filter_map(|entry| Some((find_unit(self.templates, &self.units, &entry.unit)?, entry)))
            .collect()
    }

    /// Sorts findings by unit in roster order (those of no unit first), worst first.
    fn sort_findings(&self, findings: &mut [Finding]) {
        let order: BTreeMap<&str, u32> = (1..)
            .zip(&self.templates.roster.units)
            .map(|(order, unit)| (unit.key.as_str(), order))
            .collect();
        findings.sort_by_cached_key(|finding| {
            let unit = finding.unit.as_deref().and_then(|unit| order.get(unit)).copied();
            let (code, places) = (finding.code.clone(), finding.places.clone());
            (unit.unwrap_or(0), finding.severity, code, places, finding.message.clone())
        });
    }
}

/// What is known of files while units are settled.
struct Settling {
    fates: BTreeMap<String, FileFate>,
    refused: BTreeMap<UnitIx, Vec<String>>,
    accepted: BTreeMap<UnitIx, Vec<String>>,
}

impl Settling {
    /// Notes what became of the file of a return; what counts goes before what does not.
    fn set_fate(&mut self, counted: &Return, fate: Fate) {
        let Some(known) = self.fates.get_mut(&counted.file) else { return };
        if known.submission.is_none() || fate == Fate::Counted {
            known.fate = fate;
            known.submission = Some(counted.submission);
        }
    }
}

impl Prepared {
    fn new(file: &ReadFile) -> Self {
        let fate = FileFate {
            file: file.path.clone(),
            sha256: file.sha256.clone(),
            fate: Fate::OtherPeriod,
            unit: None,
            period: None,
            submission: None,
        };
        Self { fate, unit: None, findings: Vec::new(), candidates: Vec::new() }
    }
}

fn names(files: Option<&Vec<String>>) -> Vec<&str> {
    files.into_iter().flatten().map(String::as_str).collect()
}

fn has_values(counted: &Return) -> bool {
    counted.observations.iter().any(|observation| {
        observation.measure == Measure::Value && observation.state != super::State::Missing
    })
}

fn header_period(raw: &RawReturn) -> Option<Period> {
    raw.period.as_ref().and_then(|located| read_period(&located.value))
}

/// Returns whether a return is of another month than the file, which has one of its own month.
fn is_left_over(returns: &[RawReturn], position: usize, home: Option<Period>) -> bool {
    let periods: Vec<Option<Period>> = returns.iter().map(header_period).collect();
    let home = home.or_else(|| periods.iter().copied().flatten().max());
    let own = periods.get(position).copied().flatten();
    periods.contains(&home) && own.is_some() && own != home
}

fn sheet_place(path: &str, raw: &RawReturn) -> Place {
    Place { file: path.to_owned(), sheet: raw.sheets.first().cloned(), cell: None }
}

fn left_over(path: &str, raw: &RawReturn) -> Finding {
    let period = raw.period.as_ref().map(|located| header::shown(&located.value));
    let sheet = raw.sheets.first().map(|sheet| sheet.trim().to_owned()).unwrap_or_default();
    let message =
        format!("Trang tính “{sheet}” là biểu của kỳ khác còn để lại trong tệp; không được tính.");
    codes::LEFTOVER_SHEET
        .finding(message)
        .at(sheet_place(path, raw))
        .found(period.unwrap_or_default())
        .hint("Từ kỳ sau đề nghị xóa trang tính của kỳ cũ trước khi gửi.")
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
    codes::NO_VALUES
        .finding("Biểu chưa ghi số liệu nào.")
        .at(sheet_place(path, raw))
        .found("các ô số liệu đều để trống")
        .expected("số liệu trong kỳ")
        .hint("Đề nghị ghi số liệu (không phát sinh thì ghi 0) và gửi lại.")
}

//! A return that a unit sent as several files with the same Lần gửi, none of which has a figure that
//! another has: they are one return. Files that share a figure are left to the choice among
//! submissions.

use std::sync::Arc;

use super::{
    Detail, Finding, OwnerSource, Return, State, codes,
    joined_details::{self, FileTable},
    missing_figures,
    past::UnitPast,
    rules::{self, ReturnFacts},
    submissions::Candidate,
    validator::Validator,
};
use crate::{
    place::Place,
    template::{Measure, UnitIx},
};

impl Validator<'_> {
    /// Joins the files of a return; returns the returns and the parts that went into another one.
    pub(super) fn join(
        &self,
        unit: UnitIx,
        mut candidates: Vec<Candidate>,
    ) -> (Vec<Candidate>, Vec<Candidate>) {
        // The file with most of the figures is the one that others are joined to.
        candidates.sort_by(|left, right| {
            let key = |one: &Candidate| std::cmp::Reverse(figures(&one.counted).count());
            key(left).cmp(&key(right)).then_with(|| left.counted.file.cmp(&right.counted.file))
        });
        let (mut whole, mut parts): (Vec<Joined>, Vec<Candidate>) = (Vec::new(), Vec::new());
        for candidate in candidates {
            match whole.iter_mut().find(|joined| fit(&joined.home, &candidate)) {
                Some(joined) => {
                    joined.add(unit, &candidate);
                    parts.push(candidate);
                }
                None => whole.push(Joined::new(candidate)),
            }
        }
        (whole.into_iter().map(|joined| self.finish(unit, joined)).collect(), parts)
    }

    /// Returns a joined return, judged as a whole.
    fn finish(&self, unit: UnitIx, joined: Joined) -> Candidate {
        let Joined { mut home, tables, said } = joined;
        if said.is_empty() {
            return home;
        }
        let entry = self.templates.roster.get(unit);
        let (details, repeated) = joined_details::settle(self.templates, &home.counted, &tables);
        home.counted.details = details;
        let applied: Vec<&str> = home
            .corrections
            .iter()
            .map(|one| self.templates.indicators.get(one.indicator).code.as_str())
            .collect();
        let still_holds = |finding: &Finding| {
            let is_applied = finding.indicator.as_deref().is_some_and(|one| applied.contains(&one));
            let is_rule = !finding.code.starts_with("DA06-");
            let is_missing = finding.code == codes::FIGURES_MISSING.code;
            let is_refused = finding.code == codes::CORRECTION_NOT_APPLIED.code && is_applied;
            !(is_rule || is_missing || is_refused)
        };
        home.findings.retain(still_holds);
        let mut again: Vec<Finding> =
            missing_figures::missing_figures(self.templates, entry, &home.counted)
                .into_iter()
                .collect();
        let before = UnitPast::of(self.history, self.period, unit);
        let violations = {
            let facts = ReturnFacts {
                templates: self.templates,
                names: &self.facts,
                counted: &home.counted,
                past: &before,
                day: self.dates.last,
            };
            let form = home.counted.form.as_str();
            self.templates.rules.evaluate(form, &facts, &self.templates.indicators)
        };
        again.extend(rules::judge(self.templates, &mut home.counted, violations, &home.findings));
        again.extend(said.into_iter().chain(repeated));
        let again = again.into_iter().map(|finding| finding.of_unit(&entry.key));
        home.findings.extend(again);
        home
    }
}

/// A return that is being put together from files.
struct Joined {
    /// What is there so far.
    home: Candidate,
    /// The detail tables of all files; sheets are those of the joined return.
    tables: Vec<FileTable>,
    /// What is said of each file that was added.
    said: Vec<Finding>,
}

impl Joined {
    fn new(home: Candidate) -> Self {
        let file = home.counted.file.clone();
        let table = |detail: &Detail| FileTable { file: file.clone(), detail: detail.clone() };
        let tables = home.counted.details.iter().map(table).collect();
        Self { home, tables, said: Vec::new() }
    }

    fn add(&mut self, unit: UnitIx, part: &Candidate) {
        let (home, part_return) = (&mut self.home, &part.counted);
        let offset = u16::try_from(home.counted.sheets.len()).unwrap_or(u16::MAX);
        self.tables.extend(part_return.details.iter().cloned().map(|mut detail| {
            detail.sheet = detail.sheet.saturating_add(offset);
            FileTable { file: part_return.file.clone(), detail }
        }));
        merge(unit, &mut home.counted, part_return);
        home.corrections.extend(part.corrections.iter().cloned());
        home.findings.extend(part.findings.iter().cloned());
        self.said.push(joined(&home.counted, part_return));
    }
}

/// Returns the figures of a return.
fn figures(counted: &Return) -> impl Iterator<Item = crate::template::IndicatorIx> {
    let values = counted.observations.iter().filter(|one| one.measure == Measure::Value);
    values.filter(|one| one.state != State::Missing).map(|one| one.indicator)
}

/// Returns whether two files are parts of one return.
fn fit(home: &Candidate, part: &Candidate) -> bool {
    let (one, other) = (&home.counted, &part.counted);
    let alike = one.submission == other.submission && one.form == other.form;
    let mut shared = figures(other).filter(|indicator| figures(one).any(|own| own == *indicator));
    home.is_accepted()
        && part.is_accepted()
        && alike
        && one.sha256 != other.sha256
        && figures(one).next().is_some()
        && figures(other).next().is_some()
        && shared.next().is_none()
}

/// Puts what a part says into the return, but for its detail tables; places of the part are those of
/// its own file.
fn merge(unit: UnitIx, home: &mut Return, part: &Return) {
    for observation in &part.observations {
        let own = home.observations.iter_mut().find(|own| {
            own.indicator == observation.indicator && own.measure == observation.measure
        });
        let Some(own) = own.filter(|own| own.state == State::Missing) else { continue };
        if observation.state == State::Missing {
            continue;
        }
        let origin = part.origin(observation);
        let source = OwnerSource {
            owner: unit,
            file: origin.file.to_owned(),
            sha256: origin.sha256.to_owned(),
            sheet: origin.sheet.unwrap_or_default().to_owned(),
            submission: origin.submission,
        };
        own.clone_from(observation);
        own.source.get_or_insert_with(|| Arc::new(source));
    }
    home.sheets.extend(part.sheets.iter().cloned());
    home.texts.extend(part.texts.iter().cloned());
    home.explanations.extend(part.explanations.iter().cloned());
    home.sample |= part.sample;
}

fn joined(home: &Return, part: &Return) -> Finding {
    let message = format!(
        "Báo cáo lần gửi {} gửi thành nhiều tệp, không trùng chỉ tiêu; đã ghép tệp “{}” với tệp “{}”.",
        home.submission, part.file, home.file
    );
    codes::JOINED
        .finding(message)
        .at(Place::of_file(part.file.as_str()))
        .at(Place::of_file(home.file.as_str()))
        .found(part.file.as_str())
        .hint("Từ kỳ sau đề nghị gửi một tệp cho cả báo cáo.")
}

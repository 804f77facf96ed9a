//! The second stage of validation: all files together. Which return of a unit counts, who is
//! missing or late, what became of every file.

use std::collections::BTreeMap;

use super::{
    Batch, Fate, FileFate, Finding, Return,
    corrections::find_unit,
    discipline::{self, Arrivals},
    register::RegisterEntry,
    submissions::{self, Candidate},
    validator::{Prepared, Validator},
};
use crate::template::UnitIx;

impl Validator<'_> {
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
        batch.fates = settling.fates.into_values().map(|fate| self.with_arrival(fate)).collect();
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
            batch.proposals.extend(counted.proposals);
            batch.returns.push(counted.counted);
        }
    }

    /// Returns the fate of a file with what the register says of its arrival.
    fn with_arrival(&self, fate: FileFate) -> FileFate {
        let Some(entry) = self.register.of_file(&fate.file) else { return fate };
        FileFate { received: entry.received, intake_number: entry.number.clone(), ..fate }
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

fn names(files: Option<&Vec<String>>) -> Vec<&str> {
    files.into_iter().flatten().map(String::as_str).collect()
}

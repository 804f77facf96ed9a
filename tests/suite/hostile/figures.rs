//! What a run said: the observations of `nguon-….csv` and the findings of `check --json`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::support::{MARCH, Sandbox};

/// Observations: unit, indicator and measure with state, value and use.
pub struct Figures(BTreeMap<[String; 3], Observation>);

#[derive(Clone, PartialEq, Eq)]
struct Observation {
    value: [String; 3],
    usage: String,
    file: String,
}

/// The findings of a month.
pub struct Findings(Vec<Finding>);

#[derive(Deserialize)]
struct Finding {
    code: String,
    severity: String,
    unit: Option<String>,
    indicator: Option<String>,
    file: Option<String>,
    message: String,
    cell: Option<String>,
}

/// A figure that changed without a word.
pub struct Fault {
    pub file: Option<String>,
    pub what: String,
}

impl Figures {
    /// Returns the observations that the last run of March wrote.
    pub fn of(sandbox: &Sandbox) -> Self {
        let path = sandbox.path(&format!("output/{MARCH}/nguon-{MARCH}.csv"));
        let Ok(bytes) = std::fs::read(path) else { return Self(BTreeMap::new()) };
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let columns: BTreeMap<String, usize> =
            reader.headers().unwrap().iter().map(str::to_owned).zip(0..).collect();
        let records = reader.records().map(Result::unwrap);
        let rows = records.map(|record| {
            let field = |name: &str| record[columns[name]].to_owned();
            let value = ["state", "value", "decimals"].map(field);
            let observation = Observation { value, usage: field("use"), file: field("file") };
            (["unit_key", "indicator", "measure"].map(field), observation)
        });
        Self(rows.collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns what is other than expected.
    pub fn differences(&self, expected: &Self) -> Vec<String> {
        let keys: BTreeSet<&[String; 3]> = self.0.keys().chain(expected.0.keys()).collect();
        let differs = keys.into_iter().filter(|key| {
            let value = |figures: &Self| figures.0.get(*key).map(|found| found.value.clone());
            value(self) != value(expected)
        });
        differs.map(|key| key.join(" ")).take(20).collect()
    }

    /// Returns the figures that are other than expected and have no finding that was not there.
    pub fn silent_changes(
        &self,
        expected: &Self,
        findings: &Findings,
        known: &Findings,
    ) -> Vec<Fault> {
        let said = findings.beyond(known);
        let keys: BTreeSet<&[String; 3]> = self.0.keys().chain(expected.0.keys()).collect();
        let mut faults = Vec::new();
        for key in keys {
            let (now, before) = (self.0.get(key), expected.0.get(key));
            if now.map(|found| &found.value) == before.map(|found| &found.value) {
                continue;
            }
            let [unit, indicator, measure] = key;
            // What a unit states beside its figures serves to check them: it may be gone.
            let is_stated = key[2] != "value";
            if is_stated && now.is_none_or(|found| found.value[0] == "missing") {
                continue;
            }
            // A value that came from nowhere or became another one must be told as such; of one
            // that is gone it is enough that its row, its sheet or its file is.
            let has_value = now.is_some_and(|found| found.value[0] == "value");
            let files = [now, before].map(|found| found.map(|found| &found.file));
            let is_told = said.iter().any(|finding| {
                if finding.severity == "thông tin" && !is_stated {
                    return false;
                }
                (finding.unit.as_ref() == Some(unit)
                    || finding.file.as_ref().is_some_and(|file| files.contains(&Some(file))))
                    && (!has_value || finding.is_about(indicator) || finding.is_about_all())
            });
            if !is_told {
                let show = |found: Option<&Observation>| {
                    found.map_or("-".to_owned(), |found| {
                        format!("{} ({})", found.value.join(" "), found.usage)
                    })
                };
                let what =
                    format!("{unit} {indicator} {measure}: {} → {}", show(before), show(now));
                let file = before.or(now).map(|found| found.file.clone());
                faults.push(Fault { file, what });
            }
        }
        faults
    }
}

impl Findings {
    /// Returns the findings of March.
    pub fn of(sandbox: &Sandbox) -> Self {
        let check = sandbox.da06(&["check", "--period", MARCH, "--json"]);
        Self(serde_json::from_str(&check.stdout).unwrap_or_else(|_| panic!("{}", check.stderr)))
    }

    pub fn codes_of(&self, path: &str) -> BTreeSet<&str> {
        let of_file = self.0.iter().filter(|finding| finding.file.as_deref() == Some(path));
        of_file.map(|finding| finding.code.as_str()).collect()
    }

    pub fn has(&self, code: &str) -> bool {
        self.0.iter().any(|finding| finding.code == code)
    }

    /// Returns whether a file as a whole is refused.
    pub fn rejects(&self, path: &str) -> bool {
        self.0
            .iter()
            .any(|finding| finding.file.as_deref() == Some(path) && finding.severity == "từ chối")
    }

    /// Returns the findings that others do not have.
    fn beyond<'a>(&'a self, others: &Self) -> Vec<&'a Finding> {
        let known: BTreeSet<_> = others.0.iter().map(Finding::key).collect();
        self.0.iter().filter(|finding| !known.contains(&finding.key())).collect()
    }
}

impl Finding {
    fn key(&self) -> (&str, Option<&str>, Option<&str>, Option<&str>, &str) {
        (
            &self.code,
            self.unit.as_deref(),
            self.file.as_deref(),
            self.cell.as_deref(),
            &self.message,
        )
    }

    fn is_about(&self, indicator: &str) -> bool {
        self.indicator.as_deref() == Some(indicator) || self.message.contains(indicator)
    }

    /// Returns whether the finding says that another submission or nothing counts, or that a sheet
    /// could not be read.
    fn is_about_all(&self) -> bool {
        ["DA06-N", "DA06-T", "DA06-H"].iter().any(|letter| self.code.starts_with(letter))
    }
}

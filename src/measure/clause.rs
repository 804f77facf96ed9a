//! The clauses of Phụ lục I of Nghị định 30/2020/NĐ-CP that can be measured, and what a measurement
//! says about one. Where a clause names no tolerance, ours stands in what is expected.

use serde::Serialize;

/// A clause that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// Stable name, for programs and for the ledger.
    pub id: &'static str,
    /// Place in Phụ lục I (Phần I unless it says otherwise), as the decree writes it.
    pub decree: &'static str,
    /// What is looked at.
    pub what: &'static str,
    /// What is asked.
    pub expected: &'static str,
}

/// How a document stands to a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it is asked.
    Pass,
    /// Not as it is asked.
    Fail,
    /// The document has nothing that the clause is about.
    NotApplicable,
}

/// What a measurement says about a clause.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// The clause.
    #[serde(flatten)]
    pub clause: Clause,
    /// How the document stands to it.
    pub verdict: Verdict,
    /// What was found, in Vietnamese; the first fault when there are several.
    pub measured: String,
    /// Page of the first fault, or of the component.
    pub page: Option<usize>,
    /// How many places are at fault.
    pub faults: usize,
}

/// A place that is not as it is asked.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// Page, from 1.
    pub(super) page: usize,
    /// What was found.
    pub(super) says: String,
}

impl Clause {
    /// Returns a clause.
    pub(super) const fn new(
        id: &'static str,
        decree: &'static str,
        what: &'static str,
        expected: &'static str,
    ) -> Self {
        Self { id, decree, what, expected }
    }

    /// Returns the check of something that the document does not have.
    pub(super) fn absent(self, why: &str) -> Check {
        Check {
            clause: self,
            verdict: Verdict::NotApplicable,
            measured: why.to_owned(),
            page: None,
            faults: 0,
        }
    }

    /// Returns the check of something obligatory that is missing.
    pub(super) fn missing(self, what: &str) -> Check {
        self.judged(1, String::new(), vec![Fault { page: 1, says: what.to_owned() }])
    }

    /// Returns the check of a component: passed with what was measured, or failed with its faults.
    pub(super) fn judged(self, page: usize, measured: String, faults: Vec<Fault>) -> Check {
        let count = faults.len();
        let Some(first) = faults.into_iter().next() else {
            let page = Some(page);
            return Check { clause: self, verdict: Verdict::Pass, measured, page, faults: 0 };
        };
        let more = count - 1;
        let says = match more {
            0 => first.says,
            _ => format!("{} (và {more} chỗ khác)", first.says),
        };
        Check {
            clause: self,
            verdict: Verdict::Fail,
            measured: says,
            page: Some(first.page),
            faults: count,
        }
    }
}

/// Returns a number as Vietnamese office paper prints it, with so many decimals.
pub(super) fn shown(number: f64, decimals: usize) -> String {
    format!("{number:.decimals$}").replace('.', ",")
}

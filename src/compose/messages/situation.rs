//! In which situations a unit is, from the batch and, for reminders, the day. Words are elsewhere.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Asked, Thanks};
use crate::{
    compose::findings::FindingsInput,
    template::{Severity, UnitIx},
    validate::{Batch, Discipline, Fate, FileFate, Finding, Proposal, Return, Standing},
};

/// What a message is about; the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Situation {
    /// Something came, nothing of it counts.
    Refused,
    /// The deadline is over and nothing came.
    Overdue,
    /// Nothing came.
    NotReturned,
    /// The deadline is near and nothing came.
    DueSoon,
    /// Cells must be corrected.
    ToCorrect,
    /// Figures are to be explained.
    ToExplain,
    /// The workbook came, the signed paper did not.
    NoSignedPaper,
    /// The return came late.
    Late,
    /// Complete and right.
    Complete,
}

impl Situation {
    /// Returns the situation in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Refused => "phải gửi lại",
            Self::Overdue => "quá hạn chưa gửi",
            Self::NotReturned => "chưa gửi",
            Self::DueSoon => "sắp đến hạn",
            Self::ToCorrect => "phải sửa",
            Self::ToExplain => "cần giải trình",
            Self::NoSignedPaper => "chưa có bản ký",
            Self::Late => "gửi muộn",
            Self::Complete => "đủ và đúng",
        }
    }
}

/// A unit with everything that its message is made of.
pub(super) struct Case<'a> {
    pub(super) unit: UnitIx,
    pub(super) situations: Vec<Situation>,
    pub(super) discipline: &'a Discipline,
    pub(super) counted: Option<&'a Return>,
    /// What must be corrected, the worst first.
    pub(super) errors: Vec<&'a Finding>,
    /// What is to be explained.
    pub(super) warnings: Vec<&'a Finding>,
    /// How many more findings of the same kind follow one, by its reference.
    pub(super) alike: BTreeMap<String, usize>,
    /// Refused files whose names seem to name the unit, with what is wrong with them.
    pub(super) likely: Vec<&'a Finding>,
    pub(super) proposals: Vec<&'a Proposal>,
    /// Lần gửi of the next file.
    pub(super) next: u32,
}

/// Findings that the office settles by itself: they are not for the unit. A letter stands for all of
/// the side files; what a later file lacks is said of that file.
const OF_THE_OFFICE: [&str; 5] = ["DA06-K", "DA06-N01", "DA06-N05", "DA06-N10", "DA06-T08"];

/// Returns the units to which something is to be said, in roster order.
pub(super) fn cases<'a>(input: &FindingsInput<'a>, asked: Asked) -> Vec<Case<'a>> {
    let by_unit = input.findings_by_unit();
    let batch = input.batch;
    let nobody: &[&Finding] = by_unit.get(&None).map_or(&[], Vec::as_slice);
    let arrivals = Arrivals::of(batch, nobody);
    let keeps_papers = batch.discipline.iter().any(|one| one.signed_paper.is_some());
    let case = |discipline: &'a Discipline| {
        let unit = discipline.unit;
        let own: &[&Finding] = by_unit.get(&Some(unit)).map_or(&[], Vec::as_slice);
        let key = &input.templates.roster.get(unit).key;
        let counted = batch.returns.binary_search_by_key(&unit, |one| one.unit).ok();
        let mut case = Case {
            unit,
            situations: Vec::new(),
            discipline,
            counted: counted.and_then(|position| batch.returns.get(position)),
            errors: for_the_unit(own, |one| one.severity <= Severity::Error),
            warnings: for_the_unit(own, |one| {
                one.severity == Severity::Warning && one.explanation.is_none()
            }),
            alike: alike(own),
            likely: arrivals.likely.get(key.as_str()).cloned().unwrap_or_default(),
            next: 1 + arrivals.last_submission.get(key.as_str()).copied().unwrap_or(1),
            proposals: proposals_of(batch, unit).iter().collect(),
        };
        case.situations = situations(&case, input, asked);
        if !keeps_papers {
            // An office that writes down no paper at all cannot say that one is missing.
            case.situations.retain(|situation| *situation != Situation::NoSignedPaper);
        }
        let thanks = asked.thanks == Thanks::Everyone || input.templates.body.messages.thanks;
        if case.situations.is_empty() && thanks && case.counted.is_some() {
            case.situations.push(Situation::Complete);
        }
        case
    };
    let cases = batch.discipline.iter().map(case);
    cases.filter(|case| !case.situations.is_empty()).collect()
}

/// Returns how many findings follow one of the same kind.
fn alike(own: &[&Finding]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for follower in own {
        let Some(cause) = &follower.cause else { continue };
        if own.iter().any(|one| one.code == follower.code && one.reference() == *cause) {
            *counts.entry(cause.clone()).or_default() += 1;
        }
    }
    counts
}

/// Returns whether a finding is for the office to settle, so that nothing of it is told to the unit.
pub fn is_of_the_office(finding: &Finding) -> bool {
    OF_THE_OFFICE.iter().any(|start| finding.code.starts_with(start))
}

fn for_the_unit<'a>(own: &[&'a Finding], wanted: fn(&Finding) -> bool) -> Vec<&'a Finding> {
    own.iter()
        .copied()
        .filter(|finding| finding.cause.is_none() && wanted(finding) && !is_of_the_office(finding))
        .collect()
}

/// What the files of a period say of units, by key of the unit.
#[derive(Default)]
struct Arrivals<'a> {
    /// The highest Lần gửi.
    last_submission: BTreeMap<&'a str, u32>,
    /// What is wrong with refused files whose names seem to name the unit.
    likely: BTreeMap<&'a str, Vec<&'a Finding>>,
}

impl<'a> Arrivals<'a> {
    fn of(batch: &'a Batch, nobody: &[&'a Finding]) -> Self {
        let mut by_file: BTreeMap<&str, &'a Finding> = BTreeMap::new();
        for &finding in nobody {
            if let Some(place) = finding.places.first() {
                by_file.entry(&place.file).or_insert(finding);
            }
        }
        let mut arrivals = Self::default();
        for FileFate { file, fate, unit, likely_unit, submission, .. } in &batch.fates {
            if let (Some(unit), Some(submission)) = (unit, *submission) {
                let last = arrivals.last_submission.entry(unit).or_default();
                *last = submission.max(*last);
            }
            let finding = by_file.get(file.as_str()).copied();
            if let (Some(unit), Some(finding), Fate::Rejected) = (likely_unit, finding, *fate) {
                arrivals.likely.entry(unit).or_default().push(finding);
            }
        }
        arrivals
    }
}

/// Returns the proposals for a unit; the batch sorts them by unit.
fn proposals_of(batch: &Batch, unit: UnitIx) -> &[Proposal] {
    let from = batch.proposals.partition_point(|one| one.unit < unit);
    let to = batch.proposals.partition_point(|one| one.unit <= unit);
    batch.proposals.get(from..to).unwrap_or_default()
}

fn situations(case: &Case<'_>, input: &FindingsInput<'_>, asked: Asked) -> Vec<Situation> {
    let discipline = case.discipline;
    let nothing_came = || {
        let remind = i64::from(input.templates.body.messages.remind_days);
        coming(discipline, asked.day, remind).into_iter().collect()
    };
    match discipline.standing {
        Standing::NotAccepted => return vec![Situation::Refused],
        Standing::NotReturned | Standing::NotRequired
            if !case.likely.is_empty() || has_copied_form(case) =>
        {
            return vec![Situation::Refused];
        }
        Standing::NotReturned | Standing::NotRequired => return nothing_came(),
        Standing::OnTime | Standing::Late { .. } | Standing::Unknown => {}
    }
    let mut situations = Vec::new();
    let mut add = |is_so: bool, situation| {
        if is_so {
            situations.push(situation);
        }
    };
    add(!case.errors.is_empty(), Situation::ToCorrect);
    add(!case.warnings.is_empty(), Situation::ToExplain);
    add(discipline.signed_paper.is_none(), Situation::NoSignedPaper);
    add(matches!(discipline.standing, Standing::Late { .. }), Situation::Late);
    situations
}

/// Returns whether the unit filled in the form of another: something came, though it counts for nobody.
fn has_copied_form(case: &Case<'_>) -> bool {
    case.errors.first().is_some_and(|finding| finding.code == "DA06-T40")
}

/// Returns what is to be said to a unit from which nothing came; units that only cooperate are
/// reminded and never called late.
fn coming(discipline: &Discipline, day: Option<NaiveDate>, remind: i64) -> Option<Situation> {
    let must = discipline.standing == Standing::NotReturned;
    let Some(day) = day else { return must.then_some(Situation::NotReturned) };
    let days = (discipline.deadline.date() - day).num_days();
    match days {
        ..0 => must.then_some(Situation::Overdue),
        days if days <= remind => Some(Situation::DueSoon),
        _ => None,
    }
}

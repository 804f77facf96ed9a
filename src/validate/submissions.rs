//! Which return of a unit counts: the highest accepted Lần gửi, whole, never merged with another;
//! the secretary's choice goes before it. Never decides by the time of a file.

use std::cmp::Reverse;

use super::{
    AppliedCorrection, Fate, Finding, Proposal, Return, State, codes, corrections::ChosenFile,
    register::file_key,
};
use crate::{
    place::Place,
    template::{IndicatorIx, Measure, Severity, Templates, Usage},
    text,
};

/// How many changed figures a finding names.
const NAMED_CHANGES: usize = 12;

/// A return of the period with its own findings, before it is known whether it counts.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The return.
    pub(super) counted: Return,
    /// What is wrong with it.
    pub(super) findings: Vec<Finding>,
    /// Corrections that were applied to it.
    pub(super) corrections: Vec<AppliedCorrection>,
    /// What it should look at first.
    pub(super) proposals: Vec<Proposal>,
}

/// What became of the returns of one unit.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// The one that counts.
    pub(super) counted: Option<Candidate>,
    /// The others with their fates.
    pub(super) others: Vec<(Candidate, Fate)>,
    /// What is to be said about the choice.
    pub(super) findings: Vec<Finding>,
}

impl Candidate {
    /// Returns whether nothing in it is a reason to reject it.
    pub(super) fn is_accepted(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Rejected)
    }

    fn place(&self) -> Place {
        Place::of_file(self.counted.file.as_str())
    }

    fn name(&self) -> String {
        format!("lần gửi {} (tệp “{}”)", self.counted.submission, self.counted.file)
    }

    fn figures(&self) -> impl Iterator<Item = (IndicatorIx, State)> {
        let values = self.counted.observations.iter();
        values.filter(|one| one.measure == Measure::Value).map(|one| (one.indicator, one.state))
    }

    fn figure_count(&self) -> usize {
        self.figures().filter(|(_, state)| matches!(state, State::Value(_))).count()
    }
}

/// Chooses among the returns of a unit.
pub(super) fn choose(
    templates: &Templates,
    candidates: Vec<Candidate>,
    chosen: Option<&ChosenFile>,
) -> Choice {
    let mut choice = Choice::default();
    let (mut accepted, rejected) = without_duplicates(candidates, &mut choice);
    accepted.sort_by(|left, right| order(left).cmp(&order(right)));
    if let Some(position) = position_chosen(&accepted, &rejected, chosen, &mut choice) {
        let picked = accepted.remove(position);
        accepted.insert(0, picked);
    } else if let Some((first, others)) = accepted.split_first_mut() {
        let tie = others.first().and_then(|second| tie(templates, first, second));
        if let (Some(_), Some(second)) = (&tie, others.first()) {
            doubt_differences(first, second);
        }
        choice.findings.extend(tie);
        let before =
            others.iter().find(|other| other.counted.submission < first.counted.submission);
        choice.findings.extend(before.and_then(|before| fewer_figures(first, before)));
    }
    let mut accepted = accepted.into_iter();
    let counted = accepted.next();
    if let Some(counted) = &counted {
        for later in
            rejected.iter().filter(|one| one.counted.submission > counted.counted.submission)
        {
            choice.findings.push(later_rejected(counted, later));
        }
    }
    for other in accepted {
        if let Some(counted) = &counted
            && counted.counted.submission != other.counted.submission
        {
            choice.findings.push(superseded(templates, counted, &other));
        }
        choice.others.push((other, Fate::Superseded));
    }
    choice.others.extend(rejected.into_iter().map(|one| (one, Fate::Rejected)));
    choice.counted = counted;
    choice
}

/// Highest Lần gửi first; among equals the lowest content hash, then the path.
fn order(candidate: &Candidate) -> (Reverse<u32>, &str, &str) {
    let counted = &candidate.counted;
    (Reverse(counted.submission), &counted.sha256, &counted.file)
}

/// Sets files aside that are byte for byte another one; tells accepted from rejected returns.
fn without_duplicates(
    mut candidates: Vec<Candidate>,
    choice: &mut Choice,
) -> (Vec<Candidate>, Vec<Candidate>) {
    // Of equal files the one with the shorter name is the original: copies are called "… (1)".
    candidates.sort_by(|left, right| {
        let key = |candidate: &Candidate| candidate.counted.file.chars().count();
        key(left).cmp(&key(right)).then_with(|| left.counted.file.cmp(&right.counted.file))
    });
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let original = kept.iter().find(|other| {
            other.counted.sha256 == candidate.counted.sha256
                && other.counted.file != candidate.counted.file
        });
        match original {
            Some(original) => {
                let message =
                    format!("Tệp giống hệt tệp “{}”; chỉ tính một lần.", original.counted.file);
                choice.findings.push(
                    codes::SAME_BYTES
                        .finding(message)
                        .at(candidate.place())
                        .at(original.place())
                        .found("hai tệp giống hệt nhau")
                        .expected("một tệp")
                        .hint("Có thể bỏ bớt một tệp."),
                );
                choice.others.push((candidate, Fate::Duplicate));
            }
            None => kept.push(candidate),
        }
    }
    kept.into_iter().partition(Candidate::is_accepted)
}

fn position_chosen(
    accepted: &[Candidate],
    rejected: &[Candidate],
    chosen: Option<&ChosenFile>,
    choice: &mut Choice,
) -> Option<usize> {
    let chosen = chosen?;
    let key = file_key(&chosen.file);
    let is_it = |candidate: &Candidate| {
        let path = file_key(&candidate.counted.file);
        path == key || path.rsplit_once('/').is_some_and(|(_, name)| name == key)
    };
    if let Some(position) = accepted.iter().position(is_it) {
        let message = format!("Văn thư chọn tính tệp “{}”.", chosen.file);
        let finding = codes::CHOSEN_BY_OFFICE.finding(message).at(chosen.place.clone());
        choice.findings.push(finding.found(chosen.confirmed_by.as_str()));
        return Some(position);
    }
    let why = if rejected.iter().any(is_it) {
        "tệp này bị từ chối"
    } else {
        "không có tệp này trong các báo cáo của đơn vị"
    };
    let message = format!("Không tính được tệp “{}” như văn thư chọn: {why}.", chosen.file);
    choice.findings.push(
        codes::CHOICE_UNUSABLE
            .finding(message)
            .at(chosen.place.clone())
            .found(chosen.file.as_str())
            .expected("tên hoặc đường dẫn của một tệp được nhận")
            .hint("Đề nghị kiểm tra lại dòng này của dieu-chinh.csv."),
    );
    None
}

/// Marks the figures of a return as doubtful that another one with equal right has otherwise.
fn doubt_differences(counted: &mut Candidate, other: &Candidate) {
    for observation in &mut counted.counted.observations {
        let theirs = other.figures().find(|(indicator, _)| *indicator == observation.indicator);
        let differs = theirs.map(|(_, state)| state) != Some(observation.state);
        if observation.measure == Measure::Value && observation.usage == Usage::Used && differs {
            observation.usage = Usage::Doubtful;
        }
    }
}

/// Two returns with the same Lần gửi and different content.
fn tie(templates: &Templates, first: &Candidate, second: &Candidate) -> Option<Finding> {
    if first.counted.submission != second.counted.submission {
        return None;
    }
    let message = format!(
        "Có hai tệp cùng ghi lần gửi {} nhưng nội dung khác nhau: “{}” và “{}”; tạm tính tệp “{}”; {}.",
        first.counted.submission,
        first.counted.file,
        second.counted.file,
        first.counted.file,
        difference(templates, first, second)
    );
    Some(
        codes::SAME_SUBMISSION
            .finding(message)
            .at(first.place())
            .at(second.place())
            .found(format!("{}, {}", first.counted.file, second.counted.file))
            .expected("mỗi lần gửi một tệp")
            .hint("Đề nghị hỏi đơn vị tệp nào đúng rồi ghi vào dieu-chinh.csv (cột chi_tieu ghi TEP, cột moi ghi tên tệp)."),
    )
}

fn fewer_figures(first: &Candidate, before: &Candidate) -> Option<Finding> {
    let (now, then) = (first.figure_count(), before.figure_count());
    (now < then).then(|| {
        let message = format!(
            "Lần gửi {} có {now} chỉ tiêu có số liệu, ít hơn lần gửi {} ({then} chỉ tiêu); vẫn tính toàn bộ theo lần gửi {}, không ghép số liệu hai lần.",
            first.counted.submission, before.counted.submission, first.counted.submission
        );
        codes::FEWER_FIGURES
            .finding(message)
            .at(first.place())
            .at(before.place())
            .found(now.to_string())
            .expected(format!("từ {then} chỉ tiêu trở lên"))
            .hint("Đề nghị hỏi đơn vị; nếu lần gửi trước mới đúng, ghi tệp được tính vào dieu-chinh.csv (cột chi_tieu ghi TEP).")
    })
}

fn later_rejected(counted: &Candidate, later: &Candidate) -> Finding {
    let message =
        format!("Báo cáo {} bị từ chối; số liệu vẫn lấy theo {}.", later.name(), counted.name());
    codes::LATER_REJECTED
        .finding(message)
        .at(later.place())
        .at(counted.place())
        .found(later.name())
        .expected("báo cáo được nhận")
        .hint("Đề nghị đơn vị sửa theo các điểm đã nêu và gửi lại.")
}

fn superseded(templates: &Templates, counted: &Candidate, other: &Candidate) -> Finding {
    let difference = difference(templates, counted, other);
    let message =
        format!("Tính theo {}, thay toàn bộ {}; {difference}.", counted.name(), other.name());
    codes::SUPERSEDED
        .finding(message)
        .at(counted.place())
        .at(other.place())
        .found(other.name())
        .expected(counted.name())
        .hint("Nếu lần gửi trước mới đúng, ghi tệp được tính vào dieu-chinh.csv (cột chi_tieu ghi TEP).")
}

/// Returns which figures differ, in words.
fn difference(templates: &Templates, counted: &Candidate, other: &Candidate) -> String {
    let changed: Vec<&str> = other
        .figures()
        .filter(|(indicator, state)| {
            counted.figures().find(|(other, _)| other == indicator).map(|(_, now)| now)
                != Some(*state)
        })
        .map(|(indicator, _)| templates.indicators.get(indicator).code.as_str())
        .collect();
    match changed.len() {
        0 => "số liệu không thay đổi".to_owned(),
        count => {
            let named = changed.get(..count.min(NAMED_CHANGES)).unwrap_or_default().join(", ");
            let more = if count > NAMED_CHANGES { ", …" } else { "" };
            format!("{} chỉ tiêu thay đổi: {named}{more}", text::format_count(count))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::UnitIx;

    fn candidate(file: &str, submission: u32, sha256: &str, figures: &[i64]) -> Candidate {
        let observation = |(index, value): (usize, &i64)| super::super::Observation {
            indicator: IndicatorIx(u16::try_from(index).unwrap()),
            measure: Measure::Value,
            state: State::Value(*value),
            usage: Usage::Used,
            sheet: 0,
            cell: None,
            raw: None,
            reading: super::super::Reading::Literal,
            source: None,
        };
        Candidate {
            counted: Return {
                unit: UnitIx(0),
                period: "2024-03".parse().unwrap(),
                form: "01".to_owned(),
                submission,
                file: file.to_owned(),
                sha256: sha256.to_owned(),
                sheets: Vec::new(),
                sample: false,
                observations: figures.iter().enumerate().map(observation).collect(),
                details: Vec::new(),
                texts: Vec::new(),
                explanations: Vec::new(),
            },
            findings: Vec::new(),
            corrections: Vec::new(),
            proposals: Vec::new(),
        }
    }

    fn rejected(mut candidate: Candidate) -> Candidate {
        candidate.findings.push(codes::NO_VALUES.finding("Biểu chưa có số liệu."));
        candidate
    }

    fn chosen(candidates: Vec<Candidate>, by_office: Option<&str>) -> (String, Vec<String>) {
        let templates = super::super::sample::templates();
        let by_office = by_office.map(|file| ChosenFile {
            file: file.to_owned(),
            confirmed_by: "Lan".to_owned(),
            place: Place::default(),
        });
        let choice = choose(templates, candidates, by_office.as_ref());
        let file = choice.counted.map(|one| one.counted.file).unwrap_or_default();
        (file, choice.findings.into_iter().map(|finding| finding.code).collect())
    }

    #[test]
    fn the_highest_submission_counts_whatever_the_order() {
        let make = || vec![candidate("b", 1, "1", &[5]), candidate("a", 2, "2", &[6])];
        let codes = vec![codes::SUPERSEDED.code.to_owned()];
        assert_eq!(chosen(make(), None), ("a".to_owned(), codes.clone()));
        assert_eq!(chosen(make().into_iter().rev().collect(), None), ("a".to_owned(), codes));
    }

    #[test]
    fn a_rejected_later_submission_leaves_the_first_and_says_so() {
        let candidates = vec![candidate("a", 1, "1", &[5]), rejected(candidate("b", 2, "2", &[]))];
        let codes = vec![codes::LATER_REJECTED.code.to_owned()];
        assert_eq!(chosen(candidates, None), ("a".to_owned(), codes));
        let candidates = vec![rejected(candidate("b", 2, "2", &[]))];
        assert_eq!(chosen(candidates, None), (String::new(), Vec::new()));
    }

    #[test]
    fn a_tie_is_decided_by_content_until_the_office_decides() {
        let make = || vec![candidate("a", 1, "9", &[5]), candidate("b", 1, "3", &[6])];
        let (file, codes) = chosen(make(), None);
        assert_eq!((file.as_str(), codes[0].as_str()), ("b", codes::SAME_SUBMISSION.code));
        let choice = choose(super::super::sample::templates(), make(), None);
        let counted = choice.counted.unwrap().counted;
        assert_eq!(counted.observations[0].usage, Usage::Doubtful, "5 or 6, nobody knows");
        let (file, codes) = chosen(make(), Some("a"));
        assert_eq!((file.as_str(), codes[0].as_str()), ("a", codes::CHOSEN_BY_OFFICE.code));
        let (file, codes) = chosen(make(), Some("c"));
        assert_eq!((file.as_str(), codes[0].as_str()), ("b", codes::CHOICE_UNUSABLE.code));
    }

    #[test]
    fn fewer_figures_and_equal_files_are_said() {
        let candidates = vec![candidate("a", 1, "1", &[5, 6]), candidate("b", 2, "2", &[5])];
        let (file, found) = chosen(candidates, None);
        assert_eq!(file, "b");
        assert!(found.contains(&codes::FEWER_FIGURES.code.to_owned()), "{found:?}");
        let candidates = vec![candidate("a", 1, "1", &[5]), candidate("b", 1, "1", &[5])];
        assert_eq!(chosen(candidates, None), ("a".to_owned(), vec!["DA06-N08".to_owned()]));
    }
}

//! Which units get an answer, about which of their files, and which cells are marked. A unit gets one
//! when something must be corrected or explained; what only informs is no reason to write.

use std::collections::BTreeMap;

use super::{Answer, AnswerRow, Mark, Tone, sheet, words};
use crate::{
    compose::{FindingsInput, advice},
    place::{CellRef, Place},
    template::{Severity, UnitIx},
    validate::{Fate, FileFate, Finding},
};

/// Related cells of a finding that are marked; more would hide the one that is meant.
const MOST_RELATED: usize = 8;

/// Figures that are empty: each of the cells must be filled in.
const EMPTY_FIGURES: &str = "DA06-S09";

/// "Lần gửi sau bị từ chối": the sheet says so above its table.
const SAID_ABOVE: &str = "DA06-N05";

/// What an answer is made of.
pub(super) struct Case<'a> {
    /// The unit.
    pub(super) unit: UnitIx,
    /// What is wrong, worst first, what follows from a finding behind it.
    pub(super) findings: Vec<&'a Finding>,
    /// What came from the unit for the period.
    pub(super) files: Vec<&'a FileFate>,
    /// The one that is sent back.
    pub(super) file: Option<&'a FileFate>,
}

/// Finding of a form that lacks a sheet.
const LOST_SHEET: &str = "DA06-T44";

/// Findings of a form that is of another unit or month, or lacks sheets or rows.
const SPOILT: [&str; 4] = ["DA06-T40", "DA06-T41", LOST_SHEET, "DA06-T45"];

impl Case<'_> {
    /// Returns whether the form itself is spoilt or of another month, so that it cannot be corrected.
    pub(super) fn is_spoilt(&self) -> bool {
        // A sheet that was hidden, and so was found, can be shown again.
        let is_hidden = |finding: &Finding| finding.code == LOST_SHEET && !finding.found.is_empty();
        let is_spoilt =
            |finding: &Finding| SPOILT.contains(&finding.code.as_str()) && !is_hidden(finding);
        self.findings.iter().any(|finding| is_spoilt(finding))
    }

    /// Returns the finding that another one follows from: once that is corrected, it is usually gone.
    /// Findings of the same kind only stand together.
    fn cause(&self, finding: &Finding) -> Option<&Finding> {
        let cause = finding.cause.as_deref()?;
        let mut known = self.findings.iter().copied();
        known.find(|one| one.code != finding.code && one.reference() == cause)
    }

    fn tone(&self, finding: &Finding) -> Tone {
        match finding.severity {
            _ if self.cause(finding).is_some() => Tone::Related,
            Severity::Rejected | Severity::Error => Tone::Wrong,
            Severity::Warning | Severity::Information => Tone::Doubtful,
        }
    }
}

/// Returns the answers of a period, in roster order.
pub fn feedback(input: &FindingsInput<'_>) -> Vec<Answer> {
    let mut files: BTreeMap<&str, Vec<&FileFate>> = BTreeMap::new();
    for fate in &input.batch.fates {
        if let Some(unit) = &fate.unit
            && !matches!(fate.fate, Fate::OtherPeriod | Fate::Ignored)
        {
            files.entry(unit).or_default().push(fate);
        }
    }
    let by_path: BTreeMap<&str, &FileFate> =
        input.batch.fates.iter().map(|fate| (fate.file.as_str(), fate)).collect();
    let counted: BTreeMap<UnitIx, &str> =
        input.batch.returns.iter().map(|one| (one.unit, one.file.as_str())).collect();
    let mut answers = Vec::new();
    for (unit, findings) in input.findings_by_unit() {
        let Some(unit) = unit else { continue };
        let key = input.templates.roster.get(unit).key.as_str();
        let mut own = files.get(key).cloned().unwrap_or_default();
        let counted = counted.get(&unit).and_then(|file| by_path.get(file)).copied();
        if let Some(counted) = counted.filter(|one| own.iter().all(|known| known.file != one.file))
        {
            own.push(counted);
        }
        let findings = of_weight(&findings, counted, &own);
        if findings.is_empty() {
            continue;
        }
        let file = file_of(&findings, counted, &own);
        let case = Case { unit, findings, files: own, file };
        answers.push(answer(input, &case));
    }
    answers
}

/// Returns the findings that call for an answer, each followed by those that follow from it.
fn of_weight<'a>(
    findings: &[&'a Finding],
    counted: Option<&FileFate>,
    files: &[&FileFate],
) -> Vec<&'a Finding> {
    let is_known = |place: &Place| files.iter().any(|file| file.file == place.file);
    let is_past = |place: &Place| {
        let file = files.iter().find(|file| file.file == place.file);
        file.zip(counted).is_some_and(|(file, counted)| {
            file.fate == Fate::Rejected && file.submission < counted.submission
        })
    };
    let matters = |finding: &Finding| {
        let place = finding.places.first();
        let explained = finding.severity == Severity::Warning && finding.explanation.is_some();
        finding.severity <= Severity::Warning
            && finding.code != SAID_ABOVE
            && !explained
            && place
                .is_some_and(|place| is_known(place) && !words::is_inside(place) && !is_past(place))
    };
    let causes = findings.iter().copied().filter(|one| one.cause.is_none() && matters(one));
    let mut chosen: Vec<&Finding> = Vec::new();
    for cause in causes {
        chosen.push(cause);
        let reference = cause.reference();
        let followers = findings
            .iter()
            .copied()
            .filter(|one| one.cause.as_deref() == Some(reference.as_str()) && matters(one));
        chosen.extend(followers);
    }
    chosen
}

/// Returns the file that is sent back: a later submission that was not accepted, else the one that
/// counts, else the one with the worst finding.
fn file_of<'a>(
    findings: &[&Finding],
    counted: Option<&'a FileFate>,
    files: &[&'a FileFate],
) -> Option<&'a FileFate> {
    let is_wrong = |file: &FileFate| {
        let mut places = findings.iter().filter_map(|finding| finding.places.first());
        places.any(|place| place.file == file.file)
    };
    let refused = files.iter().copied().filter(|file| {
        matches!(file.fate, Fate::Rejected | Fate::Held)
            && is_wrong(file)
            && counted.is_none_or(|counted| file.submission > counted.submission)
    });
    let worst = || {
        let place = findings.iter().find_map(|finding| finding.places.first())?;
        files.iter().copied().find(|file| file.file == place.file)
    };
    refused.max_by_key(|file| file.submission).or(counted).or_else(worst)
}

fn answer(input: &FindingsInput<'_>, case: &Case<'_>) -> Answer {
    let unit = input.templates.roster.get(case.unit);
    let file = case.file.map(|file| file.file.as_str()).unwrap_or_default();
    let mut marks: Vec<Mark> = Vec::new();
    for finding in &case.findings {
        for mark in marks_of(case, finding, file) {
            add(&mut marks, mark);
        }
    }
    for mark in proposed_marks(input, case, file) {
        add(&mut marks, mark);
    }
    marks.sort_by(|left, right| (&left.sheet, left.cell).cmp(&(&right.sheet, right.cell)));
    let row = |finding: &&Finding| without_folders(row(case, finding, file), &case.files);
    let mut rows: Vec<AnswerRow> = case.findings.iter().map(row).collect();
    name_sheets(&mut rows);
    Answer {
        unit: unit.key.clone(),
        file: case.file.map(|file| file.file.clone()),
        sha256: case.file.map(|file| file.sha256.clone()).unwrap_or_default(),
        author: input.templates.body.name.clone(),
        earlier_sheet: None,
        is_spoilt: case.is_spoilt(),
        marks,
        sheet: sheet::sheet(input, case, rows),
    }
}

/// Adds a mark; on a cell that has one, the worse tone and both reasons.
fn add(marks: &mut Vec<Mark>, mark: Mark) {
    let same = |known: &&mut Mark| known.sheet == mark.sheet && known.cell == mark.cell;
    if let Some(known) = marks.iter_mut().find(same) {
        known.tone = known.tone.min(mark.tone);
        known.note = format!("{}\n\n{}", known.note, mark.note);
    } else {
        marks.push(mark);
    }
}

fn marks_of(case: &Case<'_>, finding: &Finding, file: &str) -> Vec<Mark> {
    let cell = |place: &Place| {
        let sheet = place.sheet.clone().filter(|_| place.file == file)?;
        Some((sheet, place.cell?))
    };
    let mut marks = Vec::new();
    let Some(main) = finding.places.first() else { return marks };
    if let Some((sheet, cell)) = cell(main) {
        let note = reason(case, finding);
        marks.push(Mark { sheet, cell, tone: case.tone(finding), note });
    }
    let Some(place) = main.cell else { return marks };
    let others = finding.places.iter().skip(1);
    if finding.code == EMPTY_FIGURES {
        let note = format!("Chưa ghi số liệu. {}", advice::for_the_unit(finding));
        marks.extend(others.filter_map(cell).map(|(sheet, cell)| {
            let note = note.clone();
            Mark { sheet, cell, tone: case.tone(finding), note }
        }));
        return marks;
    }
    for related in others.take(MOST_RELATED) {
        if let Some((sheet, cell)) = cell(related) {
            let note = format!("Liên quan đến ô {place}: {}", finding.message);
            marks.push(Mark { sheet, cell, tone: Tone::Related, note });
        }
    }
    marks
}

/// Returns why the main cell of a finding is marked.
fn reason(case: &Case<'_>, finding: &Finding) -> String {
    let Some(leader) = case.cause(finding) else {
        let reason = format!("{} {}", finding.message, advice::for_the_unit(finding));
        return reason.trim_end().to_owned();
    };
    let cell = |finding: &Finding| finding.places.first().and_then(|place| place.cell);
    match cell(leader).filter(|of_leader| Some(*of_leader) != cell(finding)) {
        Some(of_leader) => format!("Liên quan đến ô {of_leader}: {}", finding.message),
        None => finding.message.clone(),
    }
}

/// Returns the marks of cells that proposals name and no finding leads to: those of detail tables, and
/// the cells of the form that are the only ones which would do.
fn proposed_marks(input: &FindingsInput<'_>, case: &Case<'_>, file: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for proposal in input.batch.proposals.iter().filter(|proposal| proposal.unit == case.unit) {
        let is_only = proposal.alternatives.len() == 1 && proposal.more == 0;
        for named in proposal.cells().filter(|named| is_only || named.column.is_some()) {
            let place = &named.place;
            let sheet = place.sheet.clone().filter(|_| place.file == file);
            let Some((sheet, cell)) = sheet.zip(place.cell) else { continue };
            let note = format!("Gợi ý: {}", sheet::lowered(&proposal.advice()));
            let tone = match named.column {
                Some(_) => Tone::Related,
                None if proposal.errors > 0 => Tone::Wrong,
                None => Tone::Doubtful,
            };
            marks.push(Mark { sheet, cell, tone, note });
        }
    }
    marks
}

fn row(case: &Case<'_>, finding: &Finding, file: &str) -> AnswerRow {
    let main = finding.places.first().filter(|place| place.file == file);
    let cell = main.and_then(|place| {
        let first = CellRef { row: 0, column: 0 };
        Some((place.sheet.clone()?, place.cell.unwrap_or(first)))
    });
    let follows = match (&finding.cause, case.cause(finding)) {
        (_, Some(_)) => "Do nội dung ở trên: ",
        (Some(_), None) => "Tương tự nội dung ở trên: ",
        (None, None) => "",
    };
    // What was expected is reckoned from the number that must be corrected first.
    let (severity, hint, expected) = if case.cause(finding).is_some() {
        (words::FOLLOWS, words::CORRECT_FIRST.to_owned(), String::new())
    } else {
        let hint = advice::for_the_unit(finding);
        (words::severity(finding.severity), hint, finding.expected.clone())
    };
    AnswerRow {
        tone: case.tone(finding),
        severity,
        message: format!("{follows}{}{}", finding.message, related_words(finding, file)),
        hint,
        cell,
        is_marked: main.is_some_and(|place| place.cell.is_some()),
        place: place_words(finding, file),
        found: finding.found.clone(),
        expected,
        code: finding.code.clone(),
    }
}

/// Names the sheet beside each cell where the cells stand in several: a printed page has no links.
fn name_sheets(rows: &mut [AnswerRow]) {
    let sheet = |row: &AnswerRow| row.cell.as_ref().map(|(sheet, _)| sheet.clone());
    let first = rows.iter().find_map(sheet);
    if rows.iter().filter_map(sheet).all(|sheet| Some(sheet) == first) {
        return;
    }
    for row in rows {
        if let Some(sheet) = sheet(row).filter(|_| row.is_marked) {
            row.place = format!("{} › {}", sheet.trim(), row.place);
        }
    }
}

/// Returns a row in which the files of the unit go by their names: the folders are ours.
fn without_folders(mut row: AnswerRow, files: &[&FileFate]) -> AnswerRow {
    for words in [&mut row.message, &mut row.hint, &mut row.found, &mut row.expected] {
        for file in files {
            *words = words.replace(&file.file, words::file_name(&file.file));
        }
    }
    row
}

/// Returns the further cells of a finding in words; a cell of a workbook holds one link.
fn related_words(finding: &Finding, file: &str) -> String {
    let Some(main) = finding.places.first() else { return String::new() };
    let further = finding.places.iter().skip(1);
    let further = further.filter(|place| place.file == file && place.sheet == main.sheet);
    let cells: Vec<String> = further.filter_map(|place| Some(place.cell?.to_string())).collect();
    match cells.as_slice() {
        [] if main.cell.is_none() && main.file == file => {
            let sheet = main.sheet.as_deref();
            sheet.map_or_else(String::new, |sheet| format!(" (trang “{}”)", sheet.trim()))
        }
        [] => String::new(),
        many if finding.code == EMPTY_FIGURES => {
            format!(" (và {} ô khác tô màu đỏ)", crate::text::format_count(many.len()))
        }
        few if few.len() <= MOST_RELATED => format!(" (ô liên quan: {})", few.join(", ")),
        many => format!(" (và {} ô liên quan)", crate::text::format_count(many.len())),
    }
}

/// Returns the cell of a finding, or the sheet or file that it is about.
fn place_words(finding: &Finding, file: &str) -> String {
    let Some(main) = finding.places.first() else { return String::new() };
    if main.file != file {
        return words::file_name(&main.file).to_owned();
    }
    let Some(cell) = main.cell else {
        let place = if main.sheet.is_some() { "mở trang" } else { "cả tệp" };
        return place.to_owned();
    };
    cell.to_string()
}

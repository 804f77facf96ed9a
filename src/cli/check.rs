//! `da06 check`: read and check only.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::{Outcome, args::CheckCommand, console::Console};
use crate::{
    compose,
    pipeline::{self, Error, Job, Month},
    template::{Severity, Templates},
    text,
    validate::{Batch, Finding},
};

/// So many places of a finding are printed when it has more than one beyond them; `--json` has all.
const MOST_PLACES: usize = 3;

/// Reads and checks a period, and prints the findings.
pub(super) fn check(
    command: &CheckCommand,
    job: &Job,
    console: &Console,
) -> Result<Outcome, Error> {
    let month = pipeline::month(job, console)?;
    let wanted = wanted_files(command, &month)?;
    let shown = |finding: &Finding| {
        wanted.is_empty() || finding.places.iter().any(|place| wanted.contains(&place.file))
    };
    if command.json {
        console.data(&json(&month.batch, shown));
    } else {
        let findings: Vec<&Finding> = month.batch.findings.iter().filter(|f| shown(f)).collect();
        console.data(&format!("{}\n{}", verdict(&month), listing(&month.templates, &findings)));
    }
    if wanted.is_empty() {
        return Ok(outcome(&month.batch));
    }
    let wrong = month.batch.findings.iter().any(|finding| shown(finding) && is_wrong(finding));
    Ok(if wrong { Outcome::NeedsPerson } else { Outcome::Done })
}

/// Returns whether anything of the batch needs a person.
pub(super) fn outcome(batch: &Batch) -> Outcome {
    if pipeline::needs_person(batch) { Outcome::NeedsPerson } else { Outcome::Done }
}

/// Returns the sentence that says how things stand.
pub(super) fn verdict(month: &Month) -> String {
    compose::verdict(&month.findings_input())
}

/// Returns the findings as a JSON array, one object a finding.
pub(super) fn json(batch: &Batch, shown: impl Fn(&Finding) -> bool) -> String {
    let rows: Vec<_> =
        batch.findings.iter().filter(|finding| shown(finding)).map(Finding::row).collect();
    serde_json::to_string_pretty(&rows).expect("findings have string keys only")
}

fn is_wrong(finding: &Finding) -> bool {
    matches!(finding.severity, Severity::Rejected | Severity::Error)
}

/// Returns the paths of `input/` that were asked for.
fn wanted_files(command: &CheckCommand, month: &Month) -> Result<Vec<String>, Error> {
    let mut wanted = Vec::new();
    for asked in &command.files {
        let found = month.batch.fates.iter().filter(|fate| is_asked(&fate.file, asked));
        let before = wanted.len();
        wanted.extend(found.map(|fate| fate.file.clone()));
        if wanted.len() == before {
            return Err(Error::NotFound {
                what: format!("không có tệp `{}` trong thư mục input", asked.display()),
                hint: "chép tệp vào input rồi kiểm tra lại".to_owned(),
            });
        }
    }
    Ok(wanted)
}

/// Returns whether a path below `input/` ends with what was typed, or the other way round.
fn is_asked(file: &str, asked: &Path) -> bool {
    let asked = text::nfc(&asked.to_string_lossy().replace('\\', "/"));
    Path::new(&asked).ends_with(file) || Path::new(file).ends_with(&asked)
}

/// Returns the findings by unit, the message first, findings that follow from another one below it.
fn listing(templates: &Templates, findings: &[&Finding]) -> String {
    let mut by_unit: Vec<(&str, Vec<&Finding>)> = Vec::new();
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    for &finding in findings.iter().filter(|finding| finding.cause.is_none()) {
        let unit = finding.unit.as_deref().unwrap_or_default();
        let position = *positions.entry(unit).or_insert_with(|| {
            by_unit.push((unit, Vec::new()));
            by_unit.len() - 1
        });
        if let Some((_, list)) = by_unit.get_mut(position) {
            list.push(finding);
        }
    }
    let mut text = String::new();
    for (unit, list) in by_unit {
        let name = templates.roster.find(unit).map(|unit| &templates.roster.get(unit).name);
        let name = name.map_or("Tệp chưa rõ đơn vị", |name| name);
        let _infallible = write!(text, "\n{name}");
        for finding in list {
            let _infallible = write!(text, "\n{}", lines(finding));
        }
        text.push('\n');
    }
    text
}

fn lines(finding: &Finding) -> String {
    let severity = match finding.severity {
        Severity::Rejected => "từ chối",
        Severity::Error => "lỗi",
        Severity::Warning => "cảnh báo",
        Severity::Information if finding.is_proposal() => "gợi ý",
        Severity::Information => "thông tin",
    };
    let mut lines = format!("  [{severity}] {} ({})", finding.message, finding.code);
    let all = finding.places.len();
    let listed = if all > MOST_PLACES + 1 { MOST_PLACES } else { all };
    for place in finding.places.iter().take(listed) {
        let place = place.to_string();
        let _infallible = write!(lines, "\n      tại {}", text::visible_line(&place));
    }
    if all > listed {
        let more = text::format_count(all - listed);
        let _infallible = write!(lines, "\n      và {more} chỗ khác (xem đủ bằng --json)");
    }
    if !finding.hint.is_empty() {
        let _infallible = write!(lines, "\n      {}", finding.hint);
    }
    if let Some(explanation) = &finding.explanation {
        let _infallible = write!(lines, "\n      giải trình của đơn vị: {explanation}");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        place::{CellRef, Place},
        template::Usage,
    };

    fn finding(places: u32) -> Finding {
        let place = |row| Place::of_cell("a.xlsx", "Biểu 01", CellRef { row, column: 5 });
        Finding {
            code: "DA06-T56".to_owned(),
            severity: Severity::Error,
            usage: Usage::Dropped,
            unit: None,
            indicator: None,
            places: (0..places).map(place).collect(),
            found: String::new(),
            expected: String::new(),
            message: "Ghi hai nơi.".to_owned(),
            hint: "Đề nghị chỉ giữ một nơi.".to_owned(),
            cause: None,
            explanation: None,
        }
    }

    #[test]
    fn of_many_places_the_first_are_printed_and_the_others_counted() {
        let count = |text: &str| text.lines().filter(|line| line.contains("      tại ")).count();
        for (places, printed, more) in
            [(0, 0, None), (1, 1, None), (4, 4, None), (5, 3, Some("02")), (86, 3, Some("83"))]
        {
            let text = lines(&finding(places));
            assert_eq!(count(&text), printed, "{text}");
            let said = text.lines().find_map(|line| line.trim().strip_prefix("và "));
            let said = said.and_then(|line| line.strip_suffix(" chỗ khác (xem đủ bằng --json)"));
            assert_eq!(said, more, "{text}");
            assert!(text.ends_with("Đề nghị chỉ giữ một nơi."), "{text}");
        }
    }

    #[test]
    fn json_has_every_place() {
        let finding = finding(86);
        let row = serde_json::to_value(finding.row()).unwrap();
        assert_eq!(row["places"].as_array().map(Vec::len), Some(86));
        assert_eq!(row["places"][85], "a.xlsx › Biểu 01 › F86");
        assert_eq!(row["cell"], "F1");
    }
}

//! `da06 status`: who has returned, who is late, who must correct.

use std::fmt::Write;

use serde_json::json;

use super::{Outcome, args::StatusCommand, check, console::Console};
use crate::{
    pipeline::{self, Error, Job, Month},
    template::Severity,
    text,
    validate::{Discipline, Standing},
};

/// Prints where every unit stands with its return.
pub(super) fn status(
    command: &StatusCommand,
    job: &Job,
    console: &Console,
) -> Result<Outcome, Error> {
    let month = pipeline::month(job, console)?;
    console.data(&if command.json { as_json(&month) } else { as_table(&month) });
    Ok(check::outcome(&month.batch))
}

/// What a line says about a unit.
struct Line<'a> {
    name: &'a str,
    key: &'a str,
    discipline: &'a Discipline,
    to_correct: usize,
    to_explain: usize,
    explained: usize,
}

fn lines(month: &Month) -> Vec<Line<'_>> {
    let line = |discipline| {
        let discipline: &Discipline = discipline;
        let unit = month.templates.roster.get(discipline.unit);
        let count = |severities: &[Severity], explained: bool| {
            let findings = month.batch.findings.iter().filter(|finding| {
                finding.unit.as_ref() == Some(&unit.key)
                    && finding.cause.is_none()
                    && severities.contains(&finding.severity)
                    && finding.explanation.is_some() == explained
            });
            findings.count()
        };
        let wrong = [Severity::Rejected, Severity::Error];
        Line {
            name: &unit.short_name,
            key: &unit.key,
            discipline,
            to_correct: count(&wrong, false) + count(&wrong, true),
            to_explain: count(&[Severity::Warning], false),
            explained: count(&[Severity::Warning], true),
        }
    };
    month.batch.discipline.iter().map(line).collect()
}

fn as_table(month: &Month) -> String {
    let mut rows = vec![
        [
            "Đơn vị",
            "Tình trạng",
            "Nhận lúc",
            "Lần gửi",
            "Số liệu",
            "Phải sửa",
            "Cần giải trình",
            "Bản ký",
        ]
        .map(str::to_owned),
    ];
    for line in lines(month) {
        let discipline = line.discipline;
        let count = |count: usize| if count == 0 { "-".to_owned() } else { count.to_string() };
        let usable = discipline.figures_expected.saturating_sub(discipline.figures_missing);
        rows.push([
            line.name.to_owned(),
            standing(discipline),
            received(discipline),
            discipline.submission.map_or("-".to_owned(), |submission| submission.to_string()),
            discipline
                .submission
                .map_or("-".to_owned(), |_| format!("{usable}/{}", discipline.figures_expected)),
            count(line.to_correct),
            count(line.to_explain),
            discipline.signed_paper.clone().unwrap_or_else(|| "chưa có".to_owned()),
        ]);
    }
    format!("{}\n\n{}", check::verdict(month), aligned(&rows))
}

fn as_json(month: &Month) -> String {
    let units: Vec<_> = lines(month)
        .iter()
        .map(|line| {
            json!({
                "unit": line.key,
                "name": line.name,
                "standing": standing(line.discipline),
                "deadline": line.discipline.deadline.to_string(),
                "extended": line.discipline.extended,
                "received": line.discipline.received.map(|time| time.to_string()),
                "signed_paper": line.discipline.signed_paper,
                "submission": line.discipline.submission,
                "figures_expected": line.discipline.figures_expected,
                "figures_missing": line.discipline.figures_missing,
                "to_correct": line.to_correct,
                "to_explain": line.to_explain,
                "explained": line.explained,
            })
        })
        .collect();
    let status = json!({
        "period": month.period.to_string(),
        "verdict": check::verdict(month),
        "units": units,
        "files": month.batch.fates,
    });
    serde_json::to_string_pretty(&status).expect("the status has string keys only")
}

fn standing(discipline: &Discipline) -> String {
    let text = match discipline.standing {
        Standing::OnTime => "đúng hạn".to_owned(),
        Standing::Late { days } => format!("chậm {days} ngày"),
        Standing::Unknown => "đã gửi, không rõ lúc nhận".to_owned(),
        Standing::NotAccepted => "bị từ chối".to_owned(),
        Standing::NotReturned => "chưa gửi".to_owned(),
        Standing::NotRequired => "không bắt buộc".to_owned(),
    };
    if discipline.extended { format!("{text} (được gia hạn)") } else { text }
}

fn received(discipline: &Discipline) -> String {
    let Some(time) = discipline.received else { return "-".to_owned() };
    format!("{} {}", time.format("%H:%M"), text::format_date(time.date()))
}

/// Returns rows as columns of equal width, counted in characters.
fn aligned<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..COLUMNS).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, &width) in row.iter().zip(&widths) {
            let _infallible = write!(line, "{cell:width$}  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

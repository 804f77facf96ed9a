//! `da06 status`: who has returned, who is late, who must correct, and what to tell them.

use serde_json::json;

use super::{
    Outcome,
    args::StatusCommand,
    check,
    console::Console,
    status_table::{self, Line},
};
use crate::{
    compose::{self, Asked, Thanks, UnitMessage},
    pipeline::{self, Error, Job, Month},
    template::{Severity, UnitIx},
    validate::{Discipline, FileFate, Finding, Proposal, Standing},
};

/// Prints where every unit stands with its return, or what to tell it.
pub(super) fn status(
    command: &StatusCommand,
    job: &Job,
    console: &Console,
) -> Result<Outcome, Error> {
    let month = pipeline::month(job, console)?;
    let wanted = wanted_units(command, &month)?;
    let is_wanted = |unit: UnitIx| wanted.as_ref().is_none_or(|units| units.contains(&unit));
    let lines: Vec<Line<'_>> =
        lines(&month).into_iter().filter(|line| is_wanted(line.discipline.unit)).collect();
    let thanks = if command.thanks { Thanks::Everyone } else { Thanks::AsSet };
    let asked = Asked { day: Some(job.as_of), thanks };
    let mut messages = compose::messages(&month.findings_input(), asked);
    messages.retain(|message| is_wanted(message.unit));
    let words = if command.json {
        as_json(&month, &lines, &messages)
    } else if command.messages {
        as_messages(&month, &messages)
    } else {
        status_table::table(&lines, &month.templates.body, month.period, console.columns())
    };
    console.data(&words);
    if wanted.is_none() {
        return Ok(check::outcome(&month.batch));
    }
    let needs_person = lines.iter().any(|line| line.to_correct > 0 || line.is_absent());
    Ok(if needs_person { Outcome::NeedsPerson } else { Outcome::Done })
}

/// Returns the units that were asked for; nothing when all are meant.
fn wanted_units(command: &StatusCommand, month: &Month) -> Result<Option<Vec<UnitIx>>, Error> {
    let Some(name) = &command.unit else { return Ok(None) };
    let reports = |unit: &UnitIx| month.batch.discipline.iter().any(|row| row.unit == *unit);
    let units: Vec<UnitIx> =
        pipeline::units_named(&month.templates, name).into_iter().filter(reports).collect();
    if units.is_empty() {
        return Err(Error::NotFound {
            what: format!("không có đơn vị `{name}` phải báo cáo trong kỳ này"),
            hint: "viết tên, mã hoặc khóa của đơn vị như trong templates/don-vi.csv, ví dụ \"Tiên \
                   Minh\""
                .to_owned(),
        });
    }
    Ok(Some(units))
}

/// Returns where every unit stands, the worst first.
fn lines(month: &Month) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> =
        month.batch.discipline.iter().map(|discipline| line(month, discipline)).collect();
    lines.sort_by_key(|line| (line.rank(), std::cmp::Reverse(line.to_correct)));
    lines
}

fn line<'a>(month: &'a Month, discipline: &'a Discipline) -> Line<'a> {
    let unit = month.templates.roster.get(discipline.unit);
    let own = |finding: &&Finding| {
        finding.unit.as_ref() == Some(&unit.key)
            && finding.cause.is_none()
            && !compose::is_of_the_office(finding)
    };
    let findings: Vec<&Finding> = month.batch.findings.iter().filter(own).collect();
    let count = |wanted: fn(&Finding) -> bool| findings.iter().filter(|one| wanted(one)).count();
    let returns = &month.batch.returns;
    let counted = returns.binary_search_by_key(&discipline.unit, |one| one.unit);
    Line {
        name: &unit.short_name,
        key: &unit.key,
        discipline,
        file: counted.ok().and_then(|position| returns.get(position)).map(|one| one.file.as_str()),
        to_correct: count(|one| one.severity <= Severity::Error),
        to_explain: count(|one| one.severity == Severity::Warning && one.explanation.is_none()),
        explained: count(|one| one.explanation.is_some()),
    }
}

fn as_messages(month: &Month, messages: &[UnitMessage]) -> String {
    let input = month.findings_input();
    let blocks: Vec<String> =
        messages.iter().map(|message| compose::message_block(&input, message)).collect();
    if blocks.is_empty() {
        return "Không có đơn vị nào phải nhắc.".to_owned();
    }
    blocks.join("\n\n")
}

fn as_json(month: &Month, lines: &[Line<'_>], messages: &[UnitMessage]) -> String {
    let units: Vec<_> = lines
        .iter()
        .map(|line| {
            let Discipline { unit, standing, .. } = *line.discipline;
            let message = messages.iter().find(|message| message.unit == unit);
            let about = |message: &UnitMessage| -> Vec<&str> {
                message.situations.iter().map(|situation| situation.words()).collect()
            };
            let proposals = month.batch.proposals.iter().filter(|one| one.unit == unit);
            json!({
                "unit": line.key,
                "name": line.name,
                "standing": status_table::standing(line.discipline),
                "days_late": match standing {
                    Standing::Late { days } => days,
                    _ => 0,
                },
                "deadline": line.discipline.deadline.to_string(),
                "extended": line.discipline.extended,
                "received": line.discipline.received.map(|time| time.to_string()),
                "file": line.file,
                "signed_paper": line.discipline.signed_paper,
                "submission": line.discipline.submission,
                "figures_expected": line.discipline.figures_expected,
                "figures_missing": line.discipline.figures_missing,
                "to_correct": line.to_correct,
                "to_explain": line.to_explain,
                "explained": line.explained,
                "proposals": proposals.map(Proposal::row).collect::<Vec<_>>(),
                "about": message.map(about),
                "message": message.map(UnitMessage::text),
            })
        })
        .collect();
    let all = lines.len() == month.batch.discipline.len();
    let is_of_lines =
        |unit: &Option<String>| lines.iter().any(|line| unit.as_deref() == Some(line.key));
    let files: Vec<&FileFate> = month
        .batch
        .fates
        .iter()
        .filter(|fate| all || is_of_lines(&fate.unit) || is_of_lines(&fate.likely_unit))
        .collect();
    let status = json!({
        "period": month.period.to_string(),
        "verdict": check::verdict(month),
        "totals": status_table::totals(lines),
        "units": units,
        "files": files,
    });
    serde_json::to_string_pretty(&status).expect("the status has string keys only")
}

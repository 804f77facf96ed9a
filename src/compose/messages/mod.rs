//! A message to each unit, to be read out on the telephone or sent by Zalo: what is missing, which
//! cell is wrong, what is expected, by when. The published ones say nothing that depends on the day;
//! with a day they also remind.

mod items;
mod situation;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use self::situation::Case;
use super::{
    document::{Align, Run, Table},
    findings::{
        FindingsInput,
        grid::{self, Head},
    },
};
use crate::{
    template::UnitIx,
    text::format_month,
    validate::{Fate, Finding},
};

pub use situation::{Situation, is_of_the_office};

/// What may be said beside what every message says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// The day on which the message is sent, for reminders; nothing for what is published.
    pub day: Option<NaiveDate>,
    /// Whether units whose return is complete and right are thanked whatever the settings say.
    pub thanks: Thanks,
}

/// Who is thanked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Thanks {
    /// As the settings of the office say.
    #[default]
    AsSet,
    /// Every unit whose return is complete and right.
    Everyone,
}

/// A message to a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitMessage {
    /// The unit.
    pub unit: UnitIx,
    /// What it is about, the worst first.
    pub situations: Vec<Situation>,
    /// The message, in lines.
    pub lines: Vec<String>,
}

impl UnitMessage {
    /// Returns the message as it is copied.
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// Returns what it is about, "phải sửa, chưa có bản ký".
    pub fn about(&self) -> String {
        let words: Vec<&str> = self.situations.iter().map(|one| one.words()).collect();
        words.join(", ")
    }
}

/// Returns the messages of a period, the unit in the worst situation first.
pub fn messages(input: &FindingsInput<'_>, asked: Asked) -> Vec<UnitMessage> {
    let mut messages: Vec<UnitMessage> = situation::cases(input, asked)
        .iter()
        .map(|case| UnitMessage {
            unit: case.unit,
            situations: case.situations.clone(),
            lines: text::lines(input, case, asked),
        })
        .collect();
    messages.sort_by_key(|message| (message.situations.first().copied(), message.unit));
    messages
}

/// Returns the published messages as one text, a block for each unit under a line with its name.
pub fn message_file(input: &FindingsInput<'_>) -> String {
    let mut blocks = vec![format!(
        "TIN NHẮN CHO ĐƠN VỊ, {}\nMỗi tin nằm dưới một dòng dấu =; chép từ lời chào đến hết tin. Tin \
         xếp theo thứ tự việc nặng trước.",
        format_month(input.period)
    )];
    for message in messages(input, Asked::default()) {
        blocks.push(message_block(input, &message));
    }
    if blocks.len() == 1 {
        blocks.push("Không có đơn vị nào phải nhắc.".to_owned());
    }
    let unknown: Vec<String> = files_of_nobody(input).map(of_nobody).collect();
    if !unknown.is_empty() {
        let head = "===== Tệp chưa rõ của đơn vị nào: hỏi người đã gửi tệp =====";
        blocks.push(format!("{head}\n{}", unknown.join("\n")));
    }
    blocks.join("\n\n") + "\n"
}

/// Returns a message under a line with the unit, whom to call and what it is about.
pub fn message_block(input: &FindingsInput<'_>, message: &UnitMessage) -> String {
    let unit = input.templates.roster.get(message.unit);
    let contact = match unit.contact.as_str() {
        "" => String::new(),
        contact => format!(" · {contact}"),
    };
    let head = format!("===== {}{contact} · {} =====", unit.short_name, message.about());
    format!("{head}\n{}", message.text())
}

/// Returns the findings of refused files that belong to no unit, not even by their name.
fn files_of_nobody<'a>(input: &FindingsInput<'a>) -> impl Iterator<Item = &'a Finding> {
    let batch = input.batch;
    let refused = batch.fates.iter().filter(|fate| {
        fate.unit.is_none()
            && fate.likely_unit.is_none()
            && matches!(fate.fate, Fate::Rejected | Fate::Held)
    });
    let mut of_files: BTreeMap<&str, &Finding> = BTreeMap::new();
    for finding in batch.findings.iter().filter(|finding| finding.unit.is_none()) {
        if let Some(place) = finding.places.first() {
            of_files.entry(&place.file).or_insert(finding);
        }
    }
    refused.filter_map(move |fate| of_files.get(fate.file.as_str()).copied())
}

fn of_nobody(finding: &Finding) -> String {
    let file = finding.places.first().map(|place| items::file_name(&place.file));
    format!("- Tệp “{}”: {} {}", file.unwrap_or_default(), finding.message, finding.hint)
}

/// Returns a message as one line, for a cell: its points are numbered, because a cell that is copied
/// with line breaks arrives in quotation marks.
fn in_one_line(lines: &[String]) -> String {
    let mut number = 0;
    let points = lines.iter().filter(|line| line.starts_with("- ")).count();
    let line = |line: &String| match line.strip_prefix("- ") {
        Some(point) if points > 1 => {
            number += 1;
            format!("({number}) {point}")
        }
        Some(point) => point.to_owned(),
        None => line.clone(),
    };
    lines.iter().map(line).collect::<Vec<_>>().join(" ")
}

/// Heads of the sheet.
const HEADS: [Head; 5] = [
    ("STT", Align::Centre, 0),
    ("Đơn vị", Align::Left, 1),
    ("Liên hệ", Align::Left, 1),
    ("Tình huống", Align::Left, 1),
    ("Nội dung tin nhắn", Align::Left, 8),
];

/// Returns the published messages as a sheet of the workbook of findings.
pub(super) fn table(input: &FindingsInput<'_>) -> Table {
    let mut rows: Vec<_> = (1..)
        .zip(messages(input, Asked::default()))
        .map(|(number, message)| {
            let unit = input.templates.roster.get(message.unit);
            grid::row(vec![
                grid::ordinal(number),
                grid::words(&unit.short_name),
                grid::words(&unit.contact),
                grid::words(&message.about()),
                grid::words(&in_one_line(&message.lines)),
            ])
        })
        .collect();
    if rows.is_empty() {
        rows.push(grid::group(vec![Run::text("Không có đơn vị nào phải nhắc.")], HEADS.len()));
    }
    grid::table(&HEADS, rows)
}

//! The status as text: one sentence of totals, then two lines a unit, made for the width of the
//! terminal. Widths are those that a terminal gives to characters.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::{
    period::Period,
    template::Body,
    text::{format_date, format_month},
    validate::{Discipline, Standing},
};

/// What is said of a unit.
pub(super) struct Line<'a> {
    /// Short name.
    pub(super) name: &'a str,
    /// Key.
    pub(super) key: &'a str,
    /// How it kept the discipline.
    pub(super) discipline: &'a Discipline,
    /// File of the return that counts.
    pub(super) file: Option<&'a str>,
    /// Errors, without those that follow from others.
    pub(super) to_correct: usize,
    /// Warnings that nobody has explained.
    pub(super) to_explain: usize,
    /// Warnings that the unit has explained.
    pub(super) explained: usize,
}

/// Columns beside the name.
const HEADS: [&str; 5] = ["Tình trạng", "Số liệu", "Lỗi", "Cảnh báo", "Giải trình"];

/// Fewest columns of a name.
const NARROWEST_NAME: usize = 16;

impl Line<'_> {
    /// Returns whether nothing that counts is there although it must be.
    pub(super) fn is_absent(&self) -> bool {
        matches!(self.discipline.standing, Standing::NotReturned | Standing::NotAccepted)
    }

    /// Returns the place in the order: the worst first.
    pub(super) fn rank(&self) -> u8 {
        match self.discipline.standing {
            Standing::NotAccepted => 0,
            Standing::NotReturned => 1,
            Standing::NotRequired => 7,
            _ if self.to_correct > 0 => 2,
            _ if self.to_explain > 0 => 3,
            _ if self.discipline.signed_paper.is_none() => 4,
            Standing::Late { .. } => 5,
            Standing::OnTime | Standing::Unknown => 6,
        }
    }
}

/// Returns the sentence of totals and the lines of the units.
pub(super) fn table(lines: &[Line<'_>], body: &Body, period: Period, columns: usize) -> String {
    let mut rows: Vec<[String; 6]> = vec![head()];
    rows.extend(lines.iter().map(row));
    let mut widths: [usize; 6] = [0; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let others: usize = widths.iter().skip(1).map(|width| width + 2).sum();
    widths[0] = widths[0].min(columns.saturating_sub(others).max(NARROWEST_NAME));
    let mut text = format!("{} {}\n", capitalised(&body.messages.report), format_month(period));
    text.push_str(&wrapped(&totals(lines), columns));
    text.push('\n');
    let mut rows = rows.iter();
    if let Some(head) = rows.next() {
        push_row(&mut text, head, &widths);
    }
    for (row, line) in rows.zip(lines) {
        push_row(&mut text, row, &widths);
        if let Some(second) = second_line(line, columns) {
            let _infallible = writeln!(text, "{second}");
        }
    }
    text
}

/// Returns the sentence of totals.
pub(super) fn totals(lines: &[Line<'_>]) -> String {
    let count = |wanted: &dyn Fn(&Line<'_>) -> bool| lines.iter().filter(|one| wanted(one)).count();
    let standing = |wanted: fn(Standing) -> bool| count(&|one| wanted(one.discipline.standing));
    let returned = count(&|one| one.file.is_some());
    let asked = lines.len() - standing(|one| one == Standing::NotRequired);
    let mut sentence = format!("Đã nhận {returned}/{asked} báo cáo");
    let parts = |list: &[(usize, &str)]| -> Vec<String> {
        let said = list.iter().filter(|(number, _)| *number > 0);
        said.map(|(number, words)| format!("{number} {words}")).collect()
    };
    let arrived = parts(&[
        (standing(|one| one == Standing::OnTime), "đúng hạn"),
        (standing(|one| matches!(one, Standing::Late { .. })), "gửi muộn"),
        (standing(|one| one == Standing::Unknown), "không rõ lúc nhận"),
    ]);
    if !arrived.is_empty() {
        let _infallible = write!(sentence, " ({})", arrived.join(", "));
    }
    let here = |one: &Line<'_>| one.file.is_some();
    let unsigned = count(&|one| here(one) && one.discipline.signed_paper.is_none());
    for part in parts(&[
        (standing(|one| one == Standing::NotReturned), "chưa gửi"),
        (standing(|one| one == Standing::NotAccepted), "bị từ chối, phải gửi lại"),
        (count(&|one| here(one) && one.to_correct > 0), "phải sửa"),
        (count(&|one| here(one) && one.to_explain > 0), "cần giải trình"),
        (unsigned, "chưa có bản ký"),
    ]) {
        let _infallible = write!(sentence, "; {part}");
    }
    sentence.push('.');
    sentence
}

/// Returns where a unit stands, in words.
pub(super) fn standing(discipline: &Discipline) -> String {
    let text = match discipline.standing {
        Standing::OnTime => "đúng hạn".to_owned(),
        Standing::Late { days } => format!("chậm {days} ngày"),
        Standing::Unknown => "không rõ lúc nhận".to_owned(),
        Standing::NotAccepted => "bị từ chối".to_owned(),
        Standing::NotReturned => "chưa gửi".to_owned(),
        Standing::NotRequired => "không bắt buộc".to_owned(),
    };
    if discipline.extended { format!("{text} (gia hạn)") } else { text }
}

fn head() -> [String; 6] {
    let [standing, figures, errors, warnings, explained] = HEADS.map(str::to_owned);
    ["Đơn vị".to_owned(), standing, figures, errors, warnings, explained]
}

fn row(line: &Line<'_>) -> [String; 6] {
    let discipline = line.discipline;
    let count = |count: usize| if count == 0 { "-".to_owned() } else { count.to_string() };
    let usable = discipline.figures_expected.saturating_sub(discipline.figures_missing);
    let figures = match discipline.submission {
        Some(_) => format!("{usable}/{}", discipline.figures_expected),
        None => "-".to_owned(),
    };
    [
        line.name.to_owned(),
        standing(discipline),
        figures,
        count(line.to_correct),
        count(line.to_explain),
        count(line.explained),
    ]
}

/// Returns when the return came, in which submission, from which file, and its signed paper; nothing
/// for a unit of which there is nothing. The file gives way when the line is too long.
fn second_line(line: &Line<'_>, columns: usize) -> Option<String> {
    let discipline = line.discipline;
    let received = discipline
        .received
        .map(|time| format!("nhận {} {}", time.format("%H:%M"), format_date(time.date())));
    if received.is_none() && line.file.is_none() {
        return None;
    }
    let submission = discipline.submission.map(|submission| format!("lần gửi {submission}"));
    let signed = match &discipline.signed_paper {
        Some(paper) => format!("bản ký {paper}"),
        None => "chưa có bản ký".to_owned(),
    };
    let before: Vec<String> = received.into_iter().chain(submission).collect();
    let file = line.file.map(|path| path.rsplit('/').next().unwrap_or(path));
    let Some(file) = file else {
        return Some(cut(&format!("  {}; {signed}", before.join(", ")), columns));
    };
    let mut parts = before;
    let rest: usize = parts.iter().map(|part| part.width() + 2).sum::<usize>() + signed.width() + 4;
    let room = columns.saturating_sub(rest).max(NARROWEST_NAME);
    parts.push(cut(file, room));
    Some(cut(&format!("  {}; {signed}", parts.join(", ")), columns))
}

fn push_row(text: &mut String, row: &[String; 6], widths: &[usize; 6]) {
    let mut line = String::new();
    for (position, (cell, width)) in row.iter().zip(widths).enumerate() {
        let cell = cut(cell, *width);
        let blanks = " ".repeat(width.saturating_sub(cell.width()));
        // Words stand left, numbers right.
        let _infallible = match position {
            0 | 1 => write!(line, "{cell}{blanks}  "),
            _ => write!(line, "{blanks}{cell}  "),
        };
    }
    text.push_str(line.trim_end());
    text.push('\n');
}

/// Returns words in at most so many columns, the last of them `…` where something was left out.
fn cut(words: &str, columns: usize) -> String {
    if words.width() <= columns {
        return words.to_owned();
    }
    let mut kept = String::new();
    for character in words.chars() {
        let mut longer = kept.clone();
        longer.push(character);
        if longer.width() + 1 > columns {
            break;
        }
        kept = longer;
    }
    format!("{}…", kept.trim_end())
}

/// Returns words in lines of at most so many columns.
fn wrapped(words: &str, columns: usize) -> String {
    let mut text = String::new();
    let mut length = 0;
    for word in words.split(' ') {
        if length > 0 && length + 1 + word.width() > columns {
            text.push('\n');
            length = 0;
        } else if length > 0 {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += word.width();
    }
    text.push('\n');
    text
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

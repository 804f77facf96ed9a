//! The sheet of findings in words: what is the matter, what was received when, what to do until when.

use super::{AnswerRow, AnswerSheet, Tone, choose::Case, words};
use crate::{
    compose::FindingsInput,
    template::Severity,
    text::{format_count, format_month},
    validate::{ANSWER_SHEET, Discipline, Fate, FileFate},
};

/// Heads of the table.
const HEADS: [&str; 8] =
    ["STT", "Mức độ", "Nội dung", "Đề nghị", "Ô", "Đang ghi", "Mong đợi", "Mã"];

/// Returns the sheet.
pub(super) fn sheet(
    input: &FindingsInput<'_>,
    case: &Case<'_>,
    rows: Vec<AnswerRow>,
) -> AnswerSheet {
    let unit = input.templates.roster.get(case.unit);
    let month = format_month(input.period);
    AnswerSheet {
        name: ANSWER_SHEET.to_owned(),
        title: format!("KẾT QUẢ KIỂM TRA BÁO CÁO {}", month.to_uppercase()),
        addressee: format!("Kính gửi: {}", unit.name),
        message: vec![verdict(input, case), request(input, case, &rows)],
        proposals: proposals(input, case),
        received: received(input, case),
        heads: HEADS.to_vec(),
        closing: closing(&rows),
        rows,
    }
}

/// Returns how things stand, in a sentence or two.
fn verdict(input: &FindingsInput<'_>, case: &Case<'_>) -> String {
    let of = |wanted: fn(Severity) -> bool| {
        let causes = case.findings.iter().filter(|finding| finding.cause.is_none());
        causes.filter(|finding| wanted(finding.severity)).count()
    };
    let wrong = of(|severity| matches!(severity, Severity::Rejected | Severity::Error));
    let doubtful = of(|severity| severity == Severity::Warning);
    let parts = [(wrong, "nội dung phải sửa"), (doubtful, "nội dung đề nghị kiểm tra, giải trình")];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, words)| format!("{} {words}", format_count(*number)))
        .collect();
    let mut words = format!(
        "{} đã kiểm tra báo cáo {} của đơn vị: có {}.",
        input.templates.body.name,
        format_month(input.period),
        parts.join(" và ")
    );
    let refused = case.file.filter(|file| matches!(file.fate, Fate::Rejected | Fate::Held));
    let counted = case.files.iter().find(|file| file.fate == Fate::Counted);
    match (refused, counted) {
        (Some(_), None) => {
            words.push_str(" Số liệu của đơn vị chưa được tính vào báo cáo chung.");
        }
        (Some(_), Some(counted)) => words.extend([
            " Lần gửi này chưa tính được; báo cáo chung tạm lấy số liệu của tệp “",
            words::file_name(&counted.file),
            "”.",
        ]),
        (None, _) => {}
    }
    words
}

/// Returns what to do until when.
fn request(input: &FindingsInput<'_>, case: &Case<'_>, rows: &[AnswerRow]) -> String {
    let submissions = case.files.iter().filter_map(|file| file.submission);
    let next = submissions.max().map(|last| last.saturating_add(1));
    let submission = next.map_or_else(
        || "ghi lần gửi tiếp theo".to_owned(),
        |next| format!("ghi Lần gửi là {next}"),
    );
    let has = |tone: Tone| rows.iter().any(|row| row.tone == tone && has_cell(row));
    let mut steps = Vec::new();
    if case.is_spoilt() {
        steps.push("ghi số liệu vào biểu gốc của kỳ như nêu dưới đây");
    } else if has(Tone::Wrong) {
        steps.push("sửa các ô tô màu đỏ");
    }
    if has(Tone::Doubtful) {
        steps.push("xem lại các ô tô màu cam (số liệu đúng thì ghi lý do vào cột Ghi chú)");
    }
    if steps.is_empty() {
        steps.push("thực hiện theo nội dung dưới đây");
    }
    let mut words = format!("Đề nghị đơn vị {}, {submission} và gửi lại.", steps.join(", "));
    let deadline = input.batch.discipline.iter().find(|row| row.unit == case.unit);
    words.extend(deadline.map(|row| until(input, row)));
    words
}

/// Returns the deadline of the unit, and until when a correction still helps: one working day before
/// the body's own report is due.
fn until(input: &FindingsInput<'_>, row: &Discipline) -> String {
    let body = &input.templates.body;
    let days = body.deadlines.body_working_days.saturating_sub(1);
    let last = body.calendar.after(row.deadline.date(), days).and_time(body.deadlines.unit_time);
    let deadline = words::moment(row.deadline);
    if last > row.deadline {
        let last = words::moment(last);
        format!(" Hạn gửi: {deadline}; quá hạn, số liệu sửa nhận trước {last} còn kịp tổng hợp.")
    } else {
        format!(" Hạn gửi: {deadline}.")
    }
}

/// Returns which cells are the fewest to correct, where several findings hang together.
fn proposals(input: &FindingsInput<'_>, case: &Case<'_>) -> Vec<String> {
    let own = input.batch.proposals.iter().filter(|proposal| proposal.unit == case.unit);
    let of_file = own.filter(|proposal| {
        let mut cells = proposal.alternatives.iter().flatten().chain(&proposal.look_at);
        cells.any(|cell| case.file.is_some_and(|file| file.file == cell.place.file))
    });
    of_file.map(|proposal| format!("Gợi ý: {}", lowered(&proposal.advice()))).collect()
}

/// Returns a sentence that goes on behind a colon.
pub(super) fn lowered(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Returns what came from the unit, and the signed paper.
fn received(input: &FindingsInput<'_>, case: &Case<'_>) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> =
        case.files.iter().map(|file| ("Đã nhận".to_owned(), received_file(file))).collect();
    let discipline = input.batch.discipline.iter().find(|row| row.unit == case.unit);
    let paper = discipline.and_then(|row| row.signed_paper.clone());
    let paper = paper.unwrap_or_else(|| "chưa nhận được".to_owned());
    lines.push(("Văn bản ký kèm theo".to_owned(), paper));
    lines
}

fn received_file(file: &FileFate) -> String {
    let mut parts = vec![format!("tệp “{}”", words::file_name(&file.file))];
    if let Some(submission) = file.submission {
        parts.push(format!("lần gửi {submission}"));
    }
    if let Some(number) = &file.intake_number {
        parts.push(format!("số đến {number}"));
    }
    if let Some(received) = file.received {
        parts.push(format!("lúc {}", words::moment(received)));
    }
    let words = parts.join(", ");
    let fate = match file.fate {
        Fate::Counted => "đã tính vào báo cáo chung",
        Fate::Superseded => "đã có tệp khác thay thế",
        Fate::Duplicate => "trùng với tệp khác",
        Fate::Held => "chưa tính, chờ xác nhận",
        Fate::Rejected => "chưa tính được, đề nghị gửi lại",
        Fate::OtherPeriod | Fate::Ignored => return words,
    };
    format!("{words}: {fate}")
}

/// Returns what the colours mean.
fn closing(rows: &[AnswerRow]) -> Vec<String> {
    if !rows.iter().any(has_cell) {
        return Vec::new();
    }
    let words = "Trong biểu: ô màu đỏ là ô phải sửa; ô màu cam là ô đề nghị kiểm tra; ô màu xanh nhạt \
                 là ô liên quan. Đưa con trỏ vào ô để xem lý do; bấm vào cột Ô của bảng trên để đến ô đó.";
    vec![words.to_owned()]
}

/// Returns whether a finding is about a cell of the file that is sent back.
fn has_cell(row: &AnswerRow) -> bool {
    row.is_marked
}

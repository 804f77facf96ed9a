//! How every unit kept the reporting discipline: internal, never signed. Units that are only asked
//! to cooperate are never called late.

use chrono::{NaiveDateTime, Timelike};

use super::{
    FindingsInput,
    grid::{self, Head},
};
use crate::{
    compose::document::{Align, Row, Table},
    text::format_date,
    validate::{Discipline, Standing},
};

/// Heads of the sheet.
const HEADS: [Head; 10] = [
    ("STT", Align::Centre, 0),
    ("Đơn vị", Align::Left, 3),
    ("Hạn gửi", Align::Centre, 0),
    ("Nhận lúc", Align::Centre, 0),
    ("Số, ngày văn bản ký", Align::Left, 1),
    ("Đúng hạn / chậm / chưa gửi / gia hạn", Align::Left, 1),
    ("Lần gửi", Align::Right, 0),
    ("Chỉ tiêu thiếu", Align::Right, 0),
    ("Đúng hạn lũy kế (kỳ/kỳ)", Align::Centre, 0),
    ("Ghi chú", Align::Left, 1),
];

/// Returns the table.
pub(super) fn table(input: &FindingsInput<'_>) -> Table {
    let rows = (1..).zip(&input.batch.discipline).map(|(number, row)| line(input, number, row));
    grid::table(&HEADS, rows.collect())
}

fn line(input: &FindingsInput<'_>, number: usize, row: &Discipline) -> Row {
    let returned = row.submission.is_some();
    let signed = match &row.signed_paper {
        Some(paper) => paper.as_str(),
        None if returned => "chưa có văn bản chính thức",
        None => "",
    };
    let received = row.received.map(format_moment);
    let submission = row.submission.and_then(|submission| usize::try_from(submission).ok());
    let missing = returned.then_some(row.figures_missing).and_then(|one| usize::try_from(one).ok());
    grid::row(vec![
        grid::ordinal(number),
        vec![input.unit_name(row.unit)],
        grid::words(&format_moment(row.deadline)),
        grid::words(received.as_deref().unwrap_or_default()),
        grid::words(signed),
        grid::words(&standing(row)),
        submission.map(grid::count).unwrap_or_default(),
        missing.map(grid::count).unwrap_or_default(),
        grid::words(&in_time(input, row)),
        grid::words(if row.extended { "được gia hạn" } else { "" }),
    ])
}

fn standing(row: &Discipline) -> String {
    match row.standing {
        Standing::OnTime => "đúng hạn".to_owned(),
        Standing::Late { days } => format!("chậm {days:02} ngày"),
        Standing::Unknown => "không rõ thời điểm nhận".to_owned(),
        Standing::NotAccepted => "bị từ chối, phải gửi lại".to_owned(),
        Standing::NotReturned => "chưa gửi".to_owned(),
        Standing::NotRequired => "không bắt buộc".to_owned(),
    }
}

/// Returns "2/3": months in time of the months of this year in which a return was due.
fn in_time(input: &FindingsInput<'_>, row: &Discipline) -> String {
    let earlier = input.period.year_so_far().into_iter().filter(|period| *period < input.period);
    let standings = earlier
        .filter_map(|period| input.earlier.get(&period)?.get(&row.unit).copied())
        .chain([row.standing]);
    let due: Vec<Standing> =
        standings.filter(|standing| *standing != Standing::NotRequired).collect();
    if due.is_empty() {
        return String::new();
    }
    let in_time = due.iter().filter(|standing| **standing == Standing::OnTime).count();
    format!("{in_time}/{}", due.len())
}

fn format_moment(moment: NaiveDateTime) -> String {
    format!("{:02}:{:02} {}", moment.hour(), moment.minute(), format_date(moment.date()))
}

//! How the units kept their deadlines: deadline, extension, arrival, standing. Arrival comes from
//! the register alone.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    Discipline, Finding, Return, Standing, State, codes,
    register::{Register, RegisterEntry},
};
use crate::{
    period::Period,
    place::Place,
    template::{Body, Duty, Measure, Unit, UnitIx},
    text,
};

/// What came from a unit.
#[derive(Debug, Default)]
pub(super) struct Arrivals<'a> {
    /// The return that counts.
    pub(super) counted: Option<&'a Return>,
    /// Files with an accepted return.
    pub(super) accepted: Vec<&'a str>,
    /// Files of which nothing counts: rejected or held.
    pub(super) refused: Vec<&'a str>,
}

/// Returns the day and hour by which units send, without extension.
pub fn deadline(body: &Body, period: Period) -> NaiveDateTime {
    let month = if body.convention.first_day == 1 { period.next() } else { period };
    let day = (1..=body.deadlines.unit_day)
        .rev()
        .find_map(|day| NaiveDate::from_ymd_opt(month.year(), month.month(), day))
        .unwrap_or_else(|| body.convention.dates(period).last);
    let day = if body.deadlines.roll { body.calendar.roll(day) } else { day };
    day.and_time(body.deadlines.unit_time)
}

/// Returns how a unit kept its deadline, and what is to be said about it.
pub(super) fn discipline(
    (body, period): (&Body, Period),
    register: &Register,
    (index, unit): (UnitIx, &Unit),
    extension: Option<&RegisterEntry>,
    arrivals: &Arrivals<'_>,
) -> (Discipline, Vec<Finding>) {
    let usual = deadline(body, period);
    let files = arrivals.accepted.iter().chain(&arrivals.refused);
    let entries: Vec<&RegisterEntry> = files.filter_map(|file| register.of_file(file)).collect();
    let own = entries.iter().copied().chain(extension);
    let extended_by = own
        .filter(|entry| entry.extended_to.is_some_and(|until| until > usual))
        .max_by_key(|entry| entry.extended_to);
    let deadline = extended_by.and_then(|entry| entry.extended_to).unwrap_or(usual);
    let arrived = |files: &[&str]| {
        let entries = files.iter().filter_map(|file| register.of_file(file));
        entries.filter_map(|entry| entry.received).min()
    };
    let received = arrived(&arrivals.accepted).or_else(|| arrived(&arrivals.refused));
    let counted_entry = arrivals.counted.and_then(|counted| register.of_file(&counted.file));
    let signed_paper = counted_entry
        .and_then(|entry| entry.signed_paper.clone())
        .or_else(|| entries.iter().find_map(|entry| entry.signed_paper.clone()));
    let standing = standing(unit, arrivals, deadline, received);
    let mut findings = Vec::new();
    findings.extend(not_returned(unit, standing, deadline));
    findings.extend(extended_by.map(|entry| extended(entry, deadline)));
    if let (Standing::Late { days }, Some(received)) = (standing, received) {
        findings.push(late(days, (deadline, received), arrivals));
    }
    let discipline = Discipline {
        unit: index,
        deadline,
        extended: extended_by.is_some(),
        received,
        signed_paper,
        standing,
        submission: arrivals.counted.map(|counted| counted.submission),
        figures_missing: 0,
        figures_expected: 0,
    };
    let findings = findings.into_iter().map(|finding| finding.of_unit(&unit.key)).collect();
    (discipline, findings)
}

/// Returns how many of the required figures a return lacks.
pub(super) fn missing_of(
    counted: &Return,
    is_required: impl Fn(crate::template::IndicatorIx) -> bool,
) -> u32 {
    let missing = counted.observations.iter().filter(|observation| {
        observation.measure == Measure::Value
            && matches!(observation.state, State::Missing | State::Unusable | State::NotAvailable)
            && is_required(observation.indicator)
    });
    u32::try_from(missing.count()).unwrap_or(u32::MAX)
}

fn standing(
    unit: &Unit,
    arrivals: &Arrivals<'_>,
    deadline: NaiveDateTime,
    received: Option<NaiveDateTime>,
) -> Standing {
    match (arrivals.counted, received) {
        (None, _) if !arrivals.refused.is_empty() => Standing::NotAccepted,
        (None, _) if unit.duty == Duty::Required => Standing::NotReturned,
        (None, _) => Standing::NotRequired,
        (Some(_), None) => Standing::Unknown,
        (Some(_), Some(received)) if received <= deadline || unit.duty != Duty::Required => {
            Standing::OnTime
        }
        (Some(_), Some(received)) => {
            let days = (received.date() - deadline.date()).num_days().max(1);
            Standing::Late { days: u32::try_from(days).unwrap_or(u32::MAX) }
        }
    }
}

/// Returns `16:00 ngày 18/3/2024`.
fn moment(time: NaiveDateTime) -> String {
    format!("{} ngày {}", time.format("%H:%M"), text::format_date(time.date()))
}

fn not_returned(unit: &Unit, standing: Standing, deadline: NaiveDateTime) -> Option<Finding> {
    (standing == Standing::NotReturned).then(|| {
        let message = format!("{} chưa gửi báo cáo.", unit.name);
        let hint = match unit.contact.as_str() {
            "" => "Đề nghị liên hệ, đôn đốc đơn vị gửi báo cáo.".to_owned(),
            contact => format!("Đề nghị liên hệ, đôn đốc đơn vị gửi báo cáo ({contact})."),
        };
        codes::NOT_RETURNED
            .finding(message)
            .found("chưa có báo cáo")
            .expected(format!("báo cáo gửi trước {}", moment(deadline)))
            .hint(hint)
    })
}

fn extended(entry: &RegisterEntry, deadline: NaiveDateTime) -> Finding {
    codes::EXTENDED
        .finding(format!("Đơn vị được gia hạn gửi báo cáo đến {}.", moment(deadline)))
        .at(entry.place.clone())
        .found(moment(deadline))
        .hint("Không phải làm gì thêm; hạn mới đã được áp dụng.")
}

fn late(
    days: u32,
    (deadline, received): (NaiveDateTime, NaiveDateTime),
    arrivals: &Arrivals<'_>,
) -> Finding {
    let count = text::format_count(i64::from(days));
    let finding = codes::LATE
        .finding(format!("Báo cáo gửi chậm {count} ngày so với hạn."))
        .found(format!("nhận lúc {}", moment(received)))
        .expected(format!("trước {}", moment(deadline)))
        .hint("Từ kỳ sau đề nghị gửi đúng hạn; nếu có lý do, đề nghị báo trước để được gia hạn.");
    match arrivals.counted {
        Some(counted) => finding.at(Place::of_file(counted.file.as_str())),
        None => finding,
    }
}

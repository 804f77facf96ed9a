//! What a secretary writes beside the returns: the intake register, corrections, the words of the
//! office.

use chrono::{Days, NaiveDateTime, NaiveTime, Timelike};
use da06::{
    period::Period,
    template::{Templates, Unit},
};

use crate::{
    batch::{self, Month},
    random::Dice,
    whole_files::CORRECTION,
};

/// This month's words of the office, `loi-van.md`.
pub(crate) const WORDS: &str = include_str!("loi-van.md");

/// `so-den.csv`.
#[derive(Debug, Default)]
pub(crate) struct Register {
    rows: Vec<Row>,
    last_number: u32,
}

#[derive(Debug, Clone)]
struct Row {
    file: String,
    number: u32,
    received: NaiveDateTime,
    signed_paper: String,
    extended_until: String,
}

const COLUMNS: [&str; 8] =
    ["tep", "so_den", "nhan_luc", "nguoi_nhan", "van_ban_ky", "gia_han_den", "ky", "don_vi"];

impl Register {
    /// Adds the files of a month in the order in which they arrived.
    pub(crate) fn month(&mut self, templates: &Templates, period: Period, month: &Month) {
        let mut rows: Vec<Row> = month
            .files
            .iter()
            .filter_map(|file| {
                let unit = templates.roster.units.iter().find(|unit| unit.key == file.unit)?;
                row(templates, unit, period, &file.path)
            })
            .collect();
        rows.sort_by(|one, other| (one.received, &one.file).cmp(&(other.received, &other.file)));
        let mut dice = Dice::of(&["register", &period.to_string()]);
        if self.last_number == 0 {
            self.last_number = 84;
        }
        for row in &mut rows {
            self.last_number += u32::try_from(dice.between(1, 3)).unwrap_or(1);
            row.number = self.last_number;
        }
        self.rows.extend(rows);
        self.last_number += 120;
    }

    /// Returns the CSV as Excel would save it for a secretary: UTF-8 with BOM, semicolons.
    pub(crate) fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        writer.write_record(COLUMNS)?;
        for row in &self.rows {
            let received = row.received.format("%d/%m/%Y %H:%M").to_string();
            let number = row.number.to_string();
            let until = row.extended_until.as_str();
            let by = "Văn thư";
            let signed = row.signed_paper.as_str();
            writer.write_record([&row.file, &number, &received, by, signed, until, "", ""])?;
        }
        with_mark(writer)
    }
}

/// Returns the bytes behind a byte order mark.
fn with_mark(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    let table = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(["\u{feff}".as_bytes(), &table].concat())
}

/// Returns the row of a file; nothing when nobody wrote it down.
fn row(templates: &Templates, unit: &Unit, period: Period, path: &str) -> Option<Row> {
    let has_defects = batch::is_month_of_defects(period);
    if has_defects && (unit.key == "huyen-doan" || path.contains("(1).")) {
        return None;
    }
    let mut dice = Dice::of(&["arrival", path]);
    let last = templates.body.convention.dates(period).last;
    let deadline_day = templates.body.calendar.roll(last + Days::new(2));
    let days: Vec<_> =
        (last + Days::new(1)).iter_days().take_while(|day| *day <= deadline_day).collect();
    let days: Vec<_> =
        days.into_iter().filter(|day| templates.body.calendar.is_working_day(*day)).collect();
    let day = dice.pick(&days);
    let hour = u32::try_from(dice.between(7, 15)).unwrap_or(8);
    let minute = u32::try_from(dice.between(0, 11) * 5).unwrap_or(0);
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let mut received =
        day.and_time(time.max(NaiveTime::default() + chrono::TimeDelta::minutes(450)));
    let mut extended_until = String::new();
    if has_defects && unit.key == "nam-hung" {
        received = moment(deadline_day + Days::new(2), (14, 30));
    } else if has_defects && path.contains("(sua)") || path.contains("lan 2") {
        received = moment(deadline_day, (15, 20));
    } else if has_defects && unit.key == "vinh-quang" && !path.contains("Tien Hung") {
        received = moment(deadline_day + Days::new(1), (9, 15));
        extended_until = format!("{} 16:00", (deadline_day + Days::new(2)).format("%d/%m/%Y"));
    }
    let unsigned = ["hoi-cuu-chien-binh", "kinh-te-ha-tang"].contains(&unit.key.as_str());
    let signed_paper =
        if has_defects && unsigned { String::new() } else { signed_paper(unit, period, received) };
    let file = path.to_owned();
    Some(Row { file, number: 0, received, signed_paper, extended_until })
}

fn moment(day: chrono::NaiveDate, (hour, minute): (u32, u32)) -> NaiveDateTime {
    let midnight = day.and_time(NaiveTime::default());
    midnight.with_hour(hour).and_then(|time| time.with_minute(minute)).unwrap_or(midnight)
}

fn signed_paper(unit: &Unit, period: Period, received: NaiveDateTime) -> String {
    let mut dice = Dice::of(&["paper", &unit.key, &period.to_string()]);
    let number = dice.between(8, 22) + i64::from(period.month()) * 14;
    let sign = if unit.group == "xa" { "BC-UBND" } else { "BC" };
    format!("{number}/{sign} ngày {}", received.format("%d/%m/%Y"))
}

/// Returns `dieu-chinh.csv`: one correction agreed by telephone.
pub(crate) fn corrections(month: &Month) -> Result<Vec<u8>, csv::Error> {
    let corrected = month.truth.defects.iter().find(|defect| defect.id == "D35");
    let new: i64 = month
        .truth
        .units
        .iter()
        .find(|unit| unit.unit == "tien-lang")
        .and_then(|unit| unit.figures.get("A15"))
        .map_or(0, |figure| match figure {
            crate::truth::Figure::Value(value) => *value,
            crate::truth::Figure::State(_) => 0,
        });
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["don_vi", "chi_tieu", "cu", "moi", "nguoi_xac_nhan", "luc", "ly_do"])?;
    if corrected.is_some() {
        let (old, new) = ((new - CORRECTION).to_string(), new.to_string());
        writer.write_record([
            "tien-lang",
            "A15",
            &old,
            &new,
            "Bà Trần Thị Mẫu, công chức Văn phòng - Thống kê",
            "19/03/2024 08:40",
            "Bổ sung số người được hướng dẫn tại bộ phận một cửa",
        ])?;
    }
    with_mark(writer)
}

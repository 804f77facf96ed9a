//! `so-den.csv`, the intake register: when a file arrived, which signed paper came with it, until
//! when a unit has an extension, for which period a file counts. Only what is written there.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{Finding, codes, details::read_date, side_csv::SideRow, side_csv::SideTable};
use crate::{period::Period, place::Place, text};

const FILE: &str = "so-den.csv";

/// The intake register.
#[derive(Debug, Default)]
pub(super) struct Register {
    entries: Vec<RegisterEntry>,
    by_path: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

/// A row of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RegisterEntry {
    /// Path or bare name of the file, as written; empty for an extension without a file.
    pub(super) file: String,
    /// Number of the unit, code or name; for an extension without a file.
    pub(super) unit: String,
    /// Số đến, as written.
    pub(super) number: Option<String>,
    /// When the file arrived.
    pub(super) received: Option<NaiveDateTime>,
    /// Number and date of the signed paper.
    pub(super) signed_paper: Option<String>,
    /// Until when the unit has time.
    pub(super) extended_to: Option<NaiveDateTime>,
    /// For which period the file counts.
    pub(super) period: Option<Period>,
    /// Where the row is.
    pub(super) place: Place,
}

impl Register {
    /// Reads the register; what cannot be used is a finding.
    pub(super) fn read(bytes: Option<&[u8]>) -> (Self, Vec<Finding>) {
        let Some(bytes) = bytes else { return (Self::default(), Vec::new()) };
        let (table, mut findings) = SideTable::read(FILE, bytes, &["tep", "nhan_luc"]);
        let mut register = Self::default();
        for row in table.rows() {
            let entry = register_entry(row, &mut findings);
            if entry.file.is_empty() && entry.unit.is_empty() {
                findings.push(row.unusable("Dòng này không ghi tệp, cũng không ghi đơn vị.", ""));
                continue;
            }
            let position = register.entries.len();
            let key = file_key(&entry.file);
            if !entry.file.is_empty() && register.by_path.contains_key(&key) {
                let message =
                    format!("Tệp {} đã ghi ở dòng trên; dòng này không được dùng.", entry.file);
                findings.push(row.unusable(message, &entry.file));
                continue;
            }
            if !entry.file.is_empty() {
                register.by_path.insert(key.clone(), position);
                if !key.contains('/') {
                    register.by_name.insert(key, position);
                }
            }
            register.entries.push(entry);
        }
        (register, findings)
    }

    /// Returns the row of a file: by its path, else by its bare name.
    pub(super) fn of_file(&self, path: &str) -> Option<&RegisterEntry> {
        let path = file_key(path);
        let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
        let position = self.by_path.get(&path).or_else(|| self.by_name.get(name))?;
        self.entries.get(*position)
    }

    /// Returns the rows that name no file but a unit.
    pub(super) fn without_file(&self) -> impl Iterator<Item = &RegisterEntry> {
        self.entries.iter().filter(|entry| entry.file.is_empty())
    }

    /// Returns findings for rows whose file is not among `paths`.
    pub(super) fn absent_files<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Vec<Finding> {
        let mut seen = vec![false; self.entries.len()];
        for path in paths {
            let path = file_key(path);
            let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
            for position in [self.by_path.get(&path), self.by_name.get(name)].into_iter().flatten()
            {
                if let Some(seen) = seen.get_mut(*position) {
                    *seen = true;
                }
            }
        }
        self.entries
            .iter()
            .zip(seen)
            .filter(|(entry, seen)| !seen && !entry.file.is_empty())
            .map(|(entry, _)| {
                let message = format!(
                    "Sổ đến ghi tệp “{}” nhưng trong thư mục không có tệp này.",
                    entry.file
                );
                codes::REGISTER_NO_FILE
                    .finding(message)
                    .at(entry.place.clone())
                    .found(entry.file.as_str())
                    .expected("tên hoặc đường dẫn của một tệp trong thư mục input")
                    .hint("Đề nghị kiểm tra tên tệp trong sổ đến hoặc chép tệp vào thư mục.")
            })
            .collect()
    }
}

/// Returns a path as it is compared: NFC, lower case, with `/`, without `input/`.
pub(super) fn file_key(path: &str) -> String {
    let key = text::squeeze(&text::nfc(path)).replace('\\', "/").to_lowercase();
    let key = key.strip_prefix("./").unwrap_or(&key);
    key.strip_prefix("input/").unwrap_or(key).to_owned()
}

fn register_entry(row: SideRow<'_>, findings: &mut Vec<Finding>) -> RegisterEntry {
    let mut time = |column: &str, end_of_day: NaiveTime| {
        let written = row.get(column);
        let read = read_time(written, end_of_day);
        if read.is_none() && !written.is_empty() {
            let message = format!("Cột {column}: không đọc được thời điểm “{written}”.");
            findings.push(row.unusable(message, written).expected("dạng 16/3/2024 15:30"));
        }
        read
    };
    let received = time("nhan_luc", NaiveTime::MIN);
    let last_minute = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(NaiveTime::MIN);
    let extended_to = time("gia_han_den", last_minute);
    let written = row.get("ky");
    let period = super::period::read_period(&crate::ingest::CellContent::Text(written.to_owned()));
    if period.is_none() && !written.is_empty() {
        let message = format!("Cột ky: không đọc được kỳ “{written}”.");
        findings.push(row.unusable(message, written).expected("dạng 2024-03"));
    }
    let signed = row.get("van_ban_ky");
    let number = row.get("so_den");
    RegisterEntry {
        file: row.get("tep").to_owned(),
        unit: row.get("don_vi").to_owned(),
        number: (!number.is_empty()).then(|| number.to_owned()),
        received,
        signed_paper: (!signed.is_empty()).then(|| signed.to_owned()),
        extended_to,
        period,
        place: row.place(),
    }
}

/// Reads `16/3/2024 15:30`, `16/3/2024 15h30`, `2024-03-16T15:30`; a date alone is at `if_date`.
fn read_time(written: &str, if_date: NaiveTime) -> Option<NaiveDateTime> {
    let (date, time) = match written.split_once([' ', 'T']) {
        Some((date, time)) => (date, time.trim()),
        None => (written, ""),
    };
    let date: NaiveDate = read_date(date)?;
    if time.is_empty() {
        return Some(date.and_time(if_date));
    }
    let mut parts = time.split([':', 'h', 'H', 'g']).map(str::trim);
    let hour = parts.next()?.parse().ok()?;
    let minute = match parts.next() {
        Some("") | None => 0,
        Some(minute) => minute.parse().ok()?,
    };
    let second = match parts.next() {
        Some("") | None => 0,
        Some(second) => second.parse().ok()?,
    };
    date.and_hms_opt(hour, minute, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register(rows: &str) -> (Register, Vec<Finding>) {
        let file =
            format!("tep,so_den,nhan_luc,nguoi_nhan,van_ban_ky,gia_han_den,ky,don_vi\n{rows}");
        Register::read(Some(file.as_bytes()))
    }

    #[test]
    fn a_file_is_found_by_path_or_name() {
        let (register, findings) = register(
            "2024-03/a.xlsx,1,16/3/2024 15:30,Lan,12/BC-UBND ngày 15/3/2024,,\n\
             Tiên Minh.xlsx,2,2024-03-16T15:30,Lan,,20/3/2024,2024-03\n",
        );
        assert_eq!(findings, []);
        let entry = register.of_file("2024-03/A.xlsx").unwrap();
        assert_eq!(entry.received.unwrap().to_string(), "2024-03-16 15:30:00");
        assert_eq!(entry.signed_paper.as_deref(), Some("12/BC-UBND ngày 15/3/2024"));
        let entry = register.of_file("2024-03/xa/Tiên Minh.xlsx").unwrap();
        assert_eq!(entry.extended_to.unwrap().to_string(), "2024-03-20 23:59:00");
        assert_eq!(entry.period, Period::new(2024, 3));
        assert!(register.of_file("2024-02/a.xlsx").is_none(), "another folder, another file");
    }

    #[test]
    fn bad_rows_are_findings_with_their_row() {
        let (register, findings) = register(
            "a.xlsx,1,hôm qua,,,,\n\
             a.xlsx,2,16/3/2024,,,,\n\
             ,3,16/3/2024,,,,\n\
             b.xlsx,4,16/3/2024,,,,tháng ba\n",
        );
        let rows: Vec<String> =
            findings.iter().map(|finding| finding.places[0].to_string()).collect();
        assert_eq!(rows, ["A2", "A3", "A4", "A5"].map(|cell| format!("so-den.csv › {cell}")));
        assert_eq!(register.of_file("a.xlsx").unwrap().received, None);
        let absent = register.absent_files(["2024-03/a.xlsx"].into_iter());
        assert_eq!(absent.len(), 1, "b.xlsx is not there");
    }

    #[test]
    fn an_extension_may_stand_without_a_file() {
        let (register, findings) = register(",,,,,20/3/2024 11h,2024-03,tien-minh\n");
        assert_eq!(findings, []);
        let entry = register.without_file().next().unwrap();
        assert_eq!((entry.unit.as_str(), entry.period), ("tien-minh", Period::new(2024, 3)));
        assert_eq!(entry.extended_to.unwrap().to_string(), "2024-03-20 11:00:00");
    }
}

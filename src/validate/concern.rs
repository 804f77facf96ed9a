//! Which months a file may say something about, so that a month need not look into the files of the
//! others. Follows [`Validator::prepare`](super::Validator::prepare) step by step and decides nothing
//! that it does not: a month too many costs time, a month too few would lose a return.

use super::{
    ReadFile, SideFiles,
    header::{self, PeriodChoice},
    left_over::is_left_over,
    period::folder_period,
    register::Register,
};
use crate::period::Period;

/// What decides which months a file concerns.
#[derive(Debug)]
pub struct Concerns {
    register: Register,
}

/// The months that a file may say something about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concern {
    /// Nothing when it may be any.
    months: Option<Vec<Period>>,
    /// Whether a unit sent figures of others in it.
    pub lists: bool,
    /// The month that the file is of, seen from all the others.
    pub own: Option<Period>,
}

impl Concerns {
    /// Returns what decides, with the secretary's word in the register.
    pub fn new(side_files: &SideFiles) -> Self {
        let (register, _) = Register::read(side_files.register.as_deref());
        Self { register }
    }

    /// Returns the months that a file may concern.
    pub fn of(&self, file: &ReadFile) -> Concern {
        let decided = self.register.of_file(&file.path).and_then(|entry| entry.period);
        let folder = folder_period(&file.path);
        let home = decided.or(folder);
        let returns = &file.reading.returns;
        let mut months: Vec<Period> = home.into_iter().collect();
        if file.reading.refusal.is_some() {
            return Concern { months: home.map(|_| months), lists: false, own: home };
        }
        let mut any = home.is_none() && !file.reading.notices.is_empty();
        let mut own = None;
        for (position, raw) in returns.iter().enumerate() {
            if is_left_over(returns, position, home) {
                any |= home.is_none();
                continue;
            }
            match header::choose_period(&file.path, raw, decided) {
                PeriodChoice::Certain(period, _) => {
                    months.push(period);
                    own.get_or_insert(period);
                }
                PeriodChoice::Conflict { header, place, .. } => {
                    months.push(header);
                    months.extend(place);
                    own = place.or(Some(header));
                }
                PeriodChoice::Unreadable(_) => {
                    any |= folder.is_none();
                    own = folder;
                }
            }
        }
        let lists = returns.iter().any(|raw| raw.sender.is_some());
        Concern { months: (!any).then_some(months), lists, own }
    }
}

impl Concern {
    /// Returns whether the file may say something about a month.
    pub fn includes(&self, period: Period) -> bool {
        self.months.as_ref().is_none_or(|months| months.contains(&period))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ingest::{FileReading, Refusal},
        validate::{
            History, Prepared, Validator,
            sample::{commune, templates},
        },
    };

    fn files() -> Vec<ReadFile> {
        let file = |month: &str, path: &str| commune("tien-minh").period(month).file(path);
        let both = |path: &str| {
            let (mut february, march) = (file("2024-02", path), file("Tháng 3 năm 2024", path));
            february.reading.returns.extend(march.reading.returns);
            february
        };
        let refused = |path: &str| {
            let mut file = file("2024-03", path);
            file.reading =
                FileReading { refusal: Some(Refusal::Empty), returns: Vec::new(), ..file.reading };
            file
        };
        vec![
            file("2024-03", "2024-03/a.xlsx"),
            file("2024-03", "a.xlsx"),
            file("2024-02", "2024-03/b.xlsx"),
            file("2024-01", "c T2.xlsx"),
            file("không rõ", "2024-02/d.xlsx"),
            file("không rõ", "d.xlsx"),
            both("2024-02/e.xlsx"),
            both("e.xlsx"),
            refused("2024-02/f.xlsx"),
            refused("f.xlsx"),
        ]
    }

    #[test]
    fn a_file_says_nothing_about_the_months_that_are_left_out() {
        let decided = b"tep,nhan_luc,ky\na.xlsx,16/3/2024,2024-01\n".to_vec();
        for register in [None, Some(decided)] {
            let side_files = SideFiles { register, ..SideFiles::default() };
            let (concerns, history) = (Concerns::new(&side_files), History::new());
            let mut left_out = 0;
            for month in ["2023-12", "2024-01", "2024-02", "2024-03"] {
                let period: Period = month.parse().unwrap();
                let validator = Validator::new(templates(), period, &side_files, &history);
                for file in files() {
                    let concern = concerns.of(&file);
                    if !concern.includes(period) {
                        left_out += 1;
                        let short =
                            Prepared::of_other_period(&file.path, &file.sha256, concern.own);
                        let full = validator.prepare(&file);
                        assert_eq!(format!("{full:?}"), format!("{short:?}"), "{month}");
                    }
                }
            }
            assert!(left_out >= 15, "{left_out} of 40");
        }
    }
}

//! The sheet of thôn, tổ dân phố: rows that add up to the commune's figures.

use crate::{
    communes::value,
    profile::{Profile, Values},
};

const NAMES: [&str; 16] = [
    "Đông",
    "Đoài",
    "Trung",
    "Thượng",
    "Hạ",
    "Nam Tử",
    "Bắc Phong",
    "Tân Lập",
    "Phú Cơ",
    "Hòa Bình",
    "Cộng Lực",
    "Xuân Quang",
    "Mỹ Lộc",
    "An Thạch",
    "Giang Khẩu",
    "Vân Đôi",
];

/// A thôn or tổ dân phố.
#[derive(Debug, Clone)]
pub(crate) struct Village {
    /// "Thôn Đông".
    pub(crate) name: String,
    /// Members of the task force (adds up to A18).
    pub(crate) members: i64,
    /// Households visited in the period (adds up to A14).
    pub(crate) visited: i64,
    /// People guided in the period; the commune's figure is larger.
    pub(crate) guided: i64,
    /// Accounts activated with the task force's help; the commune's figure is larger.
    pub(crate) activated: i64,
}

/// Returns how many thôn, tổ dân phố a commune has.
pub(crate) fn count(profile: &Profile) -> i64 {
    (profile.people / 950 + profile.steady("A16", 0, 2)).clamp(4, 15)
}

/// Returns the rows of a month.
pub(crate) fn rows(profile: &Profile, month: i64, values: &Values, town: Town) -> Vec<Village> {
    let count = count(profile);
    let split =
        |code: &str, total| profile.dice(&["thon", code, &month.to_string()]).split(total, count);
    let members = profile.dice(&["thon", "members"]).split(value(values, "A18"), count);
    let visited = split("A14", value(values, "A14"));
    let guided = split("A15", value(values, "A15") * 9 / 10);
    let activated = split("B10", value(values, "B10") * 8 / 10);
    (0..)
        .zip(members)
        .map(|(index, members)| Village {
            name: town.name(index),
            members,
            visited: visited[index],
            guided: guided[index],
            activated: activated[index],
        })
        .collect()
}

/// Whether the parts of a commune are called thôn or tổ dân phố.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Town {
    /// A thị trấn.
    Yes,
    /// A xã.
    No,
}

impl Town {
    fn name(self, index: usize) -> String {
        match self {
            Self::Yes => format!("Tổ dân phố số {}", index + 1),
            Self::No => format!("Thôn {}", NAMES[index]),
        }
    }
}

//! What a batch says beside its returns: what became of every file, how every unit kept the
//! discipline, which corrections were applied.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::{
    period::Period,
    place::Place,
    template::{IndicatorIx, UnitIx},
};

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileFate {
    /// Path below `input/`.
    pub file: String,
    /// SHA-256.
    pub sha256: String,
    /// What became of it.
    pub fate: Fate,
    /// Key of the unit, where it is known.
    pub unit: Option<String>,
    /// Key of the unit that the name of a refused file seems to name: for a person to ask, never to
    /// decide.
    pub likely_unit: Option<String>,
    /// Period of the return, where it is known.
    pub period: Option<Period>,
    /// Lần gửi, where it is known.
    pub submission: Option<u32>,
    /// When it arrived, when the register says so.
    #[serde(skip)]
    pub received: Option<NaiveDateTime>,
    /// Số đến, when the register has it.
    #[serde(skip)]
    pub intake_number: Option<String>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Fate {
    /// Its return counts.
    #[serde(rename = "tính")]
    Counted,
    /// A later submission counts instead.
    #[serde(rename = "thay thế")]
    Superseded,
    /// Byte for byte another file.
    #[serde(rename = "trùng")]
    Duplicate,
    /// Held until the secretary decides.
    #[serde(rename = "chờ")]
    Held,
    /// Rejected.
    #[serde(rename = "từ chối")]
    Rejected,
    /// Of another period.
    #[serde(rename = "kỳ khác")]
    OtherPeriod,
    /// No return: owner files, side files.
    #[serde(rename = "bỏ qua")]
    Ignored,
}

impl Fate {
    /// Returns the Vietnamese word, as in the JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Counted => "tính",
            Self::Superseded => "thay thế",
            Self::Duplicate => "trùng",
            Self::Held => "chờ",
            Self::Rejected => "từ chối",
            Self::OtherPeriod => "kỳ khác",
            Self::Ignored => "bỏ qua",
        }
    }
}

/// How a unit kept the reporting discipline in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discipline {
    /// The unit.
    pub unit: UnitIx,
    /// Deadline, extension included.
    pub deadline: NaiveDateTime,
    /// Whether the deadline was extended.
    pub extended: bool,
    /// When the first accepted return (else the first one) arrived, so that a later correction does
    /// not make a unit late; nothing when the register is silent.
    pub received: Option<NaiveDateTime>,
    /// Number and date of the signed paper, when the register has them.
    pub signed_paper: Option<String>,
    /// Where the unit stands.
    pub standing: Standing,
    /// Lần gửi that counts.
    pub submission: Option<u32>,
    /// How many required figures are missing or unusable.
    pub figures_missing: u32,
    /// How many figures the form asks of the unit.
    pub figures_expected: u32,
}

/// Where a unit stands with its return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Standing {
    /// In time.
    #[serde(rename = "đúng hạn")]
    OnTime,
    /// So many days late.
    #[serde(rename = "chậm")]
    Late {
        /// Calendar days, at least 1.
        days: u32,
    },
    /// A return is there, but nobody wrote down when it came.
    #[serde(rename = "không rõ")]
    Unknown,
    /// Something came, nothing of it counts.
    #[serde(rename = "bị từ chối")]
    NotAccepted,
    /// Nothing came and the unit must report.
    #[serde(rename = "chưa gửi")]
    NotReturned,
    /// Nothing came and nothing is due yet or the unit is only asked to cooperate.
    #[serde(rename = "không bắt buộc")]
    NotRequired,
}

/// A correction agreed by telephone and applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppliedCorrection {
    /// The unit.
    pub unit: UnitIx,
    /// The indicator.
    pub indicator: IndicatorIx,
    /// The value before, scaled; nothing when it was missing.
    pub old: Option<i64>,
    /// The value after, scaled.
    pub new: i64,
    /// Who confirmed it.
    pub confirmed_by: String,
    /// When, as written.
    pub when: String,
    /// Why.
    pub why: String,
    /// Row of `dieu-chinh.csv`.
    pub place: Place,
}

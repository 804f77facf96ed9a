//! The roster (`don-vi.csv`) and the lineage of units (`bien-dong.csv`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Index of a unit in [`Roster::units`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UnitIx(pub u32);

/// A unit: key is stable, codes and names are not.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Stable key, "tien-minh".
    pub key: String,
    /// Code with its leading zeros, "11800"; empty when the unit has none.
    pub code: String,
    /// Full name, "UBND xã Tiên Minh".
    pub name: String,
    /// Name in tables and sentences, "xã Tiên Minh".
    pub short_name: String,
    /// Key of the group.
    pub group: String,
    /// Key of the block (khối).
    pub block: Option<String>,
    /// Key of the unit above in the roster.
    pub parent: Option<String>,
    /// Order in tables.
    pub order: u32,
    /// Other names that returns may carry.
    pub aliases: Vec<String>,
    /// Whether the unit must report.
    pub duty: Duty,
    /// First day of validity.
    pub valid_from: Option<NaiveDate>,
    /// Last day of validity.
    pub valid_to: Option<NaiveDate>,
    /// Whom to phone.
    pub contact: String,
}

/// Whether a unit must report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Must report.
    Required,
    /// Is asked to cooperate and never called late.
    Cooperating,
    /// Does not report; only gathers units below it.
    Structural,
}

/// A change of units: merged, split, renamed.
#[derive(Debug, Clone)]
pub struct Lineage {
    /// Key or name of the unit before.
    pub from: String,
    /// Key of the unit after.
    pub to: String,
    /// First day of the new state.
    pub date: NaiveDate,
    /// What happened.
    pub kind: LineageKind,
}

/// What happened to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineageKind {
    /// Gave all of itself to another.
    Merge,
    /// Gave a part to each of several.
    Split,
    /// Changed its name only.
    Rename,
}

/// All units, in the order of tables, and their lineage.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// Units sorted by group, block, order and key.
    pub units: Vec<Unit>,
    /// Changes, earliest first.
    pub lineage: Vec<Lineage>,
}

impl Roster {
    /// Returns the index of a key.
    pub fn find(&self, key: &str) -> Option<UnitIx> {
        let position = self.units.iter().position(|unit| unit.key == key)?;
        u32::try_from(position).ok().map(UnitIx)
    }

    /// Returns the index of every key, for whoever looks up more than a few.
    pub fn by_key(&self) -> BTreeMap<&str, UnitIx> {
        (0..).map(UnitIx).zip(&self.units).map(|(index, unit)| (unit.key.as_str(), index)).collect()
    }

    /// Returns the unit of an index that came from this roster.
    pub fn get(&self, index: UnitIx) -> &Unit {
        &self.units[index.0 as usize]
    }

    /// Returns the units that report and are valid on a day (a period's last day), in order.
    pub fn reporting_on(&self, day: NaiveDate) -> impl Iterator<Item = (UnitIx, &Unit)> {
        (0..)
            .map(UnitIx)
            .zip(&self.units)
            .filter(move |(_, unit)| unit.duty != Duty::Structural && unit.is_valid_on(day))
    }
}

impl Unit {
    /// Returns whether the unit exists on a day.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

//! The indicators (`chi-tieu.toml`): what is counted, by whom, and what is derived from it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Unit, UnitIx};

/// Index of an indicator in [`Indicators::list`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct IndicatorIx(pub u16);

/// Whether values of several months add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndicatorKind {
    /// Phát sinh trong kỳ: months add up.
    Flow,
    /// Lũy kế đến ngày chốt: the last value stands.
    Stock,
    /// Có / không: 1 or 0 for a unit; the sum is a number of units.
    Tick,
}

/// An indicator.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// "B08".
    pub code: String,
    /// Section of the list, "B".
    pub section: String,
    /// Printed name, with later names by the first day they are valid, earliest first.
    pub names: Vec<(Option<NaiveDate>, String)>,
    /// Short name for sentences and table heads; equals the name when none is given.
    pub short_name: String,
    /// Other names by which units call it in their own tables.
    pub other_names: Vec<String>,
    /// "tài khoản".
    pub unit_of_count: String,
    /// Flow, stock or tick.
    pub kind: IndicatorKind,
    /// Decimal places of a value.
    pub decimals: u8,
    /// Keys of the groups that report it.
    pub groups: Vec<String>,
    /// Keys of units of those groups to which it does not apply.
    pub not_for: Vec<String>,
    /// The indicator for which this one is the assigned target (B11 for B08); such an indicator
    /// takes its value from `chi-tieu-giao.csv`, never from a return.
    pub target_of: Option<String>,
    /// Whether an empty cell is a finding for any group (an optional count may stay empty); see
    /// [`Indicator::is_required_of`].
    pub required: bool,
    /// Keys of the groups that may leave it empty.
    pub optional_for: Vec<String>,
    /// The unit whose list of all units is the main source of the figure; the unit's own figure is
    /// then compared with it.
    pub owner: Option<UnitIx>,
    /// Level of the account that a utility needs, as printed ("Mức 1").
    pub level: Option<String>,
}

/// A ratio, computed from sums over the units where both sides are usable.
#[derive(Debug, Clone)]
pub struct Ratio {
    /// "R3".
    pub code: String,
    /// Printed name.
    pub name: String,
    /// Indicators added for the numerator.
    pub numerator: Vec<IndicatorIx>,
    /// Indicators added for the denominator.
    pub denominator: Vec<IndicatorIx>,
    /// Decimals of the percentage.
    pub decimals: u8,
    /// Whether the denominator is a population, so that more than 100 % takes a footnote.
    pub of_population: bool,
    /// Whether the denominator is an assigned target.
    pub of_target: bool,
}

/// A sum of other figures, such as accounts of both levels, computed for each unit.
#[derive(Debug, Clone)]
pub struct Derived {
    /// "BT1".
    pub code: String,
    /// Printed name.
    pub name: String,
    /// "tài khoản".
    pub unit_of_count: String,
    /// Flow or stock; decides how the result is compared.
    pub kind: IndicatorKind,
    /// The terms.
    pub terms: Vec<Term>,
}

/// A term of a derived sum.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// +1 or −1.
    pub sign: i8,
    /// The indicator.
    pub indicator: IndicatorIx,
    /// This month's value or the previous one.
    pub statistic: TermStatistic,
}

/// Which value of an indicator enters a derived sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermStatistic {
    /// The value of the period.
    Value,
    /// The value of the period before.
    Previous,
}

/// A section of the list of indicators, printed as a row of its own in forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// "A": what the codes of its indicators begin with.
    pub code: String,
    /// "Công tác tuyên truyền".
    pub name: String,
}

/// All indicators.
#[derive(Debug, Clone, Default)]
pub struct Indicators {
    /// Sections, in order.
    pub sections: Vec<Section>,
    /// Reported and assigned indicators, in the order of the file.
    pub list: Vec<Indicator>,
    /// Ratios.
    pub ratios: Vec<Ratio>,
    /// Derived sums.
    pub derived: Vec<Derived>,
}

/// Returns folded words without that for a count before them: "số buổi" is "buổi".
pub fn without_count(folded: &str) -> Option<&str> {
    ["tổng số ", "số "].iter().find_map(|count| folded.strip_prefix(count))
}

impl Indicators {
    /// Returns the name of a section by its code, empty if there is none.
    pub fn section_name(&self, code: &str) -> &str {
        let mut sections = self.sections.iter();
        sections.find(|section| section.code == code).map_or("", |section| &section.name)
    }

    /// Returns the index of a code.
    pub fn find(&self, code: &str) -> Option<IndicatorIx> {
        let position = self.list.iter().position(|indicator| indicator.code == code)?;
        u16::try_from(position).ok().map(IndicatorIx)
    }

    /// Returns the indicator of an index that came from this list.
    pub fn get(&self, index: IndicatorIx) -> &Indicator {
        &self.list[usize::from(index.0)]
    }

    /// Returns every index, in order.
    pub fn indices(&self) -> impl Iterator<Item = IndicatorIx> {
        (0..u16::try_from(self.list.len()).unwrap_or(u16::MAX)).map(IndicatorIx)
    }
}

impl Indicator {
    /// Returns whether a unit counts the indicator at all.
    pub fn applies_to(&self, unit: &Unit) -> bool {
        self.groups.contains(&unit.group) && !self.not_for.contains(&unit.key)
    }

    /// Returns whether a unit that leaves the indicator empty must be asked.
    pub fn is_required_of(&self, unit: &Unit) -> bool {
        self.required && self.applies_to(unit) && !self.optional_for.contains(&unit.group)
    }

    /// Returns the name printed on a day.
    pub fn name_on(&self, day: NaiveDate) -> &str {
        self.names
            .iter()
            .rev()
            .find(|(from, _)| from.is_none_or(|from| from <= day))
            .or(self.names.first())
            .map_or(&self.short_name, |(_, name)| name)
    }
}

//! What a template holds: an indicator with its statistics, and a number that only a filter prints.

use std::{collections::BTreeMap, fmt, sync::Arc};

use minijinja::value::{Object, ObjectRepr, Value};

use super::tokens::UNFILTERED;
use crate::{
    aggregate::{DisciplineCount, Statistic},
    compose::document::{FigureRef, NumberFormat},
    quantity::Quantity,
    text::{format_count, format_quantity},
};

/// The names by which a template asks for a statistic.
pub(super) const STATISTICS: [(&str, Statistic); 26] = [
    ("gia_tri", Statistic::Value),
    ("truoc", Statistic::Previous),
    ("thay_doi", Statistic::Change),
    ("cung_don_vi", Statistic::LikeForLike),
    ("truoc_cung_don_vi", Statistic::PreviousLikeForLike),
    ("tang_pt", Statistic::ChangePercent),
    ("luy_ke", Statistic::YearToDate),
    ("ty_le", Statistic::Ratio),
    ("ty_le_truoc", Statistic::PreviousRatio),
    ("diem", Statistic::PointChange),
    ("giao", Statistic::Target),
    ("ty_le_giao", Statistic::TargetRatio),
    ("con_lai", Statistic::Remaining),
    ("xep_thu", Statistic::Rank),
    ("so_don_vi", Statistic::Reported),
    ("tong_don_vi", Statistic::Expected),
    ("thieu_don_vi", Statistic::Lacking),
    ("don_vi_so_sanh", Statistic::Compared),
    ("dat_giao", Statistic::TargetReached),
    ("tu_so", Statistic::RatioNumerator),
    ("mau_so", Statistic::RatioDenominator),
    ("da_gui", Statistic::Discipline(DisciplineCount::Returned)),
    ("chua_gui", Statistic::Discipline(DisciplineCount::NotReturned)),
    ("bi_tra", Statistic::Discipline(DisciplineCount::NotAccepted)),
    ("dung_han", Statistic::Discipline(DisciplineCount::OnTime)),
    ("cham", Statistic::Discipline(DisciplineCount::Late)),
];

/// A figure as a template holds it.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// Id of the figure; empty when no row of the table says it.
    pub id: String,
    /// The number; nothing when missing, not applicable or on too small a base for prose.
    pub value: Option<Quantity>,
    /// Whether it prints without its sign, after "tăng" or "giảm".
    pub magnitude: bool,
}

/// How a filter prints a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Print {
    /// `12.345`.
    Number,
    /// `76,75%`.
    Percent,
    /// `1,25` percentage points.
    Points,
    /// `03`.
    Count,
}

impl Number {
    /// Returns the figure as printed in a sentence.
    pub(super) fn cite(&self, print: Print) -> FigureRef {
        let printed = self.value.map(|value| {
            let sign = if self.magnitude { value.scaled.signum() } else { 1 };
            Quantity { scaled: value.scaled.saturating_mul(sign), ..value }
        });
        let shown = printed.map_or_else(
            || crate::compose::lookup::NOT_AVAILABLE.to_owned(),
            |value| match print {
                Print::Count if value.decimals == 0 => format_count(value.scaled),
                Print::Number | Print::Points | Print::Count => format_quantity(value),
                Print::Percent => crate::text::format_percent(value),
            },
        );
        let format = match print {
            Print::Number | Print::Count => NumberFormat::Number,
            Print::Percent => NumberFormat::Percent,
            Print::Points => NumberFormat::Signed,
        };
        FigureRef { id: self.id.clone(), shown, value: self.value, format }
    }
}

impl Object for Number {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    /// `so` is the bare number for comparisons.
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "so" => Some(self.value.map_or(Value::from(()), |value| Value::from(value.to_f64()))),
            _ => None,
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.value.is_some()
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{UNFILTERED}")
    }
}

/// Whether values of earlier months stand in for missing ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carried {
    /// For none.
    None,
    /// For some, while others have no earlier value either.
    Some,
    /// For every one.
    All,
}

/// An indicator, ratio or derived sum of a scope.
#[derive(Debug)]
pub(super) struct IndicatorFigures {
    /// By the names of [`STATISTICS`].
    pub numbers: BTreeMap<&'static str, Number>,
    /// Whether values of earlier months stand in for missing ones.
    pub carried: Carried,
    /// Whether all that stand in are of the month before, and none is older.
    pub carried_one_month: bool,
    /// Whether every unit with a figure of either month is compared.
    pub compared_fully: bool,
    /// Whether every unit gave every month of the year to date.
    pub year_complete: bool,
}

impl Object for IndicatorFigures {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    /// A statistic, `co_so` (there is a value or ratio), `du` (every unit reported), `tam_tinh`
    /// (values of earlier months stand in), `tam_tinh_du` (for every missing one), `tam_tinh_ky_truoc`
    /// (none is older than the month before), `so_sanh_du` or `luy_ke_du`.
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let number = |key: &str| self.numbers.get(key).and_then(|number| number.value);
        match key {
            "co_so" => Some(Value::from(number("gia_tri").is_some() || number("ty_le").is_some())),
            "du" => Some(Value::from(number("so_don_vi") == number("tong_don_vi"))),
            "tam_tinh" => Some(Value::from(self.carried != Carried::None)),
            "tam_tinh_du" => Some(Value::from(self.carried == Carried::All)),
            "tam_tinh_ky_truoc" => Some(Value::from(self.carried_one_month)),
            "so_sanh_du" => Some(Value::from(self.compared_fully)),
            "luy_ke_du" => Some(Value::from(self.year_complete)),
            key => self.numbers.get(key).cloned().map(Value::from_object),
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.numbers.values().any(|number| number.value.is_some())
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{UNFILTERED}")
    }
}

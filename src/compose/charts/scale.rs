//! The scale of a chart: round numbers from below the least value to above the greatest.

use crate::{
    aggregate::Figure,
    compose::{
        document::{Chart, Constant, ConstantKind, NumberFormat},
        lookup::format_as,
    },
    quantity::Quantity,
};

/// The most steps of a scale.
const STEPS: i128 = 5;

/// Where a scale begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// At zero: lengths are compared.
    Zero,
    /// At zero, or just below the least value when all values lie close together.
    NearValues,
}

/// Gives a chart its scale, from everything that is drawn.
pub(super) fn set(chart: &mut Chart, origin: Origin) {
    let series = chart.series.iter().chain(&chart.target);
    let figures: Vec<_> = series.flat_map(|series| series.values.iter().flatten()).collect();
    let values: Vec<Quantity> = figures.iter().filter_map(|figure| figure.value).collect();
    let percent = figures.iter().any(|figure| figure.format == NumberFormat::Percent);
    let format = if percent { NumberFormat::Percent } else { NumberFormat::Number };
    chart.ticks = ticks(&values, origin, format);
}

/// Returns whether a scale begins above zero.
pub(super) fn begins_above_zero(chart: &Chart) -> bool {
    let first = chart.ticks.first().and_then(|tick| tick.value);
    first.is_some_and(|value| value.scaled > 0)
}

/// Orders figures from the largest to the smallest; those without a value come last.
pub(super) fn descending(one: Option<&Figure>, other: Option<&Figure>) -> std::cmp::Ordering {
    let exact = |figure: Option<&Figure>| {
        figure.and_then(|figure| figure.value).map(|value| at(value, MOST_DECIMALS))
    };
    exact(other).cmp(&exact(one))
}

/// Decimals in which any two quantities can be compared.
const MOST_DECIMALS: u8 = 6;

/// Returns a quantity with more decimals.
fn at(value: Quantity, decimals: u8) -> i128 {
    i128::from(value.scaled) * 10_i128.pow(u32::from(decimals.saturating_sub(value.decimals)))
}

/// Returns the round numbers of a scale; none without a value.
fn ticks(values: &[Quantity], origin: Origin, format: NumberFormat) -> Vec<Constant> {
    let Some(decimals) = values.iter().map(|value| value.decimals).max() else {
        return Vec::new();
    };
    let exact = || values.iter().map(|value| at(*value, decimals));
    let (Some(least), Some(most)) = (exact().min(), exact().max()) else { return Vec::new() };
    let close = least > 0 && (most - least) * 4 < most;
    let low = if origin == Origin::NearValues && close { least } else { least.min(0) };
    let high = if low == least && least > 0 { most } else { most.max(0) };
    let step = step(high - low);
    let first = low.div_euclid(step) * step;
    let mut scale = vec![first];
    while scale.last().is_some_and(|last| *last < high) || scale.len() < 2 {
        scale.extend(scale.last().map(|last| last + step).into_iter().collect::<Vec<_>>());
    }
    let mut decimals = decimals;
    while decimals > 0 && scale.iter().all(|tick| tick % 10 == 0) {
        for tick in &mut scale {
            *tick /= 10;
        }
        decimals -= 1;
    }
    let tick = |scaled: i128| {
        let value = Quantity { scaled: i64::try_from(scaled).ok()?, decimals };
        let text = format_as(value, format);
        Some(Constant { kind: ConstantKind::AxisTick, text, value: Some(value) })
    };
    scale.into_iter().map(tick).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// Returns the least of 1, 2, 5, 10, 20, 50, … of which few enough cover a length.
fn step(length: i128) -> i128 {
    let mut decade = 1;
    loop {
        for step in [decade, decade * 2, decade * 5] {
            if length <= step * STEPS {
                return step;
            }
        }
        decade *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(values: &[i64], decimals: u8, origin: Origin) -> String {
        let values: Vec<Quantity> =
            values.iter().map(|scaled| Quantity { scaled: *scaled, decimals }).collect();
        let ticks = ticks(&values, origin, NumberFormat::Number);
        ticks.into_iter().map(|tick| tick.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_scale_covers_its_values_in_round_numbers() {
        let zero = Origin::Zero;
        assert_eq!(shown(&[7_800, 3_152], 0, zero), "0 2.000 4.000 6.000 8.000");
        assert_eq!(shown(&[3], 0, zero), "0 1 2 3");
        assert_eq!(shown(&[0, 0], 0, zero), "0 1");
        assert_eq!(shown(&[-30, 45], 0, zero), "−40 −20 0 20 40 60");
        assert_eq!(shown(&[9_738, 10_138], 2, zero), "0 50 100 150");
        assert_eq!(shown(&[], 0, zero), "");
        assert_eq!(shown(&[i64::MAX], 0, zero), "", "no number is round above the largest");
    }

    #[test]
    fn only_values_close_together_begin_above_zero() {
        let near = Origin::NearValues;
        assert_eq!(shown(&[9_112, 9_501], 2, near), "91 92 93 94 95 96");
        assert_eq!(shown(&[2_000, 9_501], 2, near), "0 20 40 60 80 100");
        assert_eq!(shown(&[90], 0, near), "90 91");
        assert_eq!(shown(&[0, 1], 0, near), "0 1");
    }
}

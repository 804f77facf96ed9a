//! A return whose new figures are all those of the month before: they were probably copied, or an old file was
//! sent under a new title.

use super::{
    Finding, Observation, State, checks::place, codes, past::UnitPast, readings::ReadingContext,
};
use crate::{
    quantity::Quantity,
    template::{Indicator, IndicatorKind, Measure},
    text,
};

/// Least figure that two months do not have in common by chance, in whole units of count.
const LEAST: i64 = 10;
/// Fewest such figures of a return that say something.
const FEWEST: usize = 5;
/// How many of them are named.
const NAMED: usize = 3;

/// Returns a finding when every flow of at least [`LEAST`] is what the month before had, by the return itself or as
/// it was counted, and there are at least [`FEWEST`].
pub(super) fn flows_of_month_before(
    context: &ReadingContext<'_>,
    observations: &[Observation],
    past: &UnitPast<'_>,
) -> Option<Finding> {
    let indicator = |one: &Observation| context.templates.indicators.get(one.indicator);
    let of_flows = |measure: Measure| {
        let flows = move |one: &&Observation| {
            one.measure == measure && indicator(one).kind == IndicatorKind::Flow
        };
        observations.iter().filter(flows)
    };
    let stated = |value: &Observation| {
        let mut previous = of_flows(Measure::Previous);
        number(previous.find(|one| one.indicator == value.indicator)?)
    };
    let counted = |value: &Observation| past.previous(value.indicator);
    let same = |before: &dyn Fn(&Observation) -> Option<i64>| {
        let pairs = of_flows(Measure::Value).filter_map(|value| {
            let (now, then) = (number(value)?, before(value)?);
            let least = LEAST * 10_i64.pow(indicator(value).decimals.into());
            (now.max(then) >= least).then_some((value, now == then))
        });
        let pairs: Vec<(&Observation, bool)> = pairs.collect();
        let is_copy = pairs.len() >= FEWEST && pairs.iter().all(|(_, is_same)| *is_same);
        is_copy.then(|| pairs.into_iter().map(|(value, _)| value).collect::<Vec<_>>())
    };
    let (values, whose) = match (same(&stated), same(&counted)) {
        (Some(values), _) => (values, "kỳ trước ghi trong tệp"),
        (None, Some(values)) => (values, "kỳ trước đã tổng hợp"),
        (None, None) => return None,
    };
    let first = values.first()?;
    let named = values.iter().take(NAMED).filter_map(|value| {
        let indicator = indicator(value);
        Some(format!("{}: {}", indicator.code, printed(indicator, number(value)?)))
    });
    let found = named.collect::<Vec<_>>().join("; ");
    let message = format!(
        "{} chỉ tiêu phát sinh từ {LEAST} trở lên đều bằng đúng số {whose} ({found}…).",
        values.len()
    );
    let hint = "Có thể số kỳ trước đã được chép sang. Đề nghị đơn vị kiểm tra, sai thì gửi lại.";
    Some(codes::SAME_AS_BEFORE.finding(message).at(place(context, first)).found(found).hint(hint))
}

fn number(observation: &Observation) -> Option<i64> {
    match observation.state {
        State::Value(scaled) => Some(scaled),
        _ => None,
    }
}

fn printed(indicator: &Indicator, scaled: i64) -> String {
    text::format_quantity(Quantity { scaled, decimals: indicator.decimals })
}

#[cfg(test)]
mod tests {
    use super::super::{
        sample::commune,
        tests::{UNIT, codes, only, run_one},
    };
    use crate::template::Measure;

    #[test]
    fn flows_that_are_all_those_of_the_month_before_are_told_once() {
        let copied = |but: Option<&str>| {
            commune(UNIT).head(|raw| {
                let before = raw.values.iter().filter(|one| one.measure == Measure::Previous);
                let before: Vec<_> =
                    before.map(|one| (one.code.clone(), one.content.clone())).collect();
                for value in raw.values.iter_mut().filter(|one| one.measure == Measure::Value) {
                    let same = before.iter().find(|(code, _)| *code == value.code);
                    if let Some((_, content)) = same.filter(|(code, _)| but != Some(code.as_str()))
                    {
                        value.content = content.clone();
                    }
                }
            })
        };
        let batch = run_one(copied(None));
        let finding = only(&batch, "DA06-S21");
        assert!(finding.message.contains("đều bằng đúng số kỳ trước ghi trong tệp"), "{finding:?}");
        assert!(!codes(&run_one(copied(Some("A03")))).contains(&"DA06-S21"), "one has changed");
    }
}

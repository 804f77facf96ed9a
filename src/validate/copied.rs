//! A return whose new figures are all those of the month before: they were probably copied, or an old file was
//! sent under a new title.

use super::{
    Finding, Observation,
    checks::{Stated, number, place, printed},
    codes,
    past::UnitPast,
    readings::ReadingContext,
};
use crate::template::{IndicatorIx, IndicatorKind};

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
    order: &[(IndicatorIx, Stated<'_>)],
    past: &UnitPast<'_>,
) -> Option<Finding> {
    let indicator = |index: IndicatorIx| context.templates.indicators.get(index);
    let is_flow =
        |(index, _): &&(IndicatorIx, Stated<'_>)| indicator(*index).kind == IndicatorKind::Flow;
    let same = |before: &dyn Fn(IndicatorIx, &Stated<'_>) -> Option<i64>| {
        let pairs = order.iter().filter(is_flow).filter_map(|(index, stated)| {
            let (now, then) = (number(stated.value)?, before(*index, stated)?);
            let least = LEAST * 10_i64.pow(indicator(*index).decimals.into());
            (now.max(then) >= least).then_some((stated.value?, now == then))
        });
        let pairs: Vec<(&Observation, bool)> = pairs.collect();
        let is_copy = pairs.len() >= FEWEST && pairs.iter().all(|(_, is_same)| *is_same);
        is_copy.then(|| pairs.into_iter().map(|(value, _)| value).collect::<Vec<_>>())
    };
    let by_return = same(&|_, stated| number(stated.previous));
    let (values, whose) = match (by_return, same(&|index, _| past.previous(index))) {
        (Some(values), _) => (values, "kỳ trước ghi trong tệp"),
        (None, Some(values)) => (values, "kỳ trước đã tổng hợp"),
        (None, None) => return None,
    };
    let first = values.first()?;
    let named = values.iter().take(NAMED).filter_map(|value| {
        let indicator = indicator(value.indicator);
        Some(format!("{}: {}", indicator.code, printed(indicator, number(Some(value))?)))
    });
    let found = named.collect::<Vec<_>>().join("; ");
    let message = format!(
        "{} chỉ tiêu phát sinh từ {LEAST} trở lên đều bằng đúng số {whose} ({found}…).",
        values.len()
    );
    let hint = "Có thể số kỳ trước đã được chép sang. Đề nghị đơn vị kiểm tra, sai thì gửi lại.";
    Some(codes::SAME_AS_BEFORE.finding(message).at(place(context, first)).found(found).hint(hint))
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

//! What the unit itself states beside its figures (kỳ trước, lũy kế năm, tăng giảm) against what
//! was counted before. A difference is a warning; the counted figures stand.

use super::{
    Finding, Observation, Reading, State,
    codes::{self, Code},
    past::UnitPast,
    readings::ReadingContext,
};
use crate::{
    place::Place,
    quantity::Quantity,
    template::{Indicator, IndicatorIx, IndicatorKind, Measure},
    text,
};

/// What a unit states of one indicator.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Stated<'a> {
    pub(super) value: Option<&'a Observation>,
    pub(super) previous: Option<&'a Observation>,
    year: Option<&'a Observation>,
    change: Option<&'a Observation>,
}

impl<'a> Stated<'a> {
    /// Returns everything that is stated.
    pub(super) fn all(&self) -> impl Iterator<Item = &'a Observation> {
        [self.value, self.previous, self.year, self.change].into_iter().flatten()
    }
}

/// Returns what a unit states of each indicator, from its observations in the order of the indicators.
pub(super) fn stated(observations: &[Observation]) -> Vec<(IndicatorIx, Stated<'_>)> {
    let mut order: Vec<(IndicatorIx, Stated<'_>)> = Vec::new();
    for observation in observations {
        if order.last().is_none_or(|(indicator, _)| *indicator != observation.indicator) {
            order.push((observation.indicator, Stated::default()));
        }
        let Some((_, stated)) = order.last_mut() else { continue };
        let slot = match observation.measure {
            Measure::Value => &mut stated.value,
            Measure::Previous => &mut stated.previous,
            Measure::YearToDate => &mut stated.year,
            Measure::Change => &mut stated.change,
        };
        slot.get_or_insert(observation);
    }
    order
}

/// Returns a finding for every stated figure that differs from the counted one.
pub(super) fn stated_figures(
    context: &ReadingContext<'_>,
    order: &[(IndicatorIx, Stated<'_>)],
    past: &UnitPast<'_>,
) -> Vec<Finding> {
    order
        .iter()
        .flat_map(|(indicator, stated)| differences(context, *indicator, stated, past))
        .collect()
}

pub(super) fn number(observation: Option<&Observation>) -> Option<i64> {
    match observation?.state {
        State::Value(scaled) => Some(scaled),
        _ => None,
    }
}

/// Returns a number of an indicator as it is printed.
pub(super) fn printed(indicator: &Indicator, scaled: i64) -> String {
    text::format_quantity(Quantity { scaled, decimals: indicator.decimals })
}

fn differences(
    context: &ReadingContext<'_>,
    index: IndicatorIx,
    stated: &Stated<'_>,
    past: &UnitPast<'_>,
) -> Vec<Finding> {
    let indicator = context.templates.indicators.get(index);
    let value = number(stated.value);
    let counted = past.previous(index);
    let mut findings = Vec::new();
    let mut compare = |code, observation: Option<&Observation>, expected: Option<i64>| {
        let (Some(found), Some(expected), Some(observation)) =
            (number(observation), expected, observation)
        else {
            return;
        };
        if found != expected {
            let place = place(context, observation);
            findings.push(difference(code, indicator, (found, expected), place));
        }
    };
    compare(&codes::STATED_PREVIOUS, stated.previous, counted);
    let is_replaced =
        |value: &Observation| value.reading == Reading::Correction || value.source.is_some();
    if stated.value.is_some_and(is_replaced) {
        // What the unit computed from a figure that was corrected, or that its owner has otherwise,
        // is known to be wrong.
        return findings;
    }
    if indicator.kind == IndicatorKind::Flow {
        let year = past.year_before(index).zip(value).map(|(before, value)| before + value);
        compare(&codes::STATED_YEAR, stated.year, year);
    }
    // The unit may compute the change from its own previous figure, which has its own finding.
    let change_from = |previous: Option<i64>| value.zip(previous).map(|(now, then)| now - then);
    let by_own = change_from(number(stated.previous));
    let by_counted = change_from(counted);
    let agrees = number(stated.change).is_some_and(|change| Some(change) == by_own);
    if !agrees {
        compare(&codes::STATED_CHANGE, stated.change, by_counted.or(by_own));
    }
    // Where the months before are not known, the sum of the year is at least what came about now.
    if indicator.kind == IndicatorKind::Flow
        && past.year_before(index).is_none()
        && let (Some(whole), Some(part), Some(observation)) =
            (number(stated.year), value, stated.year)
    {
        let before = number(stated.previous).filter(|_| past.has_month_before_in_year());
        let least = part + before.unwrap_or_default();
        if whole < part || whole < least {
            let parts = (part, before.filter(|_| whole >= part));
            let place = place(context, observation);
            findings.push(less_than_parts(indicator, (whole, parts), place));
        }
    }
    findings
}

pub(super) fn place(context: &ReadingContext<'_>, observation: &Observation) -> Place {
    context.place(observation.sheet, observation.cell)
}

/// Returns a finding about a sum of the year that is less than what came about in the period, or in it and the one
/// before.
fn less_than_parts(
    indicator: &Indicator,
    (whole, (part, before)): (i64, (i64, Option<i64>)),
    place: Place,
) -> Finding {
    let whole = printed(indicator, whole);
    let least = printed(indicator, part + before.unwrap_or_default());
    let parts = match before {
        Some(before) => {
            let (part, before) = (printed(indicator, part), printed(indicator, before));
            format!("số trong kỳ và kỳ trước cộng lại ({part} + {before} = {least})")
        }
        None => format!("số trong kỳ là {least}"),
    };
    let message = format!(
        "Chỉ tiêu {} ({}): lũy kế từ đầu năm ghi {whole}, ít hơn {parts}.",
        indicator.code, indicator.short_name
    );
    let hint = "Đề nghị kiểm tra: có thể hai cột ghi nhầm sang nhau.";
    let finding = codes::STATED_YEAR.finding(message).found(whole).expected(format!("từ {least}"));
    finding.hint(hint).at(place).about(&indicator.code)
}

fn difference(
    code: &'static Code,
    indicator: &Indicator,
    (found, expected): (i64, i64),
    place: Place,
) -> Finding {
    let (found, expected) = (printed(indicator, found), printed(indicator, expected));
    let name = format!("{} ({})", indicator.code, indicator.short_name);
    let (message, hint) = match code.code {
        previous if previous == codes::STATED_PREVIOUS.code => (
            format!("Chỉ tiêu {name}: số kỳ trước ghi {found}, số đã tổng hợp là {expected}."),
            "Đề nghị kiểm tra; nếu số kỳ trước cần điều chỉnh, đề nghị báo lại cơ quan tổng hợp.",
        ),
        year if year == codes::STATED_YEAR.code => (
            format!("Chỉ tiêu {name}: lũy kế từ đầu năm ghi {found}, cộng các kỳ được {expected}."),
            "Đề nghị kiểm tra số lũy kế; báo cáo dùng số cộng các kỳ.",
        ),
        _ => (
            format!("Chỉ tiêu {name}: tăng, giảm ghi {found}, tính lại được {expected}."),
            "Đề nghị kiểm tra; báo cáo dùng số tính lại.",
        ),
    };
    let finding = code.finding(message).found(found).expected(expected).hint(hint);
    finding.at(place).about(&indicator.code)
}

#[cfg(test)]
mod tests {
    use super::super::{
        History, SideFiles,
        sample::commune,
        tests::{UNIT, only, run},
    };
    use crate::{ingest::CellContent, template::Measure};

    #[test]
    fn the_sum_of_a_year_is_no_less_than_a_month_of_it() {
        let read = |year: f64| {
            let sample = commune(UNIT).set("A03", CellContent::Number(300.0));
            let sample = sample.set_measure("A03", Measure::YearToDate, CellContent::Number(year));
            run(&[sample.file("2024-03/a.xlsx")], &SideFiles::default(), &History::default())
        };
        let finding = read(120.0);
        let finding = only(&finding, "DA06-S16");
        assert_eq!((finding.found.as_str(), finding.expected.as_str()), ("120", "từ 300"));
        // The month before is of the same year.
        let finding = read(300.0);
        let finding = only(&finding, "DA06-S16");
        assert_eq!((finding.found.as_str(), finding.expected.as_str()), ("300", "từ 610"));
        assert!(finding.message.contains("(300 + 310 = 610)"), "{}", finding.message);
        assert!(read(610.0).findings.iter().all(|finding| finding.code != "DA06-S16"));
    }
}

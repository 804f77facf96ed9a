//! The verdict: one sentence that says how many units returned, who must correct, who must explain,
//! and whether the figures can go into the report.

use std::collections::BTreeSet;

use super::FindingsInput;
use crate::{
    compose::{
        document::{ConstantKind, Run},
        typography::glue,
    },
    template::{Duty, Severity},
    text::format_count,
    validate::{Finding, Standing},
};

/// Returns the verdict.
pub(super) fn runs(input: &FindingsInput<'_>) -> Vec<Run> {
    let standings = |wanted: &dyn Fn(Standing) -> bool| {
        input.batch.discipline.iter().filter(|row| wanted(row.standing)).count()
    };
    let returned = input.batch.returns.len();
    let required = required(input);
    let absent = standings(&|standing| standing == Standing::NotReturned);
    let rejected = standings(&|standing| standing == Standing::NotAccepted);
    let (correct, explain) = (to_correct(input), to_explain(input));
    let mut runs = vec![count(returned), Run::text("/"), count(required)];
    runs.push(Run::text(" đơn vị có báo cáo được tính"));
    let mut say = |number: usize, words: &str| {
        if number > 0 {
            runs.extend([Run::text("; "), count(number), Run::text(words)]);
        }
    };
    say(absent, " đơn vị chưa gửi");
    say(rejected, " đơn vị phải gửi lại vì báo cáo chưa được chấp nhận");
    say(correct, " đơn vị phải sửa số liệu");
    say(explain, " đơn vị cần giải trình");
    runs.push(Run::text(match (returned, absent + rejected + correct) {
        (0, _) => "; chưa có số liệu để lập báo cáo.",
        (_, 0) => "; số liệu dùng được cho báo cáo.",
        _ => "; báo cáo lập được, số còn thiếu và số không dùng được chưa tính vào số tổng hợp.",
    }));
    glue(runs)
}

/// Returns how many units must report, with those that only cooperate but did.
fn required(input: &FindingsInput<'_>) -> usize {
    let returned: BTreeSet<_> = input.batch.returns.iter().map(|one| one.unit).collect();
    let units = input.templates.roster.reporting_on(input.dates().last);
    units.filter(|(index, unit)| unit.duty == Duty::Required || returned.contains(index)).count()
}

/// Returns how many units with a counted return have errors.
fn to_correct(input: &FindingsInput<'_>) -> usize {
    counted_with(input, |finding| matches!(finding.severity, Severity::Error | Severity::Rejected))
}

/// Returns how many units with a counted return have warnings that no note explains.
fn to_explain(input: &FindingsInput<'_>) -> usize {
    counted_with(input, |finding| {
        finding.severity == Severity::Warning && finding.explanation.is_none()
    })
}

fn counted_with(input: &FindingsInput<'_>, wanted: fn(&Finding) -> bool) -> usize {
    let by_unit = input.findings_by_unit();
    let has = |unit| {
        by_unit.get(&Some(unit)).is_some_and(|findings| {
            findings.iter().any(|finding| finding.cause.is_none() && wanted(finding))
        })
    };
    input.batch.returns.iter().filter(|one| has(one.unit)).count()
}

fn count(number: usize) -> Run {
    Run::constant(ConstantKind::UnitText, format_count(number))
}

//! Stages of which each is a part of the one before.

use super::{
    scale::{self, Origin},
    wording::{bases, carried, figure, missing, scope, series, unit_of_count, with_unit},
};
use crate::{
    aggregate::Figure,
    compose::{
        document::{Chart, ChartKind, Run},
        lookup::Lookup,
    },
    template::FunnelStage,
};

/// Returns the chart without its caption.
pub(super) fn chart(lookup: &Lookup<'_>, group: Option<&str>, stages: &[FunnelStage]) -> Chart {
    let scope = scope(lookup, group);
    let sizes: Vec<Option<Figure>> =
        stages.iter().map(|stage| figure(lookup, &stage.size.figure, scope)).collect();
    let shares: Vec<Option<Figure>> = stages
        .iter()
        .map(|stage| stage.share.as_ref().and_then(|share| figure(lookup, share, scope)))
        .collect();
    let categories: Vec<Vec<Run>> =
        stages.iter().map(|stage| lookup.declared(&stage.size.name)).collect();
    let size = series(lookup, "Số lượng", &sizes);
    let share = series(lookup, "So với bước trước", &shares);
    let mut notes: Vec<Vec<Run>> = missing(&categories, &size.values).into_iter().collect();
    let named: Vec<(Vec<Run>, &Figure)> = categories
        .iter()
        .zip(&sizes)
        .filter_map(|(name, figure)| Some((name.clone(), figure.as_ref()?)))
        .collect();
    notes.extend(bases(lookup, &named));
    let told: Vec<(u32, u32)> =
        named.iter().map(|(_, size)| (size.reported, size.expected)).collect();
    let rates: Vec<(Vec<Run>, &Figure)> = categories
        .iter()
        .zip(&shares)
        .filter_map(|(name, figure)| {
            let mut words = vec![Run::text("Tỷ lệ của bước ")];
            words.extend(super::wording::lower_first(name));
            Some((words, figure.as_ref()?))
        })
        .filter(|(_, rate)| !told.contains(&(rate.reported, rate.expected)))
        .collect();
    notes.extend(bases(lookup, &rates));
    notes.extend(carried(sizes.iter().flatten()));
    let mut chart = Chart {
        kind: ChartKind::Funnel,
        caption: Vec::new(),
        unit_of_count: unit_of_count(lookup, &sizes),
        alternative: alternative(lookup, &categories, (&sizes, &shares)),
        categories,
        series: vec![size],
        target: None,
        beside: if shares.iter().any(Option::is_some) { vec![share] } else { Vec::new() },
        ticks: Vec::new(),
        notes,
    };
    scale::set(&mut chart, Origin::Zero);
    chart
}

fn alternative(
    lookup: &Lookup<'_>,
    categories: &[Vec<Run>],
    (sizes, shares): (&[Option<Figure>], &[Option<Figure>]),
) -> Vec<Run> {
    let mut runs =
        vec![Run::text("Biểu đồ các bước nối tiếp, mỗi bước là một phần của bước trước: ")];
    for (position, ((name, size), share)) in categories.iter().zip(sizes).zip(shares).enumerate() {
        runs.extend((position > 0).then(|| Run::text("; ")));
        runs.extend(super::wording::lower_first(name));
        match size.as_ref().filter(|size| size.value.is_some()) {
            Some(size) => {
                runs.push(Run::text(" "));
                runs.extend(with_unit(lookup, size));
            }
            None => runs.push(Run::text(" chưa có số liệu")),
        }
        if let Some(share) = share.as_ref().filter(|share| share.value.is_some()) {
            runs.push(Run::text(", bằng "));
            runs.extend(with_unit(lookup, share));
            runs.push(Run::text(" bước trước"));
        }
    }
    runs.push(Run::text("."));
    runs
}

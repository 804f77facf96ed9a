//! Parts of a figure in rows below it: "- Cán bộ, công chức: 12".

use std::collections::BTreeMap;

use super::{Lazy, figures::Figure, numbers::number, rows::HINT};
use crate::{
    ingest::{StatedKind, StatedRow},
    quantity::Quantity,
    text,
    validate::{Finding, codes, readings::ReadingContext},
};

/// Fewest rows that may make up a figure.
const FEWEST: usize = 2;

/// Returns a finding for every figure that the rows below it do not make up.
pub(super) fn findings(context: &ReadingContext<'_>, figures: &Lazy<'_>) -> Vec<Finding> {
    let mut groups: BTreeMap<(u16, &str), Vec<&StatedRow>> = BTreeMap::new();
    for row in context.raw.stated_rows.iter().filter(|row| row.kind == StatedKind::Part) {
        if let Some(code) = &row.of {
            groups.entry((row.sheet, code)).or_default().push(row);
        }
    }
    let groups = groups.into_iter();
    groups.filter_map(|((_, code), rows)| finding(context, figures.of_code(code)?, &rows)).collect()
}

fn finding(
    context: &ReadingContext<'_>,
    figure: &Figure<'_>,
    rows: &[&StatedRow],
) -> Option<Finding> {
    let decimals = figure.number.decimals;
    let in_column = |row: &&StatedRow| {
        let mut values = row.values.iter();
        values.find(|(cell, _)| cell.column == figure.cell.column).cloned()
    };
    let cells: Vec<_> = rows.iter().filter_map(in_column).collect();
    let numbers: Option<Vec<i64>> =
        cells.iter().map(|(_, content)| number(content, decimals)).collect();
    let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
    let sum: i64 = numbers.iter().sum();
    let is_one_of_more = numbers.len() < FEWEST && sum <= figure.number.scaled;
    if sum == figure.number.scaled || is_one_of_more {
        return None;
    }
    let names: Vec<String> = rows.iter().map(|row| format!("“{}”", row.words)).collect();
    let sum = text::format_quantity(Quantity { scaled: sum, decimals });
    let message = format!(
        "Chỉ tiêu {} ({}) ghi {}; cộng các dòng bên dưới ({}) được {sum}.",
        figure.indicator.code,
        figure.indicator.short_name,
        text::format_quantity(figure.number),
        names.join(", ")
    );
    let (cell, _) = cells.first()?;
    let finding = codes::TOTAL_DIFFERS.finding(message).about(&figure.indicator.code);
    Some(finding.at(context.place(figure.sheet, Some(*cell))).found(sum).hint(HINT))
}

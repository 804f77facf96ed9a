//! Rows of the detail tables of returns, such as the list of broadcasts: the units' own words and
//! numbers, with a total row of figures.

use super::{
    cells::{Builder, Draft, ordinal},
    rows,
};
use crate::{
    aggregate::Scope,
    compose::{
        document::{ConstantKind, Content, RowKind, Run},
        lookup::NOTHING,
        runs::unit_text,
        typography::glue,
    },
    quantity::Quantity,
    template::{AnnexColumn, ColumnContent},
    text::{format_date, format_quantity},
    validate::{DetailCell, DetailValue},
};

/// A row of a detail table.
type Fields = [DetailCell];

/// Returns the rows of a detail table in the returns of a group, in the order of the returns.
pub(super) fn rows(builder: &mut Builder<'_>, group: &str, table: &str) -> Vec<Draft> {
    let lookup = builder.lookup();
    let roster = &lookup.templates.roster;
    let returns = &builder.input.batch.returns;
    let of_group = returns.iter().filter(|one| roster.get(one.unit).group == group);
    let details = of_group.flat_map(|one| &one.details).filter(|detail| detail.table == table);
    let mut drafts: Vec<Draft> = Vec::new();
    for fields in details.flat_map(|detail| &detail.rows) {
        let number = (drafts.len() + 1).to_string();
        let columns = builder.table.columns.iter();
        let cells = columns.map(|column| cell(column, &number, fields)).collect();
        let (kind, members) = (RowKind::Plain, Vec::new());
        drafts.push(Draft { kind, cells, members, wide_label: false });
    }
    if let (Some(label), Some(scope)) = (&builder.table.total, lookup.group(group)) {
        let members = (0..drafts.len()).collect();
        let name = glue(lookup.declared(label));
        let mut total = rows::total(builder, Vec::new(), scope, members);
        fill_total(builder, &mut total, table, scope);
        let label = builder
            .table
            .columns
            .iter()
            .position(|column| column.content == ColumnContent::Ordinal)
            .unwrap_or(0);
        total.cells[label] = name;
        total.wide_label = builder.table.columns.len() > 2
            && label == 0
            && total.cells.get(1).is_some_and(Vec::is_empty);
        drafts.push(total);
    }
    drafts
}

/// Puts the figures to which detail columns add up into the total row.
fn fill_total(builder: &mut Builder<'_>, total: &mut Draft, table: &str, scope: Scope) {
    let templates = builder.input.templates;
    let details = templates.forms.list.iter().flat_map(|form| &form.details);
    let Some(detail) = details.clone().find(|detail| detail.key == table) else { return };
    for (position, column) in builder.table.columns.iter().enumerate() {
        let ColumnContent::Detail { column } = &column.content else { continue };
        let known = detail.columns.iter().find(|known| &known.key == column);
        if let Some(indicator) = known.and_then(|known| known.sums_to) {
            let code = &templates.indicators.get(indicator).code;
            total.cells[position] = builder.figure(code, scope, "value");
        }
    }
}

fn cell(column: &AnnexColumn, number: &str, fields: &Fields) -> Vec<Run> {
    match &column.content {
        ColumnContent::Ordinal => vec![ordinal(number)],
        ColumnContent::Detail { column } => {
            let field = fields.iter().find(|field| *field.column == **column);
            field.map_or_else(Vec::new, |field| detail(&field.value))
        }
        _ => Vec::new(),
    }
}

fn detail(value: &DetailValue) -> Vec<Run> {
    match value {
        DetailValue::Empty => Vec::new(),
        DetailValue::Text(words) | DetailValue::Unusable(words) => vec![unit_text(words)],
        DetailValue::Date(date) => {
            vec![Run::constant(ConstantKind::Date, format_date(*date))]
        }
        DetailValue::Number(number) => {
            let quantity = Quantity::whole(*number);
            let shown =
                if quantity.is_zero() { NOTHING.to_owned() } else { format_quantity(quantity) };
            let mut run = Run::constant(ConstantKind::UnitText, shown);
            if let Content::Constant(constant) = &mut run.content {
                constant.value = Some(quantity);
            }
            vec![run]
        }
    }
}

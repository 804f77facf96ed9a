//! The sheets of details of a form: thôn, tổ dân phố with last month's names; broadcasts.

use super::{
    Places, UnitForm,
    document::{FormCell, FormContent, FormFormula, FormLook, FormRange, FormSheet},
    head, inputs,
    sheet::{Draft, sheet_name},
};
use crate::{
    compose::document::Orientation,
    place::CellRef,
    quantity::Quantity,
    template::{DetailColumn, DetailKind, DetailTable},
    text::{format_date, squeeze},
    validate::DetailValue,
};

/// Free rows below those that the unit reported last.
const FREE_ROWS: usize = 3;

/// Returns the sheet of a table and notes where its columns stand.
pub(super) fn sheet(form: &UnitForm<'_>, table: &DetailTable, places: &mut Places) -> FormSheet {
    let last = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    let columns: Vec<f64> = [5.0].into_iter().chain(table.columns.iter().map(width)).collect();
    let name = sheet_name(&table.sheet);
    let mut draft = Draft::new(name.clone(), (Orientation::Landscape, columns, last + 1));
    let title = table.titles.first().map_or("", String::as_str);
    draft.words((0, last), &title.to_uppercase(), FormLook::Title);
    draft.skip(1);
    head::identify(form, &mut draft, last);
    draft.skip(1);
    let ordinal = form.templates.forms.labels.ordinal.first().map_or("", String::as_str);
    let heads = table.columns.iter().map(title_of);
    let heads = (0..).zip([ordinal].into_iter().chain(heads));
    let heads =
        heads.map(|(column, words)| FormCell::words((column, column), words, FormLook::Head));
    let head = draft.push_high(heads.collect(), 2);
    draft.repeat(head, head);
    let first = draft.next_row();
    for (position, kept) in (1..).zip(rows(form, table)) {
        let mut cells = vec![FormCell::locked(
            0,
            FormContent::Number(Quantity::whole(position)),
            FormLook::Middle,
        )];
        for (column, described) in (1..).zip(&table.columns) {
            cells.push(input_cell(form, column, described, &kept));
        }
        draft.push(cells);
    }
    let end = draft.next_row() - 1;
    note_places(form, (table, &name), (first, end), places);
    let total = form.templates.forms.labels.total.first().map_or("", String::as_str);
    draft.push(totals(table, (first, end), total));
    draft.finish()
}

fn title_of(column: &DetailColumn) -> &str {
    column.titles.first().map_or("", String::as_str)
}

fn width(column: &DetailColumn) -> f64 {
    match column.kind {
        DetailKind::Text => 26.0,
        DetailKind::Number | DetailKind::Date => 13.0,
    }
}

/// Words of a row that stay from month to month, by the key of their column.
type Kept = Vec<(String, String)>;

/// Returns the rows: those that the unit reported last with the words that stay, then free ones.
fn rows(form: &UnitForm<'_>, table: &DetailTable) -> Vec<Kept> {
    let before = form.last.filter(|_| !table.kept.is_empty());
    let before = before.and_then(|last| last.details.iter().find(|one| one.table == table.key));
    let mut rows: Vec<Kept> = Vec::new();
    for row in before.into_iter().flat_map(|detail| &detail.rows) {
        let kept = row.iter().filter(|cell| table.kept.iter().any(|key| **key == *cell.column));
        let words = kept.filter_map(|cell| {
            let words = match &cell.value {
                DetailValue::Text(words) => squeeze(words),
                DetailValue::Date(date) => format_date(*date),
                _ => return None,
            };
            Some((cell.column.to_string(), words))
        });
        let words: Kept = words.collect();
        if !words.is_empty() {
            rows.push(words);
        }
    }
    let least = usize::try_from(table.rows).unwrap_or(0);
    let count = if rows.is_empty() { least } else { least.max(rows.len() + FREE_ROWS) };
    rows.resize(count, Kept::new());
    rows
}

fn input_cell(form: &UnitForm<'_>, column: u16, described: &DetailColumn, kept: &Kept) -> FormCell {
    let words = kept.iter().find(|(key, _)| *key == described.key);
    let words = words.map_or("", |(_, words)| words.as_str());
    let head = title_of(described);
    let (look, input) = match described.kind {
        DetailKind::Text => (FormLook::Words, inputs::words()),
        DetailKind::Number => (FormLook::Count, inputs::count(head)),
        DetailKind::Date => (FormLook::Middle, inputs::day(form, head)),
    };
    FormCell::words((column, column), words, look).open(input)
}

fn cells((first, end): (u32, u32), column: u16) -> (CellRef, CellRef) {
    let column = u32::from(column);
    (CellRef { row: first, column }, CellRef { row: end, column })
}

/// Notes the columns by the names that rules know them by.
fn note_places(
    form: &UnitForm<'_>,
    (table, name): (&DetailTable, &str),
    rows: (u32, u32),
    places: &mut Places,
) {
    let range = |column: u16| {
        let (first, last) = cells(rows, column);
        FormRange { sheet: name.to_owned(), first, last }
    };
    for (column, described) in (1..).zip(&table.columns) {
        if let Some(indicator) = described.indicator() {
            let code = &form.templates.indicators.get(indicator).code;
            places.details.insert(format!("{}_{code}", table.key), range(column));
        }
    }
    // A row counts when it has a name.
    let names = (1..).zip(&table.columns).find(|(_, column)| column.kind == DetailKind::Text);
    if let Some((column, _)) = names {
        places.details.insert(format!("{}_dong", table.key), range(column));
    }
}

fn totals(table: &DetailTable, rows: (u32, u32), total: &str) -> Vec<FormCell> {
    let mut named = false;
    let mut row = vec![FormCell::words((0, 0), "", FormLook::Section)];
    for (column, described) in (1..).zip(&table.columns) {
        row.push(if described.indicator().is_some() {
            let (first, last) = cells(rows, column);
            let sum = FormContent::Formula(FormFormula::SumAbove { first, last });
            FormCell::locked(column, sum, FormLook::Total)
        } else {
            let is_name = described.kind == DetailKind::Text && !named;
            named |= is_name;
            let words = if is_name { total } else { "" };
            FormCell::words((column, column), words, FormLook::Section)
        });
    }
    row
}

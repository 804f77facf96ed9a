//! The tables of a form: flows, stocks and ticks, with the rows that apply to the unit.

use super::{
    Places, UnitForm,
    document::{FormCell, FormContent, FormFormula, FormLook},
    inputs,
    sheet::{CHECK, Draft, FIRST_VALUE, NOTE},
};
use crate::{
    place::CellRef,
    quantity::Quantity,
    template::{FormColumn, Indicator, IndicatorIx, IndicatorKind, Measure, Part},
    text::{format_date, format_date_short},
};

/// Stands where a figure of the month before is not known.
const NOT_KNOWN: &str = "…";

/// Writes a part, unless no row of it applies to the unit.
pub(super) fn write(form: &UnitForm<'_>, part: &Part, draft: &mut Draft, places: &mut Places) {
    let indicators = &form.templates.indicators;
    let applies = |index: &&IndicatorIx| indicators.get(**index).applies_to(form.unit);
    let rows: Vec<IndicatorIx> = part.indicators.iter().filter(applies).copied().collect();
    if rows.is_empty() {
        return;
    }
    draft.skip(1);
    draft.begin_part();
    draft.words((0, NOTE), &form.dated(&part.title, format_date), FormLook::Bold);
    draft.push_high(head(form, part), 2);
    draft.push(column_numbers(part));
    let mut section = "";
    for (position, index) in (1..).zip(&rows) {
        let indicator = indicators.get(*index);
        if indicator.section != section && part.kind != IndicatorKind::Tick {
            section = &indicator.section;
            let known = indicators.sections.iter().find(|known| known.code == section);
            let name = known.map(|known| format!("{}. {}", known.code, known.name));
            draft.push(vec![
                FormCell::words((0, 1), "", FormLook::Section),
                FormCell::words((2, NOTE), &name.unwrap_or_default(), FormLook::Section),
            ]);
        }
        let row = Row { form, part, index: *index, indicator, at: draft.next_row() };
        let cells = row.cells(position, places);
        draft.push(cells);
    }
}

/// The row of an indicator.
struct Row<'a> {
    form: &'a UnitForm<'a>,
    part: &'a Part,
    index: IndicatorIx,
    indicator: &'a Indicator,
    at: u32,
}

impl Row<'_> {
    fn cells(&self, position: i64, places: &mut Places) -> Vec<FormCell> {
        let indicator = self.indicator;
        let third = match indicator.kind {
            IndicatorKind::Tick => indicator.level.as_deref().unwrap_or_default(),
            IndicatorKind::Flow | IndicatorKind::Stock => indicator.unit_of_count.as_str(),
        };
        let ordinal = FormContent::Number(Quantity::whole(position));
        let name = indicator.name_on(self.form.dates.last);
        let mut cells = vec![
            FormCell::locked(0, ordinal, FormLook::Middle),
            FormCell::words((1, 1), &indicator.code, FormLook::Middle),
            FormCell::words((2, 2), name, FormLook::Words),
            FormCell::words((3, 3), third, FormLook::Middle),
        ];
        let columns = self.part.columns.iter().zip(spans(self.part));
        let columns: Vec<_> = columns
            .map(|(column, span)| {
                let suffix = column.suffix.as_deref().unwrap_or_default();
                (column, format!("{}{suffix}", indicator.code), span)
            })
            .collect();
        for (column, code, span) in &columns {
            places.values.insert((code.clone(), column.measure), self.cell(span.0));
        }
        for (column, code, span) in columns {
            cells.push(self.value_cell(column, &code, span, places));
        }
        let note = FormCell::locked(NOTE, FormContent::Blank, FormLook::Words);
        cells.push(note.open(inputs::words()));
        places.notes.insert(indicator.code.clone(), self.cell(NOTE));
        cells
    }

    fn cell(&self, column: u16) -> CellRef {
        CellRef { row: self.at, column: column.into() }
    }

    fn value_cell(
        &self,
        column: &FormColumn,
        code: &str,
        (first, last): (u16, u16),
        places: &mut Places,
    ) -> FormCell {
        let look = match (column.measure, self.indicator.kind) {
            (Measure::Value, IndicatorKind::Tick) if column.suffix.is_none() => FormLook::Middle,
            (Measure::Change, _) => FormLook::Change,
            _ => FormLook::Count,
        };
        let cell = |content| FormCell { first, last, content, look, input: None };
        match column.measure {
            Measure::Value => {
                let indicators = &self.form.templates.indicators;
                let asked = indicators.find(code).map(|index| indicators.get(index));
                let asked = asked.unwrap_or(self.indicator);
                if asked.is_required_of(self.form.unit) && asked.kind != IndicatorKind::Tick {
                    places.required.push(self.cell(first));
                }
                cell(FormContent::Blank).open(inputs::value(self.form, asked))
            }
            Measure::Previous => cell(self.known(self.form.past.previous(self.index))),
            Measure::YearToDate => cell(self.year_to_date(places)),
            Measure::Change => cell(self.change(places)),
        }
    }

    fn known(&self, scaled: Option<i64>) -> FormContent {
        let decimals = self.indicator.decimals;
        scaled.map_or_else(
            || FormContent::Words(NOT_KNOWN.to_owned()),
            |scaled| FormContent::Number(Quantity { scaled, decimals }),
        )
    }

    fn value_place(&self, places: &Places) -> Option<CellRef> {
        places.values.get(&(self.indicator.code.clone(), Measure::Value)).copied()
    }

    fn year_to_date(&self, places: &Places) -> FormContent {
        let before = self.form.past.year_before(self.index);
        let (Some(scaled), Some(cell)) = (before, self.value_place(places)) else {
            return FormContent::Words(NOT_KNOWN.to_owned());
        };
        let base = Quantity { scaled, decimals: self.indicator.decimals };
        FormContent::Formula(FormFormula::AddTo { base, cell })
    }

    fn change(&self, places: &Places) -> FormContent {
        let less = places.values.get(&(self.indicator.code.clone(), Measure::Previous)).copied();
        let known = self.form.past.previous(self.index).is_some();
        match (self.value_place(places), less.filter(|_| known)) {
            (Some(from), Some(less)) => {
                FormContent::Formula(FormFormula::Difference { from, less })
            }
            _ => FormContent::Words(NOT_KNOWN.to_owned()),
        }
    }
}

/// Returns the columns of the sheet that each column of a part takes; the last takes what is left.
fn spans(part: &Part) -> Vec<(u16, u16)> {
    let count = u16::try_from(part.columns.len()).unwrap_or(u16::MAX);
    (0..count)
        .map(|column| {
            let first = (FIRST_VALUE + column).min(NOTE - 1);
            let last = if column + 1 == count { NOTE - 1 } else { first };
            (first, last.max(first))
        })
        .collect()
}

fn head(form: &UnitForm<'_>, part: &Part) -> Vec<FormCell> {
    let labels = &form.templates.forms.labels;
    let first = |words: &[String]| words.first().cloned().unwrap_or_default();
    let third = match part.kind {
        IndicatorKind::Tick => "Mức".to_owned(),
        IndicatorKind::Flow | IndicatorKind::Stock => first(&labels.unit_of_count),
    };
    let name = first(&labels.indicator);
    let names = [first(&labels.ordinal), first(&labels.code), name, third];
    let mut cells: Vec<FormCell> = (0..)
        .zip(&names)
        .map(|(column, name)| FormCell::words((column, column), name, FormLook::Head))
        .collect();
    for (column, span) in part.columns.iter().zip(spans(part)) {
        let title = column.titles.first().map_or("", String::as_str);
        let title = form.dated(title, format_date_short);
        cells.push(FormCell::words(span, &title, FormLook::Head));
    }
    cells.push(FormCell::words((NOTE, NOTE), &first(&labels.note), FormLook::Head));
    if part.kind != IndicatorKind::Tick {
        cells.push(FormCell::words((CHECK, CHECK), "Cần xem lại", FormLook::Warning));
    }
    cells
}

fn column_numbers(part: &Part) -> Vec<FormCell> {
    let number = |(first, last): (u16, u16), number: usize| {
        FormCell::words((first, last), &format!("({number})"), FormLook::ColumnNumber)
    };
    let fixed = (0..FIRST_VALUE).map(|column| (column, column));
    let spans = fixed.chain(spans(part)).chain([(NOTE, NOTE)]);
    spans.zip(1..).map(|(span, position)| number(span, position)).collect()
}

impl UnitForm<'_> {
    /// Fills the dates of a title; the start of the year always has its year.
    fn dated(&self, title: &str, print: fn(chrono::NaiveDate) -> String) -> String {
        let before = self.dates.first.pred_opt().unwrap_or(self.dates.first);
        title
            .replace("{tu}", &print(self.dates.first))
            .replace("{den}", &print(self.dates.last))
            .replace("{den_truoc}", &print(before))
            .replace("{dau_nam}", &format_date(self.dates.year_start))
    }
}

//! The annexes: tables as the templates describe them, with heads of several levels, column numbers,
//! totals, footnotes and the formulas that a workbook can compute them by.

mod cells;
mod details;
mod formulas;
mod header;
mod notes;
mod rows;

pub(super) use cells::{Draft, ordinal};
pub(super) use formulas::{Rule, rows as with_formulas};
pub(super) use header::numbers;
pub(super) use notes::{Notes, incomplete, key_of_signs};
pub(super) use rows::parents;

use crate::{
    compose::{
        ReportInput, charts,
        document::{AnnexHead, Audience, Block, Orientation, Run, Section, Table},
        letterhead,
        typography::glue,
    },
    template::{Annex, AnnexTable, RowSource},
    text::{format_date, format_month},
};

/// Returns one section for each annex.
pub(super) fn sections(input: &ReportInput<'_>) -> Vec<Section> {
    let annexes = &input.templates.annexes;
    let total = charts::annex_count(input.templates);
    let mut signs = Some(key_of_signs());
    (1..)
        .zip(annexes)
        .map(|(number, annex)| section(input, annex, &label(number, total), &mut signs))
        .collect()
}

/// Returns "Phụ lục II", or "Phụ lục" for the only one.
pub(super) fn label(number: u32, total: u32) -> String {
    if total == 1 { "Phụ lục".to_owned() } else { format!("Phụ lục {}", roman(number)) }
}

/// Returns a number from 1 in Roman numerals.
pub(super) fn roman(number: u32) -> String {
    const NUMERALS: [(u32, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut roman = String::new();
    for (value, numeral) in NUMERALS {
        while rest >= value {
            roman.push_str(numeral);
            rest -= value;
        }
    }
    roman
}

fn section(
    input: &ReportInput<'_>,
    annex: &Annex,
    label: &str,
    signs: &mut Option<Vec<Run>>,
) -> Section {
    let head = AnnexHead {
        label: label.to_owned(),
        title: annex.title.iter().map(|line| title_line(input, line)).collect(),
        attached_to: letterhead::attached_to(input),
    };
    let mut blocks = vec![Block::AnnexHead(head)];
    for table in &annex.tables {
        let mut table = build(input, table);
        if let Some(signs) = signs.take() {
            table.notes.insert(0, signs);
        }
        blocks.push(Block::Table(table));
    }
    let orientation = if annex.landscape { Orientation::Landscape } else { Orientation::Portrait };
    Section { name: annex.sheet.clone(), orientation, audience: Audience::Both, blocks }
}

/// Returns a line of a title with the month and the cut-off filled in, in capitals.
pub(super) fn title_line(input: &ReportInput<'_>, line: &str) -> Vec<Run> {
    let lookup = input.lookup();
    let month = format_month(input.period).to_uppercase();
    let line = line.replace("{ky}", &month).replace("{den}", &format_date(lookup.last_day()));
    glue(lookup.declared(&line))
}

fn build(input: &ReportInput<'_>, table: &AnnexTable) -> Table {
    let lookup = input.lookup();
    let mut builder = cells::Builder::new(input, table);
    let drafts = match &table.rows {
        RowSource::Units { group, by_block } => {
            let order = if *by_block { rows::Order::ByBlock } else { rows::Order::Roster };
            rows::units(&mut builder, group, order)
        }
        RowSource::Indicators { codes, group } => {
            rows::indicators(&mut builder, codes, group.as_deref())
        }
        RowSource::Details { group, table } => details::rows(&mut builder, group, table),
    };
    let rules = formulas::rules(&lookup, &table.columns);
    if formulas::depart_from_rows(&drafts, &rules) {
        builder.notes.remark(
            "Cột có công thức chỉ tính trên các đơn vị có đủ số liệu của những cột dùng để tính.",
        );
    }
    let caption = table.caption.as_ref().map(|caption| glue(lookup.declared(caption)));
    Table {
        caption,
        unit_of_count: None,
        columns: header::columns(input, table),
        header: header::rows(&lookup, &table.columns),
        column_numbers: numbers(&rules),
        rows: formulas::rows(drafts, &rules),
        notes: builder.notes.into_lines(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annexes_take_roman_numerals_when_there_are_several() {
        let labels = [1, 4, 9, 14].map(|number| label(number, 20));
        assert_eq!(labels, ["Phụ lục I", "Phụ lục IV", "Phụ lục IX", "Phụ lục XIV"]);
        assert_eq!(label(1, 1), "Phụ lục");
    }
}

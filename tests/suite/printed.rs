//! Every printed digit is a figure of the table or a typed constant: the laid-out items of the PDF
//! and the cells of the workbook are walked, and what they show is compared with the CSV.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use da06::compose::document::{Block, Chart, Content, Document, Run, shown};
use da06::pipeline::{self, Job, Month, Progress, Workspace};
use da06::render::pdf::{FontFiles, Fonts, Origin, layout};
use da06::render::xlsx;
use da06::{aggregate::Figures, text};

use crate::support::{MARCH, Sandbox};

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn file_read(&self) {}
    fn stage(&self, _: &str) {}
}

struct Report {
    figures: Figures,
    document: Document,
}

fn report(period: &str) -> Report {
    let sandbox = Sandbox::tien_lang();
    let job = Job {
        workspace: Workspace { root: sandbox.root().to_owned() },
        period: Some(period.parse().unwrap()),
        as_of: chrono::NaiveDate::default(),
        jobs: 2,
        reader: None,
        number: None,
        date: None,
        program: String::new(),
    };
    let month: Month = pipeline::month(&job, &Silent).unwrap();
    let figures = month.figures().unwrap();
    let document = pipeline::document(&job, &month, &figures).unwrap();
    Report { figures, document }
}

fn has_digit(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// Returns every list of runs of a document, cell by cell and paragraph by paragraph.
fn all_runs(document: &Document) -> Vec<&[Run]> {
    let mut all: Vec<&[Run]> = Vec::new();
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Header(header) => {
                all.extend([
                    &header.superior[..],
                    &header.issuer,
                    &header.number,
                    &header.place_and_date,
                ]);
            }
            Block::Title(title) => {
                all.extend(title.subject.iter().chain(&title.remarks).map(|runs| &runs[..]));
            }
            Block::Addressees(lines) => all.extend(lines.iter().map(|runs| &runs[..])),
            Block::Paragraph(paragraph) => all.push(&paragraph.runs),
            Block::Heading(heading) => all.push(&heading.runs),
            Block::Table(table) => {
                let heads = table.header.iter().flatten().map(|cell| &cell.runs[..]);
                let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.runs[..]);
                let notes = table.notes.iter().map(|runs| &runs[..]);
                all.extend(
                    table
                        .caption
                        .iter()
                        .map(|runs| &runs[..])
                        .chain(heads)
                        .chain(cells)
                        .chain(notes),
                );
            }
            Block::Chart(chart) => all.extend(chart.words()),
            Block::Signature(signature) => {
                let lines = [&signature.authority, &signature.office, &signature.recipients];
                all.extend(lines.into_iter().flatten().map(|runs| &runs[..]));
            }
            Block::AnnexHead(head) => {
                all.extend(head.title.iter().map(|runs| &runs[..]).chain([&head.attached_to[..]]));
            }
        }
    }
    all
}

#[test]
fn every_digit_of_the_pdf_is_a_figure_of_the_table_or_a_typed_constant() {
    for period in ["2024-01", MARCH] {
        let Report { figures, document } = report(period);
        let files = FontFiles::embedded();
        let fonts = Fonts::load(&files).unwrap();
        let laid = layout(&document, &fonts);
        assert!(laid.missing_glyphs.is_empty(), "{:?}", laid.missing_glyphs);
        let mut printed_figures = 0;
        for (page, item) in laid.texts() {
            match &item.origin {
                Origin::Text => assert!(!has_digit(&item.text), "page {page}: {:?}", item.text),
                Origin::Figure(id) => {
                    let figure = figures.by_id(id).unwrap_or_else(|| panic!("no figure {id}"));
                    let number = figure.value.map(text::format_quantity).unwrap_or_default();
                    let digits: String = item.text.chars().filter(char::is_ascii_digit).collect();
                    let table: String = number.chars().filter(char::is_ascii_digit).collect();
                    // A count below ten takes a zero in prose; zero is a dash in tables.
                    let fits = digits == table
                        || digits == format!("0{table}")
                        || (digits.is_empty()
                            && (table.is_empty() || figure.value.unwrap().is_zero()));
                    assert!(
                        fits,
                        "page {page}: {id} prints {:?}, the table has {number}",
                        item.text
                    );
                    printed_figures += 1;
                }
                Origin::Constant(_) | Origin::Artifact(_) => {}
            }
        }
        assert!(printed_figures > 1_000, "{period}: {printed_figures}");
    }
}

#[test]
fn words_have_no_digits_and_figures_print_what_the_table_holds() {
    let Report { figures, document } = report(MARCH);
    for run in all_runs(&document).into_iter().flatten() {
        match &run.content {
            Content::Text(words) => assert!(!has_digit(words), "{words:?}"),
            Content::Figure(figure) => {
                let row = figures.by_id(&figure.id).unwrap_or_else(|| panic!("no {}", figure.id));
                let missing = row.value.is_none() && figure.value.is_none();
                assert!(missing || row.value == figure.value, "{}: {figure:?} {row:?}", figure.id);
                if row.value.is_none() {
                    assert!(["…", "x", "-", ""].contains(&figure.shown.as_str()), "{figure:?}");
                }
            }
            Content::Constant(_) => {}
        }
    }
}

#[test]
fn the_charts_draw_what_the_table_holds() {
    let Report { figures, document } = report(MARCH);
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let charts: Vec<&Chart> = blocks
        .filter_map(|block| match block {
            Block::Chart(chart) => Some(chart),
            _ => None,
        })
        .collect();
    assert_eq!(charts.len(), 5);
    let mut earlier = 0;
    for chart in charts {
        for figure in chart.figures() {
            let row = figures.by_id(&figure.id).unwrap_or_else(|| panic!("no {}", figure.id));
            assert_eq!(row.value, figure.value, "{}", figure.id);
            assert!(row.value.is_none() || has_digit(&figure.shown) || figure.shown == "-");
            earlier += usize::from(figure.id.contains("months_ago"));
            // An assigned target comes from the templates.
            let leads = !figures.sources(&row).is_empty() || figure.id.ends_with(".target");
            assert!(leads || row.value.is_none(), "{} leads nowhere", figure.id);
        }
        let all = chart.series.iter().chain(&chart.target).chain(&chart.beside);
        assert!(all.into_iter().all(|series| series.values.len() == chart.categories.len()));
        let ends = (chart.ticks.first(), chart.ticks.last());
        let (Some(low), Some(high)) = ends else { panic!("no scale") };
        let (low, high) = (low.value.unwrap().to_f64(), high.value.unwrap().to_f64());
        for series in chart.series.iter().chain(&chart.target) {
            for value in series.values.iter().flatten().filter_map(|figure| figure.value) {
                assert!((low..=high).contains(&value.to_f64()), "{value:?} {low} {high}");
            }
        }
    }
    assert_eq!(earlier, 8, "two months before in two charts of two lines");
}

#[test]
fn every_number_of_the_workbook_is_a_figure_of_the_table_or_a_constant() {
    let Report { figures, document } = report(MARCH);
    let bytes = xlsx::xlsx(&document).unwrap();
    let cells: BTreeMap<(String, String), String> = xlsx::figure_cells(&document)
        .unwrap()
        .into_iter()
        .map(|cell| ((cell.sheet, cell.cell), cell.id))
        .collect();
    let words: BTreeSet<String> = all_runs(&document).into_iter().map(shown).collect();
    let constants: BTreeSet<i64> = all_runs(&document)
        .into_iter()
        .flatten()
        .filter_map(|run| match &run.content {
            Content::Constant(constant) => constant.value.map(|value| value.scaled),
            _ => None,
        })
        .collect();
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut numbers = 0;
    for sheet in workbook.sheet_names() {
        if sheet == xlsx::SOURCES_SHEET {
            continue;
        }
        let range = workbook.worksheet_range(&sheet).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            let place =
                da06::place::CellRef { row: top + row as u32, column: left + column as u32 };
            match data {
                Data::Float(number) => {
                    let id = cells.get(&(sheet.clone(), place.to_string()));
                    let Some(id) = id else {
                        assert!(constants.contains(&(*number as i64)), "{sheet}!{place}: {number}");
                        continue;
                    };
                    let value = figures.by_id(id).and_then(|figure| figure.value).unwrap().to_f64();
                    let fits =
                        (value - number).abs() < 1e-9 || (value / 100.0 - number).abs() < 1e-9;
                    assert!(fits, "{sheet}!{place}: {number}, but {id} is {value}");
                    numbers += 1;
                }
                Data::String(text) if has_digit(text) => {
                    let known =
                        words.iter().any(|words| words == text || text.contains(words.as_str()));
                    assert!(known, "{sheet}!{place}: {text:?} is in no block");
                }
                _ => {}
            }
        }
    }
    assert!(numbers > 1_000, "{numbers}");
}

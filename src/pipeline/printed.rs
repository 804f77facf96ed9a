//! What stands where in the report: which figures a person means who holds the paper and reads out a
//! number, or a row and a column of an annex.

use super::Error;
use crate::{
    compose::document::{
        Audience, Block, Content, Document, FigureRef, Row, Run, Section, Table, shown,
    },
    text,
};

/// Figures that one question is answered with; of more, the places are named.
const MOST: usize = 6;
/// Places named in a hint.
const MOST_PLACES: usize = 5;

/// A figure of the report with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrintedFigure<'a> {
    /// The figure.
    pub(super) figure: &'a FigureRef,
    /// Where it stands, in words: `Phụ lục II, xã Tiên Minh, cột (11)`.
    pub(super) place: String,
    cell: Option<AnnexCell>,
}

/// A cell of an annex by what is printed around it; folded, without marks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AnnexCell {
    /// "phu luc ii".
    annex: String,
    /// "xa tien minh".
    row: String,
    /// "11", of "(11) = (8) + (9)".
    column: String,
}

/// Returns the figures that are printed, in reading order.
pub(super) fn printed_figures(document: &Document) -> Vec<PrintedFigure<'_>> {
    let sections = document.sections.iter();
    let printed = sections.filter(|section| section.audience != Audience::Workbook);
    printed.flat_map(of_section).collect()
}

/// Returns the ids that a query means, in reading order: a number as it is printed, or annex, row and
/// column; nothing when the query is neither.
pub(super) fn meant<'a>(
    printed: &[PrintedFigure<'a>],
    query: &str,
) -> Option<Result<Vec<&'a str>, Error>> {
    let found: Vec<&PrintedFigure<'a>> = if is_number(query) {
        let wanted = plain_number(query);
        printed.iter().filter(|one| plain_number(&one.figure.shown) == wanted).collect()
    } else {
        let query_of_annex = folded_annex_query(query)?;
        let Some((annex, (row, column))) = annex_of(printed, &query_of_annex) else {
            return Some(Err(not_printed(query)));
        };
        let is_meant = |cell: &AnnexCell| {
            cell.annex == annex
                && cell.column == column
                && (cell.row == row || cell.row.ends_with(&format!(" {row}")))
        };
        printed.iter().filter(|one| one.cell.as_ref().is_some_and(is_meant)).collect()
    };
    let mut ids: Vec<&str> = Vec::new();
    for one in &found {
        if !ids.contains(&one.figure.id.as_str()) {
            ids.push(&one.figure.id);
        }
    }
    Some(match ids.len() {
        0 => Err(not_printed(query)),
        1..=MOST => Ok(ids),
        count => Err(ambiguous(query, count, &found)),
    })
}

/// Returns where a figure stands, each place once.
pub(super) fn places_of(printed: &[PrintedFigure<'_>], id: &str) -> Vec<String> {
    let mut places: Vec<String> = Vec::new();
    for one in printed.iter().filter(|one| one.figure.id == id) {
        if !places.contains(&one.place) {
            places.push(one.place.clone());
        }
    }
    places
}

fn not_printed(query: &str) -> Error {
    Error::NotFound {
        what: format!("trong báo cáo không có số `{}`", query.trim()),
        hint: "viết số đúng như in (ví dụ 73.673), hoặc phụ lục, tên dòng và số cột (ví dụ \"Phụ lục II \
               Tiên Minh (11)\")"
            .to_owned(),
    }
}

fn ambiguous(query: &str, count: usize, found: &[&PrintedFigure<'_>]) -> Error {
    let places: Vec<&str> = found.iter().take(MOST_PLACES).map(|one| one.place.as_str()).collect();
    Error::NotFound {
        what: format!("số `{}` là của {count} số liệu khác nhau trong báo cáo", query.trim()),
        hint: format!(
            "nêu rõ chỗ in, ví dụ \"Phụ lục II Tiên Minh (11)\"; số này có ở: {}; …",
            places.join("; ")
        ),
    }
}

/// Returns whether a query is a number as reports print them.
fn is_number(query: &str) -> bool {
    let query = query.trim();
    query.contains(|sign: char| sign.is_ascii_digit())
        && query.chars().all(|sign| sign.is_ascii_digit() || ".,%-−+ \u{a0}".contains(sign))
}

/// Returns a number without blanks and percent sign, with one kind of minus, and without the zero
/// that prose puts before a digit.
fn plain_number(number: &str) -> String {
    let kept = number.chars().filter(|sign| !sign.is_whitespace() && !"%+".contains(*sign));
    let plain: String = kept.map(|sign| if sign == '-' { '−' } else { sign }).collect();
    match plain.strip_prefix('0') {
        Some(digit) if digit.len() == 1 => digit.to_owned(),
        _ => plain,
    }
}

/// Returns a query without marks that begins with an annex; nothing for any other.
fn folded_annex_query(query: &str) -> Option<String> {
    let query = text::strip_marks(query);
    let query = query.strip_prefix("pl ").map_or(query.clone(), |rest| format!("phu luc {rest}"));
    query.starts_with("phu luc").then_some(query)
}

/// Returns the annex that a folded query begins with, the row and the column.
fn annex_of<'a>(
    printed: &'a [PrintedFigure<'_>],
    query: &str,
) -> Option<(&'a str, (String, String))> {
    let annexes = printed.iter().filter_map(|one| one.cell.as_ref());
    // "Phụ lục III" begins with "Phụ lục I" and "Phụ lục II" too.
    let begun = annexes.filter(|cell| query.starts_with(&cell.annex));
    let annex = begun.map(|cell| &cell.annex).max_by_key(|annex| annex.len())?;
    let rest = query.strip_prefix(annex.as_str())?;
    let ends = rest.starts_with(|sign: char| !sign.is_alphanumeric());
    row_and_column(rest).filter(|_| ends).map(|found| (annex.as_str(), found))
}

/// Returns the row and the column of `, tien minh, cot 11` or ` tien minh (11)`.
fn row_and_column(rest: &str) -> Option<(String, String)> {
    let rest = rest.trim().trim_end_matches(')');
    let at = rest.rfind(|sign: char| !sign.is_ascii_digit())?;
    let (row, column) = rest.split_at_checked(at + 1)?;
    let row = row.trim_end_matches(['(', ' ']).trim_end_matches("cot");
    let row = row.trim_matches([',', ' ', ':', ';']);
    (!row.is_empty() && !column.is_empty()).then(|| (row.to_owned(), column.to_owned()))
}

fn of_section(section: &Section) -> Vec<PrintedFigure<'_>> {
    let mut place = section.name.clone();
    let mut found = Vec::new();
    for block in &section.blocks {
        match block {
            Block::AnnexHead(head) => place.clone_from(&head.label),
            Block::Heading(heading) => place = format!("mục “{}”", shown(&heading.runs)),
            Block::Paragraph(paragraph) => found.extend(of_runs(&paragraph.runs, &place)),
            Block::Title(title) => {
                let lines = title.subject.iter().chain(&title.remarks);
                found.extend(lines.flat_map(|line| of_runs(line, &place)));
            }
            Block::Table(table) => found.extend(of_table(table, &place)),
            Block::Chart(chart) => {
                let place = shown(&chart.caption);
                let figures = chart.figures();
                found.extend(figures.map(|figure| PrintedFigure {
                    figure,
                    place: place.clone(),
                    cell: None,
                }));
            }
            Block::Header(_) | Block::Addressees(_) | Block::Signature(_) => {}
        }
    }
    found
}

fn of_runs<'a>(runs: &'a [Run], place: &str) -> Vec<PrintedFigure<'a>> {
    figures_in(runs)
        .map(|figure| PrintedFigure { figure, place: place.to_owned(), cell: None })
        .collect()
}

fn of_table<'a>(table: &'a Table, annex: &str) -> Vec<PrintedFigure<'a>> {
    let mut found = Vec::new();
    for row in &table.rows {
        let name = row_name(row);
        let mut column = 0;
        for cell in &row.cells {
            let number = column_number(table, column);
            for figure in figures_in(&cell.runs) {
                let place = format!("{annex}, {name}, cột ({number})");
                let cell = AnnexCell {
                    annex: text::strip_marks(annex),
                    row: text::strip_marks(&name),
                    column: number.clone(),
                };
                found.push(PrintedFigure { figure, place, cell: Some(cell) });
            }
            column += cell.column_span.max(1);
        }
    }
    found.extend(table.notes.iter().flat_map(|note| of_runs(note, &format!("{annex}, ghi chú"))));
    found
}

fn figures_in(runs: &[Run]) -> impl Iterator<Item = &FigureRef> {
    runs.iter().filter_map(|run| match &run.content {
        Content::Figure(figure) => Some(figure),
        Content::Text(_) | Content::Constant(_) => None,
    })
}

/// Returns the words that name a row: its first cell with letters, without the marks of footnotes.
fn row_name(row: &Row) -> String {
    let words = |runs: &[Run]| -> String {
        runs.iter().filter(|run| !run.superscript).map(Run::shown).collect()
    };
    let cells = row.cells.iter().map(|cell| words(&cell.runs));
    let name = cells.into_iter().find(|words| words.chars().any(char::is_alphabetic));
    name.unwrap_or_default()
}

/// Returns the number of a column as it is printed, "11" of "(11) = (8) + (9)"; where the table has
/// none, its position.
fn column_number(table: &Table, column: usize) -> String {
    let printed = table.column_numbers.get(column).and_then(|number| {
        let (number, _) = number.strip_prefix('(')?.split_once(')')?;
        Some(number.to_owned())
    });
    printed.unwrap_or_else(|| (column + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_names_and_compared_as_they_are_read() {
        for number in ["73.673", "83,80%", "-12", "−12", "+0,79", " 05 "] {
            assert!(is_number(number), "{number}");
        }
        for other in ["B08", "Tiên Minh B08", "%", "", "Phụ lục II Tiên Minh (11)"] {
            assert!(!is_number(other), "{other}");
        }
        assert_eq!(plain_number("83,80 %"), plain_number("83,80%"));
        assert_eq!(plain_number("-12"), plain_number("−12"));
        assert_eq!(plain_number("05"), "5");
        assert_eq!(plain_number("0,79"), "0,79");
    }

    #[test]
    fn a_row_and_a_column_are_read_in_the_ways_people_write_them() {
        let expected = Some(("tien minh".to_owned(), "11".to_owned()));
        for words in
            [", tien minh, cot 11", " tien minh (11)", ": tien minh 11", ", tien minh cot (11)"]
        {
            assert_eq!(row_and_column(words), expected, "{words}");
        }
        assert_eq!(row_and_column(" tien minh"), None);
        assert_eq!(row_and_column(" (11)"), None);
    }
}

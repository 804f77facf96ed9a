//! Runs become one cell: a number, plain words or words of several looks; never a formula or a
//! link by accident.

use rust_xlsxwriter::{ColNum, Format, Formula, RowNum, Url, Worksheet, XlsxError};

use super::formats::{Look, constant_format, figure_format, raised};
use super::names::cut;
use crate::compose::document::{Content, Run, held, shown};
use crate::quantity::Quantity;

/// Longest text of a cell, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;

/// Longest target of a link that Excel takes, in UTF-16 units.
const LONGEST_LINK: usize = 2_000;

/// Most links of one sheet.
const MOST_LINKS: usize = 65_530;

/// A figure and the cell that shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ShownFigure {
    /// Row, from 0.
    pub row: RowNum,
    /// Column, from 0.
    pub column: ColNum,
    /// Id of the figure.
    pub id: String,
}

/// The cells that runs stand in; merged when there are several.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    /// First row, from 0.
    pub top: RowNum,
    /// Last row.
    pub bottom: RowNum,
    /// First column, from 0.
    pub left: ColNum,
    /// Last column.
    pub right: ColNum,
}

/// A cell that is a number for a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberCell {
    /// The number as the cell holds it: a percentage is a fraction.
    pub held: Quantity,
    /// Number format, with the mark of a footnote.
    pub format: String,
}

/// Writes cells and remembers what they show.
pub(super) struct Cells<'a> {
    /// The sheet.
    pub page: &'a mut Worksheet,
    /// Figures shown so far.
    pub figures: Vec<ShownFigure>,
    links: usize,
}

impl<'a> Cells<'a> {
    /// Returns a writer to an empty sheet.
    pub(super) fn new(page: &'a mut Worksheet) -> Self {
        Self { page, figures: Vec::new(), links: 0 }
    }

    /// Writes runs into an area, as a number where they are one.
    pub(super) fn write(&mut self, area: Area, runs: &[Run], look: Look) -> Result<(), XlsxError> {
        self.write_computed(area, runs, look, None)
    }

    /// Writes runs into an area, computed by a formula whose cached value they are.
    pub(super) fn write_computed(
        &mut self,
        area: Area,
        runs: &[Run],
        look: Look,
        formula: Option<String>,
    ) -> Result<(), XlsxError> {
        let link = self.link(runs);
        let unlinked;
        let runs = if link.is_some() {
            runs
        } else {
            // What leads nowhere must not look like a link.
            unlinked = runs.iter().map(without_link).collect::<Vec<_>>();
            &unlinked
        };
        let number = number_cell(runs);
        let mut format = look.cell(runs);
        if let Some(number) = &number {
            format = format.set_num_format(&number.format);
        }
        if area.top != area.bottom || area.left != area.right {
            self.page.merge_range(area.top, area.left, area.bottom, area.right, "", &format)?;
        }
        if let Some(link) = link {
            // The content is written over the words of the link.
            let link = Url::new(link).set_text("…");
            self.page.write_url_with_format(area.top, area.left, link, &format)?;
        }
        match (number, formula) {
            (Some(number), Some(formula)) => {
                let formula = Formula::new(formula).set_result(number.held.to_f64().to_string());
                self.page.write_formula_with_format(area.top, area.left, formula, &format)?;
            }
            (Some(number), None) => {
                let number = number.held.to_f64();
                self.page.write_number_with_format(area.top, area.left, number, &format)?;
            }
            (None, Some(formula)) => {
                let formula = Formula::new(formula).set_result(shown(runs));
                self.page.write_formula_with_format(area.top, area.left, formula, &format)?;
            }
            (None, None) => self.words(area, runs, look, &format)?,
        }
        self.remember(area, runs);
        Ok(())
    }

    fn words(
        &mut self,
        area: Area,
        runs: &[Run],
        look: Look,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let pieces: Vec<(Format, String)> = runs
            .iter()
            .map(|run| (look.segment(run), clean(run.shown())))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let text: String = pieces.iter().map(|(_, text)| text.as_str()).collect();
        let length = text.encode_utf16().count();
        let alike = pieces.windows(2).all(|pair| pair[0].0 == pair[1].0)
            && !runs.iter().any(|run| run.superscript);
        let like_escapes = breaks_of_escapes(&text).next().is_some();
        if (alike && !like_escapes) || length > LONGEST_TEXT {
            let text = if length > LONGEST_TEXT { shortened(&text) } else { text };
            self.page.write_string_with_format(area.top, area.left, text, format)?;
            return Ok(());
        }
        let pieces: Vec<(&Format, &str)> = pieces
            .iter()
            .flat_map(|(format, text)| apart(text).into_iter().map(move |part| (format, part)))
            .collect();
        self.page.write_rich_string_with_format(area.top, area.left, &pieces, format)?;
        Ok(())
    }

    /// Returns the address of the first link of the runs, while Excel takes it.
    fn link(&mut self, runs: &[Run]) -> Option<String> {
        let target = address(runs.iter().find_map(|run| run.link.as_deref())?);
        if self.links >= MOST_LINKS || target.encode_utf16().count() > LONGEST_LINK {
            return None;
        }
        self.links += 1;
        Some(target)
    }

    fn remember(&mut self, area: Area, runs: &[Run]) {
        let ids = runs.iter().filter_map(|run| match &run.content {
            Content::Figure(figure) => Some(figure.id.clone()),
            Content::Text(_) | Content::Constant(_) => None,
        });
        let place = |id| ShownFigure { row: area.top, column: area.left, id };
        self.figures.extend(ids.map(place));
    }
}

/// Returns the number that runs are: one figure or constant with a value, with at most the mark of
/// a footnote behind it.
pub(super) fn number_cell(runs: &[Run]) -> Option<NumberCell> {
    let mut words = runs.iter().filter(|run| !run.shown().is_empty());
    let first = words.next()?;
    let mut mark = String::new();
    for run in words {
        if !run.superscript {
            return None;
        }
        mark.push_str(&raised(run.shown()));
    }
    let held = held(runs)?;
    let format = match &first.content {
        Content::Figure(figure) => {
            figure_format(figure, figure.value.map_or(0, |value| value.decimals), &mark)
        }
        Content::Constant(constant) => constant_format(constant, held.decimals, &mark),
        Content::Text(_) => return None,
    };
    Some(NumberCell { held, format })
}

fn without_link(run: &Run) -> Run {
    Run { link: None, ..run.clone() }
}

/// Returns the text without carriage returns, which a workbook would show as `_x000D_`.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Returns the text in parts such that none has a sign that LibreOffice takes for an escaped one:
/// it reads `_xa_`, common in names of files, as a line break. Excel wants four digits.
fn apart(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut done = 0;
    for at in breaks_of_escapes(text) {
        if let Some((part, after)) = rest.split_at_checked(at - done) {
            parts.push(part);
            rest = after;
            done = at;
        }
    }
    parts.push(rest);
    parts
}

/// Returns the places in bytes behind the first underline of what looks like an escaped sign.
fn breaks_of_escapes(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices("_x").filter_map(|(at, _)| {
        let digits = text.get(at + 2..)?.split('_').next()?;
        let ends = text.get(at + 2 + digits.len()..)?.starts_with('_');
        let is_escape = !digits.is_empty() && digits.chars().all(|sign| sign.is_ascii_hexdigit());
        (ends && is_escape).then_some(at + 1)
    })
}

fn shortened(text: &str) -> String {
    let mut text = cut(text, LONGEST_TEXT - 1);
    text.push('…');
    text
}

/// Returns the address of a link relative to the workbook, its path escaped as in a URL.
fn address(target: &str) -> String {
    if target.contains("://") || target.starts_with("mailto:") || target.starts_with("internal:") {
        return target.to_owned();
    }
    if let Some(place) = target.strip_prefix('#') {
        return format!("internal:{place}");
    }
    let (path, place) = match target.rsplit_once('#') {
        Some((path, place)) => (path, Some(place)),
        None => (target, None),
    };
    let path: String = path
        .chars()
        .map(|sign| match sign {
            ' ' => "%20".to_owned(),
            '%' => "%25".to_owned(),
            '#' => "%23".to_owned(),
            '"' => "%22".to_owned(),
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '[' => "%5B".to_owned(),
            ']' => "%5D".to_owned(),
            '^' => "%5E".to_owned(),
            '`' => "%60".to_owned(),
            '{' => "%7B".to_owned(),
            '}' => "%7D".to_owned(),
            '\\' => "/".to_owned(),
            other => other.to_string(),
        })
        .collect();
    place.map_or_else(|| format!("file:///{path}"), |place| format!("file:///{path}#{place}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_escaped_sign_is_taken_apart() {
        assert_eq!(apart("UBND_xa_Khoi_Nghia.xlsx"), ["UBND_", "xa_Khoi_Nghia.xlsx"]);
        assert_eq!(apart("_x0041__xd_"), ["_", "x0041__", "xd_"]);
        assert_eq!(apart("bao_cao_xa.xlsx, _xin_"), ["bao_cao_xa.xlsx, _xin_"]);
    }

    #[test]
    fn addresses_are_relative_and_escaped() {
        let cases = [
            (
                "../../input/2024-03/a b.xlsx#'Biểu 1'!C12",
                "file:///../../input/2024-03/a%20b.xlsx#'Biểu 1'!C12",
            ),
            ("../in/#1 100%.xlsx#'S'!A1", "file:///../in/%231%20100%25.xlsx#'S'!A1"),
            ("#'Phụ lục I'!B2", "internal:'Phụ lục I'!B2"),
            ("https://vneid.gov.vn", "https://vneid.gov.vn"),
        ];
        for (target, expected) in cases {
            assert_eq!(address(target), expected);
        }
    }
}

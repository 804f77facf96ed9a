//! What the styles of a workbook make of numbers: dates, durations, percentages, other digits. The library decides
//! it; here its answers are kept by the index of the style.

use std::{
    io::{Read, Seek},
    rc::Rc,
};

use calamine::{
    Borders, Color, DataRef, ExcelDateTime, ExcelDateTimeType, Fill, FillPattern, Style, Xlsx,
};

use crate::ingest::{
    CellContent,
    number_formats::{NumberFormat, shows_date},
    workbook::content_of,
};

/// What each style makes of a number.
#[derive(Debug, Default)]
pub(super) struct Formats {
    styles: Rc<NumberStyles>,
    epoch: Epoch,
}

/// What each style makes of a number, whatever the day from which dates are counted.
#[derive(Debug, Default)]
pub(super) struct NumberStyles(Vec<NumberStyle>);

/// The day from which dates are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Epoch {
    /// The usual one.
    #[default]
    Of1900,
    /// That of old workbooks of the Macintosh.
    Of1904,
}

/// What a style makes of a number.
#[derive(Clone, Debug)]
struct NumberStyle {
    moment: Option<ExcelDateTimeType>,
    format: NumberFormat,
}

impl NumberStyles {
    /// Returns the styles of a workbook: for each what its code makes of numbers, and what the library
    /// gives for the number 1 in a cell of it.
    pub(super) fn new<'d>(styles: impl IntoIterator<Item = (NumberFormat, DataRef<'d>)>) -> Self {
        let styles = styles.into_iter().map(|(format, one)| {
            let moment = match one {
                DataRef::DateTime(moment) if moment.is_datetime() => {
                    Some(ExcelDateTimeType::DateTime)
                }
                DataRef::DateTime(_) => Some(ExcelDateTimeType::TimeDelta),
                _ => None,
            };
            NumberStyle { moment, format }
        });
        Self(styles.collect())
    }

    /// Returns the first style alone, that of cells without any, as its code says it.
    pub(super) fn of_first(styles: &[Style]) -> Self {
        let style = |first: &Style| NumberStyle {
            moment: is_of_dates(first).then_some(ExcelDateTimeType::DateTime),
            format: format_of(first),
        };
        Self(styles.first().map(style).into_iter().collect())
    }
}

impl Epoch {
    /// Returns the day from which a workbook counts dates.
    pub(super) fn of<R: Read + Seek>(workbook: &Xlsx<R>) -> Self {
        if workbook.has_1904_epoch() { Self::Of1904 } else { Self::Of1900 }
    }
}

impl Formats {
    /// Returns the formats of a workbook.
    pub(super) fn new(styles: Rc<NumberStyles>, epoch: Epoch) -> Self {
        Self { styles, epoch }
    }

    /// Returns whether any style strikes through what stands in its cells.
    pub(super) fn strike(&self) -> bool {
        self.styles.0.iter().any(|style| style.format == NumberFormat::Struck)
    }

    /// Returns whether a style strikes through what stands in its cells.
    pub(super) fn strikes(&self, style: Option<usize>) -> bool {
        let style = self.styles.0.get(style.unwrap_or_default());
        style.is_some_and(|style| style.format == NumberFormat::Struck)
    }

    /// Returns what a number in a cell of a style is; nothing if there is no such style. A cell without
    /// any has the first one.
    pub(super) fn content_of_number(
        &self,
        number: f64,
        style: Option<usize>,
    ) -> Option<CellContent> {
        let styles = &self.styles.0;
        if style.is_none() && styles.is_empty() {
            return Some(content_of(&DataRef::Float(number)));
        }
        let NumberStyle { moment, format } = styles.get(style.unwrap_or_default())?;
        let value = match moment {
            Some(kind) => {
                let is_1904 = self.epoch == Epoch::Of1904;
                DataRef::DateTime(ExcelDateTime::new(number, *kind, is_1904))
            }
            None => DataRef::Float(number),
        };
        Some(match content_of(&value) {
            CellContent::Number(number) => format.content(number),
            content => content,
        })
    }
}

/// Returns what a style makes of numbers.
pub(super) fn format_of(style: &Style) -> NumberFormat {
    if is_white_on_white(style) {
        return NumberFormat::Unseen;
    }
    if style.font.as_ref().is_some_and(|font| font.strikethrough) {
        return NumberFormat::Struck;
    }
    let is_crossed =
        |borders: &Borders| borders.diagonal_up.is_visible() || borders.diagonal_down.is_visible();
    if style.borders.as_ref().is_some_and(is_crossed) {
        return NumberFormat::Crossed;
    }
    code_of(style).map(NumberFormat::of_code).unwrap_or_default()
}

fn is_white_on_white(style: &Style) -> bool {
    let is_white = |color: Option<Color>| color.is_some_and(|color| color.is_white());
    let is_paper = |fill: &Fill| match fill.pattern {
        FillPattern::None => true,
        FillPattern::Solid => is_white(fill.foreground_color),
        _ => false,
    };
    style.font.as_ref().is_some_and(|font| is_white(font.color))
        && style.fill.as_ref().is_none_or(is_paper)
}

/// Returns whether a style shows dates.
pub(super) fn is_of_dates(style: &Style) -> bool {
    code_of(style).is_some_and(shows_date)
}

fn code_of(style: &Style) -> Option<&str> {
    style.number_format.as_ref().map(|format| &*format.format_code)
}

//! What the styles of a workbook make of numbers: dates, durations, percentages. The library decides
//! it; here its answers are kept by the index of the style.

use std::rc::Rc;

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Style};

use crate::ingest::{CellContent, number_formats::shows_percent, workbook::content_of};

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
#[derive(Clone, Copy, Debug)]
struct NumberStyle {
    moment: Option<ExcelDateTimeType>,
    percent: bool,
}

impl NumberStyles {
    /// Returns the styles of a workbook: for each whether it shows percentages, and what the library
    /// gives for the number 1 in a cell of it.
    pub(super) fn new<'d>(styles: impl IntoIterator<Item = (bool, DataRef<'d>)>) -> Self {
        let styles = styles.into_iter().map(|(percent, one)| {
            let moment = match one {
                DataRef::DateTime(moment) if moment.is_datetime() => {
                    Some(ExcelDateTimeType::DateTime)
                }
                DataRef::DateTime(_) => Some(ExcelDateTimeType::TimeDelta),
                _ => None,
            };
            NumberStyle { moment, percent }
        });
        // As for the library, the first style is the one of cells without any.
        let mut styles = Self(styles.collect());
        if let Some(first) = styles.0.first_mut() {
            first.percent = false;
        }
        styles
    }
}

impl Formats {
    /// Returns the formats of a workbook.
    pub(super) fn new(styles: Rc<NumberStyles>, epoch: Epoch) -> Self {
        Self { styles, epoch }
    }

    /// Returns what a number in a cell of a style is; nothing if there is no such style.
    pub(super) fn content_of_number(
        &self,
        number: f64,
        style: Option<usize>,
    ) -> Option<CellContent> {
        let Some(style) = style else { return Some(content_of(&DataRef::Float(number))) };
        let NumberStyle { moment, percent } = *self.styles.0.get(style)?;
        let value = match moment {
            Some(kind) => {
                let is_1904 = self.epoch == Epoch::Of1904;
                DataRef::DateTime(ExcelDateTime::new(number, kind, is_1904))
            }
            None => DataRef::Float(number),
        };
        Some(match content_of(&value) {
            CellContent::Number(number) if percent => CellContent::Percent(number),
            content => content,
        })
    }
}

/// Returns whether a style shows percentages.
pub(super) fn is_percent(style: &Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| shows_percent(&format.format_code))
}

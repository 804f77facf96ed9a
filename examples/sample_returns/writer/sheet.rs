//! A sheet that is filled from the top: a cursor, an offset to the right and cells of any content.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError, utility::row_col_to_cell};

use super::formats::Formats;
use crate::draft::{Content, Look};

/// How many columns the main table has.
pub(super) const WIDTH: u16 = 8;

/// A sheet with a cursor.
pub(super) struct Sheet<'a> {
    worksheet: &'a mut Worksheet,
    /// The formats of the form.
    pub(super) formats: &'a Formats,
    left: u16,
    /// The next row.
    pub(super) row: u32,
}

impl<'a> Sheet<'a> {
    /// Returns an empty sheet.
    pub(super) fn new(worksheet: &'a mut Worksheet, formats: &'a Formats, look: &Look) -> Self {
        Self { worksheet, formats, left: look.columns_left, row: look.rows_above }
    }

    /// Sets the widths of the columns of the table.
    pub(super) fn widths(&mut self, widths: &[f64]) -> Result<(), XlsxError> {
        for (column, width) in (self.left..).zip(widths) {
            self.worksheet.set_column_width(column, *width)?;
        }
        if self.left > 0 {
            self.worksheet.set_column_width(0, 1.5)?;
        }
        Ok(())
    }

    /// Writes a cell of the current row and returns its place.
    pub(super) fn put(
        &mut self,
        column: u16,
        content: &Content,
        format: &Format,
    ) -> Result<String, XlsxError> {
        let (row, column) = (self.row, self.left + column);
        match content {
            Content::Blank => self.worksheet.write_blank(row, column, format)?,
            Content::Number(number) => {
                self.worksheet.write_number_with_format(row, column, *number, format)?
            }
            Content::Text(words) => {
                self.worksheet.write_string_with_format(row, column, words, format)?
            }
            Content::Formula(formula, result) => {
                let formula = Formula::new(formula).set_result(result.clone().unwrap_or_default());
                self.worksheet.write_formula_with_format(row, column, formula, format)?
            }
        };
        Ok(row_col_to_cell(row, column))
    }

    /// Writes words over several columns of the current row.
    pub(super) fn merge(
        &mut self,
        (first, last): (u16, u16),
        words: &str,
        format: &Format,
    ) -> Result<String, XlsxError> {
        self.merge_down((first, last), 0, words, format)
    }

    /// Writes words over several columns of the current row and of `more` rows below.
    pub(super) fn merge_down(
        &mut self,
        (first, last): (u16, u16),
        more: u32,
        words: &str,
        format: &Format,
    ) -> Result<String, XlsxError> {
        let (first, last) = (self.left + first, self.left + last);
        if first == last && more == 0 {
            self.worksheet.write_string_with_format(self.row, first, words, format)?;
        } else {
            self.worksheet.merge_range(self.row, first, self.row + more, last, words, format)?;
        }
        Ok(row_col_to_cell(self.row, first))
    }

    /// Writes any content over several columns of the current row.
    pub(super) fn merge_content(
        &mut self,
        (first, last): (u16, u16),
        content: &Content,
        format: &Format,
    ) -> Result<String, XlsxError> {
        self.merge((first, last), "", format)?;
        self.put(first, content, format)
    }

    /// Returns the place of a cell of the current row.
    pub(super) fn place(&self, column: u16) -> String {
        row_col_to_cell(self.row, self.left + column)
    }

    /// Sets the height of the current row to that of so many words in a column of a width.
    pub(super) fn height_of(&mut self, words: &str, per_line: usize) -> Result<(), XlsxError> {
        let lines = words.chars().count().div_ceil(per_line).max(1);
        if lines > 1 {
            self.height(14.5 * f64::from(u32::try_from(lines).unwrap_or(1)))
        } else {
            Ok(())
        }
    }

    /// Sets the height of the current row in points.
    pub(super) fn height(&mut self, points: f64) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(self.row, points)?;
        Ok(())
    }

    /// Sets paper, margins and footer of a table that fits a page in width, with page breaks.
    pub(super) fn print_portrait(&mut self, breaks: &[u32]) -> Result<(), XlsxError> {
        self.worksheet.set_print_scale(85).set_page_breaks(breaks)?;
        self.page();
        Ok(())
    }

    /// Sets paper, margins and footer of a wide table.
    pub(super) fn print_landscape(&mut self) {
        self.worksheet.set_landscape().set_print_fit_to_pages(1, 0);
        self.page();
    }

    fn page(&mut self) {
        self.worksheet
            .set_paper_size(9)
            .set_print_center_horizontally(true)
            .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3)
            .set_footer("&C&\"Times New Roman,Regular\"&10Trang &P/&N");
    }
}

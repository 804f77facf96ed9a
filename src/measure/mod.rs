//! Measures any PDF against the layout of Nghị định 30/2020/NĐ-CP: reads its pages with a reader that
//! is not our writer, finds the components of the document and checks the clauses of Phụ lục I one by
//! one. Knows nothing of the other rooms; reads no disk.

mod checks;
mod clause;
mod document;
mod page;
mod reader;

use serde::Serialize;

pub use checks::CLAUSES;
pub use clause::{Check, Clause, Verdict};
pub use page::{Colour, Line, Page, Rule, Run, Slope, Stroke, Upright, Weight};

/// A page that is a picture and has fewer letters than this was scanned; a stamp may stand on it.
const SCAN_LETTERS: usize = 300;

/// What was measured of a document.
#[derive(Clone, Debug, Serialize)]
pub struct Measurement {
    /// Number of pages.
    pub pages: usize,
    /// One check for every clause, in the order of the decree.
    pub checks: Vec<Check>,
}

impl Measurement {
    /// Returns the checks that failed.
    pub fn failed(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.verdict == Verdict::Fail)
    }

    /// Returns how many checks ended so.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.checks.iter().filter(|check| check.verdict == verdict).count()
    }
}

/// Measures a PDF against every clause.
pub fn measure(bytes: &[u8]) -> Result<Measurement, MeasureError> {
    let pages = reader::read(bytes)?;
    let letters = |page: &Page| -> usize { page.lines.iter().map(|line| line.text.len()).sum() };
    let is_scan = |page: &&Page| page.pictures > 0.5 && letters(page) < SCAN_LETTERS;
    if pages.iter().filter(is_scan).count() * 2 > pages.len() {
        return Err(MeasureError::Scan);
    }
    if pages.iter().map(letters).sum::<usize>() < 20 {
        return Err(if pages.iter().any(|page| page.pictures > 0.3) {
            MeasureError::Scan
        } else {
            MeasureError::NoText
        });
    }
    Ok(measure_pages(&pages))
}

/// Measures pages that were read already.
pub fn measure_pages(pages: &[Page]) -> Measurement {
    let document = document::Document::of(pages);
    Measurement { pages: pages.len(), checks: checks::checks(&document) }
}

/// Returns the pages of a PDF as they are measured.
pub fn pages(bytes: &[u8]) -> Result<Vec<Page>, MeasureError> {
    reader::read(bytes)
}

/// Why a file cannot be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MeasureError {
    /// Another kind of file.
    #[error("tệp không phải là PDF")]
    NoPdf,
    /// Nothing to be read.
    #[error("tệp PDF bị hỏng, không đọc được trang nào")]
    Broken,
    /// A password or an unknown cipher.
    #[error("tệp PDF có mật khẩu hoặc được mã hóa, không đọc được nội dung")]
    Password,
    /// Beyond the limits.
    #[error("tệp PDF quá lớn hoặc quá phức tạp để đo")]
    TooMuch,
    /// A picture of paper.
    #[error("tệp PDF là bản quét, không có chữ để đo")]
    Scan,
    /// Empty pages.
    #[error("tệp PDF không có chữ để đo")]
    NoText,
}

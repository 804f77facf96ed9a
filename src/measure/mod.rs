//! Measures any PDF against the layout of Nghị định 30/2020/NĐ-CP: reads its pages with a reader that
//! is not our writer, finds the components of the document and checks the clauses of Phụ lục I one by
//! one. Knows nothing of the other rooms; reads no disk.

mod page;
mod reader;

pub use page::{Colour, Line, Page, Rule, Run, Slope, Stroke, Upright, Weight};

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
    /// Pictures only.
    #[error("tệp PDF không có chữ để đo (bản quét hoặc trang trống)")]
    NoText,
}

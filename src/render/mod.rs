//! Step 5: typed documents become bytes. Nothing here decides what a document says.

pub mod pdf;
pub mod xlsx;

/// A document that could not become a file.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The PDF.
    #[error("không lập được tệp PDF")]
    Pdf(#[from] pdf::PdfError),
    /// The workbook.
    #[error("không lập được tệp Excel")]
    Xlsx(#[from] xlsx::XlsxError),
}

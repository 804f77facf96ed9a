//! Reads any PDF into pages of lines and rules. hayro-syntax finds objects, undoes filters and
//! encryption without a password and repairs broken files; operators and fonts are carried out here.

mod canvas;
mod cmap;
mod colour;
mod content;
mod encoding;
mod font;
mod inflated;
mod lines;
mod matrix;
mod path;
mod state;
mod text;

use hayro_syntax::{
    LoadPdfError, Pdf,
    object::{Array, Dict, Name, Rect},
    page::Page as PdfPage,
};

use canvas::Canvas;
use content::{FontList, Interpreter, appearance};
use matrix::Matrix;
use state::State;

use super::MeasureError;
use super::page::Page;

/// The largest file, in bytes.
const LARGEST: usize = 256 << 20;
/// The most pages.
const PAGES: usize = 2_000;

/// Returns the pages of a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Page>, MeasureError> {
    if bytes.len() > LARGEST {
        return Err(MeasureError::TooMuch);
    }
    let head = bytes.get(..1024).unwrap_or(bytes);
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return Err(MeasureError::NoPdf);
    }
    if inflated::is_too_much(bytes) {
        return Err(MeasureError::TooMuch);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => MeasureError::Password,
        LoadPdfError::Invalid => MeasureError::Broken,
    })?;
    if pdf.pages().is_empty() {
        return Err(MeasureError::Broken);
    }
    if pdf.pages().len() > PAGES {
        return Err(MeasureError::TooMuch);
    }
    let mut fonts = FontList::default();
    let mut operators = 0;
    let mut pages = Vec::new();
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        let canvas = Canvas { operators, ..Canvas::default() };
        let canvas = interpret(page, canvas, &mut fonts)?;
        operators = canvas.operators;
        let (width, height) = page.render_dimensions();
        let size = (f64::from(width), f64::from(height));
        let names: Vec<&str> = fonts.fonts.iter().map(|(_, font)| font.name.as_str()).collect();
        pages.push(lines::page(number, size, canvas, &names));
    }
    Ok(pages)
}

fn interpret(
    page: &PdfPage<'_>,
    mut canvas: Canvas,
    fonts: &mut FontList,
) -> Result<Canvas, MeasureError> {
    let place = Matrix(page.initial_transform(true).as_coeffs());
    let mut interpreter = Interpreter::new(&mut canvas, fonts);
    let mut fine = interpreter.run(page.typed_operations(), page.resources(), State::new(place));
    let fields = page.raw().get::<Array<'_>>("Annots");
    for field in fields.iter().flat_map(Array::iter::<Dict<'_>>) {
        fine = fine && filled_field(&field, page, place, &mut interpreter);
    }
    if fine { Ok(canvas) } else { Err(MeasureError::TooMuch) }
}

/// Carries out what a visible form field shows; returns whether the budget lasted.
fn filled_field(
    field: &Dict<'_>,
    page: &PdfPage<'_>,
    place: Matrix,
    interpreter: &mut Interpreter<'_>,
) -> bool {
    let is_widget = field.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Widget");
    let is_hidden = field.get::<i32>("F").is_some_and(|flags| flags & 0b10_0010 != 0);
    let (Some(target), Some(form)) = (field.get::<Rect>("Rect"), appearance(field)) else {
        return true;
    };
    if !is_widget || is_hidden {
        return true;
    }
    let source = form.dict().get::<Rect>("BBox").unwrap_or(target);
    let shift = Matrix::shift(target.x0 - source.x0, target.y0 - source.y0);
    let state = State::new(shift.then(place));
    interpreter.form(&form, page.resources(), &state)
}

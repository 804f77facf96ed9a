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
    content::TypedIter,
    object::{Array, Dict, Name, Object, Rect, Stream},
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
/// The most streams of a page, and bytes that they hold.
const CONTENTS: usize = 10_000;
const PAGE_CONTENT: usize = 128 << 20;

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
        let unit = unit(page);
        let canvas = interpret(page, unit, canvas, &mut fonts)?;
        operators = canvas.operators;
        let (width, height) = page.render_dimensions();
        let size = (f64::from(width) * unit, f64::from(height) * unit);
        let names: Vec<&str> = fonts.fonts.iter().map(|(_, font)| font.name.as_str()).collect();
        pages.push(lines::page(number, size, canvas, &names));
    }
    Ok(pages)
}

/// Returns how many points the unit of a page is.
fn unit(page: &PdfPage<'_>) -> f64 {
    let unit = page.raw().get::<f64>("UserUnit");
    unit.filter(|unit| (0.01..=100.0).contains(unit)).unwrap_or(1.0)
}

/// Returns the operators of a page. A stream may stand there many times.
fn content(page: &PdfPage<'_>) -> Result<Vec<u8>, MeasureError> {
    let contents = page.raw().get::<Object<'_>>("Contents");
    let streams: Vec<Stream<'_>> = match contents {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(array)) => array.iter::<Stream<'_>>().take(CONTENTS).collect(),
        _ => Vec::new(),
    };
    let mut content = Vec::new();
    for stream in streams {
        content.extend(inflated::decoded(&stream).iter().flat_map(|bytes| bytes.iter()));
        content.push(b' ');
        if content.len() > PAGE_CONTENT {
            return Err(MeasureError::TooMuch);
        }
    }
    Ok(content)
}

fn interpret(
    page: &PdfPage<'_>,
    unit: f64,
    mut canvas: Canvas,
    fonts: &mut FontList,
) -> Result<Canvas, MeasureError> {
    let place = Matrix(page.initial_transform(true).as_coeffs());
    let place = place.then(Matrix([unit, 0.0, 0.0, unit, 0.0, 0.0]));
    let content = content(page)?;
    let mut interpreter = Interpreter::new(&mut canvas, fonts);
    let mut fine = interpreter.run(TypedIter::new(&content), page.resources(), State::new(place));
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

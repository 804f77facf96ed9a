//! Carries out the operators of content streams: text with its state, paths, pictures and forms
//! within forms. Clipping, blending and patterns are left out: they move no letter.

use std::rc::Rc;

use hayro_syntax::{
    content::{TypedIter, ops::TypedInstruction},
    object::{Dict, Name, Number, Object, ObjectIdentifier, Stream},
    page::Resources,
};

use super::super::page::{Colour, Stroke};
use super::canvas::Canvas;
use super::colour::Space;
use super::font::Font;
use super::inflated;
use super::matrix::Matrix;
use super::path::{Path, Pen};
use super::state::State;
use super::text::Pencil;

/// Forms within forms.
const DEPTH: usize = 16;
/// States kept by `q`.
const STATES: usize = 512;

/// The fonts of a file, each read once.
#[derive(Debug, Default)]
pub(super) struct FontList {
    pub(super) fonts: Vec<(Option<ObjectIdentifier>, Rc<Font>)>,
}

/// Works through content streams and leaves marks on a canvas.
pub(super) struct Interpreter<'c> {
    pub(super) canvas: &'c mut Canvas,
    pub(super) fonts: &'c mut FontList,
    depth: usize,
}

impl<'c> Interpreter<'c> {
    /// Returns an interpreter for a page.
    pub(super) fn new(canvas: &'c mut Canvas, fonts: &'c mut FontList) -> Self {
        Self { canvas, fonts, depth: 0 }
    }

    /// Carries out a stream; returns whether the budget lasted.
    pub(super) fn run(
        &mut self,
        mut operators: TypedIter<'_>,
        resources: &Resources<'_>,
        state: State,
    ) -> bool {
        let mut stream = StreamRun {
            states: vec![state.clone()],
            state,
            path: Path::default(),
            clips: false,
            pencil: Pencil::default(),
            resources,
        };
        while let Some(operator) = operators.next() {
            if !self.canvas.may_go_on() {
                return false;
            }
            let fine = match &operator {
                TypedInstruction::XObject(form) => self.external(form.0, &stream),
                _ => true,
            };
            if !fine {
                return false;
            }
            self.step(&operator, &mut stream);
        }
        true
    }

    /// Carries out a form with the state that it is called in; `place` comes before that state.
    pub(super) fn form(
        &mut self,
        form: &Stream<'_>,
        resources: &Resources<'_>,
        state: &State,
    ) -> bool {
        if self.depth >= DEPTH {
            return true;
        }
        let Some(content) = inflated::decoded(form) else { return true };
        let matrix = form.dict().get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let state = State { place: matrix.then(state.place), ..state.clone() };
        self.depth += 1;
        let fine = self.run(TypedIter::new(&content), own.as_ref().unwrap_or(resources), state);
        self.depth -= 1;
        fine
    }

    fn external(&mut self, name: &Name<'_>, stream: &StreamRun<'_, '_>) -> bool {
        let Some(object) = stream.resources.get_x_object(name) else { return true };
        let kind = object.dict().get::<Name<'_>>("Subtype");
        match kind.as_ref().map(AsRef::as_ref) {
            Some(b"Form") => self.form(&object, stream.resources, &stream.state),
            Some(b"Image") => {
                self.picture(stream.state.place);
                true
            }
            _ => true,
        }
    }

    /// Marks a picture; one that is a hair high or wide is how some drivers print a rule.
    fn picture(&mut self, place: Matrix) {
        self.canvas.pictures += place.area();
        let mut path = Path::default();
        path.rectangle(place, (0.0, 0.0), (1.0, 1.0));
        path.fill(Colour::BLACK, Stroke::Solid, self.canvas);
    }

    fn step(&mut self, operator: &TypedInstruction<'_, '_>, stream: &mut StreamRun<'_, '_>) {
        use TypedInstruction as Op;
        match operator {
            Op::SaveState(_) if stream.states.len() < STATES => {
                stream.states.push(stream.state.clone());
            }
            Op::RestoreState(_) if stream.states.len() > 1 => {
                stream.state = stream.states.pop().unwrap_or_else(|| stream.state.clone());
            }
            Op::Transform(cm) => {
                stream.state.place =
                    matrix([cm.0, cm.1, cm.2, cm.3, cm.4, cm.5]).then(stream.state.place);
            }
            Op::LineWidth(width) => stream.state.line_width = width.0.as_f64(),
            Op::DashPattern(pattern) => {
                let is_dashed = pattern.0.iter::<f64>().any(|dash| dash > 0.0);
                stream.state.line = if is_dashed { Stroke::Dashed } else { Stroke::Solid };
            }
            Op::InlineImage(_) => self.picture(stream.state.place),
            Op::TextFont(font) => {
                stream.state.size = font.1.as_f64();
                stream.state.font = self.font(font.0, stream.resources);
            }
            _ => {
                if !stream.colour(operator) && !stream.path(operator, self.canvas) {
                    stream.pencil.step(operator, &mut stream.state, self.canvas);
                }
            }
        }
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<(usize, Rc<Font>)> {
        let dict = resources.get_font(name)?;
        let id = dict.obj_id();
        let known = self.fonts.fonts.iter().position(|(known, _)| known.is_some() && *known == id);
        let place = known.unwrap_or_else(|| {
            self.fonts.fonts.push((id, Rc::new(Font::of(&dict))));
            self.fonts.fonts.len() - 1
        });
        self.fonts.fonts.get(place).map(|(_, font)| (place, Rc::clone(font)))
    }
}

/// What belongs to one stream while it is carried out.
struct StreamRun<'r, 'a> {
    states: Vec<State>,
    state: State,
    path: Path,
    /// Whether the path becomes a clip when it is painted.
    clips: bool,
    pencil: Pencil,
    resources: &'r Resources<'a>,
}

impl StreamRun<'_, '_> {
    /// Carries out an operator of colour; returns whether it was one.
    fn colour(&mut self, operator: &TypedInstruction<'_, '_>) -> bool {
        use TypedInstruction as Op;
        let state = &mut self.state;
        let current = state.fill_space;
        let mut fill = |space: Space, parts: &[Number]| {
            (state.fill_space, state.fill) = (space, space.colour(parts));
        };
        match operator {
            Op::NonStrokeColorDeviceGray(gray) => fill(Space::Gray, &[gray.0]),
            Op::NonStrokeColorDeviceRgb(c) => fill(Space::Rgb, &[c.0, c.1, c.2]),
            Op::NonStrokeColorCmyk(c) => fill(Space::Cmyk, &[c.0, c.1, c.2, c.3]),
            Op::ColorSpaceNonStroke(name) => {
                let space = Space::named(name.0, self.resources);
                (state.fill_space, state.fill) = (space, super::colour::grey(0.0));
            }
            Op::NonStrokeColor(parts) => fill(current, &parts.0),
            Op::NonStrokeColorNamed(parts) => fill(current, &parts.0),
            Op::StrokeColorDeviceGray(gray) => state.stroke = Space::Gray.colour(&[gray.0]),
            Op::StrokeColorDeviceRgb(c) => state.stroke = Space::Rgb.colour(&[c.0, c.1, c.2]),
            Op::StrokeColorCmyk(c) => state.stroke = Space::Cmyk.colour(&[c.0, c.1, c.2, c.3]),
            Op::ColorSpaceStroke(name) => {
                state.stroke_space = Space::named(name.0, self.resources);
                state.stroke = super::colour::grey(0.0);
            }
            Op::StrokeColor(parts) => state.stroke = state.stroke_space.colour(&parts.0),
            Op::StrokeColorNamed(parts) => state.stroke = state.stroke_space.colour(&parts.0),
            Op::SetGraphicsState(name) => self.external_state(name.0),
            _ => return false,
        }
        true
    }

    fn external_state(&mut self, name: &Name<'_>) {
        let Some(dict) = self.resources.get_ext_g_state(name) else { return };
        if let Some(width) = dict.get::<f64>("LW") {
            self.state.line_width = width;
        }
    }

    /// Carries out an operator of paths; returns whether it was one.
    fn path(&mut self, operator: &TypedInstruction<'_, '_>, canvas: &mut Canvas) -> bool {
        use TypedInstruction as Op;
        let place = self.state.place;
        match operator {
            Op::MoveTo(to) => self.path.begin(place, to.0.as_f64(), to.1.as_f64()),
            Op::LineTo(to) => self.path.line(place, to.0.as_f64(), to.1.as_f64()),
            Op::CubicTo(c) => self.path.curve(place, c.4.as_f64(), c.5.as_f64()),
            Op::CubicStartTo(c) => self.path.curve(place, c.2.as_f64(), c.3.as_f64()),
            Op::CubicEndTo(c) => self.path.curve(place, c.2.as_f64(), c.3.as_f64()),
            Op::ClosePath(_) => self.path.close(),
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => self.clips = true,
            Op::RectPath(r) => self.path.rectangle(
                place,
                (r.0.as_f64(), r.1.as_f64()),
                (r.2.as_f64(), r.3.as_f64()),
            ),
            _ => return self.paint(operator, canvas),
        }
        true
    }

    fn paint(&mut self, operator: &TypedInstruction<'_, '_>, canvas: &mut Canvas) -> bool {
        use TypedInstruction as Op;
        let (closes, fills, strokes) = match operator {
            Op::StrokePath(_) => (false, false, true),
            Op::CloseAndStrokePath(_) => (true, false, true),
            Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_) => (false, true, false),
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => (false, true, true),
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                (true, true, true)
            }
            Op::EndPath(_) => (false, false, false),
            _ => return false,
        };
        let mut path = std::mem::take(&mut self.path);
        if std::mem::take(&mut self.clips) && path.is_comb() {
            self.state.clip = Stroke::Dashed;
        }
        if closes {
            path.close();
        }
        if fills {
            path.fill(self.state.fill, self.state.clip, canvas);
        }
        if strokes {
            let width = self.state.line_width * self.state.place.height();
            let pen = Pen { width, stroke: self.state.line, colour: self.state.stroke };
            path.stroke(pen, canvas);
        }
        true
    }
}

fn matrix(numbers: [Number; 6]) -> Matrix {
    Matrix(numbers.map(|number| number.as_f64()))
}

/// Returns the normal appearance of a form field.
pub(super) fn appearance<'a>(field: &Dict<'a>) -> Option<Stream<'a>> {
    match field.get::<Dict<'_>>("AP")?.get::<Object<'_>>("N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => states.get::<Stream<'_>>(field.get::<Name<'_>>("AS")?),
        _ => None,
    }
}

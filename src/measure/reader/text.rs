//! The operators of text: where each shown code comes to stand.

use hayro_syntax::{content::ops::TypedInstruction, object::Object};

use super::super::page::{Slope, Weight};
use super::canvas::{Canvas, Glyph};
use super::matrix::Matrix;
use super::state::State;

/// The text matrices between `BT` and `ET`.
#[derive(Clone, Debug)]
pub(super) struct Pencil {
    matrix: Matrix,
    line: Matrix,
}

impl Default for Pencil {
    fn default() -> Self {
        Self { matrix: Matrix::IDENTITY, line: Matrix::IDENTITY }
    }
}

impl Pencil {
    /// Carries out an operator of text; others are left alone.
    pub(super) fn step(
        &mut self,
        operator: &TypedInstruction<'_, '_>,
        state: &mut State,
        canvas: &mut Canvas,
    ) {
        use TypedInstruction as Op;
        match operator {
            Op::BeginText(_) => *self = Self::default(),
            Op::CharacterSpacing(number) => state.character_spacing = number.0.as_f64(),
            Op::WordSpacing(number) => state.word_spacing = number.0.as_f64(),
            Op::HorizontalScaling(number) => state.stretch = number.0.as_f64() / 100.0,
            Op::TextLeading(number) => state.leading = number.0.as_f64(),
            Op::TextRenderingMode(number) => state.mode = number.0.as_i64(),
            Op::TextRise(number) => state.rise = number.0.as_f64(),
            Op::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            Op::NextLineAndSetLeading(by) => {
                state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Op::SetTextMatrix(tm) => {
                let numbers = [tm.0, tm.1, tm.2, tm.3, tm.4, tm.5];
                self.line = Matrix(numbers.map(|number| number.as_f64()));
                self.matrix = self.line;
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -state.leading),
            Op::ShowText(text) => self.show(text.0, state, canvas),
            Op::NextLineAndShowText(text) => {
                self.next_line(0.0, -state.leading);
                self.show(text.0, state, canvas);
            }
            Op::ShowTextWithParameters(show) => {
                state.word_spacing = show.0.as_f64();
                state.character_spacing = show.1.as_f64();
                self.next_line(0.0, -state.leading);
                self.show(show.2, state, canvas);
            }
            Op::ShowTexts(parts) => {
                for part in parts.0.iter::<Object<'_>>() {
                    match part {
                        Object::String(text) => self.show(&text, state, canvas),
                        Object::Number(back) => {
                            self.advance(-back.as_f64() / 1000.0 * state.size * state.stretch);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.matrix = self.line;
    }

    fn advance(&mut self, x: f64) {
        self.matrix = Matrix::shift(x, 0.0).then(self.matrix);
    }

    fn show(&mut self, bytes: &[u8], state: &State, canvas: &mut Canvas) {
        let Some((place, font)) = &state.font else { return };
        let scale = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        for code in font.codes(bytes) {
            let to_page = scale.then(self.matrix).then(state.place);
            let text = code.text.map(|text| meant(text, code.advance));
            let is_blank = text.is_some_and(|text| text.chars().all(super::super::page::is_blank));
            let mut spacing = state.character_spacing;
            if code.is_word_space {
                spacing += state.word_spacing;
            }
            let step = (code.advance * state.size + spacing) * state.stretch;
            let (left, baseline) = to_page.point(0.0, 0.0);
            let width = if is_blank && state.size != 0.0 {
                step / (state.size * state.stretch)
            } else {
                code.advance
            };
            let (right, _) = to_page.point(width, 0.0);
            let is_sound = left.is_finite() && right.is_finite() && baseline.is_finite();
            if matches!(state.mode, 3 | 7) {
                canvas.invisible += usize::from(!is_blank);
            } else if to_page.is_level() && is_sound {
                let is_thickened = state.mode == 2 && state.line_width > 0.0;
                canvas.glyphs.push(Glyph {
                    text: text.map(str::to_owned),
                    left,
                    right,
                    baseline,
                    size: to_page.height(),
                    font: *place,
                    weight: if is_thickened { Weight::Bold } else { font.weight },
                    slope: if to_page.leans() { Slope::Italic } else { font.slope },
                    colour: if state.mode == 1 { state.stroke } else { state.fill },
                });
            }
            self.advance(step);
        }
    }
}

/// Returns the character that a glyph shows. Fonts have one glyph for several characters, of which a
/// program that goes back from the glyph takes any: a hyphen that is seen is no soft one.
fn meant(text: &str, advance: f64) -> &str {
    match text {
        "\u{ad}" if advance > 0.0 => "-",
        "\u{2010}" | "\u{2011}" => "-",
        "\u{d0}" | "\u{189}" => "Đ",
        "\u{2044}" | "\u{2215}" => "/",
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glyph_of_several_characters_is_what_it_shows() {
        assert_eq!(meant("\u{ad}", 0.333), "-");
        assert_eq!(meant("\u{ad}", 0.0), "\u{ad}", "not seen");
        assert_eq!(meant("\u{d0}", 0.722), "Đ");
        assert_eq!(meant("đ", 0.5), "đ");
    }
}

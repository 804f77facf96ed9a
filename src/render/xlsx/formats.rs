//! How cells look: type, alignment, borders and number formats.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatScript, FormatUnderline};

use super::widths::Type;
use crate::compose::document::{Align, Constant, ConstantKind, FigureRef, NumberFormat, Run};

/// The typeface that the layout decree names.
pub(super) const FONT: &str = "Times New Roman";

/// Blue of a link, readable in print.
const LINK_COLOUR: Color = Color::RGB(0x00_05_63_C1);

/// Pixels of an indent by one: as wide as three spaces of the normal type.
pub(super) const INDENT: f64 = 12.0;

/// How a cell looks before its runs say more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Size and weight.
    pub letters: Type,
    /// Italic throughout.
    pub italic: bool,
    /// Where the words stand between left and right.
    pub align: FormatAlign,
    /// Where the words stand between top and bottom.
    pub vertical: FormatAlign,
    /// Which borders the cell has.
    pub border: Border,
    /// Whether words go on in a next line; else they run over the empty cells beside.
    pub wrapped: bool,
}

/// The borders of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Border {
    /// None.
    None,
    /// All four.
    All,
    /// Of a stretch of cells that looks like one: all but the sides where it goes on.
    Stretch {
        /// The first cell, with a border at its left.
        first: bool,
        /// The last cell, with a border at its right.
        last: bool,
    },
    /// A rule: the upper border only.
    Rule,
}

impl Border {
    fn on(self, format: Format) -> Format {
        let thin = FormatBorder::Thin;
        match self {
            Self::None => format,
            Self::All => format.set_border(thin),
            Self::Rule => format.set_border_top(thin),
            Self::Stretch { first, last } => {
                let format = format.set_border_top(thin).set_border_bottom(thin);
                let format = if first { format.set_border_left(thin) } else { format };
                if last { format.set_border_right(thin) } else { format }
            }
        }
    }
}

impl Look {
    /// Returns upright words of a size, without borders, in the middle of the row's height.
    pub(super) const fn plain(size: u8, align: FormatAlign) -> Self {
        Self {
            letters: Type { size, bold: false },
            italic: false,
            align,
            vertical: FormatAlign::VerticalCenter,
            border: Border::None,
            wrapped: true,
        }
    }

    /// Returns the look in bold.
    pub(super) const fn bold(mut self) -> Self {
        self.letters.bold = true;
        self
    }

    /// Returns the look in italics.
    pub(super) const fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    /// Returns the look at the top of the row.
    pub(super) const fn top(mut self) -> Self {
        self.vertical = FormatAlign::Top;
        self
    }

    /// Returns the look with borders.
    pub(super) const fn bordered(mut self) -> Self {
        self.border = Border::All;
        self
    }

    /// Returns the format of a cell of these runs, of which none or all have a trait.
    pub(super) fn cell(self, runs: &[Run]) -> Format {
        let words: Vec<&Run> = runs.iter().filter(|run| !run.shown().is_empty()).collect();
        let all = |has: fn(&Run) -> bool| !words.is_empty() && words.iter().all(|run| has(run));
        let mut look = self;
        look.letters.bold |= all(|run| run.bold);
        look.italic |= all(|run| run.italic);
        let mut format = look.letters().set_align(self.align).set_align(self.vertical);
        if self.wrapped {
            format = format.set_text_wrap();
        }
        format = self.border.on(format);
        if self.is_indented() {
            format = format.set_indent(1);
        }
        if words.iter().any(|run| run.link.is_some()) {
            format = linked(format);
        }
        format
    }

    /// Returns the format of one run inside a cell.
    pub(super) fn segment(self, run: &Run) -> Format {
        let mut look = self;
        look.letters.bold |= run.bold;
        look.italic |= run.italic;
        let mut format = look.letters();
        if run.superscript {
            format = format.set_font_script(FormatScript::Superscript);
        }
        if run.link.is_some() { linked(format) } else { format }
    }

    /// Returns whether the words keep a distance to the border at their left, so that they do not
    /// touch a number in the column before.
    fn is_indented(self) -> bool {
        self.border != Border::None && self.align == FormatAlign::Left
    }

    /// Returns how many lines words take in a cell of this width in pixels.
    pub(super) fn lines(self, text: &str, pixels: f64) -> u32 {
        let indent = if self.is_indented() { INDENT } else { 0.0 };
        self.letters.lines(text, pixels - indent)
    }

    fn letters(self) -> Format {
        let mut format = Format::new().set_font_name(FONT).set_font_size(self.letters.size);
        if self.letters.bold {
            format = format.set_bold();
        }
        if self.italic {
            format = format.set_italic();
        }
        format
    }
}

fn linked(format: Format) -> Format {
    format.set_font_color(LINK_COLOUR).set_underline(FormatUnderline::Single)
}

/// Returns the format of cells that nobody wrote, with the height of its rows and the width of its
/// columns in pixels: Times New Roman 12, whose digits are 8 pixels wide and count columns.
pub(super) fn normal() -> (Format, u32, u32) {
    (Format::new().set_font_name(FONT).set_font_size(12), 21, 72)
}

/// Returns the alignment of a column's cells.
pub(super) fn alignment(align: Align) -> FormatAlign {
    match align {
        Align::Left => FormatAlign::Left,
        Align::Centre => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    }
}

/// The minus sign of the printed report, as a number format quotes it.
const MINUS: &str = "\"\u{2212}\"";

/// Returns the number format of a figure with a mark behind it.
///
/// Signs of thousands and decimals come from the reader's settings; zero is "-" as in statistics.
pub(super) fn figure_format(figure: &FigureRef, decimals: u8, mark: &str) -> String {
    let digits = match figure.format {
        NumberFormat::Number | NumberFormat::Signed => with_decimals("#,##0", decimals),
        NumberFormat::Percent => format!("{}%", with_decimals("0", decimals)),
    };
    let plus = if figure.shown.starts_with('+') { "+" } else { "" };
    let mark_text = if mark.is_empty() { String::new() } else { quoted(mark) };
    let zero_is_dash = figure.format != NumberFormat::Percent || figure.shown == "-";
    if zero_is_dash {
        let zero = quoted(&format!("-{mark}"));
        format!("{plus}{digits}{mark_text};{MINUS}{digits}{mark_text};{zero}")
    } else {
        format!("{digits}{mark_text}")
    }
}

/// Returns the number format of a constant that is a number.
pub(super) fn constant_format(constant: &Constant, decimals: u8, mark: &str) -> String {
    let digits = if constant.kind == ConstantKind::Ordinal { "0" } else { "#,##0" };
    let mark = if mark.is_empty() { String::new() } else { quoted(mark) };
    format!("{}{mark}", with_decimals(digits, decimals))
}

/// Returns the mark of a footnote in raised signs, since a number format knows no raised letters.
pub(super) fn raised(mark: &str) -> String {
    mark.chars()
        .map(|sign| match sign {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            '9' => '⁹',
            '(' => '⁽',
            ')' => '⁾',
            other => other,
        })
        .collect()
}

fn with_decimals(digits: &str, decimals: u8) -> String {
    match decimals {
        0 => digits.to_owned(),
        places => format!("{digits}.{}", "0".repeat(usize::from(places))),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "”"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Quantity;

    #[test]
    fn number_formats_show_zero_as_a_dash_and_keep_marks() {
        let cases = [
            (NumberFormat::Number, "12.345", 0, "", "#,##0;\"\u{2212}\"#,##0;\"-\""),
            (NumberFormat::Number, "1,5", 1, "", "#,##0.0;\"\u{2212}\"#,##0.0;\"-\""),
            (NumberFormat::Number, "7", 0, "⁽¹⁾", "#,##0\"⁽¹⁾\";\"\u{2212}\"#,##0\"⁽¹⁾\";\"-⁽¹⁾\""),
            (NumberFormat::Percent, "76,75%", 2, "", "0.00%"),
            (NumberFormat::Percent, "-", 2, "", "0.00%;\"\u{2212}\"0.00%;\"-\""),
            (NumberFormat::Signed, "+1,25", 2, "", "+#,##0.00;\"\u{2212}\"#,##0.00;\"-\""),
        ];
        for (format, shown, decimals, mark, expected) in cases {
            let figure = FigureRef {
                id: "b08.xa.tienminh.value".to_owned(),
                shown: shown.to_owned(),
                value: Some(Quantity { scaled: 1, decimals }),
                format,
            };
            assert_eq!(figure_format(&figure, decimals, mark), expected, "{shown}");
        }
    }
}

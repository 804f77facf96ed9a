//! How the cells of a form look: input cells are light yellow, so that one sees where to write.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::{super::formats::FONT, SIZE};
use crate::compose::forms::document::{FormCell, FormContent, FormInputKind, FormLook};

/// Background of input cells; pale enough not to show in a copy.
const INPUT: Color = Color::RGB(0x00_FF_FB_E6);
const RED: Color = Color::RGB(0x00_C0_00_00);

/// The looks of all cells.
pub(super) struct Looks {
    normal: Format,
}

impl Looks {
    /// Returns the looks.
    pub(super) fn new() -> Self {
        Self { normal: Format::new().set_font_name(FONT).set_font_size(SIZE) }
    }

    /// Returns the format of cells that nobody wrote.
    pub(super) fn normal(&self) -> &Format {
        &self.normal
    }

    /// Returns the format of a cell.
    pub(super) fn of(&self, cell: &FormCell) -> Format {
        let look = cell.look;
        let mut format = self.normal.clone().set_align(FormatAlign::VerticalCenter);
        format = format.set_align(look.align());
        if look.is_bold() {
            format = format.set_bold();
        }
        if look.is_italic() {
            format = format.set_italic();
        }
        if look.is_wrapped() {
            format = format.set_text_wrap();
        }
        if look.is_in_table() {
            format = format.set_border(FormatBorder::Thin);
        }
        if look.is_indented() {
            format = format.set_indent(1);
        }
        format = match look {
            FormLook::Title => format.set_font_size(13),
            FormLook::ColumnNumber => format.set_font_size(9),
            FormLook::Warning => format.set_font_color(RED),
            FormLook::Count | FormLook::Total => format.set_num_format(number_format(cell)),
            FormLook::Change => format.set_num_format("+#,##0;-#,##0;0"),
            _ => format,
        };
        if let Some(input) = &cell.input {
            format = format.set_unlocked();
            if look.is_in_table() {
                format = format.set_background_color(INPUT);
            }
            format = match input.kind {
                FormInputKind::Date { .. } => format.set_num_format("dd/mm/yyyy"),
                FormInputKind::Whole { most: 99, .. } => {
                    format.set_background_color(INPUT).set_border(FormatBorder::Thin)
                }
                // Whatever is written there stays words.
                FormInputKind::Words => format.set_num_format("@"),
                _ => format,
            };
            if input.kind == FormInputKind::Words && cell.last - cell.first > 4 {
                format = format.set_align(FormatAlign::Top);
            }
        }
        format
    }
}

fn number_format(cell: &FormCell) -> String {
    let decimals = match &cell.content {
        FormContent::Number(number) => number.decimals,
        _ => 0,
    };
    let is_decimal = cell.input.as_ref().is_some_and(|input| input.kind == FormInputKind::Decimal);
    match (decimals, is_decimal) {
        (0, false) => "#,##0".to_owned(),
        (0, true) => "#,##0.##".to_owned(),
        (places, _) => format!("#,##0.{}", "0".repeat(places.into())),
    }
}

impl FormLook {
    fn align(self) -> FormatAlign {
        match self {
            Self::Centred
            | Self::CentredItalic
            | Self::Title
            | Self::Head
            | Self::ColumnNumber
            | Self::Middle => FormatAlign::Center,
            Self::BoldRight | Self::Count | Self::Total | Self::Change => FormatAlign::Right,
            _ => FormatAlign::Left,
        }
    }

    /// Returns whether the words are bold.
    pub(super) fn is_bold(self) -> bool {
        matches!(
            self,
            Self::Bold
                | Self::BoldRight
                | Self::Centred
                | Self::Title
                | Self::Head
                | Self::Section
                | Self::Total
        )
    }

    fn is_italic(self) -> bool {
        matches!(self, Self::CentredItalic | Self::Italic | Self::ColumnNumber)
    }

    /// Returns whether the words go on in a next line.
    pub(super) fn is_wrapped(self) -> bool {
        !matches!(self, Self::Warning | Self::Count | Self::Total | Self::Change | Self::Plain)
    }

    /// Returns whether the words keep a distance to the border.
    pub(super) fn is_indented(self) -> bool {
        let at_a_side = matches!(self.align(), FormatAlign::Left | FormatAlign::Right);
        self == Self::Warning || (self.is_in_table() && at_a_side)
    }

    fn is_in_table(self) -> bool {
        matches!(
            self,
            Self::Head
                | Self::ColumnNumber
                | Self::Section
                | Self::Words
                | Self::Middle
                | Self::Count
                | Self::Total
                | Self::Change
        )
    }
}

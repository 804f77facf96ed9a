//! How the cells of a form look: Times New Roman, thin borders, wrapped words.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The formats of a form.
pub(crate) struct Formats {
    /// Words without a border.
    pub(crate) plain: Format,
    /// Bold, centred, without a border.
    pub(crate) centred: Format,
    /// Centred, not bold, without a border.
    pub(crate) line: Format,
    /// Centred italics without a border.
    pub(crate) italic: Format,
    /// Bold, to the right, without a border.
    pub(crate) form_name: Format,
    /// Title of the form.
    pub(crate) title: Format,
    /// The mark of sample figures.
    pub(crate) mark: Format,
    /// Bold words without a border.
    pub(crate) bold: Format,
    /// Head of a table.
    pub(crate) head: Format,
    /// Row of column numbers.
    pub(crate) numbers: Format,
    /// Section row.
    pub(crate) section: Format,
    /// Words in a table.
    pub(crate) words: Format,
    /// Centred words in a table.
    pub(crate) middle: Format,
    /// Counts in a table.
    pub(crate) count: Format,
    /// Words or signs in a column of counts.
    pub(crate) sign: Format,
    /// Total row: words.
    pub(crate) total_words: Format,
    /// Total row: counts.
    pub(crate) total_count: Format,
}

/// Returns the default format of a workbook.
pub(super) fn plain() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(11)
}

impl Formats {
    /// Returns the formats of all forms.
    pub(crate) fn new() -> Self {
        let base = Format::new().set_font_name("Times New Roman").set_font_size(12);
        let base = base.set_align(FormatAlign::VerticalCenter);
        let table = base.clone().set_font_size(11).set_border(FormatBorder::Thin).set_text_wrap();
        let centred = base.clone().set_align(FormatAlign::Center);
        let middle = table.clone().set_align(FormatAlign::Center);
        let count = table.clone().set_num_format("#,##0").set_align(FormatAlign::Right);
        Self {
            plain: base.clone(),
            centred: centred.clone().set_bold(),
            line: centred.clone(),
            italic: centred.clone().set_italic(),
            form_name: base.clone().set_bold().set_align(FormatAlign::Right),
            title: centred.clone().set_bold().set_font_size(13).set_text_wrap(),
            mark: centred.set_bold().set_font_color(Color::Red),
            bold: base.set_bold(),
            head: middle.clone().set_bold(),
            numbers: middle.clone().set_italic().set_font_size(10),
            section: table.clone().set_bold(),
            total_words: table.clone().set_bold(),
            total_count: count.clone().set_bold(),
            sign: table.clone().set_align(FormatAlign::Right),
            words: table,
            middle,
            count,
        }
    }
}

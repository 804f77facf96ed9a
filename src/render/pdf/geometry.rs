//! The measures of the official layout, named by the clauses of Nghị định 30/2020/NĐ-CP, Phụ lục I,
//! Phần I. Every length of a page is decided here and nowhere else. Lengths are in points unless
//! the name says millimetres.

use crate::compose::document::Orientation;

/// Points in a millimetre.
pub const MM: f64 = 72.0 / 25.4;

/// I.1: A4, the short side.
pub const PAPER_SHORT: f64 = 210.0 * MM;
/// I.1: A4, the long side.
pub const PAPER_LONG: f64 = 297.0 * MM;
/// I.3: top margin, 20 to 25 mm.
pub const MARGIN_TOP: f64 = 20.0 * MM;
/// I.3: bottom margin, 20 to 25 mm.
pub const MARGIN_BOTTOM: f64 = 20.0 * MM;
/// I.3: left margin, 30 to 35 mm.
pub const MARGIN_LEFT: f64 = 30.0 * MM;
/// I.3: right margin, 15 to 20 mm.
pub const MARGIN_RIGHT: f64 = 20.0 * MM;
/// I.3: right margin of a landscape annex; the tables want the room.
pub const MARGIN_RIGHT_LANDSCAPE: f64 = 15.0 * MM;

/// I.7: page numbers, 13 to 14.
pub const PAGE_NUMBER_SIZE: f64 = 14.0;
/// I.7: the base line of page numbers, in the top margin.
pub const PAGE_NUMBER_BASELINE: f64 = 14.0 * MM;

/// II.1.a: Quốc hiệu, 12 to 13, upright and bold.
pub const NATION_SIZE: f64 = 13.0;
/// II.1.b: Tiêu ngữ, 13 to 14, upright and bold; 13 goes with 14 (footnote 2).
pub const MOTTO_SIZE: f64 = 14.0;
/// II.2: superior and issuing body, 12 to 13.
pub const BODY_NAME_SIZE: f64 = 13.0;
/// II.3: number and sign, 13.
pub const NUMBER_SIZE: f64 = 13.0;
/// II.4: place and date, 13 to 14, italic; 14 goes with a Tiêu ngữ of 14 (footnote 2).
pub const DATE_SIZE: f64 = 14.0;
/// Footnote 2: sizes that grow and shrink together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeaderSizes {
    /// Quốc hiệu.
    pub nation: f64,
    /// Tiêu ngữ.
    pub motto: f64,
    /// Place and date.
    pub date: f64,
    /// Superior and issuing body.
    pub body: f64,
}

/// Footnote 2: the larger sizes.
pub const HEADER_LARGE: HeaderSizes =
    HeaderSizes { nation: NATION_SIZE, motto: MOTTO_SIZE, date: DATE_SIZE, body: BODY_NAME_SIZE };
/// Footnote 2: the smaller ones, for a place or a sign that needs the room.
pub const HEADER_SMALL: HeaderSizes =
    HeaderSizes { nation: 12.0, motto: 13.0, date: 13.0, body: 12.0 };
/// IV: the part of the block's width left to ô 2 and 3; the rest belongs to ô 1 and 4.
pub const HEADER_LEFT_SHARE: f64 = 60.0 / 160.0;
/// Room between the two columns of the header block.
pub const HEADER_GUTTER: f64 = 1.5 * MM;
/// Base line to base line in the header block ("dòng đơn").
pub const HEADER_LEADING: f64 = 16.2;
/// From the last line of the header block's upper half to the line of number and date.
pub const NUMBER_GAP: f64 = 26.0;

/// II.1.b, II.2, II.5: thickness of the rules.
pub const RULE_WIDTH: f64 = 0.7;
/// II.1.b, II.2, II.5: from a base line to the rule under it.
pub const RULE_DROP: f64 = 6.0;
/// II.2, II.5: length of the rules under issuer and trích yếu, as a share (1/3 to 1/2) of the line.
pub const RULE_SHARE: f64 = 0.42;

/// II.5.a: kind of document and trích yếu, 13 to 14, upright and bold.
pub const TITLE_SIZE: f64 = 14.0;
/// Room over the kind of document.
pub const TITLE_BEFORE: f64 = 14.0;
/// Room under the rule of the trích yếu.
pub const TITLE_AFTER: f64 = 8.0;
/// Share of the block's width that a centred title may fill before it is broken.
pub const TITLE_WIDTH_SHARE: f64 = 0.94;

/// II.6: the text, 13 to 14.
pub const BODY_SIZE: f64 = 14.0;
/// II.6: first line indent, 1 or 1,27 cm.
pub const FIRST_INDENT: f64 = 12.7 * MM;
/// II.6: room between paragraphs, at least 6 pt.
pub const PARAGRAPH_GAP: f64 = 6.0;
/// Room over a heading of level 1.
pub const HEADING_GAP: f64 = 9.0;
/// Height of a single line of Times New Roman, as a multiple of the size.
pub const SINGLE: f64 = 1.15;
/// II.6: line spacing, single to 1,5 lines.
pub const BODY_SPACING: f64 = 1.15;
/// Lines of a paragraph that stay together at a page break.
pub const LINES_TOGETHER: usize = 2;

/// II.7: authority, office and name, 13 to 14, upright and bold.
pub const SIGNATURE_SIZE: f64 = 14.0;
/// II.7, II.8: room for signature and seal.
pub const SIGNATURE_ROOM: f64 = 30.0 * MM;
/// Half the width of the rectangle for a signature.
pub const SIGNATURE_HALF_WIDTH: f64 = 30.0 * MM;
/// II.8: the part of the signature, from its left edge, that the seal covers.
pub const SEAL_OVER_SIGNATURE: f64 = 1.0 / 3.0;
/// II.8: the square for the seal, which is printed in its actual size (our rule: up to 36 mm).
pub const SEAL_SIZE: f64 = 36.0 * MM;
/// How far programs that fill a form keep their text from the edge of a field.
pub const FIELD_INSET: f64 = 2.0;
/// From the upper edge of a field to the base line of its text, as a share of the size.
pub const FIELD_ASCENT: f64 = 0.95;
/// From the base line of its text to the lower edge of a field, as a share of the size.
pub const FIELD_DESCENT: f64 = 0.3;
/// IV: part of the block's width left to the recipients (ô 9b).
pub const SIGNATURE_LEFT_SHARE: f64 = 0.46;
/// II.9.b: "Nơi nhận:", 12, bold italic.
pub const RECIPIENTS_LABEL_SIZE: f64 = 12.0;
/// II.9.b: the list of recipients, 11.
pub const RECIPIENTS_SIZE: f64 = 11.0;
/// Room over the signature block.
pub const SIGNATURE_BEFORE: f64 = 12.0;

/// III.1: label and title of an annex, 14 and 13 to 14, bold.
pub const ANNEX_SIZE: f64 = 14.0;
/// III.1: the longest short rule under the head of an annex.
pub const ANNEX_RULE: f64 = 50.0 * MM;
/// III.1: "Kèm theo" line, 13 to 14, italic.
pub const ATTACHED_SIZE: f64 = 14.0;

/// Footnotes and the key of signs (our rule: 11 to 12).
pub const NOTE_SIZE: f64 = 11.0;
/// Caption of a table.
pub const CAPTION_SIZE: f64 = 14.0;
/// "Đơn vị tính: …" over a table.
pub const UNIT_SIZE: f64 = 12.0;
/// Text of a table, the largest size that its columns bear (our rule: never under 9).
pub const TABLE_SIZES: [f64; 4] = [12.0, 11.0, 10.0, 9.0];
/// Sizes that a table takes for the sake of fewer lines, and what part of its lines each must save.
pub const TABLE_SAVINGS: [(f64, f64); 3] = [(11.0, 0.18), (10.0, 0.3), (9.0, 0.4)];
/// Borders of a table.
pub const BORDER_WIDTH: f64 = 0.5;
/// Room left and right in a cell, as a share of the size.
pub const CELL_PADDING_X: f64 = 0.25;
/// Room over and under the text of a cell.
pub const CELL_PADDING_Y: f64 = 2.0;
/// The same where lower rows save a page.
pub const CELL_PADDING_Y_LEAST: f64 = 1.0;
/// Rows that the last page of a table has at least, the total not counted.
pub const LAST_ROWS: usize = 4;
/// The smallest size of a column number; they are a point smaller than the table.
pub const COLUMN_NUMBER_LEAST: f64 = 9.0;
/// Room under a table.
pub const TABLE_AFTER: f64 = 8.0;
/// Caption of a chart.
pub const CHART_CAPTION_SIZE: f64 = 13.0;
/// Notes under a chart.
pub const CHART_NOTE_SIZE: f64 = 11.0;
/// Room over the caption of a chart.
pub const CHART_BEFORE: f64 = 6.0;
/// Room under a chart.
pub const CHART_AFTER: f64 = 10.0;
/// Height of a superscript, as a share of the size.
pub const SUPERSCRIPT_SIZE: f64 = 0.65;
/// How far a superscript is raised, as a share of the size.
pub const SUPERSCRIPT_RISE: f64 = 0.35;

/// The paper and the text block of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageBox {
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
    /// Left edge of the text block.
    pub left: f64,
    /// Right edge of the text block.
    pub right: f64,
    /// Upper edge of the text block, from the top of the paper.
    pub top: f64,
    /// Lower edge of the text block, from the top of the paper.
    pub bottom: f64,
}

impl PageBox {
    /// Returns the paper and text block of an orientation.
    pub fn of(orientation: Orientation) -> Self {
        let (width, height, margin_right) = match orientation {
            Orientation::Portrait => (PAPER_SHORT, PAPER_LONG, MARGIN_RIGHT),
            Orientation::Landscape => (PAPER_LONG, PAPER_SHORT, MARGIN_RIGHT_LANDSCAPE),
        };
        Self {
            width,
            height,
            left: MARGIN_LEFT,
            right: width - margin_right,
            top: MARGIN_TOP,
            bottom: height - MARGIN_BOTTOM,
        }
    }

    /// Returns the width of the text block.
    pub fn text_width(&self) -> f64 {
        self.right - self.left
    }

    /// Returns the height of the text block.
    pub fn text_height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Returns the middle of the text block.
    pub fn centre(&self) -> f64 {
        self.left.midpoint(self.right)
    }
}

/// Returns the distance of single-spaced base lines at a size.
pub fn single(size: f64) -> f64 {
    size * SINGLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_are_within_the_ranges_of_the_decree() {
        for orientation in [Orientation::Portrait, Orientation::Landscape] {
            let page = PageBox::of(orientation);
            assert!((20.0..=25.0).contains(&(page.top / MM)));
            assert!((19.999..=25.0).contains(&((page.height - page.bottom) / MM)));
            assert!((30.0..=35.0).contains(&(page.left / MM)));
            assert!((14.999..=20.001).contains(&((page.width - page.right) / MM)));
        }
    }

    #[test]
    fn sizes_and_spacings_are_those_of_the_decree() {
        for sizes in [HEADER_LARGE, HEADER_SMALL] {
            let sizes = (sizes.nation, sizes.motto, sizes.date);
            assert!([(13.0, 14.0, 14.0), (12.0, 13.0, 13.0)].contains(&sizes));
        }
        assert!((1.0 / 3.0..=0.5).contains(&RULE_SHARE));
        assert!((1.0..=1.5).contains(&BODY_SPACING));
        assert!((FIRST_INDENT / MM - 12.7).abs() < 1e-9);
        assert!(TABLE_SIZES.iter().all(|size| (9.0..=12.0).contains(size)));
    }
}

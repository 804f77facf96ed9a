//! The header block (ô 1 to 4): superior and issuing body at the left, Quốc hiệu and Tiêu ngữ at the
//! right, number and date below, each centred on the axis of its column.

use crate::compose::document::{Header, Run};

use super::blanks::fillable;
use super::blocks::SectionLayout;
use super::columns::{Column, centred};
use super::geometry::{
    HEADER_GUTTER, HEADER_LARGE, HEADER_LEADING, HEADER_LEFT_SHARE, HEADER_SMALL, HeaderSizes,
    NUMBER_GAP, NUMBER_SIZE, RULE_DROP, RULE_SHARE,
};
use super::laid::{Face, FieldKind};
use super::strip::{Keep, Strip};
use super::text;

/// Adds the header block.
pub(super) fn header(section: &mut SectionLayout<'_, '_>, header: &Header) {
    let (sizes, left, right) = look(section, header);
    let mut strip = Strip::default();
    let first = HEADER_LEADING * 0.75;
    let superior = (Face::Regular, sizes.body);
    let (below, _) = centred(section, &mut strip, &header.superior, superior, (left, first));
    let issuer = (Face::Bold, sizes.body);
    let (left_end, length) = centred(section, &mut strip, &header.issuer, issuer, (left, below));
    let half = length * RULE_SHARE / 2.0;
    let left_end = left_end - HEADER_LEADING;
    strip.rule(left.centre() - half, left.centre() + half, left_end + RULE_DROP);

    let nation = [Run::text(header.nation.as_str())];
    let (below, _) =
        centred(section, &mut strip, &nation, (Face::Bold, sizes.nation), (right, first));
    let motto = [Run::text(header.motto.as_str())];
    let (right_end, length) =
        centred(section, &mut strip, &motto, (Face::Bold, sizes.motto), (right, below));
    let right_end = right_end - HEADER_LEADING;
    let centre = right.centre();
    strip.rule(centre - length / 2.0, centre + length / 2.0, right_end + RULE_DROP);

    let line = left_end.max(right_end) + NUMBER_GAP;
    let number = (FieldKind::Number, header.number.as_slice());
    let left_end =
        fillable(section, &mut strip, number, (Face::Regular, NUMBER_SIZE), (left, line));
    let date = (FieldKind::Day, header.place_and_date.as_slice());
    let right_end = fillable(section, &mut strip, date, (Face::Italic, sizes.date), (right, line));
    strip.height = left_end.max(right_end) - HEADER_LEADING + RULE_DROP;
    strip.keep = Keep::Firmly;
    section.strips.push(strip);
}

/// Returns the sizes and the two columns: the larger sizes, or the smaller when number or date would
/// need a second line; then the right column is no wider than its lines.
fn look(section: &mut SectionLayout<'_, '_>, header: &Header) -> (HeaderSizes, Column, Column) {
    let mut long = |runs: &[Run], face, size| text::need(section.shaper, runs, face, size).natural;
    let number = long(&header.number, Face::Regular, NUMBER_SIZE);
    let date = long(&header.place_and_date, Face::Italic, HEADER_LARGE.date);
    let small_date = long(&header.place_and_date, Face::Italic, HEADER_SMALL.date);
    let nation = [Run::text(header.nation.as_str())];
    let small_nation = long(&nation, Face::Bold, HEADER_SMALL.nation);
    let width = section.page.text_width();
    let (left, right) = columns(section, width * HEADER_LEFT_SHARE);
    if number <= left.width && date <= right.width {
        return (HEADER_LARGE, left, right);
    }
    let least = small_nation.max(small_date) + HEADER_GUTTER;
    let left_width = (width - least).max(width * HEADER_LEFT_SHARE / 2.0);
    let (left, right) = columns(section, left_width);
    (HEADER_SMALL, left, right)
}

fn columns(section: &SectionLayout<'_, '_>, left_width: f64) -> (Column, Column) {
    let page = section.page;
    let left = Column { x: page.left, width: left_width - HEADER_GUTTER };
    (left, Column { x: page.left + left_width, width: page.text_width() - left_width })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::{Block, Document};
    use crate::render::pdf::laid::Line;
    use crate::render::pdf::sample::{self, find, first_page};

    fn header_of(document: &mut Document) -> &mut Header {
        let Block::Header(header) = &mut document.sections[0].blocks[0] else {
            panic!("the sample begins with a header");
        };
        header
    }

    #[test]
    fn the_rule_under_the_motto_is_as_long_as_the_motto() {
        let (laid, lines) = first_page();
        let motto = find(&laid, "Độc lập");
        let rule = lines.iter().find(|line| (line.from.0 - motto.x).abs() < 0.05).unwrap();
        assert!((rule.to.0 - motto.x - motto.width).abs() < 0.05);
        assert!((2.0..8.0).contains(&(rule.from.1 - motto.y)));
        let nation = find(&laid, "CỘNG HÒA");
        let axis = motto.x + motto.width / 2.0;
        assert!((nation.x + nation.width / 2.0 - axis).abs() < 0.05);
        assert!((nation.width / super::super::geometry::MM - 95.7).abs() < 0.1);
    }

    #[test]
    fn the_rules_under_issuer_and_title_are_a_third_to_a_half_of_the_line() {
        let (laid, lines) = first_page();
        for (begins, ends) in [("TỔ CÔNG TÁC", "ĐỀ ÁN"), ("tháng 3 năm", "tháng 3 năm")]
        {
            let bold = |words: &str| {
                let mut texts = laid.texts().map(|(_, text)| text);
                texts.find(|text| text.face == Face::Bold && text.text.contains(words)).unwrap()
            };
            let (first, last) = (bold(begins), bold(ends));
            let (left, right) = (first.x, last.x + last.width);
            let is_under = |line: &&Line| {
                (2.0..8.0).contains(&(line.from.1 - first.y))
                    && (line.from.0 + line.to.0 - left - right).abs() < 0.1
            };
            let rule = lines.iter().find(is_under).unwrap();
            let share = (rule.to.0 - rule.from.0) / (right - left);
            assert!((1.0 / 3.0..=0.5).contains(&share), "{begins} {share}");
        }
    }

    #[test]
    fn number_and_date_share_a_base_line() {
        let (laid, _) = first_page();
        let (number, date) = (find(&laid, "Số: "), find(&laid, "Tiên Lãng, ngày"));
        assert!((number.y - date.y).abs() < 1e-9);
        assert_eq!((number.size, number.face), (13.0, Face::Regular));
        assert_eq!((date.size, date.face), (14.0, Face::Italic));
    }

    #[test]
    fn a_long_body_name_takes_more_lines_and_moves_the_number_down() {
        let mut document = sample::report(1);
        let Block::Header(header) = &mut document.sections[0].blocks[0] else {
            panic!("the sample begins with a header");
        };
        header.superior = vec![Run::text("ỦY BAN NHÂN DÂN HUYỆN TIÊN LÃNG")];
        let laid = sample::laid(&document);
        assert!(
            find(&laid, "ỦY BAN").y < find(&laid, "TỔ CÔNG TÁC").y - 2.0 * HEADER_LEADING + 0.1
        );
        assert!(find(&laid, "Số: ").y > find(&laid, "TỔ CÔNG TÁC").y + 20.0);
    }

    #[test]
    fn a_long_place_or_sign_makes_all_sizes_smaller_and_takes_one_line() {
        let mut document = sample::report(1);
        header_of(&mut document).place_and_date =
            vec![Run::text("Thành phố Hồ Chí Minh, ngày 05 tháng 01 năm 2024")];
        let mut other = sample::report(1);
        header_of(&mut other).number = vec![Run::text("Số: 1234/BC-TCTTKĐA06TPPRTC")];
        for (document, words) in [(document, "năm 2024"), (other, "TPPRTC")] {
            let laid = sample::laid(&document);
            let size = |words: &str| find(&laid, words).size;
            assert_eq!((size("CỘNG HÒA"), size("Độc lập"), size("năm 2024")), (12.0, 13.0, 13.0));
            assert!((size("TỔ CÔNG TÁC") - 12.0).abs() < 1e-9);
            assert!((find(&laid, "Số: ").y - find(&laid, words).y).abs() < 1e-9, "one line");
            let date = laid.texts().map(|(_, text)| text).filter(|text| {
                text.face == Face::Italic && (text.y - find(&laid, "Số: ").y).abs() < 1e-9
            });
            let right = date.map(|text| text.x + text.width).fold(0.0, f64::max);
            let page = super::super::geometry::PageBox::of(
                crate::compose::document::Orientation::Portrait,
            );
            assert!(right <= page.right + 0.01, "{right}");
        }
    }
}

//! The blanks of the header block: a run of blanks in the number or the date becomes a field, so that
//! văn thư can fill it in when the report is signed. What a field is in the file is in `forms`.

use crate::compose::document::Run;

use super::blocks::SectionLayout;
use super::columns::Column;
use super::geometry::{FIELD_ASCENT, FIELD_DESCENT, FIELD_INSET, HEADER_LEADING};
use super::laid::{Area, Face, Field, FieldKind, Origin, Role, Text};
use super::strip::Strip;
use super::text::{self, Alignment, SetLine, Setting};

/// A run of fewer blanks is no place for a number.
const LEAST_BLANK: usize = 3;

/// Puts centred lines whose blank run is a field; returns the base line after the last.
pub(super) fn fillable(
    section: &mut SectionLayout<'_, '_>,
    strip: &mut Strip,
    (kind, runs): (FieldKind, &[Run]),
    (face, size): (Face, f64),
    (column, mut baseline): (Column, f64),
) -> f64 {
    let owner = section.add(Role::Paragraph);
    let setting = Setting::new(face, size, column.width, Alignment::Balanced);
    for line in text::set(section.shaper, runs, &setting) {
        for text in line.texts {
            let blank = (column.x + text.x, column.x + text.x + text.width);
            let is_blank = is_blank(&text);
            let single = SetLine { texts: vec![text], ..SetLine::default() };
            if !is_blank {
                section.tree.put(strip, owner, single, (column.x, baseline));
                continue;
            }
            let node = section.tree.add(owner, Role::Form);
            section.tree.interrupt(owner);
            strip.put_layout(single, column.x, baseline);
            let area = blank_area(blank, baseline, size);
            strip.fields.push(Field { kind, node, area });
        }
        baseline += HEADER_LEADING;
    }
    baseline
}

/// Returns whether a text is the blank that a number or day is written into.
fn is_blank(text: &Text) -> bool {
    text.origin == Origin::Text
        && text.text.len() >= LEAST_BLANK
        && text.text.bytes().all(|byte| byte == b' ')
}

/// Returns the rectangle of a blank. What is written into it keeps a distance from its edges, and
/// the number must stand close to the stroke behind it ("không cách chữ").
fn blank_area((left, right): (f64, f64), baseline: f64, size: f64) -> Area {
    let (top, bottom) = (baseline - size * FIELD_ASCENT, baseline + size * FIELD_DESCENT);
    Area { page: 0, left: left - FIELD_INSET, top, right: right + FIELD_INSET, bottom }
}

/// Returns the size, in half points, of what is written into such a rectangle.
pub(super) fn size_of(area: &Area) -> f64 {
    let size = (area.bottom - area.top) / (FIELD_ASCENT + FIELD_DESCENT);
    (size * 2.0).round() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::Block;
    use crate::render::pdf::laid::Laid;
    use crate::render::pdf::sample;

    fn find<'a>(laid: &'a Laid, words: &str) -> &'a Text {
        laid.texts().map(|(_, text)| text).find(|text| text.text.contains(words)).unwrap()
    }

    #[test]
    fn number_and_day_are_fields_where_they_are_blank() {
        let laid = sample::laid(&sample::report(1));
        let number = laid.area(FieldKind::Number).unwrap();
        let sign = find(&laid, "/BC-TCTĐA06");
        assert!(
            number.left >= find(&laid, "Số:").x
                && (number.right - sign.x - FIELD_INSET).abs() < 0.1
        );
        assert!(number.top < sign.y && sign.y < number.bottom);
        let day = laid.area(FieldKind::Day).unwrap();
        assert_eq!((size_of(&number), size_of(&day)), (13.0, 14.0));
        assert!(find(&laid, "Tiên Lãng, ngày").x < day.left);
        assert!((day.right - find(&laid, "tháng 3 năm").x - FIELD_INSET).abs() < 0.1);
        let mut document = sample::report(1);
        let Block::Header(header) = &mut document.sections[0].blocks[0] else {
            panic!("the sample begins with a header");
        };
        header.number = vec![Run::text("Số: 15/BC-TCTĐA06")];
        assert!(sample::laid(&document).area(FieldKind::Number).is_none());
    }
}

//! The boxes of notes (VML): a new part, or boxes behind those that are there. The words of other
//! boxes may be no XML, so that a part is only searched for its end.

use std::fmt::Write as _;

use super::{PatchError, notes::Note};
use crate::place::CellRef;

/// Width of a box in pixels.
const WIDTH: u32 = 300;
/// Height of a line of words, and of a usual row, in pixels.
const LINE: u32 = 17;
const ROW: u32 = 20;
/// Characters in a line of words.
const LINE_CHARACTERS: usize = 42;
/// How the names of all namespaces of drawings begin.
const SPACE: &str = "urn:schemas-microsoft-com:";

/// Returns a part without boxes; `number` tells the sheets of a workbook apart.
pub(super) fn empty(number: u32) -> String {
    format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap \
         v:ext=\"edit\" data=\"{number}\"/></o:shapelayout></xml>"
    )
}

/// Returns the part with a box for each note; `widths` are those of the sheet's columns in pixels.
pub(super) fn with_boxes(xml: &str, notes: &[Note], widths: &[u32]) -> Result<String, PatchError> {
    let end = xml.rfind("</xml>").ok_or(PatchError::Unusual("a drawing without an end"))?;
    let prefixes = Prefixes::of(xml)?;
    let mut boxes = String::new();
    if !(xml.contains("id=\"_x0000_t202\"") || xml.contains("id='_x0000_t202'")) {
        boxes.push_str(
            "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
             path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path \
             gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>",
        );
    }
    let first = next_number(xml);
    for (number, note) in (first..).zip(notes) {
        push_box(&mut boxes, number, note, widths);
    }
    let boxes = prefixes.spelled(&boxes);
    let (before, after) = xml.split_at_checked(end).unwrap_or((xml, ""));
    Ok(format!("{before}{boxes}{after}"))
}

/// Returns the part without the boxes of notes of these cells.
pub(super) fn without_boxes(xml: &str, cells: &[CellRef]) -> Result<String, PatchError> {
    let prefixes = Prefixes::of(xml)?;
    let (begins, ends) = (prefixes.spelled("<v:shape "), prefixes.spelled("</v:shape>"));
    let mut left = String::with_capacity(xml.len());
    let mut rest = xml;
    let mut taken = 0;
    while let Some(start) = rest.find(&begins) {
        let length = rest.get(start..).and_then(|shape| shape.find(&ends));
        let length = length.ok_or(PatchError::Unusual("a box without an end"))? + ends.len();
        let (before, after) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let (shape, after) = after.split_at_checked(length).unwrap_or((after, ""));
        left.push_str(before);
        if prefixes.noted_cell(shape).is_some_and(|cell| cells.contains(&cell)) {
            taken += 1;
        } else {
            left.push_str(shape);
        }
        rest = after;
    }
    left.push_str(rest);
    if taken != cells.len() {
        return Err(PatchError::Unusual("a note without a box"));
    }
    Ok(left)
}

/// The prefixes that a part has for shapes, for what Office adds, and for what Excel adds.
struct Prefixes<'x> {
    shapes: &'x str,
    office: &'x str,
    excel: &'x str,
}

impl<'x> Prefixes<'x> {
    fn of(xml: &'x str) -> Result<Self, PatchError> {
        let prefix = |space: &str| {
            let at = xml.find(&format!("=\"{SPACE}{space}\""));
            let at = at.or_else(|| xml.find(&format!("='{SPACE}{space}'")));
            let before = at.and_then(|at| xml.get(..at))?;
            let (_, prefix) = before.rsplit_once("xmlns:")?;
            prefix.chars().all(char::is_alphanumeric).then_some(prefix)
        };
        let found = (prefix("vml"), prefix("office:office"), prefix("office:excel"));
        let (Some(shapes), Some(office), Some(excel)) = found else {
            return Err(PatchError::Unusual("a drawing without prefixes"));
        };
        Ok(Self { shapes, office, excel })
    }

    /// Returns our own markup with the prefixes of the part.
    fn spelled(&self, markup: &str) -> String {
        let Self { shapes, office, excel } = self;
        markup
            .replace("<v:", &format!("<{shapes}:"))
            .replace("</v:", &format!("</{shapes}:"))
            .replace(" o:", &format!(" {office}:"))
            .replace("<x:", &format!("<{excel}:"))
            .replace("</x:", &format!("</{excel}:"))
    }

    /// Returns the cell of the note that a box is of.
    fn noted_cell(&self, shape: &str) -> Option<CellRef> {
        if !(shape.contains("ObjectType=\"Note\"") || shape.contains("ObjectType='Note'")) {
            return None;
        }
        let number = |name: &str| {
            let (_, rest) = shape.split_once(&format!("<{}:{name}>", self.excel))?;
            rest.split('<').next()?.trim().parse::<u32>().ok()
        };
        Some(CellRef { row: number("Row")?, column: number("Column")? })
    }
}

/// Returns the first free number of a shape.
fn next_number(xml: &str) -> u32 {
    let number = |rest: &str| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    let last = xml.split("_x0000_s").skip(1).filter_map(number).max();
    let map = xml.split("data=").nth(1).map(|rest| rest.trim_start_matches(['"', '\'']));
    let base = map.and_then(number).unwrap_or(1).saturating_mul(1024);
    last.map_or(base, |last| last.max(base)).saturating_add(1)
}

fn push_box(boxes: &mut String, number: u32, note: &Note, widths: &[u32]) {
    let CellRef { row, column } = note.cell;
    let anchor = anchor(note, widths);
    let _infallible = write!(
        boxes,
        "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;\
         visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/>\
         <v:shadow color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox \
         style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}\
         </x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>\
         </x:ClientData></v:shape>"
    );
}

/// Returns the corners of a box: column, pixels, row, pixels, twice.
fn anchor(note: &Note, widths: &[u32]) -> String {
    let lines: usize =
        note.words.split('\n').map(|line| line.chars().count() / LINE_CHARACTERS + 1).sum();
    let height = u32::try_from(lines).unwrap_or(40).min(40) * LINE + 12;
    let (left, top) = (note.cell.column + 1, note.cell.row.saturating_sub(1));
    let mut room = WIDTH + 15;
    let mut right = left;
    // A sheet has an end: the box of its last column is as wide as it gets.
    while right < 16_383 {
        let width = widths.get(right as usize).copied().unwrap_or(64);
        if room <= width {
            break;
        }
        room -= width;
        right += 1;
    }
    let left = left.min(16_382);
    let bottom = top + (height + 10) / ROW;
    format!("{left}, 15, {top}, 10, {right}, {room}, {bottom}, {}", (height + 10) % ROW)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(row: u32, column: u32) -> Note {
        Note { cell: CellRef { row, column }, words: "sai".to_owned() }
    }

    #[test]
    fn boxes_are_added_behind_those_that_are_there() {
        let xml = with_boxes(&empty(3), &[note(0, 0), note(11, 2)], &[64, 640]).unwrap();
        assert!(xml.contains("id=\"_x0000_s3073\"") && xml.contains("id=\"_x0000_s3074\""));
        assert!(xml.contains("<x:Anchor>1, 15, 0, 10, 1, 315, 1, 19</x:Anchor>"), "{xml}");
        let again = with_boxes(&xml, &[note(1, 1)], &[]).unwrap();
        assert!(again.contains("id=\"_x0000_s3075\""));
        assert_eq!(again.matches("<v:shapetype").count(), 1);
        assert!(with_boxes("<xml><br></xml>", &[note(0, 0)], &[]).is_err());
    }

    #[test]
    fn boxes_of_notes_that_are_no_more_go() {
        let first = with_boxes(&empty(1), &[note(0, 0)], &[]).unwrap();
        let both = with_boxes(&first, &[note(7, 2)], &[]).unwrap();
        let cell = CellRef { row: 7, column: 2 };
        assert_eq!(without_boxes(&both, &[cell]).unwrap(), first);
        assert!(without_boxes(&first, &[cell]).is_err(), "a box that is not there");
        // As openpyxl writes it.
        let other = ["v", "o", "x"].iter().fold(first, |xml, prefix| {
            let colon = |before: &str| format!("{before}{prefix}:");
            [" ", "<", "</", "xmlns:"].iter().fold(xml, |xml, before| {
                let xml = xml.replace(&colon(before), &format!("{before}ns{prefix}:"));
                xml.replace(&format!("xmlns:{prefix}="), &format!("xmlns:ns{prefix}="))
            })
        });
        let both = with_boxes(&other, &[note(7, 2)], &[]).unwrap();
        assert!(both.contains("<nsx:Row>7</nsx:Row>") && !both.contains("<v:"), "{both}");
        assert_eq!(without_boxes(&both, &[cell]).unwrap(), other);
    }
}

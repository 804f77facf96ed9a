//! What stands around the cells of a sheet: whether its tab is chosen, which part draws its notes,
//! how wide its columns are.

use super::{
    PatchError,
    markup::{Splices, Tag, TagKind, Tags, root},
};

/// Elements that stand behind the notes' drawing in a sheet (ECMA-376 part 1, 18.3.1.99).
const BEHIND: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "fsb",
];

/// Width of a column that nothing is said of, in pixels.
const USUAL_WIDTH: u32 = 64;

/// Returns the sheet with its tab not chosen; nothing when it was not.
pub(super) fn not_chosen(xml: &str) -> Result<Option<String>, PatchError> {
    if !xml.contains("tabSelected") {
        return Ok(None);
    }
    let mut splices = Splices::default();
    let mut tags = Tags::of(xml);
    while let Some(tag) = tags.next()? {
        let is_view = tag.depth == 2 && tag.local() == "sheetView" && tag.kind != TagKind::End;
        let chosen =
            || tag.attribute("tabSelected").is_some_and(|flag| flag != "0" && flag != "false");
        if is_view && chosen() {
            splices.replace(tag.range(), tag.with("tabSelected", "0"));
        }
        if tag.depth == 1 && tag.local() == "sheetData" {
            break;
        }
    }
    Ok((!splices.is_empty()).then(|| splices.apply(xml)))
}

/// Returns the relation of the part that draws the notes of a sheet.
pub(super) fn notes_drawing(xml: &str) -> Result<Option<String>, PatchError> {
    let name = format!("{}legacyDrawing", root(xml)?.prefix());
    let mut tags = Tags::of(xml);
    while let Some(tag) = tags.next()? {
        if tag.depth == 1 && tag.opens(&name) {
            return Ok(tag.prefixed("id").map(|(_, id)| id));
        }
    }
    Ok(None)
}

/// Returns the sheet with a part that draws its notes.
pub(super) fn with_notes_drawing(
    xml: &str,
    id: &str,
    relation_space: &str,
) -> Result<String, PatchError> {
    let root = root(xml)?;
    let known = root.attributes().into_iter().find(|one| one.raw == relation_space);
    let known = known.and_then(|one| one.name.strip_prefix("xmlns:").map(str::to_owned));
    let attributes = known.map_or_else(
        || format!("xmlns:r=\"{relation_space}\" r:id=\"{id}\""),
        |prefix| format!("{prefix}:id=\"{id}\""),
    );
    let element = format!("<{}legacyDrawing {attributes}/>", root.prefix());
    let mut tags = Tags::of(xml);
    let (mut at, mut choice) = (None, None);
    while let Some(tag) = tags.next()? {
        let is_behind = |tag: &Tag<'_>| tag.kind != TagKind::End && BEHIND.contains(&tag.local());
        match tag.depth {
            0 if tag.kind == TagKind::End => at = at.or(Some(tag.start)),
            // What programs may choose between stands in the place of the element in it.
            1 if tag.local() == "AlternateContent" => {
                choice = (tag.kind == TagKind::Start).then_some(tag.start);
            }
            1 if is_behind(&tag) => at = at.or(Some(tag.start)),
            3 if is_behind(&tag) => at = at.or(choice),
            _ => {}
        }
    }
    let at = at.ok_or(PatchError::Unusual("a sheet without content"))?;
    let mut splices = Splices::default();
    splices.insert(at, element);
    Ok(splices.apply(xml))
}

/// Returns the highest number of a look that a sheet asks for, or more; it is only looked for, since a
/// sheet may be long.
pub(super) fn highest_look(xml: &str) -> u32 {
    let numbers = [" s=", " style="].iter().flat_map(|name| xml.split(name).skip(1));
    let number = |rest: &str| {
        let digits: String =
            rest.chars().skip(1).take_while(char::is_ascii_digit).take(9).collect();
        digits.parse::<u32>().ok()
    };
    numbers.filter_map(number).max().unwrap_or(0)
}

/// Returns the widths of the first columns in pixels.
pub(super) fn widths(xml: &str, columns: u32) -> Result<Vec<u32>, PatchError> {
    let prefix = root(xml)?.prefix();
    let (column, data) = (format!("{prefix}col"), format!("{prefix}sheetData"));
    let mut widths = vec![USUAL_WIDTH; columns as usize];
    let mut tags = Tags::of(xml);
    while let Some(tag) = tags.next()? {
        if tag.depth == 1 && tag.name() == data {
            break;
        }
        if tag.depth != 2 || !tag.opens(&column) {
            continue;
        }
        let number = |name: &str| tag.attribute(name)?.trim().parse::<f64>().ok();
        let (Some(first), Some(last)) = (number("min"), number("max")) else { continue };
        let is_hidden = tag.attribute("hidden").is_some_and(|flag| flag == "1" || flag == "true");
        let pixels = match number("width") {
            _ if is_hidden => 0,
            Some(width) => pixels(width),
            None => USUAL_WIDTH,
        };
        for (place, known) in (1_u32..).zip(&mut widths) {
            if (first..=last).contains(&f64::from(place)) {
                *known = pixels;
            }
        }
    }
    Ok(widths)
}

/// Returns the pixels of a width in characters of a usual type.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is within 0 and 2000"
)]
fn pixels(width: f64) -> u32 {
    (width * 7.0).clamp(0.0, 2000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    #[test]
    fn the_drawing_of_notes_goes_to_its_place() {
        let cases = [
            ("<worksheet><drawing/></worksheet>", "<drawing/>@</worksheet>"),
            ("<worksheet><pageSetup/><extLst/></worksheet>", "<pageSetup/>@<extLst/>"),
            (
                "<worksheet><mc:AlternateContent><mc:Choice><controls/></mc:Choice></mc:AlternateContent>\
                 </worksheet>",
                "<worksheet>@<mc:Alt",
            ),
            (
                "<worksheet><sheetData/><mc:AlternateContent><mc:Choice><drawing/></mc:Choice>\
                 </mc:AlternateContent><tableParts/></worksheet>",
                "</mc:AlternateContent>@<tableParts/>",
            ),
        ];
        for (xml, expected) in cases {
            let with = with_notes_drawing(xml, "r1", SPACE).unwrap();
            let element = format!("<legacyDrawing xmlns:r=\"{SPACE}\" r:id=\"r1\"/>");
            assert!(with.contains(&expected.replace('@', &element)), "{with}");
            assert_eq!(notes_drawing(&with).unwrap().as_deref(), Some("r1"));
        }
        let xml = format!("<a:worksheet xmlns:q=\"{SPACE}\"><a:sheetData/></a:worksheet>");
        let with = with_notes_drawing(&xml, "r1", SPACE).unwrap();
        assert!(with.contains("<a:legacyDrawing q:id=\"r1\"/></a:worksheet>"));
    }

    #[test]
    fn a_chosen_tab_is_let_go() {
        let xml =
            "<worksheet><sheetViews><sheetView tabSelected=\"true\"/></sheetViews></worksheet>";
        assert!(not_chosen(xml).unwrap().unwrap().contains("<sheetView tabSelected=\"0\"/>"));
        assert_eq!(
            not_chosen("<worksheet><sheetViews><sheetView/></sheetViews></worksheet>").unwrap(),
            None
        );
    }

    #[test]
    fn the_highest_look_is_found() {
        let xml = "<c s=\"3\"/><col style='12'/><row s=\"x\"/>";
        assert_eq!((highest_look(xml), highest_look("")), (12, 0));
    }

    #[test]
    fn widths_of_columns() {
        let xml = "<worksheet><cols><col min=\"2\" max=\"16384\" width=\"10\"/><col min=\"3\" max=\"3\" \
                   hidden=\"1\"/></cols><sheetData/></worksheet>";
        assert_eq!(widths(xml, 4).unwrap(), [64, 70, 0, 70]);
    }
}

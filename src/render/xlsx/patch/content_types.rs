//! `[Content_Types].xml`: what kind of part each is. New parts are named, parts left out are
//! forgotten, and a workbook with macros or a template becomes a workbook.

use super::{
    PatchError,
    markup::{Splices, TagKind, Tags, escaped, root},
    package::normal,
    relations::with_child,
};

/// The part.
pub(super) const PART: &str = "[Content_Types].xml";

/// Kind of a workbook without macros.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

/// Adds the kind of a part.
pub(super) fn with_part(xml: &str, part: &str, kind: &str) -> Result<String, PatchError> {
    let root = root(xml)?;
    let prefix = root.prefix();
    let element = format!(
        "<{prefix}Override PartName=\"/{}\" ContentType=\"{kind}\"/>",
        escaped(part.trim_start_matches('/'))
    );
    with_child(xml, &element)
}

/// Returns the kinds without those of parts that are left out, and with the given workbook as one
/// without macros.
pub(super) fn cleaned(
    xml: &str,
    workbook: &str,
    left_out: &[String],
) -> Result<String, PatchError> {
    let mut tags = Tags::of(xml);
    let mut splices = Splices::default();
    while let Some(tag) = tags.next()? {
        if tag.kind == TagKind::End || tag.local() != "Override" {
            continue;
        }
        let Some(part) = tag.attribute("PartName").map(|name| normal(&name)) else { continue };
        if left_out.contains(&part) {
            if tag.kind == TagKind::Start {
                return Err(PatchError::Unusual("a kind of part has content"));
            }
            splices.replace(tag.range(), "");
        } else if part == normal(workbook)
            && tag.attribute("ContentType").is_some_and(|kind| kind != WORKBOOK)
        {
            splices.replace(tag.range(), tag.with("ContentType", WORKBOOK));
        }
    }
    Ok(splices.apply(xml))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_are_forgotten_and_new_parts_named() {
        let xml = "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"a.macroEnabled\"/>\
                   <Override ContentType=\"v\" PartName=\"/xl/vbaProject.bin\"/></Types>";
        let xml = cleaned(xml, "xl/workbook.xml", &["xl/vbaproject.bin".to_owned()]).unwrap();
        let xml = with_part(&xml, "xl/a.xml", "k").unwrap();
        let expected = format!(
            "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"{WORKBOOK}\"/>\
             <Override PartName=\"/xl/a.xml\" ContentType=\"k\"/></Types>"
        );
        assert_eq!(xml, expected);
    }
}

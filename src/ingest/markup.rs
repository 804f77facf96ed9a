//! Words of XML: attributes by their local name, references in text, elements to be passed over. Made
//! for parts that pass by once; it knows no format.

use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

use super::grid::TooManyCells;

/// Why a part could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum MarkupError {
    /// It is no XML.
    #[error(transparent)]
    Xml(#[from] quick_xml::Error),
    /// An entity that the format does not have; files that define their own are not read.
    #[error("tham chiếu `&{0};` không có trong định dạng")]
    Reference(String),
    /// More cells than a form can have.
    #[error("trang tính có quá nhiều ô, ô gộp hoặc chữ so với một biểu báo cáo")]
    TooManyCells,
    /// The part ends before its elements do.
    #[error("nội dung kết thúc giữa chừng")]
    CutOff,
}

impl From<TooManyCells> for MarkupError {
    fn from(TooManyCells: TooManyCells) -> Self {
        Self::TooManyCells
    }
}

/// Returns the value of an attribute, whatever its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attributes = attributes.with_checks(false).flatten();
    let mut found = attributes.filter(|one| one.key.local_name().as_ref() == wanted);
    found.next().and_then(|one| {
        Some(one.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
    })
}

/// Returns an attribute that counts; 1 when it is missing.
pub(super) fn count(element: &BytesStart<'_>, wanted: &str) -> u32 {
    attribute(element, wanted).and_then(|words| words.trim().parse().ok()).unwrap_or(1)
}

/// Adds what a reference stands for.
pub(super) fn push_reference(
    words: &mut String,
    reference: &BytesRef<'_>,
) -> Result<(), MarkupError> {
    if let Some(character) = reference.resolve_char_ref()? {
        words.push(character);
        return Ok(());
    }
    let name = reference.xml10_content();
    let known = match name.as_ref() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        other => return Err(MarkupError::Reference(other.to_owned())),
    };
    words.push(known);
    Ok(())
}

/// Goes behind the end of the element that was just begun.
pub(super) fn pass_over(reader: &mut Reader<&[u8]>) -> Result<(), MarkupError> {
    let mut depth = 1_usize;
    while depth > 0 {
        match reader.read_event()? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(MarkupError::CutOff),
            _ => {}
        }
    }
    Ok(())
}

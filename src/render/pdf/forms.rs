//! The fields that are filled after the file is made: number and day as text fields, the places of
//! the two signatures as unsigned signature fields. Nothing is signed here.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::PdfError;
use super::blanks::size_of;
use super::fonts::Fonts;
use super::form_font;
use super::laid::{Face, Field, FieldKind, Laid};
use super::links::{Annotation, rectangle};
use super::structure::text_string;

/// Printed with the page, and nothing else.
const PRINT: i64 = 4;
/// The most characters of a number; the blank is as wide.
const NUMBER_LENGTH: i64 = 4;
/// The most characters of a day.
const DAY_LENGTH: i64 = 2;

/// What a field is called: by programs, and read aloud.
struct Name {
    key: &'static str,
    words: &'static str,
}

/// How a text field is written.
struct Writing {
    face: Face,
    /// Name of the font in the form.
    font: &'static str,
    size: f64,
    /// 1 centred, 2 at the right edge.
    alignment: i64,
    length: i64,
}

/// The form of a document; its fields are annotations of their pages.
pub(super) struct Form {
    fonts: Dictionary,
}

/// Returns the form of a document and its fields; a document without fields has no form.
pub(super) fn add(
    document: &mut Document,
    laid: &Laid,
    fonts: &Fonts<'_>,
) -> Result<(Option<Form>, Vec<Annotation>), PdfError> {
    let mut fields = Vec::with_capacity(laid.fields.len());
    let mut form = Form { fonts: Dictionary::new() };
    for field in &laid.fields {
        let Some(page) = laid.pages.get(field.area.page) else { continue };
        let mut widget = widget(document, field, page.height);
        if let Some(writing) = writing(field) {
            let face = fonts.face(writing.face);
            let Some(font) = form_font::add(document, face, writing.face)? else { continue };
            form.fonts.set(writing.font, font);
            widget.set("FT", "Tx");
            widget.set("DA", Object::string_literal(appearance(&writing)));
            widget.set("Q", writing.alignment);
            widget.set("MaxLen", writing.length);
        } else {
            widget.set("FT", "Sig");
        }
        fields.push(Annotation { page: field.area.page, node: field.node, dictionary: widget });
    }
    Ok(((!fields.is_empty()).then_some(form), fields))
}

impl Form {
    /// Returns the entry of the catalogue for fields that have become these objects.
    pub(super) fn with_fields(self, fields: impl Iterator<Item = ObjectId>) -> Dictionary {
        let fields: Vec<Object> = fields.map(Object::Reference).collect();
        let mut entry = dictionary! { "Fields" => fields };
        if !self.fonts.is_empty() {
            entry.set("DR", dictionary! { "Font" => self.fonts });
        }
        entry
    }
}

/// Returns a field that is its own annotation, with an empty appearance, as PDF/A wants one.
fn widget(document: &mut Document, field: &Field, page_height: f64) -> Dictionary {
    let area = &field.area;
    let size = [0.0, 0.0, area.right - area.left, area.bottom - area.top];
    let empty = Stream::new(
        dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => size.map(super::outline::real).to_vec(),
            "Resources" => Dictionary::new(),
        },
        // Programs that repair files stumble over a stream without content.
        b"q Q".to_vec(),
    );
    let empty = document.add_object(empty.with_compression(false));
    let Name { key, words } = name(field.kind);
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "F" => PRINT,
        "T" => Object::string_literal(key),
        "TU" => text_string(words),
        "Rect" => rectangle(area, page_height),
        "AP" => dictionary! { "N" => empty },
    }
}

fn name(kind: FieldKind) -> Name {
    match kind {
        FieldKind::Number => Name { key: "SoVanBan", words: "Số của văn bản" },
        FieldKind::Day => Name { key: "NgayBanHanh", words: "Ngày ban hành" },
        FieldKind::Signature => {
            Name { key: "ChuKySo", words: "Chữ ký số của người có thẩm quyền" }
        }
        FieldKind::Seal => {
            Name { key: "ChuKySoCoQuan", words: "Chữ ký số của cơ quan, tổ chức" }
        }
    }
}

fn writing(field: &Field) -> Option<Writing> {
    let (face, font, alignment, length) = match field.kind {
        FieldKind::Number => (Face::Regular, "So", 2, NUMBER_LENGTH),
        FieldKind::Day => (Face::Italic, "Ngay", 1, DAY_LENGTH),
        FieldKind::Signature | FieldKind::Seal => return None,
    };
    let size = size_of(&field.area);
    Some(Writing { face, font, size, alignment, length })
}

fn appearance(writing: &Writing) -> String {
    format!("/{} {} Tf 0 g", writing.font, writing.size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pdf::{FontFiles, pdf, sample};

    fn fields(bytes: &[u8]) -> (Document, Vec<Dictionary>) {
        let document = Document::load_mem(bytes).unwrap();
        let form = document.catalog().unwrap().get(b"AcroForm").unwrap();
        let form = document.dereference(form).unwrap().1.as_dict().unwrap().clone();
        assert!(!form.has(b"NeedAppearances") && !form.has(b"XFA"), "PDF/A wants neither");
        let fields = form.get(b"Fields").unwrap().as_array().unwrap().iter();
        let fields = fields.map(|field| document.get_dictionary(field.as_reference().unwrap()));
        let fields = fields.map(|field| field.unwrap().clone()).collect();
        (document, fields)
    }

    #[test]
    fn number_day_and_two_signatures_are_empty_tagged_fields() {
        let bytes = pdf(&sample::report(1), &FontFiles::embedded()).unwrap();
        let (document, fields) = fields(&bytes);
        let keys: Vec<&[u8]> =
            fields.iter().map(|field| field.get(b"T").unwrap().as_str().unwrap()).collect();
        let expected: [&[u8]; 4] = [b"SoVanBan", b"NgayBanHanh", b"ChuKySo", b"ChuKySoCoQuan"];
        assert_eq!(keys, expected);
        for field in fields {
            assert!(!field.has(b"V") && !field.has(b"A") && !field.has(b"AA"));
            assert_eq!(field.get(b"F").unwrap().as_i64().unwrap(), 4);
            assert!(field.has(b"TU") && field.has(b"StructParent") && field.has(b"P"));
            let appearance = field.get(b"AP").unwrap().as_dict().unwrap().get(b"N").unwrap();
            let appearance = document.dereference(appearance).unwrap().1.as_stream().unwrap();
            assert_eq!(appearance.content, b"q Q");
        }
    }

    #[test]
    fn a_document_without_fields_has_no_form() {
        let mut document = sample::report(1);
        document.sections.remove(0);
        let bytes = pdf(&document, &FontFiles::embedded()).unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        assert!(!document.catalog().unwrap().has(b"AcroForm"));
    }
}

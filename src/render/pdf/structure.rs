//! Completes the objects that printpdf made: catalogue, metadata, outline, page labels, output
//! intent; `elements` has the structure tree, `file` writes all of it. Never prunes (that is
//! quadratic): what is not needed is not made.

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId, StringFormat, dictionary};

use super::PdfError;
use super::elements::{Attached, Elements};
use super::file::{ObjectFile, compressed};
use super::fonts::Fonts;
use super::laid::{Laid, NodeId};
use super::links::{Annotation, Ends};
use super::{forms, links, metadata, outline};

/// The language of everything we write.
pub(super) const LANGUAGE: &str = "vi-VN";

/// What the writer leaves when the items are gone.
pub(super) struct Written {
    /// The pages.
    pub(super) pages: Vec<ObjectId>,
    /// The node of each marked content of each page.
    pub(super) marked: Vec<Vec<NodeId>>,
    /// Where the links lie and lead to.
    pub(super) links: Ends,
}

/// Completes a document and returns its bytes.
pub(super) fn finish(
    mut document: Document,
    laid: &Laid,
    written: &Written,
    fonts: &Fonts<'_>,
) -> Result<Vec<u8>, PdfError> {
    let Written { pages, marked, links } = written;
    let (form, mut annotations) = forms::add(&mut document, laid, fonts)?;
    let field_count = annotations.len();
    annotations.extend(links::annotations(laid, links, pages));
    let annotations = add_annotations(&mut document, pages, annotations)?;
    let fields = annotations.iter().take(field_count).map(|field| field.object);
    let form = form.map(|form| form.with_fields(fields));
    let elements = Elements::new(&mut document, &laid.nodes, (pages, marked), annotations);
    let outlines = outline::add(&mut document, laid, pages);
    let entries = metadata::add(&mut document, laid)?;
    let catalog = document.catalog_mut().map_err(PdfError::Objects)?;
    catalog.set("Lang", Object::string_literal(LANGUAGE));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", elements.root());
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageLabels", outline::page_labels(laid));
    catalog.set("Metadata", entries.xmp);
    catalog.set("OutputIntents", vec![Object::Reference(entries.output_intent)]);
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", "UseOutlines");
    }
    if let Some(form) = form {
        catalog.set("AcroForm", form);
    }
    let mut file = ObjectFile::new(document.max_id);
    for ((id, _), object) in document.objects {
        file.object(id, &smaller(object));
    }
    elements.write(&mut file);
    Ok(file.finish(document.trailer))
}

/// Adds the annotations to their pages; their numbers in the structure follow those of the pages.
fn add_annotations(
    document: &mut Document,
    pages: &[ObjectId],
    annotations: Vec<Annotation>,
) -> Result<Vec<Attached>, PdfError> {
    let mut of_pages: BTreeMap<usize, Vec<Object>> = BTreeMap::new();
    let mut attached = Vec::with_capacity(annotations.len());
    let first_key = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    for (key, Annotation { page, node, mut dictionary }) in (first_key..).zip(annotations) {
        dictionary.set("P", pages[page]);
        dictionary.set("StructParent", key);
        let object = document.add_object(dictionary);
        of_pages.entry(page).or_default().push(object.into());
        attached.push(Attached { page, node, object });
    }
    for (page, annotations) in of_pages {
        let page = document.get_dictionary_mut(pages[page]).map_err(PdfError::Objects)?;
        page.set("Annots", annotations);
    }
    Ok(attached)
}

/// Returns a stream compressed, if it may be, and any other object as it is.
fn smaller(object: Object) -> Object {
    match object {
        Object::Stream(stream) if stream.allows_compression => {
            compressed(stream.dict, stream.content).into()
        }
        other => other,
    }
}

/// Returns a text string object.
pub(super) fn text_string(text: &str) -> Object {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

#[cfg(test)]
mod tests {
    use lopdf::Dictionary;

    use super::*;
    use crate::render::pdf::{FontFiles, pdf, sample};

    fn written() -> Document {
        let bytes = pdf(&sample::report(40), &FontFiles::embedded()).unwrap();
        Document::load_mem(&bytes).unwrap()
    }

    #[test]
    fn the_catalogue_names_language_structure_and_output_intent() {
        let document = written();
        let catalog = document.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"vi-VN");
        for key in ["MarkInfo", "Metadata", "OutputIntents", "Outlines", "PageLabels"] {
            assert!(catalog.has(key.as_bytes()), "{key}");
        }
        let id = document.trailer.get(b"ID").unwrap().as_array().unwrap();
        assert_eq!(id[0], id[1]);
    }

    #[test]
    fn the_parent_tree_finds_the_element_of_every_marked_content() {
        let document = written();
        let catalog = document.catalog().unwrap();
        let get = |dict: &Dictionary, key: &[u8]| {
            document.get_dictionary(dict.get(key).unwrap().as_reference().unwrap()).unwrap().clone()
        };
        let tree = get(catalog, b"StructTreeRoot");
        let numbers = get(&tree, b"ParentTree");
        let numbers = numbers.get(b"Nums").unwrap().as_array().unwrap();
        let pages = document.get_pages();
        assert!(numbers.len() > pages.len() * 2, "pages, then annotations");
        for (pair, page) in numbers.chunks(2).zip(pages.values()) {
            let elements = document.get_object(pair[1].as_reference().unwrap()).unwrap();
            let content = document.get_page_content(*page);
            let content = String::from_utf8_lossy(&content).into_owned();
            let elements = elements.as_array().unwrap();
            assert_eq!(content.matches("/MCID").count(), elements.len());
            assert_eq!(content.matches("BDC").count(), content.matches("EMC").count());
            for (number, element) in (0_i64..).zip(elements) {
                let element = document.get_dictionary(element.as_reference().unwrap()).unwrap();
                let kids = element.get(b"K").unwrap();
                let one = std::slice::from_ref(kids);
                let kids = kids.as_array().map_or(one, Vec::as_slice);
                assert!(kids.iter().any(|kid| {
                    kid.as_i64().is_ok_and(|kid| kid == number)
                        || kid
                            .as_dict()
                            .is_ok_and(|kid| kid.get(b"MCID").unwrap().as_i64().unwrap() == number)
                }));
            }
        }
    }
}

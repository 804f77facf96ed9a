//! Completes the objects that printpdf made: structure tree, metadata, outline, page labels,
//! output intent, and an identifier from the content. Never prunes (that is quadratic): what is
//! not needed is not made.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::PdfError;
use super::fonts::Fonts;
use super::laid::{Laid, Node, NodeId, Role};
use super::links::Annotation;
use super::{forms, links, metadata, outline};

/// The language of everything we write.
pub(super) const LANGUAGE: &str = "vi-VN";

/// Completes a document and returns its bytes; `marked` has the node of each marked content of
/// each page.
pub(super) fn finish(
    mut document: Document,
    laid: &Laid,
    marked: &[Vec<NodeId>],
    fonts: &Fonts<'_>,
) -> Result<Vec<u8>, PdfError> {
    "1.7".clone_into(&mut document.version);
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let (form, mut annotations) = forms::add(&mut document, laid, fonts)?;
    let field_count = annotations.len();
    annotations.extend(links::annotations(laid, &pages));
    let annotations = add_annotations(&mut document, &pages, annotations)?;
    let root = add_structure(&mut document, laid, &pages, (marked, &annotations))?;
    let outlines = outline::add(&mut document, laid, &pages);
    let entries = metadata::add(&mut document, laid)?;
    let catalog = document.catalog_mut().map_err(PdfError::Objects)?;
    catalog.set("Lang", Object::string_literal(LANGUAGE));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", root);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageLabels", outline::page_labels(laid));
    catalog.set("Metadata", entries.xmp);
    catalog.set("OutputIntents", vec![Object::Reference(entries.output_intent)]);
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", "UseOutlines");
    }
    if let Some(form) = form {
        let fields = annotations.iter().take(field_count).map(|field| field.object);
        catalog.set("AcroForm", form.with_fields(fields));
    }
    document.compress();
    let id = content_id(&document);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).map_err(PdfError::Write)?;
    // lopdf ends without it, and then a signature breaks PDF/A, clause 6.1.9.
    bytes.push(b'\n');
    Ok(bytes)
}

/// Returns a text string object.
pub(super) fn text_string(text: &str) -> Object {
    Object::String(text_bytes(text), StringFormat::Hexadecimal)
}

/// Returns the bytes of a text string: UTF-16 with its mark.
pub(super) fn text_bytes(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// Returns the name of a role in PDF 1.7.
pub(super) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Section => "Sect",
        Role::Heading(1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(_) => "H3",
        Role::Paragraph => "P",
        Role::List => "L",
        Role::ListItem => "LI",
        Role::ListBody => "LBody",
        Role::Table => "Table",
        Role::Caption => "Caption",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::Row => "TR",
        Role::HeadCell | Role::RowHead => "TH",
        Role::Cell => "TD",
        Role::Note => "Note",
        Role::Reference => "Reference",
        Role::Label => "Lbl",
        Role::Link => "Link",
        Role::Span => "Span",
        Role::Figure => "Figure",
        Role::Form => "Form",
    }
}

/// An annotation that has become an object.
struct Attached {
    page: ObjectId,
    node: NodeId,
    object: ObjectId,
}

/// Adds the annotations to their pages; their numbers in the structure follow those of the pages.
fn add_annotations(
    document: &mut Document,
    pages: &[ObjectId],
    annotations: Vec<Annotation>,
) -> Result<Vec<Attached>, PdfError> {
    let mut of_pages: Vec<Vec<Object>> = vec![Vec::new(); pages.len()];
    let mut attached = Vec::with_capacity(annotations.len());
    for (key, Annotation { page, node, mut dictionary }) in (number(pages.len())..).zip(annotations)
    {
        dictionary.set("P", pages[page]);
        dictionary.set("StructParent", key);
        let object = document.add_object(dictionary);
        of_pages[page].push(object.into());
        attached.push(Attached { page: pages[page], node, object });
    }
    for (page, annotations) in pages.iter().zip(of_pages) {
        let page = document.get_dictionary_mut(*page).map_err(PdfError::Objects)?;
        page.remove(b"Annots");
        if !annotations.is_empty() {
            page.set("Annots", annotations);
        }
    }
    Ok(attached)
}

fn add_structure(
    document: &mut Document,
    laid: &Laid,
    pages: &[ObjectId],
    (marked, annotations): (&[Vec<NodeId>], &[Attached]),
) -> Result<ObjectId, PdfError> {
    let root = document.new_object_id();
    let elements: Vec<ObjectId> = laid.nodes.iter().map(|_| document.new_object_id()).collect();
    let mut content: Vec<Vec<(ObjectId, i64)>> = vec![Vec::new(); laid.nodes.len()];
    let mut parents = Vec::with_capacity(pages.len() * 2);
    for (key, (page, nodes)) in (0_i64..).zip(pages.iter().zip(marked)) {
        for (number, node) in (0_i64..).zip(nodes) {
            content[*node].push((*page, number));
        }
        let of_page: Vec<Object> = nodes.iter().map(|node| elements[*node].into()).collect();
        let of_page = document.add_object(Object::Array(of_page));
        parents.extend([key.into(), of_page.into()]);
        let page = document.get_dictionary_mut(*page).map_err(PdfError::Objects)?;
        page.set("StructParents", key);
        page.set("Tabs", "S");
        page.remove(b"TrimBox");
    }
    for (key, annotation) in (number(pages.len())..).zip(annotations) {
        parents.extend([key.into(), elements[annotation.node].into()]);
    }
    let of_nodes: BTreeMap<NodeId, &Attached> =
        annotations.iter().map(|annotation| (annotation.node, annotation)).collect();
    let mut names = Vec::new();
    for (index, node) in laid.nodes.iter().enumerate() {
        let parent = if index == 0 { root } else { elements[node.parent] };
        let mut element = element(node, parent, &content[index], &elements);
        if let Some(Attached { page, object, .. }) = of_nodes.get(&index) {
            let place = dictionary! { "Type" => "OBJR", "Pg" => *page, "Obj" => *object };
            add_kid(&mut element, place.into());
        }
        if node.role == Role::Note {
            let name = Object::string_literal(format!("note{index:08}"));
            element.set("ID", name.clone());
            names.extend([name, elements[index].into()]);
        }
        document.set_object(elements[index], element);
    }
    let next_key = number(pages.len() + annotations.len());
    let parent_tree = document.add_object(dictionary! { "Nums" => parents });
    let mut tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![Object::Reference(elements[0])],
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => next_key,
    };
    if !names.is_empty() {
        tree.set("IDTree", dictionary! { "Names" => names });
    }
    document.set_object(root, tree);
    Ok(root)
}

/// Adds a kid behind those that an element has. An only kid is no list: pyHanko admits a change
/// in a field only where it finds the field so.
fn add_kid(element: &mut Dictionary, kid: Object) {
    let kids = match element.remove(b"K") {
        None => kid,
        Some(Object::Array(mut kids)) => {
            kids.push(kid);
            kids.into()
        }
        Some(only) => vec![only, kid].into(),
    };
    element.set("K", kids);
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn element(
    node: &Node,
    parent: ObjectId,
    content: &[(ObjectId, i64)],
    elements: &[ObjectId],
) -> Dictionary {
    let page = content.first().map(|(page, _)| *page);
    let mut kids: Vec<Object> = content
        .iter()
        .map(|(at, number)| {
            if Some(*at) == page {
                return (*number).into();
            }
            dictionary! { "Type" => "MCR", "Pg" => *at, "MCID" => *number }.into()
        })
        .collect();
    kids.extend(node.children.iter().map(|child| Object::Reference(elements[*child])));
    let mut element = dictionary! { "S" => role_name(node.role), "P" => parent };
    match kids.len() {
        0 => {}
        1 => element.set("K", kids.remove(0)),
        _ => element.set("K", kids),
    }
    if let Some(page) = page {
        element.set("Pg", page);
    }
    if let Some(title) = &node.title {
        element.set("T", text_string(title));
    }
    if let Some(alternative) = &node.alternative {
        element.set("Alt", text_string(alternative));
    }
    if let Some(attributes) = cell_attributes(node) {
        element.set("A", attributes);
    }
    element
}

fn cell_attributes(node: &Node) -> Option<Dictionary> {
    let mut attributes = dictionary! { "O" => "Table" };
    match node.role {
        Role::HeadCell => attributes.set("Scope", "Column"),
        Role::RowHead => attributes.set("Scope", "Row"),
        _ => {}
    }
    for (key, covered) in [("ColSpan", node.span.0), ("RowSpan", node.span.1)] {
        if covered > 1 {
            attributes.set(key, i64::try_from(covered).unwrap_or(1));
        }
    }
    (attributes.len() > 1).then_some(attributes)
}

/// Returns the identifier of a file: a hash of its streams (pages, fonts, metadata).
fn content_id(document: &Document) -> Object {
    let mut hash = Sha256::new();
    for (id, object) in &document.objects {
        if let Object::Stream(Stream { content, .. }) = object {
            hash.update(id.0.to_be_bytes());
            hash.update(content);
        }
    }
    let id = hash.finalize().iter().take(16).copied().collect();
    Object::String(id, StringFormat::Hexadecimal)
}

#[cfg(test)]
mod tests {
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

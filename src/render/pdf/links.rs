//! The links between marks of footnotes and their notes, as annotations of their pages, and what
//! all annotations have in common. Where a link lies is found from what is drawn for its node.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::laid::{Area, Laid, Mark, NodeId, Tag, Text};
use super::outline::real;
use super::structure::text_string;

/// From a base line to the upper edge of a link, as a share of the size.
const ASCENT: f64 = 0.9;
/// From a base line to the lower edge of a link, as a share of the size.
const DESCENT: f64 = 0.25;
/// Room over the line that a link leads to.
const ROOM: f64 = 24.0;

/// An annotation that is not yet an object.
pub(super) struct Annotation {
    /// Index of the page.
    pub(super) page: usize,
    /// The node that it belongs to.
    pub(super) node: NodeId,
    /// Its entries, without page and number in the structure.
    pub(super) dictionary: Dictionary,
}

/// Where each end of a jump is drawn.
pub(super) type Ends = BTreeMap<NodeId, Area>;

/// Returns the links of a document whose pages are these objects.
pub(super) fn annotations(laid: &Laid, areas: &Ends, pages: &[ObjectId]) -> Vec<Annotation> {
    let mut annotations = Vec::with_capacity(laid.jumps.len());
    for jump in &laid.jumps {
        let (Some(from), Some(to)) = (areas.get(&jump.from), areas.get(&jump.to)) else { continue };
        let [at, target] = [from, to].map(|area| laid.pages.get(area.page));
        let (Some(at), Some(target), Some(page)) = (at, target, pages.get(to.page)) else {
            continue;
        };
        let top = target.height - (to.top - ROOM).max(0.0);
        let destination: Vec<Object> =
            vec![(*page).into(), "XYZ".into(), Object::Null, real(top), Object::Null];
        let dictionary = dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "F" => 4,
            "Border" => vec![0.into(), 0.into(), 0.into()],
            "Contents" => text_string(&jump.words),
            "Rect" => rectangle(from, at.height),
            "Dest" => destination,
        };
        annotations.push(Annotation { page: from.page, node: jump.from, dictionary });
    }
    annotations
}

/// Returns a rectangle as a PDF has it: from the lower left corner of the page.
pub(super) fn rectangle(area: &Area, page_height: f64) -> Vec<Object> {
    let corners = [area.left, page_height - area.bottom, area.right, page_height - area.top];
    corners.map(real).to_vec()
}

/// Returns where the first line of each end of a jump is drawn.
pub(super) fn ends(laid: &Laid) -> Ends {
    if laid.jumps.is_empty() {
        return Ends::new();
    }
    let mut wanted: BTreeMap<NodeId, Option<Area>> = BTreeMap::new();
    for jump in &laid.jumps {
        // A note begins with its label.
        let label = laid.nodes[jump.to].children.first();
        let label = label.and_then(|label| laid.nodes[*label].children.first());
        wanted.extend(
            [Some(&jump.from), Some(&jump.to), label]
                .into_iter()
                .flatten()
                .map(|node| (*node, None)),
        );
    }
    for (page, content) in laid.pages.iter().enumerate() {
        for item in &content.items {
            if let (Tag::Node(node), Mark::Text(text)) = (item.tag, &item.mark)
                && let Some(area @ None) = wanted.get_mut(&node)
            {
                *area = Some(area_of(page, text));
            }
        }
    }
    for jump in &laid.jumps {
        let label = laid.nodes[jump.to].children.first();
        let label = label.and_then(|label| laid.nodes[*label].children.first());
        let of_label = label.and_then(|label| wanted.get(label).copied().flatten());
        let area = wanted.entry(jump.to).or_default();
        *area = area.or(of_label);
    }
    wanted.into_iter().filter_map(|(node, area)| Some((node, area?))).collect()
}

fn area_of(page: usize, text: &Text) -> Area {
    let (left, right) = (text.x, text.x + text.width);
    let (top, bottom) = (text.y - text.size * ASCENT, text.y + text.size * DESCENT);
    Area { page, left, top, right, bottom }
}

#[cfg(test)]
mod tests {
    use lopdf::Document;

    use crate::render::pdf::{FontFiles, pdf, sample};

    #[test]
    fn marks_and_notes_are_links_within_their_pages() {
        let bytes = pdf(&sample::report(5), &FontFiles::embedded()).unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        let mut found = Vec::new();
        for (page, id) in document.get_pages() {
            for annotation in document.get_page_annotations(id).unwrap() {
                if annotation.get(b"Subtype").unwrap().as_name().unwrap() == b"Link" {
                    let rectangle = annotation.get(b"Rect").unwrap().as_array().unwrap();
                    let sides: Vec<f32> =
                        rectangle.iter().map(|side| side.as_float().unwrap()).collect();
                    assert!(sides[0] < sides[2] && sides[1] < sides[3], "{sides:?}");
                    let target = annotation.get(b"Dest").unwrap().as_array().unwrap();
                    assert_eq!(target[0].as_reference().unwrap(), id, "the note is on the page");
                    found.push(page);
                }
            }
        }
        assert_eq!(found.len(), 2);
    }
}

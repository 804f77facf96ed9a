//! Bookmarks as a nested outline, and the names of pages ("3", "II-3").

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::laid::{Bookmark, Laid};
use super::structure::text_string;

/// Adds the outline; returns its root, or nothing without bookmarks.
pub(super) fn add(document: &mut Document, laid: &Laid, pages: &[ObjectId]) -> Option<ObjectId> {
    if laid.outline.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = laid.outline.iter().map(|_| document.new_object_id()).collect();
    let parents = parents(&laid.outline);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); ids.len()];
    let mut top = Vec::new();
    for (index, parent) in parents.iter().enumerate() {
        match parent {
            Some(parent) => children[*parent].push(index),
            None => top.push(index),
        }
    }
    for siblings in children.iter().chain([&top]) {
        for (place, index) in siblings.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|before| siblings.get(before));
            let after = siblings.get(place + 1);
            let mut entry = entry(laid, *index, pages);
            entry.set("Parent", parents[*index].map_or(root, |parent| ids[parent]));
            for (key, sibling) in [("Prev", before), ("Next", after)] {
                if let Some(sibling) = sibling {
                    entry.set(key, ids[*sibling]);
                }
            }
            if let (Some(first), Some(last)) = (children[*index].first(), children[*index].last()) {
                entry.set("First", ids[*first]);
                entry.set("Last", ids[*last]);
                entry.set("Count", -length(children[*index].len()));
            }
            document.set_object(ids[*index], entry);
        }
    }
    let mut outlines = dictionary! { "Type" => "Outlines", "Count" => length(top.len()) };
    if let (Some(first), Some(last)) = (top.first(), top.last()) {
        outlines.set("First", ids[*first]);
        outlines.set("Last", ids[*last]);
    }
    document.set_object(root, outlines);
    Some(root)
}

/// Returns the number tree of page labels: a new range wherever the prefix changes.
pub(super) fn page_labels(laid: &Laid) -> Dictionary {
    let mut numbers: Vec<Object> = Vec::new();
    for (index, page) in (0_i64..).zip(&laid.pages) {
        if page.label.number == 1 {
            let mut range = dictionary! { "S" => "D" };
            if !page.label.prefix.is_empty() {
                range.set("P", text_string(&page.label.prefix));
            }
            numbers.extend([index.into(), range.into()]);
        }
    }
    dictionary! { "Nums" => numbers }
}

/// Returns the bookmark above each, found with a stack of open levels.
fn parents(outline: &[Bookmark]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(outline.len());
    for (index, bookmark) in outline.iter().enumerate() {
        while open.last().is_some_and(|last| outline[*last].level >= bookmark.level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(index);
    }
    parents
}

fn entry(laid: &Laid, index: usize, pages: &[ObjectId]) -> Dictionary {
    let bookmark = &laid.outline[index];
    let mut entry = dictionary! { "Title" => text_string(&bookmark.title) };
    if let (Some(page), Some(id)) = (laid.pages.get(bookmark.page), pages.get(bookmark.page)) {
        let top = page.height - f64::from(bookmark.y);
        let destination: Vec<Object> =
            vec![(*id).into(), "XYZ".into(), 0.into(), real(top), Object::Null];
        entry.set("Dest", destination);
    }
    entry
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "a PDF keeps single precision")]
pub(super) fn real(value: f64) -> Object {
    Object::Real(value as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmarks_nest_by_level() {
        let levels = [0, 1, 2, 2, 1, 0, 2, 1];
        let outline: Vec<Bookmark> = levels
            .into_iter()
            .map(|level| Bookmark { level, title: String::new(), page: 0, y: 0 })
            .collect();
        let nested = [None, Some(0), Some(1), Some(1), Some(0), None, Some(5), Some(5)];
        assert_eq!(parents(&outline), nested);
    }
}

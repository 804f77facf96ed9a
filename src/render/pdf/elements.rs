//! The structure tree: one element a node, written straight into the file. What a hundred thousand
//! cells need in memory is their nodes and eight bytes a piece of content, no dictionaries.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, ObjectId, dictionary};

use super::content::push_whole;
use super::file::{ObjectFile, push_object};
use super::laid::{Node, NodeId, Role};
use super::structure::text_string;

/// The structure of a document, with the numbers of its objects.
pub(super) struct Elements<'a> {
    nodes: &'a [Node],
    pages: &'a [ObjectId],
    marked: &'a [Vec<NodeId>],
    /// Pages and numbers of marked content, ordered by node.
    content: Vec<(u32, u32)>,
    /// Where the content of each node begins; one more than nodes.
    starts: Vec<usize>,
    /// The annotations, in the order of their numbers in the structure, and ordered by node.
    annotations: Vec<Attached>,
    of_nodes: BTreeMap<NodeId, usize>,
    /// The root; the parent tree, the elements and the pages' arrays of parents follow.
    root: u32,
}

/// An annotation that an element owns.
pub(super) struct Attached {
    /// Index of its page.
    pub(super) page: usize,
    /// The node of the element.
    pub(super) node: NodeId,
    /// The annotation.
    pub(super) object: ObjectId,
}

impl<'a> Elements<'a> {
    /// Reserves numbers in a document; `marked` has the node of each marked content of each page.
    pub(super) fn new(
        document: &mut Document,
        nodes: &'a [Node],
        (pages, marked): (&'a [ObjectId], &'a [Vec<NodeId>]),
        annotations: Vec<Attached>,
    ) -> Self {
        let root = document.max_id + 1;
        document.max_id += number(nodes.len() + pages.len()) + 2;
        let mut starts = vec![0_usize; nodes.len() + 1];
        for node in marked.iter().flatten() {
            starts[*node + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut content = vec![(0, 0); starts[nodes.len()]];
        let mut next = starts.clone();
        for (page, marked) in (0..).zip(marked) {
            for (mark, node) in (0..).zip(marked) {
                content[next[*node]] = (page, mark);
                next[*node] += 1;
            }
        }
        let of_nodes = annotations.iter().enumerate().map(|(index, one)| (one.node, index));
        let of_nodes = of_nodes.collect();
        Self { nodes, pages, marked, content, starts, annotations, of_nodes, root }
    }

    /// Returns the root of the tree.
    pub(super) fn root(&self) -> ObjectId {
        (self.root, 0)
    }

    fn element(&self, node: NodeId) -> u32 {
        self.root + 2 + number(node)
    }

    fn parents_of(&self, page: usize) -> u32 {
        self.root + 2 + number(self.nodes.len() + page)
    }

    /// Writes root, parent tree and elements.
    pub(super) fn write(&self, file: &mut ObjectFile) {
        file.compact(self.root, |bytes| self.write_root(bytes));
        file.compact(self.root + 1, |bytes| {
            bytes.extend_from_slice(b"<</Nums[");
            for page in 0..self.pages.len() {
                push_whole(bytes, page);
                bytes.push(b' ');
                push_reference(bytes, self.parents_of(page));
            }
            for (key, annotation) in (self.pages.len()..).zip(&self.annotations) {
                push_whole(bytes, key);
                bytes.push(b' ');
                push_reference(bytes, self.element(annotation.node));
            }
            bytes.extend_from_slice(b"]>>");
        });
        for node in 0..self.nodes.len() {
            file.compact(self.element(node), |bytes| self.write_element(bytes, node));
        }
        for (page, marked) in self.marked.iter().enumerate() {
            file.compact(self.parents_of(page), |bytes| {
                bytes.push(b'[');
                for node in marked {
                    push_reference(bytes, self.element(*node));
                }
                bytes.push(b']');
            });
        }
    }

    fn write_root(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(b"<</Type/StructTreeRoot/K[");
        push_reference(bytes, self.element(0));
        bytes.extend_from_slice(b"]/ParentTree ");
        push_reference(bytes, self.root + 1);
        bytes.extend_from_slice(b"/ParentTreeNextKey ");
        push_whole(bytes, self.pages.len() + self.annotations.len());
        let mut notes = (0..self.nodes.len()).filter(|node| self.is_note(*node)).peekable();
        if notes.peek().is_some() {
            bytes.extend_from_slice(b"/IDTree<</Names[");
            for node in notes {
                push_note_name(bytes, node);
                push_reference(bytes, self.element(node));
            }
            bytes.extend_from_slice(b"]>>");
        }
        bytes.extend_from_slice(b">>");
    }

    fn is_note(&self, node: NodeId) -> bool {
        self.nodes[node].role == Role::Note
    }

    fn write_element(&self, bytes: &mut Vec<u8>, index: NodeId) {
        let node = &self.nodes[index];
        let parent = if index == 0 { self.root } else { self.element(node.parent) };
        let content = &self.content[self.starts[index]..self.starts[index + 1]];
        bytes.extend_from_slice(b"<</S/");
        bytes.extend_from_slice(role_name(node.role).as_bytes());
        bytes.extend_from_slice(b"/P ");
        push_reference(bytes, parent);
        let page = content.first().map(|(page, _)| *page);
        if let Some(page) = page {
            bytes.extend_from_slice(b"/Pg ");
            push_reference(bytes, self.pages[page as usize].0);
        }
        let annotation = self.of_nodes.get(&index).map(|index| &self.annotations[*index]);
        if let (Some(annotation), [], []) = (annotation, content, node.children.as_slice()) {
            // An only kid is no list: pyHanko admits a change in a field only where it finds it so.
            bytes.extend_from_slice(b"/K");
            self.write_annotation(bytes, annotation);
        } else {
            self.write_kids(bytes, &node.children, content, annotation);
        }
        if self.is_note(index) {
            bytes.extend_from_slice(b"/ID");
            push_note_name(bytes, index);
        }
        if let Some(title) = &node.title {
            bytes.extend_from_slice(b"/T");
            push_object(bytes, &text_string(title));
        }
        if let Some(alternative) = &node.alternative {
            bytes.extend_from_slice(b"/Alt");
            push_object(bytes, &text_string(alternative));
        }
        if let Some(attributes) = cell_attributes(node) {
            bytes.extend_from_slice(b"/A");
            push_object(bytes, &attributes.into());
        }
        bytes.extend_from_slice(b">>");
    }

    /// Writes what an element holds: content of its first page as numbers, of others with the page.
    fn write_kids(
        &self,
        bytes: &mut Vec<u8>,
        children: &[NodeId],
        content: &[(u32, u32)],
        annotation: Option<&Attached>,
    ) {
        if children.is_empty() && content.is_empty() {
            return;
        }
        let own_page = content.first().map(|(page, _)| *page);
        bytes.extend_from_slice(b"/K[");
        for (page, mark) in content {
            if Some(*page) == own_page {
                push_whole(bytes, *mark as usize);
                bytes.push(b' ');
            } else {
                bytes.extend_from_slice(b"<</Type/MCR/Pg ");
                push_reference(bytes, self.pages[*page as usize].0);
                bytes.extend_from_slice(b"/MCID ");
                push_whole(bytes, *mark as usize);
                bytes.extend_from_slice(b">>");
            }
        }
        for child in children {
            push_reference(bytes, self.element(*child));
        }
        if let Some(annotation) = annotation {
            self.write_annotation(bytes, annotation);
        }
        bytes.push(b']');
    }

    fn write_annotation(&self, bytes: &mut Vec<u8>, annotation: &Attached) {
        bytes.extend_from_slice(b"<</Type/OBJR/Pg ");
        push_reference(bytes, self.pages[annotation.page].0);
        bytes.extend_from_slice(b"/Obj ");
        push_reference(bytes, annotation.object.0);
        bytes.extend_from_slice(b">>");
    }
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

fn push_reference(bytes: &mut Vec<u8>, id: u32) {
    push_whole(bytes, id as usize);
    bytes.extend_from_slice(b" 0 R ");
}

fn push_note_name(bytes: &mut Vec<u8>, node: NodeId) {
    bytes.extend_from_slice(format!("(note{node:08})").as_bytes());
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a document has fewer than four billion nodes")
}

//! Strips, of which a section is made before it has pages, and the tree of nodes while it grows.

use std::rc::Rc;

use super::footnotes::Footnotes;
use super::geometry::RULE_WIDTH;
use super::laid::{Field, Item, Line, Mark, Node, NodeId, Role, Tag};
use super::text::SetLine;

/// A part of a section that stays in one piece: a line, a table row, a block of two columns.
#[derive(Debug, Default)]
pub(super) struct Strip {
    /// Room over the strip; none at the top of a page.
    pub(super) gap: f64,
    /// Height.
    pub(super) height: f64,
    /// By how much the strip may be lower: a row of a table, with less room over and under its text.
    pub(super) slack: f64,
    /// Items: x on the page, y from the top of the strip.
    pub(super) items: Vec<Item>,
    /// Whether the next strip must be on the same page.
    pub(super) keep: Keep,
    /// What is drawn again when the strip begins a page: the head of its table.
    pub(super) head: Option<Rc<RepeatedHead>>,
    /// Level and words of the bookmark that leads here.
    pub(super) bookmark: Option<(u8, String)>,
    /// What is filled in later, from the top of the strip.
    pub(super) fields: Vec<Field>,
}

/// How firmly a strip holds the next one on its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Keep {
    /// Not at all.
    #[default]
    Free,
    /// As long as a page holds all that hangs together.
    IfPossible,
    /// A heading and its text, the head of a table and its first row.
    Firmly,
}

/// The head of a table, as it is drawn again on each page.
#[derive(Debug)]
pub(super) struct RepeatedHead {
    /// Height.
    pub(super) height: f64,
    /// Items, as artifacts.
    pub(super) items: Vec<Item>,
}

/// The tree of nodes, while it grows.
#[derive(Debug)]
pub(super) struct Tree {
    /// The nodes; the first is the document.
    pub(super) nodes: Vec<Node>,
    /// The marks and notes that are not yet tied.
    pub(super) footnotes: Footnotes,
}

impl Tree {
    /// Returns a tree with the document only.
    pub(super) fn new() -> Self {
        Self { nodes: vec![node(0, Role::Document)], footnotes: Footnotes::default() }
    }

    /// Adds a node under another.
    pub(super) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(node(parent, role));
        self.nodes[parent].children.push(id);
        id
    }
}

impl Strip {
    /// Adds a page number, with its left edge at `x` and its base line at `y`.
    pub(super) fn put_pagination(&mut self, line: SetLine, x: f64, y: f64) {
        self.put_artifact(Tag::Pagination, line, (x, y));
    }

    /// Adds a blank, which is no content, with its left edge at `x` and its base line at `y`.
    pub(super) fn put_layout(&mut self, line: SetLine, x: f64, y: f64) {
        self.put_artifact(Tag::Layout, line, (x, y));
    }

    fn put_artifact(&mut self, tag: Tag, line: SetLine, (x, y): (f64, f64)) {
        for mut text in line.texts {
            text.x += x;
            text.y += y;
            self.items.push(Item { tag, mark: Mark::Text(text) });
        }
    }

    /// Returns the height.
    pub(super) fn height(&self) -> f64 {
        self.height
    }

    /// Returns the height that the strip may be made.
    pub(super) fn least_height(&self) -> f64 {
        self.height - self.slack
    }

    /// Returns the height of the head that is drawn over the strip when it begins a page.
    pub(super) fn head_height(&self) -> f64 {
        self.head.as_ref().map_or(0.0, |head| head.height)
    }

    /// Makes the strip as low as it may be: text moves up by half, what ends below by all.
    pub(super) fn lower(&mut self) {
        let (middle, slack) = (self.height / 2.0, std::mem::take(&mut self.slack));
        let lower = |y: &mut f64| {
            if *y > middle {
                *y -= slack;
            }
        };
        for item in &mut self.items {
            match &mut item.mark {
                Mark::Text(text) => text.y -= slack / 2.0,
                Mark::Line(line) => [&mut line.from.1, &mut line.to.1].into_iter().for_each(lower),
                Mark::Shape(shape) => shape.points.iter_mut().for_each(|point| lower(&mut point.1)),
            }
        }
        self.height -= slack;
    }

    /// Returns whether the strip is only room between others, which never begins a page.
    pub(super) fn is_room(&self) -> bool {
        self.items.is_empty() && self.bookmark.is_none() && self.fields.is_empty()
    }

    /// Adds a horizontal rule.
    pub(super) fn rule(&mut self, from: f64, to: f64, y: f64) {
        let line = Line { from: (from, y), to: (to, y), thickness: RULE_WIDTH };
        self.items.push(Item { tag: Tag::Layout, mark: Mark::Line(line) });
    }
}

fn node(parent: NodeId, role: Role) -> Node {
    Node { role, parent, children: Vec::new(), title: None, alternative: None, span: (1, 1) }
}

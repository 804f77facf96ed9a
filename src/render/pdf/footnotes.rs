//! Footnotes in the tree of nodes: each mark is a reference, each note begins with its label, and
//! both lead to each other. Which words follow a mark inside its paragraph is kept in order too.

use std::collections::BTreeMap;
use std::mem;

use crate::compose::document::ConstantKind;

use super::laid::{Item, Jump, Mark, NodeId, Origin, Role, Tag, Text};
use super::strip::{Strip, Tree};
use super::text::SetLine;

/// The marks and labels of a section that are not yet tied, and the ways that are.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    marks: Vec<Sign>,
    labels: Vec<Sign>,
    jumps: Vec<Jump>,
    /// Nodes whose text was interrupted, each with the node of the words after.
    interrupted: BTreeMap<NodeId, Option<NodeId>>,
}

/// A mark, or the label of a note.
#[derive(Debug)]
struct Sign {
    /// The link.
    link: NodeId,
    /// The note, or the paragraph or cell of the mark.
    owner: NodeId,
    /// "(1)", "(1,2)".
    text: String,
}

impl Sign {
    fn numbers(&self) -> impl Iterator<Item = &str> {
        self.text.trim_matches(['(', ')']).split(',')
    }
}

impl Footnotes {
    /// Returns the ways between marks and notes.
    pub(super) fn into_jumps(self) -> Vec<Jump> {
        self.jumps
    }
}

impl Tree {
    /// Puts a set line with its left edge at `x` and its base line at `y` into a strip; marks of
    /// footnotes get nodes of their own under `node`.
    pub(super) fn put(
        &mut self,
        strip: &mut Strip,
        node: NodeId,
        line: SetLine,
        (x, y): (f64, f64),
    ) {
        for mut text in line.texts {
            let tag = Tag::Node(self.node_of(node, &text));
            text.x += x;
            text.y += y;
            strip.items.push(Item { tag, mark: Mark::Text(text) });
        }
    }

    /// Makes what follows in a paragraph come after the child that was added last.
    pub(super) fn interrupt(&mut self, node: NodeId) {
        self.footnotes.interrupted.insert(node, None);
    }

    /// Sets the marks so far aside, so that a table ties only its own.
    pub(super) fn begin_footnotes(&mut self) -> Footnotes {
        mem::take(&mut self.footnotes)
    }

    /// Ties marks and notes of a table, and takes up again what was set aside.
    pub(super) fn end_footnotes(&mut self, before: Footnotes) {
        self.tie_footnotes();
        let jumps = mem::replace(&mut self.footnotes, before).jumps;
        self.footnotes.jumps.extend(jumps);
    }

    /// Ties every mark to its notes and every note to its first mark; what has no other end is no
    /// link.
    pub(super) fn tie_footnotes(&mut self) {
        let marks = mem::take(&mut self.footnotes.marks);
        let labels = mem::take(&mut self.footnotes.labels);
        self.footnotes.interrupted.clear();
        for mark in &marks {
            let is_meant =
                |label: &&Sign| label.numbers().any(|it| mark.numbers().any(|at| at == it));
            let to = labels.iter().find(is_meant).map(|label| label.owner);
            self.jump(mark, to, "Đến ghi chú");
        }
        for label in &labels {
            let leads_here =
                |mark: &&Sign| label.numbers().any(|it| mark.numbers().any(|at| at == it));
            let to = marks.iter().find(leads_here).map(|mark| mark.link);
            self.jump(label, to, "Về chỗ có dấu ghi chú");
        }
    }

    fn jump(&mut self, sign: &Sign, to: Option<NodeId>, words: &str) {
        match to {
            Some(to) => {
                let words = format!("{words} {}", sign.text);
                self.footnotes.jumps.push(Jump { from: sign.link, to, words });
            }
            None => self.nodes[sign.link].role = Role::Span,
        }
    }

    /// Returns the node of a text inside a paragraph, note or cell.
    fn node_of(&mut self, owner: NodeId, text: &Text) -> NodeId {
        // Only raised text stands above its base line.
        if text.origin == Origin::Constant(ConstantKind::Footnote) && text.y < 0.0 {
            let is_note = self.nodes[owner].role == Role::Note;
            let sign = self.add(owner, if is_note { Role::Label } else { Role::Reference });
            let link = self.add(sign, Role::Link);
            self.interrupt(owner);
            let sign = Sign { link, owner, text: text.text.trim().to_owned() };
            let signs =
                if is_note { &mut self.footnotes.labels } else { &mut self.footnotes.marks };
            signs.push(sign);
            return link;
        }
        match self.footnotes.interrupted.get(&owner).copied() {
            None => owner,
            Some(Some(after)) => after,
            Some(None) => {
                let after = self.add(owner, Role::Span);
                self.footnotes.interrupted.insert(owner, Some(after));
                after
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pdf::{Laid, sample};

    fn words(laid: &Laid, node: NodeId) -> String {
        let items = laid.pages.iter().flat_map(|page| &page.items);
        let texts = items.filter_map(|item| match &item.mark {
            Mark::Text(text) if item.tag == Tag::Node(node) => Some(text.text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    #[test]
    fn marks_lead_to_their_notes_and_back() {
        let laid = sample::laid(&sample::report(5));
        let [there, back] = laid.jumps.as_slice() else { panic!("{:?}", laid.jumps) };
        assert_eq!(
            (there.words.as_str(), words(&laid, there.from).as_str()),
            ("Đến ghi chú (1)", "(1)")
        );
        let note = &laid.nodes[there.to];
        assert_eq!(note.role, Role::Note);
        let roles: Vec<Role> = note.children.iter().map(|node| laid.nodes[*node].role).collect();
        assert_eq!(roles, [Role::Label, Role::Span], "the words come after the label");
        assert!(words(&laid, note.children[1]).contains("Công an huyện"));
        let reference = laid.nodes[there.from].parent;
        assert_eq!(laid.nodes[reference].role, Role::Reference);
        assert_eq!(laid.nodes[laid.nodes[reference].parent].role, Role::Cell);
        assert_eq!((back.from, back.to), (laid.nodes[note.children[0]].children[0], there.from));
    }

    #[test]
    fn a_mark_without_a_note_is_no_link() {
        let mut document = sample::report(5);
        for section in &mut document.sections {
            for block in &mut section.blocks {
                if let crate::compose::document::Block::Table(table) = block {
                    table.notes.clear();
                }
            }
        }
        let laid = sample::laid(&document);
        assert!(laid.jumps.is_empty());
        assert!(laid.nodes.iter().any(|node| node.role == Role::Reference));
        assert!(laid.nodes.iter().all(|node| node.role != Role::Link));
    }
}

//! Blocks of running text become strips: titles, paragraphs, headings, lists, annex heads. The
//! blocks of two columns are in `columns`, tables in `table`.

use crate::compose::document::{
    AnnexHead, Block, Heading, Paragraph, ParagraphKind, Run, Title, shown,
};

use super::fonts::Shaper;
use super::geometry::{
    ANNEX_RULE, ANNEX_SIZE, ATTACHED_SIZE, BODY_SIZE, BODY_SPACING, FIRST_INDENT, HEADING_GAP,
    LINES_TOGETHER, NOTE_SIZE, PARAGRAPH_GAP, PageBox, RULE_DROP, RULE_SHARE, TITLE_AFTER,
    TITLE_BEFORE, TITLE_SIZE, TITLE_WIDTH_SHARE, single,
};
use super::laid::{Face, NodeId, Role};
use super::strip::{Keep, Strip, Tree};
use super::text::{self, Alignment, SetLine, Setting};
use super::{chart, columns, header, table, words};

/// A section while its strips are made.
pub(super) struct SectionLayout<'a, 'fonts> {
    pub(super) shaper: &'a mut Shaper<'fonts>,
    pub(super) tree: &'a mut Tree,
    pub(super) page: PageBox,
    /// The node of the section.
    pub(super) node: NodeId,
    pub(super) strips: Vec<Strip>,
    /// The list that the next entry belongs to.
    list: Option<NodeId>,
    /// Level of the last heading of the section, so that no level is skipped.
    heading_level: u8,
}

/// How the lines of a block stand below each other.
#[derive(Clone, Copy)]
pub(super) struct Lines {
    /// What they belong to.
    pub(super) node: NodeId,
    /// Base line to base line.
    pub(super) leading: f64,
    /// Room over the first.
    pub(super) gap: f64,
    /// Left edge.
    pub(super) x: f64,
    /// Face and size, which place the base line.
    pub(super) face: Face,
    /// Size.
    pub(super) size: f64,
}

impl<'a, 'fonts> SectionLayout<'a, 'fonts> {
    pub(super) fn new(
        shaper: &'a mut Shaper<'fonts>,
        tree: &'a mut Tree,
        page: PageBox,
        node: NodeId,
    ) -> Self {
        Self { shaper, tree, page, node, strips: Vec::new(), list: None, heading_level: 0 }
    }

    /// Makes the strips of a block.
    pub(super) fn block(&mut self, block: &Block) {
        if !matches!(block, Block::Paragraph(Paragraph { kind: ParagraphKind::ListItem, .. })) {
            self.list = None;
        }
        match block {
            Block::Header(header) => header::header(self, header),
            Block::Title(title) => self.title(title),
            Block::Addressees(addressees) => columns::addressees(self, addressees),
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Heading(heading) => self.heading(heading),
            Block::Table(table) => table::table(self, table),
            Block::Chart(block) => chart::chart(self, block),
            Block::Signature(signature) => columns::signature(self, signature),
            Block::AnnexHead(head) => self.annex_head(head),
        }
    }

    /// Adds a node of the section.
    pub(super) fn add(&mut self, role: Role) -> NodeId {
        self.tree.add(self.node, role)
    }

    /// Sets runs over the width of the text block.
    pub(super) fn set(
        &mut self,
        runs: &[Run],
        (face, size): (Face, f64),
        align: Alignment,
    ) -> Vec<SetLine> {
        let setting = Setting::new(face, size, self.page.text_width(), align);
        text::set(self.shaper, runs, &setting)
    }

    /// Adds lines as strips; the first and the last lines of a long block stay together.
    pub(super) fn push_lines(&mut self, lines: Vec<SetLine>, how: Lines) {
        let count = lines.len();
        let baseline = self.shaper.baseline(how.face, how.size, how.leading);
        for (index, line) in lines.into_iter().enumerate() {
            let from_end = count - index;
            let mut strip = Strip {
                gap: if index == 0 { how.gap } else { 0.0 },
                height: how.leading,
                ..Strip::default()
            };
            if from_end > 1 && (index + 1 < LINES_TOGETHER || from_end <= LINES_TOGETHER) {
                strip.keep = Keep::Firmly;
            }
            self.tree.put(&mut strip, how.node, line, (how.x, baseline));
            self.strips.push(strip);
        }
    }

    /// Adds centred lines that stay with what follows; returns the length of the last.
    fn push_centred(&mut self, runs: &[Run], face: Face, size: f64, gap: f64) -> (NodeId, f64) {
        let node = self.add(Role::Paragraph);
        let width = self.page.text_width() * TITLE_WIDTH_SHARE;
        let setting = Setting::new(face, size, width, Alignment::Balanced);
        let lines = text::set(self.shaper, runs, &setting);
        let last = lines.last().map_or(0.0, |line| line.width);
        let first_strip = self.strips.len();
        let x = self.page.left + (self.page.text_width() - width) / 2.0;
        self.push_lines(lines, Lines { node, leading: single(size), gap, x, face, size });
        self.keep_from(first_strip);
        (node, last)
    }

    /// Keeps all strips from an index on together, and with what follows.
    pub(super) fn keep_from(&mut self, first_strip: usize) {
        for strip in self.strips.iter_mut().skip(first_strip) {
            strip.keep = Keep::Firmly;
        }
    }

    /// Adds a centred rule under the last line.
    fn push_rule(&mut self, length: f64, size: f64) {
        let centre = self.page.centre();
        let baseline = self.shaper.baseline(Face::Bold, size, single(size));
        if let (true, Some(strip)) = (length > 0.0, self.strips.last_mut()) {
            strip.rule(centre - length / 2.0, centre + length / 2.0, baseline + RULE_DROP);
            strip.height = baseline + RULE_DROP + TITLE_AFTER;
        }
    }

    fn title(&mut self, title: &Title) {
        let kind = [Run::text(title.kind.as_str())];
        let (_, mut length) = self.push_centred(&kind, Face::Bold, TITLE_SIZE, TITLE_BEFORE);
        for line in &title.subject {
            (_, length) = self.push_centred(line, Face::Bold, TITLE_SIZE, 0.0);
        }
        self.push_rule(length * RULE_SHARE, TITLE_SIZE);
        for line in &title.remarks {
            self.push_centred(line, Face::Regular, TITLE_SIZE, 0.0);
        }
        if let (false, Some(strip)) = (title.remarks.is_empty(), self.strips.last_mut()) {
            strip.height += PARAGRAPH_GAP;
        }
    }

    fn annex_head(&mut self, head: &AnnexHead) {
        let label = [Run::text(head.label.as_str())];
        let first_strip = self.strips.len();
        let (node, _) = self.push_centred(&label, Face::Bold, ANNEX_SIZE, 0.0);
        self.mark_heading(node, 1, &head.label);
        let words: Vec<String> = head.title.iter().map(|line| shown(line)).collect();
        self.tree.nodes[node].title = Some(format!("{} {}", head.label, words.join(" ")));
        let mut length = 0.0;
        for line in &head.title {
            (_, length) = self.push_centred(line, Face::Bold, ANNEX_SIZE, 0.0);
        }
        if !head.attached_to.is_empty() {
            (_, length) = self.push_centred(&head.attached_to, Face::Italic, ATTACHED_SIZE, 0.0);
        }
        self.push_rule((length * RULE_SHARE).min(ANNEX_RULE), ATTACHED_SIZE);
        self.keep_from(first_strip);
    }

    /// Turns a node into a heading that skips no level.
    fn mark_heading(&mut self, node: NodeId, level: u8, title: &str) {
        let level = level.clamp(1, 3).min(self.heading_level + 1);
        self.heading_level = level;
        self.tree.nodes[node].role = Role::Heading(level);
        self.tree.nodes[node].title = Some(title.to_owned());
    }

    fn heading(&mut self, heading: &Heading) {
        let node = self.add(Role::Paragraph);
        let words = words::clean(&shown(&heading.runs));
        self.mark_heading(node, heading.level, &words);
        let first_strip = self.strips.len();
        let gap = if heading.level == 1 { HEADING_GAP } else { PARAGRAPH_GAP };
        self.push_body(&heading.runs, Face::Bold, gap, node);
        self.keep_from(first_strip);
        if let Some(strip) = self.strips.get_mut(first_strip) {
            strip.bookmark = Some((heading.level.clamp(1, 3), words));
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        match paragraph.kind {
            ParagraphKind::Body => {
                let node = self.add(Role::Paragraph);
                self.push_body(&paragraph.runs, Face::Regular, PARAGRAPH_GAP, node);
            }
            ParagraphKind::Verdict => {
                let node = self.add(Role::Paragraph);
                self.push_body(&paragraph.runs, Face::Bold, PARAGRAPH_GAP, node);
            }
            ParagraphKind::ListItem => self.list_item(&paragraph.runs),
            ParagraphKind::Note => {
                let node = self.add(Role::Note);
                self.push_note(&paragraph.runs, node, PARAGRAPH_GAP / 2.0);
            }
        }
    }

    fn list_item(&mut self, runs: &[Run]) {
        let list = match self.list {
            Some(list) => list,
            None => self.add(Role::List),
        };
        self.list = Some(list);
        let item = self.tree.add(list, Role::ListItem);
        let body = self.tree.add(item, Role::ListBody);
        let words = shown(runs);
        let has_sign = ["- ", "+ ", "– ", "• "].iter().any(|sign| words.starts_with(sign));
        if has_sign {
            self.push_body(runs, Face::Regular, PARAGRAPH_GAP, body);
        } else {
            let runs: Vec<Run> = std::iter::once(Run::text("- ")).chain(runs.to_vec()).collect();
            self.push_body(&runs, Face::Regular, PARAGRAPH_GAP, body);
        }
    }

    /// Adds a paragraph of the body: justified, first line indented (II.6).
    fn push_body(&mut self, runs: &[Run], face: Face, gap: f64, node: NodeId) {
        let (size, width) = (BODY_SIZE, self.page.text_width());
        let align = Alignment::Justified;
        let setting =
            Setting { first_indent: FIRST_INDENT, ..Setting::new(face, size, width, align) };
        let lines = text::set(self.shaper, runs, &setting);
        let leading = single(size) * BODY_SPACING;
        self.push_lines(lines, Lines { node, leading, gap, x: self.page.left, face, size });
    }

    /// Adds small text over the whole width.
    pub(super) fn push_note(&mut self, runs: &[Run], node: NodeId, gap: f64) {
        let (face, size) = (Face::Regular, NOTE_SIZE);
        let lines = self.set(runs, (face, size), Alignment::Justified);
        let leading = single(size);
        self.push_lines(lines, Lines { node, leading, gap, x: self.page.left, face, size });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::compose::document::Document;
    use crate::render::pdf::laid::{Laid, Mark, Tag};
    use crate::render::pdf::sample;

    /// Returns the heights of base lines by node and page.
    fn base_lines(laid: &Laid) -> BTreeMap<NodeId, BTreeMap<usize, BTreeSet<String>>> {
        let mut lines: BTreeMap<_, BTreeMap<_, BTreeSet<_>>> = BTreeMap::new();
        for (index, page) in laid.pages.iter().enumerate() {
            for item in &page.items {
                if let (Tag::Node(node), Mark::Text(text)) = (item.tag, &item.mark) {
                    let pages = lines.entry(node).or_default();
                    pages.entry(index).or_default().insert(format!("{:.1}", text.y));
                }
            }
        }
        lines
    }

    fn shifted(lines: usize) -> Document {
        let mut document = sample::report(0);
        let line = sample::paragraph(vec![sample::text("Một dòng chữ.")]);
        document.sections[0].blocks.splice(3..3, vec![line; lines]);
        document
    }

    #[test]
    fn no_line_of_a_paragraph_stands_alone_on_a_page() {
        let mut parted = 0;
        for lines in 0..24 {
            for pages in base_lines(&sample::laid(&shifted(lines))).values() {
                if pages.len() > 1 {
                    parted += 1;
                    assert!(pages.values().all(|lines| lines.len() >= LINES_TOGETHER));
                }
            }
        }
        assert!(parted > 10, "the shifts part paragraphs");
    }

    #[test]
    fn list_entries_share_a_list_and_get_a_dash() {
        let laid = sample::laid(&sample::report(0));
        let lists: Vec<usize> = laid
            .nodes
            .iter()
            .filter(|node| node.role == Role::List)
            .map(|node| node.children.len())
            .collect();
        assert_eq!(lists, [2, 2, 2, 2, 5], "addressees, three lists, recipients");
        let dashes = laid.texts().filter(|(_, text)| text.text.starts_with("- ")).count();
        assert!(dashes >= 13, "{dashes}");
    }

    #[test]
    fn headings_skip_no_level_and_lead_the_outline() {
        let laid = sample::laid(&sample::report(0));
        let mut before = 0;
        for node in &laid.nodes {
            match node.role {
                Role::Section => before = 0,
                Role::Heading(level) => {
                    assert!(level <= before + 1, "{:?}", node.title);
                    before = level;
                }
                _ => {}
            }
        }
        let levels: Vec<u8> = laid.outline.iter().map(|bookmark| bookmark.level).collect();
        assert_eq!(levels, [0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 0, 0]);
        assert_eq!(laid.outline[1].title, "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH");
    }
}

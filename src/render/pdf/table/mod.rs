//! Tables: caption, head, rows and notes become strips, with the rules on where a page may end.

mod rows;
mod widths;

use std::rc::Rc;

use crate::compose::document::{RowKind, Run, Table, shown};

use super::blocks::{Lines, SectionLayout};
use super::geometry::{CAPTION_SIZE, LAST_ROWS, PARAGRAPH_GAP, TABLE_AFTER, UNIT_SIZE, single};
use super::laid::{Face, Item, NodeId, Role, Tag};
use super::strip::{Keep, RepeatedHead, Strip};
use super::text::Alignment;
use super::words;
use rows::TableLayout;

/// A head that takes more of the page is not repeated.
const MOST_REPEATED: f64 = 0.6;
/// Rows at the end of a table that take more of the page may be parted, all but two.
const MOST_TAIL: f64 = 0.3;
/// Notes that take more of the page may be parted from the table.
const MOST_NOTES: f64 = 0.25;

/// Adds a table. A table without columns is nothing.
pub(super) fn table(section: &mut SectionLayout<'_, '_>, table: &Table) {
    if table.columns.is_empty() {
        return;
    }
    let before = section.tree.begin_footnotes();
    let unit_node = table.unit_of_count.as_ref().map(|_| section.add(Role::Paragraph));
    let node = section.add(Role::Table);
    caption(section, table, node);
    if let (Some(unit), Some(unit_node)) = (&table.unit_of_count, unit_node) {
        unit_line(section, unit, unit_node);
    }
    let firm = section.strips.iter().rev().take_while(|strip| strip.keep == Keep::Firmly);
    let gap = if table.caption.is_none() { PARAGRAPH_GAP } else { 0.0 };
    let over_table: f64 = gap + firm.map(|strip| strip.gap + strip.height).sum::<f64>();
    let widths = widths::widths(section.shaper, table, section.page.text_width());
    let left = section.page.left;
    let mut layout =
        TableLayout::new((&mut *section.shaper, &mut *section.tree), table, &widths, left);
    let mut strips = Vec::new();
    let mut head = None;
    let page_height = section.page.text_height();
    if let Some(strip) = layout.head(node) {
        if strip.height <= page_height * MOST_REPEATED {
            head = Some(Rc::new(repeated(&strip)));
        }
        strips.push(strip);
    }
    let room = page_height - head.as_ref().map_or(0.0, |head| head.height);
    // PDF/UA wants a body under a head, even one without rows.
    let body = layout.body(node);
    if !table.rows.is_empty() {
        let mut rows: Vec<Vec<Strip>> = Vec::with_capacity(table.rows.len());
        for (index, row) in table.rows.iter().enumerate() {
            let over_first = if index == 0 { over_table } else { 0.0 };
            let mut parts = layout.body_row(row, body, room - over_first);
            for part in &mut parts {
                part.head.clone_from(&head);
            }
            rows.push(parts);
        }
        let tail_start = tail_start(table, &rows, room * MOST_TAIL);
        for (index, mut parts) in rows.into_iter().enumerate() {
            if let Some(last) = parts.last_mut() {
                last.keep = keep_of(table, index, tail_start);
            }
            strips.extend(parts);
        }
    }
    if let (true, Some(strip)) = (table.rows.is_empty(), strips.last_mut()) {
        strip.keep = Keep::Free;
    }
    if let Some(first) = strips.first_mut() {
        first.gap = gap;
    }
    section.strips.append(&mut strips);
    notes(section, table);
    section.tree.end_footnotes(before);
    section.strips.push(Strip { gap: TABLE_AFTER, ..Strip::default() });
}

/// Returns the index from which rows stay together: some rows that are no totals at the end, fewer
/// but never one alone where they are high.
fn tail_start(table: &Table, rows: &[Vec<Strip>], room: f64) -> usize {
    let (mut start, mut kept, mut height) = (0, 0, 0.0);
    for (index, (row, strips)) in table.rows.iter().zip(rows).enumerate().rev() {
        height += strips.iter().map(|strip| strip.height).sum::<f64>();
        let enough = kept >= LAST_ROWS || (kept >= 2 && height > room);
        if enough {
            break;
        }
        start = index;
        kept += usize::from(row.kind != RowKind::Total);
    }
    start
}

/// Returns whether a row shares its page with the next: the first two rows, the last ones, the
/// head of a group, and what stands before a total.
fn keep_of(table: &Table, index: usize, tail_start: usize) -> Keep {
    let Some(next) = table.rows.get(index + 1) else { return Keep::Free };
    let kind = table.rows[index].kind;
    let before_total = next.kind == RowKind::Total && kind != RowKind::Total;
    if index == 0 || index >= tail_start || kind == RowKind::Group || before_total {
        Keep::IfPossible
    } else {
        Keep::Free
    }
}

fn caption(section: &mut SectionLayout<'_, '_>, table: &Table, node: NodeId) {
    let Some(runs) = &table.caption else { return };
    section.tree.nodes[node].title = Some(words::clean(&shown(runs)));
    let node = section.tree.add(node, Role::Caption);
    let (face, size) = (Face::Bold, CAPTION_SIZE);
    let lines = section.set(runs, (face, size), Alignment::Left);
    let first_strip = section.strips.len();
    let leading = single(size);
    let how = Lines { node, leading, gap: PARAGRAPH_GAP, x: section.page.left, face, size };
    section.push_lines(lines, how);
    section.keep_from(first_strip);
    if let Some(strip) = section.strips.last_mut() {
        strip.height += PARAGRAPH_GAP / 2.0;
    }
}

fn unit_line(section: &mut SectionLayout<'_, '_>, unit: &str, node: NodeId) {
    let (face, size) = (Face::Italic, UNIT_SIZE);
    let lines = section.set(&[Run::text(unit)], (face, size), Alignment::Right);
    let first_strip = section.strips.len();
    let (leading, x) = (single(size), section.page.left);
    section.push_lines(lines, Lines { node, leading, gap: 0.0, x, face, size });
    section.keep_from(first_strip);
}

/// Returns a head as it is drawn again: the same items, none of them content.
fn repeated(head: &Strip) -> RepeatedHead {
    let items = head.items.iter().cloned();
    let items = items
        .map(|item| match item.tag {
            Tag::Node(_) => Item { tag: Tag::Pagination, ..item },
            Tag::Pagination | Tag::Layout => item,
        })
        .collect();
    RepeatedHead { height: head.height, items }
}

/// Adds the notes; short ones stay with the last row.
fn notes(section: &mut SectionLayout<'_, '_>, table: &Table) {
    let first_strip = section.strips.len();
    for (index, runs) in table.notes.iter().enumerate() {
        let node = section.add(Role::Note);
        let gap = if index == 0 { PARAGRAPH_GAP / 2.0 } else { 0.0 };
        section.push_note(runs, node, gap);
    }
    let added = &section.strips[first_strip..];
    let height: f64 = added.iter().map(|strip| strip.gap + strip.height).sum();
    let short = height <= section.page.text_height() * MOST_NOTES;
    let last = section.strips.len();
    if last > first_strip && short && first_strip > 0 {
        for strip in &mut section.strips[first_strip - 1..last - 1] {
            strip.keep = strip.keep.max(Keep::IfPossible);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::render::pdf::laid::{Laid, Mark};
    use crate::render::pdf::sample;

    /// Returns the pages of the wide annex, each with its texts and what they belong to.
    fn annex_pages(laid: &Laid) -> Vec<Vec<(Tag, &str)>> {
        let annex = laid.pages.iter().filter(|page| page.width > page.height);
        let texts = annex.map(|page| {
            let items = page.items.iter().filter_map(|item| match &item.mark {
                Mark::Text(text) => Some((item.tag, text.text.as_str())),
                Mark::Line(_) | Mark::Shape(_) => None,
            });
            items.collect()
        });
        texts.collect()
    }

    /// Returns the body rows with a text on a page.
    fn rows_on(laid: &Laid, page: &[(Tag, &str)]) -> BTreeSet<NodeId> {
        let cells = page.iter().filter_map(|(tag, _)| match tag {
            Tag::Node(node) if matches!(laid.nodes[*node].role, Role::Cell | Role::RowHead) => {
                Some(laid.nodes[*node].parent)
            }
            _ => None,
        });
        cells.collect()
    }

    #[test]
    fn every_page_repeats_the_head_and_no_row_is_parted_or_left_alone() {
        for count in 1..70 {
            let laid = sample::laid(&sample::report(count));
            let pages = annex_pages(&laid);
            let mut seen = BTreeSet::new();
            for (index, page) in pages.iter().enumerate() {
                let heads: Vec<Tag> =
                    page.iter().filter(|(_, text)| *text == "STT").map(|(tag, _)| *tag).collect();
                let numbers = page.iter().filter(|(_, text)| *text == "(17)").count();
                assert_eq!((heads.len(), numbers), (1, 1), "{count} rows, page {index}");
                assert_eq!(heads[0] == Tag::Pagination, index > 0, "repeated heads are no content");
                let rows = rows_on(&laid, page);
                assert!(rows.len() >= 2, "{count} rows, page {index}");
                assert!(rows.iter().all(|row| seen.insert(*row)), "a row stands on one page");
            }
            let last = pages.last().unwrap();
            assert!(last.iter().any(|(_, text)| *text == "Tổng cộng"));
            assert!(rows_on(&laid, last).len() >= 3, "two rows and the total");
            assert!(last.iter().any(|(_, text)| text.starts_with("Ghi chú")));
        }
    }

    #[test]
    fn the_head_stays_with_a_first_row_as_high_as_a_page() {
        let mut document = sample::report(3);
        let mut table = sample::wide_table(3);
        table.rows.remove(0);
        table.rows[0].cells[1].runs = vec![Run::text("một hai ba ".repeat(400))];
        let last = document.sections[2].blocks.len() - 1;
        document.sections[2].blocks[last] = crate::compose::document::Block::Table(table);
        let laid = sample::laid(&document);
        for page in annex_pages(&laid) {
            assert!(!rows_on(&laid, &page).is_empty(), "no page has a head alone");
        }
    }

    #[test]
    fn numbers_stand_in_one_piece_and_the_size_is_one_of_ours() {
        let laid = sample::laid(&sample::report(25));
        let page = laid.pages.last().unwrap();
        let sizes: BTreeSet<String> = page
            .items
            .iter()
            .filter_map(|item| match (&item.mark, item.tag) {
                (Mark::Text(text), Tag::Node(node)) if laid.nodes[node].role == Role::Cell => {
                    assert!(!text.text.starts_with('.') && !text.text.ends_with('.'));
                    Some(text.size.to_string())
                }
                _ => None,
            })
            .collect();
        assert_eq!(sizes.into_iter().collect::<Vec<_>>(), ["12"]);
    }

    #[test]
    fn digits_stand_under_digits_beside_the_mark_of_a_footnote() {
        let mut document = sample::report(5);
        let mut table = sample::wide_table(5);
        table.columns.truncate(8);
        let last = document.sections[2].blocks.len() - 1;
        document.sections[2].blocks[last] = crate::compose::document::Block::Table(table);
        let laid = sample::laid(&document);
        let page = laid.pages.last().unwrap();
        let end = |words: &str| {
            let found = page.items.iter().find_map(|item| match &item.mark {
                Mark::Text(text) if text.text == words => Some(text.x + text.width),
                _ => None,
            });
            found.unwrap_or_else(|| panic!("{words} is on the page"))
        };
        // The first number of the third row has a mark, that of the fourth has none.
        let (marked, plain) = (end("111"), end("148"));
        assert!((marked - plain).abs() < 0.01, "{marked} {plain}");
    }

    #[test]
    fn the_tree_of_a_table_is_regular() {
        let laid = sample::laid(&sample::report(5));
        let table = laid.nodes.iter().rfind(|node| node.role == Role::Table).unwrap();
        let roles: Vec<Role> = table.children.iter().map(|node| laid.nodes[*node].role).collect();
        assert_eq!(roles, [Role::TableHead, Role::TableBody]);
        for row in &laid.nodes[table.children[1]].children {
            let spans: usize =
                laid.nodes[*row].children.iter().map(|cell| laid.nodes[*cell].span.0).sum();
            assert_eq!(spans, 17);
        }
    }
}

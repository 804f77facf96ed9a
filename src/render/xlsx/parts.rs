//! The sheets of a section: each of its tables stands on one of its own, since tables of one sheet
//! would share the widths of their columns and no head of them could be repeated in print.

use crate::compose::document::{AnnexHead, Block, Section};

/// What one sheet shows of a section.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    /// The section.
    pub section: &'a Section,
    /// The blocks, in reading order.
    pub blocks: Vec<&'a Block>,
    /// Whether the section begins on an earlier sheet.
    pub is_continued: bool,
}

impl<'a> Part<'a> {
    /// Returns the head of the annex that the sheet belongs to.
    pub(super) fn annex_head(&self) -> Option<&'a AnnexHead> {
        self.section.blocks.iter().find_map(|block| match block {
            Block::AnnexHead(head) => Some(head),
            _ => None,
        })
    }

    /// Returns whether the sheet opens the document with its letterhead.
    pub(super) fn has_letterhead(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Header(_)))
    }

    /// Returns whether the sheet has a table.
    pub(super) fn has_table(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Table(_)))
    }
}

/// Returns the sheets of a section: a new one after each table that another follows.
pub(super) fn parts(section: &Section) -> Vec<Part<'_>> {
    let is_table = |block: &Block| matches!(block, Block::Table(_));
    let tables = section.blocks.iter().filter(|block| is_table(block)).count();
    let mut parts = vec![Part { section, blocks: Vec::new(), is_continued: false }];
    let mut seen = 0;
    for block in &section.blocks {
        if let Some(part) = parts.last_mut() {
            part.blocks.push(block);
        }
        seen += usize::from(is_table(block));
        if is_table(block) && seen < tables {
            parts.push(Part { section, blocks: Vec::new(), is_continued: true });
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::sample::document;
    use super::*;

    #[test]
    fn each_table_has_a_sheet_and_text_after_the_last_stays_with_it() {
        let document = document();
        let counts = |name: &str| -> Vec<usize> {
            let section = document.sections.iter().find(|section| section.name == name).unwrap();
            parts(section).iter().map(|part| part.blocks.len()).collect()
        };
        assert_eq!(counts("Báo cáo").len(), 1, "no table, one sheet");
        assert_eq!(counts("Phụ lục II"), [2]);
        assert_eq!(counts("Phụ lục IV"), [1, 1]);
    }
}

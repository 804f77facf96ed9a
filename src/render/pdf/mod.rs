//! The PDF in the official layout: a typed document is laid out on pages, then written.
//!
//! Layout knows no PDF and the writer decides no position. Nothing here changes a word, except
//! that text is normalised to NFC and a character that no font has is drawn as a box.

mod blocks;
mod columns;
mod flow;
mod fonts;
pub mod geometry;
mod laid;
mod metadata;
mod outline;
#[cfg(test)]
mod sample;
mod structure;
mod subset;
mod table;
mod text;
mod writer;

use std::sync::Arc;

use crate::compose::document::{Audience, Block, Document, Orientation, Section};

pub use fonts::{FontFiles, Fonts, LoadedFace};
use geometry::PageBox;
pub use laid::{
    Area, Bookmark, Face, Glyph, Item, Laid, Line, Mark, Node, NodeId, Origin, Page, PageLabel,
    Role, Tag, Text,
};
pub use writer::{Backend, Printpdf};

use blocks::SectionLayout;
use flow::Tree;
use fonts::Shaper;

/// Returns the PDF of a document; sections for the workbook alone are left out.
pub fn pdf(document: &Document, files: &FontFiles) -> Result<Vec<u8>, PdfError> {
    let fonts = Fonts::load(files)?;
    write(&layout(document, &fonts), &fonts)
}

/// Lays a document out on pages.
pub fn layout(document: &Document, fonts: &Fonts<'_>) -> Laid {
    let mut shaper = Shaper::new(fonts);
    let mut tree = Tree::new();
    let mut laid = Laid {
        meta: document.meta.clone(),
        pages: Vec::new(),
        nodes: Vec::new(),
        outline: Vec::new(),
        signature: None,
        missing_glyphs: std::collections::BTreeSet::new(),
    };
    let printed = document.sections.iter().filter(|part| part.audience != Audience::Workbook);
    for (index, section) in printed.enumerate() {
        let page_box = PageBox::of(section.orientation);
        let node = tree.add(0, Role::Section);
        let mut parts = SectionLayout::new(&mut shaper, &mut tree, page_box, node);
        for block in &section.blocks {
            parts.block(block);
        }
        let prefix = if index == 0 { Arc::from("") } else { label_prefix(section, index) };
        let strips = parts.strips;
        let paged = flow::paginate(strips, page_box, &prefix, &mut shaper);
        let first_page = laid.pages.len();
        let title = text::clean(&section.name);
        laid.outline.push(Bookmark { level: 0, title, page: first_page, y: 0 });
        laid.outline.extend(
            paged
                .outline
                .into_iter()
                .map(|bookmark| Bookmark { page: bookmark.page + first_page, ..bookmark }),
        );
        let signature = paged.signature;
        laid.signature =
            laid.signature.or(signature.map(|area| Area { page: area.page + first_page, ..area }));
        laid.pages.extend(paged.pages);
    }
    if laid.pages.is_empty() {
        let page_box = PageBox::of(Orientation::Portrait);
        laid.pages = flow::paginate(Vec::new(), page_box, &Arc::from(""), &mut shaper).pages;
    }
    laid.nodes = tree.nodes;
    laid.missing_glyphs = shaper.missing;
    laid
}

/// Writes a laid-out document.
pub fn write(laid: &Laid, fonts: &Fonts<'_>) -> Result<Vec<u8>, PdfError> {
    Printpdf.write(laid, fonts)
}

/// Returns what stands before the page numbers of an annex: "II-" for "Phụ lục II".
fn label_prefix(section: &Section, index: usize) -> Arc<str> {
    let label = section.blocks.iter().find_map(|block| match block {
        Block::AnnexHead(head) => head.label.split_whitespace().last(),
        _ => None,
    });
    let is_number = |word: &&str| word.chars().all(|letter| "IVXLC".contains(letter));
    match label.filter(is_number) {
        Some(number) => Arc::from(format!("{number}-")),
        None => Arc::from(format!("PL{index}-")),
    }
}

/// Why no PDF could be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A font file is no font that can be read.
    #[error("tệp phông chữ `{face:?}` không đọc được")]
    UnreadableFont {
        /// The face it was given for.
        face: Face,
    },
    /// A font file could not be reduced to the characters used.
    #[error("không rút gọn được phông chữ `{face:?}`")]
    Subset {
        /// The face.
        face: Face,
        /// The cause.
        #[source]
        source: subsetter::Error,
    },
    /// The PDF objects did not hold together.
    #[error("không ghi được cấu trúc PDF")]
    Objects(#[source] lopdf::Error),
    /// The bytes could not be written.
    #[error("không ghi được tệp PDF")]
    Write(#[source] std::io::Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_sample() {
        let bytes = pdf(&sample::report(25), &FontFiles::embedded()).unwrap();
        crate_test_write("/tmp/h-pdf-sample.pdf", &bytes);
        assert!(bytes.starts_with(b"%PDF-1.7"));
    }

    #[expect(clippy::disallowed_methods, reason = "to look at")]
    fn crate_test_write(path: &str, bytes: &[u8]) {
        std::fs::write(path, bytes).unwrap();
    }
}

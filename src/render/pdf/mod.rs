//! The PDF in the official layout: a typed document is laid out on pages, then written.
//!
//! Layout knows no PDF and the writer decides no position. Nothing here changes a word, except
//! that text is normalised to NFC and a character that no font has is drawn as a box.

mod blanks;
mod blocks;
mod breaking;
mod chart;
mod columns;
mod content;
mod deal;
mod elements;
mod file;
mod flow;
mod font_files;
mod fonts;
mod footnotes;
mod form_font;
mod forms;
pub mod geometry;
mod header;
mod laid;
mod links;
mod metadata;
#[cfg(test)]
mod odd;
mod outline;
#[cfg(test)]
mod sample;
mod strip;
mod structure;
mod subset;
mod table;
mod text;
mod words;
mod writer;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::compose::document::{Audience, Block, Document, Meta, Orientation, Section, shown};

pub use font_files::{FontFault, FontFiles};
pub use fonts::Fonts;
use geometry::PageBox;
pub use laid::{
    Area, Bookmark, Face, Field, FieldKind, Glyph, Item, Jump, Laid, Line, Mark, MissingGlyph,
    Node, NodeId, Origin, Page, PageLabel, Paint, Role, Shape, Tag, Text,
};
pub use writer::{Backend, Printpdf};

use blocks::SectionLayout;
use fonts::Shaper;
use strip::Tree;

/// A finished file.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters that no font has, with the first place of each.
    pub missing_glyphs: BTreeMap<char, MissingGlyph>,
}

/// Returns the PDF of a document; sections for the workbook alone are left out.
pub fn pdf(document: &Document, files: &FontFiles) -> Result<Vec<u8>, PdfError> {
    Ok(printed(document, files)?.bytes)
}

/// Returns the same with what could not be drawn.
pub fn printed(document: &Document, files: &FontFiles) -> Result<Printed, PdfError> {
    let fonts = Fonts::load(files)?;
    let mut laid = layout(document, &fonts);
    let missing_glyphs = std::mem::take(&mut laid.missing_glyphs);
    Ok(Printed { bytes: write(laid, &fonts)?, missing_glyphs })
}

/// Lays a document out on pages.
pub fn layout(document: &Document, fonts: &Fonts<'_>) -> Laid {
    let mut shaper = Shaper::new(fonts);
    let mut tree = Tree::new();
    let mut laid = Laid {
        meta: clean_meta(&document.meta),
        pages: Vec::new(),
        nodes: Vec::new(),
        outline: Vec::new(),
        fields: Vec::new(),
        jumps: Vec::new(),
        missing_glyphs: BTreeMap::new(),
    };
    let printed = document.sections.iter().filter(|part| part.audience != Audience::Workbook);
    for (index, section) in printed.enumerate() {
        let page_box = PageBox::of(section.orientation);
        shaper.section = Rc::from(section.name.as_str());
        let node = tree.add(0, Role::Section);
        let mut parts = SectionLayout::new(&mut shaper, &mut tree, page_box, node);
        for block in &section.blocks {
            parts.block(block);
        }
        let strips = parts.strips;
        tree.tie_footnotes();
        let prefix = if index == 0 { Arc::from("") } else { label_prefix(section, index) };
        let paged = flow::paginate(strips, page_box, &prefix, &mut shaper);
        let first_page = laid.pages.len();
        let title = words::clean(&bookmark_title(section));
        laid.outline.push(Bookmark { level: 0, title, page: first_page, y: 0 });
        laid.outline.extend(
            paged
                .outline
                .into_iter()
                .map(|bookmark| Bookmark { page: bookmark.page + first_page, ..bookmark }),
        );
        laid.fields.extend(paged.fields.into_iter().map(|field| {
            let page = field.area.page + first_page;
            Field { area: Area { page, ..field.area }, ..field }
        }));
        laid.pages.extend(paged.pages);
    }
    if laid.pages.is_empty() {
        let page_box = PageBox::of(Orientation::Portrait);
        laid.pages = flow::paginate(Vec::new(), page_box, &Arc::from(""), &mut shaper).pages;
    }
    laid.jumps = tree.footnotes.into_jumps();
    laid.nodes = tree.nodes;
    laid.missing_glyphs = shaper.missing;
    laid
}

/// Writes a laid-out document and gives up its pages on the way.
pub fn write(laid: Laid, fonts: &Fonts<'_>) -> Result<Vec<u8>, PdfError> {
    Printpdf.write(laid, fonts)
}

fn clean_meta(meta: &Meta) -> Meta {
    let [title, author, subject] =
        [&meta.title, &meta.author, &meta.subject].map(|text| words::clean(text));
    Meta { title, author, subject, date: meta.date }
}

/// Returns the bookmark of a section: number and title of an annex, else its name.
fn bookmark_title(section: &Section) -> String {
    for block in &section.blocks {
        if let Block::AnnexHead(head) = block {
            let lines: Vec<String> = head.title.iter().map(|line| shown(line)).collect();
            return format!("{}. {}", head.label, lines.join(" "));
        }
    }
    section.name.clone()
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
    #[error("không đọc được tệp phông chữ kiểu {}", face.name())]
    UnreadableFont {
        /// The face it was given for.
        face: Face,
    },
    /// The office's own fonts cannot be used.
    #[error(transparent)]
    OfficeFonts(#[from] FontFault),
    /// A font file could not be reduced to the characters used.
    #[error("không rút gọn được phông chữ kiểu {}", face.name())]
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
    use crate::compose::document::{Content, Run};

    /// Fails when anything but a page number stands outside the text block.
    fn assert_within_margins(laid: &Laid) {
        for page in &laid.pages {
            let landscape = page.width > page.height;
            let orientation =
                if landscape { Orientation::Landscape } else { Orientation::Portrait };
            let block = PageBox::of(orientation);
            let (left, right) = (block.left - 0.05, block.right + 0.05);
            for item in &page.items {
                let (from, to, upper, lower) = match &item.mark {
                    Mark::Text(Text { origin: Origin::Artifact(_), .. }) => continue,
                    Mark::Text(text) => {
                        (text.x, text.x + text.width, text.y - text.size * 0.7, text.y)
                    }
                    Mark::Line(line) => (line.from.0, line.to.0, line.from.1, line.to.1),
                    Mark::Shape(shape) => {
                        let xs = || shape.points.iter().map(|point| point.0);
                        let ys = || shape.points.iter().map(|point| point.1);
                        let least =
                            |all: &mut dyn Iterator<Item = f64>| all.fold(f64::MAX, f64::min);
                        let most = |all: &mut dyn Iterator<Item = f64>| all.fold(0.0, f64::max);
                        (least(&mut xs()), most(&mut xs()), least(&mut ys()), most(&mut ys()))
                    }
                };
                assert!(from >= left && to <= right, "{item:?}");
                assert!(upper >= block.top - 0.05 && lower <= block.bottom + 0.05, "{item:?}");
            }
        }
    }

    fn words_of_page(laid: &Laid, page: usize) -> String {
        laid.texts().filter(|(at, _)| *at == page).map(|(_, text)| text.text.as_str()).collect()
    }

    #[test]
    fn digits_come_from_figures_constants_and_page_numbers_only() {
        let laid = sample::laid(&sample::report(25));
        let mut figures = 0;
        for (_, text) in laid.texts() {
            figures += usize::from(matches!(text.origin, Origin::Figure(_)));
            let has_digits = text.text.chars().any(|letter| letter.is_ascii_digit());
            assert!(!has_digits || text.origin != Origin::Text, "{}", text.text);
        }
        assert!(figures > 25 * 15);
        assert!(laid.missing_glyphs.is_empty());
        assert_within_margins(&laid);
    }

    #[test]
    fn sections_number_their_pages_apart_and_the_workbook_stays_out() {
        let laid = sample::laid(&sample::report(25));
        let labels: Vec<String> = laid
            .pages
            .iter()
            .map(|page| format!("{}{}", page.label.prefix, page.label.number))
            .collect();
        assert_eq!(labels, ["1", "2", "3", "I-1", "II-1", "II-2"]);
        let printed: Vec<usize> = laid
            .texts()
            .filter_map(|(_, text)| match text.origin {
                Origin::Artifact(number) => Some(number),
                _ => None,
            })
            .collect();
        assert_eq!(printed, [2, 3, 2]);
        assert!(laid.texts().all(|(_, text)| !text.text.contains("bảng tính")));
    }

    #[test]
    fn the_signature_stands_with_two_lines_of_text() {
        for paragraphs in 0..24 {
            let mut document = sample::report(1);
            let blocks = &mut document.sections[0].blocks;
            let line = sample::paragraph(vec![sample::text("Một dòng chữ.")]);
            let before = blocks.len() - 2;
            blocks.splice(before..before, vec![line; paragraphs]);
            let laid = sample::laid(&document);
            let area = laid.area(FieldKind::Signature).unwrap();
            let words = words_of_page(&laid, area.page);
            assert!(words.contains("chỉ đạo./.") && words.contains("Nguyễn Thị Bích Hương"));
            assert!(words.contains("Trên đây") || words.contains("công tác trân trọng"));
            assert_within_margins(&laid);
        }
    }

    #[test]
    fn headings_are_never_the_last_line_of_a_page() {
        for paragraphs in 0..24 {
            let mut document = sample::report(0);
            let line = sample::paragraph(vec![sample::text("Một dòng chữ.")]);
            document.sections[0].blocks.splice(3..3, vec![line; paragraphs]);
            let laid = sample::laid(&document);
            for page in 0..laid.pages.len() {
                let words = words_of_page(&laid, page);
                assert!(!words.ends_with("UBND các xã, thị trấn"), "{words}");
                assert!(!words.ends_with("xác thực điện tử"), "{words}");
            }
        }
    }

    #[test]
    fn strange_documents_neither_panic_nor_leave_the_margins() {
        let long = "Nghị".repeat(400);
        let wordy = "một đơn vị có tên rất dài ".repeat(900);
        let mut document = sample::report(30);
        let runs = |words: &str| vec![sample::text(words)];
        document.sections[0].blocks.push(sample::paragraph(runs(&long)));
        document.sections[0].blocks.push(sample::paragraph(Vec::new()));
        let mut table = sample::wide_table(30);
        table.rows[3].cells[1].runs = runs(&long);
        table.rows[5].cells[1].runs = runs(&wordy);
        table.rows[7].cells.truncate(4);
        table.rows[9].cells[2].column_span = 99;
        table.header[0][0].column_span = 99;
        table.header[0][1].column = 99;
        table.header[1][0].row_span = 99;
        let mut empty = sample::wide_table(0);
        empty.rows.clear();
        let mut bare = sample::wide_table(3);
        (bare.header, bare.column_numbers) = (Vec::new(), Vec::new());
        let mut nothing = sample::wide_table(3);
        nothing.columns.clear();
        for table in [table, empty, bare, nothing] {
            document.sections[2].blocks.push(Block::Table(table));
        }
        let laid = sample::laid(&document);
        assert_within_margins(&laid);
        let fonts = FontFiles::embedded();
        write(laid, &Fonts::load(&fonts).unwrap()).unwrap();
        document.sections.clear();
        assert_eq!(sample::laid(&document).pages.len(), 1);
    }

    #[test]
    fn a_missing_character_is_reported() {
        let mut document = sample::report(0);
        let run = Run::of(Content::Text("chữ \u{4E2D}".to_owned()));
        document.sections[0].blocks.push(sample::paragraph(vec![run]));
        let missing = sample::laid(&document).missing_glyphs;
        let place = MissingGlyph { section: "Báo cáo".to_owned(), word: "\u{4E2D}".to_owned() };
        assert_eq!(missing, BTreeMap::from([('\u{4E2D}', place)]));
    }

    #[test]
    fn the_same_document_gives_the_same_bytes() {
        let document = sample::report(40);
        let files = FontFiles::embedded();
        let first = pdf(&document, &files).unwrap();
        assert!(first.starts_with(b"%PDF-1.7\n") && first.ends_with(b"%%EOF\n"));
        assert_eq!(first, pdf(&document, &files).unwrap());
        assert_ne!(first, pdf(&sample::report(39), &files).unwrap());
    }
}

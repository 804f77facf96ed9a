//! Writes a laid-out document: printpdf makes pages and fonts, `structure` completes the file.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, DictItem, LinePoint, Mm, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions,
    Point, Pt, TextItem,
};

use super::PdfError;
use super::fonts::Fonts;
use super::geometry::MM;
use super::laid::{Face, Item, Laid, Line, Mark, Node, NodeId, Page, Tag, Text};
use super::structure::{self, role_name, text_bytes};
use super::subset::{self, Subset};

/// How far a viewer's pen may be off before a glyph is moved, in thousandths of an em.
const DRIFT: f64 = 1.0;
/// The same at a space, where nobody sees the correction.
const DRIFT_AT_SPACE: f64 = 0.05;

/// Something that turns a laid-out document into bytes.
pub trait Backend {
    /// Returns the bytes of the file.
    fn write(&self, laid: &Laid, fonts: &Fonts<'_>) -> Result<Vec<u8>, PdfError>;
}

/// Writes by printpdf.
#[derive(Clone, Copy, Debug)]
pub struct Printpdf;

impl Backend for Printpdf {
    fn write(&self, laid: &Laid, fonts: &Fonts<'_>) -> Result<Vec<u8>, PdfError> {
        let mut document = PdfDocument::new(&laid.meta.title);
        let subsets = subset::add_fonts(&mut document, laid, fonts)?;
        let mut marked = Vec::with_capacity(laid.pages.len());
        for page in &laid.pages {
            let mut writer = PageWriter::new(page, &laid.nodes, &subsets);
            for item in &page.items {
                writer.item(item);
            }
            let (operations, nodes) = writer.finish();
            let (width, height) = (Mm(single(page.width / MM)), Mm(single(page.height / MM)));
            document.pages.push(PdfPage::new(width, height, operations));
            marked.push(nodes);
        }
        let objects = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
        drop(document);
        structure::finish(objects, laid, &marked, fonts)
    }
}

/// The operations of a page while it is written.
struct PageWriter<'a> {
    height: f64,
    tree: &'a [Node],
    subsets: &'a [Option<Subset>; 4],
    operations: Vec<Op>,
    /// The node of each marked content, by its number on the page.
    nodes: Vec<NodeId>,
    open: Option<Tag>,
    /// Face and size, and thickness, that are in force.
    font: Option<(Face, f64)>,
    thickness: Option<f64>,
}

impl<'a> PageWriter<'a> {
    fn new(page: &Page, tree: &'a [Node], subsets: &'a [Option<Subset>; 4]) -> Self {
        let (operations, nodes) = (Vec::new(), Vec::new());
        let (open, font, thickness) = (None, None, None);
        Self { height: page.height, tree, subsets, operations, nodes, open, font, thickness }
    }

    fn finish(mut self) -> (Vec<Op>, Vec<NodeId>) {
        self.close();
        (self.operations, self.nodes)
    }

    fn item(&mut self, item: &Item) {
        if self.open != Some(item.tag) {
            self.close();
            self.begin(item.tag);
        }
        match &item.mark {
            Mark::Text(text) => self.text(text),
            Mark::Line(line) => self.line(line),
        }
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.operations.push(Op::EndMarkedContent);
        }
    }

    fn begin(&mut self, tag: Tag) {
        let (name, key, value) = match tag {
            Tag::Node(node) => {
                let number = i64::try_from(self.nodes.len()).unwrap_or(i64::MAX);
                self.nodes.push(node);
                let role = self.tree[node].role;
                (role_name(role), "MCID", DictItem::Int(number))
            }
            Tag::Pagination => ("Artifact", "Type", DictItem::Name(b"Pagination".to_vec())),
            Tag::Layout => ("Artifact", "Type", DictItem::Name(b"Layout".to_vec())),
        };
        let map = BTreeMap::from([(key.to_owned(), value)]);
        self.operations.push(Op::BeginMarkedContentWithProperties {
            tag: name.to_owned(),
            properties: DictItem::Dict { map },
        });
        self.open = Some(tag);
    }

    fn point(&self, (x, y): (f64, f64)) -> Point {
        Point { x: Pt(single(x)), y: Pt(single(self.height - y)) }
    }

    fn text(&mut self, text: &Text) {
        let Some(subset) = &self.subsets[text.face as usize] else { return };
        if self.font.replace((text.face, text.size)) != Some((text.face, text.size)) {
            let font = PdfFontHandle::External(subset.font.clone());
            self.operations.push(Op::SetFont { font, size: Pt(single(text.size)) });
        }
        if let Some(actual) = &text.actual {
            self.begin_actual(actual);
        }
        let items = vec![TextItem::GlyphIds(codepoints(text, subset))];
        self.operations.extend([
            Op::StartTextSection,
            Op::SetTextCursor { pos: self.point((text.x, text.y)) },
            Op::ShowText { items },
            Op::EndTextSection,
        ]);
        if text.actual.is_some() {
            self.operations.push(Op::EndMarkedContent);
        }
    }

    /// Says what is meant by characters that are drawn by others.
    fn begin_actual(&mut self, actual: &str) {
        let data = text_bytes(actual);
        let text = DictItem::String { data, literal: false };
        let map = BTreeMap::from([("ActualText".to_owned(), text)]);
        self.operations.push(Op::BeginMarkedContentWithProperties {
            tag: "Span".to_owned(),
            properties: DictItem::Dict { map },
        });
    }

    fn line(&mut self, line: &Line) {
        let points = [line.from, line.to]
            .map(|end| LinePoint { p: self.point(end), bezier: false })
            .to_vec();
        if self.thickness.replace(line.thickness) != Some(line.thickness) {
            self.operations.push(Op::SetOutlineThickness { pt: Pt(single(line.thickness)) });
        }
        let line = printpdf::Line { points, is_closed: false };
        self.operations.push(Op::DrawLine { line });
    }
}

/// Returns glyphs with the corrections that keep a viewer's pen where the layout has it.
fn codepoints(text: &Text, subset: &Subset) -> Vec<Codepoint> {
    let mut rest = text.text.as_str();
    let mut ahead = 0.0;
    let mut codepoints = Vec::with_capacity(text.glyphs.len());
    for glyph in &text.glyphs {
        let Some(reduced) = subset.glyph(glyph.id) else { continue };
        let (shown, after) = rest.split_at_checked(usize::from(glyph.bytes)).unwrap_or((rest, ""));
        rest = after;
        let stretch = if glyph.is_space { text.space_stretch / text.size } else { 0.0 };
        ahead += (f64::from(glyph.advance) + stretch) * 1000.0 - reduced.stated_width;
        let limit = if glyph.is_space { DRIFT_AT_SPACE } else { DRIFT };
        let mut offset = 0.0;
        if f64::abs(ahead) > limit {
            offset = -(ahead * 10.0).round() / 10.0;
            ahead += offset;
        }
        codepoints.push(Codepoint {
            gid: reduced.id,
            offset: single(offset),
            cid: Some(shown.to_owned()),
        });
    }
    codepoints
}

#[expect(clippy::cast_possible_truncation, reason = "a PDF keeps single precision")]
fn single(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pdf::{FontFiles, sample};

    #[test]
    fn a_viewer_ends_every_text_where_the_layout_does() {
        let files = FontFiles::embedded();
        let fonts = Fonts::load(&files).unwrap();
        let laid = sample::laid(&sample::report(25));
        let mut document = PdfDocument::new("");
        let subsets = subset::add_fonts(&mut document, &laid, &fonts).unwrap();
        for (_, text) in laid.texts() {
            let subset = subsets[text.face as usize].as_ref().unwrap();
            let written = codepoints(text, subset);
            let shown: String = written.iter().filter_map(|glyph| glyph.cid.as_deref()).collect();
            assert_eq!(shown, text.text);
            let stated =
                text.glyphs.iter().map(|glyph| subset.glyph(glyph.id).unwrap().stated_width);
            let moved = written.iter().map(|glyph| f64::from(glyph.offset));
            let pen = (stated.sum::<f64>() - moved.sum::<f64>()) * text.size / 1000.0;
            let laid_out: f64 = text
                .glyphs
                .iter()
                .map(|glyph| {
                    let stretch = if glyph.is_space { text.space_stretch } else { 0.0 };
                    f64::from(glyph.advance) * text.size + stretch
                })
                .sum();
            assert!((pen - laid_out).abs() < 0.05, "{} {pen} {laid_out}", text.text);
        }
    }
}

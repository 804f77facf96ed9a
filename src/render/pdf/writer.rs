//! Writes a laid-out document: printpdf makes the fonts and the frame of the file, each page becomes
//! a content stream and gives up its items, `structure` completes the file.

use lopdf::{Document, Object, ObjectId, dictionary};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};

use super::PdfError;
use super::content::ContentStream;
use super::elements::role_name;
use super::file::compressed;
use super::fonts::Fonts;
use super::laid::{Face, Item, Laid, Line, Mark, Node, NodeId, Page, Paint, Shape, Tag, Text};
use super::links;
use super::structure::{self, Written};
use super::subset::{self, Subset};

/// How far a viewer's pen may be off before a glyph is moved, in thousandths of an em.
const DRIFT: f64 = 1.0;
/// The same at a space, where nobody sees the correction.
const DRIFT_AT_SPACE: f64 = 0.05;

/// Something that turns a laid-out document into bytes.
pub trait Backend {
    /// Returns the bytes of the file; the pages are given up one by one.
    fn write(&self, laid: Laid, fonts: &Fonts<'_>) -> Result<Vec<u8>, PdfError>;
}

/// Writes by printpdf.
#[derive(Clone, Copy, Debug)]
pub struct Printpdf;

impl Backend for Printpdf {
    fn write(&self, mut laid: Laid, fonts: &Fonts<'_>) -> Result<Vec<u8>, PdfError> {
        // The items are gone when the links are written.
        let links = links::ends(&laid);
        let mut frame = PdfDocument::new(&laid.meta.title);
        let (subsets, specimen) = subset::add_fonts(&mut frame, &laid, fonts)?;
        // printpdf embeds what a page shows; this page goes again when the fonts are there.
        frame.pages.push(PdfPage::new(Mm(210.0), Mm(297.0), specimen));
        let mut document = frame.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
        drop(frame);
        let (tree, resources) = frame_parts(&mut document).map_err(PdfError::Objects)?;
        let mut pages = Vec::with_capacity(laid.pages.len());
        let mut marked = Vec::with_capacity(laid.pages.len());
        for (index, page) in (0_i64..).zip(&mut laid.pages) {
            let items = std::mem::take(&mut page.items);
            let mut writer = PageWriter::new(page, &laid.nodes, &subsets);
            for item in &items {
                writer.item(item);
            }
            let (content, nodes) = writer.finish();
            let content = document.add_object(compressed(dictionary! {}, content));
            pages.push(document.add_object(dictionary! {
                "Type" => "Page",
                "Parent" => tree,
                "MediaBox" => vec![0.into(), 0.into(), page.width.into(), page.height.into()],
                "Resources" => resources.clone(),
                "Contents" => content,
                "StructParents" => index,
                "Tabs" => "S",
            }));
            marked.push(nodes);
        }
        let kids: Vec<Object> = pages.iter().map(|page| Object::Reference(*page)).collect();
        let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
        let kids = dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids };
        document.set_object(tree, kids);
        structure::finish(document, &laid, &Written { pages, marked, links }, fonts)
    }
}

/// Removes the page of specimens; returns the page tree and the resources of the page.
fn frame_parts(document: &mut Document) -> Result<(ObjectId, Object), lopdf::Error> {
    let tree = document.catalog()?.get(b"Pages")?.as_reference()?;
    let kids = document.get_dictionary(tree)?.get(b"Kids")?.as_array()?.clone();
    let mut fonts = Object::Null;
    for page in kids {
        let page = page.as_reference()?;
        let parts = document.objects.remove(&page).unwrap_or(Object::Null);
        let parts = parts.as_dict()?;
        document.objects.remove(&parts.get(b"Contents")?.as_reference()?);
        let resources = parts.get(b"Resources")?.as_reference()?;
        let resources = document.objects.remove(&resources).unwrap_or(Object::Null);
        for (kind, resource) in resources.as_dict()? {
            if kind == b"Font" {
                fonts = resource.clone();
            } else {
                document.objects.remove(&resource.as_reference()?);
            }
        }
    }
    Ok((tree, dictionary! { "Font" => fonts }.into()))
}

/// The content of a page while it is written.
struct PageWriter<'a> {
    height: f64,
    tree: &'a [Node],
    subsets: &'a [Option<Subset>; 4],
    content: ContentStream,
    /// The node of each marked content, by its number on the page.
    nodes: Vec<NodeId>,
    open: Option<Tag>,
    /// Face and size, and thickness, that are in force.
    font: Option<(Face, f64)>,
    thickness: Option<f64>,
    /// Greys of areas and of lines that are in force.
    greys: (f64, f64),
}

impl<'a> PageWriter<'a> {
    fn new(page: &Page, tree: &'a [Node], subsets: &'a [Option<Subset>; 4]) -> Self {
        let (content, nodes) = (ContentStream::default(), Vec::new());
        let (open, font, thickness) = (None, None, None);
        let (height, greys) = (page.height, (0.0, 0.0));
        Self { height, tree, subsets, content, nodes, open, font, thickness, greys }
    }

    fn finish(mut self) -> (Vec<u8>, Vec<NodeId>) {
        self.close();
        (self.content.into_bytes(), self.nodes)
    }

    fn item(&mut self, item: &Item) {
        if self.open != Some(item.tag) {
            self.close();
            self.begin(item.tag);
        }
        match &item.mark {
            Mark::Text(text) => self.text(text),
            Mark::Line(line) => self.line(line),
            Mark::Shape(shape) => self.shape(shape),
        }
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.content.end_marked();
        }
    }

    fn begin(&mut self, tag: Tag) {
        match tag {
            Tag::Node(node) => {
                let number = self.nodes.len();
                self.nodes.push(node);
                self.content.begin_marked(role_name(self.tree[node].role), number);
            }
            Tag::Pagination => self.content.begin_artifact("Pagination"),
            Tag::Layout => self.content.begin_artifact("Layout"),
        }
        self.open = Some(tag);
    }

    fn text(&mut self, text: &Text) {
        let Some(subset) = &self.subsets[text.face as usize] else { return };
        self.greys.0 = self.grey((self.greys.0, 0.0), "g");
        if self.font.replace((text.face, text.size)) != Some((text.face, text.size)) {
            self.content.font(&subset.font.0, text.size);
        }
        if let Some(actual) = &text.actual {
            self.content.begin_actual(actual);
        }
        self.content.show((text.x, self.height - text.y), glyphs(text, subset));
        if text.actual.is_some() {
            self.content.end_marked();
        }
    }

    fn line(&mut self, line: &Line) {
        self.greys.1 = self.grey((self.greys.1, 0.0), "G");
        if self.thickness.replace(line.thickness) != Some(line.thickness) {
            self.content.operation(&[line.thickness], "w");
        }
        self.content.operation(&[line.from.0, self.height - line.from.1], "m");
        self.content.operation(&[line.to.0, self.height - line.to.1], "l");
        self.content.operation(&[], "S");
    }

    fn shape(&mut self, shape: &Shape) {
        let end = match shape.paint {
            Paint::Fill { grey } => {
                self.greys.0 = self.grey((self.greys.0, grey), "g");
                "f"
            }
            Paint::Stroke { thickness, grey } => {
                self.greys.1 = self.grey((self.greys.1, grey), "G");
                if self.thickness.replace(thickness) != Some(thickness) {
                    self.content.operation(&[thickness], "w");
                }
                "S"
            }
        };
        for (index, (x, y)) in shape.points.iter().enumerate() {
            self.content.operation(&[*x, self.height - y], if index == 0 { "m" } else { "l" });
        }
        self.content.operation(&[], end);
    }

    /// Changes the grey of areas or lines, when it changes; returns the one in force.
    fn grey(&mut self, (before, grey): (f64, f64), operator: &str) -> f64 {
        if (before - grey).abs() > f64::EPSILON {
            self.content.operation(&[grey], operator);
        }
        grey
    }
}

/// Returns the glyphs, each with how far the pen is moved back after it: the corrections that
/// keep a viewer's pen where the layout has it.
fn glyphs(text: &Text, subset: &Subset) -> impl Iterator<Item = (u16, f64)> {
    let mut ahead = 0.0;
    text.glyphs.iter().filter_map(move |glyph| {
        let reduced = subset.glyph(glyph.id)?;
        let stretch = if glyph.is_space { text.space_stretch / text.size } else { 0.0 };
        ahead += (f64::from(glyph.advance) + stretch) * 1000.0 - reduced.stated_width;
        let limit = if glyph.is_space { DRIFT_AT_SPACE } else { DRIFT };
        let mut back = 0.0;
        if f64::abs(ahead) > limit {
            back = -(ahead * 10.0).round() / 10.0;
            ahead += back;
        }
        Some((reduced.id, back))
    })
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
        let (subsets, _) = subset::add_fonts(&mut document, &laid, &fonts).unwrap();
        for (_, text) in laid.texts() {
            let subset = subsets[text.face as usize].as_ref().unwrap();
            let written: Vec<(u16, f64)> = glyphs(text, subset).collect();
            let stated =
                text.glyphs.iter().map(|glyph| subset.glyph(glyph.id).unwrap().stated_width);
            let moved = written.iter().map(|(_, back)| back);
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

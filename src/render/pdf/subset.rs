//! Reduces each font file to the glyphs that are drawn, and hands the result to printpdf.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, FontId, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, Pt, TextItem,
};
use sha2::{Digest, Sha256};

use super::PdfError;
use super::fonts::{Fonts, LoadedFace};
use super::laid::{Face, Laid};

/// A reduced font: where each glyph went and how wide a viewer believes it to be.
pub(super) struct Subset {
    /// Name in the resources of a page.
    pub(super) font: FontId,
    /// By the number of the glyph in the whole font.
    glyphs: Vec<Option<SubsetGlyph>>,
}

/// A glyph of a reduced font.
#[derive(Clone, Copy)]
pub(super) struct SubsetGlyph {
    /// Its new number.
    pub(super) id: u16,
    /// Its width in the file, in thousandths of an em.
    pub(super) stated_width: f64,
}

/// A glyph that is drawn: its advance in the font file, in ems, and what it shows.
type Used = BTreeMap<u16, (f32, String)>;

impl Subset {
    /// Returns a glyph by its number in the whole font.
    pub(super) fn glyph(&self, id: u16) -> Option<SubsetGlyph> {
        self.glyphs.get(usize::from(id)).copied().flatten()
    }
}

/// Adds the faces that are used to a document; a face that is not used has none. Also returns the
/// operations that show every glyph once, by which printpdf knows what is used and what it means.
pub(super) fn add_fonts(
    document: &mut PdfDocument,
    laid: &Laid,
    fonts: &Fonts<'_>,
) -> Result<([Option<Subset>; 4], Vec<Op>), PdfError> {
    let used = used_glyphs(laid);
    let mut subsets = [None, None, None, None];
    let mut specimen = vec![Op::StartTextSection];
    for face in Face::ALL {
        let used = &used[face as usize];
        if !used.is_empty() {
            let (subset, font) = reduce(fonts.face(face), face, used)?;
            document.resources.fonts.map.insert(subset.font.clone(), PdfFont::new(font));
            let glyphs = used.iter().filter_map(|(id, (_, shown))| {
                let gid = subset.glyph(*id)?.id;
                Some(Codepoint { gid, offset: 0.0, cid: Some(shown.clone()) })
            });
            let items = vec![TextItem::GlyphIds(glyphs.collect())];
            let font = PdfFontHandle::External(subset.font.clone());
            specimen.extend([Op::SetFont { font, size: Pt(1.0) }, Op::ShowText { items }]);
            subsets[face as usize] = Some(subset);
        }
    }
    specimen.push(Op::EndTextSection);
    Ok((subsets, specimen))
}

fn used_glyphs(laid: &Laid) -> [Used; 4] {
    let mut used: [Used; 4] = Default::default();
    let mut seen = [const { Vec::new() }; 4];
    for (_, text) in laid.texts() {
        let seen: &mut Vec<bool> = &mut seen[text.face as usize];
        let mut rest = text.text.as_str();
        for glyph in &text.glyphs {
            let split = rest.split_at_checked(usize::from(glyph.bytes));
            let (shown, after) = split.unwrap_or((rest, ""));
            rest = after;
            let index = usize::from(glyph.id);
            if seen.len() <= index {
                seen.resize(index + 1, false);
            }
            if !std::mem::replace(&mut seen[index], true) {
                used[text.face as usize].insert(glyph.id, (glyph.nominal, shown.to_owned()));
            }
        }
    }
    used
}

fn reduce(
    loaded: &LoadedFace<'_>,
    face: Face,
    used: &Used,
) -> Result<(Subset, ParsedFont), PdfError> {
    let mut remapper = subsetter::GlyphRemapper::new();
    let new_ids: Vec<u16> = used.keys().map(|id| remapper.remap(*id)).collect();
    let bytes = subsetter::subset(loaded.bytes, 0, &remapper)
        .map_err(|source| PdfError::Subset { face, source })?;
    let mut font = ParsedFont::from_bytes(loaded.bytes, 0, &mut Vec::new())
        .ok_or(PdfError::UnreadableFont { face })?;
    let units_per_em = f64::from(font.pdf_font_metrics.units_per_em);
    let highest = used.keys().next_back().map_or(0, |id| usize::from(*id));
    let mut glyphs = vec![None; highest + 1];
    font.glyph_widths.clear();
    for ((old_id, (nominal, _)), id) in used.iter().zip(new_ids) {
        let units = whole(f64::from(*nominal) * units_per_em);
        font.glyph_widths.insert(id, units);
        let stated_width = stated(units, units_per_em);
        glyphs[usize::from(*old_id)] = Some(SubsetGlyph { id, stated_width });
    }
    font.font_name = Some(format!("{}+{}", tag(&bytes), loaded.name));
    font.codepoint_to_glyph.clear();
    font.original_bytes = bytes;
    Ok((Subset { font: FontId(format!("T{}", face as u8)), glyphs }, font))
}

/// Returns the width that printpdf states: thousandths of an em, cut off, not rounded.
fn stated(units: u16, units_per_em: f64) -> f64 {
    (f64::from(units) * 1000.0 / units_per_em).floor()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an advance came from the same 16 bits"
)]
fn whole(value: f64) -> u16 {
    value.round() as u16
}

/// Returns the six capital letters that mark a reduced font, from its content.
pub(super) fn tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

#[cfg(test)]
mod tests {
    use lopdf::Document;

    use crate::render::pdf::{FontFiles, pdf, sample};

    #[test]
    fn every_font_is_embedded_and_reduced() {
        let files = FontFiles::embedded();
        let bytes = pdf(&sample::report(5), &files).unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        let descriptors: Vec<_> = document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok())
            .filter(|dict| dict.has_type(b"FontDescriptor"))
            .collect();
        assert_eq!(descriptors.len(), 4 + 2, "those of the pages and of the fields");
        for descriptor in descriptors {
            let name = descriptor.get(b"FontName").unwrap().as_name().unwrap();
            let (tag, rest) = name.split_at(6);
            assert!(tag.iter().all(u8::is_ascii_uppercase) && rest.starts_with(b"+Liberation"));
            let file = descriptor.get(b"FontFile2").unwrap().as_reference().unwrap();
            let file = document.get_object(file).unwrap().as_stream().unwrap();
            assert!(file.content.len() * 4 < files.regular.len(), "reduced to what is used");
        }
    }
}

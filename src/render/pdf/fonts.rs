//! The four font files: loading them, shaping words, and remembering the words already shaped.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use rustybuzz::ttf_parser::{GlyphId, Tag, name_id};
use rustybuzz::{Direction, Feature, UnicodeBuffer, script};

use super::PdfError;
use super::font_files::FontFiles;
use super::laid::{Face, Glyph, MissingGlyph};

/// Drawn for a character that the font lacks, when the font has it.
const BOX: char = '\u{25A1}';
/// Liberation Serif has no sign for it, and a hyphen looks the same.
const NO_BREAK_HYPHEN: char = '\u{2011}';

/// A loaded type family.
pub struct Fonts<'files> {
    faces: [LoadedFace<'files>; 4],
}

/// A loaded font file.
pub(super) struct LoadedFace<'files> {
    /// The bytes of the file.
    pub(super) bytes: &'files [u8],
    /// The name that the file gives itself, in the characters a PDF name allows.
    pub(super) name: String,
    /// From the base line to the top of the letters, in ems.
    pub(super) ascent: f64,
    /// From the base line to the bottom of the letters, in ems.
    pub(super) descent: f64,
    units_per_em: f64,
    shaper: rustybuzz::Face<'files>,
}

/// The measures that a PDF states of a font, in thousandths of an em.
pub(super) struct Measures {
    /// What holds every glyph: left, lower, right, upper.
    pub(super) bounds: [i64; 4],
    /// From the base line to the top of the letters.
    pub(super) ascent: i64,
    /// From the base line to the bottom of the letters, negative.
    pub(super) descent: i64,
    /// Height of capital letters.
    pub(super) cap_height: i64,
    /// Degrees from the vertical, negative to the right.
    pub(super) italic_angle: i64,
}

impl<'files> Fonts<'files> {
    /// Loads the four files.
    pub fn load(files: &'files FontFiles) -> Result<Self, PdfError> {
        Ok(Self {
            faces: [
                LoadedFace::load(&files.regular, Face::Regular)?,
                LoadedFace::load(&files.bold, Face::Bold)?,
                LoadedFace::load(&files.italic, Face::Italic)?,
                LoadedFace::load(&files.bold_italic, Face::BoldItalic)?,
            ],
        })
    }

    /// Returns the font file of a face.
    pub(super) fn face(&self, face: Face) -> &LoadedFace<'files> {
        &self.faces[face as usize]
    }
}

impl<'files> LoadedFace<'files> {
    fn load(bytes: &'files [u8], face: Face) -> Result<Self, PdfError> {
        let shaper =
            rustybuzz::Face::from_slice(bytes, 0).ok_or(PdfError::UnreadableFont { face })?;
        let units_per_em = f64::from(shaper.units_per_em());
        let name = shaper
            .names()
            .into_iter()
            .filter(|name| name.name_id == name_id::POST_SCRIPT_NAME)
            .find_map(|name| name.to_string())
            .unwrap_or_default();
        let name: String = name
            .chars()
            .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
            .collect();
        Ok(Self {
            bytes,
            name: if name.is_empty() { format!("Font-{face:?}") } else { name },
            ascent: f64::from(shaper.ascender()) / units_per_em,
            descent: -f64::from(shaper.descender()) / units_per_em,
            units_per_em,
            shaper,
        })
    }

    /// Returns the glyph of a character.
    pub(super) fn glyph(&self, character: char) -> Option<u16> {
        self.shaper.glyph_index(character).map(|glyph| glyph.0)
    }

    /// Returns the width of a glyph in thousandths of an em.
    pub(super) fn thousandths(&self, glyph: u16) -> i64 {
        let units = self.shaper.glyph_hor_advance(GlyphId(glyph)).unwrap_or_default();
        self.in_thousandths(units)
    }

    /// Returns the measures that a PDF states of a font.
    pub(super) fn measures(&self) -> Measures {
        let bounds = self.shaper.global_bounding_box();
        let cap_height = self.shaper.capital_height().unwrap_or(self.shaper.ascender());
        Measures {
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]
                .map(|bound| self.in_thousandths(bound)),
            ascent: self.in_thousandths(self.shaper.ascender()),
            descent: self.in_thousandths(self.shaper.descender()),
            cap_height: self.in_thousandths(cap_height),
            italic_angle: whole(f64::from(self.shaper.italic_angle())),
        }
    }

    fn in_thousandths(&self, units: impl Into<f64>) -> i64 {
        whole(units.into() * 1000.0 / self.units_per_em)
    }

    fn has(&self, character: char) -> bool {
        self.shaper.glyph_index(character).is_some()
    }

    /// Returns the glyphs of a word. Ligatures are off, so that a glyph is a character; so is
    /// kerning between digits, which stand below each other in tables.
    fn glyphs(&self, word: &str) -> Vec<Glyph> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(word);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let kerning = u32::from(!word.bytes().any(|byte| byte.is_ascii_digit()));
        let features = [
            Feature::new(Tag::from_bytes(b"liga"), 0, ..),
            Feature::new(Tag::from_bytes(b"kern"), kerning, ..),
        ];
        let shaped = rustybuzz::shape(&self.shaper, &features, buffer);
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
        let mut glyphs = Vec::with_capacity(infos.len());
        for (index, (info, position)) in infos.iter().zip(positions).enumerate() {
            let start = info.cluster as usize;
            let end = infos.get(index + 1).map_or(word.len(), |next| next.cluster as usize);
            let id = u16::try_from(info.glyph_id).unwrap_or_default();
            let nominal = self.shaper.glyph_hor_advance(GlyphId(id)).unwrap_or_default();
            glyphs.push(Glyph {
                id,
                bytes: u8::try_from(end.saturating_sub(start)).unwrap_or(u8::MAX),
                is_space: word.get(start..end) == Some(" "),
                advance: ems(f64::from(position.x_advance) / self.units_per_em),
                nominal: ems(f64::from(nominal) / self.units_per_em),
            });
        }
        glyphs
    }
}

/// A shaped word: characters as drawn, what they stand for where that is something else, glyphs,
/// and width in ems.
#[derive(Debug)]
pub(super) struct ShapedWord {
    pub(super) text: String,
    pub(super) actual: Option<Box<str>>,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) width: f64,
}

/// Shapes words and remembers them, with the characters that were missing.
pub(super) struct Shaper<'fonts> {
    fonts: &'fonts Fonts<'fonts>,
    words: [HashMap<String, Rc<ShapedWord>>; 4],
    /// Name of the section that is being laid out.
    pub(super) section: Rc<str>,
    pub(super) missing: BTreeMap<char, MissingGlyph>,
}

impl<'fonts> Shaper<'fonts> {
    pub(super) fn new(fonts: &'fonts Fonts<'fonts>) -> Self {
        Self { fonts, words: Default::default(), section: Rc::from(""), missing: BTreeMap::new() }
    }

    /// Returns the shaped form of a word, which is in NFC and clean (see `words::clean`).
    pub(super) fn shape(&mut self, face: Face, word: &str) -> Rc<ShapedWord> {
        if let Some(known) = self.words[face as usize].get(word) {
            return Rc::clone(known);
        }
        let loaded = self.fonts.face(face);
        let text: String = word
            .chars()
            .map(|character| {
                if loaded.has(character) {
                    return character;
                }
                if character == NO_BREAK_HYPHEN && loaded.has('-') {
                    return '-';
                }
                let section = self.section.to_string();
                let missing = MissingGlyph { section, word: word.to_owned() };
                self.missing.entry(character).or_insert(missing);
                if loaded.has(BOX) { BOX } else { '?' }
            })
            .collect();
        let glyphs = loaded.glyphs(&text);
        let width = glyphs.iter().map(|glyph| f64::from(glyph.advance)).sum();
        let actual = (text != word).then(|| Box::from(word));
        let shaped = Rc::new(ShapedWord { text, actual, glyphs, width });
        self.words[face as usize].insert(word.to_owned(), Rc::clone(&shaped));
        shaped
    }

    /// Returns where the base line stands in a line of this height: the letters are in its middle.
    pub(super) fn baseline(&self, face: Face, size: f64, leading: f64) -> f64 {
        let loaded = self.fonts.face(face);
        (leading - (loaded.ascent + loaded.descent) * size) / 2.0 + loaded.ascent * size
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a measure of a font has 16 bits")]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

#[expect(clippy::cast_possible_truncation, reason = "an advance keeps 24 bits, far below a pixel")]
fn ems(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pdf::font_files::LETTERS;

    #[test]
    fn has_every_vietnamese_letter_in_every_face() {
        let files = FontFiles::embedded();
        let fonts = Fonts::load(&files).unwrap();
        let mut shaper = Shaper::new(&fonts);
        for face in Face::ALL {
            for text in [LETTERS.to_owned(), LETTERS.to_uppercase()] {
                let word = shaper.shape(face, &text);
                assert_eq!(word.glyphs.len(), text.chars().count(), "a glyph a character");
            }
        }
        assert!(shaper.missing.is_empty());
        assert_eq!(fonts.face(Face::BoldItalic).name, "LiberationSerif-BoldItalic");
    }

    #[test]
    fn a_missing_character_becomes_a_visible_sign() {
        let files = FontFiles::embedded();
        let fonts = Fonts::load(&files).unwrap();
        let mut shaper = Shaper::new(&fonts);
        let word = shaper.shape(Face::Regular, "Xã\u{4E2D}");
        assert!(["Xã\u{25A1}", "Xã?"].contains(&word.text.as_str()));
        assert!(word.glyphs.iter().all(|glyph| glyph.id != 0));
        assert_eq!(word.actual.as_deref(), Some("Xã\u{4E2D}"));
        let number = shaper.shape(Face::Regular, "05\u{2011}06");
        assert_eq!(
            (number.text.as_str(), number.actual.as_deref()),
            ("05-06", Some("05\u{2011}06"))
        );
        assert_eq!(shaper.shape(Face::Regular, "05-06").actual, None);
        assert_eq!(shaper.missing.keys().collect::<String>(), "\u{4E2D}");
    }

    #[test]
    fn digits_are_equally_wide_in_any_company() {
        let files = FontFiles::embedded();
        let fonts = Fonts::load(&files).unwrap();
        let mut shaper = Shaper::new(&fonts);
        for face in Face::ALL {
            let widths =
                ["111.111", "111.117", "790.417"].map(|word| shaper.shape(face, word).width);
            assert!(widths.iter().all(|width| (width - widths[0]).abs() < 1e-6), "{widths:?}");
        }
    }

    #[test]
    fn a_broken_font_file_is_an_error() {
        let files = FontFiles { bold: b"no font".to_vec(), ..FontFiles::embedded() };
        assert!(matches!(Fonts::load(&files), Err(PdfError::UnreadableFont { face: Face::Bold })));
    }
}

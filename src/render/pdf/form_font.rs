//! The font for what is written into a field later: the signs of ASCII with their codes, so that
//! any program can write with it. The fonts of the pages know only the glyphs that are drawn.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::PdfError;
use super::fonts::LoadedFace;
use super::laid::Face;
use super::subset;

/// The first and the last sign that may be written.
const SIGNS: std::ops::RangeInclusive<u8> = b' '..=b'~';
/// Font flags: the signs are those of the Latin alphabet.
const NON_SYMBOLIC: i64 = 32;
/// Font flags: italic.
const ITALIC: i64 = 64;
/// Where the checksum of the whole font stands in the table `head`.
const CHECKSUM_ADJUSTMENT: std::ops::Range<usize> = 8..12;
/// What all words of a font add up to.
const CHECKSUM_OF_FONT: u32 = 0xB1B0_AFBA;

/// Adds a face as a font of one byte a sign; returns nothing when it lacks a sign.
pub(super) fn add(
    document: &mut Document,
    loaded: &LoadedFace<'_>,
    face: Face,
) -> Result<Option<ObjectId>, PdfError> {
    let signs: Vec<char> = SIGNS.map(char::from).collect();
    let Some(glyphs) = signs.iter().map(|sign| loaded.glyph(*sign)).collect::<Option<Vec<_>>>()
    else {
        return Ok(None);
    };
    let mut remapper = subsetter::GlyphRemapper::new();
    let new_ids: Vec<u16> = glyphs.iter().map(|glyph| remapper.remap(*glyph)).collect();
    let reduced = subsetter::subset(loaded.bytes, 0, &remapper)
        .map_err(|source| PdfError::Subset { face, source })?;
    let Some(bytes) = with_table(&reduced, *b"cmap", &character_map(&new_ids)) else {
        return Ok(None);
    };
    let name = format!("{}+{}", subset::tag(&bytes), loaded.name);
    let widths: Vec<Object> =
        glyphs.iter().map(|glyph| loaded.thousandths(*glyph).into()).collect();
    let descriptor = descriptor(document, loaded, &name, bytes);
    let font = dictionary! {
        "Type" => "Font",
        "Subtype" => "TrueType",
        "BaseFont" => Object::Name(name.into_bytes()),
        "FirstChar" => i64::from(*SIGNS.start()),
        "LastChar" => i64::from(*SIGNS.end()),
        "Widths" => widths,
        "Encoding" => "WinAnsiEncoding",
        "FontDescriptor" => descriptor,
    };
    Ok(Some(document.add_object(font)))
}

fn descriptor(
    document: &mut Document,
    loaded: &LoadedFace<'_>,
    name: &str,
    bytes: Vec<u8>,
) -> ObjectId {
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let file = document.add_object(Stream::new(dictionary! { "Length1" => length }, bytes));
    let measures = loaded.measures();
    let italic = if measures.italic_angle == 0 { 0 } else { ITALIC };
    let bounds: Vec<Object> = measures.bounds.iter().map(|bound| (*bound).into()).collect();
    let descriptor: Dictionary = dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => Object::Name(name.as_bytes().to_vec()),
        "Flags" => NON_SYMBOLIC + italic,
        "FontBBox" => bounds,
        "ItalicAngle" => measures.italic_angle,
        "Ascent" => measures.ascent,
        "Descent" => measures.descent,
        "CapHeight" => measures.cap_height,
        "StemV" => 80,
        "FontFile2" => file,
    };
    document.add_object(descriptor)
}

/// Returns a font file that knows the signs of ASCII only.
#[cfg(test)]
pub(super) fn without_other_signs(font: &[u8]) -> Vec<u8> {
    let face = rustybuzz::ttf_parser::Face::parse(font, 0).unwrap();
    let glyphs: Vec<u16> = SIGNS.map(|sign| face.glyph_index(sign.into()).unwrap().0).collect();
    with_table(font, *b"cmap", &character_map(&glyphs)).unwrap()
}

/// Returns a `cmap` of format 4 (Unicode, Windows) with one stretch of signs.
fn character_map(glyphs: &[u16]) -> Vec<u8> {
    let (first, last) = (u16::from(*SIGNS.start()), u16::from(*SIGNS.end()));
    let count = last - first + 1;
    let length = 16 + 2 * 8 + 2 * count;
    let head = [0, 1, 3, 1, 0, 12];
    // Two stretches, the second of which only ends the table; the glyphs follow the offsets.
    let table = [4, length, 0, 4, 4, 1, 0];
    let stretches = [last, 0xFFFF, 0, first, 0xFFFF, 0, 1, 4, 0];
    let words = head.iter().chain(&table).chain(&stretches).chain(glyphs);
    words.flat_map(|word| word.to_be_bytes()).collect()
}

/// Returns a font file with a table more, or with another one of that name.
fn with_table(font: &[u8], tag: [u8; 4], content: &[u8]) -> Option<Vec<u8>> {
    let count = usize::from(u16::from_be_bytes(font.get(4..6)?.try_into().ok()?));
    let mut tables: Vec<([u8; 4], Vec<u8>)> = vec![(tag, content.to_vec())];
    for record in font.get(12..12 + count * 16)?.chunks_exact(16) {
        let word = |at: usize| record.get(at..at + 4).and_then(|word| word.try_into().ok());
        let number = |at: usize| word(at).map(u32::from_be_bytes);
        let (start, length) =
            (usize::try_from(number(8)?).ok()?, usize::try_from(number(12)?).ok()?);
        let mut content = font.get(start..start.checked_add(length)?)?.to_vec();
        if word(0)? == *b"head" {
            content.get_mut(CHECKSUM_ADJUSTMENT)?.fill(0);
        }
        if word(0)? != tag {
            tables.push((word(0)?, content));
        }
    }
    tables.sort();
    let mut file = header(font.get(..4)?, tables.len())?;
    let mut start = 12 + tables.len() * 16;
    let mut head = None;
    for (tag, content) in &tables {
        let [sum, at, length] =
            [checksum(content), u32::try_from(start).ok()?, u32::try_from(content.len()).ok()?];
        file.extend(tag);
        file.extend([sum, at, length].iter().flat_map(|word| word.to_be_bytes()));
        head = head.or((tag == b"head").then_some(start));
        start += content.len().next_multiple_of(4);
    }
    for (_, content) in &tables {
        file.extend(content);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let adjustment = CHECKSUM_OF_FONT.wrapping_sub(checksum(&file)).to_be_bytes();
    let head = head?;
    file.get_mut(head + CHECKSUM_ADJUSTMENT.start..head + CHECKSUM_ADJUSTMENT.end)?
        .copy_from_slice(&adjustment);
    Some(file)
}

/// Returns the first twelve bytes of a font file with so many tables.
fn header(version: &[u8], count: usize) -> Option<Vec<u8>> {
    let count = u16::try_from(count).ok()?;
    let power = u16::try_from(count.checked_ilog2()?).ok()?;
    let range = 16 << power;
    let mut header = version.to_vec();
    header.extend([count, range, power, count * 16 - range].iter().flat_map(|it| it.to_be_bytes()));
    Some(header)
}

/// Returns the sum of the words of a table, the last filled up with zeros.
fn checksum(content: &[u8]) -> u32 {
    content.chunks(4).fold(0, |sum, part| {
        let mut word = [0; 4];
        word[..part.len()].copy_from_slice(part);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use rustybuzz::ttf_parser;

    use super::*;
    use crate::render::pdf::{FontFiles, Fonts};

    #[test]
    fn the_font_knows_every_sign_by_its_code() {
        let files = FontFiles::embedded();
        let fonts = Fonts::load(&files).unwrap();
        let mut document = Document::with_version("1.7");
        for face in [Face::Regular, Face::Italic] {
            let font = add(&mut document, fonts.face(face), face).unwrap().unwrap();
            let font = document.get_dictionary(font).unwrap();
            let descriptor = font.get(b"FontDescriptor").unwrap().as_reference().unwrap();
            let descriptor = document.get_dictionary(descriptor).unwrap();
            let file = descriptor.get(b"FontFile2").unwrap().as_reference().unwrap();
            let file = &document.get_object(file).unwrap().as_stream().unwrap().content;
            assert_eq!(checksum(file), CHECKSUM_OF_FONT);
            let parsed = ttf_parser::Face::parse(file, 0).unwrap();
            let whole = ttf_parser::Face::parse(fonts.face(face).bytes, 0).unwrap();
            for sign in SIGNS.map(char::from) {
                let [glyph, original] =
                    [&parsed, &whole].map(|font| font.glyph_index(sign).unwrap());
                let [width, expected] =
                    [parsed.glyph_hor_advance(glyph), whole.glyph_hor_advance(original)];
                assert_eq!(width, expected, "{sign}");
            }
            assert!(parsed.glyph_index('ă').is_none());
            assert_eq!(font.get(b"Widths").unwrap().as_array().unwrap().len(), 95);
        }
    }

    #[test]
    fn a_broken_font_has_no_table_more() {
        assert_eq!(with_table(b"no font", *b"cmap", &[]), None);
        assert_eq!(with_table(&[0, 1, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0], *b"cmap", &[]), None);
    }
}

//! Fonts as a page uses them: codes of a string with their width and characters, and the name,
//! weight and slope that the file gives. Outlines are not read.

use std::collections::BTreeMap;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::super::page::{Slope, Weight};
use super::cmap::CharacterMap;
use super::encoding::Encoding;
use super::inflated;

/// A font of the file.
#[derive(Debug)]
pub(super) struct Font {
    /// Name without the mark of a subset.
    pub(super) name: String,
    pub(super) weight: Weight,
    pub(super) slope: Slope,
    codes: Codes,
    to_unicode: CharacterMap,
    widths: Widths,
}

/// A code of a shown string.
#[derive(Debug)]
pub(super) struct Code<'f> {
    /// How far the pen moves at size 1.
    pub(super) advance: f64,
    /// The characters; nothing when the file does not tell.
    pub(super) text: Option<&'f str>,
    /// Whether word spacing is added: the single byte 32.
    pub(super) is_word_space: bool,
}

#[derive(Debug)]
enum Codes {
    OneByte(Encoding),
    /// Bytes to code to glyph number by a map; nothing is two bytes, code and number being one.
    Composite(Option<CharacterMap>),
}

#[derive(Debug, Default)]
struct Widths {
    single: BTreeMap<u32, f64>,
    ranges: Vec<(u32, u32, f64)>,
    default: f64,
    scale: f64,
}

impl Font {
    /// Returns what a font's dictionary says.
    pub(super) fn of(dict: &Dict<'_>) -> Self {
        let kind = dict.get::<Name<'_>>("Subtype");
        let kind = kind.as_ref().map_or(&b""[..], AsRef::as_ref);
        let to_unicode = dict.get::<Stream<'_>>("ToUnicode").and_then(|stream| map_of(&stream));
        let descendants = dict.get::<Array<'_>>("DescendantFonts");
        let descendant = descendants.and_then(|array| array.iter::<Dict<'_>>().next());
        let (codes, widths, holder) = match descendant {
            Some(descendant) if kind == b"Type0" => {
                (Codes::Composite(encoding_map(dict)), Widths::composite(&descendant), descendant)
            }
            _ => (Codes::OneByte(Encoding::of(dict)), Widths::one_byte(dict, kind), dict.clone()),
        };
        let descriptor = holder.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let name = name_of(dict, &holder, &descriptor);
        Self {
            weight: weight(&name, &descriptor),
            slope: slope(&name, &descriptor),
            name,
            codes,
            to_unicode: to_unicode.unwrap_or_default(),
            widths,
        }
    }

    /// Returns the codes of a string.
    pub(super) fn codes(&self, bytes: &[u8]) -> Vec<Code<'_>> {
        let mut codes = Vec::new();
        let mut rest = bytes;
        while let Some((code, length)) = self.next(rest) {
            rest = rest.get(length..).unwrap_or_default();
            codes.push(self.code(code, length));
        }
        codes
    }

    fn next(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        match &self.codes {
            Codes::OneByte(_) => bytes.first().map(|byte| (u32::from(*byte), 1)),
            Codes::Composite(Some(map)) => map.code(bytes),
            Codes::Composite(None) => match bytes {
                [] => None,
                [one] => Some((u32::from(*one), 1)),
                [high, low, ..] => Some((u32::from(u16::from_be_bytes([*high, *low])), 2)),
            },
        }
    }

    fn code(&self, code: u32, length: usize) -> Code<'_> {
        let (glyph, own) = match &self.codes {
            Codes::OneByte(encoding) => (code, encoding.character(code)),
            Codes::Composite(map) => {
                (map.as_ref().and_then(|map| map.number(code)).unwrap_or(code), None)
            }
        };
        Code {
            advance: self.widths.of(glyph),
            text: self.to_unicode.characters(code).or(own),
            is_word_space: length == 1 && code == 32,
        }
    }
}

impl Widths {
    fn of(&self, glyph: u32) -> f64 {
        let in_range =
            || self.ranges.iter().find(|(first, last, _)| (*first..=*last).contains(&glyph));
        let width = self.single.get(&glyph).copied();
        width.or_else(|| in_range().map(|range| range.2)).unwrap_or(self.default) * self.scale
    }

    fn one_byte(dict: &Dict<'_>, kind: &[u8]) -> Self {
        let first = dict.get::<u32>("FirstChar").unwrap_or(0);
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let widths = dict.get::<Array<'_>>("Widths");
        // A standard font may leave its widths out; half an em is the middle of Times.
        let missing = if widths.is_some() { 0.0 } else { 500.0 };
        let scale = dict.get::<[f64; 6]>("FontMatrix").filter(|_| kind == b"Type3");
        let numbers = widths.iter().flat_map(Array::iter::<f64>);
        Self {
            single: (first..).zip(numbers.take(256)).collect(),
            ranges: Vec::new(),
            default: descriptor.get::<f64>("MissingWidth").unwrap_or(missing),
            scale: scale.map_or(0.001, |matrix| matrix[0].abs()),
        }
    }

    fn composite(dict: &Dict<'_>) -> Self {
        let mut widths = Self {
            default: dict.get::<f64>("DW").unwrap_or(1000.0),
            scale: 0.001,
            ..Self::default()
        };
        let Some(array) = dict.get::<Array<'_>>("W") else { return widths };
        let mut objects = array.iter::<Object<'_>>();
        while let Some(first) = objects.next().as_ref().and_then(number) {
            match objects.next() {
                Some(Object::Array(list)) => {
                    widths.single.extend((first..).zip(list.iter::<f64>().take(70_000)));
                }
                Some(last) => {
                    let width = objects.next().and_then(|object| match object {
                        Object::Number(number) => Some(number.as_f64()),
                        _ => None,
                    });
                    if let (Some(last), Some(width)) = (number(&last), width) {
                        widths.ranges.push((first, last, width));
                    }
                }
                None => break,
            }
        }
        widths
    }
}

fn number(object: &Object<'_>) -> Option<u32> {
    match object {
        Object::Number(number) => u32::try_from(number.as_i64()).ok(),
        _ => None,
    }
}

fn map_of(stream: &Stream<'_>) -> Option<CharacterMap> {
    Some(CharacterMap::parse(&inflated::decoded(stream)?))
}

/// Returns the map of a composite font's codes; nothing for Identity and for predefined ones.
fn encoding_map(dict: &Dict<'_>) -> Option<CharacterMap> {
    dict.get::<Stream<'_>>("Encoding").and_then(|stream| map_of(&stream))
}

fn name_of(dict: &Dict<'_>, holder: &Dict<'_>, descriptor: &Dict<'_>) -> String {
    let name = [
        holder.get::<Name<'_>>("BaseFont"),
        dict.get::<Name<'_>>("BaseFont"),
        descriptor.get::<Name<'_>>("FontName"),
        dict.get::<Name<'_>>("Name"),
    ];
    let name = name.into_iter().flatten().next();
    let name =
        name.map_or(String::new(), |name| String::from_utf8_lossy(name.as_ref()).into_owned());
    let is_mark = |mark: &str| mark.len() == 6 && mark.chars().all(|c| c.is_ascii_uppercase());
    match name.split_once('+') {
        Some((mark, rest)) if is_mark(mark) => rest.to_owned(),
        _ => name,
    }
}

fn weight(name: &str, descriptor: &Dict<'_>) -> Weight {
    let name = name.to_lowercase();
    // The bold of Nimbus Roman is "Medi", so that its bold italic is "MediItal".
    let is_named = ["bold", "black", "heavy", "demi", "-mediital"];
    let is_named = is_named.iter().any(|word| name.contains(word)) || name.ends_with("-medi");
    let is_heavy = descriptor.get::<f64>("FontWeight").is_some_and(|weight| weight >= 600.0);
    let is_forced = flag(descriptor, 18);
    if is_named || is_heavy || is_forced { Weight::Bold } else { Weight::Regular }
}

fn slope(name: &str, descriptor: &Dict<'_>) -> Slope {
    let name = name.to_lowercase();
    let is_named = name.contains("ital") || name.contains("oblique");
    let leans = descriptor.get::<f64>("ItalicAngle").is_some_and(|angle| angle.abs() > 1.0);
    if is_named || leans || flag(descriptor, 6) { Slope::Italic } else { Slope::Upright }
}

fn flag(descriptor: &Dict<'_>, bit: u32) -> bool {
    descriptor.get::<i32>("Flags").is_some_and(|flags| flags >> bit & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_known_by_their_names() {
        let plain = Dict::empty();
        let cases = [
            ("TimesNewRomanPSMT", Weight::Regular, Slope::Upright),
            ("TimesNewRoman,BoldItalic", Weight::Bold, Slope::Italic),
            ("TeXGyreTermes-Bold", Weight::Bold, Slope::Upright),
            ("VnNimbusRomanNo9L-Medi", Weight::Bold, Slope::Upright),
            ("NimbusRomNo9L-MediItal", Weight::Bold, Slope::Italic),
            ("NimbusRomNo9L-ReguItal", Weight::Regular, Slope::Italic),
        ];
        for (name, bold, leans) in cases {
            assert_eq!((weight(name, &plain), slope(name, &plain)), (bold, leans), "{name}");
        }
    }
}

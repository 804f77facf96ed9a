//! The old Vietnamese encodings, TCVN3 (ABC) and VNI: texts typed in their fonts arrive as Latin-1
//! characters and become Unicode here. Which texts they are is decided for a whole workbook. Knows
//! texts, columns and fonts, no files.

mod letters;
mod syllable;
mod tcvn3;
mod typing;
mod vni;
mod vote;
mod words;

use serde::{Deserialize, Serialize};

pub use vote::{decide, is_suspicious};

/// An old encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Encoding {
    /// TCVN3 (ABC), the fonts `.Vn…`.
    Tcvn3,
    /// VNI, the fonts `VNI-…`.
    Vni,
}

/// What of a text is to be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoding {
    /// All of it.
    Whole(Encoding),
    /// The words that Unicode does not explain: between them are Unicode letters.
    Words(Encoding),
}

/// What the name of a font tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typeface {
    /// `.VnTime`.
    Tcvn3,
    /// `.VnTimeH`, which shows small letters as capitals.
    Tcvn3Capitals,
    /// `VNI-Times`.
    Vni,
    /// Any other.
    Other,
}

/// A text of a workbook with what tells its encoding.
#[derive(Clone, Copy, Debug)]
pub struct TypedText<'a> {
    /// Number of its sheet.
    pub sheet: usize,
    /// Its column.
    pub column: u32,
    /// The text as it stands.
    pub text: &'a str,
    /// The font of its cell, where the format tells it.
    pub font: Option<Typeface>,
}

impl Encoding {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Tcvn3, Self::Vni];

    /// Returns the name that offices use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
        }
    }

    /// Returns a text of this encoding in Unicode (NFC); characters that are not of it stay.
    pub fn decode(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => tcvn3::decode(text),
            Self::Vni => vni::decode(text),
        }
    }

    /// Returns a text as its font shows it: in a font of capitals, or where all other letters are
    /// capitals, the small letters of TCVN3 are capitals too.
    fn decode_as_shown(self, text: &str, font: Option<Typeface>) -> String {
        let decoded = self.decode(text);
        let capitals = match self {
            Self::Tcvn3 => font == Some(Typeface::Tcvn3Capitals) || is_in_capitals(text),
            Self::Vni => false,
        };
        if capitals { decoded.to_uppercase() } else { decoded }
    }

    /// Returns whether the encoding has every character of a text.
    fn has_all(self, text: &str) -> bool {
        match self {
            Self::Tcvn3 => tcvn3::has_all(text),
            Self::Vni => vni::has_all(text),
        }
    }

    fn index(self) -> usize {
        match self {
            Self::Tcvn3 => 0,
            Self::Vni => 1,
        }
    }
}

impl Decoding {
    /// Returns the encoding.
    pub fn encoding(self) -> Encoding {
        match self {
            Self::Whole(encoding) | Self::Words(encoding) => encoding,
        }
    }

    /// Returns a text in Unicode (NFC), as the font of its cell shows it.
    pub fn apply(self, text: &str, font: Option<Typeface>) -> String {
        match self {
            Self::Whole(encoding) => encoding.decode_as_shown(text, font),
            Self::Words(encoding) => words::decode_words(encoding, text),
        }
    }
}

impl Typeface {
    /// Returns what the name of a font tells.
    pub fn of_name(name: &str) -> Self {
        let name = name.trim();
        let lower = name.to_ascii_lowercase();
        if lower.starts_with(".vn") {
            if name.ends_with('H') { Self::Tcvn3Capitals } else { Self::Tcvn3 }
        } else if lower.starts_with("vni") {
            Self::Vni
        } else {
            Self::Other
        }
    }

    fn encoding(self) -> Option<Encoding> {
        match self {
            Self::Tcvn3 | Self::Tcvn3Capitals => Some(Encoding::Tcvn3),
            Self::Vni => Some(Encoding::Vni),
            Self::Other => None,
        }
    }
}

/// Returns whether the ASCII letters of a text are capitals, three of them at least.
fn is_in_capitals(text: &str) -> bool {
    let letters = || text.chars().filter(char::is_ascii_alphabetic);
    letters().nth(2).is_some() && letters().all(|letter| letter.is_ascii_uppercase())
}

#[cfg(test)]
mod tests;

//! Characters of one-byte fonts without a `ToUnicode` map: the code pages of Windows and the Mac and
//! the names of glyphs, as far as Latin script needs them.

use hayro_syntax::object::{Array, Dict, Name, Object};

/// Code page 1252 from 0x80 to 0x9f; what is missing there is U+FFFD.
const WINDOWS: [char; 32] = [
    '€', '•', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '•', 'Ž', '•', '•', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '•', 'ž', 'Ÿ',
];

/// Names of the glyphs of ASCII that are no letter, and of the signs that office documents use.
const NAMES: [(&str, char); 60] = [
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '−'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("underscore", '_'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("endash", '–'),
    ("emdash", '—'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("ellipsis", '…'),
    ("bullet", '•'),
    ("Dcroat", 'Đ'),
    ("dcroat", 'đ'),
    ("Ohorn", 'Ơ'),
    ("ohorn", 'ơ'),
    ("Uhorn", 'Ư'),
    ("uhorn", 'ư'),
    ("degree", '°'),
    ("section", '§'),
    ("nbspace", '\u{a0}'),
    ("multiply", '×'),
    ("dotlessi", 'ı'),
];

/// Accents by the end of a glyph's name, longest first.
const ACCENTS: [(&str, &str); 15] = [
    ("circumflex", "\u{302}"),
    ("dieresis", "\u{308}"),
    ("hookabove", "\u{309}"),
    ("dotbelow", "\u{323}"),
    ("cedilla", "\u{327}"),
    ("macron", "\u{304}"),
    ("caron", "\u{30c}"),
    ("breve", "\u{306}"),
    ("acute", "\u{301}"),
    ("grave", "\u{300}"),
    ("tilde", "\u{303}"),
    ("ring", "\u{30a}"),
    ("horn", "\u{31b}"),
    ("hook", "\u{309}"),
    ("dot", "\u{307}"),
];

/// The characters of the 256 codes of a font.
#[derive(Clone, Debug)]
pub(super) struct Encoding {
    characters: Vec<Option<String>>,
}

impl Encoding {
    /// Returns the encoding of a font's dictionary; code page 1252 where it says nothing.
    pub(super) fn of(font: &Dict<'_>) -> Self {
        let mut encoding = Self::windows();
        if let Some(Object::Dict(dict)) = font.get::<Object<'_>>("Encoding")
            && let Some(differences) = dict.get::<Array<'_>>("Differences")
        {
            encoding.differ(&differences);
        }
        encoding
    }

    /// Returns the character of a code.
    pub(super) fn character(&self, code: u32) -> Option<&str> {
        let code = usize::try_from(code).ok()?;
        self.characters.get(code)?.as_deref()
    }

    fn windows() -> Self {
        let character = |code: u8| match code {
            0..=31 | 127 => None,
            128..=159 => WINDOWS.get(usize::from(code) - 128).copied().map(String::from),
            code => Some(char::from(code).to_string()),
        };
        Self { characters: (0..=255).map(character).collect() }
    }

    fn differ(&mut self, differences: &Array<'_>) {
        let mut code = 0;
        for object in differences.iter::<Object<'_>>() {
            match object {
                Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(256),
                Object::Name(name) => {
                    if let Some(place) = self.characters.get_mut(code) {
                        *place = of_name(&name);
                    }
                    code += 1;
                }
                _ => {}
            }
        }
    }
}

fn of_name(name: &Name<'_>) -> Option<String> {
    let name = str::from_utf8(name.as_ref()).ok()?;
    let stem = name.split('.').next().filter(|stem| !stem.is_empty())?;
    letters(stem)
}

/// Returns the characters that a glyph's name stands for.
fn letters(name: &str) -> Option<String> {
    if name.chars().count() == 1 {
        return Some(name.to_owned());
    }
    if let Some((_, character)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(character.to_string());
    }
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    if let Some(code) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
        return char::from_u32(code).map(String::from);
    }
    let (base, accent) =
        ACCENTS.iter().find_map(|(end, accent)| Some((name.strip_suffix(end)?, accent)))?;
    let base =
        letters(base).filter(|base| base.chars().all(char::is_alphabetic) || base.len() > 1)?;
    Some(crate::text::nfc(&format!("{base}{accent}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_vietnamese_glyphs_are_understood() {
        let cases = [
            ("A", "A"),
            ("space", " "),
            ("Dcroat", "Đ"),
            ("uni1EA4", "Ấ"),
            ("u01B0", "ư"),
            ("Acircumflexacute", "Ấ"),
            ("uhorndotbelow", "ự"),
            ("ohornhookabove", "ở"),
        ];
        for (name, characters) in cases {
            assert_eq!(letters(name).as_deref(), Some(characters), "{name}");
        }
        assert_eq!(letters("g123"), None);
        assert_eq!(letters("acute"), None);
    }

    #[test]
    fn the_code_page_of_windows_is_the_default() {
        let encoding = Encoding::windows();
        assert_eq!(encoding.character(0x96), Some("–"));
        assert_eq!(encoding.character(0xe0), Some("à"));
        assert_eq!(encoding.character(5), None);
        assert_eq!(encoding.character(900), None);
    }
}

//! Character maps of fonts: how bytes make codes, codes make characters (`ToUnicode`) and glyph
//! numbers. Only what stands in the file itself; no predefined tables of other scripts.

use std::collections::BTreeMap;

/// The most entries that are taken from a map.
const MOST: usize = 70_000;
/// The most bytes of characters that one code stands for: the longest ligature has a few.
const LONGEST: usize = 64;

/// A character map.
#[derive(Clone, Debug, Default)]
pub(super) struct CharacterMap {
    /// Ranges of codes: bytes in a code, first, last.
    spaces: Vec<(usize, u32, u32)>,
    characters: BTreeMap<u32, String>,
    /// Ranges of glyph numbers: first code, last code, first number.
    numbers: Vec<(u32, u32, u32)>,
}

enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a str),
}

impl CharacterMap {
    /// Returns the map that a stream spells out; what is not understood is left out.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let tokens = tokens(bytes);
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            let Token::Word(word) = token else { continue };
            let end = tokens
                .iter()
                .skip(at)
                .position(|token| matches!(token, Token::Word(word) if word.starts_with("end")));
            let body = tokens.get(at..at + end.unwrap_or(0)).unwrap_or_default();
            match *word {
                "begincodespacerange" => map.code_spaces(body),
                "beginbfchar" => map.single_characters(body),
                "beginbfrange" => map.character_ranges(body),
                "begincidchar" => map.glyph_numbers(body, 2),
                "begincidrange" => map.glyph_numbers(body, 3),
                _ => continue,
            }
            at += body.len();
        }
        map
    }

    /// Returns the character or characters of a code.
    pub(super) fn characters(&self, code: u32) -> Option<&str> {
        self.characters.get(&code).map(String::as_str)
    }

    /// Returns the glyph number of a code, when the map gives numbers.
    pub(super) fn number(&self, code: u32) -> Option<u32> {
        let range = self.numbers.iter().find(|(first, last, _)| (*first..=*last).contains(&code));
        range.map(|(first, _, number)| number.saturating_add(code - first))
    }

    /// Returns the first code of some bytes and its length; nothing at their end.
    pub(super) fn code(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        bytes.first()?;
        for length in 1..=4.min(bytes.len()) {
            let code = bytes.iter().take(length).fold(0, |code, byte| code << 8 | u32::from(*byte));
            let fits = |(bytes, first, last): &(usize, u32, u32)| {
                *bytes == length && (*first..=*last).contains(&code)
            };
            if self.spaces.iter().any(fits) {
                return Some((code, length));
            }
        }
        let length = 2.min(bytes.len());
        Some((bytes.iter().take(length).fold(0, |code, byte| code << 8 | u32::from(*byte)), length))
    }

    fn code_spaces(&mut self, body: &[Token<'_>]) {
        for pair in body.chunks_exact(2) {
            if let [Token::Hex(first), Token::Hex(last)] = pair {
                self.spaces.push((first.len(), number(first), number(last)));
            }
        }
    }

    fn single_characters(&mut self, body: &[Token<'_>]) {
        for pair in body.chunks_exact(2) {
            if let [Token::Hex(code), Token::Hex(text)] = pair {
                self.insert(number(code), utf16(text));
            }
        }
    }

    fn character_ranges(&mut self, body: &[Token<'_>]) {
        let mut at = 0;
        while let (Some(Token::Hex(first)), Some(Token::Hex(last))) =
            (body.get(at), body.get(at + 1))
        {
            if self.characters.len() >= MOST {
                return;
            }
            let (first, last) = (number(first), number(last));
            at += 2;
            match body.get(at) {
                Some(Token::Hex(text)) => {
                    at += 1;
                    for code in (first..=last).take(MOST) {
                        self.insert(code, utf16(&advanced(text, code - first)));
                    }
                }
                Some(Token::Open) => {
                    at += 1;
                    let mut code = first;
                    while let Some(Token::Hex(text)) = body.get(at) {
                        self.insert(code, utf16(text));
                        code = code.saturating_add(1);
                        at += 1;
                    }
                    at += 1;
                }
                _ => return,
            }
        }
    }

    fn glyph_numbers(&mut self, body: &[Token<'_>], width: usize) {
        for entry in body.chunks_exact(width) {
            let (Some(Token::Hex(first)), Some(Token::Word(word))) = (entry.first(), entry.last())
            else {
                continue;
            };
            let last = match entry.get(1) {
                Some(Token::Hex(last)) => number(last),
                _ => number(first),
            };
            if let Ok(glyph) = word.parse()
                && self.numbers.len() < MOST
            {
                self.numbers.push((number(first), last, glyph));
            }
        }
    }

    fn insert(&mut self, code: u32, text: String) {
        if self.characters.len() < MOST && !text.is_empty() {
            self.characters.insert(code, text);
        }
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    let units: Vec<u16> = match bytes {
        [one] => vec![u16::from(*one)],
        _ => bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    };
    String::from_utf16_lossy(&units).replace('\0', "")
}

/// Returns the text of a range after some steps: its last unit grows.
fn advanced(text: &[u8], steps: u32) -> Vec<u8> {
    let mut text = text.get(..LONGEST).unwrap_or(text).to_vec();
    let mut carry = steps;
    for byte in text.iter_mut().rev().take(2) {
        let sum = u32::from(*byte) + (carry & 0xff);
        *byte = u8::try_from(sum & 0xff).unwrap_or_default();
        carry = (carry >> 8) + (sum >> 8);
    }
    text
}

fn tokens(bytes: &[u8]) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        let length = match byte {
            b'<' if after.first() != Some(&b'<') => {
                let end = after.iter().position(|byte| *byte == b'>').unwrap_or(after.len());
                tokens.push(Token::Hex(hex(after.get(..end).unwrap_or_default())));
                end + 2
            }
            b'[' => push(&mut tokens, Token::Open),
            b']' => push(&mut tokens, Token::Close),
            b'%' => {
                rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
            }
            byte if byte.is_ascii_alphanumeric() || byte == b'/' => {
                let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.+".contains(byte);
                let end = after.iter().position(|byte| !is_word(byte)).unwrap_or(after.len());
                let word = rest.get(..=end).unwrap_or_default();
                tokens.push(Token::Word(str::from_utf8(word).unwrap_or_default()));
                end + 1
            }
            _ => 1,
        };
        rest = rest.get(length.max(1)..).unwrap_or_default();
        if tokens.len() > 4 * MOST {
            break;
        }
    }
    tokens
}

fn push<'a>(tokens: &mut Vec<Token<'a>>, token: Token<'a>) -> usize {
    tokens.push(token);
    1
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let mut digits: Vec<u8> = digits
        .iter()
        .filter_map(|digit| char::from(*digit).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    if digits.len() % 2 == 1 {
        digits.push(0);
    }
    digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_characters_and_code_spaces_are_read() {
        let map = CharacterMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0003> <0020> <0004> <01B0> endbfchar\n\
              2 beginbfrange <0010> <0012> <1EA0> <0020> <0021> [<0041> <00420301>] endbfrange\n\
              1 begincidrange <0100> <01ff> 7 endcidrange 1 begincidchar <02> 9 endcidchar",
        );
        assert_eq!(map.characters(3), Some(" "));
        assert_eq!(map.characters(4), Some("ư"));
        assert_eq!(map.characters(0x12), Some("\u{1ea2}"));
        assert_eq!(map.characters(0x21), Some("B\u{301}"));
        assert_eq!(map.number(0x101), Some(8));
        assert_eq!(map.number(2), Some(9));
        assert_eq!(map.code(&[0, 16, 0]), Some((16, 2)));
    }

    #[test]
    fn rubbish_gives_an_empty_map() {
        for rubbish in ["<<<<>", "beginbfrange <0000> <ffffffff> [", "beginbfchar", "\0\u{1}/"] {
            assert!(CharacterMap::parse(rubbish.as_bytes()).characters.is_empty());
        }
    }
}

//! What the words of a text cost under each reading: as Unicode, as TCVN3, as VNI. A frequent
//! Vietnamese syllable costs nothing, an impossible one much; only words with a character outside
//! ASCII count, for the others are the same in every reading.

use std::borrow::Cow;

use super::{
    Encoding,
    letters::{is_unicode_only, is_vietnamese},
    syllable::{Standing, standing},
};

/// Cost of a word that no reading explains.
pub(super) const IMPOSSIBLE: u32 = 10;
const POSSIBLE: u32 = 2;
/// Cost of a word with a sign at its end: "chú¹", "«Công»".
const WITH_SIGN: u32 = 3;

/// Returns the words of a text that count: letters next to each other, at least two, one of them
/// outside ASCII, and no unit of measurement.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character| !is_of_a_word(character))
        .filter(|word| !word.is_ascii() && word.chars().nth(1).is_some() && !is_unit(word))
}

/// Returns a text with those words decoded that cost less so.
pub(super) fn decode_words(encoding: Encoding, text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    for word in words(text) {
        let Some((before, after)) = rest.split_once(word) else { continue };
        decoded.push_str(before);
        if cost_in(encoding, word) < cost_as_unicode(word) {
            decoded.push_str(&encoding.decode(word));
        } else {
            decoded.push_str(word);
        }
        rest = after;
    }
    decoded.push_str(rest);
    decoded
}

/// Returns whether a text cannot be of an old encoding: nothing outside ASCII stands in it, or a
/// letter that only Unicode has.
pub(super) fn is_settled(text: &str) -> bool {
    text.is_ascii() || text.chars().any(is_unicode_only)
}

/// Returns what a word costs as it stands.
pub(super) fn cost_as_unicode(word: &str) -> u32 {
    const SIGNS: [char; 9] = ['»', '®', '©', '°', '¹', '²', '³', '·', '×'];
    let bare = word.trim_start_matches('«').trim_end_matches(SIGNS);
    let letters: Cow<'_, str> = if bare.contains(['Ð', 'ð']) {
        bare.replace('Ð', "Đ").replace('ð', "đ").into()
    } else {
        bare.into()
    };
    let cost = match (letters.is_ascii(), letters.chars().count()) {
        (_, 0) => return WITH_SIGN,
        (true, 1 | 2) => cost_of(&letters, has_one_case(&letters)).max(POSSIBLE),
        (true, _) => 0,
        _ => cost_of(&letters, has_one_case(&letters)),
    };
    if bare.len() < word.len() { cost.max(WITH_SIGN) } else { cost }
}

/// Returns what a word of an old encoding costs.
pub(super) fn cost_in(encoding: Encoding, word: &str) -> u32 {
    if !encoding.has_all(word) {
        return IMPOSSIBLE;
    }
    let decoded = encoding.decode(word);
    // Small letters of TCVN3 stand in words of capitals too: the font shows them as such.
    let shape: Cow<'_, str> = match encoding {
        Encoding::Tcvn3 => word
            .chars()
            .filter(|character| character.is_ascii() || matches!(character, '¡'..='§'))
            .map(|character| if character.is_ascii() { character } else { 'X' })
            .collect::<String>()
            .into(),
        Encoding::Vni => decoded.as_str().into(),
    };
    cost_of(&decoded, has_one_case(&shape))
}

fn cost_of(letters: &str, one_case: Case) -> u32 {
    if one_case == Case::Mixed || !letters.chars().all(is_vietnamese) {
        return IMPOSSIBLE;
    }
    match standing(&letters.to_lowercase()) {
        Standing::Common => 0,
        Standing::Possible => POSSIBLE,
        Standing::Impossible if is_abbreviation(letters) => POSSIBLE,
        Standing::Impossible => IMPOSSIBLE,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    /// Small letters, capitals, or one capital and small letters.
    Usual,
    Mixed,
}

fn has_one_case(letters: &str) -> Case {
    let mut capitals = letters.chars().map(char::is_uppercase);
    let first = capitals.next().unwrap_or(false);
    let (mut all, mut any) = (true, false);
    for capital in capitals {
        all &= capital;
        any |= capital;
    }
    if !any || (first && all) { Case::Usual } else { Case::Mixed }
}

/// Returns whether letters stand for words: capitals with a Đ, "HĐND".
fn is_abbreviation(letters: &str) -> bool {
    letters.contains('Đ')
        && letters.chars().count() <= 8
        && letters.chars().all(|letter| letter.is_ascii_uppercase() || letter == 'Đ')
}

fn is_of_a_word(character: char) -> bool {
    character.is_ascii_alphabetic()
        || matches!(character, '\u{a1}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}')
}

/// Returns whether a word is a micro sign and a unit: "µg".
fn is_unit(word: &str) -> bool {
    const UNITS: [&str; 11] = ["m", "g", "l", "L", "s", "A", "V", "F", "W", "M", "Sv"];
    word.strip_prefix('µ').is_some_and(|unit| UNITS.contains(&unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(word: &str) -> [u32; 3] {
        [cost_as_unicode(word), cost_in(Encoding::Tcvn3, word), cost_in(Encoding::Vni, word)]
    }

    #[test]
    fn a_word_is_cheapest_in_its_own_encoding() {
        for (word, unicode, tcvn3, vni) in [
            ("công", 0, 2, 10),
            ("tæng", 10, 0, 10),
            ("céng", 10, 0, 10),
            ("toång", 10, 10, 0),
            ("CéNG", 10, 0, 10),
            ("x·", 10, 0, 10),
            ("TI£N", 10, 0, 10),
            ("Uûy", 10, 10, 0),
            ("H§ND", 10, 2, 10),
            ("HÑND", 10, 10, 2),
            ("tÝnh", 10, 0, 10),
            ("cã", 2, 0, 10),
            ("Ðoàn", 0, 10, 10),
            ("café", 10, 10, 10),
            ("Müller", 10, 10, 10),
            ("«Công", 3, 10, 10),
            ("VNeID®", 3, 10, 10),
        ] {
            assert_eq!(costs(word), [unicode, tcvn3, vni], "{word}");
        }
    }

    #[test]
    fn only_words_beyond_ascii_count() {
        let found: Vec<_> = words("5 µg × 3 ë lµ (B08: x·, 25°C) xã A ®µ\u{a0}ô").collect();
        assert_eq!(found, ["lµ", "x·", "°C", "xã", "®µ"]);
        assert!(is_settled("B08 12%") && is_settled("Số") && is_settled("o\u{302}"));
        assert!(!is_settled("công") && !is_settled("x·"));
    }
}

//! Vietnamese letters taken apart and put together: a vowel with its shape, and one of six tones.
//! Knows nothing of words or encodings.

/// Tones in the order of a row of [`VOWELS`].
pub(super) const LEVEL: usize = 0;
pub(super) const GRAVE: usize = 1;
pub(super) const ACUTE: usize = 2;
pub(super) const HOOK: usize = 3;
pub(super) const TILDE: usize = 4;
pub(super) const DOT: usize = 5;

/// The twelve vowels with their six tones, lower case, NFC.
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'á', 'ả', 'ã', 'ạ'],
    ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
    ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
    ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'],
    ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'],
    ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'],
    ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'],
    ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
    ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
    ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'],
    ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'],
    ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
];

/// Returns a lower-case letter without its tone, and the tone.
pub(super) fn take_apart(letter: char) -> (char, usize) {
    if letter.is_ascii() || matches!(letter, 'đ' | 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư') {
        return (letter, LEVEL);
    }
    let row = VOWELS.iter().find_map(|row| {
        let tone = row.iter().position(|known| *known == letter)?;
        row.first().map(|bare| (*bare, tone))
    });
    row.unwrap_or((letter, LEVEL))
}

/// Returns a toneless lower-case vowel with a tone; nothing when it is no vowel.
pub(super) fn with_tone(vowel: char, tone: usize) -> Option<char> {
    VOWELS.iter().find(|row| row.first() == Some(&vowel))?.get(tone).copied()
}

/// Returns whether a toneless lower-case letter is a vowel.
pub(super) fn is_vowel(letter: char) -> bool {
    VOWELS.iter().any(|row| row.first() == Some(&letter))
}

/// Returns whether a letter is Vietnamese, whatever its case; f, j, w and z are not.
pub(super) fn is_vietnamese(letter: char) -> bool {
    let mut lower = letter.to_lowercase();
    let Some(lower) = lower.next().filter(|_| lower.len() == 0) else { return false };
    match lower {
        'f' | 'j' | 'w' | 'z' => false,
        'a'..='z' | 'đ' => true,
        _ => VOWELS.iter().flatten().any(|known| *known == lower),
    }
}

/// Returns whether a character stands in Unicode Vietnamese only, never in a text of an old
/// encoding seen as Latin-1.
pub(super) fn is_unicode_only(character: char) -> bool {
    matches!(character,
        '\u{102}' | '\u{103}' | '\u{110}' | '\u{111}' | '\u{128}' | '\u{129}' | '\u{168}'
        | '\u{169}' | '\u{1a0}' | '\u{1a1}' | '\u{1af}' | '\u{1b0}' | '\u{300}'..='\u{36f}'
        | '\u{1ea0}'..='\u{1ef9}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_apart_and_together() {
        for row in VOWELS {
            for (tone, letter) in row.into_iter().enumerate() {
                assert_eq!(take_apart(letter), (row[LEVEL], tone));
                assert_eq!(with_tone(row[LEVEL], tone), Some(letter));
                let upper = letter.to_uppercase().next().unwrap();
                assert!(is_vietnamese(letter) && is_vietnamese(upper) && is_vowel(row[LEVEL]));
            }
        }
        assert_eq!(take_apart('đ'), ('đ', LEVEL));
        assert_eq!(with_tone('đ', GRAVE), None);
        assert!(!is_vietnamese('ñ') && !is_vietnamese('w') && !is_vietnamese('ä'));
        assert!([ACUTE, HOOK, TILDE, DOT].into_iter().all(|tone| with_tone('ơ', tone).is_some()));
    }
}

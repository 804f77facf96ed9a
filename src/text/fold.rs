//! Folding for matching: what two spellings of the same words have in common. Never for printing.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Returns the text in NFC.
pub fn nfc(text: &str) -> String {
    if text.chars().all(is_composed) { text.to_owned() } else { text.nfc().collect() }
}

/// Returns the text with every run of blanks (NBSP, line breaks, tabs) as one space, trimmed, and
/// without zero-width characters and soft hyphens.
pub fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !is_invisible(*character)) {
        if !character.is_whitespace() {
            squeezed.push(character);
        } else if !squeezed.ends_with(' ') {
            squeezed.push(' ');
        }
    }
    squeezed.trim().to_owned()
}

/// Returns the text in NFC, lower case, with one kind of đ, dash, quotation mark and tone placement
/// (kiểu cũ: `hòa`, not `hoà`), squeezed.
pub fn fold(text: &str) -> String {
    let lower: String = nfc(text).chars().flat_map(char::to_lowercase).map(unify).collect();
    let lower = nfc(&squeeze(&lower));
    let characters: Vec<char> = lower.chars().collect();
    let mut folded = String::with_capacity(lower.len());
    let mut position = 0;
    while let Some(&character) = characters.get(position) {
        let next = characters.get(position + 1).copied();
        let after = characters.get(position + 2).copied();
        let before = position.checked_sub(1).and_then(|index| characters.get(index)).copied();
        if let Some((first, second)) =
            next.and_then(|next| old_placement(before, character, next, after))
        {
            folded.extend([first, second]);
            position += 2;
        } else {
            folded.push(character);
            position += 1;
        }
    }
    folded
}

/// Returns the folded text without any marks, đ as d: `Đoàn Lập` gives `doan lap`.
pub fn strip_marks(text: &str) -> String {
    fold(text)
        .nfd()
        .filter(|character| !is_combining_mark(*character))
        .map(|character| if character == 'đ' { 'd' } else { character })
        .collect()
}

/// Returns whether a character is of the blocks that NFC leaves alone whatever stands around it:
/// Latin up to U+02FF, Latin Extended Additional and most of General Punctuation.
fn is_composed(character: char) -> bool {
    matches!(character, '\0'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{206f}')
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}')
}

/// Maps look-alikes to the usual character: Eth and African D to đ, dashes to a hyphen.
fn unify(character: char) -> char {
    match character {
        'ð' | 'ɖ' => 'đ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '‘' | '’' | 'ʼ' => '\'',
        '“' | '”' => '"',
        other => other,
    }
}

const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];

/// Returns `oà` as `òa` and the like for open syllables in oa, oe, uy, not after q.
fn old_placement(
    before: Option<char>,
    first: char,
    second: char,
    after: Option<char>,
) -> Option<(char, char)> {
    if !matches!(first, 'o' | 'u') || after.is_some_and(char::is_alphabetic) || before == Some('q')
    {
        return None;
    }
    let mut parts = [second].into_iter().nfd();
    let (base, tone) = (parts.next()?, parts.next()?);
    let pair = matches!((first, base), ('o', 'a' | 'e') | ('u', 'y'));
    if !pair || parts.next().is_some() || !TONES.contains(&tone) {
        return None;
    }
    let marked = [first, tone].into_iter().nfc().next()?;
    Some((marked, base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_the_same_words_fold_to_one() {
        let spellings = [
            "Ủy ban nhân dân xã Đoàn Lập",
            "Uỷ  ban nhân dân xã Đoàn Lập ",
            "ỦY BAN\nNHÂN DÂN XÃ ĐOÀN LẬP",
            "U\u{309}y ban nhân dân xã Ðoàn Lập",
            "Ủy\u{a0}ban nhân dân xã Đoàn Lâ\u{323}p\u{200b}",
        ];
        for spelling in spellings {
            assert_eq!(fold(spelling), "ủy ban nhân dân xã đoàn lập", "{spelling:?}");
        }
    }

    #[test]
    fn the_short_way_to_nfc_changes_nothing() {
        for character in ('\0'..='\u{ffff}').filter(|character| is_composed(*character)) {
            let text = character.to_string();
            assert_eq!(text.nfc().collect::<String>(), text, "{character:?}");
        }
    }

    #[test]
    fn tone_placement_moves_only_in_open_syllables() {
        assert_eq!(fold("hoà hoá hoạ loè thuý"), "hòa hóa họa lòe thúy");
        assert_eq!(fold("hoàn toàn quý quyết thuyền Đoàn"), "hoàn toàn quý quyết thuyền đoàn");
        assert_eq!(fold("văn hoá, uỷ viên"), "văn hóa, ủy viên");
    }

    #[test]
    fn marks_are_stripped_with_the_dyet() {
        assert_eq!(strip_marks("XÃ ĐÔNG HƯNG"), "xa dong hung");
        assert_eq!(strip_marks("Thị trấn Tiên Lãng"), "thi tran tien lang");
    }
}

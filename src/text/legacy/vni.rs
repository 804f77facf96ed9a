//! VNI, the encoding of the `VNI-…` fonts: a base letter and after it a mark, both seen as Latin-1
//! characters; ơ, ư, đ and the toned i have characters of their own. Source of the facts: VNI-WIN
//! as published by VNI Software; the same in UniKey and xvnkb.

use super::letters::{
    ACUTE, DOT, GRAVE, HOOK, LEVEL, TILDE, is_unicode_only, is_vowel, take_apart, with_tone,
};

/// What a mark does to the letter before it: its shape, and its tone.
type Mark = (Option<Shape>, Option<usize>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Circumflex,
    Breve,
}

/// Returns the text with every letter and its marks as one letter. A mark in the wrong case takes
/// the case of its letter; of two marks each may come first.
pub(super) fn decode(text: &str) -> String {
    decode_and_count(text).0
}

/// Returns whether the encoding has every character of a text, letters of Unicode alone aside.
pub(super) fn has_all(text: &str) -> bool {
    decode_and_count(text).1 == 0
}

/// Returns the text decoded, and how many characters outside ASCII are not of the encoding.
fn decode_and_count(text: &str) -> (String, usize) {
    let mut foreign = 0;
    let mut decoded = String::with_capacity(text.len());
    let mut open = None;
    for character in text.chars() {
        let marked = open.zip(mark(character)).and_then(|(letter, mark)| apply(letter, mark));
        if let Some(letter) = marked {
            open = Some(letter);
            continue;
        }
        decoded.extend(open.take());
        let own = own_letter(character);
        let known = own.is_some() || character.is_ascii() || is_unicode_only(character);
        foreign += usize::from(!known);
        let letter = own.unwrap_or(character);
        if is_vowel(lower(letter)) {
            open = Some(letter);
        } else {
            decoded.push(letter);
        }
    }
    decoded.extend(open);
    (decoded, foreign)
}

/// Returns the letter of a character that stands for a whole letter.
fn own_letter(character: char) -> Option<char> {
    let letter = match lower(character) {
        'æ' => 'ỉ',
        'î' => 'ỵ',
        'ñ' => 'đ',
        'ò' => 'ị',
        'ó' => 'ĩ',
        'ô' => 'ơ',
        'ö' => 'ư',
        own @ ('ì' | 'í') => own,
        _ => return None,
    };
    Some(like(character, letter))
}

fn mark(character: char) -> Option<Mark> {
    use Shape::{Breve, Circumflex};
    let mark = match lower(character) {
        'ø' => (None, Some(GRAVE)),
        'ù' => (None, Some(ACUTE)),
        'û' => (None, Some(HOOK)),
        'õ' => (None, Some(TILDE)),
        'ï' => (None, Some(DOT)),
        'â' => (Some(Circumflex), None),
        'à' => (Some(Circumflex), Some(GRAVE)),
        'á' => (Some(Circumflex), Some(ACUTE)),
        'å' => (Some(Circumflex), Some(HOOK)),
        'ã' => (Some(Circumflex), Some(TILDE)),
        'ä' => (Some(Circumflex), Some(DOT)),
        'ê' => (Some(Breve), None),
        'è' => (Some(Breve), Some(GRAVE)),
        'é' => (Some(Breve), Some(ACUTE)),
        'ú' => (Some(Breve), Some(HOOK)),
        'ü' => (Some(Breve), Some(TILDE)),
        'ë' => (Some(Breve), Some(DOT)),
        _ => return None,
    };
    Some(mark)
}

/// Returns a letter with a mark; nothing when it cannot take it.
fn apply(letter: char, (shape, tone): Mark) -> Option<char> {
    let (vowel, present) = take_apart(lower(letter));
    let vowel = match (shape, vowel) {
        (None, 'i') => return None,
        (None, _) => vowel,
        (Some(Shape::Circumflex), 'a') => 'â',
        (Some(Shape::Circumflex), 'e') => 'ê',
        (Some(Shape::Circumflex), 'o') => 'ô',
        (Some(Shape::Breve), 'a') => 'ă',
        _ => return None,
    };
    let tone = match (present, tone) {
        (present, None) => present,
        (LEVEL, Some(tone)) => tone,
        _ => return None,
    };
    with_tone(vowel, tone).map(|marked| like(letter, marked))
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// Returns a lower-case letter in the case of a model.
fn like(model: char, letter: char) -> char {
    if model.is_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_with_a_mark_of_its_own_decodes() {
        for (typed, expected) in [
            ("aà aá aâ aã aä aå", "ầ ấ â ẫ ậ ẩ"),
            ("aè aé aê aú aü aë", "ằ ắ ă ẳ ẵ ặ"),
            ("aø aù aû aõ aï", "à á ả ã ạ"),
            ("eà eá eâ eã eä eå eø eù eû eõ eï", "ề ế ê ễ ệ ể è é ẻ ẽ ẹ"),
            ("oà oá oâ oã oä oå oø où oû oõ oï", "ồ ố ô ỗ ộ ổ ò ó ỏ õ ọ"),
            ("ô ôø ôù ôû ôõ ôï ö öø öù öû öõ öï", "ơ ờ ớ ở ỡ ợ ư ừ ứ ử ữ ự"),
            ("uø uù uû uõ uï yø yù yû yõ î", "ù ú ủ ũ ụ ỳ ý ỷ ỹ ỵ"),
            ("ì í æ ó ò ñ", "ì í ỉ ĩ ị đ"),
        ] {
            assert_eq!(decode(typed), expected);
            let capitals = typed.to_uppercase();
            assert_eq!(decode(&capitals), expected.to_uppercase(), "{capitals}");
        }
    }

    #[test]
    fn marks_follow_their_letter_in_any_order_and_case() {
        assert_eq!(decode("Uûy ban, Aán baûn, AÙnh saùng"), "Ủy ban, Ấn bản, Ánh sáng");
        assert_eq!(decode("aâù oùâ OÂØ"), "ấ ố Ồ");
        assert_eq!(
            decode("HUYEÄN CAÀN GIÔØ, ñöôïc, Toång coäng"),
            "HUYỆN CẦN GIỜ, được, Tổng cộng"
        );
        assert_eq!(decode("xaõ Tieân Minh, huyeän Tieân Laõng"), "xã Tiên Minh, huyện Tiên Lãng");
    }

    #[test]
    fn a_mark_without_a_letter_stays() {
        assert_eq!(decode("à bø où + ùù 25°"), "à bø ó + ùù 25°");
        assert_eq!(decode("plain A08, 12"), "plain A08, 12");
    }
}

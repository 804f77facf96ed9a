//! TCVN3 (ABC), the encoding of the `.Vn…` fonts: one byte a letter, seen as a Latin-1 character.
//! The accented letters exist in lower case only; a font whose name ends in H prints them as
//! capitals. Source of the facts: TCVN 5712:1993, VN3; the same in glibc and UniKey.

use super::letters::is_unicode_only;

/// Letters of the bytes A1 to FE; a dot where the fonts have none. Ê at CA is not the capital (A3)
/// but ấ.
const LETTERS: &str = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.\
    ủũúụừửữứựỳỷỹýỵ";

const FIRST: u32 = 0xa1;

/// Returns the letter that the fonts show for a character; nothing where they have none of their
/// own.
pub(super) fn letter(character: char) -> Option<char> {
    let index = usize::try_from(u32::from(character).checked_sub(FIRST)?).ok()?;
    LETTERS.chars().nth(index).filter(|letter| *letter != '.')
}

/// Returns the text with every character as its letter.
pub(super) fn decode(text: &str) -> String {
    text.chars().map(|character| letter(character).unwrap_or(character)).collect()
}

/// Returns whether the encoding has every character of a text; letters of Unicode alone do not
/// count, for words are found that are half and half.
pub(super) fn has_all(text: &str) -> bool {
    text.chars().all(|character| {
        character.is_ascii() || letter(character).is_some() || is_unicode_only(character)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sample of the published table: byte, letter.
    const KNOWN: [(u8, char); 26] = [
        (0xa1, 'Ă'),
        (0xa2, 'Â'),
        (0xa3, 'Ê'),
        (0xa4, 'Ô'),
        (0xa5, 'Ơ'),
        (0xa6, 'Ư'),
        (0xa7, 'Đ'),
        (0xa8, 'ă'),
        (0xad, 'ư'),
        (0xae, 'đ'),
        (0xb5, 'à'),
        (0xb9, 'ạ'),
        (0xbb, 'ằ'),
        (0xbe, 'ắ'),
        (0xc6, 'ặ'),
        (0xcb, 'ậ'),
        (0xcc, 'è'),
        (0xd1, 'ẹ'),
        (0xd6, 'ệ'),
        (0xd8, 'ỉ'),
        (0xdf, 'ò'),
        (0xe9, 'ộ'),
        (0xef, 'ù'),
        (0xf9, 'ự'),
        (0xfd, 'ý'),
        (0xfe, 'ỵ'),
    ];

    #[test]
    fn the_table_is_the_published_one() {
        for (byte, expected) in KNOWN {
            assert_eq!(letter(char::from(byte)), Some(expected), "{byte:02x}");
        }
        let letters: Vec<char> = ('\u{a1}'..='\u{ff}').filter_map(letter).collect();
        assert_eq!(letters.len(), 74);
        let mut once = letters.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), 74, "each letter has one byte");
        assert_eq!(letters.iter().filter(|letter| letter.is_uppercase()).count(), 7);
    }

    #[test]
    fn bytes_without_a_letter_stay() {
        assert_eq!(decode("12 m² ± 3°, 40 km/h; À à ÿ ï»"), "12 m² ± 3°, 40 km/h; À à ÿ ùằ");
        assert_eq!(decode("x· Tiªn Minh, huyÖn Tiªn L·ng"), "xã Tiên Minh, huyện Tiên Lãng");
        assert_eq!(decode("\u{ad}u tiªn"), "ưu tiên");
    }
}

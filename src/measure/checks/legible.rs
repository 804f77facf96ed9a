//! Whether the characters that a file gives can be its words: not where glyphs have none, and not where
//! they are those of an old code page (TCVN3, VNI) or of a map that a program has spoilt.

use super::super::page::Page;

/// Letters that Vietnamese writes besides the Latin ones, small, composed.
const VIETNAMESE: &str = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ";
/// One letter in so many may be foreign: names and units of measure have some.
const FOREIGN_LETTER_IN: usize = 50;
/// One glyph in so many may have no character.
const UNREADABLE_IN: usize = 20;

/// Returns whether so many letters have their characters that components can be told by their words.
pub(super) fn is_legible(pages: &[Page]) -> bool {
    let unreadable: usize = pages.iter().map(|page| page.unreadable).sum();
    unreadable * UNREADABLE_IN <= letters(pages).count() && misspelt(pages).is_none()
}

/// Returns page and first word of a document whose letters are not those of Vietnamese.
pub(super) fn misspelt(pages: &[Page]) -> Option<(usize, String)> {
    let foreign = letters(pages).filter(|letter| is_foreign(*letter)).count();
    if foreign * FOREIGN_LETTER_IN <= letters(pages).count() {
        return None;
    }
    pages.iter().find_map(|page| {
        let mut words = page.lines.iter().flat_map(|line| line.text.split_whitespace());
        let word = words.find(|word| word.chars().any(is_foreign))?;
        Some((page.number, word.to_owned()))
    })
}

fn letters(pages: &[Page]) -> impl Iterator<Item = char> {
    let texts = pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str());
    texts.flat_map(str::chars).filter(|c| c.is_alphabetic() || is_foreign(*c) || *c == '\u{fffd}')
}

/// Returns whether a character stands for no letter of Vietnamese: other letters, and the signs that
/// old code pages have in the place of letters.
fn is_foreign(character: char) -> bool {
    let is_sign = matches!(character, '¡'..='¶' | '¸'..='¿' | '×' | '÷')
        && !"\u{ad}§°±²³«»©®".contains(character);
    let is_letter = character.is_alphabetic() && !character.is_ascii_alphabetic();
    let is_mark = matches!(character, '\u{300}'..='\u{36f}');
    let is_known = || character.to_lowercase().all(|small| VIETNAMESE.contains(small));
    is_sign || (is_letter && !is_mark && !is_known())
}

#[cfg(test)]
mod tests {
    use super::super::super::page::Line;
    use super::*;

    fn page(text: &str) -> Page {
        let line = Line { text: text.to_owned(), ..Line::default() };
        Page { number: 1, lines: vec![line], ..Page::default() }
    }

    #[test]
    fn old_code_pages_and_spoilt_maps_are_no_vietnamese() {
        let wrong = [
            "Céng hßa x· héi chñ nghÜa ViÖt Nam",
            "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
            "Cn cÿ Lu¿t Tß chÿc chính quyßn ßa ph±¡ng",
        ];
        for text in wrong {
            assert!(misspelt(&[page(text)]).is_some(), "{text}");
        }
        let right = [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, Độc lập - Tự do - Hạnh phúc",
            "nhiệt độ 30 °C ± 2, § 5, “tỷ lệ” 84,7%… của 1.204 hồ sơ đã tiếp nhận tại bộ phận một cửa",
        ];
        for text in right {
            assert_eq!(misspelt(&[page(text)]), None, "{text}");
        }
    }

    #[test]
    fn glyphs_without_characters_cannot_be_read() {
        let mut page = page("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
        assert!(is_legible(std::slice::from_ref(&page)));
        page.unreadable = 5;
        assert!(!is_legible(&[page]));
    }
}

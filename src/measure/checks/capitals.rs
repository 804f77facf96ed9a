//! Phụ lục II: capital letters of the names of bodies, units and citations. A list of rules, each of
//! which needs no knowledge of the world; what only a reader can tell is not judged.

use super::super::clause::{Check, Clause, Fault};
use super::super::document::{Document, Paragraph};

const BODIES: Clause = Clause::new(
    "viet-hoa-co-quan",
    "Phụ lục II, Mục III",
    "Viết hoa tên cơ quan, tổ chức",
    "Ủy ban nhân dân, Hội đồng nhân dân, Bộ Công an, Phòng Tư pháp…",
);
const UNITS: Clause = Clause::new(
    "viet-hoa-dia-danh",
    "Phụ lục II, Mục II",
    "Viết hoa tên đơn vị hành chính",
    "danh từ chung viết thường giữa câu: xã Tiên Minh, huyện Tiên Lãng",
);
const CITATIONS: Clause = Clause::new(
    "viet-hoa-vien-dan",
    "Phụ lục II, Mục V",
    "Viết hoa khi viện dẫn văn bản",
    "Điều 12, khoản 1, điểm a; Nghị định số …, Quyết định số …",
);

/// The clauses of this group.
pub(super) const CLAUSES: [Clause; 3] = [BODIES, UNITS, CITATIONS];

/// Names of bodies as they are written, compared without regard to capitals.
const NAMES: [&str; 35] = [
    "Ủy ban nhân dân",
    "Hội đồng nhân dân",
    "Chính phủ",
    "Thủ tướng Chính phủ",
    "Quốc hội",
    "Văn phòng Chính phủ",
    "Mặt trận Tổ quốc",
    "Tòa án nhân dân",
    "Viện kiểm sát nhân dân",
    "Bộ Công an",
    "Bộ Nội vụ",
    "Bộ Tài chính",
    "Bộ Tư pháp",
    "Bộ Y tế",
    "Bộ Quốc phòng",
    "Bộ Thông tin và Truyền thông",
    "Bộ Giáo dục và Đào tạo",
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Tư pháp",
    "Sở Y tế",
    "Sở Thông tin và Truyền thông",
    "Sở Giáo dục và Đào tạo",
    "Phòng Nội vụ",
    "Phòng Tư pháp",
    "Phòng Y tế",
    "Phòng Tài chính - Kế hoạch",
    "Phòng Văn hóa và Thông tin",
    "Phòng Giáo dục và Đào tạo",
    "Phòng Tài nguyên và Môi trường",
    "Phòng Kinh tế và Hạ tầng",
    "Trung tâm Y tế",
    "Trung tâm Văn hóa - Truyền thanh",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh",
    "Hội Liên hiệp Phụ nữ",
];

/// Common nouns of units that are written small before a name that is no number, person or event.
const NOUNS: [&str; 4] = ["Xã", "Huyện", "Tỉnh", "Thôn"];

/// Kinds of documents that are written with a capital before "số".
const DOCUMENTS: [&str; 9] = [
    "nghị định",
    "quyết định",
    "nghị quyết",
    "chỉ thị",
    "thông tư",
    "công văn",
    "kế hoạch",
    "công điện",
    "thông báo",
];

/// Reads the words of a paragraph and returns what is wrong.
type Reading = fn(&[&str]) -> Vec<String>;

/// Returns the checks of this group.
pub(super) fn checks(document: &Document<'_>) -> Vec<Check> {
    let paragraphs = &document.body.paragraphs;
    if paragraphs.is_empty() {
        return CLAUSES.map(|clause| clause.absent("không đủ lời văn để đọc")).into();
    }
    let rules: [(Clause, Reading); 3] = [(BODIES, bodies), (UNITS, units), (CITATIONS, citations)];
    let judge = |(clause, rule): (Clause, Reading)| {
        let faults = paragraphs.iter().flat_map(|paragraph| faults(paragraph, rule)).collect();
        clause.judged(1, "không thấy chỗ sai theo các quy tắc đã lập".to_owned(), faults)
    };
    rules.map(judge).into()
}

fn faults(paragraph: &Paragraph, rule: Reading) -> Vec<Fault> {
    // A heading in capitals tells nothing.
    if super::super::document::is_capitals(&paragraph.text) {
        return Vec::new();
    }
    let page = paragraph.first().map_or(1, |(page, _)| *page);
    let words: Vec<&str> = paragraph.text.split_whitespace().collect();
    rule(&words).into_iter().map(|says| Fault { page, says }).collect()
}

/// Returns a word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Returns whether the word at a place begins a sentence or an item.
fn begins(words: &[&str], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| words.get(before)) else { return true };
    before.ends_with(['.', ':', ';', '!', '?', ')', '-', '+', '“', '"', '–', '•'])
}

fn bodies(words: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for at in 0..words.len() {
        for name in NAMES {
            let right: Vec<&str> = name.split(' ').collect();
            let Some(found) = words.get(at..at + right.len()) else { continue };
            let found: Vec<&str> =
                found.iter().map(|word| if *word == "-" { *word } else { bare(word) }).collect();
            let is_same =
                found.iter().zip(&right).all(|(a, b)| crate::text::fold(a) == crate::text::fold(b));
            let found = crate::text::nfc(&found.join(" "));
            // "Trưởng phòng Nội vụ": the room belongs to the title.
            let before = at.checked_sub(1).and_then(|before| words.get(before));
            let is_title = name.starts_with("Phòng")
                && before.is_some_and(|word| ["trưởng", "phó"].contains(&&*word.to_lowercase()));
            if is_same && is_title {
                break;
            }
            let is_shout = !found.chars().any(char::is_lowercase);
            if is_same && !is_shout && !same_capitals(&found, name) {
                faults.push(format!("“{found}” phải viết “{name}”"));
                break;
            }
        }
    }
    faults
}

/// Returns whether two spellings have their capitals at the same words; marks may stand elsewhere.
fn same_capitals(found: &str, name: &str) -> bool {
    let capitals = |text: &str| -> Vec<bool> {
        text.split(' ').map(|word| word.starts_with(char::is_uppercase)).collect()
    };
    capitals(found) == capitals(name)
}

fn units(words: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let (noun, name) = (pair[0], pair[1]);
        let is_name = bare(name).starts_with(char::is_uppercase)
            && bare(name).chars().any(char::is_lowercase)
            && !name.starts_with(|c: char| !c.is_alphanumeric());
        if NOUNS.contains(&noun) && is_name && !begins(words, at) {
            let small = noun.to_lowercase();
            faults.push(format!(
                "“{noun} {}” giữa câu phải viết “{small} {}”",
                bare(name),
                bare(name)
            ));
        }
    }
    faults
}

fn citations(words: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let (word, next) = (pair[0], bare(pair[1]));
        let is_number = next.chars().next().is_some_and(|c| c.is_ascii_digit());
        let is_letter = next.chars().count() == 1 && next.chars().all(char::is_alphabetic);
        let right = match word {
            "điều" if is_number => "Điều",
            "Khoản" if is_number && !begins(words, at) => "khoản",
            "Điểm" if is_letter && !begins(words, at) => "điểm",
            _ => continue,
        };
        faults.push(format!("“{word} {next}” phải viết “{right} {next}”"));
    }
    for triple in words.windows(4) {
        let kind = format!("{} {}", triple[0], triple[1]);
        let is_cited = triple[2] == "số" && triple[3].starts_with(|c: char| c.is_ascii_digit());
        if is_cited && DOCUMENTS.contains(&kind.as_str()) {
            faults.push(format!("“{kind} số {}” phải viết hoa chữ đầu", bare(triple[3])));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rule: fn(&[&str]) -> Vec<String>, text: &str) -> usize {
        rule(&text.split_whitespace().collect::<Vec<_>>()).len()
    }

    #[test]
    fn names_of_bodies_have_their_capitals() {
        assert_eq!(found(bodies, "đề nghị Ủy Ban Nhân Dân huyện"), 1);
        assert_eq!(found(bodies, "đề nghị ủy ban nhân dân huyện"), 1);
        assert_eq!(found(bodies, "đề nghị Bộ công an hướng dẫn"), 1);
        assert_eq!(found(bodies, "đề nghị Uỷ ban nhân dân huyện, Bộ Công an, UBND xã"), 0);
        assert_eq!(found(bodies, "ỦY BAN NHÂN DÂN HUYỆN"), 0);
        assert_eq!(found(bodies, "theo đề nghị của Trưởng phòng Nội vụ huyện"), 0);
        assert_eq!(found(bodies, "đề nghị phòng Nội vụ huyện"), 1);
    }

    #[test]
    fn units_are_small_within_a_sentence() {
        assert_eq!(found(units, "trên địa bàn Huyện Tiên Lãng"), 1);
        assert_eq!(found(units, "Xã Tiên Minh đã báo cáo. Huyện Tiên Lãng đạt"), 0);
        assert_eq!(found(units, "trên địa bàn huyện Tiên Lãng, Huyện ủy chỉ đạo"), 0);
    }

    #[test]
    fn citations_have_their_capitals() {
        assert_eq!(found(citations, "theo điều 12 Nghị định"), 1);
        assert_eq!(found(citations, "theo Khoản 1 Điều 12"), 1);
        assert_eq!(found(citations, "theo điểm a khoản 1 Điều 12 Nghị định số 30/2020/NĐ-CP"), 0);
        assert_eq!(found(citations, "thực hiện quyết định số 06/QĐ-TTg của"), 1);
    }
}

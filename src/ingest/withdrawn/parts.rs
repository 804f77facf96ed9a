//! Words that name a part of a unit: a thôn, a body within a commune. All of them are folded.

use super::words::without_number;
use crate::text::AnyOf;

/// What a thôn is called.
const PARTS: &[&str] = &["thôn ", "tdp ", "tổ dân phố ", "khu dân cư ", "ấp ", "xóm "];
static ANY_PART: AnyOf = AnyOf::new(PARTS);
/// Words that follow the word for a thôn and name none.
const NO_NAMES: [&str; 8] = ["tdp", "tổ", "và", "trên", "thuộc", "trong", "theo", "khu"];

/// Returns whether a title or the name of a sheet is of one thôn: "Thôn Đông", "báo cáo của thôn Đông".
pub(in crate::ingest) fn names_part(words: &str) -> bool {
    const BEFORE: [&str; 4] = ["của ", "báo cáo ", "số liệu ", "kết quả "];
    let names = |rest: &str| {
        let next = rest.split(|one: char| !one.is_alphanumeric()).next().unwrap_or_default();
        !next.is_empty() && !NO_NAMES.contains(&next)
    };
    let is_part = |rest: &str| PARTS.iter().any(|part| rest.strip_prefix(part).is_some_and(names));
    let mut blanks = words.match_indices(' ').filter_map(|(at, _)| words.split_at_checked(at + 1));
    ANY_PART.is_in(words)
        && (is_part(words)
            || blanks.any(|(before, rest)| {
                is_part(rest) && BEFORE.iter().any(|word| before.ends_with(word))
            }))
}

/// Returns whether words only count thôn, and so may say that a number is of these alone: "8 thôn", "8/14 thôn".
pub(in crate::ingest) fn counts_parts(words: &str) -> bool {
    let what = words.trim_start_matches(|one: char| one.is_ascii_digit() || " /".contains(one));
    let is_counted = words.starts_with(|one: char| one.is_ascii_digit());
    is_counted && PARTS.iter().any(|part| part.trim_end() == what)
}

/// Returns whether words are of a body within a commune or of some of its people, whose numbers are a part of
/// the commune's: "Công an xã", "III. Kết quả của Trường THCS Tiên Minh", "Khối trường học".
pub(super) fn names_body(words: &str) -> bool {
    const BODIES: [&str; 9] = [
        "công an xã",
        "công an thị trấn",
        "đoàn thanh niên xã",
        "khối ",
        "trạm y tế",
        "trường thcs",
        "trường thpt",
        "trường tiểu học",
        "trường mầm non",
    ];
    const ALONE: [&str; 16] = [
        "đoàn thanh niên",
        "cán bộ xã",
        "cán bộ, công chức",
        "cán bộ, công chức xã",
        "đoàn viên",
        "hội viên",
        "đảng viên",
        "học sinh",
        "giáo viên",
        "người cao tuổi",
        "người khuyết tật",
        "người có công",
        "hộ nghèo",
        "phụ nữ",
        "dân tộc thiểu số",
        "người dân tộc thiểu số",
    ];
    // Who supplies figures is none whose they are.
    static SUPPLIERS: AnyOf =
        AnyOf::new(&["cung cấp", "phối hợp", "chủ trì", "phụ trách", "theo dõi"]);
    let words = without_number(words).trim_end_matches([':', '.', ' ']);
    let owner = words.contains("của ").then(|| words.split_once("của ")).flatten();
    let owner = owner.map_or(words, |(_, owner)| owner);
    ALONE.contains(&owner)
        || BODIES.iter().any(|body| owner.starts_with(body)) && !SUPPLIERS.is_in(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_named_where_its_numbers_are_meant() {
        for (words, expected) in [
            ("thôn đông", true),
            ("thôn 3", true),
            ("tdp số 2", true),
            ("báo cáo của thôn đông", true),
            ("thôn, tdp", false),
            ("thôn", false),
            ("số liệu theo thôn", false),
            ("kết quả của tổ công tác đề án 06 cấp thôn", false),
            ("kết quả của thôn, tổ dân phố", false),
            ("biểu 01", false),
        ] {
            assert_eq!(names_part(words), expected, "{words}");
        }
        for (words, expected) in [
            ("công an xã", true),
            ("iii. kết quả của trường thcs tiên minh", true),
            ("kết quả tuyên truyền trong trường thcs", false),
            ("báo cáo của đoàn thanh niên xã tiên minh tháng 3/2024", true),
            ("đoàn thanh niên", true),
            ("công an huyện", false),
            ("1. công an xã cung cấp", false),
            ("công an xã phụ trách", false),
            ("khối trường học", true),
            ("ii. khối đoàn thể", true),
            ("kết quả của đoàn viên", true),
            ("dân tộc thiểu số", true),
        ] {
            assert_eq!(names_body(words), expected, "{words}");
        }
        for (words, expected) in [
            ("8 thôn", true),
            ("8/14 thôn", true),
            ("2 tổ dân phố", true),
            ("thôn", false),
            ("3 buổi tại 2 thôn", false),
            ("8", false),
        ] {
            assert_eq!(counts_parts(words), expected, "{words}");
        }
    }
}

//! Words that name a part of a unit: a thôn, a body within a commune. All of them are folded.

use super::words::without_number;

/// What a thôn is called.
const PARTS: [&str; 6] = ["thôn ", "tdp ", "tổ dân phố ", "khu dân cư ", "ấp ", "xóm "];
/// Words that follow the word for a thôn and name none.
const NO_NAMES: [&str; 8] = ["tdp", "tổ", "và", "trên", "thuộc", "trong", "theo", "khu"];

/// Returns whether a title or the name of a sheet is of one thôn: "Thôn Đông", "báo cáo của thôn Đông".
pub(super) fn names_part(words: &str) -> bool {
    const BEFORE: [&str; 4] = ["của ", "báo cáo ", "số liệu ", "kết quả "];
    let names = |rest: &str| {
        let next = rest.split(|one: char| !one.is_alphanumeric()).next().unwrap_or_default();
        !next.is_empty() && !NO_NAMES.contains(&next)
    };
    PARTS.iter().any(|part| {
        words.match_indices(part).any(|(at, _)| {
            let (before, rest) = words.split_at(at);
            let begins = before.is_empty() || BEFORE.iter().any(|word| before.ends_with(word));
            begins && rest.strip_prefix(part).is_some_and(names)
        })
    })
}

/// Returns whether words are of a body within a commune, whose numbers are a part of the commune's:
/// "Công an xã", "III. Kết quả của Trường THCS Tiên Minh".
pub(super) fn names_body(words: &str) -> bool {
    const BODIES: [&str; 8] = [
        "công an xã",
        "công an thị trấn",
        "đoàn thanh niên xã",
        "trạm y tế",
        "trường thcs",
        "trường thpt",
        "trường tiểu học",
        "trường mầm non",
    ];
    let words = without_number(words);
    let owner = words.split_once("của ").map_or(words, |(_, owner)| owner);
    owner == "đoàn thanh niên" || BODIES.iter().any(|body| owner.starts_with(body))
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
        ] {
            assert_eq!(names_body(words), expected, "{words}");
        }
    }
}

//! Words of a layout as they are compared from month to month: folded, every date and month as one
//! sign. Other numbers stay ("mức 1" is not "mức 2").

use super::fold;

/// Returns folded words with `14/3/2024`, `03/2024`, `tháng 3`, `năm 2024`, `quý 1`, `ngày 14` as
/// `#`.
pub fn undated(text: &str) -> String {
    let folded = fold(text);
    let mut words: Vec<String> = Vec::new();
    let mut named = false;
    for word in folded.split(' ') {
        let is_time = matches!(word, "ngày" | "tháng" | "năm" | "quý" | "kỳ");
        words.push(if named || is_date(word) { without_numbers(word) } else { word.to_owned() });
        named = is_time;
    }
    words.join(" ")
}

/// Returns whether a word holds a date or a month with its year: digits with `/`, `-` or `.` between.
fn is_date(word: &str) -> bool {
    let core = word.trim_matches(|character: char| !character.is_ascii_digit());
    let numbers = core.split(['/', '-', '.']).collect::<Vec<_>>();
    let numeric = |part: &&str| {
        matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(numbers.len(), 2 | 3) && numbers.iter().all(numeric)
}

/// Returns a word with each run of digits and what joins them as one `#`.
fn without_numbers(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for character in word.chars() {
        let joined = matches!(character, '/' | '-' | '.') && out.ends_with('#');
        if character.is_ascii_digit() {
            if !out.ends_with('#') {
                out.push('#');
            }
        } else if !joined {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_one_and_other_numbers_stay() {
        for (one, other) in [
            ("Đến hết 14/3", "Đến hết 14/04"),
            ("Lũy kế (đến 14/3/2024)", "Lũy kế (đến 14/4/2024)"),
            ("Tháng 3/2024", "THÁNG 4/2024"),
            ("Tháng 3 năm 2024", "tháng 12 năm 2025"),
            ("T3/2024", "T4/2024"),
        ] {
            assert_eq!(undated(one), undated(other), "{one}");
        }
        assert_ne!(undated("Tài khoản mức 1"), undated("Tài khoản mức 2"));
        assert_eq!(undated("Số công dân từ đủ 14 tuổi"), "số công dân từ đủ 14 tuổi");
    }
}

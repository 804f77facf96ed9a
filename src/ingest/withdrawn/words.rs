//! Words beside numbers that tell what they mean: plans, quarters, thôn. All of them are folded.

use super::parts::{names_body, names_part};
use crate::{ingest::plain_number::begins_with_digit, text::AnyOf};

/// Letters of Vietnamese beyond ASCII, which need not be looked up.
const LETTERS: std::ops::RangeInclusive<char> = 'à'..='ỹ';

pub(super) fn tokens(words: &str) -> impl Iterator<Item = &str> {
    let is_of_word = |one: char| match one {
        '.' | '%' => true,
        one if one.is_ascii() => one.is_ascii_alphanumeric(),
        one => LETTERS.contains(&one) || one.is_alphanumeric(),
    };
    let split = words.split(move |one: char| !is_of_word(one));
    split.map(|word| word.trim_matches('.')).filter(|word| !word.is_empty())
}

/// Returns each word with the one before and the one after it, empty where there is none.
pub(super) fn in_context(words: &str) -> impl Iterator<Item = [&str; 3]> {
    let mut tokens = tokens(words);
    let mut before = "";
    let mut next = tokens.next();
    std::iter::from_fn(move || {
        let word = next?;
        next = tokens.next();
        Some([std::mem::replace(&mut before, word), word, next.unwrap_or_default()])
    })
}

/// Returns what stands in brackets at the end of words, folded or not.
pub(in crate::ingest) fn in_brackets(words: &str) -> Option<&str> {
    let (_, last) = words.trim_end_matches(['.', ':', ' ']).strip_suffix(')')?.rsplit_once('(')?;
    Some(last)
}

/// Returns whether a title is of a plan, and not of how one was carried out. Plans that are counted, or
/// have a number, are papers.
pub(super) fn is_plan(title: &str) -> bool {
    static CARRIED_OUT: AnyOf = AnyOf::new(&[
        "kết quả",
        "thực hiện",
        "báo cáo",
        "số liệu",
        "triển khai",
        "theo kế hoạch",
        "đạt",
        "hoàn thành",
        "nhận xét",
    ]);
    const PLANS: [&str; 8] = [
        "kế hoạch",
        "chỉ tiêu giao",
        "chỉ tiêu được giao",
        "phương hướng",
        "mục tiêu",
        "nhu cầu",
        "chỉ tiêu, nhiệm vụ",
        "giao chỉ tiêu",
    ];
    // What follows these is to be carried out, whatever it is called.
    const TO_BE_DONE: [&str; 5] =
        ["dự kiến", "phấn đấu", "đăng ký thực hiện", "đăng ký chỉ tiêu", "nội dung đăng ký"];
    const TIMES: [&str; 6] = ["tháng", "quý", "năm", "kỳ", "giao", "được"];
    let words = without_number(title);
    let is_paper = words.strip_prefix("kế hoạch").is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.starts_with([',', ';']) || rest.starts_with("số ") || rest.starts_with("và ")
    });
    let is_plan =
        !is_paper && (PLANS.iter().any(|word| words.starts_with(word)) || is_task_of_time(words));
    let is_of_time = || {
        let mut after = words.match_indices("kế hoạch ").map(|(at, plan)| at + plan.len());
        after.any(|at| {
            words.get(at..).is_some_and(|rest| TIMES.iter().any(|time| rest.starts_with(time)))
        })
    };
    let is_to_be_done = TO_BE_DONE.iter().any(|word| words.starts_with(word));
    let may_be = is_plan || is_to_be_done || words.contains("kế hoạch ");
    let is_it = || is_to_be_done || (is_plan || is_of_time()) && !CARRIED_OUT.is_in(words);
    may_be && !is_amount_of_plan(words) && is_it()
}

/// Returns whether words are of tasks of a time to come; "Nhiệm vụ cấp tài khoản" is a subject.
fn is_task_of_time(words: &str) -> bool {
    static TIMES: AnyOf =
        AnyOf::new(&["tháng", "quý", "năm", "kỳ", "tuần", "thời gian", "trọng tâm", "tới"]);
    let Some(rest) = words.strip_prefix("nhiệm vụ") else { return false };
    let rest = rest.trim_matches([' ', ':', '.']);
    let is_of_period = rest.starts_with("trong kỳ") || rest.starts_with("trong tháng");
    rest.is_empty() || !is_of_period && TIMES.is_in(rest)
}

/// Returns whether words tell how much is planned, and head nothing: "kế hoạch năm: 60 buổi".
fn is_amount_of_plan(words: &str) -> bool {
    words.split_once(':').is_some_and(|(_, rest)| begins_with_digit(rest.trim_start()))
}

/// Returns a title without the number or letter before it, its bracket and the words that it is a note: "II.
/// Kế hoạch", "(Lưu ý: đây là số liệu ước tính)".
pub(super) fn without_number(title: &str) -> &str {
    let title = title.trim_start_matches('(');
    let note = title.strip_prefix("ghi chú:").or_else(|| title.strip_prefix("lưu ý:"));
    if let Some(note) = note {
        let note = note.trim_start();
        return note.strip_prefix("đây là ").unwrap_or(note);
    }
    match title.split_once(['.', ')']) {
        Some((number, rest)) if number.chars().count() <= 4 && !number.contains(' ') => {
            rest.trim_start()
        }
        _ => title,
    }
}

/// Returns whether a title is of numbers of an earlier time, with which others are compared.
pub(super) fn is_of_past(title: &str) -> bool {
    static PAST: AnyOf =
        AnyOf::new(&["cùng kỳ", "kỳ trước", "kỳ báo cáo trước", "tháng trước", "năm trước"]);
    static BESIDES: AnyOf = AnyOf::new(&["so với", "so sánh", "kỳ này", "tháng này", " và "]);
    static NOT_SO: AnyOf = AnyOf::new(&["chưa triển khai", "xem báo cáo", "không có"]);
    PAST.is_in(title) && !NOT_SO.is_in(title) && !BESIDES.is_in(title)
}

/// Returns whether words begin like the title of a document that gives figures.
pub(in crate::ingest) fn is_title(words: &str) -> bool {
    const BEGINNINGS: [&str; 20] = [
        "báo cáo",
        "kết quả",
        "tổng hợp",
        "biểu tổng hợp",
        "bảng tổng hợp",
        "số liệu",
        "bảng số liệu",
        "thống kê",
        "sơ kết",
        "tình hình",
        "lũy kế",
        "số lũy kế",
        "ước",
        "kế hoạch",
        "dự kiến",
        "phương hướng",
        "mục tiêu",
        "đăng ký",
        "chỉ tiêu, nhiệm vụ",
        "giao chỉ tiêu",
    ];
    let words = without_number(words);
    BEGINNINGS.iter().any(|word| words.starts_with(word))
}

/// Returns whether the title of a document is of a plan or an estimate; what a further part of it tells
/// of besides is not what the figures are.
pub(in crate::ingest) fn is_title_of_plan(title: &str) -> bool {
    if is_amount_of_plan(title) || title.contains("gửi kèm") {
        return false;
    }
    let is_it = |words: &str| words.contains("dự kiến") || is_estimate(words);
    let first = title.split([',', ';']).next().unwrap_or_default();
    let first = first.split(" và ").next().unwrap_or_default();
    is_plan(title)
        || is_paper_of_plan(title)
        || is_it(first)
        || in_brackets(title).is_some_and(is_it)
}

/// Returns whether a title is that of a plan as a paper: "kế hoạch triển khai thực hiện Đề án 06 tháng 3".
fn is_paper_of_plan(title: &str) -> bool {
    const OTHERWISE: [&str; 4] = ["kết quả", "báo cáo", "số liệu", "/kh"];
    let words = without_number(title).strip_prefix("kế hoạch ");
    let tells = |words: &str| !words.starts_with("số ") && !words.starts_with("và ");
    words.is_some_and(tells) && !OTHERWISE.iter().any(|word| title.contains(word))
}

/// Returns whether words say that numbers are estimated; "hương ước" and the like are rules.
pub(super) fn is_estimate(words: &str) -> bool {
    const RULES: [&str; 6] = ["hương", "quy", "công", "hiệp", "điều", "khế"];
    const DENIED: [&str; 3] = ["không phải", "không ghi", "không ước"];
    words.contains("ước")
        && !DENIED.iter().any(|denied| words.contains(denied))
        && in_context(words).any(|[before, word, _]| word == "ước" && !RULES.contains(&before))
}

/// Returns whether a head may be that of what has come together.
pub(super) fn names_sum(head: &str) -> bool {
    static TO_BE_DONE: AnyOf = AnyOf::new(&["phải", "cần", "giao", "kế hoạch"]);
    static SUMS: AnyOf =
        AnyOf::new(&["lũy kế", "cộng dồn", "từ đầu năm", "tổng số", "đến nay", "đến hết"]);
    SUMS.is_in(head) && !TO_BE_DONE.is_in(head)
}

/// Returns whether words behind or above a head say that its numbers are not what came about in the
/// period: a plan, an estimate, a comparison, another span of time, a part of the unit. Months and years
/// are read elsewhere.
pub(in crate::ingest) fn is_otherwise(words: &str) -> bool {
    static OTHERWISE: AnyOf = AnyOf::new(&[
        "so với",
        "so sánh",
        "cùng kỳ",
        "kỳ trước",
        "tháng trước",
        "năm trước",
        "quý trước",
        "cả năm",
        "từ tháng",
        "tạm tính",
        "trong đó",
        "phấn đấu",
        "tồn đọng",
        "chưa hoàn thành",
    ]);
    const ALONE: [&str; 8] =
        ["nam", "nữ", "tỷ lệ", "tỉ lệ", "tỷ lệ %", "tỉ lệ %", "tỷ lệ (%)", "đăng ký"];
    OTHERWISE.is_in(words)
        || ALONE.contains(&words)
        || is_estimate(words)
        || is_plan(words)
        || names_part(words)
        || names_body(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_another_meaning() {
        for (words, expected) in [
            ("ước tính", true),
            ("ước thực hiện", true),
            ("hương ước, quy ước", false),
            ("kế hoạch", true),
            ("cùng kỳ năm 2023", true),
            ("so với tháng trước", true),
            ("thôn đông", true),
            ("nữ", true),
            ("việt nam", false),
            ("số liệu", false),
            ("người", false),
            ("kết quả thực hiện", false),
            ("từ 15/02/2024 đến 14/3/2024", false),
        ] {
            assert_eq!(is_otherwise(words), expected, "{words}");
        }
    }

    type Case = (&'static str, fn(&str) -> bool, bool);

    #[test]
    fn titles_of_plans_and_of_the_past() {
        let cases: [Case; 18] = [
            ("kế hoạch tháng 4 năm 2024", is_plan, true),
            ("ii. kế hoạch", is_plan, true),
            ("phương hướng, nhiệm vụ tháng 4", is_plan, true),
            ("3. nhiệm vụ trọng tâm tháng tới", is_plan, true),
            ("ii. nhiệm vụ", is_plan, true),
            ("i. nhiệm vụ trong kỳ", is_plan, false),
            ("ii. nhiệm vụ cấp tài khoản định danh điện tử", is_plan, false),
            ("i. ban hành kế hoạch, văn bản; tuyên truyền", is_plan, false),
            ("a. kế hoạch, văn bản và tuyên truyền", is_plan, false),
            ("(căn cứ kế hoạch số 21/kh-ubnd ngày 15/01/2024)", is_plan, false),
            ("(kế hoạch số 21/kh-ubnd ngày 15/01/2024)", is_plan, false),
            ("chỉ tiêu giao: 4.800 tài khoản", is_plan, false),
            ("số liệu cùng kỳ năm 2023", is_of_past, true),
            ("kết quả so với cùng kỳ", is_of_past, false),
            ("tổng số phải thực hiện", names_sum, false),
            ("nhận xét: đạt 103% kế hoạch tháng 3", is_plan, false),
            ("kết quả thực hiện kế hoạch năm 2024", is_plan, false),
            ("chỉ tiêu giao năm 2024", is_plan, true),
        ];
        for (words, is_so, expected) in cases {
            assert_eq!(is_so(words), expected, "{words}");
        }
    }
}

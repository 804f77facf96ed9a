//! Words beside numbers that tell what they mean: plans, quarters, thôn. All of them are folded.

use super::parts::{names_body, names_part};
use crate::ingest::{dates::is_other_span, grid::begins_with_digit, month::MonthHead};

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
    const CARRIED_OUT: [&str; 9] = [
        "kết quả",
        "thực hiện",
        "báo cáo",
        "số liệu",
        "triển khai",
        "theo kế hoạch",
        "đạt",
        "hoàn thành",
        "nhận xét",
    ];
    const PLANS: [&str; 9] = [
        "kế hoạch",
        "chỉ tiêu giao",
        "chỉ tiêu được giao",
        "phương hướng",
        "nhiệm vụ",
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
    let is_plan = !is_paper && PLANS.iter().any(|word| words.starts_with(word));
    let is_of_time = || {
        let mut after = words.match_indices("kế hoạch ").map(|(at, plan)| at + plan.len());
        after.any(|at| {
            words.get(at..).is_some_and(|rest| TIMES.iter().any(|time| rest.starts_with(time)))
        })
    };
    let is_amount = words.split_once(':').is_some_and(|(_, rest)| begins_with_digit(rest));
    let is_to_be_done = TO_BE_DONE.iter().any(|word| words.starts_with(word));
    let is_carried_out = || CARRIED_OUT.iter().any(|word| words.contains(word));
    !is_amount && (is_to_be_done || (is_plan || is_of_time()) && !is_carried_out())
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
    const BESIDES: [&str; 5] = ["so với", "so sánh", "kỳ này", "tháng này", " và "];
    ["cùng kỳ", "kỳ trước", "tháng trước", "năm trước"].iter().any(|word| title.contains(word))
        && !BESIDES.iter().any(|word| title.contains(word))
}

/// Returns whether a title is of more than the period, or of a week of it.
pub(in crate::ingest) fn is_of_more(title: &str) -> bool {
    const OF_PERIOD: [&str; 7] = [
        "trong kỳ",
        "trong tháng",
        "phát sinh",
        "kỳ báo cáo",
        "kỳ này",
        "tháng này",
        "tháng báo cáo",
    ];
    let more = ["lũy kế", "cộng dồn", "từ đầu năm"].iter().any(|word| title.contains(word));
    let of_period = OF_PERIOD.iter().any(|word| title.contains(word)) || names_month(title);
    names_week(title)
        || names_span_of_months(title)
        || (more || names_quarter(title) || names_months(title)) && !of_period
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

/// Returns whether the title of a document is of a quarter, of several months or of a week.
pub(super) fn is_title_of_more(title: &str) -> bool {
    (is_of_more(title) || is_other_span(title)) && !title.contains("tính từ")
}

/// Returns whether the title of a document is of a plan or an estimate; what a further part of it tells
/// of besides is not what the figures are.
pub(super) fn is_title_of_plan(title: &str) -> bool {
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
fn is_estimate(words: &str) -> bool {
    const RULES: [&str; 6] = ["hương", "quy", "công", "hiệp", "điều", "khế"];
    words.contains("ước")
        && in_context(words).any(|[before, word, _]| word == "ước" && !RULES.contains(&before))
}

/// Returns the year with which the title of a document ends; that of a month, of a plan, of a programme or
/// up to which one looks ahead is not that of the figures.
pub(super) fn last_year_of_title(title: &str) -> Option<u32> {
    const AHEAD: [&str; 10] = [
        "/kh",
        "kế hoạch số",
        "quyết định",
        "nghị quyết",
        "chỉ thị",
        "chương trình",
        "công văn",
        "nghị định",
        "giai đoạn",
        "tầm nhìn",
    ];
    let (before, year) = title.trim_end_matches([')', '.', ' ']).rsplit_once("năm ")?;
    let is_ahead =
        before.trim_end().ends_with("đến") || AHEAD.iter().any(|one| before.contains(one));
    year_in(year).filter(|_| !is_ahead && !names_month(title))
}

/// Returns whether a head may be that of what has come together.
pub(super) fn names_sum(head: &str) -> bool {
    const TO_BE_DONE: [&str; 4] = ["phải", "cần", "giao", "kế hoạch"];
    ["lũy kế", "cộng dồn", "từ đầu năm", "tổng số", "đến nay", "đến hết"]
        .iter()
        .any(|word| head.contains(word))
        && !TO_BE_DONE.iter().any(|word| head.contains(word))
}

/// Returns the quarter that words name, "quý I" or "quý 1", when they name no month of it.
pub(super) fn quarter(words: &str) -> Option<u32> {
    named_quarter(words).filter(|_| !names_month(words))
}

fn named_quarter(words: &str) -> Option<u32> {
    const QUARTERS: [[&str; 2]; 4] = [["i", "1"], ["ii", "2"], ["iii", "3"], ["iv", "4"]];
    if !words.contains("quý") || is_for_any_time(words) {
        return None;
    }
    let mut after = pairs_of(words).filter(|(one, _)| *one == "quý");
    after.find_map(|(_, next)| {
        (1..).zip(QUARTERS).find(|(_, names)| names.contains(&next)).map(|(quarter, _)| quarter)
    })
}

/// Returns whether words name a quarter.
fn names_quarter(words: &str) -> bool {
    named_quarter(words).is_some()
}

/// Returns whether words name a month: "tháng 3".
pub(in crate::ingest) fn names_month(words: &str) -> bool {
    MonthHead::all_in(words).next().is_some()
}

/// Returns whether words count months: "3 tháng", "6 tháng đầu năm"; in "Đề án 06 tháng …" the project has
/// the number, and a form for "tháng, quý, 6 tháng" is for any of them.
fn names_months(words: &str) -> bool {
    if !words.contains("tháng") || is_for_any_time(words) {
        return false;
    }
    in_context(words).any(|[before, number, next]| {
        next == "tháng" && before != "án" && matches!(number.parse(), Ok(2_u32..=12))
    })
}

/// Returns whether words name a span from month to month: "từ tháng 01 đến tháng 3".
fn names_span_of_months(words: &str) -> bool {
    let Some((_, span)) = words.split_once("từ tháng") else { return false };
    span.contains("đến") && MonthHead::all_in(words).nth(1).is_some()
}

/// Returns whether words say that a form is for "tháng, quý, năm".
fn is_for_any_time(words: &str) -> bool {
    words.contains("tháng, quý")
}

/// Returns whether words name a week: "tuần 3".
fn names_week(words: &str) -> bool {
    words.contains("tuần")
        && pairs_of(words).any(|(one, next)| one == "tuần" && next.parse::<u32>().is_ok())
}

/// Returns whether words behind or above a head say that its numbers are not what came about in the
/// period: a plan, an estimate, a comparison, another span of time, a part of the unit. Months and years
/// are read elsewhere.
pub(in crate::ingest) fn is_otherwise(words: &str) -> bool {
    const OTHERWISE: [&str; 14] = [
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
    ];
    const ALONE: [&str; 8] =
        ["nam", "nữ", "tỷ lệ", "tỉ lệ", "tỷ lệ %", "tỉ lệ %", "tỷ lệ (%)", "đăng ký"];
    OTHERWISE.iter().any(|one| words.contains(one))
        || ALONE.contains(&words)
        || is_estimate(words)
        || is_plan(words)
        || names_part(words)
        || names_body(words)
}

/// Returns the year that words name as such: "năm 2023", "2023"; that of a day is none.
pub(in crate::ingest) fn year_in(words: &str) -> Option<u32> {
    let year = |word: &str| {
        let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        is_year.then(|| word.parse().ok()).flatten()
    };
    let named = || pairs_of(words).find_map(|(one, next)| year(next).filter(|_| one == "năm"));
    year(words).or_else(named)
}

fn pairs_of(words: &str) -> impl Iterator<Item = (&str, &str)> {
    in_context(words).map(|[_, one, next]| (one, next)).filter(|(_, next)| !next.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_another_meaning_and_of_other_times() {
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
        assert_eq!(year_in("năm 2023"), Some(2023));
        assert_eq!(year_in("2023"), Some(2023));
        assert_eq!(year_in("từ 15/12/2023"), None);
    }

    type Case = (&'static str, fn(&str) -> bool, bool);

    #[test]
    fn titles_of_plans_quarters_and_parts() {
        let cases: [Case; 27] = [
            ("kế hoạch tháng 4 năm 2024", is_plan, true),
            ("ii. kế hoạch", is_plan, true),
            ("phương hướng, nhiệm vụ tháng 4", is_plan, true),
            ("3. nhiệm vụ trọng tâm tháng tới", is_plan, true),
            ("i. ban hành kế hoạch, văn bản; tuyên truyền", is_plan, false),
            ("a. kế hoạch, văn bản và tuyên truyền", is_plan, false),
            ("(căn cứ kế hoạch số 21/kh-ubnd ngày 15/01/2024)", is_plan, false),
            ("(kế hoạch số 21/kh-ubnd ngày 15/01/2024)", is_plan, false),
            ("chỉ tiêu giao: 4.800 tài khoản", is_plan, false),
            ("i. số liệu kỳ báo cáo và lũy kế từ đầu năm", is_of_more, false),
            ("i. kết quả thực hiện đề án 06 tháng báo cáo", is_of_more, false),
            ("(biểu dùng báo cáo tháng, quý, 6 tháng, năm)", is_of_more, false),
            ("số liệu cùng kỳ năm 2023", is_of_past, true),
            ("kết quả so với cùng kỳ", is_of_past, false),
            ("tổng số phải thực hiện", names_sum, false),
            ("nhận xét: đạt 103% kế hoạch tháng 3", is_plan, false),
            ("biểu báo cáo: tháng, quý i, 6 tháng đầu năm, năm", is_of_more, false),
            ("kết quả thực hiện kế hoạch năm 2024", is_plan, false),
            ("phần 1. lũy kế 3 tháng đầu năm", is_of_more, true),
            ("chỉ tiêu giao năm 2024", is_plan, true),
            ("số liệu tuần 2 tháng 3", is_of_more, true),
            ("tuần lễ chuyển đổi số tháng 3", is_of_more, false),
            ("báo cáo quý i năm 2024", is_of_more, true),
            ("báo cáo 6 tháng đầu năm", is_of_more, true),
            ("phần 1. số phát sinh trong kỳ", is_of_more, false),
            ("báo cáo tháng 3 và lũy kế năm 2024", is_of_more, false),
            ("kính gửi: quý cơ quan", names_quarter, false),
        ];
        for (words, is_so, expected) in cases {
            assert_eq!(is_so(words), expected, "{words}");
        }
    }
}

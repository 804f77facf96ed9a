//! Words beside numbers that tell of which time they are. All of them are folded.

use super::words::in_context;
use crate::{
    ingest::{dates::is_other_span, month::MonthHead},
    text::AnyOf,
};

/// Returns whether a title is of more than the period, or of a week of it.
pub(in crate::ingest) fn is_of_more(title: &str) -> bool {
    static NOT_SO: AnyOf =
        AnyOf::new(&["không lũy kế", "chưa tính lũy kế", "không cộng dồn", "không tính lũy kế"]);
    static MORE: AnyOf = AnyOf::new(&["lũy kế", "cộng dồn", "từ đầu năm"]);
    let is_short = || title == "lk" || title.starts_with("lk ");
    let more = (is_short() || MORE.is_in(title)) && !NOT_SO.is_in(title);
    names_week(title)
        || names_span_of_months(title)
        || (more || names_quarter(title) || names_months(title)) && !is_of_period(title)
}

/// Returns whether words say that numbers are of the period.
pub(in crate::ingest) fn is_of_period(words: &str) -> bool {
    static OF_PERIOD: AnyOf = AnyOf::new(&[
        "trong kỳ",
        "trong tháng",
        "phát sinh",
        "kỳ báo cáo",
        "kỳ này",
        "tháng này",
        "tháng báo cáo",
    ]);
    OF_PERIOD.is_in(words) || names_month(words)
}

/// Returns whether the title of a document is of a quarter, of several months or of a week.
pub(super) fn is_title_of_more(title: &str) -> bool {
    (is_of_more(title) || is_other_span(title)) && !title.contains("tính từ")
}

/// Returns whether a title is of a year up to a day of it: "kết quả năm 2024 (đến 14/3/2024)".
pub(super) fn is_of_year_up_to_day(title: &str) -> bool {
    let Some((before, rest)) = title.split_once("năm ") else { return false };
    let Some((year, rest)) = rest.split_at_checked(4) else { return false };
    let rest = rest.trim_start_matches([' ', '(', ',', '-']);
    let up_to = ["đến ", "tính đến ", "số liệu đến ", "số liệu tính đến "];
    year.bytes().all(|byte| byte.is_ascii_digit())
        && !names_month(before)
        && up_to.iter().any(|word| rest.starts_with(word))
        && rest.contains(|one: char| one.is_ascii_digit())
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
    // Few words name any, and to ask for that is quicker than to look for it.
    if !words.contains("từ tháng") {
        return false;
    }
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
    fn years_are_named_as_such() {
        assert_eq!(year_in("năm 2023"), Some(2023));
        assert_eq!(year_in("2023"), Some(2023));
        assert_eq!(year_in("từ 15/12/2023"), None);
    }

    type Case = (&'static str, fn(&str) -> bool, bool);

    #[test]
    fn titles_of_quarters_and_other_times() {
        let cases: [Case; 16] = [
            ("i. số liệu kỳ báo cáo và lũy kế từ đầu năm", is_of_more, false),
            ("i. kết quả thực hiện đề án 06 tháng báo cáo", is_of_more, false),
            ("(biểu dùng báo cáo tháng, quý, 6 tháng, năm)", is_of_more, false),
            ("biểu báo cáo: tháng, quý i, 6 tháng đầu năm, năm", is_of_more, false),
            ("phần 1. lũy kế 3 tháng đầu năm", is_of_more, true),
            ("số liệu tuần 2 tháng 3", is_of_more, true),
            ("tuần lễ chuyển đổi số tháng 3", is_of_more, false),
            ("báo cáo quý i năm 2024", is_of_more, true),
            ("báo cáo 6 tháng đầu năm", is_of_more, true),
            ("phần 1. số phát sinh trong kỳ", is_of_more, false),
            ("báo cáo tháng 3 và lũy kế năm 2024", is_of_more, false),
            ("kính gửi: quý cơ quan", names_quarter, false),
            ("kết quả thực hiện đề án 06 năm 2024 (đến 14/3/2024)", is_of_year_up_to_day, true),
            ("kết quả năm 2024, tính đến ngày 14/3/2024", is_of_year_up_to_day, true),
            ("kết quả tháng 3 năm 2024 (đến 14/3/2024)", is_of_year_up_to_day, false),
            ("kết quả đề án 06 năm 2024", is_of_year_up_to_day, false),
        ];
        for (words, is_so, expected) in cases {
            assert_eq!(is_so(words), expected, "{words}");
        }
    }
}

//! The unit of a sheet that no label says: its name stands in the letterhead, alone in a cell or in a line of
//! it, or in the line that says with which report an annex goes.

use std::collections::BTreeMap;

use super::{
    CellContent, Located,
    grid::Grid,
    header::Words,
    matcher::Matcher,
    withdrawn::is_title,
    word_row::{Question, WordRow},
};
use crate::{
    place::CellRef,
    text::{AnyOf, fold, strip_marks},
};

/// Names of units above the first table, by their folded words.
#[derive(Debug, Default)]
pub(super) struct Letterhead {
    /// Those of the letterhead.
    names: BTreeMap<String, Located<CellContent>>,
    /// Those of lines such as "(Kèm theo Báo cáo số 45/BC-UBND ngày 15/3/2024 của UBND xã Tiên Minh)" and of
    /// titles such as "Báo cáo kết quả … của UBND xã Tiên Minh".
    of_titles: BTreeMap<String, Located<CellContent>>,
    /// Whether a body that is no unit stands there under the name of a commune: "Công an xã Tiên Minh". Then
    /// the other name is that of its superior.
    has_other_body: bool,
}

/// What bodies of a commune are called that send no returns of their own.
const BODIES: [&str; 11] = [
    "công an",
    "trạm ",
    "trường ",
    "ban chỉ huy",
    "đảng ủy",
    "hội ",
    "đoàn ",
    "mặt trận",
    "ủy ban mặt trận",
    "ủy ban mttq",
    "ban công tác",
];
/// What keeps two blocks of a letterhead in one cell apart.
const GAP: &str = "   ";
/// Most words of the name of a commune with its kind: "thị trấn Tiên Lãng".
const LONGEST_NAME: usize = 5;
/// What communes are called.
const KINDS: [&str; 3] = ["xã ", "thị trấn ", "phường "];
/// The words for their kind in short.
const KINDS_IN_SHORT: [(&str, &str); 3] =
    [("ubnd x. ", "ubnd xã "), ("ubnd tt. ", "ubnd thị trấn "), ("ubnd p. ", "ubnd phường ")];
/// Words that begin what may stand behind the name of a commune: its superior, the month.
const ENDS: [&str; 5] = [", huyện ", " - huyện ", " huyện ", ", tp ", MONTH];
/// What begins the month behind the name of a commune: "UBND XÃ TIÊN MINH - THÁNG 3 NĂM 2024".
const MONTH: &str = " - tháng ";
/// What stands at the end of the name of a district's office.
const DISTRICT: &str = " huyện";

impl Letterhead {
    /// Takes a row above the first table.
    pub(super) fn take(&mut self, matcher: &Matcher, grid: &Grid, words: &WordRow) {
        let says_anything = |words: &Words| {
            let mut alone = Self::default();
            alone.take_words(matcher, grid, words);
            alone.has_other_body || !alone.names.is_empty() || !alone.of_titles.is_empty()
        };
        if words.ask(Question::Letterhead, says_anything) {
            self.take_words(matcher, grid, words);
        }
    }

    fn take_words(&mut self, matcher: &Matcher, grid: &Grid, words: &Words) {
        for (cell, word) in words {
            let CellContent::Text(text) = grid.at(cell.row, cell.column) else { continue };
            if text.contains(['\n', '\t']) || text.contains(GAP) {
                for line in text.split(['\n', '\t']).flat_map(|line| line.split(GAP)) {
                    self.take_line(matcher, *cell, (line, &fold(line)));
                }
            } else {
                self.take_line(matcher, *cell, (text, word));
            }
        }
        self.take_kind_and_name(matcher, grid, words);
    }

    /// Takes the name of a commune that stands beside the word for its kind: "Xã:", "Tiên Minh".
    fn take_kind_and_name(&mut self, matcher: &Matcher, grid: &Grid, words: &Words) {
        let [(_, kind), (cell, name)] = words else { return };
        let kind = kind.trim_end_matches([':', ' ']);
        if !KINDS.iter().any(|known| known.trim_end() == kind) {
            return;
        }
        if let CellContent::Text(text) = grid.at(cell.row, cell.column)
            && let Some(known) = unit_of(matcher, &format!("{kind} {name}"))
        {
            let words = format!("{kind} {}", text.trim());
            self.names.insert(known, located(*cell, CellContent::Text(words)));
        }
    }

    /// Returns the only name.
    pub(super) fn unit(&self) -> Option<&Located<CellContent>> {
        let names = if self.names.is_empty() { &self.of_titles } else { &self.names };
        // "Xã Tiên Minh" and "UBND xã Tiên Minh" are one.
        let shortest = names.keys().min_by_key(|name| name.len())?;
        let is_one = names.keys().all(|name| name.ends_with(shortest.as_str()));
        let longest = names.iter().max_by_key(|(name, _)| name.len()).map(|(_, unit)| unit);
        longest.filter(|_| is_one && !self.has_other_body)
    }

    /// Returns a name of another place than that of a unit, whose name is given without marks.
    pub(super) fn other_than(&self, own: &str) -> Option<&Located<CellContent>> {
        let place = |name: &str| {
            let bare = strip_marks(name);
            let mut words: Vec<&str> = bare.rsplit(' ').take(2).collect();
            words.reverse();
            words.join(" ")
        };
        let mut names = self.names.iter().chain(&self.of_titles);
        names.find(|(name, _)| !own.contains(&place(name))).map(|(_, unit)| unit)
    }

    /// Takes a line with what it is folded.
    fn take_line(&mut self, matcher: &Matcher, cell: CellRef, (line, word): (&str, &str)) {
        let name = |name: &str| located(cell, CellContent::Text(name.trim().to_owned()));
        if let Some(known) = unit_of(matcher, word) {
            let line = if word.contains(MONTH) { without_month(line) } else { line };
            self.names.insert(known, name(line));
            return;
        }
        if is_title(word) || speaks_of_report(word) {
            let owner = fold_behind(line, "của").or_else(|| fold_behind(line, "CỦA"));
            let owner = owner.and_then(|(owner, folded)| Some((owner, unit_of(matcher, &folded)?)));
            if let Some((owner, known)) = owner {
                self.of_titles.insert(known, name(owner));
                return;
            }
            if let Some((owner, known)) = commune_in(matcher, (line, word)) {
                self.of_titles.insert(known, name(&owner));
                return;
            }
        }
        if !BODIES.iter().any(|body| word.starts_with(body)) {
            return;
        }
        let mut places = KINDS
            .into_iter()
            .flat_map(|kind| word.match_indices(&*format!(" {kind}")).collect::<Vec<_>>());
        self.has_other_body |= places
            .any(|(at, _)| word.get(at + 1..).is_some_and(|commune| matcher.is_unit(commune)));
    }
}

/// Returns the name of a commune before its month.
fn without_month(line: &str) -> &str {
    line.rsplit_once(" - ").map_or(line, |(name, _)| name)
}

/// Returns whether a line that is no title by its first words tells of a report: "XÃ TIÊN MINH BÁO CÁO ĐỀ ÁN 06",
/// "(Kèm theo Công văn số 25/UBND-CA …)"; whom it is for is none.
fn speaks_of_report(words: &str) -> bool {
    static REPORTS: AnyOf = AnyOf::new(&["đề án 06", "đa06", "đa 06", "báo cáo", "số liệu"]);
    const PAPERS: [&str; 4] =
        ["kèm theo báo cáo", "kèm theo công văn", "kèm theo tờ trình", "kèm theo văn bản"];
    const ADDRESSES: [&str; 4] = ["kính gửi", "nơi nhận", "căn cứ", "thực hiện"];
    let words = words.trim_start_matches('(');
    PAPERS.iter().any(|paper| words.starts_with(paper))
        || REPORTS.is_in(words)
            && !words.starts_with("kèm theo")
            && !ADDRESSES.iter().any(|address| words.starts_with(address))
}

/// Returns the only commune that a line names, as it stands there, with what it is called: "SỐ LIỆU THÁNG 3/2024 -
/// XÃ TỰ CƯỜNG". A body of a commune is not the commune. Given is the line with what it is folded.
pub(super) fn commune_in(
    matcher: &Matcher,
    (line, folded): (&str, &str),
) -> Option<(String, String)> {
    const BEFORE: [&str; 8] = ["ubnd", "dân", "của", "-", "–", "06", ":", ","];
    if !KINDS.iter().any(|kind| folded.contains(kind)) || matcher.label(folded).is_some() {
        return None;
    }
    let words: Vec<&str> = folded.split(' ').collect();
    let is_other = |one: char| !one.is_alphanumeric();
    let name_at = |at: usize| {
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let may_begin = before.is_empty() || BEFORE.iter().any(|word| before.ends_with(word));
        let rest = words.get(at..).filter(|rest| may_begin && begins_with_kind(rest))?;
        (2..=LONGEST_NAME.min(rest.len())).rev().find_map(|length| {
            let name = rest.get(..length)?.join(" ");
            let name = name.trim_matches(is_other);
            matcher.is_unit(name).then(|| (at..at + length, name.to_owned()))
        })
    };
    let mut found = (0..words.len()).filter_map(name_at);
    let (place, name) = found.next()?;
    if found.any(|(_, other)| other != name) {
        return None;
    }
    let printed: Vec<&str> = line.split_whitespace().collect();
    let printed = printed.get(place).filter(|_| printed.len() == words.len());
    let printed = printed.map_or_else(|| name.clone(), |words| words.join(" "));
    Some((printed.trim_matches(is_other).to_owned(), name))
}

/// Returns the folded name of a commune without the word for its kind.
pub(super) fn place_of(name: &str) -> &str {
    KINDS.iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name)
}

/// Returns whether words begin with what communes are called.
fn begins_with_kind(words: &[&str]) -> bool {
    matches!(words, ["xã" | "phường", ..] | ["thị", "trấn", ..])
}

/// Returns the last words behind a word, with what they are folded.
fn fold_behind<'l>(line: &'l str, word: &str) -> Option<(&'l str, String)> {
    let (_, owner) = line.rsplit_once(&*format!(" {word} "))?;
    let owner = owner.trim_end_matches([')', '.', ' ']).trim();
    Some((owner, fold(owner)))
}

/// Returns the known name of the unit that the folded words of a letterhead mean: in full, with a colon
/// before the name of the place, with the district behind it, of its task force.
fn unit_of(matcher: &Matcher, words: &str) -> Option<String> {
    if matcher.is_unit(words) {
        return Some(words.to_owned());
    }
    // Most lines name no body.
    let begins = ["ủy ban", "ubnd", "tổ công tác", "xã", "thị trấn", "phường", "phòng"];
    if !begins.iter().any(|begin| words.starts_with(begin)) {
        return None;
    }
    let short = words.replace("ủy ban nhân dân", "ubnd").replace("ubnd. ", "ubnd ");
    let short = short.replace(": ", " ");
    let short = KINDS_IN_SHORT.iter().fold(short, |words, (from, to)| words.replace(from, to));
    let short = short.strip_prefix("tổ công tác đề án 06 ").unwrap_or(&short);
    let short = short.strip_suffix(DISTRICT).unwrap_or(short);
    let ends = ENDS.iter().filter_map(|end| short.find(end));
    let mut forms = std::iter::once(short).chain(ends.filter_map(|end| short.get(..end)));
    forms.find(|form| matcher.is_unit(form)).map(str::to_owned)
}

fn located(cell: CellRef, value: CellContent) -> Located<CellContent> {
    Located { value, sheet: 0, cell }
}

#[cfg(test)]
mod tests {
    use super::super::{
        CellContent, NoticeKind,
        samples::{MAIN, notices, only, put, read_xlsx, workbook},
    };

    fn unit(first: &str, second: &str) -> Option<CellContent> {
        let page = |sheet: &mut rust_xlsxwriter::Worksheet| {
            for (column, cell) in (0..).zip(first.split('|')) {
                sheet.write(0, column, cell).unwrap();
            }
            sheet.write(1, 0, second).unwrap();
            for (row, cells) in
                (3..).zip([["Mã", "Chỉ tiêu", "Trong kỳ"], ["A01", "Số văn bản chỉ đạo", "3"]])
            {
                for (column, cell) in (0..).zip(cells) {
                    sheet.write(row, column, cell).unwrap();
                }
            }
        };
        let reading = read_xlsx(&workbook(&[("Biểu", &page)]));
        only(&reading).unit_name.as_ref().map(|located| located.value.clone())
    }

    #[test]
    fn a_letterhead_of_another_unit_than_the_label_is_told() {
        for (head, expected) in
            [("UBND XÃ ĐOÀN LẬP", 1), ("UBND XÃ TIÊN MINH", 0), ("UBND XÃ TIEN MINH", 0)]
        {
            let lines = format!("{head}\n{MAIN}");
            let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
            let is_doubt = |kind: &NoticeKind| matches!(kind, NoticeKind::DoubtfulWords(_));
            assert_eq!(
                notices(&reading).iter().filter(|kind| is_doubt(kind)).count(),
                expected,
                "{head}"
            );
        }
    }

    #[test]
    fn the_unit_stands_in_a_line_of_a_cell_or_with_the_report_of_an_annex() {
        let text = |words: &str| Some(CellContent::Text(words.to_owned()));
        let lines = "UBND HUYỆN TIÊN LÃNG\nUBND XÃ TIÊN MINH";
        assert_eq!(unit(lines, ""), text("UBND XÃ TIÊN MINH"));
        let blocks = "UBND XÃ TIÊN MINH        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
        assert_eq!(unit(blocks, ""), text("UBND XÃ TIÊN MINH"));
        let annex = "(Kèm theo Báo cáo số 45/BC-UBND ngày 15/3/2024 của UBND xã Tiên Minh)";
        assert_eq!(unit("PHỤ LỤC", annex), text("UBND xã Tiên Minh"));
        assert_eq!(unit("UBND xã Đoàn Lập", annex), text("UBND xã Đoàn Lập"));
        for line in [
            "SỐ LIỆU THÁNG 3/2024 - XÃ TIÊN MINH",
            "THEO DÕI KẾT QUẢ ĐỀ ÁN 06 NĂM 2024 - UBND XÃ TIÊN MINH",
            "XÃ TIÊN MINH BÁO CÁO ĐỀ ÁN 06 THÁNG 3/2024",
            "DỮ LIỆU ĐỀ ÁN 06 - XÃ TIÊN MINH - THÁNG 3/2024",
            "TỔ CÔNG TÁC TRIỂN KHAI ĐỀ ÁN 06 XÃ TIÊN MINH",
        ] {
            assert_eq!(unit(line, ""), text("XÃ TIÊN MINH"), "{line}");
        }
        let line = "UBND xã Tiên Minh - Báo cáo Đề án 06 tháng 3 năm 2024";
        assert_eq!(unit(line, ""), text("xã Tiên Minh"));
        assert_eq!(
            unit("(Kèm theo Công văn số 25/UBND-CA của UBND xã Tiên Minh)", ""),
            text("UBND xã Tiên Minh")
        );
        for line in [
            "BÁO CÁO ĐỀ ÁN 06 CỦA CÔNG AN XÃ TIÊN MINH",
            "KẾT QUẢ ĐỀ ÁN 06 XÃ TIÊN MINH, XÃ ĐOÀN LẬP",
            "Kính gửi: UBND xã Tiên Minh (báo cáo Đề án 06)",
        ] {
            assert_eq!(unit(line, ""), None, "{line}");
        }
        let order = "(Theo Công văn số 45 của UBND xã Tiên Minh)";
        assert_eq!(unit("PHỤ LỤC", order), None);
        assert_eq!(unit("UBND xã Đoàn Lập", "UBND xã Tiên Minh"), None);
        for name in [
            "ỦY BAN NHÂN DÂN XÃ TIÊN MINH",
            "UBND XÃ TIÊN MINH - HUYỆN TIÊN LÃNG",
            "UBND XÃ TIÊN MINH, HUYỆN TIÊN LÃNG",
            "UBND xã: Tiên Minh",
            "UBND X. TIÊN MINH",
            "TỔ CÔNG TÁC ĐỀ ÁN 06 XÃ TIÊN MINH",
        ] {
            assert_eq!(unit(name, ""), text(name), "{name}");
        }
        let title = "BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 CỦA UBND XÃ TIÊN MINH";
        assert_eq!(unit(title, ""), text("UBND XÃ TIÊN MINH"));
        assert_eq!(unit("UBND xã Tiên Minh", "CÔNG AN XÃ TIÊN MINH"), None);
        assert_eq!(unit("Xã:|Tiên Minh", ""), text("xã Tiên Minh"));
        assert_eq!(unit("Xã|Tiên Xa", ""), None);
        assert_eq!(unit("Xã:|Tiên Minh", "UBND XÃ TIÊN MINH"), text("UBND XÃ TIÊN MINH"));
    }
}

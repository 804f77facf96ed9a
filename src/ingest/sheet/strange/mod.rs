//! Words of a sheet that nobody listed: in the head, above and below tables, in the heads of values and beside
//! the numbers. What they say of the figures is for a person to see; the figures count.

mod beside;
mod signed;

use std::collections::BTreeSet;

use super::{Open, Scan, notes::MAX_DISTANCE};
use crate::{
    ingest::{
        CellContent, NoticeKind,
        codes::normalise_code,
        familiar::{Own, is_of_other_lines, speaks_of_figures},
        header::Words,
        letterhead::{commune_in, place_of},
        matcher::Field,
        word_row::{Question, WordRow},
    },
    place::CellRef,
    text::{fold, our_words::without_ours, squeeze, strip_marks},
};

/// First words of the names of most people, which begin no other line.
const SURNAMES: [&str; 18] = [
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ",
    "ngô", "dương", "đinh", "trương", "trịnh", "phùng",
];
/// Words of boxes that say that figures are no count.
const ESTIMATES: [&str; 6] = ["số ước", "là ước", "ước tính", "lấy của", "tạm lấy", "tạm tính"];
/// How many words the name of a person has.
const PERSON: std::ops::RangeInclusive<usize> = 2..=5;
/// Most words that a notice shows; how many follow is told.
const MOST_SHOWN: usize = 6;

/// What a sheet holds that is not familiar wherever it stands.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Strange {
    /// Words.
    pub(in crate::ingest) words: Vec<CellRef>,
    /// Units of count that are others, and numbers beside the figures of which nothing says what they are.
    pub(in crate::ingest) certain: Vec<CellRef>,
    /// Who signs, where that is another body of a commune.
    signers: Vec<CellRef>,
}

impl Scan<'_> {
    /// Takes words of a row outside the rows of indicators that are not familiar everywhere. Far below the
    /// tables, where people sign, their names are none.
    pub(super) fn take_strange(&mut self, row: u32, words: &WordRow) {
        let is_far = match (&self.open, self.last_value) {
            (Open::Values(_), _) if !self.is_group(row) => return,
            (Open::Values(_), _) => false,
            (_, None) => self.found.tables > 0,
            (_, Some(last)) => row - last > MAX_DISTANCE,
        };
        // Each paper has names of its own.
        let are_people = || words.iter().all(|(cell, word)| self.is_person(*cell, word));
        if !(is_far && are_people()) && self.may_be_strange(words) {
            let cells = words.iter().take_while(|(_, word)| !is_of_other_lines(word));
            let strange = cells.filter(|(cell, word)| !is_far || !self.is_person(*cell, word));
            let strange: Vec<CellRef> = strange.map(|(cell, _)| *cell).collect();
            self.found.strange.words.extend(strange);
        }
    }

    /// Notes the words that are not familiar in a sheet of this month and unit.
    pub(super) fn note_strange(&mut self) {
        let is_off = self.matcher.familiar.is_off();
        if is_off || self.found.values.is_empty() || !self.found.units.is_empty() {
            return;
        }
        let unit = match self.found.fields.get(&Field::Unit).map(|said| &said.value) {
            Some(CellContent::Text(name)) => Some(strip_marks(name)),
            _ => None,
        };
        let own = Own { month: self.found.month(), unit: unit.as_deref() };
        self.take_boxes();
        self.take_struck();
        let mut words = self.strange_words(own);
        words.extend(self.hanging_words(own));
        words.extend(self.strange_name(own));
        // A column says the same in many rows.
        let mut known = BTreeSet::new();
        words.retain(|(_, text)| known.insert(text.clone()));
        self.take_other_communes(&mut words, own);
        let Some((first, _)) = words.first() else { return };
        let first = *first;
        let more = words.split_off(words.len().min(MOST_SHOWN)).into_iter();
        let more = more.map(|(cell, _)| cell).collect();
        self.found.notice(first, NoticeKind::StrangeWords { words, more });
    }

    /// Returns the words and numbers that are not familiar, but for those of which something else is said.
    /// Takes words that name another commune out of those that are merely told: the figures may be its.
    fn take_other_communes(&mut self, words: &mut Vec<(CellRef, String)>, own: Own<'_>) {
        let is_known = |unit: &&str| is_commune(unit) && self.matcher.is_unit(unit);
        let Some(unit) = own.unit.filter(is_known) else { return };
        let is_other = |words: &str| {
            let named = commune_in(self.matcher, (words, &fold(words)));
            named.is_some_and(|(_, name)| !unit.contains(&strip_marks(place_of(&name))))
        };
        let others = words.extract_if(.., |(_, words)| is_other(words));
        let others: Vec<(CellRef, String)> = others.collect();
        for (cell, words) in others {
            self.found.notice(cell, NoticeKind::DoubtfulWords(words));
        }
    }

    fn strange_words(&mut self, own: Own<'_>) -> Vec<(CellRef, String)> {
        let Strange { mut words, certain, signers } = std::mem::take(&mut self.found.strange);
        if own.unit.is_some_and(is_commune) {
            words.extend(signers);
        }
        let withdrawn = self.found.withdrawn.iter().filter_map(|one| one.cell);
        let noticed = self.found.notices.iter().filter_map(|notice| notice.cell);
        let said: BTreeSet<CellRef> = withdrawn.chain(noticed).collect();
        let is_new = |cell: &CellRef| !said.contains(cell);
        let certain: BTreeSet<CellRef> = certain.into_iter().filter(is_new).collect();
        let words: BTreeSet<CellRef> = words.into_iter().filter(is_new).collect();
        let familiar = &self.matcher.familiar;
        let strange = words.union(&certain).filter(|cell| {
            let text = match self.grid.at(cell.row, cell.column) {
                CellContent::Text(text) if !certain.contains(cell) => text,
                _ => return true,
            };
            let may_be = || text.contains("uyện") || text.contains("UYỆN");
            let is_of_more =
                || own.unit.is_some_and(is_commune) && may_be() && is_of_district(&fold(text));
            !familiar.knows_text(text, own) || is_of_more()
        });
        let strange = strange.filter_map(|cell| Some((*cell, self.shown_at(*cell)?)));
        strange.collect()
    }

    /// Returns whether a cell holds the name of a person, the given folded words: a few of them, all with a
    /// capital.
    fn is_person(&self, cell: CellRef, folded: &str) -> bool {
        let CellContent::Text(words) = self.grid.at(cell.row, cell.column) else { return false };
        let has_capitals =
            words.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
        let is_family = || SURNAMES.contains(&folded.split(' ').next().unwrap_or_default());
        PERSON.contains(&folded.split(' ').count())
            && folded.split(' ').all(|word| word.chars().all(char::is_alphabetic))
            && (has_capitals && words.chars().any(char::is_lowercase) || is_family())
            && !self.matcher.familiar.names_unit(folded)
    }

    /// Takes boxes whose words speak of figures.
    fn take_boxes(&mut self) {
        let boxes = self.found.fields.iter().filter(|(field, _)| matches!(field, Field::Box(_)));
        // The report prints what stands in them; it may stand below their labels.
        let cells: BTreeSet<CellRef> = boxes.clone().map(|(_, said)| said.cell).collect();
        self.found.strange.words.retain(|cell| !cells.contains(cell));
        let words = boxes.filter_map(|(_, said)| match &said.value {
            CellContent::Text(words) => {
                let is_known =
                    self.matcher.familiar.knows_box(words, || !self.is_about_figures(words));
                (!is_known).then_some(said.cell)
            }
            _ => None,
        });
        let words: Vec<CellRef> = words.collect();
        self.found.strange.words.extend(words);
    }

    /// Returns whether the words of a box may say something of figures: they speak of them, of estimates or
    /// name a code.
    fn is_about_figures(&self, words: &str) -> bool {
        let folded = fold(words);
        let names_code = || {
            let words = folded.split(|one: char| !one.is_alphanumeric());
            let mut codes = words.filter(|word| word.ends_with(|one: char| one.is_ascii_digit()));
            codes.any(|word| self.matcher.knows_code(&normalise_code(word)))
        };
        let is_estimated = || ESTIMATES.iter().any(|words| folded.contains(words));
        speaks_of_figures(&folded) || is_estimated() || names_code()
    }

    /// Takes words of the tables, and above them, that are struck through.
    fn take_struck(&mut self) {
        let last = self.found.values.iter().map(|value| value.cell.row).max().unwrap_or_default();
        let is_text =
            |cell: &CellRef| matches!(self.grid.at(cell.row, cell.column), CellContent::Text(_));
        let struck = self.grid.struck.iter().filter(|cell| cell.row <= last && is_text(cell));
        self.found.strange.certain.extend(struck);
    }

    /// Returns the words that stand in no cell, without what we wrote into them.
    fn hanging_words(&self, own: Own<'_>) -> Vec<(CellRef, String)> {
        let hanging = self.grid.hanging.iter();
        let words = hanging.map(|one| (one, squeeze(&without_ours(&one.words))));
        let familiar = &self.matcher.familiar;
        let strange =
            words.filter(|(_, words)| !words.is_empty() && !familiar.knows_hanging(words, own));
        strange.map(|(one, words)| (one.cell, format!("{}{words}", one.kind.name()))).collect()
    }

    fn may_be_strange(&self, words: &WordRow) -> bool {
        let is_strange = |(_, word): &(CellRef, String)| {
            !self.matcher.familiar.is_plain(word) || is_of_district(word)
        };
        words.ask(Question::Strange, |words: &Words| words.iter().any(is_strange))
    }

    /// Returns what a cell shows, words or a number.
    fn shown_at(&self, cell: CellRef) -> Option<String> {
        match self.grid.at(cell.row, cell.column) {
            CellContent::Text(words) => Some(squeeze(words)).filter(|words| !words.is_empty()),
            CellContent::Number(number) | CellContent::ShownOtherwise(number, _) => {
                Some(number.to_string())
            }
            _ => None,
        }
    }
}

/// Returns whether a title is of a whole district and not of a commune in it: "TỔNG HỢP ĐỀ ÁN 06 HUYỆN TIÊN LÃNG".
fn is_of_district(title: &str) -> bool {
    const OTHERS: [&str; 7] = ["xã", "thị trấn", "ubnd", "ủy ban", "gửi", "công an", "cấp huyện"];
    const TITLES: [&str; 5] = ["đề án", "kết quả", "báo cáo", "số liệu", "tổng hợp"];
    title.contains("huyện ")
        && TITLES.iter().any(|word| title.contains(word))
        && !OTHERS.iter().any(|word| title.contains(word))
}

/// Returns whether the name of a unit, without marks, is that of a commune.
fn is_commune(name: &str) -> bool {
    ["xa ", "thi tran ", "phuong "]
        .iter()
        .any(|kind| name.starts_with(kind) || name.contains(&format!(" {kind}")))
}

#[cfg(test)]
mod tests {
    use super::CellRef;
    use crate::{
        ingest::{
            FileReading, NoticeKind, Reader, ReadingGuide,
            samples::{put, workbook},
        },
        template::fixtures,
    };

    const LINES: &str = "UBND HUYỆN TIÊN LÃNG\nUBND XÃ TIÊN MINH\n\n\
        BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 THÁNG 3 NĂM 2024\n(Tháng 3)\n\n\
        Đơn vị báo cáo:|UBND xã Tiên Minh\nKỳ báo cáo:|Tháng 3 năm 2024\n\n\
        Phần 1. Số phát sinh trong kỳ\nMã|Chỉ tiêu|ĐVT|Trong kỳ|Ghi chú\n\
        A01|Số văn bản chỉ đạo, kế hoạch đã ban hành|văn bản|3|\n\
        A02|Số hội nghị, buổi tuyên truyền trực tiếp|buổi|5|ra quân\n\
        A03|Số lượt người tham dự|lượt người|240|\n\n\
        |||Tiên Minh, ngày 15 tháng 3 năm 2024\n|||CHỦ TỊCH";

    /// Returns the words that are told in the lines with other words in them.
    fn strange(words: &str, other: &str) -> Vec<String> {
        assert!(LINES.contains(words), "{words}");
        let lines = LINES.replace(words, other);
        let bytes = workbook(&[("Biểu 01", &|page| put(page, (0, 0), &lines))]);
        let reader = Reader::new(&ReadingGuide::of(&fixtures::district()));
        let FileReading { returns, notices, .. } = reader.read("a.xlsx", &bytes);
        assert!(returns.iter().all(|raw| raw.withdrawn.is_empty()), "{other}");
        let said = notices.into_iter().filter_map(|notice| match notice.kind {
            NoticeKind::StrangeWords { words, .. } => Some(words),
            NoticeKind::DoubtfulWords(words) => Some(vec![(CellRef { row: 0, column: 0 }, words)]),
            _ => None,
        });
        said.flatten().map(|(_, words)| words).collect()
    }

    #[test]
    fn words_of_a_table_that_is_not_read_are_none() {
        let end = "|||Tiên Minh, ngày 15 tháng 3 năm 2024";
        let table = |above: &str| {
            format!(
                "{above}\nMã|Chỉ tiêu|ĐVT|Con số lạ|Nguồn lạ\nB99|Số liệu gì đó|phút|12|chưa chốt\n\n{end}"
            )
        };
        assert_eq!(strange(end, &table("")), Vec::<String>::new());
        assert_eq!(strange(end, &table("Số này sai")), ["Số này sai"]);
    }

    #[test]
    fn words_that_nobody_listed_are_told_and_those_of_the_return_are_not() {
        let title = "BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 THÁNG 3 NĂM 2024";
        let part = "Phần 1. Số phát sinh trong kỳ";
        let signed = "Tiên Minh, ngày 15 tháng 3 năm 2024";
        for (words, other, is_told) in [
            (title, title, false),
            (title, "Kết quả triển khai Đề án 06 của UBND xã Tiên Minh (tháng 03/2024)", false),
            (title, "BIỂU TỔNG HỢP SỐ LIỆU ĐA06 T3/2024", false),
            (title, "TỔNG KẾT ĐỀ ÁN 06 THÁNG 3 NĂM 2024", true),
            (title, "KẾT QUẢ ĐỀ ÁN 06 HUYỆN TIÊN LÃNG THÁNG 3 NĂM 2024", true),
            (signed, "Đông Hưng, ngày 15 tháng 3 năm 2024", true),
            (signed, "Tiên Minh, ngày 15 tháng 02 năm 2024", true),
            ("ra quân", "tăng do tính cả xã bên", true),
            ("ra quân", "không phát sinh", true),
            ("CHỦ TỊCH", "CHỦ TỊCH\n\n\n\n|||Đỗ Văn Mậu", false),
            ("CHỦ TỊCH", "CHỦ TỊCH\n\n\n\n|||Số này chị gửi lại sau", true),
            (title, "KẾT QUẢ ĐỀ ÁN 06 THÁNG 3 NĂM 2024 CỦA XÃ ĐOÀN LẬP", true),
            ("(Tháng 3)", "(Từ ngày 15/02/2024 đến hết ngày 14/3/2024)", false),
            ("(Tháng 3)", "(chốt ngày 29/02/2024)", true),
            ("(Tháng 3)", "Số: 12/BC-UBND", false),
            ("(Tháng 3)", "(Kèm theo Công văn số 5/UBND ngày 02/01/2024)", false),
            (part, "A. Kết quả tuyên truyền", false),
            (part, "Kết quả tại Trường Mầm non", true),
            (part, "Số liệu trong 3 kỳ", true),
            ("|Trong kỳ|", "|Kết quả trong tháng 3|", false),
            ("|Trong kỳ|", "|Kết quả (01/3 - 31/3)|", true),
            ("ra quân", "290", true),
            ("ra quân", "đến 14/02", true),
            ("ra quân", "tăng 2 buổi", false),
            ("|buổi|", "|Cuộc|", false),
            ("|lượt người|", "|hộ|", true),
            ("|Ghi chú", "|Ghi chú|", false),
            (signed, "Tiên Minh, ngày 05 tháng 4 năm 2024", false),
            (signed, "Tiên Minh, ngày … tháng … năm 2024", false),
            (signed, "Tiên Minh, ngày 14 tháng 02 năm 2024", true),
            ("CHỦ TỊCH", "TRƯỞNG CÔNG AN XÃ", true),
            ("CHỦ TỊCH", "KT. CHỦ TỊCH\n|||PHÓ CHỦ TỊCH", false),
        ] {
            let told = strange(words, other);
            assert_eq!(!told.is_empty(), is_told, "{other}: {told:?}");
        }
    }

    #[test]
    fn columns_beside_the_values_say_what_they_are() {
        let head = "|Trong kỳ|Ghi chú";
        let rows = |head: &str| {
            let lines = LINES.replace("|Trong kỳ|Ghi chú", &format!("|Trong kỳ|{head}"));
            lines.replace("|3|", "|3|4").replace("|5|ra quân", "|5|6").replace("|240|", "|240|250")
        };
        for (head_of_more, is_told) in [
            ("Tổng số", true),
            ("Lần 1", true),
            ("", true),
            ("Kế hoạch năm", false),
            ("Tỷ lệ %", false),
        ] {
            let told = strange(LINES, &rows(head_of_more));
            assert_eq!(!told.is_empty(), is_told, "{head_of_more}: {told:?}");
        }
        assert!(LINES.contains(head));
    }
}

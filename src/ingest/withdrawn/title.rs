//! What the title of a document says of all its tables, however many lines stand between: a plan or an
//! estimate, a week, a quarter or several months, another year than that of the sheet's month.

use super::{
    Objection, Remarks, Withdrawal, objection,
    parts::names_body,
    times::{is_of_more, is_of_year_up_to_day, is_title_of_more, last_year_of_title, names_month},
    words::{in_brackets, is_estimate, is_plan, is_title, is_title_of_plan},
};
use crate::{
    ingest::{
        CellContent,
        dates::numbers,
        grid::Grid,
        month::{Month, MonthHead, is_date_line},
        month_tables::short_month,
        word_row::{Question, WordRow},
    },
    place::CellRef,
    text::fold,
};

/// What speaks against the numbers of a document by its title.
#[derive(Debug, Default)]
pub(super) struct DocumentTitle {
    /// Against its flows.
    pub(super) flows: Option<Objection>,
    /// Against its flows where no head says that they are of the period: a title of a year up to a day.
    pub(super) year_to_day: Option<Objection>,
    /// Against all: of a plan, or of a part of the unit.
    all: Option<Objection>,
    /// Against all, when the sheet is of another year.
    year: Option<(Objection, u32)>,
    /// Against all, when the sheet is of another month: a line in brackets such as "(Số liệu tháng 2)".
    month: Option<(Objection, MonthHead)>,
    /// Whether a row named a month: what follows are titles of tables.
    is_settled: bool,
}

impl DocumentTitle {
    /// Returns whether it says nothing against any numbers.
    pub(super) fn is_silent(&self) -> bool {
        let Self { flows, year_to_day, all, year, month, is_settled: _ } = self;
        let against = [flows, year_to_day, all];
        against.into_iter().all(Option::is_none) && year.is_none() && month.is_none()
    }

    /// Returns what speaks against all numbers of a sheet of a month.
    pub(super) fn against_all(&self, month: Option<Month>) -> Option<Objection> {
        let of_year = || {
            let (objection, year) = self.year.as_ref()?;
            month.is_some_and(|month| !month.is_of(*year)).then(|| objection.clone())
        };
        let of_month = || {
            let (objection, named) = self.month.as_ref()?;
            month.is_some_and(|month| !named.fits(month)).then(|| objection.clone())
        };
        self.all.clone().or_else(of_year).or_else(of_month)
    }
}

impl Remarks {
    /// Takes what stands behind the label of the period: it may say that the figures are of a plan or of
    /// several months.
    pub(in crate::ingest) fn take_period(&mut self, grid: &Grid, cell: CellRef) {
        let CellContent::Text(text) = grid.at(cell.row, cell.column) else { return };
        let words = fold(text);
        let says = |why| objection(why, grid, cell);
        let main = words.split('(').next().unwrap_or_default();
        if is_estimate(&words)
            || words.contains("dự kiến")
            || in_brackets(&words).is_some_and(is_plan)
        {
            self.document.all.get_or_insert_with(|| says(Withdrawal::Plan));
        } else if in_brackets(&words).is_some_and(is_of_more) || is_of_several_months(main) {
            self.document.flows.get_or_insert_with(|| says(Withdrawal::Span));
        }
    }

    /// Takes a row above the first table.
    pub(in crate::ingest) fn take_document_title(&mut self, grid: &Grid, words: &WordRow) {
        let says_nothing = |(_, word): &(CellRef, String)| {
            !names_month(word) && !is_title(word) && !word.starts_with("(số liệu")
        };
        if !words.ask(Question::DocumentTitle, |words| !words.iter().all(says_nothing)) {
            return;
        }
        if let [(cell, word)] = &**words
            && word.starts_with("(số liệu")
            && !["không", "kỳ trước", "xem"].iter().any(|other| word.contains(other))
            && let Some(month) = short_month(word)
        {
            self.document.month = Some((objection(Withdrawal::Span, grid, *cell), month));
        }
        if self.document.is_settled {
            return;
        }
        let settles = |word: &str| names_month(word) && !is_date_line(word);
        self.document.is_settled = words.iter().any(|(_, word)| settles(word));
        let [(cell, word)] = &**words else { return };
        let says_more = |word: &str| {
            is_title(word)
                && (is_of_year_up_to_day(word)
                    || is_title_of_more(word)
                    || is_title_of_plan(word)
                    || names_body(word)
                    || last_year_of_title(word).is_some())
        };
        if !words.ask(Question::TitleOfMore, |_| says_more(word)) {
            return;
        }
        let says = |why| objection(why, grid, *cell);
        if is_of_year_up_to_day(word) {
            self.document.year_to_day = Some(says(Withdrawal::Span));
        }
        if is_title_of_more(word) {
            self.document.flows = Some(says(Withdrawal::Span));
        }
        if is_title_of_plan(word) {
            self.document.all = Some(says(Withdrawal::Plan));
        } else if names_body(word) {
            self.document.all = Some(says(Withdrawal::Part));
        }
        let year = last_year_of_title(word);
        self.document.year =
            year.map(|year| (says(Withdrawal::Span), year)).or(self.document.year.take());
    }
}

/// Returns whether the words of a period name more or less than a month: "tháng 2 + 3/2024", "nửa đầu tháng 3".
fn is_of_several_months(words: &str) -> bool {
    let months = || numbers(words).filter(|number| (1..=12).contains(number)).count();
    let is_of_days = ["ngày", "từ ", "đến"].iter().any(|word| words.contains(word));
    ["nửa ", "giữa "].iter().any(|word| words.starts_with(word))
        || words.starts_with("tháng") && !is_of_days && months() > 1
}

#[cfg(test)]
mod tests {
    use super::super::{super::samples, Withdrawal};
    use crate::template::Measure;

    /// Returns why numbers of the usual form are kept apart with other words in it, and whether its stocks
    /// are read.
    fn read(words: &str, other: &str) -> Option<(Withdrawal, bool)> {
        let lines = samples::MAIN.replace(words, other);
        let page = |sheet: &mut rust_xlsxwriter::Worksheet| samples::put(sheet, (0, 0), &lines);
        let reading = samples::read_xlsx(&samples::workbook(&[("Biểu 01", &page)]));
        let found = samples::only(&reading);
        let has_stock =
            found.values.iter().any(|one| one.code == "B06" && one.measure == Measure::Value);
        found.withdrawn.first().map(|one| (one.why, has_stock))
    }

    #[test]
    fn the_title_of_a_document_speaks_against_its_tables_whatever_a_label_states() {
        let title = "BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 THÁNG 3 NĂM 2024";
        assert!(samples::MAIN.contains(title));
        for (other, expected) in [
            ("(Số liệu tháng 2)", Some((Withdrawal::Span, false))),
            ("(Số liệu tháng 3)", None),
            ("BÁO CÁO KẾT QUẢ 3 THÁNG ĐẦU NĂM 2024", Some((Withdrawal::Span, true))),
            ("TỔNG HỢP SỐ LIỆU QUÝ I NĂM 2024", Some((Withdrawal::Span, true))),
            ("BÁO CÁO TUẦN 2 THÁNG 3 NĂM 2024", Some((Withdrawal::Span, true))),
            ("BÁO CÁO KẾT QUẢ NĂM 2023", Some((Withdrawal::Span, false))),
            ("ĐĂNG KÝ CHỈ TIÊU THỰC HIỆN ĐỀ ÁN 06", Some((Withdrawal::Plan, false))),
            ("CHỈ TIÊU, NHIỆM VỤ ĐỀ ÁN 06 THÁNG 3 NĂM 2024", Some((Withdrawal::Plan, false))),
            ("(Lưu ý: đây là số liệu ước thực hiện)", Some((Withdrawal::Plan, false))),
            ("BÁO CÁO CỦA TRƯỜNG THCS TIÊN MINH", Some((Withdrawal::Part, false))),
            ("(Ghi chú: số liệu lũy kế tính từ ngày 15/12/2023)", None),
            ("KẾ HOẠCH THÁNG 3 NĂM 2024", Some((Withdrawal::Plan, false))),
            ("BÁO CÁO ƯỚC KẾT QUẢ THÁNG 3 NĂM 2024", Some((Withdrawal::Plan, false))),
            ("BÁO CÁO KẾT QUẢ THÁNG 3, QUÝ I NĂM 2024", None),
            ("BÁO CÁO KẾT QUẢ NĂM 2024", None),
            ("BÁO CÁO KẾT QUẢ THÁNG 3.2024", None),
            ("BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 THÁNG 3.2024", None),
            ("BÁO CÁO KẾT QUẢ THÁNG 3 NĂM 2024, DỰ KIẾN NHIỆM VỤ THÁNG 4", None),
            ("BÁO CÁO KẾT QUẢ THÁNG 3 NĂM 2024 (DỰ KIẾN)", Some((Withdrawal::Plan, false))),
            ("BÁO CÁO KẾT QUẢ THỰC HIỆN HƯƠNG ƯỚC, QUY ƯỚC THÁNG 3 NĂM 2024", None),
            ("BÁO CÁO KẾT QUẢ THỰC HIỆN KẾ HOẠCH SỐ 15/KH-UBND NĂM 2023", None),
            (
                "BÁO CÁO kết quả thực hiện Đề án phát triển ứng dụng dữ liệu về dân cư phục vụ chuyển \
                 đổi số quốc gia giai đoạn 2022 - 2025, tầm nhìn đến năm 2030",
                None,
            ),
            ("KẾT QUẢ THỰC HIỆN KẾ HOẠCH THÁNG 3 NĂM 2024", None),
        ] {
            assert_eq!(read(title, other), expected, "{other}");
        }
    }
    #[test]
    fn the_words_of_a_period_may_deny_it() {
        let period = "Tháng 3 năm 2024 (từ ngày 15/02/2024 đến hết ngày 14/3/2024)";
        for (other, expected) in [
            (period, None),
            ("Tháng 3 năm 2024", None),
            ("03/2024", None),
            ("Tháng 3 năm 2024 (ước thực hiện)", Some((Withdrawal::Plan, false))),
            ("Tháng 3 năm 2024 (kế hoạch)", Some((Withdrawal::Plan, false))),
            ("Tháng 3 năm 2024 (lũy kế từ đầu năm)", Some((Withdrawal::Span, true))),
            ("Tháng 2 + 3/2024", Some((Withdrawal::Span, true))),
            ("Nửa đầu tháng 3/2024", Some((Withdrawal::Span, true))),
        ] {
            assert_eq!(read(period, other), expected, "{other}");
        }
    }
}

//! Sheets of a workbook without any table: the letter with which the figures go may say whose they are, and of which
//! month.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    CellContent, Located, Notice, NoticeKind,
    matcher::Field,
    sheet::SheetReading,
    sheet_owner::{Identity, PeriodWords},
    withdrawn::is_title_of_plan,
};
use crate::{place::CellRef, text::fold};

/// A line of a letter that goes with the figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterLine {
    /// Name of its sheet.
    pub sheet: String,
    /// The cell.
    pub cell: CellRef,
    /// Its words, which hold a digit.
    pub words: String,
}

/// What the letters of a workbook say.
#[derive(Debug, Default)]
pub(super) struct Letters(Vec<Letter>);

#[derive(Debug)]
struct Letter {
    /// Name of the sheet.
    sheet: String,
    identity: Identity,
    unit: Option<Located<CellContent>>,
    unit_code: Option<Located<CellContent>>,
    /// Where it names its month.
    title: Option<Located<CellContent>>,
    /// Words that put figures in doubt.
    doubts: Vec<(CellRef, String)>,
    /// Months of figures that its lines name.
    times: Vec<(CellRef, String, PeriodWords)>,
    /// Lines with numbers.
    lines: Vec<(CellRef, String)>,
}

impl Letters {
    /// Takes a sheet without any table.
    pub(super) fn take(&mut self, sheet: &mut SheetReading, identity: Identity) {
        let title = sheet.title.as_ref().map(|(_, title)| title.clone());
        let title = title.or_else(|| sheet.fields.get(&Field::Period).cloned());
        let unit = sheet.fields.get(&Field::Unit).cloned();
        let unit_code = sheet.fields.get(&Field::UnitCode).cloned();
        let doubts = std::mem::take(&mut sheet.doubts);
        let times = std::mem::take(&mut sheet.said_times);
        let lines = std::mem::take(&mut sheet.lines);
        let name = sheet.name.clone();
        self.0.push(Letter { sheet: name, identity, unit, unit_code, title, doubts, times, lines });
    }

    /// Returns the only unit that they name, with the sheet in which it stands first.
    pub(super) fn unit(&self) -> Option<(&str, &Located<CellContent>)> {
        let mut named = self.0.iter().filter(|letter| letter.identity.unit.is_some());
        let first = named.next()?;
        let is_one = named.all(|letter| letter.identity.unit == first.identity.unit);
        first.unit.as_ref().filter(|_| is_one).map(|unit| (first.sheet.as_str(), unit))
    }

    /// Returns the only code of a unit that they name, with its sheet: a cover may bear it.
    pub(super) fn unit_code(&self) -> Option<(&str, &Located<CellContent>)> {
        let mut codes = self.0.iter().filter_map(|letter| {
            let code = letter.unit_code.as_ref().filter(|code| code.value != CellContent::Empty)?;
            Some((letter.sheet.as_str(), code))
        });
        codes.next().filter(|_| codes.next().is_none())
    }

    /// Returns their lines with numbers; a plan says nothing of what came about.
    pub(super) fn lines(&self) -> impl Iterator<Item = LetterLine> {
        let letters = self.0.iter().filter(|letter| !letter.is_plan());
        letters.flat_map(|letter| {
            letter.lines.iter().map(|(cell, words)| LetterLine {
                sheet: letter.sheet.clone(),
                cell: *cell,
                words: words.clone(),
            })
        })
    }

    /// Returns what they say against figures of a period: that they are of another time, or words that put them in
    /// doubt. A plan says nothing of what came about.
    pub(super) fn doubts(&self, period: Option<&PeriodWords>) -> Vec<Notice> {
        let letters = self.0.iter().filter(|letter| !letter.is_plan());
        let notices = letters.flat_map(|letter| {
            let doubts = letter.doubts.iter().map(|(cell, words)| (*cell, words));
            let times = letter
                .times
                .iter()
                .filter(move |(_, _, time)| period.is_some_and(|period| !time.fits(period)));
            let times = times.map(|(cell, words, _)| (*cell, words));
            let said = letter.other_time(period).into_iter().chain(doubts).chain(times);
            let said: BTreeMap<CellRef, &String> = said.collect();
            said.into_iter().map(|(cell, words)| Notice {
                sheet: Some(letter.sheet.clone()),
                cell: Some(cell),
                kind: NoticeKind::DoubtfulWords(words.clone()),
            })
        });
        notices.collect()
    }
}

impl Letter {
    fn words_of_title(&self) -> Option<(CellRef, &String)> {
        match self.title.as_ref().map(|title| (title.cell, &title.value)) {
            Some((cell, CellContent::Text(words))) => Some((cell, words)),
            _ => None,
        }
    }

    /// Returns whether it says nothing of what came about: a plan, how to fill in the form.
    fn is_plan(&self) -> bool {
        let is_plan = |words: &str| {
            let folded = fold(words);
            is_title_of_plan(&folded) || folded.contains("hướng dẫn") || folded.starts_with("hd ")
        };
        is_plan(&self.sheet) || self.words_of_title().is_some_and(|(_, words)| is_plan(words))
    }

    /// Returns its title when it is of another time.
    fn other_time(&self, period: Option<&PeriodWords>) -> Option<(CellRef, &String)> {
        let is_other = !self.identity.period.as_ref()?.fits(period?);
        self.words_of_title().filter(|_| is_other)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        CellContent, NoticeKind,
        samples::{MAIN, notices, only, put, read_xlsx, workbook},
    };

    /// Returns the unit of the usual sheet without one beside a letter, and the words that are told.
    fn read(letter: &str) -> (Option<CellContent>, Vec<String>) {
        let lines = MAIN
            .replace("UBND XÃ TIÊN MINH", "")
            .replace("Đơn vị báo cáo:|UBND xã Tiên Minh||", "|||");
        let lines = lines.replace("Mã đơn vị:|'11902", "");
        let reading = read_xlsx(&workbook(&[
            ("Công văn", &|page| put(page, (0, 0), letter)),
            ("Biểu 01", &|page| put(page, (0, 0), &lines)),
        ]));
        let said = notices(&reading).into_iter().filter_map(|kind| match kind {
            NoticeKind::DoubtfulWords(words) => Some(words),
            _ => None,
        });
        let said = said.collect();
        (only(&reading).unit_name.as_ref().map(|unit| unit.value.clone()), said)
    }

    #[test]
    fn the_letter_says_whose_the_figures_are_and_of_which_month() {
        let text = |words: &str| Some(CellContent::Text(words.to_owned()));
        let letter = "UBND XÃ TIÊN MINH\nV/v báo cáo kết quả Đề án 06";
        assert_eq!(read(letter), (text("UBND XÃ TIÊN MINH"), Vec::new()));
        assert_eq!(read("Kính gửi: Công an huyện"), (None, Vec::new()));
        let title = "BÁO CÁO KẾT QUẢ THÁNG 2 NĂM 2024";
        assert_eq!(read(&format!("{letter}\n{title}")).1, [title]);
        let plan = "KẾ HOẠCH THÁNG 4 NĂM 2024";
        assert_eq!(read(&format!("{letter}\n{plan}")).1, Vec::<String>::new());
        let days = "Xã gửi số liệu kỳ từ 15/01/2024 đến 14/02/2024 (có biểu kèm theo).";
        assert_eq!(read(&format!("{letter}\n{days}")).1, [days]);
        let days = "Xã gửi số liệu kỳ từ 15/02/2024 đến 14/3/2024";
        assert_eq!(read(&format!("{letter}\n{days}")).1, Vec::<String>::new());
        let month = "Một số chỉ tiêu để nguyên số tháng 02.";
        assert_eq!(read(&format!("{letter}\n{month}")).1, [month]);
        let doubt = "Số liệu trong biểu chưa chốt với Công an xã";
        assert_eq!(read(&format!("{letter}\n{doubt}")).1, [doubt]);
    }

    #[test]
    fn a_cover_may_bear_the_code_of_the_unit() {
        let lines = MAIN
            .replace("UBND XÃ TIÊN MINH", "")
            .replace("Đơn vị báo cáo:|UBND xã Tiên Minh||Mã đơn vị:|'11902", "||||");
        let read = |cover: &str| {
            let reading = read_xlsx(&workbook(&[
                ("Bìa", &|page| put(page, (0, 0), cover)),
                ("Biểu 01", &|page| put(page, (0, 0), &lines)),
            ]));
            let found = only(&reading);
            let code = found.unit_code.as_ref().map(|code| code.value.clone());
            (code, found.unit_name.is_some())
        };
        let code = CellContent::Text("'11902".to_owned());
        let cover = "UBND XÃ TIÊN MINH\nBÁO CÁO\nMã đơn vị:|'11902";
        assert_eq!(read(cover), (Some(code), false));
        assert_eq!(read("BÁO CÁO\nMã đơn vị:|"), (None, false));
    }

    #[test]
    fn a_sentence_above_the_figures_is_a_line_of_a_letter() {
        let read = |above: &str| {
            let title = "BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 THÁNG 3 NĂM 2024\n";
            let lines = MAIN.replace(title, &format!("{title}{above}\n"));
            let reading = read_xlsx(&workbook(&[("Biểu 01", &|page| put(page, (0, 0), &lines))]));
            only(&reading).letters.iter().map(|line| line.words.clone()).collect::<Vec<_>>()
        };
        let sentence = "Kính gửi UBND huyện: trong tháng 3, UBND xã đã tổ chức 4 buổi tuyên truyền";
        assert_eq!(read(sentence), [sentence]);
        assert!(read("Căn cứ Công văn số 25").is_empty());
    }
}

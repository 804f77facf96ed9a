//! A return as its sheets are put together.

use std::collections::BTreeSet;

use super::{
    CellContent, FurtherRow, Located, NAME_OF_SHEET, Notice, NoticeKind, RawReturn, RawValue,
    letters::{LetterLine, Letters},
    matcher::{Field, Matcher},
    repeated::{self, is_of_row},
    sheet::SheetReading,
    sheet_owner::{Identity, PeriodWords, names_time},
    stated_rows::StatedRow,
    withdrawn::year_in,
};
use crate::{
    place::CellRef,
    text::{HashSet, fold},
};

/// A return that is being put together.
#[derive(Debug)]
pub(super) struct Draft {
    /// Place of its first sheet in the workbook.
    pub(super) order: usize,
    /// What its sheets say of themselves.
    pub(super) identity: Identity,
    codes: HashSet<String>,
    title: Option<Located<CellContent>>,
    /// Names of the sheets with figures that say nothing of themselves.
    bare: Vec<String>,
    /// Values of accepted mappings, which never replace what was read without them.
    mapped: Vec<RawValue>,
    content: RawReturn,
}

impl Draft {
    pub(super) fn new(order: usize) -> Self {
        Self {
            order,
            identity: Identity::default(),
            codes: HashSet::default(),
            title: None,
            bare: Vec::new(),
            mapped: Vec::new(),
            content: RawReturn::default(),
        }
    }

    /// Adds a sheet; of a row that was there before the first counts, and none where they differ.
    pub(super) fn add(
        &mut self,
        matcher: &Matcher,
        mut sheet: SheetReading,
        identity: Identity,
        notices: &mut Vec<Notice>,
    ) {
        let index = u16::try_from(self.content.sheets.len()).unwrap_or(u16::MAX);
        let again: BTreeSet<String> = self.codes.intersection(&sheet.codes).cloned().collect();
        self.settle_repeated(index, &again, &mut sheet);
        let withdrawn = std::mem::take(&mut sheet.withdrawn).into_iter();
        self.content.withdrawn.extend(withdrawn.map(|one| one.on_sheet(index)));
        let is_new = |code: &str| !again.iter().any(|row| is_of_row(code, row));
        notices.append(&mut sheet.notices);
        let content = &mut self.content;
        let adds = sheet.values.iter().any(|value| is_new(&value.code));
        if adds && identity.unit.is_none() && identity.period.is_none() {
            self.bare.push(sheet.name.clone());
        }
        let line = |(cell, words)| LetterLine { sheet: sheet.name.clone(), cell, words };
        content.letters.extend(sheet.lines.into_iter().map(line));
        content.sheets.push(sheet.name);
        content.sample |= sheet.sample;
        content.sender =
            content.sender.take().or(sheet.sender.map(|sender| sender.on_sheet(index)));
        for (field, located) in sheet.fields {
            set_field(content, matcher, field, located.on_sheet(index));
        }
        let values = sheet.values.into_iter().filter(|value| is_new(&value.code));
        content.values.extend(values.map(|value| RawValue { sheet: index, ..value }));
        let mapped = sheet.mapped.into_iter();
        self.mapped.extend(mapped.map(|value| RawValue { sheet: index, ..value }));
        let stated = sheet.stated_rows.into_iter();
        content.stated_rows.extend(stated.map(|row| StatedRow { sheet: index, ..row }));
        let spoken = sheet.spoken.into_iter().filter(|(code, _)| is_new(code));
        content.spoken.extend(spoken.map(|(code, words)| (code, words.on_sheet(index))));
        let notes = sheet.notes.into_iter().filter(|(code, _)| is_new(code));
        content.notes.extend(notes.map(|(code, note)| (code, note.on_sheet(index))));
        let details = sheet.details.into_iter();
        content.details.extend(details.map(|detail| super::RawDetail { sheet: index, ..detail }));
        let decoded = sheet.decoded.into_iter();
        content.decoded.extend(decoded.map(|text| text.on_sheet(index)));
        self.codes.extend(std::mem::take(&mut sheet.codes));
        let title = sheet.title.map(|(_, title)| title);
        let title = title.or(sheet.short_title.map(|(_, title)| title));
        let title = title.map(|title| title.on_sheet(index));
        let own = &mut self.identity;
        own.unit = own.unit.take().or(identity.unit);
        let Some(period) = identity.period else {
            self.title = self.title.take().or(title);
            return;
        };
        // A month with its year says more than one without.
        if own.period.as_ref().is_none_or(|known| period.says_more_than(known)) {
            own.period = Some(period);
            self.title = title.or(self.title.take());
        } else {
            self.title = self.title.take().or(title);
        }
    }

    /// Takes what the letters in its workbook say, when its own sheets do not.
    pub(super) fn take_letters(&mut self, letters: &Letters, notices: &mut Vec<Notice>) {
        notices.extend(letters.doubts(self.identity.period.as_ref()));
        self.content.letters.extend(letters.lines());
        let content = &mut self.content;
        if self.identity.unit.is_some() || content.unit_name.is_some() {
            return;
        }
        let mut take = |sheet: &str, said: &Located<CellContent>| {
            let index = u16::try_from(content.sheets.len()).unwrap_or(u16::MAX);
            content.sheets.push(sheet.to_owned());
            Some(said.clone().on_sheet(index))
        };
        if let Some((sheet, unit)) = letters.unit() {
            content.unit_name = take(sheet, unit);
        } else if content.unit_code.is_none()
            && let Some((sheet, code)) = letters.unit_code()
        {
            content.unit_code = take(sheet, code);
        }
    }

    /// Returns a notice for each sheet that says nothing of itself beside others that name a month.
    pub(super) fn sheets_without_month(&self) -> impl Iterator<Item = Notice> {
        let is_told = self.content.sheets.len() > self.bare.len() && self.identity.period.is_some();
        let kind = NoticeKind::SheetWithoutMonth;
        let notice = move |name: &String| Notice {
            sheet: Some(name.clone()),
            cell: None,
            kind: kind.clone(),
        };
        self.bare.iter().filter(move |_| is_told).map(notice)
    }

    /// Settles what becomes of the rows that stand in a further sheet again.
    fn settle_repeated(&mut self, index: u16, again: &BTreeSet<String>, sheet: &mut SheetReading) {
        let own = std::mem::take(&mut sheet.repeated).into_iter();
        let own: Vec<FurtherRow> = own.map(|row| row.on_sheet(index)).collect();
        let content = &mut self.content;
        for code in again {
            if own.iter().any(|row| row.differs && row.code == *code) {
                // The sheet contradicts itself, so that none of its rows can confirm the first.
                content.values.retain(|value| !is_of_row(&value.code, code));
                content.notes.retain(|(known, _)| known != code);
                continue;
            }
            let of_row = sheet.values.iter().filter(|value| is_of_row(&value.code, code));
            let further: Vec<RawValue> =
                of_row.map(|value| RawValue { sheet: index, ..value.clone() }).collect();
            let Some(cell) = further.first().map(|value| value.cell) else { continue };
            let further = further.into_iter();
            let (values, earlier) = (&mut content.values, &content.repeated);
            let row = repeated::settle(values, earlier, (code, cell), further);
            if row.differs {
                content.notes.retain(|(known, _)| known != code);
            }
            content.repeated.push(FurtherRow { sheet: index, ..row });
        }
        content.repeated.extend(own);
    }

    pub(super) fn finish(mut self, matcher: &Matcher) -> RawReturn {
        repeated::doubt_others(&mut self.content);
        let withdrawn: HashSet<String> = self
            .content
            .withdrawn
            .iter()
            .flat_map(|one| &one.values)
            .map(|value| value.code.clone())
            .collect();
        let mut mapped_codes = HashSet::default();
        for value in std::mem::take(&mut self.mapped) {
            let same =
                |known: &RawValue| known.code == value.code && known.measure == value.measure;
            let is_known = self.content.values.iter().any(same);
            let mut rows = self.content.repeated.iter().filter(|row| row.differs);
            let is_doubtful = rows.any(|row| is_of_row(&value.code, &row.code))
                || withdrawn.contains(&value.code);
            if !is_known && !is_doubtful {
                mapped_codes.insert(value.code.clone());
                self.content.values.push(value);
            }
        }
        let mut codes = [&self.codes, &mapped_codes].into_iter().filter(|codes| !codes.is_empty());
        let codes = codes.next().unwrap_or(&withdrawn);
        self.content.form = form_of(matcher, codes);
        // "Hằng tháng" is no month; then the title says which it is.
        let stated = self.content.period.take();
        let title = self.title.take().or_else(|| self.year());
        self.content.period = match (stated, title) {
            (Some(stated), Some(title)) if !names_time(&stated.value) => Some(title),
            (stated, title) => stated.or(title),
        };
        self.content
    }

    /// Returns the name of the first sheet as what says the period, when it is only a year.
    fn year(&self) -> Option<Located<CellContent>> {
        let Some(PeriodWords::Year(_)) = self.identity.period else { return None };
        let mut sheets = (0_u16..).zip(&self.content.sheets);
        let (sheet, name) = sheets.find(|(_, name)| year_in(&fold(name)).is_some())?;
        Some(Located::name_of_sheet(name).on_sheet(sheet))
    }
}

impl Located<CellContent> {
    /// Returns the name of a sheet as what says the period.
    pub(super) fn name_of_sheet(name: &str) -> Self {
        let value = CellContent::Text(format!("{NAME_OF_SHEET}{}", name.trim()));
        Self { value, sheet: 0, cell: CellRef { row: 0, column: 0 } }
    }
}

impl<T> Located<T> {
    fn on_sheet(self, sheet: u16) -> Self {
        Self { sheet, ..self }
    }
}

/// Sets a field that no earlier sheet has set; an empty one counts as not set.
fn set_field(
    content: &mut RawReturn,
    matcher: &Matcher,
    field: Field,
    located: Located<CellContent>,
) {
    let slot = match field {
        Field::Unit => &mut content.unit_name,
        Field::UnitCode => &mut content.unit_code,
        Field::Period => &mut content.period,
        Field::Submission => &mut content.submission,
        Field::Box(index) => {
            let key = &matcher.boxes[index];
            if content.texts.iter().all(|(known, _)| known != key) {
                content.texts.push((key.clone(), located));
            }
            return;
        }
    };
    if slot.as_ref().is_none_or(|known| known.value == CellContent::Empty) {
        *slot = Some(located);
    }
}

/// Returns the form that has most of the codes; of several the one with the fewest others.
fn form_of(matcher: &Matcher, codes: &HashSet<String>) -> String {
    let mut best: Option<(usize, usize, &str)> = None;
    for (form, rows) in &matcher.forms {
        let found = rows.iter().filter(|code| codes.contains(*code)).count();
        let others = rows.len() - found;
        let better =
            best.is_none_or(|(most, fewest, _)| found > most || (found == most && others < fewest));
        if better {
            best = Some((found, others, form));
        }
    }
    best.map(|(_, _, form)| form.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{
        CellContent,
        samples::{MAIN, put, read_xlsx, workbook},
    };

    #[test]
    fn sheets_without_a_month_are_of_the_one_in_their_name() {
        let title = "BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 THÁNG 3 NĂM 2024";
        let field = "Kỳ báo cáo:|Tháng 3 năm 2024 (từ ngày 15/02/2024 đến hết ngày 14/3/2024)\n";
        let lines = MAIN.replace(title, "BÁO CÁO").replace(field, "");
        let page = |sheet: &mut rust_xlsxwriter::Worksheet| put(sheet, (0, 0), &lines);
        let periods = |names: [&str; 2]| -> Vec<Option<CellContent>> {
            let reading = read_xlsx(&workbook(&[(names[0], &page), (names[1], &page)]));
            reading.returns.into_iter().map(|one| Some(one.period?.value)).collect()
        };
        let named = |name: &str| Some(CellContent::Text(format!("tên trang tính: {name}")));
        assert_eq!(periods(["Tháng 2", "Tháng 3"]), [named("Tháng 2"), named("Tháng 3")]);
        assert_eq!(periods(["T2.2024", "T3.2024"]), [named("T2.2024"), named("T3.2024")]);
        assert_eq!(periods(["T2", "T3"]), [None], "of thôn 2 and 3, as may be");
    }
}

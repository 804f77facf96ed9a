//! Indicators that stand in two rows of a return: one finding for all of a pair of sheets, and what
//! becomes of the figures whose rows differ. Which row is right is never decided here.

use std::collections::BTreeMap;

use super::{Finding, Observation, codes, header::shown, layout::FormLayout};
use crate::{
    ingest::{FurtherRow, RawReturn, RawValue},
    place::{CellRef, Place},
    text,
};

/// So many indicators are named with their cells; of more the number is said.
const MOST_LISTED: usize = 3;

/// Rows that stand in one sheet, or in the same two.
struct Group<'a> {
    sheets: (u16, u16),
    differs: bool,
    rows: Vec<&'a FurtherRow>,
}

/// Returns the findings about the rows of a return that stand twice; where rows of two sheets differ,
/// those that do not follow from them.
pub(super) fn findings(path: &str, raw: &RawReturn) -> Vec<Finding> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for row in &raw.repeated {
        let first = row.first.first().map_or(row.sheet, |value| value.sheet);
        let (sheets, differs) = ((first, row.sheet), row.differs);
        match groups.iter_mut().find(|one| one.sheets == sheets && one.differs == differs) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { sheets, differs, rows: vec![row] }),
        }
    }
    groups.sort_by_key(|group| !group.differs);
    let mut leaders: BTreeMap<(u16, u16), String> = BTreeMap::new();
    let mut findings = Vec::with_capacity(groups.len());
    for group in &groups {
        let mut finding = group.finding(path, raw);
        if group.differs {
            leaders.insert(group.sheets, finding.reference());
        } else {
            finding.cause = leaders.get(&group.sheets).cloned();
        }
        findings.push(finding);
    }
    findings
}

/// Returns the observations of the figures whose rows differ, by position in the layout; both numbers
/// stand in them as they are written.
pub(super) fn contradicted(layout: &FormLayout, raw: &RawReturn) -> BTreeMap<usize, Observation> {
    let mut found: BTreeMap<usize, Observation> = BTreeMap::new();
    for row in raw.repeated.iter().filter(|row| row.differs) {
        for value in row.first.iter().chain(&row.further) {
            let Some((position, observation)) = layout.dropped(value) else { continue };
            let words = shown(&value.content);
            let known = found.entry(position).or_insert(observation);
            let before = known.raw.take();
            known.raw = match before {
                Some(before) if !before.split(" / ").any(|one| one == words) => {
                    Some(format!("{before} / {words}").into())
                }
                Some(before) => Some(before),
                None => (!words.is_empty()).then(|| words.into()),
            };
        }
    }
    found
}

impl Group<'_> {
    fn finding(&self, path: &str, raw: &RawReturn) -> Finding {
        let code = if self.differs { &codes::ROWS_DIFFER } else { &codes::REPEATED_ROW };
        let (message, hint) = match self.rows.as_slice() {
            [only] => self.of_one(raw, only),
            _ => self.of_many(raw),
        };
        let mut finding = code.finding(message).found(self.codes()).hint(hint);
        finding.indicator = self.rows.first().map(|row| row.code.clone());
        let sheet = |index: u16| raw.sheets.get(usize::from(index)).cloned();
        let place =
            |index, cell| Place { file: path.to_owned(), sheet: sheet(index), cell: Some(cell) };
        for row in &self.rows {
            finding.places.push(place(row.sheet, row.cell));
            finding.places.extend(counterpart(row).map(|first| place(first.sheet, first.cell)));
        }
        finding
    }

    fn of_one(&self, raw: &RawReturn, row: &FurtherRow) -> (String, &'static str) {
        let code = &row.code;
        if !self.differs {
            let message = format!("Chỉ tiêu {code} ghi hai lần; dòng đầu được tính.");
            return (message, "Đề nghị bỏ dòng thừa hoặc xác nhận dòng đúng.");
        }
        let sheets =
            if self.is_one_sheet() { String::new() } else { format!(", {}", self.places(raw)) };
        let message = format!(
            "Chỉ tiêu {code} ghi ở nhiều dòng với số khác nhau{sheets} ({}); không rõ dòng nào đúng nên \
             không được tính.",
            cells(row)
        );
        (message, "Đề nghị chỉ giữ dòng ghi số của kỳ báo cáo rồi gửi lại.")
    }

    fn of_many(&self, raw: &RawReturn) -> (String, &'static str) {
        let (count, places) = (text::format_count(self.rows.len()), self.places(raw));
        if !self.differs {
            let codes = self.codes();
            let message = format!(
                "{count} chỉ tiêu ghi hai nơi với cùng số, {places}: {codes}; dòng đầu được tính."
            );
            return (message, "Đề nghị bỏ bảng thừa hoặc xác nhận bảng đúng.");
        }
        let listed = self.rows.iter().map(|row| format!("{} ({})", row.code, cells(row)));
        let message = format!(
            "{count} chỉ tiêu ghi hai nơi với số khác nhau, {places}: {}; không rõ nơi nào đúng nên không \
             được tính.",
            list(listed.collect())
        );
        (message, "Đề nghị chỉ giữ bảng ghi số của kỳ báo cáo rồi gửi lại.")
    }

    fn is_one_sheet(&self) -> bool {
        self.sheets.0 == self.sheets.1
    }

    fn codes(&self) -> String {
        list(self.rows.iter().map(|row| row.code.clone()).collect())
    }

    /// Returns `trang “Biểu 01” (dòng 17–70) và trang “Biểu 01 (2)” (dòng 17–70)`.
    fn places(&self, raw: &RawReturn) -> String {
        let firsts = self.rows.iter().filter_map(|row| counterpart(row)).map(|first| first.cell);
        let (first, further) = (lines(firsts), lines(self.rows.iter().map(|row| row.cell)));
        let sheet = |index: u16| {
            let name = raw.sheets.get(usize::from(index)).map_or("", |name| name.trim());
            format!("trang “{name}”")
        };
        if self.is_one_sheet() {
            return format!("{first} và {further} của {}", sheet(self.sheets.0));
        }
        format!("{} ({first}) và {} ({further})", sheet(self.sheets.0), sheet(self.sheets.1))
    }
}

/// Returns the value of the first row that stands against the cell of a further row.
fn counterpart(row: &FurtherRow) -> Option<&RawValue> {
    let value = value_at_cell(row);
    let same = |first: &&RawValue| value.is_some_and(|value| value.code == first.code);
    row.first.iter().find(same).or(row.first.first())
}

fn value_at_cell(row: &FurtherRow) -> Option<&RawValue> {
    row.further.iter().find(|value| value.cell == row.cell)
}

/// Returns `ô F17 ghi 2, ô F80 ghi 3`.
fn cells(row: &FurtherRow) -> String {
    let says = |value: &RawValue| match shown(&value.content) {
        words if words.is_empty() => format!("ô {} để trống", value.cell),
        words => format!("ô {} ghi {words}", value.cell),
    };
    let both = counterpart(row).into_iter().chain(value_at_cell(row));
    both.map(says).collect::<Vec<_>>().join(", ")
}

/// Returns `dòng 17–70`.
fn lines(cells: impl Iterator<Item = CellRef>) -> String {
    let rows: Vec<u32> = cells.map(|cell| cell.row + 1).collect();
    match (rows.iter().min(), rows.iter().max()) {
        (Some(first), Some(last)) if first == last => format!("dòng {first}"),
        (Some(first), Some(last)) => format!("dòng {first}–{last}"),
        _ => "dòng trước".to_owned(),
    }
}

/// Lists the first few of what there is.
fn list(mut words: Vec<String>) -> String {
    let more = words.len().saturating_sub(MOST_LISTED);
    if more < 2 {
        return words.join(", ");
    }
    words.truncate(MOST_LISTED);
    format!("{} và {} chỉ tiêu khác", words.join(", "), text::format_count(more))
}

#[cfg(test)]
mod tests {
    use super::super::{
        Batch, Intake, SideFiles,
        sample::{SampleReturn, commune, history, templates},
        validate,
    };
    use crate::{
        ingest::{CellContent, FurtherRow, RawValue},
        template::Measure,
    };

    /// Puts rows of a second sheet that differ by one, or do not, against those of the first.
    fn twice(sample: SampleReturn, codes: &[&str], more: f64) -> SampleReturn {
        sample.head(|raw| {
            raw.sheets.push("Biểu 01 (2)".to_owned());
            for code in codes {
                let is_main = |one: &&RawValue| one.code == *code && one.measure == Measure::Value;
                let first = raw.values.iter().find(is_main).unwrap().clone();
                let CellContent::Number(number) = first.content else { panic!("{code}") };
                let content = CellContent::Number(number + more);
                let further = RawValue { sheet: 2, content, ..first.clone() };
                let (cell, differs) = (further.cell, more > 0.0);
                if differs {
                    raw.values.retain(|value| value.code != *code);
                }
                let (first, further) = (vec![first], vec![further]);
                let code = (*code).to_owned();
                raw.repeated.push(FurtherRow { code, first, further, sheet: 2, cell, differs });
            }
        })
    }

    fn run(sample: SampleReturn) -> Batch {
        let files = [sample.file("2024-03/Tien Minh T3.xlsx")];
        let side_files = &SideFiles::default();
        let intake = Intake { files: &files, side_files };
        validate(templates(), "2024-03".parse().unwrap(), intake, &history("tien-minh"))
    }

    #[test]
    fn a_form_that_stands_twice_is_one_point() {
        let codes = ["A01", "A02", "A03", "A04", "A05", "B08"];
        let batch = run(twice(twice(commune("tien-minh"), &codes, 1.0), &["A11", "B07"], 0.0));
        let own = batch.findings.iter().filter(|one| one.unit.as_deref() == Some("tien-minh"));
        let own: Vec<_> = own.collect();
        let [leader, same] = own.as_slice() else { panic!("{own:#?}") };
        assert_eq!((leader.code.as_str(), same.code.as_str()), ("DA06-T56", "DA06-T15"));
        assert_eq!(same.cause, Some(leader.reference()));
        expect_test::expect![[r"
            06 chỉ tiêu ghi hai nơi với số khác nhau, trang “Biểu 01” (dòng 21–54) và trang “Biểu 01 (2)” (dòng 21–54): A01 (ô F21 ghi 2, ô F21 ghi 3), A02 (ô F22 ghi 4, ô F22 ghi 5), A03 (ô F23 ghi 300, ô F23 ghi 301) và 03 chỉ tiêu khác; không rõ nơi nào đúng nên không được tính."]]
        .assert_eq(&leader.message);
        assert_eq!(leader.places.len(), 12, "each cell keeps its link");
        for code in codes {
            let indicator = templates().indicators.find(code).unwrap();
            let is_it = |one: &&super::Observation| {
                one.indicator == indicator && one.measure == Measure::Value
            };
            let observation = batch.returns[0].observations.iter().find(is_it).unwrap();
            assert_eq!(observation.state, super::super::State::Unusable, "{code}");
        }
    }

    #[test]
    fn one_row_that_stands_twice_is_said_with_both_cells() {
        let batch = run(twice(commune("tien-minh"), &["A01"], 1.0));
        let found = batch.findings.iter().find(|one| one.code == "DA06-T56").unwrap();
        let words = "Chỉ tiêu A01 ghi ở nhiều dòng với số khác nhau, trang “Biểu 01” (dòng 21) và trang \
                     “Biểu 01 (2)” (dòng 21) (ô F21 ghi 2, ô F21 ghi 3); không rõ dòng nào đúng nên \
                     không được tính.";
        assert_eq!(found.message, words);
        let raw = batch.returns[0].observations.iter().find_map(|one| one.raw.as_deref());
        assert_eq!(raw, Some("2 / 3"));
    }
}

//! Numbers that stand under the right head and mean something else: thousands, a part of the unit, a
//! plan, more than the period. They are kept apart with what says so; nothing is converted.

mod doubts;
mod near;
mod parts;
mod plans;
mod remarks;
mod row_notes;
mod rows;
mod scales;
mod side_heads;
mod times;
mod title;
mod words;

use serde::{Deserialize, Serialize};

pub(super) use self::scales::has_scale;
use self::scales::names_unit;
pub(super) use self::{
    doubts::{is_doubtful, is_doubtful_group, is_name_of_draft, is_other_signer},
    near::{Asked, is_doubt},
    parts::{counts_parts, names_part},
    remarks::{Note, Remarks, TitleMemo, is_named_plan, note_against, of_group, says_stocks},
    row_notes::is_doubtful_note,
    side_heads::{heads_of_sums, is_compared, is_doubtful_head, is_of_corrections, is_side_head},
    times::{is_of_more, is_of_period, names_month, year_in},
    words::{in_brackets, is_otherwise, is_title, is_title_of_plan},
};
use super::{
    CellContent, RawValue,
    grid::Grid,
    header::ValueHeader,
    matcher::{Matcher, PartWords},
    sheet::SheetReading,
};
use crate::{place::CellRef, template::Measure, text::fold};

/// Values that do not count, with what says that they mean something else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// What they seem to be.
    pub why: Withdrawal,
    /// The words that say so.
    pub words: String,
    /// Index of the sheet in the return.
    pub sheet: u16,
    /// Where the words stand; nothing for the name of the sheet.
    pub cell: Option<CellRef>,
    /// The values of the period.
    pub values: Vec<RawValue>,
}

/// What numbers seem to be that are not the figures of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Withdrawal {
    /// Counted in thousands, per cent or another unit of time.
    UnitOfCount,
    /// Of a quarter, or summed up since the beginning of the year.
    Span,
    /// Planned.
    Plan,
    /// Of a thôn.
    Part,
    /// The increase of a stock that another column may hold.
    Increase,
    /// Stocks under the title of flows.
    UnderFlows,
    /// Of the row above or below.
    Moved,
    /// Said to be another number by a note in the row.
    Corrected,
    /// Named otherwise than their code: "chưa kích hoạt".
    OtherName,
}

/// What speaks against the numbers of a table, or against one of them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Objection {
    why: Withdrawal,
    words: String,
    cell: Option<CellRef>,
}

impl Objection {
    /// Returns what a cell says by what stands in it.
    pub(super) fn of_cell(why: Withdrawal, words: String, cell: CellRef) -> Self {
        Self { why, words, cell: Some(cell) }
    }
}

/// What speaks against the numbers of a whole table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Objections {
    /// Against all of them.
    all: Option<Objection>,
    /// Against its flows.
    flows: Option<Objection>,
    /// Against its stocks.
    stocks: Option<Objection>,
}

impl Objections {
    /// Returns what speaks against the numbers of a part that holds stocks, or flows.
    pub(in crate::ingest) fn to(&self, part: &PartWords) -> Option<&Objection> {
        let of_kind = if part.stock { &self.stocks } else { &self.flows };
        self.all.as_ref().or(of_kind.as_ref())
    }

    /// Returns what speaks against a value.
    pub(in crate::ingest) fn to_value(&self, value: &RawValue) -> Option<&Objection> {
        let of_kind = if value.part_is_stock { &self.stocks } else { &self.flows };
        self.all.as_ref().or(of_kind.as_ref())
    }
}

impl SheetReading {
    /// Returns what speaks against the numbers of the table whose head begins in a row.
    pub(in crate::ingest) fn objections(&self, place: (&Matcher, &Grid), row: u32) -> Objections {
        self.remarks.of_table(place, row, (&self.name, self.month()))
    }

    /// Notes in the head of a table what speaks against its numbers.
    pub(in crate::ingest) fn object(
        &mut self,
        (matcher, grid): (&Matcher, &Grid),
        row: u32,
        header: &mut ValueHeader,
    ) {
        let mut cells = (header.first_row..=header.last_row).flat_map(|row| grid.row(row));
        header.heads_name_units = cells.any(|(_, content)| match content {
            CellContent::Text(words) => names_unit(&fold(words)),
            _ => false,
        });
        let words = |cell: &CellRef| match grid.at(cell.row, cell.column) {
            CellContent::Text(words) => words.clone(),
            _ => String::new(),
        };
        self.doubts.extend(header.doubtful.iter().map(|cell| (*cell, words(cell))));
        header.objections = self.objections((matcher, grid), row);
        let of_units =
            header.unit_column.map(|column| (header.first_row..=header.last_row, column));
        let of_units =
            of_units.into_iter().flat_map(|(rows, column)| rows.map(move |row| (row, column)));
        for (row, column) in of_units {
            header.take_scale(grid, CellRef { row, column });
        }
        let columns = || header.parts.iter().flat_map(|part| &part.columns);
        let has_head = |says: &dyn Fn(&str) -> bool| {
            columns().any(|(column, _)| match grid.seen(header.last_row, *column) {
                CellContent::Text(words) => says(&fold(words)),
                _ => false,
            })
        };
        let (is_of_stocks, says_period) = (has_head(&says_stocks), has_head(&is_of_period));
        if is_of_stocks {
            header.objections.stocks = None;
        }
        if let Some(said) = self.remarks.year_to_day().filter(|_| !says_period) {
            header.objections.flows.get_or_insert_with(|| said.clone());
        }
    }

    /// Keeps values apart.
    pub(in crate::ingest) fn withdraw(
        &mut self,
        objection: &Objection,
        values: impl Iterator<Item = RawValue>,
    ) {
        withdraw(&mut self.withdrawn, objection, values);
    }

    /// Keeps the value of a unit apart.
    pub(in crate::ingest) fn withdraw_of_unit(
        &mut self,
        unit: usize,
        objection: &Objection,
        value: RawValue,
    ) {
        let Some(unit) = self.units.get_mut(unit) else { return };
        withdraw(&mut unit.withdrawn, objection, std::iter::once(value));
    }
}

impl ValueHeader {
    /// Takes a head that says of all numbers of the table that they are many of one: "ĐVT (nghìn)". Returns
    /// whether it does.
    pub(in crate::ingest) fn take_scale(&mut self, grid: &Grid, cell: CellRef) -> bool {
        let says_so = match grid.at(cell.row, cell.column) {
            CellContent::Text(words) => has_scale(&fold(words)),
            _ => false,
        };
        if says_so {
            let said = || objection(Withdrawal::UnitOfCount, grid, cell);
            self.objections.all.get_or_insert_with(said);
        }
        says_so
    }
}

fn withdraw(
    all: &mut Vec<Withdrawn>,
    objection: &Objection,
    values: impl Iterator<Item = RawValue>,
) {
    let values = values
        .filter(|value| value.measure == Measure::Value && value.content != CellContent::Empty);
    let same =
        |known: &&mut Withdrawn| known.why == objection.why && known.words == objection.words;
    if let Some(known) = all.iter_mut().find(same) {
        known.values.extend(values);
        return;
    }
    let Objection { why, words, cell } = objection.clone();
    all.push(Withdrawn { why, words, sheet: 0, cell, values: values.collect() });
}

impl Withdrawn {
    /// Returns it with its sheet in the return.
    pub(in crate::ingest) fn on_sheet(mut self, sheet: u16) -> Self {
        self.sheet = sheet;
        for value in &mut self.values {
            value.sheet = sheet;
        }
        self
    }
}

fn objection(why: Withdrawal, grid: &Grid, cell: CellRef) -> Objection {
    let words = match grid.seen(cell.row, cell.column) {
        CellContent::Text(words) => words.clone(),
        _ => String::new(),
    };
    Objection::of_cell(why, words, cell)
}

#[cfg(test)]
mod tests {
    use super::{
        super::samples::{MAIN, only, put, read_xlsx, workbook},
        *,
    };

    /// Reads the usual form with other words in it; returns what was withdrawn and what was read of a
    /// flow, A01, and of a stock, B06.
    fn read(sheet: &str, changes: &[(&str, &str)]) -> (Vec<Withdrawal>, bool, bool) {
        let lines = changes.iter().fold(MAIN.to_owned(), |lines, (from, to)| {
            assert!(lines.contains(from), "{from}");
            lines.replace(from, to)
        });
        let reading = read_xlsx(&workbook(&[(sheet, &|page| put(page, (0, 0), &lines))]));
        let found = only(&reading);
        let has = |code: &str| {
            found.values.iter().any(|one| one.code == code && one.measure == Measure::Value)
        };
        (found.withdrawn.iter().map(|one| one.why).collect(), has("A01"), has("B06"))
    }

    /// Take the month out of the field of the period and out of the title.
    const NO_MONTH: [(&str, &str); 2] = [
        (
            "Kỳ báo cáo:|Tháng 3 năm 2024 (từ ngày 15/02/2024 đến hết ngày 14/3/2024)",
            "Số liệu của huyện|",
        ),
        ("ĐỀ ÁN 06 THÁNG 3 NĂM 2024", "ĐỀ ÁN 06"),
    ];

    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [Withdrawal], bool, bool);

    #[test]
    fn numbers_that_mean_something_else_are_kept_apart() {
        use Withdrawal::{Part, Plan, Span, UnitOfCount};
        let [of_none, of_none_either] = NO_MONTH;
        let flows = "Phần 1. Số phát sinh trong kỳ";
        let other_span = "Phần 1. Số phát sinh (từ 15/12/2023 đến 14/3/2024)";
        let title = "BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 THÁNG 3 NĂM 2024";
        let plan = "KẾ HOẠCH TRIỂN KHAI THỰC HIỆN ĐỀ ÁN 06 THÁNG 3 NĂM 2024";
        let months = "SƠ KẾT TỪ THÁNG 01 ĐẾN THÁNG 3 NĂM 2024";
        let cases: [Case<'_>; 25] = [
            ("Biểu 01", &[], &[], true, true),
            ("Biểu 01", &[("|văn bản|2", "|nghìn văn bản|2")], &[UnitOfCount], false, true),
            ("Biểu 01", &[(flows, "Đơn vị tính: nghìn")], &[UnitOfCount], false, false),
            ("Biểu 01", &[("|Trong kỳ|", "|Trong kỳ (%)|")], &[UnitOfCount], false, true),
            ("Biểu 01", &[("|văn bản|2", "|công văn|2")], &[], true, true),
            ("Biểu 01", &[(flows, "I. Ước thực hiện tháng 3")], &[Plan], false, true),
            ("Biểu 01", &[(flows, "I. Dự kiến thực hiện")], &[Plan], false, true),
            ("Biểu 01", &[(flows, "Nội dung đăng ký")], &[Plan], false, true),
            ("Biểu 01", &[(flows, other_span)], &[Span], false, true),
            ("Biểu 01", &[(flows, "I. Kết quả năm 2023")], &[Span], false, true),
            ("Biểu 01", &[(flows, "III. Kết quả của Trường THCS")], &[Part], false, true),
            ("Biểu 01", &[(title, plan)], &[Plan], false, false),
            ("Biểu 01", &[(title, months)], &[Span], false, true),
            ("Biểu 01", &[(title, "LŨY KẾ TỪ ĐẦU NĂM ĐẾN NGÀY 14/3/2024")], &[Span], false, true),
            ("Ước T3", &[], &[Plan], false, false),
            ("Dự kiến", &[], &[Plan], false, false),
            ("Đăng ký", &[], &[Plan], false, false),
            ("Biểu 01", &[(flows, "Lũy kế từ đầu năm")], &[Span], false, true),
            ("Biểu 01", &[(flows, "Kế hoạch tháng 4")], &[Plan], false, true),
            ("Biểu 01", &[(flows, "Kết quả thực hiện kế hoạch")], &[], true, true),
            ("Quý I", &[], &[Span], false, true),
            ("Quý II", &[], &[Span], false, false),
            (
                "Biểu 01",
                &[(flows, "Quý I năm 2024"), of_none, of_none_either],
                &[Span],
                false,
                false,
            ),
            ("Thôn Đông", &[], &[Part], false, false),
            (
                "Biểu 01",
                &[("Lần gửi:|1|||SỐ LIỆU MẪU", "Báo cáo của thôn Đông")],
                &[Part],
                false,
                false,
            ),
        ];
        for (sheet, changes, expected, flow, stock) in cases {
            assert_eq!(
                read(sheet, changes),
                (expected.to_vec(), flow, stock),
                "{sheet} {changes:?}"
            );
        }
    }

    #[test]
    fn a_heading_among_the_rows_speaks_of_those_below_it() {
        let row = "2|A02|";
        for (heading, next, expected) in [
            ("|II. Kế hoạch tháng 4", "", &[Withdrawal::Plan][..]),
            ("II|Kế hoạch tháng 4", "", &[Withdrawal::Plan]),
            ("|Thôn Đông", "", &[Withdrawal::Part]),
            ("|Tháng 2", "", &[Withdrawal::Span]),
            ("|II. Lũy kế từ đầu năm", "", &[Withdrawal::Span]),
            ("|II. Kế hoạch tháng 4", "|III. Kết quả\n", &[]),
            ("|II. Kế hoạch, văn bản", "", &[]),
            ("|II. Tuyên truyền tháng 3", "", &[]),
        ] {
            let (found, first, _) = read("Biểu 01", &[(row, &format!("{heading}\n{next}{row}"))]);
            assert_eq!(found, expected, "{heading}");
            assert!(first, "the row above it");
        }
    }

    #[test]
    fn a_plan_beside_the_figures_takes_nothing_away() {
        let plan =
            "Kế hoạch tháng 4\nSTT|Mã|Chỉ tiêu|Trong kỳ\n1|A01|Số văn bản chỉ đạo|77\n\nPhần 1";
        let lines = MAIN.replace("Phần 1", plan);
        let reading = read_xlsx(&workbook(&[("Biểu 01", &|page| put(page, (0, 0), &lines))]));
        let found = only(&reading);
        let is_it = |one: &&RawValue| one.code == "A01" && one.measure == Measure::Value;
        let figure = found.values.iter().find(is_it).map(|one| one.content.clone());
        assert_eq!(figure, Some(CellContent::Number(3.0)));
        assert_eq!((found.withdrawn.len(), found.repeated.len()), (1, 0));
    }

    #[test]
    fn the_increase_of_a_stock_beside_its_sum_is_kept_apart() {
        let head = "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n";
        for (sum, expected) in [("4100", 1), ("12", 0), ("", 0)] {
            let lines = format!(
                "{head}Mã|Chỉ tiêu|Tháng 3|Từ đầu năm\nA01|Số văn bản chỉ đạo|3|7\n\
                 B06|Tài khoản mức 1 hiện có|12|{sum}"
            );
            let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
            let found = only(&reading);
            assert_eq!(found.withdrawn.len(), expected, "{sum}: {found:?}");
        }
    }
}

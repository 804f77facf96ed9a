//! The form of a commune as people bend it: which columns, in which order, under which heads, with
//! which rows and words. Layouts that are no bent form are in `others`.

use super::{
    facts::{Indicator, Unit},
    paper::{Cell, Paper, number, text},
};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Ordinal,
    Code,
    Name,
    UnitOfCount,
    Previous,
    Value,
    Note,
    /// A column of the unit's own, with numbers.
    Own,
    Nothing,
}

/// What is done to the rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    AsPrinted,
    Reversed,
    Stirred,
    Half,
    WithBlanks,
    WithSections,
    WithTotals,
    WithOwn,
    HeadRepeated,
}

/// Where the unit and the month stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    Labelled,
    FarRight,
    OneCell,
    OnlyTitle,
    DateCell,
}

/// How many rows the head of a table has, and how they are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    One,
    Two,
    Three,
    WithNumbers,
}

/// A bent form.
#[derive(Clone)]
pub struct Style {
    pub flows: Vec<(Holds, &'static str)>,
    pub stocks: Vec<(Holds, &'static str)>,
    pub at: (u32, u16),
    pub rows: Rows,
    pub fields: Fields,
    pub head: Head,
    pub code: fn(&Indicator) -> String,
    pub name: fn(&Indicator) -> String,
    pub value: fn(&Indicator, i64) -> Cell,
    pub sheets: bool,
}

use Holds::{Code, Name, Note, Ordinal, Previous, UnitOfCount, Value};

impl Default for Style {
    fn default() -> Self {
        let columns = |previous, value| {
            vec![
                (Ordinal, "STT"),
                (Code, "Mã"),
                (Name, "Chỉ tiêu"),
                (UnitOfCount, "ĐVT"),
                (Previous, previous),
                (Value, value),
                (Note, "Ghi chú (giải trình)"),
            ]
        };
        Self {
            flows: columns("Kỳ trước", "Trong kỳ"),
            stocks: columns("Đến hết 14/02", "Đến hết 14/3"),
            at: (0, 0),
            rows: Rows::AsPrinted,
            fields: Fields::Labelled,
            head: Head::One,
            code: |indicator| indicator.code.clone(),
            name: |indicator| indicator.name.clone(),
            value: |_, value| number(value),
            sheets: false,
        }
    }
}

impl Style {
    /// Returns the style with other columns in both parts.
    pub fn columns(flows: &[(Holds, &'static str)], stocks: &[(Holds, &'static str)]) -> Self {
        Self { flows: flows.to_vec(), stocks: stocks.to_vec(), ..Self::default() }
    }

    /// Returns the sheets of a commune; utilities are left out.
    pub fn papers(&self, unit: &Unit, indicators: &[Indicator]) -> Vec<Paper> {
        let part = |stock| indicators.iter().filter(move |one| !one.tick && one.stock == stock);
        let mut paper = Paper::new("Biểu 01");
        paper.next = self.at.0;
        self.head_of_form(&mut paper, unit);
        self.table(&mut paper, "Phần 1. Số phát sinh trong kỳ", unit, part(false).collect());
        let mut papers = Vec::new();
        if self.sheets {
            papers.push(std::mem::replace(&mut paper, Paper::new("Phần 2")));
        }
        self.table(
            &mut paper,
            "Phần 2. Số lũy kế đến hết ngày 14/3/2024",
            unit,
            part(true).collect(),
        );
        self.foot(&mut paper);
        papers.push(paper);
        papers
    }

    pub fn head_of_form(&self, paper: &mut Paper, unit: &Unit) {
        let at = self.at.1;
        paper.line(at, "ỦY BAN NHÂN DÂN HUYỆN TIÊN LÃNG");
        paper.line(at, &unit.name.to_uppercase());
        let title = "KẾT QUẢ TRIỂN KHAI THỰC HIỆN ĐỀ ÁN 06 VÀ ỨNG DỤNG VNeID";
        paper.line(at, if self.fields == Fields::OnlyTitle { "BÁO CÁO" } else { title });
        let month = "Tháng 3 năm 2024";
        match self.fields {
            Fields::Labelled => {
                paper.row(at, [Some(text("Đơn vị báo cáo:")), Some(text(&unit.name))]);
                paper.row(at, [Some(text("Kỳ báo cáo:")), Some(text(month))]);
            }
            Fields::FarRight => {
                let far = |label: &str, words: &str| {
                    [Some(text(label)), None, None, None, None, Some(text(words))]
                };
                paper.row(at, far("Đơn vị", &unit.name));
                paper.row(at, far("Kỳ báo cáo", "T3/2024"));
            }
            Fields::OneCell => {
                paper.line(at, &format!("Đơn vị báo cáo: {}", unit.name));
                paper.line(at, &format!("Kỳ báo cáo: {month}"));
            }
            Fields::OnlyTitle => {
                paper.line(at, &format!("Kết quả thực hiện Đề án 06 {}", month.to_lowercase()));
            }
            Fields::DateCell => {
                paper.row(at, [Some(text("Tên đơn vị")), Some(text(&unit.name))]);
                paper.row(at, [Some(text("Tháng báo cáo")), Some(text("03/2024"))]);
            }
        }
        paper.blank();
    }

    pub fn foot(&self, paper: &mut Paper) {
        paper.blank();
        paper.row(self.at.1, [Some(text("NGƯỜI LẬP BIỂU")), None, None, Some(text("CHỦ TỊCH"))]);
    }

    fn table(&self, paper: &mut Paper, title: &str, unit: &Unit, mut rows: Vec<&Indicator>) {
        let columns = if rows.iter().any(|row| row.stock) { &self.stocks } else { &self.flows };
        match self.rows {
            Rows::Reversed => rows.reverse(),
            Rows::Stirred => rows.sort_by_key(|row| row.name.chars().rev().collect::<String>()),
            Rows::Half => rows.truncate(rows.len() / 2),
            _ => {}
        }
        paper.line(self.at.1, title);
        self.heads(paper, columns);
        for (position, indicator) in rows.iter().enumerate() {
            self.between(paper, columns, position);
            let cells =
                columns.iter().map(|(holds, _)| self.cell(*holds, position, indicator, unit));
            paper.row(self.at.1, cells.collect::<Vec<_>>());
        }
    }

    /// Puts what stands between two rows of indicators.
    fn between(&self, paper: &mut Paper, columns: &[(Holds, &str)], position: usize) {
        let words = |words: &'static str, value: i64| {
            move |(holds, _): &(Holds, &str)| match holds {
                Name => Some(text(words)),
                Value | Previous => Some(number(value)),
                _ => None,
            }
        };
        match self.rows {
            Rows::WithBlanks if position % 4 == 3 => paper.blank(),
            Rows::WithSections if position.is_multiple_of(6) => {
                paper.row(self.at.1, [Some(text("I")), None, Some(text("Nhóm chỉ tiêu"))]);
            }
            Rows::WithTotals if position % 7 == 6 => {
                let cells = columns.iter().map(words("Tổng cộng", 4_321));
                paper.row(self.at.1, cells.collect::<Vec<_>>());
            }
            Rows::WithOwn if position % 5 == 2 => {
                let cells = columns.iter().map(words("Số liệu theo dõi riêng của xã", 77));
                paper.row(self.at.1, cells.collect::<Vec<_>>());
            }
            Rows::HeadRepeated if position == 12 => self.heads(paper, columns),
            _ => {}
        }
    }

    fn heads(&self, paper: &mut Paper, columns: &[(Holds, &str)]) {
        let (top, left) = (paper.next, self.at.1);
        let depth = match self.head {
            Head::One | Head::WithNumbers => 1,
            Head::Two => 2,
            Head::Three => 3,
        };
        let is_number = |holds: Holds| matches!(holds, Previous | Value);
        let first = columns.iter().position(|(holds, _)| is_number(*holds)).unwrap_or(0);
        let last = columns.iter().rposition(|(holds, _)| is_number(*holds)).unwrap_or(0);
        for (position, (holds, head)) in columns.iter().enumerate() {
            let column = left + position as u16;
            if depth > 1 && is_number(*holds) {
                paper.put(top + depth - 1, column, text(*head));
            } else {
                paper.put(top, column, text(*head));
                if depth > 1 {
                    paper.merged.push((top, column, top + depth - 1, column));
                }
            }
        }
        if depth > 1 {
            let (first, last) = (left + first as u16, left + last as u16);
            for (row, words) in (top..top + depth - 1).zip(["Kết quả thực hiện", "Số liệu"])
            {
                paper.put(row, first, text(words));
                if last > first {
                    paper.merged.push((row, first, row, last));
                }
            }
        }
        paper.next = top + depth;
        if self.head == Head::WithNumbers {
            let letters = columns.iter().zip(1..).map(|((holds, _), position)| {
                Some(if is_number(*holds) {
                    number(position)
                } else {
                    text(format!("({position})"))
                })
            });
            paper.row(left, letters.collect::<Vec<_>>());
        }
    }

    pub fn cell(
        &self,
        holds: Holds,
        position: usize,
        indicator: &Indicator,
        unit: &Unit,
    ) -> Option<Cell> {
        let figure = |figures: &std::collections::BTreeMap<String, Option<i64>>| {
            figures.get(&indicator.code).copied().flatten()
        };
        match holds {
            Ordinal => Some(number(i64::try_from(position).unwrap() + 1)),
            Code => Some(text((self.code)(indicator))),
            Name => Some(text((self.name)(indicator))),
            UnitOfCount => Some(text(&indicator.unit_of_count)),
            Previous => figure(&unit.previous).map(number),
            Value => figure(&unit.figures).map(|value| (self.value)(indicator, value)),
            Holds::Own => Some(number(999)),
            Note | Holds::Nothing => None,
        }
    }
}

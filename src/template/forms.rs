//! The forms (`bieu-mau.toml`): parts, columns, detail tables, boxes and the words that people use
//! for them.

use serde::{Deserialize, Serialize};

use super::{IndicatorIx, IndicatorKind, Indicators, sha256};

/// What a column of a part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// "Trong kỳ", "Đến hết 14/3", the tick: the value of the period.
    Value,
    /// "Kỳ trước", "Đến hết 14/02" as the unit states it.
    Previous,
    /// "Lũy kế từ đầu năm" as the unit states it.
    YearToDate,
    /// "Tăng, giảm" as the unit states it.
    Change,
}

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    /// "01".
    pub code: String,
    /// "Biểu 01/ĐA06-X".
    pub name: String,
    /// Title in capitals.
    pub title: String,
    /// The parts, in order.
    pub parts: Vec<Part>,
    /// Tables of details: thôn, broadcasts.
    pub details: Vec<DetailTable>,
    /// Boxes of words.
    pub boxes: Vec<BoxField>,
}

/// A part of a form: flows or stocks.
#[derive(Debug, Clone)]
pub struct Part {
    /// "1".
    pub key: String,
    /// "Phần 1. Số phát sinh trong kỳ"; `{tu}`, `{den}` are the full dates, `15/02/2024`.
    pub title: String,
    /// What it holds.
    pub kind: IndicatorKind,
    /// The rows, in order; for a part with a suffixed column, the codes without suffix.
    pub indicators: Vec<IndicatorIx>,
    /// The columns of values, in order.
    pub columns: Vec<FormColumn>,
}

/// A column of values.
#[derive(Debug, Clone)]
pub struct FormColumn {
    /// What it holds.
    pub measure: Measure,
    /// Head as printed, then synonyms; `{den}`, `{den_truoc}` are cut-off dates without the year,
    /// `14/3`, and `{dau_nam}` is the first day of the reporting year, `15/12/2023`.
    pub titles: Vec<String>,
    /// Added to the row's code to give the indicator: "N" makes E01N of row E01.
    pub suffix: Option<String>,
}

/// A table of details.
#[derive(Debug, Clone)]
pub struct DetailTable {
    /// "thon".
    pub key: String,
    /// Title as printed, then synonyms by which it is found.
    pub titles: Vec<String>,
    /// Name of the sheet in our form.
    pub sheet: String,
    /// The columns, in order.
    pub columns: Vec<DetailColumn>,
    /// Rows of the table in a form that is given out, at least.
    pub rows: u32,
    /// Keys of the columns that such a form fills from the unit's last return: names of thôn.
    pub kept: Vec<String>,
}

/// A column of a table of details.
#[derive(Debug, Clone)]
pub struct DetailColumn {
    /// "ten".
    pub key: String,
    /// Head as printed, then synonyms.
    pub titles: Vec<String>,
    /// What the cells hold.
    pub kind: DetailKind,
    /// The indicator to whose value the column adds up.
    pub sums_to: Option<IndicatorIx>,
    /// The indicator whose value the sum of the column may not exceed (people who came to the
    /// thôn teams are only a part of the commune's).
    pub at_most: Option<IndicatorIx>,
}

/// What the cells of a detail column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DetailKind {
    /// Words.
    Text,
    /// A number.
    Number,
    /// A date.
    Date,
}

/// A box of words: difficulties, proposals, the plan's number and date.
#[derive(Debug, Clone)]
pub struct BoxField {
    /// "kho_khan".
    pub key: String,
    /// Label as printed, then synonyms.
    pub labels: Vec<String>,
    /// How much it takes.
    pub kind: BoxKind,
    /// Whether a form that is given out fills it from the unit's last return: the year's plan.
    pub is_kept: bool,
}

/// How much a box takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoxKind {
    /// Several lines.
    Paragraph,
    /// One line, beside its label.
    Line,
    /// A date, beside its label.
    Date,
}

/// The words by which the head of a return is understood, as printed first, then synonyms.
#[derive(Debug, Clone, Default)]
pub struct HeaderLabels {
    /// "Đơn vị báo cáo".
    pub unit: Vec<String>,
    /// "Mã đơn vị".
    pub unit_code: Vec<String>,
    /// "Kỳ báo cáo".
    pub period: Vec<String>,
    /// "Lần gửi".
    pub submission: Vec<String>,
    /// "STT".
    pub ordinal: Vec<String>,
    /// "Mã".
    pub code: Vec<String>,
    /// "Chỉ tiêu".
    pub indicator: Vec<String>,
    /// "ĐVT".
    pub unit_of_count: Vec<String>,
    /// "Ghi chú (giải trình)".
    pub note: Vec<String>,
    /// First words of total rows: "Tổng cộng".
    pub total: Vec<String>,
    /// First words of the sign-off block, which ends tables.
    pub sign_off: Vec<String>,
    /// The mark of sample figures, "SỐ LIỆU MẪU".
    pub sample_mark: Vec<String>,
    /// Texts that mean zero: "-", "không phát sinh".
    pub nothing: Vec<String>,
    /// Texts that mean not available: "…".
    pub not_available: Vec<String>,
    /// Texts that mean not applicable: "x" (in a tick column an "x" is a tick).
    pub not_applicable: Vec<String>,
    /// Texts that mean yes in a tick column.
    pub yes: Vec<String>,
    /// Texts that mean no in a tick column.
    pub no: Vec<String>,
    /// Groups of words that mean one unit of count: "buổi", "cuộc".
    pub same_units: Vec<Vec<String>>,
    /// Words of which heads of values are put together.
    pub composed: ComposedHeads,
    /// Abbreviations with what they stand for.
    pub abbreviations: Vec<(String, String)>,
    /// What is said around tables without saying anything of their figures: "báo cáo", "kết quả".
    pub familiar: Vec<String>,
    /// What is said in notes beside figures to give their reasons: "tăng do", "mở lớp".
    pub reasons: Vec<String>,
}

/// Words of which heads of values are put together: "Kết quả" with "trong kỳ" or "đến {den}".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComposedHeads {
    /// What heads the names of indicators: "nội dung", "chỉ tiêu".
    pub names: Vec<String>,
    /// What may stand beside that without making it something else: "các", "báo cáo".
    pub beside_names: Vec<String>,
    /// What says that there are figures, and nothing of their time.
    pub figures: Vec<String>,
    /// Times of flows.
    pub of_period: Vec<String>,
    /// Times of stocks.
    pub of_stock: Vec<String>,
}

impl ComposedHeads {
    /// Returns the heads of values of flows, or of stocks: each time alone and behind each word for figures.
    pub fn of(&self, kind: IndicatorKind) -> impl Iterator<Item = String> {
        let times: &[String] = match kind {
            IndicatorKind::Flow => &self.of_period,
            IndicatorKind::Stock => &self.of_stock,
            IndicatorKind::Tick => &[],
        };
        times.iter().flat_map(|time| {
            let behind = self.figures.iter().map(move |figures| format!("{figures} {time}"));
            std::iter::once(time.clone()).chain(behind)
        })
    }
}

/// All forms and the words common to them.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    /// The forms.
    pub list: Vec<Form>,
    /// The words of the head.
    pub labels: HeaderLabels,
}

impl Form {
    /// Returns what tells this form from earlier and later ones, as 16 hexadecimal digits: its rows,
    /// heads, tables and boxes and to whom the rows apply, whatever else the templates say.
    pub fn version(&self, indicators: &Indicators) -> String {
        let mut lines = vec![format!("{}\t{}\t{}", self.code, self.name, self.title)];
        for part in &self.parts {
            lines.push(format!("{}\t{}\t{:?}", part.key, part.title, part.kind));
            lines.extend(part.columns.iter().map(|column| {
                let suffix = column.suffix.as_deref().unwrap_or_default();
                format!("{:?}\t{suffix}\t{}", column.measure, first(&column.titles))
            }));
            lines.extend(part.indicators.iter().map(|index| {
                let row = indicators.get(*index);
                let (names, groups) = (&row.names, (&row.groups, &row.not_for));
                format!("{}\t{names:?}\t{}\t{groups:?}", row.code, row.unit_of_count)
            }));
        }
        for table in &self.details {
            lines.push(format!("{}\t{}\t{}", table.key, table.sheet, first(&table.titles)));
            lines.extend(table.columns.iter().map(|column| {
                format!("{}\t{:?}\t{}", column.key, column.kind, first(&column.titles))
            }));
        }
        lines.extend(
            self.boxes.iter().map(|field| format!("{}\t{}", field.key, first(&field.labels))),
        );
        sha256(lines.join("\n").as_bytes()).chars().take(16).collect()
    }

    /// Returns every indicator that the form asks for, those of suffixed columns included, in the
    /// order of the form.
    pub fn indicators(&self, indicators: &Indicators) -> Vec<IndicatorIx> {
        let mut asked = Vec::new();
        for part in &self.parts {
            for row in &part.indicators {
                asked.push(*row);
                for suffix in part.columns.iter().filter_map(|column| column.suffix.as_ref()) {
                    asked
                        .extend(indicators.find(&format!("{}{suffix}", indicators.get(*row).code)));
                }
            }
        }
        asked
    }
}

fn first(words: &[String]) -> &str {
    words.first().map_or("", String::as_str)
}

impl DetailColumn {
    /// Returns the indicator that the sum of the column is compared with.
    pub fn indicator(&self) -> Option<IndicatorIx> {
        self.sums_to.or(self.at_most)
    }
}

impl Forms {
    /// Returns the form of a code.
    pub fn find(&self, code: &str) -> Option<&Form> {
        self.list.iter().find(|form| form.code == code)
    }
}

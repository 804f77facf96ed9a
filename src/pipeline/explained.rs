//! How a file was understood, line by line in words: what a terminal or a program shows of it.

use crate::{
    ingest::{
        Basis, Candidate, ColumnHolds, ColumnReading, Reason, RowReading, TableReading,
        Understanding,
    },
    place::CellRef,
    template::{ColumnMeaning, Templates},
};

/// A table as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapTable {
    /// Name of the sheet.
    pub sheet: String,
    /// First cell of the head.
    pub cell: String,
    /// Whether each column of it is an indicator.
    pub is_across: bool,
    /// File of the mapping that was used, below `templates/`.
    pub mapping: Option<String>,
    /// Its columns, then its rows.
    pub lines: Vec<MapLine>,
}

/// A column or a row as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapLine {
    /// Number of the proposal; nothing when nothing is asked.
    pub number: Option<usize>,
    /// "cột F", "dòng 12".
    pub place: String,
    /// The words that stand there.
    pub words: String,
    /// Code of the indicator or key of the column's meaning; nothing when it is not used.
    pub meaning: Option<String>,
    /// The same for people; of a proposal its candidates.
    pub means: String,
    /// By what.
    pub basis: &'static str,
    /// Candidates of a proposal, the best first.
    pub candidates: Vec<MapCandidate>,
    /// Whether the first candidate may be accepted as such.
    pub is_proposed: bool,
}

/// A candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapCandidate {
    /// Code of the indicator or key of the column's meaning.
    pub meaning: String,
    /// Why.
    pub reason: &'static str,
    /// How like it is, in percent.
    pub likeness: u8,
}

/// Returns the tables of a file in words, proposals numbered from 1.
pub(super) fn tables(templates: &Templates, understanding: &Understanding) -> Vec<MapTable> {
    let mut number = 0;
    understanding
        .tables
        .iter()
        .map(|table| {
            let columns = table.columns.iter().map(|column| column_line(table, column));
            let rows = table.rows.iter().map(|row| row_line(templates, table, row));
            let mut lines: Vec<MapLine> = columns.chain(rows).collect();
            for line in lines.iter_mut().filter(|line| !line.candidates.is_empty()) {
                number += 1;
                line.number = Some(number);
            }
            let TableReading { sheet, head, is_across, mapping, .. } = table;
            MapTable {
                sheet: sheet.trim().to_owned(),
                cell: head.to_string(),
                is_across: *is_across,
                mapping: mapping.clone(),
                lines,
            }
        })
        .collect()
}

/// Returns how a cell was found, in one line: "dòng theo mã chỉ tiêu; cột “Trong kỳ” đúng chữ của
/// biểu"; nothing when no table of the reading has it.
pub(super) fn of_cell(understanding: &Understanding, sheet: &str, cell: CellRef) -> Option<String> {
    let mut tables = understanding.tables.iter().filter(|table| table.sheet == sheet);
    tables.find_map(|table| {
        let mut coded = table.rows.iter().filter(|row| row.code.is_some());
        let (row, column) = coded.find_map(|row| {
            let column = table.columns.iter().find(|column| table.cell(row, column) == cell)?;
            Some((row, column))
        })?;
        let named = |words: &str| match words {
            "" => String::new(),
            words => format!(" “{words}”"),
        };
        let (row_name, column_name) = line_names(table);
        let by = table.mapping.iter().map(|file| format!("; templates/{file}"));
        Some(format!(
            "{row_name}{}: {}; {column_name}{}: {}{}",
            named(&row.words),
            basis(row.basis),
            named(&column.head),
            basis(column.basis),
            by.collect::<String>()
        ))
    })
}

/// Returns what rows and columns of a table are called: of one that is turned the other way round.
fn line_names(table: &TableReading) -> (&'static str, &'static str) {
    if table.is_across { ("cột", "dòng") } else { ("dòng", "cột") }
}

/// Returns "cột F" or "dòng 12".
fn line_place(name: &str, index: u32) -> String {
    if name == "dòng" {
        return format!("dòng {}", index + 1);
    }
    let letter = CellRef { row: 0, column: index }.to_string();
    format!("cột {}", letter.trim_end_matches('1'))
}

fn column_line(table: &TableReading, column: &ColumnReading) -> MapLine {
    let name = |meaning: &ColumnMeaning| meaning.name().to_owned();
    let (meaning, means) = match column.holds {
        ColumnHolds::RowHead => (None, "tên, mã, đơn vị tính của dòng".to_owned()),
        ColumnHolds::Figures(meaning) => (Some(meaning.key().to_owned()), name(&meaning)),
        ColumnHolds::Unit => (None, "số của đơn vị có tên".to_owned()),
        ColumnHolds::Other => (None, "không dùng".to_owned()),
        ColumnHolds::Unclear => (None, choice(column.proposed(), &column.candidates, name)),
    };
    let basis = match column.proposed() {
        Some(first) => reason(first.reason),
        None if column.is_open() => "chưa có căn cứ",
        None => basis(column.basis),
    };
    MapLine {
        number: None,
        place: line_place(line_names(table).1, column.column),
        words: column.head.clone(),
        meaning,
        means,
        basis,
        candidates: candidates(&column.candidates, |meaning| meaning.key().to_owned()),
        is_proposed: column.is_proposed,
    }
}

fn row_line(templates: &Templates, table: &TableReading, row: &RowReading) -> MapLine {
    let named = |code: &String| {
        let known = templates.indicators.find(code).map(|index| templates.indicators.get(index));
        known.map_or(code.clone(), |indicator| format!("{code} {}", indicator.short_name))
    };
    let is_open = row.is_open();
    let means = match &row.code {
        Some(code) => named(code),
        None if is_open => choice(row.proposed(), &row.candidates, named),
        None => "không dùng".to_owned(),
    };
    let basis = match row.proposed() {
        Some(first) if is_open => reason(first.reason),
        None if is_open => "chữ gần giống nhiều chỉ tiêu",
        _ => basis(row.basis),
    };
    MapLine {
        number: None,
        place: line_place(line_names(table).0, row.row),
        words: row.words.clone(),
        meaning: row.code.clone(),
        means,
        basis,
        candidates: if is_open { candidates(&row.candidates, String::clone) } else { Vec::new() },
        is_proposed: row.is_proposed,
    }
}

fn candidates<T>(all: &[Candidate<T>], key: impl Fn(&T) -> String) -> Vec<MapCandidate> {
    let candidate = |one: &Candidate<T>| MapCandidate {
        meaning: key(&one.meaning),
        reason: reason(one.reason),
        likeness: one.likeness,
    };
    all.iter().map(candidate).collect()
}

/// Returns the best candidate with a question mark, or all between which to choose.
fn choice<T>(
    best: Option<&Candidate<T>>,
    all: &[Candidate<T>],
    name: impl Fn(&T) -> String,
) -> String {
    let shown = best.map_or(all, std::slice::from_ref).iter();
    let names: Vec<String> = shown.map(|candidate| name(&candidate.meaning)).collect();
    format!("{}?", names.join(" / "))
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Code => "mã chỉ tiêu",
        Basis::PrintedWords => "đúng chữ của biểu",
        Basis::OtherWords => "cách gọi khác",
        Basis::Month => "tháng ghi ở tiêu đề",
        Basis::UnitName => "tên đơn vị",
        Basis::OnlyRow => "dòng số liệu duy nhất",
        Basis::Total => "dòng tổng",
        Basis::Mapping => "ánh xạ đã duyệt",
        Basis::Nothing => "",
    }
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Beginning => "chữ đầu giống",
        Reason::BeginningAndOrder => "chữ đầu giống, đúng thứ tự của biểu",
        Reason::Contained => "có chữ của chỉ tiêu",
        Reason::Words => "phần lớn chữ giống",
        Reason::OnlyFigures => "chỗ số liệu duy nhất chưa rõ",
        Reason::Head => "theo chữ ở tiêu đề",
        Reason::Possible => "có thể",
    }
}

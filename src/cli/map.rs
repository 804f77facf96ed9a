//! `da06 map`: how a file is understood, as a table, with numbered proposals; accepting them.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Outcome, args::MapCommand, columns, console::Console};
use crate::{
    ingest::{
        Basis, Candidate, ColumnHolds, ColumnReading, Reason, RowReading, TableReading,
        Understanding,
    },
    pipeline::{self, Error, Job, MapReport, MapRequest},
    place::CellRef,
    template::{ColumnMeaning, Templates},
};

const SURE: &str = "có";
const NOT_SURE: &str = "CHƯA";

/// Prints how a file is understood, after the change that was asked for.
pub(super) fn map(command: &MapCommand, job: &Job, console: &Console) -> Result<Outcome, Error> {
    let request = MapRequest {
        file: command.file.clone(),
        accept: command.accept.clone().unwrap_or_default(),
        set: command.set.clone(),
        undo: command.undo,
        by: command.by.clone(),
    };
    let report = pipeline::map(job, &request)?;
    for file in &report.written {
        console.say(&format!("đã ghi templates/{file}"));
    }
    for file in &report.removed {
        console.say(&format!("đã xóa templates/{file}"));
    }
    console.data(&if command.json { as_json(&report) } else { as_text(&report, Console::width()) });
    let open = report.reading.understanding.open();
    let refused = report.reading.refusal.is_some();
    Ok(if open > 0 || refused { Outcome::NeedsPerson } else { Outcome::Done })
}

fn as_text(report: &MapReport, width: usize) -> String {
    let understanding = &report.reading.understanding;
    let mut out = format!("Tệp: {}\n", report.file);
    for mapping in understanding.mappings() {
        let _infallible = writeln!(out, "Đọc theo ánh xạ đã duyệt: templates/{mapping}");
    }
    if understanding.tables.is_empty() {
        out.push_str("\nKhông tìm thấy bảng nào có chỉ tiêu của biểu.\n");
        return out;
    }
    let mut number = 0;
    for table in &understanding.tables {
        let _infallible =
            writeln!(out, "\nTrang tính “{}”, bảng tại ô {}\n", table.sheet.trim(), table.head);
        let head = ["Số", "Chỗ", "Chữ trong tệp", "Hiểu là", "Căn cứ", "Chắc chắn?"];
        let mut rows = vec![head.map(str::to_owned)];
        for column in &table.columns {
            rows.push(column_line(column, &mut number));
        }
        for row in &table.rows {
            rows.push(row_line(&report.templates, row, &mut number));
        }
        out.push_str(&columns::wrapped(&rows, width));
    }
    out.push_str(&verdict(report, number));
    out
}

fn verdict(report: &MapReport, number: usize) -> String {
    if number == 0 {
        return "\nMọi cột, dòng có số liệu của biểu đều đã rõ.\n".to_owned();
    }
    let file = &report.file;
    format!(
        "\nCòn {number} chỗ chưa rõ, chưa được tính. Xem kỹ rồi:\n  \
         duyệt tất cả:    da06 map \"{file}\" --accept\n  \
         duyệt một phần:  da06 map \"{file}\" --accept 1,2\n  \
         hiểu cách khác:  da06 map \"{file}\" --set \"dòng 12=B08\" --set \"cột F=trong_ky\"\n"
    )
}

fn column_line(column: &ColumnReading, number: &mut usize) -> [String; 6] {
    let is_open = column.is_open();
    let means = match column.holds {
        ColumnHolds::RowHead => "tên, mã, đơn vị tính của dòng".to_owned(),
        ColumnHolds::Figures(meaning) => meaning.name().to_owned(),
        ColumnHolds::Other => "không dùng".to_owned(),
        ColumnHolds::Unclear => {
            let name = |meaning: &ColumnMeaning| meaning.name().to_owned();
            candidates(column.proposed(), &column.candidates, name)
        }
    };
    let basis = match (column.holds, column.candidates.first()) {
        (ColumnHolds::Unclear, Some(first)) if column.is_proposed => reason(first.reason),
        (ColumnHolds::Unclear, _) => "chưa có căn cứ",
        _ => basis(column.basis),
    };
    [
        if is_open { next(number) } else { String::new() },
        format!("cột {}", letter(column.column)),
        column.head.clone(),
        means,
        basis.to_owned(),
        match column.holds {
            ColumnHolds::Unclear => NOT_SURE,
            ColumnHolds::Other => "",
            _ => SURE,
        }
        .to_owned(),
    ]
}

fn row_line(templates: &Templates, row: &RowReading, number: &mut usize) -> [String; 6] {
    let is_open = row.is_open();
    let named = |code: &String| {
        let indicator =
            templates.indicators.find(code).map(|index| templates.indicators.get(index));
        indicator.map_or(code.clone(), |indicator| format!("{code} {}", indicator.short_name))
    };
    let means = match &row.code {
        Some(code) => named(code),
        None if is_open => candidates(row.proposed(), &row.candidates, named),
        None => "không dùng".to_owned(),
    };
    let basis = match row.candidates.first() {
        Some(first) if is_open && row.is_proposed => reason(first.reason),
        Some(_) if is_open => "chữ gần giống nhiều chỉ tiêu",
        _ => basis(row.basis),
    };
    [
        if is_open { next(number) } else { String::new() },
        format!("dòng {}", row.row + 1),
        row.words.clone(),
        means,
        basis.to_owned(),
        match row.code {
            Some(_) => SURE,
            None if is_open => NOT_SURE,
            None => "",
        }
        .to_owned(),
    ]
}

/// Returns the candidates as words: the best with a question mark, or all between which to choose.
fn candidates<T>(
    best: Option<&Candidate<T>>,
    all: &[Candidate<T>],
    name: impl Fn(&T) -> String,
) -> String {
    let shown = best.map_or(all, std::slice::from_ref).iter();
    let names: Vec<String> = shown.map(|candidate| name(&candidate.meaning)).collect();
    format!("{}?", names.join(" / "))
}

/// Returns the next number of a proposal.
fn next(number: &mut usize) -> String {
    *number += 1;
    format!("[{number}]")
}

fn letter(column: u32) -> String {
    let cell = CellRef { row: 0, column }.to_string();
    cell.trim_end_matches('1').to_owned()
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Code => "mã chỉ tiêu",
        Basis::PrintedWords => "đúng chữ của biểu",
        Basis::OtherWords => "cách gọi khác",
        Basis::Month => "tháng ghi ở tiêu đề",
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
        Reason::OnlyFigures => "cột số duy nhất chưa rõ",
        Reason::Head => "theo chữ ở tiêu đề",
        Reason::Possible => "có thể",
    }
}

fn as_json(report: &MapReport) -> String {
    let Understanding { layout, tables } = &report.reading.understanding;
    let mut number = 0;
    let tables: Vec<Value> = tables.iter().map(|table| table_json(table, &mut number)).collect();
    let json = json!({
        "file": report.file,
        "layout": layout,
        "mappings": report.reading.understanding.mappings(),
        "written": report.written,
        "removed": report.removed,
        "open": number,
        "tables": tables,
    });
    serde_json::to_string_pretty(&json).expect("an understanding has string keys only")
}

fn table_json(table: &TableReading, number: &mut usize) -> Value {
    let mut numbered = |is_open: bool| {
        *number += usize::from(is_open);
        is_open.then_some(*number)
    };
    let column = |column: &ColumnReading| {
        let holds = match column.holds {
            ColumnHolds::RowHead => "dong",
            ColumnHolds::Figures(meaning) => meaning.key(),
            ColumnHolds::Other => "khac",
            ColumnHolds::Unclear => "chua_ro",
        };
        json!({
            "proposal": numbered(column.is_open()),
            "column": letter(column.column),
            "head": column.head,
            "holds": holds,
            "basis": basis(column.basis),
            "proposed": column.is_proposed,
            "candidates": column.candidates.iter().map(|one| json!({
                "meaning": one.meaning.key(), "reason": reason(one.reason), "likeness": one.likeness,
            })).collect::<Vec<_>>(),
        })
    };
    let columns: Vec<Value> = table.columns.iter().map(column).collect();
    let row = |row: &RowReading| {
        json!({
            "proposal": numbered(row.is_open()),
            "row": row.row + 1,
            "words": row.words,
            "indicator": row.code,
            "basis": basis(row.basis),
            "proposed": row.is_proposed,
            "candidates": row.candidates.iter().map(|one| json!({
                "meaning": one.meaning, "reason": reason(one.reason), "likeness": one.likeness,
            })).collect::<Vec<_>>(),
        })
    };
    let rows: Vec<Value> = table.rows.iter().map(row).collect();
    json!({
        "sheet": table.sheet,
        "cell": table.head.to_string(),
        "mapping": table.mapping,
        "columns": columns,
        "rows": rows,
    })
}

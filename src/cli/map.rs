//! `da06 map`: how a file is understood, as a table, with numbered proposals; accepting them.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Outcome, args::MapCommand, columns, console::Console};
use crate::pipeline::{self, Error, Job, MapLine, MapReport, MapRequest, MapTable};

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
    let is_clear = report.open == 0 && !report.is_refused;
    Ok(if is_clear { Outcome::Done } else { Outcome::NeedsPerson })
}

fn as_text(report: &MapReport, width: usize) -> String {
    let mut out = format!("Tệp: {}\n", report.file);
    for mapping in &report.mappings {
        let _infallible = writeln!(out, "Đọc theo ánh xạ đã duyệt: templates/{mapping}");
    }
    if report.tables.is_empty() {
        out.push_str(
            "\nKhông có bảng nào có chỉ tiêu của biểu (tệp không đọc được, hoặc không có bảng số liệu).\n",
        );
        return out;
    }
    for table in &report.tables {
        let _infallible =
            writeln!(out, "\nTrang tính “{}”, bảng tại ô {}\n", table.sheet, table.cell);
        let head = ["Số", "Chỗ", "Chữ trong tệp", "Hiểu là", "Căn cứ", "Chắc chắn?"];
        let mut rows = vec![head.map(str::to_owned)];
        rows.extend(table.lines.iter().map(cells));
        out.push_str(&columns::wrapped(&rows, width));
    }
    out.push_str(&verdict(report));
    out
}

fn cells(line: &MapLine) -> [String; 6] {
    let number = line.number.map_or_else(String::new, |number| format!("[{number}]"));
    let sure = match (line.number, line.basis) {
        (Some(_), _) => "CHƯA",
        (None, "") => "",
        (None, _) => "có",
    };
    [
        number,
        line.place.clone(),
        line.words.clone(),
        line.means.clone(),
        line.basis.to_owned(),
        sure.to_owned(),
    ]
}

fn verdict(report: &MapReport) -> String {
    let MapReport { file, open, .. } = report;
    if *open == 0 {
        return "\nMọi cột, dòng có số liệu của biểu đều đã rõ.\n".to_owned();
    }
    let is_across = report.tables.iter().any(|table| table.is_across);
    let examples = if is_across {
        "--set \"cột F=B08\" --set \"dòng 5=trong_ky\""
    } else {
        "--set \"dòng 12=B08\" --set \"cột F=trong_ky\""
    };
    format!(
        "\nCòn {open} chỗ chưa rõ, chưa được tính. Xem kỹ rồi:\n  \
         duyệt tất cả:    da06 map \"{file}\" --accept\n  \
         duyệt một phần:  da06 map \"{file}\" --accept 1,2\n  \
         hiểu cách khác:  da06 map \"{file}\" {examples}\n"
    )
}

fn as_json(report: &MapReport) -> String {
    let json = json!({
        "file": report.file,
        "layout": report.layout,
        "mappings": report.mappings,
        "written": report.written,
        "removed": report.removed,
        "open": report.open,
        "tables": report.tables.iter().map(table_json).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&json).expect("an understanding has string keys only")
}

fn table_json(table: &MapTable) -> Value {
    let line = |line: &MapLine| {
        let candidates = line.candidates.iter().map(
            |one| json!({"meaning": one.meaning, "reason": one.reason, "likeness": one.likeness}),
        );
        json!({
            "proposal": line.number,
            "place": line.place,
            "words": line.words,
            "meaning": line.meaning,
            "basis": line.basis,
            "proposed": line.is_proposed,
            "candidates": candidates.collect::<Vec<_>>(),
        })
    };
    json!({
        "sheet": table.sheet,
        "cell": table.cell,
        "mapping": table.mapping,
        "lines": table.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

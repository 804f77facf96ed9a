//! Puts a made-up answer into every workbook of a folder and says what came of it: `cargo run --example
//! answered_workbooks -- FOLDER OUTPUT`. Values and formulas before and after are compared by calamine;
//! `tests/tools/compare_answers.py` compares the parts and what openpyxl sees.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "it reads a folder and says what came of it"
)]

use std::{
    collections::BTreeMap,
    env, fs,
    io::Cursor,
    path::{Path, PathBuf},
    process::ExitCode,
};

use calamine::{Data, Reader, SheetType, Xlsx};
use da06::{
    compose::feedback::{Answer, AnswerRow, AnswerSheet, Mark, Tone},
    place::CellRef,
    render::xlsx::patch,
};

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(output)) = (arguments.next(), arguments.next()) else {
        eprintln!("answered_workbooks FOLDER OUTPUT");
        return ExitCode::from(2);
    };
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "xlsx" || end == "xlsm"))
        .collect();
    paths.sort();
    let _there = fs::create_dir_all(&output);
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut failed = false;
    for path in paths {
        let outcome = answered(&path, &output);
        if let Outcome::Wrong(what) = &outcome {
            failed = true;
            println!("{}: {what}", path.display());
        }
        *counts.entry(outcome.words()).or_default() += 1;
    }
    for (outcome, count) in counts {
        println!("{count}\t{outcome}");
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// What came of a workbook.
enum Outcome {
    /// It has the answer, and every value and formula is as it was.
    Answered,
    /// It is left to a rebuilt copy.
    Left(String),
    /// calamine cannot open it, so that no return can be read from it either.
    Unreadable,
    /// Something is not as it was.
    Wrong(String),
}

impl Outcome {
    fn words(&self) -> String {
        match self {
            Self::Answered => "answered, values and formulas as before".to_owned(),
            Self::Left(why) => format!("left to a rebuilt copy: {why}"),
            Self::Unreadable => "not opened by calamine".to_owned(),
            Self::Wrong(_) => "WRONG".to_owned(),
        }
    }
}

fn answered(path: &Path, output: &Path) -> Outcome {
    let Ok(bytes) = fs::read(path) else { return Outcome::Unreadable };
    let Some(before) = content(&bytes) else { return Outcome::Unreadable };
    let patched = match patch::patched(&bytes, &answer(&before)) {
        Ok(patched) => patched,
        Err(error) => return Outcome::Left(error.to_string()),
    };
    let name = path.file_name().unwrap_or_default();
    if fs::write(output.join(name), &patched).is_err() {
        return Outcome::Wrong("not written".to_owned());
    }
    let Some(mut after) = content(&patched) else {
        return Outcome::Wrong("not opened any more".to_owned());
    };
    let added = after.pop();
    if added.is_none_or(|sheet| !sheet.name.starts_with("Kết quả kiểm tra")) {
        return Outcome::Wrong("the sheet of findings is not the last".to_owned());
    }
    if before != after {
        return Outcome::Wrong("values or formulas differ".to_owned());
    }
    Outcome::Answered
}

/// A sheet with its values and formulas by place.
#[derive(PartialEq)]
struct Sheet {
    name: String,
    is_table: bool,
    values: BTreeMap<CellRef, String>,
    formulas: BTreeMap<CellRef, String>,
}

fn content(bytes: &[u8]) -> Option<Vec<Sheet>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let list = workbook.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for sheet in list {
        let is_table = sheet.typ == SheetType::WorkSheet;
        let mut read = Sheet {
            name: sheet.name.clone(),
            is_table,
            values: BTreeMap::new(),
            formulas: BTreeMap::new(),
        };
        if is_table {
            let place = |start: Option<(u32, u32)>, row: usize, column: usize| {
                let (top, left) = start.unwrap_or_default();
                let step = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                CellRef { row: top + step(row), column: left + step(column) }
            };
            let range = workbook.worksheet_range(&sheet.name).ok()?;
            for (row, column, value) in range.used_cells().filter(|cell| *cell.2 != Data::Empty) {
                read.values.insert(place(range.start(), row, column), format!("{value:?}"));
            }
            let range = workbook.worksheet_formula(&sheet.name).ok()?;
            for (row, column, formula) in range.used_cells().filter(|cell| !cell.2.is_empty()) {
                read.formulas.insert(place(range.start(), row, column), formula.clone());
            }
        }
        sheets.push(read);
    }
    Some(sheets)
}

/// Returns an answer about cells with something in them, empty ones beside, and ones far away.
fn answer(sheets: &[Sheet]) -> Answer {
    let mut marks = Vec::new();
    let mut rows = Vec::new();
    for sheet in sheets.iter().filter(|sheet| sheet.is_table) {
        let mut cells: Vec<CellRef> = sheet.values.keys().copied().take(3).collect();
        cells.extend(sheet.values.keys().next_back());
        let first = cells.first().copied().unwrap_or(CellRef { row: 4, column: 1 });
        cells.push(CellRef { row: first.row, column: first.column + 7 });
        cells.push(CellRef { row: first.row + 3, column: first.column + 2 });
        cells.push(CellRef { row: 150, column: 3 });
        cells.sort_unstable();
        cells.dedup();
        for (cell, tone) in cells.into_iter().zip([Tone::Wrong, Tone::Doubtful].iter().cycle()) {
            let note = "Ô này ghi 7.080, lớn hơn tổng số <7.042> & phải sửa.".to_owned();
            marks.push(Mark { sheet: sheet.name.clone(), cell, tone: *tone, note: note.clone() });
            rows.push(AnswerRow {
                tone: *tone,
                severity: "Phải sửa",
                message: note,
                hint: "=HYPERLINK(\"http://a\")".to_owned(),
                cell: Some((sheet.name.clone(), cell)),
                is_marked: true,
                place: cell.to_string(),
                found: "7.080".to_owned(),
                expected: "không quá 7.042".to_owned(),
                code: "B-06".to_owned(),
            });
        }
    }
    Answer {
        unit: "don-vi".to_owned(),
        file: None,
        sha256: String::new(),
        earlier_sheet: None,
        is_spoilt: false,
        author: "Tổ công tác Đề án 06".to_owned(),
        marks,
        sheet: AnswerSheet {
            name: "Kết quả kiểm tra".to_owned(),
            title: "KẾT QUẢ KIỂM TRA".to_owned(),
            addressee: "Kính gửi: đơn vị".to_owned(),
            message: vec!["Đề nghị đơn vị sửa các ô tô màu đỏ và gửi lại.".to_owned()],
            heads: vec!["STT", "Mức độ", "Nội dung", "Đề nghị", "Ô", "Đang ghi", "Mong đợi", "Mã"],
            rows,
            ..AnswerSheet::default()
        },
    }
}

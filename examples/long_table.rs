//! The measure of long documents: lays out and writes one tagged table of 14 columns, as the annexes
//! have them, and prints rows, pages, seconds, bytes and the peak of memory (Linux).
//!
//! `cargo run --release --example long_table -- [ROWS] [FILE.pdf]`; with `--typst` it prints the same
//! table as a source for typst instead (`benches/long_table.sh` compares the two).

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measure of something else than the program"
)]

use std::fmt::Write as _;
use std::time::Instant;

use chrono::NaiveDate;
use da06::compose::document::{
    Align, Audience, Block, Cell, Column, ConstantKind, Document, FigureRef, HeaderCell, Meta,
    NumberFormat, Orientation, Row, RowKind, Run, Section, Table,
};
use da06::quantity::Quantity;
use da06::render::pdf::{FontFiles, pdf};
use da06::text::format_quantity;

const COLUMNS: usize = 14;
const NAMES: [&str; 6] =
    ["Đoàn Lập", "Tiên Minh", "Vinh Quang", "thị trấn Tiên Lãng", "Khởi Nghĩa", "Quyết Tiến"];
const GROUPS: [&str; 4] =
    ["Tài khoản mức 1", "Tài khoản mức 2", "Tổng số tài khoản", "Dịch vụ công"];
const MEASURES: [&str; 3] = ["Trong kỳ", "Lũy kế", "Tỷ lệ so với chỉ tiêu (%)"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rows = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(600);
    if arguments.iter().any(|argument| argument == "--typst") {
        println!("{}", typst(rows));
        return;
    }
    let report = document(rows);
    let built = Instant::now();
    let bytes = pdf(&report, &FontFiles::embedded()).expect("the document is sound");
    let seconds = built.elapsed().as_secs_f64();
    let is_path = |argument: &&String| argument.parse::<usize>().is_err();
    if let Some(path) = arguments.iter().find(is_path) {
        std::fs::write(path, &bytes).expect("the file can be written");
    }
    let memory = peak_memory().map_or_else(|| "?".to_owned(), |megabytes| megabytes.to_string());
    println!("{rows} rows: {seconds:.2} s, {} KB, peak {memory} MB", bytes.len() / 1000);
}

/// Returns the number in row and column, of one to six digits.
fn number(row: usize, column: usize) -> i64 {
    let seed = (row * 7919 + column * 104_729) % 1_000_003;
    i64::try_from(seed >> (seed % 17)).unwrap_or(0)
}

fn document(rows: usize) -> Document {
    Document {
        meta: Meta {
            title: "Bảng dài".to_owned(),
            author: "da06".to_owned(),
            subject: "Bảng dài".to_owned(),
            date: NaiveDate::from_ymd_opt(2024, 3, 14).expect("a date"),
        },
        sections: vec![Section {
            name: "Bảng dài".to_owned(),
            orientation: Orientation::Landscape,
            audience: Audience::Both,
            blocks: vec![Block::Table(table(rows))],
        }],
        names: Vec::new(),
    }
}

fn table(rows: usize) -> Table {
    let mut columns = vec![Column { align: Align::Right, stretch: 0 }; COLUMNS];
    columns[0].align = Align::Centre;
    columns[1] = Column { align: Align::Left, stretch: 1 };
    let head = |column, column_span, row_span, words: &str| {
        let runs = vec![Run::constant(ConstantKind::Name, words)];
        HeaderCell { column, column_span, row_span, runs }
    };
    let mut first = vec![head(0, 1, 2, "STT"), head(1, 1, 2, "Tên đơn vị")];
    let mut second = Vec::new();
    for (group, words) in GROUPS.iter().enumerate() {
        first.push(head(2 + group * 3, 3, 1, words));
        for (measure, words) in MEASURES.iter().enumerate() {
            second.push(head(2 + group * 3 + measure, 1, 1, words));
        }
    }
    Table {
        caption: None,
        unit_of_count: None,
        columns,
        header: vec![first, second],
        column_numbers: (1..=COLUMNS).map(|number| format!("({number})")).collect(),
        rows: (0..rows).map(row).collect(),
        notes: Vec::new(),
    }
}

fn row(row: usize) -> Row {
    let cell = |run| Cell { runs: vec![run], column_span: 1, formula: None };
    let figure = |column: usize| {
        let value = number(row, column);
        Run::figure(FigureRef {
            id: format!("B{column:02}.xa.don_vi_{row}.value"),
            shown: format_quantity(Quantity::whole(value)),
            value: Some(Quantity::whole(value)),
            format: NumberFormat::Number,
        })
    };
    let ordinal = Run::constant(ConstantKind::Ordinal, (row + 1).to_string());
    let name = Run::text(NAMES[row % NAMES.len()]);
    let mut cells = vec![cell(ordinal), cell(name)];
    cells.extend((2..COLUMNS).map(|column| cell(figure(column))));
    Row { kind: RowKind::Plain, cells }
}

/// Returns the same table in typst's words: the same paper, margins, size, borders and head.
fn typst(rows: usize) -> String {
    let mut source = String::from(
        "#set document(title: \"Bảng dài\")\n\
         #set page(paper: \"a4\", flipped: true, numbering: \"1\", number-align: center + top,\n\
         \x20 margin: (left: 30mm, right: 15mm, top: 20mm, bottom: 20mm))\n\
         #set text(font: \"Liberation Serif\", size: 12pt, lang: \"vi\")\n\
         #set table(inset: (x: 3pt, y: 2pt), stroke: 0.5pt)\n\
         #table(columns: (auto, auto) + 12 * (auto,),\n\
         \x20 align: (center + horizon, left + horizon) + 12 * (right + horizon,),\n\
         \x20 table.header(\n  table.cell(rowspan: 2)[*STT*], table.cell(rowspan: 2)[*Tên đơn vị*],\n",
    );
    for group in GROUPS {
        let _infallible = writeln!(source, "  table.cell(colspan: 3, align: center)[*{group}*],");
    }
    for measure in GROUPS.iter().flat_map(|_| MEASURES) {
        let _infallible = writeln!(source, "  [*{measure}*],");
    }
    for number in 1..=COLUMNS {
        let _infallible = writeln!(source, "  [_({number})_],");
    }
    source.push_str("  ),\n");
    for row in 0..rows {
        let _infallible = write!(source, "  [{}], [{}]", row + 1, NAMES[row % NAMES.len()]);
        for column in 2..COLUMNS {
            let _infallible =
                write!(source, ", [{}]", format_quantity(Quantity::whole(number(row, column))));
        }
        source.push_str(",\n");
    }
    source + ")\n"
}

/// Returns the largest resident set of this process in megabytes.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

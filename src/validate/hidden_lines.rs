//! What a sheet does not display, in words: which rows and columns, and which figures stand there.
//! Says nothing else of a file.

use std::collections::BTreeSet;

use super::{codes, codes::Code};
use crate::{ingest::HiddenContent, place::CellRef};

/// How many ranges, and how many figures, a message names.
const NAMED: usize = 8;

/// Returns which finding it is: something that counts stands there, or nothing does.
pub(super) fn code(content: &HiddenContent) -> &'static Code {
    if content.figures.is_empty() && content.tables == 0 {
        &codes::HIDDEN_LINES
    } else {
        &codes::HIDDEN_FIGURES
    }
}

/// Returns the rows and columns: "3 dòng ẩn (dòng 7, 9–10), 1 cột ẩn (cột F)".
pub(super) fn found(content: &HiddenContent) -> String {
    let (rows, columns) = (&content.lines.rows, &content.lines.columns);
    let row = |row: u32| row.saturating_add(1).to_string();
    let column = |column: u32| CellRef { row: 0, column }.to_string().replace('1', "");
    let counted = |lines: &BTreeSet<u32>, word: &str, name: &dyn Fn(u32) -> String| {
        let ranges = ranges(lines, name);
        (!lines.is_empty()).then(|| format!("{} {word} ẩn ({word} {ranges})", lines.len()))
    };
    let parts = [counted(rows, "dòng", &row), counted(columns, "cột", &column)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Returns one sentence for the unit.
pub(super) fn message(sheet: &str, content: &HiddenContent) -> String {
    let mut words =
        format!("Trang tính “{sheet}” có {}; vẫn được đọc như dòng, cột khác.", found(content));
    if content.lines.filtered {
        words.push_str(" Bộ lọc đang bật làm ẩn dòng.");
    }
    if content.tables > 0 {
        words.push_str(" Trong phần bị ẩn có cả đầu bảng của một biểu.");
    }
    if !content.figures.is_empty() {
        let named = content.figures.iter().take(NAMED);
        let named: Vec<String> = named.map(|(code, cell)| format!("{code} (ô {cell})")).collect();
        let more = if content.figures.len() > NAMED { ", …" } else { "" };
        let count = content.figures.len().to_string();
        let named = named.join(", ");
        words.push_str(
            &[" Số của ", &count, " chỉ tiêu lấy ở phần bị ẩn: ", &named, more, "."].concat(),
        );
    }
    words
}

/// Returns what to do.
pub(super) fn hint(content: &HiddenContent) -> &'static str {
    if content.lines.filtered {
        "Đề nghị bỏ lọc, bỏ ẩn, kiểm tra các số đó rồi gửi lại hoặc xác nhận."
    } else if code(content) == &codes::HIDDEN_FIGURES {
        "Đề nghị bỏ ẩn, kiểm tra các số đó rồi gửi lại hoặc xác nhận."
    } else {
        "Không ảnh hưởng số liệu; từ kỳ sau đề nghị bỏ ẩn trước khi gửi."
    }
}

/// Returns lines as ranges: "7, 9–10".
fn ranges(lines: &BTreeSet<u32>, name: &dyn Fn(u32) -> String) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for line in lines {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*line) => *last = *line,
            _ => ranges.push((*line, *line)),
        }
    }
    let shown = ranges.iter().take(NAMED).map(|(first, last)| {
        if first == last { name(*first) } else { format!("{}–{}", name(*first), name(*last)) }
    });
    let shown = shown.collect::<Vec<_>>().join(", ");
    if ranges.len() > NAMED { format!("{shown}, …") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::HiddenLines;

    #[test]
    fn rows_and_columns_are_named_as_the_sheet_shows_them() {
        let lines = HiddenLines {
            rows: BTreeSet::from([6, 8, 9]),
            columns: BTreeSet::from([5, 27]),
            filtered: true,
        };
        let figures = vec![("A01".to_owned(), CellRef { row: 6, column: 5 })];
        let content = HiddenContent { lines, figures, tables: 0 };
        assert_eq!(found(&content), "3 dòng ẩn (dòng 7, 9–10), 2 cột ẩn (cột F, AB)");
        assert_eq!(
            message("Biểu 01", &content),
            "Trang tính “Biểu 01” có 3 dòng ẩn (dòng 7, 9–10), 2 cột ẩn (cột F, AB); vẫn được đọc \
             như dòng, cột khác. Bộ lọc đang bật làm ẩn dòng. Số của 1 chỉ tiêu lấy ở phần bị ẩn: \
             A01 (ô F7)."
        );
        assert_eq!(code(&content), &codes::HIDDEN_FIGURES);
        let nothing = HiddenContent { figures: Vec::new(), ..content };
        assert_eq!(code(&nothing), &codes::HIDDEN_LINES);
    }
}

//! Fields behind labels: unit, period and the like in the head, boxes of words in the foot. What a
//! label announces stands in its own cell, to its right, or (boxes only) below it.

use std::collections::BTreeMap;

use super::{
    CellContent, Located,
    grid::Grid,
    header::{self, Words},
    matcher::{Field, Matcher},
    month::is_date_line,
};
use crate::{place::CellRef, text::fold};

type Fields = BTreeMap<Field, Located<CellContent>>;

/// Rows below its label that a box may fill.
const MAX_BOX_ROWS: u32 = 10;

/// Reads the fields of a row whose folded words are given; returns whether there was a label.
pub(super) fn take_row(matcher: &Matcher, grid: &Grid, words: &Words, fields: &mut Fields) -> bool {
    let mut labelled = false;
    for (cell, word) in words {
        let Some((field, label)) = matcher.label(word) else { continue };
        // Beside heads of a table the bare words of a label are a head: "STT", "Nội dung", "Kỳ báo cáo".
        if word == label && header::has_key(matcher, words) {
            continue;
        }
        let Some(value) = value_of(matcher, grid, *cell, field, (word, label)) else { continue };
        labelled = true;
        let is_empty = value.value == CellContent::Empty;
        if !(is_empty && matches!(field, Field::Box(_))) {
            fields.entry(field).or_insert(value);
        }
    }
    labelled
}

/// Returns what a label announces; nothing when the words only begin like a label.
fn value_of(
    matcher: &Matcher,
    grid: &Grid,
    cell: CellRef,
    field: Field,
    (words, label): (&str, &str),
) -> Option<Located<CellContent>> {
    let located = |cell, value| Located { value, sheet: 0, cell };
    let rest = without_remark(words.strip_prefix(label).unwrap_or_default().trim_start());
    let after_colon = rest.strip_prefix([':', '：']);
    if !after_colon.unwrap_or(rest).trim().is_empty() {
        let is_of_next = field == Field::Period && is_of_another(rest);
        let announces = after_colon.is_some() || goes_on(field, label, rest) && !is_of_next;
        let raw = raw_rest(grid, cell, label)?;
        return announces.then(|| located(cell, CellContent::Text(raw)));
    }
    let right = grid.row(cell.row).iter().find(|(place, _)| place.column > cell.column);
    if let Some((place, content)) = right
        && !is_label(matcher, content)
    {
        return Some(located(*place, content.clone()));
    }
    let below = matches!(field, Field::Box(_)).then(|| words_below(matcher, grid, cell)).flatten();
    let right = CellRef { row: cell.row, column: cell.column + 1 };
    Some(below.unwrap_or_else(|| located(right, CellContent::Empty)))
}

/// Returns whether words may follow a label without a colon: "Kỳ báo cáo tháng 3 năm 2024",
/// "Lần gửi 2"; a short label needs a number behind it, a box a long label.
fn goes_on(field: Field, label: &str, rest: &str) -> bool {
    let length = label.split(' ').count();
    match field {
        Field::Box(_) => length >= 4 && !rest.starts_with('('),
        _ => {
            rest.starts_with(|next: char| next.is_ascii_digit())
                || (length >= 3 && !rest.starts_with('('))
        }
    }
}

/// Returns whether what follows the label of a period is about another one: "Kỳ báo cáo tiếp theo".
fn is_of_another(rest: &str) -> bool {
    ["tiếp theo", "sau", "trước", "tới"].iter().any(|of| rest.starts_with(of))
}

/// Returns what follows a remark between a label and its colon: "Kỳ báo cáo (tháng): 03/2024".
fn without_remark(rest: &str) -> &str {
    let behind = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    match behind {
        Some((_, after)) if after.trim_start().starts_with([':', '：']) => after.trim_start(),
        _ => rest,
    }
}

/// Returns the words behind a label as they stand in its cell.
fn raw_rest(grid: &Grid, cell: CellRef, label: &str) -> Option<String> {
    let CellContent::Text(text) = grid.at(cell.row, cell.column) else { return None };
    let length = label.chars().count();
    let ends = text.char_indices().map(|(start, _)| start).skip(length);
    let mut ends = ends.take(length * 4 + 64);
    let end = ends.find(|end| text.get(..*end).is_some_and(|begin| fold(begin) == label))?;
    let rest = without_remark(text.get(end..)?.trim_start());
    Some(rest.trim_start_matches([':', '：']).trim().to_owned())
}

/// Returns the words below the label of a box, as far as the next label or blank row.
fn words_below(matcher: &Matcher, grid: &Grid, label: CellRef) -> Option<Located<CellContent>> {
    let mut lines: Vec<(CellRef, &CellContent)> = Vec::new();
    for row in label.row + 1..=label.row.saturating_add(MAX_BOX_ROWS) {
        let cells = grid.row(row);
        let ends = cells.iter().any(|(_, content)| ends_box(matcher, content));
        match cells.first() {
            Some((cell, content)) if !ends => lines.push((*cell, content)),
            _ if ends || !lines.is_empty() => break,
            _ => {}
        }
    }
    match lines[..] {
        [] => None,
        [(cell, content)] => Some(Located { value: content.clone(), sheet: 0, cell }),
        [(cell, _), ..] => {
            let words: Vec<&str> = lines
                .iter()
                .filter_map(|(_, content)| match content {
                    CellContent::Text(text) => Some(text.trim()),
                    _ => None,
                })
                .collect();
            Some(Located { value: CellContent::Text(words.join("\n")), sheet: 0, cell })
        }
    }
}

fn ends_box(matcher: &Matcher, content: &CellContent) -> bool {
    let CellContent::Text(text) = content else { return false };
    let words = fold(text);
    is_label(matcher, content) || matcher.is_sign_off(&words) || is_date_line(&words)
}

/// Returns whether a cell cannot be what the label beside it announces: a label or the mark of
/// sample figures.
fn is_label(matcher: &Matcher, content: &CellContent) -> bool {
    let CellContent::Text(text) = content else { return false };
    let words = fold(text);
    matcher.is_sample_mark(&words)
        || matcher.label(&words).is_some_and(|(_, label)| {
            let rest = words.strip_prefix(label).unwrap_or_default().trim_start();
            rest.is_empty() || rest.starts_with([':', '：'])
        })
}

#[cfg(test)]
mod tests {
    use super::super::{
        CellContent,
        samples::{MAIN, only, put, read_xlsx, workbook},
    };

    #[test]
    fn a_label_beside_heads_is_one_when_something_follows_it() {
        let fields = "Đơn vị báo cáo:|UBND xã Tiên Minh||Mã đơn vị:|'11902";
        let period = "Kỳ báo cáo:|Tháng 3 năm 2024 (từ ngày 15/02/2024 đến hết ngày 14/3/2024)";
        let read = |from: &str, to: &str| {
            assert!(MAIN.contains(from), "{from}");
            let lines = MAIN.replace(from, to);
            let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
            let found = only(&reading);
            let words = |located: &Option<super::Located<CellContent>>| match located {
                Some(super::Located { value: CellContent::Text(words), .. }) => words.clone(),
                _ => String::new(),
            };
            (words(&found.unit_name), words(&found.period))
        };
        let (unit, _) = read(fields, "Đơn vị báo cáo:|UBND xã Tiên Minh||Mã:|'11902");
        assert_eq!(unit, "UBND xã Tiên Minh");
        let (_, named) = read(period, "Kỳ báo cáo (tháng): 03/2024");
        assert_eq!(named, "03/2024");
        let title = "BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 THÁNG 3 NĂM 2024";
        let (_, named) = read(period, "Kỳ báo cáo:|Hằng tháng");
        assert_eq!(named, title, "what names no time gives way to the title");
        let (_, named) = read(period, "STT|Chỉ tiêu|Kỳ báo cáo|Ghi chú");
        assert_eq!(named, title, "a head announces nothing");
    }
}

//! Rows whose names begin with a dash: the heading above them goes on in them, or they are parts of the row above.

use super::{
    CellContent,
    codes::normalise_code,
    grid::Grid,
    header::ValueHeader,
    headings,
    matcher::{Matcher, PartWords},
    names::without_numbering,
    plain_number::is_figure,
};
use crate::text::fold;

/// Rows above in which the heading of a row is looked for.
const FARTHEST: u32 = 12;
/// Rows below a head in which codes are looked for.
const ROWS_TRIED: u32 = 8;

/// What a row with a dash is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Child {
    /// The row of an indicator, by its words and those of its heading.
    Named(String),
    /// Of no indicator, whatever its words are.
    Detail,
}

/// Returns whether a name begins with a dash.
pub(super) fn has_dash(name: &str) -> bool {
    name.trim_start().starts_with(['-', '–', '+', '•', '*'])
}

/// Returns what a row is whose name begins with a dash; nothing where it is read as every other.
pub(super) fn of(
    (matcher, grid, header): (&Matcher, &Grid, &ValueHeader),
    row: u32,
    name: &str,
) -> Option<Child> {
    let folded = fold(name);
    let child = without_numbering(&folded);
    if child.starts_with("trong đó") {
        return None;
    }
    if has_codes(matcher, grid, header) {
        return Some(Child::Detail);
    }
    let place = (matcher, grid, header);
    let parts = || header.parts.iter().map(|columns| &matcher.parts[columns.part]);
    let find = |words: &str| parts().find_map(|part: &PartWords| part.names.find(words));
    let own = find(child).or_else(|| parts().find_map(|part| part.names.said_by(child)));
    if own.is_some_and(|code| has_other_unit(place, row, code)) {
        return Some(Child::Detail);
    }
    let (parent, has_figure) = parent(grid, header, row)?;
    let parent = without_numbering(&parent).trim_end_matches([':', ' ']);
    if has_figure {
        return None;
    }
    let joined = format!("{parent} {child}");
    let named = find(&joined).or_else(|| parts().find_map(|part| part.names.said_by(&joined)));
    if let Some(code) = named {
        return Some(Child::Named(code.to_owned()));
    }
    // "Hội nghị, buổi tuyên truyền" and below it "- Số buổi".
    let counted = child.strip_prefix("số ").unwrap_or(child);
    if let Some(code) = find(parent).filter(|code| own.is_none() && is_unit(matcher, code, counted))
    {
        return Some(Child::Named(code.to_owned()));
    }
    let is_foreign =
        !headings::is_heading(parent) && !parts().any(|part| part.names.speak_of(parent));
    (own.is_some() && is_foreign).then_some(Child::Detail)
}

/// Returns whether a row only heads those with a dash below it: it has no figure of its own.
pub(super) fn heads_children(grid: &Grid, name: (u32, u32)) -> bool {
    let (row, column) = name;
    let is_child = matches!(grid.at(row + 1, column), CellContent::Text(words) if has_dash(words));
    is_child && !has_figure(grid, row, column)
}

/// Returns whether rows below a head have codes.
fn has_codes(matcher: &Matcher, grid: &Grid, header: &ValueHeader) -> bool {
    header.code_column.is_some_and(|column| {
        let rows = header.last_row + 1..=header.last_row + ROWS_TRIED;
        let mut codes = rows.filter_map(|row| match grid.at(row, column) {
            CellContent::Text(code) => Some(normalise_code(code)),
            _ => None,
        });
        codes.any(|code| matcher.knows_code(&code))
    })
}

/// Returns the folded name of the nearest row above that has no dash, and whether it has a figure.
fn parent(grid: &Grid, header: &ValueHeader, row: u32) -> Option<(String, bool)> {
    let column = header.name_column?;
    let above = (header.last_row + 1..row).rev().take_while(|above| row - above <= FARTHEST);
    let mut named = above.filter_map(|above| match grid.at(above, column) {
        CellContent::Text(words) if !has_dash(words) => Some((above, fold(words))),
        _ => None,
    });
    named.next().map(|(above, words)| (words, has_figure(grid, above, column)))
}

fn has_figure(grid: &Grid, row: u32, name_column: u32) -> bool {
    let mut behind = grid.row(row).iter().filter(|(cell, _)| cell.column > name_column);
    behind.any(|(_, content)| is_figure(content))
}

/// Returns whether a row counts in a unit that is not that of an indicator.
fn has_other_unit(
    (matcher, grid, header): (&Matcher, &Grid, &ValueHeader),
    row: u32,
    code: &str,
) -> bool {
    let words = header.unit_column.map(|column| grid.at(row, column));
    let written = matcher.written_code(code);
    match words {
        Some(CellContent::Text(words)) => matcher.is_other_unit_of_count(&written, &fold(words)),
        _ => false,
    }
}

fn is_unit(matcher: &Matcher, code: &str, words: &str) -> bool {
    fold(matcher.unit_of_count(&matcher.written_code(code))) == words
}

#[cfg(test)]
mod tests {
    use super::super::samples::{only, put, read_xlsx, workbook};
    use crate::{ingest::CellContent, template::Measure};

    /// Returns the codes and numbers read from rows below a head.
    fn read(heads: &str, rows: &str) -> Vec<(String, CellContent)> {
        let lines = format!(
            "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n{heads}\n{rows}"
        );
        let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
        let values = only(&reading).values.iter();
        let values = values.filter(|one| one.measure == Measure::Value);
        let filled = values.filter(|one| one.content != CellContent::Empty);
        filled.map(|one| (one.code.clone(), one.content.clone())).collect()
    }

    #[test]
    fn a_heading_goes_on_in_the_rows_below_it() {
        let heads = "STT|Chỉ tiêu|ĐVT|Kết quả";
        let number = |code: &str, number| (code.to_owned(), CellContent::Number(number));
        let rows = "1|Số văn bản chỉ đạo|văn bản|3\n|Tài khoản đã|\n2|- kích hoạt|tài khoản|7";
        assert_eq!(read(heads, rows), [number("A01", 3.0), number("B08", 7.0)]);
    }

    #[test]
    fn a_part_of_a_row_is_no_indicator() {
        let number = |code: &str, number| (code.to_owned(), CellContent::Number(number));
        let coded = "Mã|Chỉ tiêu|ĐVT|Kết quả";
        let rows = "A01|Số văn bản chỉ đạo|văn bản|3\n|- Số lượt người dự|lượt|7";
        assert_eq!(read(coded, rows), [number("A01", 3.0)]);
        let named = "STT|Chỉ tiêu|ĐVT|Kết quả";
        let rows =
            "1|Số văn bản chỉ đạo|văn bản|3\n|Ngày chủ nhật xanh\n|- Số lượt người dự|lượt|7";
        assert_eq!(read(named, rows), [number("A01", 3.0)]);
        let rows = "1|Số văn bản chỉ đạo|văn bản|3\n2|- Số lượt người dự|lượt|7";
        assert_eq!(read(named, rows), [number("A01", 3.0), number("A03", 7.0)]);
    }
}

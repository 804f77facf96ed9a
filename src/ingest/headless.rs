//! Figures in a sheet that has no head: a line for each, "3. Số lượt người tham dự: 493 lượt người", alone in its cell or
//! among others, codes with their numbers, "A02: 9; A03: 369", or a row of its name and one number. Read only in a
//! workbook in which nothing else is a table.

use super::{
    CellContent, RawValue,
    codes::normalise_code,
    grid::Grid,
    matcher::Matcher,
    plain_number::{begins_with_digit, is_figure},
    units::value_at,
    withdrawn::is_title_of_plan,
};
use crate::{place::CellRef, text::fold};

/// Fewest rows that are no chance.
const FEWEST: usize = 5;
/// Most rows of a sheet and most lines of a cell that are looked at; forms have a hundred figures.
const MOST_ROWS: usize = 2_000;
const MOST_LINES: usize = 200;
/// Rows above the first value in which a head may stand.
const FARTHEST_HEAD: u32 = 5;

/// Returns the values of a sheet without heads: of each indicator one, and those of rows all in one column.
pub(super) fn find(matcher: &Matcher, grid: &Grid) -> Option<Vec<RawValue>> {
    let rows = grid.row_numbers().take(MOST_ROWS).map(|row| grid.row(row));
    let values: Vec<RawValue> = rows
        .flat_map(|cells| match cells {
            [(cell, CellContent::Text(lines))] => of_lines(matcher, grid, (*cell, lines)),
            _ => of_row(matcher, grid, cells).into_iter().collect(),
        })
        .collect();
    let is_other = |(place, value): (usize, &RawValue)| {
        values
            .iter()
            .take(place)
            .any(|one| one.code == value.code || one.cell.column != value.cell.column)
    };
    let is_plain = !values.iter().enumerate().any(is_other);
    let is_meant = values.len() >= FEWEST && is_plain;
    let first = values.first().filter(|_| is_meant)?.cell;
    (!has_head(matcher, grid, first)).then_some(values)
}

/// Returns whether words right above the first value head its column or others: that nobody knows them is asked about.
fn has_head(matcher: &Matcher, grid: &Grid, first: CellRef) -> bool {
    let above = (first.row.saturating_sub(FARTHEST_HEAD)..first.row).map(|row| grid.row(row));
    above.into_iter().any(|cells| {
        let mut words = cells.iter().filter_map(|(cell, content)| match content {
            CellContent::Text(words) => Some((cell.column, fold(words))),
            _ => None,
        });
        let Some((_, label)) = words.next() else { return false };
        let is_of_values = words.any(|(column, _)| column >= first.column);
        is_of_values && cells.len() > 2 && matcher.label(&label).is_none()
    })
}

/// Returns the values of the lines of a cell; nothing where one of them says that numbers are of a plan.
fn of_lines(matcher: &Matcher, grid: &Grid, (cell, lines): (CellRef, &str)) -> Vec<RawValue> {
    let value = |line: &str| of_line(matcher, grid, (cell, line));
    let are_many =
        lines.lines().nth(MOST_LINES).is_some() || lines.matches(';').count() > MOST_LINES;
    if are_many || lines.lines().skip(1).any(|line| is_title_of_plan(&fold(line))) {
        return Vec::new();
    }
    let values = lines.lines().flat_map(|line| {
        // What stands behind one of them may be about another.
        let pieces = line.split(';').filter(|piece| !piece.trim().is_empty());
        let of_pieces: Option<Vec<RawValue>> = pieces.map(value).collect();
        of_pieces.unwrap_or_else(|| value(line).into_iter().collect())
    });
    values.collect()
}

/// Returns the value of a line: behind the last colon or sign of equality.
fn of_line(matcher: &Matcher, grid: &Grid, (cell, line): (CellRef, &str)) -> Option<RawValue> {
    let (name, value) = line.rsplit_once([':', '='])?;
    // What a list begins each of its lines with.
    let name = name.trim_start_matches(|one: char| !one.is_alphanumeric());
    let value = value.trim();
    let content = CellContent::Text(value.trim_end_matches(['.', ';']).to_owned());
    let named = begins_with_digit(value).then(|| value_of(matcher, grid, (name, cell)))?;
    named.map(|named| RawValue { content, ..named })
}

/// Returns the value of a row: its only number behind its name.
fn of_row(matcher: &Matcher, grid: &Grid, cells: &[(CellRef, CellContent)]) -> Option<RawValue> {
    let mut names = cells.iter().enumerate().filter_map(|(place, (_, content))| match content {
        CellContent::Text(words) if !begins_with_digit(words) => {
            code_of(matcher, words).map(|_| (place, words))
        }
        _ => None,
    });
    let (place, name) = names.next()?;
    let mut figures = cells.iter().skip(place + 1).filter(|(_, content)| is_figure(content));
    let (cell, _) = figures.next().filter(|_| figures.next().is_none())?;
    value_of(matcher, grid, (name, *cell))
}

fn value_of(matcher: &Matcher, grid: &Grid, (name, cell): (&str, CellRef)) -> Option<RawValue> {
    let code = code_of(matcher, name)?;
    let mut parts = matcher.parts.iter();
    let (part, written) = parts.find_map(|part| Some((part, part.codes.get(&code)?)))?;
    Some(value_at(grid, part, written, cell))
}

/// Returns the normalised code that stands as a name, or that a name has; a question may end with its mark.
fn code_of(matcher: &Matcher, name: &str) -> Option<String> {
    let code = normalise_code(name);
    if matcher.knows_code(&code) {
        return Some(code);
    }
    matcher.row_named(fold(name).trim_end_matches(['?', ' '])).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::{
        CellContent, NoticeKind,
        samples::{MAIN, notices, put, read_xlsx, workbook},
    };

    const HEAD: &str =
        "UBND XÃ TIÊN MINH\n\nBÁO CÁO KẾT QUẢ ĐỀ ÁN 06 THÁNG 3 NĂM 2024\n\nI. Tuyên truyền\n";

    /// Returns the codes and contents read, and how often it is told that there is no head.
    fn read(lines: &str) -> (Vec<(String, CellContent)>, usize) {
        let lines = format!("{HEAD}{lines}");
        let reading = read_xlsx(&workbook(&[("Số liệu", &|page| put(page, (0, 0), &lines))]));
        let values = reading.returns.iter().flat_map(|raw| &raw.values);
        let values = values.map(|value| (value.code.clone(), value.content.clone())).collect();
        let told = notices(&reading).into_iter().filter(|kind| *kind == NoticeKind::NoHeads);
        (values, told.count())
    }

    #[test]
    fn lines_and_rows_without_a_head_are_read() {
        let text = |code: &str, words: &str| (code.to_owned(), CellContent::Text(words.to_owned()));
        let lines = "1. Số văn bản chỉ đạo: 4 văn bản\n2. Số buổi tuyên truyền: 12 buổi\n\
             3. Số lượt người dự: 1.493.\n4. Tài khoản mức 1 hiện có: 354\n\
             5. Tài khoản đã kích hoạt: 3.012 tài khoản";
        let expected = [
            text("A01", "4 văn bản"),
            text("A02", "12 buổi"),
            text("A03", "1.493"),
            text("B06", "354"),
            text("B08", "3.012 tài khoản"),
        ];
        assert_eq!(read(lines), (expected.to_vec(), 1));
        let rows = "1|Số văn bản chỉ đạo|4|văn bản\n2|Số buổi tuyên truyền|12|buổi\n\
             3|Số lượt người dự|93|lượt\n4|Tài khoản mức 1 hiện có|54|tài khoản\n\
             5|Tài khoản đã kích hoạt|12|tài khoản";
        let (values, told) = read(rows);
        assert_eq!((values.len(), told), (5, 1));
        assert_eq!(values[4], ("B08".to_owned(), CellContent::Number(12.0)));
        assert_eq!(read(&rows.replace("54|tài", "54|60|tài")).0.len(), 0, "which of two?");
        assert_eq!(read(&rows.replace("Số lượt người dự", "Số buổi tuyên truyền")).0.len(), 0);
    }

    #[test]
    fn lines_of_one_cell_and_codes_are_read() {
        let text = |code: &str, words: &str| (code.to_owned(), CellContent::Text(words.to_owned()));
        let cell = "1. Tuyên truyền↵- Số văn bản chỉ đạo: 4 văn bản.↵- Số buổi tuyên truyền: 12 buổi.↵\
             ✅ Số lượt người dự: 1.493;↵2. Tài khoản↵- Tài khoản mức 1 hiện có: 354↵\
             - Tài khoản đã kích hoạt: 3.012";
        let expected = [
            text("A01", "4 văn bản"),
            text("A02", "12 buổi"),
            text("A03", "1.493"),
            text("B06", "354"),
            text("B08", "3.012"),
        ];
        let put_lines = |cell: &str| {
            let page = |sheet: &mut rust_xlsxwriter::Worksheet| {
                put(sheet, (0, 0), HEAD);
                sheet.write(8, 0, cell.replace('↵', "\n")).unwrap();
            };
            let reading = read_xlsx(&workbook(&[("Số liệu", &page)]));
            let values = reading.returns.iter().flat_map(|raw| &raw.values);
            values.map(|value| (value.code.clone(), value.content.clone())).collect::<Vec<_>>()
        };
        assert_eq!(put_lines(cell), expected);
        assert!(put_lines(&cell.replace("2. Tài khoản", "2. Kế hoạch tháng 4")).is_empty());
        let codes = "A01: 4 văn bản; A02 = 12 buổi; A03: 1.493; B06: 354; B08: 3.012";
        assert_eq!(put_lines(codes), expected);
        let values = put_lines(&codes.replace("; B08", ", B08"));
        assert!(values.is_empty(), "{values:?}");
    }

    #[test]
    fn beside_a_table_nothing_is_read_without_a_head() {
        let lines = format!(
            "{HEAD}1. Số văn bản chỉ đạo: 4\n2. Số buổi tuyên truyền: 12\n3. Số lượt người dự: 5\n4. Tài khoản mức 1 hiện có: 3\n5. Tài khoản đã kích hoạt: 3"
        );
        let reading = read_xlsx(&workbook(&[
            ("Biểu 01", &|page| put(page, (0, 0), MAIN)),
            ("Tóm tắt", &|page| put(page, (0, 0), &lines)),
        ]));
        assert!(!notices(&reading).contains(&NoticeKind::NoHeads));
        assert!(reading.returns.iter().all(|raw| raw.sheets.len() == 1));
    }
}

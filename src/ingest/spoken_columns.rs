//! Columns that say the figures beside them once more in words: "Bằng chữ".

use std::collections::BTreeSet;

use super::{
    CellContent, Located, RawValue, grid::Grid, header::ValueHeader, matcher::Matcher,
    sheet::SheetReading,
};
use crate::{
    place::CellRef,
    template::Measure,
    text::{fold, spoken},
};

/// Figures of a table beside which numbers in words are looked for.
const ROWS_TRIED: usize = 3;

/// Takes the numbers in words beside the figures of a table; `end` is the first row behind it.
pub(super) fn take(
    (matcher, grid): (&Matcher, &Grid),
    header: &ValueHeader,
    end: u32,
    found: &mut SheetReading,
) {
    let rows = header.last_row + 1..end;
    let own = [header.code_column, header.name_column, header.unit_column];
    let spoken_at = |cell: CellRef| match grid.at(cell.row, cell.column) {
        CellContent::Text(words) => spoken::number(&fold(words)).map(|_| words.clone()),
        _ => None,
    };
    let is_figure = |value: &&RawValue| {
        value.measure == Measure::Value
            && value.content != CellContent::Empty
            && rows.contains(&value.cell.row)
            && header.holds_values(matcher, value.cell.column)
    };
    let values = || found.values.iter().filter(is_figure);
    let tried = values().take(ROWS_TRIED).flat_map(|value| grid.row(value.cell.row));
    let columns = tried.map(|(cell, _)| *cell).filter(|cell| {
        !own.contains(&Some(cell.column))
            && !header.holds_values(matcher, cell.column)
            && spoken_at(*cell).is_some()
    });
    let columns: BTreeSet<u32> = columns.map(|cell| cell.column).collect();
    if columns.is_empty() {
        return;
    }
    let said = values().flat_map(|value| {
        let cells = columns.iter().map(|column| CellRef { column: *column, ..value.cell });
        let words =
            cells.filter_map(|cell| Some(Located { value: spoken_at(cell)?, sheet: 0, cell }));
        words.map(|words| (value.code.clone(), words)).collect::<Vec<_>>()
    });
    let said: Vec<(String, Located<String>)> = said.collect();
    found.spoken.extend(said);
}

#[cfg(test)]
mod tests {
    use crate::ingest::samples::{only, put, read_xlsx, workbook};

    #[test]
    fn a_column_of_numbers_in_words_is_kept() {
        let lines = "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n\
             STT|Mã|Chỉ tiêu|Kết quả|Bằng chữ\n1|A01|Số văn bản chỉ đạo|3|Ba văn bản\n\
             2|A02|Số buổi tuyên truyền|5|Bảy\n3|A03|Số lượt người dự|40|đã chốt";
        let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), lines))]));
        let said = only(&reading).spoken.iter();
        let said: Vec<_> = said
            .map(|(code, words)| (code.as_str(), words.value.as_str(), words.cell.to_string()))
            .collect();
        assert_eq!(said, [("A01", "Ba văn bản", "E5".to_owned()), ("A02", "Bảy", "E6".to_owned())]);
    }
}

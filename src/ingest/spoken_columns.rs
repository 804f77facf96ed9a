//! Columns that say the figures beside them once more in words: "Bằng chữ".

use super::{
    CellContent, Located, grid::Grid, header::ValueHeader, matcher::Matcher, sheet::SheetReading,
};
use crate::{
    place::CellRef,
    text::{fold, spoken},
};

/// Takes the numbers in words beside the figures of a table; `end` is the first row behind it.
pub(super) fn take(
    (matcher, grid): (&Matcher, &Grid),
    header: &ValueHeader,
    end: u32,
    found: &mut SheetReading,
) {
    let spoken_at = |cell: CellRef| match grid.at(cell.row, cell.column) {
        CellContent::Text(words) => spoken::number(&fold(words)).map(|_| words.clone()),
        _ => None,
    };
    let columns = found.columns_beside((matcher, grid), (header, end), |cell, _| {
        header.unit_column != Some(cell.column) && spoken_at(cell).is_some()
    });
    if columns.is_empty() {
        return;
    }
    let said = found.figures(matcher, header, end).flat_map(|value| {
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

//! Rows of a table that are of no indicator and say something of those that are: a total, a share.

use serde::{Deserialize, Serialize};

use super::{
    CellContent,
    grid::{Grid, is_figure},
    header::ValueHeader,
    matcher::Matcher,
    names::without_numbering,
    word_row::WordRow,
};
use crate::{place::CellRef, text};

/// A row that states something of the figures of its table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatedRow {
    /// What it states.
    pub kind: StatedKind,
    /// Its name as it stands.
    pub words: String,
    /// Its name folded, abbreviations written out; of a share what is before the word that divides it, and what is
    /// behind it.
    pub sides: Vec<String>,
    /// What stands in the columns of figures: at least one cell.
    pub values: Vec<(CellRef, CellContent)>,
    /// Index of the sheet in the return.
    pub sheet: u16,
}

/// What a row states of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatedKind {
    /// What they are together.
    Total,
    /// What one is of another.
    Share,
}

impl StatedKind {
    /// Returns what a row of folded words states; nothing when it is of something else.
    fn of(name: &str, values: &[(CellRef, CellContent)]) -> Option<Self> {
        const TOTALS: [&str; 2] = ["tổng", "cộng"];
        const NO_TOTALS: [&str; 5] = ["cộng đồng", "cộng tác", "tổng hợp", "tổng kết", "tổng đài"];
        const SHARES: [&str; 4] = ["tỷ lệ", "tỉ lệ", "phần trăm", "%"];
        let is_percent = |(_, content): &(CellRef, CellContent)| match content {
            CellContent::Percent(_) => true,
            CellContent::Text(words) => words.trim_end().ends_with('%'),
            _ => false,
        };
        if SHARES.iter().any(|words| name.contains(words)) || values.iter().any(is_percent) {
            return Some(Self::Share);
        }
        let name = name.strip_prefix("dòng ").unwrap_or(name);
        let is_total = TOTALS.iter().any(|word| name.starts_with(word))
            && !NO_TOTALS.iter().any(|words| name.starts_with(words));
        is_total.then_some(Self::Total)
    }
}

/// Returns what a row of no indicator states of the figures of its tables, with the given words in it.
pub(super) fn find(
    (matcher, grid): (&Matcher, &Grid),
    headers: &[ValueHeader],
    row: u32,
    words: &WordRow,
) -> Option<StatedRow> {
    let header = headers.first().filter(|header| header.units.is_empty())?;
    let holds_figure = |(cell, content): &&(CellRef, CellContent)| {
        let is_figure = is_figure(content) || matches!(content, CellContent::Percent(_));
        is_figure && headers.iter().any(|header| header.holds_values(matcher, cell.column))
    };
    let values: Vec<_> = grid.row(row).iter().filter(holds_figure).cloned().collect();
    let (first, _) = values.first()?;
    let named = words.iter().find(|(cell, _)| Some(cell.column) == header.name_column);
    let is_before = |(cell, word): &&(CellRef, String)| {
        cell.column < first.column && word.chars().filter(|one| one.is_alphabetic()).count() > 1
    };
    let (cell, name) = named.or_else(|| words.iter().find(is_before))?;
    let name = without_numbering(name);
    let kind = StatedKind::of(name, &values)?;
    let CellContent::Text(words) = grid.at(cell.row, cell.column) else { return None };
    Some(StatedRow {
        kind,
        words: text::squeeze(words),
        sides: sides(kind, name)
            .map(|side| matcher.abbreviations.written_out(side).trim().to_owned())
            .collect(),
        values,
        sheet: 0,
    })
}

/// Returns the sides of the name of a row.
fn sides(kind: StatedKind, name: &str) -> impl Iterator<Item = &str> {
    const DIVIDERS: [&str; 4] = ["/", " trên tổng", " trên số", " so với "];
    let divider =
        DIVIDERS.iter().find(|divider| kind == StatedKind::Share && name.contains(**divider));
    let (side, other) = match divider.and_then(|divider| name.split_once(divider)) {
        Some((side, other)) => (side, Some(other)),
        None => (name, None),
    };
    std::iter::once(side).chain(other)
}

#[cfg(test)]
mod tests {
    use super::StatedKind::{self, Share, Total};
    use crate::ingest::{
        CellContent,
        samples::{only, put, read_xlsx, workbook},
    };

    /// Returns what the given row of a table states.
    fn stated(row: &str) -> Vec<(StatedKind, Vec<String>, Vec<CellContent>)> {
        let lines = format!(
            "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n\
             STT|Mã|Chỉ tiêu|ĐVT|Kết quả\n1|B06|Tài khoản mức 1 hiện có|tài khoản|12\n{row}"
        );
        let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
        let rows = only(&reading).stated_rows.clone();
        let cells = |values: Vec<(_, CellContent)>| values.into_iter().map(|(_, one)| one);
        rows.into_iter()
            .map(|row| (row.kind, row.sides, cells(row.values).collect::<Vec<_>>()))
            .collect()
    }

    #[test]
    fn totals_and_shares_are_known_by_their_words() {
        let number = CellContent::Number(12.0);
        let text = |words: &str| CellContent::Text(words.to_owned());
        for (row, expected) in [
            (
                "||Tổng TK (mức 1 + mức 2)||12",
                Some((Total, "tổng tk mức 1 mức 2".to_owned(), &number)),
            ),
            ("Cộng I||||12", Some((Total, "cộng i".to_owned(), &number))),
            ("||Dòng cộng tin bài||12", Some((Total, "dòng cộng tin bài".to_owned(), &number))),
            ("2||Tỷ lệ kích hoạt|%|12", Some((Share, "tỷ lệ kích hoạt".to_owned(), &number))),
            (
                "||Kích hoạt/dân số||93,4 %",
                Some((Share, "kích hoạt : dân số".to_owned(), &text("93,4 %"))),
            ),
            ("||Cộng tác viên||12", None),
            ("||Tổng số tài khoản||", None),
            ("||Số đoàn viên||12", None),
        ] {
            let found = stated(row);
            let found: Vec<_> = found
                .iter()
                .map(|(kind, name, values)| (*kind, name.join(" : "), &values[0]))
                .collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{row}");
        }
    }
}

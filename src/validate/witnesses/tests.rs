//! Rows of totals and shares beside the figures of a return.

use super::super::{
    Batch,
    sample::commune,
    tests::{UNIT, run_one},
};
use crate::{
    ingest::{CellContent, StatedKind, StatedRow},
    place::CellRef,
};

/// Returns the codes and messages of what is said of a row that stands below the last row of an indicator.
fn said(kind: StatedKind, words: &str, below: &str, content: CellContent) -> Vec<String> {
    let sample = commune(UNIT).head(|raw| {
        let is_value = |one: &&crate::ingest::RawValue| {
            one.code == below && one.measure == crate::template::Measure::Value
        };
        let cell = raw.values.iter().find(is_value).unwrap().cell;
        // Between two rows.
        for value in raw.values.iter_mut().filter(|one| one.cell.row > cell.row) {
            value.cell.row += 1;
        }
        let cell = CellRef { row: cell.row + 1, ..cell };
        let sides = words.to_lowercase();
        let sides = match sides.split_once(" có ") {
            Some((whole, part)) => vec![part.to_owned(), whole.to_owned()],
            None => sides.split('/').map(str::to_owned).collect(),
        };
        raw.stated_rows.push(StatedRow {
            kind,
            of: None,
            rows: Vec::new(),
            foreign: Vec::new(),
            words: words.to_owned(),
            sides,
            values: vec![(cell, content)],
            sheet: 0,
        });
    });
    of_rows(&run_one(sample))
}

fn of_rows(batch: &Batch) -> Vec<String> {
    let said = batch.findings.iter().filter(|one| ["DA06-T19", "DA06-T67"].contains(&&*one.code));
    said.map(|one| format!("{} {}", one.code, one.message)).collect()
}

#[test]
fn a_total_is_held_against_the_rows_that_it_names_or_follows() {
    let total = |words: &str, below: &str, number: f64| {
        let said = said(StatedKind::Total, words, below, CellContent::Number(number));
        said.join("; ")
    };
    for (words, below, fits, wrong, how) in [
        (
            "Dòng cộng tin, bài",
            "A09",
            14.0,
            15.0,
            "không bằng tổng của các chỉ tiêu cùng tên (A07,",
        ),
        (
            "Tổng tài khoản (mức 1 + mức 2)",
            "B07",
            5000.0,
            5100.0,
            "không bằng tổng của các chỉ tiêu",
        ),
        ("Tổng số (B06 + B07)", "B09", 5000.0, 4999.0, "cộng B06, B07 được 5.000"),
        ("Cộng", "A02", 6.0, 7.0, "không bằng tổng các dòng liền trên hoặc liền dưới"),
    ] {
        assert_eq!(total(words, below, fits), "", "{words}");
        let said = total(words, below, wrong);
        assert!(said.starts_with("DA06-T19") && said.contains(how), "{words}: {said}");
    }
    let other = total("Tổng số hộ nghèo, cận nghèo", "A09", 77.0);
    assert!(other.starts_with("DA06-T67"), "{other}");
}

#[test]
fn a_share_is_held_against_what_its_words_name() {
    let share = |words: &str, below: &str, content: &str| {
        let content = CellContent::Text(content.to_owned());
        said(StatedKind::Share, words, below, content).join("; ")
    };
    for (words, below, fits, wrong, how) in [
        ("Tỷ lệ hồ sơ trực tuyến", "C02", "75%", "57%", "không bằng tỷ lệ nào"),
        ("Tỷ lệ hồ sơ trực tuyến/tiếp nhận", "C06", "75,0%", "80,0 %", "không bằng tỷ lệ nào"),
        (
            "Tỷ lệ công dân từ đủ 14 tuổi có tài khoản",
            "D01",
            "80,6%",
            "86,2%",
            "không bằng tỷ lệ nào",
        ),
        ("Tỷ lệ C02/C01", "C06", "75", "74,8", "tính từ C02, C01 được 75,00%"),
        ("Tỷ lệ kích hoạt", "B09", "64,51 %", "46,51 %", "không bằng tỷ lệ nào"),
    ] {
        assert_eq!(share(words, below, fits), "", "{words}");
        let said = share(words, below, wrong);
        assert!(said.starts_with("DA06-T19") && said.contains(how), "{words}: {said}");
    }
    for words in ["Tỷ lệ hộ nghèo", "Tỷ lệ tăng so với tháng trước"] {
        let said = share(words, "C06", "7,31%");
        assert!(said.starts_with("DA06-T67"), "{words}: {said}");
    }
}

//! Rows of totals and shares beside the figures of a return.

use super::super::{
    Batch,
    sample::commune,
    tests::{UNIT, run_one},
};
use crate::{
    ingest::{CellContent, LetterLine, Located, RawReturn, StatedKind, StatedRow},
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
    let said = batch
        .findings
        .iter()
        .filter(|one| ["DA06-T19", "DA06-S17", "DA06-T67"].contains(&&*one.code));
    said.map(|one| format!("{} {}", one.code, one.message)).collect()
}

#[test]
fn a_total_is_held_against_the_rows_that_it_names_or_follows() {
    let total = |words: &str, below: &str, number: f64| {
        let said = said(StatedKind::Total, words, below, CellContent::Number(number));
        said.join("; ")
    };
    for (words, below, fits, wrong, how) in [
        ("Dòng cộng tin, bài", "A09", 14.0, 15.0, "(A07, A08, A09) cộng được 14"),
        ("Tổng tài khoản (mức 1 + mức 2)", "B07", 5000.0, 5100.0, "(B06, B07) cộng được 5.000"),
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
        ("Tỷ lệ hồ sơ trực tuyến/tiếp nhận", "C06", "75,0%", "80,0 %", "tính lại được 75,00%"),
        (
            "Tỷ lệ công dân từ đủ 14 tuổi có tài khoản",
            "D01",
            "80,6%",
            "86,2%",
            "tính lại được 80,65%",
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

#[test]
fn rests_changes_and_parts_are_held_against_the_figures_above() {
    let said = |kind, words: &str, below: &str, number: f64| {
        said(kind, words, below, CellContent::Number(number)).join("; ")
    };
    assert_eq!(said(StatedKind::Rest, "Còn lại chưa kích hoạt tài khoản", "B09", 1000.0), "");
    let rest = said(StatedKind::Rest, "Còn lại chưa kích hoạt tài khoản", "B09", 1001.0);
    assert!(rest.contains("không bằng hiệu"), "{rest}");
    assert_eq!(said(StatedKind::Change, "Tăng so với tháng trước", "B08", 140.0), "");
    let change = said(StatedKind::Change, "Tăng so với tháng trước", "B08", 150.0);
    assert!(change.starts_with("DA06-S17") && change.contains("được 140"), "{change}");
}

/// Returns the codes and messages of what is said of a return with a change.
fn said_of(change: impl FnOnce(&mut RawReturn)) -> Vec<String> {
    let of_witnesses = ["DA06-T19", "DA06-S17", "DA06-S22", "DA06-T66", "DA06-T67"];
    let batch = run_one(commune(UNIT).head(change));
    let said = batch.findings.iter().filter(|one| of_witnesses.contains(&&*one.code));
    said.map(|one| format!("{} {}", one.code, one.message)).collect()
}

#[test]
fn notes_and_numbers_in_words_are_held_against_their_figure() {
    let note = |code: &str, words: &str| {
        let located =
            Located { value: words.to_owned(), sheet: 0, cell: CellRef { row: 30, column: 9 } };
        said_of(|raw| raw.notes.push((code.to_owned(), located))).join("; ")
    };
    for (code, words, expected) in [
        ("B08", "tăng 140 so với kỳ trước", ""),
        ("B08", "tăng 46 so với kỳ trước", "DA06-S17"),
        ("A03", "giảm so với tháng trước", ""),
        ("A03", "tăng so với tháng trước", "DA06-S17"),
        ("A13", "Bằng chữ: hai", ""),
        ("A13", "Bằng chữ: ba", "DA06-S22"),
        ("A13", "không phát sinh", "DA06-T66"),
        ("C06", "không phát sinh", ""),
    ] {
        let said = note(code, words);
        assert!(
            if expected.is_empty() { said.is_empty() } else { said.starts_with(expected) },
            "{words}: {said}"
        );
    }
}

#[test]
fn sentences_of_a_letter_are_held_against_the_figures() {
    let letter = |words: &str| {
        let line = LetterLine {
            sheet: "Công văn".to_owned(),
            cell: CellRef { row: 9, column: 0 },
            words: words.to_owned(),
        };
        said_of(|raw| raw.letters.push(line)).join("; ")
    };
    for (words, expected) in [
        ("Lũy kế đến nay đã kích hoạt 4.000 tài khoản.", ""),
        ("Lũy kế đến nay đã kích hoạt 4.100 tài khoản.", "“4.100 tài khoản.”"),
        ("Công văn số 25 ngày 15 tháng 3", ""),
        ("Số tài khoản kích hoạt mới trong kỳ 88", "“88”"),
        ("Số tài khoản kích hoạt mới trong kỳ 150", ""),
    ] {
        let said = letter(words);
        assert!(
            if expected.is_empty() {
                said.is_empty()
            } else {
                said.contains(expected.trim_end_matches(".”"))
            },
            "{words}: {said}"
        );
    }
}

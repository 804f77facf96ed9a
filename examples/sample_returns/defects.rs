//! The defects of 2024-03 that stand in the cells of one return each: what is changed in a correct
//! draft, and the finding that a correct program makes of it. Defects of whole files are in `batch`.

use da06::template::Measure;
use unicode_normalization::UnicodeNormalization;

use crate::{
    draft::{Content, Draft},
    truth::{Figure, State},
};

/// A defect of a cell, before its place is known.
#[derive(Debug, Clone)]
pub(crate) struct Planted {
    /// "D07".
    pub(crate) id: &'static str,
    /// What was planted.
    pub(crate) kind: &'static str,
    /// Where.
    pub(crate) spot: Spot,
    /// Code, severity and use of the expected finding; empty texts when none is expected.
    pub(crate) expected: [&'static str; 3],
    /// What stands there.
    pub(crate) words: String,
    /// What the program should hold, where it is not what the cell says literally.
    pub(crate) figure: Option<Figure>,
}

/// Where a defect stands in a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Spot {
    /// The value of an indicator.
    Value(&'static str),
    /// The note of an indicator.
    Note(&'static str),
    /// A field of the head.
    Head(&'static str),
}

const LITERAL: [&str; 3] = ["", "", "dùng"];
const UNUSABLE: Option<Figure> = Some(Figure::State(State::Unusable));

/// Changes the draft of a unit and returns what was planted.
pub(crate) fn plant(draft: &mut Draft) -> Vec<Planted> {
    let mut planted = names(draft);
    planted.extend(texts(draft));
    planted.extend(stocks(draft));
    planted.extend(faults(draft));
    planted
}

/// Names of units as people write them, without the code that would make them unimportant.
fn names(draft: &mut Draft) -> Vec<Planted> {
    let (id, kind, name) = match draft.unit.as_str() {
        "doan-lap" => ("D23", "name with UBND, no code", "UBND xã Đoàn Lập".to_owned()),
        "tien-lang" => ("D24", "name abbreviated, no code", "TT. Tiên Lãng".to_owned()),
        "tien-minh" => ("D25", "name in capitals, no code", "XÃ TIÊN MINH".to_owned()),
        "cap-tien" => ("D26", "name without marks, no code", "xa Cap Tien".to_owned()),
        "quyet-tien" => ("D27", "name in NFD, no code", "UBND xã Quyết Tiến".nfd().collect()),
        _ => return Vec::new(),
    };
    draft.unit_name.clone_from(&name);
    draft.unit_code.clear();
    // The roster's own spellings need no word; the others are read and said.
    let is_of_roster = matches!(id, "D23" | "D24");
    let expected = if is_of_roster { LITERAL } else { ["DA06-H06", "thông tin", "dùng"] };
    vec![Planted { id, kind, spot: Spot::Head("unit"), expected, words: name, figure: None }]
}

/// Numbers and signs written as text, and a number that lost its thousands dot.
fn texts(draft: &mut Draft) -> Vec<Planted> {
    let (id, code, text, value, expected) = match draft.unit.as_str() {
        "tien-cuong" => ("D12", "A10", "1.234", Some(1234), ["DA06-S12", "thông tin", "dùng"]),
        "tu-cuong" => ("D13", "D03", "85,5%", None, ["DA06-S07", "lỗi", "bỏ"]),
        "quyet-tien" => ("D14", "A02", "12 buổi", Some(12), ["DA06-S12", "thông tin", "dùng"]),
        "tien-minh" => ("D15", "A13", "-", Some(0), ["DA06-S13", "thông tin", "dùng"]),
        "tien-thanh" => ("D16", "B15", "…", None, ["DA06-S10", "cảnh báo", "dùng"]),
        "cap-tien" => ("D17", "C06", "x", None, ["DA06-S11", "cảnh báo", "dùng"]),
        "khoi-nghia" => {
            ("D18", "C04", "không phát sinh", Some(0), ["DA06-S13", "thông tin", "dùng"])
        }
        _ => return Vec::new(),
    };
    let figure = match text {
        "…" => Figure::State(State::NotAvailable),
        "x" => Figure::State(State::NotApplicable),
        _ => value.map_or(Figure::State(State::Unusable), Figure::Value),
    };
    if let Some(value) = value {
        restate_year(draft, code, value);
    }
    draft.put(code, Content::text(text));
    draft.put_measure(code, Measure::Change, Content::Blank);
    let kind = "number or sign as text";
    vec![Planted {
        id,
        kind,
        spot: Spot::Value(code),
        expected,
        words: text.to_owned(),
        figure: Some(figure),
    }]
}

/// Stocks that contradict each other or the month before.
fn stocks(draft: &mut Draft) -> Vec<Planted> {
    let (id, kind, code, expected) = match draft.unit.as_str() {
        "hung-thang" => ("D08", "activated above issued", "B08", ["B-06", "lỗi", "bỏ"]),
        "dong-hung" => ("D09", "stock falls without a word", "B03", ["K-02", "cảnh báo", "nghi"]),
        "bac-hung" => ("D10", "stock falls with a note", "B04", ["K-02", "cảnh báo", "dùng"]),
        "kien-thiet" => ("D11", "increase in a stock row", "B08", ["K-01", "lỗi", "bỏ"]),
        _ => return Vec::new(),
    };
    let previous = whole(draft, code, Measure::Previous);
    let (value, figure) = match draft.unit.as_str() {
        "hung-thang" => {
            let issued = whole(draft, "B06", Measure::Value) + whole(draft, "B07", Measure::Value);
            (issued + 38, UNUSABLE)
        }
        "dong-hung" => (previous - 37, None),
        "bac-hung" => {
            draft.note("B04", "Rà soát, loại 12 hồ sơ trùng theo danh sách của Công an huyện");
            (previous - 12, None)
        }
        _ => {
            let increase = whole(draft, "B10", Measure::Value);
            draft.put_measure("B08", Measure::Change, Content::count(increase));
            (increase, UNUSABLE)
        }
    };
    draft.put(code, Content::count(value));
    let words = format!("{value} (kỳ trước {previous})");
    vec![Planted { id, kind, spot: Spot::Value(code), expected, words, figure }]
}

/// Cells that hold no figure, and notes and tables that do not fit.
fn faults(draft: &mut Draft) -> Vec<Planted> {
    let one = |id, kind, spot, expected, words: &str, figure| {
        vec![Planted { id, kind, spot, expected, words: words.to_owned(), figure }]
    };
    match draft.unit.as_str() {
        "van-hoa-thong-tin" => {
            restate_year(draft, "A10", 1234);
            draft.put("A10", Content::Number(1.234));
            let expected = ["DA06-S02", "lỗi", "bỏ"];
            one("D19", "lost thousands dot", Spot::Value("A10"), expected, "1.234", UNUSABLE)
        }
        "tai-chinh-ke-hoach" => {
            let broken = Content::Formula("=#REF!+2".to_owned(), Some("#REF!".to_owned()));
            draft.put("D02", broken);
            draft.put_measure("D02", Measure::Change, Content::Blank);
            let expected = ["DA06-S05", "lỗi", "bỏ"];
            one("D20", "error value", Spot::Value("D02"), expected, "#REF!", UNUSABLE)
        }
        "noi-vu" => {
            let total = whole(draft, "A03", Measure::Value);
            let formula = format!("={}+{}", total - 20, 20);
            draft.put("A03", Content::Formula(formula.clone(), None));
            let expected = ["DA06-S06", "lỗi", "bỏ"];
            one("D21", "formula never calculated", Spot::Value("A03"), expected, &formula, UNUSABLE)
        }
        "hoi-nong-dan" => {
            let words = "=> 01 buổi lồng ghép với sinh hoạt chi hội";
            draft.note("A02", words);
            let expected = ["DA06-S19", "thông tin", "dùng"];
            one("D22", "note begins with =", Spot::Note("A02"), expected, words, None)
        }
        "dai-thang" => {
            let rows = draft.details.get_mut("thon").map(Vec::as_mut_slice).unwrap_or_default();
            if let Some(Content::Number(visited)) =
                rows.first_mut().and_then(|row| row.get_mut("luot_ho"))
            {
                *visited += 18.0;
            }
            let expected = ["T-01", "cảnh báo", "dùng"];
            let words = "cộng các thôn nhiều hơn số của xã 18 lượt hộ";
            one("D34", "rows of thôn do not add up", Spot::Value("A14"), expected, words, None)
        }
        _ => Vec::new(),
    }
}

/// Makes the stated sum of the year fit another value of the period.
fn restate_year(draft: &mut Draft, code: &str, value: i64) {
    if draft.cells.contains_key(&(code.to_owned(), Measure::YearToDate)) {
        let year = whole(draft, code, Measure::YearToDate) - whole(draft, code, Measure::Value);
        draft.put_measure(code, Measure::YearToDate, Content::count(year + value));
    }
}

/// Returns a count that stands in a draft, else 0.
pub(crate) fn whole(draft: &Draft, code: &str, measure: Measure) -> i64 {
    match draft.cells.get(&(code.to_owned(), measure)) {
        Some(Content::Number(number)) => {
            #[expect(clippy::cast_possible_truncation, reason = "drafts hold whole counts")]
            let whole = *number as i64;
            whole
        }
        _ => 0,
    }
}

//! Corrections that were applied, and every received file with its fate.

use super::{
    FindingsInput, MOST_OF_NOBODY, explanations,
    grid::{self, Head},
    in_file, link_to, more,
};
use crate::{
    compose::document::{Align, Row, Table},
    place::Place,
    quantity::Quantity,
    text::format_month,
    validate::Fate,
};

/// Heads of the sheet of corrections.
const CORRECTION_HEADS: [Head; 9] = [
    ("STT", Align::Centre, 0),
    ("Đơn vị", Align::Left, 2),
    ("Chỉ tiêu", Align::Left, 3),
    ("Số cũ", Align::Right, 0),
    ("Số mới", Align::Right, 0),
    ("Người, thời điểm xác nhận", Align::Left, 1),
    ("Lý do", Align::Left, 2),
    ("Tệp", Align::Left, 1),
    ("Ô", Align::Centre, 0),
];

/// Heads of the sheet of files.
const FILE_HEADS: [Head; 8] = [
    ("STT", Align::Centre, 0),
    ("Tệp", Align::Left, 3),
    ("Mở", Align::Centre, 0),
    ("Kết quả", Align::Left, 2),
    ("Đơn vị", Align::Left, 2),
    ("Kỳ báo cáo", Align::Centre, 0),
    ("Lần gửi", Align::Right, 0),
    ("Mã kiểm tra (SHA-256)", Align::Left, 1),
];

/// Returns the corrections that were applied.
pub(super) fn corrections(input: &FindingsInput<'_>) -> Table {
    let day = input.dates().last;
    let rows = (1..).zip(&input.batch.corrections).map(|(number, correction)| {
        let indicator = input.templates.indicators.get(correction.indicator);
        let quantity = |scaled: i64| Quantity { scaled, decimals: indicator.decimals };
        grid::row(vec![
            grid::ordinal(number),
            vec![input.unit_name(correction.unit)],
            grid::words(indicator.name_on(day)),
            correction.old.map(|old| grid::number(quantity(old))).unwrap_or_default(),
            grid::number(quantity(correction.new)),
            grid::words(&explanations::confirmation(correction)),
            grid::words(&correction.why),
            vec![in_file(&correction.place)],
            vec![link_to(&correction.place)],
        ])
    });
    grid::table(&CORRECTION_HEADS, rows.collect())
}

/// Returns every received file with its fate.
pub(super) fn received(input: &FindingsInput<'_>) -> Table {
    let units = input.units_by_key();
    let mut of_nobody = 0_usize;
    let listed = input.batch.fates.iter().filter(|file| {
        of_nobody += usize::from(file.fate == Fate::Rejected && file.unit.is_none());
        file.unit.is_some() || file.fate != Fate::Rejected || of_nobody <= MOST_OF_NOBODY
    });
    let rows = (1..).zip(listed).map(|(number, file)| {
        let unit = file.unit.as_deref().and_then(|key| units.get(key)).copied();
        let submission = file.submission.and_then(|submission| usize::try_from(submission).ok());
        let place = Place::of_file(file.file.clone());
        grid::row(vec![
            grid::ordinal(number),
            vec![in_file(&place)],
            vec![link_to(&place)],
            grid::words(fate(file.fate)),
            unit.map(|unit| vec![input.unit_name(unit)]).unwrap_or_default(),
            file.period.map(|period| grid::words(&format_month(period))).unwrap_or_default(),
            submission.map(grid::count).unwrap_or_default(),
            grid::words(&file.sha256),
        ])
    });
    let mut rows: Vec<Row> = rows.collect();
    if of_nobody > MOST_OF_NOBODY {
        rows.push(more(of_nobody - MOST_OF_NOBODY, "tệp", FILE_HEADS.len()));
    }
    grid::table(&FILE_HEADS, rows)
}

/// Returns what became of a file, as a secretary says it.
fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Counted => "tính vào báo cáo",
        Fate::Superseded => "đã có lần gửi khác thay thế",
        Fate::Duplicate => "trùng nội dung với tệp khác",
        Fate::Held => "chờ văn thư quyết định",
        Fate::Rejected => "từ chối, phải gửi lại",
        Fate::OtherPeriod => "của kỳ khác",
        Fate::Ignored => "bỏ qua, không phải báo cáo",
    }
}

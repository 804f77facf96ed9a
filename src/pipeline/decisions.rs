//! What a person decides about a layout: proposals by their numbers, or meanings in words.

use super::{Error, MapRequest};
use crate::{
    ingest::{Basis, ColumnHolds, Proposal, RowReading, TableReading, Understanding},
    place::CellRef,
    template::ColumnMeaning,
    text,
};

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decision {
    Column { table: usize, column: usize, meaning: ColumnMeaning },
    Row { table: usize, row: usize, code: String },
}

/// Returns what a request decides about what is unclear.
pub(super) fn decisions(
    understanding: &Understanding,
    request: &MapRequest,
) -> Result<Vec<Decision>, Error> {
    let proposals = understanding.proposals();
    let mut decisions = Vec::new();
    let all = request.accept.contains(&0);
    let numbers: Vec<usize> =
        if all { (1..=proposals.len()).collect() } else { request.accept.clone() };
    for number in numbers {
        let proposal = number.checked_sub(1).and_then(|at| proposals.get(at)).ok_or_else(|| {
            Error::NotFound {
                what: format!("không có đề xuất số {number}"),
                hint: format!("tệp này có {} đề xuất", proposals.len()),
            }
        })?;
        match accepted(understanding, *proposal) {
            Some(decision) => decisions.push(decision),
            None if all => {}
            None => {
                return Err(Error::NotFound {
                    what: format!("đề xuất số {number} chưa có cách hiểu rõ nhất"),
                    hint:
                        "nêu rõ cách hiểu, ví dụ --set \"dòng 12=B08\" hoặc --set \"cột F=luy_ke\""
                            .to_owned(),
                });
            }
        }
    }
    if all && decisions.is_empty() && request.set.is_empty() {
        return Err(Error::NotFound {
            what: "không có đề xuất nào để duyệt".to_owned(),
            hint: "xem `da06 map TỆP`; cách hiểu khác nêu bằng --set".to_owned(),
        });
    }
    for words in &request.set {
        let decision = decided(understanding, words)?;
        let same = |known: &Decision| known.place() == decision.place();
        decisions.retain(|known| !same(known));
        decisions.push(decision);
    }
    Ok(decisions)
}

impl Decision {
    /// Returns the table, the column or row of it, and which of both.
    pub(super) fn place(&self) -> (usize, usize, u8) {
        match self {
            Self::Column { table, column, .. } => (*table, *column, 0),
            Self::Row { table, row, .. } => (*table, *row, 1),
        }
    }
}

/// Returns what accepting a proposal decides, when it has a clearly best candidate.
fn accepted(understanding: &Understanding, proposal: Proposal) -> Option<Decision> {
    match proposal {
        Proposal::Column { table, column } => {
            let reading = understanding.tables.get(table)?.columns.get(column)?;
            let meaning = reading.proposed()?.meaning;
            Some(Decision::Column { table, column, meaning })
        }
        Proposal::Row { table, row } => {
            let reading = understanding.tables.get(table)?.rows.get(row)?;
            let code = reading.proposed()?.meaning.clone();
            Some(Decision::Row { table, row, code })
        }
    }
}

/// Reads "dòng 12=B08", "cột F=luy_ke", "Biểu 01!dòng 12=B08".
fn decided(understanding: &Understanding, words: &str) -> Result<Decision, Error> {
    let malformed = || wrong(format!("không hiểu `{words}`"));
    let (place, meaning) = words.rsplit_once('=').ok_or_else(malformed)?;
    let (sheet, place) = match place.rsplit_once('!') {
        Some((sheet, place)) => (Some(text::fold(sheet)), place),
        None => (None, place),
    };
    let here = |table: &TableReading| {
        sheet.as_ref().is_none_or(|sheet| text::fold(&table.sheet) == *sheet)
    };
    let tables: Vec<(usize, &TableReading)> =
        understanding.tables.iter().enumerate().filter(|(_, table)| here(table)).collect();
    let folded = text::strip_marks(place);
    let line = Line::of(&folded).ok_or_else(malformed)?;
    let mut found = Vec::new();
    for (table, reading) in tables {
        found.extend(if line.is_row == reading.is_across {
            decided_measure((table, reading), line, meaning.trim())?
        } else {
            decided_indicator((table, reading), line, &meaning.trim().to_uppercase())?
        });
    }
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(wrong(format!(
            "`{}` không phải là chỗ có thể nêu cách hiểu trong tệp này",
            place.trim()
        ))),
        _ => Err(wrong(format!(
            "`{}` có ở nhiều bảng; nêu thêm tên trang tính: \"Trang!dòng 12=B08\"",
            place.trim()
        ))),
    }
}

fn wrong(what: String) -> Error {
    let hint = "viết theo mẫu --set \"dòng 12=B08\" hoặc --set \"cột F=luy_ke\"".to_owned();
    Error::NotFound { what, hint }
}

/// A row or a column of a sheet.
#[derive(Clone, Copy)]
struct Line {
    is_row: bool,
    index: u32,
}

impl Line {
    /// Reads "dong 12" and "cot f".
    fn of(words: &str) -> Option<Self> {
        let (kind, place) = words.trim().split_once(' ')?;
        match kind {
            "dong" => {
                let number: u32 = place.trim().parse().ok()?;
                Some(Self { is_row: true, index: number.checked_sub(1)? })
            }
            "cot" => {
                let letters = place.trim().bytes();
                let index = letters.clone().try_fold(0_u32, |index, letter| {
                    let digit =
                        letter.to_ascii_lowercase().checked_sub(b'a').filter(|it| *it < 26)?;
                    index.checked_mul(26)?.checked_add(u32::from(digit) + 1)
                });
                Some(Self { is_row: false, index: index?.checked_sub(1)? })
            }
            _ => None,
        }
    }

    fn name(self) -> String {
        if self.is_row {
            return format!("dòng {}", self.index + 1);
        }
        let cell = CellRef { row: 0, column: self.index }.to_string();
        format!("cột {}", cell.trim_end_matches('1'))
    }
}

/// Returns that a line is the row of an indicator, or of a table turned its column.
fn decided_indicator(
    (table, reading): (usize, &TableReading),
    line: Line,
    code: &str,
) -> Result<Option<Decision>, Error> {
    let Some(at) = reading.rows.iter().position(|each| each.row == line.index) else {
        return Ok(None);
    };
    match &reading.rows[at] {
        RowReading { code: Some(code), basis, .. } if *basis != Basis::Mapping => {
            Err(Error::NotFound {
                what: format!("{} đã hiểu chắc chắn là chỉ tiêu {code}", line.name()),
                hint: "ánh xạ không thay được cách hiểu chắc chắn; đề nghị đơn vị sửa tệp"
                    .to_owned(),
            })
        }
        _ => Ok(Some(Decision::Row { table, row: at, code: code.to_owned() })),
    }
}

/// Returns what a column of figures holds, or a row of figures of a table turned.
fn decided_measure(
    (table, reading): (usize, &TableReading),
    line: Line,
    meaning: &str,
) -> Result<Option<Decision>, Error> {
    let Some(column) = reading.columns.iter().position(|each| each.column == line.index) else {
        return Ok(None);
    };
    let key = text::strip_marks(meaning).replace(' ', "_");
    let meaning = ColumnMeaning::of_key(&key).ok_or_else(|| {
        let keys = ColumnMeaning::ALL.map(ColumnMeaning::key).join(", ");
        let kind = if line.is_row { "dòng" } else { "cột" };
        wrong(format!("không có loại {kind} `{meaning}`; được dùng: {keys}"))
    })?;
    let known = &reading.columns[column];
    let is_free = matches!(known.holds, ColumnHolds::Other | ColumnHolds::Unclear)
        || known.basis == Basis::Mapping;
    Ok(is_free.then_some(Decision::Column { table, column, meaning }))
}

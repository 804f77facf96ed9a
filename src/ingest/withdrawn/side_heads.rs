//! Heads of columns: whether they put the numbers below them in doubt, stand for others or say what they are
//! beside the figures. All of them are folded.

use super::{
    doubts::is_doubtful,
    parts::names_body,
    row_notes::is_of_other,
    words::{in_brackets, names_sum},
};
use crate::{
    ingest::{CellContent, grid::Grid, month::MonthHead},
    place::CellRef,
    text::fold,
};

/// Returns whether the head of a column of values may say that its numbers are not those of the unit, or not
/// final.
pub(in crate::ingest) fn is_doubtful_head(head: &str) -> bool {
    const REMARKS: [&str; 13] = [
        "mẫu",
        "xã ",
        "công an",
        "đoàn",
        "trường",
        "sai",
        "giao",
        "tăng",
        "giảm",
        "chưa",
        "số cũ",
        "nháp",
        "huyện",
    ];
    let of_remark =
        |remark: &str| REMARKS.iter().any(|word| remark.starts_with(word)) || names_body(remark);
    is_doubtful(head) || in_brackets(head).is_some_and(of_remark)
}

/// Returns the heads in some rows of what may have come together.
pub(in crate::ingest) fn heads_of_sums(
    grid: &Grid,
    rows: std::ops::RangeInclusive<u32>,
) -> Vec<CellRef> {
    let heads = rows.flat_map(|row| grid.row(row));
    let sums = heads.filter(|(_, content)| match content {
        CellContent::Text(words) => names_sum(&fold(words)),
        _ => false,
    });
    sums.map(|(cell, _)| *cell).collect()
}

/// Returns whether the lowest words of a head are of numbers that stand for those of the period.
pub(in crate::ingest) fn is_of_corrections(head: &str) -> bool {
    const CORRECTIONS: [&str; 18] = [
        "đính chính",
        "sửa",
        "điều chỉnh",
        "số đúng",
        "đúng ra",
        "bổ sung",
        "kiểm tra lại",
        "số liệu mới",
        "cập nhật",
        "số liệu chốt",
        "chốt",
        "rà soát",
        "phát sinh thêm",
        "trừ trùng",
        "đối chiếu",
        "chính thức",
        "thẩm định",
        "công an",
    ];
    !head.starts_with("ngày") && CORRECTIONS.iter().any(|word| head.contains(word))
}

/// Returns whether the head of a column is of a share, a plan or a comparison.
pub(in crate::ingest) fn is_compared(head: &str) -> bool {
    const COMPARED: [&str; 9] =
        ["%", "tỷ lệ", "tỉ lệ", "so với", "so sánh", "kế hoạch", "chỉ tiêu", "tăng", "giảm"];
    COMPARED.iter().any(|word| head.contains(word))
}

/// Returns whether the head of a column that holds no figure of the form says what it is: a plan, a
/// comparison, another time, a thôn.
pub(in crate::ingest) fn is_side_head(head: &str) -> bool {
    const SIDES: [&str; 10] = [
        "giao",
        "kỳ trước",
        "liền trước",
        "chênh lệch",
        "biến động",
        "đánh giá",
        "lũy kế",
        "năm ",
        "nam",
        "mức",
    ];
    const ALONE: [&str; 5] = ["nữ", "kt", "kh", "lk", "tt"];
    let month = head.strip_prefix("lk ").unwrap_or(head);
    is_of_other(head)
        || is_compared(head)
        || ALONE.contains(&head)
        || MonthHead::of(month).is_some()
        || SIDES.iter().any(|side| head.contains(side))
}

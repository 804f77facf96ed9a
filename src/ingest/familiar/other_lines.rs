//! Lines of a return that say nothing of its figures, by their first words: why there is a report, to whom it goes,
//! whom one may ask; and words by which a line does speak of figures.

use super::times;
use crate::text::AnyOf;

/// What a line is that tells why there is a report, to whom it goes or whom one may ask.
const OTHER_LINES: [&str; 55] = [
    "căn cứ",
    "kèm theo",
    "(kèm theo",
    "(căn cứ",
    "(ban hành kèm theo",
    "ban hành kèm theo",
    "văn bản kèm theo",
    "thực hiện công văn",
    "thực hiện kế hoạch",
    "thực hiện quyết định",
    "thực hiện chỉ đạo",
    "thực hiện văn bản",
    "thực hiện thông báo",
    "thực hiện chế độ",
    "(thực hiện điều",
    "theo đề nghị",
    "theo công văn",
    "kính gửi",
    "nơi nhận",
    "nơi gửi",
    "gửi qua",
    "đơn vị nhận",
    "ngày nhận",
    "hạn gửi",
    "hạn nộp",
    "người lập",
    "người liên hệ",
    "người báo cáo",
    "người nhận",
    "người duyệt",
    "người kiểm tra",
    "người tổng hợp",
    "bộ phận tổng hợp",
    "cán bộ tổng hợp",
    "cán bộ phụ trách",
    "điện thoại",
    "số điện thoại",
    "email",
    "địa chỉ",
    "hỗ trợ",
    "mọi vướng mắc",
    "hướng dẫn:",
    "giải thích:",
    "đề nghị các đơn vị",
    "nguồn số liệu",
    "nguồn:",
    "hotline",
    "sđt",
    "người ký",
    "quy ước",
    "tổ trưởng",
    "phương châm",
    "đơn vị chỉ ghi",
    "đồng gửi",
    "trên đây là báo cáo",
];
/// Words of lines in which any day may stand: papers, deadlines.
pub(super) const OF_PAPERS: [&str; 7] =
    ["quyết định", "kế hoạch số", "công văn", "thông tư", "nghị định", "chỉ thị", "hạn "];

/// Returns whether words are the name of a province in a letterhead.
pub(super) fn is_of_superior(words: &str) -> bool {
    const SUPERIORS: [&str; 8] = [
        "tỉnh ",
        "thành phố ",
        "tp ",
        "ubnd tỉnh ",
        "ubnd thành phố ",
        "ủy ban nhân dân tỉnh ",
        "ủy ban nhân dân thành phố ",
        "ủy ban nhân dân tp ",
    ];
    SUPERIORS.iter().any(|superior| words.starts_with(superior)) && words.split(' ').count() <= 8
}

/// Returns whether words are of those who get a paper, or number its pages: "- UBND huyện (b/c);", "- Lưu: VT.",
/// "Trang 1/2".
pub(super) fn is_of_recipient(words: &str) -> bool {
    let is_number = |one: char| one.is_ascii_digit() || matches!(one, '/' | ' ');
    words.starts_with('-') && words.ends_with(';')
        || ["lưu:", "lưu vt", "lưu vp"]
            .iter()
            .any(|kept| words.trim_start_matches(['-', ' ']).starts_with(kept))
        || words.strip_prefix("trang ").is_some_and(|page| page.chars().all(is_number))
}

/// Returns whether a line about papers or people goes on to say something of the figures, or names a unit, which may be
/// another: "Chủ tịch đi vắng, số liệu chưa qua duyệt".
pub(in crate::ingest) fn says_more(words: &str) -> bool {
    static MORE: AnyOf = AnyOf::new(&[
        "chưa ",
        "số liệu này",
        "số liệu tháng",
        "số liệu kỳ",
        "các số",
        "số này",
        "gửi sau",
        "bản thật",
        "bản chính",
        "nhầm",
        "không xác nhận",
        "xem lại",
        "tạm tính",
        "của ubnd xã",
        "của ubnd thị trấn",
        "của xã ",
        "của thị trấn ",
    ]);
    MORE.is_in(words)
}

/// Returns whether words begin a line about papers or people; a line that names a time and no paper may say it
/// of the figures.
pub(in crate::ingest) fn is_of_other_lines(words: &str) -> bool {
    let is_dated = || times::is_said_by(words) && !OF_PAPERS.iter().any(|of| words.contains(of));
    // Most lines begin with another letter.
    let begins = |line: &&&str| line.as_bytes().first() == words.as_bytes().first();
    OTHER_LINES.iter().filter(begins).any(|line| words.starts_with(line))
        && !is_dated()
        && !says_more(words)
}

/// Returns whether a line speaks of figures, where people write to each other about anything.
pub(in crate::ingest) fn speaks_of_figures(words: &str) -> bool {
    const OF_FIGURES: [&str; 37] = [
        "số liệu",
        "con số",
        "các số",
        "số trên",
        "số lũy kế",
        "biểu này",
        "bảng này",
        "tính từ",
        "tính đến",
        "chỉ tính",
        "không tính",
        "chưa tính",
        "gồm cả",
        "lấy theo",
        "lấy bằng",
        "đvt",
        "đơn vị tính",
        "chưa có số",
        "còn thiếu",
        "màu ",
        "lấy số",
        "kết quả của",
        "sai lệch",
        "số liệu chênh",
        "ghi theo",
        "không gồm",
        "chỉ lấy",
        "thống kê được",
        "cộng trùng",
        "trước khi chốt",
        "gộp",
        "đính chính",
        "chưa nhập",
        "chưa đếm",
        "chưa ký",
        "biểu dùng",
        "chưa xác nhận",
    ];
    let is_note =
        words.starts_with("(*)") || words.starts_with('*') || words.starts_with("ghi chú");
    let is_footnote = || {
        let mut signs = words.chars();
        signs.next() == Some('(') && signs.next().is_some_and(|one| one.is_ascii_digit())
    };
    is_note || is_footnote() || OF_FIGURES.iter().any(|of| words.contains(of))
}

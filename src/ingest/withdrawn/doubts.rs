//! Words beside figures that may say that they are not final, not of the period or not of the whole unit. They
//! take nothing away: a person is told where they stand. All of them are folded.

use super::{row_notes::is_doubtful_note, times::year_in};
use crate::{
    ingest::{headings::is_heading, month::MonthHead},
    text::AnyOf,
};

/// What is said of figures that are not to be taken as they stand.
static DOUBTFUL: AnyOf = AnyOf::new(&[
    "tạm tính",
    "tạm lấy",
    "tạm ghi",
    "tạm thời",
    "chưa chốt",
    "chưa duyệt",
    "chưa được duyệt",
    "chưa chính thức",
    "chưa xác minh",
    "chưa đầy đủ",
    "chưa đủ",
    "chưa tổng hợp",
    "chưa cập nhật",
    "chưa tính",
    "chưa bao gồm",
    "chưa cộng",
    "chưa trừ",
    "chưa có số liệu",
    "chưa phải",
    "không sử dụng",
    "không dùng",
    "không tổng hợp",
    "không chính thức",
    "không chính xác",
    "ước thực hiện",
    "số ước",
    "ước tính",
    "dự báo",
    "dự phòng",
    "thử nghiệm",
    "tham khảo",
    "minh họa",
    "nháp",
    "số liệu cũ",
    "hủy",
    "nhầm",
    "sửa lại",
    "sửa thành",
    "đính chính",
    "lấy theo báo cáo",
    "lấy theo số",
    "lấy lại",
    "lấy số cũ",
    "lấy số của",
    "lấy số kỳ",
    "lấy số tháng",
    "lấy số liền",
    "lấy số liệu cũ",
    "lấy số liệu tháng",
    "nhân đôi",
    "hệ số",
    "gộp",
    "cả cụm",
    "cụm ",
    "chỉ tính",
    "chỉ gồm",
    "chỉ của",
    "mới có số",
    "bình quân",
    "mỗi thôn",
    "toàn huyện",
    "xã bạn",
    "nửa đầu",
    "nửa cuối",
    "giữa tháng",
    "ngày đầu",
    "ngày cuối",
    "tuần đầu",
    "tuần cuối",
    "từ đầu tháng",
    "còn thiếu",
    "chênh lệch",
    "trả lại",
    "ngoài giờ",
    "bao gồm cả",
    "để đối chiếu",
    "phấn đấu",
    "đăng ký chỉ tiêu",
    "giao chỉ tiêu",
    "định mức giao",
    "nhu cầu",
    "còn lại phải",
    "phần chưa báo cáo",
    "ví dụ",
    "cách ghi",
    "còn tồn",
    "chuyển kỳ sau",
    "kỳ sau",
    "kỳ tới",
    "không đạt",
    "đề nghị điều chỉnh",
    "phần tăng thêm",
    "số giảm",
    "số tăng",
    "biến động",
    "số đầu năm",
    "đến cuối năm",
    "tỷ lệ phần trăm",
    "cao điểm",
    "thay bằng",
    "phần mềm tự tính",
    "có thể sai",
    "lấy theo kỳ",
    "của riêng",
    "là kế hoạch",
    "là số lũy kế",
    "theo nghìn",
    "số liệu quý",
    "số liệu tuần",
    "mới tăng",
    "đăng ký mới",
    "giao đầu năm",
]);
/// What a line that gives reasons for a report begins with.
const REASONS: [&str; 6] =
    ["căn cứ", "kèm theo", "(kèm theo", "(căn cứ", "thực hiện kế hoạch", "hướng dẫn"];
/// Longest line about figures, in letters; longer ones tell how to fill in a form.
const LONGEST: usize = 160;

/// Returns whether a line near a table may say that its figures are not to be taken as they stand.
pub(in crate::ingest) fn is_doubtful(words: &str) -> bool {
    is_doubtful_by(words, |_| true)
}

pub(super) fn is_doubtful_by(words: &str, is_meant: impl Fn(&str) -> bool) -> bool {
    words.chars().count() <= LONGEST
        && DOUBTFUL.all_in(words).any(is_meant)
        && !REASONS.iter().any(|reason| words.starts_with(reason))
}

/// Returns whether the heading of rows within a table may say that those below are not what the form asks for:
/// short words without a number or letter before them.
pub(in crate::ingest) fn is_doubtful_group(words: &str) -> bool {
    const GROUPS: [&str; 31] = [
        "trong kỳ",
        "trong tháng",
        "phát sinh",
        "tăng",
        "giảm",
        "số mới",
        "cấp mới",
        "chưa ",
        "còn lại",
        "tỷ lệ",
        "huyện",
        "ubnd huyện",
        "trong đó",
        "trường",
        "chi hội",
        "ban chqs",
        "giáo xứ",
        "doanh nghiệp",
        "hợp tác xã",
        "htx",
        "đợt ",
        "đội ",
        "ngày ",
        "kỳ sau",
        "tháng tới",
        "chỉ tiêu",
        "giao",
        "không tính",
        "cụm",
        "trẻ em",
        "công an",
    ];
    let is_short = words.split(' ').count() <= 6;
    is_short && !is_heading(words) && GROUPS.iter().any(|group| words.starts_with(group))
}

/// Returns whether words name who signs for a body within a commune.
pub(in crate::ingest) fn is_other_signer(words: &str) -> bool {
    static SIGNERS: AnyOf = AnyOf::new(&[
        "công an",
        "hiệu trưởng",
        "trạm trưởng",
        "trưởng trạm",
        "trưởng thôn",
        "trưởng khu",
        "bí thư",
        "chủ tịch hội",
        "hội trưởng",
        "chi hội",
        "chỉ huy trưởng",
        "đội trưởng",
        "tm. ban",
        "chủ tịch mttq",
    ]);
    SIGNERS.is_in(words) && words.split(' ').count() <= 6
}

/// Returns whether the name of a sheet says that its figures are no return: a draft, an old one, an example.
pub(in crate::ingest) fn is_name_of_draft(name: &str) -> bool {
    const NAMES: [&str; 16] = [
        "nháp",
        "nhap",
        "cũ",
        "cu",
        "hủy",
        "huy",
        "không dùng",
        "mẫu",
        "ví dụ",
        "vd",
        "tham khảo",
        "test",
        "backup",
        "old",
        "bỏ",
        "copy",
    ];
    const OTHERS: [&str; 14] = [
        "kh", "q1", "q2", "q3", "q4", "quy ", "3 thang", "lk ", "tuan ", "ky truoc", "du kien",
        "cong an", "doan ", "truong ",
    ];
    let is_it = |word: &str| NAMES.contains(&word);
    name.split([' ', '_', '-', '(', ')']).any(is_it)
        || OTHERS.iter().any(|other| {
            name == other.trim_end() || name.starts_with(other) && other.ends_with(' ')
        })
        || name.contains("không dùng")
        || is_doubtful_note(name) && MonthHead::within(name).is_none() && year_in(name).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_put_figures_in_doubt() {
        for (words, expected) in [
            ("số liệu chưa chốt", true),
            ("(số liệu tham khảo)", true),
            ("bảng này hủy, xem bảng bên dưới", true),
            ("báo cáo kết quả thực hiện đề án 06 tháng 3 năm 2024", false),
            ("phần 1. số phát sinh trong kỳ", false),
            ("căn cứ kế hoạch đối chiếu số 5", false),
            ("a. công tác tuyên truyền", false),
        ] {
            assert_eq!(is_doubtful(words), expected, "{words}");
        }
        for (name, expected) in
            [("nháp", true), ("copy of t3", true), ("biểu 01", false), ("số liệu", false)]
        {
            assert_eq!(is_name_of_draft(name), expected, "{name}");
        }
    }
}

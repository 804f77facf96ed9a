//! The words of an answer: what its sheet says of the copy, and advice in words for the unit where a
//! finding advises the secretary.

use chrono::{NaiveDateTime, Timelike};

use crate::{
    place::Place,
    template::Severity,
    text::{format_count, format_date},
};

/// What is to be said of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyNotice {
    /// Macros were left out.
    MacrosLeftOut,
    /// Digital signatures were left out.
    SignatureLeftOut,
    /// So many cells have a conversation, so that they got no note.
    WithoutNote {
        /// How many.
        cells: usize,
    },
    /// The unit wrote into the sheet of an earlier answer, which is kept.
    EarlierKept,
    /// The answer is in the unit's own workbook, which it may correct and send again.
    InPlace,
    /// The form is spoilt or of another month: the copy shows it and is not to be corrected.
    OnlyToRead,
    /// The copy was written anew.
    Rebuilt,
    /// Only the rows of the unit are sent, out of a file of several units.
    OwnRows,
    /// No copy could be made.
    NoCopy,
}

impl CopyNotice {
    /// Returns the words.
    pub fn words(&self) -> String {
        match self {
            Self::MacrosLeftOut => {
                "Macro trong tệp của đơn vị không được gửi trả; số liệu và công thức giữ nguyên."
                    .to_owned()
            }
            Self::SignatureLeftOut => {
                "Chữ ký số trong tệp của đơn vị đã được bỏ khỏi bản này vì nội \
                 dung có thêm phần đánh dấu."
                    .to_owned()
            }
            Self::WithoutNote { cells } => format!(
                "{} ô đã có trao đổi (bình luận) của đơn vị nên không kèm ghi chú; lý do xem ở bảng trên.",
                format_count(*cells)
            ),
            Self::EarlierKept => {
                "Trang kết quả kiểm tra lần trước có nội dung đơn vị ghi thêm nên được giữ lại; \
                 kết quả mới ở trang này."
                    .to_owned()
            }
            Self::InPlace => {
                "Có thể sửa ngay trong tệp này rồi gửi lại, không phải xóa trang này.".to_owned()
            }
            Self::OnlyToRead => {
                "Tệp này chỉ để xem; đề nghị ghi số liệu vào biểu gốc của kỳ do cơ quan tổng hợp gửi rồi \
                 gửi lại."
                    .to_owned()
            }
            Self::Rebuilt => {
                "Bản này chỉ chép lại giá trị các ô từ tệp của đơn vị để đánh dấu, không \
                 giữ định dạng, công thức và trang ẩn; đề nghị sửa trên tệp gốc rồi gửi lại."
                    .to_owned()
            }
            Self::OwnRows => {
                "Tệp đã nhận có số liệu của nhiều đơn vị; bản này chỉ chép phần số liệu \
                 của đơn vị. Đề nghị sửa trên tệp gốc rồi gửi lại."
                    .to_owned()
            }
            Self::NoCopy => {
                "Tệp đã nhận không mở được nên không có bản chép kèm theo; đề nghị sửa trên \
                 tệp gốc rồi gửi lại."
                    .to_owned()
            }
        }
    }
}

/// Stands in the place of how bad a finding is that follows from another.
pub(super) const FOLLOWS: &str = "Liên quan";

/// What to do about such a finding.
pub(super) const CORRECT_FIRST: &str =
    "Sửa nội dung ở trên thì điểm này thường hết; nếu vẫn còn, đề nghị kiểm tra.";

/// Returns how bad a finding is, as the unit reads it.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Rejected => "Phải gửi lại",
        Severity::Error => "Phải sửa",
        Severity::Warning => "Đề nghị kiểm tra",
        Severity::Information => "Để biết",
    }
}

/// Returns `16:00 ngày 18/3/2024`.
pub(super) fn moment(moment: NaiveDateTime) -> String {
    format!("{:02}:{:02} ngày {}", moment.hour(), moment.minute(), format_date(moment.date()))
}

/// Returns whether a place is in a file of the secretary, which is none of the unit's business.
pub(super) fn is_inside(place: &Place) -> bool {
    place.file == "so-den.csv" || place.file.ends_with("/dieu-chinh.csv")
}

/// Returns the name of a file without its folders.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

//! What the reader refused, in the words of the office. Knows files, not figures.

use super::{Fate, Finding, codes, codes::Code, unit::UnitIndex};
use crate::{
    ingest::{FileKind, Refusal},
    place::Place,
    template::Templates,
};

/// Returns the finding and the fate of a file that was refused as a whole.
pub(super) fn refused(
    templates: &Templates,
    units: &UnitIndex,
    path: &str,
    (kind, refusal): (FileKind, &Refusal),
) -> (Fate, Finding) {
    let resend = "Đề nghị đơn vị gửi lại tệp bảng tính (.xlsx).";
    let (code, found, message, hint): (&Code, String, &str, &str) = match refusal {
        Refusal::Temporary => {
            let finding = codes::TEMPORARY
                .finding("Tệp tạm do phần mềm văn phòng tạo ra khi đang mở tệp; được bỏ qua.")
                .at(Place::of_file(path))
                .found("tệp tạm")
                .hint("Có thể đóng phần mềm văn phòng và xóa tệp này.");
            return (Fate::Ignored, finding);
        }
        Refusal::NotAWorkbook => (
            &codes::NOT_A_WORKBOOK,
            kind_name(kind).to_owned(),
            "Tệp không phải là bảng tính.",
            resend,
        ),
        Refusal::Damaged(words) => (
            &codes::DAMAGED,
            words.clone(),
            "Tệp bị hỏng hoặc bị cắt cụt khi gửi, không mở được.",
            resend,
        ),
        Refusal::Encrypted => (
            &codes::ENCRYPTED,
            "tệp có mật khẩu".to_owned(),
            "Tệp đặt mật khẩu, không mở được.",
            "Đề nghị đơn vị bỏ mật khẩu rồi gửi lại.",
        ),
        Refusal::TooLarge(limit) => (
            &codes::TOO_LARGE,
            limit.clone(),
            "Tệp lớn bất thường, vượt giới hạn của một biểu báo cáo.",
            "Đề nghị đơn vị chỉ gửi biểu báo cáo, bỏ hình ảnh và các trang tính khác.",
        ),
        Refusal::ReaderFailed(words) => {
            (&codes::READER_FAILED, words.clone(), "Không đọc được nội dung tệp.", resend)
        }
        Refusal::Empty => (&codes::EMPTY_FILE, "0 byte".to_owned(), "Tệp rỗng.", resend),
        Refusal::NoForm => (
            &codes::NO_FORM,
            "không có bảng nào của biểu".to_owned(),
            "Trong tệp không có biểu báo cáo nào.",
            "Đề nghị đơn vị dùng đúng biểu mẫu đã gửi và gửi lại.",
        ),
    };
    let message = match units.hint_of_file(path) {
        Some(unit) => format!(
            "{message} Theo tên tệp, có thể là báo cáo của {}.",
            templates.roster.get(unit).short_name
        ),
        None => message.to_owned(),
    };
    let finding = code.finding(message).found(found).expected("bảng tính có biểu báo cáo");
    (Fate::Rejected, finding.at(Place::of_file(path)).hint(hint))
}

fn kind_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Word => "văn bản Word",
        FileKind::Pdf => "tệp PDF",
        FileKind::Xlsx | FileKind::Xls | FileKind::Xlsb | FileKind::Ods => "bảng tính",
        FileKind::Temporary => "tệp tạm",
        FileKind::Empty => "tệp rỗng",
        FileKind::Unknown => "tệp không rõ loại",
    }
}

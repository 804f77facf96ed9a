//! What the reader refused, in the words of the office. Knows files, not figures.

use super::{Fate, Finding, codes, codes::Code, unit::UnitIndex};
use crate::{
    ingest::{FileKind, Refusal},
    place::Place,
    template::Templates,
};

/// What stands in a message between what is wrong with a file and the unit that its name seems to
/// name.
pub const BY_FILE_NAME: &str = " Theo tên tệp, có thể là báo cáo của ";

/// Returns the finding and the fate of a file that was refused as a whole.
pub(super) fn refused(
    templates: &Templates,
    units: &UnitIndex,
    path: &str,
    (kind, refusal): (FileKind, &Refusal),
) -> (Fate, Finding) {
    if *refusal == Refusal::Temporary {
        let finding = codes::TEMPORARY
            .finding("Tệp tạm do phần mềm văn phòng tạo ra khi đang mở tệp; được bỏ qua.")
            .at(Place::of_file(path))
            .found("tệp tạm")
            .hint("Có thể đóng phần mềm văn phòng và xóa tệp này.");
        return (Fate::Ignored, finding);
    }
    let Words { code, found, message, hint } = words_of(kind, refusal);
    let message = match units.hint_of_file(path) {
        Some(unit) => format!("{message}{BY_FILE_NAME}{}.", templates.roster.get(unit).short_name),
        None => message.to_owned(),
    };
    let finding = code.finding(message).found(found).expected("bảng tính có biểu báo cáo");
    (Fate::Rejected, finding.at(Place::of_file(path)).hint(hint))
}

/// What is said of a refusal.
struct Words {
    code: &'static Code,
    found: String,
    message: &'static str,
    hint: &'static str,
}

const RESEND: &str = "Đề nghị đơn vị gửi lại tệp bảng tính (.xlsx).";

fn words_of(kind: FileKind, refusal: &Refusal) -> Words {
    let words =
        |code, found: &str, message, hint| Words { code, found: found.to_owned(), message, hint };
    match refusal {
        Refusal::NotAWorkbook => {
            let (message, hint) = other_kind(kind);
            words(&codes::NOT_A_WORKBOOK, kind_name(kind), message, hint)
        }
        Refusal::Encrypted if kind == FileKind::Zip => words(
            &codes::ENCRYPTED,
            "tệp nén có mật khẩu",
            "Tệp nén đặt mật khẩu, không mở được.",
            "Đề nghị đơn vị gửi tệp Excel không nén, không đặt mật khẩu.",
        ),
        Refusal::Encrypted => words(
            &codes::ENCRYPTED,
            "tệp có mật khẩu",
            "Tệp đặt mật khẩu, không mở được.",
            "Đề nghị đơn vị bỏ mật khẩu (Tệp › Thông tin › Bảo vệ sổ làm việc) rồi gửi lại.",
        ),
        Refusal::TooLarge(limit) => words(
            &codes::TOO_LARGE,
            limit,
            "Tệp lớn bất thường, vượt giới hạn của một biểu báo cáo.",
            "Đề nghị đơn vị chỉ gửi biểu báo cáo, bỏ hình ảnh và các trang tính khác.",
        ),
        Refusal::NoForm => words(
            &codes::NO_FORM,
            "không có bảng nào của biểu",
            "Trong tệp không có biểu báo cáo nào.",
            "Đề nghị đơn vị dùng đúng biểu mẫu đã gửi và gửi lại.",
        ),
        Refusal::Unclear => words(
            &codes::ALL_UNCLEAR,
            "bảng trình bày khác biểu mẫu",
            "Tệp có bảng số liệu nhưng trình bày khác biểu mẫu, chưa số nào được tính.",
            "Xem các chỗ chưa rõ bằng lệnh `da06 map` rồi duyệt, hoặc đề nghị đơn vị dùng đúng biểu mẫu đã gửi.",
        ),
        Refusal::Outdated => words(
            &codes::OUTDATED,
            kind_name(kind),
            "Tệp do Excel đời cũ (trước năm 1995) tạo ra, không đọc được.",
            "Đề nghị đơn vị mở tệp bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi gửi lại.",
        ),
        Refusal::PackedTwice => words(
            &codes::PACKED_TWICE,
            "tệp nén nằm trong tệp nén",
            "Trong tệp nén lại có tệp nén khác, không được mở tiếp.",
            "Đề nghị giải nén rồi đặt thẳng các tệp Excel vào thư mục input.",
        ),
        _ => broken(refusal),
    }
}

/// Says what is wrong with a file that is a workbook, or was meant to be one.
fn broken(refusal: &Refusal) -> Words {
    let words =
        |code, found: &str, message, hint| Words { code, found: found.to_owned(), message, hint };
    let lighter = "Đề nghị đơn vị mở tệp, chép riêng biểu báo cáo sang tệp .xlsx mới rồi gửi lại.";
    match refusal {
        Refusal::Empty => words(&codes::EMPTY_FILE, "0 byte", "Tệp rỗng.", RESEND),
        Refusal::Blank => words(
            &codes::EMPTY_FILE,
            "chỉ có byte 0",
            "Tệp không có nội dung (chỉ gồm các byte 0), thường do gửi hoặc chép bị ngắt.",
            "Đề nghị đơn vị mở tệp gốc để kiểm tra rồi gửi lại.",
        ),
        Refusal::StillWritten => words(
            &codes::STILL_WRITTEN,
            "tệp chưa đầy đủ",
            "Tệp đang được chép hoặc tải về, nội dung chưa đầy đủ.",
            "Chờ chép xong rồi chạy lại; nếu vẫn báo như vậy, đề nghị đơn vị gửi lại tệp.",
        ),
        Refusal::Damaged(found) => words(
            &codes::DAMAGED,
            found,
            "Tệp bị hỏng hoặc bị cắt cụt khi gửi, không mở được.",
            RESEND,
        ),
        Refusal::NotAccessible(found) => words(
            &codes::READER_FAILED,
            found,
            "Máy không cho đọc tệp này.",
            "Đóng tệp trong Excel nếu đang mở, kiểm tra quyền đọc của tệp rồi chạy lại; nếu là lối \
             tắt (liên kết), chép tệp thật vào thư mục input.",
        ),
        Refusal::ReaderDied => words(
            &codes::TOO_COSTLY,
            "vượt giới hạn bộ nhớ khi đọc",
            "Tệp đòi hỏi quá nhiều bộ nhớ khi đọc; việc đọc đã được dừng.",
            lighter,
        ),
        Refusal::TookTooLong => words(
            &codes::TOO_COSTLY,
            "quá thời gian đọc",
            "Tệp đọc quá lâu; việc đọc đã được dừng.",
            lighter,
        ),
        Refusal::ReaderFailed(found) => words(
            &codes::READER_FAILED,
            found,
            "Không đọc được nội dung tệp.",
            "Đề nghị đơn vị mở tệp, lưu lại thành .xlsx rồi gửi lại.",
        ),
        _ => words(&codes::READER_FAILED, "", "Không đọc được nội dung tệp.", RESEND),
    }
}

/// Says what a file is that is no workbook, and what to do instead.
fn other_kind(kind: FileKind) -> (&'static str, &'static str) {
    match kind {
        FileKind::Word => (
            "Tệp là văn bản Word, không phải bảng tính.",
            "Đề nghị đơn vị nhập số liệu vào biểu Excel đã gửi rồi gửi tệp .xlsx.",
        ),
        FileKind::Pdf => (
            "Tệp là PDF, không phải bảng tính; số liệu trong đó không đọc được.",
            "Đề nghị đơn vị gửi kèm tệp Excel của biểu; bản PDF có chữ ký vẫn được lưu riêng.",
        ),
        FileKind::Image => (
            "Tệp là ảnh chụp hoặc bản quét, không phải bảng tính.",
            "Đề nghị đơn vị gửi tệp Excel của biểu thay cho ảnh.",
        ),
        FileKind::Slides => (
            "Tệp là bản trình chiếu, không phải bảng tính.",
            "Đề nghị đơn vị nhập số liệu vào biểu Excel đã gửi rồi gửi tệp .xlsx.",
        ),
        FileKind::Packed => (
            "Tệp nén kiểu này (rar, 7z, gz) không mở được.",
            "Đề nghị giải nén rồi đặt tệp Excel vào thư mục input, hoặc gửi tệp .zip.",
        ),
        _ => ("Tệp không phải là bảng tính.", RESEND),
    }
}

fn kind_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Slides => "bản trình chiếu",
        FileKind::Image => "tệp ảnh",
        FileKind::Packed => "tệp nén",
        FileKind::Zip => "tệp nén zip",
        FileKind::OldXls => "Excel 2.0–4.0",
        FileKind::FlatOds | FileKind::SpreadsheetXml | FileKind::Html | FileKind::Delimited => {
            "bảng dạng văn bản"
        }
        FileKind::Word => "văn bản Word",
        FileKind::Pdf => "tệp PDF",
        FileKind::Xlsx | FileKind::Xls | FileKind::Xlsb | FileKind::Ods => "bảng tính",
        FileKind::Temporary => "tệp tạm",
        FileKind::Empty => "tệp rỗng",
        FileKind::Unknown => "tệp không rõ loại",
    }
}

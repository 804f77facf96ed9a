//! What the reader refused or noticed, in the words of the office. Knows files, not figures.

use super::{Fate, Finding, codes, codes::Code, unit::UnitIndex};
use crate::{
    ingest::{FileKind, Notice, NoticeKind, Refusal},
    place::Place,
    template::Templates,
    text,
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

/// Returns the finding for something that the reader noticed.
pub(super) fn noticed(path: &str, notice: &Notice) -> Finding {
    let place = Place { file: path.to_owned(), sheet: notice.sheet.clone(), cell: notice.cell };
    let sheet = notice.sheet.as_deref().map(str::trim).unwrap_or_default();
    let cell = notice.cell.map(|cell| cell.to_string()).unwrap_or_default();
    let (code, found, message, hint): (&Code, String, String, &str) = match &notice.kind {
        NoticeKind::HiddenSheet => (
            &codes::HIDDEN_SHEET,
            "trang tính ẩn".to_owned(),
            format!("Trang tính “{sheet}” bị ẩn, không được đọc."),
            "Nếu trang tính này có số liệu, đề nghị bỏ ẩn rồi gửi lại.",
        ),
        NoticeKind::UnknownSheet => (
            &codes::UNKNOWN_SHEET,
            "trang tính không có biểu".to_owned(),
            format!("Trang tính “{sheet}” không có biểu báo cáo, không được đọc."),
            "Nếu không cần thiết, đề nghị xóa trang tính này trước khi gửi.",
        ),
        NoticeKind::BrokenSheet(words) => (
            &codes::BROKEN_SHEET,
            words.clone(),
            format!("Trang tính “{sheet}” không đọc được."),
            "Đề nghị mở tệp, lưu lại thành .xlsx rồi gửi lại.",
        ),
        NoticeKind::StrayCell => (
            &codes::STRAY_CELL,
            cell.clone(),
            format!("Ô {cell} của trang tính “{sheet}” nằm rất xa biểu, không được đọc."),
            "Đề nghị xóa nội dung ngoài biểu.",
        ),
        NoticeKind::UnknownCode(code) => (
            &codes::UNKNOWN_CODE,
            code.clone(),
            format!("Dòng có mã “{code}” không thuộc biểu nào, không được đọc."),
            "Đề nghị ghi đúng mã chỉ tiêu theo biểu mẫu.",
        ),
        NoticeKind::RepeatedRow(code) => (
            &codes::REPEATED_ROW,
            code.clone(),
            format!("Chỉ tiêu {code} ghi hai lần; dòng đầu được tính."),
            "Đề nghị bỏ dòng thừa hoặc xác nhận dòng đúng.",
        ),
        NoticeKind::MissingColumn(code) => (
            &codes::MISSING_COLUMN,
            code.clone(),
            format!("Chỉ tiêu {code} nằm ngoài bảng có cột số liệu, không đọc được số."),
            "Đề nghị dùng đúng biểu mẫu, không bỏ dòng tiêu đề cột.",
        ),
        NoticeKind::WrongExtension => (
            &codes::WRONG_EXTENSION,
            extension(path).to_owned(),
            "Phần mở rộng của tệp không đúng với nội dung; tệp vẫn được đọc.".to_owned(),
            "Từ kỳ sau đề nghị lưu tệp đúng kiểu.",
        ),
        NoticeKind::OldEncoding { encoding, cells, raw, decoded } => (
            &codes::OLD_ENCODING,
            raw.clone(),
            format!(
                "Trang tính “{sheet}” có {cells} ô gõ bằng bảng mã {}, đầu tiên là ô {cell}; đã \
                 chuyển sang Unicode: “{}”.",
                encoding.name(),
                text::squeeze(decoded)
            ),
            "Từ kỳ sau đề nghị gõ bằng bảng mã Unicode (phông Times New Roman).",
        ),
    };
    let mut finding = code.finding(message).found(found).at(place).hint(hint);
    if let NoticeKind::RepeatedRow(code) | NoticeKind::MissingColumn(code) = &notice.kind {
        finding.indicator = Some(code.clone());
    }
    finding
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

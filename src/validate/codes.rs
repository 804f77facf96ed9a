//! The table of the program's own findings: code, severity, use and title, in one place. The rules
//! of the templates have codes of their own.
//!
//! Letters: T tệp (file), H đầu biểu (header), S số liệu (values), B bảng chi tiết (details),
//! N nộp báo cáo (submissions and arrival), K tệp kèm (register and corrections).

use crate::template::{Severity, Usage};

/// A kind of finding that the program itself makes.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// "DA06-T01".
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What becomes of the figures it is about.
    pub usage: Usage,
    /// What it is, in a few words.
    pub title: &'static str,
}

macro_rules! codes {
    ($($name:ident = $code:literal $severity:ident $usage:ident $title:literal;)*) => {
        $(
            #[doc = $title]
            pub(super) static $name: Code = Code {
                code: $code,
                severity: Severity::$severity,
                usage: Usage::$usage,
                title: $title,
            };
        )*

        /// Every finding that the program itself makes, by code.
        pub static CODES: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    NOT_A_WORKBOOK = "DA06-T01" Rejected Dropped "Tệp không phải bảng tính";
    DAMAGED = "DA06-T02" Rejected Dropped "Tệp bị hỏng hoặc bị cắt cụt";
    ENCRYPTED = "DA06-T03" Rejected Dropped "Tệp đặt mật khẩu";
    TOO_LARGE = "DA06-T04" Rejected Dropped "Tệp vượt giới hạn";
    READER_FAILED = "DA06-T05" Rejected Dropped "Không mở được tệp";
    EMPTY_FILE = "DA06-T06" Rejected Dropped "Tệp rỗng";
    NO_FORM = "DA06-T07" Rejected Dropped "Không có biểu báo cáo trong tệp";
    TEMPORARY = "DA06-T08" Information Used "Tệp tạm của phần mềm văn phòng";
    WRONG_EXTENSION = "DA06-T09" Information Used "Phần mở rộng không đúng loại tệp";
    HIDDEN_SHEET = "DA06-T10" Information Used "Trang tính bị ẩn";
    UNKNOWN_SHEET = "DA06-T11" Information Used "Trang tính ngoài biểu";
    BROKEN_SHEET = "DA06-T12" Error Dropped "Trang tính không đọc được";
    STRAY_CELL = "DA06-T13" Information Used "Ô số liệu nằm ngoài biểu";
    UNKNOWN_CODE = "DA06-T14" Warning Used "Mã chỉ tiêu không có trong biểu";
    REPEATED_ROW = "DA06-T15" Warning Doubtful "Chỉ tiêu ghi hai lần";
    MISSING_COLUMN = "DA06-T16" Error Dropped "Chỉ tiêu nằm ngoài cột số liệu";
    LEFTOVER_SHEET = "DA06-T17" Information Used "Còn trang tính của kỳ khác";
    UNCLEAR_ROWS = "DA06-T18" Error Dropped "Không rõ dòng, cột số liệu của kỳ";
    TOTAL_DIFFERS = "DA06-T19" Warning Doubtful "Số tổng không bằng tổng các số chi tiết";
    UNIT_OF_LETTERHEAD = "DA06-T20" Information Used "Tên đơn vị lấy ở tiêu đề";
    OUTDATED = "DA06-T21" Rejected Dropped "Tệp Excel đời cũ";
    TOO_COSTLY = "DA06-T22" Rejected Dropped "Tệp quá nặng để đọc";
    STILL_WRITTEN = "DA06-T23" Rejected Dropped "Tệp chép hoặc tải chưa xong";
    PACKED_TWICE = "DA06-T24" Rejected Dropped "Tệp nén trong tệp nén";
    MACRO_SHEET = "DA06-T25" Warning Used "Tệp có trang macro kiểu cũ";
    UNPACKED = "DA06-T26" Information Used "Tệp nén được đọc từng tệp";
    ALL_UNCLEAR = "DA06-T27" Rejected Dropped "Bảng trong tệp chưa hiểu được";
    OLD_ENCODING = "DA06-T30" Information Used "Gõ bằng bảng mã cũ";
    FORM_COPIED = "DA06-T40" Error Dropped "Biểu chép từ đơn vị khác";
    FORM_STALE = "DA06-T41" Error Dropped "Biểu của kỳ khác gửi lại";
    FORM_VERSION = "DA06-T42" Information Used "Biểu lập theo mẫu cũ";
    FORM_IDENTITY = "DA06-T43" Warning Used "Dấu nhận dạng của biểu bị sửa";
    FORM_SHEET = "DA06-T44" Error Used "Trang tính của biểu bị xóa hoặc ẩn";
    FORM_ROW_DELETED = "DA06-T45" Error Used "Dòng của biểu bị xóa";
    FORM_ROW_MOVED = "DA06-T46" Warning Used "Dòng của biểu bị chuyển chỗ";
    FORM_LINES_CHANGED = "DA06-T47" Warning Used "Biểu bị chèn, bỏ dòng, cột";
    FORM_WORDS = "DA06-T48" Warning Used "Chữ in sẵn của biểu bị sửa";
    FORM_FORMULA = "DA06-T49" Information Used "Công thức của biểu bị ghi đè";
    LAYOUT_UNCLEAR = "DA06-T50" Error Dropped "Cách trình bày chưa rõ";
    LAYOUT_MAPPED = "DA06-T51" Information Used "Đọc theo ánh xạ đã duyệt";
    FORM_SHEET_RENAMED = "DA06-T52" Information Used "Trang tính của biểu bị đổi tên";
    NAME_OF_OTHER = "DA06-T53" Error Dropped "Mã và tên chỉ tiêu không khớp";
    OTHER_MONTH_LEFT = "DA06-T54" Information Used "Còn bảng số liệu của tháng khác";
    OTHER_MONTH_TITLE = "DA06-T55" Warning Doubtful "Tiêu đề bảng ghi tháng khác";
    ROWS_DIFFER = "DA06-T56" Error Dropped "Một chỉ tiêu ghi nhiều số khác nhau";
    OTHER_MEANING = "DA06-T57" Error Dropped "Số ghi theo nghĩa khác biểu mẫu";
    DETAILS_DIFFER = "DA06-T58" Error Dropped "Bảng chi tiết ghi nhiều nơi khác nhau";
    DETAILS_REPEATED = "DA06-T59" Information Used "Bảng chi tiết ghi nhiều nơi giống nhau";
    HIDDEN_LINES = "DA06-T60" Information Used "Có dòng, cột ẩn";
    HIDDEN_FIGURES = "DA06-T61" Warning Used "Số liệu nằm ở dòng, cột ẩn";
    REPEATED_HIDDEN = "DA06-T62" Warning Used "Chỉ tiêu ghi lại ở dòng ẩn";
    JOINED = "DA06-T63" Information Used "Báo cáo gửi thành nhiều tệp";
    SHEET_WITHOUT_MONTH = "DA06-T64" Information Used "Trang tính không ghi kỳ báo cáo";
    OTHER_NAMES = "DA06-T65" Warning Doubtful "Tên chỉ tiêu khác biểu mẫu";
    DOUBTFUL_WORDS = "DA06-T66" Warning Doubtful "Có chữ cần xem lại bên cạnh số liệu";
    STRANGE_WORDS = "DA06-T67" Information Used "Có chữ, số ngoài mẫu biểu quanh số liệu";
    NO_HEADS = "DA06-T68" Information Used "Bảng không có dòng tiêu đề cột";
    LACKING_OPTIONAL = "DA06-T69" Information Used "Bảng thiếu cột được để trống";
    PROPOSAL = "DA06-T70" Information Used "Gợi ý ô cần xem lại trước";

    UNIT_UNKNOWN = "DA06-H01" Rejected Dropped "Không xác định được đơn vị";
    UNIT_AMBIGUOUS = "DA06-H02" Rejected Dropped "Tên đơn vị trùng nhiều đơn vị";
    UNIT_REPLACED = "DA06-H03" Rejected Dropped "Đơn vị đã sắp xếp, đổi tên";
    UNIT_CONTRADICTION = "DA06-H04" Error Dropped "Mã và tên đơn vị không khớp";
    UNIT_CODE_UNKNOWN = "DA06-H05" Warning Used "Mã đơn vị không có trong danh mục";
    UNIT_NAME_OTHER = "DA06-H06" Information Used "Tên đơn vị viết khác danh mục";
    UNIT_NAME_UNKNOWN = "DA06-H07" Warning Used "Tên đơn vị không có trong danh mục";
    PERIOD_UNREADABLE = "DA06-H08" Rejected Dropped "Không đọc được kỳ báo cáo";
    PERIOD_CONFLICT = "DA06-H09" Error Dropped "Kỳ báo cáo không khớp thư mục";
    PERIOD_DECIDED = "DA06-H10" Information Used "Kỳ báo cáo theo sổ đến";
    SUBMISSION_ASSUMED = "DA06-H11" Information Used "Không ghi lần gửi";
    WRONG_FORM = "DA06-H12" Warning Used "Dùng biểu của nhóm đơn vị khác";
    NO_VALUES = "DA06-H13" Rejected Dropped "Biểu chưa có số liệu";
    PERIOD_WITHOUT_YEAR = "DA06-H14" Information Used "Kỳ báo cáo không ghi năm";
    PERIOD_OF_FILE_NAME = "DA06-H15" Warning Used "Kỳ báo cáo lấy theo tên tệp";

    NOT_A_NUMBER = "DA06-S01" Error Dropped "Ô số liệu không phải là số";
    LOST_THOUSANDS = "DA06-S02" Error Dropped "Nghi mất dấu chấm ngàn";
    FRACTION = "DA06-S03" Error Dropped "Số đếm có phần lẻ";
    NEGATIVE = "DA06-S04" Error Dropped "Số đếm âm";
    ERROR_VALUE = "DA06-S05" Error Dropped "Ô báo lỗi công thức";
    NO_CACHED_VALUE = "DA06-S06" Error Dropped "Công thức chưa có kết quả";
    PERCENT_IN_COUNT = "DA06-S07" Error Dropped "Tỷ lệ ghi vào ô số lượng";
    DATE_IN_COUNT = "DA06-S08" Error Dropped "Ngày tháng ghi vào ô số lượng";
    FIGURES_MISSING = "DA06-S09" Error Used "Chỉ tiêu còn để trống";
    NOT_AVAILABLE = "DA06-S10" Warning Used "Chỉ tiêu chưa có số liệu";
    NOT_APPLICABLE = "DA06-S11" Warning Used "Chỉ tiêu ghi là không áp dụng";
    READ_AS_NUMBER = "DA06-S12" Information Used "Số ghi bằng chữ";
    READ_AS_NOTHING = "DA06-S13" Information Used "Ghi chữ thay số không";
    OUTSIDE_SCOPE = "DA06-S14" Information Dropped "Chỉ tiêu ngoài phạm vi của đơn vị";
    STATED_PREVIOUS = "DA06-S15" Warning Used "Số kỳ trước khác số đã tổng hợp";
    STATED_YEAR = "DA06-S16" Warning Used "Lũy kế từ đầu năm khác số cộng các kỳ";
    STATED_CHANGE = "DA06-S17" Warning Used "Tăng, giảm không khớp";
    STATED_UNREADABLE = "DA06-S18" Information Used "Số đối chiếu không đọc được";
    NOTE_LIKE_FORMULA = "DA06-S19" Information Used "Ghi chú bắt đầu bằng dấu bằng";
    SHOWN_OTHERWISE = "DA06-S20" Error Dropped "Số hiện trong ô khác số được lưu";
    SAME_AS_BEFORE = "DA06-S21" Warning Used "Số phát sinh trùng hết kỳ trước";
    OTHER_IN_WORDS = "DA06-S22" Warning Used "Số bằng chữ khác số bằng số";
    TWO_NUMBERS = "DA06-S60" Error Dropped "Ô ghi hai số";
    PART_OF_PAIR = "DA06-S61" Information Used "Lấy một số trong ô ghi hai số";
    OWNER_DIFFERS = "DA06-S62" Warning Used "Khác danh sách của cơ quan chủ trì số liệu";
    OWNER_TWICE = "DA06-S63" Warning Dropped "Danh sách ghi hai số khác nhau";
    OWNER_UNREADABLE = "DA06-S64" Error Dropped "Ô của danh sách không phải là số";
    OWNER_LACKS = "DA06-S65" Information Used "Danh sách không có đơn vị";
    OWNER_INSTEAD = "DA06-S66" Information Used "Lấy theo danh sách, đơn vị chưa gửi";
    OWNER_OTHER = "DA06-S67" Information Dropped "Chỉ tiêu không lấy theo danh sách";

    DETAIL_UNREADABLE = "DA06-B01" Warning Used "Ô của bảng chi tiết không đọc được";
    DETAIL_TOTAL = "DA06-B02" Warning Used "Dòng tổng cộng không bằng các dòng";
    DETAIL_DATE = "DA06-B03" Warning Used "Ngày nằm ngoài kỳ báo cáo";

    NOT_RETURNED = "DA06-N01" Error Used "Chưa gửi báo cáo";
    LATE = "DA06-N02" Information Used "Gửi chậm";
    EXTENDED = "DA06-N03" Information Used "Được gia hạn";
    SUPERSEDED = "DA06-N04" Information Used "Lần gửi sau thay lần gửi trước";
    LATER_REJECTED = "DA06-N05" Warning Used "Lần gửi sau bị từ chối";
    SAME_SUBMISSION = "DA06-N06" Warning Doubtful "Hai tệp cùng lần gửi, khác nội dung";
    FEWER_FIGURES = "DA06-N07" Warning Used "Lần gửi sau có ít số liệu hơn";
    SAME_BYTES = "DA06-N08" Information Used "Tệp trùng nhau";
    CHOSEN_BY_OFFICE = "DA06-N09" Information Used "Lần gửi do văn thư chọn";
    CHOICE_UNUSABLE = "DA06-N10" Warning Used "Lần gửi được chọn không dùng được";

    SIDE_FILE_UNREADABLE = "DA06-K01" Error Used "Tệp kèm không đọc được";
    SIDE_ROW = "DA06-K02" Error Used "Dòng của tệp kèm không dùng được";
    REGISTER_NO_FILE = "DA06-K03" Warning Used "Sổ đến ghi tệp không có";
    CORRECTION_NOT_APPLIED = "DA06-K04" Error Used "Điều chỉnh không áp dụng được";
    CORRECTION_APPLIED = "DA06-K05" Information Used "Đã điều chỉnh theo xác nhận";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order_within_their_letter() {
        let codes: Vec<&str> = CODES.iter().map(|code| code.code).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), codes.len());
        for letter in ["T", "H", "S", "B", "N", "K"] {
            let start = format!("DA06-{letter}");
            let own: Vec<&&str> = codes.iter().filter(|code| code.starts_with(&start)).collect();
            assert!(own.is_sorted(), "{letter}");
        }
    }

    #[test]
    fn what_is_rejected_is_not_used() {
        for code in CODES.iter().filter(|code| code.severity == Severity::Rejected) {
            assert_eq!(code.usage, Usage::Dropped, "{}", code.code);
        }
    }
}

//! What may be typed.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};

use crate::period::Period;

/// Everything that was typed.
#[derive(Debug, Parser)]
#[command(
    name = "da06",
    version,
    about = "Lập báo cáo tháng về Đề án 06 từ các tệp Excel của đơn vị",
    long_about = "Đọc các tệp Excel trong thư mục input, kiểm tra, tổng hợp và ghi báo cáo tháng \
                  (PDF theo thể thức Nghị định 30/2020/NĐ-CP và Excel) vào thư mục output."
)]
pub(super) struct Arguments {
    /// Thư mục làm việc, nơi có templates, input, output [mặc định: thư mục hiện tại]
    #[arg(long, global = true, value_name = "THƯ MỤC", default_value = ".")]
    pub(super) workspace: PathBuf,

    /// Coi hôm nay là ngày này (NĂM-THÁNG-NGÀY), để chọn kỳ mặc định [mặc định: ngày của máy]
    #[arg(long, global = true, value_name = "NGÀY")]
    pub(super) as_of: Option<NaiveDate>,

    /// Số luồng đọc tệp, 0 là theo máy [mặc định: 0]. Bộ tính bảng polars có luồng riêng, giới hạn
    /// bằng biến môi trường POLARS_MAX_THREADS; số luồng không làm thay đổi kết quả
    #[arg(long, global = true, value_name = "SỐ", default_value_t = 0)]
    pub(super) jobs: usize,

    /// Việc cần làm.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Việc cần làm.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Tạo thư mục làm việc mới
    Init(InitCommand),
    /// Lập biểu cho từng đơn vị, ghi sẵn số kỳ trước
    Forms(FormsCommand),
    /// Chỉ đọc và kiểm tra, không ghi báo cáo
    Check(CheckCommand),
    /// Lập dự thảo báo cáo tháng
    Run(RunCommand),
    /// Xem đơn vị nào đã gửi, chậm, phải sửa
    Status(StatusCommand),
    /// Xem một con số lấy từ đâu
    Trace(TraceCommand),
    /// Xem một tệp được hiểu thế nào; duyệt cách hiểu một lần cho cách trình bày khác mẫu
    Map(MapCommand),
    /// Đo một tệp PDF theo thể thức Nghị định 30/2020/NĐ-CP
    Measure(MeasureCommand),
    /// Đọc tệp trong tiến trình riêng; chương trình tự gọi
    #[command(name = "__doc", hide = true)]
    ReadApart,
    /// In kịch bản gợi ý lệnh cho shell (bash, zsh, fish, powershell, elvish)
    Completions {
        /// Tên shell
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
}

/// Tạo thư mục làm việc mới.
#[derive(Debug, Args)]
pub(super) struct InitCommand {
    /// Thư mục cần tạo [mặc định: thư mục hiện tại]
    #[arg(value_name = "THƯ MỤC")]
    pub(super) folder: Option<PathBuf>,
    /// Mẫu trống thay cho ví dụ huyện Tiên Lãng
    #[arg(long)]
    pub(super) blank: bool,
}

/// Lập biểu cho từng đơn vị: chỉ những dòng đơn vị phải báo cáo, có số kỳ trước, có kiểm tra ngay
/// trong biểu. Ghi vào output/KỲ/bieu-mau.
#[derive(Debug, Args)]
pub(super) struct FormsCommand {
    /// Kỳ báo cáo, ví dụ 2024-04 [mặc định: kỳ sắp tới, kỳ sớm nhất chưa chốt]
    #[arg(long, value_name = "KỲ")]
    pub(super) period: Option<Period>,
    /// Chỉ lập biểu của các đơn vị này (khóa, mã hoặc tên trong don-vi.csv); biểu của đơn vị khác giữ nguyên
    #[arg(long = "unit", value_name = "ĐƠN VỊ", num_args = 1..)]
    pub(super) units: Vec<String>,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Chỉ đọc và kiểm tra.
#[derive(Debug, Args)]
pub(super) struct CheckCommand {
    /// Kỳ báo cáo, ví dụ 2024-03 [mặc định: kỳ đã chốt gần nhất]
    #[arg(long, value_name = "KỲ")]
    pub(super) period: Option<Period>,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Chỉ xem kết quả của các tệp này (tên tệp hoặc đường dẫn trong input)
    #[arg(value_name = "TỆP")]
    pub(super) files: Vec<PathBuf>,
}

/// Lập dự thảo báo cáo tháng.
#[derive(Debug, Args)]
pub(super) struct RunCommand {
    /// Kỳ báo cáo, ví dụ 2024-03 [mặc định: kỳ đã chốt gần nhất]
    #[arg(long, value_name = "KỲ")]
    pub(super) period: Option<Period>,
    /// Số của báo cáo, nếu đã có; để trống thì tệp PDF có ô cho văn thư điền, kể cả sau khi ký
    #[arg(long, value_name = "SỐ", value_parser = document_number)]
    pub(super) number: Option<String>,
    /// Ngày của báo cáo (NĂM-THÁNG-NGÀY), nếu đã có; để trống thì tệp PDF có ô để điền
    #[arg(long, value_name = "NGÀY")]
    pub(super) date: Option<NaiveDate>,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Xem tình hình gửi báo cáo.
#[derive(Debug, Args)]
pub(super) struct StatusCommand {
    /// Kỳ báo cáo, ví dụ 2024-03 [mặc định: kỳ đã chốt gần nhất]
    #[arg(long, value_name = "KỲ")]
    pub(super) period: Option<Period>,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Chỉ xem đơn vị này (tên, mã hoặc khóa)
    #[arg(long, value_name = "ĐƠN VỊ")]
    pub(super) unit: Option<String>,
    /// In tin nhắn cho từng đơn vị thay cho bảng, có nhắc hạn theo ngày --as-of
    #[arg(long)]
    pub(super) messages: bool,
    /// Có cả lời cảm ơn các đơn vị đã gửi đủ và đúng
    #[arg(long)]
    pub(super) thanks: bool,
}

/// Xem một con số lấy từ đâu.
#[derive(Debug, Args)]
pub(super) struct TraceCommand {
    /// Số đúng như in trong báo cáo ("73.673"); phụ lục, dòng và số cột ("Phụ lục II Tiên Minh (11)");
    /// đơn vị và mã chỉ tiêu ("Tiên Minh B08"); ô của tệp Excel ("PL II!F12") hoặc mã số liệu
    /// ("B08.unit.tien-minh.value")
    #[arg(value_name = "SỐ LIỆU", required = true)]
    pub(super) what: Vec<String>,
    /// Kỳ báo cáo, ví dụ 2024-03 [mặc định: kỳ đã chốt gần nhất]
    #[arg(long, value_name = "KỲ")]
    pub(super) period: Option<Period>,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Xem một tệp được hiểu thế nào.
#[derive(Debug, Args)]
pub(super) struct MapCommand {
    /// Tệp của đơn vị: đường dẫn, đường dẫn trong input, hoặc chỉ tên tệp
    #[arg(value_name = "TỆP")]
    pub(super) file: PathBuf,
    /// Duyệt các đề xuất có số này (ví dụ 1,3); không nêu số là duyệt mọi đề xuất có cách hiểu rõ nhất
    #[arg(long, value_name = "SỐ", num_args = 0..=1, value_delimiter = ',', default_missing_value = "0", conflicts_with = "undo")]
    pub(super) accept: Option<Vec<usize>>,
    /// Tự nêu cách hiểu: "dòng 12=B08", "cột F=luy_ke" (trong_ky, phat_sinh, luy_ke, ky_truoc,
    /// luy_ke_nam, tang_giam, bo_qua); thêm tên trang tính nếu cần: "Biểu 01!dòng 12=B08"
    #[arg(long, value_name = "CÁCH HIỂU", conflicts_with = "undo")]
    pub(super) set: Vec<String>,
    /// Bỏ ánh xạ đã duyệt cho cách trình bày của tệp này
    #[arg(long)]
    pub(super) undo: bool,
    /// Người duyệt, ghi vào tệp ánh xạ
    #[arg(long, value_name = "HỌ TÊN", default_value = "")]
    pub(super) by: String,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Đo một tệp PDF theo thể thức Nghị định 30/2020/NĐ-CP.
#[derive(Debug, Args)]
pub(super) struct MeasureCommand {
    /// Tệp PDF cần đo, của bất kỳ chương trình nào
    #[arg(value_name = "TỆP PDF")]
    pub(super) file: PathBuf,
    /// In kết quả dạng JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Returns the number of a document: digits, from 1 (Phụ lục I, II.3).
fn document_number(text: &str) -> Result<String, String> {
    let digits = text.trim();
    match digits.parse::<u32>() {
        Ok(1..) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(digits.to_owned()),
        _ => Err("cần chữ số".to_owned()),
    }
}

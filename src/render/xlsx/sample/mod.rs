//! A document of realistic size for the tests of this room: letterhead, a wide annex with formulas,
//! an annex with two tables, findings with links.

mod annexes;

use chrono::NaiveDate;

use crate::compose::document::{
    Audience, Block, Cell, ConstantKind, Document, FigureRef, Header, Heading, Meta, NumberFormat,
    Orientation, Paragraph, ParagraphKind, Row, RowKind, Run, Section, Signature, Table, Title,
};
use crate::quantity::{Quantity, percent};

/// Returns the sample document.
pub(super) fn document() -> Document {
    Document {
        names: Vec::new(),
        meta: Meta {
            title: "Báo cáo kết quả tháng 3 năm 2024".to_owned(),
            author: "Tổ công tác Đề án 06 huyện Tiên Lãng".to_owned(),
            subject: "Kết quả thực hiện Đề án 06".to_owned(),
            date: NaiveDate::from_ymd_opt(2024, 3, 14).expect("a day of the calendar"),
        },
        sections: vec![
            letter(),
            section(
                "Phụ lục II",
                Orientation::Landscape,
                vec![annexes::annex_head(), annexes::accounts()],
            ),
            section(
                "Phụ lục IV",
                Orientation::Portrait,
                vec![annexes::channels(), annexes::broadcasts()],
            ),
            section("Kiểm tra: số liệu", Orientation::Landscape, findings()),
            section(
                "Phụ lục I",
                Orientation::Landscape,
                vec![annexes::annex_head(), annexes::propagation()],
            ),
            Section { audience: Audience::Print, ..section("In", Orientation::Portrait, vec![]) },
        ],
    }
}

/// Returns a figure with its number.
pub(super) fn figure(id: &str, format: NumberFormat, shown: &str, value: Quantity) -> Run {
    Run::figure(FigureRef {
        id: id.to_owned(),
        shown: shown.to_owned(),
        value: Some(value),
        format,
    })
}

/// Returns a figure that is a sign without a number.
pub(super) fn sign(id: &str, shown: &str) -> Run {
    let format = NumberFormat::Number;
    Run::figure(FigureRef { id: id.to_owned(), shown: shown.to_owned(), value: None, format })
}

/// Returns the mark of a footnote.
pub(super) fn mark(text: &str) -> Run {
    Run { superscript: true, ..Run::constant(ConstantKind::Footnote, text) }
}

/// Returns a cell of these runs.
pub(super) fn cell(runs: Vec<Run>) -> Cell {
    Cell { runs, ..Cell::default() }
}

/// Returns a section for the workbook and the print.
pub(super) fn section(name: &str, orientation: Orientation, blocks: Vec<Block>) -> Section {
    Section { name: name.to_owned(), orientation, audience: Audience::Both, blocks }
}

fn words(text: &str) -> Vec<Run> {
    vec![Run::text(text)]
}

fn whole(id: &str, number: i64) -> Run {
    let digits = number.to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push('.');
        }
        shown.push(digit);
    }
    let shown = if number == 0 { "-".to_owned() } else { shown };
    figure(id, NumberFormat::Number, &shown, Quantity::whole(number))
}

fn ratio(id: &str, numerator: i64, denominator: i64) -> Run {
    match percent(numerator, denominator, 2) {
        Some(value) => {
            let shown = format!("{},{:02}%", value.scaled / 100, value.scaled % 100);
            figure(id, NumberFormat::Percent, &shown, value)
        }
        None => sign(id, "-"),
    }
}

fn letter() -> Section {
    let body =
        |text: &str| Block::Paragraph(Paragraph { kind: ParagraphKind::Body, runs: words(text) });
    let blocks = vec![
        Block::Header(Header {
            superior: words("UBND HUYỆN TIÊN LÃNG"),
            issuer: words("TỔ CÔNG TÁC ĐỀ ÁN 06"),
            nation: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
            motto: "Độc lập - Tự do - Hạnh phúc".to_owned(),
            number: words("Số:        /BC-TCTĐA06"),
            place_and_date: words("Tiên Lãng, ngày      tháng 3 năm 2024"),
        }),
        Block::Title(Title {
            kind: "BÁO CÁO".to_owned(),
            subject: vec![
                words("Kết quả tuyên truyền, hướng dẫn đăng ký, kích hoạt và sử dụng"),
                words("tài khoản định danh điện tử tháng 3 năm 2024"),
            ],
            remarks: vec![words("(Số liệu mẫu)")],
        }),
        Block::Addressees(vec![words("Tổ công tác Đề án 06 thành phố")]),
        body(
            "Thực hiện Công văn về việc đẩy mạnh tuyên truyền, hướng dẫn người dân đăng ký, kích \
             hoạt và sử dụng tài khoản định danh điện tử trên địa bàn huyện, Tổ công tác Đề án 06 \
             huyện báo cáo kết quả như sau:",
        ),
        Block::Heading(Heading {
            level: 1, runs: words("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH")
        }),
        Block::Paragraph(Paragraph {
            kind: ParagraphKind::Body,
            runs: vec![
                Run::text("Toàn huyện đã kích hoạt "),
                whole("b08.huyen.tienlang.value", 98_000),
                Run::text(" tài khoản, đạt "),
                ratio("r3.huyen.tienlang.ratio", 525, 684),
                Run::text(" số đã cấp.").bold(),
            ],
        }),
        Block::Signature(Signature {
            authority: vec![words("TM. TỔ CÔNG TÁC ĐỀ ÁN 06"), words("TỔ TRƯỞNG")],
            office: vec![words("CHỦ TỊCH UBND HUYỆN")],
            name: "Nguyễn Thị Bích Hương".to_owned(),
            recipients: vec![
                words("Như trên"),
                words("Thường trực Huyện ủy, HĐND huyện (để b/c)"),
                words("UBND các xã, thị trấn"),
                words("Lưu: VT, CAH"),
            ],
        }),
    ];
    section("Báo cáo", Orientation::Portrait, blocks)
}

fn findings() -> Vec<Block> {
    let link = Run {
        link: Some("../../input/2024-03/Tiên Minh (sửa).xlsx#'Biểu 1'!C12".to_owned()),
        ..Run::constant(ConstantKind::UnitText, "Tiên Minh (sửa).xlsx › Biểu 1 › C12")
    };
    let row = Row {
        kind: RowKind::Plain,
        cells: vec![
            cell(words("Lỗi")),
            cell(words("Tiên Minh")),
            cell(vec![link]),
            cell(words(
                "Tổng số tài khoản đã kích hoạt lớn hơn tổng số tài khoản đã cấp; đề nghị đơn vị rà soát, đối chiếu lại với Công an xã và gửi lại biểu trước thời hạn.",
            )),
            cell(words("-5 người")),
            cell(words("Q-B08")),
        ],
    };
    let verdict = "Chưa trình ký được: còn đơn vị chưa gửi báo cáo và đơn vị phải sửa số liệu.";
    vec![
        Block::Paragraph(Paragraph { kind: ParagraphKind::Verdict, runs: words(verdict) }),
        Block::Table(Table {
            caption: None,
            unit_of_count: None,
            columns: annexes::columns("cllllc", &[3]),
            header: vec![vec![
                annexes::head(0, 1, 1, "Mức"),
                annexes::head(1, 1, 1, "Đơn vị"),
                annexes::head(2, 1, 1, "Vị trí"),
                annexes::head(3, 1, 1, "Nội dung"),
                annexes::head(4, 1, 1, "Giá trị"),
                annexes::head(5, 1, 1, "Mã"),
            ]],
            column_numbers: Vec::new(),
            rows: vec![row.clone(), row],
            notes: Vec::new(),
        }),
    ]
}

//! A report for the tests of this room: every kind of block, in the words of a real month.

use chrono::NaiveDate;

use crate::compose::document::{
    Align, AnnexHead, Audience, Block, Cell, Column, ConstantKind, Document, FigureRef, Header,
    HeaderCell, Heading, Meta, NumberFormat, Orientation, Paragraph, ParagraphKind, Row, RowKind,
    Run, Section, Signature, Table, Title,
};
use crate::quantity::Quantity;
use crate::render::pdf::laid::{Item, Line, Mark, Text};
use crate::render::pdf::{FontFiles, Fonts, Laid, layout};
use crate::text::format_quantity;

/// Returns a report with an annex of 17 columns and this many rows.
pub(super) fn report(rows: usize) -> Document {
    let title = "Báo cáo kết quả thực hiện Đề án 06 tháng 3 năm 2024";
    Document {
        names: Vec::new(),
        meta: Meta {
            title: title.to_owned(),
            author: "Tổ công tác Đề án 06 huyện Tiên Lãng".to_owned(),
            subject: "Kết quả thực hiện Đề án 06".to_owned(),
            date: NaiveDate::from_ymd_opt(2024, 3, 14).unwrap(),
        },
        sections: vec![main_part(), small_annex(), wide_annex(rows), workbook_only()],
    }
}

/// Returns the report laid out, and the lines drawn on its first page.
pub(super) fn first_page() -> (Laid, Vec<Line>) {
    let laid = laid(&report(1));
    let lines = laid.pages[0].items.iter().filter_map(|Item { mark, .. }| match mark {
        Mark::Line(line) => Some(*line),
        Mark::Text(_) | Mark::Shape(_) => None,
    });
    let lines = lines.collect();
    (laid, lines)
}

/// Returns the first text that contains these words.
pub(super) fn find<'a>(laid: &'a Laid, words: &str) -> &'a Text {
    laid.texts().map(|(_, text)| text).find(|text| text.text.contains(words)).unwrap()
}

/// Returns a document laid out in the embedded fonts.
pub(super) fn laid(document: &Document) -> Laid {
    let files = FontFiles::embedded();
    layout(document, &Fonts::load(&files).unwrap())
}

/// Returns a plain run.
pub(super) fn text(words: &str) -> Run {
    Run::text(words)
}

/// Returns a figure.
pub(super) fn figure(id: &str, number: i64) -> Run {
    let shown = format_quantity(Quantity::whole(number));
    Run::figure(FigureRef {
        id: id.to_owned(),
        shown,
        value: Some(Quantity::whole(number)),
        format: NumberFormat::Number,
    })
}

fn constant(kind: ConstantKind, words: &str) -> Run {
    Run::constant(kind, words)
}

fn section(name: &str, orientation: Orientation, blocks: Vec<Block>) -> Section {
    Section { name: name.to_owned(), orientation, audience: Audience::Both, blocks }
}

fn workbook_only() -> Section {
    let blocks = vec![paragraph(vec![text("Chỉ có trong tệp bảng tính.")])];
    Section { audience: Audience::Workbook, ..section("Nguồn", Orientation::Portrait, blocks) }
}

/// Returns a paragraph of the body.
pub(super) fn paragraph(runs: Vec<Run>) -> Block {
    Block::Paragraph(Paragraph { kind: ParagraphKind::Body, runs })
}

fn heading(level: u8, number: &str, words: &str) -> Block {
    let runs = vec![constant(ConstantKind::Ordinal, number), text(words)];
    Block::Heading(Heading { level, runs })
}

fn project() -> Run {
    constant(ConstantKind::Name, "Đề\u{A0}án\u{A0}06")
}

fn main_part() -> Section {
    let mut blocks = vec![header(), title(), addressees()];
    blocks.push(paragraph(vec![
        text("Thực hiện Quyết định số "),
        constant(ConstantKind::DocumentNumber, "06/QĐ-TTg"),
        text(" ngày\u{A0}"),
        constant(ConstantKind::Date, "06/01/2022"),
        text(" của Thủ tướng Chính phủ phê duyệt "),
        project(),
        text(", Tổ công tác "),
        project(),
        text(" huyện Tiên Lãng báo cáo kết quả thực hiện như sau:"),
    ]));
    let parts = [
        ("I. ", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"),
        ("II. ", "KẾT QUẢ THỰC HIỆN"),
        ("III. ", "TỒN TẠI, HẠN CHẾ"),
    ];
    for (number, words) in parts {
        blocks.push(heading(1, number, words));
        blocks.push(heading(2, "1. ", "Công tác tuyên truyền về định danh và xác thực điện tử"));
        blocks.push(heading(3, "a) ", "UBND các xã, thị trấn"));
        blocks.push(story("A01.huyen.tien_lang.value", 12_345));
        blocks.push(story("A02.huyen.tien_lang.value", 678));
        blocks.push(list_item("Chỉ đạo Công an các xã, thị trấn rà soát công dân đủ điều kiện cấp tài khoản định danh điện tử nhưng chưa kích hoạt để hướng dẫn kịp thời;"));
        blocks.push(list_item(
            "Phối hợp Trung tâm Văn hóa - Truyền thanh huyện tăng thời lượng phát thanh.",
        ));
        blocks.push(story("B02.huyen.tien_lang.value", 98_765));
    }
    blocks.push(paragraph(vec![
        text("Trên đây là báo cáo kết quả thực hiện "),
        project(),
        text(" trên địa bàn huyện; Tổ công tác trân trọng báo cáo Ủy ban nhân dân thành phố, Công an thành phố xem xét, chỉ đạo./."),
    ]));
    blocks.push(signature());
    section("Báo cáo", Orientation::Portrait, blocks)
}

/// What number and day are written into.
const BLANK: &str = "\u{A0}\u{A0}\u{A0}\u{A0}\u{A0}\u{A0}";

fn header() -> Block {
    Block::Header(Header {
        superior: vec![text("UBND HUYỆN TIÊN LÃNG")],
        issuer: vec![text("TỔ CÔNG TÁC "), constant(ConstantKind::Name, "ĐỀ\u{A0}ÁN\u{A0}06")],
        nation: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
        motto: "Độc lập - Tự do - Hạnh phúc".to_owned(),
        number: vec![
            text("Số:\u{A0}"),
            text(BLANK),
            constant(ConstantKind::DocumentNumber, "/BC-TCTĐA06"),
        ],
        place_and_date: vec![
            text("Tiên Lãng, ngày"),
            text(BLANK),
            constant(ConstantKind::Date, "tháng\u{A0}3 năm\u{A0}2024"),
        ],
    })
}

fn title() -> Block {
    Block::Title(Title {
        kind: "BÁO CÁO".to_owned(),
        subject: vec![
            vec![text("Kết quả thực hiện "), project()],
            vec![constant(ConstantKind::Date, "tháng\u{A0}3 năm\u{A0}2024")],
        ],
        remarks: vec![
            vec![text("(SỐ LIỆU MẪU)")],
            vec![
                text("(Số liệu từ ngày "),
                constant(ConstantKind::Date, "15/02/2024"),
                text(" đến ngày "),
                constant(ConstantKind::Date, "14/3/2024"),
                text(")"),
            ],
        ],
    })
}

fn addressees() -> Block {
    Block::Addressees(vec![
        vec![text("Ủy ban nhân dân thành phố Hải Phòng")],
        vec![text("Công an thành phố Hải Phòng")],
    ])
}

fn story(id: &str, number: i64) -> Block {
    paragraph(vec![
        text("Trong kỳ, các xã, thị trấn đã tổ chức "),
        figure(id, number),
        text(" buổi tuyên truyền trực tiếp, "),
        figure("A03.huyen.tien_lang.value", 1_204),
        text(
            " lượt phát thanh trên hệ thống truyền thanh cơ sở; tập trung tuyên truyền các tiện ích của tài khoản định danh điện tử ",
        ),
        constant(ConstantKind::Name, "mức\u{A0}1"),
        text(" và "),
        constant(ConstantKind::Name, "mức\u{A0}2"),
        text(
            ", giá trị sử dụng thay thế giấy tờ của ứng dụng VNeID, quyền lợi của người dân khi thực hiện dịch vụ công trực tuyến.",
        ),
    ])
}

fn list_item(words: &str) -> Block {
    Block::Paragraph(Paragraph { kind: ParagraphKind::ListItem, runs: vec![text(words)] })
}

fn signature() -> Block {
    Block::Signature(Signature {
        authority: vec![
            vec![text("TM. TỔ CÔNG TÁC "), constant(ConstantKind::Name, "ĐỀ\u{A0}ÁN\u{A0}06")],
            vec![text("TỔ TRƯỞNG")],
        ],
        office: vec![vec![text("CHỦ TỊCH UBND HUYỆN")]],
        name: "Nguyễn Thị Bích Hương".to_owned(),
        recipients: vec![
            vec![text("Như trên")],
            vec![text("Thường trực Huyện ủy, Hội đồng nhân dân, Ủy ban nhân dân huyện")],
            vec![text("Thành viên Tổ công tác huyện")],
            vec![text("Ủy ban nhân dân các xã, thị trấn")],
            vec![text("Lưu: VT, TCT")],
        ],
    })
}

fn annex_head(number: &str, words: &str) -> Block {
    Block::AnnexHead(AnnexHead {
        label: format!("Phụ lục {number}"),
        title: vec![vec![text(words)]],
        attached_to: vec![
            text("(Kèm theo Báo cáo số       "),
            constant(ConstantKind::DocumentNumber, "/BC-TCTĐA06"),
            text(" ngày       "),
            constant(ConstantKind::Date, "tháng\u{A0}3 năm\u{A0}2024"),
            text(" của Tổ công tác "),
            project(),
            text(" huyện Tiên Lãng)"),
        ],
    })
}

fn small_annex() -> Section {
    let columns = [(Align::Centre, 0), (Align::Left, 2), (Align::Left, 1), (Align::Right, 0)];
    let rows = (1..=12)
        .map(|number| {
            let works = "Phát thanh tuyên truyền về tiện ích của tài khoản định danh điện tử, các bước đăng ký và kích hoạt";
            let cells = vec![
                cell(constant(ConstantKind::Ordinal, &number.to_string())),
                cell(text(works)),
                cell(text("Hệ thống truyền thanh huyện")),
                cell(figure("C01", number * 7)),
            ];
            row(RowKind::Plain, cells)
        })
        .collect();
    let heads = ["STT", "Nội dung", "Hình thức, kênh tuyên truyền", "Số lượt phát"];
    let table = Table {
        caption: Some(vec![text("A. Kết quả tuyên truyền")]),
        unit_of_count: Some("Đơn vị tính: lượt".to_owned()),
        columns: columns.map(|(align, stretch)| Column { align, stretch }).to_vec(),
        header: vec![heads.iter().enumerate().map(|(at, words)| head(at, 1, 1, words)).collect()],
        column_numbers: ["(1)", "(2)", "(3)", "(4)"].map(str::to_owned).to_vec(),
        rows,
        notes: Vec::new(),
    };
    let title = "KẾT QUẢ TUYÊN TRUYỀN CỦA TRUNG TÂM VĂN HÓA - TRUYỀN THANH HUYỆN";
    section("PL I", Orientation::Portrait, vec![annex_head("I", title), Block::Table(table)])
}

fn head(column: usize, column_span: usize, row_span: usize, words: &str) -> HeaderCell {
    let has_digits = words.chars().any(|letter| letter.is_ascii_digit());
    let run = if has_digits { constant(ConstantKind::Name, words) } else { text(words) };
    HeaderCell { column, column_span, row_span, runs: vec![run] }
}

fn cell(run: Run) -> Cell {
    Cell { runs: vec![run], column_span: 1, formula: None }
}

fn row(kind: RowKind, cells: Vec<Cell>) -> Row {
    Row { kind, cells }
}

fn wide_annex(rows: usize) -> Section {
    let title = "KẾT QUẢ CẤP, KÍCH HOẠT TÀI KHOẢN ĐỊNH DANH ĐIỆN TỬ CỦA CÁC XÃ, THỊ TRẤN";
    let blocks = vec![annex_head("II", title), Block::Table(wide_table(rows))];
    section("PL II", Orientation::Landscape, blocks)
}

/// Returns a table of 17 columns with a head of two rows, a group row, a total and notes.
pub(super) fn wide_table(rows: usize) -> Table {
    let mut columns = vec![Column { align: Align::Right, stretch: 0 }; 17];
    columns[0].align = Align::Centre;
    columns[1] = Column { align: Align::Left, stretch: 1 };
    let groups = ["Mức 1", "Mức 2", "Tổng số tài khoản", "Tiện ích", "Dịch vụ công trực tuyến"];
    let measures = ["Trong kỳ", "Lũy kế", "Tỷ lệ kích hoạt so với chỉ tiêu (%)"];
    let mut first = vec![head(0, 1, 2, "STT"), head(1, 1, 2, "Tên đơn vị")];
    let mut second = Vec::new();
    for (group, words) in groups.iter().enumerate() {
        first.push(head(2 + group * 3, 3, 1, words));
        for (measure, words) in measures.iter().enumerate() {
            second.push(head(2 + group * 3 + measure, 1, 1, words));
        }
    }
    let names = ["Đoàn Lập", "Tiên Minh", "Vinh Quang", "thị trấn Tiên Lãng", "Khởi Nghĩa"];
    let mut body = Vec::new();
    if rows > 0 {
        let words = text("Các xã, thị trấn loại một");
        body.push(row(
            RowKind::Group,
            vec![Cell { runs: vec![words], column_span: 17, formula: None }],
        ));
    }
    for (number, name) in (1_i64..).zip(names.iter().cycle()).take(rows) {
        let mut cells = vec![cell(constant(ConstantKind::Ordinal, &number.to_string()))];
        cells.push(cell(text(name)));
        cells.extend(
            (0..15).map(|at| cell(figure("B02.xa.tien_minh.value", number * 37 + at * 811))),
        );
        if number == 3 {
            let mark = Run { superscript: true, ..constant(ConstantKind::Footnote, "(1)") };
            cells[2].runs.push(mark);
        }
        body.push(row(RowKind::Plain, cells));
    }
    let mut total = vec![Cell { runs: vec![text("Tổng cộng")], column_span: 2, formula: None }];
    total.extend((0..15).map(|at| cell(figure("B02.huyen.tien_lang.value", 98_765 + at))));
    body.push(row(RowKind::Total, total));
    Table {
        caption: None,
        unit_of_count: Some("Đơn vị tính: tài khoản".to_owned()),
        columns,
        header: vec![first, second],
        column_numbers: (1..=17).map(|number| format!("({number})")).collect(),
        rows: body,
        notes: vec![
            vec![text(
                "Ghi chú: “-” là không phát sinh; “…” là chưa có số liệu; “x” là không thuộc phạm vi.",
            )],
            vec![
                Run { superscript: true, ..constant(ConstantKind::Footnote, "(1)") },
                text(" Số liệu do Công an huyện cung cấp."),
            ],
        ],
    }
}

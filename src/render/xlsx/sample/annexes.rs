//! The annexes of the sample: accounts by commune with formulas, and two tables on one sheet.

use super::{cell, figure, mark, ratio, sign, whole, words};
use crate::compose::document::{
    Align, AnnexHead, Block, Cell, Column, Constant, ConstantKind, Content, Formula, HeaderCell,
    NumberFormat, Row, RowKind, Run, Table,
};
use crate::quantity::Quantity;

/// Name; accounts issued, of them activated, assigned, or nothing where there is no return.
type Commune = (&'static str, Option<(i64, i64, i64)>);

const COMMUNES: [Commune; 21] = [
    ("Thị trấn Tiên Lãng", Some((9_842, 7_951, 8_000))),
    ("Đại Thắng", Some((4_120, 3_020, 3_100))),
    ("Tiên Cường", Some((6_003, 4_411, 4_700))),
    ("Tự Cường", Some((5_880, 4_902, 4_800))),
    ("Tiên Tiến", None),
    ("Quyết Tiến", Some((5_310, 4_007, 4_100))),
    ("Khởi Nghĩa", Some((4_004, 3_127, 3_200))),
    ("Tiên Thanh", Some((4_470, 3_312, 3_400))),
    ("Cấp Tiến", Some((7_312, 5_650, 5_700))),
    ("Kiến Thiết", Some((10_400, 7_803, 8_100))),
    ("Đoàn Lập", Some((8_211, 6_100, 6_300))),
    ("Bạch Đằng", Some((5_917, 4_420, 4_500))),
    ("Quang Phục", Some((100_000, 99_999, 0))),
    ("Toàn Thắng", Some((5_005, 5_005, 5_000))),
    ("Tiên Thắng", Some((6_640, 4_871, 5_000))),
    ("Tiên Minh", Some((6_115, 4_488, 4_600))),
    ("Bắc Hưng", Some((5_308, 4_044, 4_100))),
    ("Nam Hưng", Some((5_477, 4_199, 4_300))),
    ("Hùng Thắng", Some((9_530, 7_222, 7_400))),
    ("Tây Hưng", Some((2_914, 0, 2_300))),
    ("Đông Hưng", Some((30_000, 1, 4_400))),
];

pub(super) fn annex_head() -> Block {
    Block::AnnexHead(AnnexHead {
        label: "Phụ lục II".to_owned(),
        title: vec![
            words("KẾT QUẢ CẤP, KÍCH HOẠT TÀI KHOẢN ĐỊNH DANH ĐIỆN TỬ"),
            words("(LŨY KẾ ĐẾN HẾT NGÀY 14/3/2024)"),
        ],
        attached_to: words(
            "(Kèm theo Báo cáo số    /BC-TCTĐA06 ngày    tháng 3 năm 2024 của Tổ công tác Đề án 06 huyện)",
        ),
    })
}

pub(super) fn head(column: usize, column_span: usize, row_span: usize, text: &str) -> HeaderCell {
    HeaderCell { column, column_span, row_span, runs: words(text) }
}

pub(super) fn columns(aligns: &str, stretched: &[usize]) -> Vec<Column> {
    let align = |sign| match sign {
        'l' => Align::Left,
        'c' => Align::Centre,
        _ => Align::Right,
    };
    let stretch = |index| u16::from(stretched.contains(&index));
    aligns
        .chars()
        .enumerate()
        .map(|(index, sign)| Column { align: align(sign), stretch: stretch(index) })
        .collect()
}

fn numbers(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("({number})")).collect()
}

pub(super) fn accounts() -> Block {
    let mut rows: Vec<Row> =
        COMMUNES.iter().enumerate().map(|(index, commune)| commune_row(index, commune)).collect();
    rows.push(total_row());
    Block::Table(Table {
        caption: None,
        unit_of_count: Some("Đơn vị tính: tài khoản".to_owned()),
        columns: columns("clrrrrrrl", &[8]),
        header: vec![
            vec![
                head(0, 1, 2, "STT"),
                head(1, 1, 2, "Đơn vị"),
                head(2, 1, 2, "Tài khoản đã cấp"),
                head(3, 2, 1, "Kích hoạt"),
                head(5, 3, 1, "So với chỉ tiêu giao"),
                head(8, 1, 2, "Ghi chú"),
            ],
            vec![
                head(3, 1, 1, "Lũy kế"),
                head(4, 1, 1, "% kích hoạt/đã cấp"),
                head(5, 1, 1, "Chỉ tiêu giao"),
                head(6, 1, 1, "% đạt"),
                head(7, 1, 1, "Vượt, còn thiếu"),
            ],
        ],
        column_numbers: ["(1)", "(2)", "(3)", "(4)", "(5)=(4)/(3)", "(6)", "(7)=(4)/(6)"]
            .iter()
            .chain(&["(8)=(4)-(6)", "(9)"])
            .map(|number| (*number).to_owned())
            .collect(),
        rows,
        notes: vec![
            words(
                "Ghi chú: \"-\" không phát sinh; \"…\" chưa có số liệu; \"x\" không thuộc diện báo cáo.",
            ),
            vec![mark("(1)"), Run::text(" Gồm cả tạm trú.")],
        ],
    })
}

fn total_row() -> Row {
    let sum = |part: fn((i64, i64, i64)) -> i64| -> i64 {
        COMMUNES.iter().filter_map(|(_, values)| values.map(part)).sum()
    };
    let (issued, active, target) = (sum(|v| v.0), sum(|v| v.1), sum(|v| v.2));
    let all: Vec<usize> = (0..COMMUNES.len()).collect();
    let summed = |id: &str, number| Cell {
        runs: vec![whole(id, number)],
        column_span: 1,
        formula: Some(Formula::Sum { rows: all.clone() }),
    };
    let of = |numerator: usize, denominator: usize| Formula::Ratio {
        numerator: vec![numerator],
        denominator: vec![denominator],
        rows: all.clone(),
    };
    Row {
        kind: RowKind::Total,
        cells: vec![
            Cell { runs: words("Tổng cộng"), column_span: 2, formula: None },
            summed("b05.huyen.tienlang.value", issued),
            summed("b08.huyen.tienlang.value", active),
            Cell {
                formula: Some(of(3, 2)),
                ..cell(vec![ratio("r3.huyen.tienlang.ratio", active, issued)])
            },
            summed("b11.huyen.tienlang.value", target),
            Cell {
                formula: Some(of(3, 5)),
                ..cell(vec![ratio("r4.huyen.tienlang.ratio", active, target)])
            },
            summed("b11.huyen.tienlang.remaining", active - target),
            Cell::default(),
        ],
    }
}

fn commune_row(index: usize, (name, values): &Commune) -> Row {
    let id = |code: &str, statistic: &str| format!("{code}.xa.x{index}.{statistic}");
    let ordinal = i64::try_from(index).expect("few communes") + 1;
    let constant = Constant {
        kind: ConstantKind::Ordinal,
        text: ordinal.to_string(),
        value: Some(Quantity::whole(ordinal)),
    };
    let own = |numerator, denominator| Formula::Ratio {
        numerator: vec![numerator],
        denominator: vec![denominator],
        rows: vec![index],
    };
    let mut cells = vec![cell(vec![Run::of(Content::Constant(constant))]), cell(words(name))];
    if let Some((issued, active, target)) = *values {
        let mut issued_runs = vec![whole(&id("b05", "value"), issued)];
        if index == 2 {
            issued_runs.push(mark("(1)"));
        }
        cells.push(cell(issued_runs));
        cells.push(cell(vec![whole(&id("b08", "value"), active)]));
        let ratio_of = |code: &str, over, formula| Cell {
            formula: Some(formula),
            ..cell(vec![ratio(&id(code, "ratio"), active, over)])
        };
        cells.push(ratio_of("r3", issued, own(3, 2)));
        cells.push(cell(vec![whole(&id("b11", "value"), target)]));
        cells.push(ratio_of("r4", target, own(3, 5)));
        cells.push(Cell {
            formula: Some(Formula::Difference { plus: vec![3], minus: vec![5] }),
            ..cell(vec![whole(&id("b11", "remaining"), active - target)])
        });
        cells.push(cell(words(if index == 3 { "=1+1" } else { "" })));
    } else {
        for code in ["b05", "b08", "r3", "b11", "r4", "rest"] {
            cells.push(cell(vec![sign(&id(code, "value"), "…")]));
        }
        cells.push(cell(words("Chưa gửi báo cáo tháng, đã đôn đốc qua điện thoại")));
    }
    Row { kind: RowKind::Plain, cells }
}

/// Returns the widest annex of the report: 19 columns of long heads and small numbers.
pub(super) fn propagation() -> Block {
    let heads = [
        "STT",
        "Đơn vị",
        "Văn bản chỉ đạo",
        "Số buổi tuyên truyền",
        "Lượt người dự",
        "Lượt phát thanh",
        "Số phút",
        "Cổng TTĐT",
        "Facebook",
        "Zalo",
        "Tờ rơi",
        "Pano, băng rôn",
        "Số thôn, TDP",
        "Đã có Tổ công tác",
        "Thành viên",
        "Lượt hộ",
        "Trong kỳ",
        "Lũy kế năm",
        "Ghi chú",
    ];
    let over = [(7, 3, "Tin, bài đăng tải trên"), (16, 2, "Lượt người được hướng dẫn")];
    let grouped =
        |column| over.iter().any(|(first, span, _)| (*first..first + span).contains(&column));
    let mut top: Vec<HeaderCell> =
        over.iter().map(|(c, span, text)| head(*c, *span, 1, text)).collect();
    let mut bottom = Vec::new();
    for (column, text) in heads.iter().enumerate() {
        if grouped(column) {
            bottom.push(head(column, 1, 1, text));
        } else {
            top.push(head(column, 1, 2, text));
        }
    }
    let row = |(index, (name, _)): (usize, &Commune)| {
        let mut cells = vec![
            cell(vec![Run::constant(ConstantKind::Ordinal, (index + 1).to_string())]),
            cell(words(name)),
        ];
        let number = i64::try_from(index).expect("few communes");
        cells.extend((2..18).map(|column| {
            cell(vec![whole(&format!("a{column}.xa.x{index}.value"), number * column * 7 % 1_913)])
        }));
        cells.push(cell(words(if index % 7 == 3 {
            "Gồm cả 2 buổi lưu động tại chợ phiên"
        } else {
            ""
        })));
        Row { kind: RowKind::Plain, cells }
    };
    Block::Table(Table {
        caption: None,
        unit_of_count: None,
        columns: columns("clrrrrrrrrrrrrrrrrl", &[18]),
        header: vec![top, bottom],
        column_numbers: numbers(19),
        rows: COMMUNES.iter().enumerate().map(row).collect(),
        notes: Vec::new(),
    })
}

pub(super) fn channels() -> Block {
    let group = |name: &str| Row {
        kind: RowKind::Group,
        cells: vec![Cell { runs: words(name), column_span: 4, formula: None }],
    };
    let row = |ordinal: &str, name: &str, before, now| Row {
        kind: RowKind::Plain,
        cells: vec![
            cell(words(ordinal)),
            cell(words(name)),
            cell(vec![whole(&format!("a{ordinal}.tt.vh.previous"), before)]),
            cell(vec![whole(&format!("a{ordinal}.tt.vh.value"), now)]),
        ],
    };
    Block::Table(Table {
        caption: Some(words("A. Kết quả tuyên truyền")),
        unit_of_count: None,
        columns: columns("clrr", &[1]),
        header: vec![vec![
            head(0, 1, 1, "STT"),
            head(1, 1, 1, "Nội dung"),
            head(2, 1, 1, "Kỳ trước"),
            head(3, 1, 1, "Trong kỳ"),
        ]],
        column_numbers: numbers(4),
        rows: vec![
            group("I. Hệ thống truyền thanh"),
            row("1", "Số tin, bài phát trên hệ thống truyền thanh huyện", 12, 15),
            row("2", "Số lượt phát", 1_040, 0),
        ],
        notes: Vec::new(),
    })
}

pub(super) fn broadcasts() -> Block {
    let rows = (1..=40)
        .map(|number: i64| Row {
            kind: RowKind::Plain,
            cells: vec![
                cell(vec![Run::constant(ConstantKind::Ordinal, number.to_string())]),
                cell(vec![Run::constant(
                    ConstantKind::UnitText,
                    "Hướng dẫn người dân đăng ký, kích hoạt tài khoản định danh điện tử mức 2 trên ứng dụng VNeID",
                )]),
                cell(vec![whole(&format!("list.tt.vh.r{number}"), number * 3)]),
                cell(vec![figure(
                    &format!("minutes.tt.vh.r{number}"),
                    NumberFormat::Number,
                    "12,5",
                    Quantity { scaled: 125, decimals: 1 },
                )]),
            ],
        })
        .collect();
    Block::Table(Table {
        caption: Some(words("B. Danh mục tin, bài")),
        unit_of_count: None,
        columns: columns("clrr", &[1]),
        header: vec![vec![
            head(0, 1, 1, "STT"),
            head(1, 1, 1, "Tên tin, bài"),
            head(2, 1, 1, "Lượt phát"),
            head(3, 1, 1, "Thời lượng (phút)"),
        ]],
        column_numbers: numbers(4),
        rows,
        notes: Vec::new(),
    })
}

//! The report as a whole: each sentence in each of its branches, and no digit without a source.

use super::{
    ComposeError,
    document::{Block, Cell, ConstantKind, Content, Document, Formula, RowKind, Run, Table, shown},
    samples::{Month, Values, words},
};

const BEFORE: Values<'_> = &[("B06", 1_000), ("B07", 3_000), ("B08", 3_000), ("B10", 50)];

/// March of a commune with this many activated, this many of them new.
fn activated(all: i64, new: i64) -> [(&'static str, i64); 5] {
    [("B02", 6_000), ("B06", 1_000), ("B07", 3_000), ("B08", all), ("B10", new)]
}

#[test]
fn activation_rises_falls_and_stands_still() {
    let cases: [(&str, i64, i64, &str); 6] = [
        (
            "rise",
            3_120,
            60,
            "Đã kích hoạt 3.120 tài khoản, tăng 120 tài khoản (tăng 4,00%) so với kỳ trước; trong kỳ kích \
             hoạt mới 60 tài khoản, nhiều hơn kỳ trước 10 tài khoản.",
        ),
        (
            "small rise",
            3_003,
            50,
            "tăng 03 tài khoản (tăng 0,10%) so với kỳ trước; trong kỳ kích hoạt \
             mới 50 tài khoản, bằng kỳ trước.",
        ),
        (
            "fewer new",
            3_120,
            40,
            "trong kỳ kích hoạt mới 40 tài khoản, ít hơn kỳ trước 10 tài khoản.",
        ),
        (
            "fall",
            2_990,
            40,
            "Đã kích hoạt 2.990 tài khoản, giảm 10 tài khoản so với kỳ trước, hiện đang được rà soát, đối \
             chiếu.",
        ),
        (
            "equal, none new",
            3_000,
            0,
            "Số tài khoản đã kích hoạt là 3.000, không thay đổi so với kỳ trước; trong kỳ không phát sinh \
             kích hoạt mới.",
        ),
        (
            "equal, some new",
            3_000,
            5,
            "Số tài khoản đã kích hoạt là 3.000, không thay đổi so với kỳ trước.",
        ),
    ];
    for (name, all, new, sentence) in cases {
        let words = Month::of(&[("tien-minh", &activated(all, new), BEFORE)]).words();
        assert!(words.contains(sentence), "{name}: {words}");
    }
}

#[test]
fn ratios_say_their_change_in_percentage_points() {
    let words = |all| Month::of(&[("tien-minh", &activated(all, 5), BEFORE)]).words();
    let rise =
        "Tỷ lệ kích hoạt trên số đã cấp đạt 78,00%, tăng 3,00 điểm phần trăm so với kỳ trước.";
    assert!(words(3_120).contains(rise), "{}", words(3_120));
    assert!(words(2_990).contains("đạt 74,75%, giảm 0,25 điểm phần trăm so với kỳ trước."));
    assert!(words(3_000).contains("đạt 75,00%, không thay đổi so với kỳ trước."));
    assert!(words(3_000).contains("bằng 66,67% số công dân từ đủ 14 tuổi trở lên"));
}

#[test]
fn the_first_month_compares_nothing() {
    let words = Month::of(&[("tien-minh", &activated(3_000, 0), &[])]).words();
    assert!(words.contains("Đã kích hoạt 3.000 tài khoản."), "{words}");
    assert!(words.contains("Đây là kỳ báo cáo đầu tiên nên chưa có số liệu so sánh."));
    assert!(!words.contains("so với kỳ trước"), "{words}");
}

#[test]
fn targets_are_exceeded_met_or_open_or_not_there() {
    let cases = [
        (
            2_900,
            "đạt 103,45% (3.000/2.900), vượt 100 tài khoản.",
            "01/01 xã, thị trấn đã hoàn thành",
        ),
        (
            3_000,
            "đạt 100,00% (3.000/3.000), hoàn thành chỉ tiêu.",
            "01/01 xã, thị trấn đã hoàn thành",
        ),
        (
            3_001,
            "đạt 99,97% (3.000/3.001), còn 01 tài khoản phải thực hiện.",
            "Chưa có đơn vị hoàn thành",
        ),
    ];
    for (target, sentence, reached) in cases {
        let month = Month::of(&[("tien-minh", &activated(3_000, 0), BEFORE)]);
        let words = month.assign(&[("tien-minh", target)]).words();
        let decision =
            "So với chỉ tiêu giao tại Quyết định số 215/QĐ-UBND ngày 22/01/2024, toàn huyện";
        for part in [decision, sentence, reached] {
            assert!(words.contains(part), "{target}: {words}");
        }
    }
    let words = Month::of(&[("tien-minh", &activated(3_000, 0), BEFORE)]).words();
    assert!(!words.contains("hoàn thành"), "no target, no sentence: {words}");
}

#[test]
fn the_best_are_named_without_splitting_a_tie() {
    let keys = ["tien-minh", "tien-thang", "tu-cuong", "bac-hung"];
    let month = |best: [i64; 4]| {
        let values = best.map(|all| activated(all, 0));
        let units: Vec<_> = keys
            .iter()
            .zip(&values)
            .map(|(key, values)| (*key, values.as_slice(), BEFORE))
            .collect();
        Month::of(&units).assign(&keys.map(|key| (key, 3_000))).words()
    };
    let clear = month([3_300, 3_600, 2_000, 3_900]);
    let named = "03/04 xã, thị trấn đã hoàn thành, hoàn thành vượt chỉ tiêu, đạt cao: xã Bắc Hưng \
                 (130,00%), xã Tiên Thắng (120,00%), xã Tiên Minh (110,00%).";
    assert!(clear.contains(named), "{clear}");
    let tied = month([3_300, 3_600, 3_300, 3_900]);
    let named = "đạt cao: xã Bắc Hưng (130,00%), xã Tiên Thắng (120,00%).";
    assert!(tied.contains(named), "the third equals the fourth: {tied}");
}

#[test]
fn low_units_are_named_only_where_the_body_wants_it() {
    let (high, low) = (activated(3_600, 0), activated(2_400, 0));
    let mut month = Month::of(&[("tien-minh", &high, BEFORE), ("tu-cuong", &low, BEFORE)])
        .assign(&[("tien-minh", 3_000), ("tu-cuong", 3_000)]);
    assert!(!month.words().contains("thấp hơn mức chung"), "not in the version that goes up");
    month.templates.body.name_low_units = true;
    let sentence = "Một số đơn vị đạt thấp hơn mức chung toàn huyện: xã Tự Cường (80,00%); Tổ công tác \
                    đề nghị tập trung rà soát";
    assert!(month.words().contains(sentence), "{}", month.words());
}

#[test]
fn missing_units_are_named_and_left_out_of_the_comparison() {
    let values = activated(3_120, 60);
    let words = Month::of(&[("tien-minh", &values, BEFORE), ("tu-cuong", &[], BEFORE)]).words();
    for part in [
        "theo số liệu của 01/02 xã, thị trấn, toàn huyện đã cấp 4.000 tài khoản",
        "tăng 120 tài khoản",
        "Có 01 xã, thị trấn chưa có số liệu tài khoản đã kích hoạt trong kỳ (xã Tự Cường), chưa tính vào số \
         tổng hợp; so sánh với kỳ trước chỉ tính trên 01 đơn vị có số liệu cả hai kỳ.",
        "So sánh với kỳ trước chỉ tính trên các đơn vị có số liệu cả hai kỳ.",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
}

#[test]
fn nothing_is_said_of_figures_that_are_not_there() {
    let words = Month::of(&[("tien-minh", &[("A02", 3)], &[])]).words();
    for part in [
        "đã tổ chức 03 hội nghị, buổi tuyên truyền trực tiếp.",
        "Chưa có số liệu về tài khoản đã kích hoạt trong kỳ.",
        "Chưa có số liệu tuyên truyền của các phòng, ban, ngành, đoàn thể trong kỳ.",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(!words.contains('…'), "no sentence prints a missing figure: {words}");
}

#[test]
fn percentages_of_tiny_bases_stay_out_of_prose() {
    let small = [("B02", 20), ("B06", 5), ("B07", 10), ("B08", 12), ("B10", 2)];
    let before = [("B06", 5), ("B07", 10), ("B08", 10), ("B10", 1)];
    let words = Month::of(&[("tien-minh", &small, &before)]).words();
    assert!(
        words.contains("Đã kích hoạt 12 tài khoản, tăng 02 tài khoản so với kỳ trước"),
        "{words}"
    );
    assert!(!words.contains('%'), "{words}");
}

#[test]
fn office_words_are_taken_literally() {
    let mut month = Month::of(&[("tien-minh", &activated(3_000, 0), BEFORE)]);
    month.office_words = Some(
        "## chi-dao\nNgày 05/3/2024 họp {{ 1 + 1 }} lần, *giao ban* <b>5</b>.\n\n- Mục 1\n## kien-nghi\nCấp 02 máy.".to_owned(),
    );
    let document = month.document();
    let words = words(&document);
    assert!(words.contains("Ngày 05/3/2024 họp {{ 1 + 1 }} lần, giao ban <b>5</b>."), "{words}");
    assert!(words.contains("Cấp 02 máy.") && !words.contains("không có kiến nghị"), "{words}");
    let runs = all_runs(&document);
    let office = |run: &&Run| {
        matches!(&run.content, Content::Constant(constant)
            if constant.kind == ConstantKind::OfficeWords && constant.text == "05/3/2024")
    };
    assert_eq!(runs.iter().filter(office).count(), 1);
}

#[test]
fn what_the_office_may_not_write_names_its_line() {
    let mut month = Month::of(&[("tien-minh", &activated(3_000, 0), BEFORE)]);
    month.office_words = Some("## chi-dao\nMột.\n\n## ton-tai\nXem [tin](a.vn).\n".to_owned());
    let error = month.compose().expect_err("a link").to_string();
    assert!(error.starts_with("loi-van.md, dòng 5: không dùng được `[tin](a.vn)`"), "{error}");
}

/// Words that would take hours.
const ENDLESS: &str =
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}";

#[test]
fn mistakes_of_the_words_name_their_line() {
    let cases = [
        ("a\n{{ cs(\"B80\").gia_tri|so }}", Some(2), "không có chỉ tiêu `B80`"),
        ("{{ cs(\"B08\").gia_tri }}", Some(1), "phải in qua |so"),
        ("\n\n{{ 3 }}", Some(3), "phải in qua |so"),
        ("{{ cs(\"B08\").so_lieu|so }}", Some(1), "một con số của bảng số liệu"),
        ("{{ cs(\"B08\", nhom=\"huyen\").gia_tri|so }}", Some(1), "không có nhóm `huyen`"),
        ("{{ \"đạt 95\" }}", Some(1), "không lấy từ bảng số liệu"),
        ("{{ khong_co }}", Some(1), "dùng một tên chưa có"),
        ("{% if %}", Some(1), "viết sai cú pháp"),
        ("{{ 1 / 0 }}", Some(1), "không thực hiện được"),
        (ENDLESS, Some(1), "lặp quá nhiều lần"),
        ("a\nđạt 95%", Some(2), "95"),
    ];
    for (source, expected, part) in cases {
        let mut month = Month::of(&[("tien-minh", &activated(3_000, 0), BEFORE)]);
        source.clone_into(&mut month.templates.report);
        let error = month.compose().expect_err(source);
        let line = match &error {
            ComposeError::Template { line, .. } | ComposeError::StrayDigits { line, .. } => *line,
            _ => None,
        };
        assert_eq!(line, expected, "{source}: {error}");
        assert!(error.to_string().contains(part), "{source}: {error}");
    }
}

#[test]
fn number_and_day_are_blank_until_they_are_given() {
    let mut month = Month::of(&[("tien-minh", &activated(3_000, 0), BEFORE)]);
    let header = |month: &Month| {
        let document = month.document();
        let section = document.sections.iter().find(|section| section.name == "Báo cáo").unwrap();
        let Block::Header(header) = &section.blocks[0] else { panic!("the header comes first") };
        let line = format!("{} | {}", shown(&header.number), shown(&header.place_and_date));
        line.replace('\u{a0}', " ")
    };
    assert_eq!(header(&month), "Số:         /BC-TCTĐA06 | Tiên Lãng, ngày      tháng 3 năm 2024");
    month.number = Some("7".to_owned());
    month.date = Some("2024-04-02".parse().unwrap());
    assert_eq!(header(&month), "Số: 07/BC-TCTĐA06 | Tiên Lãng, ngày 02 tháng 4 năm 2024");
}

#[test]
fn no_text_of_the_whole_report_has_a_digit() {
    let document = Month::full().document();
    let names: Vec<&str> = document.sections.iter().map(|section| section.name.as_str()).collect();
    let expected = [
        "Bìa",
        "Báo cáo",
        "PL I",
        "PL II",
        "PL III",
        "PL IV",
        "PL V",
        "Biểu đồ",
        "Tổng hợp",
        "Diễn biến",
        "Nguồn số liệu",
    ];
    assert_eq!(names, expected, "cover, report, annexes, charts, overview, months, sources");
    for run in all_runs(&document) {
        if let Content::Text(text) = &run.content {
            assert!(!super::runs::has_digit(text), "{text:?}");
        }
    }
}

#[test]
fn every_paragraph_is_a_sentence() {
    let words = Month::full().words();
    for line in words.lines().filter(|line| !line.is_empty()) {
        assert!(!line.starts_with(['.', ',', ';', ' ']), "{line}");
        assert!(!line.contains("  ") && !line.contains(" .") && !line.contains(" ,"), "{line}");
    }
    assert!(words.ends_with("Tổ công tác Đề án 06 huyện trân trọng báo cáo./.\n"), "{words}");
}

#[test]
fn totals_are_formulas_and_missing_units_say_so() {
    let values = activated(3_120, 60);
    let month = Month::of(&[("tien-minh", &values, BEFORE), ("tu-cuong", &[], BEFORE)]);
    let document = month.document();
    let section = document.sections.iter().find(|section| section.name == "PL II").unwrap();
    let table = section.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let table = table.unwrap();
    let row = |position: usize| -> Vec<String> {
        table.rows[position].cells.iter().map(|cell| shown(&cell.runs)).collect()
    };
    assert_eq!(table.rows.len(), 3);
    assert_eq!(row(0)[..6], ["1", "xã Tự Cường", "…", "…", "…", "…"]);
    assert_eq!(row(0).last().unwrap(), "chưa gửi báo cáo");
    assert_eq!(row(1)[..4], ["2", "xã Tiên Minh", "6.000", "1.000"]);
    assert_eq!(table.rows[2].kind, RowKind::Total);
    let total = &table.rows[2].cells;
    assert_eq!(shown(&total[0].runs), "Toàn huyện(1)", "the base is told once, at the name");
    let sum = |cell: &Cell| cell.formula == Some(Formula::Sum { rows: vec![0, 1] });
    assert!(sum(&total[1]), "B02 is summed: {:?}", total[1]);
    let ratio = total.iter().find_map(|cell| match &cell.formula {
        Some(Formula::Ratio { numerator, denominator, rows }) => {
            Some((numerator.clone(), denominator.clone(), rows.clone()))
        }
        _ => None,
    });
    assert_eq!(ratio, Some((vec![5], vec![2], vec![0, 1])), "R1 over the accounts of both levels");
    assert!(
        table.column_numbers.contains(&"(6) = (4) + (5)".to_owned()),
        "{:?}",
        table.column_numbers
    );
    assert!(notes(table).contains("Số liệu của 1/2 đơn vị."), "{}", notes(table));
}

fn notes(table: &Table) -> String {
    let lines: Vec<String> = table.notes.iter().map(|line| shown(line)).collect();
    lines.join("\n").replace('\u{a0}', " ")
}

/// Returns every run of a document.
fn all_runs(document: &Document) -> Vec<Run> {
    let mut runs = Vec::new();
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Header(header) => {
                runs.extend(
                    [&header.superior, &header.issuer, &header.number].map(Clone::clone).concat(),
                );
                runs.extend(header.place_and_date.clone());
            }
            Block::Title(title) => {
                runs.extend(title.subject.concat());
                runs.extend(title.remarks.concat());
            }
            Block::Addressees(lines) => runs.extend(lines.concat()),
            Block::Paragraph(paragraph) => runs.extend(paragraph.runs.clone()),
            Block::Heading(heading) => runs.extend(heading.runs.clone()),
            Block::Table(table) => {
                runs.extend(table.caption.clone().unwrap_or_default());
                runs.extend(table.header.iter().flatten().flat_map(|cell| cell.runs.clone()));
                runs.extend(
                    table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| cell.runs.clone()),
                );
                runs.extend(table.notes.concat());
            }
            Block::Chart(chart) => {
                runs.extend(chart.words().flatten().cloned());
                runs.extend(chart.figures().cloned().map(Run::figure));
                runs.extend(chart.ticks.iter().cloned().map(Content::Constant).map(Run::of));
            }
            Block::Signature(signature) => {
                runs.extend(signature.authority.concat());
                runs.extend(signature.office.concat());
                runs.extend(signature.recipients.concat());
            }
            Block::AnnexHead(head) => {
                runs.extend(head.title.concat());
                runs.extend(head.attached_to.clone());
            }
        }
    }
    runs
}

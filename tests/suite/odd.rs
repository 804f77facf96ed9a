//! Months in which much is missing or strange: the program makes a correct document all the same,
//! and says what it could not show.

use crate::province::{province, workbook};
use crate::support::{MARCH, Sandbox, tool};

const PDF: &str = "output/2024-02/bao-cao-2024-02.pdf";

/// Returns the text of a PDF after qpdf found it sound; nothing where a tool is not installed.
fn sound_text(sandbox: &Sandbox, path: &str) -> Option<String> {
    let path = sandbox.path(path);
    tool("qpdf", &["--check", path.to_str().unwrap()])?;
    let text = tool("pdftotext", &["-layout", path.to_str().unwrap(), "-"])?;
    Some(String::from_utf8(text).unwrap())
}

/// Asserts that a report keeps the layout decree, by the program's own measure.
fn keeps_the_decree(sandbox: &Sandbox, path: &str) {
    let measured = sandbox.da06(&["measure", path]);
    assert_eq!(measured.code, 0, "{}\n{}", measured.stdout, measured.stderr);
}

#[test]
fn a_month_of_unreadable_returns_gives_a_report_that_says_so() {
    let sandbox = province();
    for name in ["a.xlsx", "b.xlsx", "c.xlsx"] {
        sandbox.write(&format!("input/{name}"), b"no workbook at all");
    }
    let _run = sandbox.da06(&["run", "--period", "2024-02"]).ends_with(1);
    keeps_the_decree(&sandbox, PDF);
    let Some(text) = sound_text(&sandbox, PDF) else { return };
    assert!(text.contains('…'), "what is missing is shown as missing:\n{text}");
}

#[test]
fn more_units_than_a_chart_holds_without_a_figure_give_a_report() {
    let sandbox = Sandbox::empty();
    let tien_lang = Sandbox::tien_lang();
    for name in tien_lang.names("templates") {
        let path = format!("templates/{name}");
        if tien_lang.path(&path).is_file() {
            sandbox.write(&path, tien_lang.read(&path));
        }
    }
    let mut roster = tien_lang.text("templates/don-vi.csv");
    for number in 0..100 {
        let line = format!(
            "u{number},{code},UBND xã Mới {number},xã Mới {number},xa,,,{place},,bat_buoc,,,\n",
            code = 40_000 + number,
            place = 200 + number
        );
        roster.push_str(&line);
    }
    sandbox.write("templates/don-vi.csv", roster);
    let only = "input/2024-03/BC T3 Phong Tu phap.xlsx";
    sandbox.write(only, tien_lang.read(only));
    let _run = sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    keeps_the_decree(&sandbox, "output/2024-03/bao-cao-2024-03.pdf");
}

#[test]
fn a_month_of_one_unit_without_history_gives_a_report() {
    let sandbox = province();
    let month = "Tháng 02 năm 2024";
    let only = workbook("UBND xã Hòa Bình", month, [100.0, 40.0, 3.0, 12.5, 7.0]);
    sandbox.write("input/a.xlsx", only);
    for name in ["b.xlsx", "c.xlsx"] {
        std::fs::remove_file(sandbox.path(&format!("input/{name}"))).unwrap();
    }
    let _run = sandbox.da06(&["run", "--period", "2024-02"]).ends_with(1);
    keeps_the_decree(&sandbox, PDF);
    let Some(text) = sound_text(&sandbox, PDF) else { return };
    assert!(text.contains("Hòa Bình") && text.contains("100"), "{text}");
}

#[test]
fn a_character_that_no_font_has_is_named_with_its_place() {
    let sandbox = Sandbox::tien_lang();
    let words = sandbox.text("input/2024-03/loi-van.md");
    sandbox.write("input/2024-03/loi-van.md", words.replace("Tổ chức", "Tổ chức \u{4E2D}"));
    let said = ["phông chữ không có ký tự “\u{4E2D}” (U+4E2D)", "phần “Báo cáo”"];
    for _again in 0..2 {
        let run = sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
        let words = run.stderr.replace('\u{a0}', " ");
        assert!(said.iter().all(|said| words.contains(said)), "{words}");
    }
    keeps_the_decree(&sandbox, "output/2024-03/bao-cao-2024-03.pdf");
}

#[test]
fn long_names_long_words_of_the_office_and_an_empty_group_keep_the_decree() {
    let sandbox = province();
    let long = format!("UBND xã Hòa Bình {}", "trên địa bàn miền núi phía Tây ".repeat(6));
    assert!(long.trim().chars().count() >= 200, "{long}");
    let roster = sandbox.text("templates/don-vi.csv");
    // Nobody of the second territory is left.
    let rest: Vec<&str> = roster.lines().filter(|line| !line.starts_with("phu-son")).collect();
    let roster = rest.join("\n").replace("UBND xã Hòa Bình", long.trim());
    sandbox.write(
        "templates/don-vi.csv",
        roster.replace(";xã Hòa Bình", &format!(";{}", long.trim())),
    );
    let indicators = sandbox.text("templates/chi-tieu.toml").replace("phu-son", "tan-lap");
    sandbox.write("templates/chi-tieu.toml", indicators);
    let remark = "Một số thuê bao di động chưa chính chủ. ".repeat(125);
    assert!(remark.chars().count() >= 5_000);
    sandbox.write("input/2024-02/loi-van.md", format!("## kien-nghi\n\n- {remark}\n"));
    let _run = sandbox.da06(&["run", "--period", "2024-02"]).ends_with(1);
    keeps_the_decree(&sandbox, PDF);
    let Some(text) = sound_text(&sandbox, PDF) else { return };
    assert!(text.contains("miền núi phía Tây"), "{text}");
}

#[test]
fn charts_in_the_body_and_a_long_addressee_keep_the_decree() {
    let sandbox = Sandbox::tien_lang();
    let change = |file: &str, from: &str, to: &str| {
        let template = sandbox.text(file);
        assert!(template.contains(from), "{file}: {from}");
        sandbox.write(file, template.replace(from, to));
    };
    change("templates/phu-luc.toml", "vi_tri = \"phu_luc\"", "vi_tri = \"trong_bao_cao\"");
    let addressee = "Tổ công tác triển khai Đề án phát triển ứng dụng dữ liệu về dân cư, định danh và \
                     xác thực điện tử thành phố Hải Phòng";
    change(
        "templates/co-quan.toml",
        "\"Tổ công tác Đề án 06 thành phố\"",
        &format!("\"{addressee}\""),
    );
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    keeps_the_decree(&sandbox, "output/2024-03/bao-cao-2024-03.pdf");
}

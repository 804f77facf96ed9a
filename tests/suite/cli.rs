//! The commands as their users call them: exit codes, words, files.

use std::fs::File;

use crate::support::{MARCH, Sandbox};

const OUTPUT: [&str; 8] = [
    "bao-cao-2024-03.pdf",
    "bao-cao-2024-03.xlsx",
    "kiem-tra-2024-03.xlsx",
    "manifest.json",
    "nguon-2024-03.csv",
    "phan-hoi",
    "so-lieu-2024-03.csv",
    "tin-nhan-2024-03.txt",
];

#[test]
fn the_monthly_job_writes_its_files_and_asks_for_a_person() {
    let sandbox = Sandbox::tien_lang();
    let run = sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    assert_eq!(sandbox.names("output/2024-03"), OUTPUT);
    for name in &OUTPUT {
        assert!(name == &"manifest.json" || run.stdout.contains(name), "{}", run.stdout);
    }
    assert!(sandbox.read("output/2024-03/bao-cao-2024-03.pdf").starts_with(b"%PDF-1.7"));
    let manifest: serde_json::Value =
        serde_json::from_slice(&sandbox.read("output/2024-03/manifest.json")).unwrap();
    assert_eq!(manifest["state"], "dự thảo");
    assert!(manifest["inputs"].as_array().unwrap().len() > 150);
}

#[test]
fn the_default_period_is_the_last_one_closed() {
    let sandbox = Sandbox::tien_lang();
    for (today, folder) in [("2024-03-14", "2024-02"), ("2024-03-15", "2024-03")] {
        let _ended = sandbox.da06(&["run", "--as-of", today]);
        assert!(!sandbox.names(&format!("output/{folder}")).is_empty(), "{today}");
    }
}

#[test]
fn nothing_is_published_when_the_run_cannot_start() {
    let sandbox = Sandbox::empty();
    sandbox.da06(&["run"]).ends_with(2).says(&[
        "DA06-E01",
        "không phải là thư mục làm việc",
        "da06 init",
    ]);

    let sandbox = Sandbox::tien_lang();
    sandbox.da06(&["run", "--period", "2030-01"]).ends_with(2).says(&["DA06-E02", "2030-01"]);

    let early = ["run", "--period", MARCH, "--date", "2024-03-14"];
    sandbox.da06(&early).ends_with(2).says(&["DA06-E04", "ngày chốt số liệu 14/3/2024"]);
    let report = sandbox.text("templates/bao-cao.md");
    sandbox.write("templates/bao-cao.md", report.replacen("is giam %}", "is giamm %}", 1));
    sandbox.da06(&["run", "--period", MARCH]).ends_with(2).says(&[
        "DA06-E30",
        "bao-cao.md, dòng",
        "`giamm`",
        "cách xử lý",
    ]);
    sandbox.write("templates/bao-cao.md", report);

    let words = sandbox.read("input/2024-03/loi-van.md");
    sandbox.write("input/2024-03/loi-van.md", b"\xff\xfe#\0");
    sandbox.da06(&["run", "--period", MARCH]).ends_with(2).says(&["DA06-E05", "UTF-8", "Notepad"]);
    sandbox.write("input/2024-03/loi-van.md", words);

    let rules = sandbox.text("templates/quy-tac.toml");
    sandbox.write("templates/quy-tac.toml", rules.replacen("B02 <= B01", "B02 <= B99", 1));
    sandbox.da06(&["run", "--period", MARCH]).ends_with(2).says(&[
        "DA06-E20",
        "quy-tac.toml",
        "dòng",
        "B-01",
        "B99",
        "cách xử lý",
    ]);
    assert!(sandbox.names("output").is_empty());
}

#[test]
fn a_workbook_that_someone_has_open_stops_the_run_and_nothing_changes() {
    let sandbox = Sandbox::tien_lang();
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    let before = sandbox.read("output/2024-03/bao-cao-2024-03.xlsx");
    sandbox.write("output/2024-03/~$bao-cao-2024-03.xlsx", "");
    sandbox.da06(&["run", "--period", MARCH, "--number", "15"]).ends_with(2).says(&["đóng tệp"]);
    assert_eq!(sandbox.read("output/2024-03/bao-cao-2024-03.xlsx"), before);
}

#[cfg(unix)]
#[test]
fn what_a_program_keeps_beside_an_open_file_is_no_return_even_when_it_cannot_be_read() {
    let sandbox = Sandbox::empty();
    crate::support::copy(
        &crate::support::repository().join("templates"),
        &sandbox.path("templates"),
    );
    std::fs::create_dir_all(sandbox.path("input/2024-03")).unwrap();
    for name in ["~$Tien Minh T3.xlsx", "Tien Minh T3.xlsx"] {
        let link = sandbox.path(&format!("input/2024-03/{name}"));
        std::os::unix::fs::symlink("/nowhere/at-all", link).unwrap();
    }
    let run = sandbox.da06(&["check", "--period", MARCH]).ends_with(1);
    let of = |code: &str| run.stdout.matches(&format!("({code})")).count();
    assert_eq!((of("DA06-T08"), of("DA06-T05")), (1, 1), "{}", run.stdout);
}

#[test]
fn two_runs_are_kept_apart() {
    let sandbox = Sandbox::tien_lang();
    sandbox.write("archive/khoa", "");
    let lock = File::options().write(true).open(sandbox.path("archive/khoa")).unwrap();
    lock.lock().unwrap();
    sandbox.da06(&["run", "--period", MARCH]).ends_with(2).says(&["một lần chạy khác"]);
    assert!(sandbox.names("output").is_empty());
}

#[test]
fn usage_is_vietnamese_and_help_is_data() {
    let sandbox = Sandbox::empty();
    let help = sandbox.da06(&["--help"]).ends_with(0);
    assert!(help.stdout.contains("Cách dùng: da06") && help.stderr.is_empty(), "{help:?}");
    let quoted = ["status", "--workspace", "D:\\bao cao\" --period 2024-03"];
    sandbox.da06(&quoted).ends_with(2).says(&["bỏ dấu `\\` đứng trước"]);
    sandbox.da06(&["rum"]).ends_with(2).says(&["không có lệnh `rum`", "có phải `run`"]);
    sandbox.da06(&["completions", "bash"]).ends_with(0).says(&["_da06"]);
}

#[test]
fn init_makes_a_workspace_that_loads_and_never_touches_one_that_is_there() {
    let sandbox = Sandbox::empty();
    sandbox.da06(&["init", "moi"]).ends_with(0).says(&["đặt tệp của đơn vị vào input"]);
    sandbox
        .da06(&["--workspace", "moi", "run", "--period", MARCH])
        .ends_with(2)
        .says(&["DA06-E02"]);
    sandbox.da06(&["init", "moi"]).ends_with(2).says(&["đã có sẵn"]);
}

#[test]
fn a_blank_workspace_says_where_to_begin() {
    let sandbox = Sandbox::empty();
    sandbox.da06(&["init", "--blank", "moi"]).ends_with(0).says(&["co-quan.toml", "don-vi.csv"]);
    for name in sandbox.names("moi/templates") {
        let text = sandbox.text(&format!("moi/templates/{name}"));
        assert!(!text.contains("Tiên Lãng"), "{name} still speaks of Tiên Lãng");
    }
    sandbox.da06(&["--workspace", "moi", "check"]).ends_with(2).says(&["DA06-E20", "don-vi.csv"]);
}

#[test]
fn check_reads_and_writes_nothing() {
    let sandbox = Sandbox::tien_lang();
    let check = sandbox.da06(&["check", "--period", MARCH, "--json"]).ends_with(1);
    let findings: Vec<serde_json::Value> = serde_json::from_str(&check.stdout).unwrap();
    let keys = [
        "code", "severity", "use", "unit", "file", "sheet", "cell", "found", "expected", "message",
        "hint", "cause",
    ];
    for key in keys {
        assert!(findings[0].get(key).is_some(), "{key}");
    }
    assert!(sandbox.names("output").is_empty() && sandbox.names("archive").is_empty());
    sandbox
        .da06(&["check", "--period", MARCH, "khong-co.xlsx"])
        .ends_with(2)
        .says(&["khong-co.xlsx"]);
}

#[test]
fn status_tells_who_has_returned() {
    let sandbox = Sandbox::tien_lang();
    sandbox.da06(&["status", "--period", MARCH]).ends_with(1).says(&[
        "chưa gửi",
        "đúng hạn",
        "chậm",
        "gia hạn",
        "xã Tiên Minh",
    ]);
    let status = sandbox.da06(&["status", "--period", MARCH, "--json"]).ends_with(1);
    let status: serde_json::Value = serde_json::from_str(&status.stdout).unwrap();
    assert_eq!(status["units"].as_array().unwrap().len(), 53);
}

#[test]
fn any_printed_number_leads_to_its_cells() {
    let sandbox = Sandbox::tien_lang();
    let unit = sandbox.da06(&["trace", "--period", MARCH, "Tiên Minh B08"]).ends_with(0);
    assert!(unit.stdout.contains("2024-03/") && unit.stdout.contains(" › "), "{}", unit.stdout);
    let by_id = ["trace", "--period", MARCH, "B08.unit.tien-minh.value"];
    assert_eq!(sandbox.da06(&by_id).ends_with(0).stdout, unit.stdout);
    let whole = sandbox.da06(&["trace", "--period", MARCH, "toàn huyện B08"]).ends_with(0);
    assert!(whole.stdout.matches(" › ").count() >= 15, "{}", whole.stdout);
    sandbox.da06(&["trace", "--period", MARCH, "Tiên Minh B99"]).ends_with(2).says(&["B99"]);
    sandbox.da06(&["trace", "--period", MARCH, "Không Có B08"]).ends_with(2).says(&["Không Có"]);
}

#[test]
fn files_of_which_none_is_usable_give_a_report_that_says_so() {
    let sandbox = Sandbox::empty();
    crate::support::copy(
        &crate::support::repository().join("templates"),
        &sandbox.path("templates"),
    );
    sandbox.write("input/2024-05/bao cao.xlsx", b"PK\x03\x04 not a workbook");
    let run = sandbox.da06(&["run", "--period", "2024-05"]).ends_with(1);
    assert!(run.stdout.contains("chưa có số liệu để lập báo cáo"), "{}", run.stdout);
    let figures = sandbox.text("output/2024-05/so-lieu-2024-05.csv");
    assert!(figures.contains("B08.whole.all.value,2024-05,B08"), "missing is a row, not a zero");
    assert!(!figures.contains(".value,2024-05,B08,0,"));
}

#[test]
fn an_output_that_cannot_be_written_is_said_and_nothing_is_left() {
    let sandbox = Sandbox::tien_lang();
    sandbox.write("output", "a file where the folder belongs");
    let run = sandbox.da06(&["run", "--period", MARCH]).ends_with(2);
    run.says(&["DA06-E40", "output", "do:"]);
    assert_eq!(sandbox.text("output"), "a file where the folder belongs");
}

#[test]
fn a_figure_that_is_not_used_says_why() {
    let sandbox = Sandbox::tien_lang();
    let trace = |what: &str| sandbox.da06(&["trace", "--period", MARCH, what]).ends_with(0);
    trace("Hùng Thắng B08").says(&["không dùng được: \"7080\"", "(B-06)"]);
    trace("Tiên Lãng A15").says(&["Điều chỉnh 580 → 622", "dieu-chinh.csv › A2"]);
    trace("Tây Hưng B11").says(&["chi-tieu-giao.csv", "215/QĐ-UBND"]);
    trace("Tây Hưng B08").says(&["không có báo cáo được tính"]);
    trace("Phụ lục II!K12").says(&["B08.unit."]);
    // What a leader sees on the paper: a number, or a row and a column of an annex.
    trace("73.673").says(&[
        "B08.group.xa.value",
        "Trong báo cáo: mục “2. Kết quả cấp",
        "Phụ lục II",
    ]);
    let by_place = trace("phu luc II, Tiên Minh, cột 11").stdout;
    assert_eq!(by_place, trace("Tiên Minh B08").stdout, "the annex prints it in column (11)");
    let absent = sandbox.da06(&["trace", "--period", MARCH, "73.674"]).ends_with(2);
    absent.says(&["trong báo cáo không có số `73.674`"]);
    let absent =
        sandbox.da06(&["trace", "--period", MARCH, "Phụ lục IX Tiên Minh (3)"]).ends_with(2);
    absent.says(&["trong báo cáo không có số `Phụ lục IX Tiên Minh (3)`"]);
    let vague = sandbox.da06(&["trace", "--period", MARCH, "4"]).ends_with(2);
    vague.says(&["số liệu khác nhau trong báo cáo", "nêu rõ chỗ in", "Phụ lục I, "]);
}

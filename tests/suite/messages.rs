//! What is told to the units: the published messages of the sample month word for word, reminders by
//! the day, the status at every width.

use expect_test::expect_file;

use crate::support::{MARCH, Sandbox};

#[test]
fn the_messages_of_the_sample_month() {
    let sandbox = Sandbox::tien_lang();
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    let text = sandbox.text("output/2024-03/tin-nhan-2024-03.txt");
    assert!(text.starts_with('\u{feff}'), "an old Notepad takes it for another encoding");
    assert!(!text.replace("\r\n", "").contains('\n'), "an old Notepad joins such lines");
    expect_file!["messages.txt"].assert_eq(&text.replace("\r\n", "\n").replace('\u{feff}', ""));
    for block in text.split("=====\r\n").skip(1) {
        let message = block.split("\r\n\r\n").next().unwrap();
        assert!(
            message.chars().count() <= 620,
            "{} characters: {message}",
            message.chars().count()
        );
    }
}

#[test]
fn what_is_published_does_not_depend_on_the_day_and_reminders_do() {
    let sandbox = Sandbox::tien_lang();
    let published = |day: &str| {
        sandbox.da06(&["run", "--period", MARCH, "--as-of", day]).ends_with(1);
        sandbox.read("output/2024-03/tin-nhan-2024-03.txt")
    };
    assert!(published("2024-03-15") == published("2024-04-30"));
    let told = |day: &str| {
        let unit = ["status", "--period", MARCH, "--messages", "--unit", "Tây Hưng"];
        sandbox.da06(&[&unit[..], &["--as-of", day]].concat()).ends_with(1).stdout
    };
    assert_eq!(told("2024-03-14").trim(), "Không có đơn vị nào phải nhắc.");
    assert!(
        told("2024-03-15").contains("sắp đến hạn: 16:00 thứ Hai, ngày 18/3/2024 (còn 03 ngày)")
    );
    assert!(told("2024-03-18").contains("(hôm nay)"));
    assert!(told("2024-03-20").contains("đã quá hạn 02 ngày"));
    assert!(told("2026-11-23").contains("đã quá hạn. Đề nghị"));
}

#[test]
fn a_unit_is_thanked_only_when_it_is_asked_for() {
    let sandbox = Sandbox::tien_lang();
    let told = |more: &[&str]| {
        let unit = ["status", "--period", MARCH, "--messages", "--unit", "tien-minh"];
        sandbox.da06(&[&unit[..], more].concat()).ends_with(0).stdout
    };
    assert!(!told(&[]).contains("UBND xã Tiên Minh"));
    assert!(told(&["--thanks"]).contains("số liệu đủ và đúng"));
}

#[test]
fn the_words_around_a_message_are_the_offices() {
    let sandbox = Sandbox::tien_lang();
    let body = sandbox.text("templates/co-quan.toml");
    let body = body
        .replace("Kính gửi {don_vi}!", "Gửi {don_vi}:")
        .replace("dien_thoai = \"\"", "dien_thoai = \"0225 3883 000\"")
        .replace("cam_on = false", "cam_on = true");
    sandbox.write("templates/co-quan.toml", body);
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    let text = sandbox.text("output/2024-03/tin-nhan-2024-03.txt");
    assert!(text.contains("Gửi UBND xã Tây Hưng:\r\n"), "{text}");
    assert!(text.contains("Văn thư Tổ công tác Đề án 06 huyện, ĐT 0225 3883 000"), "{text}");
    assert!(text.contains("Gửi UBND xã Tiên Minh:\r\nĐã nhận báo cáo"), "thanks are set");
}

#[test]
fn the_status_says_everything_of_a_unit() {
    let sandbox = Sandbox::tien_lang();
    let arguments = ["status", "--period", MARCH, "--as-of", "2024-03-20"];
    let status = sandbox.da06(&arguments).ends_with(1);
    expect_file!["status.txt"].assert_eq(&status.stdout);
    assert!(!status.stdout.contains('\u{1b}'), "no colour in a pipe");
    let longest = status.stdout.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(120), "{longest:?}");
    sandbox.da06(&["status", "--period", MARCH, "--unit", "Không Có"]).ends_with(2).says(&[
        "DA06-E03",
        "Không Có",
        "don-vi.csv",
    ]);
    let json = sandbox.da06(&[&arguments[..], &["--json", "--unit", "kien-thiet"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json.ends_with(1).stdout).unwrap();
    let unit = &json["units"][0];
    assert_eq!(unit["file"], "2024-03/Kien Thiet bao cao DA06 thang 3.xlsx");
    assert_eq!(unit["proposals"][0]["alternatives"][0][0]["cell"], "F62");
    assert_eq!(unit["about"][0], "phải sửa");
    assert!(unit["message"].as_str().unwrap().contains("Gợi ý: nếu sửa ô F62 (B08, đang ghi 75)"));
}

#[test]
fn the_file_sent_back_says_which_cell_to_look_at_first() {
    let sandbox = Sandbox::tien_lang();
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    let bytes = sandbox.read("output/2024-03/phan-hoi/kien-thiet.xlsx");
    let mut said = String::new();
    let _same = crate::support::repacked(&bytes, |_, part| {
        said.push_str(&String::from_utf8_lossy(&part));
        part
    });
    assert!(
        said.contains("Gợi ý: nếu sửa ô F62 (B08, đang ghi 75) thành số từ"),
        "not in the sheet"
    );
}

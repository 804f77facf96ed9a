//! Sections III to V: shortcomings that figures show, tasks, proposals, and the office's own words.

use super::{Section, case};
use crate::compose::samples::Month;

const NEUTRAL: &str = "Trong kỳ chưa ghi nhận tồn tại, hạn chế từ số liệu báo cáo của các đơn vị.";
/// What is said when figures are missing that could show some.
const UNKNOWN: &str =
    "Chưa đủ số liệu báo cáo của các đơn vị để đánh giá tồn tại, hạn chế trong kỳ.";

const SHORTCOMINGS: Section = Section {
    heading: "III.",
    cases: &[
        case("no figure", &[("tien-minh", &[], &[])], &[UNKNOWN], &[NEUTRAL, "Mới có", "Còn", "…"]),
        case(
            "a commune is missing",
            &[
                ("tien-minh", &[("A16", 9), ("A17", 9), ("B08", 3_000), ("B17", 0)], &[]),
                ("tu-cuong", &[], &[]),
            ],
            &[UNKNOWN],
            &[NEUTRAL],
        ),
        case(
            "no team anywhere",
            &[("tien-minh", &[("A16", 9), ("A17", 0)], &[])],
            &["Các xã, thị trấn chưa thành lập Tổ công tác Đề án 06 cấp thôn."],
            &[NEUTRAL, UNKNOWN, "0/"],
        ),
        case(
            "nothing is short",
            &[("tien-minh", &[("A16", 9), ("A17", 9), ("B08", 3_000), ("B17", 0)], &[])],
            &[NEUTRAL],
            &["Mới có", "Còn", "Chưa có"],
        )
        .with(targets),
        case(
            "some reached the target",
            &[("tien-minh", &[("B08", 3_000)], &[]), ("tu-cuong", &[("B08", 2_999)], &[])],
            &["Mới có 01/02 xã, thị trấn hoàn thành chỉ tiêu kích hoạt tài khoản định danh điện tử được \
               giao."],
            &[NEUTRAL, "Còn", "thôn"],
        )
        .with(targets),
        case(
            "none reached the target",
            &[("tien-minh", &[("B08", 2_000)], &[])],
            &["Chưa có xã, thị trấn hoàn thành chỉ tiêu kích hoạt tài khoản định danh điện tử được giao."],
            &[NEUTRAL, "Mới có"],
        )
        .with(targets),
        case(
            "no target",
            &[("tien-minh", &[("A16", 9), ("A17", 9), ("B08", 2_000), ("B17", 0)], &[])],
            &[NEUTRAL],
            &[UNKNOWN, "hoàn thành chỉ tiêu"],
        ),
        case(
            "people not yet activated",
            &[("tien-minh", &[("B17", 1_250)], &[])],
            &["Còn 1.250 công dân đủ điều kiện nhưng chưa kích hoạt tài khoản định danh điện tử."],
            &[NEUTRAL, "số liệu của"],
        ),
        case(
            "people not yet activated, of fewer communes",
            &[("tien-minh", &[("B17", 1_250)], &[]), ("tu-cuong", &[], &[])],
            &["chưa kích hoạt tài khoản định danh điện tử (số liệu của 01/02 xã, thị trấn)."],
            &[],
        ),
        case(
            "villages without a team",
            &[("tien-minh", &[("A16", 9), ("A17", 8)], &[])],
            &["Mới có 08/09 thôn, tổ dân phố có Tổ công tác Đề án 06."],
            &[NEUTRAL, "số liệu của"],
        ),
        case(
            "villages of fewer communes",
            &[("tien-minh", &[("A16", 9), ("A17", 8)], &[]), ("tu-cuong", &[], &[])],
            &["Mới có 08/09 thôn, tổ dân phố có Tổ công tác Đề án 06 (số liệu của 01/02 xã, thị trấn)."],
            &[],
        ),
        case(
            "the office writes",
            &[("tien-minh", &[("A16", 9), ("A17", 9)], &[])],
            &["Một số loa đã hỏng."],
            &[NEUTRAL],
        )
        .with(written),
        case(
            "figures and the office's words",
            &[("tien-minh", &[("A16", 9), ("A17", 8)], &[])],
            &["Mới có 08/09 thôn", "Một số loa đã hỏng."],
            &[NEUTRAL],
        )
        .with(written),
    ],
};

const TASKS: Section = Section {
    heading: "IV.",
    cases: &[
        case(
            "something remains",
            &[("tien-minh", &[("B08", 2_990)], &[])],
            &["chưa kích hoạt tài khoản; phấn đấu thực hiện 10 tài khoản còn lại của chỉ tiêu được giao."],
            &[],
        )
        .with(targets),
        case(
            "target met",
            &[("tien-minh", &[("B08", 3_000)], &[])],
            &["số công dân đủ điều kiện chưa kích hoạt tài khoản."],
            &["phấn đấu"],
        )
        .with(targets),
        case(
            "target exceeded",
            &[("tien-minh", &[("B08", 3_100)], &[])],
            &["số công dân đủ điều kiện chưa kích hoạt tài khoản."],
            &["phấn đấu"],
        )
        .with(targets),
        case("no target", &[("tien-minh", &[("B08", 3_100)], &[])], &["Tiếp tục"], &["phấn đấu"]),
        case("no figure", &[("tien-minh", &[], &[])], &["Tiếp tục"], &["phấn đấu", "…"]).with(targets),
        case(
            "the office writes",
            &[("tien-minh", &[("B08", 2_990)], &[])],
            &["Mở 03 lớp."],
            &["Tiếp tục", "phấn đấu"],
        )
        .with(written),
    ],
};

const PROPOSALS: Section = Section {
    heading: "V.",
    cases: &[
        case(
            "none",
            &[("tien-minh", &[], &[])],
            &[
                "Trong kỳ, Tổ công tác Đề án 06 huyện không có kiến nghị, đề xuất.",
                "VNeID tháng 3 năm 2024, Tổ công tác Đề án 06 huyện trân trọng báo cáo./.",
            ],
            &[],
        ),
        case(
            "the office writes",
            &[("tien-minh", &[], &[])],
            &["Cấp 02 máy.", "trân trọng báo cáo./."],
            &["không có kiến nghị"],
        )
        .with(written),
    ],
};

fn targets(month: Month) -> Month {
    let units: Vec<String> =
        month.templates.roster.units.iter().map(|unit| unit.key.clone()).collect();
    let targets: Vec<(&str, i64)> = units.iter().map(|key| (key.as_str(), 3_000)).collect();
    month.assign(&targets)
}

fn written(mut month: Month) -> Month {
    month.office_words = Some(
        "## ton-tai\n- Một số loa đã hỏng.\n## nhiem-vu\n- Mở 03 lớp.\n## kien-nghi\nCấp 02 máy."
            .to_owned(),
    );
    month
}

#[test]
fn shortcomings_tasks_and_proposals() {
    for section in [SHORTCOMINGS, TASKS, PROPOSALS] {
        section.check();
    }
}

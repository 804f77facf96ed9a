//! Section II.2 beside its main story: bases that differ, carried-forward stocks, the country,
//! decisions, low units, corrections of the past.

use super::{Section, case};
use crate::{
    compose::samples::{Month, Values},
    template::MissingStock,
};

const NOW: Values<'_> =
    &[("B02", 6_000), ("B06", 1_000), ("B07", 3_000), ("B08", 3_120), ("B10", 60)];
const BEFORE: Values<'_> =
    &[("B02", 6_000), ("B06", 1_000), ("B07", 3_000), ("B08", 3_000), ("B10", 50)];
const UNCHANGED: Values<'_> =
    &[("B02", 6_000), ("B06", 1_000), ("B07", 3_000), ("B08", 3_000), ("B10", 0)];
const FEW: Values<'_> =
    &[("B02", 6_000), ("B06", 1_000), ("B07", 3_000), ("B08", 2_400), ("B10", 0)];
const MOST: Values<'_> =
    &[("B02", 6_000), ("B06", 1_000), ("B07", 3_000), ("B08", 3_900), ("B10", 0)];

const BASES: Section = Section {
    heading: "2. Kết quả",
    cases: &[
        case(
            "both levels over the same communes",
            &[("tien-minh", NOW, BEFORE)],
            &[
                "theo số liệu của 01/01 xã, thị trấn, toàn huyện đã cấp 4.000 tài khoản định danh điện tử \
               (mức độ 1: 1.000; mức độ 2: 3.000), bằng 66,67% số công dân từ đủ 14 tuổi trở lên.",
            ],
            &["(số liệu của", "cả hai kỳ", "Chưa có"],
        ),
        case(
            "a level of fewer communes",
            &[("tien-minh", NOW, &[]), ("tu-cuong", &[("B06", 5)], &[])],
            &["đã cấp 4.000 tài khoản định danh điện tử, bằng"],
            &["mức độ"],
        ),
        case(
            "more accounts than residents",
            &[("tien-minh", &[("B02", 3_900), ("B06", 1_000), ("B07", 3_000)], &[])],
            &["đã cấp 4.000 tài khoản định danh điện tử (mức độ 1: 1.000; mức độ 2: 3.000)."],
            &["%", "số công dân"],
        ),
        case(
            "residents of fewer communes",
            &[("tien-minh", NOW, &[]), ("tu-cuong", &[("B06", 1_000), ("B07", 3_000)], &[])],
            &[
                "đã cấp 8.000",
                "bằng 66,67% số công dân từ đủ 14 tuổi trở lên (số liệu của 01/02 xã, thị \
               trấn).",
            ],
            &[],
        ),
        case(
            "activated of fewer communes than issued",
            &[("tien-minh", NOW, BEFORE), ("tu-cuong", &[("B06", 1_000), ("B07", 3_000)], &[])],
            &[
                "Đã kích hoạt 3.120 tài khoản (số liệu của 01/02 xã, thị trấn), tăng 120 tài khoản",
                "Có 01 xã, thị trấn chưa có số liệu tài khoản đã kích hoạt trong kỳ (xã Tự Cường), chưa tính \
               vào số tổng hợp; so sánh với kỳ trước chỉ tính trên 01 đơn vị có số liệu cả hai kỳ.",
            ],
            &[],
        ),
        case(
            "new ones of fewer communes",
            &[("tien-minh", NOW, BEFORE), ("tu-cuong", &[("B08", 900)], &[("B08", 880)])],
            &[
                "Đã kích hoạt 4.020 tài khoản",
                "trong kỳ kích hoạt mới 60 tài khoản (số liệu của 01/02 xã, \
               thị trấn), nhiều hơn kỳ trước 10 tài khoản.",
            ],
            &[],
        ),
        case(
            "no new ones where known",
            &[("tien-minh", UNCHANGED, BEFORE), ("tu-cuong", &[("B08", 900)], &[("B08", 900)])],
            &[
                "không thay đổi so với kỳ trước; trong kỳ không phát sinh kích hoạt mới (số liệu của 01/02 \
               xã, thị trấn).",
            ],
            &[],
        ),
        case(
            "a commune had no figure last month",
            &[("tien-minh", NOW, BEFORE), ("tu-cuong", NOW, &[])],
            &[
                "Đã kích hoạt 6.240 tài khoản, tăng 120 tài khoản (tăng 4,00%) so với kỳ trước",
                "So sánh với kỳ trước chỉ tính trên 01 đơn vị có số liệu cả hai kỳ.",
            ],
            &["Chưa có số liệu", "đầu tiên"],
        ),
        case(
            "issued but not activated",
            &[("tien-minh", &[("B06", 1_000), ("B07", 3_000)], &[])],
            &["Chưa có số liệu về tài khoản đã kích hoạt trong kỳ."],
            &["Đã kích hoạt", "Tỷ lệ kích hoạt", "kỳ trước", "…"],
        ),
        case(
            "missing",
            &[("tien-minh", &[], BEFORE)],
            &[
                "Chưa có số liệu về tài khoản định danh điện tử đã cấp của các xã, thị trấn trong kỳ.",
                "Chưa có số liệu về tài khoản đã kích hoạt trong kỳ.",
            ],
            &["Tỷ lệ", "%", "so với kỳ trước", "3.000"],
        ),
        case(
            "first month",
            &[("tien-minh", NOW, &[])],
            &["Đây là kỳ báo cáo đầu tiên nên chưa có số liệu so sánh."],
            &["so với kỳ trước", "Chưa có số liệu kỳ trước"],
        ),
        case(
            "last month was not recorded, but earlier ones were",
            &[("tien-minh", NOW, BEFORE)],
            &["Chưa có số liệu kỳ trước để so sánh."],
            &["đầu tiên", "so với kỳ trước"],
        )
        .with(of_january),
        case(
            "tiny base",
            &[("tien-minh", &[("B02", 20), ("B06", 5), ("B07", 10), ("B08", 12)], &[("B08", 11)])],
            &[
                "đã cấp 15 tài khoản định danh điện tử (mức độ 1: 05; mức độ 2: 10).",
                "tăng 01 tài khoản so với kỳ trước.",
                "toàn huyện đạt 12/10 tài khoản, vượt 02 tài khoản.",
            ],
            &["%", "Tỷ lệ kích hoạt", "đạt cao"],
        )
        .with(of_ten),
    ],
};

/// Makes the earlier month January.
fn of_january(mut month: Month) -> Month {
    let february = month.history.remove(&"2024-02".parse().unwrap()).unwrap();
    month.history.insert("2024-01".parse().unwrap(), february);
    month
}

fn of_ten(month: Month) -> Month {
    month.assign(&[("tien-minh", 10)])
}

const POLICIES: Section = Section {
    heading: "2. Kết quả",
    cases: &[
        case(
            "missing stocks stand as they were",
            &[("tien-minh", NOW, BEFORE), ("tu-cuong", &[], BEFORE)],
            &["theo số liệu của 01/02 xã, thị trấn và số tạm tính, toàn huyện đã cấp 8.000 tài khoản",
              "Đã kích hoạt 6.120 tài khoản, tăng 120 tài khoản",
              "Có 01 xã, thị trấn chưa có số liệu tài khoản đã kích hoạt trong kỳ (xã Tự Cường), được tạm \
               tính theo số liệu đến ngày 14/02/2024."],
            &["chưa tính vào", "cả hai kỳ"],
        )
        .with(carried),
        case(
            "carried stocks that reach the target",
            &[("tien-minh", NOW, BEFORE), ("tu-cuong", &[], BEFORE)],
            &["02/02 xã, thị trấn đã hoàn thành, hoàn thành vượt chỉ tiêu"],
            &["02/01"],
        )
        .with(carried_with_targets),
        case(
            "what stands in is older than the month before",
            &[("tien-minh", NOW, BEFORE), ("tu-cuong", &[], BEFORE)],
            &["(xã Tự Cường), được tạm tính theo số liệu gần nhất đã báo cáo."],
            &["14/02/2024"],
        )
        .with(carried_for_two_months),
        case(
            "nothing to carry",
            &[("tien-minh", NOW, BEFORE), ("tu-cuong", &[], &[])],
            &["(xã Tự Cường), chưa tính vào số tổng hợp"],
            &["tạm tính"],
        )
        .with(carried),
        case(
            "something to carry for one of two",
            &[("tien-minh", NOW, BEFORE), ("tu-cuong", &[], BEFORE), ("bac-hung", &[], &[])],
            &["(xã Tự Cường, xã Bắc Hưng), được tạm tính theo số liệu đến ngày 14/02/2024; đơn vị không có \
               số liệu kỳ trước chưa tính vào số tổng hợp."],
            &["cả hai kỳ"],
        )
        .with(carried),
        case(
            "one account short of the target never rounds up to it",
            &[("tien-minh", &[("B08", 29_999)], &[]), ("tu-cuong", &[("B08", 30_000)], &[])],
            &["toàn huyện đạt 99,99% (59.999/60.000), còn 01 tài khoản phải thực hiện.",
              "01/02 xã, thị trấn đã hoàn thành, hoàn thành vượt chỉ tiêu, đạt cao: xã Tự Cường (100,00%)."],
            &["Tiên Minh"],
        )
        .with(large_targets),
        case(
            "a target of one commune of two",
            &[("tien-minh", NOW, BEFORE), ("tu-cuong", NOW, BEFORE)],
            &["toàn huyện đạt 104,00% (3.120/3.000; tính trên 01 xã, thị trấn được giao chỉ tiêu), vượt 120 tài khoản."],
            &[],
        )
        .with(one_target),
        case(
            "no comparison with the country",
            &[("tien-minh", NOW, BEFORE)],
            &[],
            &["Toàn quốc"],
        ),
        case(
            "the country",
            &[("tien-minh", NOW, BEFORE)],
            &["Toàn quốc đã kích hoạt 52,5 triệu trên 68,4 triệu tài khoản đã cấp, đạt 76,75% (số liệu tháng 3 \
               năm 2024)."],
            &[],
        )
        .with(national),
        case("the country, expired", &[("tien-minh", NOW, BEFORE)], &[], &["Toàn quốc"])
            .with(national_expired),
        case("the country, not yet", &[("tien-minh", NOW, BEFORE)], &[], &["Toàn quốc"])
            .with(national_later),
        case(
            "low ones, not named",
            &[("tien-minh", MOST, BEFORE), ("tu-cuong", FEW, BEFORE)],
            &["01/02 xã, thị trấn đã hoàn thành"],
            &["thấp hơn mức chung", "Tự Cường"],
        )
        .with(targets),
        case(
            "low ones, named",
            &[("tien-minh", MOST, BEFORE), ("tu-cuong", FEW, BEFORE)],
            &["Một số đơn vị đạt thấp hơn mức chung toàn huyện: xã Tự Cường (80,00%); Tổ công tác đề nghị"],
            &[],
        )
        .with(named),
        case(
            "below the target, hardly below the whole",
            &[("tien-minh", &[("B08", 2_430)], BEFORE), ("tu-cuong", FEW, BEFORE)],
            &["Chưa có đơn vị hoàn thành chỉ tiêu."],
            &["thấp hơn mức chung"],
        )
        .with(named),
        case(
            "below the whole, but not below the target",
            &[("tien-minh", MOST, BEFORE), ("tu-cuong", UNCHANGED, BEFORE)],
            &["02/02 xã, thị trấn đã hoàn thành"],
            &["thấp hơn mức chung"],
        )
        .with(named),
    ],
};

fn carried(mut month: Month) -> Month {
    month.templates.body.missing_stock = MissingStock::CarriedForward;
    month
}

fn carried_for_two_months(month: Month) -> Month {
    let mut month = carried(month);
    let unit = month.templates.roster.find("tu-cuong").unwrap();
    let february = month.history.get_mut(&"2024-02".parse().unwrap()).unwrap();
    let (older, rest) = february.values.drain(..).partition(|value| value.unit == unit);
    february.values = rest;
    month.history.entry("2024-01".parse().unwrap()).or_default().values = older;
    month
}

fn targets(month: Month) -> Month {
    month.assign(&[("tien-minh", 3_000), ("tu-cuong", 3_000)])
}

fn large_targets(month: Month) -> Month {
    month.assign(&[("tien-minh", 30_000), ("tu-cuong", 30_000)])
}

fn carried_with_targets(month: Month) -> Month {
    targets(carried(month))
}

fn one_target(month: Month) -> Month {
    month.assign(&[("tien-minh", 3_000)])
}

fn named(month: Month) -> Month {
    let mut month = targets(month);
    month.templates.body.name_low_units = true;
    month
}

fn national(mut month: Month) -> Month {
    month.templates.body.compare_national = true;
    month
}

fn national_expired(month: Month) -> Month {
    let mut month = national(month);
    for figure in &mut month.templates.body.national_figures {
        figure.period = "2024-01".parse().unwrap();
        figure.until = "2024-02".parse().unwrap();
    }
    month
}

fn national_later(month: Month) -> Month {
    let mut month = national(month);
    for figure in &mut month.templates.body.national_figures {
        figure.period = "2024-04".parse().unwrap();
    }
    month
}

#[test]
fn bases_and_policies() {
    BASES.check();
    POLICIES.check();
}

/// Communes with 3 000 as their target, in roster order.
const KEYS: [&str; 6] = ["tu-cuong", "tien-thang", "tien-minh", "bac-hung", "nam-hung", "tay-hung"];

fn ranked(activated: [i64; 6]) -> String {
    let values = activated.map(|all| [("B08", all)]);
    let rows = KEYS.iter().zip(&values);
    let units: Vec<_> = rows.map(|(key, values)| (*key, values.as_slice(), BEFORE)).collect();
    let mut month = Month::of(&units).assign(&KEYS.map(|key| (key, 3_000)));
    month.templates.body.name_low_units = true;
    super::section(&month.document(), "2. Kết quả")
}

#[test]
fn no_more_names_than_the_cap_and_no_tie_split() {
    let words = ranked([2_400, 2_430, 2_460, 2_490, 3_900, 3_960]);
    let low = "thấp hơn mức chung toàn huyện: xã Tự Cường (80,00%), xã Tiên Thắng (81,00%), xã Tiên Minh \
               (82,00%); Tổ công tác";
    assert!(words.contains(low), "{words}");
    let tied = ranked([2_400, 2_430, 2_460, 2_460, 3_900, 3_960]);
    let low = "toàn huyện: xã Tự Cường (80,00%), xã Tiên Thắng (81,00%); Tổ công tác";
    assert!(tied.contains(low), "{tied}");
    let all_tied = ranked([2_400, 2_400, 2_400, 2_400, 3_900, 3_960]);
    assert!(!all_tied.contains("thấp hơn mức chung"), "four share the last place: {all_tied}");
    let all_equal = ranked([3_300; 6]);
    assert!(all_equal.contains("06/06 xã, thị trấn đã hoàn thành, hoàn thành vượt chỉ tiêu."));
    assert!(!all_equal.contains("đạt cao"), "six share the first place: {all_equal}");
}

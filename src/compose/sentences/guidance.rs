//! Sections I and II.1: documents, then the guidance by communes, departments and culture centre.

use super::{Section, case};
use crate::compose::samples::Month;

const DIRECTION: Section = Section {
    heading: "I. ",
    cases: &[
        case(
            "communes and departments",
            &[("tien-minh", &[("A01", 5)], &[]), ("noi-vu", &[("A01", 3)], &[])],
            &[
                "Trong kỳ, các cơ quan, đơn vị trên địa bàn huyện Tiên Lãng đã ban hành 08 văn bản chỉ đạo, \
               kế hoạch về tuyên truyền, triển khai thực hiện Đề án 06 và ứng dụng VNeID, trong đó UBND \
               các xã, thị trấn 05 văn bản, các phòng, ban, ngành, đoàn thể 03 văn bản.",
            ],
            &["số liệu của", "Chưa có số liệu"],
        ),
        case(
            "communes only",
            &[("tien-minh", &[("A01", 12)], &[])],
            &["đã ban hành 12 văn bản", "ứng dụng VNeID."],
            &["trong đó"],
        ),
        case(
            "departments none",
            &[("tien-minh", &[("A01", 12)], &[]), ("noi-vu", &[("A01", 0)], &[])],
            &["đã ban hành 12 văn bản", "ứng dụng VNeID."],
            &["trong đó", "0 văn bản"],
        ),
        case(
            "some without figure",
            &[("tien-minh", &[("A01", 12)], &[]), ("tu-cuong", &[], &[])],
            &["ứng dụng VNeID (số liệu của 01/02 đơn vị)."],
            &["trong đó"],
        ),
        case(
            "none",
            &[("tien-minh", &[("A01", 0)], &[])],
            &["Trong kỳ, các cơ quan, đơn vị không ban hành văn bản chỉ đạo, kế hoạch mới."],
            &["đã ban hành", "Chưa có số liệu"],
        ),
        case(
            "none, some without figure",
            &[("tien-minh", &[("A01", 0)], &[]), ("tu-cuong", &[], &[])],
            &["không ban hành văn bản chỉ đạo, kế hoạch mới (số liệu của 01/02 đơn vị)."],
            &[],
        ),
        case(
            "missing",
            &[("tien-minh", &[("A02", 1)], &[])],
            &["Chưa có số liệu về văn bản chỉ đạo, kế hoạch trong kỳ."],
            &["ban hành"],
        ),
        case(
            "missing, but the office writes",
            &[("tien-minh", &[("A02", 1)], &[])],
            &["Ngày 05/3/2024 họp giao ban."],
            &["Chưa có số liệu", "ban hành"],
        )
        .with(directed),
        case(
            "figures and the office's words",
            &[("tien-minh", &[("A01", 2)], &[])],
            &["đã ban hành 02 văn bản", "Ngày 05/3/2024 họp giao ban."],
            &[],
        )
        .with(directed),
    ],
};

fn directed(mut month: Month) -> Month {
    month.office_words = Some("## chi-dao\nNgày 05/3/2024 họp giao ban.".to_owned());
    month
}

const COMPARISON: Section = Section {
    heading: "II. ",
    cases: &[
        case(
            "a commune was there last month only",
            &[("tien-minh", &[("A03", 150)], &[("A03", 100)]), ("tu-cuong", &[], &[("A03", 40)])],
            &["So sánh với kỳ trước chỉ tính trên các đơn vị có số liệu cả hai kỳ."],
            &[],
        ),
        case(
            "a commune is there this month only",
            &[("tien-minh", &[("A03", 150)], &[("A03", 100)]), ("tu-cuong", &[("A03", 40)], &[])],
            &["chỉ tính trên các đơn vị có số liệu cả hai kỳ."],
            &[],
        ),
        case(
            "the same communes",
            &[("tien-minh", &[("A03", 150)], &[("A03", 100)]), ("tu-cuong", &[], &[])],
            &[],
            &["So sánh"],
        ),
        case("the first month", &[("tien-minh", &[("A03", 150)], &[])], &[], &["So sánh"]),
    ],
};

const COMMUNES: Section = Section {
    heading: "a) UBND",
    cases: &[
        case(
            "meetings rise",
            &[("tien-minh", &[("A02", 3), ("A03", 160)], &[("A02", 2), ("A03", 150)])],
            &[
                "UBND các xã, thị trấn đã tổ chức 03 hội nghị, buổi tuyên truyền trực tiếp với 160 lượt \
               người tham dự, tăng 10 so với kỳ trước.",
            ],
            &["Theo số liệu", "số liệu của"],
        ),
        case(
            "people fall",
            &[("tien-minh", &[("A02", 3), ("A03", 145)], &[("A03", 150)])],
            &["145 lượt người tham dự, giảm 05 so với kỳ trước."],
            &["tăng"],
        ),
        case(
            "people equal",
            &[("tien-minh", &[("A02", 3), ("A03", 150)], &[("A03", 150)])],
            &["150 lượt người tham dự, bằng kỳ trước."],
            &["tăng", "giảm"],
        ),
        case(
            "first month",
            &[("tien-minh", &[("A02", 3), ("A03", 150), ("A04", 7)], &[])],
            &["150 lượt người tham dự.", "phát 07 lượt tin, bài."],
            &["kỳ trước"],
        ),
        case(
            "people missing",
            &[("tien-minh", &[("A02", 3)], &[])],
            &["buổi tuyên truyền trực tiếp."],
            &["tham dự", "…"],
        ),
        case(
            "no meeting",
            &[("tien-minh", &[("A02", 0), ("A03", 0)], &[])],
            &[
                "Trong kỳ, UBND các xã, thị trấn không tổ chức hội nghị, buổi tuyên truyền trực tiếp.",
            ],
            &["đã tổ chức", "tham dự", "Chưa có số liệu"],
        ),
        case(
            "no meeting where known",
            &[("tien-minh", &[("A02", 0)], &[]), ("tu-cuong", &[], &[])],
            &[
                "không tổ chức hội nghị, buổi tuyên truyền trực tiếp (số liệu của 01/02 xã, thị trấn).",
            ],
            &[],
        ),
        case(
            "a commune is missing",
            &[("tien-minh", &[("A02", 3), ("A03", 150)], &[]), ("tu-cuong", &[], &[])],
            &[
                "Theo số liệu của 01/02 xã, thị trấn, UBND các xã, thị trấn đã tổ chức 03 hội nghị",
                "150 lượt người tham dự.",
            ],
            &["(số liệu của"],
        ),
        case(
            "people of fewer communes than meetings",
            &[("tien-minh", &[("A02", 3), ("A03", 150)], &[]), ("tu-cuong", &[("A02", 1)], &[])],
            &["đã tổ chức 04 hội nghị", "150 lượt người tham dự (số liệu của 01/02 xã, thị trấn)."],
            &["Theo số liệu"],
        ),
        case(
            "people compared over fewer communes",
            &[
                ("tien-minh", &[("A02", 3), ("A03", 150)], &[("A03", 100)]),
                ("tu-cuong", &[("A02", 1), ("A03", 40)], &[]),
            ],
            &["190 lượt người tham dự, tăng 50 so với kỳ trước."],
            &["tăng 90"],
        ),
        case(
            "everything missing",
            &[("tien-minh", &[], &[])],
            &[
                "Chưa có số liệu về hội nghị, buổi tuyên truyền trực tiếp của UBND các xã, thị trấn. (Chi \
               tiết tại Phụ lục I kèm theo).",
            ],
            &["Phát", "phát", "Đăng", "Treo", "Tổ công tác", "lượt", "…"],
        ),
        case(
            "broadcasts with minutes",
            &[("tien-minh", &[("A02", 1), ("A04", 40), ("A05", 300)], &[("A04", 30)])],
            &[
                "Hệ thống truyền thanh cơ sở phát 40 lượt tin, bài, tăng 10 so với kỳ trước; tổng thời \
               lượng 300 phút.",
            ],
            &["số liệu của"],
        ),
        case(
            "broadcasts fall, no minutes",
            &[("tien-minh", &[("A02", 1), ("A04", 40), ("A05", 0)], &[("A04", 42)])],
            &["phát 40 lượt tin, bài, giảm 02 so với kỳ trước."],
            &["thời lượng"],
        ),
        case(
            "no broadcasts",
            &[("tien-minh", &[("A02", 1), ("A04", 0), ("A05", 0)], &[("A04", 42)])],
            &[],
            &["truyền thanh", "phút"],
        ),
        case(
            "minutes of fewer communes",
            &[
                ("tien-minh", &[("A02", 1), ("A04", 40), ("A05", 300)], &[]),
                ("tu-cuong", &[("A02", 1), ("A04", 2)], &[]),
            ],
            &["phát 42 lượt tin, bài; tổng thời lượng 300 phút (số liệu của 01/02 xã, thị trấn)."],
            &[],
        ),
        case(
            "posts",
            &[(
                "tien-minh",
                &[("A02", 1), ("A07", 4), ("A08", 5), ("A09", 6)],
                &[("A07", 4), ("A08", 5), ("A09", 6)],
            )],
            &["Đăng 15 tin, bài trên Cổng/Trang thông tin điện tử, Facebook, Zalo, bằng kỳ trước."],
            &["số liệu của"],
        ),
        case(
            "posts of one place missing",
            &[("tien-minh", &[("A02", 1), ("A07", 4), ("A08", 5)], &[])],
            &[],
            &["Đăng", "tin, bài"],
        ),
        case(
            "leaflets and posters",
            &[("tien-minh", &[("A02", 1), ("A11", 1_200), ("A12", 8)], &[])],
            &["Phát 1.200 tờ rơi, tờ gấp; treo mới 08 pano, áp phích, băng rôn."],
            &["Treo", "số liệu của"],
        ),
        case(
            "leaflets",
            &[("tien-minh", &[("A02", 1), ("A11", 1_200), ("A12", 0)], &[])],
            &["Phát 1.200 tờ rơi, tờ gấp."],
            &["pano"],
        ),
        case(
            "posters",
            &[("tien-minh", &[("A02", 1), ("A12", 8)], &[])],
            &["Treo mới 08 pano, áp phích, băng rôn."],
            &["tờ rơi"],
        ),
    ],
};

const VILLAGES: Section = Section {
    heading: "a) UBND",
    cases: &[
        case(
            "teams with members",
            &[("tien-minh", &[("A02", 1), ("A16", 12), ("A17", 9), ("A18", 45)], &[])],
            &[
                "Đến hết ngày 14/3/2024, 09/12 thôn, tổ dân phố đã có Tổ công tác Đề án 06 với 45 thành \
               viên.",
            ],
            &["số liệu của", "%"],
        ),
        case(
            "teams without members",
            &[("tien-minh", &[("A02", 1), ("A16", 12), ("A17", 12)], &[])],
            &["12/12 thôn, tổ dân phố đã có Tổ công tác Đề án 06."],
            &["thành viên"],
        ),
        case(
            "teams of fewer communes",
            &[
                ("tien-minh", &[("A02", 1), ("A16", 12), ("A17", 9)], &[]),
                ("tu-cuong", &[("A02", 1), ("A16", 10)], &[]),
            ],
            &[
                "09/12 thôn, tổ dân phố đã có Tổ công tác Đề án 06 (số liệu của 01/02 xã, thị trấn).",
            ],
            &["09/22"],
        ),
        case(
            "no team yet",
            &[("tien-minh", &[("A02", 1), ("A16", 12), ("A17", 0)], &[])],
            &[
                "Đến hết ngày 14/3/2024, các xã, thị trấn chưa thành lập Tổ công tác Đề án 06 cấp thôn.",
            ],
            &["0/", "thành viên"],
        ),
        case(
            "teams without villages",
            &[("tien-minh", &[("A02", 1), ("A17", 9), ("A18", 45)], &[])],
            &[],
            &["Tổ công tác", "thành viên"],
        ),
        case(
            "households",
            &[("tien-minh", &[("A02", 1), ("A14", 80)], &[("A14", 81)])],
            &[
                "Các Tổ công tác cấp thôn đã đến tuyên truyền, hướng dẫn tại nhà 80 lượt hộ gia đình, giảm \
               01 so với kỳ trước.",
            ],
            &[],
        ),
        case(
            "no households",
            &[("tien-minh", &[("A02", 1), ("A14", 0)], &[("A14", 81)])],
            &[],
            &["hộ gia đình"],
        ),
        case(
            "people guided, year to date known in part",
            &[("tien-minh", &[("A02", 1), ("A15", 70)], &[("A15", 60)])],
            &[
                "Có 70 lượt người được hướng dẫn trực tiếp cài đặt, sử dụng VNeID, tăng 10 so với kỳ trước; \
               lũy kế từ ngày 15/12/2023 theo số liệu đã có là 130 lượt người.",
            ],
            &[],
        ),
        case(
            "people guided, year to date known",
            &[("tien-minh", &[("A02", 1), ("A15", 70)], &[("A15", 60)])],
            &["lũy kế từ ngày 15/12/2023 là 180 lượt người."],
            &["theo số liệu đã có"],
        )
        .with(with_january),
        case(
            "nobody guided",
            &[("tien-minh", &[("A02", 1), ("A15", 0)], &[("A15", 60)])],
            &["Trong kỳ không phát sinh lượt người được hướng dẫn trực tiếp."],
            &["lũy kế", "Có "],
        ),
        case(
            "nobody guided where known",
            &[("tien-minh", &[("A02", 1), ("A15", 0)], &[]), ("tu-cuong", &[("A02", 1)], &[])],
            &[
                "không phát sinh lượt người được hướng dẫn trực tiếp (số liệu của 01/02 xã, thị trấn).",
            ],
            &[],
        ),
        case(
            "people guided missing",
            &[("tien-minh", &[("A02", 1)], &[("A15", 60)])],
            &[],
            &["hướng dẫn trực tiếp", "lũy kế"],
        ),
    ],
};

fn with_january(mut month: Month) -> Month {
    let mut january = month.history[&"2024-02".parse().unwrap()].clone();
    for value in &mut january.values {
        value.scaled = 50;
    }
    month.history.insert("2024-01".parse().unwrap(), january);
    month
}

#[test]
fn direction_and_communes() {
    for section in [DIRECTION, COMPARISON, COMMUNES, VILLAGES] {
        section.check();
    }
}

//! Sections II.1.b and II.1.c: the guidance by departments and by the culture centre.

use super::{Section, case};

const DEPARTMENTS: Section = Section {
    heading: "b) Các phòng",
    cases: &[
        case(
            "everything",
            &[(
                "noi-vu",
                &[("A02", 2), ("A03", 50), ("A07", 1), ("A08", 1), ("A09", 1), ("A15", 12)],
                &[("A03", 40)],
            )],
            &[
                "Theo số liệu của 01/01 cơ quan, đơn vị, các phòng, ban, ngành, đoàn thể đã tổ chức 02 hội \
               nghị, buổi tuyên truyền với 50 lượt người tham dự, tăng 10 so với kỳ trước; đăng 03 tin, \
               bài trên Cổng/Trang thông tin điện tử, Facebook, Zalo; hướng dẫn trực tiếp 12 lượt người \
               dân cài đặt, sử dụng VNeID. (Chi tiết tại Phụ lục III kèm theo).",
            ],
            &["(số liệu của"],
        ),
        case(
            "meetings alone",
            &[("noi-vu", &[("A02", 2)], &[])],
            &["đã tổ chức 02 hội nghị, buổi tuyên truyền. (Chi"],
            &["tham dự", "đăng", "hướng dẫn"],
        ),
        case(
            "fall",
            &[("noi-vu", &[("A02", 2), ("A03", 5)], &[("A03", 6)])],
            &["với 05 lượt người tham dự, giảm 01 so với kỳ trước."],
            &[],
        ),
        case(
            "equal",
            &[("noi-vu", &[("A02", 2), ("A03", 5)], &[("A03", 5)])],
            &["với 05 lượt người tham dự, bằng kỳ trước."],
            &[],
        ),
        case(
            "no meeting, some guided",
            &[("noi-vu", &[("A02", 0), ("A03", 0), ("A15", 12)], &[])],
            &[
                "trong kỳ các phòng, ban, ngành, đoàn thể không tổ chức hội nghị, buổi tuyên truyền; hướng \
               dẫn trực tiếp 12 lượt người dân",
            ],
            &["đã tổ chức", "tham dự"],
        ),
        case(
            "meetings missing, some guided",
            &[("noi-vu", &[("A15", 12)], &[])],
            &[
                "Chưa có số liệu về hội nghị, buổi tuyên truyền của các phòng, ban, ngành, đoàn thể; hướng \
               dẫn trực tiếp 12 lượt người dân cài đặt, sử dụng VNeID (số liệu của 01/01 đơn vị).",
            ],
            &["Chưa có số liệu tuyên truyền"],
        ),
        case(
            "a department is missing",
            &[
                ("noi-vu", &[("A02", 2), ("A15", 3)], &[]),
                ("tu-phap", &[("A02", 1)], &[]),
                ("y-te", &[], &[]),
            ],
            &[
                "Theo số liệu của 02/03 cơ quan, đơn vị",
                "đã tổ chức 03 hội nghị",
                "03 lượt người dân cài đặt, sử dụng VNeID (số liệu của 01/03 đơn vị).",
            ],
            &[],
        ),
        case(
            "one who only cooperates is not owed",
            &[("noi-vu", &[("A02", 2)], &[]), ("toa-an", &[], &[])],
            &["Theo số liệu của 01/01 cơ quan, đơn vị"],
            &[],
        ),
        case(
            "missing",
            &[("tien-minh", &[("A02", 2)], &[])],
            &["Chưa có số liệu tuyên truyền của các phòng, ban, ngành, đoàn thể trong kỳ."],
            &["đã tổ chức", "…"],
        ),
    ],
};

const CENTRE: Section = Section {
    heading: "c) Trung tâm",
    cases: &[
        case(
            "everything",
            &[(
                "trung-tam-vhtt",
                &[
                    ("A04", 60),
                    ("A05", 600),
                    ("A06", 9),
                    ("A07", 2),
                    ("A08", 2),
                    ("A09", 2),
                    ("A10", 5_000),
                    ("A13", 4),
                ],
                &[("A04", 50), ("A06", 10)],
            )],
            &[
                "Trung tâm đã sản xuất 09 chuyên mục, phóng sự, tin phát thanh, giảm 01 so với kỳ trước. Phát \
               60 lượt trên hệ thống truyền thanh, tăng 10 so với kỳ trước; tổng thời lượng 600 phút. Đăng \
               06 tin, bài trên Cổng/Trang thông tin điện tử, Facebook, Zalo, thu hút 5.000 lượt tiếp cận. \
               Tổ chức 04 lượt xe tuyên truyền lưu động. (Chi tiết tại Phụ lục IV kèm theo).",
            ],
            &[],
        ),
        case(
            "without minutes and reach",
            &[(
                "trung-tam-vhtt",
                &[("A04", 60), ("A07", 2), ("A08", 2), ("A09", 2)],
                &[("A04", 60)],
            )],
            &["Phát 60 lượt trên hệ thống truyền thanh, bằng kỳ trước.", "Facebook, Zalo."],
            &["phút", "tiếp cận", "sản xuất", "lưu động"],
        ),
        case(
            "cars alone",
            &[("trung-tam-vhtt", &[("A13", 4)], &[])],
            &["Tổ chức 04 lượt xe tuyên truyền lưu động."],
            &["Chưa có số liệu"],
        ),
        case(
            "none of all",
            &[(
                "trung-tam-vhtt",
                &[("A04", 0), ("A06", 0), ("A07", 0), ("A08", 0), ("A09", 0)],
                &[],
            )],
            &[
                "Trong kỳ, Trung tâm không phát sinh chuyên mục, tin, bài và lượt phát tuyên truyền.",
            ],
            &["Chưa có", "đã sản xuất", "Đăng"],
        ),
        case(
            "none of some",
            &[("trung-tam-vhtt", &[("A04", 0)], &[])],
            &[
                "Chưa có đủ số liệu tuyên truyền của Trung tâm Văn hóa - Truyền thanh huyện trong kỳ.",
            ],
            &["không phát sinh"],
        ),
        case(
            "missing",
            &[("trung-tam-vhtt", &[], &[("A04", 60)])],
            &["Chưa có số liệu tuyên truyền của Trung tâm Văn hóa - Truyền thanh huyện trong kỳ."],
            &["lượt", "phút"],
        ),
    ],
};

#[test]
fn departments_and_culture_centre() {
    DEPARTMENTS.check();
    CENTRE.check();
}

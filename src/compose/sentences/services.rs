//! Sections II.3 and II.4: utilities, papers on the telephone, procedures online, officials.

use super::{Section, case};

const UTILITIES: Section = Section {
    heading: "3. Tiện ích",
    cases: &[
        case(
            "most ticked first",
            &[
                ("tien-minh", &[("E03", 1), ("E05", 1)], &[]),
                ("tu-cuong", &[("E03", 1), ("E05", 0)], &[]),
            ],
            &[
                "Các đơn vị đã tuyên truyền, hướng dẫn người dân sử dụng tiện ích của ứng dụng VNeID; tiện ích \
               được nhiều đơn vị tuyên truyền: Thực hiện thông báo lưu trú (02 đơn vị); Thông báo dịch vụ \
               công liên thông, hạn thẻ CCCD (01 đơn vị).",
            ],
            &["Chưa có số liệu"],
        ),
        case(
            "a tie at the end of the list is not split",
            &[
                ("tien-minh", &[("E03", 1), ("E05", 1), ("E12", 1), ("E16", 1)], &[]),
                ("tu-cuong", &[("E03", 1), ("E05", 1)], &[]),
            ],
            &[
                "Thực hiện thông báo lưu trú (02 đơn vị); Thông báo dịch vụ công liên thông, hạn thẻ CCCD (02 \
               đơn vị).",
            ],
            &["người phụ thuộc", "Sổ sức khỏe"],
        ),
        case(
            "a tie of all names none",
            &[("tien-minh", &[("E03", 1), ("E05", 1), ("E12", 1), ("E16", 1)], &[])],
            &["hướng dẫn người dân sử dụng tiện ích của ứng dụng VNeID."],
            &["nhiều đơn vị", "đơn vị)", "Chưa có số liệu"],
        ),
        case(
            "of fewer units",
            &[("tien-minh", &[("E03", 1), ("E05", 0)], &[]), ("tu-cuong", &[], &[])],
            &["tiện ích của ứng dụng VNeID (số liệu của 01/02 đơn vị); tiện ích được"],
            &[],
        ),
        case(
            "utilities of different numbers of units",
            &[("tien-minh", &[("E03", 1), ("E05", 1)], &[]), ("tu-cuong", &[("E03", 1)], &[])],
            &["tiện ích của ứng dụng VNeID; tiện ích được"],
            &["số liệu của"],
        ),
        case(
            "none ticked",
            &[("tien-minh", &[("E03", 0)], &[])],
            &["Chưa có số liệu về tiện ích của VNeID và dịch vụ công trực tuyến trong kỳ."],
            &["Các đơn vị đã"],
        ),
        case(
            "papers",
            &[("tien-minh", &[("B12", 900), ("B13", 80), ("B15", 7), ("B16", 0)], &[])],
            &[
                "Lũy kế đến hết ngày 14/3/2024, số công dân đã tích hợp giấy tờ trên VNeID: thẻ bảo hiểm y tế \
               900, giấy phép lái xe 80, sổ bảo hiểm xã hội 07.",
            ],
            &["Chưa có số liệu", "số liệu của", "Sổ sức khỏe"],
        ),
        case(
            "no papers",
            &[("tien-minh", &[("B12", 0), ("B13", 0), ("B15", 0), ("B16", 0)], &[])],
            &["Đến hết ngày 14/3/2024, chưa có công dân tích hợp giấy tờ trên VNeID."],
            &["Lũy kế", "Chưa có số liệu"],
        ),
        case(
            "papers of fewer communes",
            &[
                ("tien-minh", &[("B12", 900), ("B13", 80), ("B15", 7), ("B16", 3)], &[]),
                ("tu-cuong", &[("B13", 20)], &[]),
            ],
            &[
                "trên VNeID (số liệu của 01/02 xã, thị trấn): thẻ bảo hiểm y tế 900, giấy phép lái xe 100 (số \
               liệu của 02/02 xã, thị trấn), sổ bảo hiểm xã hội 07, Sổ sức khỏe điện tử 03.",
            ],
            &[],
        ),
        case(
            "a paper is missing",
            &[("tien-minh", &[("B12", 900), ("B13", 80), ("B15", 7)], &[])],
            &[],
            &["tích hợp giấy tờ", "900", "…"],
        ),
        case(
            "everything missing",
            &[("tien-minh", &[], &[])],
            &[
                "Chưa có số liệu về tiện ích của VNeID và dịch vụ công trực tuyến trong kỳ. (Chi tiết tại Phụ lục V; Biểu đồ 4, Biểu đồ 5 tại Phụ lục VI kèm theo).",
            ],
            &["Trong kỳ, các đơn vị", "…"],
        ),
    ],
};

const PROCEDURES: Section = Section {
    heading: "3. Tiện ích",
    cases: &[
        case(
            "online rises",
            &[("tien-minh", &[("C01", 200), ("C02", 150)], &[("C01", 200), ("C02", 100)])],
            &[
                "Trong kỳ, các đơn vị tiếp nhận 200 hồ sơ thủ tục hành chính, trong đó 150 hồ sơ trực tuyến, \
               đạt 75,00%, tăng 25,00 điểm phần trăm so với kỳ trước.",
            ],
            &["số liệu của", "Chưa có số liệu"],
        ),
        case(
            "online falls",
            &[("tien-minh", &[("C01", 200), ("C02", 150)], &[("C01", 200), ("C02", 151)])],
            &["đạt 75,00%, giảm 0,50 điểm phần trăm so với kỳ trước."],
            &["tăng"],
        ),
        case(
            "online equal",
            &[("tien-minh", &[("C01", 200), ("C02", 150)], &[("C01", 100), ("C02", 75)])],
            &["đạt 75,00%, không thay đổi so với kỳ trước."],
            &["tăng", "giảm"],
        ),
        case(
            "online in the first month",
            &[("tien-minh", &[("C01", 200), ("C02", 150)], &[])],
            &["150 hồ sơ trực tuyến, đạt 75,00%."],
            &["kỳ trước"],
        ),
        case(
            "online of fewer units, compared over fewer",
            &[
                ("tien-minh", &[("C01", 200), ("C02", 150)], &[("C01", 200), ("C02", 100)]),
                ("tu-cuong", &[("C01", 200), ("C02", 150)], &[]),
                ("bac-hung", &[], &[]),
            ],
            &[
                "tiếp nhận 400 hồ sơ",
                "300 hồ sơ trực tuyến (số liệu của 02/03 đơn vị), đạt 75,00%, tăng 25,00 \
               điểm phần trăm so với kỳ trước.",
            ],
            &[],
        ),
        case(
            "few files",
            &[("tien-minh", &[("C01", 20), ("C02", 15)], &[("C01", 20), ("C02", 10)])],
            &["tiếp nhận 20 hồ sơ thủ tục hành chính, trong đó 15 hồ sơ trực tuyến."],
            &["%", "phần trăm"],
        ),
        case(
            "no file",
            &[("tien-minh", &[("C01", 0), ("C02", 0)], &[("C01", 20), ("C02", 10)])],
            &["Trong kỳ không phát sinh hồ sơ thủ tục hành chính."],
            &["tiếp nhận", "Chưa có số liệu"],
        ),
        case(
            "online missing",
            &[("tien-minh", &[("C01", 200)], &[])],
            &["Chưa có số liệu về tiện ích của VNeID và dịch vụ công trực tuyến trong kỳ."],
            &["tiếp nhận"],
        ),
        case(
            "joined procedures",
            &[("tien-minh", &[("C03", 12), ("C04", 5)], &[])],
            &[
                "Tiếp nhận 12 hồ sơ liên thông khai sinh - thường trú - bảo hiểm y tế và 05 hồ sơ liên thông \
               khai tử - xóa thường trú - mai táng phí.",
            ],
            &["Chưa có số liệu", "số liệu của"],
        ),
        case(
            "joined procedures of fewer communes",
            &[("tien-minh", &[("C03", 12), ("C04", 5)], &[]), ("tu-cuong", &[("C04", 1)], &[])],
            &[
                "bảo hiểm y tế (số liệu của 01/02 xã, thị trấn) và 06 hồ sơ",
                "phí (số liệu của 02/02 xã, thị trấn).",
            ],
            &[],
        ),
        case(
            "no joined procedures",
            &[("tien-minh", &[("C03", 0), ("C04", 0)], &[])],
            &["Không phát sinh hồ sơ liên thông khai sinh, khai tử."],
            &["Tiếp nhận"],
        ),
        case(
            "only births",
            &[("tien-minh", &[("C03", 12), ("C04", 0)], &[])],
            &[
                "hồ sơ liên thông khai sinh - thường trú - bảo hiểm y tế; không phát sinh hồ sơ liên thông khai tử.",
            ],
            &["0 hồ sơ", "Tiếp nhận 0"],
        ),
        case(
            "only deaths, of other communes",
            &[("tien-minh", &[("C03", 0), ("C04", 2)], &[]), ("tu-cuong", &[("C04", 1)], &[])],
            &[
                "Tiếp nhận 03 hồ sơ liên thông khai tử - xóa thường trú - mai táng phí; không phát sinh hồ sơ \
               liên thông khai sinh (số liệu của 01/02 xã, thị trấn).",
            ],
            &["0 hồ sơ"],
        ),
        case(
            "nothing online",
            &[("tien-minh", &[("C01", 200), ("C02", 0)], &[])],
            &["tiếp nhận 200 hồ sơ thủ tục hành chính, chưa có hồ sơ trực tuyến."],
            &["%", "trong đó"],
        ),
        case(
            "one joined procedure missing",
            &[("tien-minh", &[("C03", 12)], &[])],
            &[],
            &["liên thông", "…"],
        ),
        case(
            "stays rise",
            &[("tien-minh", &[("C05", 30), ("C06", 2)], &[("C05", 25)])],
            &[
                "Qua ứng dụng VNeID có 30 lượt thông báo lưu trú, tăng 05 so với kỳ trước; 02 lượt phản ánh, \
               kiến nghị về an ninh trật tự.",
            ],
            &["Chưa có số liệu", "số liệu của"],
        ),
        case(
            "stays fall to none, reports come",
            &[("tien-minh", &[("C05", 0), ("C06", 2)], &[("C05", 25)])],
            &[
                "Qua ứng dụng VNeID có 02 lượt phản ánh, kiến nghị về an ninh trật tự; không phát sinh thông báo \
               lưu trú.",
            ],
            &["Không phát sinh", "0 lượt"],
        ),
        case(
            "stays, but no reports",
            &[("tien-minh", &[("C05", 30), ("C06", 0)], &[("C05", 25)])],
            &[
                "30 lượt thông báo lưu trú, tăng 05 so với kỳ trước; không phát sinh phản ánh, kiến nghị",
            ],
            &[" 0 lượt"],
        ),
        case(
            "no stays and no reports",
            &[("tien-minh", &[("C05", 0), ("C06", 0)], &[]), ("tu-cuong", &[], &[])],
            &[
                "Không phát sinh thông báo lưu trú, phản ánh, kiến nghị về an ninh trật tự qua ứng dụng VNeID \
               (số liệu của 01/02 xã, thị trấn).",
            ],
            &["lượt"],
        ),
    ],
};

const OFFICIALS: Section = Section {
    heading: "4. Cán bộ",
    cases: &[
        case(
            "rises",
            &[(
                "noi-vu",
                &[("D01", 50), ("D02", 45), ("D03", 40), ("D04", 20)],
                &[("D01", 50), ("D02", 40), ("D03", 40), ("D04", 21)],
            )],
            &[
                "Đến hết ngày 14/3/2024, 45/50 cán bộ, công chức, viên chức, người lao động của các cơ quan, đơn \
               vị đã có tài khoản định danh mức độ 2, đạt 90,00%, tăng 10,00 điểm phần trăm so với kỳ trước. \
               Số người đã kích hoạt, sử dụng VNeID là 40/50 người, đạt 80,00%, không thay đổi so với kỳ \
               trước. Trong kỳ có 20 lượt người được tuyên truyền, quán triệt về VNeID, giảm 01 so với kỳ \
               trước.",
            ],
            &["số liệu của"],
        ),
        case(
            "falls",
            &[("noi-vu", &[("D01", 50), ("D02", 45)], &[("D01", 50), ("D02", 46)])],
            &["đạt 90,00%, giảm 2,00 điểm phần trăm so với kỳ trước."],
            &["Số người", "Trong kỳ"],
        ),
        case(
            "few people, first month",
            &[("noi-vu", &[("D01", 12), ("D02", 9), ("D03", 9)], &[])],
            &["09/12 cán bộ", "mức độ 2.", "là 09/12 người."],
            &["%", "kỳ trước"],
        ),
        case(
            "of fewer units",
            &[("noi-vu", &[("D01", 50), ("D02", 45), ("D04", 3)], &[]), ("tu-phap", &[], &[])],
            &[
                "mức độ 2 (số liệu của 01/02 đơn vị), đạt 90,00%.",
                "về VNeID (số liệu của 01/02 đơn vị).",
            ],
            &[],
        ),
        case(
            "nobody told",
            &[("noi-vu", &[("D01", 50), ("D02", 45), ("D04", 0)], &[])],
            &["Trong kỳ không phát sinh lượt người được tuyên truyền, quán triệt về VNeID."],
            &["Trong kỳ có"],
        ),
        case(
            "users without accounts",
            &[("noi-vu", &[("D01", 50), ("D03", 40)], &[])],
            &["Số người đã kích hoạt, sử dụng VNeID là 40/50 người, đạt 80,00%."],
            &["Chưa có số liệu", "mức độ 2"],
        ),
        case(
            "missing",
            &[("noi-vu", &[], &[])],
            &["Chưa có số liệu về cán bộ, công chức, viên chức, người lao động trong kỳ."],
            &["Đến hết", "Số người", "…"],
        ),
    ],
};

#[test]
fn utilities_procedures_and_officials() {
    for section in [UTILITIES, PROCEDURES, OFFICIALS] {
        section.check();
    }
}

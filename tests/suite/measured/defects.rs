//! The defects: what is changed in a correct document, and the one check that must see it.

use super::paper::{ARIAL, BOLD, ITALIC, MUTE, REGULAR};
use super::plan::{Place, Plan};

/// Name, id of the check that must fail, the change.
pub type Case = (&'static str, &'static str, fn(&mut Plan));

/// Returns all defects.
pub fn cases() -> Vec<Case> {
    [paper(), head(), number_and_date(), title(), body(), ending(), annexes(), capitals()].concat()
}

fn paper() -> Vec<Case> {
    vec![
        ("paper too short", "kho-giay", |p| p.paper.1 = 290.0),
        ("left margin of 27 mm", "le-trai", |p| p.left = 27.0),
        ("left margin of 40 mm", "le-trai", |p| {
            p.left = 40.0;
            for name in ["superior", "issuer", "number"] {
                p.line(name).place = Place::Middle(64.2);
            }
            for name in ["nation", "motto", "date"] {
                p.line(name).place = Place::Middle(141.5);
            }
        }),
        ("right margin of 12 mm", "le-phai", |p| p.right = 198.0),
        ("right margin of 25 mm", "le-phai", |p| {
            p.right = 185.0;
            for name in ["nation", "motto", "date"] {
                p.line(name).place = Place::Middle(136.5);
            }
        }),
        ("text in the top margin", "le-tren", |p| p.begins[1] = 20.0),
        ("text in the bottom margin", "le-duoi", |p| p.line("note II").baseline = 285.0),
        ("a line in Arial", "phong-chu", |p| p.line("note II").face = ARIAL),
        ("a font without characters", "ma-ky-tu", |p| p.line("note II").face = MUTE),
        ("a red line", "mau-chu", |p| p.line("kind").ink = [0.8, 0.0, 0.0]),
        ("grey text", "mau-chu", |p| p.line("note II").ink = [0.5; 3]),
        ("a number on page 1", "so-trang", |p| {
            let mut number = p.line("page 2").clone();
            (number.page, number.words) = (1, "1".to_owned());
            p.lines.push(number);
        }),
        ("numbers that run on in the annex", "so-trang", |p| p.line("page I-2").words = "4".into()),
        ("a page without a number", "so-trang", |p| p.lines.retain(|line| line.name != "page 2")),
        ("a number at the right", "so-trang-vi-tri", |p| {
            p.line("page 2").place = Place::Left(185.0);
        }),
        ("a number at the foot", "so-trang-vi-tri", |p| p.line("page 2").baseline = 275.0),
        ("a number of 12 pt", "so-trang-co-chu", |p| p.line("page 2").size = 12.0),
    ]
}

fn head() -> Vec<Case> {
    vec![
        ("Quốc hiệu in small letters", "quoc-hieu", |p| {
            p.line("nation").words = "Cộng hòa Xã hội Chủ nghĩa Việt Nam".into();
        }),
        ("Quốc hiệu not bold", "quoc-hieu-kieu-chu", |p| p.line("nation").face = REGULAR),
        ("Quốc hiệu of 14 pt", "quoc-hieu-kieu-chu", |p| p.line("nation").size = 14.0),
        ("hyphens without blanks", "tieu-ngu", |p| {
            p.line("motto").words = "Độc lập-Tự do-Hạnh phúc".into();
        }),
        ("Tiêu ngữ in italics", "tieu-ngu-kieu-chu", |p| p.line("motto").face = ITALIC),
        ("Tiêu ngữ not centred", "tieu-ngu-can-giua", |p| {
            p.line("motto").place = Place::Middle(141.0);
        }),
        ("a short rule under Tiêu ngữ", "tieu-ngu-duong-ke", |p| p.rule("motto").share = 0.5),
        ("a dashed rule under Tiêu ngữ", "tieu-ngu-duong-ke", |p| {
            p.rule("motto").is_dashed = true;
        }),
        ("Tiêu ngữ far below", "tieu-ngu-cach-dong", |p| p.line("motto").baseline += 3.0),
        ("superior body in bold", "chu-quan-kieu-chu", |p| p.line("superior").face = BOLD),
        ("issuing body not bold", "co-quan-kieu-chu", |p| p.line("issuer").face = REGULAR),
        ("superior body not centred", "co-quan-can-giua", |p| {
            p.line("superior").place = Place::Middle(58.0);
        }),
        ("a long rule under the issuing body", "co-quan-duong-ke", |p| {
            p.rule("issuer").share = 0.9;
        }),
        ("a rule out of the middle", "co-quan-duong-ke", |p| p.rule("issuer").shift = 4.0),
        ("sizes that do not go together", "co-chu-thong-nhat", |p| p.line("motto").size = 13.0),
    ]
}

fn number_and_date() -> Vec<Case> {
    vec![
        ("a number of one digit", "so-ky-hieu", |p| {
            p.line("number").words = "Số: 5/BC-TCTĐA06".into();
        }),
        ("blanks around the hyphen", "so-ky-hieu", |p| {
            p.line("number").words = "Số: 15/BC - TCTĐA06".into();
        }),
        ("no room for the number", "so-ky-hieu", |p| {
            p.line("number").words = "Số:/BC-TCTĐA06".into();
        }),
        ("number of 14 pt", "so-ky-hieu-kieu-chu", |p| p.line("number").size = 14.0),
        ("number not centred", "so-ky-hieu-can-giua", |p| {
            p.line("number").place = Place::Middle(62.0);
        }),
        ("a day of one digit", "ngay-thang", |p| {
            p.line("date").words = "Tiên Lãng, ngày 5 tháng 3 năm 2024".into();
        }),
        ("February without a zero", "ngay-thang", |p| {
            p.line("date").words = "Tiên Lãng, ngày 15 tháng 2 năm 2024".into();
        }),
        ("no comma after the place", "ngay-thang", |p| {
            p.line("date").words = "Tiên Lãng ngày 15 tháng 3 năm 2024".into();
        }),
        ("date upright", "ngay-thang-kieu-chu", |p| p.line("date").face = REGULAR),
        ("date not centred", "ngay-thang-can-giua", |p| {
            p.line("date").place = Place::Middle(143.0);
        }),
        ("date below the number", "ngay-thang-cung-dong", |p| p.line("date").baseline += 1.5),
    ]
}

fn title() -> Vec<Case> {
    vec![
        ("kind in small letters", "ten-loai-kieu-chu", |p| p.line("kind").words = "Báo cáo".into()),
        ("title not centred", "ten-loai-can-giua", |p| {
            for name in ["kind", "subject 1", "subject 2"] {
                p.line(name).place = Place::Centre(3.0);
            }
        }),
        ("trích yếu not bold", "trich-yeu-kieu-chu", |p| p.line("subject 1").face = REGULAR),
        ("trích yếu not centred", "trich-yeu-can-giua", |p| {
            p.line("subject 2").place = Place::Centre(2.0);
        }),
        ("no rule under trích yếu", "trich-yeu-duong-ke", |p| {
            p.rules.retain(|rule| rule.under != "subject 2");
        }),
        ("addressees in bold", "kinh-gui", |p| p.line("addressees").face = BOLD),
        ("addressees without a colon", "kinh-gui", |p| {
            p.line("addressees").words = "Kính gửi Tổ công tác Đề án 06 thành phố".into();
        }),
    ]
}

fn body() -> Vec<Case> {
    vec![
        ("legal basis upright", "can-cu", |p| p.paragraph("Căn cứ Nghị").face = REGULAR),
        ("text of 12 pt", "loi-van-kieu-chu", |p| p.paragraph("Trong kỳ").size = 12.0),
        ("text in italics", "loi-van-kieu-chu", |p| p.paragraph("Trong kỳ").face = ITALIC),
        ("text in bold", "loi-van-kieu-chu", |p| p.paragraph("Trong kỳ").face = BOLD),
        ("text of two sizes", "loi-van-mot-co", |p| p.paragraph("Trong kỳ").size = 13.0),
        ("ragged lines", "can-deu", |p| p.paragraph("Thực hiện").ragged = 2.0),
        ("first lines at 1,5 cm", "lui-dau-dong", |p| {
            for paragraph in &mut p.paragraphs {
                paragraph.indent = 15.0;
            }
        }),
        ("a first line without indent", "lui-dau-dong", |p| p.paragraph("b) Phòng").indent = 0.0),
        ("paragraphs 3 pt apart", "cach-doan", |p| p.gap = 3.0),
        ("lines set solid", "cach-dong", |p| p.leading = 14.0),
        ("lines set double", "cach-dong", |p| {
            p.leading = 29.0;
            p.begins[0] = 90.0;
            p.paragraphs.retain(|p| !p.words.starts_with("a)") && !p.words.starts_with("b)"));
        }),
        ("a heading in small letters", "de-muc", |p| {
            p.paragraph("I. CÔNG").words = "I. Công tác chỉ đạo, điều hành".into();
        }),
        ("a title of a khoản not bold", "de-muc", |p| {
            p.paragraph("1. Công").face = REGULAR;
        }),
        ("no line justified", "can-deu", |p| {
            let mut off = 0.0;
            for paragraph in &mut p.paragraphs {
                off += 1.3;
                paragraph.ragged = off;
            }
        }),
        ("a point left out", "diem", |p| {
            let words = p.paragraph("b) Phòng").words.replacen("b)", "c)", 1);
            p.paragraph("b) Phòng").words = words;
        }),
    ]
}

fn ending() -> Vec<Case> {
    vec![
        ("office in small letters", "chuc-vu-kieu-chu", |p| {
            p.line("office").words = "Tổ trưởng".into();
        }),
        ("no blank after TM.", "quyen-han", |p| {
            p.line("authority").words = "TM.TỔ CÔNG TÁC ĐỀ ÁN 06".into();
        }),
        ("name in capitals", "ho-ten-kieu-chu", |p| {
            p.line("name").words = "NGUYỄN THỊ BÍCH HƯƠNG".into();
        }),
        ("a degree before the name", "ho-ten-hoc-vi", |p| {
            p.line("name").words = "ThS. Nguyễn Thị Bích Hương".into();
        }),
        ("name not centred", "chu-ky-can-giua", |p| p.line("name").place = Place::Middle(150.0)),
        ("Nơi nhận upright", "noi-nhan-kieu-chu", |p| p.line("label").face = BOLD),
        ("Nơi nhận away from the edge", "noi-nhan-vi-tri", |p| {
            p.line("label").place = Place::Edge(5.0);
        }),
        ("Nơi nhận below the authority", "noi-nhan-vi-tri", |p| p.line("label").baseline += 2.0),
        ("recipients of 12 pt", "noi-nhan-danh-sach", |p| p.line("recipient 2").size = 12.0),
        ("a recipient without a semicolon", "noi-nhan-cach-ghi", |p| {
            p.line("recipient 1").words = "- Như trên.".into();
        }),
        ("Lưu without a full stop", "noi-nhan-cach-ghi", |p| {
            p.line("recipient 3").words = "- Lưu: VT, CAH".into();
        }),
    ]
}

fn annexes() -> Vec<Case> {
    vec![
        ("an annex with an Arabic number", "phu-luc-so", |p| {
            p.line("label II").words = "Phụ lục 2".into();
        }),
        ("label of an annex of 13 pt", "phu-luc-kieu-chu", |p| p.line("label I").size = 13.0),
        ("title of an annex in small letters", "phu-luc-ten", |p| {
            p.line("title I").words = "Kết quả của các xã, thị trấn".into();
        }),
        ("Kèm theo upright", "phu-luc-kem-theo", |p| p.line("attached I").face = REGULAR),
        ("title of an annex not centred", "phu-luc-can-giua", |p| {
            p.line("title II").place = Place::Centre(2.0);
        }),
    ]
}

fn capitals() -> Vec<Case> {
    vec![
        ("capitals of a body", "viet-hoa-co-quan", |p| {
            let words = p.paragraph("a) Ủy").words.replace("Ủy ban nhân dân", "Ủy Ban Nhân Dân");
            p.paragraph("a) Ủy").words = words;
        }),
        ("capitals of a unit", "viet-hoa-dia-danh", |p| {
            let words = p.paragraph("Trong kỳ").words.replace("huyện Tiên", "Huyện Tiên");
            p.paragraph("Trong kỳ").words = words;
        }),
        ("capitals of a citation", "viet-hoa-vien-dan", |p| {
            let words = p.paragraph("Trong kỳ").words.replace("Điều 12", "điều 12");
            p.paragraph("Trong kỳ").words = words;
        }),
    ]
}

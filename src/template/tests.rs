//! Both workspaces load and what they say arrives; the ways to write a template wrongly each give
//! a message that names file, line and entry.

use std::collections::BTreeMap;

use expect_test::expect;

use super::{IndicatorIx, MissingStock, fixtures, load};

#[test]
fn the_district_loads_whole() {
    let templates = fixtures::district();
    let count =
        |group: &str| templates.roster.units.iter().filter(|unit| unit.group == group).count();
    assert_eq!([count("xa"), count("phong"), count("trung_tam")], [21, 31, 1]);
    assert_eq!(templates.indicators.list.len(), 77);
    assert_eq!(templates.targets.list.len(), 21);
    assert_eq!(templates.forms.list.len(), 3);
    assert_eq!(templates.annexes.len(), 5);
    assert_eq!(templates.rules.list.len(), 42);
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(templates.roster.reporting_on(day("2024-03-14")).count(), 53);
    assert_eq!(templates.roster.reporting_on(day("2025-01-14")).count(), 51, "two communes merged");
    let b11 = templates.indicators.find("B11").unwrap();
    let minh = templates.roster.find("tien-minh");
    let target = templates.targets.on(minh, b11, day("2024-03-14"));
    assert_eq!(target.map(|target| target.scaled), Some(5190));
    assert!(templates.targets.on(minh, b11, day("2025-01-14")).is_none(), "targets have a year");
}

#[test]
fn every_unit_of_the_district_has_a_form_with_what_it_must_report() {
    let templates = fixtures::district();
    let asked = |key: &str| {
        let unit = templates.roster.get(templates.roster.find(key).unwrap());
        let form = templates.form_of(unit).unwrap();
        let indicators = form.indicators(&templates.indicators);
        let required =
            |index: &&IndicatorIx| templates.indicators.get(**index).is_required_of(unit);
        let applies = |index: &&IndicatorIx| templates.indicators.get(**index).applies_to(unit);
        let applying = indicators.iter().filter(applies).count();
        (form.code.as_str(), applying, indicators.iter().filter(required).count())
    };
    assert_eq!(asked("tien-minh"), ("01", 76, 59));
    assert_eq!(asked("noi-vu"), ("02", 48, 32));
    assert_eq!(asked("toa-an"), ("02", 46, 30), "no TTHC in the district's one-stop system");
    assert_eq!(asked("trung-tam-vhtt"), ("03", 17, 17));
}

#[test]
fn the_province_is_another_body_with_other_habits() {
    let templates = fixtures::province();
    assert_eq!(templates.indicators.list.len(), 5);
    assert_eq!(templates.roster.units.len(), 5);
    let day = "2024-03-31".parse().unwrap();
    let reporting: Vec<&str> =
        templates.roster.reporting_on(day).map(|(_, unit)| unit.key.as_str()).collect();
    assert_eq!(reporting, ["hoa-binh", "tan-lap", "phu-son"]);
    let dates = templates.body.convention.dates("2024-03".parse().unwrap());
    assert_eq!(dates.last, day);
    assert_eq!(templates.body.missing_stock, MissingStock::CarriedForward);
    assert!(templates.targets.list.is_empty() && templates.roster.lineage.is_empty());
}

#[test]
fn a_digest_changes_with_any_file() {
    let files = fixtures::province_files();
    let mut other = files.clone();
    other.get_mut("bao-cao.md").unwrap().push(b' ');
    let digest = |files| load(files).unwrap().digest();
    assert_eq!(digest(&files), digest(&files));
    assert_ne!(digest(&files), digest(&other));
    assert_eq!(digest(&files).len(), 64);
}

#[test]
fn csv_files_come_from_excel() {
    let mut files = fixtures::district_files();
    let roster = String::from_utf8(files["don-vi.csv"].clone()).unwrap();
    let quoted = roster.replace("huyện|Trung tâm Văn hóa, Thể thao và", "huyện|Trung tâm VHTT và");
    let semicolons = format!("\u{feff}{}", quoted.replace(',', ";").replace('\n', "\r\n"));
    files.insert("don-vi.csv".into(), semicolons.into_bytes());
    assert_eq!(load(&files).unwrap().roster.units.len(), 53);
}

/// File, what stands in it, what a hurried person writes instead.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("co-quan.toml", "dia_danh = \"Tiên Lãng\"\n", ""),
    ("co-quan.toml", "ky_hieu =", "so_hieu ="),
    ("co-quan.toml", "ngay_dau = 15", "ngay_dau = 31"),
    ("co-quan.toml", "don_vi_gio = \"16:00\"", "don_vi_gio = \"16 giờ\""),
    ("co-quan.toml", "\"2024-04-18\"", "\"18.4.2024\""),
    ("co-quan.toml", "lam_bu = [\"2024-05-04\"]", "lam_bu = [\"2024-05-06\"]"),
    ("co-quan.toml", "bieu = \"03\"", "bieu = \"04\""),
    ("co-quan.toml", "khoa = \"dang\"", "khoa = \"chuyen_mon\""),
    ("co-quan.toml", "xep_thu_theo = \"R4\"", "xep_thu_theo = \"R44\""),
    ("co-quan.toml", "\"cong-an-huyen\"", "\"cong-an\""),
    ("co-quan.toml", "\"loai_tru\"", "\"bo_qua\""),
    ("co-quan.toml", "den_ky = \"2024-05\"", "den_ky = \"5/2024\""),
    ("co-quan.toml", "ho_ten = \"Nguyễn Thị Bích Hương\"", "ho_ten = \"Nguyễn Thị Bích Hương"),
    ("don-vi.csv", "nghia_vu,", "nghiavu,"),
    ("don-vi.csv", "dai-thang,", "tien-lang,"),
    ("don-vi.csv", "tien-cuong,11761", "tien-cuong,11758"),
    ("don-vi.csv", "tien-cuong,11761", "tien-cuong,1761"),
    ("don-vi.csv", "xã Đại Thắng,xa,", "xã Đại Thắng,xaa,"),
    ("don-vi.csv", "phong,vu_trang", "phong,vutrang"),
    ("don-vi.csv", ",xa,,,2,,bat_buoc", ",xa,,huyen,2,,bat_buoc"),
    ("don-vi.csv", ",xa,,,2,,bat_buoc", ",xa,,,hai,,bat_buoc"),
    ("don-vi.csv", ",xa,,,2,,bat_buoc", ",xa,,,2,,batbuoc"),
    ("don-vi.csv", ",xa,,,2,,bat_buoc", ",xa,,,2,TT. Tiên Lãng,bat_buoc"),
    ("don-vi.csv", "UBND xã Đại Thắng,", "UBND xã Đại Thắng,,"),
    ("bien-dong.csv", "vinh-quang", "vinhquang"),
    ("bien-dong.csv", "2020-02-01", "1/2020"),
    ("chi-tieu.toml", "ma = \"A02\"", "ma = \"A01\""),
    ("chi-tieu.toml", "ma = \"A02\"", "ma = \"a02\""),
    ("chi-tieu.toml", "loai = \"luy_ke\"", "loai = \"luyke\""),
    ("chi-tieu.toml", "\"phong\", \"trung_tam\"", "\"phong\", \"trungtam\""),
    ("chi-tieu.toml", "\"toa-an\"", "\"toaan\""),
    ("chi-tieu.toml", "tu_so = [\"B06\", \"B07\"]", "tu_so = [\"B06\", \"B77\"]"),
    ("chi-tieu.toml", "\"B08_truoc\"", "\"B80_truoc\""),
    ("chi-tieu.toml", "chi_tieu_giao_cua = \"B08\"", "chi_tieu_giao_cua = \"B80\""),
    ("chi-tieu-giao.csv", "tien-minh,B11", "tien-minh,B08"),
    ("chi-tieu-giao.csv", "tien-minh,B11,5190", "tien-minh,B11,5.190"),
    ("chi-tieu-giao.csv", "tien-minh", "tienminh"),
    ("chi-tieu-giao.csv", "tien-minh", "bac-hung"),
    ("bieu-mau.toml", "\"A18\", \"B01\"", "\"A18\", \"B10\""),
    ("bieu-mau.toml", "\"A18\", \"B01\"", "\"A18\", \"B11\""),
    ("bieu-mau.toml", "\"A18\", \"B01\"", "\"A18\""),
    ("bieu-mau.toml", "\"A18\", \"B01\"", "\"A18\", \"B01\", \"B01\""),
    ("bieu-mau.toml", "hau_to = \"N\"", "hau_to = \"M\""),
    ("bieu-mau.toml", "cong_vao = \"A17\"", "cong_vao = \"A71\""),
    ("bieu-mau.toml", "loai = \"so\", cong_vao = \"A17\"", "loai = \"chu\", cong_vao = \"A17\""),
    ("quy-tac.toml", "\"B02 <= B01\"", "\"B02 <= B80\""),
    ("quy-tac.toml", "\"B02 <= B01\"", "\"B02 =< B01\""),
    ("quy-tac.toml", "\"B02 <= B01\"", "\"B02 - B01\""),
    ("quy-tac.toml", "\"B02 <= B01\"", "\"B02 / B01 <= 1\""),
    ("quy-tac.toml", "\"B02 <= B01\"", "\"abs(B02) <= B01\""),
    ("quy-tac.toml", "\"B02 <= B01\"", "\"B02 <= B01 && B02\""),
    ("quy-tac.toml", "\"B02 <= B01\"", "\"x <= B01\""),
    ("quy-tac.toml", "({B02}) lớn hơn dân số", "({B02) lớn hơn dân số"),
    ("quy-tac.toml", "({B02}) lớn hơn dân số", "({B022}) lớn hơn dân số"),
    ("quy-tac.toml", "bieu = [\"01\"]", "bieu = [\"02\"]"),
    ("quy-tac.toml", "bieu = [\"01\"]", "bieu = [\"09\"]"),
    ("quy-tac.toml", "ma = \"B-02\"", "ma = \"B-01\""),
    ("quy-tac.toml", "muc_do = \"loi\"", "muc_do = \"sai\""),
    ("quy-tac.toml", "o = [\"B02\", \"B01\"]\n", ""),
    ("phu-luc.toml", "ma = \"BT\"", "ma = \"BTT\""),
    ("phu-luc.toml", "thong_ke = \"xep_thu\"", "thong_ke = \"rank\""),
    ("phu-luc.toml", "nhom = \"phong\"", "nhom = \"phongban\""),
    ("phu-luc.toml", "bang = \"tin_bai\"", "bang = \"tinbai\""),
    ("phu-luc.toml", "cot = \"luot_xem\"", "cot = \"luotxem\""),
    ("phu-luc.toml", "E16 = \"Mức 2\"", "E17 = \"Mức 2\""),
    ("phu-luc.toml", "hau_to = \"N\"", "hau_to = \"M\""),
];

#[test]
fn every_mistake_is_named_with_its_place() {
    let mut messages = String::new();
    for (file, right, wrong) in MISTAKES {
        let mut files = fixtures::district_files();
        let text = String::from_utf8(files[*file].clone()).unwrap();
        assert!(text.contains(right), "{file} does not contain {right}");
        files.insert((*file).to_owned(), text.replacen(right, wrong, 1).into_bytes());
        let error = load(&files).expect_err(wrong);
        messages.push_str(&format!("{error}\n"));
    }
    expect![[r#"
        templates/co-quan.toml, dòng 1, cả tệp: thiếu khóa `dia_danh`
        templates/co-quan.toml, dòng 12, khóa `so_hieu`: không có khóa `so_hieu` ở đây; các khóa được dùng: ten, cap_tren, co_quan, dia_ban, toan_bo, dia_danh, ky_hieu, trich_yeu, kinh_gui, mo_dau, noi_nhan, ten_co_chu_so, ky_ten, ky_bao_cao, thoi_han, lich, nhom, khoi, can_cu, so_lieu_toan_quoc, chinh_sach
        templates/co-quan.toml, dòng 52, khóa `ngay_dau`: ngày 31 không dùng được; chỉ dùng ngày 1 đến ngày 28
        templates/co-quan.toml, dòng 56, khóa `don_vi_gio`: `16 giờ` không phải là giờ; giờ viết theo mẫu 16:00
        templates/co-quan.toml, dòng 65, khóa `ngay_nghi`: `18.4.2024` không phải là ngày; ngày viết theo mẫu 2024-03-14 hoặc 14/03/2024
        templates/co-quan.toml, dòng 69, khóa `lam_bu`: ngày làm bù `2024-05-06` không phải là thứ Bảy hoặc Chủ nhật
        templates/co-quan.toml, dòng 88, nhóm `trung_tam`, khóa `bieu`: không có biểu `04`; được dùng: 01, 02, 03
        templates/co-quan.toml, dòng 96, khối: khóa `chuyen_mon` viết hai lần
        templates/co-quan.toml, dòng 163, khóa `xep_thu_theo`: không có tỷ lệ `R44`; được dùng: R4, R1, R2, R3, R5, R6, R7, R8, R9
        templates/co-quan.toml, dòng 162, khóa `don_vi_soan_thao`: không có đơn vị `cong-an`; được dùng: cong-an-huyen, cap-tien, chi-cuc-thue, tien-lang, dai-thang, tien-cuong, tu-cuong, quyet-tien, khoi-nghia, tien-thanh, kien-thiet, doan-lap và 41 đơn vị khác
        templates/co-quan.toml, dòng 161, khóa `thieu_so_luy_ke`: giá trị `bo_qua` không dùng được; các giá trị được dùng: loai_tru, tam_tinh
        templates/co-quan.toml, dòng 140, số liệu toàn quốc `da_cap`: `5/2024` không phải là kỳ báo cáo; kỳ viết theo mẫu 2024-03
        templates/co-quan.toml, dòng 47, khóa `ho_ten`: viết sai cú pháp TOML
        templates/don-vi.csv, dòng 1, tiêu đề cột: không có cột `nghiavu`; các cột được dùng: khoa, ma, ten, ten_ngan, nhom, khoi, cap_tren, thu_tu, ten_khac, nghia_vu, tu_ngay, den_ngay, lien_he
        templates/don-vi.csv, dòng 3, cột `khoa`: khóa `tien-lang` đã có ở dòng trên
        templates/don-vi.csv, dòng 4, cột `ma`: mã `11758` đã dùng cho UBND xã Đại Thắng
        templates/don-vi.csv, dòng 4, cột `ma`: mã `1761` có 4 chữ số trong khi các mã khác có 5; có thể Excel đã làm mất số 0 ở đầu, đề nghị định dạng cột là Văn bản (Text) và ghi lại mã
        templates/don-vi.csv, dòng 3, cột `nhom`: không có nhóm `xaa`; được dùng: xa, phong, trung_tam
        templates/don-vi.csv, dòng 44, cột `khoi`: không có khối `vutrang`; được dùng: vu_trang, chuyen_mon, dang, doan_the, nganh_doc, su_nghiep
        templates/don-vi.csv, dòng 3, cột `cap_tren`: không có đơn vị `huyen`; được dùng: huyen-doan, hung-thang, hoi-cuu-chien-binh, hoi-nong-dan, hoi-phu-nu, bac-hung, bach-dang, ban-to-chuc, ban-tuyen-giao, bhxh, buu-dien, cap-tien và 41 đơn vị khác
        templates/don-vi.csv, dòng 3, cột `thu_tu`: `hai` không phải là số thứ tự (1, 2, 3, …)
        templates/don-vi.csv, dòng 3, cột `nghia_vu`: giá trị `batbuoc` không dùng được; được dùng: bat_buoc, phoi_hop, khong
        templates/don-vi.csv, dòng 3, cột `ten_khac`: tên `TT. Tiên Lãng` cũng là tên của đơn vị `tien-lang`
        templates/don-vi.csv, dòng 3, bảng: dòng có 14 ô, tiêu đề có 13 cột; kiểm tra dấu ngăn cách
        templates/bien-dong.csv, dòng 3, cột `den`: không có đơn vị `vinhquang`; được dùng: vinh-quang, vien-kiem-sat, van-hoa-thong-tin, van-phong, van-phong-huyen-uy, tien-lang, dai-thang, tien-cuong, tu-cuong, quyet-tien, khoi-nghia, tien-thanh và 41 đơn vị khác
        templates/bien-dong.csv, dòng 2, cột `ngay`: `1/2020` không phải là ngày; ngày viết theo mẫu 2024-03-14 hoặc 14/03/2024
        templates/chi-tieu.toml, dòng 28, khóa `ma`: mã `A01` viết hai lần
        templates/chi-tieu.toml, dòng 28, khóa `ma`: mã `a02` phải bắt đầu bằng chữ in hoa không dấu và chỉ gồm chữ, chữ số
        templates/chi-tieu.toml, dòng 145, khóa `loai`: giá trị `luyke` không dùng được; các giá trị được dùng: phat_sinh, luy_ke, co_khong
        templates/chi-tieu.toml, dòng 25, chỉ tiêu A01: không có nhóm `trungtam`; được dùng: trung_tam, xa, phong
        templates/chi-tieu.toml, dòng 316, chỉ tiêu C01: không có đơn vị `toaan`; được dùng: toan-thang, toa-an, tien-lang, tien-cuong, tu-cuong, tien-thanh, tien-thang, tien-minh, tay-hung, tu-phap, tai-chinh-ke-hoach, tai-nguyen-moi-truong và 41 đơn vị khác
        templates/chi-tieu.toml, dòng 703, tỷ lệ R1: không có chỉ tiêu `B77`; được dùng: B01, B02, B03, B04, B05, B06, B07, B08, B09, B10, B11, B12 và 65 chỉ tiêu khác
        templates/chi-tieu.toml, dòng 781, số tính ra BG: không có chỉ tiêu `B80`; được dùng: B01, B02, B03, B04, B05, B06, B07, B08, B09, B10, B11, B12 và 65 chỉ tiêu khác
        templates/chi-tieu.toml, dòng 254, chỉ tiêu B11: không có chỉ tiêu `B80`; được dùng: B01, B02, B03, B04, B05, B06, B07, B08, B09, B10, B11, B12 và 65 chỉ tiêu khác
        templates/chi-tieu-giao.csv, dòng 16, cột `chi_tieu`: không có chỉ tiêu giao `B08`; được dùng: B11
        templates/chi-tieu-giao.csv, dòng 16, cột `gia_tri`: `5.190` không phải là số chỉ tiêu; viết liền chữ số, như 5190
        templates/chi-tieu-giao.csv, dòng 16, cột `don_vi`: không có đơn vị `tienminh`; được dùng: tien-cuong, tien-lang, tien-minh, tien-thang, tien-thanh, tai-chinh-ke-hoach, tai-nguyen-moi-truong, tay-hung, thanh-tra, toa-an, toan-thang, trung-tam-vhtt và 41 đơn vị khác
        templates/chi-tieu-giao.csv, dòng 17, cột `don_vi`: đơn vị đã có chỉ tiêu này với cùng ngày quyết định ở dòng trên
        templates/bieu-mau.toml, dòng 53, biểu 01: `B10` viết hai lần
        templates/bieu-mau.toml, dòng 53, biểu 01, phần 2: chỉ tiêu B11 là số được giao (tệp chi-tieu-giao.csv), đơn vị không tự ghi
        templates/bieu-mau.toml, dòng 30, biểu 01: nhóm `xa` phải báo cáo chỉ tiêu B01 (tệp chi-tieu.toml) nhưng biểu không có dòng này
        templates/bieu-mau.toml, dòng 53, biểu 01: `B01` viết hai lần
        templates/bieu-mau.toml, dòng 67, biểu 01, phần 3: không có chỉ tiêu `E01M`; được dùng: E01, E01N, E02, E03, E04, E05, E06, E07, E08, E09, E02N, E03N và 65 chỉ tiêu khác
        templates/bieu-mau.toml, dòng 83, biểu 01, bảng chi tiết `thon`: không có chỉ tiêu `A71`; được dùng: A01, A02, A03, A04, A05, A06, A07, A08, A09, A10, A11, A12 và 65 chỉ tiêu khác
        templates/bieu-mau.toml, dòng 83, biểu 01, bảng chi tiết `thon`: cột `so_to` không phải là số nên không so được với chỉ tiêu A17
        templates/quy-tac.toml, dòng 18, quy tắc B-01: dieu_kien, ký tự 8: không có chỉ tiêu `B80`; được dùng: B01, B02, B03, B04, B05, B06, B07, B08, B09, B10, B11, B12 và 71 chỉ tiêu khác
        templates/quy-tac.toml, dòng 18, quy tắc B-01: dieu_kien, ký tự 5: viết sai cú pháp
        templates/quy-tac.toml, dòng 18, quy tắc B-01: dieu_kien, ký tự 1: phải là điều kiện đúng hoặc sai, như B02 <= B01
        templates/quy-tac.toml, dòng 18, quy tắc B-01: dieu_kien, ký tự 5: điều kiện không dùng phép chia; viết A03 >= 5 * A02 thay cho A03 / A02 >= 5
        templates/quy-tac.toml, dòng 18, quy tắc B-01: dieu_kien, ký tự 1: không có hàm `abs`; chỉ có hàm lech(a, b)
        templates/quy-tac.toml, dòng 18, quy tắc B-01: dieu_kien, ký tự 12: hai vế của `&&` phải là điều kiện
        templates/quy-tac.toml, dòng 18, quy tắc B-01: điều kiện dùng `x` nhưng quy tắc không có voi_moi
        templates/quy-tac.toml, dòng 22, quy tắc B-01: thong_bao, ký tự 40: viết sai cú pháp
        templates/quy-tac.toml, dòng 22, quy tắc B-01: thong_bao, ký tự 37: không có chỉ tiêu `B022`; được dùng: B02, B01, B03, B04, B05, B06, B07, B08, B09, B10, B11, B12 và 71 chỉ tiêu khác
        templates/quy-tac.toml, dòng 18, quy tắc B-01: dieu_kien, ký tự 1: chỉ tiêu `B02` không có trong biểu của quy tắc
        templates/quy-tac.toml, dòng 17, quy tắc B-01: không có biểu `09`; được dùng: 01, 02, 03
        templates/quy-tac.toml, dòng 27, quy tắc: mã `B-01` viết hai lần
        templates/quy-tac.toml, dòng 19, khóa `muc_do`: giá trị `sai` không dùng được; các giá trị được dùng: tu_choi, loi, canh_bao, thong_tin
        templates/quy-tac.toml, dòng 16, quy tắc B-01: phải có khóa `o` (các chỉ tiêu được chỉ ra) hoặc `voi_moi`
        templates/phu-luc.toml, dòng 64, phụ lục `PL II`: không có chỉ tiêu `BTT`; được dùng: BT, B01, B02, B03, B04, B05, B06, B07, B08, B09, B10, B11 và 77 chỉ tiêu khác
        templates/phu-luc.toml, dòng 75, phụ lục `PL II`: không có thống kê `rank`; được dùng: ky_nay, ky_truoc, tang_giam, tang_giam_pt, so_sanh_duoc, so_sanh_duoc_truoc, luy_ke_nam, ty_le, ty_le_truoc, diem_phan_tram, giao, ty_le_giao, con_thieu, xep_thu, so_don_vi_dat, so_don_vi, tong_don_vi
        templates/phu-luc.toml, dòng 89, phụ lục `PL III`: không có nhóm `phongban`; được dùng: phong, xa, trung_tam
        templates/phu-luc.toml, dòng 132, phụ lục `PL IV`: không có bảng chi tiết `tinbai`; được dùng: tin_bai
        templates/phu-luc.toml, dòng 143, phụ lục `PL IV`: không có cột chi tiết `luotxem`; được dùng: luot_phat, luot_xem, ngay, ten, the_loai, kenh, thoi_luong, tong_phut, ghi_chu
        templates/phu-luc.toml, dòng 162, phụ lục `PL V`: không có dòng `E17`; được dùng: E10, E11, E12, E13, E14, E15, E16, E01, E02, E03, E04, E05, E06, E07, E08, E09
        templates/phu-luc.toml, dòng 164, phụ lục `PL V`: không có chỉ tiêu `E01M`; được dùng: E01, E01N, E02, E03, E04, E05, E06, E07, E08, E09, E02N, E03N và 65 chỉ tiêu khác
    "#]].assert_eq(&messages);
}

#[test]
fn missing_files_and_foreign_encodings_are_named() {
    let mut files: BTreeMap<String, Vec<u8>> = fixtures::province_files();
    files.insert("don-vi.csv".into(), vec![b'k', 0xe1]);
    assert!(load(&files).unwrap_err().to_string().contains("don-vi.csv: không phải là văn bản"));
    files.remove("don-vi.csv");
    assert!(load(&files).unwrap_err().to_string().starts_with("thiếu tệp templates/don-vi.csv"));
}

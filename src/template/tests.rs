//! Both workspaces load and what they say arrives; the ways to write a template wrongly each give
//! a message that names file, line and entry.

use std::collections::BTreeMap;

use expect_test::expect_file;

use super::{IndicatorIx, MissingStock, fixtures, load};

#[test]
fn the_district_loads_whole() {
    let templates = fixtures::district();
    let count =
        |group: &str| templates.roster.units.iter().filter(|unit| unit.group == group).count();
    assert_eq!([count("xa"), count("phong"), count("trung_tam")], [21, 31, 1]);
    assert_eq!(templates.indicators.list.len(), 77);
    assert_eq!(templates.targets.iter().count(), 21);
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
    assert!(templates.targets.iter().next().is_none() && templates.roster.lineage.is_empty());
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

#[test]
fn communes_of_two_districts_may_share_a_name() {
    let mut files = fixtures::province_files();
    let roster = String::from_utf8(files["don-vi.csv"].clone()).unwrap();
    let shared = roster.replace("UBND xã Phú Sơn;xã Phú Sơn", "UBND xã Hòa Bình;xã Hòa Bình");
    files.insert("don-vi.csv".into(), shared.clone().into_bytes());
    assert!(load(&files).is_ok());
    let below_one = shared.replace("khu-tay;3", "khu-dong;3").replace("00203", "00103");
    files.insert("don-vi.csv".into(), below_one.into_bytes());
    assert!(load(&files).unwrap_err().to_string().contains("cũng là tên của đơn vị `hoa-binh`"));
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
    ("co-quan.toml", "huyện Tiên Lãng {ky}", "huyện Tiên Lãng {thang}"),
    ("co-quan.toml", "dien_thoai = \"\"", "dien_thoai = \"gọi anh Minh\""),
    ("co-quan.toml", "Kính gửi {don_vi}!", "Kính gửi {ten}!"),
    ("co-quan.toml", "Kính gửi {don_vi}!", "Kính gửi đơn vị!"),
    ("co-quan.toml", "loi_ket = \"Trân trọng", "loi_ket = \"Trân trọng\\nTrân trọng"),
    ("co-quan.toml", "nhac_truoc_ngay = 3", "nhac_truoc_ngay = 30"),
    ("don-vi.csv", "nghia_vu,", "nghiavu,"),
    ("don-vi.csv", "dai-thang,", "tien-lang,"),
    ("don-vi.csv", "dai-thang,", "con,"),
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
    ("chi-tieu.toml", "Số lượt người tham dự", "Số hội nghị, buổi tuyên truyền trực tiếp"),
    ("chi-tieu.toml", "ma = \"A02\"", "ma = \"a02\""),
    ("chi-tieu.toml", "\"lượt người tham gia\"", "\"Số tờ rơi, tờ gấp đã phát\""),
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
    ("bieu-mau.toml", "\"Đến hết {den}\"", "\"Đến hết {ngay}\""),
    ("bieu-mau.toml", "hau_to = \"N\"", "hau_to = \"M\""),
    ("bieu-mau.toml", "so_dong = 12", "so_dong = 0"),
    ("bieu-mau.toml", "ghi_san = [\"ten\"]", "ghi_san = [\"tenn\"]"),
    ("bieu-mau.toml", "kieu = \"dong\"", "kieu = \"dai\""),
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
    ("quy-tac.toml", "muc_do = \"canh_bao\"", "muc_do = \"loi\""),
    ("quy-tac.toml", "Đề nghị kiểm tra lại hai số", "Đề nghị kiểm tra lại {B02}"),
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
    ("phu-luc.toml", "vi_tri = \"phu_luc\"", "vi_tri = \"phuluc\""),
    ("phu-luc.toml", "khoa = \"cac_buoc\"", "khoa = \"kich_hoat\""),
    ("phu-luc.toml", "xep_theo = { ma = \"R4\"", "xep_theo = { ma = \"R44\""),
    ("phu-luc.toml", "ma = \"R11\", thong_ke = \"mau_so\"", "ma = \"R11\", thong_ke = \"mauso\""),
    ("phu-luc.toml", "so_thang = 12", "so_thang = 24"),
    ("phu-luc.toml", "loai = \"thang\"\nnhom = \"xa\"", "loai = \"thang\"\nnhom = \"xaa\""),
    ("phu-luc.toml", "loai = \"don_vi\"\nnhom = \"xa\"\nthanh", "loai = \"don_vi\"\nthanh"),
    ("phu-luc.toml", "buoc = [", "bac = ["),
    ("phu-luc.toml", "tháng\"\nloai = \"thang\"", "tháng {thang}\"\nloai = \"thang\""),
];

#[test]
fn every_mistake_is_named_with_its_place() {
    let messages: Vec<String> = MISTAKES
        .iter()
        .map(|(file, right, wrong)| {
            let mut files = fixtures::district_files();
            let text = String::from_utf8(files[*file].clone()).unwrap();
            assert!(text.contains(right), "{file} does not contain {right}");
            files.insert((*file).to_owned(), text.replacen(right, wrong, 1).into_bytes());
            load(&files).expect_err(wrong).to_string()
        })
        .collect();
    expect_file!["mistakes.txt"].assert_eq(&(messages.join("\n") + "\n"));
}

#[test]
fn a_file_cut_off_anywhere_never_stops_the_program() {
    let files = fixtures::province_files();
    for (name, bytes) in &files {
        for length in (0..bytes.len()).step_by(61) {
            let mut cut = files.clone();
            cut.insert(name.clone(), bytes[..length].to_vec());
            if let Err(error) = load(&cut) {
                assert!(error.to_string().contains(name.as_str()), "{error}");
            }
        }
    }
}

#[test]
fn missing_files_and_foreign_encodings_are_named() {
    let mut files: BTreeMap<String, Vec<u8>> = fixtures::province_files();
    files.insert("don-vi.csv".into(), vec![b'k', 0xe1]);
    assert!(load(&files).unwrap_err().to_string().contains("don-vi.csv: không phải là văn bản"));
    files.remove("don-vi.csv");
    assert!(load(&files).unwrap_err().to_string().starts_with("thiếu tệp templates/don-vi.csv"));
}

#[test]
fn a_mapping_that_cannot_hold_is_a_mistake_with_its_line() {
    let table = "[[bang]]\ntieu_de_cot = [\"Mã\", \"Con số\", \"Số khác\"]\nchu_cac_dong = [\"Dòng một\", \"Dòng hai\", \"Dòng hai\"]\n";
    let cases = [
        (
            "[[bang.cot]]\ntieu_de = \"Con số\"\nhieu_la = \"trong_kyy\"\n",
            "dòng 6",
            "không có loại cột `trong_kyy`",
        ),
        (
            "[[bang.cot]]\ntieu_de = \"Cột lạ\"\nhieu_la = \"trong_ky\"\n",
            "dòng 5",
            "không có trong `tieu_de_cot`",
        ),
        (
            "[[bang.cot]]\ntieu_de = \"Con số\"\nhieu_la = \"trong_ky\"\n[[bang.cot]]\ntieu_de = \"Số khác\"\nhieu_la = \"luy_ke\"\n",
            "dòng 9",
            "mâu thuẫn với cột `Con số`",
        ),
        (
            "[[bang.dong]]\nchu = \"Dòng một\"\nchi_tieu = \"B80\"\n",
            "dòng 6",
            "không có chỉ tiêu `B80`",
        ),
        (
            "[[bang.dong]]\nchu = \"Dòng ba\"\nchi_tieu = \"B08\"\n",
            "dòng 5",
            "không có trong `chu_cac_dong`",
        ),
        ("[[bang.dong]]\nchu = \"Dòng hai\"\nchi_tieu = \"B08\"\n", "dòng 5", "2 dòng cùng chữ"),
        (
            "[[bang.dong]]\nchu = \"Dòng hai\"\nlan = \"3/2\"\nchi_tieu = \"B08\"\n",
            "dòng 6",
            "phải từ \"1/2\"",
        ),
        (
            "[[bang.dong]]\nchu = \"Dòng một\"\nchi_tieu = \"B08\"\n[[bang.dong]]\nchu = \"DÒNG MỘT\"\nchi_tieu = \"B09\"\n",
            "dòng 9",
            "đã hiểu là chỉ tiêu B08",
        ),
        ("[[bang.dong]]\nchu = \"Dòng một\"\no = \"C5\"\n", "dòng 6", "không có khóa `o`"),
    ];
    let with = |files: &[(&str, &str)]| {
        let mut all = fixtures::district_files();
        all.extend(files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())));
        load(&all)
    };
    for (entry, line, words) in cases {
        let error = with(&[("anh-xa/a.toml", &format!("{table}{entry}"))]).unwrap_err().to_string();
        assert!(error.starts_with(&format!("templates/anh-xa/a.toml, {line}")), "{error}");
        assert!(error.contains(words), "{error}");
    }
    let twice = with(&[("anh-xa/a.toml", table), ("anh-xa/b.toml", table)]).unwrap_err();
    assert!(twice.to_string().contains("đã có ánh xạ ở templates/anh-xa/a.toml"), "{twice}");
    let entry = "[[bang.dong]]\nchu = \"Dòng hai\"\nlan = \"2/2\"\nchi_tieu = \"B08\"\n";
    let templates = with(&[("anh-xa/a.toml", &format!("{table}{entry}"))]).unwrap();
    let again = with(&[("anh-xa/a.toml", &templates.mappings[0].to_toml())]).unwrap();
    assert_eq!(again.mappings, templates.mappings, "what is written is read back");
}

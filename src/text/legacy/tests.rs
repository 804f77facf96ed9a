//! Both encodings over whole texts: there and back, the vote of a workbook, and Unicode left alone.

use super::*;

const TEXTS: [&str; 14] = [
    "Ủy ban nhân dân xã Tiên Minh",
    "Báo cáo kết quả thực hiện Đề án 06 tháng 3 năm 2024",
    "Số buổi tuyên truyền",
    "Tài khoản định danh điện tử mức 2 đã kích hoạt",
    "Khó khăn, vướng mắc: mạng yếu, người dân chưa có điện thoại thông minh",
    "Kiến nghị, đề xuất",
    "Tổng cộng",
    "Thôn Đông Xuyên Ngoại",
    "Không phát sinh",
    "Đơn vị báo cáo",
    "Kỳ báo cáo",
    "Lũy kế từ đầu năm",
    "Người lập biểu",
    "Ghi chú (giải trình)",
];

fn typed(texts: &[String]) -> Vec<TypedText<'_>> {
    texts.iter().map(|text| TypedText { sheet: 0, column: 1, text, font: None }).collect()
}

#[test]
fn texts_go_there_and_back() {
    for text in TEXTS {
        assert_eq!(Encoding::Vni.decode(&Encoding::Vni.encode(text)), text);
        let upper = text.to_uppercase();
        assert_eq!(Encoding::Vni.decode(&Encoding::Vni.encode(&upper)), upper);
        let back = Encoding::Tcvn3.decode(&Encoding::Tcvn3.encode(text));
        assert_eq!(back.to_lowercase(), text.to_lowercase());
        let shown = Encoding::Tcvn3.encode(text);
        let shown = Decoding::Whole(Encoding::Tcvn3).apply(&shown, Some(Typeface::Tcvn3Capitals));
        assert_eq!(shown, upper);
    }
}

#[test]
fn a_workbook_of_one_encoding_is_decoded_whole() {
    for encoding in Encoding::ALL {
        let texts = TEXTS.map(|text| encoding.encode(text));
        assert_eq!(decide(&typed(&texts)), [Some(Decoding::Whole(encoding)); 14], "{encoding:?}");
    }
}

#[test]
fn unicode_between_old_texts_stays() {
    let unicode = ["Tên thôn", "công an", "Kho bạc", "Bé trai", "5 µm", "café", "B08", "12,5%"];
    for encoding in Encoding::ALL {
        let mut texts: Vec<String> = TEXTS.map(|text| encoding.encode(text)).to_vec();
        texts.extend(unicode.map(str::to_owned));
        let mut typed = typed(&texts);
        for (row, text) in typed.iter_mut().enumerate() {
            text.column = u32::from(row >= TEXTS.len());
        }
        let decided = decide(&typed);
        assert_eq!(decided[..TEXTS.len()], [Some(Decoding::Whole(encoding)); 14], "{encoding:?}");
        assert_eq!(decided[TEXTS.len()..], [None; 8], "{encoding:?}");
    }
}

#[test]
fn both_encodings_may_stand_in_one_workbook() {
    let mut texts = TEXTS.map(|text| Encoding::Tcvn3.encode(text)).to_vec();
    texts.extend(TEXTS.map(|text| Encoding::Vni.encode(text)));
    texts.extend(TEXTS.map(str::to_owned));
    let decided = decide(&typed(&texts));
    let expected =
        [Some(Encoding::Tcvn3), Some(Encoding::Vni), None].map(|it| it.map(Decoding::Whole));
    for (decided, expected) in decided.chunks(14).zip(expected) {
        assert_eq!(decided, [expected; 14]);
    }
}

#[test]
fn a_word_or_two_are_no_vote_but_a_font_confirms_them() {
    for (text, encoding, font) in [
        ("Tæng", Encoding::Tcvn3, Typeface::of_name(".VnTime")),
        ("Toång", Encoding::Vni, Typeface::of_name("VNI-Times")),
    ] {
        let alone = TypedText { sheet: 0, column: 0, text, font: None };
        assert_eq!(decide(&[alone]), [None]);
        assert_eq!(
            decide(&[TypedText { font: Some(font), ..alone }]),
            [Some(Decoding::Whole(encoding))]
        );
        let elsewhere = TypedText { font: Some(Typeface::Other), ..alone };
        assert_eq!(decide(&[elsewhere]), [None]);
    }
    // Unicode in a cell that still has an old font.
    let text = "Tổng công ty công an nhân dân";
    let retyped = TypedText { sheet: 0, column: 0, text, font: Some(Typeface::Tcvn3) };
    assert_eq!(decide(&[retyped]), [None]);
}

#[test]
fn old_words_between_unicode_are_decoded_one_by_one() {
    for (text, encoding, expected) in [
        ("Ủy ban nh©n d©n quËn 5", Encoding::Tcvn3, "Ủy ban nhân dân quận 5"),
        ("tại QuyÕt ®ịnh sè 477/Q§-NHNN", Encoding::Tcvn3, "tại Quyết định số 477/QĐ-NHNN"),
        ("Quận 5, thaønh phoá Hồ Chí Minh", Encoding::Vni, "Quận 5, thành phố Hồ Chí Minh"),
    ] {
        let mut texts = TEXTS.map(|text| encoding.encode(text)).to_vec();
        texts.push(text.to_owned());
        let decided = decide(&typed(&texts));
        assert_eq!(decided[14], Some(Decoding::Words(encoding)), "{text}");
        assert_eq!(decided[14].unwrap().apply(text, None), expected);
        assert_eq!(decide(&typed(&texts[14..])), [None], "one text has no vote");
    }
}

#[test]
fn fonts_weigh_only_where_they_are_right() {
    // "Ghi chó" is "Ghi chú" in TCVN3, and of possible syllables in Unicode.
    for (font, expected) in [
        (".VnTime", Some(Decoding::Whole(Encoding::Tcvn3))),
        ("Arial", Some(Decoding::Whole(Encoding::Tcvn3))),
    ] {
        let mut texts = TEXTS.map(|text| Encoding::Tcvn3.encode(text)).to_vec();
        // Nor is "Ir¾c", a foreign name, a word of any.
        texts.extend(["Ghi chó", "Tổng số", "Ir¾c"].map(str::to_owned));
        let mut typed = typed(&texts);
        for text in &mut typed {
            text.font = Some(Typeface::of_name(font));
        }
        typed[14].column = 9;
        assert_eq!(decide(&typed)[14], expected, "all in {font}");
        assert_eq!(decide(&typed)[16], expected.filter(|_| font == ".VnTime"), "{font}");
        typed[14].font = Some(Typeface::Other);
        let expected = expected.filter(|_| font == "Arial");
        assert_eq!(decide(&typed)[14], expected, "the others in {font}");
    }
}

#[test]
fn foreign_words_and_signs_never_vote() {
    let texts = [
        "Société Générale, où l'été est né",
        "Müller & Söhne GmbH, Straße 5, für größere Flüsse",
        "São Paulo, não, coração, informações",
        "señor, mañana, año, más, está, qué",
        "på engelska så må vi äta",
        "café, Noël, résumé, naïve, Zoë, Peña",
        "25 °C ± 2, 10 µm × 3 m², ½ · ¼ § 5 © 2024 «a»",
        "Công ty TNHH, thông tin, công văn, quân nhân, thành viên",
    ];
    for text in texts {
        let alone = TypedText { sheet: 0, column: 0, text, font: None };
        assert_eq!(decide(&[alone]), [None], "{text}");
    }
    let all: Vec<String> = texts.map(str::to_owned).to_vec();
    assert_eq!(decide(&typed(&all)), [None; 8]);
}

#[test]
fn fonts_tell_by_their_names() {
    for (name, expected) in [
        (".VnTime", Typeface::Tcvn3),
        (".vntime", Typeface::Tcvn3),
        (".VnArial NarrowH", Typeface::Tcvn3Capitals),
        ("VNI-Times", Typeface::Vni),
        ("Times New Roman", Typeface::Other),
        ("Verdana", Typeface::Other),
    ] {
        assert_eq!(Typeface::of_name(name), expected, "{name}");
    }
}

//! A correct báo cáo as a word processor's file, for what LibreOffice makes of it: cells, borders as
//! rules, fields as page numbers. Lengths are twentieths of a point.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

const CENTRE: &str = r#"<w:jc w:val="center"/>"#;
const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const HEADER_RELATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="h1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>"#;
const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// How words are set: bold, italic, twice the size in points.
#[derive(Clone, Copy)]
struct Set(&'static str, u32);

const PLAIN: &str = "";
const BOLD: &str = "<w:b/>";
const ITALIC: &str = "<w:i/>";
const BOLD_ITALIC: &str = "<w:b/><w:i/>";

/// Returns the report as the bytes of a DOCX.
pub fn report() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let header = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:hdr {SPACES}><w:p><w:pPr>{CENTRE}</w:pPr><w:r>{}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{}<w:instrText>PAGE</w:instrText></w:r><w:r>{}<w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>"#,
        set(Set(PLAIN, 28)),
        set(Set(PLAIN, 28)),
        set(Set(PLAIN, 28)),
    );
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/_rels/document.xml.rels", HEADER_RELATION.to_owned()),
        ("word/header1.xml", header),
        ("word/document.xml", document()),
    ];
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn set(Set(face, size): Set) -> String {
    format!(
        r#"<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>{face}<w:sz w:val="{size}"/></w:rPr>"#
    )
}

/// Returns a paragraph; `layout` stands in its properties.
fn paragraph(words: &str, layout: &str, how: Set) -> String {
    format!(
        r#"<w:p><w:pPr>{layout}</w:pPr><w:r>{}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>"#,
        set(how)
    )
}

/// Returns an empty paragraph whose upper border is a rule of a length in a column.
fn rule(column: f64, length: f64) -> String {
    let side = ((column - length) / 2.0 * 1440.0 / 25.4).round();
    let layout = format!(
        r#"<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr><w:spacing w:before="40" w:line="120" w:lineRule="exact"/><w:ind w:left="{side}" w:right="{side}"/>"#
    );
    paragraph("", &layout, Set(PLAIN, 8))
}

/// Returns a table of one row without borders; widths in millimetres.
fn columns(cells: &[(f64, String)]) -> String {
    let twips = |width: f64| (width * 1440.0 / 25.4).round();
    let grid: Vec<String> =
        cells.iter().map(|(w, _)| format!(r#"<w:gridCol w:w="{}"/>"#, twips(*w))).collect();
    let cells: Vec<String> = cells
        .iter()
        .map(|(width, content)| {
            format!(
                r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>{content}</w:tc>"#,
                twips(*width)
            )
        })
        .collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"#,
        twips(160.0),
        grid = grid.concat(),
        cells = cells.concat(),
    )
}

fn head() -> String {
    let line =
        |words: &str, face: &'static str, size: u32| paragraph(words, CENTRE, Set(face, size));
    let left = [
        line("UBND HUYỆN TIÊN LÃNG", PLAIN, 26),
        line("TỔ CÔNG TÁC ĐỀ ÁN 06", BOLD, 26),
        rule(60.0, 22.4),
    ];
    let right = [
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD, 26),
        line("Độc lập - Tự do - Hạnh phúc", BOLD, 28),
        rule(100.0, 60.45),
    ];
    let number = line("Số: 15/BC-TCTĐA06", PLAIN, 26);
    let date = line("Tiên Lãng, ngày 15 tháng 3 năm 2024", ITALIC, 28);
    // The taller line of a row decides where both stand.
    let number = number.replacen(
        CENTRE,
        &format!(r#"<w:spacing w:line="400" w:lineRule="exact"/>{CENTRE}"#),
        1,
    );
    let date = date.replacen(
        CENTRE,
        &format!(r#"<w:spacing w:line="400" w:lineRule="exact"/>{CENTRE}"#),
        1,
    );
    let gap = paragraph("", r#"<w:spacing w:line="20" w:lineRule="exact"/>"#, Set(PLAIN, 2));
    let rows = columns(&[(60.0, left.concat()), (100.0, right.concat())]);
    format!("{rows}{gap}{}", columns(&[(60.0, number), (100.0, date)]))
}

fn document() -> String {
    let title = r#"<w:spacing w:before="0"/><w:jc w:val="center"/>"#;
    let mut body = head();
    body.push_str(&paragraph(
        "BÁO CÁO",
        r#"<w:spacing w:before="240"/><w:jc w:val="center"/>"#,
        Set(BOLD, 28),
    ));
    body.push_str(&paragraph(
        "Kết quả triển khai thực hiện Đề án 06 tháng 3 năm 2024",
        title,
        Set(BOLD, 28),
    ));
    body.push_str(&rule(160.0, 50.0));
    let to = "Kính gửi: Tổ công tác Đề án 06 thành phố";
    body.push_str(&paragraph(
        to,
        r#"<w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/>"#,
        Set(PLAIN, 28),
    ));
    let text = r#"<w:spacing w:after="120" w:line="276" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>"#;
    let words = [
        "Thực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ, Tổ công tác Đề án 06 huyện Tiên Lãng báo cáo kết quả tuyên truyền, triển khai thực hiện trong tháng như sau:",
        "Trong kỳ, các cơ quan, đơn vị trên địa bàn huyện Tiên Lãng đã ban hành nhiều văn bản chỉ đạo, kế hoạch về tuyên truyền, triển khai thực hiện Đề án 06 và ứng dụng định danh điện tử quốc gia trên toàn địa bàn.",
        "Các Tổ công tác cấp thôn đã đến tuyên truyền, hướng dẫn tại nhà nhiều hộ gia đình; số liệu cụ thể của từng đơn vị được trình bày tại các phụ lục kèm theo báo cáo này để các cơ quan theo dõi, đối chiếu và sử dụng.",
    ];
    body.push_str(&paragraph("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", text, Set(BOLD, 28)));
    for _ in 0..5 {
        for words in words {
            body.push_str(&paragraph(words, text, Set(PLAIN, 28)));
        }
    }
    body.push_str(&ending());
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document {SPACES}><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>"#
    )
}

fn ending() -> String {
    let list = ["- Như trên;", "- UBND các xã, thị trấn;", "- Lưu: VT, CAH."];
    let list: Vec<String> = list.iter().map(|words| paragraph(words, "", Set(PLAIN, 22))).collect();
    let left = format!("{}{}", paragraph("Nơi nhận:", "", Set(BOLD_ITALIC, 24)), list.concat());
    let room = r#"<w:spacing w:before="1700"/><w:jc w:val="center"/>"#;
    let right = [
        paragraph("TM. TỔ CÔNG TÁC ĐỀ ÁN 06", CENTRE, Set(BOLD, 28)),
        paragraph("TỔ TRƯỞNG", CENTRE, Set(BOLD, 28)),
        paragraph("Nguyễn Thị Bích Hương", room, Set(BOLD, 28)),
    ];
    columns(&[(72.0, left), (88.0, right.concat())])
}

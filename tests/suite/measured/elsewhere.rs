//! Files that the test-only writer does not make: our report, LibreOffice's, broken and hostile ones;
//! and the numbers of poppler beside ours.

use std::fmt::Write;
use std::fs;
use std::io::Read;

use da06::measure::{self, Line, MeasureError, Page};
use quick_xml::{Reader, events::Event};

use super::docx;
use super::paper::Widths;
use super::plan::Plan;
use crate::support::{MARCH, Sandbox, tool};

const MM: f64 = 25.4 / 72.0;

fn report(sandbox: &Sandbox) -> String {
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    "output/2024-03/bao-cao-2024-03.pdf".to_owned()
}

/// Returns the PDF that LibreOffice makes of the DOCX; nothing where it has no word processor.
fn libreoffice(sandbox: &Sandbox) -> Option<Vec<u8>> {
    sandbox.write("bao-cao.docx", docx::report());
    let profile = format!("-env:UserInstallation=file://{}", sandbox.path("profile").display());
    let (source, folder) = (sandbox.path("bao-cao.docx"), sandbox.root().display().to_string());
    let source = source.display().to_string();
    tool(
        "soffice",
        &[&profile, "--headless", "--convert-to", "pdf", "--outdir", &folder, &source],
    )?;
    let made = fs::read(sandbox.path("bao-cao.pdf")).ok();
    assert!(
        made.is_some() || std::env::var_os("DA06_ALL_TOOLS").is_none(),
        "no libreoffice-writer"
    );
    made
}

#[test]
fn our_report_passes_every_clause() {
    let sandbox = Sandbox::tien_lang();
    let file = report(&sandbox);
    let run = sandbox.da06(&["measure", &file]).ends_with(0);
    let run = run.says(&["0 không đạt", "Đường kẻ dưới Tiêu ngữ: dài 60,5 mm"]);
    assert!(!run.stdout.contains("KHÔNG ĐẠT"), "{}", run.stdout);
    let json = sandbox.da06(&["measure", "--json", &file]).ends_with(0);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let checks = json["checks"].as_array().unwrap();
    assert_eq!(checks.len(), measure::CLAUSES.iter().map(|group| group.len()).sum::<usize>());
    assert!(checks.iter().all(|check| check["decree"].is_string() && check["verdict"] != "fail"));
    let justified = checks.iter().find(|check| check["id"] == "can-deu").unwrap();
    assert!(!justified["measured"].as_str().unwrap().contains("làm tròn"), "{justified}");
}

#[test]
fn a_report_of_libreoffice_passes_and_a_wrong_one_does_not() {
    let sandbox = Sandbox::empty();
    let Some(bytes) = libreoffice(&sandbox) else { return };
    let wrong: Vec<_> = measure::measure(&bytes).unwrap().failed().cloned().collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    sandbox.da06(&["measure", "bao-cao.pdf"]).ends_with(0);
    let mut plan = Plan::correct();
    plan.line("number").words = "Số: 5/BC-TCTĐA06".into();
    sandbox.write("sai.pdf", plan.pdf(&Widths::load()));
    sandbox.da06(&["measure", "sai.pdf"]).ends_with(1).says(&[
        "KHÔNG ĐẠT: Số, ký hiệu, trang 1 (Mục II.3, so-ky-hieu)",
        "số 5 nhỏ hơn 10 phải ghi 05",
    ]);
}

#[test]
fn poppler_sees_the_words_where_we_do() {
    let sandbox = Sandbox::tien_lang();
    let ours = sandbox.path(&report(&sandbox));
    compare(&fs::read(&ours).unwrap(), ours.to_str().unwrap());
    if let Some(bytes) = libreoffice(&sandbox) {
        compare(&bytes, sandbox.path("bao-cao.pdf").to_str().unwrap());
    }
}

/// Compares the ends of lines that poppler and we see as the same words.
fn compare(bytes: &[u8], path: &str) {
    let Some(xml) = tool("pdftotext", &["-bbox-layout", path, "-"]) else { return };
    let mut theirs = poppler(&String::from_utf8(xml).unwrap());
    // Short words stand in many cells, which the two divide differently.
    theirs.retain(|(.., words)| words.chars().count() >= 12);
    let pages = measure::pages(bytes).unwrap();
    let mut compared = 0;
    for (number, left, right, words) in &theirs {
        let page: &Page = &pages[*number - 1];
        let same = |line: &&Line| {
            let ours: Vec<&str> = line.text.split_whitespace().collect();
            ours.join(" ") == *words && (line.left - left).abs() < 3.0
        };
        let Some(line) = page.lines.iter().find(same) else { continue };
        assert!((line.left - left).abs() < 0.1, "{words}: {} and {left}", line.left);
        assert!((line.right - right).abs() < 0.1, "{words}: {} and {right}", line.right);
        compared += 1;
    }
    assert!(compared * 2 > theirs.len() && compared > 40, "{compared} of {}", theirs.len());
}

/// Returns page, left, right and words of poppler's lines, in millimetres.
fn poppler(xml: &str) -> Vec<(usize, f64, f64, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let (mut lines, mut page, mut in_word) = (Vec::new(), 0, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => match start.name().as_ref() {
                "page" => page += 1,
                "line" => {
                    let number = |name: &str| -> f64 {
                        let value = start.try_get_attribute(name).unwrap().unwrap();
                        value.value.parse::<f64>().unwrap() * MM
                    };
                    lines.push((page, number("xMin"), number("xMax"), String::new()));
                }
                "word" => in_word = true,
                _ => {}
            },
            Event::Text(text) if in_word => {
                let words = &mut lines.last_mut().unwrap().3;
                let blank = if words.is_empty() { "" } else { " " };
                let text: &str = &text;
                write!(words, "{blank}{text}").unwrap();
            }
            Event::End(end) if end.name().as_ref() == "word" => in_word = false,
            Event::Eof => return lines,
            _ => {}
        }
    }
}

#[test]
fn files_that_cannot_be_measured_say_why() {
    let sandbox = Sandbox::empty();
    sandbox.write("trang.pdf", Plan::correct().blank());
    sandbox.write("khac.pdf", "PK\u{3}\u{4} không phải PDF");
    sandbox.write("hong.pdf", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog");
    let cases = [
        ("trang.pdf", "không có chữ để đo"),
        ("khac.pdf", "tệp không phải là PDF"),
        ("hong.pdf", "tệp PDF bị hỏng"),
        ("khong-co.pdf", "không đọc được `khong-co.pdf`"),
    ];
    for (file, words) in cases {
        sandbox.da06(&["measure", file]).ends_with(2).says(&[words, "cách xử lý"]);
    }
}

#[test]
fn hostile_files_end_with_an_answer() {
    let circle = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
                  2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>endobj\n\
                  3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</A 4 0 R>>>>>>endobj\n\
                  4 0 obj<</Type/XObject/Subtype/Form/Length 12>>stream\n/A Do /A Do \nendstream endobj\n\
                  trailer<</Root 1 0 R>>";
    assert_eq!(measure::measure(circle.as_bytes()).unwrap_err(), MeasureError::NoText);
    let deep = format!("%PDF-1.4\n1 0 obj {} endobj", "[".repeat(200_000));
    let sandbox = Sandbox::empty();
    sandbox.write("sau.pdf", deep);
    sandbox.da06(&["measure", "sau.pdf"]).ends_with(2);
}

#[test]
fn a_stream_that_inflates_without_end_is_refused_before_it_is_inflated() {
    let mut content = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::copy(&mut std::io::repeat(b' ').take(300 << 20), &mut content).unwrap();
    let content = content.finish().unwrap();
    let head = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n\
         4 0 obj<</Length {}/Filter/FlateDecode>>stream\n",
        content.len()
    );
    let bomb = [head.as_bytes(), &content, b"\nendstream endobj\ntrailer<</Root 1 0 R>>"].concat();
    assert!(bomb.len() < 4 << 20, "{} bytes", bomb.len());
    let sandbox = Sandbox::empty();
    sandbox.write("bom.pdf", bomb);
    sandbox.da06(&["measure", "bom.pdf"]).ends_with(2).says(&["quá lớn", "cách xử lý"]);
}

/// Returns a file of one page with these entries and a content stream.
fn one_page(entries: &str, filter: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R{entries}/Resources<</Font<</F 5 0 R>>>>>>endobj\n\
         5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>endobj\n\
         4 0 obj<</Length {}{filter}>>stream\n",
        content.len()
    );
    [head.as_bytes(), content, b"\nendstream endobj\ntrailer<</Root 1 0 R>>"].concat()
}

#[test]
fn a_stream_that_a_page_shows_many_times_is_refused() {
    let mut content = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::copy(&mut std::io::repeat(b' ').take(30 << 20), &mut content).unwrap();
    let streams = "4 0 R ".repeat(500);
    let entries = format!("/MediaBox[0 0 595 842]/Contents[{streams}]");
    let bomb = one_page(&entries, "/Filter/FlateDecode", &content.finish().unwrap());
    assert_eq!(measure::measure(&bomb).unwrap_err(), MeasureError::TooMuch);
}

#[test]
fn a_page_with_a_unit_of_its_own_is_measured_in_millimetres() {
    let content = b"BT /F 7 Tf 50 300 Td (Measured in a unit of two points) Tj ET";
    let entries = "/MediaBox[0 0 297.64 420.945]/UserUnit 2/Contents 4 0 R";
    let pages = measure::pages(&one_page(entries, "", content)).unwrap();
    let line = &pages[0].lines[0];
    assert!((pages[0].width - 210.0).abs() < 0.01 && (pages[0].height - 297.0).abs() < 0.01);
    assert!((line.size() - 14.0).abs() < 0.01 && (line.left - 100.0 * MM).abs() < 0.01);
}

#[test]
fn a_scan_with_a_stamp_is_a_scan() {
    let content = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q \
                    BT /F 9 Tf 400 820 Td (05/BC-UBND; 05/06/2024; 09:30:00 +07:00) Tj ET";
    let scan = one_page("/MediaBox[0 0 595 842]/Contents 4 0 R", "", content);
    assert_eq!(measure::measure(&scan).unwrap_err(), MeasureError::Scan);
}

#[test]
fn mutilated_files_never_panic() {
    let whole = Plan::correct().pdf(&Widths::load());
    // A small linear congruence: the same mutilations on every run.
    let mut state = 0x2545_f491_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..=next(20) {
            let place = next(bytes.len());
            bytes[place] = u8::try_from(next(256)).unwrap();
        }
        bytes.truncate(bytes.len() - next(bytes.len() / 4));
        let _answer = measure::measure(&bytes);
    }
}

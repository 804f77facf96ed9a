//! The geometry of the finished PDF, measured with poppler, which did not write it: margins, axes of
//! the letterhead, right edges, page numbers (NĐ 30/2020, Phụ lục I). Millimetres.

use quick_xml::{Reader, events::Event};

use crate::support::{MARCH, Sandbox, tool};

const MILLIMETRE: f64 = 72.0 / 25.4;

#[derive(Debug)]
struct Page {
    width: f64,
    height: f64,
    lines: Vec<Line>,
}

/// A line of text: its box, from the upper left corner of the page.
#[derive(Debug, Clone)]
struct Line {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    text: String,
}

impl Line {
    fn centre(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }
}

/// Returns the pages of the report as poppler sees them; nothing without poppler.
fn pages() -> Option<Vec<Page>> {
    let sandbox = Sandbox::tien_lang();
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    let path = sandbox.path("output/2024-03/bao-cao-2024-03.pdf");
    let xml = tool("pdftotext", &["-bbox-layout", path.to_str().unwrap(), "-"])?;
    let xml = String::from_utf8(xml).unwrap();
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().check_end_names = false;
    let mut pages: Vec<Page> = Vec::new();
    let mut in_word = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let number = |name: &str| -> f64 {
                    let value = start.try_get_attribute(name).unwrap().unwrap();
                    let value: f64 = value.value.parse().unwrap();
                    value / MILLIMETRE
                };
                match start.name().as_ref() {
                    "page" => pages.push(Page {
                        width: number("width"),
                        height: number("height"),
                        lines: Vec::new(),
                    }),
                    "line" => pages.last_mut().unwrap().lines.push(Line {
                        left: number("xMin"),
                        top: number("yMin"),
                        right: number("xMax"),
                        bottom: number("yMax"),
                        text: String::new(),
                    }),
                    "word" => in_word = true,
                    _ => {}
                }
            }
            Event::Text(text) if in_word => {
                let line = pages.last_mut().unwrap().lines.last_mut().unwrap();
                if !line.text.is_empty() {
                    line.text.push(' ');
                }
                line.text.push_str(&text);
            }
            Event::End(end) if end.name().as_ref() == "word" => in_word = false,
            Event::Eof => break,
            _ => {}
        }
    }
    Some(pages)
}

fn line<'a>(page: &'a Page, beginning: &str) -> &'a Line {
    let found = page.lines.iter().find(|line| line.text.starts_with(beginning));
    found.unwrap_or_else(|| panic!("no line begins with {beginning:?}: {:#?}", page.lines))
}

fn assert_near(left: f64, right: f64, tolerance: f64, what: &str) {
    assert!((left - right).abs() <= tolerance, "{what}: {left:.2} and {right:.2} mm");
}

/// Returns the box of a line that a blank for handwriting divides.
fn joined(left: &Line, right: &Line) -> Line {
    let text = format!("{} {}", left.text, right.text);
    Line { right: right.right, bottom: left.bottom.max(right.bottom), text, ..left.clone() }
}

#[test]
fn text_keeps_to_the_margins_of_the_decree() {
    let Some(pages) = pages() else { return };
    assert!(pages.len() >= 8, "{}", pages.len());
    for (number, page) in (1..).zip(&pages) {
        let portrait = page.width < page.height;
        let (short, long) =
            if portrait { (page.width, page.height) } else { (page.height, page.width) };
        assert_near(short, 210.0, 0.1, "A4");
        assert_near(long, 297.0, 0.1, "A4");
        for line in &page.lines {
            let is_number = line.top < 20.0;
            assert!(line.left >= 29.9, "page {number}, left margin: {line:?}");
            assert!(line.right <= page.width - 14.9, "page {number}, right margin: {line:?}");
            assert!(line.bottom <= page.height - 19.5, "page {number}, bottom margin: {line:?}");
            if is_number {
                assert!(line.text.chars().all(|digit| digit.is_ascii_digit()), "{line:?}");
                let right = if portrait { 20.0 } else { 15.0 };
                let middle = f64::midpoint(30.0, page.width - right);
                assert_near(line.centre(), middle, 0.3, "page number over the text");
            }
        }
    }
}

#[test]
fn pages_are_numbered_from_the_second_on_and_annexes_for_themselves() {
    let Some(pages) = pages() else { return };
    let mut expected = 0;
    for (index, page) in pages.iter().enumerate() {
        let opens = index == 0
            || page.lines.iter().any(|line| {
                line.text
                    .strip_prefix("Phụ lục ")
                    .is_some_and(|rest| rest.chars().all(|c| "IVX".contains(c)))
            });
        expected = if opens { 1 } else { expected + 1 };
        let shown: Vec<&str> = page
            .lines
            .iter()
            .filter(|line| line.top < 20.0)
            .map(|line| line.text.as_str())
            .collect();
        if opens {
            assert!(shown.is_empty(), "page {}: {shown:?}", index + 1);
        } else {
            assert_eq!(shown, [expected.to_string()], "page {}", index + 1);
        }
    }
}

#[test]
fn the_letterhead_stands_on_its_two_axes() {
    let Some(pages) = pages() else { return };
    let page = &pages[0];
    let nation = line(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    let motto = line(page, "Độc lập - Tự do - Hạnh phúc");
    let date = joined(line(page, "Tiên Lãng, ngày"), line(page, "tháng"));
    assert_near(nation.right - nation.left, 95.7, 0.5, "Quốc hiệu, bold 13");
    assert_near(motto.right - motto.left, 60.5, 0.5, "Tiêu ngữ, bold 14");
    assert_near(motto.centre(), nation.centre(), 0.3, "Tiêu ngữ under Quốc hiệu");
    assert_near(date.centre(), nation.centre(), 0.3, "date under Quốc hiệu");
    let superior = line(page, "UBND HUYỆN TIÊN LÃNG");
    let issuer = line(page, "TỔ CÔNG TÁC ĐỀ ÁN 06");
    assert_near(issuer.right - issuer.left, 53.4, 0.5, "issuing body, bold 13");
    assert_near(superior.centre(), issuer.centre(), 0.3, "issuing body under its superior");
    let number = joined(line(page, "Số:"), line(page, "/BC-TCTĐA06"));
    assert_near(number.centre(), issuer.centre(), 0.5, "number under the issuing body");
    assert!(number.centre() < nation.left, "the number stands at the left");
    assert_near(number.bottom, date.bottom, 1.0, "number and date on one line");
    let title = line(page, "BÁO CÁO");
    let middle = f64::midpoint(30.0, page.width - 20.0);
    assert_near(title.centre(), middle, 0.5, "title in the middle of the text");
}

#[test]
fn justified_lines_end_at_the_same_edge() {
    let Some(pages) = pages() else { return };
    let right = pages[0].width - 20.0;
    let body: Vec<&Line> = pages[..2]
        .iter()
        .flat_map(|page| &page.lines)
        .filter(|line| line.left < 43.0 && line.right > right - 3.0 && line.top > 75.0)
        .collect();
    assert!(body.len() >= 25, "{}", body.len());
    for line in body {
        assert_near(line.right, right, 0.1, &line.text);
    }
}

#[test]
fn wide_annexes_lie_on_their_side_and_repeat_their_heads() {
    let Some(pages) = pages() else { return };
    let wide: Vec<&Page> = pages.iter().filter(|page| page.width > page.height).collect();
    assert!(wide.len() >= 3);
    let columns = |page: &Page| page.lines.iter().any(|line| line.text.contains("(1)"));
    for page in wide {
        let carries_a_table = page.lines.iter().any(|line| line.text.contains("STT"));
        assert!(!carries_a_table || columns(page), "the column numbers are repeated");
    }
}

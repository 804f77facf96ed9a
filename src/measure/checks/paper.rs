//! Mục I: paper, margins, font, ink, page numbers.

use std::collections::BTreeSet;

use super::super::clause::{Check, Clause, Fault, Verdict, shown};
use super::super::document::{Document, NumberedPage};
use super::super::page::{Line, MM, Page};
use super::{SIZE_PLAY, short, size};

/// Play of margins, in millimetres: some programs round the places of letters, and half a twip is lost
/// wherever a length is turned into another unit.
const PLAY: f64 = 0.75;
/// Play of the upper and lower margin: programs differ on how far above and below its base line the
/// first and the last line of a page reach.
const LINE_PLAY: f64 = 1.2;
/// How far before the edge the longest line of ragged text may end, in millimetres.
const RAGGED: f64 = 10.0;
/// How far the head of page 1 may be let out into the side margins, in millimetres: the table of the
/// decree's own template is wider than its text.
const LET_OUT: f64 = 7.5;
/// Lines that a page may lack although a paragraph goes on behind it: single lines are not left alone.
const LINES_MOVED: f64 = 1.5;

const PAPER: Clause =
    Clause::new("kho-giay", "Mục I.1", "Khổ giấy", "A4 (210 mm x 297 mm), lệch không quá 0,5 mm");
const DIRECTION: Clause = Clause::new(
    "huong-giay",
    "Mục I.2",
    "Hướng trình bày",
    "theo chiều dài; chiều rộng chỉ khi có bảng, biểu hoặc ở phụ lục",
);
const TOP: Clause = Clause::new("le-tren", "Mục I.3", "Lề trên", "20–25 mm");
const BOTTOM: Clause =
    Clause::new("le-duoi", "Mục I.3", "Lề dưới", "20–25 mm (đo chữ thấp nhất: ít nhất 20 mm)");
const LEFT: Clause = Clause::new("le-trai", "Mục I.3", "Lề trái", "30–35 mm");
const RIGHT: Clause = Clause::new("le-phai", "Mục I.3", "Lề phải", "15–20 mm");
const FONT: Clause =
    Clause::new("phong-chu", "Mục I.4", "Phông chữ", "Times New Roman hoặc phông cùng kích thước");
const UNICODE: Clause = Clause::new(
    "ma-ky-tu",
    "Mục I.4",
    "Bộ mã ký tự",
    "Unicode (TCVN 6909:2001): mọi chữ có mã ký tự",
);
const INK: Clause = Clause::new("mau-chu", "Mục I.4", "Màu chữ", "màu đen");
const NUMBER_ORDER: Clause = Clause::new(
    "so-trang",
    "Mục I.7",
    "Thứ tự số trang",
    "từ số 1, chữ số Ả Rập, không hiện ở trang thứ nhất, từng phụ lục đánh riêng",
);
const NUMBER_PLACE: Clause = Clause::new(
    "so-trang-vi-tri",
    "Mục I.7",
    "Vị trí số trang",
    "giữa theo chiều ngang, trong phần lề trên (lệch không quá 0,5 mm)",
);
const NUMBER_STYLE: Clause =
    Clause::new("so-trang-co-chu", "Mục I.7", "Cỡ chữ số trang", "13–14, đứng");

/// The clauses of this group.
pub(super) const CLAUSES: [Clause; 12] = [
    PAPER,
    DIRECTION,
    TOP,
    BOTTOM,
    LEFT,
    RIGHT,
    FONT,
    UNICODE,
    INK,
    NUMBER_ORDER,
    NUMBER_PLACE,
    NUMBER_STYLE,
];

/// What is measured without a word being read.
pub(super) const NEEDS_NO_WORDS: [Clause; 7] = [PAPER, TOP, LEFT, RIGHT, FONT, UNICODE, INK];

/// Names of families that have the measures of Times New Roman, letters only, in lower case.
const EQUALS: [&str; 9] = [
    "liberationserif",
    "tinos",
    "timesroman",
    "times",
    "nimbusroman",
    "nimbusromno9l",
    "vnnimbusroman",
    "texgyretermes",
    "thorndale",
];

/// Returns the checks of this group.
pub(super) fn checks(document: &Document<'_>) -> Vec<Check> {
    let mut checks = vec![paper(document), direction(document)];
    checks.extend(margins(document));
    checks.extend([font(document), unicode(document), ink(document)]);
    checks.extend([number_order(document), number_place(document), number_style(document)]);
    checks
}

fn paper(document: &Document<'_>) -> Check {
    let is_a4 = |page: &&Page| {
        let (short, long) = (page.width.min(page.height), page.width.max(page.height));
        (short - 210.0).abs() <= 0.5 && (long - 297.0).abs() <= 0.5
    };
    let says = |page: &Page| format!("{} x {} mm", shown(page.width, 1), shown(page.height, 1));
    let wrong = document.pages.iter().filter(|page| !is_a4(page));
    let faults = wrong.map(|page| Fault { page: page.number, says: says(page) }).collect();
    PAPER.judged(1, document.pages.first().map(says).unwrap_or_default(), faults)
}

fn direction(document: &Document<'_>) -> Check {
    let wrong = document.pages.iter().zip(&document.numbered).filter(|(page, place)| {
        place.section == 0 && page.width > page.height && page.uprights.len() < 2
    });
    let faults = wrong.map(|(page, _)| Fault {
        page: page.number,
        says: "trang nằm ngang, không có bảng".into(),
    });
    let faults: Vec<Fault> = faults.collect();
    let wide = document.pages.iter().filter(|page| page.width > page.height).count();
    let measured = match wide {
        0 => "theo chiều dài".to_owned(),
        _ => format!("{wide} trang theo chiều rộng, đều có bảng hoặc là phụ lục"),
    };
    DIRECTION.judged(1, measured, faults)
}

/// The edges of what is printed on a page, without its number.
struct Reach {
    page: usize,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn reach(document: &Document<'_>, index: usize) -> Option<Reach> {
    let (page, place) = (document.pages.get(index)?, document.numbered.get(index)?);
    let number = place.number.as_ref().map(|line| line.baseline);
    let lines: Vec<&Line> = page
        .lines
        .iter()
        .filter(|line| Some(line.baseline) != number && !is_stamp(page, line))
        .collect();
    lines.first()?;
    let fold = |value: fn(&Line) -> f64, first: f64, pick: fn(f64, f64) -> f64| {
        lines.iter().map(|line| value(line)).fold(first, pick)
    };
    let head = if page.number == 1 { document.head.letterhead_end() } else { 0.0 };
    let out = |line: &Line| if line.baseline <= head { LET_OUT } else { 0.0 };
    let lefts = lines.iter().map(|line| line.left + out(line));
    let edges = document.body.edges;
    let hanging = |line: &Line| edges.filter(|edges| edges.hangs(line)).map(|edges| edges.right);
    let rights = lines.iter().map(|line| hanging(line).unwrap_or(line.right) - out(line));
    Some(Reach {
        page: page.number,
        left: lefts.fold(f64::MAX, f64::min),
        right: page.width - rights.fold(f64::MIN, f64::max),
        top: fold(Line::top, f64::MAX, f64::min),
        bottom: page.height - fold(Line::bottom, f64::MIN, f64::max),
    })
}

/// Returns whether a line is what a signing program prints in the upper right corner (ô 14).
fn is_stamp(page: &Page, line: &Line) -> bool {
    line.size() <= 10.5 && line.baseline < 20.0 && line.left > page.width / 2.0
}

fn margins(document: &Document<'_>) -> Vec<Check> {
    let reaches: Vec<Reach> =
        (0..document.pages.len()).filter_map(|index| reach(document, index)).collect();
    let wide = |reach: &Reach| {
        document.pages.get(reach.page - 1).is_some_and(|page| page.width > page.height)
    };
    let side = |clause: Clause, least: (f64, f64), most: f64, of: fn(&Reach) -> f64| {
        let play = if [TOP, BOTTOM].contains(&clause) { LINE_PLAY } else { PLAY };
        // No line of ragged text need reach the edge.
        let is_ragged = clause == RIGHT && document.body.edges.is_some_and(|edges| !edges.is_firm);
        let most = if is_ragged { most + RAGGED } else { most };
        let mut faults: Vec<Fault> = Vec::new();
        let fault = |reach: &Reach| Fault {
            page: reach.page,
            says: format!("chữ cách mép {} mm", shown(of(reach), 1)),
        };
        for reach in &reaches {
            // A page that lies on its side may have turned margins: the bound edge is then its top.
            let least = if wide(reach) { least.1 } else { least.0 };
            if of(reach) < least - play {
                faults.push(fault(reach));
            }
        }
        let upright = reaches.iter().filter(|reach| !wide(reach));
        let nearest = upright.min_by(|a, b| of(a).total_cmp(&of(b)));
        if let Some(nearest) = nearest.filter(|nearest| of(nearest) > most + play) {
            faults.push(fault(nearest));
        }
        let nearest =
            nearest.map_or_else(String::new, |reach| format!("{} mm", shown(of(reach), 1)));
        clause.judged(1, nearest, faults)
    };
    vec![
        side(TOP, (20.0, 15.0), 25.0, |reach| reach.top),
        bottom(document, side(BOTTOM, (20.0, 15.0), f64::MAX, |reach| reach.bottom), &reaches),
        side(LEFT, (30.0, 20.0), 35.0, |reach| reach.left),
        side(RIGHT, (15.0, 15.0), 20.0, |reach| reach.right),
    ]
}

/// Returns the check of the lower margin, failed also where a paragraph goes on behind a page whose
/// last line stands too high.
fn bottom(document: &Document<'_>, check: Check, reaches: &[Reach]) -> Check {
    if check.verdict != Verdict::Pass {
        return check;
    }
    let mut faults = Vec::new();
    for paragraph in &document.body.paragraphs {
        for pair in paragraph.lines.windows(2) {
            let [(page, line), (next, _)] = pair else { continue };
            let room = 25.0 + PLAY + LINES_MOVED * 1.72 * line.size() * MM;
            let reach = reaches.iter().find(|reach| reach.page == *page && page < next);
            if let Some(reach) = reach.filter(|reach| reach.bottom > room) {
                let says = format!("chữ cách mép {} mm", shown(reach.bottom, 1));
                faults.push(Fault { page: *page, says });
            }
        }
    }
    if faults.is_empty() { check } else { BOTTOM.judged(1, String::new(), faults) }
}

fn font(document: &Document<'_>) -> Check {
    let (mut faults, mut equals) = (Vec::new(), BTreeSet::new());
    for page in document.pages {
        let wrong = page.lines.iter().flat_map(|line| line.inked().map(move |run| (line, run)));
        for (line, run) in wrong {
            let letters: String = run.font.chars().filter(char::is_ascii_alphanumeric).collect();
            let letters = letters.to_lowercase();
            if letters.starts_with("timesnewroman") {
                continue;
            }
            if EQUALS.iter().any(|equal| letters.starts_with(equal)) {
                equals.insert(run.font.split('-').next().unwrap_or_default());
            } else if !run.text.chars().all(|c| "•\u{f0b7}▪☐☑✓".contains(c) || c.is_whitespace())
            {
                let says = format!("{} ở “{}”", run.font, short(&line.text));
                faults.push(Fault { page: page.number, says });
            }
        }
    }
    let measured = if equals.is_empty() {
        "Times New Roman".to_owned()
    } else {
        let names: Vec<&str> = equals.into_iter().collect();
        format!("{} (cùng kích thước với Times New Roman)", names.join(", "))
    };
    FONT.judged(1, measured, faults)
}

fn unicode(document: &Document<'_>) -> Check {
    let wrong = document.pages.iter().filter(|page| page.unreadable > 0);
    let faults = wrong.map(|page| Fault {
        page: page.number,
        says: format!("{} chữ không có mã ký tự, không tìm và sao chép được", page.unreadable),
    });
    let spoilt = super::legible::misspelt(document.pages).map(|(page, word)| Fault {
        page,
        says: format!(
            "“{word}”: mã ký tự không phải chữ Việt Unicode (TCVN3, VNI hoặc bảng mã sai)"
        ),
    });
    UNICODE.judged(1, "mọi chữ có mã ký tự".to_owned(), faults.chain(spoilt).collect())
}

fn ink(document: &Document<'_>) -> Check {
    let mut faults = Vec::new();
    for page in document.pages {
        for line in page.lines.iter().filter(|line| !is_stamp(page, line)) {
            if let Some(run) = line.inked().find(|run| !run.colour.is_black()) {
                let says = format!("“{}” không phải màu đen", short(run.text.trim()));
                faults.push(Fault { page: page.number, says });
            }
        }
    }
    INK.judged(1, "màu đen".to_owned(), faults)
}

fn number_order(document: &Document<'_>) -> Check {
    let mut faults = Vec::new();
    let mut section_pages = 0;
    for (page, place) in document.pages.iter().zip(&document.numbered) {
        let text = place.number.as_ref().map(|line| line.text.trim_matches(['-', ' ']).to_owned());
        section_pages = section_pages.max(place.place);
        let expected = place.place.to_string();
        let says = match text {
            Some(text) if page.number == 1 => format!("trang thứ nhất hiện số {text}"),
            Some(text) if text != expected => {
                format!("trang {expected} của phần này ghi số {text}")
            }
            None if place.place > 1 => format!("trang {expected} không có số"),
            _ => continue,
        };
        faults.push(Fault { page: page.number, says });
    }
    if section_pages < 2 && faults.is_empty() {
        return NUMBER_ORDER.absent("văn bản có một trang");
    }
    NUMBER_ORDER.judged(1, "đúng thứ tự".to_owned(), faults)
}

fn number_place(document: &Document<'_>) -> Check {
    let (mut faults, mut worst, mut seen) = (Vec::new(), 0.0_f64, false);
    for (page, place) in document.pages.iter().zip(&document.numbered) {
        let Some(number) = &place.number else { continue };
        seen = true;
        let off = middles(document, page, place, number).into_iter();
        let off = off.map(|middle| (number.centre() - middle).abs()).fold(f64::MAX, f64::min);
        worst = worst.max(off);
        if number.baseline > page.height / 2.0 {
            faults.push(Fault {
                page: page.number, says: "số trang không ở lề trên".to_owned()
            });
        } else if off > 0.5 {
            let says = format!("số trang lệch {} mm", shown(off, 1));
            faults.push(Fault { page: page.number, says });
        }
    }
    if !seen {
        return NUMBER_PLACE.absent("không có số trang");
    }
    NUMBER_PLACE.judged(2, format!("giữa lề trên, lệch {} mm", shown(worst, 2)), faults)
}

/// Returns what may be the middle of a page: of the paper, of the text, of an annex's head or of its
/// widest table.
fn middles(document: &Document<'_>, page: &Page, place: &NumberedPage, number: &Line) -> Vec<f64> {
    let lies = |page: &Page| page.width > page.height;
    let lies_as_text = document.pages.first().is_some_and(|first| lies(first) == lies(page));
    let text = document.body.edges.filter(|_| lies_as_text);
    let text = text.map(|edges| edges.middle_near(number.centre()));
    let table = page.rules.iter().max_by(|a, b| a.length().total_cmp(&b.length()));
    let table = table.filter(|_| place.section > 0).map(super::super::page::Rule::centre);
    let annex = place.section.checked_sub(1).and_then(|annex| document.annexes.get(annex));
    let annex = annex.map(|annex| annex.label.centre());
    [Some(page.width / 2.0), text, table, annex].into_iter().flatten().collect()
}

fn number_style(document: &Document<'_>) -> Check {
    let mut faults = Vec::new();
    let mut measured = None;
    for (page, place) in document.pages.iter().zip(&document.numbered) {
        let Some(number) = &place.number else { continue };
        let points = number.size();
        measured = measured.or(Some((page.number, points)));
        if !(13.0 - SIZE_PLAY..=14.0 + SIZE_PLAY).contains(&points) || number.is_italic() {
            let slope = if number.is_italic() { ", nghiêng" } else { "" };
            faults
                .push(Fault {
                    page: page.number, says: format!("cỡ chữ {}{slope}", size(points))
                });
        }
    }
    match measured {
        Some((page, points)) => {
            NUMBER_STYLE.judged(page, format!("cỡ chữ {}", size(points)), faults)
        }
        None => NUMBER_STYLE.absent("không có số trang"),
    }
}

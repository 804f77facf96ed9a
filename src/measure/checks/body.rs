//! Mục II.6: legal bases, the text, its headings, indents and spacings.

use super::super::clause::{Check, Clause, Fault, shown};
use super::super::document::{Body, Document, Edges, Paragraph, first_run, is_capitals, plain};
use super::super::page::{Line, Slope, Weight};
use super::spacing::{GAP, JUSTIFIED, LEADING, gaps, justified, leading};
use super::{Letters, SIZE_PLAY, Style, short, size};

/// The letters of points, in their order.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

const BASES: Clause = Clause::new(
    "can-cu",
    "Mục II.6.b",
    "Căn cứ ban hành",
    "cỡ 13–14, nghiêng; mỗi căn cứ cuối dòng có dấu chấm phẩy, cuối cùng dấu chấm",
);
const STYLE: Clause =
    Clause::new("loi-van-kieu-chu", "Mục II.6", "Kiểu chữ lời văn", "cỡ 13–14, đứng, không đậm");
const SAME_SIZE: Clause = Clause::new(
    "loi-van-mot-co",
    "Phụ lục I, chú thích 2",
    "Lời văn một cỡ chữ",
    "thống nhất trong văn bản",
);
const INDENT: Clause =
    Clause::new("lui-dau-dong", "Mục II.6.e", "Lùi đầu dòng", "1 cm hoặc 1,27 cm (±0,3 mm)");
const HEADINGS: Clause = Clause::new(
    "de-muc",
    "Mục II.6.d; Mục V",
    "Đề mục",
    "La Mã: in hoa, 13–14, đứng, đậm; chữ số Ả Rập có tiêu đề: in thường, đứng, đậm",
);
const POINTS: Clause = Clause::new(
    "diem",
    "Mục II.6.d",
    "Thứ tự điểm",
    "chữ cái tiếng Việt theo thứ tự: a) b) c) d) đ) e) g)",
);

/// The clauses of this group.
pub(super) const CLAUSES: [Clause; 9] =
    [BASES, STYLE, SAME_SIZE, JUSTIFIED, INDENT, GAP, LEADING, HEADINGS, POINTS];

/// What a paragraph is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Base,
    Roman,
    Arabic,
    Text,
    Centred,
}

/// Returns the checks of this group.
pub(super) fn checks(document: &Document<'_>) -> Vec<Check> {
    let body = &document.body;
    let Some(edges) = body.edges else {
        return CLAUSES.map(|clause| clause.absent("không đủ lời văn để đo")).into();
    };
    let following = body.paragraphs.iter().skip(1).map(Some).chain([None]);
    let kinds: Vec<(Kind, &Paragraph)> = body
        .paragraphs
        .iter()
        .zip(following)
        .map(|(paragraph, next)| (kind(paragraph, next, edges), paragraph))
        .collect();
    vec![
        bases(&kinds),
        style(&kinds),
        same_size(&kinds),
        justified(running(&kinds), edges),
        indent(&kinds, edges),
        gaps(body),
        leading(body),
        headings(&kinds),
        points(body),
    ]
}

fn kind(paragraph: &Paragraph, next: Option<&Paragraph>, edges: Edges) -> Kind {
    let words = plain(&paragraph.text);
    let number = paragraph.text.split_once(". ").map_or("", |(number, _)| number);
    let is_roman = !number.is_empty() && number.chars().all(|c| "IVX".contains(c));
    let is_title = || paragraph.is_bold() || is_thin_title(paragraph, next, edges);
    if ["can cu ", "theo de nghi ", "xet de nghi "].iter().any(|begin| words.starts_with(begin))
        && paragraph.text.ends_with([';', '.'])
        && begins_italic(paragraph)
    {
        Kind::Base
    } else if paragraph.is_centred(edges) {
        Kind::Centred
    } else if is_roman {
        Kind::Roman
    } else if is_numbered(paragraph) && is_title() {
        Kind::Arabic
    } else {
        Kind::Text
    }
}

fn is_numbered(paragraph: &Paragraph) -> bool {
    let number = paragraph.text.split_once(". ").map_or("", |(number, _)| number);
    (1..=6).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Returns whether a numbered line is a title that is not bold: short, without a sign at its end, and
/// text follows that is no further item of a list.
fn is_thin_title(paragraph: &Paragraph, next: Option<&Paragraph>, edges: Edges) -> bool {
    let [(_, line)] = paragraph.lines.as_slice() else { return false };
    line.right < edges.right - 10.0
        && line.text.ends_with(|c: char| c.is_alphanumeric() || c == ')')
        && next.is_some_and(|next| !is_numbered(next) && next.lines.len() > 1)
}

fn begins_italic(paragraph: &Paragraph) -> bool {
    let first = paragraph.first().and_then(|(_, line)| first_run(line));
    first.is_some_and(|run| run.slope == Slope::Italic) || paragraph.text.ends_with(';')
}

fn bases(kinds: &[(Kind, &Paragraph)]) -> Check {
    let bases: Vec<&Paragraph> =
        kinds.iter().filter(|(kind, _)| *kind == Kind::Base).map(|(_, base)| *base).collect();
    let Some(last) = bases.last() else { return BASES.absent("không có căn cứ ban hành") };
    let style = Style {
        sizes: (13.0, 14.0),
        weight: Some(Weight::Regular),
        slope: Slope::Italic,
        letters: Letters::Any,
    };
    let mut faults: Vec<Fault> = Vec::new();
    for base in &bases {
        faults.extend(base.lines.iter().flat_map(|(page, line)| style.faults(*page, line)));
        let end = if std::ptr::eq(*base, *last) { '.' } else { ';' };
        if !base.text.ends_with(end) {
            let page = base.first().map_or(1, |(page, _)| *page);
            let says = format!("“{}” không kết thúc bằng “{end}”", short(&base.text));
            faults.push(Fault { page, says });
        }
    }
    BASES.judged(1, format!("{} căn cứ, nghiêng", bases.len()), faults)
}

fn texts<'k>(kinds: &'k [(Kind, &Paragraph)]) -> impl Iterator<Item = &'k (usize, Line)> {
    let texts =
        kinds.iter().filter(|(kind, paragraph)| *kind == Kind::Text && !is_heading(paragraph));
    texts.flat_map(|(_, paragraph)| &paragraph.lines)
}

/// Returns whether a paragraph is a heading: one or two bold lines that no full stop ends.
fn is_heading(paragraph: &Paragraph) -> bool {
    paragraph.is_bold() && paragraph.lines.len() <= 3 && !paragraph.text.ends_with('.')
}

fn style(kinds: &[(Kind, &Paragraph)]) -> Check {
    let style = Style {
        sizes: (13.0, 14.0),
        weight: Some(Weight::Regular),
        slope: Slope::Upright,
        letters: Letters::Any,
    };
    let mut faults = Vec::new();
    for (page, line) in texts(kinds) {
        // A phrase in italics or a mark above the line is no fault of the text.
        let style = if line.is_italic() { style } else { Style { slope: Slope::Italic, ..style } };
        let found = style.faults(*page, line).into_iter();
        faults.extend(found.filter(|fault| !fault.says.ends_with("không nghiêng")));
    }
    let usual = usual_size(kinds);
    STYLE.judged(1, format!("cỡ chữ {}, đứng", size(usual)), faults)
}

/// Returns the paragraphs whose full lines must reach both edges.
fn running<'k>(kinds: &'k [(Kind, &'k Paragraph)]) -> impl Iterator<Item = &'k Paragraph> {
    let running = kinds.iter().filter(|(kind, paragraph)| {
        matches!(kind, Kind::Text | Kind::Base) && !is_heading(paragraph)
    });
    running.map(|(_, paragraph)| *paragraph)
}

fn usual_size(kinds: &[(Kind, &Paragraph)]) -> f64 {
    let mut sizes: Vec<f64> = texts(kinds).map(|(_, line)| line.size()).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

fn same_size(kinds: &[(Kind, &Paragraph)]) -> Check {
    let usual = usual_size(kinds);
    let is_odd = |line: &Line| {
        (line.size() - usual).abs() > SIZE_PLAY
            && (13.0 - SIZE_PLAY..=14.0 + SIZE_PLAY).contains(&line.size())
    };
    let odd = texts(kinds).filter(|(_, line)| is_odd(line));
    let faults = odd.map(|(page, line)| Fault {
        page: *page,
        says: format!(
            "“{}”: cỡ chữ {}, phần lớn là {}",
            short(&line.text),
            size(line.size()),
            size(usual)
        ),
    });
    SAME_SIZE.judged(1, format!("cỡ chữ {}", size(usual)), faults.collect())
}

fn indent(kinds: &[(Kind, &Paragraph)], edges: Edges) -> Check {
    let (mut faults, mut measured) = (Vec::new(), None);
    for (kind, paragraph) in kinds {
        let Some((page, line)) = paragraph.first() else { continue };
        let by = line.left - edges.left;
        // What goes on from the page before begins at the edge.
        if *kind == Kind::Centred || (measured.is_none() && by < 0.3 && paragraph.lines.len() < 2) {
            continue;
        }
        // The clause is about paragraphs; a numbered heading may stand at the edge.
        if matches!(kind, Kind::Roman | Kind::Arabic) && by.abs() <= 0.3 {
            continue;
        }
        measured = measured.or(Some(by));
        let is_right = [10.0, 12.7].iter().any(|right| (by - right).abs() <= 0.3);
        if !is_right {
            let says = format!("“{}” lùi {} cm", short(&line.text), shown(by / 10.0, 2));
            faults.push(Fault { page: *page, says });
        }
    }
    match measured {
        Some(by) => INDENT.judged(1, format!("{} cm", shown(by / 10.0, 2)), faults),
        None => INDENT.absent("không đủ lời văn để đo"),
    }
}

fn headings(kinds: &[(Kind, &Paragraph)]) -> Check {
    let style = Style {
        sizes: (13.0, 14.0),
        weight: Some(Weight::Bold),
        slope: Slope::Upright,
        letters: Letters::Any,
    };
    let (mut faults, mut count) = (Vec::new(), 0);
    for (kind, paragraph) in kinds {
        if !matches!(kind, Kind::Roman | Kind::Arabic) {
            continue;
        }
        count += 1;
        faults.extend(paragraph.lines.iter().flat_map(|(page, line)| style.faults(*page, line)));
        let page = paragraph.first().map_or(1, |(page, _)| *page);
        let title = paragraph.text.split_once(". ").map_or("", |(_, title)| title);
        let says = match kind {
            Kind::Roman if !is_capitals(title) => "tiêu đề không in hoa",
            Kind::Arabic if is_capitals(title) => "tiêu đề in hoa",
            _ => continue,
        };
        faults.push(Fault { page, says: format!("“{}”: {says}", short(&paragraph.text)) });
    }
    if count == 0 {
        return HEADINGS.absent("không có đề mục đánh số");
    }
    HEADINGS.judged(1, format!("{count} đề mục"), faults)
}

fn points(body: &Body) -> Check {
    let (mut faults, mut count, mut last) = (Vec::new(), 0, None);
    for paragraph in &body.paragraphs {
        let mut characters = paragraph.text.chars();
        let (Some(letter), Some(')')) = (characters.next(), characters.next()) else { continue };
        if !letter.is_lowercase() {
            continue;
        }
        count += 1;
        let place = LETTERS.chars().position(|known| known == letter);
        let expected = last.map_or(0, |last| last + 1);
        if place != Some(0) && place != Some(expected) {
            let next = LETTERS.chars().nth(expected).unwrap_or('a');
            let page = paragraph.first().map_or(1, |(page, _)| *page);
            faults.push(Fault {
                page, says: format!("“{letter})” ở chỗ của “{next})”")
            });
        }
        last = place.or(Some(expected));
    }
    if count == 0 {
        return POINTS.absent("không có điểm a), b)");
    }
    POINTS.judged(1, format!("{count} điểm, đúng thứ tự"), faults)
}

//! Mục II.5 and II.9.a: kind of document, trích yếu, addressees.

use super::super::clause::{Check, Clause, Fault, shown};
use super::super::document::{Document, rule_under_lines};
use super::super::page::{Line, MM, Slope, Weight};
use super::{Letters, Style, centred, ruled, short};

const KIND_STYLE: Clause = Clause::new(
    "ten-loai-kieu-chu",
    "Mục II.5.a",
    "Kiểu chữ tên loại",
    "in hoa, cỡ 13–14, đứng, đậm",
);
const KIND_CENTRE: Clause = Clause::new(
    "ten-loai-can-giua",
    "Mục II.5.a",
    "Tên loại canh giữa theo chiều ngang văn bản",
    "lệch không quá 0,3 mm",
);
const SUBJECT_STYLE: Clause = Clause::new(
    "trich-yeu-kieu-chu",
    "Mục II.5.a",
    "Kiểu chữ trích yếu",
    "in thường, cỡ 13–14, đứng, đậm",
);
const SUBJECT_CENTRE: Clause = Clause::new(
    "trich-yeu-can-giua",
    "Mục II.5.a",
    "Trích yếu canh giữa dưới tên loại",
    "lệch không quá 0,3 mm",
);
const SUBJECT_RULE: Clause = Clause::new(
    "trich-yeu-duong-ke",
    "Mục II.5.a",
    "Đường kẻ dưới trích yếu",
    "nét liền, dài 1/3–1/2 dòng chữ, cân đối",
);
const LETTER_SUBJECT: Clause = Clause::new(
    "trich-yeu-cong-van",
    "Mục II.5.b",
    "Trích yếu công văn",
    "sau “V/v”, in thường, cỡ 12–13, đứng, dưới số, ký hiệu, cách dòng 6 pt",
);
const ADDRESSEES: Clause = Clause::new(
    "kinh-gui",
    "Mục II.9.a",
    "Kính gửi",
    "“Kính gửi:”, in thường, cỡ 13–14, đứng, không đậm; từ hai nơi: gạch đầu dòng, dấu chấm phẩy, cuối cùng dấu chấm",
);

/// The clauses of this group.
pub(super) const CLAUSES: [Clause; 7] = [
    KIND_STYLE,
    KIND_CENTRE,
    SUBJECT_STYLE,
    SUBJECT_CENTRE,
    SUBJECT_RULE,
    LETTER_SUBJECT,
    ADDRESSEES,
];

const TITLE: Style = Style {
    sizes: (13.0, 14.0),
    weight: Some(Weight::Bold),
    slope: Slope::Upright,
    letters: Letters::Capitals,
};

/// Returns the checks of this group.
pub(super) fn checks(document: &Document<'_>) -> Vec<Check> {
    let mut checks = named(document);
    checks.push(letter_subject(document));
    checks.push(addressees(&document.head.addressees));
    checks
}

fn named(document: &Document<'_>) -> Vec<Check> {
    let head = &document.head;
    let Some(kind) = &head.kind else {
        return [KIND_STYLE, KIND_CENTRE, SUBJECT_STYLE, SUBJECT_CENTRE, SUBJECT_RULE]
            .map(|clause| clause.absent("không có tên loại (công văn)"))
            .into();
    };
    let subject: Vec<&Line> = head.subject.iter().collect();
    let mut checks = vec![
        TITLE.check(KIND_STYLE, 1, &[kind]),
        match document.body.edges {
            Some(edges) => centred(KIND_CENTRE, 1, kind, edges.middle_near(kind.centre())),
            None => KIND_CENTRE.absent("không đủ lời văn để biết giữa văn bản"),
        },
    ];
    let Some(last) = subject.last() else {
        checks.push(SUBJECT_STYLE.missing("không có trích yếu dưới tên loại"));
        checks.extend(
            [SUBJECT_CENTRE, SUBJECT_RULE].map(|clause| clause.absent("không có trích yếu")),
        );
        return checks;
    };
    let off = |line: &&&Line| (line.centre() - kind.centre()).abs();
    let worst = subject.iter().max_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(last);
    let rule = document.pages.first().and_then(|page| rule_under_lines(page, &subject));
    let longest = subject.iter().map(|line| line.width()).fold(0.0, f64::max) / last.width();
    let share = (0.33 * longest.min(1.0), 0.505 * longest.max(1.0));
    checks.extend([
        Style { letters: Letters::Sentence, ..TITLE }.check(SUBJECT_STYLE, 1, &subject),
        centred(SUBJECT_CENTRE, 1, worst, kind.centre()),
        ruled(SUBJECT_RULE, 1, (last, rule), share),
    ]);
    checks
}

fn letter_subject(document: &Document<'_>) -> Check {
    let head = &document.head;
    if head.kind.is_some() {
        return LETTER_SUBJECT.absent("văn bản có tên loại");
    }
    let (Some(first), Some(number)) = (head.letter_subject.first(), &head.number) else {
        return LETTER_SUBJECT.missing("không có tên loại, cũng không có trích yếu “V/v …”");
    };
    let style = Style {
        sizes: (12.0, 13.0),
        weight: Some(Weight::Regular),
        slope: Slope::Upright,
        letters: Letters::Sentence,
    };
    let mut faults: Vec<Fault> =
        head.letter_subject.iter().flat_map(|line| style.faults(1, line)).collect();
    let off = (first.centre() - number.centre()).abs();
    if off > 0.3 {
        let says = format!("trích yếu lệch {} mm so với số, ký hiệu", shown(off, 2));
        faults.push(Fault { page: 1, says });
    }
    let gap = (first.baseline - number.baseline) / MM - 1.149 * first.size();
    let measured = format!("cỡ chữ {}, cách dòng {} pt", super::size(first.size()), shown(gap, 1));
    if !(5.0..=8.0).contains(&gap) {
        faults.push(Fault { page: 1, says: format!("cách dòng {} pt", shown(gap, 1)) });
    }
    LETTER_SUBJECT.judged(1, measured, faults)
}

fn addressees(lines: &[Line]) -> Check {
    let style = Style { weight: Some(Weight::Regular), letters: Letters::Sentence, ..TITLE };
    let all: Vec<&Line> = lines.iter().collect();
    let Some((first, items)) = lines.split_first() else {
        return style.check(ADDRESSEES, 1, &all);
    };
    let mut faults: Vec<Fault> = all.iter().flat_map(|line| style.faults(1, line)).collect();
    let mut fault = |says: String| faults.push(Fault { page: 1, says });
    if !first.text.starts_with("Kính gửi:") {
        fault(format!("ghi “{}”, không phải “Kính gửi: …”", short(&first.text)));
    }
    let mut rest = items.iter().peekable();
    while let Some(item) = rest.next() {
        let is_whole = rest.peek().is_none_or(|next| next.text.starts_with(['-', '–']));
        let sign = if rest.peek().is_some() { ';' } else { '.' };
        if is_whole && items.len() > 1 && !item.text.ends_with(sign) {
            fault(format!("“{}” không kết thúc bằng “{sign}”", short(&item.text)));
        }
    }
    let measured = style.check(ADDRESSEES, 1, &all).measured;
    ADDRESSEES.judged(1, measured, faults)
}

//! Mục II.1 to II.4: Quốc hiệu, Tiêu ngữ, issuing body, number, place and date.

use super::super::clause::{Check, Clause, Fault, shown};
use super::super::document::{Document, Head, SAME_ROW, rule_under, rule_under_lines};
use super::super::page::{Line, MM, Slope, Weight};
use super::words::{date_faults, number_faults};
use super::{Letters, SIZE_PLAY, Style, centred, ruled, size, with_blanks};

const NATION: Clause = Clause::new(
    "quoc-hieu",
    "Mục II.1.a",
    "Quốc hiệu",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, in hoa",
);
const NATION_STYLE: Clause =
    Clause::new("quoc-hieu-kieu-chu", "Mục II.1.a", "Kiểu chữ Quốc hiệu", "cỡ 12–13, đứng, đậm");
const MOTTO: Clause = Clause::new(
    "tieu-ngu",
    "Mục II.1.b",
    "Tiêu ngữ",
    "Độc lập - Tự do - Hạnh phúc, gạch nối có cách chữ",
);
const MOTTO_STYLE: Clause =
    Clause::new("tieu-ngu-kieu-chu", "Mục II.1.b", "Kiểu chữ Tiêu ngữ", "cỡ 13–14, đứng, đậm");
const MOTTO_CENTRE: Clause = Clause::new(
    "tieu-ngu-can-giua",
    "Mục II.1.b",
    "Tiêu ngữ canh giữa dưới Quốc hiệu",
    "lệch không quá 0,3 mm",
);
const MOTTO_RULE: Clause = Clause::new(
    "tieu-ngu-duong-ke",
    "Mục II.1.b",
    "Đường kẻ dưới Tiêu ngữ",
    "nét liền, dài bằng dòng chữ (±2%)",
);
const MOTTO_LEADING: Clause = Clause::new(
    "tieu-ngu-cach-dong",
    "Mục II.1.c",
    "Quốc hiệu và Tiêu ngữ cách nhau dòng đơn",
    "khoảng cách 1,0–1,3 lần cỡ chữ",
);
const SUPERIOR_STYLE: Clause = Clause::new(
    "chu-quan-kieu-chu",
    "Mục II.2.b",
    "Kiểu chữ cơ quan chủ quản",
    "in hoa, cỡ 12–13, đứng, không đậm",
);
const ISSUER_STYLE: Clause = Clause::new(
    "co-quan-kieu-chu",
    "Mục II.2.b",
    "Kiểu chữ cơ quan ban hành",
    "in hoa, cỡ 12–13, đứng, đậm",
);
const ISSUER_CENTRE: Clause = Clause::new(
    "co-quan-can-giua",
    "Mục II.2.b",
    "Cơ quan ban hành canh giữa dưới cơ quan chủ quản",
    "lệch không quá 0,3 mm",
);
const ISSUER_RULE: Clause = Clause::new(
    "co-quan-duong-ke",
    "Mục II.2.b",
    "Đường kẻ dưới cơ quan ban hành",
    "nét liền, dài 1/3–1/2 dòng chữ, cân đối",
);
const NUMBER: Clause = Clause::new(
    "so-ky-hieu",
    "Mục II.3",
    "Số, ký hiệu",
    "“Số: 05/BC-…”: số dưới 10 thêm số 0, dấu / và - không cách chữ, để chỗ trống nếu chưa có số",
);
const NUMBER_STYLE: Clause = Clause::new(
    "so-ky-hieu-kieu-chu",
    "Mục II.3.c",
    "Kiểu chữ số, ký hiệu",
    "cỡ 13, đứng, không đậm",
);
const NUMBER_CENTRE: Clause = Clause::new(
    "so-ky-hieu-can-giua",
    "Mục II.3.c",
    "Số, ký hiệu canh giữa dưới cơ quan ban hành",
    "lệch không quá 0,3 mm",
);
const DATE: Clause = Clause::new(
    "ngay-thang",
    "Mục II.4",
    "Địa danh và thời gian",
    "“Địa danh, ngày 05 tháng 01 năm …”: ngày dưới 10, tháng 1, 2 thêm số 0",
);
const DATE_STYLE: Clause = Clause::new(
    "ngay-thang-kieu-chu",
    "Mục II.4.d",
    "Kiểu chữ địa danh, thời gian",
    "cỡ 13–14, nghiêng, không đậm",
);
const DATE_CENTRE: Clause = Clause::new(
    "ngay-thang-can-giua",
    "Mục II.4.d",
    "Địa danh, thời gian canh giữa so với Quốc hiệu và Tiêu ngữ",
    "lệch không quá 0,3 mm",
);
const DATE_LEVEL: Clause = Clause::new(
    "ngay-thang-cung-dong",
    "Mục II.4.d",
    "Địa danh, thời gian cùng dòng với số, ký hiệu",
    "lệch không quá 0,8 mm",
);
const SIZES: Clause = Clause::new(
    "co-chu-thong-nhat",
    "Phụ lục I, chú thích 2",
    "Cỡ chữ tăng, giảm thống nhất",
    "Quốc hiệu, Tiêu ngữ, thời gian: 13, 14, 14 hoặc 12, 13, 13",
);

/// The clauses of this group.
pub(super) const CLAUSES: [Clause; 19] = [
    NATION,
    NATION_STYLE,
    MOTTO,
    MOTTO_STYLE,
    MOTTO_CENTRE,
    MOTTO_RULE,
    MOTTO_LEADING,
    SUPERIOR_STYLE,
    ISSUER_STYLE,
    ISSUER_CENTRE,
    ISSUER_RULE,
    NUMBER,
    NUMBER_STYLE,
    NUMBER_CENTRE,
    DATE,
    DATE_STYLE,
    DATE_CENTRE,
    DATE_LEVEL,
    SIZES,
];

const BOLD: Style = Style {
    sizes: (12.0, 13.0),
    weight: Some(Weight::Bold),
    slope: Slope::Upright,
    letters: Letters::Capitals,
};

/// Returns the checks of this group.
pub(super) fn checks(document: &Document<'_>) -> Vec<Check> {
    let head = &document.head;
    let mut checks = nation(document);
    checks.extend(bodies(document));
    checks.extend(number(head));
    checks.extend(date(head));
    checks.push(sizes(head));
    checks
}

fn nation(document: &Document<'_>) -> Vec<Check> {
    let head = &document.head;
    let style = Style { letters: Letters::Any, ..BOLD };
    let mut checks = match &head.nation {
        None => vec![NATION.missing("không có Quốc hiệu ở trang 1"), NATION_STYLE.absent(ABSENT)],
        Some(line) => {
            vec![
                worded(NATION, line, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                style.check(NATION_STYLE, 1, &[line]),
            ]
        }
    };
    let Some(motto) = &head.motto else {
        checks.push(MOTTO.missing("không có Tiêu ngữ ở trang 1"));
        let rest = [MOTTO_STYLE, MOTTO_CENTRE, MOTTO_RULE, MOTTO_LEADING];
        checks.extend(rest.map(|clause| clause.absent(ABSENT)));
        return checks;
    };
    checks.push(worded(MOTTO, motto, "Độc lập - Tự do - Hạnh phúc"));
    checks.push(Style { sizes: (13.0, 14.0), ..style }.check(MOTTO_STYLE, 1, &[motto]));
    let rule = document.pages.first().and_then(|page| rule_under(page, motto));
    let centre = head.nation.as_ref().map(Line::centre);
    checks.push(match centre {
        Some(centre) => centred(MOTTO_CENTRE, 1, motto, centre),
        None => MOTTO_CENTRE.absent(ABSENT),
    });
    checks.push(ruled(MOTTO_RULE, 1, (motto, rule), (0.98, 1.02)));
    checks.push(match &head.nation {
        None => MOTTO_LEADING.absent(ABSENT),
        Some(nation) => {
            let step = (motto.baseline - nation.baseline) / MM / motto.size().max(1.0);
            let measured = format!("{} lần cỡ chữ", shown(step, 2));
            let fault = Fault { page: 1, says: measured.clone() };
            let is_single = (0.99..=1.31).contains(&step);
            MOTTO_LEADING.judged(1, measured, if is_single { Vec::new() } else { vec![fault] })
        }
    });
    checks
}

const ABSENT: &str = "không có thành phần này";

fn worded(clause: Clause, line: &Line, right: &str) -> Check {
    let fault = Fault { page: 1, says: format!("ghi “{}”", line.text) };
    let is_right = crate::text::squeeze(&line.text) == right;
    clause.judged(1, line.text.clone(), if is_right { Vec::new() } else { vec![fault] })
}

fn bodies(document: &Document<'_>) -> Vec<Check> {
    let head = &document.head;
    let superior: Vec<&Line> = head.superior.iter().collect();
    let issuer: Vec<&Line> = head.issuer.iter().collect();
    let (Some(first), Some(last)) = (issuer.first(), issuer.last()) else {
        return vec![
            SUPERIOR_STYLE.absent(ABSENT),
            ISSUER_STYLE.missing("không có tên cơ quan ban hành ở phía trên, bên trái trang 1"),
            ISSUER_CENTRE.absent(ABSENT),
            ISSUER_RULE.absent(ABSENT),
        ];
    };
    let thin = Style { weight: Some(Weight::Regular), ..BOLD };
    let centre = match superior.last() {
        Some(above) => centred(ISSUER_CENTRE, 1, first, above.centre()),
        None if issuer.len() > 1 => centred(ISSUER_CENTRE, 1, last, first.centre()),
        None => ISSUER_CENTRE.absent("không có cơ quan chủ quản"),
    };
    let rule = document.pages.first().and_then(|page| rule_under_lines(page, &issuer));
    // Of several lines the rule may be measured against the last or the longest one.
    let longest = issuer.iter().max_by(|a, b| a.width().total_cmp(&b.width())).unwrap_or(last);
    let share = (0.33 * longest.width().min(last.width()), 0.505 * longest.width());
    let share = (share.0 / last.width(), share.1 / last.width());
    vec![
        thin.check(SUPERIOR_STYLE, 1, &superior),
        BOLD.check(ISSUER_STYLE, 1, &issuer),
        centre,
        ruled(ISSUER_RULE, 1, (last, rule), share),
    ]
}

fn number(head: &Head) -> Vec<Check> {
    let Some(line) = &head.number else {
        return vec![
            NUMBER.missing("không có dòng “Số: …” ở trang 1"),
            NUMBER_STYLE.absent(ABSENT),
            NUMBER_CENTRE.absent(ABSENT),
        ];
    };
    let faults = number_faults(&line.text);
    let faults = faults.into_iter().map(|says| Fault { page: 1, says }).collect();
    let style = Style {
        sizes: (13.0, 13.0),
        weight: Some(Weight::Regular),
        slope: Slope::Upright,
        letters: Letters::Any,
    };
    vec![
        NUMBER.judged(1, with_blanks(&line.text), faults),
        style.check(NUMBER_STYLE, 1, &[line]),
        match head.issuer.last() {
            Some(issuer) => centred(NUMBER_CENTRE, 1, line, issuer.centre()),
            None => NUMBER_CENTRE.absent(ABSENT),
        },
    ]
}

fn date(head: &Head) -> Vec<Check> {
    let Some(line) = &head.date else {
        return vec![
            DATE.missing("không có dòng “…, ngày … tháng … năm …” ở trang 1"),
            DATE_STYLE.absent(ABSENT),
            DATE_CENTRE.absent(ABSENT),
            DATE_LEVEL.absent(ABSENT),
        ];
    };
    let faults = date_faults(&line.text);
    let faults = faults.into_iter().map(|says| Fault { page: 1, says }).collect();
    let style = Style {
        sizes: (13.0, 14.0),
        weight: Some(Weight::Regular),
        slope: Slope::Italic,
        letters: Letters::Any,
    };
    vec![
        DATE.judged(1, with_blanks(&line.text), faults),
        style.check(DATE_STYLE, 1, &[line]),
        match head.nation.as_ref().or(head.motto.as_ref()) {
            Some(nation) => centred(DATE_CENTRE, 1, line, nation.centre()),
            None => DATE_CENTRE.absent(ABSENT),
        },
        match &head.number {
            None => DATE_LEVEL.absent(ABSENT),
            Some(number) => {
                let off = (number.baseline - line.baseline).abs();
                let says = format!("lệch {} mm", shown(off, 2));
                let fault = Fault { page: 1, says: says.clone() };
                DATE_LEVEL.judged(1, says, if off > SAME_ROW { vec![fault] } else { Vec::new() })
            }
        },
    ]
}

fn sizes(head: &Head) -> Check {
    let (Some(nation), Some(motto), Some(date)) = (&head.nation, &head.motto, &head.date) else {
        return SIZES.absent("thiếu Quốc hiệu, Tiêu ngữ hoặc thời gian");
    };
    let sizes = [nation.size(), motto.size(), date.size()];
    let is_set = [[13.0, 14.0, 14.0], [12.0, 13.0, 13.0]]
        .iter()
        .any(|set| set.iter().zip(&sizes).all(|(a, b)| (a - b).abs() <= SIZE_PLAY));
    let measured = sizes.map(size).join(", ");
    // A size beyond its own range is that component's fault, not one of proportion.
    let ranges = [(12.0, 13.0), (13.0, 14.0), (13.0, 14.0)];
    let is_within = |(size, (least, most)): (&f64, &(f64, f64))| {
        (least - SIZE_PLAY..=most + SIZE_PLAY).contains(size)
    };
    if !sizes.iter().zip(&ranges).all(is_within) {
        return SIZES.absent("có cỡ chữ ngoài phạm vi, xem kiểu chữ từng thành phần");
    }
    let fault = Fault { page: 1, says: measured.clone() };
    SIZES.judged(1, measured, if is_set { Vec::new() } else { vec![fault] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_without_a_head_fails_where_a_head_is_obligatory() {
        let document = Document::of(&[]);
        let failed: Vec<&str> = checks(&document)
            .iter()
            .filter(|check| check.verdict == super::super::super::clause::Verdict::Fail)
            .map(|check| check.clause.id)
            .collect();
        let expected = ["quoc-hieu", "tieu-ngu", "co-quan-kieu-chu", "so-ky-hieu", "ngay-thang"];
        assert_eq!(failed, expected);
    }
}

//! Mục II.7 and II.9.b: authority, office and name of who signs; Nơi nhận.

use super::super::clause::{Check, Clause, Fault, shown};
use super::super::document::{Document, Ending, plain};
use super::super::page::{Line, Slope, Weight};
use super::{Letters, Style, centred, short};

const OFFICE_STYLE: Clause = Clause::new(
    "chuc-vu-kieu-chu",
    "Mục II.7",
    "Kiểu chữ quyền hạn, chức vụ",
    "in hoa, cỡ 13–14, đứng, đậm",
);
const OFFICE_WORDS: Clause = Clause::new(
    "quyen-han",
    "Mục II.7.a",
    "Cách ghi quyền hạn",
    "TM., Q., KT., TL., TUQ. rồi cách chữ",
);
const NAME_STYLE: Clause =
    Clause::new("ho-ten-kieu-chu", "Mục II.7", "Kiểu chữ họ tên", "in thường, cỡ 13–14, đứng, đậm");
const NAME_WORDS: Clause = Clause::new(
    "ho-ten-hoc-vi",
    "Mục II.7.b",
    "Họ tên người ký",
    "không ghi học hàm, học vị, danh hiệu",
);
const CENTRE: Clause = Clause::new(
    "chu-ky-can-giua",
    "Mục II.7",
    "Chức vụ, họ tên canh giữa với quyền hạn",
    "lệch không quá 0,3 mm",
);
const LABEL_STYLE: Clause = Clause::new(
    "noi-nhan-kieu-chu",
    "Mục II.9.b",
    "Từ “Nơi nhận”",
    "in thường, cỡ 12, nghiêng, đậm",
);
const LABEL_PLACE: Clause = Clause::new(
    "noi-nhan-vi-tri",
    "Mục II.9.b",
    "Vị trí “Nơi nhận”",
    "sát lề trái, ngang hàng với dòng quyền hạn, chức vụ",
);
const LIST_STYLE: Clause = Clause::new(
    "noi-nhan-danh-sach",
    "Mục II.9.b",
    "Kiểu chữ danh sách nơi nhận",
    "in thường, cỡ 11, đứng, không đậm",
);
const LIST_WORDS: Clause = Clause::new(
    "noi-nhan-cach-ghi",
    "Mục II.9.b",
    "Cách ghi nơi nhận",
    "đầu dòng gạch ngang, cuối dòng chấm phẩy; dòng cuối “Lưu: VT, …” có dấu chấm",
);

/// The clauses of this group.
pub(super) const CLAUSES: [Clause; 9] = [
    OFFICE_STYLE,
    OFFICE_WORDS,
    NAME_STYLE,
    NAME_WORDS,
    CENTRE,
    LABEL_STYLE,
    LABEL_PLACE,
    LIST_STYLE,
    LIST_WORDS,
];

/// Abbreviations of degrees and honours before a name, in lower case without marks.
const DEGREES: [&str; 13] = [
    "gs", "pgs", "ts", "ths", "ks", "bs", "cn", "dr", "tskh", "tien si", "thac si", "giao su",
    "nha giao",
];

const ABSENT: &str = "không có thành phần này";

/// Returns the checks of this group.
pub(super) fn checks(document: &Document<'_>) -> Vec<Check> {
    let Some(ending) = &document.ending else {
        let mut checks = vec![OFFICE_STYLE.missing("không có quyền hạn, chức vụ của người ký")];
        let [_, signing @ .., _, _, _, _] = &CLAUSES;
        checks.extend(signing.iter().map(|clause| clause.absent(ABSENT)));
        checks.push(LABEL_STYLE.missing("không có “Nơi nhận”"));
        checks.extend([LABEL_PLACE, LIST_STYLE, LIST_WORDS].map(|clause| clause.absent(ABSENT)));
        return checks;
    };
    [signer(ending), recipients(ending, document)].concat()
}

fn signer(ending: &Ending) -> Vec<Check> {
    let page = ending.page;
    let style = Style {
        sizes: (13.0, 14.0),
        weight: Some(Weight::Bold),
        slope: Slope::Upright,
        letters: Letters::Capitals,
    };
    let offices: Vec<&Line> = ending.offices.iter().collect();
    let Some(first) = offices.first() else {
        let mut checks = vec![OFFICE_STYLE.missing("không có quyền hạn, chức vụ của người ký")];
        let rest = [OFFICE_WORDS, NAME_STYLE, NAME_WORDS, CENTRE];
        checks.extend(rest.map(|clause| clause.absent(ABSENT)));
        return checks;
    };
    let below = offices.iter().skip(1).copied().chain(&ending.name);
    let off = |line: &&Line| (line.centre() - first.centre()).abs();
    let worst = below.max_by(|a, b| off(a).total_cmp(&off(b)));
    let name: Vec<&Line> = ending.name.iter().collect();
    vec![
        style.check(OFFICE_STYLE, page, &offices),
        authority(ending, first),
        Style { letters: Letters::Sentence, ..style }.check(NAME_STYLE, page, &name),
        match ending.name.as_ref() {
            None => NAME_WORDS.absent("chưa có họ tên người ký"),
            Some(name) => titled(page, name),
        },
        match worst {
            Some(worst) => centred(CENTRE, page, worst, first.centre()),
            None => CENTRE.absent(ABSENT),
        },
    ]
}

fn authority(ending: &Ending, first: &Line) -> Check {
    let words = first.text.to_uppercase();
    let known = ["TUQ", "TM", "KT", "TL", "Q"];
    let begins = |sign: &&&str| {
        let rest = words.strip_prefix(**sign);
        rest.is_some_and(|rest| rest.starts_with(['.', ' ', '/']))
    };
    let Some(sign) = known.iter().find(begins) else {
        return OFFICE_WORDS.absent("người ký không ký thay, ký thừa lệnh");
    };
    let rest = words.strip_prefix(sign).unwrap_or_default();
    let is_right = rest.starts_with(". ") || rest.starts_with(".\u{a0}");
    let fault = Fault { page: ending.page, says: format!("ghi “{}”", short(&first.text)) };
    OFFICE_WORDS.judged(
        ending.page,
        short(&first.text),
        if is_right { Vec::new() } else { vec![fault] },
    )
}

fn titled(page: usize, name: &Line) -> Check {
    let words = plain(&name.text);
    let is_titled = DEGREES.iter().any(|degree| {
        let rest = words.strip_prefix(degree);
        rest.is_some_and(|rest| rest.starts_with(['.', ' ', ',']))
    });
    let fault = Fault { page, says: format!("ghi “{}”", name.text) };
    NAME_WORDS.judged(page, name.text.clone(), if is_titled { vec![fault] } else { Vec::new() })
}

fn recipients(ending: &Ending, document: &Document<'_>) -> Vec<Check> {
    let page = ending.page;
    let Some(label) = &ending.label else {
        let mut checks = vec![LABEL_STYLE.missing("không có “Nơi nhận”")];
        checks.extend([LABEL_PLACE, LIST_STYLE, LIST_WORDS].map(|clause| clause.absent(ABSENT)));
        return checks;
    };
    let style = Style {
        sizes: (12.0, 12.0),
        weight: Some(Weight::Bold),
        slope: Slope::Italic,
        letters: Letters::Sentence,
    };
    let list = Style {
        sizes: (11.0, 11.0),
        weight: Some(Weight::Regular),
        slope: Slope::Upright,
        letters: Letters::Any,
    };
    let lines: Vec<&Line> = ending.recipients.iter().collect();
    vec![
        style.check(LABEL_STYLE, page, &[label]),
        label_place(ending, label, document),
        list.check(LIST_STYLE, page, &lines),
        listed(ending),
    ]
}

fn label_place(ending: &Ending, label: &Line, document: &Document<'_>) -> Check {
    let mut faults = Vec::new();
    let mut fault = |says: String| faults.push(Fault { page: ending.page, says });
    let mut measured = Vec::new();
    if let Some(edges) = document.body.edges {
        let off = (label.left - edges.left).abs();
        measured.push(format!("cách lề trái {} mm", shown(off, 2)));
        if off > 0.6 {
            fault(format!("cách lề trái {} mm", shown(off, 2)));
        }
    }
    if let Some(first) = ending.offices.first() {
        let off = (label.baseline - first.baseline).abs();
        measured.push(format!("lệch {} mm so với dòng quyền hạn", shown(off, 2)));
        // The two lines differ in size, so that cells of a table align their tops.
        if off > 1.0 {
            fault(format!("lệch {} mm so với dòng quyền hạn, chức vụ", shown(off, 2)));
        }
    }
    LABEL_PLACE.judged(ending.page, measured.join(", "), faults)
}

fn listed(ending: &Ending) -> Check {
    let mut items: Vec<String> = Vec::new();
    let mut faults = Vec::new();
    let mut fault = |says: String| faults.push(Fault { page: ending.page, says });
    for line in &ending.recipients {
        match items.last_mut() {
            _ if line.text.starts_with(['-', '–']) => items.push(line.text.clone()),
            Some(item) if !item.ends_with([';', '.']) => *item = format!("{item} {}", line.text),
            // Initials of the typist and number of copies (ô 12) follow the list.
            Some(item) if item.ends_with('.') => break,
            _ => items.push(line.text.clone()),
        }
    }
    let Some((last, before)) = items.split_last() else {
        return LIST_WORDS.absent("danh sách nơi nhận trống");
    };
    for item in before {
        if !item.ends_with(';') {
            fault(format!("“{}” không kết thúc bằng dấu chấm phẩy", short(item)));
        }
    }
    for item in &items {
        if !item.starts_with('-') {
            fault(format!("“{}” không bắt đầu bằng gạch ngang", short(item)));
        }
    }
    if !plain(last).contains("luu:") || !last.contains("VT") {
        fault(format!("dòng cuối “{}” không phải “Lưu: VT, …”", short(last)));
    } else if !last.ends_with('.') {
        fault(format!("dòng cuối “{}” không có dấu chấm", short(last)));
    }
    LIST_WORDS.judged(ending.page, format!("{} dòng", items.len()), faults)
}

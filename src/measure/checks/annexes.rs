//! Mục III.1: number, title and "Kèm theo" line of annexes.

use super::super::clause::{Check, Clause, Fault, shown};
use super::super::document::{Annex, Document, plain};
use super::super::page::{Slope, Weight};
use super::{Letters, Style, short, size, with_blanks};

const NUMBERS: Clause = Clause::new(
    "phu-luc-so",
    "Mục III.1.b",
    "Số thứ tự phụ lục",
    "có từ hai phụ lục: chữ số La Mã, theo thứ tự",
);
const LABEL_STYLE: Clause =
    Clause::new("phu-luc-kieu-chu", "Mục III.1.c", "Từ “Phụ lục”", "in thường, cỡ 14, đứng, đậm");
const TITLE_STYLE: Clause =
    Clause::new("phu-luc-ten", "Mục III.1.c", "Tên phụ lục", "in hoa, cỡ 13–14, đứng, đậm");
const ATTACHED: Clause = Clause::new(
    "phu-luc-kem-theo",
    "Mục III.1.d",
    "Chỉ dẫn kèm theo",
    "“(Kèm theo …)”, in thường, cỡ 13–14, nghiêng, không đậm",
);
const CENTRE: Clause = Clause::new(
    "phu-luc-can-giua",
    "Mục III.1.c",
    "Tên phụ lục, chỉ dẫn canh giữa",
    "lệch không quá 0,3 mm so với từ “Phụ lục”",
);

/// The clauses of this group.
pub(super) const CLAUSES: [Clause; 5] = [NUMBERS, LABEL_STYLE, TITLE_STYLE, ATTACHED, CENTRE];

const ROMANS: [&str; 20] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII", "XVIII", "XIX", "XX",
];

/// Returns the checks of this group.
pub(super) fn checks(document: &Document<'_>) -> Vec<Check> {
    let annexes = &document.annexes;
    let Some(first) = annexes.first() else {
        return CLAUSES.map(|clause| clause.absent("không có phụ lục")).into();
    };
    let style = Style {
        sizes: (13.0, 14.0),
        weight: Some(Weight::Bold),
        slope: Slope::Upright,
        letters: Letters::Capitals,
    };
    let label = Style { sizes: (14.0, 14.0), letters: Letters::Sentence, ..style };
    let labels = annexes.iter().flat_map(|annex| label.faults(annex.page, &annex.label));
    let titles = annexes.iter().flat_map(|annex| titled(annex, style));
    let size_of = |points: Option<f64>| format!("cỡ chữ {}", size(points.unwrap_or_default()));
    let title_size = first.title.first().map(super::super::page::Line::size);
    vec![
        numbers(annexes, first),
        LABEL_STYLE.judged(first.page, size_of(Some(first.label.size())), labels.collect()),
        TITLE_STYLE.judged(first.page, size_of(title_size), titles.collect()),
        attached(annexes, first),
        middle(annexes, first),
    ]
}

fn numbers(annexes: &[Annex], first: &Annex) -> Check {
    let number = |annex: &Annex| {
        let words = crate::text::squeeze(&annex.label.text);
        words.split(' ').nth(2).unwrap_or_default().to_owned()
    };
    let mut faults = Vec::new();
    if annexes.len() == 1 {
        return NUMBERS.absent("có một phụ lục");
    }
    for (annex, expected) in annexes.iter().zip(ROMANS) {
        let number = number(annex);
        if number != expected {
            let says = format!("ghi “{}” ở chỗ của Phụ lục {expected}", annex.label.text);
            faults.push(Fault { page: annex.page, says });
        }
    }
    NUMBERS.judged(first.page, format!("{} phụ lục, đúng thứ tự", annexes.len()), faults)
}

/// Returns what is wrong with the title of an annex; names as VNeID may keep small letters.
fn titled(annex: &Annex, style: Style) -> Vec<Fault> {
    if annex.title.is_empty() {
        return vec![Fault {
            page: annex.page,
            says: format!("“{}” không có tên", annex.label.text),
        }];
    }
    let set = Style { letters: Letters::Any, ..style };
    let mut faults: Vec<Fault> =
        annex.title.iter().flat_map(|line| set.faults(annex.page, line)).collect();
    let is_small = |word: &&str| {
        word.chars().all(|c| !c.is_uppercase()) && word.chars().any(char::is_alphabetic)
    };
    for line in &annex.title {
        if line.text.split_whitespace().any(|word| is_small(&word)) {
            faults.push(Fault {
                page: annex.page,
                says: format!("“{}”: không in hoa", short(&line.text)),
            });
        }
    }
    faults
}

fn attached(annexes: &[Annex], first: &Annex) -> Check {
    let style = Style {
        sizes: (13.0, 14.0),
        weight: Some(Weight::Regular),
        slope: Slope::Italic,
        letters: Letters::Sentence,
    };
    let mut faults = Vec::new();
    for annex in annexes {
        let words: Vec<&str> = annex.attached.iter().map(|line| line.text.as_str()).collect();
        let words = plain(&words.join(" "));
        if words.is_empty() {
            let says = format!("“{}” không có dòng “(Kèm theo …)”", annex.label.text);
            faults.push(Fault { page: annex.page, says });
        }
        faults.extend(annex.attached.iter().flat_map(|line| style.faults(annex.page, line)));
    }
    let measured = first.attached.first().map(|line| short(&with_blanks(&line.text)));
    ATTACHED.judged(first.page, measured.unwrap_or_default(), faults)
}

fn middle(annexes: &[Annex], first: &Annex) -> Check {
    let (mut faults, mut worst) = (Vec::new(), 0.0_f64);
    for annex in annexes {
        for line in annex.title.iter().chain(&annex.attached) {
            let off = (line.centre() - annex.label.centre()).abs();
            worst = worst.max(off);
            if off > 0.3 {
                let says = format!("“{}” lệch {} mm", short(&line.text), shown(off, 2));
                faults.push(Fault { page: annex.page, says });
            }
        }
    }
    CENTRE.judged(first.page, format!("lệch nhiều nhất {} mm", shown(worst, 2)), faults)
}

//! Words around tables that say nothing of their figures: those of the templates, and times, numbers of papers
//! and names that are of the return itself. What cannot be cut into them is told, as nobody can list
//! everything that makes a figure another one.

mod month_memo;
mod papers;
mod phrases;
mod times;
mod tokens;

use self::{
    month_memo::MonthMemo,
    phrases::Phrases,
    times::TimeWords,
    tokens::{Token, has_word, tokens},
};
use super::{ReadingGuide, month::Month};
use crate::{
    template::Measure,
    text::{fold, strip_marks},
};

/// Phrases of the templates and names of units, each as its words.
#[derive(Debug, Default)]
pub(super) struct Familiar {
    phrases: Phrases,
    /// The same without marks, for words without any.
    bare_phrases: Phrases,
    units: Phrases,
    bare_units: Phrases,
    first_day: u32,
    /// Texts that were familiar in a month.
    known: MonthMemo,
    /// Names of sheets that were.
    sheets: MonthMemo,
}

/// No name of a unit has this.
const NOBODY: &str = "\u{0}";

/// Of what a sheet is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Own<'a> {
    /// Its month.
    pub(super) month: Option<Month>,
    /// The name of its unit, folded and without marks.
    pub(super) unit: Option<&'a str>,
}

/// What a line is that tells why there is a report, to whom it goes or whom one may ask.
const OTHER_LINES: [&str; 54] = [
    "căn cứ",
    "kèm theo",
    "(kèm theo",
    "(căn cứ",
    "(ban hành kèm theo",
    "ban hành kèm theo",
    "văn bản kèm theo",
    "thực hiện công văn",
    "thực hiện kế hoạch",
    "thực hiện quyết định",
    "thực hiện chỉ đạo",
    "thực hiện văn bản",
    "thực hiện thông báo",
    "thực hiện chế độ",
    "(thực hiện điều",
    "theo đề nghị",
    "theo công văn",
    "kính gửi",
    "nơi nhận",
    "nơi gửi",
    "gửi qua",
    "đơn vị nhận",
    "ngày nhận",
    "hạn gửi",
    "hạn nộp",
    "người lập",
    "người liên hệ",
    "người báo cáo",
    "người nhận",
    "người duyệt",
    "người kiểm tra",
    "người tổng hợp",
    "bộ phận tổng hợp",
    "cán bộ tổng hợp",
    "cán bộ phụ trách",
    "điện thoại",
    "số điện thoại",
    "email",
    "địa chỉ",
    "hỗ trợ",
    "mọi vướng mắc",
    "hướng dẫn:",
    "giải thích:",
    "đề nghị các đơn vị",
    "nguồn số liệu",
    "nguồn:",
    "hotline",
    "sđt",
    "người ký",
    "quy ước",
    "tổ trưởng",
    "phương châm",
    "đơn vị chỉ ghi",
    "đồng gửi",
];
/// Words of lines in which any day may stand: papers, deadlines.
const OF_PAPERS: [&str; 7] =
    ["quyết định", "kế hoạch số", "công văn", "thông tư", "nghị định", "chỉ thị", "hạn "];
/// Longest words that are looked at, in letters; longer ones tell how to fill in a form.
const LONGEST: usize = 160;

impl Familiar {
    /// Returns the phrases and names of a guide; without phrases everything is familiar.
    pub(super) fn new(guide: &ReadingGuide) -> Self {
        let mut familiar = Self { first_day: guide.first_day.max(1), ..Self::default() };
        if guide.familiar.is_empty() {
            return familiar;
        }
        let of_period = guide.columns.iter().filter(|column| column.measure == Measure::Value);
        let heads = of_period.flat_map(|column| &column.titles);
        let details = guide.details.iter().flat_map(|detail| &detail.titles);
        let boxes = guide.boxes.iter().flat_map(|(_, labels)| labels);
        let of_labels = guide.labels.around_tables();
        let all = guide.familiar.iter().chain(heads).chain(details).chain(boxes).chain(of_labels);
        for phrase in all.flat_map(|phrase| phrase.split(['{', '}']).step_by(2)) {
            familiar.phrases.put(&tokens(&fold(phrase)));
            familiar.bare_phrases.put(&tokens(&strip_marks(phrase)));
        }
        for name in guide.unit_names.iter().chain(&guide.bare_unit_names) {
            familiar.units.put(&tokens(&fold(name)));
            familiar.bare_units.put(&tokens(&strip_marks(name)));
        }
        familiar
    }

    /// Returns whether folded words are familiar in whatever sheet they stand: they name no time and no unit.
    pub(super) fn is_plain(&self, words: &str) -> bool {
        self.is_off() || is_of_another_kind(words) || self.covers(words, None)
    }

    /// Returns whether folded words are familiar in a sheet: times that they name are its own, and so are
    /// units.
    pub(super) fn knows(&self, words: &str, own: Own<'_>) -> bool {
        self.is_off() || self.knows_of_month(words, own.month) || self.knows_of_unit(words, own)
    }

    /// Returns the same for a text as it stands in a cell.
    pub(super) fn knows_text(&self, text: &str, own: Own<'_>) -> bool {
        let of_month = || self.knows_of_month(&fold(text), own.month);
        self.is_off()
            || self.known.ask(text, own.month, of_month)
            || self.knows_of_unit(&fold(text), own)
    }

    /// Returns whether folded words are familiar in every sheet of a month, whatever its unit.
    fn knows_of_month(&self, words: &str, month: Option<Month>) -> bool {
        // A name that is no unit's.
        let own = Own { month, unit: Some(NOBODY) };
        is_of_another_kind(words)
            || times::is_line_of_place(words, month, self.first_day)
            || self.covers(words, Some(own))
    }

    /// Returns whether folded words are familiar in a sheet of this unit.
    fn knows_of_unit(&self, words: &str, own: Own<'_>) -> bool {
        self.is_own_name(words, own) || self.covers(words, Some(own))
    }

    /// Returns whether words are the name of the unit and nothing else.
    fn is_own_name(&self, words: &str, own: Own<'_>) -> bool {
        let tokens = &tokens(words)[..];
        self.units.lengths(tokens).any(|length| length == tokens.len()) && own.is_named(tokens)
    }

    /// Returns whether the name of a sheet is familiar in it.
    pub(super) fn knows_sheet(&self, name: &str, own: Own<'_>) -> bool {
        let words = || strip_marks(&name.replace('_', " "));
        let of_month = || self.knows_name(&words(), Own { unit: Some(NOBODY), ..own });
        self.is_off()
            || self.sheets.ask(name, own.month, of_month)
            || self.knows_name(&words(), own)
    }

    /// Returns whether words without marks may be the name of a sheet: familiar words, numbers and initials.
    fn knows_name(&self, name: &str, own: Own<'_>) -> bool {
        const NAMES: [&str; 12] = [
            "sheet",
            "trang",
            "trang tinh",
            "ban",
            "bang",
            "tong hop",
            "data",
            "form",
            "chinh thuc",
            "lan",
            "final",
            "ok",
        ];
        let without_number = name.trim_end_matches(|one: char| !one.is_alphabetic());
        let has_letters = name.chars().filter(|one| one.is_alphabetic()).count();
        has_letters == 0 && times::months_in(name) == 0
            || NAMES.contains(&without_number)
            || is_initials(name)
            || self.knows(name, own)
    }

    /// Returns whether words name a unit, its own or another.
    pub(super) fn names_unit(&self, words: &str) -> bool {
        let tokens = tokens(words);
        let begins =
            |at: usize| self.units.lengths(tokens.get(at..).unwrap_or_default()).next().is_some();
        (0..tokens.len()).any(begins)
    }

    /// Returns whether no phrase is known, and everything is familiar.
    pub(super) fn is_off(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Returns whether words can be cut into familiar pieces, those of a sheet among them.
    fn covers(&self, words: &str, own: Option<Own<'_>>) -> bool {
        let tokens = &tokens(words)[..];
        let (phrases, units) = if words.is_ascii() {
            (&self.bare_phrases, &self.bare_units)
        } else {
            (&self.phrases, &self.units)
        };
        let time = own.map(|own| TimeWords {
            month: own.month,
            first_day: self.first_day,
            any_day: papers::is_named(tokens)
                || OF_PAPERS.iter().any(|paper| words.contains(paper)),
        });
        let mut reached = vec![false; tokens.len() + 1];
        let mut ends: Vec<usize> = Vec::new();
        reached[0] = true;
        for at in 0..tokens.len() {
            if !reached.get(at).is_some_and(|reached| *reached) {
                continue;
            }
            let rest = tokens.get(at..).unwrap_or_default();
            ends.extend(phrases.lengths(rest));
            papers::number(rest, &mut ends);
            if at == 0 {
                ends.extend(papers::ordinal(rest));
            }
            if let (Some(own), Some(time)) = (own, &time) {
                let is_own = |length: &usize| own.is_named(rest.get(..*length).unwrap_or_default());
                ends.extend(units.lengths(rest).filter(is_own));
                time.lengths(words, rest, &mut ends);
            }
            for length in ends.drain(..) {
                if let Some(end) = reached.get_mut(at + length) {
                    *end = true;
                }
            }
        }
        reached.last().copied().unwrap_or(true)
    }
}

impl Own<'_> {
    /// Returns whether a name of a unit may be that of the sheet: its last words are those of the place.
    fn is_named(&self, name: &[Token<'_>]) -> bool {
        let place = name.get(name.len().saturating_sub(2)..).unwrap_or_default();
        let place: Vec<&str> = place.iter().map(|token| token.word).collect();
        let place = strip_marks(&place.join(" "));
        self.unit.is_none_or(|own| own.contains(&place))
    }
}

/// Returns whether words are of another kind than what is said of figures: too long, signs and numbers of
/// columns, lines about papers and people.
fn is_of_another_kind(words: &str) -> bool {
    words.chars().count() > LONGEST
        || is_of_other_lines(words)
        || is_of_superior(words)
        || !has_word(words) && !times::names_day(words) && !words.contains('?')
}

/// Returns whether words are the name of a province in a letterhead.
fn is_of_superior(words: &str) -> bool {
    const SUPERIORS: [&str; 5] = [
        "ubnd tỉnh ",
        "ubnd thành phố ",
        "ủy ban nhân dân tỉnh ",
        "ủy ban nhân dân thành phố ",
        "ủy ban nhân dân tp ",
    ];
    SUPERIORS.iter().any(|superior| words.starts_with(superior)) && words.split(' ').count() <= 8
}

/// Returns whether words begin a line about papers or people.
pub(super) fn is_of_other_lines(words: &str) -> bool {
    OTHER_LINES.iter().any(|line| words.starts_with(line))
}

/// Returns whether a line speaks of figures, where people write to each other about anything.
pub(super) fn speaks_of_figures(words: &str) -> bool {
    const OF_FIGURES: [&str; 37] = [
        "số liệu",
        "con số",
        "các số",
        "số trên",
        "số lũy kế",
        "biểu này",
        "bảng này",
        "tính từ",
        "tính đến",
        "chỉ tính",
        "không tính",
        "chưa tính",
        "gồm cả",
        "lấy theo",
        "lấy bằng",
        "đvt",
        "đơn vị tính",
        "chưa có số",
        "còn thiếu",
        "màu ",
        "lấy số",
        "kết quả của",
        "sai lệch",
        "số liệu chênh",
        "ghi theo",
        "không gồm",
        "chỉ lấy",
        "thống kê được",
        "cộng trùng",
        "trước khi chốt",
        "gộp",
        "đính chính",
        "chưa nhập",
        "chưa đếm",
        "chưa ký",
        "biểu dùng",
        "chưa xác nhận",
    ];
    let is_note =
        words.starts_with("(*)") || words.starts_with('*') || words.starts_with("ghi chú");
    let is_footnote = || {
        let mut signs = words.chars();
        signs.next() == Some('(') && signs.next().is_some_and(|one| one.is_ascii_digit())
    };
    is_note || is_footnote() || OF_FIGURES.iter().any(|of| words.contains(of))
}

/// Returns whether the name of a sheet is initials alone: "TM", "B01".
fn is_initials(name: &str) -> bool {
    const OTHERS: [&str; 8] = ["kh", "cu", "bo", "uoc", "qi", "ts", "vd", "old"];
    let letters: String = name.chars().filter(|one| one.is_alphabetic()).collect();
    letters.len() <= 3
        && !name.contains(' ')
        && !OTHERS.contains(&letters.as_str())
        && times::months_in(name) == 0
}

//! What the words above a table say of all its numbers: its title, the name of its sheet, lines about
//! units of count.

use super::{
    Objection, Objections, Withdrawal, objection,
    parts::{names_body, names_part},
    scales::{has_scale, is_about_units},
    times::{is_of_more, last_year_of_title, names_month, quarter, year_in},
    title::DocumentTitle,
    words::{in_brackets, is_estimate, is_of_past, is_plan, is_title_of_plan, without_number},
};
use crate::{
    ingest::{
        CellContent,
        dates::is_other_span,
        grid::Grid,
        header::Words,
        matcher::Matcher,
        memo::Memo,
        month::{Month, MonthHead, is_date_line},
        month_tables::short_month,
        word_row::{Question, WordRow},
    },
    place::CellRef,
    text::{AnyOf, fold},
};

/// What the words around the tables of a sheet say of their numbers.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Remarks {
    /// The last title that stood alone in its row.
    title: Option<(CellRef, String)>,
    unit_of_count: Option<Objection>,
    part: Option<Objection>,
    /// A title that names a quarter.
    quarter: Option<Objection>,
    /// What the title of the document says, whatever month a label states.
    pub(super) document: DocumentTitle,
}

/// What titles say where nothing else is said above a table.
pub(in crate::ingest) type TitleMemo = Memo<TitleWords, Objections>;

/// Everything that is asked of a title: its words as they stand and their cell, the name of the sheet and
/// its month.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(in crate::ingest) struct TitleWords {
    title: Option<(CellRef, String)>,
    sheet: String,
    month: Option<Month>,
}

impl TitleWords {
    fn new(grid: &Grid, title: Option<CellRef>, (sheet, month): (&str, Option<Month>)) -> Self {
        let words = |cell: CellRef| match grid.at(cell.row, cell.column) {
            CellContent::Text(words) => words.clone(),
            _ => String::new(),
        };
        let title = title.map(|cell| (cell, words(cell)));
        Self { title, sheet: sheet.to_owned(), month }
    }
}

/// Most rows between a title and the head of its table.
const MAX_DISTANCE: u32 = 3;

impl Remarks {
    /// Takes what a row outside the rows of indicators says.
    pub(in crate::ingest) fn take(&mut self, grid: &Grid, words: &WordRow) {
        if words.ask(Question::Remark, |words| words.iter().any(|(_, word)| is_remark_of_all(word)))
        {
            self.take_remark(grid, words);
        }
        if let [(cell, word)] = &**words
            && grid.row(cell.row).len() == 1
        {
            self.title = Some((*cell, word.clone()));
        }
    }

    fn take_remark(&mut self, grid: &Grid, words: &Words) {
        for (cell, word) in words.iter().filter(|(_, word)| is_about_units(word)) {
            if has_scale(word) {
                self.unit_of_count = Some(objection(Withdrawal::UnitOfCount, grid, *cell));
            }
        }
        if let [(label, word), (cell, unit)] = words
            && grid.row(label.row).len() == 2
            && is_about_units(word)
            && has_scale(unit)
        {
            self.unit_of_count = Some(objection(Withdrawal::UnitOfCount, grid, *cell));
        }
        let [(cell, word)] = words else { return };
        if grid.row(cell.row).len() > 1 {
            return;
        }
        if names_part(word) {
            self.part = Some(objection(Withdrawal::Part, grid, *cell));
        }
        if quarter(word).is_some() {
            self.quarter = Some(objection(Withdrawal::Span, grid, *cell));
        }
    }

    /// Returns what speaks against flows under heads that do not say that they are of the period.
    pub(super) fn year_to_day(&self) -> Option<&Objection> {
        self.document.year_to_day.as_ref()
    }

    /// Returns what speaks against the numbers of the table whose head begins in a row.
    pub(in crate::ingest) fn of_table(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        row: u32,
        (sheet, month): (&str, Option<Month>),
    ) -> Objections {
        let near =
            self.title.as_ref().filter(|(cell, _)| row.saturating_sub(cell.row) <= MAX_DISTANCE);
        let is_alone =
            [&self.unit_of_count, &self.part, &self.quarter].into_iter().all(Option::is_none)
                && self.document.is_silent();
        let words =
            is_alone.then(|| TitleWords::new(grid, near.map(|(cell, _)| *cell), (sheet, month)));
        matcher.titles.get(words, || self.said_of_table((grid, near), sheet, month))
    }

    /// Returns what a title near a table, the name of its sheet and the lines above say against its numbers.
    fn said_of_table(
        &self,
        (grid, near): (&Grid, Option<&(CellRef, String)>),
        sheet: &str,
        month: Option<Month>,
    ) -> Objections {
        let titled = |why, is_so: &dyn Fn(&str) -> bool| {
            near.filter(|(_, word)| is_so(word)).map(|(cell, _)| objection(why, grid, *cell))
        };
        let name = fold(sheet);
        let named = |why, is_so: bool| {
            is_so.then(|| Objection { why, words: sheet.trim().to_owned(), cell: None })
        };
        let all = self
            .unit_of_count
            .clone()
            .or_else(|| {
                titled(Withdrawal::UnitOfCount, &|words| in_brackets(words).is_some_and(has_scale))
            })
            .or_else(|| titled(Withdrawal::Plan, &is_title_of_plan))
            .or_else(|| named(Withdrawal::Plan, is_named_plan(&name)))
            .or_else(|| self.document.against_all(month))
            .or_else(|| titled(Withdrawal::Span, &is_of_past))
            .or_else(|| titled(Withdrawal::Span, &|words| is_title_of_other_year(words, month)))
            .or_else(|| titled(Withdrawal::Part, &names_body))
            .or_else(|| titled(Withdrawal::Plan, &|words| in_brackets(words).is_some_and(is_plan)))
            .or_else(|| {
                titled(Withdrawal::Part, &|words| in_brackets(words).is_some_and(is_of_part))
            })
            .or_else(|| named(Withdrawal::Span, is_of_past(&name)))
            .or_else(|| named(Withdrawal::Span, is_of_other_year(&name, month)))
            .or_else(|| self.part.clone())
            .or_else(|| named(Withdrawal::Part, names_part(&name)))
            .or_else(|| self.quarter.clone().filter(|_| month.is_none()))
            .or_else(|| titled(Withdrawal::Span, &|words| is_other_quarter(words, month)))
            .or_else(|| named(Withdrawal::Span, is_other_quarter(&name, month)));
        let is_of_stocks = name.contains("lũy kế") && !name.contains("năm");
        let flows = titled(Withdrawal::Span, &is_of_other_time)
            .or_else(|| titled(Withdrawal::Span, &|words| is_of_another(words, month)))
            .or_else(|| self.document.flows.clone())
            .or_else(|| {
                named(
                    Withdrawal::Span,
                    is_of_more(&name) && !(is_of_stocks && near.is_some_and(is_of_period)),
                )
            });
        let stocks = titled(Withdrawal::UnderFlows, &is_of_flows_alone);
        Objections { all, flows, stocks }
    }
}

/// Returns whether a title says that its figures are of the period, whatever the name of the sheet says.
fn is_of_period((_, title): &(CellRef, String)) -> bool {
    ["trong kỳ", "trong tháng", "kỳ này"].iter().any(|words| title.contains(words))
}

/// Returns whether a title is of flows and of nothing else.
fn is_of_flows_alone(title: &str) -> bool {
    const FLOWS: [&str; 2] = ["số phát sinh", "phát sinh trong"];
    let title = title.split('(').next().unwrap_or_default();
    FLOWS.iter().any(|words| title.contains(words)) && !says_stocks(title)
}

/// Returns whether words are of numbers at the end of a period.
pub(in crate::ingest) fn says_stocks(words: &str) -> bool {
    static STOCKS: AnyOf =
        AnyOf::new(&["lũy kế", "hiện có", "cuối kỳ", "đến hết", "đến nay", "cộng dồn", "tổng số"]);
    STOCKS.is_in(words)
}

/// Returns what the heading of rows within a table says against the numbers below it: "II. Kế hoạch tháng
/// 4", "Cùng kỳ năm trước".
pub(in crate::ingest) fn of_group(
    grid: &Grid,
    words: &WordRow,
    month: Option<Month>,
) -> Objections {
    let [.., (cell, word)] = &**words else { return Objections::default() };
    let may_say = |word: &str| {
        is_title_of_plan(word)
            || is_of_past(word)
            || last_year_of_title(word).is_some()
            || MonthHead::within(word).is_some()
            || names_part(word)
            || names_body(word)
            || is_of_one_sex(word)
            || is_of_other_time(word)
    };
    if !words.ask(Question::Group, |_| may_say(word)) {
        return Objections::default();
    }
    let says = |why| Some(objection(why, grid, *cell));
    let is_other_month = || {
        let named =
            MonthHead::within(word).filter(|_| !is_date_line(word) && !word.contains("ngày"));
        named.is_some_and(|named| month.is_some_and(|month| !named.fits(month)))
    };
    let all = if is_title_of_plan(word) {
        says(Withdrawal::Plan)
    } else if is_of_past(word) || is_title_of_other_year(word, month) || is_other_month() {
        says(Withdrawal::Span)
    } else if names_part(word) || names_body(word) || is_of_one_sex(word) {
        says(Withdrawal::Part)
    } else {
        None
    };
    let flows = says(Withdrawal::Span).filter(|_| is_of_other_time(word));
    Objections { all, flows, ..Objections::default() }
}

/// A note below a table that speaks against its numbers.
#[derive(Debug)]
pub(in crate::ingest) struct Note {
    pub(in crate::ingest) cell: CellRef,
    pub(in crate::ingest) said: Objection,
    /// Whether it begins like a note about what stands above it.
    pub(in crate::ingest) is_of_above: bool,
    /// Whether it speaks against flows alone.
    pub(in crate::ingest) of_flows: bool,
}

/// Returns what a note below a table says against its numbers: that they are estimated, of another time, or
/// counted otherwise.
pub(in crate::ingest) fn note_against(
    grid: &Grid,
    words: &WordRow,
    month: Option<Month>,
) -> Option<Note> {
    const FIGURES: [&str; 6] =
        ["số liệu", "các số liệu", "số trên", "các số trên", "kết quả trên", "báo cáo trên"];
    const NOTES: [&str; 5] = ["ghi chú", "(ghi chú", "lưu ý", "(lưu ý", "chú thích"];
    let [(cell, word)] = &**words else { return None };
    let note = || without_number(word.trim_start_matches(['(', '*', ')', '-', '+', ' ', ':']));
    let is_of_figures = |note: &str| FIGURES.iter().any(|figures| note.starts_with(figures));
    if !words.ask(Question::Note, |_| is_of_figures(note())) {
        return None;
    }
    let note = note();
    let is_other_month =
        || short_month(note).is_some_and(|named| month.is_some_and(|month| !named.fits(month)));
    let of_flows = is_of_more(note) && !names_source(note);
    let why = if is_estimate(note) || is_provisional(note) {
        Withdrawal::Plan
    } else if has_scale(note) {
        Withdrawal::UnitOfCount
    } else if is_other_month() || of_flows || is_title_of_other_year(note, month) {
        Withdrawal::Span
    } else {
        return None;
    };
    let is_of_above = word.starts_with('*')
        || word.starts_with("(*")
        || NOTES.iter().any(|before| word.starts_with(before));
    Some(Note {
        cell: *cell,
        said: objection(why, grid, *cell),
        is_of_above,
        of_flows: of_flows && why == Withdrawal::Span,
    })
}

/// Returns whether a note tells where the stocks of a return are from.
fn names_source(note: &str) -> bool {
    ["do ", "lấy ", "theo ", "được ", "từ hệ thống"]
        .iter()
        .any(|source| note.split_once("lũy kế ").is_some_and(|(_, rest)| rest.starts_with(source)))
}

/// Returns whether words are about units of count, or name a part of a unit or a quarter.
fn is_remark_of_all(words: &str) -> bool {
    is_about_units(words) || names_part(words) || quarter(words).is_some()
}

/// Returns whether words say that figures are not final.
fn is_provisional(words: &str) -> bool {
    ["dự kiến", "tạm tính", "tạm thời", "là kế hoạch"].iter().any(|word| words.contains(word))
        && !words.contains("không phải")
}

/// Returns whether words say that the flows below them are of another time than the period.
fn is_of_other_time(words: &str) -> bool {
    (is_of_more(words) || is_other_span(words)) && !is_remark(words)
}

/// Returns whether what stands in brackets behind a title, or the title of flows itself, says that they are
/// of another time than the month.
fn is_of_another(title: &str, month: Option<Month>) -> bool {
    let Some(month) = month else { return false };
    let is_other = |remark: &str| {
        let is_other_month = MonthHead::of(remark).is_some_and(|named| !named.fits(month));
        is_other_month || !names_month(title) && (is_of_more(remark) || quarter(remark).is_some())
    };
    in_brackets(title).is_some_and(is_other) || is_of_other_flows(title, month)
}

/// Returns whether a title of flows says another time: "Số phát sinh trong quý", "… tháng 4".
fn is_of_other_flows(title: &str, month: Month) -> bool {
    const TIMES: [&str; 6] =
        ["trong quý", "trong tuần", "từ đầu năm", "lũy kế", "trong 3 kỳ", "đến hết tháng"];
    let is_of_other_month = || MonthHead::within(title).is_some_and(|named| !named.fits(month));
    title.contains("số phát sinh")
        && !title.contains("sau ")
        && !is_remark(title)
        && (is_of_other_month()
            || TIMES.iter().any(|time| title.contains(time))
                && is_of_more(&title.replace("phát sinh", ""))
            || title.contains("trong quý")
            || title.contains("trong tuần"))
}

/// Returns whether words are a part of a unit, a body within it or one sex.
fn is_of_part(words: &str) -> bool {
    const BESIDES: [&str; 3] = ["chủ trì", "phối hợp", "cung cấp"];
    !BESIDES.iter().any(|word| words.contains(word))
        && (names_part(words) || names_body(words) || is_of_one_sex(words))
}

/// Returns whether words are "Trong đó: nữ" and the like.
fn is_of_one_sex(words: &str) -> bool {
    let words = words.strip_prefix("trong đó").unwrap_or(words);
    matches!(words.trim_matches([':', ' ']), "nam" | "nữ")
}

/// Returns whether a sheet bears the name of a plan or an estimate: "Kế hoạch 2024", "KH T4", "Ước T3".
pub(in crate::ingest) fn is_named_plan(name: &str) -> bool {
    let behind = name.strip_prefix("kh ").map(|rest| format!("kế hoạch {rest}"));
    let name = behind.as_deref().unwrap_or(name);
    is_title_of_plan(name) || name == "đăng ký"
}

/// Returns whether the title of a table ends in another year than that of its month.
fn is_title_of_other_year(title: &str, month: Option<Month>) -> bool {
    last_year_of_title(title).is_some_and(|year| month.is_some_and(|month| !month.is_of(year)))
}

/// Returns whether a sheet bears the name of another year than that of its month.
fn is_of_other_year(name: &str, month: Option<Month>) -> bool {
    year_in(name).is_some_and(|year| month.is_some_and(|month| !month.is_of(year)))
        && MonthHead::within(name).is_none()
}

/// Returns whether words explain columns rather than name a table: "(Lũy kế tính từ ngày 15/12/2023)".
fn is_remark(words: &str) -> bool {
    let words = words.trim_start_matches(['(', '*', '-', ' ']);
    words.starts_with("lưu ý") || words.starts_with("ghi chú") || words.contains("tính từ")
}

/// Returns whether words name a quarter at whose end the stocks need not be those of the month.
fn is_other_quarter(words: &str, month: Option<Month>) -> bool {
    quarter(words).is_some_and(|quarter| month.is_none_or(|month| !month.ends_quarter(quarter)))
}

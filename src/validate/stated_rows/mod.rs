//! Rows of a return that state totals and shares of its figures, against these: a row that is none of them tells of a
//! slip of the pen there or here. What it says is never used.

mod shares;
#[cfg(test)]
mod tests;
mod totals;
mod words;

use std::collections::BTreeSet;

use self::words::{key_words, said_by};
use super::{
    Finding, Reading, State, checks::Stated, codes, header::shown, readings::ReadingContext,
};
use crate::{
    ingest::{CellContent, StatedKind, StatedRow},
    place::{CellRef, Place},
    quantity::Quantity,
    template::{Indicator, IndicatorIx, Indicators},
};

/// The word for what has not come about.
const NOT: &str = "chưa";

/// A figure beside which a row may stand.
struct Figure<'a> {
    index: IndicatorIx,
    indicator: &'a Indicator,
    cell: CellRef,
    number: Quantity,
    /// The words of its names.
    words: BTreeSet<String>,
}

/// The figures of the sheet of a row, by their rows.
struct Sheet<'a> {
    indicators: &'a Indicators,
    figures: Vec<Figure<'a>>,
    /// Words that a name of one of them has.
    words: BTreeSet<String>,
}

/// What a stated number is beside the figures.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// It is what they come to, or says nothing.
    Fits,
    /// It is not, by the words that go on "ghi 12, …".
    Differs(String),
    /// Nobody knows of which figures it is.
    OfOthers,
}

/// Returns a finding for every row of totals or shares that is not what the figures of its sheet come to.
pub(super) fn findings(
    context: &ReadingContext<'_>,
    order: &[(IndicatorIx, Stated<'_>)],
) -> Vec<Finding> {
    let mut sheet: Option<(u16, Sheet<'_>)> = None;
    let mut findings = Vec::new();
    for row in &context.raw.stated_rows {
        if sheet.as_ref().is_none_or(|(known, _)| *known != row.sheet) {
            sheet = Some((row.sheet, Sheet::of(context, order, row.sheet)));
        }
        let Some((_, sheet)) = sheet.as_ref().filter(|(_, sheet)| sheet.figures.len() > 1) else {
            continue;
        };
        findings.extend(row.values.iter().find_map(|value| finding(context, (row, value), sheet)));
    }
    findings
}

fn finding(
    context: &ReadingContext<'_>,
    (row, (cell, value)): (&StatedRow, &(CellRef, CellContent)),
    sheet: &Sheet<'_>,
) -> Option<Finding> {
    let verdict = match row.kind {
        StatedKind::Total => totals::judge(context.reader, (row, *cell, value), sheet),
        StatedKind::Share => shares::judge((row, *cell, value), sheet),
    };
    let found = match value {
        CellContent::Percent(number) => super::stored_number::percent_text(*number),
        CellContent::Number(number) => super::stored_number::comma(*number),
        _ => shown(value),
    };
    let stated = format!("Dòng “{}” ghi {found}", row.words);
    let (finding, hint) = match verdict {
        Verdict::Fits => return None,
        Verdict::Differs(how) => (
            codes::TOTAL_DIFFERS.finding(format!("{stated}; {how}.")),
            "Đề nghị kiểm tra số của các chỉ tiêu đó; tổng và tỷ lệ trong báo cáo do chương trình tự tính.",
        ),
        Verdict::OfOthers => (
            codes::STRANGE_WORDS.finding(format!(
                "{stated}: không thuộc biểu mẫu, không đối chiếu được với các chỉ tiêu; số liệu của các chỉ tiêu vẫn được tính."
            )),
            "Đề nghị xem dòng đó có nói số liệu là của kỳ khác, của nơi khác không.",
        ),
    };
    let name = context.raw.sheets.get(usize::from(row.sheet)).cloned();
    let place = Place { file: context.path.to_owned(), sheet: name, cell: Some(*cell) };
    Some(finding.at(place).found(found).hint(hint))
}

impl<'a> Sheet<'a> {
    /// Returns the figures that stand in a sheet as the unit wrote them.
    fn of(context: &ReadingContext<'a>, order: &[(IndicatorIx, Stated<'_>)], sheet: u16) -> Self {
        let indicators = &context.templates.indicators;
        let figures = order.iter().filter_map(|(index, stated)| {
            let value =
                stated.value.filter(|value| value.sheet == sheet && value.source.is_none())?;
            let State::Value(scaled) = value.state else { return None };
            let indicator = indicators.get(*index);
            let names = indicator.names.iter().map(|(_, name)| name).chain(&indicator.other_names);
            let names = names.chain([&indicator.short_name]);
            (value.reading != Reading::Correction).then_some(Figure {
                index: *index,
                indicator,
                cell: value.cell?,
                number: Quantity { scaled, decimals: indicator.decimals },
                words: names.flat_map(|name| key_words(name)).collect(),
            })
        });
        let mut figures: Vec<Figure<'_>> = figures.collect();
        figures.sort_by_key(|figure| figure.cell);
        let words = figures.iter().flat_map(|figure| &figure.words).cloned().collect();
        Self { indicators, figures, words }
    }

    /// Returns the figures that words name: each has more than half of those of them that any figure has, and is as
    /// they are of what has not come about.
    fn named(&self, words: &BTreeSet<String>) -> Vec<&Figure<'a>> {
        let known = words.intersection(&self.words).count();
        let said = |figure: &&Figure<'_>| {
            known > 0
                && figure.words.intersection(words).count() * 2 > known
                && figure.words.contains(NOT) == words.contains(NOT)
        };
        self.figures.iter().filter(said).collect()
    }

    /// Returns the figures whose codes stand in words, in this order.
    fn coded(&self, words: &str) -> Vec<&Figure<'a>> {
        let codes = words.split(|one: char| !one.is_alphanumeric());
        let of_code = |code: &str| self.figures.iter().find(|one| one.indicator.code == code);
        codes.map(str::to_uppercase).filter_map(|code| of_code(&code)).collect()
    }

    /// Returns whether each of the words is of a figure.
    fn knows(&self, words: &BTreeSet<String>) -> bool {
        words.is_subset(&self.words)
    }

    /// Returns the sum of the figures of some indicators; nothing where one has none.
    fn sum_of(&self, indicators: &[IndicatorIx]) -> Option<i64> {
        let find = |index: &IndicatorIx| self.figures.iter().find(|one| one.index == *index);
        indicators.iter().map(|index| find(index).map(|one| self.scaled(one))).sum()
    }

    /// Returns a figure in the smallest unit that any figure has.
    fn scaled(&self, figure: &Figure<'_>) -> i64 {
        figure.number.scaled * 10_i64.pow((self.decimals() - figure.number.decimals).into())
    }

    /// Returns the most decimals that a figure has.
    fn decimals(&self) -> u8 {
        self.figures.iter().map(|one| one.number.decimals).max().unwrap_or_default()
    }
}

/// Returns the codes of figures as a list.
fn list(figures: &[&Figure<'_>]) -> String {
    let codes: Vec<&str> = figures.iter().map(|one| one.indicator.code.as_str()).collect();
    codes.join(", ")
}

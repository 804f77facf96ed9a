//! Numbers in the sentences of a letter that goes with the figures: "đã kích hoạt 5.432 tài khoản".

use super::{Lazy, figures::Figures, key_words::key_words};
use crate::{
    ingest::{CellContent, LetterLine},
    place::Place,
    template::IndicatorIx,
    text,
    validate::{Finding, State, checks::Stated, codes, decimal::Decimal, readings::ReadingContext},
};

/// How many words around a number may say of what it is.
const REACH: usize = 14;

/// A number of a sentence that counts something of which a figure is asked.
struct Said {
    number: i64,
    /// As it stands, with its unit of count.
    shown: String,
    /// Words around it that say of what it is.
    words: Vec<String>,
}

/// Returns a finding for every sentence of a letter that names a number of which no figure of the return is.
pub(super) fn findings(
    context: &ReadingContext<'_>,
    order: &[(IndicatorIx, Stated<'_>)],
    figures: &Lazy<'_>,
) -> Vec<Finding> {
    let boxes = context.raw.texts.iter().filter_map(|(_, said)| match &said.value {
        CellContent::Text(words) if words.contains(|one: char| one.is_ascii_digit()) => {
            Some(LetterLine {
                sheet: context.raw.sheets.get(usize::from(said.sheet)).cloned().unwrap_or_default(),
                cell: said.cell,
                words: words.clone(),
            })
        }
        _ => None,
    });
    let lines = context.raw.letters.iter().cloned().chain(boxes);
    lines.filter_map(|line| finding(context, &line, (figures, order))).collect()
}

/// Returns whether a number is one that the return states of an indicator: of either month, of the year, a change.
fn is_stated(
    context: &ReadingContext<'_>,
    order: &[(IndicatorIx, Stated<'_>)],
    (index, number): (IndicatorIx, i64),
) -> bool {
    let unit = 10_i64.pow(context.templates.indicators.get(index).decimals.into());
    let mut of_it =
        order.iter().filter(|(own, _)| *own == index).flat_map(|(_, stated)| stated.all());
    of_it.any(|observation| match observation.state {
        State::Value(scaled) => scaled.abs() == number * unit,
        _ => false,
    })
}

fn finding(
    context: &ReadingContext<'_>,
    line: &LetterLine,
    (figures, order): (&Figures<'_>, &[(IndicatorIx, Stated<'_>)]),
) -> Option<Finding> {
    let is_new = |said: &Said| {
        let named = figures.named(&said.words);
        let unit = 10_i64.pow(figures.decimals.into());
        let number = said.number * unit;
        let numbers: Vec<i64> = named.iter().map(|figure| figures.scaled(figure)).collect();
        let is_sum = || {
            numbers.iter().sum::<i64>() == number
                || numbers.iter().any(|one| numbers.iter().any(|other| one + other == number))
        };
        let is_known =
            named.iter().any(|figure| is_stated(context, order, (figure.index, said.number)));
        !named.is_empty() && !is_known && !is_sum()
    };
    let said = said_in(figures, &line.words).into_iter().find(is_new)?;
    let message = format!(
        "Trang “{}” ghi “{}” (ô {}); trong biểu không có số này.",
        line.sheet.trim(),
        said.shown,
        line.cell
    );
    let place = Place {
        file: context.path.to_owned(),
        sheet: Some(line.sheet.clone()),
        cell: Some(line.cell),
    };
    let finding = codes::STRANGE_WORDS.finding(message).at(place).found(said.shown);
    Some(finding.hint("Đề nghị xem số trong biểu và số trong lời văn, số nào đúng."))
}

/// Returns the numbers of a sentence that have a unit of count of an indicator behind them.
fn said_in(figures: &Figures<'_>, sentence: &str) -> Vec<Said> {
    let folded = text::fold(sentence);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let numbers = words.iter().enumerate().filter_map(|(place, word)| {
        let digits = word.trim_matches(['(', ')', '"', ':']);
        let number = Decimal::parse(digits).and_then(|number| number.scaled(0))?;
        let before = place.checked_sub(1).and_then(|place| words.get(place)).copied();
        let is_other = matches!(
            before,
            Some("ngày" | "tháng" | "năm" | "quý" | "số" | "án" | "mức" | "khoản")
        );
        let behind = words.get(place + 1..)?;
        let unit = behind.iter().take(2).copied().collect::<Vec<&str>>().join(" ");
        let counts = figures.list.iter().any(|figure| {
            let own = text::fold(&figure.indicator.unit_of_count);
            !own.is_empty() && begins_with(&unit, &own)
        });
        // "Tài khoản kích hoạt mới: | 88"; of more numbers in a line each is of something else.
        let has_digit = |word: &&str| word.contains(|one: char| one.is_ascii_digit());
        let is_only = !words.iter().skip(1).take(place.saturating_sub(1)).any(has_digit);
        let ends = behind.is_empty() && is_only && figures.knows(&key_words(&words.join(" ")));
        ((counts || ends) && !is_other).then(|| Said {
            number,
            shown: format!("{digits} {}", unit.trim_matches([',', '.', ';'])).trim_end().to_owned(),
            words: key_words(&clause(&words, place)),
        })
    });
    numbers.collect()
}

/// Returns whether words begin with others, of which the last is whole.
fn begins_with(words: &str, beginning: &str) -> bool {
    let rest = words.strip_prefix(beginning);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Returns the words around one of them up to the signs that part sentences, or another number.
fn clause(words: &[&str], place: usize) -> String {
    let ends = |word: &&&str| word.ends_with([',', '.', ';', ':']);
    let (before, behind) = words.split_at(place);
    let before: Vec<&str> =
        before.iter().rev().take_while(|word| !ends(word)).take(REACH).copied().collect();
    let end =
        behind.iter().skip(1).position(|word| ends(&word)).map_or(behind.len(), |end| end + 2);
    let behind = behind.iter().take(end.min(REACH));
    before.into_iter().rev().chain(behind.copied()).collect::<Vec<&str>>().join(" ")
}

//! What stands in a cell becomes a figure or a state, and how it was read is kept. Nothing is ever
//! inferred silently: what is no figure is unusable and says why.

use std::collections::HashSet;

use super::{
    Reading, State,
    decimal::{Decimal, Notation, is_long},
    expected_number::{ExpectedNumber, Sign},
    number_dress::undressed,
    pairs, stored_number,
};
use crate::{
    ingest::{CellContent, RawValue},
    template::{HeaderLabels, IndicatorKind},
    text,
};

/// The words that stand for figures and states, folded.
#[derive(Debug)]
pub(super) struct NumberReader {
    /// Those that say that nothing came about.
    pub(super) nothing: HashSet<String>,
    not_available: HashSet<String>,
    not_applicable: HashSet<String>,
    yes: HashSet<String>,
    no: HashSet<String>,
}

/// What became of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NumberReading {
    /// Figure or state.
    pub(super) state: State,
    /// How it was read.
    pub(super) reading: Reading,
    /// What stood there, when the reading is not literal.
    pub(super) raw: Option<Box<str>>,
    /// Why it is unusable.
    pub(super) fault: Option<Fault>,
}

/// Why a cell is unusable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Words that are no figure.
    NotANumber,
    /// More digits than a figure has.
    TooLarge,
    /// A fraction of three digits where whole things are counted; what it should probably be.
    LostThousands(i64),
    /// A fraction where whole things are counted.
    Fraction,
    /// Below zero.
    Negative,
    /// "#REF!".
    ErrorValue,
    /// A formula that was never computed.
    NoCachedValue,
    /// A percentage where things are counted.
    PercentInCount,
    /// A date.
    DateInCount,
    /// A number of which the cell shows other digits.
    ShownOtherwise,
    /// Two numbers, and nothing says which is meant.
    Pair,
}

impl NumberReader {
    /// Returns the reader for the words of the forms.
    pub(super) fn new(labels: &HeaderLabels) -> Self {
        let set = |words: &[String]| words.iter().map(|word| text::fold(word)).collect();
        Self {
            nothing: set(&labels.nothing),
            not_available: set(&labels.not_available),
            not_applicable: set(&labels.not_applicable),
            yes: set(&labels.yes),
            no: set(&labels.no),
        }
    }

    /// Returns whether words say nothing: "không", "-", "không phát sinh".
    pub(super) fn is_nil(&self, words: &str) -> bool {
        const NIL: [&str; 6] = ["không", "không có", "ko", "k", "không có ý kiến", "bình thường"];
        let folded = text::fold(words);
        let folded = folded.trim_end_matches(['.', '!', ';']).trim_end();
        !folded.chars().any(char::is_alphabetic)
            || NIL.contains(&folded)
            || [&self.nothing, &self.not_available, &self.not_applicable, &self.yes, &self.no]
                .iter()
                .any(|set| set.contains(folded))
    }

    /// Reads the cell of a value, which may hold two numbers.
    pub(super) fn read_value(&self, value: &RawValue, expected: &ExpectedNumber) -> NumberReading {
        pairs::settle(self.read(&value.content, expected), value, expected)
    }

    /// Reads a cell.
    pub(super) fn read(&self, content: &CellContent, expected: &ExpectedNumber) -> NumberReading {
        match content {
            CellContent::Empty => NumberReading::state(State::Missing),
            CellContent::Text(words) => self.read_text(words, expected),
            CellContent::Number(number) => stored_number::read(*number, expected),
            CellContent::Percent(number) if expected.unit.counts_percent() => NumberReading {
                reading: Reading::Percent,
                ..stored_number::read(number * 100.0, expected)
            }
            .with_raw(&stored_number::percent_text(*number)),
            CellContent::Percent(number) => {
                NumberReading::fault(Fault::PercentInCount, &stored_number::percent_text(*number))
            }
            CellContent::Boolean(flag) if expected.kind == IndicatorKind::Tick => {
                NumberReading::value(i64::from(*flag), Reading::TickSign).with_raw(if *flag {
                    "TRUE"
                } else {
                    "FALSE"
                })
            }
            CellContent::Boolean(flag) => {
                NumberReading::fault(Fault::NotANumber, if *flag { "TRUE" } else { "FALSE" })
            }
            CellContent::Date(date) => NumberReading::fault(Fault::DateInCount, date),
            CellContent::Error(error) => NumberReading::fault(Fault::ErrorValue, error),
            CellContent::FormulaWithoutValue => NumberReading::fault(Fault::NoCachedValue, ""),
            CellContent::ShownOtherwise(number, how) => NumberReading::fault(
                Fault::ShownOtherwise,
                &format!("{}; {how}", stored_number::comma(*number)),
            ),
        }
    }

    fn read_text(&self, words: &str, expected: &ExpectedNumber) -> NumberReading {
        let folded = text::fold(words);
        // An apostrophe before a number is how one types it as text.
        let folded = folded.strip_prefix('\'').unwrap_or(&folded).trim_start();
        let raw = text::squeeze(words);
        let tick = expected.kind == IndicatorKind::Tick;
        let read = if folded.is_empty() {
            return NumberReading::state(State::Missing);
        } else if tick && self.yes.contains(folded) {
            NumberReading::value(1, Reading::TickSign)
        } else if tick && self.no.contains(folded) {
            NumberReading::value(0, Reading::TickSign)
        } else if self.nothing.contains(folded) && folded != "0" {
            NumberReading::value(0, Reading::NothingOccurred)
        } else if self.not_available.contains(folded) {
            NumberReading::state(State::NotAvailable)
        } else if self.not_applicable.contains(folded) {
            NumberReading::state(State::NotApplicable)
        } else {
            pairs::in_one_line(
                words,
                read_digits(pairs::without_change(&undressed(folded, expected)), expected),
            )
        };
        read.with_raw(&raw)
    }
}

impl NumberReading {
    fn state(state: State) -> Self {
        Self { state, reading: Reading::Literal, raw: None, fault: None }
    }

    pub(super) fn value(scaled: i64, reading: Reading) -> Self {
        Self { state: State::Value(scaled), reading, raw: None, fault: None }
    }

    pub(super) fn fault(fault: Fault, raw: &str) -> Self {
        let raw = (!raw.is_empty()).then(|| raw.into());
        Self { state: State::Unusable, reading: Reading::Literal, raw, fault: Some(fault) }
    }

    pub(super) fn with_raw(self, raw: &str) -> Self {
        Self { raw: Some(raw.into()), ..self }
    }

    /// Returns the reading with counts of whole ticks and signs checked.
    pub(super) fn checked(self, expected: &ExpectedNumber) -> Self {
        match self.state {
            State::Value(scaled) if scaled < 0 && expected.sign == Sign::NotNegative => {
                Self { state: State::Unusable, fault: Some(Fault::Negative), ..self }
            }
            State::Value(scaled) if expected.kind == IndicatorKind::Tick && scaled > 1 => {
                Self { state: State::Unusable, fault: Some(Fault::NotANumber), ..self }
            }
            _ => self,
        }
    }
}

/// Reads folded words with digits in them.
fn read_digits(folded: &str, expected: &ExpectedNumber) -> NumberReading {
    let unusable = |fault| NumberReading::fault(fault, "");
    let split = folded.find(|character: char| character.is_alphabetic() || character == '%');
    let (head, tail) = folded.split_at(split.unwrap_or(folded.len()));
    // "407 lượt người." ends like a sentence.
    let tail = tail.trim().trim_end_matches('.');
    let number = head.trim();
    // "12." ends like a sentence.
    let number = number.strip_suffix('.').filter(|_| tail.is_empty()).unwrap_or(number);
    // "+32" is by how many a count has grown.
    let is_change = number.starts_with('+') && expected.sign == Sign::NotNegative;
    let Some(decimal) = Decimal::parse(number).filter(|_| !is_change) else {
        let is_long = tail.is_empty() && is_long(number);
        return unusable(if is_long { Fault::TooLarge } else { Fault::NotANumber });
    };
    let reading = match (tail, decimal.notation) {
        ("%", _) if expected.unit.counts_percent() => Reading::Percent,
        ("%", _) => return unusable(Fault::PercentInCount),
        ("", Notation::Plain | Notation::DecimalDot) => Reading::NumberAsText,
        ("", Notation::ThousandsDot) => Reading::ThousandsDot,
        ("", Notation::ThousandsBlank) => Reading::ThousandsBlank,
        ("", Notation::DecimalComma) => Reading::DecimalComma,
        ("", Notation::ThousandsCommas) => Reading::ThousandsCommas,
        (_, Notation::ThousandsComma) => {
            return match decimal.without_point() {
                Some(proposal) if tail.is_empty() => unusable(Fault::LostThousands(proposal)),
                _ => unusable(Fault::NotANumber),
            };
        }
        (words, _) if expected.unit.is_unit(words) || expected.unit.is_called(words) => {
            Reading::WithUnitOfCount
        }
        _ => return unusable(Fault::NotANumber),
    };
    match decimal.scaled(expected.decimals) {
        Some(scaled) => NumberReading::value(scaled, reading).checked(expected),
        None => unusable(Fault::Fraction),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::UnitWords;

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(|word| (*word).to_owned()).collect()
    }

    fn reader() -> NumberReader {
        NumberReader::new(&HeaderLabels {
            nothing: words(&["-", "0", "không phát sinh", "KPS", "không"]),
            not_available: words(&["…", "..."]),
            not_applicable: words(&["x"]),
            yes: words(&["x", "có"]),
            no: words(&["không"]),
            ..HeaderLabels::default()
        })
    }

    fn count(content: &CellContent) -> NumberReading {
        reader().read(content, &ExpectedNumber::new(IndicatorKind::Flow, 0, UnitWords::new("buổi")))
    }

    fn text(words: &str) -> NumberReading {
        count(&CellContent::Text(words.to_owned()))
    }

    #[test]
    fn words_that_are_figures_say_how_they_were_read() {
        let cases = [
            ("1234", 1234, Reading::NumberAsText),
            ("0", 0, Reading::NumberAsText),
            ("1.234", 1234, Reading::ThousandsDot),
            ("12.345.678", 12_345_678, Reading::ThousandsDot),
            ("1 234", 1234, Reading::ThousandsBlank),
            ("1\u{a0}234", 1234, Reading::ThousandsBlank),
            ("1.234,0", 1234, Reading::DecimalComma),
            ("1,234,567", 1_234_567, Reading::ThousandsCommas),
            ("1,500.00", 1500, Reading::ThousandsCommas),
            ("'1234", 1234, Reading::NumberAsText),
            ("１２３４", 1234, Reading::NumberAsText),
            ("1.234.", 1234, Reading::ThousandsDot),
            ("12 buổi", 12, Reading::WithUnitOfCount),
            ("12 BUOI", 12, Reading::WithUnitOfCount),
            ("1.200 buô\u{309}i", 1200, Reading::WithUnitOfCount),
            ("-", 0, Reading::NothingOccurred),
            ("–", 0, Reading::NothingOccurred),
            ("Không phát sinh", 0, Reading::NothingOccurred),
            ("kps", 0, Reading::NothingOccurred),
        ];
        for (words, value, reading) in cases {
            let read = text(words);
            assert_eq!((read.state, read.reading), (State::Value(value), reading), "{words}");
            assert!(read.raw.is_some() && read.fault.is_none(), "{words}");
        }
    }

    #[test]
    fn what_is_counted_may_stand_behind_a_number() {
        let read = |unit: &str, name: &str, words: &str| {
            let expected =
                ExpectedNumber::new(IndicatorKind::Flow, 0, UnitWords::new(unit).of_things(name));
            reader().read(&CellContent::Text(words.to_owned()), &expected).state
        };
        let meetings = |words| read("buổi", "hội nghị, buổi tuyên truyền", words);
        for words in ["12 hội nghị", "12 Buổi tuyên truyền", "12 hoi nghi", "12buổi"] {
            assert_eq!(meetings(words), State::Value(12), "{words}");
        }
        for words in ["12 lớp", "12 tuyên truyền", "12 hội", "12 hội nghị, 3 buổi", "+12"]
        {
            assert_eq!(meetings(words), State::Unusable, "{words}");
        }
        let people = |words| read("lượt người", "lượt người tham dự", words);
        for words in ["215 người", "215 lượt", "215 lượt người tham dự"] {
            assert_eq!(people(words), State::Value(215), "{words}");
        }
        assert_eq!(read("người", "người hưởng", "215 lượt người"), State::Unusable);
    }

    #[test]
    fn empty_not_available_and_not_applicable_are_three_things() {
        assert_eq!(text("  \u{a0}").state, State::Missing);
        assert_eq!(count(&CellContent::Empty).state, State::Missing);
        assert_eq!(text("…").state, State::NotAvailable);
        assert_eq!(text("x").state, State::NotApplicable);
    }

    #[test]
    fn what_is_no_figure_is_unusable_and_says_why() {
        let cases = [
            ("~ 500", Fault::NotANumber),
            ("trên 200", Fault::NotANumber),
            ("52.000/62.600", Fault::NotANumber),
            ("23 lớp/7.008 người", Fault::NotANumber),
            ("12 lớp", Fault::NotANumber),
            ("1.234.56", Fault::NotANumber),
            ("1'234", Fault::NotANumber),
            ("١٢", Fault::NotANumber),
            ("12..", Fault::NotANumber),
            ("1,500.5", Fault::Fraction),
            ("99999999999999999999", Fault::TooLarge),
            ("1.000.000.000.000.000.000.000", Fault::TooLarge),
            ("85,5%", Fault::PercentInCount),
            ("85,5", Fault::Fraction),
            ("12.5", Fault::Fraction),
            ("1,234", Fault::LostThousands(1234)),
            ("-5", Fault::Negative),
            ("−5", Fault::Negative),
        ];
        for (words, fault) in cases {
            let read = text(words);
            assert_eq!((read.state, read.fault), (State::Unusable, Some(fault)), "{words}");
        }
    }

    #[test]
    fn stored_numbers_are_taken_as_they_are_or_not_at_all() {
        let stored = |number| {
            let read = count(&CellContent::Number(number));
            (read.state, read.fault)
        };
        assert_eq!(stored(1234.0), (State::Value(1234), None));
        assert_eq!(stored(0.1 + 0.2 + 0.7), (State::Value(1), None));
        assert_eq!(stored(1.234), (State::Unusable, Some(Fault::LostThousands(1234))));
        assert_eq!(stored(4.561), (State::Unusable, Some(Fault::LostThousands(4561))));
        assert_eq!(stored(1.5), (State::Unusable, Some(Fault::Fraction)));
        assert_eq!(stored(-3.0), (State::Unusable, Some(Fault::Negative)));
        assert_eq!(stored(f64::NAN), (State::Unusable, Some(Fault::NotANumber)));
        assert_eq!(stored(f64::INFINITY), (State::Unusable, Some(Fault::NotANumber)));
        assert_eq!(stored(1e18), (State::Unusable, Some(Fault::TooLarge)));
        let error = count(&CellContent::Error("#REF!".to_owned()));
        assert_eq!((error.fault, error.raw.as_deref()), (Some(Fault::ErrorValue), Some("#REF!")));
        assert_eq!(count(&CellContent::FormulaWithoutValue).fault, Some(Fault::NoCachedValue));
    }

    #[test]
    fn ticks_percentages_and_differences_have_their_own_signs() {
        let read = |kind, decimals, unit, content: CellContent| {
            reader()
                .read(&content, &ExpectedNumber::new(kind, decimals, UnitWords::new(unit)))
                .state
        };
        let tick = |content| read(IndicatorKind::Tick, 0, "có/không", content);
        assert_eq!(tick(CellContent::Text("X".to_owned())), State::Value(1));
        assert_eq!(tick(CellContent::Text("Không".to_owned())), State::Value(0));
        assert_eq!(tick(CellContent::Boolean(true)), State::Value(1));
        assert_eq!(tick(CellContent::Number(1.0)), State::Value(1));
        assert_eq!(tick(CellContent::Number(7.0)), State::Unusable);
        let percent = |content| read(IndicatorKind::Stock, 2, "%", content);
        assert_eq!(percent(CellContent::Text("85,5%".to_owned())), State::Value(8550));
        assert_eq!(percent(CellContent::Percent(0.855)), State::Value(8550));
        let mut difference = ExpectedNumber::new(IndicatorKind::Stock, 0, UnitWords::new("người"));
        difference.sign = Sign::Any;
        assert_eq!(reader().read(&CellContent::Number(-3.0), &difference).state, State::Value(-3));
    }

    #[test]
    fn nil_words_are_no_explanation() {
        for words in ["không", "Không có.", "-", "0", "x", "…", "Không phát sinh", "?"] {
            assert!(reader().is_nil(words), "{words}");
        }
        assert!(!reader().is_nil("Do rà soát, khóa tài khoản trùng"));
    }
}

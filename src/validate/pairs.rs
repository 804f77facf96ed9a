//! Cells with two numbers, "12 buổi (350 lượt người)" or "52.000/62.600": a part is taken only when
//! its unit of count or a head says which it is. Otherwise the cell is unusable, and both readings
//! are named.

use super::{
    Reading, State,
    decimal::{Decimal, Notation},
    expected_number::ExpectedNumber,
    number::{Fault, NumberReading},
};
use crate::{
    ingest::{CellContent, RawValue},
    text,
};

/// What is said behind a number of a list of those that were counted.
const LISTS: [&str; 8] = [
    "có danh sách kèm theo",
    "có danh sách",
    "danh sách kèm theo",
    "kèm danh sách",
    "kèm theo danh sách",
    "có ds kèm theo",
    "ds kèm theo",
    "có biểu kèm theo",
];

/// Most words of a unit of count.
const LONGEST_UNIT: usize = 3;

/// A number of a cell with several.
#[derive(Debug)]
struct Part {
    /// As it stands, folded: "12 buổi".
    words: String,
    number: Decimal,
    /// The words behind the number; nothing when there are none.
    unit: String,
}

/// Settles the reading of a cell that may hold several numbers.
pub(super) fn settle(
    reading: NumberReading,
    value: &RawValue,
    expected: &ExpectedNumber,
) -> NumberReading {
    let unclear = |reading: NumberReading| NumberReading {
        state: State::Unusable,
        reading: Reading::Literal,
        fault: Some(Fault::Pair),
        ..reading
    };
    match (&value.content, value.part) {
        // One number under a head for two: which of them it is, nobody said.
        (CellContent::Number(number), Some(_)) => {
            unclear(NumberReading { raw: Some(number.to_string().into()), ..reading })
        }
        (CellContent::Text(words), part) => {
            let folded = text::fold(words);
            let parts = parts(without_change(&folded));
            if parts.is_empty() {
                let alone = part.is_some() && reading.reading != Reading::WithUnitOfCount;
                let is_number = matches!(reading.state, State::Value(1..)) && alone;
                return if is_number { unclear(reading) } else { reading };
            }
            let cell = Cell { parts: &parts, is_list: is_list(&folded) };
            match cell.chosen(part, expected).and_then(|part| scaled(part, expected)) {
                Some(scaled) => NumberReading {
                    state: State::Value(scaled),
                    reading: Reading::PartOfPair,
                    fault: None,
                    ..reading
                },
                None => unclear(reading),
            }
        }
        _ => reading,
    }
}

/// Returns the reading of words, which is no number where their digits stand in several lines or far apart:
/// "215" above "219" is not 215.219, and neither is "215   219".
pub(super) fn in_one_line(words: &str, reading: NumberReading) -> NumberReading {
    let has_digit = |line: &&str| line.contains(|one: char| one.is_ascii_digit());
    match reading.state {
        State::Value(_) if words.lines().filter(has_digit).count() > 1 || is_apart(words) => {
            NumberReading {
                state: State::Unusable,
                reading: Reading::Literal,
                fault: Some(Fault::NotANumber),
                ..reading
            }
        }
        _ => reading,
    }
}

/// Returns whether more than one blank stands between two digits.
fn is_apart(words: &str) -> bool {
    let mut pieces = words.split(|one: char| one.is_ascii_digit()).skip(1).peekable();
    let mut is_apart = false;
    while let Some(piece) = pieces.next() {
        let is_blank = !piece.is_empty() && piece.chars().all(char::is_whitespace);
        let is_blank = is_blank && !matches!(piece, " " | "\u{a0}" | "\u{202f}");
        is_apart |= is_blank && pieces.peek().is_some();
    }
    is_apart
}

/// Returns words without what they say behind a number of its change or its share, that a list is added or once more
/// the number: "56 (tăng 3)", "56 (+3)", "56 (đạt 98,5%)", "56 (có danh sách kèm theo)", "4 (bốn)".
pub(super) fn without_change(folded: &str) -> &str {
    let change = folded.strip_suffix(')').and_then(|words| words.rsplit_once('('));
    let Some((number, change)) = change else { return folded };
    let signs = ["tăng ", "giảm ", "+", "-"];
    let shares = ["đạt ", "chiếm "].iter().filter(|_| change.trim_end().ends_with('%'));
    let mut signs = signs.iter().chain(shares);
    let amount = signs.find_map(|sign| change.trim().strip_prefix(sign));
    let is_change = amount.is_some_and(|amount| {
        amount.starts_with(|one: char| one.is_ascii_digit())
            && Decimal::parse(amount.trim_end_matches('%').trim()).is_some()
    });
    let is_list = LISTS.contains(&change.trim());
    if is_change || is_list || repeats(number, change) { number.trim_end() } else { folded }
}

/// Returns whether words in brackets say the number before them once more: "32 (ba mươi hai)".
pub(super) fn repeats(number: &str, words: &str) -> bool {
    let digits = number.split_whitespace().next().and_then(Decimal::parse);
    let stated = digits.and_then(|digits| digits.scaled(0));
    stated.is_some() && stated == spoken(words)
}

/// Returns the number that folded words say, all of them but for the unit of count: "bằng chữ: ba mươi hai văn bản".
pub(super) fn spoken(words: &str) -> Option<i64> {
    let words = words.trim();
    let said =
        words.strip_prefix("bằng chữ").map_or(words, |said| said.trim_start_matches([':', ' ']));
    let (number, rest) = text::spoken::number(said)?;
    let is_unit = rest.split_whitespace().count() <= LONGEST_UNIT
        && !rest.contains(|one: char| one.is_ascii_digit());
    is_unit.then_some(number)
}

/// Returns the readings that a cell with several numbers may have: "“52.000” hoặc “62.600”".
pub(super) fn readings(words: &str) -> String {
    let parts = parts(&text::fold(words));
    let shown: Vec<String> = parts.iter().map(|part| format!("“{}”", part.words)).collect();
    shown.join(" hoặc ")
}

/// A cell with several numbers.
struct Cell<'p> {
    parts: &'p [Part],
    /// Whether they are told one after the other, and may be what a figure is made of: "02 kế hoạch, 01
    /// công văn".
    is_list: bool,
}

fn is_list(folded: &str) -> bool {
    folded.contains([',', ';', '+']) || folded.contains(" và ")
}

impl<'p> Cell<'p> {
    /// Returns the part that is the figure: the one with its unit of count beside others with units of
    /// their own, else the one that a head names, unless its words say something else.
    fn chosen(&self, part: Option<(u8, u8)>, expected: &ExpectedNumber) -> Option<&'p Part> {
        let Self { parts, is_list } = *self;
        let is_own = |part: &&Part| !part.unit.is_empty() && expected.unit.is_unit(&part.unit);
        let mut own = parts.iter().filter(is_own);
        let all_named = parts.iter().all(|part| !part.unit.is_empty());
        if let (Some(found), None, true) = (own.next(), own.next(), all_named) {
            // Of several things that are told one after the other each may be a part of the figure.
            let is_whole = !is_list || expected.unit.is_unit_of_count(&found.unit);
            return Some(found).filter(|_| is_whole);
        }
        // A count and its share: "4.696 (71,7%)".
        if let ([count, share], None, false) = (parts, part, expected.unit.counts_percent())
            && share.unit == "%"
            && (count.unit.is_empty() || is_own(&count))
        {
            return Some(count);
        }
        let (index, count) = part?;
        let named = parts.get(usize::from(index)).filter(|_| parts.len() == usize::from(count))?;
        (named.unit.is_empty() || is_own(&named)).then_some(named)
    }
}

fn scaled(part: &Part, expected: &ExpectedNumber) -> Option<i64> {
    let certain = part.number.notation != Notation::ThousandsComma;
    part.number.scaled(expected.decimals).filter(|scaled| certain && *scaled >= 0)
}

/// Returns the numbers of folded words, two at least; nothing when anything else stands there, or
/// three bare numbers, which are a date.
fn parts(folded: &str) -> Vec<Part> {
    let mut plain = String::with_capacity(folded.len());
    for piece in folded.replace(" và ", "/").replace(')', "").split(", ") {
        // "12 tin, bài": a comma before a word parts nothing.
        let parts = piece.starts_with(|first: char| first.is_ascii_digit());
        plain.push_str(if plain.is_empty() {
            ""
        } else if parts {
            "/"
        } else {
            ", "
        });
        plain.push_str(piece);
    }
    let pieces = plain.split(['/', ';', '(']).map(str::trim).filter(|piece| !piece.is_empty());
    let parts: Option<Vec<Part>> = pieces.map(part).collect();
    let bare = |parts: &[Part]| parts.iter().all(|part| part.unit.is_empty());
    parts.filter(|parts| parts.len() == 2 || (parts.len() > 2 && !bare(parts))).unwrap_or_default()
}

fn part(words: &str) -> Option<Part> {
    let split = words.find(|character: char| character.is_alphabetic() || character == '%');
    let (number, unit) = words.split_at(split.unwrap_or(words.len()));
    let number = Decimal::parse(number.trim())?;
    Some(Part { words: words.to_owned(), number, unit: unit.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        place::CellRef,
        template::{HeaderLabels, IndicatorKind, Measure, UnitWords},
        validate::number::NumberReader,
    };

    fn read(words: &str, unit: &str, part: Option<(u8, u8)>) -> (State, Option<Fault>) {
        let expected = ExpectedNumber::new(IndicatorKind::Flow, 0, UnitWords::new(unit));
        let value = RawValue {
            code: "A02".to_owned(),
            measure: Measure::Value,
            part_is_stock: false,
            sheet: 0,
            cell: CellRef { row: 0, column: 0 },
            content: CellContent::Text(words.to_owned()),
            part,
        };
        let reader = NumberReader::new(&HeaderLabels::default());
        let reading = settle(reader.read(&value.content, &expected), &value, &expected);
        (reading.state, reading.fault)
    }

    #[test]
    fn a_change_behind_a_number_is_no_second_number() {
        for (words, expected) in [
            ("56 (tăng 3)", "56"),
            ("56 buổi (giảm 2,5%)", "56 buổi"),
            ("56 (+3)", "56"),
            ("56 (lượt)", "56 (lượt)"),
            ("56 (tăng cường)", "56 (tăng cường)"),
            ("56 (có ds kèm theo)", "56"),
            ("56 (kèm theo kế hoạch)", "56 (kèm theo kế hoạch)"),
            ("56", "56"),
        ] {
            assert_eq!(without_change(words), expected, "{words}");
        }
    }

    #[test]
    fn numbers_in_two_lines_are_not_one() {
        let (lost, number) = (State::Unusable, State::Value(215));
        for (words, expected) in [
            ("215\n219", lost),
            ("215 219", State::Value(215_219)),
            ("215  219", lost),
            ("215\t219", lost),
            ("215  tờ", number),
            ("215\n", number),
            ("215\ntờ", number),
        ] {
            assert_eq!(read(words, "tờ", None).0, expected, "{words:?}");
        }
    }

    #[test]
    fn things_told_one_after_the_other_may_all_be_the_figure() {
        let things = ExpectedNumber::new(
            IndicatorKind::Flow,
            0,
            UnitWords::new("văn bản").of_things("văn bản chỉ đạo, kế hoạch"),
        );
        let taken = |words: &str| {
            let cell = Cell { parts: &parts(words), is_list: is_list(words) };
            cell.chosen(None, &things).map(|part| part.words.clone())
        };
        assert_eq!(taken("02 kế hoạch, 01 công văn"), None);
        assert_eq!(taken("02 văn bản, 01 kế hoạch"), None);
        assert_eq!(taken("02 văn bản, 3 buổi").as_deref(), Some("02 văn bản"));
        assert_eq!(taken("02 kế hoạch/350 lượt").as_deref(), Some("02 kế hoạch"));
    }

    #[test]
    fn a_part_counts_when_words_say_which_it_is() {
        let taken = |number| (State::Value(number), None);
        assert_eq!(read("12 buổi (350 lượt người)", "buổi", None), taken(12));
        assert_eq!(read("12 buổi (350 lượt người)", "lượt người", None), taken(350));
        assert_eq!(read("23 lớp/7.008 người", "người", None), taken(7_008));
        assert_eq!(read("3 cuộc, 120 người", "cuộc", None), taken(3));
        assert_eq!(read("52.000/62.600", "tài khoản", Some((0, 2))), taken(52_000));
        assert_eq!(read("52.000/62.600", "tài khoản", Some((1, 2))), taken(62_600));
        assert_eq!(read("12/350 lượt người", "buổi", Some((0, 2))), taken(12));
        assert_eq!(read("12 tin, bài (9 video)", "tin, bài", None), taken(12));
        assert_eq!(read("56 (+3)", "buổi", None), taken(56));
        assert_eq!(read("56 (tăng 3)", "buổi", None), taken(56));
        assert_eq!(read("4.696 (71,7%)", "tài khoản", None), taken(4_696));
    }

    #[test]
    fn otherwise_both_readings_are_named_and_none_is_taken() {
        let unclear = (State::Unusable, Some(Fault::Pair));
        for (words, unit, part) in [
            ("52.000/62.600", "tài khoản", None),
            ("23 lớp/7.008 người", "buổi", None),
            ("12 buổi/15 buổi", "buổi", None),
            ("12/350 lượt người", "buổi", None),
            ("350 lượt người/12 buổi", "tờ", Some((0, 2))),
            ("1,234/5", "buổi", Some((0, 2))),
            ("12", "buổi", Some((0, 2))),
        ] {
            assert_eq!(read(words, unit, part), unclear, "{words}");
        }
        assert_eq!(readings("52.000/62.600"), "“52.000” hoặc “62.600”");
        assert_eq!(read("14/3/2024", "buổi", None).1, Some(Fault::NotANumber));
        assert_eq!(read("12 lớp", "buổi", None).1, Some(Fault::NotANumber));
    }
}

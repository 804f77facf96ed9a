//! The number that a cell holds beyond doubt, however it was typed: 2676, "2.676", "03", "5 văn bản".

use super::{CellContent, number_words::multiplies};

/// Most words of a unit of count.
const LONGEST_UNIT: usize = 3;

/// Returns the number of a cell, also of words that are one alone or before its unit of count.
pub(super) fn plain_number(content: &CellContent) -> Option<f64> {
    let words = match content {
        CellContent::Number(number) => return Some(*number),
        CellContent::Text(words) => words.trim(),
        _ => return None,
    };
    let is_digit = |one: char| one.is_ascii_digit();
    let is_of_number = |one: char| is_digit(one) || matches!(one, '.' | ' ' | '\u{a0}');
    let end = words.find(|one: char| !is_of_number(one)).unwrap_or(words.len());
    let (number, unit) = words.split_at(end);
    let number = number.trim_matches(|one: char| !is_digit(one));
    let mut groups = number.split(|one: char| !is_digit(one));
    let first = groups.next().filter(|first| !first.is_empty())?;
    let is_whole =
        number.chars().all(is_digit) || first.len() <= 3 && groups.all(|group| group.len() == 3);
    let is_unit = unit.split_whitespace().count() <= LONGEST_UNIT
        && unit.chars().all(|one| one.is_alphabetic() || matches!(one, ' ' | ','))
        && !multiplies(unit);
    let digits: String = number.chars().filter(|one| is_digit(*one)).collect();
    digits.parse().ok().filter(|_| is_whole && is_unit)
}

/// Returns whether a cell may hold a figure: a number, or words that begin with one.
pub(super) fn is_figure(content: &CellContent) -> bool {
    match content {
        CellContent::Number(_) | CellContent::ShownOtherwise(..) => true,
        CellContent::Text(words) => begins_with_digit(words),
        _ => false,
    }
}

/// Returns whether words begin with a digit, as a figure with its unit does and a head does not.
pub(super) fn begins_with_digit(words: &str) -> bool {
    words.trim_start().starts_with(|first: char| first.is_ascii_digit())
}

/// Returns whether two cells say the same, however it was typed.
pub(super) fn say_the_same(one: &CellContent, other: &CellContent) -> bool {
    let number = |content| plain_number(content).map(f64::to_bits);
    one == other || number(one).is_some_and(|one| number(other) == Some(one))
}

#[cfg(test)]
mod tests {
    use super::{CellContent, plain_number, say_the_same};

    #[test]
    fn a_number_is_the_same_however_it_was_typed() {
        let text = |words: &str| CellContent::Text(words.to_owned());
        for (words, expected) in [
            ("03", Some(3.0)),
            ("2.676", Some(2676.0)),
            ("2 676", Some(2676.0)),
            ("5 văn bản", Some(5.0)),
            ("7 tin, bài", Some(7.0)),
            ("12 nghìn", None),
            ("12%", None),
            ("12/15", None),
            ("2.67", None),
            ("1,5", None),
            ("chưa có", None),
        ] {
            assert_eq!(plain_number(&text(words)), expected, "{words}");
        }
        assert!(say_the_same(&text("03"), &CellContent::Number(3.0)));
        assert!(say_the_same(&text("-"), &text("-")));
        assert!(!say_the_same(&text("-"), &CellContent::Number(0.0)));
    }
}

//! What the code of a number format shows of a number. Most codes show its digits; some show others:
//! "#,##0," leaves thousands out, a constant stands for whatever is stored, ";;;" shows nothing. What a
//! person sees is then not what is stored, and nobody but the unit knows which is meant.

use super::number_words::{multiplies, says_otherwise};

/// Longest code that programs write.
const MAX_CODE: usize = 255;
/// What stands between groups of three digits.
const SEPARATORS: [char; 6] = [' ', '\u{a0}', '\u{202f}', '.', ',', '\''];
const MINUS: [char; 2] = ['-', '\u{2212}'];

/// Returns whether a code shows the digits of every number.
pub(super) fn is_faithful(code: &str) -> bool {
    let sections = sections(code);
    let depends = |section: &Section| {
        section.condition.is_some()
            || section.marks.iter().any(|mark| matches!(mark, Mark::Slash | Mark::Exponent))
    };
    !sections.iter().any(depends)
        && [1_234_567.0, -1_234_567.0, 0.0].into_iter().all(|number| shows(code, number))
}

/// Returns whether a code shows the digits of a number, as far as they are not rounded.
pub(super) fn shows(code: &str, number: f64) -> bool {
    // Without a sign it is the name of a format: "General", "Euro Currency".
    if code.chars().all(|one| one.is_alphabetic() || one == ' ') {
        return true;
    }
    let sections = sections(code);
    let chosen = sections.iter().position(|section| section.takes(number));
    let ordinary = match sections.len() {
        0 | 1 => 0,
        2 => usize::from(number < 0.0),
        _ if number > 0.0 => 0,
        _ if number < 0.0 => 1,
        _ => 2,
    };
    let is_conditional = sections.iter().any(|section| section.condition.is_some());
    let last = sections.len().saturating_sub(1);
    let position = if is_conditional { chosen.unwrap_or(last) } else { ordinary };
    let Some(section) = sections.get(position) else { return true };
    section.shows(number, position)
}

/// What stands in a section of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// A place for a digit.
    Digit,
    Point,
    Comma,
    Slash,
    Exponent,
    /// A character that is shown as it is.
    Literal(char),
}

/// The part of a code for some of the numbers.
#[derive(Debug, Default)]
struct Section {
    /// What a number must be compared with, if anything.
    condition: Option<(String, f64)>,
    is_red: bool,
    /// Whether digits of another script or form are asked for.
    is_foreign: bool,
    marks: Vec<Mark>,
}

fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut rest: &str = code.get(..MAX_CODE.min(code.len())).unwrap_or(code);
    while let Some(first) = rest.chars().next() {
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
        let Some(section) = sections.last_mut() else { break };
        match first {
            ';' => sections.push(Section::default()),
            '"' => {
                let (words, after) = rest.split_once('"').unwrap_or((rest, ""));
                section.marks.extend(words.chars().map(Mark::Literal));
                rest = after;
            }
            '[' => {
                let (words, after) = rest.split_once(']').unwrap_or((rest, ""));
                section.bracket(words);
                rest = after;
            }
            '\\' | '*' | '_' => {
                let next = rest.chars().next().unwrap_or(' ');
                rest = rest.get(next.len_utf8()..).unwrap_or_default();
                section.marks.push(Mark::Literal(if first == '_' { ' ' } else { next }));
            }
            'E' | 'e' if rest.starts_with(['+', '-']) => {
                section.marks.push(Mark::Exponent);
                rest = rest.get(1..).unwrap_or_default();
            }
            'G' | 'g' if has_general(rest) => {
                section.marks.push(Mark::Digit);
                rest = rest.get(6..).unwrap_or_default();
            }
            _ => section.marks.push(mark(first)),
        }
    }
    sections
}

/// Returns whether what follows a "g" makes it "General".
fn has_general(rest: &str) -> bool {
    rest.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("eneral"))
}

fn mark(character: char) -> Mark {
    match character {
        '0' | '#' | '?' | '@' => Mark::Digit,
        '.' => Mark::Point,
        ',' => Mark::Comma,
        '/' => Mark::Slash,
        other => Mark::Literal(other),
    }
}

impl Section {
    fn bracket(&mut self, words: &str) {
        let numbers = words.trim_start_matches(['<', '>', '=']);
        let comparison = words.get(..words.len() - numbers.len()).unwrap_or_default();
        if let (false, Ok(number)) = (comparison.is_empty(), numbers.trim().parse()) {
            self.condition = Some((comparison.to_owned(), number));
        }
        self.is_red |= words.eq_ignore_ascii_case("red");
        self.is_foreign |= words.to_ascii_lowercase().starts_with("dbnum");
        // Hours, minutes and seconds that are counted on.
        if ["h", "m", "s"].iter().any(|unit| words.to_ascii_lowercase().starts_with(unit)) {
            self.marks.extend(words.chars().map(Mark::Literal));
        }
    }

    /// Returns whether the section is for a number, in a code with conditions.
    fn takes(&self, number: f64) -> bool {
        self.condition.as_ref().is_some_and(|(comparison, limit)| match comparison.as_str() {
            "<" => number < *limit,
            "<=" => number <= *limit,
            ">" => number > *limit,
            ">=" => number >= *limit,
            "<>" => (number - limit).abs() > 0.0,
            _ => (number - limit).abs() <= 0.0,
        })
    }

    /// Returns whether the section, the given one of its code, shows the digits of a number.
    fn shows(&self, number: f64, position: usize) -> bool {
        let digits = |mark: &Mark| *mark == Mark::Digit;
        let first = self.marks.iter().position(digits);
        let last = self.marks.iter().rposition(digits);
        let (Some(first), Some(last)) = (first, last) else {
            // A zero is often shown as a dash or as nothing.
            return number == 0.0 && !self.literals().any(char::is_numeric);
        };
        let before: String = text_of(self.marks.get(..first).unwrap_or_default());
        let after: String = text_of(self.marks.get(last + 1..).unwrap_or_default());
        let inside = self.marks.get(first..=last).unwrap_or_default();
        let is_beside_digit = ends_in_digit(before.chars().rev()) || ends_in_digit(after.chars());
        if self.is_foreign || is_beside_digit {
            return false;
        }
        if number == 0.0 {
            return true;
        }
        if says_otherwise(&before, &after) {
            return false;
        }
        let before = before.trim_end();
        let looks_negative = before.ends_with(MINUS) || before.ends_with('(');
        // Only the first section has a minus of its own before what is below zero.
        let has_minus = position == 0;
        let shows_sign =
            if number > 0.0 { !looks_negative } else { has_minus || looks_negative || self.is_red };
        shows_sign
            && !multiplies(&after)
            && !self.is_scaled()
            && !self.is_bare_fraction()
            && keeps_digits(inside, number)
    }

    fn literals(&self) -> impl Iterator<Item = char> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Literal(character) => Some(*character),
            _ => None,
        })
    }

    /// Returns whether a fraction is shown without the whole beside it, as "# ?/?" shows it.
    fn is_bare_fraction(&self) -> bool {
        let Some(slash) = self.marks.iter().position(|mark| *mark == Mark::Slash) else {
            return false;
        };
        let before = self.marks.iter().take(slash).skip_while(|mark| **mark != Mark::Digit);
        let is_blank = |mark: &Mark| matches!(mark, Mark::Literal(one) if one.is_whitespace());
        !before.into_iter().any(is_blank)
    }

    /// Returns whether a comma behind the last digit before the point leaves thousands out.
    fn is_scaled(&self) -> bool {
        let mut marks = self.marks.iter().peekable();
        let mut after_digit = false;
        while let Some(mark) = marks.next() {
            let before_digit = matches!(marks.peek(), Some(Mark::Digit | Mark::Comma));
            if *mark == Mark::Comma && after_digit && !before_digit {
                return true;
            }
            after_digit = matches!(mark, Mark::Digit) || (after_digit && *mark == Mark::Comma);
        }
        false
    }
}

fn text_of(marks: &[Mark]) -> String {
    let character = |mark: &Mark| match mark {
        Mark::Literal(character) => *character,
        Mark::Point => '.',
        Mark::Slash => '/',
        Mark::Comma | Mark::Digit => ',',
        Mark::Exponent => 'E',
    };
    marks.iter().map(character).collect()
}

/// Returns whether the first character that is no separator is a digit: it would be read with the
/// number beside it.
fn ends_in_digit(mut characters: impl Iterator<Item = char>) -> bool {
    characters.find(|one| !SEPARATORS.contains(one)).is_some_and(char::is_numeric)
}

/// Returns whether the places for digits, and what stands between them, leave the digits of a number
/// together.
fn keeps_digits(inside: &[Mark], number: f64) -> bool {
    if let Some(exponent) = inside.iter().position(|mark| *mark == Mark::Exponent) {
        let mantissa = inside.get(..exponent).unwrap_or_default();
        let decimals = mantissa.iter().skip_while(|mark| **mark != Mark::Point).skip(1).count();
        let shown: Option<f64> = format!("{number:.decimals$e}").parse().ok();
        return shown.is_some_and(|shown| (shown - number).abs() <= number.abs() * 1e-9);
    }
    if inside.contains(&Mark::Slash) {
        return true;
    }
    let point = inside.iter().position(|mark| *mark == Mark::Point).unwrap_or(inside.len());
    let (whole, decimals) = inside.split_at_checked(point).unwrap_or((inside, &[]));
    let is_literal = |mark: &Mark| matches!(mark, Mark::Literal(_));
    let groups: Vec<&[Mark]> = whole.split(is_literal).collect();
    let separators = whole.iter().filter(|mark| is_literal(mark));
    let are_usual = separators
        .clone()
        .all(|mark| matches!(mark, Mark::Literal(character) if SEPARATORS.contains(character)));
    let three = |group: &&[Mark]| group.iter().filter(|mark| **mark == Mark::Digit).count() == 3;
    are_usual && groups.iter().skip(1).all(three) && !decimals.iter().any(is_literal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_codes_show_what_is_stored() {
        for code in [
            "",
            "General",
            "Standard",
            "0",
            "@",
            "#,##0",
            "#,##0.00",
            "# ##0",
            "#\\ ##0",
            "#\\.##0",
            "000000",
            "#,##0_);(#,##0)",
            "#,##0;[Red]-#,##0",
            "#,##0 ;[Red]#,##0",
            "_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)",
            "_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-;_-* \"-\"??\\ _₫_-;_-@_-",
            "0 \"hồ sơ\"",
            "0\" người\"",
            "[$-42A]#,##0",
            "#,##0 [$₫-42A]",
            "+0;-0;0",
            "0;-0;;@",
        ] {
            assert!(is_faithful(code), "{code}");
        }
    }

    #[test]
    fn codes_that_show_other_digits_are_told() {
        for code in [
            "#,##0,",
            "0.0,",
            "0,.0",
            "#,##0,,\" triệu\"",
            "#,##0,;-#,##0,;0",
            "\"12\"",
            "\"12\"0",
            "\"Quý \"0",
            "\"ước \"0",
            "\"~\"#,##0",
            "0\" (kế hoạch)\"",
            "0\" ước\"",
            "0\" (T2)\"",
            "0\" m2\"",
            "0\"?\"",
            "0\"/30\"",
            "#,##0\" (nữ)\"",
            "0\"000\"",
            "0\" 000\"",
            "0\\.\"000\"",
            "0\" nghìn\"",
            "0\" Triệu đồng\"",
            ";;;",
            "\"\"",
            "-0",
            "\"-\"0",
            "(0)",
            "0*0",
            "0-00",
            "00\"/\"00",
            "00\\.00",
            "[h]:mm",
            "[DBNum1]0",
            "General\"0\"",
            "0\"%\"",
            "0\\‰",
            "#/4",
            "0E+0",
        ] {
            assert!(!shows(code, 1_234_567.0), "{code}");
        }
    }

    #[test]
    fn a_code_may_show_some_numbers_only() {
        for (code, number, expected) in [
            ("[>5]\"nhiều\";0", 215.0, false),
            ("[>5]\"nhiều\";0", 3.0, true),
            ("[<5]0;0\"0\"", 215.0, false),
            ("[=1]\"Có\";[=0]\"Không\";0", 0.0, true),
            ("[=1]\"Có\";[=0]\"Không\";0", 7.0, true),
            ("0;0", -5.0, false),
            ("0;0", 5.0, true),
            ("#,##0,", 0.0, true),
            ("\"12\"", 0.0, false),
            ("0.00E+00", 215.0, true),
            ("0.0E+00", 215.0, false),
            ("# ?/?", 1.5, true),
            ("?/?", 7.0, false),
            (";;;", 0.0, true),
        ] {
            assert_eq!(shows(code, number), expected, "{code} {number}");
        }
        assert!(!is_faithful("[>5]0;0"), "conditions are looked at number by number");
        assert!(multiplies(" nghìn đồng") && multiplies("k") && !multiplies(" km"));
    }

    #[test]
    fn whatever_is_no_code_ends() {
        for code in ["[", "\"", "\\", "_", "*", "E+", "[<", "[<>", ";;;;;;;;", "ữ\u{0}", "Genera"]
        {
            let _whatever = shows(code, 5.0);
        }
        let _whatever = shows(&"ữ".repeat(1_000), 5.0);
    }
}

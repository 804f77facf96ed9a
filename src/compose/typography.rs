//! Typography of Vietnamese prose: no-break spaces between a number and its unit of count, between
//! "ngày", "tháng", "số" and their number, inside "Đề án 06", before a dash, between a colon and the
//! figure behind it; no blank before a comma or full stop.

use crate::compose::document::{Constant, ConstantKind, Content, NumberFormat, Run};

/// The space at which no line ends.
pub(super) const NO_BREAK: char = '\u{a0}';

/// Words that stay with the number behind them.
const BEFORE_NUMBERS: [&str; 12] =
    ["ngày", "tháng", "năm", "số", "số:", "mức", "độ", "quý", "lục", "kỳ", "thứ", "khoản"];

/// Words that do not count anything and may start a line after a number.
const NOT_COUNTED: [&str; 12] =
    ["và", "so", "trên", "trong", "là", "tại", "của", "đã", "còn", "thuộc", "bằng", "được"];

/// Returns the runs with no-break spaces where a line must not end.
pub(super) fn glue(runs: Vec<Run>) -> Vec<Run> {
    let mut glued: Vec<Run> = Vec::with_capacity(runs.len());
    for mut run in runs {
        if let Content::Constant(constant) = &mut run.content
            && matches!(constant.kind, ConstantKind::Name | ConstantKind::Date)
        {
            constant.text = match constant.kind {
                ConstantKind::Name => constant.text.replace(' ', "\u{a0}"),
                _ => glue_digits(&constant.text),
            };
        }
        glue_dashes(&mut run.content);
        let starts_with_digit = run.shown().starts_with(char::is_numeric);
        let after_count = glued.last().is_some_and(is_count);
        match (&mut run.content, glued.last_mut()) {
            (Content::Text(text), Some(_)) if after_count => glue_unit(text),
            (Content::Figure(_) | Content::Constant(_), Some(before)) if starts_with_digit => {
                if let Content::Text(text) = &mut before.content {
                    glue_last_word(text);
                }
            }
            _ => {}
        }
        glued.push(run);
    }
    glued
}

/// Returns the words without blanks before punctuation and without doubled blanks.
pub(super) fn tidy(words: &str) -> String {
    let mut tidied = String::with_capacity(words.len());
    for character in words.chars() {
        if matches!(character, '.' | ',' | ';' | ':' | ')') {
            while tidied.ends_with(' ') {
                tidied.pop();
            }
        }
        let blank = matches!(character, ' ' | '\n' | '\t' | '\r');
        if !blank {
            tidied.push(character);
        } else if !tidied.ends_with([' ', '(']) {
            tidied.push(' ');
        }
    }
    tidied
}

/// Returns whether the run is a number that a unit of count may follow.
fn is_count(run: &Run) -> bool {
    match &run.content {
        Content::Figure(figure) => figure.format != NumberFormat::Percent,
        Content::Constant(constant) => {
            matches!(constant.kind, ConstantKind::Declared | ConstantKind::OfficeWords)
                && constant.text.ends_with(char::is_numeric)
        }
        Content::Text(_) => false,
    }
}

/// Makes the blank before every digit a no-break space.
fn glue_digits(words: &str) -> String {
    let mut glued = String::with_capacity(words.len());
    let mut characters = words.chars().peekable();
    while let Some(character) = characters.next() {
        let before_digit = characters.peek().is_some_and(|next| next.is_numeric());
        glued.push(if character == ' ' && before_digit { NO_BREAK } else { character });
    }
    glued
}

/// Makes the blank before a dash a no-break space, and those on both sides of one between numbers.
fn glue_dashes(content: &mut Content) {
    let text = match content {
        Content::Text(text) => text,
        Content::Constant(Constant { kind, text, .. }) if *kind != ConstantKind::UnitText => text,
        Content::Constant(_) | Content::Figure(_) => return,
    };
    for dash in ['-', '\u{2013}'] {
        let parts: Vec<&str> = text.split(&format!(" {dash} ")).collect();
        let [first, others @ ..] = parts.as_slice() else { continue };
        let mut glued = (*first).to_owned();
        for part in others {
            let numbers = glued.ends_with(char::is_numeric) && part.starts_with(char::is_numeric);
            glued.extend([NO_BREAK, dash, if numbers { NO_BREAK } else { ' ' }]);
            glued.push_str(part);
        }
        *text = glued;
    }
}

/// Makes the blank between a number and the first word of its unit a no-break space.
fn glue_unit(text: &mut String) {
    let Some(rest) = text.strip_prefix(' ') else { return };
    let word: String = rest.chars().take_while(|character| character.is_alphabetic()).collect();
    if !word.is_empty() && !NOT_COUNTED.contains(&word.as_str()) {
        *text = format!("{NO_BREAK}{rest}");
    }
}

/// Makes the blank after "ngày" and the like, or after a colon, at the end of the text a no-break space.
fn glue_last_word(text: &mut String) {
    let Some(rest) = text.strip_suffix(' ') else { return };
    let last = rest.rsplit([' ', '(', NO_BREAK]).next().unwrap_or(rest);
    if rest.ends_with(':') || BEFORE_NUMBERS.contains(&last.to_lowercase().as_str()) {
        *text = format!("{rest}{NO_BREAK}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::{FigureRef, shown};

    fn figure(shown: &str, format: NumberFormat) -> Run {
        Run::figure(FigureRef { id: "x".to_owned(), shown: shown.to_owned(), value: None, format })
    }

    #[test]
    fn numbers_keep_their_unit_and_dates_their_word() {
        let constant = |kind, text: &str| Run::constant(kind, text);
        let cases = [
            (
                vec![
                    Run::text("tăng "),
                    figure("12", NumberFormat::Number),
                    Run::text(" tài khoản"),
                ],
                "tăng 12\u{a0}tài khoản",
            ),
            (
                vec![figure("5%", NumberFormat::Percent), Run::text(" số công dân")],
                "5% số công dân",
            ),
            (vec![figure("12", NumberFormat::Number), Run::text(" so với")], "12 so với"),
            (
                vec![Run::text("đến hết ngày "), constant(ConstantKind::Date, "14/3/2024")],
                "đến hết ngày\u{a0}14/3/2024",
            ),
            (vec![constant(ConstantKind::Date, "tháng 3 năm 2024")], "tháng\u{a0}3 năm\u{a0}2024"),
            (vec![constant(ConstantKind::Name, "Đề án 06")], "Đề\u{a0}án\u{a0}06"),
            (
                vec![Run::text("Quyết định số "), constant(ConstantKind::DocumentNumber, "1/QĐ")],
                "Quyết định số\u{a0}1/QĐ",
            ),
            (
                vec![Run::text("mức độ hai: "), figure("93.523", NumberFormat::Number)],
                "mức độ hai:\u{a0}93.523",
            ),
            (vec![Run::text("Văn hóa - Truyền thanh")], "Văn hóa\u{a0}- Truyền thanh"),
            (
                vec![constant(ConstantKind::Name, "giai đoạn 2022 - 2025")],
                "giai\u{a0}đoạn\u{a0}2022\u{a0}-\u{a0}2025",
            ),
            (
                vec![constant(ConstantKind::OfficeWords, "giai đoạn 2022 - 2025")],
                "giai đoạn 2022\u{a0}-\u{a0}2025",
            ),
        ];
        for (runs, expected) in cases {
            assert_eq!(shown(&glue(runs)), expected);
        }
    }

    #[test]
    fn blanks_before_punctuation_go() {
        assert_eq!(tidy("tăng  so\n với kỳ trước ; ( hết ) ."), "tăng so với kỳ trước; (hết).");
    }
}

//! Formulas of a form in the words of spreadsheets. Numbers in sentences are shown by FIXED, which
//! writes them as the reader's settings do; no function is younger than Excel 97.

use std::fmt::Write as _;

use crate::{
    compose::forms::document::{
        FormFormula, FormOperator, FormRange, FormTerm, FormValue, LiveCheck, SentencePiece,
    },
    place::CellRef,
};

/// Longest words between quotes in a formula.
const LONGEST_WORDS: usize = 250;

/// Returns a formula with its equals sign.
pub(super) fn text(formula: &FormFormula) -> String {
    let text = match formula {
        FormFormula::AddTo { base, cell } => {
            format!("IF(ISNUMBER({cell}),{}+{cell},\"\")", number(base.to_f64()))
        }
        FormFormula::Difference { from, less } => {
            format!("IF(AND(ISNUMBER({from}),ISNUMBER({less})),{from}-{less},\"\")")
        }
        FormFormula::SumAbove { first, last } => {
            format!("IF(COUNT({first}:{last})=0,\"\",SUM({first}:{last}))")
        }
        FormFormula::Checks(checks) => checks.iter().map(check).collect::<Vec<_>>().join("&"),
        FormFormula::Count { first, last } => {
            let count = format!("COUNTIF({first}:{last},\"?*\")");
            format!("IF({count}=0,\"\",\"Có \"&{count}&\" dòng cần xem lại (chữ đỏ ở cột này).\")")
        }
        FormFormula::Open(cells) => {
            let blanks: Vec<String> = runs(cells)
                .into_iter()
                .map(|(first, last)| format!("COUNTBLANK({first}:{last})"))
                .collect();
            let count = blanks.join("+");
            format!("IF({count}=0,\"\",\"Còn \"&({count})&\" ô số liệu chưa ghi.\")")
        }
    };
    format!("={text}")
}

/// Returns what a formula gives as long as nothing is filled in.
pub(super) fn result(formula: &FormFormula) -> String {
    match formula {
        FormFormula::Open(cells) => format!("Còn {} ô số liệu chưa ghi.", cells.len()),
        _ => String::new(),
    }
}

/// Returns cells of a column as stretches without a gap.
fn runs(cells: &[CellRef]) -> Vec<(CellRef, CellRef)> {
    let mut sorted = cells.to_vec();
    sorted.sort_unstable_by_key(|cell| (cell.column, cell.row));
    let mut runs: Vec<(CellRef, CellRef)> = Vec::new();
    for cell in sorted {
        match runs.last_mut() {
            Some((_, last)) if last.column == cell.column && last.row + 1 == cell.row => {
                *last = cell;
            }
            _ => runs.push((cell, cell)),
        }
    }
    runs
}

fn check(check: &LiveCheck) -> String {
    let there: Vec<String> = check.needs.iter().map(is_there).collect();
    let asked = match (&there[..], check.missing_is_zero) {
        ([one], _) => one.clone(),
        (all, false) => format!("AND({})", all.join(",")),
        (all, true) => format!("OR({})", all.join(",")),
    };
    let condition = term(&check.condition);
    format!("IF({asked},IF({condition},\"\",{}),\"\")", sentence(&check.sentence))
}

/// Returns the condition under which a value is there.
fn is_there(value: &FormValue) -> String {
    match value {
        FormValue::Cell(cell) => format!("ISNUMBER({cell})"),
        FormValue::Sum(range) => format!("COUNT({})>0", area(range)),
        FormValue::Filled(range) => format!("COUNTA({})>0", area(range)),
    }
}

fn area(range: &FormRange) -> String {
    format!("'{}'!{}:{}", range.sheet.replace('\'', "''"), range.first, range.last)
}

fn sentence(pieces: &[SentencePiece]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for piece in pieces {
        match piece {
            SentencePiece::Words(words) => parts.extend(quoted(words)),
            SentencePiece::Number(term) => parts.push(shown(term)),
        }
    }
    parts.push("\" \"".to_owned());
    parts.join("&")
}

/// Returns words between quotes, cut where they are longer than a formula takes.
fn quoted(words: &str) -> Vec<String> {
    let signs: Vec<char> = words.chars().collect();
    signs
        .chunks(LONGEST_WORDS)
        .map(|chunk| format!("\"{}\"", chunk.iter().collect::<String>().replace('"', "\"\"")))
        .collect()
}

/// Returns a number as words, with at most two decimals and `…` when there is none.
fn shown(number: &FormTerm) -> String {
    let value = term(number);
    let fixed = if is_whole(number) {
        format!("FIXED({value},0)")
    } else {
        format!("FIXED({value},IF(ROUND({value},2)=ROUND({value},0),0,2))")
    };
    if divides(number) { format!("IF(ISERROR({value}),\"…\",{fixed})") } else { fixed }
}

/// Returns whether a number is whole whenever the values of the form are; counts are.
fn is_whole(number: &FormTerm) -> bool {
    match number {
        FormTerm::Number(number) => number.fract() == 0.0,
        FormTerm::Value(_) | FormTerm::Truth(_) => true,
        FormTerm::Operation(FormOperator::Divide, _) => false,
        FormTerm::Operation(_, terms) => terms.iter().all(is_whole),
    }
}

fn divides(number: &FormTerm) -> bool {
    match number {
        FormTerm::Operation(operator, terms) => {
            *operator == FormOperator::Divide || terms.iter().any(divides)
        }
        FormTerm::Number(_) | FormTerm::Truth(_) | FormTerm::Value(_) => false,
    }
}

fn term(tree: &FormTerm) -> String {
    match tree {
        FormTerm::Number(value) => number(*value),
        FormTerm::Truth(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        FormTerm::Value(value) => match value {
            FormValue::Cell(cell) => cell.to_string(),
            FormValue::Sum(range) => format!("SUM({})", area(range)),
            FormValue::Filled(range) => format!("COUNTA({})", area(range)),
        },
        FormTerm::Operation(operator, terms) => {
            operation(*operator, &terms.iter().map(term).collect::<Vec<_>>())
        }
    }
}

fn operation(operator: FormOperator, terms: &[String]) -> String {
    let between = |sign: &str| format!("({})", terms.join(sign));
    let call = |name: &str| format!("{name}({})", terms.join(","));
    match operator {
        FormOperator::And => call("AND"),
        FormOperator::Or => call("OR"),
        FormOperator::Not => call("NOT"),
        FormOperator::Less => between("<"),
        FormOperator::LessOrEqual => between("<="),
        FormOperator::Greater => between(">"),
        FormOperator::GreaterOrEqual => between(">="),
        FormOperator::Equal => between("="),
        FormOperator::NotEqual => between("<>"),
        FormOperator::Add => between("+"),
        FormOperator::Subtract => between("-"),
        FormOperator::Multiply => between("*"),
        FormOperator::Divide => between("/"),
        FormOperator::Negate => format!("(-{})", terms.concat()),
        FormOperator::Distance => format!("ABS({})", terms.join("-")),
        FormOperator::Choose => call("IF"),
    }
}

/// Returns a number as a formula writes it.
fn number(value: f64) -> String {
    let mut text = String::new();
    let _infallible = write!(text, "{value}");
    if value < 0.0 { format!("({text})") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32) -> FormValue {
        FormValue::Cell(CellRef { row, column: 5 })
    }

    #[test]
    fn a_rule_becomes_a_formula_that_is_silent_until_its_values_are_there() {
        let value = |row| FormTerm::Value(cell(row));
        let live = LiveCheck {
            code: "B-03".to_owned(),
            needs: vec![cell(1), cell(2)],
            missing_is_zero: false,
            condition: FormTerm::Operation(
                FormOperator::LessOrEqual,
                vec![
                    value(1),
                    FormTerm::Operation(
                        FormOperator::Multiply,
                        vec![FormTerm::Number(1.05), value(2)],
                    ),
                ],
            ),
            sentence: vec![
                SentencePiece::Words("Số \"thẻ\" ".to_owned()),
                SentencePiece::Number(value(1)),
            ],
        };
        assert_eq!(
            text(&FormFormula::Checks(vec![live])),
            "=IF(AND(ISNUMBER(F2),ISNUMBER(F3)),IF((F2<=(1.05*F3)),\"\",\"Số \"\"thẻ\"\" \"\
             &FIXED(F2,0)&\" \"),\"\")"
        );
    }

    #[test]
    fn long_words_are_cut_and_stretches_joined() {
        assert_eq!(quoted(&"ă".repeat(501)).len(), 3);
        let at = |row| CellRef { row, column: 5 };
        let open = FormFormula::Open(vec![at(3), at(1), at(2), at(7)]);
        assert!(text(&open).starts_with("=IF(COUNTBLANK(F2:F4)+COUNTBLANK(F8:F8)=0,"));
        assert_eq!(result(&open), "Còn 4 ô số liệu chưa ghi.");
    }
}

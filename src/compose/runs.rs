//! Words become runs: names with digits and other allowed digits turn into typed constants, so that
//! a run of text never has a digit.

use crate::{
    compose::document::{ConstantKind, Run},
    text,
};

/// What happens to digits that belong to no known name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digits {
    /// They are a mistake of the template.
    Refused,
    /// Each word with a digit becomes a date or a document number by its shape, else this.
    Declared,
    /// Each word with a digit becomes a constant of this kind.
    Kind(ConstantKind),
}

/// A word with a digit where none may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StrayDigits(pub String);

/// Returns the runs of words; `names` are the names with digits that may stand in them.
pub(super) fn split(
    words: &str,
    names: &[String],
    digits: Digits,
) -> Result<Vec<Run>, StrayDigits> {
    let words: Vec<char> = text::nfc(words).chars().collect();
    let names: Vec<Vec<char>> = names.iter().map(|name| lower(name)).collect();
    let mut runs = Vec::new();
    let mut plain = String::new();
    let mut position = 0;
    while position < words.len() {
        if let Some(length) = name_at(&words, position, &names) {
            loose(&mut runs, &mut plain, digits)?;
            let name: String = words.iter().skip(position).take(length).collect();
            runs.push(Run::constant(ConstantKind::Name, name));
            position += length;
        } else {
            plain.push(words[position]);
            position += 1;
        }
    }
    loose(&mut runs, &mut plain, digits)?;
    Ok(runs)
}

/// Returns the runs of words that the templates declare: digits are constants by their shape.
pub(super) fn declared(words: &str, names: &[String]) -> Vec<Run> {
    split(words, names, Digits::Declared).unwrap_or_else(|stray| vec![Run::text(stray.0)])
}

/// Returns the words of a unit as one run, a constant when they have digits.
pub(super) fn unit_text(words: &str) -> Run {
    let words = text::squeeze(&text::nfc(words));
    if has_digit(&words) { Run::constant(ConstantKind::UnitText, words) } else { Run::text(words) }
}

/// Returns whether the words have a digit of any script.
pub(super) fn has_digit(words: &str) -> bool {
    words.chars().any(char::is_numeric)
}

fn lower(words: &str) -> Vec<char> {
    text::nfc(words).chars().map(lower_character).collect()
}

/// Maps to lower case one to one, and a no-break space to a space.
fn lower_character(character: char) -> char {
    if character == '\u{a0}' {
        return ' ';
    }
    let mut lower = character.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(single), None) => single,
        _ => character,
    }
}

/// Returns the length of the longest name that starts here and ends where a word ends.
fn name_at(words: &[char], position: usize, names: &[Vec<char>]) -> Option<usize> {
    let starts_word = position
        .checked_sub(1)
        .and_then(|before| words.get(before))
        .is_none_or(|character| !character.is_alphanumeric());
    if !starts_word {
        return None;
    }
    let matches = |name: &&Vec<char>| {
        let here = words.iter().skip(position).map(|character| lower_character(*character));
        let ends_word =
            words.get(position + name.len()).is_none_or(|character| !character.is_alphanumeric());
        !name.is_empty() && ends_word && here.take(name.len()).eq(name.iter().copied())
    };
    names.iter().filter(matches).map(Vec::len).max()
}

/// Moves words outside names into runs.
fn loose(runs: &mut Vec<Run>, plain: &mut String, digits: Digits) -> Result<(), StrayDigits> {
    let words = std::mem::take(plain);
    let mut text = String::new();
    for word in words.split_inclusive(char::is_whitespace) {
        if !has_digit(word) {
            text.push_str(word);
            continue;
        }
        let core = word.trim_matches(|character: char| !character.is_alphanumeric());
        let Some((before, after)) = word.split_once(core) else {
            return Err(StrayDigits(word.to_owned()));
        };
        let kind = match digits {
            Digits::Refused => return Err(StrayDigits(core.to_owned())),
            Digits::Declared => shape(core),
            Digits::Kind(kind) => kind,
        };
        text.push_str(before);
        if !text.is_empty() {
            runs.push(Run::text(std::mem::take(&mut text)));
        }
        runs.push(Run::constant(kind, core));
        text.push_str(after);
    }
    if !text.is_empty() {
        runs.push(Run::text(text));
    }
    Ok(())
}

/// Returns what a word with digits is by its look.
fn shape(word: &str) -> ConstantKind {
    let digits_only =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if word.split('/').count() > 1 {
        let date = word.split('/').all(digits_only);
        return if date { ConstantKind::Date } else { ConstantKind::DocumentNumber };
    }
    ConstantKind::Declared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::{Content, shown};

    fn names() -> Vec<String> {
        ["Đề án 06", "mức 2", "mức độ 2"].map(str::to_owned).to_vec()
    }

    fn kinds(
        words: &str,
        digits: Digits,
    ) -> Result<Vec<(Option<ConstantKind>, String)>, StrayDigits> {
        let runs = split(words, &names(), digits)?;
        assert_eq!(shown(&runs), words, "nothing is lost");
        Ok(runs
            .into_iter()
            .map(|run| match run.content {
                Content::Constant(constant) => (Some(constant.kind), constant.text),
                Content::Text(text) => (None, text),
                Content::Figure(figure) => (None, figure.shown),
            })
            .collect())
    }

    #[test]
    fn names_with_digits_are_constants_in_any_case() {
        let name = Some(ConstantKind::Name);
        let runs = kinds("TỔ CÔNG TÁC ĐỀ ÁN 06, mức 2.", Digits::Refused).unwrap();
        let expected = [
            (None, "TỔ CÔNG TÁC "),
            (name, "ĐỀ ÁN 06"),
            (None, ", "),
            (name, "mức 2"),
            (None, "."),
        ];
        assert_eq!(runs, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn other_digits_are_refused_or_typed_by_their_shape() {
        assert_eq!(kinds("mức 25", Digits::Refused), Err(StrayDigits("25".to_owned())));
        assert_eq!(kinds("trên 14 tuổi", Digits::Refused), Err(StrayDigits("14".to_owned())));
        let runs =
            kinds("Nghị định 59/2022/NĐ-CP ngày 05/9/2022 (đủ 14)", Digits::Declared).unwrap();
        let constants: Vec<_> = runs.into_iter().filter(|(kind, _)| kind.is_some()).collect();
        let expected = [
            (ConstantKind::DocumentNumber, "59/2022/NĐ-CP"),
            (ConstantKind::Date, "05/9/2022"),
            (ConstantKind::Declared, "14"),
        ];
        assert_eq!(constants, expected.map(|(kind, text)| (Some(kind), text.to_owned())));
    }
}

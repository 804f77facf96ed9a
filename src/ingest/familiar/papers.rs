//! Numbers that say nothing of figures: those of papers and of the parts of a text.

use super::tokens::Token;

/// Words before the number of a part, a form or an annex, with and without marks.
const PARTS: [&str; 20] = [
    "trang",
    "phụ biểu",
    "phần",
    "biểu",
    "mẫu",
    "bảng",
    "mục",
    "phụ lục",
    "biểu mẫu",
    "mẫu biểu",
    "pl",
    "bm",
    "phan",
    "bieu",
    "mau",
    "bang",
    "muc",
    "phu luc",
    "bieu mau",
    "mau bieu",
];
/// Kinds of papers that are named with their number.
const KINDS: [&str; 12] = [
    "kế hoạch",
    "công văn",
    "quyết định",
    "nghị quyết",
    "chỉ thị",
    "thông báo",
    "hướng dẫn",
    "thông tư",
    "nghị định",
    "công điện",
    "báo cáo",
    "văn bản",
];

/// Adds the lengths of the number of a paper, with and without what it is: "số: 12/BC-UBND", "Kế hoạch số
/// 21/KH-UBND", "06/QĐ-TTg"; of the number of a part: "Biểu số 01/ĐA06-X".
pub(super) fn number(tokens: &[Token<'_>], found: &mut Vec<usize>) {
    let at = begins(tokens, &KINDS).unwrap_or(0);
    let rest = tokens.get(at..).unwrap_or_default();
    let of_number = rest.first().is_some_and(|token| matches!(token.word, "số" | "so"));
    let skipped = at + usize::from(of_number);
    let code = |skipped: usize| code(tokens.get(skipped..).unwrap_or_default());
    let named = code(skipped).filter(|code| of_number || !code.is_part);
    found.extend(named.map(|code| skipped + code.length));
    if let Some(part) = begins(tokens, &PARTS) {
        let rest = tokens.get(part..).unwrap_or_default();
        let is_number = rest.first().is_some_and(|token| matches!(token.word, "số" | "so"));
        let skipped = part + usize::from(is_number);
        found.extend(code(skipped).map(|code| skipped + code.length));
        if tokens.get(skipped).is_some_and(is_ordinal) {
            found.push(skipped + 1);
        }
    }
}

/// Returns the length of the word at the beginning that is one of those given.
fn begins(tokens: &[Token<'_>], words: &[&str]) -> Option<usize> {
    let is_it = |words: &&str| {
        let mut known = words.split(' ');
        let mut tokens = tokens.iter();
        known.all(|word| tokens.next().is_some_and(|token| token.word == word))
    };
    words.iter().filter(|words| is_it(words)).map(|words| words.split(' ').count()).max()
}

/// The number of a paper: digits and the letters joined to them.
struct Code {
    /// How many tokens it is.
    length: usize,
    /// Whether its digits or its letters are left out: "12", "/BC-UBND".
    is_part: bool,
}

/// Returns the number of a paper with which tokens begin.
fn code(tokens: &[Token<'_>]) -> Option<Code> {
    let first = tokens.first()?;
    let is_joined = |token: &&Token<'_>| {
        let sign = token.gap.trim();
        matches!(sign, "/" | "-") && token.gap.len() <= 3
    };
    let joined = || tokens.iter().skip(1).take_while(is_joined);
    let has_letters = joined().any(|token| token.number().is_none());
    let whole = |is_part: bool| Some(Code { length: 1 + joined().count(), is_part });
    match first.number() {
        Some(_) if has_letters => whole(false),
        Some(_) => Some(Code { length: 1, is_part: true }),
        None if first.gap.contains('/') => whole(true),
        None => None,
    }
}

/// Returns whether a paper is named by its number: digits with letters behind a stroke.
pub(super) fn is_named(tokens: &[Token<'_>]) -> bool {
    let mut pairs = tokens.windows(2);
    pairs.any(|pair| match pair {
        [number, letters] => {
            number.number().is_some() && letters.gap == "/" && letters.number().is_none()
        }
        _ => false,
    })
}

/// Returns the length of the ordinal that begins words: "1.", "I.", "a)", "1.2".
pub(super) fn ordinal(tokens: &[Token<'_>]) -> Option<usize> {
    let [first, second, ..] = tokens else { return None };
    let ends = |token: &Token<'_>| token.gap.starts_with(['.', ')', '/', '-', ':']);
    let is_date = second.gap == "/" && second.number().is_some();
    if is_ordinal(first) && ends(second) && !is_date {
        let is_of_two = second.number().is_some_and(|number| number < 100)
            && first.number().is_some()
            && second.gap == "."
            && tokens.get(2).is_some_and(|third| third.word.len() > 1);
        return Some(1 + usize::from(is_of_two));
    }
    None
}

fn is_ordinal(token: &Token<'_>) -> bool {
    let roman = |word: &str| word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let digits = token.word.trim_end_matches(|one: char| one.is_alphabetic());
    let is_lettered = token.word.len() - digits.len() <= 1;
    is_lettered && digits.parse::<u32>().is_ok_and(|number| number < 100)
        || token.word.chars().count() == 1
        || roman(token.word)
}

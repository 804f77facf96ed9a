//! What a message says of one finding: where, what stands there, what is expected. Long, or short
//! where several must fit on a telephone.

use super::situation::Case;
use crate::{
    compose::advice,
    place::{CellRef, Place},
    template::Severity,
    text::format_count,
    validate::{BY_FILE_NAME, Finding},
};

/// Most characters of what a unit wrote that a message repeats.
const MOST_QUOTED: usize = 48;

/// How much is said of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// The sentence of the finding with what to do.
    Advice,
    /// The sentence of the finding.
    Sentence,
    /// Place, what stands there, what is expected.
    Short,
}

/// Returns the name of a file without its folders.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns what is wrong with a refused file, without the guess of whose it is.
pub(super) fn refusal(finding: &Finding) -> &str {
    finding.message.split(BY_FILE_NAME).next().unwrap_or(&finding.message)
}

/// Returns what is said of a finding; `common` is the sheet that the message has named already.
pub(super) fn item(
    case: &Case<'_>,
    finding: &Finding,
    common: Option<&str>,
    detail: Detail,
) -> String {
    if let Some(question) = which_file(finding) {
        return question;
    }
    let says_both = !finding.found.is_empty() && !finding.expected.is_empty();
    let says = match detail {
        Detail::Short if says_both => {
            let wish = if finding.severity == Severity::Warning { "mong đợi" } else { "cần" };
            format!("đang ghi {}, {wish} {}", quoted(&finding.found), finding.expected)
        }
        Detail::Advice if finding.severity <= Severity::Error || !is_of_rules(finding) => {
            format!("{} {}", decapitalised(&finding.message), advice::for_the_unit(finding))
        }
        Detail::Short | Detail::Sentence | Detail::Advice => decapitalised(&finding.message),
    };
    let says = says.strip_suffix('.').unwrap_or(&says);
    let code = finding.indicator.as_deref();
    let code = code.filter(|code| is_of_rules(finding) || !says.contains(*code));
    let code = code.map_or_else(String::new, |code| format!(" ({code})"));
    // A message of the program that names its cell needs it no second time.
    let named = finding.places.first().and_then(|place| place.cell);
    let is_named = named.is_some_and(|cell| says.contains(&format!("ô {cell}")));
    let place = place_words(case, finding, common, named.filter(|_| !is_named));
    let alike = match case.alike.get(&finding.reference()) {
        Some(count) => format!(" và {} ô tương tự", format_count(*count)),
        None => String::new(),
    };
    match place.as_str() {
        "" => format!("{says}{alike}."),
        place => format!("{place}{code}{alike}: {says}."),
    }
}

/// Returns whether a finding is of a rule of the templates, and not of the program.
pub(super) fn is_of_rules(finding: &Finding) -> bool {
    !finding.code.starts_with("DA06-")
}

/// Returns the question which of two files is right.
pub(super) fn which_file(finding: &Finding) -> Option<String> {
    let question = match finding.code.as_str() {
        "DA06-N06" => "cùng ghi một lần gửi nhưng nội dung khác nhau",
        "DA06-N07" => "là hai lần gửi, lần sau lại có ít số liệu hơn lần trước",
        _ => return None,
    };
    let [one, other] = finding.places.as_slice() else { return None };
    let (one, other) = (file_name(&one.file), file_name(&other.file));
    Some(format!("hai tệp “{one}” và “{other}” {question}: đề nghị cho biết tệp nào đúng."))
}

fn place_words(
    case: &Case<'_>,
    finding: &Finding,
    common: Option<&str>,
    cell: Option<CellRef>,
) -> String {
    let Some(place) = finding.places.first() else { return String::new() };
    let mut words = Vec::new();
    if case.counted.is_some_and(|counted| counted.file != place.file) {
        words.push(format!("tệp “{}”", file_name(&place.file)));
    }
    if let Some(sheet) = sheet_of(place).filter(|sheet| Some(*sheet) != common) {
        words.push(format!("trang “{sheet}”"));
    }
    words.extend(cell.map(|cell| format!("ô {cell}")));
    words.join(", ")
}

/// Returns the sheet that all findings share.
pub(super) fn common_sheet<'a>(findings: &[&'a Finding]) -> Option<&'a str> {
    let mut sheets = findings.iter().map(|finding| sheet_of(finding.places.first()?));
    let first = sheets.next()??;
    sheets.all(|sheet| sheet == Some(first)).then_some(first)
}

fn sheet_of(place: &Place) -> Option<&str> {
    place.sheet.as_deref().map(str::trim).filter(|sheet| !sheet.is_empty())
}

/// Returns a number as it stands and anything else in quotation marks, long words cut.
fn quoted(found: &str) -> String {
    let is_number = found.chars().all(|one| one.is_ascii_digit() || ".,\u{2212}".contains(one));
    if is_number {
        return found.to_owned();
    }
    if found.chars().count() <= MOST_QUOTED {
        return format!("“{found}”");
    }
    let begin: String = found.chars().take(MOST_QUOTED).collect();
    let whole_words = begin.rsplit_once(' ').map_or(begin.as_str(), |(words, _)| words);
    format!("“{} …”", whole_words.trim_end_matches([',', ';', '.']))
}

/// Returns a sentence as it goes on after a colon: codes and names keep their capitals.
pub(super) fn decapitalised(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next();
    let second_is_small = characters.clone().next().is_some_and(char::is_lowercase);
    match first {
        Some(first) if second_is_small => first.to_lowercase().chain(characters).collect(),
        _ => sentence.to_owned(),
    }
}

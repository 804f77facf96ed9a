//! The head of a return: whose it is, for which period, which submission. Decides nothing about
//! figures.

use super::{
    Fate, Finding, codes, form_identity,
    period::{MonthHint, file_name_month, folder_period, read_month, read_period, read_year},
    unit::{NameMatch, UnitIndex},
};
use crate::{
    ingest::{CellContent, Located, RawReturn},
    period::Period,
    place::Place,
    template::{Templates, UnitIx},
    text,
};

/// Whose a return is.
#[derive(Debug)]
pub(super) enum Identity {
    /// A unit, with what is worth knowing about how it was found.
    Unit(UnitIx, Vec<Finding>),
    /// Nobody's for certain: rejected or held.
    Nobody(Fate, Box<Finding>),
}

/// For which period a return is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PeriodChoice {
    /// This one; a finding when the register decided it.
    Certain(Period, Option<Box<Finding>>),
    /// The header says one, the folder or the file name another.
    Conflict {
        /// What the header says.
        header: Period,
        /// What the folder, else the file name, says.
        place: Option<Period>,
        /// The finding.
        finding: Box<Finding>,
    },
    /// The header says none that can be read.
    Unreadable(Box<Finding>),
}

/// Returns what a header cell says, as one line of text.
pub(super) fn shown(content: &CellContent) -> String {
    match content {
        CellContent::Empty | CellContent::FormulaWithoutValue => String::new(),
        CellContent::Text(words) => text::squeeze(&text::nfc(words)),
        CellContent::Number(number) | CellContent::ShownOtherwise(number, _) => number.to_string(),
        CellContent::Percent(number) => format!("{}%", number * 100.0),
        CellContent::Boolean(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        CellContent::Date(date) => date.parse().map_or_else(|_| date.clone(), text::format_date),
        CellContent::Error(error) => error.clone(),
    }
}

fn place_of(path: &str, raw: &RawReturn, located: Option<&Located<CellContent>>) -> Place {
    let sheet = |index: u16| raw.sheets.get(usize::from(index)).cloned();
    match located {
        Some(located) => {
            Place { file: path.to_owned(), sheet: sheet(located.sheet), cell: Some(located.cell) }
        }
        None => Place { file: path.to_owned(), sheet: sheet(0), cell: None },
    }
}

/// Finds the unit of a return: by the identity of its form, else by its code, then by its name.
pub(super) fn identify(
    templates: &Templates,
    units: &UnitIndex,
    path: &str,
    raw: &RawReturn,
) -> Identity {
    let visible = identify_by_words(templates, units, path, raw);
    form_identity::identify(templates, units, (path, raw), visible)
}

/// Finds the unit of a return by its code, then by its name.
fn identify_by_words(
    templates: &Templates,
    units: &UnitIndex,
    path: &str,
    raw: &RawReturn,
) -> Identity {
    let said = |located: &Option<Located<CellContent>>| {
        located.as_ref().map(|located| (shown(&located.value), place_of(path, raw, Some(located))))
    };
    let code = said(&raw.unit_code).filter(|(code, _)| !code.is_empty());
    let name = said(&raw.unit_name).filter(|(name, _)| !name.is_empty());
    let by_code = code.as_ref().and_then(|(code, _)| units.find_code(code));
    let name_as_written = match raw.unit_name.as_ref().map(|located| &located.value) {
        Some(CellContent::Text(words)) => words.as_str(),
        _ => "",
    };
    let by_name = match &name {
        Some(_) => units.find_name(name_as_written),
        None => NameMatch::Unknown,
    };
    let short = |unit: UnitIx| templates.roster.get(unit).short_name.as_str();
    match (by_code, by_name) {
        (_, NameMatch::Replaced(former, unit, date)) => {
            let message = format!(
                "“{former}” không còn là đơn vị báo cáo từ ngày {}; nay là {}.",
                text::format_date(date),
                short(unit)
            );
            let finding = codes::UNIT_REPLACED
                .finding(message)
                .found(name.as_ref().map(|(name, _)| name.as_str()).unwrap_or_default())
                .expected(short(unit))
                .hint(format!("Đề nghị {} gửi báo cáo chung cho toàn đơn vị mới.", short(unit)));
            let place = name.map(|(_, place)| place);
            Identity::Nobody(Fate::Rejected, Box::new(at(finding, place)))
        }
        (Some(by_code), by_name) => with_code(templates, by_code, &by_name, code, name),
        (None, by_name @ (NameMatch::Exact(unit) | NameMatch::Other(unit))) => {
            let mut findings = Vec::new();
            if let Some((code, place)) = code {
                let expected = templates.roster.get(unit).code.clone();
                let message = format!(
                    "Mã đơn vị “{code}” không có trong danh mục; căn cứ tên, báo cáo được nhận là của {}.",
                    short(unit)
                );
                let finding = codes::UNIT_CODE_UNKNOWN.finding(message).at(place);
                let hint = format!("Đề nghị ghi đúng mã đơn vị {expected}.");
                findings.push(finding.found(code).expected(expected).hint(hint));
            }
            findings.extend(name_spelling(templates, &by_name, name));
            Identity::Unit(unit, findings)
        }
        (None, NameMatch::Ambiguous) => Identity::Nobody(Fate::Rejected, {
            let (name, place) = name.unzip();
            let name = name.unwrap_or_default();
            let message =
                format!("Tên “{name}” là tên của nhiều đơn vị, báo cáo lại không có mã đúng.");
            let finding = codes::UNIT_AMBIGUOUS.finding(message).found(name);
            let finding = finding.expected("mã đơn vị trong danh mục");
            Box::new(at(finding.hint("Đề nghị ghi mã đơn vị vào ô “Mã đơn vị”."), place))
        }),
        (None, NameMatch::Unknown) => Identity::Nobody(
            Fate::Rejected,
            Box::new(unknown(templates, units, path, (code, name))),
        ),
    }
}

type Said = Option<(String, Place)>;

fn at(finding: Finding, place: Option<Place>) -> Finding {
    match place {
        Some(place) => finding.at(place),
        None => finding,
    }
}

/// Decides when the code is known: the name agrees, contradicts or says nothing.
fn with_code(
    templates: &Templates,
    by_code: UnitIx,
    by_name: &NameMatch,
    code: Said,
    name: Said,
) -> Identity {
    let short = |unit: UnitIx| templates.roster.get(unit).short_name.as_str();
    let code = code.map(|(code, _)| code).unwrap_or_default();
    match by_name.unit() {
        Some(unit) if unit != by_code => {
            let message = format!(
                "Mã đơn vị {code} là của {}, nhưng tên ghi là {}; chưa tính báo cáo này cho đơn vị nào.",
                short(by_code),
                short(unit)
            );
            let found = format!("{code}; {}", name.as_ref().map_or("", |(name, _)| name.as_str()));
            let finding = codes::UNIT_CONTRADICTION.finding(message).found(found);
            let finding = finding.expected("mã và tên của cùng một đơn vị");
            let hint = "Đề nghị hỏi lại đơn vị gửi, sửa mã hoặc tên cho đúng rồi gửi lại.";
            Identity::Nobody(Fate::Held, Box::new(at(finding.hint(hint), name.map(|(_, p)| p))))
        }
        Some(unit) => Identity::Unit(unit, name_spelling(templates, by_name, name)),
        None => {
            let findings = name.filter(|_| *by_name == NameMatch::Unknown).map(|(name, place)| {
                let message = format!(
                    "Tên đơn vị “{name}” không có trong danh mục; căn cứ mã {code}, báo cáo được nhận là của {}.",
                    short(by_code)
                );
                let finding = codes::UNIT_NAME_UNKNOWN.finding(message).at(place).found(name);
                let finding = finding.expected(&*templates.roster.get(by_code).name);
                finding.hint("Đề nghị ghi đúng tên đơn vị.")
            });
            Identity::Unit(by_code, findings.into_iter().collect())
        }
    }
}

/// Notes that a name is written otherwise than in the roster.
fn name_spelling(templates: &Templates, by_name: &NameMatch, name: Said) -> Vec<Finding> {
    let (NameMatch::Other(unit), Some((name, place))) = (by_name, name) else {
        return Vec::new();
    };
    let entry = templates.roster.get(*unit);
    let how = if [&entry.name, &entry.short_name].contains(&&name) {
        "Tên đơn vị ghi bằng kiểu gõ dấu rời (Unicode tổ hợp)"
    } else {
        "Tên đơn vị viết khác danh mục"
    };
    let message = format!("{how}; được hiểu là {}.", entry.short_name);
    vec![
        codes::UNIT_NAME_OTHER
            .finding(message)
            .at(place)
            .found(name)
            .expected(&*entry.name)
            .hint(format!("Từ kỳ sau đề nghị ghi “{}”.", entry.name)),
    ]
}

fn unknown(
    templates: &Templates,
    units: &UnitIndex,
    path: &str,
    (code, name): (Said, Said),
) -> Finding {
    let short = |unit: UnitIx| templates.roster.get(unit).short_name.as_str();
    let place = name.as_ref().or(code.as_ref()).map(|(_, place)| place.clone());
    let place = place.unwrap_or_else(|| Place::of_file(path));
    let found = name.or(code).map(|(said, _)| said).unwrap_or_default();
    let says = if found.is_empty() {
        "Báo cáo không ghi tên và mã đơn vị.".to_owned()
    } else {
        format!("“{found}” không phải là tên, mã của đơn vị nào trong danh mục.")
    };
    let near: Vec<&str> = units.suggestions(&found).into_iter().map(short).collect();
    let message = match (near.as_slice(), units.hint_of_file(path)) {
        ([], None) => says,
        ([], Some(unit)) => {
            format!("{says} Theo tên tệp, có thể là báo cáo của {}.", short(unit))
        }
        (near, _) => format!("{says} Có thể là: {}.", near.join(", ")),
    };
    codes::UNIT_UNKNOWN
        .finding(message)
        .at(place)
        .found(found)
        .expected("tên hoặc mã đơn vị trong danh mục")
        .hint("Đề nghị ghi đúng tên, mã đơn vị ở đầu biểu rồi gửi lại.")
}

/// Decides for which period a return is; `decided` is the register's word.
pub(super) fn choose_period(path: &str, raw: &RawReturn, decided: Option<Period>) -> PeriodChoice {
    if let Some(choice) = form_identity::choose_period(path, raw, decided) {
        return choice;
    }
    let place = place_of(path, raw, raw.period.as_ref());
    let written = raw.period.as_ref().map(|located| shown(&located.value)).unwrap_or_default();
    let header = raw.period.as_ref().and_then(|located| read_period(&located.value));
    if let Some(period) = decided {
        let finding = (header != Some(period)).then(|| {
            let message = format!(
                "Đầu biểu ghi kỳ “{written}”; theo sổ đến, báo cáo được tính cho {}.",
                text::format_month(period)
            );
            let finding = codes::PERIOD_DECIDED.finding(message).at(place).found(written);
            Box::new(finding.expected(text::format_month(period)))
        });
        return PeriodChoice::Certain(period, finding);
    }
    let folder = folder_period(path);
    let by_month = raw.period.as_ref().and_then(|located| read_month(&located.value));
    let header = header.or_else(|| Period::new(folder?.year(), by_month?));
    if let (Some(period), Some(folder)) = (short_period(path, raw, by_month), folder)
        && period.agrees(folder)
    {
        let finding = Box::new(short_period_finding(by_month, folder, &written).at(place));
        return PeriodChoice::Certain(folder, Some(finding));
    }
    let Some(header) = header else {
        let message = if written.is_empty() {
            "Báo cáo không ghi kỳ báo cáo.".to_owned()
        } else {
            format!("Không đọc được kỳ báo cáo từ “{written}”.")
        };
        let finding = codes::PERIOD_UNREADABLE.finding(message).at(place).found(written);
        let finding = finding.expected("kỳ báo cáo, như “Tháng 3 năm 2024”");
        let hint = "Đề nghị ghi kỳ báo cáo ở đầu biểu rồi gửi lại; nếu đã rõ kỳ, văn thư ghi vào cột ky của so-den.csv.";
        return PeriodChoice::Unreadable(Box::new(finding.hint(hint)));
    };
    let by_name = file_name_month(path).filter(|hint| folder.is_none() && !hint.agrees(header));
    let (other, where_from) = match (folder, by_name) {
        (Some(folder), _) if folder != header => (Some(folder), "tệp được gửi cho"),
        (None, Some(hint)) => {
            (Period::new(hint.year.unwrap_or(header.year()), hint.month), "tên tệp ghi")
        }
        _ => return PeriodChoice::Certain(header, None),
    };
    let expected = other.map(text::format_month).unwrap_or_default();
    let message = format!(
        "Đầu biểu ghi kỳ “{written}” nhưng {where_from} {expected}; chưa tính báo cáo này vào kỳ nào."
    );
    let hint = "Đề nghị hỏi lại đơn vị rồi ghi kỳ đúng (như 2024-03) vào cột ky của so-den.csv, hoặc đề nghị đơn vị sửa kỳ báo cáo và gửi lại.";
    let finding = codes::PERIOD_CONFLICT.finding(message).at(place).found(written);
    let finding = Box::new(finding.expected(expected).hint(hint));
    PeriodChoice::Conflict { header, place: other, finding }
}

/// Returns the month that a return names without its year, in its head; a return that says nothing of a
/// period has the month of its file's name.
fn short_period(path: &str, raw: &RawReturn, by_month: Option<u32>) -> Option<MonthHint> {
    let says_nothing = raw.period.as_ref().is_none_or(|said| said.value == CellContent::Empty);
    let is_short = || {
        let said = raw.period.as_ref()?;
        let month = by_month.filter(|_| read_period(&said.value).is_none())?;
        Some(MonthHint { year: None, month })
    };
    let year = || read_year(&raw.period.as_ref()?.value);
    let of_year = |hint: MonthHint, year: i32| {
        let is_of_year = hint.year.is_none_or(|named| named == year);
        is_of_year.then_some(MonthHint { year: Some(year), ..hint })
    };
    is_short()
        .or_else(|| says_nothing.then(|| file_name_month(path)).flatten())
        .or_else(|| year().and_then(|year| of_year(file_name_month(path)?, year)))
}

fn short_period_finding(by_month: Option<u32>, folder: Period, written: &str) -> Finding {
    let month = text::format_month(folder);
    let finding = match by_month {
        Some(_) => codes::PERIOD_WITHOUT_YEAR.finding(format!(
            "Đầu biểu ghi kỳ “{written}”, không ghi năm; căn cứ thư mục, báo cáo được tính cho {month}."
        )),
        None => codes::PERIOD_OF_FILE_NAME.finding(format!(
            "Báo cáo không ghi kỳ báo cáo; căn cứ tên tệp và thư mục, được tính cho {month}."
        )),
    };
    let expected = format!("kỳ báo cáo, như “{month}”");
    finding
        .found(written)
        .expected(expected)
        .hint("Từ kỳ sau đề nghị ghi đủ tháng, năm ở đầu biểu.")
}

/// Reads Lần gửi; 1 and a finding when it is not there or no number from 1 to 99.
pub(super) fn submission(path: &str, raw: &RawReturn) -> (u32, Option<Finding>) {
    let written = raw.submission.as_ref().map(|located| shown(&located.value)).unwrap_or_default();
    let digits: String = written
        .chars()
        .skip_while(|character| !character.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    if let Some(number) = digits.parse().ok().filter(|number| (1..100).contains(number)) {
        return (number, None);
    }
    let message = "Báo cáo không ghi lần gửi; được coi là lần 1.";
    let finding = codes::SUBMISSION_ASSUMED
        .finding(message)
        .at(place_of(path, raw, raw.submission.as_ref()))
        .found(written)
        .expected("1, 2, …")
        .hint("Từ kỳ sau đề nghị ghi lần gửi ở đầu biểu.");
    (1, Some(finding))
}

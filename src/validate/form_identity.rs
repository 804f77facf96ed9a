//! Forms that the program gave out: unit and period are certain by their hidden identity, and what
//! the unit changed in the form itself is said. Figures are judged elsewhere.

use super::{
    Fate, Finding,
    codes::{self, Code},
    header::{Identity, PeriodChoice, shown},
    period::{folder_period, read_period},
    unit::UnitIndex,
};
use crate::{
    ingest::{CellContent, FormChange, FormChangeKind, Located, RawIdentity, RawReturn},
    period::Period,
    place::Place,
    template::{Form, Templates, UnitIx},
    text,
};

/// Most things that one sentence lists.
const MOST_LISTED: usize = 5;

/// Returns the identity of a form, when it is as it was given out.
pub(super) fn certain(raw: &RawReturn) -> Option<&RawIdentity> {
    raw.identity.as_deref().filter(|identity| identity.is_whole)
}

/// Decides for which period a form is; nothing when it has no certain identity. `decided` is the
/// register's word, which stands above all.
pub(super) fn choose_period(
    path: &str,
    raw: &RawReturn,
    decided: Option<Period>,
) -> Option<PeriodChoice> {
    let own = certain(raw)?.period;
    if decided.is_some() {
        return None;
    }
    let written = raw.period.as_ref().and_then(|located| read_period(&located.value));
    let folder = folder_period(path);
    let other = folder.or(written).filter(|other| *other != own);
    let Some(other) = other else {
        let altered = written.filter(|written| *written != own);
        let finding = altered.map(|_| Box::new(altered_period(path, raw, own)));
        return Some(PeriodChoice::Certain(own, finding));
    };
    let message = format!(
        "Biểu này được lập cho {} nhưng gửi như biểu {}: có thể là tệp của kỳ khác gửi lại; chưa \
         tính vào kỳ nào.",
        text::format_month(own),
        text::format_month(other)
    );
    let hint = format!(
        "Đề nghị đơn vị ghi số liệu vào biểu {} rồi gửi lại; nếu đã rõ kỳ, văn thư ghi kỳ vào cột ky \
         của so-den.csv.",
        text::format_month(other)
    );
    let finding = codes::FORM_STALE.finding(message).at(place_of_period(path, raw));
    let finding = finding.found(text::format_month(own)).expected(text::format_month(other));
    let finding = Box::new(finding.hint(hint));
    Some(PeriodChoice::Conflict { header: own, place: Some(other), finding })
}

/// Returns that the period printed in a form was written over, though the form came for its own.
fn altered_period(path: &str, raw: &RawReturn, own: Period) -> Finding {
    let said = raw.period.as_ref().map(|located| shown(&located.value)).unwrap_or_default();
    let month = text::format_month(own);
    let message = format!(
        "Dòng Kỳ báo cáo in sẵn của biểu bị sửa thành “{said}”; biểu được lập và tính cho {month}."
    );
    let finding = codes::FORM_WORDS.finding(message).at(place_of_period(path, raw)).found(said);
    finding.expected(month).hint(
        "Đề nghị kiểm tra số liệu trong biểu có đúng kỳ hay không; từ kỳ sau không sửa chữ in sẵn.",
    )
}

fn place_of_period(path: &str, raw: &RawReturn) -> Place {
    let located = raw.period.as_ref();
    let sheet = raw.sheets.get(usize::from(located.map_or(0, |located| located.sheet))).cloned();
    Place { file: path.to_owned(), sheet, cell: located.map(|located| located.cell) }
}

/// Decides whose a form is, when its identity is certain; `visible` is what its words say.
pub(super) fn identify(
    templates: &Templates,
    units: &UnitIndex,
    (path, raw): (&str, &RawReturn),
    visible: Identity,
) -> Identity {
    let Some(own) = certain(raw).and_then(|identity| templates.roster.find(&identity.unit)) else {
        return visible;
    };
    let written = named(units, raw);
    let unit = match &visible {
        Identity::Unit(unit, _) => Some(*unit),
        Identity::Nobody(..) => None,
    };
    if unit == Some(own) && written.iter().all(|one| *one == own) {
        let other = units.other_of_file(path, own);
        return other.map_or(visible, |other| of_other_file(templates, (own, other), (path, raw)));
    }
    let other = unit.into_iter().chain(written).find(|one| *one != own);
    let short = |unit: UnitIx| templates.roster.get(unit).short_name.as_str();
    let said = raw.unit_name.as_ref().map(|located| shown(&located.value)).unwrap_or_default();
    let place = place_of_unit(path, raw);
    if let Some(other) = other {
        let message = format!(
            "Biểu này được cấp cho {} nhưng ghi tên, mã của {}: biểu được chép từ đơn vị khác; chưa \
             tính cho đơn vị nào.",
            short(own),
            short(other)
        );
        let finding = codes::FORM_COPIED.finding(message).at(place).found(said);
        let finding = finding.expected(templates.roster.get(own).name.as_str()).hint(format!(
            "Đề nghị {} ghi số liệu vào biểu cấp riêng cho đơn vị mình rồi gửi lại.",
            short(other)
        ));
        return Identity::Nobody(
            Fate::Held,
            Box::new(finding.of_unit(&templates.roster.get(other).key)),
        );
    }
    if let Identity::Nobody(Fate::Rejected, finding) = &visible
        && finding.code == codes::UNIT_REPLACED.code
    {
        return visible;
    }
    let message = format!(
        "Tên, mã đơn vị in sẵn trong biểu đã bị sửa; theo dấu nhận dạng, biểu là của {}.",
        short(own)
    );
    let finding = codes::FORM_WORDS.finding(message).at(place).found(said);
    let finding = finding.expected(templates.roster.get(own).name.as_str());
    Identity::Unit(own, vec![finding.hint("Từ kỳ sau đề nghị không sửa các ô in sẵn của biểu.")])
}

/// Returns that a form counts for nobody whose file bears the name of another unit: whoever fills in
/// the form of a neighbour leaves the printed name as it is.
fn of_other_file(
    templates: &Templates,
    (own, other): (UnitIx, UnitIx),
    (path, raw): (&str, &RawReturn),
) -> Identity {
    let short = |unit: UnitIx| templates.roster.get(unit).short_name.as_str();
    let message = format!(
        "Biểu này được cấp cho {own} nhưng tên tệp ghi {other}: có thể là biểu chép từ đơn vị khác; \
         chưa tính cho đơn vị nào.",
        own = short(own),
        other = short(other)
    );
    let hint = format!(
        "Đề nghị {other} ghi số liệu vào biểu cấp riêng cho đơn vị mình rồi gửi lại; nếu đúng là báo cáo \
         của {own} thì văn thư đổi tên tệp.",
        own = short(own),
        other = short(other)
    );
    let name = path.rsplit('/').next().unwrap_or(path);
    let finding = codes::FORM_COPIED.finding(message).at(place_of_unit(path, raw)).found(name);
    let finding = finding.expected(short(own)).hint(hint);
    Identity::Nobody(Fate::Held, Box::new(finding.of_unit(&templates.roster.get(other).key)))
}

/// Returns the units that the words of a form name, by code and by name.
fn named(units: &UnitIndex, raw: &RawReturn) -> Vec<UnitIx> {
    let said = |located: &Option<Located<CellContent>>| {
        located.as_ref().map(|located| shown(&located.value)).unwrap_or_default()
    };
    let by_code = units.find_code(&said(&raw.unit_code));
    let by_name = units.find_name(&said(&raw.unit_name)).unit();
    // Whoever takes the form of a neighbour may write over its letterhead alone.
    let changes = certain(raw).map_or(&[][..], |identity| identity.changes.as_slice());
    let words = changes.iter().filter(|change| change.kind == FormChangeKind::Words);
    let in_words = words.filter_map(|change| units.find_name(&change.found).unit());
    by_code.into_iter().chain(by_name).chain(in_words).collect()
}

fn place_of_unit(path: &str, raw: &RawReturn) -> Place {
    let located = raw.unit_name.as_ref().or(raw.unit_code.as_ref());
    let sheet = raw.sheets.get(usize::from(located.map_or(0, |located| located.sheet))).cloned();
    Place { file: path.to_owned(), sheet, cell: located.map(|located| located.cell) }
}

/// Returns what was changed in a form itself.
pub(super) fn changes(
    templates: &Templates,
    form: &Form,
    path: &str,
    raw: &RawReturn,
) -> Vec<Finding> {
    let Some(identity) = raw.identity.as_deref() else { return Vec::new() };
    let sheet = raw.sheets.first().cloned();
    let whole = Place { file: path.to_owned(), sheet, cell: None };
    let mut findings = Vec::new();
    if !(identity.is_whole && identity.marks_are_whole) {
        let message = "Dấu nhận dạng ẩn của biểu đã bị sửa; đơn vị, kỳ và các dòng được nhận theo chữ \
                       ghi trên biểu.";
        let hint =
            "Đề nghị kiểm tra lại đơn vị và kỳ; lần sau dùng biểu mới do cơ quan tổng hợp gửi.";
        findings.push(codes::FORM_IDENTITY.finding(message).at(whole.clone()).hint(hint));
    }
    if identity.is_whole && identity.form == form.code {
        let version = form.version(&templates.indicators);
        if identity.version != version {
            let message = "Biểu được lập theo mẫu cũ; các chỉ tiêu được đọc theo mã.";
            let hint = "Đề nghị gửi cho đơn vị biểu mới (lệnh da06 forms) để dùng từ kỳ sau.";
            let finding = codes::FORM_VERSION.finding(message).at(whole);
            findings.push(finding.found(&*identity.version).expected(version).hint(hint));
        }
    }
    for kind in KINDS {
        let of_kind = identity.changes.iter().filter(|change| change.kind == kind);
        // A sheet that is hidden can be shown again, one that was deleted cannot.
        let (hidden, others): (Vec<_>, Vec<_>) =
            of_kind.partition(|change| kind == FormChangeKind::Sheet && !change.found.is_empty());
        let groups = [others, hidden].into_iter().filter(|group| !group.is_empty());
        findings.extend(groups.map(|group| finding(path, kind, &group)));
    }
    findings
}

/// Takes away what is said of the form's own formulas when a program saved them without results: the
/// figures beside them are computed anyway, and one that is gone has its own finding.
pub(super) fn drop_own_formulas(raw: &RawReturn, findings: &mut Vec<Finding>) {
    if certain(raw).is_some() {
        findings.retain(|finding| finding.code != codes::STATED_UNREADABLE.code);
    }
}

/// Lets the figures that a form lacks follow from the rows that were deleted from it.
pub(super) fn fold_deleted(findings: &mut [Finding]) {
    let deleted = findings.iter().find(|one| one.code == codes::FORM_ROW_DELETED.code);
    let Some(cause) = deleted.map(Finding::reference) else { return };
    // A figure whose row is there stands with its cell.
    let is_without_row = |one: &&mut Finding| {
        one.code == codes::FIGURES_MISSING.code
            && one.places.iter().all(|place| place.cell.is_none())
    };
    for finding in findings.iter_mut().filter(is_without_row) {
        finding.cause = Some(cause.clone());
    }
}

/// Kinds of changes in the order in which they are said.
const KINDS: [FormChangeKind; 9] = [
    FormChangeKind::Sheet,
    FormChangeKind::Renamed,
    FormChangeKind::Columns,
    FormChangeKind::RowDeleted,
    FormChangeKind::RowMoved,
    FormChangeKind::RowsInserted,
    FormChangeKind::RowsRemoved,
    FormChangeKind::Words,
    FormChangeKind::Formula,
];

/// Returns what is said of sheets and columns that are not where they were; nothing of other kinds.
fn said_of_sheets(
    kind: FormChangeKind,
    sheets: &str,
    changes: &[&FormChange],
) -> Option<(&'static Code, String, &'static str)> {
    let said: (&Code, String, &str) = match kind {
        FormChangeKind::Sheet if changes.iter().all(|change| !change.found.is_empty()) => (
            &codes::FORM_SHEET,
            format!("Trang tính “{sheets}” của biểu bị ẩn nên không được đọc."),
            "Đề nghị bỏ ẩn trang tính, ghi đủ số liệu rồi gửi lại.",
        ),
        FormChangeKind::Sheet => (
            &codes::FORM_SHEET,
            format!("Trang tính “{sheets}” của biểu đã bị xóa."),
            "Đề nghị giữ đủ các trang tính của biểu và gửi lại.",
        ),
        FormChangeKind::Renamed => (
            &codes::FORM_SHEET_RENAMED,
            format!("Trang tính “{sheets}” của biểu đã bị đổi tên; số liệu vẫn được đọc đủ."),
            "Từ kỳ sau đề nghị không đổi tên trang tính của biểu.",
        ),
        FormChangeKind::Columns => (
            &codes::FORM_LINES_CHANGED,
            format!(
                "Trang tính “{sheets}” của biểu bị chèn, xóa hoặc chuyển cột; số liệu được đọc theo \
                 tiêu đề cột."
            ),
            "Đề nghị kiểm tra số liệu của trang này; từ kỳ sau không chèn, xóa cột của biểu.",
        ),
        _ => return None,
    };
    Some(said)
}

/// Returns what is said of the changes of a kind: code, message and advice.
fn said(
    kind: FormChangeKind,
    expected: &str,
    changes: &[&FormChange],
) -> (&'static Code, String, &'static str) {
    let sheets = list(changes, "”, “", |change| change.expected.clone());
    if let Some(said) = said_of_sheets(kind, &sheets, changes) {
        return said;
    }
    let cells = list(changes, ", ", |change| change.cell.to_string());
    match kind {
        FormChangeKind::RowDeleted => (
            &codes::FORM_ROW_DELETED,
            format!("Biểu bị xóa dòng của chỉ tiêu {expected}."),
            "Đề nghị ghi lại vào biểu gốc, không xóa dòng (không phát sinh thì ghi 0), rồi gửi lại.",
        ),
        FormChangeKind::RowMoved => (
            &codes::FORM_ROW_MOVED,
            format!("Dòng của chỉ tiêu {expected} bị chuyển chỗ; số liệu được đọc theo mã."),
            "Đề nghị kiểm tra số liệu các dòng này; từ kỳ sau không chuyển dòng của biểu.",
        ),
        FormChangeKind::RowsInserted => (
            &codes::FORM_LINES_CHANGED,
            format!(
                "Biểu bị chèn thêm dòng, trước chỉ tiêu {expected}; dòng chèn thêm không được tính."
            ),
            "Nếu có nội dung cần nêu thêm, đề nghị ghi vào cột Ghi chú hoặc ô khó khăn, kiến nghị.",
        ),
        FormChangeKind::RowsRemoved => (
            &codes::FORM_LINES_CHANGED,
            format!("Biểu bị xóa dòng in sẵn trước chỉ tiêu {expected}; số liệu được đọc theo mã."),
            "Từ kỳ sau đề nghị không xóa dòng của biểu.",
        ),
        FormChangeKind::Words => (
            &codes::FORM_WORDS,
            format!("Chữ in sẵn của biểu bị sửa hoặc xóa ở ô {cells}."),
            "Đề nghị kiểm tra số liệu các dòng này có đúng chỉ tiêu in sẵn hay không; từ kỳ sau không sửa chữ in sẵn.",
        ),
        _ => (
            &codes::FORM_FORMULA,
            format!("Công thức của biểu bị ghi đè hoặc xóa ở ô {cells}; báo cáo dùng số tính lại."),
            "Từ kỳ sau đề nghị chỉ ghi vào các ô nền vàng.",
        ),
    }
}

/// Returns one finding for all changes of a kind.
fn finding(path: &str, kind: FormChangeKind, changes: &[&FormChange]) -> Finding {
    let expected = list(changes, ", ", |change| change.expected.clone());
    let (code, message, hint) = said(kind, &expected, changes);
    let found = list(changes, ", ", |change| change.found.clone());
    let places = changes.iter().map(|change| {
        let has_cell = !matches!(
            change.kind,
            FormChangeKind::Sheet | FormChangeKind::Renamed | FormChangeKind::Columns
        );
        Place {
            file: path.to_owned(),
            sheet: (change.kind != FormChangeKind::Sheet).then(|| change.sheet.clone()),
            cell: has_cell.then_some(change.cell),
        }
    });
    let mut finding = code.finding(message).found(found).expected(expected).hint(hint);
    finding.places.extend(places);
    if let (FormChangeKind::RowDeleted | FormChangeKind::RowMoved, [one]) = (kind, changes) {
        finding.indicator = Some(one.expected.clone());
    }
    finding
}

/// Lists what changes say, each once, the first few.
fn list(changes: &[&FormChange], between: &str, of: impl Fn(&FormChange) -> String) -> String {
    let mut words: Vec<String> = Vec::new();
    for change in changes {
        let word = of(change);
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    let more = words.len().saturating_sub(MOST_LISTED);
    words.truncate(MOST_LISTED);
    let listed = words.join(between);
    if more > 0 { format!("{listed} và {more} chỗ khác") } else { listed }
}

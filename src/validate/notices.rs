//! What the reader noticed becomes findings: code, message and what to do, a table each.

use super::{Fate, Finding, codes, codes::Code, form_identity, hidden_lines};
use crate::{
    ingest::{FileReading, Notice, NoticeKind},
    place::{CellRef, Place},
    text,
};

/// Name of the sheet of findings that an answer carries. A unit may correct its answer and send it in
/// again: nobody is asked to remove what we added.
pub const ANSWER_SHEET: &str = "Kết quả kiểm tra";

/// Returns whether something that the reader noticed is the sheet of an answer.
fn is_of_answer(notice: &Notice) -> bool {
    let name = notice.sheet.as_deref().and_then(|sheet| sheet.strip_prefix(ANSWER_SHEET));
    let is_numbered = |rest: &str| {
        let number = rest.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')'));
        number.is_some_and(|number| number.parse::<u32>().is_ok())
    };
    name.is_some_and(|rest| rest.is_empty() || is_numbered(rest))
}

/// Returns what is said of a file with a fate and so many returns that count. Of figures that do not
/// count nobody is told that they do, and what a form of ours is of needs no title.
pub(super) fn of_file(
    path: &str,
    reading: &FileReading,
    (fate, returns): (&Fate, usize),
) -> Vec<Finding> {
    let is_held = returns == 0 && matches!(fate, Fate::Held | Fate::Rejected);
    let is_certain = reading.returns.iter().any(|raw| form_identity::certain(raw).is_some());
    let says_that_they_count = |notice: &&Notice| {
        matches!(notice.kind, NoticeKind::TableOfOtherMonth { counts: true, .. })
    };
    let said = reading.notices.iter().filter(|notice| !is_of_answer(notice));
    let said = said.filter(|notice| !((is_held || is_certain) && says_that_they_count(notice)));
    said.map(|notice| noticed(path, notice)).collect()
}

/// Returns the finding for something that the reader noticed.
pub(super) fn noticed(path: &str, notice: &Notice) -> Finding {
    let place = Place { file: path.to_owned(), sheet: notice.sheet.clone(), cell: notice.cell };
    let finding = code(&notice.kind).finding(message(notice));
    let hint = match &notice.kind {
        NoticeKind::Unclear(_) => format!("Xem và duyệt cách hiểu bằng lệnh: da06 map \"{path}\""),
        kind => hint(kind).to_owned(),
    };
    let mut finding = finding.found(found(path, notice)).at(place).hint(hint);
    if let NoticeKind::RepeatedHidden(code)
    | NoticeKind::MissingColumn(code)
    | NoticeKind::NameOfOther { code, .. }
    | NoticeKind::UnclearColumns(code)
    | NoticeKind::TotalDiffers(code)
    | NoticeKind::RowTotalDiffers(code)
    | NoticeKind::ColumnsDisagree { code, .. } = &notice.kind
    {
        finding.indicator = Some(code.clone());
    }
    finding
}

fn code(kind: &NoticeKind) -> &'static Code {
    match kind {
        NoticeKind::HiddenSheet => &codes::HIDDEN_SHEET,
        NoticeKind::HiddenLines(content) => hidden_lines::code(content),
        NoticeKind::RepeatedHidden(_) => &codes::REPEATED_HIDDEN,
        NoticeKind::UnknownSheet => &codes::UNKNOWN_SHEET,
        NoticeKind::BrokenSheet(_) | NoticeKind::LargeSheet(_) => &codes::BROKEN_SHEET,
        NoticeKind::StrayCell => &codes::STRAY_CELL,
        NoticeKind::UnknownCode(_) => &codes::UNKNOWN_CODE,
        NoticeKind::NameOfOther { .. } => &codes::NAME_OF_OTHER,
        NoticeKind::OtherNames(_) => &codes::OTHER_NAMES,
        NoticeKind::DoubtfulWords(_) => &codes::DOUBTFUL_WORDS,
        NoticeKind::StrangeWords { .. } => &codes::STRANGE_WORDS,
        NoticeKind::NoHeads => &codes::NO_HEADS,
        NoticeKind::LackingOptional(_) => &codes::LACKING_OPTIONAL,
        NoticeKind::TableOfOtherMonth { counts: false, .. } => &codes::OTHER_MONTH_LEFT,
        NoticeKind::TableOfOtherMonth { counts: true, .. } => &codes::OTHER_MONTH_TITLE,
        NoticeKind::MissingColumn(_) | NoticeKind::LackingColumn(_) => &codes::MISSING_COLUMN,
        NoticeKind::UnitOfLetterhead => &codes::UNIT_OF_LETTERHEAD,
        NoticeKind::SheetWithoutMonth => &codes::SHEET_WITHOUT_MONTH,
        NoticeKind::UnclearRows | NoticeKind::UnclearColumns(_) => &codes::UNCLEAR_ROWS,
        NoticeKind::TotalDiffers(_)
        | NoticeKind::RowTotalDiffers(_)
        | NoticeKind::ColumnsDisagree { .. } => &codes::TOTAL_DIFFERS,
        NoticeKind::MacroSheet => &codes::MACRO_SHEET,
        NoticeKind::Unpacked(_) => &codes::UNPACKED,
        NoticeKind::WrongExtension => &codes::WRONG_EXTENSION,
        NoticeKind::OldEncoding { .. } => &codes::OLD_ENCODING,
        NoticeKind::Unclear(_) => &codes::LAYOUT_UNCLEAR,
        NoticeKind::Mapped(_) => &codes::LAYOUT_MAPPED,
    }
}

fn found(path: &str, notice: &Notice) -> String {
    match &notice.kind {
        NoticeKind::HiddenSheet => "trang tính ẩn".to_owned(),
        NoticeKind::HiddenLines(content) => hidden_lines::found(content),
        NoticeKind::UnknownSheet => "trang tính không có biểu".to_owned(),
        NoticeKind::BrokenSheet(words) | NoticeKind::LargeSheet(words) => words.clone(),
        NoticeKind::UnknownCode(code)
        | NoticeKind::RepeatedHidden(code)
        | NoticeKind::MissingColumn(code)
        | NoticeKind::UnclearColumns(code)
        | NoticeKind::TotalDiffers(code)
        | NoticeKind::RowTotalDiffers(code)
        | NoticeKind::ColumnsDisagree { code, .. } => code.clone(),
        NoticeKind::LackingColumn(head) | NoticeKind::LackingOptional(head) => as_printed(head),
        NoticeKind::OtherNames(codes) => codes.join(", "),
        NoticeKind::DoubtfulWords(words) => text::squeeze(words),
        NoticeKind::StrangeWords { words, .. } => {
            words.first().map_or_else(String::new, |(_, words)| words.clone())
        }
        NoticeKind::TableOfOtherMonth { title, .. } => text::squeeze(title),
        NoticeKind::NameOfOther { code, named } => format!("{code}; tên của {named}"),
        NoticeKind::StrayCell | NoticeKind::UnitOfLetterhead | NoticeKind::UnclearRows => {
            cell(notice)
        }
        NoticeKind::SheetWithoutMonth => "không có tên đơn vị, kỳ báo cáo".to_owned(),
        NoticeKind::NoHeads => "không có dòng tiêu đề cột".to_owned(),
        NoticeKind::MacroSheet => "trang macro Excel 4".to_owned(),
        NoticeKind::Unclear(count) => format!("{count} chỗ chưa rõ"),
        NoticeKind::Mapped(files) => files.join(", "),
        NoticeKind::Unpacked(files) => format!("{files} tệp"),
        NoticeKind::OldEncoding { raw, .. } => raw.clone(),
        NoticeKind::WrongExtension => {
            path.rsplit_once('.').map_or("", |(_, extension)| extension).to_owned()
        }
    }
}

fn message(notice: &Notice) -> String {
    let sheet = notice.sheet.as_deref().map(str::trim).unwrap_or_default();
    let cell = cell(notice);
    match &notice.kind {
        NoticeKind::HiddenSheet => format!("Trang tính “{sheet}” bị ẩn, không được đọc."),
        NoticeKind::HiddenLines(content) => hidden_lines::message(sheet, content),
        NoticeKind::UnknownSheet => {
            format!("Trang tính “{sheet}” không có biểu báo cáo, không được đọc.")
        }
        NoticeKind::BrokenSheet(_) => format!("Trang tính “{sheet}” không đọc được."),
        NoticeKind::LargeSheet(_) => {
            format!("Trang tính “{sheet}” lớn hơn mọi biểu báo cáo nên không được đọc.")
        }
        NoticeKind::StrayCell => {
            format!("Ô {cell} của trang tính “{sheet}” nằm rất xa biểu, không được đọc.")
        }
        NoticeKind::UnitOfLetterhead => {
            format!("Biểu không có ô “Đơn vị báo cáo”; tên đơn vị lấy ở ô {cell}.")
        }
        NoticeKind::UnclearRows
        | NoticeKind::UnclearColumns(_)
        | NoticeKind::TotalDiffers(_)
        | NoticeKind::RowTotalDiffers(_)
        | NoticeKind::ColumnsDisagree { .. } => of_lists(&notice.kind, &cell),
        NoticeKind::SheetWithoutMonth => format!(
            "Trang tính “{sheet}” không ghi đơn vị, kỳ báo cáo; số liệu trên đó được tính vào báo cáo \
             trên trang tính khác của tệp."
        ),
        NoticeKind::MacroSheet => {
            format!("Trang macro kiểu cũ “{sheet}” bị bỏ, các trang khác vẫn được đọc.")
        }
        NoticeKind::Unpacked(files) => {
            format!("Tệp nén có {files} tệp, mỗi tệp được đọc như một tệp riêng.")
        }
        NoticeKind::WrongExtension => {
            "Phần mở rộng của tệp không đúng với nội dung; tệp vẫn được đọc.".to_owned()
        }
        NoticeKind::OldEncoding { encoding, cells, decoded, .. } => format!(
            "Trang tính “{sheet}” có {cells} ô gõ bằng bảng mã {}; đã chuyển sang Unicode, bắt đầu \
             từ ô {cell}: “{}”.",
            encoding.name(),
            text::squeeze(decoded)
        ),
        NoticeKind::Unclear(count) => format!(
            "Trang tính “{sheet}” trình bày khác biểu mẫu: còn {count} cột, dòng chưa rõ nghĩa nên chưa được tính."
        ),
        NoticeKind::Mapped(files) => {
            format!("Đọc theo ánh xạ đã duyệt (tệp templates/{}).", files.join(", templates/"))
        }
        NoticeKind::RepeatedHidden(_)
        | NoticeKind::UnknownCode(_)
        | NoticeKind::TableOfOtherMonth { .. }
        | NoticeKind::NameOfOther { .. }
        | NoticeKind::LackingColumn(_)
        | NoticeKind::LackingOptional(_)
        | NoticeKind::OtherNames(_)
        | NoticeKind::DoubtfulWords(_)
        | NoticeKind::StrangeWords { .. }
        | NoticeKind::NoHeads
        | NoticeKind::MissingColumn(_) => of_rows(&notice.kind, &cell),
    }
}

/// Returns what is said of tables whose rows or columns are of units, months or thôn.
fn of_lists(kind: &NoticeKind, cell: &str) -> String {
    match kind {
        NoticeKind::UnclearColumns(code) => {
            format!("Chỉ tiêu {code} (ô {cell}): không rõ cột nào là số của kỳ, không đọc được số.")
        }
        NoticeKind::TotalDiffers(code) => {
            format!("Dòng tổng của chỉ tiêu {code} không bằng tổng các dòng chi tiết.")
        }
        NoticeKind::RowTotalDiffers(code) => {
            format!("Cột tổng của chỉ tiêu {code} không bằng tổng các cột chi tiết.")
        }
        NoticeKind::ColumnsDisagree { code, beside } => {
            let beside: Vec<String> = beside.iter().map(CellRef::to_string).collect();
            let beside = beside.join(", ");
            format!(
                "Số của chỉ tiêu {code} (ô {cell}) không khớp với các ô {beside} như ở các dòng khác."
            )
        }
        _ => format!("Bảng tại ô {cell} có nhiều dòng số liệu, không rõ dòng nào là số của kỳ."),
    }
}

/// Returns a head of the templates without the places for dates: "Đến hết …".
fn as_printed(head: &str) -> String {
    let mut pieces = head.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |head, piece| {
        format!("{head}…{}", piece.split_once('}').map_or("", |(_, rest)| rest))
    })
}

/// Returns what is said of rows and their codes.
fn of_rows(kind: &NoticeKind, cell: &str) -> String {
    match kind {
        NoticeKind::RepeatedHidden(code) => format!(
            "Chỉ tiêu {code} ghi ở dòng đang hiển thị và ghi lại ở dòng ẩn (ô {cell}); dòng hiển thị \
             được tính."
        ),
        NoticeKind::TableOfOtherMonth { title, counts } => {
            let title = text::squeeze(title);
            let becomes = if *counts {
                "số vẫn được tính"
            } else {
                "bảng này không được tính"
            };
            format!("Tiêu đề ở ô {cell} ghi “{title}”, khác kỳ báo cáo của trang tính; {becomes}.")
        }
        NoticeKind::NameOfOther { code, named } => format!(
            "Dòng mang mã {code} nhưng ghi tên của chỉ tiêu {named}; không rõ số là của chỉ tiêu nào \
             nên không được tính."
        ),
        NoticeKind::OtherNames(codes) => format!(
            "Tên ghi ở dòng mã {} khác tên trong biểu mẫu; số được tính theo mã.",
            codes.join(", ")
        ),
        NoticeKind::DoubtfulWords(words) => format!(
            "Chữ “{}” ở ô {cell} có thể nói số liệu bên cạnh không phải là số của kỳ hoặc của đơn vị.",
            text::squeeze(words)
        ),
        NoticeKind::StrangeWords { words, more } => strange_words(words, more),
        NoticeKind::NoHeads => format!(
            "Số liệu từ ô {cell} không có dòng tiêu đề cột; mỗi dòng được đọc theo tên chỉ tiêu và con số duy nhất trên dòng."
        ),
        NoticeKind::MissingColumn(code) => {
            format!("Chỉ tiêu {code} nằm ngoài bảng có cột số liệu, không đọc được số.")
        }
        NoticeKind::LackingColumn(head) => format!(
            "Bảng tại ô {cell} không có cột “{}” hoặc không rõ cột nào là cột đó, không đọc được số.",
            as_printed(head)
        ),
        NoticeKind::LackingOptional(head) => format!(
            "Bảng tại ô {cell} không có cột “{}”; cột này được để trống nên các số khác vẫn được tính.",
            as_printed(head)
        ),
        NoticeKind::UnknownCode(code) => {
            format!("Dòng có mã “{code}” không thuộc biểu nào, không được đọc.")
        }
        _ => String::new(),
    }
}

/// Most further places that are named.
const MOST_PLACES: usize = 40;

fn strange_words(words: &[(CellRef, String)], more: &[CellRef]) -> String {
    let shown: Vec<String> =
        words.iter().map(|(cell, words)| format!("“{words}” (ô {cell})")).collect();
    let shown = shown.join(", ");
    let places: Vec<String> = more.iter().take(MOST_PLACES).map(CellRef::to_string).collect();
    let dots = if more.len() > MOST_PLACES { "…" } else { "" };
    let more = match more.len() {
        0 => String::new(),
        count => format!(" và {count} chỗ khác (ô {}{dots})", places.join(", ")),
    };
    format!("Quanh bảng số liệu có chữ, số ngoài mẫu biểu: {shown}{more}; số liệu vẫn được tính.")
}

fn hint(kind: &NoticeKind) -> &'static str {
    match kind {
        NoticeKind::HiddenSheet => "Nếu trang tính này có số liệu, đề nghị bỏ ẩn rồi gửi lại.",
        NoticeKind::HiddenLines(content) => hidden_lines::hint(content),
        NoticeKind::RepeatedHidden(_) => "Đề nghị xóa dòng ẩn hoặc xác nhận dòng đúng.",
        NoticeKind::UnknownSheet => {
            "Nếu không cần thiết, đề nghị xóa trang tính này trước khi gửi."
        }
        NoticeKind::BrokenSheet(_) => "Đề nghị mở tệp, lưu lại thành .xlsx rồi gửi lại.",
        NoticeKind::LargeSheet(_) => {
            "Đề nghị chép riêng biểu báo cáo sang tệp mới theo biểu mẫu rồi gửi lại."
        }
        NoticeKind::StrayCell => "Đề nghị xóa nội dung ngoài biểu.",
        NoticeKind::UnknownCode(_) => "Đề nghị ghi đúng mã chỉ tiêu theo biểu mẫu.",
        NoticeKind::TableOfOtherMonth { counts: false, .. } => {
            "Từ kỳ sau đề nghị xóa bảng của tháng cũ trước khi gửi."
        }
        NoticeKind::TableOfOtherMonth { counts: true, .. } => {
            "Đề nghị xác nhận số liệu là của kỳ báo cáo, sửa tiêu đề bảng cho đúng."
        }
        NoticeKind::OtherNames(_)
        | NoticeKind::DoubtfulWords(_)
        | NoticeKind::StrangeWords { .. }
        | NoticeKind::NoHeads
        | NoticeKind::LackingOptional(_)
        | NoticeKind::NameOfOther { .. } => hint_of_words(kind),
        NoticeKind::MissingColumn(_) | NoticeKind::LackingColumn(_) => {
            "Đề nghị dùng đúng biểu mẫu, không bỏ dòng tiêu đề cột."
        }
        NoticeKind::UnitOfLetterhead => {
            "Từ kỳ sau đề nghị dùng đúng biểu mẫu, ghi tên đơn vị vào ô “Đơn vị báo cáo”."
        }
        NoticeKind::SheetWithoutMonth => {
            "Nếu là số liệu của kỳ khác, đề nghị xóa trang tính này rồi gửi lại."
        }
        NoticeKind::UnclearRows => {
            "Đề nghị ghi “Trong kỳ” hoặc “Tổng cộng” ở đầu dòng số liệu của kỳ, hoặc dùng đúng biểu mẫu."
        }
        NoticeKind::UnclearColumns(_) => {
            "Đề nghị ghi “Trong kỳ” hoặc tháng báo cáo ở trên tiêu đề cột, hoặc dùng đúng biểu mẫu."
        }
        NoticeKind::ColumnsDisagree { .. } => {
            "Đề nghị kiểm tra lại các ô của dòng này rồi gửi lại hoặc xác nhận."
        }
        NoticeKind::RowTotalDiffers(_) => {
            "Đề nghị kiểm tra lại các cột chi tiết và cột tổng rồi gửi lại hoặc xác nhận."
        }
        NoticeKind::TotalDiffers(_) => {
            "Đề nghị kiểm tra lại các dòng chi tiết và dòng tổng rồi gửi lại hoặc xác nhận."
        }
        NoticeKind::MacroSheet => {
            "Trang này thường do vi-rút macro để lại; đề nghị đơn vị quét vi-rút và xóa trang đó."
        }
        NoticeKind::Unpacked(_) | NoticeKind::Unclear(_) => "Không phải làm gì thêm.",
        NoticeKind::Mapped(_) => "Xem cách hiểu bằng lệnh `da06 map`; bỏ ánh xạ bằng `--undo`.",
        NoticeKind::WrongExtension => "Từ kỳ sau đề nghị lưu tệp đúng kiểu.",
        NoticeKind::OldEncoding { .. } => {
            "Từ kỳ sau đề nghị gõ bằng bảng mã Unicode, phông chữ Times New Roman."
        }
    }
}

/// Returns what to do about words in rows and around the figures.
fn hint_of_words(kind: &NoticeKind) -> &'static str {
    match kind {
        NoticeKind::OtherNames(_) => {
            "Đề nghị xác nhận số là của đúng các chỉ tiêu này; từ kỳ sau ghi tên như biểu mẫu."
        }
        NoticeKind::DoubtfulWords(_) => {
            "Đề nghị xác nhận số liệu là số chính thức của kỳ báo cáo, của cả đơn vị, hoặc xóa chữ đó."
        }
        NoticeKind::StrangeWords { .. } => {
            "Đề nghị xem chữ, số đó có nói số liệu là của kỳ khác, của nơi khác hoặc chưa phải số \
             chính thức không."
        }
        NoticeKind::NoHeads => "Từ kỳ sau đề nghị dùng đúng biểu mẫu, có dòng tiêu đề cột.",
        NoticeKind::LackingOptional(_) => {
            "Nếu đơn vị có số liệu này, đề nghị dùng đúng biểu mẫu rồi gửi lại."
        }
        _ => "Đề nghị ghi lại mã và tên chỉ tiêu đúng như biểu mẫu.",
    }
}

fn cell(notice: &Notice) -> String {
    notice.cell.map(|cell| cell.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_of_the_templates_is_shown_without_its_places() {
        for (head, expected) in [
            ("Đến hết {den}", "Đến hết …"),
            ("Lũy kế từ đầu năm (từ {dau_nam})", "Lũy kế từ đầu năm (từ …)"),
            ("Trong kỳ", "Trong kỳ"),
        ] {
            assert_eq!(as_printed(head), expected);
        }
    }
}

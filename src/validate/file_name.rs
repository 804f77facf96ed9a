//! What the name of a file says against the return in it: a draft, a plan, another month, another body. The
//! figures count; a person is told.

use super::{Finding, codes, period::file_name_month};
use crate::{period::Period, place::Place, text};

/// Words of names, without marks, of files that are no return of the unit: drafts and plans, bodies within a
/// commune.
const WORDS: [&str; 55] = [
    "ban thao",
    "du thao",
    "du kien",
    "uoc tinh",
    "tam tinh",
    "tam thoi",
    "chua duyet",
    "chua ky",
    "chua chot",
    "cho duyet",
    "cho doi chieu",
    "de doi chieu",
    "khong dung",
    "dang ky chi tieu",
    "chi tieu giao",
    "giao chi tieu",
    "mau dien thu",
    "dien thu",
    "vi du",
    "test",
    "backup",
    "tham khao",
    "so tam",
    "dang lam",
    "lam do",
    "gui lai sau",
    "sai",
    "cum",
    "hoi nong dan xa",
    "hoi phu nu xa",
    "hoi cuu chien binh xa",
    "mttq xa",
    "tram y te",
    "cong an xa",
    "ca xa",
    "truong thcs",
    "truong tieu hoc",
    "truong mam non",
    "doan tn",
    "uoc",
    "quy i",
    "quy ii",
    "quy iii",
    "quy iv",
    "quy 1",
    "quy 2",
    "quy 3",
    "quy 4",
    "khong gui",
    "chua gui",
    "chua xong",
    "chua duoc",
    "dung gui",
    "ban cu",
    "doan thanh nien xa",
];

/// What names begin with of files that are plans or of a thôn.
const BEGINNINGS: [&str; 6] = ["thon ", "ke hoach ", "kh ", "uoc ", "nhap bc ", "nhap bao cao "];
/// Short words, which say so only at the end of a name or in brackets: "huy" is also in "chỉ huy".
const ENDS: [&str; 5] = ["nhap", "cu", "huy", "bo", "loi"];

/// Returns a finding about the name of the file of a return of a period; `other` is the only unit that it names,
/// when that is not the one of the return.
pub(super) fn finding(path: &str, period: Period, other: Option<&str>) -> Option<Finding> {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let other_month = file_name_month(path).is_some_and(|month| !month.agrees(period));
    let message = match other {
        Some(other) => format!("Tên tệp “{name}” ghi {other}, khác đơn vị ghi trong biểu."),
        None if other_month || is_doubtful(stem) => format!(
            "Tên tệp “{name}” có thể nói số liệu không phải là số chính thức của kỳ báo cáo, của cả đơn vị."
        ),
        None => return None,
    };
    let finding = codes::DOUBTFUL_WORDS.finding(message).found(name.to_owned());
    Some(finding.at(Place::of_file(path)).hint(
        "Đề nghị xác nhận tệp là báo cáo chính thức của kỳ; từ kỳ sau đặt tên tệp theo đơn vị và tháng.",
    ))
}

/// Returns whether a name has one of the words.
fn is_doubtful(stem: &str) -> bool {
    let bare = text::strip_marks(stem);
    let words = bare.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty());
    let spaced = words.fold(String::from(" "), |spaced, word| spaced + word + " ");
    let ends = |word: &str| {
        spaced.ends_with(&format!(" {word} "))
            && ![" chi huy ", " tra loi "].iter().any(|end| spaced.ends_with(end))
            || [")", ","].iter().any(|end| bare.contains(&format!("({word}{end}")))
    };
    text::fold(stem).contains("nháp")
        || ENDS.iter().any(|word| ends(word))
        || BEGINNINGS.iter().any(|word| spaced.trim_start().starts_with(word))
        || WORDS.iter().any(|word| spaced.contains(&format!(" {word} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_drafts_and_of_other_months_are_told() {
        let period: Period = "2024-03".parse().unwrap();
        for (name, is_told) in [
            ("Tien Minh T3.xlsx", false),
            ("Bieu 02 Phòng Tài chính - Kế hoạch tháng 3.xlsx", false),
            ("Ke hoach thang 3 xa Tien Minh.xlsx", true),
            ("UBND_xa_Cap_Tien_T03-2024.xlsx", false),
            ("Quang Phuc T3 (sua).xlsx", false),
            ("Du kien T3 xa Hung Thang.xlsx", true),
            ("BC ĐA06 T3 xã Cấp Tiến (nháp).xlsx", true),
            ("Hung Thang T3 (cu, khong dung).xlsx", true),
            ("Ban Chỉ huy Quân sự huyện - ĐA06 T3.xlsx", false),
            ("Nhap so lieu T3.xlsx", false),
            ("Theo doi DA06 2024 Dong Hung.xlsx", false),
            ("Bieu mau Google (Cau tra loi).xlsx", false),
            ("nhap BC DA06 T3 Bac Hung.xlsx", true),
            ("Bản nháp xã Tiên Minh T3.xlsx", true),
            ("BC quy I DA06 Tien Minh.xlsx", true),
            ("Cap Tien T3.2023.xlsx", true),
            ("Cap Tien thang 2.xlsx", true),
            ("thon Dong xa Cap Tien T3.xlsx", true),
            ("Truong THCS Cap Tien T3.xlsx", true),
        ] {
            let path = format!("2024-03/{name}");
            assert_eq!(finding(&path, period, None).is_some(), is_told, "{name}");
        }
        let other = finding("2024-03/Tay Hung T3.xlsx", period, Some("xã Tây Hưng")).unwrap();
        assert!(other.message.contains("ghi xã Tây Hưng"), "{}", other.message);
    }
}

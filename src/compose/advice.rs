//! What a finding advises, in words for the unit: what the secretary may do instead (the register, the
//! corrections, the names of files) is none of its business.

use crate::validate::Finding;

/// What a unit can do where all advice is for the secretary.
const TO_TALK: &str = "Đề nghị kiểm tra và trao đổi lại.";

/// Returns what the unit should do.
pub(super) fn for_the_unit(finding: &Finding) -> String {
    match finding.code.as_str() {
        "DA06-H09" => {
            "Đề nghị xác nhận kỳ của số liệu; nếu ghi nhầm kỳ thì sửa dòng Kỳ báo cáo rồi gửi lại."
                .to_owned()
        }
        "DA06-N06" => {
            "Đề nghị cho biết tệp nào đúng, hoặc gửi lại một tệp có ghi lần gửi tiếp theo."
                .to_owned()
        }
        _ => without_the_secretary(&finding.hint),
    }
}

fn without_the_secretary(hint: &str) -> String {
    if !is_of_secretary(hint) {
        return hint.to_owned();
    }
    let own: Vec<&str> = hint.split("; ").filter(|clause| !is_of_secretary(clause)).collect();
    if own.is_empty() {
        return TO_TALK.to_owned();
    }
    format!("{}.", own.join("; ").trim_end_matches('.'))
}

/// Returns whether words speak to the secretary.
fn is_of_secretary(words: &str) -> bool {
    ["so-den.csv", "dieu-chinh.csv", "da06", "templates", "văn thư"]
        .iter()
        .any(|name| words.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_reads_nothing_of_the_secretarys_files() {
        for (hint, expected) in [
            ("Đề nghị ghi số 0.", "Đề nghị ghi số 0."),
            ("Đề nghị sửa; nếu đã rõ, văn thư ghi vào cột ky của so-den.csv.", "Đề nghị sửa."),
            ("Đề nghị hỏi đơn vị rồi ghi vào dieu-chinh.csv.", TO_TALK),
        ] {
            assert_eq!(without_the_secretary(hint), expected);
        }
    }
}

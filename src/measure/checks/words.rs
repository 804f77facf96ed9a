//! The words of number and date: which digits, signs and blanks stand where (Mục II.3, II.4).

/// Returns what is wrong with "Số: 05/BC-UBND".
pub(super) fn number_faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let Some(rest) = text.strip_prefix("Số:") else {
        return vec![format!("phải bắt đầu bằng “Số:”, đang ghi “{text}”")];
    };
    let Some((number, sign)) = rest.split_once('/') else {
        return vec![format!("thiếu dấu gạch chéo (/) giữa số và ký hiệu: “{text}”")];
    };
    let digits = number.trim_matches(|c: char| c.is_whitespace() || ".…_".contains(c));
    if digits.is_empty() {
        let room: usize =
            number.chars().map(|c| if c == '…' { 3 } else { usize::from(c != '\u{200b}') }).sum();
        if room < 3 {
            faults.push("không chừa chỗ để ghi số".to_owned());
        }
    } else if !digits.chars().all(|c| c.is_ascii_digit()) {
        faults.push(format!("số “{digits}” không phải chữ số Ả Rập"));
    } else if digits.len() == 1 {
        faults.push(format!("số {digits} nhỏ hơn 10 phải ghi 0{digits}"));
    } else if number.ends_with(char::is_whitespace) {
        faults.push("có khoảng cách trước dấu gạch chéo (/)".to_owned());
    }
    let sign = sign.trim_end();
    if sign.contains(char::is_whitespace) {
        faults.push(format!("ký hiệu “{sign}” có cách chữ quanh dấu gạch nối hoặc gạch chéo"));
    }
    let is_small = |group: &str| {
        let kinds = ["QyĐ", "CTr", "TTr", "SyT", "TrS"];
        !kinds.contains(&group) && group.chars().any(char::is_lowercase)
    };
    let small = sign.split('-').map(str::trim).find(|group| is_small(group));
    if let Some(group) = small {
        faults.push(format!("ký hiệu “{group}” không in hoa"));
    }
    if sign.is_empty() {
        faults.push("thiếu ký hiệu sau dấu gạch chéo (/)".to_owned());
    }
    faults
}

/// Returns what is wrong with "Tiên Lãng, ngày 05 tháng 01 năm 2024".
pub(super) fn date_faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let Some((place, rest)) = text.split_once("ngày") else {
        return vec![format!("không đọc được ngày, tháng, năm: “{text}”")];
    };
    match place.trim_end().strip_suffix(',') {
        None if place.trim().is_empty() => faults.push("thiếu địa danh".to_owned()),
        None => faults.push("thiếu dấu phẩy sau địa danh".to_owned()),
        Some(place) if !place.trim().starts_with(char::is_uppercase) => {
            faults.push(format!("địa danh “{}” không viết hoa", place.trim()));
        }
        Some(_) => {}
    }
    let (Some((day, rest)), true) = (rest.split_once("tháng"), rest.contains("năm")) else {
        faults.push(format!("phải ghi “ngày … tháng … năm …”: “{text}”"));
        return faults;
    };
    let (month, year) = rest.split_once("năm").unwrap_or((rest, ""));
    let strip =
        |part: &str| part.trim_matches(|c: char| c.is_whitespace() || ".…_".contains(c)).to_owned();
    let (day, month, year) = (strip(day), strip(month), strip(year));
    let is_digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if day.len() == 1 && is_digits(&day) {
        faults.push(format!("ngày {day} nhỏ hơn 10 phải ghi 0{day}"));
    }
    if month == "1" || month == "2" {
        faults.push(format!("tháng {month} phải ghi 0{month}"));
    }
    for (part, most) in [(&day, 31), (&month, 12)] {
        let is_date = part.is_empty() || part.parse().is_ok_and(|n: u32| (1..=most).contains(&n));
        if !is_date {
            faults.push(format!("“{part}” không phải là ngày, tháng"));
        }
    }
    if !year.is_empty() && (year.len() != 4 || !is_digits(&year)) {
        faults.push(format!("năm “{year}” không ghi đủ bốn chữ số"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_decree_writes_them() {
        let good = [
            "Số: 15/QĐ-BNV",
            "Số: 05/BNV-VP",
            "Số:       /BC-TCTĐA06",
            "Số: …/BC-UBND",
            "Số: 120/CTr-UBND",
            "Số: ...../TTr-UBND",
        ];
        for text in good {
            assert_eq!(number_faults(text), Vec::<String>::new(), "{text}");
        }
        let bad = [
            "Số: 5/BC-UBND",
            "Số:/BC-UBND",
            "Số: 15 /BC-UBND",
            "Số: 15/BC - UBND",
            "Số 15/BC-UBND",
            "Số: 15/bc-UBND",
            "Số: XV/BC-UBND",
            "Số: 15",
            "Số: 15/",
        ];
        for text in bad {
            assert_eq!(number_faults(text).len(), 1, "{text}: {:?}", number_faults(text));
        }
    }

    #[test]
    fn dates_are_read_as_the_decree_writes_them() {
        let good = [
            "Hà Nội, ngày 05 tháng 01 năm 2020",
            "Hà Nội, ngày 29 tháng 6 năm 2019",
            "Tiên Lãng, ngày      tháng 3 năm 2024",
            "Tiên Lãng, ngày … tháng … năm 2024",
        ];
        for text in good {
            assert_eq!(date_faults(text), Vec::<String>::new(), "{text}");
        }
        let bad = [
            "Hà Nội, ngày 5 tháng 01 năm 2020",
            "Hà Nội, ngày 15 tháng 1 năm 2020",
            "Hà Nội ngày 15 tháng 3 năm 2020",
            "hà nội, ngày 15 tháng 3 năm 2020",
            "ngày 15 tháng 3 năm 2020",
            "Hà Nội, ngày 15/3/2020",
            "Hà Nội, ngày 35 tháng 3 năm 2020",
            "Hà Nội, ngày 15 tháng 3 năm 20",
        ];
        for text in bad {
            assert_eq!(date_faults(text).len(), 1, "{text}: {:?}", date_faults(text));
        }
    }
}

//! File names as offices write them.

use da06::{period::Period, template::Unit};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::random::Dice;

/// Returns the name, without extension, of the file that a unit sends for a period.
pub(crate) fn file_stem(unit: &Unit, period: Period) -> String {
    let mut dice = Dice::of(&["file", &unit.key]);
    let month = period.month();
    let year = period.year();
    let name = &unit.short_name;
    let plain = without_marks(name);
    if unit.group != "xa" {
        let form = if unit.group == "phong" { "02" } else { "03" };
        return match dice.between(0, 3) {
            0 => format!("{plain} T{month}.{year}"),
            1 => format!("Bieu {form} {name} tháng {month}"),
            2 => format!("BC T{month} {plain}"),
            _ => format!("{name} - ĐA06 T{month}"),
        };
    }
    let proper = plain.trim_start_matches("xa ").trim_start_matches("thi tran ");
    match dice.between(0, 4) {
        0 => format!("{proper} T{month}"),
        1 => format!("BC T{month} xa {proper}"),
        2 => format!("Bieu 01 - {name} - tháng {month}"),
        3 => format!("UBND_{}_T{month:02}-{year}", plain.replace(' ', "_")),
        _ => format!("{proper} bao cao DA06 thang {month}"),
    }
}

/// Returns the words without marks, in the same letters, and without signs that file systems refuse.
fn without_marks(words: &str) -> String {
    words
        .nfd()
        .filter(|letter| !is_combining_mark(*letter) && !matches!(letter, '/' | ','))
        .map(|letter| match letter {
            'đ' => 'd',
            'Đ' => 'D',
            other => other,
        })
        .collect()
}

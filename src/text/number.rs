//! How numbers are printed in Vietnamese: dots between thousands, a comma before decimals, one
//! minus sign everywhere (U+2212).

use std::fmt::Write;

use crate::quantity::Quantity;

const MINUS: char = '\u{2212}';

/// Returns `12.345`, `−3,50`.
pub fn format_quantity(quantity: Quantity) -> String {
    let magnitude = quantity.scaled.unsigned_abs();
    let unit = 10_u64.pow(u32::from(quantity.decimals));
    let mut text = group_thousands(magnitude / unit);
    if quantity.decimals > 0 {
        let width = usize::from(quantity.decimals);
        let _infallible = write!(text, ",{:0width$}", magnitude % unit);
    }
    if quantity.scaled < 0 {
        text.insert(0, MINUS);
    }
    text
}

/// Returns `76,75%`; the quantity is in percent.
pub fn format_percent(quantity: Quantity) -> String {
    format!("{}%", format_quantity(quantity))
}

/// Returns `+1,25`, `−1,25` or `0`.
pub fn format_signed(quantity: Quantity) -> String {
    let text = format_quantity(quantity);
    if quantity.scaled > 0 { format!("+{text}") } else { text }
}

/// Returns a count for running text: below ten with a leading zero (`03`), else `12.345`.
pub fn format_count(count: impl TryInto<i64>) -> String {
    let count = count.try_into().unwrap_or(i64::MAX);
    if (1..10).contains(&count) {
        format!("0{count}")
    } else {
        format_quantity(Quantity::whole(count))
    }
}

/// Returns the digits with dots between thousands.
pub fn group_thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_in_vietnamese() {
        let print = |scaled, decimals| format_quantity(Quantity { scaled, decimals });
        assert_eq!(print(0, 0), "0");
        assert_eq!(print(999, 0), "999");
        assert_eq!(print(1_234_567, 0), "1.234.567");
        assert_eq!(print(-1234, 0), "−1.234");
        assert_eq!(print(7675, 2), "76,75");
        assert_eq!(print(-5, 2), "−0,05");
        assert_eq!(print(i64::MIN, 0), "−9.223.372.036.854.775.808");
        assert_eq!(format_percent(Quantity { scaled: 10_360, decimals: 2 }), "103,60%");
        assert_eq!(format_signed(Quantity { scaled: 125, decimals: 2 }), "+1,25");
    }

    #[test]
    fn small_counts_in_prose_take_a_zero() {
        assert_eq!([0, 3, 9, 10, 1234].map(format_count), ["0", "03", "09", "10", "1.234"]);
    }
}

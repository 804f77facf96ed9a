//! A number as a cell stores it becomes a figure, or says why it is none.

use super::{
    Reading,
    expected_number::ExpectedNumber,
    number::{Fault, NumberReading},
};
use crate::template::IndicatorKind;

/// Reads a stored number.
pub(super) fn read(number: f64, expected: &ExpectedNumber) -> NumberReading {
    let scaled = number * 10_f64.powi(i32::from(expected.decimals));
    if let Some(whole) = whole_number(scaled) {
        let reading = NumberReading::value(whole, Reading::Literal).checked(expected);
        return if reading.fault.is_some() { reading.with_raw(&comma(number)) } else { reading };
    }
    let fault = if !number.is_finite() {
        Fault::NotANumber
    } else if number.abs() >= 1e15 {
        Fault::TooLarge
    } else {
        match whole_number(number * 1000.0) {
            Some(thousandths)
                if expected.decimals == 0
                    && expected.kind != IndicatorKind::Tick
                    && thousandths % 10 != 0
                    && (1_000..1_000_000).contains(&thousandths) =>
            {
                Fault::LostThousands(thousandths)
            }
            _ => Fault::Fraction,
        }
    };
    NumberReading::fault(fault, &comma(number))
}

/// Returns a number with a comma before its decimals, as a Vietnamese workbook shows it.
pub(super) fn comma(number: f64) -> String {
    number.to_string().replace('.', ",")
}

/// Returns the whole number that a double is, but for the noise of its last bits.
pub(super) fn whole_number(number: f64) -> Option<i64> {
    let rounded = number.round();
    let near = (number - rounded).abs() <= 1e-9 * rounded.abs().max(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "below 10^15, which i64 holds exactly")]
    (number.is_finite() && near && rounded.abs() < 1e15).then_some(rounded as i64)
}

/// Returns a percent-formatted number as it is shown: 0.855 as "85,5%".
pub(super) fn percent_text(number: f64) -> String {
    let rounded = (number * 1_000_000.0).round() / 10_000.0;
    format!("{}%", rounded.to_string().replace('.', ","))
}

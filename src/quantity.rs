//! Figures as scaled integers (no floating point in a sum) and the one way a ratio is computed.

use serde::{Deserialize, Serialize};

/// A decimal number: `scaled / 10^decimals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// The number times ten to the power of `decimals`.
    pub scaled: i64,
    /// Decimal places, at most 6.
    pub decimals: u8,
}

impl Quantity {
    /// Returns a whole number.
    pub const fn whole(number: i64) -> Self {
        Self { scaled: number, decimals: 0 }
    }

    /// Returns the number as a double, for rules and for cells of a workbook, never for sums.
    pub fn to_f64(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "figures stay far below 2^53")]
        let scaled = self.scaled as f64;
        scaled / 10_f64.powi(i32::from(self.decimals))
    }

    /// Returns whether the number is zero.
    pub fn is_zero(self) -> bool {
        self.scaled == 0
    }
}

/// Returns `100 · numerator / denominator` with the given decimals, rounded half away from zero,
/// or nothing when the denominator is zero.
///
/// What is not full never becomes 100 and what is not zero never becomes 0 (design, law 5): 9.999
/// of 10.000 with no decimals is 99, 1 of 100.000 with two decimals is 0,01.
pub fn percent(numerator: i64, denominator: i64, decimals: u8) -> Option<Quantity> {
    if denominator == 0 {
        return None;
    }
    let unit = 10_i128.pow(u32::from(decimals));
    let (top, bottom) = (i128::from(numerator) * 100 * unit, i128::from(denominator));
    let mut scaled = divide_half_away(top, bottom);
    let full = 100 * unit;
    if scaled == full && numerator != denominator {
        scaled += if i128::from(numerator) < bottom { -1 } else { 1 };
    }
    if scaled == 0 && numerator != 0 {
        scaled = if (numerator < 0) == (denominator < 0) { 1 } else { -1 };
    }
    i64::try_from(scaled).ok().map(|scaled| Quantity { scaled, decimals })
}

/// Returns `top / bottom`, rounded half away from zero; `bottom` is not zero.
fn divide_half_away(top: i128, bottom: i128) -> i128 {
    let (top, bottom) = if bottom < 0 { (-top, -bottom) } else { (top, bottom) };
    let magnitude = (top.abs() * 2 + bottom) / (bottom * 2);
    if top < 0 { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scaled(numerator: i64, denominator: i64) -> Option<i64> {
        percent(numerator, denominator, 2).map(|quantity| quantity.scaled)
    }

    #[test]
    fn rounds_half_away_from_zero() {
        assert_eq!(scaled(525, 684), Some(7675));
        assert_eq!(scaled(1, 3), Some(3333));
        assert_eq!(scaled(2, 3), Some(6667));
        assert_eq!(scaled(-2, 3), Some(-6667));
        assert_eq!(scaled(5, 100_000), Some(1));
        assert_eq!(scaled(1, 0), None);
    }

    #[test]
    fn never_calls_almost_full_full_nor_almost_nothing_nothing() {
        assert_eq!(scaled(99_999, 100_000), Some(9_999), "not 100,00");
        assert_eq!(scaled(100_001, 100_000), Some(10_001), "not 100,00");
        assert_eq!(scaled(1, 10_000_000), Some(1), "not 0,00");
        assert_eq!(scaled(100_000, 100_000), Some(10_000));
        assert_eq!(scaled(0, 100_000), Some(0));
        assert_eq!(percent(9_999, 10_000, 0).map(|ratio| ratio.scaled), Some(99));
    }
}

//! Transforms of the plane, as the operators of a page write them.

/// A transform `[a b c d e f]`: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    /// The transform that changes nothing.
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Returns the transform that moves by (x, y).
    pub(super) const fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// Returns the transform that does this one first, then `next`.
    #[expect(clippy::many_single_char_names, reason = "the letters of the format's description")]
    pub(super) fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [na, nb, nc, nd, ne, nf]) = (self.0, next.0);
        Self([
            a * na + b * nc,
            a * nb + b * nd,
            c * na + d * nc,
            c * nb + d * nd,
            e * na + f * nc + ne,
            e * nb + f * nd + nf,
        ])
    }

    /// Returns where a point comes to stand.
    #[expect(clippy::many_single_char_names, reason = "the letters of the format's description")]
    pub(super) fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// Returns the length of what was one unit along y.
    pub(super) fn height(self) -> f64 {
        let [_, _, c, d, ..] = self.0;
        c.hypot(d)
    }

    /// Returns the factor by which areas grow.
    pub(super) fn area(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs()
    }

    /// Returns whether text along x stays level and reads from the left.
    pub(super) fn is_level(self) -> bool {
        let [a, b, ..] = self.0;
        a > 0.0 && b.abs() < 0.01 * a
    }

    /// Returns whether what stood upright leans by more than three degrees.
    pub(super) fn leans(self) -> bool {
        let [_, _, c, d, ..] = self.0;
        c.abs() > 0.05 * d.abs()
    }
}

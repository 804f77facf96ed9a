//! What the formats of an old binary workbook draw in their cells.

use super::{biff_strings::BIFF8, limits::word};

/// Returns whether an XF draws lines from corner to corner of its cells; older ones have none.
pub(super) fn crosses(data: &[u8], version: u16) -> bool {
    let sides = word(data, 12).unwrap_or_default() & 0xc000;
    let line = word(data, 16).unwrap_or_default() & 0x01e0;
    version == BIFF8 && sides != 0 && line != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_from_corner_to_corner_cross_a_cell_out() {
        let xf = |sides: u8, line: u8| [&[0; 13][..], &[sides, 0, 0, line, 0, 0, 0]].concat();
        let is_crossed = |(sides, line)| crosses(&xf(sides, line), BIFF8);
        assert_eq!(
            [(0x40, 0x20), (0x80, 0x20), (0x40, 0), (0, 0x20)].map(is_crossed),
            [true, true, false, false]
        );
    }
}

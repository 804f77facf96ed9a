//! A content stream, written straight to bytes: numbers in as few characters as they need, glyphs
//! in hexadecimal, marked content opened and closed. Knows operators, no layout.

/// Decimals of a coordinate: a thousandth of a point.
const THOUSANDTHS: f64 = 1000.0;
const DIGITS: &[u8; 16] = b"0123456789ABCDEF";

/// The operators of a page or a form, while they are written.
#[derive(Debug, Default)]
pub(super) struct ContentStream {
    bytes: Vec<u8>,
}

impl ContentStream {
    /// Returns what was written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Writes operands, then their operator.
    pub(super) fn operation(&mut self, operands: &[f64], operator: &str) {
        for operand in operands {
            push_real(&mut self.bytes, *operand);
            self.bytes.push(b' ');
        }
        self.bytes.extend_from_slice(operator.as_bytes());
        self.bytes.push(b'\n');
    }

    /// Opens content that a node of the structure owns.
    pub(super) fn begin_marked(&mut self, role: &str, number: usize) {
        self.bytes.push(b'/');
        self.bytes.extend_from_slice(role.as_bytes());
        self.bytes.extend_from_slice(b"<</MCID ");
        push_whole(&mut self.bytes, number);
        self.bytes.extend_from_slice(b">>BDC\n");
    }

    /// Opens content that means other characters than it draws.
    pub(super) fn begin_actual(&mut self, meant: &str) {
        self.bytes.extend_from_slice(b"/Span<</ActualText<FEFF");
        for unit in meant.encode_utf16() {
            self.push_hexadecimal(unit);
        }
        self.bytes.extend_from_slice(b">>>BDC\n");
    }

    /// Opens content that nobody owns: "Layout" or "Pagination".
    pub(super) fn begin_artifact(&mut self, kind: &str) {
        self.bytes.extend_from_slice(b"/Artifact<</Type/");
        self.bytes.extend_from_slice(kind.as_bytes());
        self.bytes.extend_from_slice(b">>BDC\n");
    }

    /// Closes marked content.
    pub(super) fn end_marked(&mut self) {
        self.bytes.extend_from_slice(b"EMC\n");
    }

    /// Chooses a font of the resources.
    pub(super) fn font(&mut self, name: &str, size: f64) {
        self.bytes.push(b'/');
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.push(b' ');
        self.operation(&[size], "Tf");
    }

    /// Shows glyphs from a point on; with each comes what the pen is moved back after it, in
    /// thousandths of an em.
    pub(super) fn show(&mut self, (x, y): (f64, f64), glyphs: impl Iterator<Item = (u16, f64)>) {
        self.bytes.extend_from_slice(b"BT ");
        for number in [x, y] {
            push_real(&mut self.bytes, number);
            self.bytes.push(b' ');
        }
        self.bytes.extend_from_slice(b"Td[<");
        for (glyph, back) in glyphs {
            self.push_hexadecimal(glyph);
            if back != 0.0 {
                self.bytes.push(b'>');
                push_real(&mut self.bytes, back);
                self.bytes.push(b'<');
            }
        }
        self.bytes.extend_from_slice(b">]TJ ET\n");
    }

    fn push_hexadecimal(&mut self, number: u16) {
        for shift in [12, 8, 4, 0] {
            self.bytes.push(DIGITS[usize::from(number >> shift & 15)]);
        }
    }
}

/// Appends a whole number.
pub(super) fn push_whole(bytes: &mut Vec<u8>, number: usize) {
    let start = bytes.len();
    let mut rest = number;
    loop {
        bytes.push(DIGITS[rest % 10]);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    bytes[start..].reverse();
}

/// Appends a number with up to three decimals.
pub(super) fn push_real(bytes: &mut Vec<u8>, number: f64) {
    let thousandths = thousandths(number);
    if number < 0.0 && thousandths > 0 {
        bytes.push(b'-');
    }
    push_whole(bytes, thousandths / 1000);
    let mut fraction = thousandths % 1000;
    if fraction > 0 {
        bytes.push(b'.');
        let mut place = 100;
        while fraction > 0 {
            bytes.push(DIGITS[fraction / place]);
            fraction %= place;
            place /= 10;
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is not negative, and no page is a billion points wide"
)]
fn thousandths(number: f64) -> usize {
    (number.abs() * THOUSANDTHS).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_no_more_characters_than_they_need() {
        let cases = [
            (0.0, "0"),
            (-0.0001, "0"),
            (12.0, "12"),
            (0.5, "0.5"),
            (-10.25, "-10.25"),
            (595.2756, "595.276"),
            (7.001, "7.001"),
            (7.0996, "7.1"),
            (1_000.05, "1000.05"),
        ];
        for (number, written) in cases {
            let mut bytes = Vec::new();
            push_real(&mut bytes, number);
            assert_eq!(String::from_utf8(bytes).unwrap(), written);
        }
    }

    #[test]
    fn glyphs_and_marks_are_written_as_a_reader_expects_them() {
        let mut stream = ContentStream::default();
        stream.begin_marked("TD", 107);
        stream.font("T0", 12.0);
        stream.show((85.0, 700.5), [(0x1F, -55.5), (0xA02C, 0.0)].into_iter());
        stream.end_marked();
        stream.begin_actual("x\u{1F600}");
        stream.end_marked();
        stream.begin_artifact("Layout");
        stream.operation(&[0.5], "w");
        stream.end_marked();
        let written = String::from_utf8(stream.into_bytes()).unwrap();
        let expected = "/TD<</MCID 107>>BDC\n/T0 12 Tf\nBT 85 700.5 Td[<001F>-55.5<A02C>]TJ ET\n\
                        EMC\n/Span<</ActualText<FEFF0078D83DDE00>>>BDC\nEMC\n/Artifact<</Type/Layout>>BDC\n0.5 w\nEMC\n";
        assert_eq!(written, expected);
    }
}

//! Strings in the records of an old binary workbook.

use super::limits::word;

/// The last version of the format; before it a character is one byte.
pub(super) const BIFF8: u16 = 0x0600;

/// Returns a string with a byte of length before it; one byte a character, or since BIFF8 two where a flag
/// says so.
pub(super) fn string(text: &[u8], version: u16) -> Option<String> {
    let (length, text) = text.split_first()?;
    let length = usize::from(*length);
    if version == BIFF8 { flagged(text, length) } else { Some(narrow(text.get(..length)?)) }
}

/// Returns a string of BIFF8 with two bytes of length before it.
pub(super) fn wide_string(text: &[u8]) -> Option<String> {
    flagged(text.get(2..)?, usize::from(word(text, 0)?))
}

/// Returns so many characters behind the flag that says how many bytes each has.
fn flagged(text: &[u8], length: usize) -> Option<String> {
    let (flags, text) = text.split_first()?;
    if flags & 1 == 0 {
        return Some(narrow(text.get(..length)?));
    }
    Some(utf16(text.get(..length * 2)?))
}

/// Returns characters of one byte.
pub(super) fn narrow(text: &[u8]) -> String {
    text.iter().copied().map(char::from).collect()
}

/// Returns characters of two bytes.
pub(super) fn utf16(text: &[u8]) -> String {
    let units =
        text.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(u16::from_le_bytes));
    char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_one_byte_or_two() {
        assert_eq!(string(&[2, b'T', b'2', b'x'], 0x0500).as_deref(), Some("T2"));
        assert_eq!(string(&[2, 0, b'T', b'2'], BIFF8).as_deref(), Some("T2"));
        assert_eq!(wide_string(&[1, 0, 1, 0xe1, 0]).as_deref(), Some("á"));
        assert_eq!(string(&[3, 0, b'T'], BIFF8), None);
        assert_eq!(wide_string(&[9]), None);
    }
}

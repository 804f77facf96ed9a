//! The text of files that are text: UTF-8, UTF-16 with or without a mark, and Windows-1258, the code
//! page of Vietnamese Windows. Old fonts (TCVN3, VNI) are not decoded here.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1258};

use crate::text::nfc;

/// Bytes that are looked at to tell text from anything else.
const SAMPLE: usize = 64 << 10;

/// Returns the text of a file; nothing when the bytes are no text.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return wide(rest, UTF_16LE);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return wide(rest, UTF_16BE);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match zeros(bytes) {
        (0, 0) => narrow(bytes),
        (even, odd) if odd > even.saturating_mul(4) => wide(bytes, UTF_16LE),
        (even, odd) if even > odd.saturating_mul(4) => wide(bytes, UTF_16BE),
        _ => None,
    }
}

/// Returns how many zero bytes stand at even and at odd places of the beginning: in UTF-16 the
/// letters without marks leave them on one side.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    sample.iter().enumerate().filter(|(_, byte)| **byte == 0).fold(
        (0, 0),
        |(even, odd), (at, _)| {
            if at % 2 == 0 { (even + 1, odd) } else { (even, odd + 1) }
        },
    )
}

fn wide(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Option<String> {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    (!malformed && is_text(&text)).then(|| text.into_owned())
}

/// Returns UTF-8, else Windows-1258, whose marks stand behind their letters.
fn narrow(bytes: &[u8]) -> Option<String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return is_text(text).then(|| text.to_owned());
    }
    let (text, malformed) = WINDOWS_1258.decode_without_bom_handling(bytes);
    (!malformed && is_text(&text)).then(|| nfc(&text))
}

/// Returns whether there are no control characters but those that lines are made of.
fn is_text(text: &str) -> bool {
    !text.chars().any(|character| {
        character.is_control()
            && !matches!(character, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}' | '\u{85}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "Mã;Chỉ tiêu;Trong kỳ\nA01;Số văn bản chỉ đạo;3\n";

    #[test]
    fn every_encoding_gives_the_same_words() {
        let wide =
            |from: fn(u16) -> [u8; 2]| WORDS.encode_utf16().flat_map(from).collect::<Vec<u8>>();
        let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            WORDS.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", WORDS.as_bytes()),
            marked(b"\xff\xfe", &little),
            marked(b"\xfe\xff", &big),
            little,
            big,
            // Marks have bytes of their own behind their letters.
            b"Ma\xde;Chi\xd2 ti\xeau;Trong ky\xcc\nA01;S\xf4\xec v\xe3n ba\xd2n chi\xd2 \xf0a\xf2o;3\n".to_vec(),
        ] {
            assert_eq!(text(&bytes).as_deref(), Some(WORDS), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_none() {
        assert_eq!(text(b"\x00\x01\x02\x03"), None);
        assert_eq!(text(b"GIF89a\x01\x00\x01\x00\x80"), None);
        assert_eq!(text(b"plain \x07 bell"), None);
    }
}

//! Words of web pages: references resolved, blanks as a page shows them.

use crate::text;

/// Returns words with references resolved and blanks as a page shows them.
pub(super) fn plain(words: &str) -> String {
    let mut resolved = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('&') {
        resolved.push_str(before);
        // No name is longer, and a page of such signs is not searched for each of them.
        let end = after.bytes().take(9).position(|byte| byte == b';');
        let known = end.and_then(|end| Some((reference(after.get(..end)?)?, end + 1)));
        let (character, length) = known.unwrap_or(('&', 0));
        resolved.push(character);
        rest = after.get(length..).unwrap_or_default();
    }
    resolved.push_str(rest);
    let lines = resolved.split('\n').map(text::squeeze);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    let (_, character) = REFERENCES.iter().find(|(known, _)| *known == name)?;
    Some(*character)
}

/// The named references that stand for letters of Vietnamese and signs of offices.
const REFERENCES: [(&str, char); 40] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Atilde", 'Ã'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Igrave", 'Ì'),
    ("Iacute", 'Í'),
    ("Ograve", 'Ò'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Otilde", 'Õ'),
    ("Ugrave", 'Ù'),
    ("Uacute", 'Ú'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_and_blanks_are_one() {
        let words = "B&aacute;o&nbsp; c&#225;o\n\nth&#xE1;ng &x; &#xD800;";
        assert_eq!(plain(words), "Báo cáo\ntháng &x; &#xD800;");
    }
}

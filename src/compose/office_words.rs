//! The office's own words (`loi-van.md`), by section. They are Markdown, never a template; their
//! digits are constants.

use std::collections::BTreeMap;

/// The sections that the office writes.
pub(super) const SECTIONS: [&str; 4] = ["chi-dao", "ton-tai", "nhiem-vu", "kien-nghi"];

/// The office's words by section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OfficeWords(BTreeMap<String, String>);

/// A mistake in the office's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OfficeWordsFault {
    /// A heading that no part of the report takes.
    UnknownSection {
        /// Line, from 1.
        line: usize,
        /// The heading.
        heading: String,
    },
    /// Words before the first heading.
    WordsOutside {
        /// Line, from 1.
        line: usize,
    },
}

impl OfficeWords {
    /// Reads the sections of `loi-van.md`; comments `<!-- … -->` and a title "# …" are left out.
    pub(super) fn read(text: &str) -> Result<Self, OfficeWordsFault> {
        let text =
            super::words::without_tokens(&crate::text::nfc(text.trim_start_matches('\u{feff}')));
        let mut sections: BTreeMap<String, String> = BTreeMap::new();
        let mut section: Option<String> = None;
        for (number, line) in without_comments(&text).lines().enumerate() {
            if let Some(heading) = line.strip_prefix("## ") {
                let heading = heading.trim();
                if !SECTIONS.contains(&heading) {
                    let heading = heading.to_owned();
                    return Err(OfficeWordsFault::UnknownSection { line: number + 1, heading });
                }
                section = Some(heading.to_owned());
            } else if line.trim().is_empty() || line.starts_with("# ") {
                append(&mut sections, section.as_ref(), "");
            } else if section.is_some() {
                append(&mut sections, section.as_ref(), line);
            } else {
                return Err(OfficeWordsFault::WordsOutside { line: number + 1 });
            }
        }
        sections.retain(|_, words| !words.trim().is_empty());
        Ok(Self(sections))
    }

    /// Returns the words of a section, nothing when the office wrote none, or the known sections
    /// when there is no such section.
    pub(super) fn section(&self, key: &str) -> Result<Option<&str>, [&'static str; 4]> {
        if SECTIONS.contains(&key) {
            Ok(self.0.get(key).map(String::as_str))
        } else {
            Err(SECTIONS)
        }
    }
}

fn append(sections: &mut BTreeMap<String, String>, section: Option<&String>, line: &str) {
    if let Some(section) = section {
        let words = sections.entry(section.clone()).or_default();
        words.push_str(line);
        words.push('\n');
    }
}

/// Blanks comments out, keeping the lines.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        let (comment, after) = after.split_once("-->").unwrap_or((after, ""));
        kept.extend(comment.chars().filter(|character| *character == '\n'));
        rest = after;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_by_section() {
        let text = "# Lời văn\n<!-- mẹo:\n## khac -->\n## chi-dao\nBan hành 02 văn bản.\n\n- Một\n## kien-nghi\n\n";
        let words = OfficeWords::read(text).unwrap();
        assert_eq!(words.section("chi-dao"), Ok(Some("Ban hành 02 văn bản.\n\n- Một\n")));
        assert_eq!(words.section("kien-nghi"), Ok(None), "an empty section is none");
        assert_eq!(words.section("khac"), Err(SECTIONS));
    }

    #[test]
    fn unknown_headings_and_lost_words_name_their_line() {
        let unknown = OfficeWords::read("\n## chi-dao\na\n## chỉ đạo\n");
        let heading = "chỉ đạo".to_owned();
        assert_eq!(unknown, Err(OfficeWordsFault::UnknownSection { line: 4, heading }));
        let lost = OfficeWords::read("<!-- a\n-->\nchữ\n## chi-dao");
        assert_eq!(lost, Err(OfficeWordsFault::WordsOutside { line: 3 }));
    }
}

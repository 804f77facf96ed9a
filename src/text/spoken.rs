//! Numbers in Vietnamese words, as papers repeat them: "ba mươi hai", "một nghìn hai trăm linh năm".

/// Returns the number with which folded words begin and the words behind it; nothing where they do not, or where they
/// may be understood in two ways ("một nghìn hai").
pub fn number(words: &str) -> Option<(i64, &str)> {
    let mut spoken = Spoken::default();
    let mut rest = words.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|one: char| !one.is_alphabetic()).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        if !spoken.take(word)? {
            break;
        }
        rest = behind.trim_start_matches([' ', ',']);
    }
    Some((spoken.finish()?, rest.trim_start()))
}

/// A number as far as it was heard.
#[derive(Default)]
struct Spoken {
    /// What is complete: thousands, millions.
    whole: i64,
    /// Hundreds and tens of the group of three digits that is being heard.
    group: i64,
    /// A digit of which the next word says what it counts.
    digit: Option<i64>,
    /// The scale of the last complete group.
    scale: Option<i64>,
    /// Whether hundreds, tens or "linh" were heard in this group.
    is_placed: bool,
    any: bool,
}

impl Spoken {
    /// Takes a word; returns whether it is of the number, and nothing when it cannot follow.
    fn take(&mut self, word: &str) -> Option<bool> {
        if let Some(digit) = digit(word) {
            if self.digit.replace(digit).is_some() {
                return None;
            }
        } else if word == "mười" {
            if self.digit.is_some() {
                return None;
            }
            self.group += 10;
            self.is_placed = true;
        } else if let Some(times) = place(word) {
            self.group += self.digit.take()? * times;
            self.is_placed = true;
        } else if matches!(word, "linh" | "lẻ") && self.any {
            self.is_placed = true;
        } else if let Some(scale) = scale(word) {
            if self.scale.is_some_and(|last| last <= scale) {
                return None;
            }
            self.whole += self.take_group()? * scale;
            self.scale = Some(scale);
        } else {
            return Some(false);
        }
        self.any = true;
        Some(true)
    }

    fn take_group(&mut self) -> Option<i64> {
        let digit = self.digit.take();
        let is_alone = digit.is_some() && !self.is_placed && self.scale.is_some();
        let group = std::mem::take(&mut self.group) + digit.unwrap_or_default();
        self.is_placed = false;
        (!is_alone).then_some(group)
    }

    fn finish(mut self) -> Option<i64> {
        let any = self.any;
        let whole = self.whole;
        let group = self.take_group()?;
        any.then_some(whole + group)
    }
}

fn digit(word: &str) -> Option<i64> {
    Some(match word {
        "không" => 0,
        "một" | "mốt" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" | "tư" => 4,
        "năm" | "lăm" | "nhăm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

fn place(word: &str) -> Option<i64> {
    match word {
        "mươi" => Some(10),
        "trăm" => Some(100),
        _ => None,
    }
}

fn scale(word: &str) -> Option<i64> {
    match word {
        "nghìn" | "ngàn" => Some(1_000),
        "triệu" => Some(1_000_000),
        "tỷ" | "tỉ" => Some(1_000_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_in_words_are_understood() {
        for (words, expected) in [
            ("ba mươi hai", Some((32, ""))),
            ("bốn", Some((4, ""))),
            ("mười lăm buổi", Some((15, "buổi"))),
            ("một nghìn hai trăm linh năm", Some((1205, ""))),
            ("năm nghìn bốn trăm ba mươi hai tài khoản", Some((5432, "tài khoản"))),
            ("hai trăm", Some((200, ""))),
            ("một triệu, không trăm linh ba nghìn, bảy trăm", Some((1_003_700, ""))),
            ("không", Some((0, ""))),
            ("một nghìn hai", None),
            ("hai ba", None),
            ("mươi", None),
            ("buổi", None),
            ("", None),
            ("nghìn hai triệu", None),
        ] {
            assert_eq!(number(words), expected, "{words}");
        }
    }
}

//! The way back: a Unicode text as it is typed in an old encoding, for fixtures and measurements.
//! Nothing that the program writes is ever encoded.

use std::{collections::BTreeMap, sync::LazyLock};

use super::Encoding;

/// What is typed for each letter.
type Keys = BTreeMap<char, String>;

/// Letters that an encoding writes as Unicode does.
const SAME: [char; 5] = ['ý', 'ì', 'í', 'Ì', 'Í'];

static KEYS: LazyLock<[Keys; 2]> = LazyLock::new(|| Encoding::ALL.map(keys));

impl Encoding {
    /// Returns a text as it is typed; a capital that the encoding does not have is a small letter.
    pub fn encode(self, text: &str) -> String {
        let [tcvn3, vni] = &*KEYS;
        let keys = match self {
            Self::Tcvn3 => tcvn3,
            Self::Vni => vni,
        };
        let mut typed = String::with_capacity(text.len());
        for letter in text.chars() {
            let key = keys.get(&letter).or_else(|| keys.get(&letter.to_lowercase().next()?));
            match key {
                Some(key) => typed.push_str(key),
                None => typed.push(letter),
            }
        }
        typed
    }
}

/// Tries every character and every pair of characters of Latin-1.
fn keys(encoding: Encoding) -> Keys {
    let latin: Vec<char> = ('A'..='z').chain('\u{a1}'..='\u{ff}').collect();
    let of_one_case = |typed: &String| {
        typed.chars().all(char::is_lowercase) || !typed.chars().any(char::is_lowercase)
    };
    let pairs =
        latin.iter().flat_map(|base| latin.iter().map(move |mark| [*base, *mark].iter().collect()));
    let pairs = pairs.filter(of_one_case);
    let mut keys = Keys::new();
    for typed in latin.iter().map(char::to_string).chain(pairs) {
        let decoded = encoding.decode(&typed);
        let mut letters = decoded.chars();
        if let (Some(letter), None) = (letters.next(), letters.next())
            && !letter.is_ascii()
            && (decoded != typed || SAME.contains(&letter))
        {
            keys.entry(letter).or_insert(typed);
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_its_keys() {
        let small = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";
        for encoding in Encoding::ALL {
            assert_eq!(encoding.decode(&encoding.encode(small)), small, "{encoding:?}");
            assert_eq!(encoding.encode("B08: 12,5%"), "B08: 12,5%");
        }
        let capitals = small.to_uppercase();
        assert_eq!(Encoding::Vni.decode(&Encoding::Vni.encode(&capitals)), capitals);
        assert_eq!(Encoding::Tcvn3.decode(&Encoding::Tcvn3.encode("ĂÂÊÔƠƯĐ Ủ")), "ĂÂÊÔƠƯĐ ủ");
        assert_eq!(Encoding::Tcvn3.encode("xã Tiên Lãng"), "x· Tiªn L·ng");
        assert_eq!(Encoding::Vni.encode("Cộng hòa XÃ HỘI"), "Coäng hoøa XAÕ HOÄI");
    }
}

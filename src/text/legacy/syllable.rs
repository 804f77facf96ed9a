//! Whether letters are a syllable that Vietnamese can have: an onset, a rhyme that goes with it, and
//! a tone where the rhyme carries it. The most frequent syllables of office texts are known by name.

use std::{collections::HashSet, sync::LazyLock};

use super::letters::{ACUTE, DOT, LEVEL, is_vowel, take_apart};

/// How well a word stands as a Vietnamese syllable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// One of the frequent syllables.
    Common,
    /// Nothing speaks against it.
    Possible,
    /// No Vietnamese syllable.
    Impossible,
}

/// Consonants that begin a syllable, longer ones before their beginnings.
const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "n", "ch", "c", "đ", "d", "gh", "gi", "g", "kh", "k", "ph", "p", "qu", "th",
    "tr", "t", "b", "h", "l", "m", "r", "s", "v", "x", "",
];

/// Rhymes without tone. What follows a "qu" stands here with its u ("uynh") or without ("ân").
const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt \
    âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu \
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet \
    oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn uông uôt \
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt \
    ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu";

static RHYME_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| RHYMES.split(' ').collect());

static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("../../../assets/text/am-tiet.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Returns how a word of lower-case NFC letters stands.
pub(super) fn standing(word: &str) -> Standing {
    if COMMON.contains(word) {
        Standing::Common
    } else if is_possible(word) {
        Standing::Possible
    } else {
        Standing::Impossible
    }
}

fn is_possible(word: &str) -> bool {
    let mut bare = String::with_capacity(24);
    let mut tone = None;
    for (position, letter) in word.chars().enumerate() {
        let (letter, found) = take_apart(letter);
        if position > 7 || (found != LEVEL && tone.replace((position, found)).is_some()) {
            return false;
        }
        bare.push(letter);
    }
    ONSETS.iter().any(|onset| {
        bare.strip_prefix(onset).is_some_and(|rhyme| {
            let seat =
                tone.map(|(position, tone)| (position.checked_sub(onset_length(onset)), tone));
            goes_together(onset, rhyme) && carries(rhyme, seat)
        })
    })
}

fn onset_length(onset: &str) -> usize {
    onset.chars().count()
}

/// Returns whether an onset and a toneless rhyme go together.
fn goes_together(onset: &str, rhyme: &str) -> bool {
    let Some(first) = rhyme.chars().next() else { return false };
    let is_rhyme = RHYME_SET.contains(rhyme);
    let front = matches!(first, 'e' | 'ê' | 'i');
    match onset {
        "qu" if matches!(first, 'u' | 'ư' | 'o') => false,
        "qu" => is_rhyme || RHYME_SET.contains(["u", rhyme].concat().as_str()),
        "k" => is_rhyme && (front || rhyme == "y"),
        "gh" | "ngh" => is_rhyme && front,
        "g" if first == 'i' => {
            matches!(rhyme, "i" | "in" | "ip" | "iêc" | "iêm" | "iêng" | "iêt")
        }
        "c" | "g" | "ng" => is_rhyme && !front && first != 'y',
        "gi" => is_rhyme && !matches!(first, 'i' | 'y'),
        "" => is_rhyme,
        _ if first == 'y' => {
            rhyme == "y" && matches!(onset, "h" | "l" | "m" | "s" | "t" | "th" | "v")
        }
        _ => is_rhyme,
    }
}

/// Returns whether a rhyme can have this tone on this letter; a rhyme that ends in a stop has the
/// tones sắc and nặng only.
fn carries(rhyme: &str, tone: Option<(Option<usize>, usize)>) -> bool {
    let stopped = ["c", "ch", "p", "t"].iter().any(|stop| rhyme.ends_with(stop));
    match tone {
        None => !stopped,
        Some((_, tone)) if stopped && !matches!(tone, ACUTE | DOT) => false,
        Some((position, _)) => position.is_some_and(|position| is_seat(rhyme, position)),
    }
}

/// Returns whether the tone of a rhyme may be written on the letter in a position; of oa, oe and uy
/// both spellings are in use.
fn is_seat(rhyme: &str, position: usize) -> bool {
    let letters: Vec<char> = rhyme.chars().collect();
    let vowels = letters.iter().take_while(|letter| is_vowel(**letter)).count();
    let shaped = letters.iter().rposition(|letter| matches!(letter, 'ă' | 'â' | 'ê' | 'ô' | 'ơ'));
    let horned = letters.iter().position(|letter| *letter == 'ư');
    if let Some(seat) = shaped.or(horned) {
        return position == seat;
    }
    let closed = vowels < letters.len();
    match (vowels, closed) {
        (1, _) | (2, false) if !matches!(rhyme, "oa" | "oe" | "uy") => position == 0,
        (2, false) => position <= 1,
        (_, true) => position + 1 == vowels,
        _ => position == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_common_syllable_is_possible() {
        assert!(COMMON.len() > 900, "{}", COMMON.len());
        let odd: Vec<_> = COMMON.iter().filter(|word| !is_possible(word)).collect();
        assert!(odd.is_empty(), "{odd:?}");
    }

    #[test]
    fn what_vietnamese_can_say_is_possible() {
        for word in "nghiêng quỳnh giếng gì gìn già giúp quốc quyết quý thuý thúy hoà hòa khuya \
            khuỷu ngoằn ngoèo yêu ý mỹ kỹ thuở của cuốn rượu bướu hươu uỷ ủy ổ ở oà ình loắt choắt \
            xoong xoèn huệ huyện tuổi pin xuý suýt quạu quýt huých ghế nghĩ kẻ cấp được"
            .split_whitespace()
        {
            assert!(is_possible(word), "{word}");
        }
    }

    #[test]
    fn what_it_cannot_say_is_not() {
        for word in "sociộtộ mỹller fỹr café kà cì gế ngì quốu tàch cap tốìn húà tóan cuả nhứơc \
            ơng đđ bc hoắ ấă nghà quư dya ngth ynh"
            .split_whitespace()
        {
            assert!(!is_possible(word), "{word}");
        }
    }
}

//! Which encoding each text of a workbook is in. Texts that can only be of an old encoding vote for
//! it; with enough of them, every text of the workbook is weighed: by its words, by the font of its
//! cell, and by what stands in its column and sheet. Without a vote nothing is ever decoded.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Decoding, Encoding, TypedText, Typeface,
    words::{IMPOSSIBLE, cost_as_unicode, cost_in, is_settled, words},
};

/// By how much a text must cost less in an old encoding to vote for it.
const MARGIN: u32 = 8;
/// Points that an encoding needs: two for each frequent word that Unicode cannot explain, one for
/// another possible word. In a cell with a font of the encoding one is enough.
const NEEDED: usize = 4;
/// What it costs to differ from the font of the cell, or from the other texts around.
const AGAINST_FONT: u32 = 3;
const AGAINST_SOME: u32 = 1;
const AGAINST_ALL: u32 = 3;
/// A reading with so many times fewer certain texts than another is unlikely.
const FEW: usize = 4;
/// Texts of an encoding that make a sheet without Unicode a sheet of it.
const ALL: usize = 3;

/// Returns whether a text could vote for an old encoding.
pub fn is_suspicious(text: &str) -> bool {
    !is_settled(text) && Weighed::vote_of(text).is_some()
}

/// Returns what to decode of each text; nothing for those that are Unicode.
pub fn decide(texts: &[TypedText<'_>]) -> Vec<Option<Decoding>> {
    let votes: Vec<Ballot> = texts.iter().map(|typed| Ballot::of(typed.text)).collect();
    let in_use: Vec<Encoding> =
        Encoding::ALL.into_iter().filter(|encoding| is_in_use(*encoding, texts, &votes)).collect();
    if in_use.is_empty() {
        return vec![None; texts.len()];
    }
    let neighbours = Neighbours::of(texts, &votes, &in_use);
    texts
        .iter()
        .zip(&votes)
        .map(|(typed, vote)| match vote {
            Ballot::Unicode => old_words(typed.text, &in_use).map(Decoding::Words),
            _ if typed.text.is_ascii() => None,
            _ => weigh(typed, &in_use, &neighbours).map(Decoding::Whole),
        })
        .collect()
}

/// What a text says for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ballot {
    /// A letter of Unicode Vietnamese stands in it.
    Unicode,
    /// It makes sense in an old encoding only.
    Old(Encoding),
    /// Nothing.
    Open,
}

impl Ballot {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            Self::Open
        } else if is_settled(text) {
            Self::Unicode
        } else {
            Weighed::vote_of(text).map_or(Self::Open, Self::Old)
        }
    }
}

/// The costs of a text.
struct Weighed {
    unicode: u32,
    tcvn3: u32,
    vni: u32,
    words: u32,
    /// Words that each old encoding explains.
    explained: [u32; 2],
}

impl Weighed {
    fn of(text: &str) -> Self {
        let mut sum = Self { unicode: 0, tcvn3: 0, vni: 0, words: 0, explained: [0; 2] };
        for word in words(text) {
            let (tcvn3, vni) = (cost_in(Encoding::Tcvn3, word), cost_in(Encoding::Vni, word));
            sum.unicode += cost_as_unicode(word);
            sum.tcvn3 += tcvn3;
            sum.vni += vni;
            sum.words += 1;
            for (count, cost) in sum.explained.iter_mut().zip([tcvn3, vni]) {
                *count += u32::from(cost < IMPOSSIBLE);
            }
        }
        sum
    }

    fn cost(&self, encoding: Encoding) -> u32 {
        match encoding {
            Encoding::Tcvn3 => self.tcvn3,
            Encoding::Vni => self.vni,
        }
    }

    fn explained(&self, encoding: Encoding) -> u32 {
        let [tcvn3, vni] = self.explained;
        match encoding {
            Encoding::Tcvn3 => tcvn3,
            Encoding::Vni => vni,
        }
    }

    /// Returns the encoding for which a text votes: four words of five are Vietnamese in it, and it
    /// costs far less than Unicode.
    fn vote_of(text: &str) -> Option<Encoding> {
        // The dear readings are tried only where Unicode does not explain the text.
        if words(text).map(cost_as_unicode).sum::<u32>() < MARGIN {
            return None;
        }
        let sum = Self::of(text);
        let encoding = if sum.tcvn3 <= sum.vni { Encoding::Tcvn3 } else { Encoding::Vni };
        let clear = sum.tcvn3 != sum.vni && sum.cost(encoding) + MARGIN <= sum.unicode;
        (clear && sum.explained(encoding) * 5 >= sum.words * 4).then_some(encoding)
    }
}

/// Returns whether enough votes stand for an encoding, and enough of the words that Unicode cannot
/// explain are explained by one.
fn is_in_use(encoding: Encoding, texts: &[TypedText<'_>], votes: &[Ballot]) -> bool {
    let mut points: BTreeMap<&str, usize> = BTreeMap::new();
    let mut confirmed = false;
    for (typed, _) in texts.iter().zip(votes).filter(|(_, vote)| **vote == Ballot::Old(encoding)) {
        confirmed |= typed.font.and_then(Typeface::encoding) == Some(encoding);
        for word in words(typed.text).filter(|word| cost_as_unicode(word) >= IMPOSSIBLE) {
            match cost_in(encoding, word) {
                0 => points.insert(word, 2),
                IMPOSSIBLE.. => None,
                _ => points.insert(word, 1),
            };
        }
    }
    let sum: usize = points.values().sum();
    let enough = sum >= NEEDED || (confirmed && sum > 0);
    enough && points.len() * 10 >= (points.len() + unexplained(texts)) * 7
}

/// Returns how many words no reading explains.
fn unexplained(texts: &[TypedText<'_>]) -> usize {
    let open = texts.iter().filter(|typed| !is_settled(typed.text));
    let lost = |word: &&str| {
        cost_as_unicode(word) >= IMPOSSIBLE
            && Encoding::ALL.into_iter().all(|encoding| cost_in(encoding, word) >= IMPOSSIBLE)
    };
    open.flat_map(|typed| words(typed.text)).filter(lost).collect::<BTreeSet<_>>().len()
}

/// How many texts of each column and each sheet are certain: Unicode, TCVN3, VNI.
#[derive(Default)]
struct Neighbours {
    columns: BTreeMap<(usize, u32), [usize; 3]>,
    sheets: BTreeMap<usize, [usize; 3]>,
    /// Whether the texts that are certainly old stand in fonts of their encoding. They do not where
    /// a program has lost the fonts, or where a text has fonts within.
    fonts_tell: bool,
}

impl Neighbours {
    fn of(texts: &[TypedText<'_>], votes: &[Ballot], in_use: &[Encoding]) -> Self {
        let mut neighbours = Self { fonts_tell: fonts_tell(texts, votes), ..Self::default() };
        for (typed, vote) in texts.iter().zip(votes) {
            let index = match vote {
                Ballot::Unicode => 0,
                Ballot::Old(encoding) if in_use.contains(encoding) => 1 + encoding.index(),
                _ => continue,
            };
            let place = (typed.sheet, typed.column);
            for counts in [
                neighbours.columns.entry(place).or_default(),
                neighbours.sheets.entry(typed.sheet).or_default(),
            ] {
                if let Some(count) = counts.get_mut(index) {
                    *count += 1;
                }
            }
        }
        neighbours
    }

    /// Returns what each reading of a text costs because of the texts around: those of its column,
    /// else those of its sheet. A sheet without any Unicode weighs more than one that is mixed.
    fn costs(&self, typed: &TypedText<'_>) -> [u32; 3] {
        let sheet = self.sheets.get(&typed.sheet).copied().unwrap_or_default();
        let column = self.columns.get(&(typed.sheet, typed.column)).copied().unwrap_or(sheet);
        let most = column.into_iter().max().unwrap_or(0);
        let against = match sheet {
            [0, tcvn3, vni] if tcvn3 + vni >= ALL => AGAINST_ALL,
            _ => AGAINST_SOME,
        };
        let [unicode, old @ ..] = column.map(|count| if count * FEW < most { against } else { 0 });
        // Two old encodings beside each other are told apart by their words.
        let [tcvn3, vni] = old.map(|cost| cost.min(AGAINST_SOME));
        [unicode, tcvn3, vni]
    }
}

/// Returns whether at least half of the certainly old texts stand in a font of their encoding.
fn fonts_tell(texts: &[TypedText<'_>], votes: &[Ballot]) -> bool {
    let (mut known, mut right) = (0_usize, 0_usize);
    for (typed, vote) in texts.iter().zip(votes) {
        if let (Some(font), Ballot::Old(encoding)) = (typed.font, vote) {
            known += 1;
            right += usize::from(font.encoding() == Some(*encoding));
        }
    }
    known <= right * 2
}

/// Returns the encoding of single words in a text with Unicode letters: of words that Unicode
/// cannot explain.
fn old_words(text: &str, in_use: &[Encoding]) -> Option<Encoding> {
    let mut encodings = in_use.iter().copied();
    encodings.find(|encoding| {
        words(text).any(|word| {
            cost_as_unicode(word) >= IMPOSSIBLE && cost_in(*encoding, word) < IMPOSSIBLE
        })
    })
}

/// Returns the encoding in which a text costs least; at the same cost it is Unicode.
fn weigh(typed: &TypedText<'_>, in_use: &[Encoding], neighbours: &Neighbours) -> Option<Encoding> {
    let sum = Weighed::of(typed.text);
    let [unicode, old @ ..] = neighbours.costs(typed);
    let of_font = typed.font.and_then(Typeface::encoding);
    if sum.words == 0 {
        // Single letters and signs say nothing themselves.
        return of_font.filter(|encoding| in_use.contains(encoding));
    }
    let against = |reading: Option<Encoding>| {
        let differs = neighbours.fonts_tell && typed.font.is_some() && of_font != reading;
        if differs { AGAINST_FONT } else { 0 }
    };
    let mut best = (sum.unicode + unicode + against(None), None);
    for encoding in Encoding::ALL.into_iter().filter(|encoding| in_use.contains(encoding)) {
        let around = old.get(encoding.index()).copied().unwrap_or(0);
        let cost = sum.cost(encoding) + around + against(Some(encoding));
        let plausible = sum.explained(encoding) * 2 >= sum.words || of_font == Some(encoding);
        if cost < best.0 && plausible {
            best = (cost, Some(encoding));
        }
    }
    best.1
}

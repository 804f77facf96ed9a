//! Shares of rows.

use std::collections::BTreeSet;

use super::{Figure, Sheet, Verdict, list, said_by};
use crate::{
    ingest::{CellContent, StatedRow},
    place::CellRef,
    quantity::Quantity,
    validate::decimal::Decimal,
};

/// Most decimals of a share that was typed; one that a formula computed has more.
const MOST_DECIMALS: u8 = 4;

/// A share as it stands, in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Share {
    percent: f64,
    decimals: u8,
}

/// Returns what a share is beside the figures of its sheet.
pub(super) fn judge(
    (row, cell, content): (&StatedRow, CellRef, &CellContent),
    sheet: &Sheet<'_>,
) -> Verdict {
    let shares = Share::read(content);
    if shares.is_empty() {
        return Verdict::OfOthers;
    }
    let fits = |part: i64, whole: i64| shares.iter().any(|share| share.is_of(part, whole));
    let coded = sheet.coded(&row.words);
    if let [part, whole] = coded[..] {
        let numbers = (sheet.scaled(part), sheet.scaled(whole));
        return if fits(numbers.0, numbers.1) {
            Verdict::Fits
        } else {
            Verdict::Differs(computed(&coded, numbers))
        };
    }
    let sides = said_by(row);
    let [of, by @ ..] = &sides[..] else { return Verdict::OfOthers };
    let beside = sheet.beside(cell.row);
    let parts = sheet.singles_and_pairs(of, &beside[..beside.len().min(1)]);
    let likely = sheet.likely_wholes(by.first(), &beside);
    let all: Vec<i64> = sheet.figures.iter().map(|figure| sheet.scaled(figure)).collect();
    let is_share_of =
        |wholes: &[i64]| parts.iter().any(|part| wholes.iter().any(|whole| fits(*part, *whole)));
    let is_exact = shares.iter().any(|share| share.decimals > 0);
    let is_known = sides.iter().all(|words| sheet.knows(words));
    if is_share_of(&likely) || is_exact && is_share_of(&all) {
        Verdict::Fits
    } else if is_known && !of.is_empty() && !is_share_of(&all) {
        Verdict::Differs("không bằng tỷ lệ nào giữa các chỉ tiêu cùng tên".to_owned())
    } else {
        Verdict::OfOthers
    }
}

/// Returns what is said of a share whose two figures are known.
fn computed(figures: &[&Figure<'_>], (part, whole): (i64, i64)) -> String {
    match crate::quantity::percent(part, whole, 2) {
        Some(percent) => {
            format!("tính từ {} được {}%", list(figures), crate::text::format_quantity(percent))
        }
        None => format!("không tính được từ {}", list(figures)),
    }
}

impl Share {
    /// Returns what a cell may state as a share: a number up to one may be of one or of a hundred.
    fn read(content: &CellContent) -> Vec<Self> {
        match content {
            CellContent::Percent(number) => vec![Self::stored(number * 100.0)],
            CellContent::Number(number) if number.abs() <= 1.0 => {
                vec![Self::stored(*number), Self::stored(number * 100.0)]
            }
            CellContent::Number(number) => vec![Self::stored(*number)],
            CellContent::Text(words) => {
                let number = words.trim().trim_end_matches('%').trim_end();
                let decimals = number.split([',', '.']).nth(1).map_or(0, str::len);
                let decimals = u8::try_from(decimals).unwrap_or(u8::MAX);
                let scaled = Decimal::parse(&number.replace('.', ",")).filter(|_| decimals <= 6);
                let scaled = scaled.and_then(|number| number.scaled(decimals));
                let percent = scaled.map(|scaled| Quantity { scaled, decimals }.to_f64());
                percent.into_iter().map(|percent| Self { percent, decimals }).collect()
            }
            _ => Vec::new(),
        }
    }

    fn stored(percent: f64) -> Self {
        let is_whole = |decimals: &u8| {
            let scaled = percent * 10_f64.powi((*decimals).into());
            (scaled - scaled.round()).abs() < 1e-6
        };
        let decimals = (0..MOST_DECIMALS).find(is_whole).unwrap_or(MOST_DECIMALS);
        Self { percent, decimals }
    }

    /// Returns whether it is what a part is of the whole, rounded or cut off.
    fn is_of(self, part: i64, whole: i64) -> bool {
        if whole == 0 {
            return false;
        }
        let [part, whole] = [part, whole].map(|scaled| Quantity { scaled, decimals: 0 }.to_f64());
        (100.0 * part / whole - self.percent).abs() < 10_f64.powi(-i32::from(self.decimals)) + 1e-9
    }
}

impl Sheet<'_> {
    /// Returns the nearest figures above a row, the nearest first.
    fn beside(&self, row: u32) -> Vec<&Figure<'_>> {
        let above = self.figures.iter().rev().filter(|figure| figure.cell.row < row);
        above.take(2).collect()
    }

    /// Returns the figures that words name and others that are given, each alone and two together.
    fn singles_and_pairs(&self, words: &BTreeSet<String>, others: &[&Figure<'_>]) -> Vec<i64> {
        let named = self.named(words);
        let others = others.iter().copied();
        let numbers: Vec<i64> =
            named.into_iter().chain(others).map(|figure| self.scaled(figure)).collect();
        let pairs = numbers
            .iter()
            .enumerate()
            .flat_map(|(place, one)| numbers.iter().skip(place + 1).map(move |other| one + other));
        let pairs: Vec<i64> = pairs.collect();
        numbers.into_iter().chain(pairs).collect()
    }

    /// Returns what a share may be of: what its words name or, where they name nothing, what stands beside it and
    /// what the templates divide by.
    fn likely_wholes(&self, words: Option<&BTreeSet<String>>, beside: &[&Figure<'_>]) -> Vec<i64> {
        if let Some(words) = words.filter(|words| !self.named(words).is_empty()) {
            return self.singles_and_pairs(words, &[]);
        }
        let ratios = self.indicators.ratios.iter();
        let known = ratios.filter_map(|ratio| self.sum_of(&ratio.denominator));
        known.chain(beside.iter().map(|figure| self.scaled(figure))).collect()
    }
}

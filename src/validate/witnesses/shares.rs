//! Shares of rows.

use super::{
    figures::{Figure, Figures, list},
    key_words::said_by,
    numbers::{Share, number},
    rows::Verdict,
};
use crate::{
    ingest::{CellContent, StatedRow},
    place::CellRef,
    quantity, text,
};

/// Returns what a share is beside the figures of its return.
pub(super) fn share(
    (row, cell, content): (&StatedRow, CellRef, &CellContent),
    figures: &Figures<'_>,
) -> Verdict {
    let shares = Share::read(content);
    if shares.is_empty() {
        return Verdict::OfOthers;
    }
    let coded = figures.coded(&row.words);
    if let [part, whole] = coded[..] {
        let numbers = (figures.scaled(part), figures.scaled(whole));
        return if shares.iter().any(|share| share.is_of(numbers.0, numbers.1)) {
            Verdict::Fits
        } else {
            Verdict::Differs(computed(&coded, numbers))
        };
    }
    let sides = said_by(row);
    let [of, by @ ..] = &sides[..] else { return Verdict::OfOthers };
    let beside: Vec<&Figure<'_>> = figures.above(row.sheet, cell.row).take(2).collect();
    let nearest = beside.first().map(|figure| figures.scaled(figure));
    let mut parts = figures.best_named(of);
    let mut any_part: Vec<i64> =
        figures.named(of).into_iter().map(|one| figures.scaled(one)).collect();
    any_part.extend(figures.level_pairs(&figures.named(of)));
    if of.is_empty() {
        parts.extend(nearest);
    }
    any_part.extend(nearest);
    let likely = likely_wholes(figures, (by.first(), row), &beside);
    let mut any_whole: Vec<i64> = figures.list.iter().map(|one| figures.scaled(one)).collect();
    any_whole.extend(&likely);
    let is_share = |parts: &[i64], wholes: &[i64]| {
        shares.iter().any(|share| {
            parts.iter().any(|part| wholes.iter().any(|whole| share.is_of(*part, *whole)))
        })
    };
    let is_exact = shares.iter().any(|share| share.decimals > 0);
    if is_share(&parts, &likely) || is_exact && is_share(&any_part, &any_whole) {
        Verdict::Fits
    } else if sides.iter().all(|words| figures.knows(words))
        && !of.is_empty()
        && !is_share(&any_part, &likely)
    {
        Verdict::Differs(match (&parts[..], &likely[..]) {
            ([part], [whole]) if *whole != 0 => {
                format!("tính lại được {}%", percent(*part, *whole))
            }
            _ => "không bằng tỷ lệ nào giữa các chỉ tiêu cùng tên".to_owned(),
        })
    } else {
        Verdict::OfOthers
    }
}

/// Returns whether a share is one of a figure, of anything that the return counts; nothing where it is no number.
pub(super) fn is_share_of(figure: &Figure<'_>, shares: &[Share], figures: &Figures<'_>) -> bool {
    let part = figures.scaled(figure);
    let above: Vec<&Figure<'_>> = figures.above(figure.sheet, figure.cell.row).take(2).collect();
    let all: Vec<&Figure<'_>> = figures.list.iter().collect();
    let known = figures.indicators.ratios.iter();
    let known = known.filter(|ratio| ratio.numerator == [figure.index]);
    let known = known.filter_map(|ratio| figures.sum_of(&ratio.denominator));
    let pairs = figures.level_pairs(&all);
    let likely: Vec<i64> =
        known.chain(above.iter().map(|one| figures.scaled(one))).chain(pairs).collect();
    let is_exact = shares.iter().any(|share| share.decimals > 0);
    let of = |wholes: &[i64]| {
        shares.iter().any(|share| wholes.iter().any(|whole| share.is_of(part, *whole)))
    };
    let all = all.iter().map(|one| figures.scaled(one)).collect::<Vec<i64>>();
    of(&likely) || is_exact && of(&all)
}

/// Returns what is said of a share whose two figures are known.
fn computed(some: &[&Figure<'_>], (part, whole): (i64, i64)) -> String {
    if whole == 0 {
        return format!("không tính được từ {}", list(some));
    }
    format!("tính từ {} được {}%", list(some), percent(part, whole))
}

/// Returns a share with two decimals as it is printed; the whole is not zero.
fn percent(part: i64, whole: i64) -> String {
    quantity::percent(part, whole, 2).map(text::format_quantity).unwrap_or_default()
}

/// Returns what a share may be of: what its words name or, where they name nothing, what stands beside it and what the
/// templates divide by.
fn likely_wholes(
    figures: &Figures<'_>,
    (words, row): (Option<&Vec<String>>, &StatedRow),
    beside: &[&Figure<'_>],
) -> Vec<i64> {
    if let Some(words) = words {
        let named = figures.named(words);
        let best = figures.best_named(words);
        if !best.is_empty() {
            return best.into_iter().chain(figures.level_pairs(&named)).collect();
        }
    }
    let ratios = figures.indicators.ratios.iter();
    let known = ratios.filter_map(|ratio| figures.sum_of(&ratio.denominator));
    let foreign = row.foreign.iter().take(1);
    let foreign = foreign.filter_map(|content| number(content, figures.decimals));
    known.chain(beside.iter().map(|figure| figures.scaled(figure))).chain(foreign).collect()
}

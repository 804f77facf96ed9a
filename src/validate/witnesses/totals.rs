//! Totals of rows, what is left, what has changed.

use super::{
    figures::{Figure, Figures, list},
    key_words::said_by,
    numbers::number,
    rows::Verdict,
};
use crate::{
    ingest::{CellContent, StatedRow},
    place::CellRef,
    quantity::Quantity,
    template::TermStatistic,
    text,
};

/// Of up to so many figures any may be meant together; of more only those below each other.
const ANY_OF: usize = 5;

/// Returns what a total is beside the figures of its column.
pub(super) fn total(
    (row, cell, content): (&StatedRow, CellRef, &CellContent),
    figures: &Figures<'_>,
) -> Verdict {
    let Some(stated) = number(content, figures.decimals) else { return Verdict::OfOthers };
    let sum = |some: &[&Figure<'_>]| some.iter().map(|one| figures.scaled(one)).sum::<i64>();
    let differs = |some: &[&Figure<'_>]| {
        Verdict::Differs(format!("cộng {} được {}", list(some), shown(figures, sum(some))))
    };
    let is_in_column =
        |figure: &&Figure<'_>| figure.sheet == row.sheet && figure.cell.column == cell.column;
    let column: Vec<&Figure<'_>> = figures.list.iter().filter(is_in_column).collect();
    let is_numbered = |figure: &&Figure<'_>| row.rows.contains(&figure.cell.row);
    let numbered: Vec<&Figure<'_>> = column.iter().copied().filter(is_numbered).collect();
    let coded = figures.coded(&row.words);
    let meant = if coded.len() > 1 { coded } else { numbered };
    if meant.len() > 1 && (row.rows.is_empty() || meant.len() >= row.rows.len()) {
        return if sum(&meant) == stated { Verdict::Fits } else { differs(&meant) };
    }
    let words: Vec<String> = said_by(row).into_iter().flatten().collect();
    let (above, below) = column.split_at(column.partition_point(|one| one.cell.row < cell.row));
    if is_plain(&words) {
        return match column.is_empty() {
            true => Verdict::Fits,
            false if !row.foreign.is_empty() => of_foreign(row, stated, figures.decimals),
            false if runs((above, below), 1).any(|run| sum(run) == stated) => Verdict::Fits,
            false => {
                Verdict::Differs("không bằng tổng các dòng liền trên hoặc liền dưới".to_owned())
            }
        };
    }
    let named = of_one_unit(&figures.named(&words), (row.sheet, cell.row));
    let is_named = |figure: &&&Figure<'_>| named.iter().any(|one| one.index == figure.index);
    let above: Vec<&Figure<'_>> = above.iter().rev().take_while(is_named).copied().collect();
    let below: Vec<&Figure<'_>> = below.iter().take_while(is_named).copied().collect();
    let above: Vec<&Figure<'_>> = above.into_iter().rev().collect();
    let beside = if above.len() > 1 { &above } else { &below };
    let fits = if beside.len() > 1 {
        runs((&above, &below), 2).any(|run| sum(run) == stated)
    } else {
        sets(&named).any(|some| sum(&some) == stated)
    };
    match named.len() {
        2.. if fits || is_derived(figures, stated) => Verdict::Fits,
        2 if figures.knows(&words) => differs(&named),
        2.. if figures.knows(&words) && beside.len() > 1 => Verdict::Differs(format!(
            "các dòng liền kề cùng tên ({}) cộng được {}",
            list(beside),
            shown(figures, sum(beside))
        )),
        2.. if figures.knows(&words) => Verdict::Differs(format!(
            "không bằng tổng của các chỉ tiêu cùng tên ({})",
            list(&named)
        )),
        _ => of_foreign(row, stated, figures.decimals),
    }
}

/// Returns those of figures that are counted as the one nearest to a row is: others are not added.
fn of_one_unit<'f, 'a>(
    figures: &[&'f Figure<'a>],
    (sheet, row): (u16, u32),
) -> Vec<&'f Figure<'a>> {
    let distance = |figure: &&&Figure<'_>| (figure.sheet != sheet, figure.cell.row.abs_diff(row));
    let unit = figures.iter().min_by_key(distance).map(|one| &one.indicator.unit_of_count);
    figures.iter().copied().filter(|one| Some(&one.indicator.unit_of_count) == unit).collect()
}

/// Returns whether words name no figures: "Tổng cộng", "Cộng II".
fn is_plain(words: &[String]) -> bool {
    words.iter().all(|word| word.bytes().all(|one| b"ivx".contains(&one)))
}

/// Returns what a total of rows of no indicator is: nobody asks for them.
fn of_foreign(row: &StatedRow, stated: i64, decimals: u8) -> Verdict {
    let mut sum = 0;
    let mut sums = row.foreign.iter().map_while(|content| {
        sum += number(content, decimals)?;
        Some(sum)
    });
    if sums.any(|sum| sum == stated) { Verdict::Fits } else { Verdict::OfOthers }
}

/// Returns the figures that end right above a row and those that begin right below it, at least so many.
fn runs<'f, 'a>(
    (above, below): (&'f [&'f Figure<'a>], &'f [&'f Figure<'a>]),
    least: usize,
) -> impl Iterator<Item = &'f [&'f Figure<'a>]> {
    let above = (0..above.len()).map(move |first| &above[first..]);
    let below = (1..=below.len()).map(move |count| &below[..count]);
    above.chain(below).filter(move |run| run.len() >= least)
}

/// Returns what figures may be meant together, at least two.
fn sets<'f, 'a>(
    figures: &'f [&'f Figure<'a>],
) -> Box<dyn Iterator<Item = Vec<&'f Figure<'a>>> + 'f> {
    if figures.len() > ANY_OF {
        let runs = (0..figures.len())
            .flat_map(move |first| (first + 2..=figures.len()).map(move |end| first..end));
        return Box::new(runs.filter_map(|run| figures.get(run)).map(<[_]>::to_vec));
    }
    let sets = (1_u32..1 << figures.len()).filter(|set| set.count_ones() > 1);
    Box::new(sets.map(|set| {
        let is_in = |(place, _): &(usize, &&'f Figure<'a>)| set >> place & 1 == 1;
        figures.iter().enumerate().filter(is_in).map(|(_, figure)| *figure).collect()
    }))
}

/// Returns whether a number is a sum of figures that the templates know.
fn is_derived(figures: &Figures<'_>, stated: i64) -> bool {
    figures.indicators.derived.iter().any(|derived| {
        let is_sum = derived
            .terms
            .iter()
            .all(|term| term.sign > 0 && term.statistic == TermStatistic::Value);
        let terms: Vec<_> = derived.terms.iter().map(|term| term.indicator).collect();
        is_sum && terms.len() > 1 && figures.sum_of(&terms) == Some(stated)
    })
}

/// Returns what a row is that states what is left of a figure without another.
pub(super) fn rest(
    (row, cell, content): (&StatedRow, CellRef, &CellContent),
    figures: &Figures<'_>,
) -> Verdict {
    let Some(stated) = number(content, figures.decimals) else { return Verdict::OfOthers };
    let words = said_by(row).into_iter().flatten();
    let all: Vec<String> = words.filter(|word| !LEFT.contains(&word.as_str())).collect();
    let beside: Vec<&Figure<'_>> = figures.above(row.sheet, cell.row).take(4).collect();
    let named: Vec<&Figure<'_>> = figures.named(&all).into_iter().chain(beside).collect();
    let mut numbers: Vec<i64> = named.iter().map(|figure| figures.scaled(figure)).collect();
    numbers.extend(figures.level_pairs(&named));
    let is_rest =
        numbers.iter().any(|whole| numbers.iter().any(|part| *part != 0 && whole - part == stated));
    if is_rest {
        Verdict::Fits
    } else if !all.is_empty() && figures.knows(&all) {
        Verdict::Differs("không bằng hiệu của các chỉ tiêu cùng tên, liền trên".to_owned())
    } else {
        Verdict::OfOthers
    }
}

/// Words of what is left.
const LEFT: [&str; 3] = ["còn", "lại", "chưa"];

/// Returns what a row is that states the change of the figure right above it.
pub(super) fn change(
    (row, cell, content): (&StatedRow, CellRef, &CellContent),
    figures: &Figures<'_>,
) -> Verdict {
    let above = figures.above(row.sheet, cell.row).next();
    let stated = above.and_then(|above| number(content, above.number.decimals));
    let (Some(above), Some(stated)) = (above, stated) else { return Verdict::OfOthers };
    let Some(previous) = above.previous else { return Verdict::OfOthers };
    let change = above.number.scaled - previous;
    if stated.abs() == change.abs() {
        return Verdict::Fits;
    }
    let decimals = above.number.decimals;
    Verdict::Differs(format!(
        "tính lại từ {} được {}",
        above.indicator.code,
        text::format_quantity(Quantity { scaled: change, decimals })
    ))
}

/// Returns a sum as it is printed.
fn shown(figures: &Figures<'_>, sum: i64) -> String {
    let unit = 10_i64.pow(figures.decimals.into());
    let quantity = if sum % unit == 0 {
        Quantity::whole(sum / unit)
    } else {
        Quantity { scaled: sum, decimals: figures.decimals }
    };
    text::format_quantity(quantity)
}

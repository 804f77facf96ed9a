//! What the columns of a table have to do with each other. Where the figures are the sum or the difference of numbers
//! beside them in nearly all rows, or a share of one of these that stands there too, a row in which they are not holds a
//! slip of the pen, or numbers of another row.

use super::{
    CellContent, NoticeKind, RawValue, grid::Grid, header::ValueHeader, matcher::Matcher,
    plain_number::plain_number, sheet::SheetReading,
};
use crate::{place::CellRef, template::Measure, text::fold};

/// Fewest rows in which a relation holds that is meant.
const FEWEST: usize = 5;
/// How many rows must hold for each that does not.
const HOLD_FOR_EACH: usize = 4;
/// Most letters of the words that head men and women, with a mark of their own each.
const LONGEST_SEX: usize = 6;
/// Most columns of numbers beside the figures that are tried.
const MOST_COLUMNS: usize = 6;

/// A figure of a table.
#[derive(Clone, Copy)]
struct Figure {
    cell: CellRef,
    number: f64,
}

/// The columns whose numbers make up a figure, each added or subtracted.
type Terms = Vec<(u32, f64)>;

/// Notes the figures of a table that do not fit the numbers beside them as those of the other rows do; `end` is the
/// first row behind the table.
pub(super) fn note(
    (matcher, grid): (&Matcher, &Grid),
    header: &ValueHeader,
    end: u32,
    found: &mut SheetReading,
) {
    if header.total.is_some() || !header.units.is_empty() {
        return;
    }
    let mut values: Vec<u32> = header.parts.iter().flat_map(|part| part.values(matcher)).collect();
    values.sort_unstable();
    values.dedup();
    let sexes = sexes(grid, header);
    for value in values {
        let figures = figures(found, value, header.last_row + 1..end);
        if let Some(sexes) = sexes.filter(|sexes| !sexes.contains(&value)) {
            let terms = sexes.map(|column| (column, 1.0)).to_vec();
            let wrong = figures.iter().filter(|one| fits_sum(grid, one, &terms) == Some(false));
            let wrong: Vec<Figure> = wrong.copied().collect();
            disagree(found, wrong.into_iter().map(|figure| (figure, sexes.to_vec())));
            continue;
        }
        if figures.len() < FEWEST {
            continue;
        }
        let columns = columns((matcher, grid), header, &figures);
        let sums = terms(&columns).into_iter().find_map(|terms| {
            let wrong = wrong(&figures, |figure| fits_sum(grid, figure, &terms))?;
            Some((terms.into_iter().map(|(column, _)| column).collect::<Vec<u32>>(), wrong))
        });
        let shares = shares(grid, header, &figures);
        let mut shares = shares.into_iter().flat_map(|share| {
            let wholes = columns.iter().filter(move |whole| **whole != share);
            wholes.flat_map(move |whole| SHARES.map(|of| (share, *whole, of)))
        });
        let shares = shares.find_map(|(share, whole, of)| {
            let wrong = wrong(&figures, |figure| fits_share(grid, figure, (share, whole, of)))?;
            Some((vec![whole, share], wrong))
        });
        let others = sums.into_iter().chain(shares).flat_map(|(beside, figures)| {
            figures.into_iter().map(move |figure| (figure, beside.clone()))
        });
        disagree(found, others);
    }
}

/// Notes figures that do not fit the columns beside them.
fn disagree(found: &mut SheetReading, wrong: impl Iterator<Item = (Figure, Vec<u32>)>) {
    for (figure, beside) in wrong {
        let beside = beside.iter().map(|column| CellRef { column: *column, ..figure.cell });
        let beside = beside.collect();
        let mut values = found.values.iter();
        let value = values.find(|value| value.cell == figure.cell);
        let code = value.map(|value| value.code.clone()).unwrap_or_default();
        found.notice(figure.cell, NoticeKind::ColumnsDisagree { code, beside });
    }
}

/// Returns the columns of men and of women: what they make up is said by their heads, however few the rows are.
fn sexes(grid: &Grid, header: &ValueHeader) -> Option<[u32; 2]> {
    let column = |sex: &str| {
        let cells = (header.first_row..=header.last_row).flat_map(|row| grid.row(row));
        let mut named = cells.filter(|(cell, content)| match content {
            // Most heads are longer than these.
            CellContent::Text(words) if words.trim().chars().count() <= LONGEST_SEX => {
                header.columns.contains(&cell.column) && fold(words) == sex
            }
            _ => false,
        });
        let (cell, _) = named.next()?;
        named.next().is_none().then_some(cell.column)
    };
    Some([column("nam")?, column("nữ")?])
}

/// Returns the figures of a column in some rows.
fn figures(found: &SheetReading, column: u32, rows: std::ops::Range<u32>) -> Vec<Figure> {
    let is_of_column = |value: &&RawValue| {
        value.measure == Measure::Value
            && value.cell.column == column
            && rows.contains(&value.cell.row)
    };
    let figures = found.values.iter().filter(is_of_column).filter_map(|value| {
        Some(Figure { cell: value.cell, number: plain_number(&value.content)? })
    });
    figures.collect()
}

/// Returns the columns behind the names that have numbers beside most figures. What the unit states of the change has
/// a check of its own.
fn columns(
    (matcher, grid): (&Matcher, &Grid),
    header: &ValueHeader,
    figures: &[Figure],
) -> Vec<u32> {
    let heads = [header.code_column, header.name_column, header.unit_column];
    let first = heads.into_iter().flatten().max().unwrap_or_default();
    let is_change = |column: u32| {
        header.parts.iter().any(|part| {
            let specs = &matcher.parts[part.part].columns;
            part.columns.iter().any(|(own, spec)| {
                *own == column
                    && specs.get(*spec).is_some_and(|spec| spec.measure == Measure::Change)
            })
        })
    };
    let Some(row) = figures.first().map(|figure| figure.cell.row) else { return Vec::new() };
    let value = figures.first().map_or(0, |figure| figure.cell.column);
    let cells = grid.row(row).iter().map(|(cell, _)| cell.column);
    let others = cells.filter(|column| *column > first && *column != value && !is_change(*column));
    let has_numbers = |column: &u32| {
        let filled = figures.iter().filter(|figure| number(grid, figure, *column).is_some());
        filled.take(FEWEST).count() >= FEWEST
    };
    others.filter(has_numbers).take(MOST_COLUMNS).collect()
}

/// What a share says of a figure.
#[derive(Clone, Copy)]
enum Share {
    /// What it is of another number: how much of a plan was carried out.
    Of,
    /// By how much it is more than another number.
    Above,
}

const SHARES: [Share; 2] = [Share::Of, Share::Above];
/// How far a share may be from what is computed: it may be printed without decimals.
const ROUNDED: f64 = 0.0051;

/// Returns the columns of shares: of per cent, by the format of the cells or by the head.
fn shares(grid: &Grid, header: &ValueHeader, figures: &[Figure]) -> Vec<u32> {
    let Some(first) = figures.first().map(|figure| figure.cell) else { return Vec::new() };
    let says_share = |column: u32| {
        (header.first_row..=header.last_row).any(|row| match grid.seen(row, column) {
            CellContent::Text(words) => words.contains('%'),
            _ => false,
        })
    };
    let cells = grid.row(first.row).iter().filter(|(cell, _)| cell.column != first.column);
    let shares = cells.filter(|(cell, content)| match content {
        CellContent::Percent(_) => true,
        CellContent::Number(_) => says_share(cell.column),
        CellContent::Text(words) => words.trim_end().ends_with('%'),
        _ => false,
    });
    shares.map(|(cell, _)| cell.column).collect()
}

/// Returns whether a share says of a figure what it is; nothing where a number is missing.
fn fits_share(grid: &Grid, figure: &Figure, (share, whole, of): (u32, u32, Share)) -> Option<bool> {
    let stated = match grid.at(figure.cell.row, share) {
        CellContent::Percent(share) => *share,
        CellContent::Number(share) => share / 100.0,
        CellContent::Text(words) => {
            let words = words.trim().trim_end_matches(['%', ' ']).replace(',', ".");
            words.parse::<f64>().ok()? / 100.0
        }
        _ => return None,
    };
    let whole = number(grid, figure, whole).filter(|whole| *whole != 0.0)?;
    let computed = match of {
        Share::Of => figure.number / whole,
        Share::Above => figure.number / whole - 1.0,
    };
    Some((computed - stated).abs() < ROUNDED)
}

/// Returns the ways in which columns may make up a figure: two or three of them, some of which are subtracted.
fn terms(columns: &[u32]) -> Vec<Terms> {
    let mut all = Vec::new();
    for (at, first) in columns.iter().enumerate() {
        for (next, second) in columns.iter().enumerate().skip(at + 1) {
            all.push(vec![(*first, 1.0), (*second, 1.0)]);
            all.push(vec![(*first, 1.0), (*second, -1.0)]);
            all.push(vec![(*second, 1.0), (*first, -1.0)]);
            for third in columns.iter().skip(next + 1) {
                let three = [*first, *second, *third];
                all.push(three.map(|column| (column, 1.0)).to_vec());
                for (one, rest) in [(-1.0, 1.0), (1.0, -1.0)] {
                    let signed = |chosen: u32| {
                        let sign = |column| if column == chosen { one } else { rest };
                        three.map(|column| (column, sign(column))).to_vec()
                    };
                    all.extend(three.map(signed));
                }
            }
        }
    }
    all
}

/// Returns whether the terms make up a figure; nothing where one of them is missing. Where fewer than two are more than
/// nothing, one may be the figure by chance.
fn fits_sum(grid: &Grid, figure: &Figure, terms: &Terms) -> Option<bool> {
    let terms = terms.iter().map(|(column, sign)| Some(number(grid, figure, *column)? * sign));
    let terms: Vec<f64> = terms.collect::<Option<_>>()?;
    if terms.iter().filter(|term| **term != 0.0).count() < 2 {
        return None;
    }
    Some((terms.iter().sum::<f64>() - figure.number).abs() < 0.5)
}

/// Returns the figures that do not fit, when those of nearly all rows do; nothing when the relation means nothing or all
/// rows hold.
fn wrong(figures: &[Figure], fits: impl Fn(&Figure) -> Option<bool>) -> Option<Vec<Figure>> {
    let (mut hold, mut wrong) = (0_usize, Vec::new());
    for figure in figures {
        match fits(figure) {
            Some(true) => hold += 1,
            Some(false) => wrong.push(*figure),
            None => continue,
        }
        // Columns that have nothing to do with the figures are the rule.
        if wrong.len() > 1 + hold {
            return None;
        }
    }
    let is_meant = hold >= FEWEST && wrong.len() * HOLD_FOR_EACH <= hold;
    (is_meant && !wrong.is_empty()).then_some(wrong)
}

fn number(grid: &Grid, figure: &Figure, column: u32) -> Option<f64> {
    plain_number(grid.at(figure.cell.row, column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{
        grid::GridBuilder,
        samples::{notices, put, read_xlsx, workbook},
    };

    #[test]
    fn men_and_women_make_up_a_figure_in_every_row() {
        let read = |total: u32| {
            let lines = format!(
                "UBND XÃ TIÊN MINH\nBÁO CÁO THÁNG 3 NĂM 2024\n\nSTT|Mã|Chỉ tiêu|Trong kỳ\n|||Nam|Nữ|Tổng số\n\
                 1|A02|Số buổi tuyên truyền|2|3|5\n2|A03|Số lượt người dự|50|60|{total}"
            );
            let page = |sheet: &mut rust_xlsxwriter::Worksheet| {
                put(sheet, (0, 0), &lines);
                let (words, look) = ("Trong kỳ", rust_xlsxwriter::Format::new());
                sheet.merge_range(3, 3, 3, 5, words, &look).unwrap();
            };
            notices(&read_xlsx(&workbook(&[("Biểu 01", &page)])))
        };
        let told = |total: u32| {
            let of_columns = read(total).into_iter().filter_map(|kind| match kind {
                NoticeKind::ColumnsDisagree { code, .. } => Some(code),
                _ => None,
            });
            of_columns.collect::<Vec<_>>()
        };
        assert!(told(110).is_empty());
        assert_eq!(told(111), ["A03"]);
    }

    #[test]
    fn two_or_three_columns_make_up_a_figure() {
        let of = |columns: &[u32]| terms(columns).len();
        assert_eq!([of(&[]), of(&[1]), of(&[1, 2]), of(&[1, 2, 3])], [0, 0, 3, 16]);
    }

    #[test]
    fn a_row_that_does_not_fit_is_found_where_the_others_do() {
        let read = |rows: [[u32; 3]; 8]| {
            let mut builder = GridBuilder::default();
            for (row, [a, b, _]) in (0..).zip(rows) {
                for (column, number) in [(1, a), (2, b)] {
                    let content = CellContent::Number(number.into());
                    builder.add(CellRef { row, column }, content).unwrap();
                }
            }
            let grid = builder.finish();
            let figure = |(row, [.., value]): (u32, [u32; 3])| Figure {
                cell: CellRef { row, column: 0 },
                number: value.into(),
            };
            let figures: Vec<Figure> = (0..).zip(rows).map(figure).collect();
            let sums = terms(&[1, 2]);
            let found =
                sums.iter().find_map(|terms| wrong(&figures, |one| fits_sum(&grid, one, terms)));
            found.map(|found| found.iter().map(|one| one.cell.row).collect::<Vec<_>>())
        };
        let sum = |wrong: Option<usize>| {
            let mut rows =
                [1, 2, 3, 4, 5, 6, 7, 8].map(|one: u32| [one, one * one, one + one * one]);
            if let Some(wrong) = wrong {
                rows[wrong][2] += 100;
            }
            rows
        };
        assert_eq!(read(sum(None)), None, "all rows hold");
        assert_eq!(read(sum(Some(3))), Some(vec![3]));
        let difference = sum(None).map(|[a, b, c]| [c, a, b]);
        assert_eq!(read(difference), None);
        let mut slipped = difference;
        slipped[5][2] = 1;
        assert_eq!(read(slipped), Some(vec![5]));
        assert_eq!(read([[1, 2, 9]; 8]), None, "they have nothing to do with each other");
        let mut still = sum(None);
        still[0] = [7, 0, 7];
        still[1] = [8, 0, 9];
        assert_eq!(read(still), None, "a number beside nothing says nothing");
    }

    #[test]
    fn a_share_that_does_not_fit_is_found_where_the_others_do() {
        let read = |slipped: Option<u32>| {
            let mut builder = GridBuilder::default();
            let figure = |row: u32| f64::from(row * row + 7);
            for row in 0..8 {
                let plan = f64::from(10 + 3 * row);
                let share = if slipped == Some(row) { 0.5 } else { figure(row) / plan };
                for (column, content) in
                    [(1, CellContent::Number(plan)), (2, CellContent::Percent(share))]
                {
                    builder.add(CellRef { row, column }, content).unwrap();
                }
            }
            let grid = builder.finish();
            let figures: Vec<Figure> = (0..8)
                .map(|row| Figure { cell: CellRef { row, column: 0 }, number: figure(row) })
                .collect();
            let found = wrong(&figures, |one| fits_share(&grid, one, (2, 1, Share::Of)));
            found.map(|found| found.iter().map(|one| one.cell.row).collect::<Vec<_>>())
        };
        assert_eq!(read(None), None);
        assert_eq!(read(Some(6)), Some(vec![6]));
    }
}

//! Lines of values with a separator, as a sheet. Nothing but plain whole numbers is made a number:
//! what a dot or a comma means is decided where figures are read.

use super::{
    CellContent,
    grid::{GridBuilder, TooManyCells},
    workbook::{SheetResult, SheetState, Worksheet, number_content, text_content, too_many_cells},
};
use crate::place::CellRef;

const SEPARATORS: [u8; 4] = [b'\t', b';', b',', b'|'];
/// Lines that vote on the separator.
const VOTERS: usize = 200;
/// Longest line of a form, for whose cells room is made at once.
const MAX_LINE: usize = 1 << 20;
/// Name of the one sheet, which has none of its own.
pub(super) const SHEET: &str = "Bảng 1";

/// Returns the one sheet of the text.
pub(super) fn sheets(text: &str) -> Vec<Worksheet> {
    let text = text.trim_end_matches('\u{1a}');
    let (separator, text) = stated_separator(text).unwrap_or_else(|| (voted(text), text));
    let is_too_long = text.lines().any(|line| line.len() > MAX_LINE);
    let grid = if is_too_long { Err(too_many_cells(TooManyCells)) } else { grid(text, separator) };
    let state = grid.map_or_else(SheetState::Broken, SheetState::Read);
    vec![Worksheet { name: SHEET.to_owned(), state }]
}

fn grid(text: &str, separator: u8) -> SheetResult {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut builder = GridBuilder::default();
    let mut record = csv::StringRecord::new();
    let (mut row, mut rest) = (0, text.as_bytes());
    while reader.read_record(&mut record).map_err(|error| error.to_string())? {
        row += lines_before(&mut rest, text.len(), record.position());
        for (column, words) in (0..).zip(&record) {
            builder.add(CellRef { row, column }, content(words)).map_err(too_many_cells)?;
        }
    }
    Ok(builder.finish())
}

/// Returns how many lines end between the last record and this one, blank ones included, which the
/// reader passes over.
fn lines_before(rest: &mut &[u8], whole: usize, position: Option<&csv::Position>) -> u32 {
    let begin = position.and_then(|position| usize::try_from(position.byte()).ok());
    let done = whole - rest.len();
    let from = begin.unwrap_or(done).saturating_sub(done);
    let blank = |byte: &&u8| matches!(byte, b'\r' | b'\n');
    let blanks = rest.get(from..).map_or(0, |next| next.iter().take_while(blank).count());
    let (before, after) = rest.split_at_checked(from + blanks).unwrap_or((rest, &[]));
    *rest = after;
    // A line ends in LF, CR LF or, as old Macs write it, CR alone.
    let is_end = |(place, byte): (usize, &u8)| {
        *byte == b'\n' || (*byte == b'\r' && before.get(place + 1) != Some(&b'\n'))
    };
    let ends = before.iter().enumerate().filter(|one| is_end(*one)).count();
    u32::try_from(ends).unwrap_or(u32::MAX)
}

/// Returns words of a file without types of cells: plain whole numbers are numbers.
pub(super) fn content(words: &str) -> CellContent {
    let digits = words.trim();
    let bare = digits.strip_prefix('-').unwrap_or(digits);
    let plain = (1..=15).contains(&bare.len())
        && bare.bytes().all(|byte| byte.is_ascii_digit())
        && (bare == "0" || !bare.starts_with('0'));
    match digits.parse::<f64>() {
        Ok(number) if plain => number_content(number),
        _ => text_content(words),
    }
}

/// Returns the separator that Excel's own first line states, "sep=;", and what follows.
fn stated_separator(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let stated = line.trim_end_matches('\r').strip_prefix("sep=")?;
    match stated.as_bytes() {
        [separator] => Some((*separator, rest)),
        _ => None,
    }
}

/// Returns the separator that stands outside quotes in most lines; of equals the first.
fn voted(text: &str) -> u8 {
    let mut votes = [0_usize; SEPARATORS.len()];
    for line in text.lines().take(VOTERS) {
        let mut quoted = false;
        let mut counts = [0_usize; SEPARATORS.len()];
        for byte in line.bytes() {
            quoted ^= byte == b'"';
            for (count, separator) in counts.iter_mut().zip(SEPARATORS) {
                *count += usize::from(!quoted && byte == separator);
            }
        }
        // A sentence has one or two commas; a line of a table has more separators.
        for (vote, count) in votes.iter_mut().zip(counts) {
            *vote += count.min(3);
        }
    }
    let best = votes.iter().max().copied().unwrap_or(0);
    let position = votes.iter().position(|vote| *vote == best).unwrap_or(0);
    SEPARATORS.get(position).copied().unwrap_or(b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(String, CellContent)> {
        let sheets = sheets(text);
        let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
        let rows = grid.row_numbers();
        let cells = rows.flat_map(|row| grid.row(row).to_vec());
        cells.map(|(cell, content)| (cell.to_string(), content)).collect()
    }

    #[test]
    fn the_separator_is_stated_or_voted() {
        let words = |text: &str| CellContent::Text(text.to_owned());
        let expected = vec![
            ("A1".to_owned(), words("A01")),
            ("B1".to_owned(), words("Tổng số, lượt")),
            ("C1".to_owned(), CellContent::Number(12.0)),
        ];
        assert_eq!(cells("A01;\"Tổng số, lượt\";12\n"), expected);
        assert_eq!(cells("A01\t\"Tổng số, lượt\"\t12\r\n"), expected);
        assert_eq!(cells("A01,\"Tổng số, lượt\",12"), expected);
        assert_eq!(cells("sep=#\r\nA01#Tổng số, lượt#12\r\n"), expected);
    }

    #[test]
    fn only_plain_whole_numbers_are_numbers() {
        assert_eq!(content(" -12 "), CellContent::Number(-12.0));
        assert_eq!(content("0"), CellContent::Number(0.0));
        for words in ["1.234", "1,5", "011902", "1e5", "+3", "12%", "9999999999999999"] {
            assert_eq!(content(words), CellContent::Text(words.to_owned()));
        }
        assert_eq!(content("  "), CellContent::Empty);
    }

    #[test]
    fn blank_lines_keep_the_places() {
        let places: Vec<String> =
            cells("a;b\n\n\n;c\n").into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["A1", "B1", "B4"]);
        for ends in ["a\rb\r\rc\r", "a\r\nb\r\n\r\nc", "a\nb\n\nc\n"] {
            let places: Vec<String> = cells(ends).into_iter().map(|(place, _)| place).collect();
            assert_eq!(places, ["A1", "A2", "A4"], "{ends:?}");
        }
    }
}

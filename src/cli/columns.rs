//! Tables on a terminal: columns of equal width, counted as a terminal shows them, cells wrapped at
//! blanks so that a line fits. No colour.

use unicode_width::UnicodeWidthStr;

/// Blanks between columns.
const GAP: usize = 2;
/// Least width of a column that is wrapped.
const LEAST: usize = 12;

/// Returns rows, the first of them heads, as a table of at most this width as far as it is possible.
pub(super) fn wrapped<const COLUMNS: usize>(rows: &[[String; COLUMNS]], width: usize) -> String {
    let natural = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..COLUMNS).map(natural).collect();
    let room = width.saturating_sub(GAP * COLUMNS.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter_mut().max().filter(|widest| **widest > LEAST);
        let Some(widest) = widest else { break };
        *widest -= 1;
    }
    let mut out = String::new();
    for (position, row) in rows.iter().enumerate() {
        let cells: Vec<Vec<String>> =
            row.iter().zip(&widths).map(|(cell, width)| lines(cell, *width)).collect();
        let depth = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..depth {
            let pieces = cells
                .iter()
                .zip(&widths)
                .map(|(cell, width)| padded(cell.get(line).map_or("", String::as_str), *width));
            let joined = pieces.collect::<Vec<_>>().join(&" ".repeat(GAP));
            out.push_str(joined.trim_end());
            out.push('\n');
        }
        if position == 0 {
            let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            out.push_str(&rules.join(&" ".repeat(GAP)));
            out.push('\n');
        }
    }
    out
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Returns text in lines of at most this width, broken at blanks, long words within themselves.
fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        for piece in pieces(word, width.max(1)) {
            let line = lines.last_mut().expect("there is always a line");
            if line.is_empty() {
                *line = piece;
            } else if line.width() + 1 + piece.width() <= width {
                line.push(' ');
                line.push_str(&piece);
            } else {
                lines.push(piece);
            }
        }
    }
    lines
}

fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for character in word.chars() {
        let piece = pieces.last_mut().expect("there is always a piece");
        if !piece.is_empty() && format!("{piece}{character}").width() > width {
            pieces.push(character.to_string());
        } else {
            piece.push(character);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_words_are_aligned_and_fit() {
        let rows = [
            ["Chỗ", "Chữ trong tệp", "Hiểu là"].map(str::to_owned),
            ["dòng 12", "Số ho\u{302}\u{323}i nghị, buổi tuyên truyền trực tiếp ở thôn", "A02?"]
                .map(str::to_owned),
        ];
        let table = wrapped(&rows, 40);
        for line in table.lines() {
            assert!(line.width() <= 40, "{line}");
        }
        let starts: Vec<usize> = table
            .lines()
            .filter_map(|line| {
                line.find("A02?")
                    .or(line.find("Hiểu"))
                    .and_then(|at| line.get(..at))
                    .map(str::width)
            })
            .collect();
        assert_eq!(starts.len(), 2);
        assert_eq!(starts[0], starts[1]);
    }
}

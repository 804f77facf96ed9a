//! The status as text: one sentence of totals, then two or three lines a unit, made for the width of the
//! terminal. Widths are those that a terminal gives to characters.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::{
    period::Period,
    template::Body,
    text::{format_date, format_month},
    validate::{Discipline, Standing},
};

/// What is said of a unit.
pub(super) struct Line<'a> {
    /// Short name.
    pub(super) name: &'a str,
    /// Key.
    pub(super) key: &'a str,
    /// How it kept the discipline.
    pub(super) discipline: &'a Discipline,
    /// File of the return that counts.
    pub(super) file: Option<&'a str>,
    /// Errors, without those that follow from others.
    pub(super) to_correct: usize,
    /// Warnings that nobody has explained.
    pub(super) to_explain: usize,
    /// Warnings that the unit has explained.
    pub(super) explained: usize,
}

/// Columns beside the name.
const HEADS: [&str; 5] = ["Tình trạng", "Số liệu", "Lỗi", "Cảnh báo", "Giải trình"];

/// Fewest columns of a name.
const NARROWEST_NAME: usize = 16;

impl Line<'_> {
    /// Returns whether nothing that counts is there although it must be.
    pub(super) fn is_absent(&self) -> bool {
        matches!(self.discipline.standing, Standing::NotReturned | Standing::NotAccepted)
    }

    /// Returns the place in the order: the worst first.
    pub(super) fn rank(&self) -> u8 {
        match self.discipline.standing {
            Standing::NotAccepted => 0,
            Standing::NotReturned => 1,
            Standing::NotRequired => 7,
            _ if self.to_correct > 0 => 2,
            _ if self.to_explain > 0 => 3,
            _ if self.discipline.signed_paper.is_none() => 4,
            Standing::Late { .. } => 5,
            Standing::OnTime | Standing::Unknown => 6,
        }
    }
}

/// Returns the sentence of totals and the lines of the units.
pub(super) fn table(lines: &[Line<'_>], body: &Body, period: Period, columns: usize) -> String {
    let mut rows: Vec<[String; 6]> = vec![head()];
    rows.extend(lines.iter().map(row));
    let mut widths: [usize; 6] = [0; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let others: usize = widths.iter().skip(1).map(|width| width + 2).sum();
    widths[0] = widths[0].min(columns.saturating_sub(others).max(NARROWEST_NAME));
    let mut text = format!("{} {}\n", capitalised(&body.messages.report), format_month(period));
    text.push_str(&wrapped(&totals(lines), columns));
    text.push('\n');
    let mut rows = rows.iter();
    if let Some(head) = rows.next() {
        push_row(&mut text, head, &widths);
    }
    for (row, line) in rows.zip(lines) {
        push_row(&mut text, row, &widths);
        for detail in details(line, columns) {
            let _infallible = writeln!(text, "{detail}");
        }
    }
    text
}

/// Returns the sentence of totals.
pub(super) fn totals(lines: &[Line<'_>]) -> String {
    let count = |wanted: &dyn Fn(&Line<'_>) -> bool| lines.iter().filter(|one| wanted(one)).count();
    let standing = |wanted: fn(Standing) -> bool| count(&|one| wanted(one.discipline.standing));
    let returned = count(&|one| one.file.is_some());
    let asked = lines.len() - standing(|one| one == Standing::NotRequired);
    let mut sentence = format!("Đã nhận {returned}/{asked} báo cáo");
    let parts = |list: &[(usize, &str)]| -> Vec<String> {
        let said = list.iter().filter(|(number, _)| *number > 0);
        said.map(|(number, words)| format!("{number} {words}")).collect()
    };
    let arrived = parts(&[
        (standing(|one| one == Standing::OnTime), "đúng hạn"),
        (standing(|one| matches!(one, Standing::Late { .. })), "gửi muộn"),
        (standing(|one| one == Standing::Unknown), "không rõ lúc nhận"),
    ]);
    if !arrived.is_empty() {
        let _infallible = write!(sentence, " ({})", arrived.join(", "));
    }
    let here = |one: &Line<'_>| one.file.is_some();
    let unsigned = count(&|one| here(one) && one.discipline.signed_paper.is_none());
    for part in parts(&[
        (standing(|one| one == Standing::NotReturned), "chưa gửi"),
        (standing(|one| one == Standing::NotAccepted), "bị từ chối, phải gửi lại"),
        (count(&|one| here(one) && one.to_correct > 0), "phải sửa"),
        (count(&|one| here(one) && one.to_explain > 0), "cần giải trình"),
        (unsigned, "chưa có bản ký"),
    ]) {
        let _infallible = write!(sentence, "; {part}");
    }
    sentence.push('.');
    sentence
}

/// Returns where a unit stands, in words.
pub(super) fn standing(discipline: &Discipline) -> String {
    let text = match discipline.standing {
        Standing::OnTime => "đúng hạn".to_owned(),
        Standing::Late { days } => format!("chậm {days} ngày"),
        Standing::Unknown => "không rõ lúc nhận".to_owned(),
        Standing::NotAccepted => "bị từ chối".to_owned(),
        Standing::NotReturned => "chưa gửi".to_owned(),
        Standing::NotRequired => "không bắt buộc".to_owned(),
    };
    if discipline.extended { format!("{text} (gia hạn)") } else { text }
}

fn head() -> [String; 6] {
    let [standing, figures, errors, warnings, explained] = HEADS.map(str::to_owned);
    ["Đơn vị".to_owned(), standing, figures, errors, warnings, explained]
}

fn row(line: &Line<'_>) -> [String; 6] {
    let discipline = line.discipline;
    let count = |count: usize| if count == 0 { "-".to_owned() } else { count.to_string() };
    let usable = discipline.figures_expected.saturating_sub(discipline.figures_missing);
    let figures = match discipline.submission {
        Some(_) => format!("{usable}/{}", discipline.figures_expected),
        None => "-".to_owned(),
    };
    [
        line.name.to_owned(),
        standing(discipline),
        figures,
        count(line.to_correct),
        count(line.to_explain),
        count(line.explained),
    ]
}

/// Returns when the return came, in which submission, its signed paper and its file, on one line where
/// that fits; nothing for a unit of which there is nothing.
fn details(line: &Line<'_>, columns: usize) -> Vec<String> {
    let discipline = line.discipline;
    let received = discipline
        .received
        .map(|time| format!("nhận {} {}", time.format("%H:%M"), format_date(time.date())));
    if received.is_none() && line.file.is_none() {
        return Vec::new();
    }
    let submission = discipline.submission.map(|submission| format!("lần gửi {submission}"));
    let signed = match &discipline.signed_paper {
        Some(paper) => format!("bản ký {paper}"),
        None => "chưa có bản ký".to_owned(),
    };
    let mut parts: Vec<String> = received.into_iter().chain(submission).collect();
    let without_file = format!("  {}; {signed}", parts.join(", "));
    let Some(file) = line.file.map(|path| path.rsplit('/').next().unwrap_or(path)) else {
        return vec![cut(&without_file, columns)];
    };
    parts.push(file.to_owned());
    let whole = format!("  {}; {signed}", parts.join(", "));
    if whole.width() <= columns {
        return vec![whole];
    }
    vec![cut(&without_file, columns), cut(&format!("  tệp {file}"), columns)]
}

fn push_row(text: &mut String, row: &[String; 6], widths: &[usize; 6]) {
    let mut line = String::new();
    for (position, (cell, width)) in row.iter().zip(widths).enumerate() {
        let cell = cut(cell, *width);
        let blanks = " ".repeat(width.saturating_sub(cell.width()));
        // Words stand left, numbers right.
        let _infallible = match position {
            0 | 1 => write!(line, "{cell}{blanks}  "),
            _ => write!(line, "{blanks}{cell}  "),
        };
    }
    text.push_str(line.trim_end());
    text.push('\n');
}

/// Returns words in at most so many columns, the last of them `…` where something was left out.
fn cut(words: &str, columns: usize) -> String {
    if words.width() <= columns {
        return words.to_owned();
    }
    let mut kept = String::new();
    for character in words.chars() {
        let mut longer = kept.clone();
        longer.push(character);
        if longer.width() + 1 > columns {
            break;
        }
        kept = longer;
    }
    format!("{}…", kept.trim_end())
}

/// Returns words in lines of at most so many columns.
fn wrapped(words: &str, columns: usize) -> String {
    let mut text = String::new();
    let mut length = 0;
    for word in words.split(' ') {
        if length > 0 && length + 1 + word.width() > columns {
            text.push('\n');
            length = 0;
        } else if length > 0 {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += word.width();
    }
    text.push('\n');
    text
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::UnitIx;

    fn discipline(standing: Standing) -> Discipline {
        Discipline {
            unit: UnitIx(0),
            deadline: "2024-03-18T16:00:00".parse().unwrap(),
            extended: true,
            received: Some("2024-03-18T15:05:00".parse().unwrap()),
            signed_paper: Some("62/BC-UBND ngày 18/03/2024".to_owned()),
            standing,
            submission: Some(2),
            figures_missing: 1,
            figures_expected: 59,
        }
    }

    fn line<'a>(discipline: &'a Discipline, name: &'a str, file: &'a str) -> Line<'a> {
        let (to_correct, to_explain, explained) = (1, 0, 12);
        Line { name, key: "", discipline, file: Some(file), to_correct, to_explain, explained }
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let discipline = discipline(Standing::OnTime);
        let name = "Phòng Lao động - Thương binh và Xã hội";
        let file = "2024-03/Bieu 02 Phòng Lao động (bản sửa lần hai, đã ký) 報告書 tháng 3.xlsx";
        let lines = [line(&discipline, name, file), line(&discipline, "xã A", "a.xlsx")];
        let body = crate::template::fixtures::district().body;
        for columns in [80, 120, 200] {
            let text = table(&lines, &body, "2024-03".parse().unwrap(), columns);
            let widest = text.lines().map(UnicodeWidthStr::width).max();
            assert!(widest <= Some(columns), "{columns}: {widest:?}\n{text}");
            assert!(text.contains("đúng hạn (gia hạn)") && text.contains("58/59"), "{text}");
            assert_eq!(text.contains(name), columns > 80, "{text}");
            assert!(text.contains("  nhận 15:05 18/3/2024, lần gửi 2, a.xlsx; bản ký"), "{text}");
        }
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(cut("報告書.xlsx", 6), "報告…");
        assert_eq!(cut("Tie\u{302}n", 4), "Tie\u{302}n", "a mark takes none");
        assert_eq!(wrapped("một hai ba", 7), "một hai\nba\n");
    }

    #[test]
    fn the_worst_come_first_and_totals_count_units() {
        let standings = [
            Standing::OnTime,
            Standing::Late { days: 2 },
            Standing::NotReturned,
            Standing::NotAccepted,
            Standing::NotRequired,
        ];
        let disciplines = standings.map(discipline);
        let mut lines: Vec<Line<'_>> =
            disciplines.iter().map(|one| line(one, "xã A", "a.xlsx")).collect();
        for line in lines.iter_mut().skip(2) {
            line.file = None;
        }
        lines[0].to_correct = 0;
        let ranks: Vec<u8> = lines.iter().map(Line::rank).collect();
        assert_eq!(ranks, [6, 2, 1, 0, 7]);
        let expected = "Đã nhận 2/4 báo cáo (1 đúng hạn, 1 gửi muộn); 1 chưa gửi; 1 bị từ chối, phải \
                        gửi lại; 1 phải sửa.";
        assert_eq!(totals(&lines), expected);
    }
}

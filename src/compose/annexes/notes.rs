//! Footnotes of a table: a mark at the figure, one line under the table for each different note, and
//! the key of the signs of statistics.

use crate::{
    aggregate::{Figure, Footnote, Statistic},
    compose::{
        document::{ConstantKind, Run, shown},
        lookup::Lookup,
        typography::glue,
    },
};

/// The notes of a table, in the order of their marks.
#[derive(Debug, Default)]
pub(in crate::compose) struct Notes {
    lines: Vec<Vec<Run>>,
    remarks: Vec<Vec<Run>>,
}

impl Notes {
    /// Returns the marks of a figure's footnotes, raised; none when it has no footnote.
    pub(in crate::compose) fn marks(&mut self, lookup: &Lookup<'_>, figure: &Figure) -> Vec<Run> {
        self.marks_of(lookup, figure, &figure.footnotes)
    }

    /// Returns the marks of footnotes of a figure.
    pub(in crate::compose) fn marks_of(
        &mut self,
        lookup: &Lookup<'_>,
        figure: &Figure,
        footnotes: &[Footnote],
    ) -> Vec<Run> {
        let numbers: Vec<String> = footnotes
            .iter()
            .map(|footnote| self.number(words(lookup, figure, *footnote)).to_string())
            .collect();
        if numbers.is_empty() {
            return Vec::new();
        }
        let text = format!("({})", numbers.join(","));
        vec![Run { superscript: true, ..Run::constant(ConstantKind::Footnote, text) }]
    }

    /// Adds a line without a mark, once.
    pub(in crate::compose) fn remark(&mut self, words: &str) {
        let line = vec![Run::text(words)];
        if !self.remarks.contains(&line) {
            self.remarks.push(line);
        }
    }

    /// Returns the lines under the table.
    pub(in crate::compose) fn into_lines(self) -> Vec<Vec<Run>> {
        let marked = (1..).zip(self.lines).map(|(number, words): (usize, Vec<Run>)| {
            let mark = Run::constant(ConstantKind::Footnote, format!("({number})"));
            [Run { superscript: true, ..mark }, Run::text(" ")].into_iter().chain(words).collect()
        });
        self.remarks.into_iter().chain(marked).collect()
    }

    /// Returns the number of a note, from 1; equal notes share it.
    fn number(&mut self, words: Vec<Run>) -> usize {
        let text = shown(&words);
        let known = self.lines.iter().position(|line| shown(line) == text);
        known.map_or_else(
            || {
                self.lines.push(words);
                self.lines.len()
            },
            |position| position + 1,
        )
    }
}

/// Returns the key of the signs of statistics.
pub(in crate::compose) fn key_of_signs() -> Vec<Run> {
    let words = "Ghi chú ký hiệu: \"-\" là không phát sinh; \"…\" là chưa có số liệu; \"x\" là không \
                 áp dụng.";
    vec![Run::text(words)]
}

fn words(lookup: &Lookup<'_>, figure: &Figure, footnote: Footnote) -> Vec<Run> {
    let words = match footnote {
        Footnote::Incomplete => return incomplete(lookup, figure),
        Footnote::PreviousCorrected => "Số liệu kỳ trước đã điều chỉnh.",
        Footnote::IncludesTemporaryResidents => "Gồm cả công dân tạm trú.",
        Footnote::YearIncomplete => "Lũy kế chưa đủ số liệu các tháng trong năm.",
        Footnote::CarriedForward => "Tạm tính theo số liệu gần nhất của đơn vị chưa có số liệu.",
        Footnote::Doubtful => "Số liệu đang được rà soát, đối chiếu.",
    };
    vec![Run::text(words)]
}

/// Returns "Số liệu của 20/21 đơn vị.", the numbers as figures where the table has them.
///
/// Where no unit has a figure the note says so; "0/21" would read like a mistake.
pub(in crate::compose) fn incomplete(lookup: &Lookup<'_>, figure: &Figure) -> Vec<Run> {
    if figure.reported == 0 {
        return vec![Run::text("Chưa có đơn vị nào có số liệu.")];
    }
    let count = |statistic, count: u32| {
        // What is counted of the period says nothing of an earlier month.
        let of_period = !matches!(figure.statistic, Statistic::MonthsAgo(_));
        let row = lookup.figures.get(figure.subject, figure.scope, statistic);
        let row = row.filter(|_| of_period).filter(|row| {
            row.value.is_some_and(|value| value.decimals == 0 && value.scaled == i64::from(count))
        });
        row.map_or_else(
            || Run::constant(ConstantKind::Footnote, count.to_string()),
            |row| {
                let mut cited = lookup.table_figure(&row);
                cited.shown = count.to_string();
                Run::figure(cited)
            },
        )
    };
    glue(vec![
        Run::text("Số liệu của "),
        count(Statistic::Reported, figure.reported),
        Run::text("/"),
        count(Statistic::Expected, figure.expected),
        Run::text(" đơn vị."),
    ])
}

#[cfg(test)]
mod tests {
    use crate::compose::{
        document::{Block, Table, shown},
        samples::{Month, Values},
    };

    const BEFORE: Values<'_> = &[("B06", 1_000), ("B07", 3_000), ("B08", 3_000), ("B10", 50)];

    fn lines(table: &Table) -> String {
        let lines: Vec<String> = table.notes.iter().map(|line| shown(line)).collect();
        lines.join("\n").replace('\u{a0}', " ")
    }

    #[test]
    fn a_total_says_of_which_units_each_of_its_numbers_is() {
        let (now, less) = (
            [("B02", 6_000), ("B06", 1_000), ("B07", 3_000), ("B08", 3_120), ("B10", 60)],
            [("B02", 6_000), ("B06", 900), ("B07", 2_000)],
        );
        let units = [
            ("tien-minh", now.as_slice(), BEFORE),
            ("bac-hung", &now, BEFORE),
            ("tu-cuong", &less, BEFORE),
            ("nam-hung", &[], BEFORE),
        ];
        let document = Month::of(&units).document();
        let section = document.sections.iter().find(|section| section.name == "PL II").unwrap();
        let Some(Block::Table(table)) = section.blocks.last() else { panic!("a table comes last") };
        let total: Vec<String> =
            table.rows.last().unwrap().cells.iter().map(|cell| shown(&cell.runs)).collect();
        assert_eq!(total[0], "Toàn huyện(1)");
        assert_eq!((&*total[1], &*total[6]), ("18.000", "12.000(2)"), "four had a number before");
        let notes = lines(table);
        for line in [
            "Cột có công thức chỉ tính trên các đơn vị có đủ số liệu của những cột dùng để tính.",
            "(1) Số liệu của 3/4 đơn vị.",
            "(2) Số liệu của 4/4 đơn vị.",
            "(3) Số liệu của 2/4 đơn vị.",
        ] {
            assert!(notes.contains(line), "{line}: {notes}");
        }
        let complete = Month::of(&units[..2]).document();
        let section = complete.sections.iter().find(|section| section.name == "PL II").unwrap();
        let Some(Block::Table(table)) = section.blocks.last() else { panic!("a table comes last") };
        assert!(!lines(table).contains("Cột có công thức"), "the row adds up");
    }
}

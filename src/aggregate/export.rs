//! The table as CSV for other programs: codes, a decimal point, empty where there is no number.

use std::fmt::{Display, Write};

use super::{Figure, Figures, Scope, Statistic, Tier, directory::SubjectKind};
use crate::{quantity::Quantity, template::IndicatorKind};

/// The columns of the table outside the program, in order.
pub const FIGURE_COLUMNS: [&str; 16] = [
    "id",
    "period",
    "indicator",
    "label",
    "unit_of_count",
    "scope_kind",
    "unit_key",
    "unit_code",
    "scope_name",
    "statistic",
    "value",
    "decimals",
    "state",
    "reported",
    "expected",
    "footnotes",
];

/// A row of the table in the words that other programs know it by.
#[derive(Debug, Clone, Copy)]
pub struct FigureRecord<'a> {
    /// Code of the indicator, ratio or derived sum.
    pub indicator: &'a str,
    /// Name of it.
    pub label: &'a str,
    /// What it counts.
    pub unit_of_count: &'a str,
    /// "whole", "group", "block", "parent", "unit".
    pub scope_kind: &'a str,
    /// Key of the scope.
    pub unit_key: &'a str,
    /// Code of the unit; empty where there is none.
    pub unit_code: &'a str,
    /// Name of the scope.
    pub scope_name: &'a str,
    /// Key of the statistic.
    pub statistic: &'static str,
    /// Key of the state.
    pub state: &'static str,
    /// The figure.
    pub figure: &'a Figure,
}

impl Figures {
    /// Returns the whole table as CSV in UTF-8.
    pub fn csv(&self) -> Vec<u8> {
        let mut csv = Self::csv_head();
        for subject in 0..self.subject_count() {
            csv.extend(self.csv_rows(subject, Tier::AboveUnits));
            csv.extend(self.csv_rows(subject, Tier::Units));
        }
        csv
    }

    /// Returns the first line of the CSV.
    pub fn csv_head() -> Vec<u8> {
        format!("{}\n", FIGURE_COLUMNS.join(",")).into_bytes()
    }

    /// Returns the lines of the CSV of a subject, by its position, in the scopes of a tier.
    pub fn csv_rows(&self, subject: usize, tier: Tier) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let period = self.period().to_string();
        let mut words = String::new();
        for figure in self.rows(subject, tier) {
            self.record(&figure).write_csv(&mut writer, &period, &mut words);
        }
        writer.into_inner().expect("memory takes all that is written")
    }

    /// Returns what a figure counts: "tài khoản", "%", "điểm phần trăm", "đơn vị".
    pub fn unit_of_count(&self, figure: &Figure) -> &str {
        let Some(entry) = self.directory.entry(figure.subject) else { return "" };
        let tick = matches!(entry.kind, SubjectKind::Counted { kind: IndicatorKind::Tick, .. });
        match figure.statistic {
            Statistic::PointChange => "điểm phần trăm",
            Statistic::TargetRatio | Statistic::ChangePercent => "%",
            Statistic::Rank => "",
            Statistic::RatioNumerator | Statistic::RatioDenominator => self.side_unit(figure),
            statistic if statistic.counts_units() => "đơn vị",
            _ if tick && !matches!(figure.scope, Scope::Unit(_)) => "đơn vị",
            _ => &entry.unit_of_count,
        }
    }

    fn side_unit(&self, figure: &Figure) -> &str {
        let Some(entry) = self.directory.entry(figure.subject) else { return "" };
        let SubjectKind::Ratio { numerator, denominator, .. } = &entry.kind else { return "" };
        let above = figure.statistic == Statistic::RatioNumerator;
        let side = if above { numerator } else { denominator };
        let first = side.first().map(|first| super::Subject::Indicator(*first));
        first.and_then(|first| self.directory.entry(first)).map_or("", |entry| &entry.unit_of_count)
    }

    /// Returns a row of the table in the words of other programs.
    pub fn record<'a>(&'a self, figure: &'a Figure) -> FigureRecord<'a> {
        let [kind, key, code, name] = self.directory.scope_names(figure.scope);
        FigureRecord {
            indicator: self.code(figure.subject),
            label: self.label(figure.subject),
            unit_of_count: self.unit_of_count(figure),
            scope_kind: kind,
            unit_key: key,
            unit_code: code,
            scope_name: name,
            statistic: figure.statistic.key(),
            state: figure.state.key(),
            figure,
        }
    }
}

impl FigureRecord<'_> {
    /// Adds the id to a text.
    pub fn add_id(&self, text: &mut String) {
        for part in [self.indicator, ".", self.scope_kind, ".", self.unit_key, ".", self.statistic]
        {
            text.push_str(part);
        }
    }

    /// Adds the keys of the footnotes to a text, with `|` between them.
    pub fn add_footnotes(&self, text: &mut String) {
        for (position, footnote) in self.figure.footnotes.iter().enumerate() {
            if position > 0 {
                text.push('|');
            }
            text.push_str(footnote.key());
        }
    }

    /// Writes a line of the CSV; `words` is room for what is put together.
    fn write_csv(&self, writer: &mut csv::Writer<Vec<u8>>, period: &str, words: &mut String) {
        let mut write = |field: &str| {
            writer.write_field(field).expect("memory takes all that is written");
        };
        let mut put = |write: &mut dyn FnMut(&str), add: &dyn Fn(&mut String)| {
            words.clear();
            add(words);
            write(words);
        };
        let figure = self.figure;
        put(&mut write, &|words| self.add_id(words));
        for field in [period, self.indicator, self.label, self.unit_of_count, self.scope_kind] {
            write(field);
        }
        for field in [self.unit_key, self.unit_code, self.scope_name, self.statistic] {
            write(field);
        }
        put(&mut write, &|words| {
            figure.value.into_iter().for_each(|value| add_decimal(words, value));
        });
        put(&mut write, &|words| {
            figure.value.into_iter().for_each(|value| add_number(words, value.decimals));
        });
        write(self.state);
        put(&mut write, &|words| add_number(words, figure.reported));
        put(&mut write, &|words| add_number(words, figure.expected));
        put(&mut write, &|words| self.add_footnotes(words));
        writer.write_record(None::<&[u8]>).expect("memory takes all that is written");
    }
}

/// Adds a number with a decimal point: `-3.50`.
fn add_decimal(text: &mut String, quantity: Quantity) {
    let unit = 10_u64.pow(u32::from(quantity.decimals));
    let magnitude = quantity.scaled.unsigned_abs();
    if quantity.scaled < 0 {
        text.push('-');
    }
    add_number(text, magnitude / unit);
    if quantity.decimals > 0 {
        let width = usize::from(quantity.decimals);
        let _infallible = write!(text, ".{:0width$}", magnitude % unit);
    }
}

fn add_number(text: &mut String, number: impl Display) {
    let _infallible = write!(text, "{number}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_decimal_point() {
        let print = |scaled, decimals| {
            let mut text = String::new();
            add_decimal(&mut text, Quantity { scaled, decimals });
            text
        };
        assert_eq!(print(1_234_567, 0), "1234567");
        assert_eq!(print(-350, 2), "-3.50");
        assert_eq!(print(5, 2), "0.05");
        assert_eq!(print(-5, 2), "-0.05");
    }
}

//! The table as CSV for other programs: codes, a decimal point, empty where there is no number.

use super::{Figure, Figures, Scope, Statistic, directory::SubjectKind};
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

impl Figures {
    /// Returns the rows of the table that are wanted as CSV in UTF-8.
    pub fn csv_where(&self, wanted: impl Fn(&Figure) -> bool) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut write = |record: &[String; FIGURE_COLUMNS.len()]| {
            writer.write_record(record).expect("a record of fixed length goes into memory");
        };
        write(&FIGURE_COLUMNS.map(str::to_owned));
        for figure in self.iter().filter(wanted) {
            write(&self.record(&figure));
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

    /// Returns a row of the table as text, one entry a column of [`FIGURE_COLUMNS`].
    pub fn record(&self, figure: &Figure) -> [String; FIGURE_COLUMNS.len()] {
        let [kind, key, code, name] = self.directory.scope_names(figure.scope).map(str::to_owned);
        let footnotes: Vec<&str> = figure.footnotes.iter().map(|footnote| footnote.key()).collect();
        [
            self.id(figure),
            self.period().to_string(),
            self.code(figure.subject).to_owned(),
            self.label(figure.subject).to_owned(),
            self.unit_of_count(figure).to_owned(),
            kind,
            key,
            code,
            name,
            figure.statistic.key().to_owned(),
            figure.value.map(decimal).unwrap_or_default(),
            figure.value.map(|value| value.decimals.to_string()).unwrap_or_default(),
            figure.state.key().to_owned(),
            figure.reported.to_string(),
            figure.expected.to_string(),
            footnotes.join("|"),
        ]
    }
}

/// Returns a number with a decimal point: `-3.50`.
fn decimal(quantity: Quantity) -> String {
    let unit = 10_u64.pow(u32::from(quantity.decimals));
    let magnitude = quantity.scaled.unsigned_abs();
    let sign = if quantity.scaled < 0 { "-" } else { "" };
    if quantity.decimals == 0 {
        return format!("{sign}{magnitude}");
    }
    let width = usize::from(quantity.decimals);
    format!("{sign}{}.{:0width$}", magnitude / unit, magnitude % unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_decimal_point() {
        let print = |scaled, decimals| decimal(Quantity { scaled, decimals });
        assert_eq!(print(1_234_567, 0), "1234567");
        assert_eq!(print(-350, 2), "-3.50");
        assert_eq!(print(5, 2), "0.05");
        assert_eq!(print(-5, 2), "-0.05");
    }
}

//! Charts of a document: what is shown, without a length, a font or a pattern.
//!
//! A missing figure stays missing: its place is kept, a renderer writes its sign there, and the
//! notes under the chart say whose it is.

use super::{Constant, FigureRef, Run};

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What kind of chart it is.
    pub kind: ChartKind,
    /// "Biểu đồ 1. …", the number as a constant.
    pub caption: Vec<Run>,
    /// What the series count: "tài khoản"; the figures beside may count something else.
    pub unit_of_count: String,
    /// Name of each category: units, stages, months, indicators; in the order they are shown.
    pub categories: Vec<Vec<Run>>,
    /// What is drawn, one value a category.
    pub series: Vec<ChartSeries>,
    /// A mark at each category that its first series is measured against; one value a category.
    pub target: Option<ChartSeries>,
    /// Figures written beside each category and not drawn; one value a category.
    pub beside: Vec<ChartSeries>,
    /// The scale, ascending, from its lower end to its upper end; every value and target lies
    /// within. Empty when there is nothing to draw.
    pub ticks: Vec<Constant>,
    /// Lines under the chart: what is missing, over which units a figure is.
    pub notes: Vec<Vec<Run>>,
    /// The chart in sentences with its main figures, for who cannot see it.
    pub alternative: Vec<Run>,
}

/// Kinds of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar a category, its target as a mark.
    Bars,
    /// A bar a category, each a part of the one before.
    Funnel,
    /// A line a series; the categories are months.
    Lines,
    /// A bar for each series in each category.
    GroupedBars,
}

/// A row of figures of a chart, one a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartSeries {
    /// Name in the key and at the head of figures beside.
    pub name: Vec<Run>,
    /// The figures; nothing where the table has no such row. A figure without a value is missing
    /// or does not apply, and shows the sign of it.
    pub values: Vec<Option<FigureRef>>,
}

impl Chart {
    /// Returns every list of runs that a reader sees or hears, figures of the series apart.
    pub fn words(&self) -> impl Iterator<Item = &[Run]> {
        let series = self.series.iter().chain(&self.target).chain(&self.beside);
        let names = series.map(|series| &series.name);
        [&self.caption, &self.alternative]
            .into_iter()
            .chain(&self.categories)
            .chain(names)
            .chain(&self.notes)
            .map(Vec::as_slice)
    }

    /// Returns every figure of the series, the target and the figures beside.
    pub fn figures(&self) -> impl Iterator<Item = &FigureRef> {
        let series = self.series.iter().chain(&self.target).chain(&self.beside);
        series.flat_map(|series| series.values.iter().flatten())
    }
}

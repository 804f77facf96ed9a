//! The charts (`[bieu_do]` in `phu-luc.toml`): which figures are drawn, how, and where they stand.

/// The charts of a report.
#[derive(Debug, Clone, Default)]
pub struct Charts {
    /// Title of the charts' annex in capitals, one entry a printed line; `{ky}`, `{den}` are
    /// filled in.
    pub title: Vec<String>,
    /// Name of the annex's sheet in the workbook.
    pub sheet: String,
    /// Where the charts stand.
    pub place: ChartPlace,
    /// The charts, in order of their numbers.
    pub list: Vec<ChartTemplate>,
}

/// Where the charts stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ChartPlace {
    /// In an annex of their own, the last.
    Annex,
    /// In the body, each after the paragraph that refers to it first; one that nothing refers to
    /// after the chart before it.
    Body,
    /// Nowhere.
    #[default]
    Nowhere,
}

/// A chart.
#[derive(Debug, Clone)]
pub struct ChartTemplate {
    /// The key by which the words refer to it.
    pub key: String,
    /// What it shows; the caption after "Biểu đồ 1. ". `{ky}`, `{den}` are filled in.
    pub title: String,
    /// What is drawn.
    pub content: ChartContent,
}

/// What a chart draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChartContent {
    /// A bar for each unit of a group, best first.
    Units {
        /// Key of the group.
        group: String,
        /// The length of the bars.
        bars: NamedFigure,
        /// The mark at each bar that it is measured against.
        target: Option<NamedFigure>,
        /// What the units are sorted by, largest first; nothing for the length of the bars.
        order: Option<FigureName>,
        /// Figures written beside each bar.
        beside: Vec<NamedFigure>,
    },
    /// Stages of which each is a part of the one before, for a group or the whole.
    Funnel {
        /// Key of the group; nothing for the whole.
        group: Option<String>,
        /// The stages, the widest first.
        stages: Vec<FunnelStage>,
    },
    /// Lines over the months, for a group or the whole.
    Months {
        /// Key of the group; nothing for the whole.
        group: Option<String>,
        /// The lines: an indicator, ratio or derived sum each.
        lines: Vec<NamedCode>,
        /// The most months that are drawn, the period included: 2 to 12.
        months: u8,
    },
    /// A group of bars for each indicator, the largest first bar first.
    Indicators {
        /// Key of the group; nothing for the whole.
        group: Option<String>,
        /// Codes of the indicators whose names the bars have.
        codes: Vec<String>,
        /// Suffix of the codes whose figures are drawn (E01 → E01N).
        suffix: String,
        /// The bars of each indicator: a name and a statistic.
        bars: Vec<NamedStatistic>,
    },
}

/// A figure of the table without its scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureName {
    /// Code of an indicator, ratio or derived sum.
    pub code: String,
    /// Key of the statistic: see `aggregate::Statistic`.
    pub statistic: String,
}

/// A figure with its name in the key of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFigure {
    /// The name.
    pub name: String,
    /// The figure.
    pub figure: FigureName,
}

/// A stage of a funnel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelStage {
    /// The name and the size of the stage.
    pub size: NamedFigure,
    /// The stage as a share of the one before, written beside it.
    pub share: Option<FigureName>,
}

/// A line with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCode {
    /// The name.
    pub name: String,
    /// Code of an indicator, ratio or derived sum.
    pub code: String,
}

/// Bars with their name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedStatistic {
    /// The name.
    pub name: String,
    /// Key of the statistic.
    pub statistic: String,
}

impl Charts {
    /// Returns the number of the chart with a key, from 1.
    pub fn number_of(&self, key: &str) -> Option<usize> {
        self.list.iter().position(|chart| chart.key == key).map(|position| position + 1)
    }
}

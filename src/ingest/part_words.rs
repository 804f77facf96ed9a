//! A part of a form made ready for matching.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    GuideColumn, ReadingGuide,
    abbreviations::Abbreviations,
    codes::normalise_code,
    columns::{ColumnWords, HeadsByKind},
    heads::Heads,
    names::RowNames,
};

/// A part of a form.
#[derive(Debug)]
pub(super) struct PartWords {
    /// Key of the form and the part: "01/2".
    pub(super) key: String,
    /// Code of the form, "01".
    pub(super) form: String,
    /// Whether it holds stocks.
    pub(super) stock: bool,
    /// Normalised codes of its rows, with the code as the templates write it.
    pub(super) codes: BTreeMap<String, String>,
    /// The words by which its rows are known without a code.
    pub(super) names: RowNames,
    /// Its columns of values.
    pub(super) columns: Vec<ColumnWords>,
}

impl PartWords {
    fn new(
        form: &str,
        first: &GuideColumn,
        (guide, abbreviations): (&ReadingGuide, &Arc<Abbreviations>),
    ) -> Self {
        let rows = guide.indicators.iter().filter(|known| first.codes.contains(&known.code));
        Self {
            key: first.part.clone(),
            form: form.to_owned(),
            stock: rows.clone().any(|indicator| indicator.stock),
            codes: first.codes.iter().map(|code| (normalise_code(code), code.clone())).collect(),
            names: RowNames::new(rows, abbreviations),
            columns: Vec::new(),
        }
    }
}

/// Returns the parts with their columns, and the heads of all columns.
pub(super) fn parts_of(
    guide: &ReadingGuide,
    abbreviations: &Arc<Abbreviations>,
) -> (Vec<PartWords>, Heads<(usize, usize)>) {
    let mut parts: Vec<PartWords> = Vec::new();
    let mut heads = Vec::new();
    let kinds = HeadsByKind::of(guide);
    for column in &guide.columns {
        let known = parts.iter().position(|part| part.key == column.part);
        let part = known.unwrap_or_else(|| {
            let form = column.part.split('/').next().unwrap_or_default();
            parts.push(PartWords::new(form, column, (guide, abbreviations)));
            parts.len() - 1
        });
        heads.push(((part, parts[part].columns.len()), &column.titles));
        parts[part].columns.push(ColumnWords::new(guide, column, &kinds));
    }
    (parts, Heads::new(heads))
}

//! The words of the names of the indicators, taken apart once for all returns.

use std::collections::BTreeSet;

use super::key_words::key_words;
use crate::template::{Indicator, IndicatorIx, Indicators};

/// The words of the names of one indicator.
#[derive(Debug)]
pub(super) struct Name {
    /// Those of its printed names.
    pub(super) printed: BTreeSet<String>,
    /// Those of all its names.
    pub(super) words: BTreeSet<String>,
    /// Those that follow each other in one of its names.
    pub(super) pairs: BTreeSet<[String; 2]>,
}

/// The words of the names of all indicators.
#[derive(Debug)]
pub(in crate::validate) struct Names(Vec<(IndicatorIx, Name)>);

impl Names {
    /// Returns the words of the names of indicators.
    pub(in crate::validate) fn of(indicators: &Indicators) -> Self {
        let names = indicators.indices().map(|index| (index, Name::of(indicators.get(index))));
        Self(names.collect())
    }

    /// Returns the words of the names of an indicator.
    pub(super) fn get(&self, index: IndicatorIx) -> Option<&Name> {
        self.0.iter().find(|(own, _)| *own == index).map(|(_, name)| name)
    }
}

impl Name {
    fn of(indicator: &Indicator) -> Self {
        let printed = indicator.names.iter().map(|(_, name)| name).chain([&indicator.short_name]);
        let printed: Vec<Vec<String>> = printed.map(|name| key_words(name)).collect();
        let others = indicator.other_names.iter().map(|name| key_words(name));
        let all: Vec<Vec<String>> = others.chain(printed.clone()).collect();
        let pairs = all.iter().flat_map(|name| name.windows(2));
        let pairs = pairs.filter_map(|pair| <[String; 2]>::try_from(pair.to_vec()).ok());
        Self {
            pairs: pairs.collect(),
            words: all.iter().flatten().cloned().collect(),
            printed: printed.into_iter().flatten().collect(),
        }
    }
}

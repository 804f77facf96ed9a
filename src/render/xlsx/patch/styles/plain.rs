//! The look of a cell whose mark is taken away: that of other cells which differ from it by the fill
//! alone, since nobody knows what it was before; without such cells the same look without a fill.

use std::collections::BTreeMap;

use super::{LOOKS, Styles, colour};
use crate::{
    compose::feedback::Tone,
    render::xlsx::patch::{PatchError, markup::root},
};

impl Styles {
    /// Counts how many cells of a sheet have each look.
    pub(in crate::render::xlsx::patch) fn count(&mut self, sheet: &str) {
        self.used = BTreeMap::new();
        self.unmarked = BTreeMap::new();
        for rest in sheet.split(" s=\"").skip(1) {
            if let Some(number) = rest.split('"').next().and_then(|number| number.parse().ok()) {
                *self.used.entry(number).or_default() += 1;
            }
        }
    }

    /// Returns the look of a cell without the mark that its look has; nothing when it has none.
    pub(in crate::render::xlsx::patch) fn unmarked(
        &mut self,
        marked: u32,
    ) -> Result<Option<u32>, PatchError> {
        if let Some(known) = self.unmarked.get(&marked) {
            return Ok(*known);
        }
        let plain = self.plain(marked)?;
        self.unmarked.insert(marked, plain);
        Ok(plain)
    }

    fn plain(&mut self, marked: u32) -> Result<Option<u32>, PatchError> {
        let Some(look) = self.looks.get(marked as usize).cloned() else { return Ok(None) };
        if !self.is_marked(&look)? {
            return Ok(None);
        }
        let rest = apart_from_fill(&look)?;
        let mut best: Option<(usize, u32)> = None;
        for (number, other) in (0..).zip(&self.looks) {
            let used = self.used.get(&number).copied().unwrap_or(0);
            let is_better = best.is_none_or(|(most, _)| used > most);
            if is_better && apart_from_fill(other)? == rest && !self.is_marked(other)? {
                best = Some((used, number));
            }
        }
        if let Some((_, number)) = best {
            return Ok(Some(number));
        }
        let tag = root(&look)?;
        let bare =
            format!("{}{}", tag.with("fillId", "0"), look.get(tag.end()..).unwrap_or_default());
        let number = self.counts[LOOKS];
        self.counts[LOOKS] += 1;
        self.added[LOOKS].push(bare.clone());
        self.looks.push(bare);
        Ok(Some(number))
    }

    /// Returns whether the fill of a look is one of ours.
    fn is_marked(&self, look: &str) -> Result<bool, PatchError> {
        let fill = root(look)?.attribute("fillId").and_then(|fill| fill.trim().parse().ok());
        let fill = fill.and_then(|fill: usize| self.fill_texts.get(fill));
        let tones = [Tone::Wrong, Tone::Doubtful, Tone::Related];
        Ok(fill.is_some_and(|fill| {
            let fill = fill.to_uppercase();
            fill.contains("\"SOLID\"") && tones.iter().any(|tone| fill.contains(colour(*tone)))
        }))
    }
}

/// Returns everything that a look says but its fill, in an order of its own.
fn apart_from_fill(look: &str) -> Result<String, PatchError> {
    let tag = root(look)?;
    let mut attributes: Vec<String> = tag
        .attributes()
        .iter()
        .filter(|one| !matches!(one.name, "fillId" | "applyFill"))
        .map(|one| format!("{}={}", one.name, one.raw))
        .collect();
    attributes.sort_unstable();
    let inside = look.get(tag.end()..).unwrap_or_default();
    Ok(format!("{} {inside}", attributes.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLES: &str = "<styleSheet><fills><fill/><fill/><fill><patternFill patternType=\"solid\"><fgColor \
        rgb=\"FFFF9F9F\"/></patternFill></fill><fill><patternFill patternType=\"solid\"><fgColor \
        rgb=\"FFFFFFE0\"/></patternFill></fill></fills><cellXfs><xf numFmtId=\"0\" fillId=\"0\"/>\
        <xf numFmtId=\"3\" fillId=\"3\"/><xf applyFill=\"1\" fillId=\"2\" numFmtId=\"3\"/>\
        <xf numFmtId=\"3\" fillId=\"0\"/><xf numFmtId=\"9\" fillId=\"2\"/></cellXfs></styleSheet>";

    #[test]
    fn a_mark_gives_way_to_the_look_of_other_cells() {
        let mut styles = Styles::of(STYLES.to_owned()).unwrap();
        styles.count("<c s=\"1\"/><c s=\"1\"/><c s=\"2\"/><c s=\"3\"/>");
        assert_eq!(styles.unmarked(2).unwrap(), Some(1));
        assert_eq!(styles.unmarked(1).unwrap(), None, "its own colour");
        styles.count("<c s=\"3\"/>");
        assert_eq!(styles.unmarked(2).unwrap(), Some(3));
        assert_eq!(styles.unmarked(4).unwrap(), Some(5), "no other cell is like it");
        assert!(styles.into_text().unwrap().contains("<xf numFmtId=\"9\" fillId=\"0\"/>"));
    }
}

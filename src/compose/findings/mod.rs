//! The internal workbook of findings: one verdict, findings by unit, reporting discipline, figures
//! to explain, corrections, received files. Nothing of it is signed.

mod discipline;
mod explanations;
mod files;
pub(super) mod grid;
mod units;
mod verdict;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::{
    compose::{
        document::{
            Audience, Block, Document, Meta, Orientation, Paragraph, ParagraphKind, Row, Run,
            Section, shown,
        },
        messages,
    },
    period::Period,
    place::Place,
    template::{PeriodDates, Templates, UnitIx},
    text::format_month,
    validate::{Batch, Finding, History, Standing},
};

/// Everything that the workbook of findings is made of.
#[derive(Clone, Copy)]
pub struct FindingsInput<'a> {
    /// What the body decided.
    pub templates: &'a Templates,
    /// The period.
    pub period: Period,
    /// The outcome of the period.
    pub batch: &'a Batch,
    /// Figures of the earlier months.
    pub history: &'a History,
    /// Standings of earlier months of the year, for the count of months in time.
    pub earlier: &'a BTreeMap<Period, BTreeMap<UnitIx, Standing>>,
}

/// Most files of nobody that are listed: beyond, a folder is no month of returns.
const MOST_OF_NOBODY: usize = 5_000;

/// Returns the row that says how many are not listed.
fn more(count: usize, what: &str, columns: usize) -> Row {
    let count = crate::text::format_count(count);
    let words = format!("… và {count} {what} khác; xem đủ bằng lệnh da06 check --json");
    grid::group(grid::words(&words), columns)
}

/// Composes the workbook of findings.
pub fn findings(input: &FindingsInput<'_>) -> Document {
    let sheet = |name: &str, blocks: Vec<Block>| Section {
        name: name.to_owned(),
        orientation: Orientation::Landscape,
        audience: Audience::Workbook,
        blocks,
    };
    let mut first = vec![paragraph(ParagraphKind::Verdict, verdict::runs(input))];
    first.push(Block::Table(units::table(input)));
    let month = format_month(input.period);
    let meta = Meta {
        title: format!("Kết quả kiểm tra số liệu {month}"),
        author: input.templates.body.name.clone(),
        subject: "Lưu hành nội bộ".to_owned(),
        date: input.dates().last,
    };
    let sections = vec![
        sheet("Kết quả kiểm tra", first),
        sheet("Chấp hành chế độ báo cáo", vec![Block::Table(discipline::table(input))]),
        sheet("Giải trình số liệu", vec![Block::Table(explanations::table(input))]),
        sheet("Tin nhắn", vec![Block::Table(messages::table(input))]),
        sheet("Điều chỉnh", vec![Block::Table(files::corrections(input))]),
        sheet("Tệp đã nhận", vec![Block::Table(files::received(input))]),
    ];
    Document { meta, sections, names: Vec::new() }
}

/// Returns the sentence that says how things stand, as it opens the workbook.
pub fn verdict(input: &FindingsInput<'_>) -> String {
    shown(&verdict::runs(input))
}

impl<'a> FindingsInput<'a> {
    pub(in crate::compose) fn dates(&self) -> PeriodDates {
        self.templates.body.convention.dates(self.period)
    }

    /// Returns the short name of a unit.
    fn unit_name(&self, unit: UnitIx) -> Run {
        super::runs::unit_text(&self.templates.roster.get(unit).short_name)
    }

    /// Returns the units by key.
    fn units_by_key(&self) -> BTreeMap<&str, UnitIx> {
        let units = &self.templates.roster.units;
        units.iter().map(|unit| unit.key.as_str()).zip((0..).map(UnitIx)).collect()
    }

    /// Returns the findings of every unit that has some (and of no unit), as the batch sorts them.
    pub(in crate::compose) fn findings_by_unit(
        &self,
    ) -> BTreeMap<Option<UnitIx>, Vec<&'a Finding>> {
        let units = self.units_by_key();
        let mut by_unit: BTreeMap<Option<UnitIx>, Vec<&'a Finding>> = BTreeMap::new();
        for finding in &self.batch.findings {
            let unit = finding.unit.as_deref().and_then(|key| units.get(key)).copied();
            by_unit.entry(unit).or_default().push(finding);
        }
        by_unit
    }
}

fn paragraph(kind: ParagraphKind, runs: Vec<Run>) -> Block {
    Block::Paragraph(Paragraph { kind, runs })
}

/// Returns the file and sheet of a place in words; the folder is in the link.
pub(super) fn in_file(place: &Place) -> Run {
    let name = place.file.rsplit('/').next().unwrap_or(&place.file).to_owned();
    let shown = Place { file: name, cell: None, ..place.clone() };
    super::runs::unit_text(&shown.to_string())
}

/// Returns the cell of a place as a link to the file beside the workbook's folder, or "mở" where a
/// whole file is meant. Links are short: LibreOffice does not break them into lines.
pub(super) fn link_to(place: &Place) -> Run {
    place.cell.map_or_else(|| link("mở tệp", place), |cell| link(&cell.to_string(), place))
}

/// Returns words as a link to a place.
pub(super) fn link(words: &str, place: &Place) -> Run {
    let mut link = format!("../../input/{}", place.file);
    if let (Some(sheet), Some(cell)) = (&place.sheet, place.cell) {
        link = format!("{link}#'{}'!{cell}", sheet.replace('\'', "''"));
    }
    Run { link: Some(link), ..super::runs::unit_text(words) }
}

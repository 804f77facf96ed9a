//! What is to be said of the lists of owners: where they differ from the units, lack them, contradict
//! themselves or cannot be read. Decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Batch, Finding, Observation, OwnerSource, codes, owners::OwnerFigure, readings::ReadingContext,
    validator::Validator,
};
use crate::{
    ingest::{CellContent, RawReturn},
    place::{CellRef, Place},
    quantity::Quantity,
    template::{IndicatorIx, Unit, UnitIx},
    text,
};

impl Validator<'_> {
    /// Says which figures of a list are not taken from it.
    pub(super) fn foreign_figures(
        &self,
        path: &str,
        raw: &RawReturn,
        owner: UnitIx,
    ) -> Option<Finding> {
        let own = self.templates.roster.get(owner);
        let is_foreign = |code: &str| {
            let indicator = self.templates.indicators.find(code);
            indicator.is_some_and(|indicator| {
                self.templates.indicators.get(indicator).owner != Some(owner)
            })
        };
        let filled = raw.values.iter().filter(|value| value.content != CellContent::Empty);
        let foreign: BTreeSet<&str> =
            filled.map(|value| value.code.as_str()).filter(|code| is_foreign(code)).collect();
        (!foreign.is_empty()).then(|| {
            let codes: Vec<&str> = foreign.into_iter().collect();
            let message = format!(
                "Danh sách của {} có chỉ tiêu không lấy theo đơn vị này, không được tính: {}.",
                own.short_name,
                codes.join(", ")
            );
            codes::OWNER_OTHER
                .finding(message)
                .at(Place::of_file(path))
                .found(codes.join(", "))
                .hint("Nếu muốn lấy theo danh sách, ghi nguon_chinh trong chi-tieu.toml.")
        })
    }

    /// Says which units an owner's list leaves out, of the groups that it lists.
    pub(super) fn say_lacking(&self, batch: &mut Batch) {
        let mut lacking: BTreeMap<(UnitIx, UnitIx), Vec<&str>> = BTreeMap::new();
        for (owner, indicator) in &self.lists.covered {
            let figures = self.lists.figures.keys().filter(|(_, listed)| listed == indicator);
            let groups: BTreeSet<&str> =
                figures.map(|(unit, _)| self.templates.roster.get(*unit).group.as_str()).collect();
            for (unit, entry) in self.templates.roster.reporting_on(self.dates.last) {
                let asked = groups.contains(entry.group.as_str())
                    && self.templates.indicators.get(*indicator).applies_to(entry)
                    && unit != *owner;
                if asked && !self.lists.figures.contains_key(&(unit, *indicator)) {
                    lacking.entry((unit, *owner)).or_default().push(self.code(*indicator));
                }
            }
        }
        for ((unit, owner), codes) in lacking {
            let (unit, owner) = (self.templates.roster.get(unit), self.templates.roster.get(owner));
            let message = format!(
                "Danh sách của {} không có số dùng được của {} ({}); lấy theo báo cáo của đơn vị, nếu có.",
                owner.short_name,
                unit.short_name,
                codes.join(", ")
            );
            let finding = codes::OWNER_LACKS.finding(message).of_unit(&unit.key);
            let finding = finding.expected(codes.join(", "));
            batch.findings.push(finding.hint(format!(
                "Đề nghị hỏi {} nếu đơn vị này phải có trong danh sách.",
                owner.short_name
            )));
        }
    }

    pub(super) fn difference(
        &self,
        context: &ReadingContext<'_>,
        own: &Observation,
        scaled: i64,
        figure: &OwnerFigure,
    ) -> Finding {
        let indicator = self.templates.indicators.get(own.indicator);
        let owner = self.templates.roster.get(figure.source.owner);
        let shown =
            |scaled| text::format_quantity(Quantity { scaled, decimals: indicator.decimals });
        let sheet = context.raw.sheets.get(usize::from(own.sheet)).cloned();
        let place = Place { file: context.path.to_owned(), sheet, cell: own.cell };
        let message = format!(
            "Chỉ tiêu {} ({}): đơn vị ghi {} ({place}), danh sách của {} ghi {} ({}); lấy theo {}.",
            indicator.code,
            indicator.short_name,
            shown(scaled),
            owner.short_name,
            shown(figure.scaled),
            figure.place(),
            owner.short_name
        );
        codes::OWNER_DIFFERS
            .finding(message)
            .at(place)
            .at(figure.place())
            .found(shown(scaled))
            .expected(shown(figure.scaled))
            .hint(format!(
                "Đề nghị đơn vị đối chiếu với {} rồi sửa hoặc xác nhận.",
                owner.short_name
            ))
            .about(&indicator.code)
    }

    pub(super) fn contradiction(
        &self,
        (unit, indicator): (UnitIx, IndicatorIx),
        one: &OwnerFigure,
        other: &OwnerFigure,
    ) -> Finding {
        let indicator = self.templates.indicators.get(indicator);
        let (unit, owner) =
            (self.templates.roster.get(unit), self.templates.roster.get(one.source.owner));
        let shown = |figure: &OwnerFigure| {
            let decimals = indicator.decimals;
            text::format_quantity(Quantity { scaled: figure.scaled, decimals })
        };
        let message = format!(
            "Danh sách của {} có hai số khác nhau của {}, chỉ tiêu {}: {} ({}) và {} ({}); không lấy số nào.",
            owner.short_name,
            unit.short_name,
            indicator.code,
            shown(one),
            one.place(),
            shown(other),
            other.place()
        );
        codes::OWNER_TWICE
            .finding(message)
            .at(one.place())
            .at(other.place())
            .found(format!("{}; {}", shown(one), shown(other)))
            .expected("một số")
            .hint(format!("Đề nghị hỏi {} số nào đúng.", owner.short_name))
            .about(&indicator.code)
            .of_unit(&owner.key)
    }

    pub(super) fn unreadable(
        &self,
        (owner, unit): (UnitIx, &Unit),
        indicator: IndicatorIx,
        source: &OwnerSource,
        (cell, found): (CellRef, &str),
    ) -> Finding {
        let owner = self.templates.roster.get(owner);
        let message = format!(
            "Danh sách của {}, ô {cell} ({}, {}): “{found}” không dùng được là một con số.",
            owner.short_name,
            unit.short_name,
            self.code(indicator)
        );
        codes::OWNER_UNREADABLE
            .finding(message)
            .at(Place::of_cell(source.file.as_str(), source.sheet.clone(), cell))
            .found(found)
            .expected("một số")
            .hint("Đề nghị sửa ô này của danh sách rồi gửi lại.")
            .about(self.code(indicator))
            .of_unit(&owner.key)
    }

    pub(super) fn code(&self, indicator: IndicatorIx) -> &str {
        &self.templates.indicators.get(indicator).code
    }
}

//! The sheets of a workbook become its returns: sheets of one unit and month belong together, last
//! month's sheet left in the workbook is a return of its own.

use std::collections::BTreeSet;

use super::{
    Notice, NoticeKind, RawReturn,
    draft::Draft,
    letters::Letters,
    matcher::{Field, Matcher},
    sheet::SheetReading,
    sheet_owner::Identity,
    units::UnitValues,
};
use crate::place::CellRef;

/// Returns the returns of a workbook in the order of their first sheets, with the notices of all
/// sheets.
pub(super) fn assemble(
    matcher: &Matcher,
    sheets: Vec<SheetReading>,
) -> (Vec<RawReturn>, Vec<Notice>) {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut notices: Vec<Notice> = Vec::new();
    let (mut lists, mut mapped) = (Vec::new(), Vec::new());
    for (order, mut sheet) in sheets.into_iter().enumerate() {
        let units = std::mem::take(&mut sheet.units);
        let is_bare = sheet.values.is_empty() && sheet.withdrawn.is_empty();
        let of_units_alone = !units.is_empty() && is_bare;
        for unit in units {
            let is_mapped = unit.values.is_empty() && unit.withdrawn.is_empty();
            let part = sheet.of_unit(unit);
            if is_mapped {
                mapped.push((order, part));
                continue;
            }
            let identity = Identity::of(&part);
            add_to(&mut drafts, matcher, (order, part, identity), &mut notices);
        }
        if of_units_alone {
            notices.append(&mut sheet.notices);
            continue;
        }
        if sheet.tables == 0 {
            let is_mapped = !sheet.mapped.is_empty() || !sheet.withdrawn.is_empty();
            if is_mapped { &mut mapped } else { &mut lists }.push((order, sheet));
            continue;
        }
        let identity = Identity::of(&sheet);
        add_to(&mut drafts, matcher, (order, sheet, identity), &mut notices);
    }
    let mut letters = Letters::default();
    // What only a mapping makes a table comes after what was read without it.
    for (order, sheet) in mapped {
        let identity = Identity::of(&sheet);
        add_to(&mut drafts, matcher, (order, sheet, identity), &mut notices);
    }
    let lists = add_headless(&mut drafts, matcher, lists, &mut notices);
    for (order, mut sheet) in lists {
        let identity = Identity::of(&sheet);
        let home = home_of(&drafts, order, &identity).filter(|_| sheet.is_of_a_form());
        if let Some(index) = home {
            drafts[index].add(matcher, sheet, identity, &mut notices);
        } else {
            if !sheet.is_of_a_form() {
                letters.take(&mut sheet, identity);
            }
            let kind = NoticeKind::UnknownSheet;
            notices.append(&mut sheet.notices);
            notices.push(Notice { sheet: Some(sheet.name), cell: None, kind });
        }
    }
    if let [draft] = &mut drafts[..] {
        draft.take_letters(&letters, &mut notices);
    }
    notices.extend(drafts.iter().flat_map(Draft::sheets_without_month));
    (drafts.into_iter().map(|draft| draft.finish(matcher)).collect(), notices)
}

/// Adds the sheets whose figures have no head where nothing else is a table; returns the others.
fn add_headless(
    drafts: &mut Vec<Draft>,
    matcher: &Matcher,
    lists: Vec<(usize, SheetReading)>,
    notices: &mut Vec<Notice>,
) -> Vec<(usize, SheetReading)> {
    if !drafts.is_empty() {
        return lists;
    }
    let mut others = Vec::new();
    for (order, mut sheet) in lists {
        match sheet.headless.take() {
            Some(headless) => {
                let identity = Identity::of(&headless);
                add_to(drafts, matcher, (order, *headless, identity), notices);
            }
            None => others.push((order, sheet)),
        }
    }
    others
}

/// Adds a sheet to the last return that it fits, or begins one.
fn add_to(
    drafts: &mut Vec<Draft>,
    matcher: &Matcher,
    (order, sheet, identity): (usize, SheetReading, Identity),
    notices: &mut Vec<Notice>,
) {
    let same = drafts.iter().rposition(|draft| draft.identity.fits(&identity));
    let index = same.unwrap_or_else(|| {
        drafts.push(Draft::new(order));
        drafts.len() - 1
    });
    drafts[index].add(matcher, sheet, identity, notices);
}

impl SheetReading {
    /// Returns a sheet of many units as one that holds nothing but this one's.
    fn of_unit(&self, unit: UnitValues) -> Self {
        let common = [Field::Period, Field::Submission];
        let cells: BTreeSet<CellRef> = unit
            .values
            .iter()
            .chain(&unit.mapped)
            .map(|value| value.cell)
            .chain([unit.name.cell])
            .collect();
        let decoded = self.decoded.iter().filter(|text| cells.contains(&text.cell));
        let fields = common
            .into_iter()
            .filter_map(|field| self.fields.get(&field).map(|located| (field, located.clone())));
        Self {
            name: self.name.clone(),
            fields: fields.chain([(Field::Unit, unit.name)]).collect(),
            stated: self.stated,
            title: self.title.clone(),
            short_title: self.short_title.clone(),
            sample: self.sample,
            sender: self.fields.get(&Field::Unit).cloned(),
            tables: 1,
            values: unit.values,
            mapped: unit.mapped,
            codes: unit.codes,
            repeated: unit.repeated,
            withdrawn: unit.withdrawn,
            decoded: decoded.cloned().collect(),
            ..Self::default()
        }
    }
}

/// Returns the return to which a sheet of details belongs: the nearest before it that fits, else
/// the first that fits.
fn home_of(drafts: &[Draft], order: usize, identity: &Identity) -> Option<usize> {
    let fits = |draft: &Draft| draft.identity.fits(identity);
    drafts
        .iter()
        .rposition(|draft| draft.order < order && fits(draft))
        .or_else(|| drafts.iter().position(fits))
}

//! The files of one month: correct returns of all units, and in 2024-03 every planted defect.

use std::collections::BTreeMap;

use da06::{
    period::Period,
    template::{IndicatorKind, Measure, Templates, Unit},
};

use crate::{
    defects::{self, Planted, Spot},
    draft::{self, Content, Draft},
    names,
    profile::Profile,
    truth::{Defect, Figure, State, Truth, UnitTruth},
    whole_files,
    writer::{self, Places, WriteError},
};

/// Residents by key of the commune.
pub(crate) type People = BTreeMap<String, i64>;

/// How a file is delivered; what is not .xlsx is converted by another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// As written.
    Xlsx,
    /// By LibreOffice.
    Xls,
    /// By LibreOffice.
    Ods,
    /// By the npm package `xlsx`.
    Xlsb,
}

impl Format {
    /// Returns the extension.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Xlsb => "xlsb",
        }
    }

    /// Returns the format in which an office always sends.
    fn of(unit: &Unit) -> Self {
        match unit.key.as_str() {
            "nam-hung" | "kho-bac" => Self::Xls,
            "dong-hung" | "hoi-phu-nu" => Self::Ods,
            "tien-thanh" | "buu-dien" => Self::Xlsb,
            _ => Self::Xlsx,
        }
    }
}

/// A file of a month.
#[derive(Debug, Clone)]
pub(crate) struct SampleFile {
    /// Path below `input/`, with the extension in which it is delivered.
    pub(crate) path: String,
    /// Key of the unit; empty for files of no unit.
    pub(crate) unit: String,
    /// The bytes; of an .xlsx when it has yet to be converted.
    pub(crate) bytes: Vec<u8>,
    /// How it is delivered.
    pub(crate) format: Format,
}

/// A month: its files and their truth.
#[derive(Debug, Default)]
pub(crate) struct Month {
    /// The files, in the order in which they are made.
    pub(crate) files: Vec<SampleFile>,
    /// What a correct program finds in them.
    pub(crate) truth: Truth,
}

/// A return of a unit with everything that is known about it.
pub(crate) struct Return<'a> {
    /// The unit.
    pub(crate) unit: &'a Unit,
    /// The draft, defects included.
    pub(crate) draft: Draft,
    /// Path below `input/`.
    pub(crate) path: String,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// Where things stand in it.
    pub(crate) places: Places,
    /// Figures that the program holds for it.
    pub(crate) figures: BTreeMap<String, Figure>,
}

/// The month in which the defects stand.
pub(crate) fn is_month_of_defects(period: Period) -> bool {
    period.to_string() == "2024-03"
}

/// Makes a month.
pub(crate) fn month(
    templates: &Templates,
    period: Period,
    people: &People,
) -> Result<Month, WriteError> {
    let mut month = Month::default();
    month.truth.period = period.to_string();
    for unit in &templates.roster.units {
        let residents = people.get(&unit.key).copied().unwrap_or(0);
        let profile = draft::profile(templates, unit, residents);
        let mut draft = draft::clean(templates, unit, period, &profile);
        let planted =
            if is_month_of_defects(period) { defects::plant(&mut draft) } else { Vec::new() };
        if is_month_of_defects(period) && unit.key == "doan-lap" {
            draft.leftover = Some(Box::new(leftover(templates, unit, period, &profile)));
        }
        let path = format!("{period}/{}", names::file_stem(unit, period));
        let made = make(templates, unit, draft, &path)?;
        month.truth.defects.extend(planted.iter().map(|planted| placed(planted, &made)));
        let made = with_known_figures(made, &planted);
        if is_month_of_defects(period) {
            whole_files::add(templates, made, &mut month)?;
        } else {
            month.count(made);
        }
    }
    if is_month_of_defects(period) {
        whole_files::add_strangers(templates, period, people, &mut month)?;
    }
    month.truth.defects.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(month)
}

/// Writes a draft; the path gets the extension of the unit's habit.
pub(crate) fn make<'a>(
    templates: &Templates,
    unit: &'a Unit,
    draft: Draft,
    stem: &str,
) -> Result<Return<'a>, WriteError> {
    let written = writer::write(templates, &draft)?;
    let figures = figures(templates, unit, &draft);
    let path = format!("{stem}.{}", Format::of(unit).extension());
    Ok(Return { unit, draft, path, bytes: written.bytes, places: written.places, figures })
}

impl Month {
    /// Adds the file of a return.
    pub(crate) fn deliver(&mut self, made: &Return<'_>) {
        self.files.push(SampleFile {
            path: made.path.clone(),
            unit: made.unit.key.clone(),
            bytes: made.bytes.clone(),
            format: Format::of(made.unit),
        });
    }

    /// Adds the file of a return that counts.
    pub(crate) fn count(&mut self, made: Return<'_>) {
        self.deliver(&made);
        self.truth.units.push(UnitTruth {
            unit: made.unit.key.clone(),
            form: made.draft.form,
            file: Some(made.path),
            sheet: made.places.sheet,
            submission: made.draft.submission,
            not_counted: None,
            figures: made.figures,
        });
    }

    /// Writes down that nothing counts for a unit.
    pub(crate) fn count_nothing(&mut self, made: &Return<'_>, why: &'static str) {
        self.truth.units.push(UnitTruth {
            unit: made.unit.key.clone(),
            form: made.draft.form.clone(),
            file: None,
            sheet: String::new(),
            submission: 0,
            not_counted: Some(why),
            figures: BTreeMap::new(),
        });
    }

    /// Writes down a defect of a whole file.
    pub(crate) fn defect(
        &mut self,
        made: &Return<'_>,
        id: &str,
        kind: &'static str,
    ) -> &mut Defect {
        self.truth.defects.push(Defect {
            id: id.to_owned(),
            unit: made.unit.key.clone(),
            file: made.path.clone(),
            kind,
            ..Defect::default()
        });
        self.truth.defects.last_mut().expect("a defect was just added")
    }
}

impl Defect {
    /// Sets what is expected: code, severity, use and words.
    pub(crate) fn expect(&mut self, expected: [&'static str; 3], words: &str) {
        [self.expected_code, self.expected_severity, self.expected_use] = expected;
        words.clone_into(&mut self.words);
    }
}

/// Returns last month's return as it was left in a workbook.
fn leftover(templates: &Templates, unit: &Unit, period: Period, profile: &Profile) -> Draft {
    let mut draft = draft::clean(templates, unit, period.previous(), profile);
    "UBND xã Đoàn Lập".clone_into(&mut draft.unit_name);
    draft.unit_code.clear();
    "Biểu 01 T2".clone_into(&mut draft.look.sheet);
    draft.look.detail_suffix = " T2";
    draft
}

/// Returns what a correct program reads literally from a draft.
fn figures(templates: &Templates, unit: &Unit, draft: &Draft) -> BTreeMap<String, Figure> {
    let Some(form) = templates.forms.find(&draft.form) else { return BTreeMap::new() };
    let asked = form.indicators(&templates.indicators).into_iter();
    asked
        .map(|index| templates.indicators.get(index))
        .filter(|indicator| indicator.applies_to(unit))
        .map(|indicator| {
            let code = indicator.code.clone();
            let content = draft.cells.get(&(code.clone(), Measure::Value));
            let figure = match content {
                Some(Content::Number(_)) => {
                    Figure::Value(defects::whole(draft, &code, Measure::Value))
                }
                Some(Content::Text(sign)) if sign == "x" => Figure::Value(1),
                _ if indicator.kind == IndicatorKind::Tick => Figure::Value(0),
                _ => Figure::State(State::Missing),
            };
            (code, figure)
        })
        .collect()
}

fn with_known_figures<'a>(mut made: Return<'a>, planted: &[Planted]) -> Return<'a> {
    for planted in planted {
        if let (Spot::Value(code), Some(figure)) = (&planted.spot, planted.figure) {
            made.figures.insert((*code).to_owned(), figure);
        }
    }
    made
}

/// Returns the defect with its place.
fn placed(planted: &Planted, made: &Return<'_>) -> Defect {
    let places = &made.places;
    let (indicator, cell) = match &planted.spot {
        Spot::Value(code) => (*code, places.values.get(&((*code).to_owned(), Measure::Value))),
        Spot::Note(code) => (*code, places.notes.get(*code)),
        Spot::Head(field) => ("", places.head.get(field)),
    };
    let [expected_code, expected_severity, expected_use] = planted.expected;
    Defect {
        id: planted.id.to_owned(),
        unit: made.unit.key.clone(),
        file: made.path.clone(),
        sheet: places.sheet.clone(),
        cell: cell.cloned().unwrap_or_default(),
        indicator: indicator.to_owned(),
        kind: planted.kind,
        expected_code,
        expected_severity,
        expected_use,
        words: planted.words.clone(),
    }
}

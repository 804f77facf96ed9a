//! What is known about forms when a workbook is read: the serialisable part of the templates, so
//! that a worker process needs nothing else.

use serde::{Deserialize, Serialize};

use std::collections::BTreeSet;

use crate::{
    template::{
        DetailKind, Duty, Form, FormColumn, Indicator, IndicatorKind, LayoutMapping, Measure, Part,
        Templates,
    },
    text::fold,
};

/// What is known about forms when a workbook is read: the serialisable part of the templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingGuide {
    /// Rows by which a value table is known: code and folded printed names.
    pub indicators: Vec<GuideIndicator>,
    /// Value columns of all forms.
    pub columns: Vec<GuideColumn>,
    /// Detail tables of all forms.
    pub details: Vec<GuideDetail>,
    /// Boxes of all forms: key and labels.
    pub boxes: Vec<(String, Vec<String>)>,
    /// Names of the units, by which a sheet of many units and a letterhead are known.
    pub unit_names: Vec<String>,
    /// Their names without the words for their kind ("Tiên Minh"), but for that of the body's own area.
    pub bare_unit_names: Vec<String>,
    /// Day of a month with which a period begins.
    pub first_day: u32,
    /// Abbreviations with what they stand for.
    pub abbreviations: Vec<(String, String)>,
    /// Groups of words that mean one unit of count.
    pub same_units: Vec<Vec<String>>,
    /// What else is said around tables without saying anything of their figures.
    pub familiar: Vec<String>,
    /// What notes beside figures say to give their reasons.
    pub reasons: Vec<String>,
    /// What heads the names of indicators, and what may stand beside it.
    pub name_heads: (Vec<String>, Vec<String>),
    /// Whether a reading keeps every row of its tables with its words.
    pub every_row: bool,
    /// Accepted mappings of foreign layouts.
    pub mappings: Vec<LayoutMapping>,
    /// Words of heads, by the names of `template::HeaderLabels`.
    pub labels: GuideLabels,
}

/// An indicator as a reader knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideIndicator {
    /// "B08".
    pub code: String,
    /// Printed names.
    pub names: Vec<String>,
    /// Other names: the short one of sentences.
    pub other_names: Vec<String>,
    /// What is counted, as it may follow a name in brackets.
    pub unit_of_count: String,
    /// The name of the section of the forms in which it stands.
    pub section: String,
    /// Flow, stock or tick decides which part's columns apply.
    pub stock: bool,
}

/// A value column as a reader knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideColumn {
    /// Key of the form and the part: "01/2".
    pub part: String,
    /// What it holds.
    pub measure: Measure,
    /// Heads; `{…}` places stand for any date.
    pub titles: Vec<String>,
    /// Suffix of the code.
    pub suffix: Option<String>,
    /// Whether a unit must fill in one of its cells.
    pub required: bool,
    /// Codes of the rows of the part.
    pub codes: Vec<String>,
}

/// A detail table as a reader knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideDetail {
    /// Key of the table.
    pub key: String,
    /// Titles.
    pub titles: Vec<String>,
    /// Columns: key, heads, kind.
    pub columns: Vec<(String, Vec<String>, DetailKind)>,
}

/// Words of heads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideLabels {
    /// Label of the unit.
    pub unit: Vec<String>,
    /// Label of the unit's code.
    pub unit_code: Vec<String>,
    /// Label of the period.
    pub period: Vec<String>,
    /// Label of the submission.
    pub submission: Vec<String>,
    /// Head of the column of codes.
    pub code: Vec<String>,
    /// Head of the column of names.
    pub indicator: Vec<String>,
    /// Head of the column of notes.
    pub note: Vec<String>,
    /// Head of the column of ordinals.
    pub ordinal: Vec<String>,
    /// Head of the column of units of count.
    pub unit_of_count: Vec<String>,
    /// First words of total rows.
    pub total: Vec<String>,
    /// First words of the sign-off block.
    pub sign_off: Vec<String>,
    /// The mark of sample figures.
    pub sample_mark: Vec<String>,
}

impl GuideLabels {
    /// Returns the words that stand around tables and say nothing of their figures.
    pub(in crate::ingest) fn around_tables(&self) -> impl Iterator<Item = &String> {
        let Self { unit, unit_code, period, submission, code, .. } = self;
        let Self { indicator, note, ordinal, unit_of_count, sign_off, sample_mark, .. } = self;
        let heads = [code, indicator, note, ordinal, unit_of_count];
        let labels = [unit, unit_code, period, submission, sign_off, sample_mark];
        heads.into_iter().chain(labels).flatten()
    }
}

impl ReadingGuide {
    /// Returns what the templates say about the shape of returns.
    pub fn of(templates: &Templates) -> Self {
        let labels = &templates.forms.labels;
        let forms = &templates.forms.list;
        Self {
            indicators: templates
                .indicators
                .list
                .iter()
                .map(|indicator| guide_indicator(templates, indicator))
                .collect(),
            columns: forms
                .iter()
                .flat_map(|form| form.parts.iter().map(move |part| (form, part)))
                .flat_map(|(form, part)| columns_of(templates, form, part))
                .collect(),
            details: forms.iter().flat_map(details_of).collect(),
            boxes: boxes_of(forms),
            unit_names: templates
                .roster
                .units
                .iter()
                .filter(|unit| unit.duty != Duty::Structural)
                .flat_map(|unit| [&unit.name, &unit.short_name].into_iter().chain(&unit.aliases))
                .cloned()
                .collect(),
            bare_unit_names: bare_unit_names(templates),
            first_day: templates.body.convention.first_day,
            abbreviations: labels.abbreviations.clone(),
            same_units: labels.same_units.clone(),
            familiar: familiar(templates),
            reasons: templates.forms.labels.reasons.clone(),
            name_heads: {
                let composed = &templates.forms.labels.composed;
                (composed.names.clone(), composed.beside_names.clone())
            },
            every_row: false,
            mappings: templates.mappings.clone(),
            labels: GuideLabels {
                unit: labels.unit.clone(),
                unit_code: labels.unit_code.clone(),
                period: labels.period.clone(),
                submission: labels.submission.clone(),
                code: labels.code.clone(),
                indicator: labels.indicator.clone(),
                note: labels.note.clone(),
                ordinal: labels.ordinal.clone(),
                unit_of_count: labels.unit_of_count.clone(),
                total: labels.total.clone(),
                sign_off: labels.sign_off.clone(),
                sample_mark: labels.sample_mark.clone(),
            },
        }
    }
}

/// Returns an indicator as a reader knows it; the first of the other names is the short one.
fn guide_indicator(templates: &Templates, indicator: &Indicator) -> GuideIndicator {
    GuideIndicator {
        code: indicator.code.clone(),
        names: indicator.names.iter().map(|(_, name)| name.clone()).collect(),
        other_names: std::iter::once(&indicator.short_name)
            .chain(&indicator.other_names)
            .cloned()
            .collect(),
        unit_of_count: indicator.unit_of_count.clone(),
        section: templates.indicators.section_name(&indicator.section).to_owned(),
        stock: indicator.kind == IndicatorKind::Stock,
    }
}

/// Returns the names of units without the words for their kind, which begin with small letters: "xã Tiên
/// Minh" gives "Tiên Minh". A name that the body's area has too says nothing.
fn bare_unit_names(templates: &Templates) -> Vec<String> {
    let is_small = |word: &&str| word.starts_with(char::is_lowercase);
    let bare = |name: &str| {
        let words: Vec<&str> = name.split(' ').skip_while(is_small).collect();
        words.join(" ")
    };
    let area = &templates.body.area;
    let units = templates.roster.units.iter().filter(|unit| unit.duty != Duty::Structural);
    let named = units.map(|unit| (bare(&unit.short_name), &unit.short_name));
    let named = named.filter(|(name, short)| !name.is_empty() && name != *short);
    named.map(|(name, _)| name).filter(|name| !area.ends_with(name.as_str())).collect()
}

/// Returns what is said around tables without saying anything of their figures: the phrases of the templates,
/// titles of forms, parts and sections, names of the body and of those above it.
fn familiar(templates: &Templates) -> Vec<String> {
    let Templates { forms, indicators, body, .. } = templates;
    let phrases = &forms.labels.familiar;
    if phrases.is_empty() {
        return Vec::new();
    }
    let titles = forms.list.iter().flat_map(|form| {
        [&form.name, &form.title].into_iter().chain(form.parts.iter().map(|part| &part.title))
    });
    let sections = indicators.sections.iter().map(|section| &section.name);
    let names = [&body.name, &body.superior, &body.issuer, &body.area, &body.place].into_iter();
    let of_body = names.chain(&body.addressees);
    phrases.iter().chain(titles).chain(sections).chain(of_body).cloned().collect()
}

fn columns_of(templates: &Templates, form: &Form, part: &Part) -> Vec<GuideColumn> {
    let codes: Vec<String> =
        part.indicators.iter().map(|index| templates.indicators.get(*index).code.clone()).collect();
    part.columns
        .iter()
        .map(|column| GuideColumn {
            part: format!("{}/{}", form.code, part.key),
            measure: column.measure,
            titles: titles_of(templates, part, column),
            suffix: column.suffix.clone(),
            required: is_required(templates, &codes, column),
            codes: codes.clone(),
        })
        .collect()
}

/// Returns whether a unit must fill in one of the cells of a column.
fn is_required(templates: &Templates, codes: &[String], column: &FormColumn) -> bool {
    let suffix = column.suffix.as_deref().unwrap_or_default();
    codes.iter().any(|code| {
        let index = templates.indicators.find(&format!("{code}{suffix}"));
        index.is_none_or(|index| templates.indicators.get(index).required)
    })
}

/// Returns the heads of a column, those that are put together last.
fn titles_of(templates: &Templates, part: &Part, column: &FormColumn) -> Vec<String> {
    let mut titles = column.titles.clone();
    if column.measure == Measure::Value && column.suffix.is_none() {
        let known: BTreeSet<String> = titles.iter().map(|title| fold(title)).collect();
        let composed = templates.forms.labels.composed.of(part.kind);
        titles.extend(composed.filter(|title| !known.contains(&fold(title))));
    }
    titles
}

fn details_of(form: &Form) -> Vec<GuideDetail> {
    form.details
        .iter()
        .map(|table| GuideDetail {
            key: table.key.clone(),
            titles: table.titles.clone(),
            columns: table
                .columns
                .iter()
                .map(|column| (column.key.clone(), column.titles.clone(), column.kind))
                .collect(),
        })
        .collect()
}

/// Returns the boxes of all forms, those of the same key as one.
fn boxes_of(forms: &[Form]) -> Vec<(String, Vec<String>)> {
    let mut boxes: Vec<(String, Vec<String>)> = Vec::new();
    for field in forms.iter().flat_map(|form| &form.boxes) {
        match boxes.iter_mut().find(|(key, _)| *key == field.key) {
            Some((_, labels)) => {
                let new = field.labels.iter().filter(|label| !labels.contains(label));
                let new: Vec<String> = new.cloned().collect();
                labels.extend(new);
            }
            None => boxes.push((field.key.clone(), field.labels.clone())),
        }
    }
    boxes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ingest::{CellContent, FileReading, Reader, samples},
        template::fixtures,
    };

    /// Writes the parts of a form as printed, with the numbers 1, 2, 3 … as values.
    fn lines_of(templates: &Templates, form: &Form) -> String {
        let mut lines = vec!["Kỳ báo cáo:|Tháng 3 năm 2024".to_owned()];
        let mut number = 0;
        for part in &form.parts {
            let (before, last) = match templates.body.convention.first_day {
                1 => ("29/02", "31/3"),
                _ => ("14/02", "14/3"),
            };
            let dates = [("{den_truoc}", before), ("{den}", last), ("{dau_nam}", "15/12/2023")];
            let heads = part.columns.iter().map(|column| {
                let title = column.titles[0].clone();
                dates.iter().fold(title, |title, (place, date)| title.replace(place, date))
            });
            let first = match templates.body.convention.first_day {
                1 => "01/3/2024",
                _ => "15/02/2024",
            };
            let title = part.title.replace('|', " ").replace("{tu}", first);
            lines.push(title.replace("{den}", &format!("{last}/2024")));
            lines.push(format!("STT|Mã|Chỉ tiêu|{}", heads.collect::<Vec<_>>().join("|")));
            for index in &part.indicators {
                let values = part.columns.iter().map(|_| {
                    number += 1;
                    number.to_string()
                });
                let values = values.collect::<Vec<_>>().join("|");
                lines.push(format!("|{}|…|{values}", templates.indicators.get(*index).code));
            }
        }
        lines.join("\n")
    }

    #[test]
    fn every_form_of_both_workspaces_is_read_back_whole() {
        for templates in [fixtures::district(), fixtures::province()] {
            let reader = Reader::new(&ReadingGuide::of(&templates));
            for form in &templates.forms.list {
                let lines = lines_of(&templates, form);
                let bytes =
                    samples::workbook(&[("Biểu", &|sheet| samples::put(sheet, (3, 1), &lines))]);
                let FileReading { returns, notices, .. } = reader.read("a.xlsx", &bytes);
                let [found] = &returns[..] else { panic!("form {}: {notices:?}", form.code) };
                assert_eq!((&*found.form, notices), (&*form.code, Vec::new()));
                let expected: Vec<(String, Measure, CellContent)> = form
                    .parts
                    .iter()
                    .flat_map(|part| part.indicators.iter().map(move |index| (part, index)))
                    .flat_map(|(part, index)| {
                        part.columns.iter().map(move |column| (index, column))
                    })
                    .zip(1..)
                    .map(|((index, column), number)| {
                        let code = &templates.indicators.get(*index).code;
                        let suffix = column.suffix.as_deref().unwrap_or_default();
                        let content = CellContent::Number(f64::from(number));
                        (format!("{code}{suffix}"), column.measure, content)
                    })
                    .collect();
                assert_eq!(samples::figures(found), expected, "form {}", form.code);
            }
        }
    }
}

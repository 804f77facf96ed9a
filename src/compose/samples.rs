//! Small months of the district for the tests of this room: communes that say what a test wants.

use chrono::NaiveDate;

use crate::{
    aggregate::{Figures, aggregate},
    compose::{
        ReportInput,
        document::{Block, Document, shown},
        report,
    },
    crew::Alone,
    period::Period,
    template::{
        AssignedBy, IndicatorKind, Measure, Target, Targets, Templates, UnitIx, Usage, fixtures,
    },
    validate::{
        Batch, Discipline, History, MonthRecord, Observation, Reading, RecordedValue, Return,
        Standing, State,
    },
};

/// Codes with values.
pub(super) type Values<'a> = &'a [(&'a str, i64)];

/// A month of the district.
pub(super) struct Month {
    pub templates: Templates,
    pub batch: Batch,
    pub history: History,
    pub office_words: Option<String>,
    pub number: Option<String>,
    pub date: Option<NaiveDate>,
}

impl Month {
    /// Returns March 2024 of some units: key, values of March, values of February. A unit without
    /// values did not return; without any February there is no earlier month.
    pub(super) fn of(units: &[(&str, Values<'_>, Values<'_>)]) -> Self {
        let mut templates = fixtures::district();
        templates.roster.units.retain(|unit| units.iter().any(|(key, ..)| *key == unit.key));
        templates.targets = Targets::default();
        let mut month = Self {
            templates,
            batch: Batch::default(),
            history: History::new(),
            office_words: None,
            number: None,
            date: None,
        };
        for (key, now, before) in units {
            month.say(key, now, before);
        }
        month
    }

    /// Returns March 2024 of every unit with every indicator.
    pub(super) fn full() -> Self {
        let templates = fixtures::district();
        let mut month = Self {
            batch: Batch::default(),
            history: History::new(),
            office_words: None,
            number: None,
            date: None,
            templates: fixtures::district(),
        };
        for (position, unit) in (1_i64..).zip(&templates.roster.units) {
            let values = |share: i64| -> Vec<(&str, i64)> {
                let applies = templates.indicators.list.iter().filter(|row| row.applies_to(unit));
                let own = applies.filter(|row| row.target_of.is_none());
                (1..)
                    .zip(own)
                    .map(|(place, row)| match row.kind {
                        IndicatorKind::Tick => (row.code.as_str(), (place + position) % 2),
                        IndicatorKind::Flow => (row.code.as_str(), (place * position * share) % 97),
                        IndicatorKind::Stock => {
                            (row.code.as_str(), 4_000 + 100 * position + share + place)
                        }
                    })
                    .collect()
            };
            month.say(&unit.key, &values(7), &values(5));
        }
        month
    }

    /// Assigns targets of B11.
    pub(super) fn assign(mut self, targets: Values<'_>) -> Self {
        let day = |text: &str| text.parse().unwrap();
        let mut list: Vec<Target> = self.templates.targets.iter().cloned().collect();
        for (key, scaled) in targets {
            list.push(Target {
                unit: Some(self.templates.roster.find(key).unwrap()),
                indicator: self.templates.indicators.find("B11").unwrap(),
                scaled: *scaled,
                decision: "Quyết định số 215/QĐ-UBND".to_owned(),
                date: day("2024-01-22"),
                valid_from: day("2023-12-15"),
                valid_to: day("2024-12-14"),
                assigned_by: AssignedBy::Body,
            });
        }
        self.templates.targets = Targets::new(list);
        self
    }

    pub(super) fn period() -> Period {
        "2024-03".parse().unwrap()
    }

    pub(super) fn figures(&self) -> Figures {
        aggregate(&self.templates, Self::period(), &self.batch, &self.history, &Alone).unwrap()
    }

    pub(super) fn document(&self) -> Document {
        self.compose().unwrap()
    }

    pub(super) fn compose(&self) -> Result<Document, crate::compose::ComposeError> {
        let figures = self.figures();
        report(&ReportInput {
            templates: &self.templates,
            period: Self::period(),
            figures: &figures,
            batch: &self.batch,
            history: &self.history,
            office_words: self.office_words.as_deref(),
            number: self.number.as_deref(),
            date: self.date,
        })
    }

    /// Returns the words of the signed part, one line a block, with plain spaces.
    pub(super) fn words(&self) -> String {
        words(&self.document())
    }

    fn say(&mut self, key: &str, now: Values<'_>, before: Values<'_>) {
        let unit = self.templates.roster.find(key).unwrap();
        let standing = if now.is_empty() { Standing::NotReturned } else { Standing::OnTime };
        self.batch.discipline.push(discipline(unit, standing));
        if !now.is_empty() {
            let said = self.unit_return(unit, now);
            self.batch.returns.push(said);
            self.batch.returns.sort_by_key(|one| one.unit);
        }
        if !before.is_empty() {
            let record: &mut MonthRecord =
                self.history.entry("2024-02".parse().unwrap()).or_default();
            record.values.extend(before.iter().map(|(code, scaled)| RecordedValue {
                unit,
                indicator: self.templates.indicators.find(code).unwrap(),
                scaled: *scaled,
            }));
            record.values.sort_unstable();
        }
    }

    fn unit_return(&self, unit: UnitIx, values: Values<'_>) -> Return {
        let observation = |(code, scaled): &(&str, i64)| Observation {
            indicator: self.templates.indicators.find(code).unwrap(),
            measure: Measure::Value,
            state: State::Value(*scaled),
            usage: Usage::Used,
            sheet: 0,
            cell: None,
            raw: None,
            reading: Reading::Literal,
            source: None,
        };
        Return {
            unit,
            period: Self::period(),
            form: "01".to_owned(),
            submission: 1,
            file: format!("2024-03/{}.xlsx", self.templates.roster.get(unit).key),
            sha256: "0".repeat(64),
            sheets: Vec::new(),
            sample: false,
            observations: values.iter().map(observation).collect(),
            details: Vec::new(),
            texts: Vec::new(),
            explanations: Vec::new(),
        }
    }
}

/// Returns the words of the signed part, one line a block, with plain spaces.
pub(super) fn words(document: &Document) -> String {
    let section = document.sections.iter().find(|section| section.name == "Báo cáo").unwrap();
    let line = |block: &Block| match block {
        Block::Paragraph(paragraph) => shown(&paragraph.runs),
        Block::Heading(heading) => shown(&heading.runs),
        _ => String::new(),
    };
    let lines: Vec<String> = section.blocks.iter().map(line).collect();
    lines.join("\n").replace('\u{a0}', " ")
}

fn discipline(unit: UnitIx, standing: Standing) -> Discipline {
    Discipline {
        unit,
        deadline: "2024-03-18T16:00:00".parse().unwrap(),
        extended: false,
        received: None,
        signed_paper: None,
        standing,
        submission: None,
        figures_missing: 0,
        figures_expected: 0,
    }
}

//! Every sentence of `bao-cao.md` in each of its branches, as tables: the figures of a month, the
//! words that a section must say and those that it must not, and the tone of
//! all. II.2's main story is in `tests.rs`.

mod accounts;
mod bodies;
mod guidance;
mod outlook;
mod services;
mod tone;

use super::{
    document::{Block, Document, shown},
    samples::{Month, Values, words},
};

/// A month and what its report says.
struct Case {
    name: &'static str,
    /// Key, values of March, values of February.
    units: &'static [Unit],
    /// What else differs from the templates of the repository.
    set: fn(Month) -> Month,
    said: &'static [&'static str],
    unsaid: &'static [&'static str],
}

type Unit = (&'static str, Values<'static>, Values<'static>);
type Words = &'static [&'static str];

/// A section with its cases.
struct Section {
    heading: &'static str,
    cases: &'static [Case],
}

/// Returns a case under the templates as they are.
const fn case(name: &'static str, units: &'static [Unit], said: Words, unsaid: Words) -> Case {
    Case { name, units, set: as_it_is, said, unsaid }
}

impl Case {
    /// Returns the case with something else set.
    const fn with(mut self, set: fn(Month) -> Month) -> Self {
        self.set = set;
        self
    }

    fn document(&self) -> Document {
        (self.set)(Month::of(self.units)).document()
    }
}

impl Section {
    /// Checks what the section says in each case, and the tone and typing of the whole report.
    fn check(&self) {
        for case in self.cases {
            let document = case.document();
            tone::check(case.name, &words(&document));
            let words = section(&document, self.heading);
            for part in case.said {
                assert!(words.contains(part), "{}: not said {part:?} in\n{words}", case.name);
            }
            for part in case.unsaid {
                assert!(!words.contains(part), "{}: said {part:?} in\n{words}", case.name);
            }
        }
    }
}

fn as_it_is(month: Month) -> Month {
    month
}

/// Returns the paragraphs under a heading that begins so, one a line, with plain spaces.
fn section(document: &Document, heading: &str) -> String {
    let report = document.sections.iter().find(|section| section.name == "Báo cáo").unwrap();
    let mut lines = Vec::new();
    let mut inside = false;
    let mut found = false;
    for block in &report.blocks {
        match block {
            Block::Heading(block) => {
                inside = shown(&block.runs).replace('\u{a0}', " ").starts_with(heading);
                found |= inside;
            }
            Block::Paragraph(paragraph) if inside => lines.push(shown(&paragraph.runs)),
            _ => {}
        }
    }
    assert!(found, "no heading {heading:?}");
    lines.join("\n").replace('\u{a0}', " ")
}

//! Step 4: figures and words become typed documents without a file format: the signed report with
//! its annexes, the internal workbook of findings, and the answers to the units. Nothing here knows a font or a cell address.

mod advice;
mod annexes;
mod charts;
mod cover;
pub mod document;
pub mod feedback;
mod findings;
pub mod forms;
mod letterhead;
mod lookup;
mod markdown;
mod messages;
mod office_words;
mod report;
mod runs;
mod sources;
mod summary;
mod trend;
mod typography;
mod words;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod sentences;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::{
    aggregate::Figures,
    compose::lookup::Lookup,
    period::Period,
    template::Templates,
    validate::{Batch, History},
};

pub use findings::{FindingsInput, findings, verdict};
pub use messages::{
    Asked, Situation, Thanks, UnitMessage, is_of_the_office, message_block, message_file, messages,
};
pub use report::report;

/// Everything that a report is made of.
#[derive(Clone, Copy)]
pub struct ReportInput<'a> {
    /// What the body decided.
    pub templates: &'a Templates,
    /// The period.
    pub period: Period,
    /// The figures table of the period.
    pub figures: &'a Figures,
    /// The returns that count.
    pub batch: &'a Batch,
    /// The earlier months.
    pub history: &'a History,
    /// The office's own words, `loi-van.md`.
    pub office_words: Option<&'a str>,
    /// Number of the report ("15"); left blank in a draft.
    pub number: Option<&'a str>,
    /// Date of the report; the day is left blank in a draft.
    pub date: Option<NaiveDate>,
}

impl<'a> ReportInput<'a> {
    fn lookup(&self) -> Lookup<'a> {
        Lookup { templates: self.templates, figures: self.figures, period: self.period }
    }
}

/// Why a report cannot be composed: always a mistake of `bao-cao.md` or `loi-van.md`.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// The template of the words fails.
    #[error("templates/bao-cao.md{}: {message}", at_line(*line))]
    Template {
        /// Line, from 1.
        line: Option<usize>,
        /// What is wrong, and what is allowed.
        message: String,
        /// What the template engine says.
        source: minijinja::Error,
    },
    /// Digits in the template's words.
    #[error(
        "templates/bao-cao.md{}: chữ số `{digits}` viết thẳng trong lời văn; con số phải lấy từ bảng \
         số liệu, tên có chữ số khai ở `ten_co_chu_so` trong co-quan.toml",
        at_line(*line)
    )]
    StrayDigits {
        /// Line, from 1.
        line: Option<usize>,
        /// The word with digits.
        digits: String,
    },
    /// Markdown that a report has no place for.
    #[error(
        "templates/bao-cao.md: không dùng được `{excerpt}`; lời văn chỉ có tiêu đề, đoạn, danh sách, \
         chữ đậm, chữ nghiêng"
    )]
    Markdown {
        /// The first words of it.
        excerpt: String,
    },
    /// The same in the office's words.
    #[error(
        "loi-van.md{}: không dùng được `{excerpt}`; lời văn chỉ có đoạn, danh sách, chữ đậm, chữ nghiêng",
        at_line(*line)
    )]
    OfficeMarkdown {
        /// Line, from 1.
        line: Option<usize>,
        /// The first words of it.
        excerpt: String,
    },
    /// A heading of the office's words that no part of the report takes.
    #[error(
        "loi-van.md, dòng {line}: không có mục `{heading}`; các mục: {}",
        office_words::SECTIONS.join(", ")
    )]
    UnknownOfficeSection {
        /// Line, from 1.
        line: usize,
        /// The heading.
        heading: String,
    },
    /// The office's words stand before the first heading.
    #[error(
        "loi-van.md, dòng {line}: lời văn phải đứng dưới một trong các mục: {}",
        office_words::SECTIONS.map(|section| format!("## {section}")).join(", ")
    )]
    OfficeWordsOutside {
        /// Line, from 1.
        line: usize,
    },
}

/// Checks `bao-cao.md` against the other templates, before any figure is known.
pub fn check_words(templates: &Templates) -> Result<(), ComposeError> {
    words::check(templates)
}

fn at_line(line: Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!(", dòng {line}"))
}

//! What a unit is told about its return: the cells to mark in a copy of its own file, the reason
//! beside each, and a sheet of findings with what to do until when. It knows no file format.

mod choose;
pub mod earlier;
mod extract;
mod sheet;
mod words;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::{place::CellRef, quantity::Quantity};

pub use choose::feedback;
pub use extract::extracted;
pub use words::CopyNotice;

/// What a unit is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Key of the unit, which names the file.
    pub unit: String,
    /// The file that is sent back, a path below `input/`; nothing when none can be.
    pub file: Option<String>,
    /// SHA-256 of that file.
    pub sha256: String,
    /// Whose words the notes are: the name of the office.
    pub author: String,
    /// The sheet of an earlier answer in that file, which this one takes the place of.
    pub earlier_sheet: Option<String>,
    /// Whether the form itself is spoilt or of another month, so that it cannot be corrected.
    pub is_spoilt: bool,
    /// Cells to mark, by sheet and cell.
    pub marks: Vec<Mark>,
    /// The sheet of findings.
    pub sheet: AnswerSheet,
}

/// A cell to mark, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Name of the sheet, as it stands in the file.
    pub sheet: String,
    /// The cell.
    pub cell: CellRef,
    /// How it is marked.
    pub tone: Tone,
    /// The reason, for the note beside the cell.
    pub note: String,
}

/// How a cell is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Tone {
    /// Must be corrected.
    Wrong,
    /// Should be checked or explained.
    Doubtful,
    /// Is a further cell of a finding: may be what is wrong.
    Related,
}

/// The sheet of findings; words only, none of which is ever a formula.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AnswerSheet {
    /// Name of the sheet.
    pub name: String,
    /// Title in capitals.
    pub title: String,
    /// To whom it goes.
    pub addressee: String,
    /// What is the matter and what to do, one entry a paragraph.
    pub message: Vec<String>,
    /// The fewest cells that would clear up the findings, one entry a proposal; none when unknown.
    pub proposals: Vec<String>,
    /// What was received when: label and words.
    pub received: Vec<(String, String)>,
    /// Heads of the table.
    pub heads: Vec<&'static str>,
    /// The findings, worst first.
    pub rows: Vec<AnswerRow>,
    /// What the colours mean and how to send again.
    pub closing: Vec<String>,
}

/// A finding of the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerRow {
    /// How bad it is.
    pub tone: Tone,
    /// The same in a word.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The cell that it leads to, in the file sent back.
    pub cell: Option<(String, CellRef)>,
    /// Whether that cell is marked; else the row leads to the sheet as a whole.
    pub is_marked: bool,
    /// The place in words, as short as the cell allows.
    pub place: String,
    /// What stands there.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// Code, for a telephone call.
    pub code: String,
}

/// A sheet of a copy that is written anew: only what stands in the cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopiedSheet {
    /// Its name, as it stands in the file.
    pub name: String,
    /// The cells, by row and column.
    pub cells: Vec<(CellRef, CopiedCell)>,
    /// Merged areas: first and last cell.
    pub merges: Vec<(CellRef, CellRef)>,
}

/// What stands in a cell of such a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopiedCell {
    /// Words, which never become a formula.
    Words(String),
    /// A number as the shortest text that reads the same, `1234.5`.
    Number(String),
    /// A number that is shown as a percentage, as a fraction.
    Percent(String),
    /// A date, `YYYY-MM-DD`.
    Date(String),
    /// True or false.
    Boolean(bool),
    /// A figure as it was read.
    Figure(Quantity),
    /// A head of a table.
    Head(String),
}

impl Answer {
    /// Returns the answer with a further word on the copy, at the foot of the sheet.
    #[must_use]
    pub fn with_notice(mut self, notice: &CopyNotice) -> Self {
        self.sheet.closing.push(notice.words());
        self
    }

    /// Leaves out what leads to sheets that a copy does not have; the words stay.
    pub fn keep_sheets(&mut self, names: &[(String, String)]) {
        let is_there = |sheet: &str| names.iter().any(|(_, name)| name == sheet);
        self.marks.retain(|mark| is_there(&mark.sheet));
        for row in &mut self.sheet.rows {
            row.cell = row.cell.take().filter(|(sheet, _)| is_there(sheet));
        }
    }

    /// Returns the answer for a copy whose sheets have other names, in the order given.
    #[must_use]
    pub fn renamed(mut self, names: &[(String, String)]) -> Self {
        let new = |old: &str| names.iter().find(|(from, _)| from == old).map(|(_, to)| to.clone());
        for mark in &mut self.marks {
            if let Some(name) = new(&mark.sheet) {
                mark.sheet = name;
            }
        }
        for row in &mut self.sheet.rows {
            if let Some((sheet, _)) = &mut row.cell
                && let Some(name) = new(sheet)
            {
                *sheet = name;
            }
        }
        self
    }
}

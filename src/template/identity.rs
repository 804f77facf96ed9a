//! What a form that the program gave out says of itself on a hidden sheet: for whom, for which
//! period, by which templates, and what stands where. It says how that is written and read back;
//! the hashes show a change by accident or by hand, they are no secret and no signature.

use super::sha256;
use crate::{period::Period, place::CellRef};

/// Name of the hidden sheet.
pub const IDENTITY_SHEET: &str = "_da06";

/// First cell of the sheet; what else begins so is of a later program and not understood.
const MAGIC: &str = "DA06-BIEU-MAU-1";

/// Rows before the marks: the magic, four fields and two hashes.
const HEAD_ROWS: usize = 7;

/// Most marks that are read; a form has a few hundred.
const MAX_MARKS: usize = 5_000;

/// What a form says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormIdentity {
    /// Key of the unit.
    pub unit: String,
    /// The period.
    pub period: Period,
    /// Code of the form, "01".
    pub form: String,
    /// Version of the form's templates, see `Templates::form_version`.
    pub version: String,
    /// What stands where, in the order of the sheets.
    pub marks: Vec<FormMark>,
}

/// Something that stands in a cell of a form and is not the unit's to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormMark {
    /// What it is.
    pub kind: FormMarkKind,
    /// Name of the sheet.
    pub sheet: String,
    /// The cell.
    pub cell: CellRef,
    /// The words or the code; nothing for a formula.
    pub words: String,
}

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormMarkKind {
    /// Locked words.
    Words,
    /// The code of a row.
    Row,
    /// A formula.
    Formula,
}

/// An identity as it was read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadIdentity {
    /// What it says.
    pub identity: FormIdentity,
    /// Whether unit, period, form and version are those that were hashed.
    pub is_whole: bool,
    /// Whether the marks are those that were hashed.
    pub marks_are_whole: bool,
}

impl FormMarkKind {
    fn word(self) -> &'static str {
        match self {
            Self::Words => "chu",
            Self::Row => "dong",
            Self::Formula => "cong_thuc",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        [Self::Words, Self::Row, Self::Formula].into_iter().find(|kind| kind.word() == word)
    }
}

impl FormIdentity {
    /// Returns the rows of the hidden sheet, each of one to four cells of words.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let marks: Vec<Vec<String>> = self.marks.iter().map(FormMark::cells).collect();
        let field = |key: &str, value: &str| vec![key.to_owned(), value.to_owned()];
        let mut rows = vec![vec![MAGIC.to_owned()]];
        rows.extend(self.fields());
        rows.push(field("bam_dinh_danh", &hash_of(&self.fields())));
        rows.push(field("bam_cau_truc", &hash_of(&marks)));
        rows.extend(marks);
        rows
    }

    /// Returns the identity that the rows of a sheet hold; nothing when they are none.
    pub fn read(rows: &[Vec<String>]) -> Option<ReadIdentity> {
        let cell = |row: usize, column: usize| Some(rows.get(row)?.get(column)?.trim());
        if cell(0, 0)? != MAGIC {
            return None;
        }
        let mut marks: Vec<FormMark> = Vec::new();
        let mut lost = false;
        for row in rows.iter().skip(HEAD_ROWS).take(MAX_MARKS) {
            match FormMark::of_cells(row) {
                Some(mark) => marks.push(mark),
                None => lost |= row.iter().any(|words| !words.is_empty()),
            }
        }
        let identity = Self {
            unit: cell(1, 1)?.to_owned(),
            period: cell(2, 1)?.parse().ok()?,
            form: cell(3, 1)?.to_owned(),
            version: cell(4, 1)?.to_owned(),
            marks,
        };
        let cells: Vec<Vec<String>> = identity.marks.iter().map(FormMark::cells).collect();
        let is_whole = cell(5, 1) == Some(hash_of(&identity.fields()).as_str());
        let marks_are_whole = !lost && cell(6, 1) == Some(hash_of(&cells).as_str());
        Some(ReadIdentity { identity, is_whole, marks_are_whole })
    }

    fn fields(&self) -> [Vec<String>; 4] {
        let fields = [
            ("don_vi", self.unit.clone()),
            ("ky", self.period.to_string()),
            ("bieu", self.form.clone()),
            ("phien_ban", self.version.clone()),
        ];
        fields.map(|(key, value)| vec![key.to_owned(), value])
    }
}

impl FormMark {
    fn cells(&self) -> Vec<String> {
        let kind = self.kind.word().to_owned();
        vec![kind, self.sheet.clone(), self.cell.to_string(), self.words.clone()]
    }

    fn of_cells(cells: &[String]) -> Option<Self> {
        let words = cells.get(3).cloned().unwrap_or_default();
        Some(Self {
            kind: FormMarkKind::of_word(cells.first()?)?,
            sheet: cells.get(1)?.clone(),
            cell: cell_of(cells.get(2)?)?,
            words,
        })
    }
}

/// Returns the cell that a text such as "C12" names.
fn cell_of(text: &str) -> Option<CellRef> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    if !(1..=3).contains(&letters.len()) {
        return None;
    }
    let column =
        letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    let row: u32 = digits.parse().ok().filter(|row| (1..=1_048_576).contains(row))?;
    Some(CellRef { row: row - 1, column: column - 1 })
}

fn hash_of(rows: &[Vec<String>]) -> String {
    let lines = rows.iter().map(|row| format!("{}\n", row.join("\t")));
    sha256(lines.collect::<String>().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> FormIdentity {
        let mark = |kind, cell: &str, words: &str| FormMark {
            kind,
            sheet: "Biểu 01".to_owned(),
            cell: cell_of(cell).unwrap(),
            words: words.to_owned(),
        };
        FormIdentity {
            unit: "tien-minh".to_owned(),
            period: "2024-04".parse().unwrap(),
            form: "01".to_owned(),
            version: "0123456789abcdef".to_owned(),
            marks: vec![
                mark(FormMarkKind::Words, "A6", "Kỳ báo cáo:"),
                mark(FormMarkKind::Row, "B12", "A01"),
                mark(FormMarkKind::Formula, "AB12", ""),
            ],
        }
    }

    #[test]
    fn what_is_written_is_read_and_every_change_is_seen() {
        let rows = identity().rows();
        let read = FormIdentity::read(&rows).unwrap();
        assert_eq!(read.identity, identity());
        assert!(read.is_whole && read.marks_are_whole);
        for row in 1..rows.len() {
            let mut changed = rows.clone();
            let cell = if row < HEAD_ROWS { 1 } else { 3 };
            changed[row][cell] = if row == 2 { "2024-05".to_owned() } else { "khác".to_owned() };
            let read = FormIdentity::read(&changed).unwrap();
            assert!(!(read.is_whole && read.marks_are_whole), "row {row}");
            assert_eq!(read.is_whole, row > 5, "row {row}");
        }
        let mut shorter = rows.clone();
        shorter.pop();
        assert!(!FormIdentity::read(&shorter).unwrap().marks_are_whole);
        assert_eq!(FormIdentity::read(&rows[1..]), None);
    }
}

//! The way of a file through the room: envelope, limits, sheets, returns. Nothing in it can fail:
//! each step that does not succeed is a refusal or a notice.

use super::{
    FileKind, FileReading, Notice, NoticeKind, ReadingGuide, Refusal, assemble, legacy,
    legacy::Decoded,
    limits,
    matcher::Matcher,
    sheet::{self, SheetReading},
    sniff::{self, Envelope},
    workbook::{self, SheetState, Worksheet},
};

/// Reads files by a guide that was made ready once.
#[derive(Debug)]
pub struct Reader {
    matcher: Matcher,
}

/// Returns what a file holds; for many files make a [`Reader`] once.
pub fn read(name: &str, bytes: &[u8], guide: &ReadingGuide) -> FileReading {
    Reader::new(guide).read(name, bytes)
}

impl Reader {
    /// Returns a reader for the forms of a guide.
    pub fn new(guide: &ReadingGuide) -> Self {
        Self { matcher: Matcher::new(guide) }
    }

    /// Returns what a file holds. The name is only asked for leftovers of programs and for an
    /// extension that lies.
    pub fn read(&self, name: &str, bytes: &[u8]) -> FileReading {
        let (kind, sheets) = open(name, bytes);
        let mut reading =
            FileReading { kind, refusal: None, returns: Vec::new(), notices: Vec::new() };
        if sniff::extension_lies(name, kind) {
            let kind = NoticeKind::WrongExtension;
            reading.notices.push(Notice { sheet: None, cell: None, kind });
        }
        match sheets {
            Ok(mut sheets) => {
                let decoded = legacy::decode(kind, bytes, &mut sheets);
                self.read_sheets(sheets.into_iter().zip(decoded), &mut reading);
            }
            Err(refusal) => reading.refusal = Some(refusal),
        }
        reading
    }

    fn read_sheets(
        &self,
        sheets: impl Iterator<Item = (Worksheet, Vec<Decoded>)>,
        reading: &mut FileReading,
    ) {
        let mut found: Vec<SheetReading> = Vec::new();
        let mut broken = None;
        for (worksheet, decoded) in sheets {
            let kind = match worksheet.state {
                SheetState::Read(grid) => {
                    if !grid.is_empty() || grid.stray.is_some() {
                        let mut sheet = sheet::read(&self.matcher, &worksheet.name, &grid);
                        legacy::keep(&mut sheet, &grid, decoded);
                        found.push(sheet);
                    }
                    continue;
                }
                SheetState::Hidden => NoticeKind::HiddenSheet,
                SheetState::Broken(words) => {
                    broken.get_or_insert_with(|| words.clone());
                    NoticeKind::BrokenSheet(words)
                }
            };
            reading.notices.push(Notice { sheet: Some(worksheet.name), cell: None, kind });
        }
        let (returns, notices) = assemble::assemble(&self.matcher, found);
        if returns.is_empty() {
            reading.refusal = Some(broken.map_or(Refusal::NoForm, Refusal::Damaged));
        }
        reading.returns = returns;
        reading.notices.extend(notices);
    }
}

fn open(name: &str, bytes: &[u8]) -> (FileKind, Result<Vec<Worksheet>, Refusal>) {
    match sniff::sniff(name, bytes) {
        Envelope::Broken(kind @ FileKind::Word) => (kind, Err(Refusal::NotAWorkbook)),
        Envelope::Broken(kind) => {
            (kind, Err(Refusal::Damaged("không mở được vỏ của tệp".to_owned())))
        }
        Envelope::Locked(kind) => (kind, Err(Refusal::Encrypted)),
        Envelope::Sound(kind) => {
            let sheets = match kind {
                FileKind::Xlsx | FileKind::Xls | FileKind::Xlsb | FileKind::Ods => {
                    limits::check(kind, bytes)
                        .and_then(|hints| workbook::sheets(kind, bytes, hints))
                }
                FileKind::Temporary => Err(Refusal::Temporary),
                FileKind::Empty => Err(Refusal::Empty),
                FileKind::Word | FileKind::Pdf | FileKind::Unknown => Err(Refusal::NotAWorkbook),
            };
            (kind, sheets)
        }
    }
}

//! The way of a file through the room: envelope, limits, sheets, returns. Nothing in it can fail:
//! each step that does not succeed is a refusal or a notice.

use super::{
    FileKind, FileReading, Notice, NoticeKind, RawIdentity, RawReturn, ReadingGuide, Refusal,
    Understanding, assemble, identity, legacy,
    legacy::Decoded,
    limits,
    mapping::{Detail, Understood},
    matcher::Matcher,
    packed,
    sheet::{self, SheetReading},
    sniff::{self, Envelope},
    workbook::{self, SheetFault, SheetState, Worksheet},
};
use crate::crew::{Alone, Crew};

/// Text beyond this many bytes is no return.
const LARGE_TEXT: usize = 4 << 20;

/// Reads files by a guide that was made ready once.
#[derive(Debug)]
pub struct Reader {
    matcher: Matcher,
    detail: Detail,
}

/// Returns what a file holds; for many files make a [`Reader`] once.
pub fn read(name: &str, bytes: &[u8], guide: &ReadingGuide) -> FileReading {
    Reader::new(guide).read(name, bytes)
}

impl Reader {
    /// Returns a reader for the forms of a guide.
    pub fn new(guide: &ReadingGuide) -> Self {
        Self::by_crew(guide, &Alone)
    }

    /// Returns the same, made ready by a crew.
    pub fn by_crew(guide: &ReadingGuide, crew: &dyn Crew) -> Self {
        let detail = if guide.every_row { Detail::Layout } else { Detail::Reading };
        Self { matcher: Matcher::new(guide, crew), detail }
    }

    /// Returns what a file holds. The name is only asked for leftovers of programs and for an
    /// extension that lies.
    pub fn read(&self, name: &str, bytes: &[u8]) -> FileReading {
        let (kind, sheets) = open(name, bytes);
        let mut reading = FileReading { refusal: None, ..nothing(kind) };
        if sniff::extension_lies(name, kind) {
            let kind = NoticeKind::WrongExtension;
            reading.notices.push(Notice { sheet: None, cell: None, kind });
        }
        match sheets {
            Ok(_) if kind == FileKind::Zip => {
                let kind = NoticeKind::Unpacked(packed::count(bytes));
                reading.notices.push(Notice { sheet: None, cell: None, kind });
            }
            Ok(mut sheets) => {
                let identity = identity::take(&mut sheets);
                let decoded = legacy::decode(kind, bytes, &mut sheets);
                self.read_sheets(sheets.into_iter().zip(decoded), &mut reading);
                if let Some(identity) = identity {
                    trust_head(&mut reading, &identity.sheet);
                    give_identity(&mut reading.returns, identity);
                }
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
        let mut understood = Understood::new(self.detail);
        let mut found: Vec<SheetReading> = Vec::new();
        let mut broken = None;
        for (worksheet, decoded) in sheets {
            let kind = match worksheet.state {
                SheetState::Read(grid) => {
                    if !grid.is_empty() || grid.stray.is_some() {
                        let mut sheet = sheet::read(&self.matcher, &worksheet.name, &grid);
                        understood.add(&self.matcher, &grid, &mut sheet);
                        legacy::keep(&mut sheet, &grid, decoded);
                        found.push(sheet);
                    }
                    continue;
                }
                SheetState::Hidden => NoticeKind::HiddenSheet,
                SheetState::Macros => NoticeKind::MacroSheet,
                SheetState::Broken(SheetFault::Unreadable(words)) => {
                    broken.get_or_insert_with(|| Refusal::Damaged(words.clone()));
                    NoticeKind::BrokenSheet(words)
                }
                SheetState::Broken(SheetFault::TooLarge(words)) => {
                    broken.get_or_insert_with(|| Refusal::TooLarge(words.clone()));
                    NoticeKind::LargeSheet(words)
                }
            };
            reading.notices.push(Notice { sheet: Some(worksheet.name), cell: None, kind });
        }
        let (returns, notices) = assemble::assemble(&self.matcher, found);
        reading.understanding = understood.finish();
        // What was read line by line waits for nobody.
        let headless = notices.iter().filter(|notice| notice.kind == NoticeKind::NoHeads);
        let headless: Vec<&String> = headless.filter_map(|notice| notice.sheet.as_ref()).collect();
        reading.understanding.tables.retain(|table| !headless.contains(&&table.sheet));
        reading.notices.extend(asked(&reading.understanding));
        if returns.is_empty() {
            let mut kinds = reading.notices.iter().map(|notice| &notice.kind);
            let is_asked = kinds.any(|kind| matches!(kind, NoticeKind::Unclear(_)));
            let refusal = if is_asked { Refusal::Unclear } else { Refusal::NoForm };
            reading.refusal = Some(broken.unwrap_or(refusal));
        }
        reading.returns = returns;
        reading.notices.extend(notices);
    }
}

/// Says of each sheet how much of it is unclear, and of the file which mappings were used.
fn asked(understanding: &Understanding) -> Vec<Notice> {
    let mut notices: Vec<Notice> = Vec::new();
    for table in understanding.tables.iter().filter(|table| table.open() > 0) {
        let more = table.open();
        match notices.iter_mut().find(|notice| notice.sheet.as_ref() == Some(&table.sheet)) {
            Some(Notice { kind: NoticeKind::Unclear(count), .. }) => *count += more,
            _ => notices.push(Notice {
                sheet: Some(table.sheet.clone()),
                cell: Some(table.head),
                kind: NoticeKind::Unclear(more),
            }),
        }
    }
    let files: Vec<String> = understanding.mappings().into_iter().map(str::to_owned).collect();
    if !files.is_empty() {
        notices.push(Notice { sheet: None, cell: None, kind: NoticeKind::Mapped(files) });
    }
    notices
}

/// Forgets doubts about the head of a form: its identity says whose it is and of which month.
fn trust_head(reading: &mut FileReading, sheet: &str) {
    let is_of_form = |name: &str| name.trim() == sheet.trim();
    let of_form = reading.returns.iter().flat_map(|raw| {
        raw.values.iter().filter(|value| {
            raw.sheets.get(usize::from(value.sheet)).is_some_and(|name| is_of_form(name))
        })
    });
    let Some(first) = of_form.map(|value| value.cell.row).min() else { return };
    reading.notices.retain(|notice| {
        let is_in_head = notice.cell.is_some_and(|cell| cell.row < first)
            && notice.sheet.as_deref().is_some_and(is_of_form);
        !(is_in_head
            && matches!(
                notice.kind,
                NoticeKind::DoubtfulWords(_) | NoticeKind::StrangeWords { .. }
            ))
    });
}

/// Gives a return what its form says of itself: the one read from the sheet of the form, else the
/// only one. Another return of the same workbook was brought in from elsewhere.
fn give_identity(returns: &mut [RawReturn], identity: RawIdentity) {
    let of_form = |raw: &RawReturn| raw.sheets.iter().any(|sheet| sheet.trim() == identity.sheet);
    let position = returns.iter().position(of_form).or((returns.len() == 1).then_some(0));
    if let Some(raw) = position.and_then(|position| returns.get_mut(position)) {
        raw.identity = Some(Box::new(identity));
    }
}

/// Returns the reading of a file that was not read at all.
pub fn refused(refusal: Refusal) -> FileReading {
    let kind = FileKind::Unknown;
    FileReading { refusal: Some(refusal), ..nothing(kind) }
}

fn nothing(kind: FileKind) -> FileReading {
    FileReading {
        kind,
        refusal: None,
        returns: Vec::new(),
        notices: Vec::new(),
        understanding: Understanding::default(),
    }
}

/// Returns whether a file should be read in a process of its own: formats whose reader keeps all of
/// a sheet or trusts what a file says of itself, and files that are larger than returns are.
pub fn wants_own_process(name: &str, bytes: &[u8]) -> bool {
    if bytes.len() > limits::MAX_BYTES {
        // Refused before it is opened.
        return false;
    }
    match sniff::sniff(name, bytes) {
        Envelope::Sound(FileKind::Xls | FileKind::Xlsb) => true,
        Envelope::Sound(FileKind::Xlsx | FileKind::Ods) => limits::is_unusual(bytes),
        Envelope::Sound(
            FileKind::Delimited | FileKind::Html | FileKind::SpreadsheetXml | FileKind::FlatOds,
        ) => bytes.len() > LARGE_TEXT,
        _ => false,
    }
}

pub(super) fn open(name: &str, bytes: &[u8]) -> (FileKind, Result<Vec<Worksheet>, Refusal>) {
    let envelope = sniff::sniff(name, bytes);
    let (Envelope::Sound(kind) | Envelope::Broken(kind) | Envelope::Locked(kind)) = envelope;
    let sheets = match (envelope, kind) {
        (_, FileKind::Temporary) => Err(Refusal::Temporary),
        (_, FileKind::Empty) => Err(Refusal::Empty),
        (Envelope::Locked(_), _) => Err(Refusal::Encrypted),
        (_, FileKind::Word | FileKind::Slides | FileKind::Pdf | FileKind::Image) => {
            Err(Refusal::NotAWorkbook)
        }
        (_, FileKind::Packed) => Err(Refusal::NotAWorkbook),
        (_, FileKind::OldXls) => Err(Refusal::Outdated),
        (_, FileKind::Unknown) if bytes.iter().all(|byte| *byte == 0) => Err(Refusal::Blank),
        (Envelope::Broken(_), _) if sniff::ends_in_zeros(bytes) => Err(Refusal::StillWritten),
        (Envelope::Broken(_), _) => Err(Refusal::Damaged("không mở được tệp".to_owned())),
        (_, FileKind::Unknown) => Err(Refusal::NotAWorkbook),
        (_, FileKind::Zip) => packed::check(bytes).map(|()| Vec::new()),
        _ => limits::check(kind, bytes).and_then(|hints| workbook::sheets(kind, bytes, hints)),
    };
    (kind, sheets)
}

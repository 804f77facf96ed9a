//! An answer goes into the unit's own workbook: wrong cells get a fill and a note, a sheet of findings
//! is appended and shown first. Only the parts that must change are changed, by words spliced into
//! their text; every other part stays byte for byte. Macros and signatures are left out.
//!
//! What cannot be done safely is an error, and the caller sends a rebuilt copy.

mod answer_sheet;
mod book;
mod cells;
mod content_types;
mod drawing;
mod earlier;
mod frame;
mod markup;
mod notes;
mod package;
mod relations;
mod styles;

use std::collections::BTreeMap;

use self::{
    book::{Book, NewSheet},
    cells::Marked,
    notes::Note,
    package::{Package, folder, relative},
    relations::{Relation, Relations},
    styles::Styles,
};
use crate::compose::feedback::{Answer, CopyNotice};
use crate::text::our_words::in_note;

/// Type of the parts that come with a sheet.
const SHEET_KIND: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const NOTES_KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const STYLES_KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
const DRAWING_KIND: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// Looks that a workbook can have.
const MOST_LOOKS: u32 = 65_490;

/// Columns whose widths are asked for: beyond them notes stand as over usual ones.
const COLUMNS: u32 = 256;

/// Returns the workbook with the answer in it.
pub fn patched(bytes: &[u8], answer: &Answer) -> Result<Vec<u8>, PatchError> {
    match replacing(bytes, answer, Earlier::Cleared) {
        // Marks and notes that cannot be taken away are better than a copy without the unit's own.
        Err(_) => replacing(bytes, answer, Earlier::Kept),
        done => done,
    }
}

/// What becomes of the marks and notes of an earlier answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Earlier {
    Cleared,
    Kept,
}

fn replacing(bytes: &[u8], answer: &Answer, earlier: Earlier) -> Result<Vec<u8>, PatchError> {
    let mut patch = Patch::open(bytes)?;
    let mut answer = answer.clone();
    for notice in patch.leave_out_active_parts()? {
        answer = answer.with_notice(&notice);
    }
    let mut styles = patch.styles()?;
    patch.reach_looks(&mut styles)?;
    if earlier == Earlier::Cleared {
        patch.clear(&mut styles)?;
    }
    let unmarked = patch.mark(&answer, &mut styles)?;
    if unmarked > 0 {
        answer = answer.with_notice(&CopyNotice::WithoutNote { cells: unmarked });
    }
    patch.let_tabs_go()?;
    if !patch.replace(&answer, &mut styles)? {
        patch.append(&answer, &mut styles)?;
    }
    patch.package.set(&patch.styles_part, styles.into_text()?);
    let kinds = patch.kinds;
    patch.package.set(content_types::PART, kinds);
    patch.package.finish()
}

/// Returns the names of the sheets of a workbook; none of one that cannot be changed.
pub fn sheet_names(bytes: &[u8]) -> Vec<String> {
    let sheets = Patch::open(bytes).map(|patch| patch.book.sheets).unwrap_or_default();
    sheets.into_iter().map(|sheet| sheet.name).collect()
}

/// A workbook that is being changed.
struct Patch<'b> {
    package: Package<'b>,
    /// Name of the workbook's part.
    workbook: String,
    book_text: String,
    book: Book,
    relations: Relations,
    /// The parts of the sheets that came with it, by the identities of their relations.
    sheet_parts: BTreeMap<String, String>,
    /// `[Content_Types].xml`.
    kinds: String,
    styles_part: String,
}

impl<'b> Patch<'b> {
    fn open(bytes: &'b [u8]) -> Result<Self, PatchError> {
        let mut package = Package::open(bytes)?;
        let of_package = package.text("_rels/.rels")?;
        let of_package = Relations::of("", of_package);
        let found = of_package.first("officedocument")?.and_then(|relation| relation.part);
        let found = found.filter(|part| package.has(part));
        let workbook = package.spelled(&found.unwrap_or_else(|| "xl/workbook.xml".to_owned()));
        let book_text = package.needed(&workbook)?;
        let book = Book::of(&book_text)?;
        let relations = package.text(&Relations::part_of(&workbook))?;
        let relations = Relations::of(&workbook, relations);
        let shared = |name: &str| name.contains("/revisions/") || name.contains("/macrosheets/");
        if package.names().any(shared) {
            return Err(PatchError::Unusual("a workbook with a list of changes or macro sheets"));
        }
        let kinds = package.needed(content_types::PART)?;
        let styles_part = String::new();
        let parts = relations.all()?.into_iter();
        let sheet_parts =
            parts.filter_map(|one| Some((one.id, package.spelled(&one.part?)))).rev().collect();
        Ok(Self { package, workbook, book_text, book, relations, sheet_parts, kinds, styles_part })
    }

    /// Leaves out macros and signatures, which would not be true any more.
    fn leave_out_active_parts(&mut self) -> Result<Vec<CopyNotice>, PatchError> {
        let mut notices = Vec::new();
        let mut left_out = self.relations.leave_out(is_macro)?;
        let macros: Vec<String> =
            self.package.names().filter(|name| is_macro_part(name)).map(str::to_owned).collect();
        left_out.extend(macros);
        let has_macros = !left_out.is_empty();
        if has_macros {
            notices.push(CopyNotice::MacrosLeftOut);
        }
        let top = Relations::part_of("");
        if let Some(text) = self.package.text(&top)? {
            let mut relations = Relations::of("", Some(text.clone()));
            // Buttons of a ribbon call macros as soon as the workbook is opened.
            left_out.extend(relations.leave_out(|one| has_macros && one.kind == "extensibility")?);
            let signatures = relations.leave_out(|one| {
                one.kind == "origin"
                    && one.part.as_deref().is_some_and(|part| part.contains("signature"))
            })?;
            let signed: Vec<String> = self
                .package
                .names()
                .filter(|name| name.starts_with("_xmlsignatures/"))
                .map(str::to_owned)
                .collect();
            if !signatures.is_empty() || !signed.is_empty() {
                notices.push(CopyNotice::SignatureLeftOut);
                left_out.extend(signatures.into_iter().chain(signed));
            }
            let changed = relations.into_text();
            if changed != text {
                self.package.set(&top, changed);
            }
        }
        for part in &left_out {
            self.package.leave_out(part);
            self.package.leave_out(&Relations::part_of(part));
        }
        self.kinds = content_types::cleaned(&self.kinds, &self.workbook, &left_out)?;
        Ok(notices)
    }

    /// Returns the looks, which a workbook may be without.
    fn styles(&mut self) -> Result<Styles, PatchError> {
        let found = self.relations.first("styles")?.and_then(|relation| relation.part);
        if let Some(part) = found.filter(|part| self.package.has(part)) {
            self.styles_part = self.package.spelled(&part);
            return Styles::of(self.package.needed(&part)?);
        }
        let base = folder(&self.workbook).to_owned();
        // Some programs look for this name alone.
        let usual = format!("{base}styles.xml");
        self.styles_part = self.package.free_name(|number| match number {
            1 => usual.clone(),
            number => format!("{base}styles{number}.xml"),
        });
        let kind = format!("{}/styles", self.book.relation_space());
        let target = relative(&self.workbook, &self.styles_part);
        self.relations.add(&kind, &target)?;
        self.kinds = content_types::with_part(&self.kinds, &self.styles_part, STYLES_KIND)?;
        let space = self.book.sheet_space();
        Styles::of(format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <styleSheet xmlns=\"{space}\">{}</styleSheet>",
            styles::BARE
        ))
    }

    /// Makes sure that no cell asks for a look that is not there, which would become one of ours.
    fn reach_looks(&mut self, styles: &mut Styles) -> Result<(), PatchError> {
        for position in 0..self.book.sheets.len() {
            let Some(part) = self.sheet_part(position) else { continue };
            let Some(text) = self.package.text(&part)? else { continue };
            let highest = frame::highest_look(&text);
            if highest > MOST_LOOKS {
                return Err(PatchError::Unusual("a cell asks for a look beyond all"));
            }
            styles.reach(highest);
        }
        Ok(())
    }

    /// Returns the part of a sheet that came with the workbook.
    fn sheet_part(&self, position: usize) -> Option<String> {
        let sheet = self.book.sheets.get(position)?;
        self.sheet_parts.get(&sheet.relation).cloned()
    }

    /// Marks the cells; returns how many have their reason in the sheet of findings only.
    fn mark(&mut self, answer: &Answer, styles: &mut Styles) -> Result<usize, PatchError> {
        let mut sheets: BTreeMap<usize, (Marked, Vec<Note>)> = BTreeMap::new();
        for mark in &answer.marks {
            let position = self.book.position(&mark.sheet);
            let position = position.ok_or(PatchError::Unusual("a marked sheet is not there"))?;
            let (marked, notes) = sheets.entry(position).or_default();
            let tone = marked.entry(mark.cell).or_insert(Some(mark.tone));
            *tone = Some(tone.map_or(mark.tone, |known| known.min(mark.tone)));
            notes.push(Note { cell: mark.cell, words: in_note(&mark.note) });
        }
        let mut unmarked = 0;
        for (position, (marked, notes)) in sheets {
            let part = self.sheet_part(position);
            let part = part.ok_or(PatchError::Unusual("a marked sheet has no part"))?;
            let text = self.package.needed(&part)?;
            let text = cells::marked(&text, &marked, styles)?;
            unmarked += self.note((&part, text), position, (&answer.author, notes))?;
        }
        Ok(unmarked)
    }

    /// Puts notes on a sheet; returns how many cells have a conversation already, which is not ours
    /// to change.
    fn note(
        &mut self,
        (part, text): (&str, String),
        position: usize,
        (author, mut notes): (&str, Vec<Note>),
    ) -> Result<usize, PatchError> {
        let rels = Relations::part_of(part);
        let mut relations = Relations::of(part, self.package.text(&rels)?);
        let all = notes.len();
        if let Some(threads) = part_of(relations.first("threadedcomment")?) {
            let taken = threaded(&self.package.needed(&threads)?)?;
            notes.retain(|note| !taken.contains(&note.cell));
        }
        if notes.is_empty() {
            self.package.set(part, text);
            return Ok(all);
        }
        let (comments, known) = self.comments(part, &mut relations)?;
        let before = notes::noted(&known)?;
        let fresh: Vec<Note> =
            notes.iter().filter(|note| !before.contains(&note.cell)).cloned().collect();
        self.package.set(&comments, notes::with_notes(&known, author, &notes)?);
        let text = self.boxes((part, text), &mut relations, (position, &fresh))?;
        self.package.set(part, text);
        self.package.set(&rels, relations.into_text());
        Ok(all - notes.len())
    }

    /// Returns the part of a sheet's notes and its text; a new one when there is none.
    fn comments(
        &mut self,
        part: &str,
        relations: &mut Relations,
    ) -> Result<(String, String), PatchError> {
        let found = part_of(relations.first("comments")?);
        if let Some(found) = found.filter(|found| self.package.has(found)) {
            let text = self.package.needed(&found)?;
            return Ok((self.package.spelled(&found), text));
        }
        let base = folder(&self.workbook).to_owned();
        let name = self.package.free_name(|number| format!("{base}comments{number}.xml"));
        let kind = format!("{}/comments", self.book.relation_space());
        relations.add(&kind, &relative(part, &name))?;
        self.kinds = content_types::with_part(&self.kinds, &name, NOTES_KIND)?;
        Ok((name, notes::empty(self.book.sheet_space())))
    }

    /// Draws the boxes of notes; returns the sheet, which names the part that draws them.
    fn boxes(
        &mut self,
        (part, text): (&str, String),
        relations: &mut Relations,
        (position, notes): (usize, &[Note]),
    ) -> Result<String, PatchError> {
        let widths = frame::widths(&text, COLUMNS)?;
        if let Some(id) = frame::notes_drawing(&text)? {
            let found = part_of(relations.find(&id)?).filter(|part| self.package.has(part));
            let found = found.ok_or(PatchError::Unusual("a drawing of notes is not there"))?;
            let drawing = self.package.needed(&found)?;
            self.package.set(&found, drawing::with_boxes(&drawing, notes, &widths)?);
            return Ok(text);
        }
        let base = folder(&self.workbook).to_owned();
        let name = |number| format!("{base}drawings/vmlDrawing{number}.vml");
        let name = self.package.free_name(name);
        let number = u32::try_from(position).unwrap_or(0) + 1;
        let drawing = drawing::with_boxes(&drawing::empty(number), notes, &widths)?;
        let space = self.book.relation_space();
        let id = relations.add(&format!("{space}/vmlDrawing"), &relative(part, &name))?;
        self.kinds = content_types::with_part(&self.kinds, &name, DRAWING_KIND)?;
        self.package.set(&name, drawing);
        frame::with_notes_drawing(&text, &id, space)
    }

    /// Lets go of the tabs that are chosen, or a person would write into all of them at once.
    fn let_tabs_go(&mut self) -> Result<(), PatchError> {
        for position in 0..self.book.sheets.len() {
            let Some(part) = self.sheet_part(position) else { continue };
            let Some(text) = self.package.text(&part)? else { continue };
            if let Some(text) = frame::not_chosen(&text)? {
                self.package.set(&part, text);
            }
        }
        Ok(())
    }

    /// Appends the sheet of findings.
    fn append(&mut self, answer: &Answer, styles: &mut Styles) -> Result<(), PatchError> {
        let sheet = answer_sheet::written(&answer.sheet, self.book.sheet_space(), styles);
        let base = folder(&self.workbook).to_owned();
        let name = |number| format!("{base}worksheets/sheet{number}.xml");
        let part = self.package.free_name(name);
        let kind = format!("{}/worksheet", self.book.relation_space());
        let relation = self.relations.add(&kind, &relative(&self.workbook, &part))?;
        self.kinds = content_types::with_part(&self.kinds, &part, SHEET_KIND)?;
        self.package.set(&part, sheet.xml);
        let name = self.book.free_name(&answer.sheet.name);
        let repeated = sheet.head.map(|row| (row, row));
        let new = NewSheet { name: &name, relation: Some(&relation), repeated };
        self.show(new, self.book.sheets.len())
    }

    /// Makes a sheet the one that is shown.
    fn show(&mut self, sheet: NewSheet<'_>, position: usize) -> Result<(), PatchError> {
        let text = self.book.showing(&self.book_text, sheet, position)?;
        self.package.set(&self.workbook, text);
        let rels = Relations::part_of(&self.workbook);
        self.package.set(&rels, self.relations.clone().into_text());
        Ok(())
    }
}

fn part_of(relation: Option<Relation>) -> Option<String> {
    relation.and_then(|relation| relation.part)
}

fn is_macro(relation: &Relation) -> bool {
    matches!(relation.kind.as_str(), "vbaproject" | "attachedtoolbars")
}

fn is_macro_part(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.starts_with("vbaproject") || file == "vbadata.xml"
}

/// Returns the cells of conversations.
fn threaded(xml: &str) -> Result<Vec<crate::place::CellRef>, PatchError> {
    let mut tags = markup::Tags::of(xml);
    let mut cells = Vec::new();
    while let Some(tag) = tags.next()? {
        if tag.depth == 1 && tag.local() == "threadedComment" {
            cells.extend(tag.attribute("ref").and_then(|cell| cells::cell_of(&cell)));
        }
    }
    Ok(cells)
}

/// Why an answer could not go into a workbook.
#[derive(Debug, thiserror::Error)]
pub enum PatchError {
    /// The package.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// A part that is no XML.
    #[error(transparent)]
    Xml(#[from] quick_xml::Error),
    /// A part that is no Unicode.
    #[error(transparent)]
    Encoding(#[from] std::string::FromUtf8Error),
    /// A part that cannot be unpacked.
    #[error(transparent)]
    Unpacking(#[from] std::io::Error),
    /// Something that is safer rebuilt.
    #[error("{0}")]
    Unusual(&'static str),
}

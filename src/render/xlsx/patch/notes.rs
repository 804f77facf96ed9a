//! The notes of a sheet: ours behind those that are there; on a cell that has one, below its words.

use std::ops::Range;

use super::{
    PatchError,
    cells::cell_of,
    markup::{Splices, Tag, TagKind, Tags, cell_text, escaped, root, unescaped},
};
use crate::{place::CellRef, text::our_words::of_note};

/// A note to add.
#[derive(Clone, Debug)]
pub(super) struct Note {
    /// The cell.
    pub(super) cell: CellRef,
    /// Its words.
    pub(super) words: String,
}

/// Returns a part without notes.
pub(super) fn empty(space: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <comments xmlns=\"{space}\"><authors></authors><commentList></commentList></comments>"
    )
}

/// Returns the cells that have a note.
pub(super) fn noted(xml: &str) -> Result<Vec<CellRef>, PatchError> {
    let name = format!("{}comment", root(xml)?.prefix());
    let mut tags = Tags::of(xml);
    let mut cells = Vec::new();
    while let Some(tag) = tags.next()? {
        if tag.depth == 2 && tag.opens(&name) {
            cells.extend(tag.attribute("ref").and_then(|cell| cell_of(&cell)));
        }
    }
    Ok(cells)
}

/// A part without our notes.
#[derive(Debug)]
pub(super) struct Cleared {
    /// The part.
    pub(super) xml: String,
    /// The cells that had our words.
    pub(super) cells: Vec<CellRef>,
    /// Those of them that had no other: their notes are gone.
    pub(super) emptied: Vec<CellRef>,
}

/// Returns the part without what earlier answers said; nothing when there is nothing of it.
pub(super) fn without_ours(xml: &str) -> Result<Option<Cleared>, PatchError> {
    let prefix = root(xml)?.prefix();
    let (comment, words) = (format!("{prefix}comment"), format!("{prefix}t"));
    let mut cleared = Cleared { xml: String::new(), cells: Vec::new(), emptied: Vec::new() };
    let mut splices = Splices::default();
    let mut note: Option<(usize, Option<CellRef>)> = None;
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    let mut tags = Tags::of(xml);
    while let Some(tag) = tags.next()? {
        if tag.depth == 2 && tag.name() == comment {
            if tag.kind != TagKind::End {
                note = Some((tag.start, tag.attribute("ref").and_then(|cell| cell_of(&cell))));
                pieces.clear();
            } else if let Some((start, Some(cell))) = note.take() {
                cleared.take(xml, &mut splices, (start..tag.end(), cell), &pieces);
            }
        } else if tag.name() == words && note.is_some() {
            match tag.kind {
                TagKind::Start => open = Some(tag.end()),
                TagKind::End => pieces.extend(open.take().map(|open| open..tag.start)),
                TagKind::Empty => {}
            }
        }
    }
    if cleared.cells.is_empty() {
        return Ok(None);
    }
    cleared.xml = splices.apply(xml);
    Ok(Some(cleared))
}

impl Cleared {
    /// Takes our words out of a note whose words stand in these pieces of the part.
    fn take(
        &mut self,
        xml: &str,
        splices: &mut Splices,
        (note, cell): (Range<usize>, CellRef),
        pieces: &[Range<usize>],
    ) {
        let texts = pieces.iter().map(|piece| xml.get(piece.clone()).unwrap_or_default());
        let texts: Vec<String> = texts.map(unescaped).collect();
        let whole = texts.concat();
        let ours = of_note(&whole);
        if ours.is_empty() {
            return;
        }
        self.cells.push(cell);
        let is_ours = |at: usize| ours.iter().any(|range| range.contains(&at));
        let mut at = 0;
        let mut left: Vec<String> = Vec::new();
        for text in &texts {
            let kept = text.char_indices().filter(|(place, _)| !is_ours(at + place));
            left.push(kept.map(|(_, sign)| sign).collect());
            at += text.len();
        }
        if left.concat().trim().is_empty() {
            self.emptied.push(cell);
            splices.replace(note, "");
            return;
        }
        for ((piece, text), left) in pieces.iter().zip(&texts).zip(left) {
            if *text != left {
                splices.replace(piece.clone(), escaped(&left));
            }
        }
    }
}

/// Returns the part with our notes.
pub(super) fn with_notes(xml: &str, author: &str, notes: &[Note]) -> Result<String, PatchError> {
    let prefix = root(xml)?.prefix();
    let mut walk = Walk {
        prefix,
        notes,
        splices: Splices::default(),
        authors: 0,
        note: None,
        done: Vec::new(),
    };
    let (mut list, mut names) = (None, None);
    let (mut begun, mut ours) = (None, None);
    let mut tags = Tags::of(xml);
    while let Some(tag) = tags.next()? {
        let name = tag.name().strip_prefix(prefix).unwrap_or_default();
        match (tag.depth, name, tag.kind) {
            (1, "authors", kind) => names = place(&tag, kind).or(names),
            (1, "commentList", kind) => list = place(&tag, kind).or(list),
            (2, "author", TagKind::End) => {
                let words = begun.take().and_then(|start: usize| xml.get(start..tag.start));
                let is_ours = words.is_some_and(|words| unescaped(words) == author);
                ours = ours.or(is_ours.then(|| walk.authors - 1));
            }
            _ => walk.tag(&tag, name)?,
        }
        if (tag.depth, name, tag.kind) == (2, "author", TagKind::Start) {
            begun = Some(tag.end());
        }
    }
    let (Some(list), Some(names)) = (list, names) else {
        return Err(PatchError::Unusual("a list of notes without a list"));
    };
    let (number, done) = (walk.authors, walk.done);
    let mut splices = walk.splices;
    if ours.is_none() {
        let author = format!("<{prefix}author>{}</{prefix}author>", escaped(author));
        list_insert(&mut splices, &names, &author);
    }
    let number = ours.unwrap_or(number);
    let new: Vec<String> = notes
        .iter()
        .filter(|note| !done.contains(&note.cell))
        .map(|note| {
            format!(
                "<{prefix}comment ref=\"{}\" authorId=\"{number}\"><{prefix}text>{}</{prefix}text>\
                 </{prefix}comment>",
                note.cell,
                run(prefix, &note.words)
            )
        })
        .collect();
    list_insert(&mut splices, &list, &new.concat());
    Ok(splices.apply(xml))
}

/// Where a list ends, or its empty tag.
enum ListEnd {
    At(usize),
    Empty(Range<usize>, String, String),
}

fn place(tag: &Tag<'_>, kind: TagKind) -> Option<ListEnd> {
    match kind {
        TagKind::Start => None,
        TagKind::End => Some(ListEnd::At(tag.start)),
        TagKind::Empty => {
            let (open, close) = tag.opened();
            Some(ListEnd::Empty(tag.range(), open, close))
        }
    }
}

fn list_insert(splices: &mut Splices, list: &ListEnd, words: &str) {
    match list {
        ListEnd::At(at) => splices.insert(*at, words),
        ListEnd::Empty(range, open, close) => {
            splices.replace(range.clone(), format!("{open}{words}{close}"));
        }
    }
}

/// The words of a note as a run of text.
fn run(prefix: &str, words: &str) -> String {
    format!(
        "<{prefix}r><{prefix}rPr><{prefix}sz val=\"10\"/><{prefix}color indexed=\"81\"/>\
         <{prefix}rFont val=\"Times New Roman\"/><{prefix}family val=\"1\"/></{prefix}rPr>\
         <{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        cell_text(words)
    )
}

struct Walk<'x, 'n> {
    prefix: &'x str,
    notes: &'n [Note],
    splices: Splices,
    authors: u32,
    /// The note to add to the one at hand.
    note: Option<&'n Note>,
    done: Vec<CellRef>,
}

impl Walk<'_, '_> {
    fn tag(&mut self, tag: &Tag<'_>, name: &str) -> Result<(), PatchError> {
        let prefix = self.prefix;
        match (tag.depth, name, tag.kind) {
            (2, "author", TagKind::Start | TagKind::Empty) => self.authors += 1,
            (2, "comment", TagKind::Start) => {
                let cell = tag.attribute("ref").and_then(|cell| cell_of(&cell));
                self.note = self.notes.iter().find(|note| Some(note.cell) == cell);
            }
            (2, "comment", TagKind::End) if self.note.is_some() => {
                return Err(PatchError::Unusual("a note without words"));
            }
            // Plain words and runs do not stand side by side.
            (4, "t", TagKind::Start) if self.note.is_some() => {
                self.splices.insert(tag.start, format!("<{prefix}r>"));
            }
            (4, "t", TagKind::End) if self.note.is_some() => {
                self.splices.insert(tag.end(), format!("</{prefix}r>"));
            }
            (4, "rPh" | "phoneticPr", TagKind::Start | TagKind::Empty)
            | (3, "text", TagKind::End) => {
                if let Some(note) = self.note.take() {
                    self.splices.insert(tag.start, run(prefix, &format!("\n\n{}", note.words)));
                    self.done.push(note.cell);
                }
            }
            (3, "text", TagKind::Empty) => {
                if let Some(note) = self.note.take() {
                    let (open, close) = tag.opened();
                    let words = run(prefix, &note.words);
                    self.splices.replace(tag.range(), format!("{open}{words}{close}"));
                    self.done.push(note.cell);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::our_words::in_note;

    fn notes(cells: &[&str]) -> Vec<Note> {
        let note =
            |cell: &&str| Note { cell: cell_of(cell).unwrap(), words: format!("sai {cell}") };
        cells.iter().map(note).collect()
    }

    #[test]
    fn ours_stand_behind_or_below_those_that_are_there() {
        let xml = "<comments><authors><author>A</author></authors><commentList>\
                   <comment ref=\"B2\" authorId=\"0\"><text><t>cũ</t></text></comment>\
                   <comment ref=\"C3\" authorId=\"0\"><text><r><t>x</t></r><phoneticPr/></text></comment>\
                   </commentList></comments>";
        let with = with_notes(xml, "Tổ & tác", &notes(&["B2", "C3", "D4"])).unwrap();
        assert!(with.contains("<author>A</author><author>Tổ &amp; tác</author></authors>"));
        assert!(with.contains("<text><r><t>cũ</t></r><r><rPr>"), "{with}");
        assert!(with.contains("\n\nsai B2</t></r></text>"));
        assert!(with.contains("\n\nsai C3</t></r><phoneticPr/></text>"));
        assert!(with.contains("<comment ref=\"D4\" authorId=\"1\"><text><r><rPr>"));
        assert_eq!(noted(&with).unwrap().len(), 3);
    }

    #[test]
    fn what_an_earlier_answer_said_goes_and_the_rest_stays() {
        let ours =
            |cell: &str, words: &str| Note { cell: cell_of(cell).unwrap(), words: in_note(words) };
        let xml = "<comments><authors><author>A</author></authors><commentList>\
                   <comment ref=\"B2\" authorId=\"0\"><text><t>c\u{169} &amp; m\u{1edb}i</t></text></comment>\
                   <comment ref=\"C3\" authorId=\"0\"><text><t>riêng</t></text></comment>\
                   </commentList></comments>";
        assert!(without_ours(xml).unwrap().is_none());
        let with = with_notes(xml, "T", &[ours("B2", "sai"), ours("D4", "a < b")]).unwrap();
        let cleared = without_ours(&with).unwrap().unwrap();
        assert_eq!(cleared.cells, ["B2", "D4"].map(|cell| cell_of(cell).unwrap()));
        assert_eq!(cleared.emptied, [cell_of("D4").unwrap()]);
        assert!(cleared.xml.contains("<t>c\u{169} &amp; m\u{1edb}i</t>"), "{}", cleared.xml);
        assert!(cleared.xml.contains("<t>riêng</t>") && !cleared.xml.contains("Kiểm tra"));
        assert_eq!(noted(&cleared.xml).unwrap().len(), 2);
        assert!(without_ours(&cleared.xml).unwrap().is_none());
    }

    #[test]
    fn an_empty_part_takes_notes() {
        let with = with_notes(&empty("u"), "A", &notes(&["A1"])).unwrap();
        assert_eq!(noted(&with).unwrap(), [cell_of("A1").unwrap()]);
        let with = with_notes(
            "<x:comments><x:authors/><x:commentList/></x:comments>",
            "A",
            &notes(&["A1"]),
        );
        assert!(
            with.unwrap().contains("</x:author></x:authors><x:commentList><x:comment ref=\"A1\"")
        );
    }
}

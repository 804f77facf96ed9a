//! Words of an old binary sheet that stand in none of its cells: notes, boxes drawn over it, heads and feet of
//! pages. The words of an object stand in the records behind it, its cell in a record of notes.

use std::collections::BTreeMap;

use super::{
    biff::place,
    biff_strings::{BIFF8, narrow, utf16, wide_string},
    hanging::{Hanging, HangingKind, LONGEST_HANGING, MOST_HANGING, words_of_page},
    limits::word,
};
use crate::place::CellRef;

const NOTE: u16 = 0x001c;
const OBJECT: u16 = 0x005d;
const OBJECT_WORDS: u16 = 0x01b6;
const CONTINUED: u16 = 0x003c;
const HEAD_OF_PAGE: u16 = 0x0014;
const FOOT_OF_PAGE: u16 = 0x0015;
/// Sort of an object that is a note.
const IS_NOTE: u16 = 0x19;
/// The row of a record that continues a note of the old version.
const SAME_NOTE: u32 = 0xffff;

/// The words of a sheet as its records pass by.
#[derive(Debug, Default)]
pub(super) struct BiffNotes {
    /// Version of the format.
    version: u16,
    /// Objects in their order: number, whether it is a note, words.
    objects: Vec<(u16, bool, String)>,
    /// How many units of words still follow.
    awaited: usize,
    /// Cells of notes by the number of their object.
    cells: BTreeMap<u16, CellRef>,
    /// Notes of the version before, and words of pages.
    found: Vec<Hanging>,
}

impl BiffNotes {
    /// Returns no words yet, of a workbook of a version.
    pub(super) fn new(version: u16) -> Self {
        Self { version, ..Self::default() }
    }

    /// Takes a record; before BIFF8 a note stands in its own.
    pub(super) fn take(&mut self, kind: u16, data: &[u8]) {
        let is_biff8 = self.version == BIFF8;
        match kind {
            OBJECT if is_biff8 => {
                self.awaited = 0;
                if let (Some(sort), Some(number), true) =
                    (word(data, 4), word(data, 6), self.objects.len() < MOST_HANGING)
                {
                    self.objects.push((number, sort == IS_NOTE, String::new()));
                }
            }
            OBJECT_WORDS => self.awaited = word(data, 10).map_or(0, usize::from),
            CONTINUED if self.awaited > 0 => self.take_words(data),
            NOTE if is_biff8 => {
                let number = word(data, 6);
                self.cells.extend(number.zip(place(data)));
            }
            NOTE => self.take_old(data),
            HEAD_OF_PAGE | FOOT_OF_PAGE => {
                let words = if is_biff8 { wide_string(data) } else { data.get(1..).map(narrow) };
                let words = words.map(|code| words_of_page(&code)).unwrap_or_default();
                let cell = CellRef { row: 0, column: 0 };
                self.keep(Hanging { cell, kind: HangingKind::Page, words });
            }
            _ => {}
        }
    }

    /// Returns the words with their cells.
    pub(super) fn finish(self) -> Vec<Hanging> {
        let Self { objects, cells, mut found, .. } = self;
        found.extend(objects.into_iter().map(|(number, is_note, words)| {
            let cell = cells.get(&number).copied().unwrap_or(CellRef { row: 0, column: 0 });
            let kind = if is_note { HangingKind::Note } else { HangingKind::DrawnBox };
            Hanging { cell, kind, words }
        }));
        found.retain(|one| !one.words.trim().is_empty());
        found
    }

    fn take_words(&mut self, data: &[u8]) {
        let Some((flags, text)) = data.split_first() else { return };
        let units = if flags & 1 == 0 { text.len() } else { text.len() / 2 }.min(self.awaited);
        let words = if flags & 1 == 0 {
            narrow(text.get(..units).unwrap_or_default())
        } else {
            utf16(text.get(..units * 2).unwrap_or_default())
        };
        self.awaited -= units;
        if let Some((_, _, known)) = self.objects.last_mut()
            && known.len() < LONGEST_HANGING
        {
            known.push_str(&words);
        }
    }

    fn take_old(&mut self, data: &[u8]) {
        let Some(cell) = place(data) else { return };
        let words = data.get(6..).map(narrow).unwrap_or_default();
        match self.found.last_mut() {
            Some(last) if cell.row == SAME_NOTE => {
                if last.words.len() < LONGEST_HANGING {
                    last.words.push_str(&words);
                }
            }
            _ => self.keep(Hanging { cell, kind: HangingKind::Note, words }),
        }
    }

    fn keep(&mut self, one: Hanging) {
        if self.found.len() < MOST_HANGING {
            self.found.push(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(sort: u8, number: u8) -> Vec<u8> {
        vec![0x15, 0, 0x12, 0, sort, 0, number, 0]
    }

    fn awaited(units: u8) -> Vec<u8> {
        [&[0; 10][..], &[units, 0]].concat()
    }

    fn wide_text(flag: u8, words: &str) -> Vec<u8> {
        let units = words.encode_utf16().flat_map(u16::to_le_bytes);
        std::iter::once(flag).chain(units).collect()
    }

    #[test]
    fn notes_boxes_and_pages_are_read() {
        let mut notes = BiffNotes::new(BIFF8);
        for (kind, data) in [
            (OBJECT, object(0x19, 3)),
            (OBJECT_WORDS, awaited(6)),
            (CONTINUED, wide_text(1, "số ")),
            (CONTINUED, wide_text(1, "ước")),
            (CONTINUED, vec![9, 9, 9]),
            (OBJECT, object(6, 4)),
            (OBJECT_WORDS, awaited(2)),
            (CONTINUED, [&[0][..], b"T2"].concat()),
            (NOTE, vec![4, 0, 5, 0, 0, 0, 3, 0]),
            (HEAD_OF_PAGE, [&[4, 0, 0][..], b"&CT3"].concat()),
            (FOOT_OF_PAGE, Vec::new()),
        ] {
            notes.take(kind, &data);
        }
        let found = notes.finish();
        let shown: Vec<_> = found.iter().map(|one| (one.kind, one.words.as_str())).collect();
        assert!(shown.contains(&(HangingKind::Note, "số ước")), "{shown:?}");
        assert!(shown.contains(&(HangingKind::DrawnBox, "T2")), "{shown:?}");
        assert!(shown.contains(&(HangingKind::Page, " T3")), "{shown:?}");
        let note = found.iter().find(|one| one.kind == HangingKind::Note);
        assert_eq!(note.map(|one| one.cell), Some(CellRef { row: 4, column: 5 }));
    }

    #[test]
    fn notes_of_the_version_before_stand_in_their_record() {
        let mut notes = BiffNotes::new(0x0500);
        notes.take(NOTE, &[&[4, 0, 5, 0, 9, 0][..], b"so "].concat());
        notes.take(NOTE, &[&[0xff, 0xff, 0, 0, 3, 0][..], b"uoc"].concat());
        notes.take(NOTE, &[1]);
        let found = notes.finish();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "so uoc");
    }
}

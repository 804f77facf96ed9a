//! What an earlier answer left in a workbook that comes back: its marks and notes are taken away, its
//! sheet of findings is where the new one goes. What the unit wrote beside them stays.

use super::{
    Patch, PatchError, answer_sheet,
    book::NewSheet,
    cells::{self, Marked},
    drawing, notes, part_of,
    relations::Relations,
    styles::Styles,
};
use crate::{compose::feedback::Answer, place::CellRef};

impl Patch<'_> {
    /// Takes away the marks and notes of an earlier answer.
    pub(super) fn clear(&mut self, styles: &mut Styles) -> Result<(), PatchError> {
        for position in 0..self.book.sheets.len() {
            let Some(part) = self.sheet_part(position) else { continue };
            let relations = self.package.text(&Relations::part_of(&part))?;
            let relations = Relations::of(&part, relations);
            let Some(comments) = part_of(relations.first("comments")?) else { continue };
            let Some(known) = self.package.text(&comments)? else { continue };
            let Some(cleared) = notes::without_ours(&known)? else { continue };
            self.package.set(&comments, cleared.xml);
            let text = self.package.needed(&part)?;
            self.take_boxes(&text, &relations, &cleared.emptied)?;
            let marks: Marked = cleared.cells.into_iter().map(|cell| (cell, None)).collect();
            styles.count(&text);
            let text = cells::marked(&text, &marks, styles)?;
            self.package.set(&part, text);
        }
        Ok(())
    }

    /// Takes away the boxes of notes that are no more.
    fn take_boxes(
        &mut self,
        sheet: &str,
        relations: &Relations,
        emptied: &[CellRef],
    ) -> Result<(), PatchError> {
        if emptied.is_empty() {
            return Ok(());
        }
        let id = super::frame::notes_drawing(sheet)?;
        let found = match id {
            Some(id) => part_of(relations.find(&id)?),
            None => None,
        };
        let found = found.ok_or(PatchError::Unusual("notes without a drawing"))?;
        let drawing = self.package.needed(&found)?;
        self.package.set(&found, drawing::without_boxes(&drawing, emptied)?);
        Ok(())
    }

    /// Puts the sheet of findings in the place of an earlier one; returns whether there was one that
    /// carries nothing of the unit's.
    pub(super) fn replace(
        &mut self,
        answer: &Answer,
        styles: &mut Styles,
    ) -> Result<bool, PatchError> {
        let Some(name) = &answer.earlier_sheet else { return Ok(false) };
        let Some(position) = self.book.position(name) else { return Ok(false) };
        let Some(part) = self.sheet_part(position) else { return Ok(false) };
        let relations = Relations::of(&part, self.package.text(&Relations::part_of(&part))?);
        if relations.all()?.iter().any(|relation| relation.kind != "printersettings") {
            return Ok(false);
        }
        let sheet = answer_sheet::written(&answer.sheet, self.book.sheet_space(), styles);
        self.package.set(&part, sheet.xml);
        let name = self.book.sheets[position].name.clone();
        let repeated = sheet.head.map(|row| (row, row));
        self.show(NewSheet { name: &name, relation: None, repeated }, position)?;
        Ok(true)
    }
}

//! Where and when a return was signed, by whom, and what the name of its sheet says.

use super::Scan;
use crate::{
    ingest::{
        NAME_OF_SHEET,
        familiar::Own,
        month::is_date_line,
        withdrawn::{is_doubtful, is_other_signer},
        word_row::{Question, WordRow},
    },
    place::CellRef,
};

/// Most words of a line of signatures.
const LONGEST: usize = 8;

impl Scan<'_> {
    /// Takes the line of place and date and the signatures of a sheet, where they may be of another paper.
    pub(in crate::ingest::sheet) fn take_signers(&mut self, words: &WordRow) {
        if self.found.tables == 0 && !words.iter().any(|(_, word)| is_date_line(word)) {
            return;
        }
        let is_short = |word: &str| word.split(' ').count() <= LONGEST;
        let names_unit = |word: &str| is_short(word) && self.matcher.familiar.names_unit(word);
        let is_doubt = |word: &str| is_short(word) && is_doubtful(word);
        let may_say = |word: &str| {
            is_date_line(word) || is_other_signer(word) || names_unit(word) || is_doubt(word)
        };
        if !words.ask(Question::Signer, |words| words.iter().any(|(_, word)| may_say(word))) {
            return;
        }
        for (cell, word) in words.iter() {
            if is_date_line(word) || names_unit(word) || is_doubt(word) {
                self.found.strange.words.push(*cell);
            } else if is_other_signer(word) {
                self.found.strange.signers.push(*cell);
            }
        }
    }

    /// Returns the name of the sheet, at its first figure, where it is not familiar.
    pub(super) fn strange_name(&self, own: Own<'_>) -> Option<(CellRef, String)> {
        let name = self.found.name.trim();
        let first = self.found.values.first()?.cell;
        let is_said = self.found.notices.iter().any(|notice| notice.cell == Some(first));
        let is_known = is_said || self.matcher.familiar.knows_sheet(name, own);
        (!is_known).then(|| (first, format!("{NAME_OF_SHEET}{name}")))
    }
}

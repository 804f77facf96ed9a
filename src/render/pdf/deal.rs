//! Which page each strip of a section stands on. A strip is never split; strips that belong together
//! share a page as long as they fit on one. Rows of tables are made a little lower where that saves
//! a page. Nothing is drawn here.

use std::ops::Range;

use super::geometry::PageBox;
use super::strip::{Keep, Strip};

/// Heights that differ by less are equal.
const TOLERANCE: f64 = 0.01;
/// Longer sections are not made lower for the sake of one page.
const MOST_LOWERED: usize = 6;

/// Where a strip stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Under the strip before it.
    Here,
    /// At the top of the next page.
    NextPage,
    /// Nowhere: room that no page needs.
    Left,
}

/// Returns the strips with their turns, lower than they were where that saves a page.
pub(super) fn deal(mut strips: Vec<Strip>, page_box: &PageBox) -> (Vec<Strip>, Vec<Turn>) {
    let turns = turns_of(&strips, page_box, Strip::height);
    let pages = page_count(&turns);
    if (2..=MOST_LOWERED).contains(&pages) {
        let lower = turns_of(&strips, page_box, Strip::least_height);
        if page_count(&lower) < pages {
            strips.iter_mut().for_each(Strip::lower);
            return (strips, lower);
        }
    }
    (strips, turns)
}

fn page_count(turns: &[Turn]) -> usize {
    1 + turns.iter().filter(|turn| **turn == Turn::NextPage).count()
}

/// Returns the turns of strips of these heights.
fn turns_of(strips: &[Strip], page_box: &PageBox, height: fn(&Strip) -> f64) -> Vec<Turn> {
    let y = page_box.top;
    let mut dealer =
        Dealer { strips, page_box, height, y, turns: Vec::with_capacity(strips.len()) };
    let mut first = 0;
    for (index, strip) in strips.iter().enumerate() {
        if strip.keep == Keep::Free {
            dealer.place_chunk(first..index + 1);
            first = index + 1;
        }
    }
    dealer.place_chunk(first..strips.len());
    dealer.turns
}

struct Dealer<'a> {
    strips: &'a [Strip],
    page_box: &'a PageBox,
    height: fn(&Strip) -> f64,
    y: f64,
    turns: Vec<Turn>,
}

impl Dealer<'_> {
    /// Places strips that hang together. When no page holds them, the firm parts are placed one
    /// after the other; when no page holds such a part, its strips are.
    fn place_chunk(&mut self, chunk: Range<usize>) {
        if self.fits_a_page(&chunk) {
            self.place_together(chunk);
            return;
        }
        for part in self.parted(chunk, Keep::IfPossible) {
            if self.fits_a_page(&part) {
                self.place_together(part);
            } else {
                for strip in self.parted(part, Keep::Firmly) {
                    self.place_together(strip);
                }
            }
        }
    }

    /// Parts strips after each that holds the next no firmer than this.
    fn parted(&self, strips: Range<usize>, keep: Keep) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut first = strips.start;
        for index in strips.clone() {
            if self.strips[index].keep <= keep {
                parts.push(first..index + 1);
                first = index + 1;
            }
        }
        parts.push(first..strips.end);
        parts
    }

    fn fits_a_page(&self, strips: &Range<usize>) -> bool {
        let Some(first) = self.strips[strips.clone()].first() else { return true };
        let height = first.head_height() + self.height_of(strips) - first.gap;
        height <= self.page_box.text_height() + TOLERANCE
    }

    /// Places strips on the current page if they fit, else on the next.
    fn place_together(&mut self, strips: Range<usize>) {
        let together = &self.strips[strips.clone()];
        let Some(first) = together.first() else { return };
        let fits = self.y + self.height_of(&strips) <= self.page_box.bottom + TOLERANCE;
        let mut turn = Turn::Here;
        if !self.at_top() && !fits {
            if together.iter().all(Strip::is_room) {
                self.turns.extend(together.iter().map(|_| Turn::Left));
                return;
            }
            turn = Turn::NextPage;
            self.y = self.page_box.top + first.head_height();
        }
        for strip in together {
            if !self.at_top() {
                self.y += strip.gap;
            }
            self.y += (self.height)(strip);
            self.turns.push(std::mem::replace(&mut turn, Turn::Here));
        }
    }

    fn at_top(&self) -> bool {
        self.y <= self.page_box.top
    }

    /// Returns the height of strips with the room over them.
    fn height_of(&self, strips: &Range<usize>) -> f64 {
        self.strips[strips.clone()].iter().map(|strip| strip.gap + (self.height)(strip)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::Orientation;

    fn rows(count: usize, height: f64) -> Vec<Strip> {
        let row = || {
            let bookmark = Some((1, String::new()));
            Strip { height, slack: 2.0, bookmark, ..Strip::default() }
        };
        (0..count).map(|_| row()).collect()
    }

    fn pages_and_heights(strips: Vec<Strip>) -> (usize, Vec<f64>) {
        let (strips, turns) = deal(strips, &PageBox::of(Orientation::Landscape));
        (page_count(&turns), strips.iter().map(|strip| strip.height).collect())
    }

    #[test]
    fn rows_are_lower_where_that_saves_a_page_and_nowhere_else() {
        let room = PageBox::of(Orientation::Landscape).text_height();
        let height = 18.0;
        let fits = (0..100).take_while(|count| f64::from(*count) * height <= room).count() - 1;
        assert_eq!(pages_and_heights(rows(fits, height)), (1, vec![height; fits]));
        assert_eq!(pages_and_heights(rows(fits + 2, height)), (1, vec![height - 2.0; fits + 2]));
        assert_eq!(pages_and_heights(rows(2 * fits, height)), (2, vec![height; 2 * fits]));
        let many = fits * MOST_LOWERED + 1;
        assert_eq!(pages_and_heights(rows(many, height)).1, vec![height; many]);
    }
}

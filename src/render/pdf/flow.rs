//! The vertical flow: the strips of a section are drawn on the pages that `deal` has given them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compose::document::Run;

use super::deal::{self, Turn};
use super::fonts::Shaper;
use super::geometry::{PAGE_NUMBER_BASELINE, PAGE_NUMBER_SIZE, PageBox};
use super::laid::{Area, Bookmark, Face, Field, Item, Line, Mark, Origin, Page, PageLabel};
use super::strip::{RepeatedHead, Strip};
use super::text::{self, Alignment, Setting};

/// Lines whose ends differ by less meet.
const TOLERANCE: f64 = 0.01;

/// The pages of a section with what leads to them.
#[derive(Debug, Default)]
pub(super) struct Paged {
    pub(super) pages: Vec<Page>,
    pub(super) outline: Vec<Bookmark>,
    pub(super) fields: Vec<Field>,
}

/// Draws the strips of a section on its pages; there is always one.
pub(super) fn paginate(
    strips: Vec<Strip>,
    page_box: PageBox,
    prefix: &Arc<str>,
    shaper: &mut Shaper<'_>,
) -> Paged {
    let (strips, turns) = deal::deal(strips, &page_box);
    let mut pager = Pager {
        page_box,
        prefix,
        shaper,
        paged: Paged::default(),
        y: 0.0,
        verticals: BTreeMap::new(),
    };
    pager.begin_page();
    for (strip, turn) in strips.into_iter().zip(turns) {
        match turn {
            Turn::Left => {}
            Turn::Here => pager.place(strip),
            Turn::NextPage => {
                pager.begin_page();
                pager.repeat_head(strip.head.as_deref());
                pager.place(strip);
            }
        }
    }
    pager.paged
}

struct Pager<'a, 'fonts> {
    page_box: PageBox,
    prefix: &'a Arc<str>,
    shaper: &'a mut Shaper<'fonts>,
    paged: Paged,
    y: f64,
    /// The last vertical line at each x (in hundredths of a point), by its index on the page.
    verticals: BTreeMap<i64, usize>,
}

impl Pager<'_, '_> {
    fn begin_page(&mut self) {
        let number = self.paged.pages.len() + 1;
        let mut page = Page {
            width: self.page_box.width,
            height: self.page_box.height,
            label: PageLabel { prefix: Arc::clone(self.prefix), number },
            items: Vec::new(),
        };
        if number > 1 {
            page.items.extend(page_number(self.shaper, &self.page_box, number));
        }
        self.paged.pages.push(page);
        self.verticals.clear();
        self.y = self.page_box.top;
    }

    fn at_top(&self) -> bool {
        self.y <= self.page_box.top
    }

    fn repeat_head(&mut self, head: Option<&RepeatedHead>) {
        if let Some(head) = head {
            let items = head.items.clone();
            self.draw(items);
            self.y += head.height;
        }
    }

    fn place(&mut self, strip: Strip) {
        if !self.at_top() {
            self.y += strip.gap;
        }
        let page = self.paged.pages.len() - 1;
        if let Some((level, title)) = strip.bookmark {
            self.paged.outline.push(Bookmark { level, title, page, y: whole_points(self.y) });
        }
        self.paged.fields.extend(strip.fields.into_iter().map(|field| {
            let area = field.area;
            let (top, bottom) = (area.top + self.y, area.bottom + self.y);
            Field { area: Area { page, top, bottom, ..area }, ..field }
        }));
        self.draw(strip.items);
        self.y += strip.height;
    }

    fn draw(&mut self, items: Vec<Item>) {
        let y = self.y;
        let Some(page) = self.paged.pages.last_mut() else { return };
        for item in items {
            let item = moved(item, y);
            if let Mark::Line(line) = &item.mark
                && is_vertical(line)
            {
                let last = self.verticals.entry(hundredths(line.from.0)).or_insert(usize::MAX);
                if let Some(Item { mark: Mark::Line(above), .. }) = page.items.get_mut(*last)
                    && continues(above, line)
                {
                    above.to.1 = line.to.1;
                    continue;
                }
                *last = page.items.len();
            }
            page.items.push(item);
        }
    }
}

fn is_vertical(line: &Line) -> bool {
    (line.from.0 - line.to.0).abs() < TOLERANCE
}

/// Returns whether a vertical line begins where the one above it ends.
fn continues(above: &Line, line: &Line) -> bool {
    (above.to.1 - line.from.1).abs() < TOLERANCE
        && (above.thickness - line.thickness).abs() < TOLERANCE
}

#[expect(clippy::cast_possible_truncation, reason = "a page is less than a thousand points wide")]
fn hundredths(x: f64) -> i64 {
    (x * 100.0).round() as i64
}

/// Returns an item further down.
fn moved(mut item: Item, y: f64) -> Item {
    match &mut item.mark {
        Mark::Text(text) => text.y += y,
        Mark::Line(line) => {
            line.from.1 += y;
            line.to.1 += y;
        }
        Mark::Shape(shape) => shape.points.iter_mut().for_each(|point| point.1 += y),
    }
    item
}

/// Returns the page number, centred over the text block in the top margin (I.7).
fn page_number(shaper: &mut Shaper<'_>, page_box: &PageBox, number: usize) -> Vec<Item> {
    let runs = [Run::text(number.to_string())];
    let width = page_box.text_width();
    let setting = Setting::new(Face::Regular, PAGE_NUMBER_SIZE, width, Alignment::Centre);
    let mut strip = Strip::default();
    for mut line in text::set(shaper, &runs, &setting) {
        for text in &mut line.texts {
            text.origin = Origin::Artifact(number);
        }
        strip.put_pagination(line, page_box.left, PAGE_NUMBER_BASELINE);
    }
    strip.items
}

#[expect(clippy::cast_possible_truncation, reason = "a page is less than a thousand points high")]
fn whole_points(y: f64) -> i32 {
    y.floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::Orientation;
    use crate::render::pdf::strip::Keep;
    use crate::render::pdf::{FontFiles, Fonts};

    fn pages_of(strips: Vec<Strip>) -> Paged {
        let files = FontFiles::embedded();
        let fonts = Fonts::load(&files).unwrap();
        let page_box = PageBox::of(Orientation::Portrait);
        paginate(strips, page_box, &Arc::from(""), &mut Shaper::new(&fonts))
    }

    fn strip(height: f64, level: u8) -> Strip {
        Strip { height, bookmark: Some((level, String::new())), ..Strip::default() }
    }

    fn page_of_each(paged: &Paged) -> Vec<usize> {
        paged.outline.iter().map(|bookmark| bookmark.page).collect()
    }

    #[test]
    fn strips_that_belong_together_share_a_page() {
        let mut strips = vec![strip(700.0, 0), strip(20.0, 0), strip(20.0, 0), strip(20.0, 0)];
        strips[1].keep = Keep::Firmly;
        strips[2].keep = Keep::IfPossible;
        assert_eq!(page_of_each(&pages_of(strips)), [0, 1, 1, 1]);
    }

    #[test]
    fn strips_that_no_page_holds_are_placed_one_after_the_other() {
        let mut strips: Vec<Strip> = (0..5).map(|_| strip(300.0, 0)).collect();
        for strip in &mut strips {
            strip.keep = Keep::Firmly;
        }
        assert_eq!(page_of_each(&pages_of(strips)), [0, 0, 1, 1, 2]);
    }

    #[test]
    fn a_firm_part_that_fits_moves_as_a_whole() {
        let heights = [500.0, 20.0, 600.0, 300.0];
        let mut strips: Vec<Strip> = heights.into_iter().map(|height| strip(height, 0)).collect();
        strips[1].keep = Keep::Firmly;
        strips[2].keep = Keep::IfPossible;
        assert_eq!(page_of_each(&pages_of(strips)), [0, 1, 1, 2]);
    }

    #[test]
    fn the_room_over_a_strip_vanishes_at_the_top_of_a_page() {
        let mut strips = vec![strip(700.0, 0), strip(20.0, 0), strip(100.0, 0)];
        strips[0].gap = 50.0;
        strips[2].gap = 10.0;
        let paged = pages_of(strips);
        assert_eq!(page_of_each(&paged), [0, 0, 1]);
        assert_eq!(paged.outline[0].y, paged.outline[2].y);
    }

    #[test]
    fn room_at_the_end_of_a_page_makes_no_page() {
        let room = Strip { gap: 20.0, ..Strip::default() };
        assert_eq!(pages_of(vec![strip(725.0, 0), room]).pages.len(), 1);
    }

    #[test]
    fn the_first_page_shows_no_number_and_the_second_does() {
        let paged = pages_of((0..3).map(|_| strip(700.0, 0)).collect());
        let numbers: Vec<usize> = paged.pages.iter().map(|page| page.items.len()).collect();
        assert_eq!(numbers, [0, 1, 1]);
        assert_eq!(pages_of(Vec::new()).pages.len(), 1);
    }
}

//! The ending: quyền hạn, chức vụ and họ tên at the right (ô 7), Nơi nhận at the left (ô 9b).

use super::super::page::{Line, Page};
use super::{NumberedPage, plain};

/// Words of offices: a last line that has one is no name.
const OFFICES: [&str; 18] = [
    "truong",
    "pho",
    "chu tich",
    "giam doc",
    "bi thu",
    "chanh",
    "cuc ",
    "tm.",
    "kt.",
    "tl.",
    "tuq.",
    "q.",
    "thu truong",
    "hieu",
    "uy vien",
    "thu ky",
    "chi huy",
    "bo truong",
];

/// The ending of a document.
#[derive(Debug, Default)]
pub(in super::super) struct Ending {
    /// Page, from 1.
    pub(in super::super) page: usize,
    /// Height above which the text ends.
    pub(in super::super) begin: f64,
    /// Lines of authority and office, from the top.
    pub(in super::super) offices: Vec<Line>,
    /// Name of who signs.
    pub(in super::super) name: Option<Line>,
    /// "Nơi nhận:".
    pub(in super::super) label: Option<Line>,
    /// Lines of the list of recipients.
    pub(in super::super) recipients: Vec<Line>,
}

impl Ending {
    /// Returns the ending of the last page that has one.
    pub(super) fn of(pages: &[Page], numbered: &[NumberedPage]) -> Option<Self> {
        pages.iter().zip(numbered).rev().find_map(|(page, number)| Self::of_page(page, number))
    }

    fn of_page(page: &Page, number: &NumberedPage) -> Option<Self> {
        let number = number.number.as_ref().map(|line| line.baseline);
        let label = page.lines.iter().rfind(|line| {
            let words = plain(&line.text);
            words.starts_with("noi nhan") && line.left < page.width * 0.4 && words.len() < 14
        });
        let level = match label {
            Some(label) => label.baseline - 10.0,
            None => first_authority(page)? - 0.5,
        };
        let right: Vec<&Line> = page
            .lines
            .iter()
            .filter(|line| line.baseline > level && line.left > page.width * 0.42)
            .filter(|line| line.centre() > page.width * 0.5 && !line.text.starts_with('('))
            .filter(|line| Some(line.baseline) != number)
            .collect();
        let mut offices: Vec<Line> = right.into_iter().cloned().collect();
        let is_name = |line: &Line| {
            let words = format!("{} ", plain(&line.text));
            !OFFICES.iter().any(|office| words.contains(office))
        };
        let name = if offices.len() > 1 && offices.last().is_some_and(is_name) {
            offices.pop()
        } else {
            None
        };
        let recipients = label.map_or(Vec::new(), |label| {
            let below = page.lines.iter().filter(|line| line.baseline > label.baseline + 0.5);
            let left = below.filter(|line| line.left < page.width * 0.42);
            left.filter(|line| Some(line.baseline) != number).cloned().collect()
        });
        let tops = offices.iter().chain(label).map(|line| line.baseline);
        let begin = tops.fold(f64::MAX, f64::min) - 0.5;
        let label = label.cloned();
        Some(Self { page: page.number, begin, offices, name, label, recipients })
    }
}

/// Returns the height of a line in the right half that begins as an authority.
fn first_authority(page: &Page) -> Option<f64> {
    let begins = ["tm.", "kt.", "tl.", "tuq.", "q. ", "chu tich", "truong ", "giam doc"];
    let found = page.lines.iter().find(|line| {
        let words = plain(&line.text);
        line.left > page.width * 0.42
            && line.is_bold()
            && begins.iter().any(|begin| words.starts_with(begin))
    });
    found.map(|line| line.baseline)
}

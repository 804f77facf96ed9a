//! The head of page 1: Quốc hiệu and Tiêu ngữ, the issuing body, number, place and date, kind of
//! document, trích yếu and addressees (ô 1 to 5, 9a).

use super::super::page::{Line, Page};
use super::{columns, is_capitals, joined, plain, rule_under, rule_under_lines};

/// Base lines of number and date nearer than this, in millimetres, are one row: cells of a table align
/// their tops, and browsers round to whole pixels.
pub(in super::super) const SAME_ROW: f64 = 0.8;

/// Kinds of documents of Phụ lục III that have a title of their own.
const KINDS: [&str; 30] = [
    "nghi quyet",
    "quyet dinh",
    "chi thi",
    "quy che",
    "quy dinh",
    "thong cao",
    "thong bao",
    "huong dan",
    "chuong trinh",
    "ke hoach",
    "phuong an",
    "de an",
    "du an",
    "bao cao",
    "bien ban",
    "to trinh",
    "hop dong",
    "cong dien",
    "ban ghi nho",
    "ban thoa thuan",
    "giay uy quyen",
    "giay moi",
    "giay gioi thieu",
    "giay nghi phep",
    "phieu gui",
    "phieu chuyen",
    "phieu bao",
    "thu cong",
    "quy tac",
    "luat",
];

/// First words of the names of bodies: a line that begins so is a name, not the rest of one.
const BODIES: [&str; 28] = [
    "ubnd",
    "uy ban",
    "hdnd",
    "hoi dong",
    "bo ",
    "so ",
    "phong ",
    "ban ",
    "to cong tac",
    "to ",
    "trung tam",
    "cuc ",
    "tong cuc",
    "chi cuc",
    "van phong",
    "truong ",
    "benh vien",
    "cong an",
    "hoi ",
    "doan ",
    "dang bo",
    "huyen uy",
    "vien ",
    "toa an",
    "thanh tra",
    "chinh phu",
    "kho bac",
    "bao hiem",
];

/// The head of a document.
#[derive(Debug, Default)]
pub(in super::super) struct Head {
    /// "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".
    pub(in super::super) nation: Option<Line>,
    /// "Độc lập - Tự do - Hạnh phúc".
    pub(in super::super) motto: Option<Line>,
    /// The superior body.
    pub(in super::super) superior: Vec<Line>,
    /// The issuing body.
    pub(in super::super) issuer: Vec<Line>,
    /// "Số: …".
    pub(in super::super) number: Option<Line>,
    /// "…, ngày … tháng … năm …".
    pub(in super::super) date: Option<Line>,
    /// "BÁO CÁO".
    pub(in super::super) kind: Option<Line>,
    /// Trích yếu under the kind.
    pub(in super::super) subject: Vec<Line>,
    /// "V/v …" of an official letter.
    pub(in super::super) letter_subject: Vec<Line>,
    /// "Kính gửi: …".
    pub(in super::super) addressees: Vec<Line>,
    /// Height below which the text begins.
    pub(in super::super) end: f64,
}

impl Head {
    /// Returns what is found on page 1.
    pub(super) fn of(page: &Page) -> Self {
        let mut head = Self::default();
        let page = &columns::divided(page);
        let upper = || page.lines.iter().filter(|line| line.baseline < page.height * 0.5);
        head.nation = columns::nation(upper());
        head.motto = upper().find(|line| is_motto(&plain(&line.text))).cloned();
        let middle = page.width / 2.0;
        let divider = [&head.nation, &head.motto]
            .into_iter()
            .flatten()
            .map(|line| line.left)
            .fold(f64::MAX, f64::min);
        let divider = if divider < page.width { divider } else { middle };
        let top = head.nation.iter().chain(&head.motto).map(|line| line.baseline);
        let top = top.fold(0.0, f64::max);
        head.kind = upper()
            .find(|line| {
                let words = plain(&line.text);
                let is_centred = (line.centre() - middle).abs() < 30.0;
                line.baseline > top && is_centred && KINDS.contains(&words.as_str())
            })
            .cloned();
        head.number_and_date(page);
        head.bodies(page, divider);
        head.subjects(page);
        head.addressees(page);
        head.find_end(page);
        head
    }

    /// Returns the height at which the two columns of the head end.
    pub(in super::super) fn letterhead_end(&self) -> f64 {
        let lines = [&self.nation, &self.motto, &self.number, &self.date];
        let lines = lines.into_iter().flatten().chain(&self.issuer).chain(&self.superior);
        let lines = lines.chain(&self.letter_subject);
        lines.map(|line| line.baseline).fold(0.0, f64::max) + 0.5
    }

    /// Finds ô 3 and 4, which may stand on one base line with gaps for handwriting.
    fn number_and_date(&mut self, page: &Page) {
        let lowest = self.kind.as_ref().map_or(page.height * 0.4, |kind| kind.baseline);
        let above: Vec<&Line> =
            page.lines.iter().filter(|line| line.baseline < lowest - 0.5).collect();
        let begins_number = |line: &&&Line| {
            let words = plain(&line.text);
            words.starts_with("so:")
                || words.starts_with("so :")
                || words == "so"
                || (words.starts_with("so ") && words.contains('/'))
        };
        let has_day = |line: &&&Line| {
            let words = plain(&line.text);
            words.split(' ').any(|word| word == "ngay") && line.centre() > page.width * 0.4
        };
        let day = above.iter().find(has_day).copied();
        let row = |baseline: f64| {
            above.iter().filter(move |line| (line.baseline - baseline).abs() < SAME_ROW).copied()
        };
        if let Some(day) = day {
            let place = row(day.baseline).filter(|line| {
                line.left >= day.left - 0.1
                    || (line.text.ends_with(',') && line.right > day.left - 15.0)
            });
            self.date = joined(&place.cloned().collect::<Vec<_>>());
        }
        if let Some(begin) = above.iter().find(begins_number) {
            let end =
                self.date.as_ref().filter(|date| (date.baseline - begin.baseline).abs() < SAME_ROW);
            let end = end.map_or(f64::MAX, |date| date.left);
            let parts =
                row(begin.baseline).filter(|line| line.left >= begin.left && line.left < end);
            self.number = joined(&parts.cloned().collect::<Vec<_>>());
        }
    }

    /// Finds ô 2: what stands left of Quốc hiệu and above the number.
    fn bodies(&mut self, page: &Page, divider: f64) {
        let lowest = self
            .number
            .iter()
            .chain(&self.date)
            .chain(&self.kind)
            .map(|line| line.baseline)
            .fold(page.height * 0.3, f64::min);
        let names: Vec<Line> = page
            .lines
            .iter()
            .filter(|line| line.baseline < lowest - 0.5 && line.right <= divider + 0.5)
            .filter(|line| line.text.chars().any(char::is_alphabetic))
            .cloned()
            .collect();
        let bold_from = names.iter().rposition(|line| !line.is_bold()).map_or(0, |last| last + 1);
        let second_name = names.iter().skip(1).rposition(|line| begins_body(&line.text));
        let from = match bold_from {
            from if from > 0 && from < names.len() => from,
            _ => second_name.map_or(0, |place| place + 1),
        };
        self.issuer = names.get(from..).unwrap_or_default().to_vec();
        self.superior = names.get(..from).unwrap_or_default().to_vec();
    }

    /// Finds ô 5a under the kind of document, or 5b under the number.
    fn subjects(&mut self, page: &Page) {
        if let Some(kind) = self.kind.clone() {
            let mut last = kind.clone();
            for line in page.lines.iter().filter(|line| line.baseline > kind.baseline + 0.5) {
                let is_centred = (line.centre() - kind.centre()).abs() < 8.0;
                let is_near = line.baseline - last.baseline < 12.0;
                let over: Vec<&Line> = self.subject.iter().collect();
                let is_open = rule_under_lines(page, &over).is_none();
                let is_first = self.subject.is_empty();
                if !(is_centred
                    && is_near
                    && is_open
                    && (is_first || line.is_bold() || rule_under(page, line).is_some()))
                    || is_other(&line.text)
                {
                    break;
                }
                last = line.clone();
                self.subject.push(line.clone());
            }
        } else if let Some(number) = &self.number {
            let below = page.lines.iter().filter(|line| {
                line.baseline > number.baseline + 0.5 && line.right < page.width * 0.55
            });
            for line in below {
                let begins = plain(&line.text).starts_with("v/v");
                let last = self.letter_subject.last();
                let goes_on = last.is_some_and(|last| {
                    line.baseline - last.baseline < 8.0
                        && (line.centre() - last.centre()).abs() < 5.0
                });
                if begins || goes_on {
                    self.letter_subject.push(line.clone());
                }
            }
        }
    }

    fn addressees(&mut self, page: &Page) {
        let begin = page.lines.iter().position(|line| plain(&line.text).starts_with("kinh gui"));
        let Some(begin) = begin else { return };
        let mut lines = page.lines.iter().skip(begin);
        let Some(first) = lines.next() else { return };
        self.addressees.push(first.clone());
        // Behind a colon alone only addressees can stand.
        let is_list = first.text.trim_end().ends_with(':');
        for line in lines {
            let Some(last) = self.addressees.last() else { break };
            let step = line.baseline - last.baseline;
            let is_item = line.text.starts_with(['-', '–'])
                && (is_list || line.left > first.left + 5.0)
                && step < 12.0;
            let goes_on = (0.5..8.0).contains(&step)
                && !last.text.ends_with([';', '.'])
                && line.left > first.left + 5.0
                && !line.text.starts_with(['-', '–']);
            if !is_item && !goes_on {
                break;
            }
            self.addressees.push(line.clone());
        }
    }

    fn find_end(&mut self, page: &Page) {
        let lines = [&self.nation, &self.motto, &self.number, &self.date, &self.kind];
        let lines = lines.into_iter().flatten().chain(&self.issuer).chain(&self.subject);
        let lines = lines.chain(&self.letter_subject).chain(&self.addressees);
        self.end = lines.map(|line| line.baseline).fold(0.0, f64::max) + 0.5;
        // Remarks in brackets, centred under the title, belong to the head.
        let middle = self.kind.as_ref().map_or(page.width / 2.0, Line::centre);
        let end = self.end;
        for line in page.lines.iter().filter(|line| line.baseline > end) {
            let is_remark = line.text.starts_with('(') && line.text.ends_with(')');
            if !is_remark || (line.centre() - middle).abs() > 2.0 || line.baseline > self.end + 20.0
            {
                break;
            }
            self.end = line.baseline + 0.5;
        }
    }
}

fn is_motto(words: &str) -> bool {
    words.starts_with("doc lap") && words.contains("tu do") && words.contains("hanh phuc")
}

fn begins_body(words: &str) -> bool {
    let words = format!("{} ", plain(words));
    BODIES.iter().any(|body| words.starts_with(body))
}

/// Returns whether a line under the title is something else than trích yếu.
fn is_other(words: &str) -> bool {
    let folded = plain(words);
    folded.starts_with("kinh gui")
        || folded.starts_with("can cu")
        || (words.starts_with('(') && words.ends_with(')'))
        || (is_capitals(words) && folded.starts_with("i. "))
}

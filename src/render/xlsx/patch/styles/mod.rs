//! `styles.xml`: the look of a marked cell is its own look with another fill, appended behind all
//! others, so that number formats, borders and type stay; and the looks of the sheet of findings.

mod plain;

use std::collections::BTreeMap;

use super::{
    PatchError,
    markup::{Splices, Tag, TagKind, Tags, root},
};
use crate::compose::feedback::Tone;

/// A part with the least that a program wants.
pub(super) const BARE: &str = "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill \
    patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/>\
    <diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" \
    borderId=\"0\"/></cellStyleXfs><cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" \
    borderId=\"0\" xfId=\"0\"/></cellXfs>";

/// The lists that are added to, in the order of the part; `numFmts` goes before, the rest behind.
const LISTS: [&str; 5] = ["fonts", "fills", "borders", "cellStyleXfs", "cellXfs"];
const FONTS: usize = 0;
const FILLS: usize = 1;
const BORDERS: usize = 2;
const LOOKS: usize = 4;

/// A look of the sheet of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// The title.
    Title,
    /// Words over the whole width.
    Words,
    /// The same in bold.
    Label,
    /// Head of a column.
    Head,
    /// Words in the table.
    Cell,
    /// Short words in the table.
    Centred,
    /// A link in the table.
    Link,
    /// How bad a finding is.
    Severity(Tone),
}

/// A list of the part.
#[derive(Clone, Copy, Debug, Default)]
enum List {
    /// Not there.
    #[default]
    Absent,
    /// There without content: its tag.
    Empty,
    /// There.
    Full,
}

/// The looks of a workbook and those to come.
#[derive(Debug)]
pub(super) struct Styles {
    xml: String,
    prefix: String,
    lists: [List; 5],
    counts: [u32; 5],
    added: [Vec<String>; 5],
    looks: Vec<String>,
    fill_texts: Vec<String>,
    /// How many cells of the sheet at hand have each look.
    used: BTreeMap<u32, usize>,
    unmarked: BTreeMap<u32, Option<u32>>,
    marked: BTreeMap<(u32, Tone), u32>,
    fills: BTreeMap<Tone, u32>,
    of_sheet: BTreeMap<Look, u32>,
}

impl Styles {
    /// Reads the looks.
    pub(super) fn of(xml: String) -> Result<Self, PatchError> {
        let prefix = root(&xml)?.prefix().to_owned();
        let mut styles = Self {
            prefix,
            lists: [List::default(); 5],
            counts: [0; 5],
            added: [const { Vec::new() }; 5],
            looks: Vec::new(),
            fill_texts: Vec::new(),
            used: BTreeMap::new(),
            unmarked: BTreeMap::new(),
            marked: BTreeMap::new(),
            fills: BTreeMap::new(),
            of_sheet: BTreeMap::new(),
            xml: String::new(),
        };
        styles.read(&xml)?;
        styles.xml = xml;
        styles.complete();
        Ok(styles)
    }

    fn read(&mut self, xml: &str) -> Result<(), PatchError> {
        let mut tags = Tags::of(xml);
        let (mut inside, mut begun) = (None, 0);
        while let Some(tag) = tags.next()? {
            match (tag.depth, tag.kind) {
                (1, TagKind::End) => inside = None,
                (1, kind) => {
                    let list = self.list(&tag);
                    if let Some(known) = list.and_then(|list| self.lists.get_mut(list)) {
                        *known = if kind == TagKind::Empty { List::Empty } else { List::Full };
                    }
                    inside = list.filter(|_| kind == TagKind::Start);
                }
                (2, kind) => {
                    let Some(list) = inside else { continue };
                    if tag.name().strip_prefix(self.prefix.as_str()).is_none() {
                        // Choices between versions: what counts is not known here.
                        return Err(PatchError::Unusual("a list of looks holds something else"));
                    }
                    if kind != TagKind::End {
                        begun = tag.start;
                        self.counts[list] += 1;
                    }
                    let texts = match list {
                        LOOKS => &mut self.looks,
                        FILLS => &mut self.fill_texts,
                        _ => continue,
                    };
                    if kind != TagKind::Start {
                        texts.push(xml.get(begun..tag.end()).unwrap_or_default().to_owned());
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn list(&self, tag: &Tag<'_>) -> Option<usize> {
        let name = tag.name().strip_prefix(self.prefix.as_str())?;
        LISTS.iter().position(|list| *list == name)
    }

    /// Adds looks until there is one of this number: a cell may ask for one that is not there, and must
    /// not get one of ours.
    pub(super) fn reach(&mut self, number: u32) {
        while self.counts[LOOKS] <= number {
            let plain = self.looks.first().cloned().unwrap_or_default();
            self.counts[LOOKS] += 1;
            self.added[LOOKS].push(plain.clone());
            self.looks.push(plain);
        }
    }

    /// Adds what programs take for granted where a list is short of it.
    fn complete(&mut self) {
        if self.counts[FONTS] == 0 {
            self.add(FONTS, "<~font><~sz val=\"11\"/><~name val=\"Calibri\"/></~font>");
        }
        for pattern in ["none", "gray125"].iter().skip(self.counts[FILLS] as usize) {
            let fill = format!("<~fill><~patternFill patternType=\"{pattern}\"/></~fill>");
            self.add(FILLS, &fill);
        }
        if self.counts[BORDERS] == 0 {
            self.add(BORDERS, "<~border><~left/><~right/><~top/><~bottom/><~diagonal/></~border>");
        }
        if self.counts[LOOKS] == 0 {
            let look = "<~xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>";
            self.add(LOOKS, look);
            self.looks.push(look.replace('~', &self.prefix));
        }
    }

    /// Adds an element to a list, `~` for the prefix, and returns its number.
    fn add(&mut self, list: usize, element: &str) -> u32 {
        let number = self.counts[list];
        self.counts[list] += 1;
        self.added[list].push(element.replace('~', &self.prefix));
        number
    }

    /// Returns the look of a cell that has this look, marked.
    pub(super) fn marked(&mut self, base: u32, tone: Tone) -> Result<u32, PatchError> {
        let base = if (base as usize) < self.looks.len() { base } else { 0 };
        if let Some(known) = self.marked.get(&(base, tone)) {
            return Ok(*known);
        }
        let fill = self.fill(tone);
        let look = self.looks.get(base as usize).cloned().unwrap_or_default();
        let tag = root(&look)?;
        let filled = tag.with("fillId", &fill.to_string());
        let filled = root_of_tag(&filled, &tag).with("applyFill", "1");
        let rest = look.get(tag.end()..).unwrap_or_default();
        let number = self.counts[LOOKS];
        self.counts[LOOKS] += 1;
        let look = format!("{filled}{rest}");
        self.added[LOOKS].push(look.clone());
        self.looks.push(look);
        self.marked.insert((base, tone), number);
        Ok(number)
    }

    fn fill(&mut self, tone: Tone) -> u32 {
        if let Some(known) = self.fills.get(&tone) {
            return *known;
        }
        let number = self.add(FILLS, &solid(colour(tone)));
        self.fills.insert(tone, number);
        number
    }

    /// Returns the number of a look of the sheet of findings.
    pub(super) fn look(&mut self, look: Look) -> u32 {
        if let Some(known) = self.of_sheet.get(&look) {
            return *known;
        }
        let font = self.font(look);
        let in_table = !matches!(look, Look::Title | Look::Words | Look::Label);
        let border = if in_table { self.add(BORDERS, &thin()) } else { 0 };
        let fill = match look {
            Look::Severity(tone) => self.fill(tone),
            Look::Head => self.add(FILLS, &solid("FFE7E6E6")),
            _ => 0,
        };
        let (across, along) = match look {
            Look::Title | Look::Head => ("center", "center"),
            Look::Words | Look::Label | Look::Cell => ("left", "top"),
            Look::Centred | Look::Link | Look::Severity(_) => ("center", "top"),
        };
        let number = self.add(
            LOOKS,
            &format!(
                "<~xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" \
                 applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">\
                 <~alignment horizontal=\"{across}\" vertical=\"{along}\" wrapText=\"1\"/></~xf>"
            ),
        );
        self.of_sheet.insert(look, number);
        number
    }

    fn font(&mut self, look: Look) -> u32 {
        let (size, weight, colour) = match look {
            Look::Title => (14, "<~b/>", ""),
            Look::Label | Look::Head => (12, "<~b/>", ""),
            Look::Link => (12, "<~u/>", "<~color rgb=\"FF0563C1\"/>"),
            Look::Words | Look::Cell | Look::Centred | Look::Severity(_) => (12, "", ""),
        };
        self.add(
            FONTS,
            &format!(
                "<~font>{weight}<~sz val=\"{size}\"/>{colour}<~name val=\"Times New Roman\"/>\
                 <~family val=\"1\"/></~font>"
            ),
        )
    }

    /// Returns the part with everything that was added.
    pub(super) fn into_text(self) -> Result<String, PatchError> {
        let mut splices = Splices::default();
        let mut tags = Tags::of(&self.xml);
        let mut open: [Option<usize>; 5] = [None; 5];
        // Where a list that is not there goes: behind the last one that stands before it.
        let mut behind: [Option<usize>; 5] = [None; 5];
        while let Some(tag) = tags.next()? {
            if tag.depth == 0 && tag.kind != TagKind::End {
                if tag.kind == TagKind::Empty {
                    return Err(PatchError::Unusual("styles without anything"));
                }
                behind = [Some(tag.end()); 5];
            }
            if tag.depth != 1 {
                continue;
            }
            let name = tag.name().strip_prefix(self.prefix.as_str()).unwrap_or_default();
            let list = LISTS.iter().position(|list| *list == name);
            let from = if name == "numFmts" { Some(0) } else { list.map(|list| list + 1) };
            if let (Some(from), TagKind::End | TagKind::Empty) = (from, tag.kind) {
                for place in behind.iter_mut().skip(from) {
                    *place = Some(tag.end());
                }
            }
            if let Some(list) = list {
                self.fill_list(&mut splices, &tag, list, &mut open);
            }
        }
        for (list, place) in behind.iter().enumerate() {
            if let (List::Absent, Some(at), false) =
                (self.lists[list], *place, self.added[list].is_empty())
            {
                let (prefix, name) = (&self.prefix, LISTS[list]);
                let added = self.added[list].concat();
                let count = self.counts[list];
                let text = format!("<{prefix}{name} count=\"{count}\">{added}</{prefix}{name}>");
                splices.insert(at, text);
            }
        }
        Ok(splices.apply(&self.xml))
    }

    fn fill_list(
        &self,
        splices: &mut Splices,
        tag: &Tag<'_>,
        list: usize,
        open: &mut [Option<usize>; 5],
    ) {
        let added = &self.added[list];
        if added.is_empty() {
            return;
        }
        let counted = || {
            let known = tag.attribute("count").is_some();
            if known {
                tag.with("count", &self.counts[list].to_string())
            } else {
                tag.text.to_owned()
            }
        };
        match tag.kind {
            TagKind::Start if open[list].is_none() => {
                open[list] = Some(tag.start);
                splices.replace(tag.range(), counted());
            }
            TagKind::End => splices.insert(tag.start, added.concat()),
            TagKind::Empty => {
                let text = counted();
                let (begin, end) = root_of_tag(&text, tag).opened();
                splices.replace(tag.range(), format!("{begin}{}{end}", added.concat()));
            }
            TagKind::Start => {}
        }
    }
}

/// Returns the colour of a tone: none that stands in the forms, whose cells to fill in are yellow, or in
/// the usual styles of programs, so that a mark is known again.
fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Wrong => "FFFF9F9F",
        Tone::Doubtful => "FFFFC266",
        Tone::Related => "FFBDD7EE",
    }
}

fn solid(colour: &str) -> String {
    format!(
        "<~fill><~patternFill patternType=\"solid\"><~fgColor rgb=\"{colour}\"/>\
         <~bgColor indexed=\"64\"/></~patternFill></~fill>"
    )
}

fn thin() -> String {
    let sides = ["left", "right", "top", "bottom"]
        .map(|side| format!("<~{side} style=\"thin\"><~color indexed=\"64\"/></~{side}>"));
    format!("<~border>{}<~diagonal/></~border>", sides.concat())
}

/// Returns a changed tag as one that can be changed again.
fn root_of_tag<'x>(text: &'x str, tag: &Tag<'_>) -> Tag<'x> {
    Tag { text, start: 0, kind: tag.kind, depth: tag.depth }
}

//! `workbook.xml`: the list of sheets, a sheet appended to it and made the one that is shown, with
//! its head repeated in print.

use super::{
    PatchError,
    markup::{Splices, Tag, TagKind, Tags, escaped, root},
};

/// Longest name of a sheet, in UTF-16 units.
const LONGEST_NAME: usize = 31;

/// What a workbook says of itself.
#[derive(Debug)]
pub(super) struct Book {
    /// The sheets in order.
    pub(super) sheets: Vec<BookSheet>,
    /// Whether its namespaces are those of the strict kind.
    pub(super) is_strict: bool,
    /// The prefix of relations that its list of sheets uses, with a colon.
    relation_prefix: String,
    /// Whether its root declares that prefix.
    is_declared: bool,
}

/// A sheet of the list.
#[derive(Debug)]
pub(super) struct BookSheet {
    /// Its name.
    pub(super) name: String,
    /// Identity of its relation.
    pub(super) relation: String,
    /// Its number.
    number: u32,
}

/// A sheet that is shown: appended, or put in the place of another.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewSheet<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Identity of its relation; nothing of a sheet that is there already.
    pub(super) relation: Option<&'a str>,
    /// The rows repeated in print, first and last, from 1.
    pub(super) repeated: Option<(u32, u32)>,
}

impl Book {
    /// Reads the list of sheets.
    pub(super) fn of(xml: &str) -> Result<Self, PatchError> {
        let root = root(xml)?;
        let is_strict = root.attributes().iter().any(|one| one.raw.contains("purl.oclc.org"));
        let name = format!("{}sheet", root.prefix());
        let mut tags = Tags::of(xml);
        let (mut sheets, mut relation_prefix) = (Vec::new(), None);
        while let Some(tag) = tags.next()? {
            if tag.depth != 2 || !tag.opens(&name) {
                continue;
            }
            let Some((prefix, relation)) = tag.prefixed("id") else {
                return Err(PatchError::Unusual("a sheet has no relation"));
            };
            relation_prefix.get_or_insert(prefix.to_owned());
            let number = tag.attribute("sheetId").and_then(|number| number.parse().ok());
            let name = tag.attribute("name").unwrap_or_default();
            sheets.push(BookSheet { name, relation, number: number.unwrap_or(0) });
        }
        if sheets.is_empty() {
            return Err(PatchError::Unusual("a workbook without sheets"));
        }
        let relation_prefix = relation_prefix.unwrap_or_else(|| "r:".to_owned());
        let declared = format!("xmlns:{}", relation_prefix.trim_end_matches(':'));
        let is_declared = root.attributes().iter().any(|one| one.name == declared);
        Ok(Self { sheets, is_strict, relation_prefix, is_declared })
    }

    /// Returns the position of a sheet by its name, else by its name without blanks around it.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        let exact = self.sheets.iter().position(|sheet| sheet.name == name);
        exact.or_else(|| self.sheets.iter().position(|sheet| sheet.name.trim() == name.trim()))
    }

    /// Returns a name for a new sheet that no other has.
    pub(super) fn free_name(&self, wanted: &str) -> String {
        let is_free = |name: &String| {
            let name = name.to_lowercase();
            self.sheets.iter().all(|sheet| sheet.name.to_lowercase() != name)
        };
        let numbered = (2..).map(|number: u32| {
            let end = format!(" ({number})");
            format!("{}{end}", super::super::names::cut(wanted, LONGEST_NAME - end.len()))
        });
        std::iter::once(wanted.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
    }

    /// Returns the namespace of relations of the workbook's kind.
    pub(super) fn relation_space(&self) -> &'static str {
        if self.is_strict {
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        }
    }

    /// Returns the namespace of sheets of the workbook's kind.
    pub(super) fn sheet_space(&self) -> &'static str {
        if self.is_strict {
            "http://purl.oclc.org/ooxml/spreadsheetml/main"
        } else {
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        }
    }

    /// Returns the workbook with a sheet shown when it is opened; a new one is at the end of its list.
    pub(super) fn showing(
        &self,
        xml: &str,
        new: NewSheet<'_>,
        position: usize,
    ) -> Result<String, PatchError> {
        let prefix = root(xml)?.prefix();
        let shown = format!("activeTab=\"{position}\"");
        let mut walk = Walk {
            prefix,
            position,
            element: new.relation.map(|relation| self.element(prefix, new.name, relation)),
            splices: Splices::default(),
            has_view: false,
            sheets: 0,
            names: None,
            old_name: None,
        };
        let mut tags = Tags::of(xml);
        while let Some(tag) = tags.next()? {
            walk.tag(&tag);
        }
        let (Some(list), names) = (walk.list_start(xml)?, walk.names) else {
            return Err(PatchError::Unusual("a workbook without a list of sheets"));
        };
        let mut splices = walk.splices;
        if !walk.has_view {
            let views =
                format!("<{prefix}bookViews><{prefix}workbookView {shown}/></{prefix}bookViews>");
            splices.insert(list, views);
        }
        if let (Some((first, last)), Some(names)) = (new.repeated, names) {
            let sheet = new.name.replace('\'', "''");
            let rows = escaped(&format!("'{sheet}'!${first}:${last}"));
            let name = format!(
                "<{prefix}definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{position}\">\
                 {rows}</{prefix}definedName>"
            );
            match names {
                Names::Inside(at) => splices.insert(at, name),
                Names::Behind(at) => {
                    let list = format!("<{prefix}definedNames>{name}</{prefix}definedNames>");
                    splices.insert(at, list);
                }
            }
        }
        Ok(splices.apply(xml))
    }

    fn element(&self, prefix: &str, name: &str, identity: &str) -> String {
        let number = self.sheets.iter().map(|sheet| sheet.number).max().unwrap_or(0);
        let relation = self.relation_prefix.as_str();
        // Some programs declare the prefix in each sheet alone.
        let declared = if self.is_declared {
            String::new()
        } else {
            format!("xmlns:{}=\"{}\" ", relation.trim_end_matches(':'), self.relation_space())
        };
        format!(
            "<{prefix}sheet name=\"{}\" sheetId=\"{}\" {declared}{relation}id=\"{}\"/>",
            escaped(name),
            number.saturating_add(1),
            identity
        )
    }
}

/// Where the name of the repeated rows goes.
#[derive(Clone, Copy, Debug)]
enum Names {
    /// At the end of a list of names.
    Inside(usize),
    /// Into a list of its own.
    Behind(usize),
}

/// A walk over the workbook that collects what changes.
struct Walk<'x> {
    prefix: &'x str,
    /// The sheet that is shown.
    position: usize,
    /// The element of a new one.
    element: Option<String>,
    splices: Splices,
    has_view: bool,
    /// Sheets that were passed.
    sheets: usize,
    names: Option<Names>,
    /// Where the name of the rows that it repeated so far begins.
    old_name: Option<usize>,
}

impl Walk<'_> {
    fn tag(&mut self, tag: &Tag<'_>) {
        let name = tag.name().strip_prefix(self.prefix).unwrap_or_default();
        match (tag.depth, name, tag.kind) {
            (1, "sheets", TagKind::End) => {
                let element = self.element.take().unwrap_or_default();
                self.splices.insert(tag.start, element);
                self.names.get_or_insert(Names::Behind(tag.end()));
            }
            // What stands between the sheets and the names.
            (1, "functionGroups" | "externalReferences", TagKind::End | TagKind::Empty) => {
                self.names = Some(Names::Behind(tag.end()));
            }
            (1, "definedNames", TagKind::End) => self.names = Some(Names::Inside(tag.start)),
            (2, "workbookView", TagKind::Start | TagKind::Empty) if !self.has_view => {
                self.has_view = true;
                let position = self.position.to_string();
                self.splices.replace(tag.range(), tag.with("activeTab", &position));
            }
            (2, "sheet", TagKind::Start | TagKind::Empty) => {
                if self.sheets == self.position && tag.attribute("state").is_some() {
                    self.splices.replace(tag.range(), tag.with("state", "visible"));
                }
                self.sheets += 1;
            }
            (2, "definedName", TagKind::Start) => {
                let is = |name: &str, value: &str| tag.attribute(name).as_deref() == Some(value);
                let is_old = is("name", "_xlnm.Print_Titles")
                    && is("localSheetId", &self.position.to_string());
                self.old_name = is_old.then_some(tag.start);
            }
            (2, "definedName", TagKind::End) => {
                if let Some(start) = self.old_name.take() {
                    self.splices.replace(start..tag.end(), "");
                }
            }
            _ => {}
        }
    }

    fn list_start(&self, xml: &str) -> Result<Option<usize>, PatchError> {
        let name = format!("{}sheets", self.prefix);
        let mut tags = Tags::of(xml);
        while let Some(tag) = tags.next()? {
            if tag.depth == 1 && tag.name() == name {
                return Ok(Some(tag.start));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: NewSheet<'_> =
        NewSheet { name: "Kết 'quả'", relation: Some("r9"), repeated: Some((5, 5)) };

    fn with(xml: &str) -> String {
        let book = Book::of(xml).unwrap();
        book.showing(xml, NEW, book.sheets.len()).unwrap()
    }

    #[test]
    fn a_sheet_in_the_place_of_another_is_shown_where_it_is() {
        let xml = "<workbook xmlns:r=\"u\"><bookViews><workbookView/></bookViews><sheets>\
                   <sheet name=\"K\" sheetId=\"3\" state=\"hidden\" r:id=\"r1\"/>\
                   <sheet name=\"A\" sheetId=\"7\" r:id=\"r2\"/></sheets><definedNames>\
                   <definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">K!$9:$9</definedName>\
                   <definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">A!$9:$9</definedName>\
                   </definedNames></workbook>";
        let there = NewSheet { name: "K", relation: None, repeated: Some((5, 5)) };
        let shown = Book::of(xml).unwrap().showing(xml, there, 0).unwrap();
        assert_eq!(shown.matches("<sheet ").count(), 2);
        for words in ["workbookView activeTab=\"0\"", "state=\"visible\"", "A!$9:$9", "'K'!$5:$5"] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        assert!(!shown.contains("K!$9"), "{shown}");
    }

    #[test]
    fn a_sheet_is_appended_and_shown() {
        let xml = "<workbook xmlns:q=\"u\"><bookViews><workbookView activeTab=\"1\" a=\"b\"/>\
                   </bookViews><sheets><sheet name=\"A\" sheetId=\"7\" q:id=\"r1\"/></sheets>\
                   <definedNames><definedName name=\"n\">1</definedName></definedNames></workbook>";
        let expected = "<workbook xmlns:q=\"u\"><bookViews><workbookView activeTab=\"1\" a=\"b\"/>\
                   </bookViews><sheets><sheet name=\"A\" sheetId=\"7\" q:id=\"r1\"/>\
                   <sheet name=\"Kết 'quả'\" sheetId=\"8\" q:id=\"r9\"/></sheets>\
                   <definedNames><definedName name=\"n\">1</definedName>\
                   <definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">'Kết ''quả'''!$5:$5\
                   </definedName></definedNames></workbook>";
        assert_eq!(with(xml), expected);
    }

    #[test]
    fn a_prefix_that_only_the_sheets_declare_is_declared_again() {
        let xml = "<workbook><sheets><sheet name=\"A\" sheetId=\"1\" xmlns:r=\"u\" r:id=\"r1\"/></sheets>\
                   </workbook>";
        let space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        assert!(with(xml).contains(&format!("sheetId=\"2\" xmlns:r=\"{space}\" r:id=\"r9\"/>")));
    }

    #[test]
    fn a_bare_prefixed_workbook_gets_a_view_and_names() {
        let xml = "<x:workbook xmlns:r=\"http://purl.oclc.org/ooxml\"><x:sheets><x:sheet \
                   name=\"kết 'QUẢ'\" sheetId=\"1\" r:id=\"r1\"></x:sheet></x:sheets><x:calcPr/>\
                   </x:workbook>";
        let book = Book::of(xml).unwrap();
        assert!(book.is_strict);
        assert_eq!(book.free_name("Kết 'quả'"), "Kết 'quả' (2)");
        assert_eq!(book.position("kết 'QUẢ' "), Some(0));
        let with = with(xml);
        assert!(
            with.contains("<x:bookViews><x:workbookView activeTab=\"1\"/></x:bookViews><x:sheets>")
        );
        assert!(with.contains("</x:sheets><x:definedNames><x:definedName"), "{with}");
    }
}

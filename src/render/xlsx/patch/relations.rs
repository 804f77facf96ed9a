//! The relations of a part: where they lead, a new one, and one that is left out.

use super::{
    PatchError,
    markup::{Splices, Tag, TagKind, Tags, escaped, root},
    package::{folder, resolved},
};

/// Namespace of the list of relations.
const LIST: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A relation of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// Its identity.
    pub(super) id: String,
    /// The last step of its type, in lower case: `worksheet`.
    pub(super) kind: String,
    /// The part that it leads to; nothing when it leads out of the package.
    pub(super) part: Option<String>,
}

/// The relations of a part, as text.
#[derive(Clone, Debug)]
pub(super) struct Relations {
    base: String,
    xml: String,
}

impl Relations {
    /// Returns the relations of a part from their text; none when there is no text.
    pub(super) fn of(base: &str, xml: Option<String>) -> Self {
        let empty = || {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
                 <Relationships xmlns=\"{LIST}\"></Relationships>"
            )
        };
        Self { base: base.to_owned(), xml: xml.unwrap_or_else(empty) }
    }

    /// Returns the name of the part that holds the relations of a part.
    pub(super) fn part_of(base: &str) -> String {
        let folder = folder(base);
        let file = base.strip_prefix(folder).unwrap_or(base);
        format!("{folder}_rels/{file}.rels")
    }

    /// Returns the text.
    pub(super) fn into_text(self) -> String {
        self.xml
    }

    /// Returns the relations in order.
    pub(super) fn all(&self) -> Result<Vec<Relation>, PatchError> {
        let mut tags = Tags::of(&self.xml);
        let mut all = Vec::new();
        while let Some(tag) = tags.next()? {
            all.extend(self.relation(&tag));
        }
        Ok(all)
    }

    /// Returns the relation of an identity.
    pub(super) fn find(&self, id: &str) -> Result<Option<Relation>, PatchError> {
        Ok(self.all()?.into_iter().find(|one| one.id == id))
    }

    /// Returns the first relation of a kind within the package.
    pub(super) fn first(&self, kind: &str) -> Result<Option<Relation>, PatchError> {
        Ok(self.all()?.into_iter().find(|one| one.kind == kind && one.part.is_some()))
    }

    /// Adds a relation and returns its identity.
    pub(super) fn add(&mut self, kind: &str, target: &str) -> Result<String, PatchError> {
        let taken: Vec<String> = self.all()?.into_iter().map(|one| one.id).collect();
        let id =
            (1..=u32::MAX).map(|number| format!("rIdDa06{number}")).find(|id| !taken.contains(id));
        let id = id.unwrap_or_default();
        let root = root(&self.xml)?;
        let prefix = root.prefix();
        let element = format!(
            "<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{}\"/>",
            escaped(target)
        );
        self.xml = with_child(&self.xml, &element)?;
        Ok(id)
    }

    /// Leaves out the relations that a test finds and returns the parts that they led to.
    pub(super) fn leave_out(
        &mut self,
        wanted: impl Fn(&Relation) -> bool,
    ) -> Result<Vec<String>, PatchError> {
        let mut tags = Tags::of(&self.xml);
        let (mut splices, mut parts) = (Splices::default(), Vec::new());
        let mut inside = None;
        while let Some(tag) = tags.next()? {
            if let Some(start) = inside.filter(|_| tag.kind == TagKind::End && tag.depth == 1) {
                splices.replace(start..tag.end(), "");
                inside = None;
            }
            let Some(relation) = self.relation(&tag).filter(&wanted) else { continue };
            parts.extend(relation.part);
            match tag.kind {
                TagKind::Start => inside = Some(tag.start),
                _ => splices.replace(tag.range(), ""),
            }
        }
        self.xml = splices.apply(&self.xml);
        Ok(parts)
    }

    fn relation(&self, tag: &Tag<'_>) -> Option<Relation> {
        if tag.kind == TagKind::End || tag.local() != "Relationship" {
            return None;
        }
        let kind = tag.attribute("Type")?;
        let kind = kind.trim_end_matches('/').rsplit('/').next()?.to_lowercase();
        let is_outside = tag.attribute("TargetMode").is_some_and(|mode| mode == "External");
        let target = tag.attribute("Target")?;
        let part = (!is_outside).then(|| resolved(&self.base, &target));
        Some(Relation { id: tag.attribute("Id")?, kind, part })
    }
}

/// Returns a part with an element added as the last child of its root.
pub(super) fn with_child(xml: &str, element: &str) -> Result<String, PatchError> {
    let mut tags = Tags::of(xml);
    let mut splices = Splices::default();
    while let Some(tag) = tags.next()? {
        match (tag.depth, tag.kind) {
            (0, TagKind::End) => splices.insert(tag.start, element),
            (0, TagKind::Empty) => {
                let (open, close) = tag.opened();
                splices.replace(tag.range(), format!("{open}{element}{close}"));
            }
            _ => {}
        }
    }
    Ok(splices.apply(xml))
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<p:Relationships xmlns:p=\"u\"><p:Relationship Type=\"a/b/vbaProject\" \
                       Target=\"vba.bin\" Id=\"r1\"></p:Relationship><p:Relationship Id=\"r2\" \
                       Type=\"x/hyperlink\" Target=\"http://a/b\" TargetMode=\"External\"/></p:Relationships>";

    #[test]
    fn relations_are_read_added_and_left_out() {
        let mut relations = Relations::of("xl/workbook.xml", Some(XML.to_owned()));
        let all = relations.all().unwrap();
        assert_eq!(all[0].part.as_deref(), Some("xl/vba.bin"));
        assert_eq!(all[1].part, None);
        assert_eq!(relations.add("t/worksheet", "worksheets/a.xml").unwrap(), "rIdDa061");
        let parts = relations.leave_out(|one| one.kind == "vbaproject").unwrap();
        assert_eq!(parts, ["xl/vba.bin"]);
        assert!(relations.into_text().contains(
            "External\"/><p:Relationship Id=\"rIdDa061\" Type=\"t/worksheet\" Target=\"worksheets/a.xml\"/></p:"
        ));
    }

    #[test]
    fn a_part_without_relations_gets_a_list() {
        let mut relations = Relations::of("a.xml", None);
        relations.add("t/x", "b.xml").unwrap();
        assert_eq!(relations.first("x").unwrap().unwrap().part.as_deref(), Some("b.xml"));
        assert_eq!(Relations::part_of("xl/a.xml"), "xl/_rels/a.xml.rels");
        assert_eq!(Relations::part_of("a.xml"), "_rels/a.xml.rels");
    }
}

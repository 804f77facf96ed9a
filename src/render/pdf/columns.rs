//! The blocks of two columns: the addressees (ô 9a), and the signature block with the recipients
//! (ô 7 and 9b). The header block is in `header`.

use crate::compose::document::{Run, Signature, shown};

use super::blocks::SectionLayout;
use super::geometry::{
    BODY_SIZE, BODY_SPACING, HEADER_GUTTER, HEADER_LEADING, PARAGRAPH_GAP, RECIPIENTS_LABEL_SIZE,
    RECIPIENTS_SIZE, RULE_DROP, SEAL_OVER_SIGNATURE, SEAL_SIZE, SIGNATURE_BEFORE,
    SIGNATURE_HALF_WIDTH, SIGNATURE_LEFT_SHARE, SIGNATURE_ROOM, SIGNATURE_SIZE, single,
};
use super::laid::{Area, Face, Field, FieldKind, NodeId, Role};
use super::strip::Strip;
use super::text::{self, Alignment, SetLine, Setting};

/// A column: its left edge and width.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) x: f64,
    pub(super) width: f64,
}

impl Column {
    pub(super) fn centre(self) -> f64 {
        self.x + self.width / 2.0
    }
}

/// Puts centred lines from a base line on; returns the base line after the last and its length.
pub(super) fn centred(
    section: &mut SectionLayout<'_, '_>,
    strip: &mut Strip,
    runs: &[Run],
    (face, size): (Face, f64),
    (column, mut baseline): (Column, f64),
) -> (f64, f64) {
    let node = section.add(Role::Paragraph);
    let setting = Setting::new(face, size, column.width, Alignment::Balanced);
    let mut length = 0.0;
    for line in text::set(section.shaper, runs, &setting) {
        length = line.width;
        section.tree.put(strip, node, line, (column.x, baseline));
        baseline += HEADER_LEADING;
    }
    (baseline, length)
}

/// Adds "Kính gửi:": one addressee on the same line, several each on a line of its own with the
/// dashes under the colon.
pub(super) fn addressees(section: &mut SectionLayout<'_, '_>, addressees: &[Vec<Run>]) {
    const LABEL: &str = "Kính gửi:";
    let look = (Face::Regular, BODY_SIZE);
    let leading = single(BODY_SIZE) * BODY_SPACING;
    let first_strip = section.strips.len();
    if addressees.is_empty() {
        return;
    }
    if let [only] = addressees {
        let runs: Vec<Run> =
            std::iter::once(Run::text(format!("{LABEL} "))).chain(only.iter().cloned()).collect();
        let node = section.add(Role::Paragraph);
        let lines = section.set(&runs, look, Alignment::Balanced);
        push(section, lines, (node, PARAGRAPH_GAP, section.page.left), leading);
    } else {
        let label = [Run::text(LABEL)];
        let indent = text::need(section.shaper, &label, look.0, look.1).natural;
        let entries = listed(addressees);
        let widest = entries
            .iter()
            .map(|runs| text::need(section.shaper, runs, look.0, look.1).natural)
            .fold(0.0, f64::max);
        let room = section.page.text_width();
        let x = section.page.left + ((room - indent - widest) / 2.0).max(0.0);
        let node = section.add(Role::Paragraph);
        let lines = section.set(&label, look, Alignment::Left);
        push(section, lines, (node, PARAGRAPH_GAP, x), leading);
        let list = section.add(Role::List);
        for runs in &entries {
            let node = list_body(section, list);
            let setting =
                Setting::new(look.0, look.1, section.page.right - x - indent, Alignment::Left);
            let lines = text::set(section.shaper, runs, &setting);
            push(section, lines, (node, 0.0, x + indent - 4.0), leading);
        }
    }
    section.keep_from(first_strip);
}

fn push(
    section: &mut SectionLayout<'_, '_>,
    lines: Vec<SetLine>,
    (node, gap, x): (NodeId, f64, f64),
    leading: f64,
) {
    let how = super::blocks::Lines { node, leading, gap, x, face: Face::Regular, size: BODY_SIZE };
    section.push_lines(lines, how);
}

fn list_body(section: &mut SectionLayout<'_, '_>, list: NodeId) -> NodeId {
    let item = section.tree.add(list, Role::ListItem);
    section.tree.add(item, Role::ListBody)
}

/// Returns entries with a dash before and ";" after, the last with a full stop (II.9).
fn listed(entries: &[Vec<Run>]) -> Vec<Vec<Run>> {
    let last = entries.len().saturating_sub(1);
    entries
        .iter()
        .enumerate()
        .map(|(index, runs)| {
            let mut listed = Vec::with_capacity(runs.len() + 2);
            if !shown(runs).starts_with("- ") {
                listed.push(Run::text("- "));
            }
            listed.extend(runs.iter().cloned());
            if !shown(runs).ends_with([';', '.']) {
                listed.push(Run::text(if index == last { "." } else { ";" }));
            }
            listed
        })
        .collect()
}

/// Adds the signature block with the recipients at its left; two lines of text stay with it.
pub(super) fn signature(section: &mut SectionLayout<'_, '_>, signature: &Signature) {
    let before = section.strips.len().saturating_sub(2);
    section.keep_from(before);
    let width = section.page.text_width();
    let left_width = width * SIGNATURE_LEFT_SHARE;
    let left = Column { x: section.page.left, width: left_width - HEADER_GUTTER * 3.0 };
    let right = Column { x: section.page.left + left_width, width: width - left_width };
    let mut strip = Strip { gap: SIGNATURE_BEFORE, ..Strip::default() };
    let first = single(SIGNATURE_SIZE) * 0.8;
    let overflow = recipients(section, &mut strip, &signature.recipients, (left, first));

    let look = (Face::Bold, SIGNATURE_SIZE);
    let mut baseline = first;
    for runs in &signature.authority {
        (baseline, _) = centred(section, &mut strip, runs, look, (right, baseline));
    }
    let top = baseline - HEADER_LEADING + RULE_DROP;
    let person = Area {
        page: 0,
        left: right.centre() - SIGNATURE_HALF_WIDTH,
        right: right.centre() + SIGNATURE_HALF_WIDTH,
        top,
        bottom: top + SIGNATURE_ROOM,
    };
    for (kind, area) in [(FieldKind::Signature, person), (FieldKind::Seal, seal_area(person))] {
        let node = section.add(Role::Form);
        strip.fields.push(Field { kind, node, area });
    }
    baseline = top + SIGNATURE_ROOM + HEADER_LEADING;
    let name = vec![Run::text(signature.name.as_str())];
    for runs in signature.office.iter().chain([&name]) {
        (baseline, _) = centred(section, &mut strip, runs, look, (right, baseline));
    }
    strip.height = strip.height.max(baseline - HEADER_LEADING + RULE_DROP);
    section.strips.push(strip);
    section.strips.extend(overflow);
}

/// Returns where the seal goes: over the left third of the signature (II.8).
fn seal_area(signature: Area) -> Area {
    let right = signature.left + (signature.right - signature.left) * SEAL_OVER_SIGNATURE;
    let middle = signature.top.midpoint(signature.bottom);
    let (top, bottom) = (middle - SEAL_SIZE / 2.0, middle + SEAL_SIZE / 2.0);
    Area { left: right - SEAL_SIZE, top, right, bottom, ..signature }
}

/// Puts the recipients into the strip; returns those that a half page does not hold.
fn recipients(
    section: &mut SectionLayout<'_, '_>,
    strip: &mut Strip,
    recipients: &[Vec<Run>],
    (column, first): (Column, f64),
) -> Vec<Strip> {
    let mut overflow = Vec::new();
    if recipients.is_empty() {
        return overflow;
    }
    let label = [Run::text("Nơi nhận:")];
    let (face, size) = (Face::BoldItalic, RECIPIENTS_LABEL_SIZE);
    let node = section.add(Role::Paragraph);
    let setting = Setting::new(face, size, column.width, Alignment::Left);
    for line in text::set(section.shaper, &label, &setting) {
        section.tree.put(strip, node, line, (column.x, first));
    }
    let leading = single(RECIPIENTS_SIZE);
    let mut baseline = first + single(size);
    let setting = Setting::new(Face::Regular, RECIPIENTS_SIZE, column.width, Alignment::Left);
    let list = section.add(Role::List);
    for runs in listed(recipients) {
        let node = list_body(section, list);
        for line in text::set(section.shaper, &runs, &setting) {
            if baseline < section.page.text_height() / 2.0 {
                section.tree.put(strip, node, line, (column.x, baseline));
                baseline += leading;
            } else {
                let mut further = Strip { height: leading, ..Strip::default() };
                section.tree.put(&mut further, node, line, (column.x, leading * 0.8));
                overflow.push(further);
            }
        }
    }
    strip.height = baseline - leading + RULE_DROP;
    overflow
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pdf::sample::{find, first_page};

    #[test]
    fn the_signature_has_room_between_authority_and_name() {
        let (laid, _) = first_page();
        let area = laid.area(FieldKind::Signature).unwrap();
        let (above, below) = (find(&laid, "TỔ TRƯỞNG"), find(&laid, "CHỦ TỊCH"));
        assert!(above.y < area.top && below.y - below.size * 0.7 > area.bottom);
        let label = find(&laid, "Nơi nhận:");
        let authority = find(&laid, "TM. ");
        assert!((label.y - authority.y).abs() < 1e-9, "level with the authority");
        assert_eq!(label.face, Face::BoldItalic);
    }

    #[test]
    fn the_seal_covers_the_left_third_of_the_signature() {
        let (laid, _) = first_page();
        let person = laid.area(FieldKind::Signature).unwrap();
        let seal = laid.area(FieldKind::Seal).unwrap();
        let covered = (seal.right - person.left) / (person.right - person.left);
        assert!((covered - 1.0 / 3.0).abs() < 1e-9, "{covered}");
        assert!((seal.right - seal.left - SEAL_SIZE).abs() < 1e-9);
        assert_eq!(seal.page, person.page);
        let recipients =
            laid.texts().filter(|(_, text)| text.text.starts_with("- ") && text.y > seal.top);
        for (_, text) in recipients {
            assert!(text.x + text.width < seal.left, "{}", text.text);
        }
    }

    #[test]
    fn entries_get_dashes_and_ending_signs() {
        let entries = listed(&[
            vec![Run::text("Như trên")],
            vec![Run::text("- Các xã;")],
            vec![Run::text("Lưu: VT")],
        ]);
        let words: Vec<String> = entries.iter().map(|runs| shown(runs)).collect();
        assert_eq!(words, ["- Như trên;", "- Các xã;", "- Lưu: VT."]);
    }
}

//! Frames that were read before: the returns of a month are filled copies of a few forms, and what
//! frames them lies in their packages byte for byte as in the one before, so that it need not even be
//! unpacked.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use super::{
    frame::{Frame, FrameParts},
    package::{KeptPart, Package, Packed},
};
use crate::ingest::{limits::has_twins, macros::is_of_macros};

/// Most frames that are kept: a month of returns has a few kinds.
const MOST_FRAMES: usize = 12;
/// Most packed bytes of a frame that is kept.
const MAX_FRAME: usize = 128 << 10;

thread_local! {
    /// The last frames of the thread, the oldest first.
    static LAST_FRAMES: RefCell<VecDeque<KnownFrame>> = const { RefCell::new(VecDeque::new()) };
}

/// A frame, by all that it is made of.
#[derive(Debug)]
struct KnownFrame {
    /// The names of all parts.
    names: Vec<String>,
    /// The parts of the frame, with their indexes.
    parts: Vec<(usize, KeptPart)>,
    frame: Rc<Frame>,
}

/// Returns the frame of a workbook, if it is a usual one: the one that the same parts made up before, where
/// there is such.
pub(super) fn frame_of(package: &mut Package<'_>) -> Option<Rc<Frame>> {
    if let Some(known) = KnownFrame::find(package) {
        return Some(known);
    }
    let names = package.names()?;
    let strings = strings_part(&names)?;
    if has_twins(&names) || names.iter().any(|name| is_of_macros(name.as_bytes())) {
        return None;
    }
    let of_frame = names.iter().enumerate().filter(|(_, name)| FrameParts::has_content_of(name));
    let of_frame: Vec<usize> = of_frame.map(|(index, _)| index).collect();
    let mut contents = Vec::new();
    for (index, name) in of_frame.iter().filter_map(|index| Some((index, names.get(*index)?))) {
        contents.push((name.as_str(), package.part(*index)?));
    }
    let parts = FrameParts { names: &names, contents, strings };
    let frame = Rc::new(Frame::read(&parts)?);
    KnownFrame::keep(package, names, &of_frame, &frame);
    Some(frame)
}

impl KnownFrame {
    /// Returns the frame that the same parts made up before.
    fn find(package: &mut Package<'_>) -> Option<Rc<Frame>> {
        LAST_FRAMES.with_borrow(|last| {
            let known = last.iter().find(|known| known.is_of(package));
            known.map(|known| Rc::clone(&known.frame))
        })
    }

    fn is_of(&self, package: &mut Package<'_>) -> bool {
        package.has_names(&self.names)
            && self
                .parts
                .iter()
                .all(|(index, kept)| package.packed(*index).is_some_and(|part| kept.is(&part)))
    }

    /// Keeps a frame, unless it is large.
    fn keep(package: &mut Package<'_>, names: Vec<String>, of_frame: &[usize], frame: &Rc<Frame>) {
        let packed = of_frame.iter().map(|index| Some((*index, package.packed(*index)?)));
        let Some(packed) = packed.collect::<Option<Vec<(usize, Packed<'_>)>>>() else { return };
        if packed.iter().map(|(_, part)| part.len()).sum::<usize>() > MAX_FRAME {
            return;
        }
        let parts = packed.iter().map(|(index, part)| (*index, part.keep())).collect();
        let known = Self { names, parts, frame: Rc::clone(frame) };
        LAST_FRAMES.with_borrow_mut(|last| {
            last.push_back(known);
            if last.len() > MOST_FRAMES {
                last.pop_front();
            }
        });
    }
}

/// Returns the index of the shared strings; nothing inside if there are none, nothing at all if there
/// are several.
#[expect(clippy::option_option, reason = "several are not none")]
fn strings_part(names: &[String]) -> Option<Option<usize>> {
    let is_of_strings = |name: &String| {
        let file = name.rsplit(['/', '\\']).next();
        file.is_some_and(|file| file.eq_ignore_ascii_case("sharedstrings.xml"))
    };
    let mut parts = names.iter().enumerate().filter(|(_, name)| is_of_strings(name));
    let first = parts.next().map(|(index, _)| index);
    parts.next().is_none().then_some(first)
}

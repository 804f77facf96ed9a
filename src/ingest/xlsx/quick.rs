//! The quick way through a usual workbook. The library says which part is which sheet and what the
//! styles make of numbers, and only the cells and the shared strings are read here. Whatever is
//! unusual gives nothing, and the whole workbook is left to the library.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    io::{Cursor, Read},
};

use flate2::{Crc, Decompress, FlushDecompress, Status};
use zip::{CompressionMethod, ZipArchive};

use super::{
    cells::{self, Shared},
    frame::{Frame, FrameParts},
    hanging::{self, is_of_hanging},
    strings::shared_strings,
};
use crate::ingest::{
    limits::has_twins,
    room::Room,
    workbook::{SheetState, Worksheet},
};

/// Largest part that is unpacked for this.
const MAX_UNPACKED: u64 = 16 << 20;
/// Most parts of a usual workbook.
const MAX_PARTS: usize = 256;

/// Returns the worksheets in their order, if all of them can be read this way.
pub(super) fn sheets(bytes: &[u8]) -> Option<Vec<Worksheet>> {
    let mut package = Package::open(bytes)?;
    let names = package.names()?;
    let strings = strings_part(&names)?;
    let frame = Frame::of(&package.frame_parts(&names, strings)?)?;
    let strings = strings.map_or(Some(Vec::new()), |index| package.part(index))?;
    let strings = if strings.is_empty() { Vec::new() } else { shared_strings(&strings)? };
    let shared = Shared { strings, formats: &frame.formats };
    let mut room = Room::default();
    let mut known = BTreeSet::new();
    let worksheet = |(name, part): &(String, Option<usize>)| {
        let state = match (part, room.refusal()) {
            (None, _) => SheetState::Hidden,
            (Some(_), Some(refusal)) => refusal,
            (Some(part), None) if known.insert(*part) => {
                room.keep(cells::sheet(&package.part(*part)?, &shared)?)
            }
            (Some(_), None) => return None,
        };
        Some(Worksheet { name: name.clone(), state })
    };
    let mut worksheets: Vec<Worksheet> =
        frame.sheets.iter().map(worksheet).collect::<Option<_>>()?;
    if names.iter().any(|name| is_of_hanging(name)) {
        hanging::add(bytes, &mut worksheets);
    }
    (!worksheets.is_empty()).then_some(worksheets)
}

/// The parts of a workbook.
struct Package<'b>(ZipArchive<Cursor<&'b [u8]>>, &'b [u8]);

impl<'b> Package<'b> {
    /// Returns the parts; nothing if they are many.
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        (archive.len() <= MAX_PARTS).then_some(Self(archive, bytes))
    }

    /// Returns the names of the parts by index; nothing if two have nearly the same.
    fn names(&mut self) -> Option<Vec<String>> {
        let mut names = Vec::with_capacity(self.0.len());
        for index in 0..self.0.len() {
            names.push(self.0.by_index_raw(index).ok()?.name().ok()?.into_owned());
        }
        (!has_twins(&names)).then_some(names)
    }

    /// Returns the unpacked content of a part.
    fn part(&mut self, index: usize) -> Option<Vec<u8>> {
        if let Some(content) = self.deflated_part(index)? {
            return Some(content);
        }
        let part = self.0.by_index(index).ok()?;
        let size = part.size();
        if size > MAX_UNPACKED {
            return None;
        }
        let mut content = Vec::with_capacity(usize::try_from(size).ok()?);
        part.take(MAX_UNPACKED + 1).read_to_end(&mut content).ok()?;
        (u64::try_from(content.len()).ok()? == size).then_some(content)
    }

    /// Returns the content of a part that is packed as programs do it; nothing inside when it is packed otherwise.
    #[expect(clippy::option_option, reason = "what is damaged is not packed otherwise")]
    fn deflated_part(&mut self, index: usize) -> Option<Option<Vec<u8>>> {
        let part = self.0.by_index_raw(index).ok()?;
        let is_usual = part.compression() == CompressionMethod::Deflated && !part.encrypted();
        if !is_usual || part.size() > MAX_UNPACKED {
            return Some(None);
        }
        let start = usize::try_from(part.data_start()?).ok()?;
        let packed =
            self.1.get(start..start.checked_add(usize::try_from(part.compressed_size()).ok()?)?)?;
        let content = inflate(packed, usize::try_from(part.size()).ok()?)?;
        let mut sum = Crc::new();
        sum.update(&content);
        (sum.sum() == part.crc32()).then_some(Some(content))
    }

    /// Returns what the frame of the workbook is made of.
    fn frame_parts<'n>(
        &mut self,
        names: &'n [String],
        strings: Option<usize>,
    ) -> Option<FrameParts<'n>> {
        let of_frame =
            names.iter().enumerate().filter(|(_, name)| FrameParts::has_content_of(name));
        let content = |(index, name): (usize, &'n String)| Some((name.as_str(), self.part(index)?));
        let contents = of_frame.map(content).collect::<Option<_>>()?;
        Some(FrameParts { names, contents, strings })
    }
}

thread_local! {
    /// What unpacks a part is made ready once for each thread: that costs as much as a small part.
    static INFLATE: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

/// Returns unpacked bytes; nothing when they are not of this size.
fn inflate(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    INFLATE.with_borrow_mut(|inflate| {
        inflate.reset(false);
        // Without room for more than there may be, the end would not be reached.
        let mut content = Vec::with_capacity(size + 1);
        let status = inflate.decompress_vec(packed, &mut content, FlushDecompress::Finish).ok()?;
        let is_whole = status == Status::StreamEnd
            && content.len() == size
            && usize::try_from(inflate.total_in()).ok()? == packed.len();
        is_whole.then_some(content)
    })
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

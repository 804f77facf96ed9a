//! The parts of a workbook as they lie in its package, and unpacked.

use std::{
    cell::RefCell,
    io::{Cursor, Read},
};

use flate2::{Crc, Decompress, FlushDecompress, Status};
use zip::{CompressionMethod, ZipArchive};

/// Largest part that is unpacked for the quick way.
const MAX_UNPACKED: u64 = 16 << 20;
/// Most parts of a usual workbook.
const MAX_PARTS: usize = 256;

/// The parts of a workbook.
pub(super) struct Package<'b>(ZipArchive<Cursor<&'b [u8]>>, &'b [u8]);

/// A part as it lies in the package: the same packed bytes are always the same content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packed<'b> {
    bytes: &'b [u8],
    stamp: Stamp,
}

/// What a package says of a part: how it is packed, how large it is unpacked, and its check sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    method: CompressionMethod,
    size: u64,
    sum: u32,
}

/// A part as it lay in a package, kept.
#[derive(Debug)]
pub(super) struct KeptPart {
    bytes: Box<[u8]>,
    stamp: Stamp,
}

impl<'b> Package<'b> {
    /// Returns the parts; nothing if they are many.
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        (archive.len() <= MAX_PARTS).then_some(Self(archive, bytes))
    }

    /// Returns the names of the parts by index; nothing if one cannot be read.
    pub(super) fn names(&self) -> Option<Vec<String>> {
        self.0.file_names().map(|name| Some(name.ok()?.into_owned())).collect()
    }

    /// Returns whether the parts have these names, in this order.
    pub(super) fn has_names(&self, names: &[String]) -> bool {
        let mut own = self.0.file_names();
        self.0.len() == names.len()
            && names
                .iter()
                .all(|name| own.next().is_some_and(|own| own.is_ok_and(|own| own == *name)))
    }

    /// Returns a part as it lies in the package; nothing if it is locked or reaches beyond it.
    pub(super) fn packed(&mut self, index: usize) -> Option<Packed<'b>> {
        let part = self.0.by_index_raw(index).ok()?;
        if part.encrypted() {
            return None;
        }
        let start = usize::try_from(part.data_start()?).ok()?;
        let end = start.checked_add(usize::try_from(part.compressed_size()).ok()?)?;
        let stamp = Stamp { method: part.compression(), size: part.size(), sum: part.crc32() };
        Some(Packed { bytes: self.1.get(start..end)?, stamp })
    }

    /// Returns the unpacked content of a part; nothing if it is damaged or larger than those of usual
    /// workbooks.
    pub(super) fn part(&mut self, index: usize) -> Option<Vec<u8>> {
        let packed = self.packed(index)?;
        let Stamp { method, size, sum } = packed.stamp;
        if size > MAX_UNPACKED {
            return None;
        }
        let size = usize::try_from(size).ok()?;
        if method == CompressionMethod::Deflated {
            let content = inflate(packed.bytes, size)?;
            let mut found = Crc::new();
            found.update(&content);
            return (found.sum() == sum).then_some(content);
        }
        let part = self.0.by_index(index).ok()?;
        let mut content = Vec::with_capacity(size);
        part.take(MAX_UNPACKED + 1).read_to_end(&mut content).ok()?;
        (content.len() == size).then_some(content)
    }
}

impl Packed<'_> {
    /// Returns how many bytes it takes in the package.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Returns it to be kept.
    pub(super) fn keep(&self) -> KeptPart {
        KeptPart { bytes: self.bytes.into(), stamp: self.stamp }
    }
}

impl KeptPart {
    /// Returns whether a part is the same.
    pub(super) fn is(&self, part: &Packed<'_>) -> bool {
        self.stamp == part.stamp && *self.bytes == *part.bytes
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

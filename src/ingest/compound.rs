//! The envelope of old binary workbooks. Some programs (SheetJS among them) close the table of sectors
//! with marks for sectors that were never there; a reader that is strict about it refuses every file
//! of theirs. Such marks are put right; a file that really lost sectors stays damaged.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    io::{self, Cursor},
};

use cfb::CompoundFile;

use super::limits::word;

/// Numbers above this are marks.
const MAX_SECTOR: u32 = 0xffff_fffa;
const END_OF_CHAIN: u32 = 0xffff_fffe;
const FREE: u32 = 0xffff_ffff;
/// Where the header says how large sectors are, where more of the table's own sectors are listed, and
/// where the first of them are.
const SECTOR_SHIFT: usize = 30;
const FURTHER_SECTORS: usize = 68;
const TABLE_SECTORS: std::ops::Range<usize> = 76..512;

/// Opens a compound file.
pub(super) fn open(bytes: &[u8]) -> io::Result<CompoundFile<Cursor<Cow<'_, [u8]>>>> {
    CompoundFile::open(Cursor::new(Cow::Borrowed(bytes))).or_else(|error| match mended(bytes) {
        Some(mended) => CompoundFile::open(Cursor::new(Cow::Owned(mended))),
        None => Err(error),
    })
}

/// Returns the file without marks for sectors behind its end, if they are marks and nothing else: no
/// chain may lead to one of them.
fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    let shift = word(bytes, SECTOR_SHIFT).filter(|shift| matches!(shift, 9 | 12))?;
    let size = 1_usize << shift;
    let sectors = bytes.len().checked_sub(size)?.div_ceil(size);
    if number(bytes, FURTHER_SECTORS)? <= MAX_SECTOR {
        return None;
    }
    let mut places = Vec::new();
    for at in TABLE_SECTORS.step_by(4) {
        let sector = usize::try_from(number(bytes, at).filter(|one| *one <= MAX_SECTOR)?).ok();
        let start = sector?.checked_add(1)?.checked_mul(size)?;
        places.extend((start..start.checked_add(size)?).step_by(4));
        if places.len() >= sectors {
            break;
        }
    }
    let entries: Option<Vec<u32>> = places.iter().map(|place| number(bytes, *place)).collect();
    let entries = entries?;
    let (inside, behind) = entries.split_at_checked(sectors)?;
    let led_to: BTreeSet<usize> =
        inside.iter().filter_map(|entry| usize::try_from(*entry).ok()).collect();
    let are_marks = behind.iter().all(|entry| matches!(*entry, END_OF_CHAIN | FREE));
    if !are_marks || led_to.range(sectors..entries.len()).next().is_some() {
        return None;
    }
    let mut mended = bytes.to_vec();
    for place in places.iter().skip(sectors) {
        mended.get_mut(*place..place + 4)?.copy_from_slice(&FREE.to_le_bytes());
    }
    Some(mended)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    /// A file with one stream, its table of sectors closed with marks as SheetJS does.
    fn closed_with_marks(content: &[u8]) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/Workbook").unwrap().write_all(content).unwrap();
        let mut bytes = file.into_inner().into_inner();
        let size = 1_usize << word(&bytes, SECTOR_SHIFT).unwrap();
        let sectors = bytes.len() / size - 1;
        let table = (number(&bytes, TABLE_SECTORS.start).unwrap() as usize + 1) * size;
        for entry in sectors..size / 4 {
            let place = table + 4 * entry;
            bytes[place..place + 4].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn marks_behind_the_end_are_no_damage() {
        let content = vec![7; 9_000];
        let bytes = closed_with_marks(&content);
        assert!(CompoundFile::open(Cursor::new(&*bytes)).is_err());
        let mut read = Vec::new();
        let mut file = open(&bytes).unwrap();
        file.open_stream("/Workbook").unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, content);
    }

    #[test]
    fn lost_sectors_stay_lost() {
        let bytes = closed_with_marks(&[7; 9_000]);
        let size = 1_usize << word(&bytes, SECTOR_SHIFT).unwrap();
        for lost in 1..bytes.len() / size {
            let cut = bytes.get(..bytes.len() - lost * size).unwrap();
            let read = open(cut).and_then(|mut file| {
                let mut read = Vec::new();
                file.open_stream("/Workbook")?.read_to_end(&mut read).map(|_| read)
            });
            assert!(read.is_err() || read.unwrap() == [7; 9_000], "{lost} sectors lost");
        }
        assert!(open(b"no compound file").is_err());
    }
}

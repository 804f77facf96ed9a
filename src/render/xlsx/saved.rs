//! The bytes of a finished workbook, the same on every system: the writer notes in the directory of the
//! package on which system it was made.

use rust_xlsxwriter::{Workbook, XlsxError};

/// Length of the record that ends a package without a comment.
const END: usize = 22;
/// Length of an entry of the directory without its name, extra fields and comment.
const ENTRY: usize = 46;
/// The system of all our packages: Unix.
const SYSTEM: u8 = 3;

/// Returns the bytes of a workbook.
pub(super) fn saved(workbook: &mut Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut bytes = workbook.save_to_buffer()?;
    name_system(&mut bytes);
    Ok(bytes)
}

/// Writes the one system into every entry of the directory (APPNOTE.TXT, 4.3.12 and 4.4.2).
fn name_system(package: &mut [u8]) {
    let Some(end) = package.len().checked_sub(END) else { return };
    let number = |package: &[u8], at: usize, length: usize| {
        let bytes = package.get(at..at + length).unwrap_or_default();
        bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
    };
    let mut at = number(package, end + 16, 4);
    while package.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02")) {
        if let Some(system) = package.get_mut(at + 5) {
            *system = SYSTEM;
        }
        let lengths = [28, 30, 32].map(|field| number(package, at + field, 2));
        at += ENTRY + lengths.iter().sum::<usize>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_made_on_windows_is_the_one_made_here() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "Tiên Lãng").unwrap();
        let here = saved(&mut workbook).unwrap();
        let entries: Vec<usize> =
            (0..here.len() - 4).filter(|at| here[*at..].starts_with(b"PK\x01\x02")).collect();
        assert!(entries.len() > 5, "{entries:?}");
        let mut windows = here.clone();
        for entry in entries {
            assert_eq!(here[entry + 5], SYSTEM);
            windows[entry + 5] = 0;
        }
        name_system(&mut windows);
        assert!(windows == here);
        for cut in 0..here.len() {
            name_system(&mut windows[..cut]);
        }
    }
}

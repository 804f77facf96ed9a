//! The four files of a type family: Liberation Serif, which is in the program, or those of the
//! office, told apart by what the files say of themselves and checked for embedding rights and
//! letters. The disk is not touched here.

use rustybuzz::ttf_parser::{self, Permissions, Tag, name_id};

use super::laid::Face;

/// What a report is written with; capital letters are wanted too.
pub(super) const LETTERS: &str = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz0123456789…%–-.,;:/()“”\"";

/// The bytes of a type family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontFiles {
    /// Upright.
    pub regular: Vec<u8>,
    /// Upright, bold.
    pub bold: Vec<u8>,
    /// Italic.
    pub italic: Vec<u8>,
    /// Italic, bold.
    pub bold_italic: Vec<u8>,
}

impl FontFiles {
    /// Returns Liberation Serif, which has the metrics of Times New Roman and a free licence.
    pub fn embedded() -> Self {
        Self {
            regular: include_bytes!("../../../assets/fonts/LiberationSerif-Regular.ttf").to_vec(),
            bold: include_bytes!("../../../assets/fonts/LiberationSerif-Bold.ttf").to_vec(),
            italic: include_bytes!("../../../assets/fonts/LiberationSerif-Italic.ttf").to_vec(),
            bold_italic: include_bytes!("../../../assets/fonts/LiberationSerif-BoldItalic.ttf")
                .to_vec(),
        }
    }

    /// Returns the family of an office from its files (name and bytes): four faces of one family,
    /// each with the right to be embedded and every Vietnamese letter.
    pub fn of_office(files: Vec<(String, Vec<u8>)>) -> Result<Self, FontFault> {
        let mut faces: [Option<(String, Vec<u8>)>; 4] = Default::default();
        let mut family: Option<(String, String)> = None;
        for (file, bytes) in files {
            let (face, name) = checked(&file, &bytes)?;
            if let Some((first, known)) = &family
                && *known != name
            {
                let (first, known) = (first.clone(), known.clone());
                return Err(FontFault::TwoFamilies { first, known, file, name });
            }
            family.get_or_insert_with(|| (file.clone(), name));
            if let Some((first, _)) = faces[face as usize].replace((file.clone(), bytes)) {
                return Err(FontFault::Twice { first, file, face });
            }
        }
        let missing = Face::ALL.into_iter().filter(|face| faces[*face as usize].is_none());
        let missing: Vec<Face> = missing.collect();
        match faces {
            [Some(regular), Some(bold), Some(italic), Some(bold_italic)] => Ok(Self {
                regular: regular.1,
                bold: bold.1,
                italic: italic.1,
                bold_italic: bold_italic.1,
            }),
            _ => Err(FontFault::MissingFaces { faces: missing }),
        }
    }
}

/// Returns face and family of a file that may be used.
fn checked(file: &str, bytes: &[u8]) -> Result<(Face, String), FontFault> {
    let unreadable = || FontFault::Unreadable { file: file.to_owned() };
    let parsed = ttf_parser::Face::parse(bytes, 0)
        .map_err(|source| FontFault::NoFont { file: file.to_owned(), source })?;
    if parsed.raw_face().table(Tag::from_bytes(b"glyf")).is_none() {
        return Err(unreadable());
    }
    let allowed = match parsed.permissions() {
        Some(Permissions::Installable | Permissions::Editable) => {
            parsed.is_subsetting_allowed() && parsed.is_outline_embedding_allowed()
        }
        Some(Permissions::PreviewAndPrint | Permissions::Restricted) | None => false,
    };
    if !allowed {
        return Err(FontFault::Restricted { file: file.to_owned() });
    }
    let letters = LETTERS.chars().chain(LETTERS.chars().flat_map(char::to_uppercase));
    let missing: Vec<char> =
        letters.filter(|letter| parsed.glyph_index(*letter).is_none()).take(8).collect();
    if !missing.is_empty() {
        return Err(FontFault::MissingLetters {
            file: file.to_owned(),
            letters: missing.into_iter().collect(),
        });
    }
    let mut names = parsed.names().into_iter().filter(|name| name.name_id == name_id::FAMILY);
    let family = names.find_map(|name| name.to_string()).ok_or_else(unreadable)?;
    let face = match (parsed.is_bold(), parsed.is_italic()) {
        (false, false) => Face::Regular,
        (true, false) => Face::Bold,
        (false, true) => Face::Italic,
        (true, true) => Face::BoldItalic,
    };
    Ok((face, family))
}

/// Why the fonts of an office cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FontFault {
    /// A file is no font.
    #[error("tệp phông chữ `{file}` bị hỏng hoặc không phải là phông chữ TrueType (.ttf)")]
    NoFont {
        /// Name of the file.
        file: String,
        /// What the reader said.
        source: ttf_parser::FaceParsingError,
    },
    /// A file is a font of another kind, or has no name.
    #[error("tệp phông chữ `{file}` không phải là phông chữ TrueType dùng được")]
    Unreadable {
        /// Name of the file.
        file: String,
    },
    /// The maker does not allow it.
    #[error(
        "phông chữ `{file}` không được phép nhúng vào tệp PDF có chỗ điền (quyền nhúng fsType)"
    )]
    Restricted {
        /// Name of the file.
        file: String,
    },
    /// Letters that reports need are not in the font.
    #[error("phông chữ `{file}` không có đủ chữ tiếng Việt, thiếu: {letters}")]
    MissingLetters {
        /// Name of the file.
        file: String,
        /// The first of them.
        letters: String,
    },
    /// Two files have the same face.
    #[error("hai tệp phông chữ `{first}` và `{file}` cùng là kiểu {}", face.name())]
    Twice {
        /// The first file.
        first: String,
        /// The second file.
        file: String,
        /// The face.
        face: Face,
    },
    /// Files of different families.
    #[error("các tệp phông chữ không cùng một bộ: `{first}` là {known}, `{file}` là {name}")]
    TwoFamilies {
        /// The first file.
        first: String,
        /// Its family.
        known: String,
        /// The other file.
        file: String,
        /// Its family.
        name: String,
    },
    /// Faces without a file.
    #[error("chưa đủ bốn tệp phông chữ, thiếu kiểu: {}", names(faces))]
    MissingFaces {
        /// The faces.
        faces: Vec<Face>,
    },
}

impl FontFault {
    /// Returns what to do.
    pub fn hint(&self) -> String {
        let do_what = match self {
            Self::Restricted { .. } => "thay bằng tệp phông chữ được phép nhúng",
            Self::MissingLetters { .. } => "thay bằng tệp Times New Roman bộ mã Unicode",
            Self::Twice { .. } | Self::TwoFamilies { .. } => {
                "chỉ để lại bốn tệp của một bộ phông chữ: thường, đậm, nghiêng, đậm nghiêng"
            }
            Self::NoFont { .. } | Self::Unreadable { .. } | Self::MissingFaces { .. } => {
                "chép lại đủ bốn tệp times.ttf, timesbd.ttf, timesi.ttf, timesbi.ttf từ thư mục \
                 phông chữ của Windows"
            }
        };
        format!("{do_what}; hoặc xóa thư mục templates/phong-chu để dùng phông chữ có sẵn")
    }
}

fn names(faces: &[Face]) -> String {
    let names: Vec<&str> = faces.iter().map(|face| face.name()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows_files() -> Vec<(String, Vec<u8>)> {
        let FontFiles { regular, bold, italic, bold_italic } = FontFiles::embedded();
        // The names say nothing, and the order neither.
        let files =
            [("b.ttf", bold_italic), ("i.TTF", italic), ("x.ttf", regular), ("y.ttf", bold)];
        files.map(|(name, bytes)| (name.to_owned(), bytes)).to_vec()
    }

    /// Sets the embedding rights of a font.
    fn with_rights(mut font: Vec<u8>, rights: u16) -> Vec<u8> {
        let at = font[12..].chunks_exact(16).find(|record| record.starts_with(b"OS/2")).unwrap();
        let start = u32::from_be_bytes(at[8..12].try_into().unwrap()) as usize;
        font[start + 8..start + 10].copy_from_slice(&rights.to_be_bytes());
        font
    }

    #[test]
    fn the_files_tell_which_face_they_are() {
        assert_eq!(FontFiles::of_office(windows_files()).unwrap(), FontFiles::embedded());
    }

    #[test]
    fn the_rights_of_the_maker_are_kept() {
        for (rights, allowed) in
            [(0, true), (8, true), (2, false), (4, false), (0x108, false), (0x208, false)]
        {
            let mut files = windows_files();
            files[2].1 = with_rights(files[2].1.clone(), rights);
            let loaded = FontFiles::of_office(files);
            let refused = Err(FontFault::Restricted { file: "x.ttf".to_owned() });
            assert_eq!(loaded.is_ok(), allowed, "{rights}");
            assert!(allowed || loaded == refused, "{rights}");
        }
    }

    #[test]
    fn faces_that_lack_or_come_twice_are_named() {
        let mut files = windows_files();
        files.remove(3);
        files.remove(0);
        let faces = vec![Face::Bold, Face::BoldItalic];
        let fault = FontFiles::of_office(files.clone()).unwrap_err();
        assert_eq!(fault, FontFault::MissingFaces { faces });
        assert_eq!(fault.to_string(), "chưa đủ bốn tệp phông chữ, thiếu kiểu: đậm, đậm nghiêng");
        files.push(("z.ttf".to_owned(), files[1].1.clone()));
        assert!(
            matches!(FontFiles::of_office(files), Err(FontFault::Twice { file, .. }) if file == "z.ttf")
        );
    }

    #[test]
    fn what_is_no_font_is_named() {
        let mut files = windows_files();
        files[1].1 = b"MZ".to_vec();
        assert!(
            matches!(FontFiles::of_office(files), Err(FontFault::NoFont { file, .. }) if file == "i.TTF")
        );
    }

    #[test]
    fn a_font_without_vietnamese_is_refused() {
        let mut files = windows_files();
        files[0].1 = crate::render::pdf::form_font::without_other_signs(&files[0].1);
        let fault = FontFiles::of_office(files).unwrap_err();
        let (file, letters) = ("b.ttf".to_owned(), "àảãáạăằẳ".to_owned());
        assert_eq!(fault, FontFault::MissingLetters { file, letters });
        assert!(fault.hint().contains("Unicode"));
    }
}

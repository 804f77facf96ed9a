//! Writes small PDFs of placed lines and rules, for the defects that our renderer cannot make. Fonts
//! are named, not embedded; their widths are those of Liberation Serif.

use std::collections::BTreeSet;
use std::fmt::Write;

use rustybuzz::ttf_parser;

const MM: f64 = 72.0 / 25.4;

/// The four faces, by place in the list of fonts.
pub const REGULAR: usize = 0;
pub const BOLD: usize = 1;
pub const ITALIC: usize = 2;
pub const BOLD_ITALIC: usize = 3;
/// A foreign font, and one without characters.
pub const ARIAL: usize = 4;
pub const MUTE: usize = 5;

const NAMES: [&str; 6] = [
    "LiberationSerif",
    "LiberationSerif-Bold",
    "LiberationSerif-Italic",
    "LiberationSerif-BoldItalic",
    "ABCDEF+ArialMT",
    "LiberationSerif",
];

/// A line of text with its place, in millimetres from the upper left corner.
#[derive(Clone, Debug)]
pub struct Text {
    pub page: usize,
    pub words: String,
    pub left: f64,
    pub baseline: f64,
    pub size: f64,
    pub face: usize,
    /// Red, green, blue.
    pub ink: [f64; 3],
    /// Right edge to which blanks are widened.
    pub stretched_to: Option<f64>,
}

/// A level line of ink.
#[derive(Clone, Debug)]
pub struct Stroke {
    pub page: usize,
    pub left: f64,
    pub right: f64,
    pub y: f64,
    pub is_dashed: bool,
}

/// The widths of the faces, in thousandths of the size, by character.
pub struct Widths {
    faces: [Vec<f64>; 4],
}

impl Widths {
    pub fn load() -> Self {
        let files: [&[u8]; 4] = [
            include_bytes!("../../../assets/fonts/LiberationSerif-Regular.ttf"),
            include_bytes!("../../../assets/fonts/LiberationSerif-Bold.ttf"),
            include_bytes!("../../../assets/fonts/LiberationSerif-Italic.ttf"),
            include_bytes!("../../../assets/fonts/LiberationSerif-BoldItalic.ttf"),
        ];
        Self { faces: files.map(advances) }
    }

    fn character(&self, face: usize, character: char) -> f64 {
        let face = self.faces.get(face).unwrap_or(&self.faces[0]);
        face[usize::try_from(u32::from(character)).unwrap()]
    }

    /// Returns the width of words in millimetres.
    pub fn of(&self, words: &str, face: usize, size: f64) -> f64 {
        words.chars().map(|c| self.character(face, c)).sum::<f64>() * size / 1000.0 / MM
    }
}

fn advances(file: &[u8]) -> Vec<f64> {
    let face = ttf_parser::Face::parse(file, 0).unwrap();
    let advance = |character: char| {
        let glyph = face.glyph_index(character).unwrap_or_default();
        let advance = f64::from(face.glyph_hor_advance(glyph).unwrap());
        advance * 1000.0 / f64::from(face.units_per_em())
    };
    ('\0'..'\u{2200}').map(advance).collect()
}

/// Returns a PDF of pages of a size in millimetres.
pub fn pdf(sizes: &[(f64, f64)], texts: &[Text], strokes: &[Stroke], widths: &Widths) -> Vec<u8> {
    let mut objects: Vec<String> = vec![String::new(); 2];
    let mut fonts = String::new();
    let map = objects.len() + 1;
    let used: BTreeSet<char> = texts.iter().flat_map(|text| text.words.chars()).collect();
    let characters = used.iter().fold(String::new(), |mut list, character| {
        let code = u32::from(*character);
        write!(list, "1 beginbfchar <{code:04x}> <{code:04x}> endbfchar ").unwrap();
        list
    });
    let characters = format!("1 begincodespacerange <0000> <ffff> endcodespacerange {characters}");
    objects.push(stream(&characters));
    for (face, name) in NAMES.iter().enumerate() {
        let used: BTreeSet<char> =
            texts.iter().filter(|text| text.face == face).flat_map(|t| t.words.chars()).collect();
        let list = used.iter().fold(String::new(), |mut list, character| {
            let width = widths.character(face, *character);
            write!(list, "{} [{width:.3}] ", u32::from(*character)).unwrap();
            list
        });
        let unicode = if face == MUTE { String::new() } else { format!("/ToUnicode {map} 0 R") };
        let number = objects.len() + 1;
        objects.push(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H {unicode} \
             /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 500 \
             /W [{list}] >>] >>"
        ));
        write!(fonts, "/F{face} {number} 0 R ").unwrap();
    }
    let mut kids = String::new();
    for (page, (width, height)) in (1..).zip(sizes) {
        let content = content(page, *height, texts, strokes, widths);
        objects.push(stream(&content));
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {:.3} {:.3}] /Contents {} 0 R \
             /Resources << /Font << {fonts} >> >> >>",
            width * MM,
            height * MM,
            objects.len()
        ));
        write!(kids, "{} 0 R ", objects.len()).unwrap();
    }
    "<< /Type /Catalog /Pages 2 0 R >>".clone_into(&mut objects[0]);
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", sizes.len());
    file(&objects)
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}

fn file(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        write!(file, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(file, "trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").unwrap();
    file.into_bytes()
}

fn content(
    page: usize,
    height: f64,
    texts: &[Text],
    strokes: &[Stroke],
    widths: &Widths,
) -> String {
    let mut content = String::new();
    for text in texts.iter().filter(|text| text.page == page) {
        let [red, green, blue] = text.ink;
        let (x, y) = (text.left * MM, (height - text.baseline) * MM);
        let blanks = text.words.chars().filter(|c| *c == ' ').count().max(1);
        let own = widths.of(&text.words, text.face, text.size);
        let more = text.stretched_to.map_or(0.0, |right| right - text.left - own);
        let more = more * MM / f64::from(u32::try_from(blanks).unwrap()) / text.size * 1000.0;
        let mut shown = String::new();
        for character in text.words.chars() {
            write!(shown, "<{:04x}>", u32::from(character)).unwrap();
            if character == ' ' && more.abs() > 1e-9 {
                write!(shown, "{:.5}", -more).unwrap();
            }
        }
        let (face, size) = (text.face, text.size);
        writeln!(
            content,
            "{red} {green} {blue} rg BT /F{face} {size} Tf 1 0 0 1 {x:.4} {y:.4} Tm [{shown}] TJ ET"
        )
        .unwrap();
    }
    for stroke in strokes.iter().filter(|stroke| stroke.page == page) {
        let dash = if stroke.is_dashed { "[2 2] 0 d" } else { "[] 0 d" };
        let (left, right, y) = (stroke.left * MM, stroke.right * MM, (height - stroke.y) * MM);
        writeln!(content, "{dash} 0.7 w {left:.4} {y:.4} m {right:.4} {y:.4} l S").unwrap();
    }
    content
}

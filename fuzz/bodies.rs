//! What must hold for any bytes and any text; the fuzz targets and the suite call the same functions.

use std::sync::OnceLock;

use da06::{
    ingest::{self, CellContent, FileReading, Reader, ReadingGuide},
    template::{self, Templates},
    text,
    validate::{History, ReadFile, SideFiles, State, Validator},
};

/// A return whose first figure is the text that is tried.
const SAMPLE: &str = "input/2024-03/BC T3 Phong Tu phap.xlsx";

/// What every file is read with, made once.
struct Desk {
    templates: Templates,
    reader: Reader,
    sample: FileReading,
}

fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = root.ancestors().find(|folder| folder.join("templates").is_dir()).unwrap();
        let names = da06::files::names_in(&root.join("templates")).unwrap();
        let sources = names.into_iter().map(|name| {
            let bytes = da06::files::read(&root.join("templates").join(&name)).unwrap();
            (name, bytes)
        });
        let templates = template::load(&sources.collect()).unwrap();
        let reader = Reader::new(&ReadingGuide::of(&templates));
        let sample = reader.read(SAMPLE, &da06::files::read(&root.join(SAMPLE)).unwrap());
        Desk { templates, reader, sample }
    })
}

/// Any bytes are sniffed, unpacked and read under any name: the same each time, and what gives no
/// return is refused or noticed.
pub fn sniffing(bytes: &[u8]) {
    for name in ["a.xlsx", "a.xls", "a.csv", "a.zip", "~$a"] {
        let _apart = ingest::wants_own_process(name, bytes);
        ingest::unpack(name, bytes, drop);
        let reading = desk().reader.read(name, bytes);
        assert!(
            reading.refusal.is_some() || !reading.returns.is_empty() || !reading.notices.is_empty()
        );
        assert!(reading == desk().reader.read(name, bytes));
        assert!(FileReading::decode(&reading.encode()).as_ref() == Some(&reading));
    }
}

/// Folding twice is folding once, and marks or white space never come back.
pub fn folding(words: &str) {
    let folded = text::fold(words);
    assert_eq!(text::fold(&folded), folded, "{words:?}");
    assert_eq!(text::fold(&text::nfc(words)), folded, "{words:?}");
    assert_eq!(text::nfc(&text::nfc(words)), text::nfc(words), "{words:?}");
    let squeezed = text::squeeze(words);
    assert_eq!(text::squeeze(&squeezed), squeezed, "{words:?}");
    assert_eq!(text::strip_marks(&text::strip_marks(words)), text::strip_marks(words), "{words:?}");
}

/// Whatever stands in a cell of figures: what is read as a figure has its digits.
pub fn numbers(words: &str) {
    let Desk { templates, sample, .. } = desk();
    let mut reading = sample.clone();
    let value = &mut reading.returns[0].values[1];
    value.content = CellContent::Text(words.to_owned());
    let (sheet, cell) = (value.sheet, Some(value.cell));
    let file = ReadFile { path: SAMPLE.replace("input/", ""), sha256: String::new(), reading };
    let (side_files, history) = (SideFiles::default(), History::new());
    let period = "2024-03".parse().unwrap();
    let validator = Validator::new(templates, period, &side_files, &history);
    let prepared = validator.prepare(&file);
    let batch = validator.settle(vec![prepared]);
    let observations = batch.returns.iter().flat_map(|one| &one.observations);
    let read_from_it = observations.filter(|one| one.sheet == sheet && one.cell == cell);
    for observation in read_from_it {
        if let State::Value(value) = observation.state {
            assert!(is_made_of(value, words), "{words:?} was read as {value}");
        }
    }
}

/// Returns whether the digits of a figure stand in the words in their order, wide ones among them; 0 may
/// be a word.
fn is_made_of(value: i64, words: &str) -> bool {
    let wide = |one: char| ('０'..='９').contains(&one).then(|| u32::from(one) - u32::from('０'));
    let mut digits = words.chars().filter_map(|one| one.to_digit(10).or_else(|| wide(one)));
    let wanted = value.unsigned_abs().to_string();
    value == 0
        || wanted
            .chars()
            .filter_map(|one| one.to_digit(10))
            .all(|one| digits.any(|digit| digit == one))
}

//! How well texts in the old encodings are told from Unicode: the texts of every workbook below a
//! folder, as they are and typed in TCVN3 and VNI, alone, by workbook, and mixed in one workbook.
//! A `.txt` is a workbook of one column, line by line. Prints a table; with `--list` also what was
//! decoded or left in workbooks as they are.
//!
//! `cargo run --release --example old_encodings -- FOLDER [--list]`

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a measure of the program, not a part of it"
)]

use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use da06::text::legacy::{Decoding, Encoding, TypedText, decide};

/// Texts of a workbook with sheet and column.
type Texts = Vec<(usize, u32, String)>;

/// What was decided against what is so.
#[derive(Default)]
struct Score {
    found: usize,
    missed: Vec<String>,
    wrong: Vec<String>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().map_or("input", String::as_str);
    let mut files = Vec::new();
    collect(Path::new(folder), &mut files);
    files.sort();
    let workbooks: Vec<(PathBuf, Texts)> =
        files.into_iter().filter_map(|file| texts(&file).map(|texts| (file, texts))).collect();
    let cells: usize = workbooks.iter().map(|(_, texts)| texts.len()).sum();
    println!("{} workbooks, {cells} texts", workbooks.len());
    as_they_are(&workbooks);
    println!("| typed in | decided | texts | precision | recall |\n|---|---|--:|--:|--:|");
    for encoding in Encoding::ALL {
        let whole = |_: usize| Some(encoding);
        row(encoding.name(), "text by text", &score_alone(&workbooks, encoding));
        row(encoding.name(), "by workbook", &score(&workbooks, encoding, whole));
        let half = |number: usize| number.is_multiple_of(2).then_some(encoding);
        let name = format!("{}, every other text Unicode", encoding.name());
        row(&name, "by workbook", &score(&workbooks, encoding, half));
        let both = |number: usize| [None, Some(Encoding::Tcvn3), Some(Encoding::Vni)][number % 3];
        let name = format!("{}, of three texts one each", encoding.name());
        row(&name, "by workbook", &score(&workbooks, encoding, both));
    }
}

/// Returns whether single texts are asked for.
fn lists() -> bool {
    std::env::args().any(|argument| argument == "--list")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

fn texts(file: &Path) -> Option<Texts> {
    if file.extension().is_some_and(|extension| extension == "txt") {
        let lines = std::fs::read_to_string(file).ok()?;
        return Some(lines.lines().map(|line| (0, 0, line.to_owned())).collect());
    }
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(std::fs::read(file).ok()?)).ok()?;
    let mut texts = Texts::new();
    for (sheet, (_, range)) in workbook.worksheets().into_iter().enumerate() {
        for (_, column, value) in range.used_cells() {
            if let Data::String(text) = value {
                texts.push((sheet, u32::try_from(column).ok()?, text.clone()));
            }
        }
    }
    Some(texts)
}

fn decisions(texts: &Texts) -> Vec<Option<Decoding>> {
    let typed = texts.iter().map(|(sheet, column, text)| TypedText {
        sheet: *sheet,
        column: *column,
        text,
        font: None,
    });
    decide(&typed.collect::<Vec<_>>())
}

/// Prints what is decoded of the workbooks as they are.
fn as_they_are(workbooks: &[(PathBuf, Texts)]) {
    let mut decoded = 0;
    for (file, texts) in workbooks {
        let beyond = texts.iter().filter(|(_, _, text)| !text.is_ascii()).count();
        let mut counts = [0; 2];
        for ((_, _, text), decision) in texts.iter().zip(decisions(texts)) {
            if let Some(decoding) = decision {
                counts[usize::from(decoding.encoding() == Encoding::Vni)] += 1;
                decoded += 1;
            }
            if lists() && !text.is_ascii() {
                let shown = decision.map(|decoding| decoding.apply(text, None)).unwrap_or_default();
                println!("{decision:?}\t{text:?}\t{shown:?}");
            }
        }
        if counts != [0; 2] {
            let [tcvn3, vni] = counts;
            let name = file.display();
            println!("{name}: of {beyond} texts beyond ASCII {tcvn3} TCVN3, {vni} VNI");
        }
    }
    println!("as they are: {decoded} texts decoded");
}

/// Returns the score of an encoding over workbooks of which some texts are typed in one.
fn score(
    workbooks: &[(PathBuf, Texts)],
    encoding: Encoding,
    typed_in: impl Fn(usize) -> Option<Encoding>,
) -> Score {
    let mut score = Score::default();
    for (_, texts) in workbooks {
        let mut typed = texts.clone();
        for (number, (_, _, text)) in typed.iter_mut().enumerate() {
            *text = typed_in(number).map_or(text.clone(), |encoding| encoding.encode(text));
        }
        for (number, decision) in decisions(&typed).into_iter().enumerate() {
            score.add(
                encoding,
                &typed[number].2,
                (typed_in(number), decision.map(Decoding::encoding)),
            );
        }
    }
    score
}

/// Returns the score over texts each of which is a workbook of its own.
fn score_alone(workbooks: &[(PathBuf, Texts)], encoding: Encoding) -> Score {
    let mut score = Score::default();
    for (sheet, column, text) in workbooks.iter().flat_map(|(_, texts)| texts) {
        for typed_in in [None, Some(encoding)] {
            let text = typed_in.map_or(text.clone(), |encoding| encoding.encode(text));
            let alone = vec![(*sheet, *column, text)];
            let decision = decisions(&alone)[0];
            score.add(encoding, &alone[0].2, (typed_in, decision.map(Decoding::encoding)));
        }
    }
    score
}

impl Score {
    /// Counts a text, unless it is the same in Unicode and as it was typed.
    fn add(
        &mut self,
        encoding: Encoding,
        text: &str,
        (is, decided): (Option<Encoding>, Option<Encoding>),
    ) {
        let changes = |encoding: Option<Encoding>| encoding.filter(|it| it.decode(text) != text);
        let (is, decided) = (changes(is) == Some(encoding), changes(decided) == Some(encoding));
        match (is, decided) {
            (true, true) => self.found += 1,
            (true, false) => self.missed.push(text.to_owned()),
            (false, true) => self.wrong.push(text.to_owned()),
            (false, false) => {}
        }
    }
}

fn row(typed: &str, decided: &str, score: &Score) {
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!(
        "| {typed} | {decided} | {} | {:.3} % | {:.2} % |",
        score.found + score.missed.len(),
        share(score.found, score.found + score.wrong.len()),
        share(score.found, score.found + score.missed.len())
    );
    if lists() {
        for (what, texts) in [("wrong", &score.wrong), ("missed", &score.missed)] {
            for text in texts {
                println!("{what}\t{text:?}");
            }
        }
    }
}

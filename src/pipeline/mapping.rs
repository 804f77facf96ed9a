//! How one file is understood, and the file of `templates/anh-xa/` that keeps what a person said
//! about its layout. Nothing is written that the templates would not load with.

use std::path::{Path, PathBuf};

use super::{
    Error, Job, MapTable,
    decisions::{Decision, decisions},
    explained, load_templates, template_files,
    worker::Workers,
};
use crate::{
    files,
    ingest::{
        self, Basis, ColumnHolds, ColumnReading, FileReading, Reader, ReadingGuide, TableReading,
    },
    template::{self, LayoutMapping, MAPPINGS, MappedColumn, MappedRow, MappedTable, Templates},
    text,
};

/// What is asked about a file.
#[derive(Debug, Clone, Default)]
pub struct MapRequest {
    /// The file: a path, a path below `input/`, or a name.
    pub file: PathBuf,
    /// Numbers of the proposals to accept; 0 for all that have a clearly best one.
    pub accept: Vec<usize>,
    /// Meanings in words: "dòng 12=B08".
    pub set: Vec<String>,
    /// Whether the mapping of its layout is taken back.
    pub undo: bool,
    /// Who accepts.
    pub by: String,
}

/// How a file is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapReport {
    /// The file, as a path below `input/` or a name.
    pub file: String,
    /// Fingerprint of its layout.
    pub layout: String,
    /// Files of the mappings by which it was read, below `templates/`.
    pub mappings: Vec<String>,
    /// Its tables in words.
    pub tables: Vec<MapTable>,
    /// How much is unclear.
    pub open: usize,
    /// Whether nothing of it could be read.
    pub is_refused: bool,
    /// Files of `templates/` that were written.
    pub written: Vec<String>,
    /// Files of `templates/` that were removed.
    pub removed: Vec<String>,
}

/// A file with what was read of it.
struct Desk {
    templates: Templates,
    file: String,
    bytes: Vec<u8>,
    reading: FileReading,
}

/// Shows how a file is understood and changes the mapping of its layout.
pub fn map(job: &Job, request: &MapRequest) -> Result<MapReport, Error> {
    let templates = load_templates(&job.workspace)?;
    let (path, file) = find(job, &request.file)?;
    let bytes = files::read(&path)?;
    let reading = read(job, &templates, &file, &bytes);
    let mut desk = Desk { templates, file, bytes, reading };
    let (mut written, mut removed) = (Vec::new(), Vec::new());
    if request.undo {
        removed = undo(job, &desk)?;
    } else {
        let decisions = decisions(&desk.reading.understanding, request)?;
        if !decisions.is_empty() {
            let mapping = mapping(job, &desk, request, &decisions)?;
            write(job, &mapping)?;
            written = vec![mapping.file];
        }
    }
    if !written.is_empty() || !removed.is_empty() {
        desk.templates = load_templates(&job.workspace)?;
        desk.reading = read(job, &desk.templates, &desk.file, &desk.bytes);
    }
    Ok(report(&desk, written, removed))
}

fn report(desk: &Desk, written: Vec<String>, removed: Vec<String>) -> MapReport {
    let understanding = &desk.reading.understanding;
    MapReport {
        file: desk.file.clone(),
        layout: understanding.layout.clone(),
        mappings: understanding.mappings().into_iter().map(str::to_owned).collect(),
        tables: explained::tables(&desk.templates, understanding),
        open: understanding.open(),
        is_refused: desk.reading.refusal.is_some(),
        written,
        removed,
    }
}

/// Reads a file with everything that is understood of it, certain or not.
pub(super) fn read(job: &Job, templates: &Templates, file: &str, bytes: &[u8]) -> FileReading {
    let guide = ReadingGuide { every_row: true, ..ReadingGuide::of(templates) };
    let name = file.rsplit('/').next().unwrap_or(file);
    let apart = ingest::wants_own_process(name, bytes)
        .then(|| Workers::new(job.reader.as_deref(), &guide).read(name, bytes))
        .flatten();
    apart.unwrap_or_else(|| Reader::new(&guide).read(name, bytes))
}

/// Finds a file: as it was given, below `input/`, or anywhere there by its name.
fn find(job: &Job, wanted: &Path) -> Result<(PathBuf, String), Error> {
    let input = job.workspace.input();
    let paths = if input.is_dir() { files::tree(&input)? } else { Vec::new() };
    let words = text::nfc(&wanted.to_string_lossy().replace('\\', "/"));
    let same = |path: &&String| text::nfc(path) == words;
    let ends = |path: &&String| text::nfc(path).ends_with(&format!("/{words}"));
    let whole = paths.iter().filter(same).collect::<Vec<_>>();
    let found = if whole.is_empty() { paths.iter().filter(ends).collect() } else { whole };
    match found.as_slice() {
        [path] => return Ok((input.join(path), text::nfc(path))),
        [] => {}
        several => {
            let names: Vec<&str> = several.iter().map(|path| path.as_str()).collect();
            return Err(Error::NotFound {
                what: format!("có {} tệp tên `{words}` trong input", several.len()),
                hint: format!("nêu đủ đường dẫn: {}", names.join(", ")),
            });
        }
    }
    if files::length(wanted).is_some() && !wanted.is_dir() {
        let below = wanted.canonicalize().ok().zip(input.canonicalize().ok());
        let below = below.and_then(|(path, input)| Some(path.strip_prefix(input).ok()?.to_owned()));
        let name =
            below.unwrap_or_else(|| wanted.file_name().map(PathBuf::from).unwrap_or_default());
        return Ok((wanted.to_owned(), text::nfc(&name.to_string_lossy().replace('\\', "/"))));
    }
    Err(Error::NotFound {
        what: format!("không có tệp `{words}`"),
        hint: "nêu đường dẫn của tệp, hoặc đường dẫn trong thư mục input".to_owned(),
    })
}

fn undo(job: &Job, desk: &Desk) -> Result<Vec<String>, Error> {
    let understanding = &desk.reading.understanding;
    let own = format!("{MAPPINGS}{}.toml", understanding.layout);
    let used = understanding.mappings();
    let known = desk.templates.mappings.iter().map(|mapping| mapping.file.clone());
    let files: Vec<String> =
        known.filter(|file| used.contains(&file.as_str()) || *file == own).collect();
    if files.is_empty() {
        return Err(Error::NotFound {
            what: format!("`{}` không dùng ánh xạ nào", desk.file),
            hint: "các ánh xạ đã duyệt ở thư mục templates/anh-xa".to_owned(),
        });
    }
    for file in &files {
        files::remove(&job.workspace.templates().join(file))?;
    }
    Ok(files)
}

/// Returns the mapping of the layout with decisions added to what it holds already.
fn mapping(
    job: &Job,
    desk: &Desk,
    request: &MapRequest,
    decisions: &[Decision],
) -> Result<LayoutMapping, Error> {
    let understanding = &desk.reading.understanding;
    let file = format!("{MAPPINGS}{}.toml", understanding.layout);
    let known = desk.templates.mappings.iter().find(|known| known.file == file);
    let mut mapping = known.cloned().unwrap_or_default();
    mapping.file = file;
    mapping.accepted_on = job.as_of.to_string();
    mapping.accepted_by = text::squeeze(&request.by);
    mapping.source.clone_from(&desk.file);
    mapping.sha256 = files::sha256(&desk.bytes);
    for (index, reading) in understanding.tables.iter().enumerate() {
        let own = |decision: &&Decision| decision.place().0 == index;
        if !decisions.iter().any(|decision| own(&decision)) {
            continue;
        }
        let mut table = kept(reading);
        for decision in decisions.iter().filter(own) {
            decide(&mut table, reading, decision);
        }
        let shape = table.shape();
        mapping.tables.retain(|known| known.shape() != shape);
        mapping.tables.push(table);
    }
    let mut sources = template_files(&job.workspace)?;
    sources.insert(mapping.file.clone(), mapping.to_toml().into_bytes());
    template::load(&sources)?;
    Ok(mapping)
}

/// Returns the table of a mapping with what was accepted before.
fn kept(reading: &TableReading) -> MappedTable {
    let columns = reading.columns.iter().filter(|column| column.basis == Basis::Mapping);
    let rows = reading.rows.iter().filter(|row| row.basis == Basis::Mapping);
    // Units, and what stands before the values across, differ from file to file.
    let is_of_layout = |column: &&ColumnReading| {
        if reading.is_across {
            column.basis == Basis::Mapping
        } else {
            column.holds != ColumnHolds::Unit
        }
    };
    MappedTable {
        sheet: reading.sheet.clone(),
        is_across: reading.is_across,
        heads: reading
            .columns
            .iter()
            .filter(is_of_layout)
            .map(|column| column.head.clone())
            .collect(),
        rows: reading.rows.iter().map(|row| row.words.clone()).collect(),
        columns: columns
            .filter_map(|column| match column.holds {
                ColumnHolds::Figures(meaning) => {
                    Some(MappedColumn { head: column.head.clone(), meaning })
                }
                _ => None,
            })
            .collect(),
        entries: rows
            .filter_map(|row| {
                let nth = Some(row.nth).filter(|(_, of)| *of > 1);
                Some(MappedRow { words: row.words.clone(), nth, code: row.code.clone()? })
            })
            .collect(),
    }
}

fn decide(table: &mut MappedTable, reading: &TableReading, decision: &Decision) {
    match decision {
        Decision::Column { column, meaning, .. } => {
            let head = reading.columns[*column].head.clone();
            table.columns.retain(|known| known.head != head);
            if !table.heads.contains(&head) {
                table.heads.push(head.clone());
            }
            table.columns.push(MappedColumn { head, meaning: *meaning });
        }
        Decision::Row { row, code, .. } => {
            let row = &reading.rows[*row];
            let nth = Some(row.nth).filter(|(_, of)| *of > 1);
            table.entries.retain(|known| (&known.words, known.nth) != (&row.words, nth));
            table.entries.push(MappedRow { words: row.words.clone(), nth, code: code.clone() });
        }
    }
}

/// Writes a mapping beside its place, then puts it there.
fn write(job: &Job, mapping: &LayoutMapping) -> Result<(), Error> {
    let place = job.workspace.templates().join(&mapping.file);
    files::create_folder(&job.workspace.templates().join(MAPPINGS))?;
    let beside = place.with_extension("tmp");
    files::write(&beside, mapping.to_toml().as_bytes())?;
    files::rename(&beside, &place)?;
    Ok(())
}

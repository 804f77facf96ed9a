//! How one file is understood, and the file of `templates/anh-xa/` that keeps what a person said
//! about its layout. Nothing is written that the templates would not load with.

use std::path::{Path, PathBuf};

use super::{Error, Job, load_templates, template_files, worker::Workers};
use crate::{
    files,
    ingest::{
        self, Basis, ColumnHolds, FileReading, Proposal, Reader, ReadingGuide, RowReading,
        TableReading, Understanding,
    },
    place::CellRef,
    template::{
        self, ColumnMeaning, LayoutMapping, MAPPINGS, MappedColumn, MappedRow, MappedTable,
        Templates,
    },
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
#[derive(Debug)]
pub struct MapReport {
    /// The templates, the change included.
    pub templates: Templates,
    /// The file, as a path below `input/` or a name.
    pub file: String,
    /// What was read.
    pub reading: FileReading,
    /// Files of `templates/` that were written.
    pub written: Vec<String>,
    /// Files of `templates/` that were removed.
    pub removed: Vec<String>,
}

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Decision {
    Column { table: usize, column: usize, meaning: ColumnMeaning },
    Row { table: usize, row: usize, code: String },
}

/// Shows how a file is understood and changes the mapping of its layout.
pub fn map(job: &Job, request: &MapRequest) -> Result<MapReport, Error> {
    let templates = load_templates(&job.workspace)?;
    let (path, file) = find(job, &request.file)?;
    let bytes = files::read(&path)?;
    let reading = read(job, &templates, &file, &bytes);
    let mut report =
        MapReport { templates, file, reading, written: Vec::new(), removed: Vec::new() };
    if request.undo {
        report.removed = undo(job, &report)?;
    } else {
        let decisions = decisions(&report.reading.understanding, request)?;
        if !decisions.is_empty() {
            let mapping = mapping(job, &report, request, (&decisions, &bytes))?;
            write(job, &mapping)?;
            report.written = vec![mapping.file];
        }
    }
    if !report.written.is_empty() || !report.removed.is_empty() {
        report.templates = load_templates(&job.workspace)?;
        report.reading = read(job, &report.templates, &report.file, &bytes);
    }
    Ok(report)
}

fn read(job: &Job, templates: &Templates, file: &str, bytes: &[u8]) -> FileReading {
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

fn undo(job: &Job, report: &MapReport) -> Result<Vec<String>, Error> {
    let understanding = &report.reading.understanding;
    let own = format!("{MAPPINGS}{}.toml", understanding.layout);
    let used = understanding.mappings();
    let known = report.templates.mappings.iter().map(|mapping| mapping.file.clone());
    let files: Vec<String> =
        known.filter(|file| used.contains(&file.as_str()) || *file == own).collect();
    if files.is_empty() {
        return Err(Error::NotFound {
            what: format!("`{}` không dùng ánh xạ nào", report.file),
            hint: "các ánh xạ đã duyệt ở thư mục templates/anh-xa".to_owned(),
        });
    }
    for file in &files {
        files::remove(&job.workspace.templates().join(file))?;
    }
    Ok(files)
}

/// Returns what a request decides about what is unclear.
fn decisions(understanding: &Understanding, request: &MapRequest) -> Result<Vec<Decision>, Error> {
    let proposals = understanding.proposals();
    let mut decisions = Vec::new();
    let all = request.accept.contains(&0);
    let numbers: Vec<usize> =
        if all { (1..=proposals.len()).collect() } else { request.accept.clone() };
    for number in numbers {
        let proposal = number.checked_sub(1).and_then(|at| proposals.get(at)).ok_or_else(|| {
            Error::NotFound {
                what: format!("không có đề xuất số {number}"),
                hint: format!("tệp này có {} đề xuất", proposals.len()),
            }
        })?;
        match accepted(understanding, *proposal) {
            Some(decision) => decisions.push(decision),
            None if all => {}
            None => {
                return Err(Error::NotFound {
                    what: format!("đề xuất số {number} chưa có cách hiểu rõ nhất"),
                    hint:
                        "nêu rõ cách hiểu, ví dụ --set \"dòng 12=B08\" hoặc --set \"cột F=luy_ke\""
                            .to_owned(),
                });
            }
        }
    }
    if all && decisions.is_empty() && request.set.is_empty() {
        return Err(Error::NotFound {
            what: "không có đề xuất nào để duyệt".to_owned(),
            hint: "xem `da06 map TỆP`; cách hiểu khác nêu bằng --set".to_owned(),
        });
    }
    for words in &request.set {
        let decision = decided(understanding, words)?;
        let same = |known: &Decision| known.place() == decision.place();
        decisions.retain(|known| !same(known));
        decisions.push(decision);
    }
    Ok(decisions)
}

impl Decision {
    fn place(&self) -> (usize, usize, u8) {
        match self {
            Self::Column { table, column, .. } => (*table, *column, 0),
            Self::Row { table, row, .. } => (*table, *row, 1),
        }
    }
}

/// Returns what accepting a proposal decides, when it has a clearly best candidate.
fn accepted(understanding: &Understanding, proposal: Proposal) -> Option<Decision> {
    match proposal {
        Proposal::Column { table, column } => {
            let reading = understanding.tables.get(table)?.columns.get(column)?;
            let meaning = reading.proposed()?.meaning;
            Some(Decision::Column { table, column, meaning })
        }
        Proposal::Row { table, row } => {
            let reading = understanding.tables.get(table)?.rows.get(row)?;
            let code = reading.proposed()?.meaning.clone();
            Some(Decision::Row { table, row, code })
        }
    }
}

/// Reads "dòng 12=B08", "cột F=luy_ke", "Biểu 01!dòng 12=B08".
fn decided(understanding: &Understanding, words: &str) -> Result<Decision, Error> {
    let malformed = || wrong(format!("không hiểu `{words}`"));
    let (place, meaning) = words.rsplit_once('=').ok_or_else(malformed)?;
    let (sheet, place) = match place.rsplit_once('!') {
        Some((sheet, place)) => (Some(text::fold(sheet)), place),
        None => (None, place),
    };
    let here = |table: &TableReading| {
        sheet.as_ref().is_none_or(|sheet| text::fold(&table.sheet) == *sheet)
    };
    let tables: Vec<(usize, &TableReading)> =
        understanding.tables.iter().enumerate().filter(|(_, table)| here(table)).collect();
    let folded = text::strip_marks(place);
    let found = match folded.split_once(' ') {
        Some(("dong", row)) => {
            let row: u32 = row.trim().parse().map_err(|_not_a_number| malformed())?;
            decided_rows(&tables, row, &meaning.trim().to_uppercase())?
        }
        Some(("cot", column)) => decided_columns(&tables, column.trim(), meaning.trim())?,
        _ => return Err(malformed()),
    };
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(wrong(format!(
            "`{}` không phải là chỗ có thể nêu cách hiểu trong tệp này",
            place.trim()
        ))),
        _ => Err(wrong(format!(
            "`{}` có ở nhiều bảng; nêu thêm tên trang tính: \"Trang!dòng 12=B08\"",
            place.trim()
        ))),
    }
}

fn wrong(what: String) -> Error {
    let hint = "viết theo mẫu --set \"dòng 12=B08\" hoặc --set \"cột F=luy_ke\"".to_owned();
    Error::NotFound { what, hint }
}

/// Returns what is decided about the row of this number, from 1.
fn decided_rows(
    tables: &[(usize, &TableReading)],
    row: u32,
    code: &str,
) -> Result<Vec<Decision>, Error> {
    let mut found = Vec::new();
    for (table, reading) in tables {
        let Some(at) = reading.rows.iter().position(|each| each.row + 1 == row) else { continue };
        match &reading.rows[at] {
            RowReading { code: Some(code), basis, .. } if *basis != Basis::Mapping => {
                return Err(Error::NotFound {
                    what: format!("dòng {row} đã hiểu chắc chắn là chỉ tiêu {code}"),
                    hint: "ánh xạ không thay được cách hiểu chắc chắn; đề nghị đơn vị sửa tệp"
                        .to_owned(),
                });
            }
            _ => found.push(Decision::Row { table: *table, row: at, code: code.to_owned() }),
        }
    }
    Ok(found)
}

/// Returns what is decided about the column of this letter.
fn decided_columns(
    tables: &[(usize, &TableReading)],
    letter: &str,
    meaning: &str,
) -> Result<Vec<Decision>, Error> {
    let key = text::strip_marks(meaning).replace(' ', "_");
    let meaning = ColumnMeaning::of_key(&key).ok_or_else(|| {
        let keys = ColumnMeaning::ALL.map(ColumnMeaning::key).join(", ");
        wrong(format!("không có loại cột `{meaning}`; được dùng: {keys}"))
    })?;
    let named = |column: u32| {
        let cell = CellRef { row: 0, column }.to_string();
        cell.trim_end_matches('1').eq_ignore_ascii_case(letter)
    };
    let mut found = Vec::new();
    for (table, reading) in tables {
        let at = reading.columns.iter().position(|each| named(each.column));
        let Some(column) = at else { continue };
        let reading = &reading.columns[column];
        let is_free = matches!(reading.holds, ColumnHolds::Other | ColumnHolds::Unclear);
        if is_free || reading.basis == Basis::Mapping {
            found.push(Decision::Column { table: *table, column, meaning });
        }
    }
    Ok(found)
}

/// Returns the mapping of the layout with decisions added to what it holds already.
fn mapping(
    job: &Job,
    report: &MapReport,
    request: &MapRequest,
    (decisions, bytes): (&[Decision], &[u8]),
) -> Result<LayoutMapping, Error> {
    let understanding = &report.reading.understanding;
    let file = format!("{MAPPINGS}{}.toml", understanding.layout);
    let known = report.templates.mappings.iter().find(|known| known.file == file);
    let mut mapping = known.cloned().unwrap_or_default();
    mapping.file = file;
    mapping.accepted_on = job.as_of.to_string();
    mapping.accepted_by = text::squeeze(&request.by);
    mapping.source.clone_from(&report.file);
    mapping.sha256 = files::sha256(bytes);
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
    MappedTable {
        sheet: reading.sheet.clone(),
        heads: reading.columns.iter().map(|column| column.head.clone()).collect(),
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

//! From the files of `input/` to what was read from them, on several threads, through the cache.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::{Error, Job, Progress, Workspace};
use crate::{
    archive::{CACHE, CacheKey, ReadingCache, ReadingCacheWriter},
    files,
    ingest::{FileKind, FileReading, Reader, ReadingGuide, Refusal},
    period::Period,
    template::Templates,
    text,
    validate::{Concern, Concerns, ReadFile, SideFiles},
};

/// Everything that was found in `input/`. Readings are kept encoded: a nation's month takes a tenth
/// of the memory, and a month looks only into the files that concern it.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// Every file that may be a return, sorted by path.
    pub(super) files: Vec<StoredFile>,
    /// The register and the corrections.
    pub(super) side_files: SideFiles,
    /// `loi-van.md` of every period.
    words: BTreeMap<Period, Vec<u8>>,
    /// SHA-256 of the side files and words, by path.
    pub(super) side_hashes: BTreeMap<String, String>,
    /// The readings, as they are kept for the next run.
    pub(super) cache: ReadingCache,
    /// Whether the readings differ from those that the archive has.
    pub(super) cache_is_new: bool,
}

/// A file of `input/` without its reading.
#[derive(Debug)]
pub(super) struct StoredFile {
    /// Path below `input/`, NFC, with `/` between folders.
    pub(super) path: String,
    /// SHA-256 of the bytes; empty when the system does not let us read them.
    pub(super) sha256: String,
    /// The months that it may say something about.
    pub(super) concern: Concern,
    /// Name as the disk has it.
    name: String,
    /// The reading, when it is not in the cache.
    encoded: Option<Vec<u8>>,
}

impl Inputs {
    /// Returns a file with its reading.
    pub(super) fn read_file(&self, file: &StoredFile) -> ReadFile {
        let kept = || self.cache.encoded(&file.sha256, &file.name);
        let encoded = file.encoded.as_deref().or_else(kept);
        let reading =
            encoded.and_then(FileReading::decode).expect("it was decoded when it was read");
        ReadFile { path: file.path.clone(), sha256: file.sha256.clone(), reading }
    }

    /// Returns the office's words of a period, when there are any.
    pub(super) fn words(&self, period: Period) -> Result<Option<&str>, Error> {
        let text = |bytes| {
            std::str::from_utf8(bytes)
                .map_err(|source| Error::Encoding { file: format!("{period}/loi-van.md"), source })
        };
        self.words.get(&period).map(|bytes| text(bytes)).transpose()
    }
}

/// Reads `input/`.
pub(super) fn read_inputs(
    job: &Job,
    templates: &Templates,
    progress: &dyn Progress,
) -> Result<Inputs, Error> {
    let folder = job.workspace.input();
    if !folder.is_dir() {
        return Err(Error::NotFound {
            what: format!("không có thư mục `{}`", folder.display()),
            hint: "tạo thư mục input và đặt các tệp Excel của đơn vị vào đó".to_owned(),
        });
    }
    let mut inputs = Inputs::default();
    let mut paths = Vec::new();
    for path in files::tree(&folder)? {
        if !take_side_file(&folder, &path, &mut inputs)? {
            paths.push(path);
        }
    }
    progress.begin(paths.len());
    let key = CacheKey::new(&templates.digest());
    let cache = open_cache(&job.workspace, &key);
    let reader = Reader::new(&ReadingGuide::of(templates));
    let concerns = Concerns::new(&inputs.side_files);
    let read_one = |path: &String| {
        let read = read_file((&folder, path), &reader, &cache, &concerns);
        progress.file_read();
        read
    };
    inputs.files = in_pool(job.jobs, || paths.par_iter().map(read_one).collect())?;
    inputs.cache_is_new = !is_as_good(&cache, &inputs.files);
    inputs.cache =
        if inputs.cache_is_new { new_cache(&key, &cache, &mut inputs.files) } else { cache };
    inputs.files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(inputs)
}

/// Runs a task with at most so many threads; 0 for one a processor.
pub(super) fn in_pool<T: Send>(jobs: usize, task: impl FnOnce() -> T + Send) -> Result<T, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    pool.map(|pool| pool.install(task)).map_err(|error| Error::NotFound {
        what: format!("không tạo được luồng xử lý: {error}"),
        hint: "thử lại với `--jobs 1`".to_owned(),
    })
}

/// Reads a file, or takes what is known of it.
fn read_file(
    (folder, path): (&Path, &str),
    reader: &Reader,
    cache: &ReadingCache,
    concerns: &Concerns,
) -> StoredFile {
    let name = path.rsplit('/').next().unwrap_or(path).to_owned();
    let (sha256, reading, encoded) = match files::read(&folder.join(path)) {
        Ok(bytes) => {
            let sha256 = files::sha256(&bytes);
            let kept = cache.encoded(&sha256, &name).and_then(FileReading::decode);
            if let Some(reading) = kept {
                (sha256, reading, None)
            } else {
                let reading = reader.read(&name, &bytes);
                let encoded = reading.encode();
                (sha256, reading, Some(encoded))
            }
        }
        Err(error) => {
            let reading = unreadable(&error);
            let encoded = reading.encode();
            (String::new(), reading, Some(encoded))
        }
    };
    let file = ReadFile { path: text::nfc(path), sha256, reading };
    let concern = concerns.of(&file);
    StoredFile { path: file.path, sha256: file.sha256, concern, name, encoded }
}

/// Returns the reading of a file that the system does not let us read.
fn unreadable(error: &files::FileError) -> FileReading {
    FileReading {
        kind: FileKind::Unknown,
        refusal: Some(Refusal::ReaderFailed(error.source.to_string())),
        returns: Vec::new(),
        notices: Vec::new(),
    }
}

fn open_cache(workspace: &Workspace, key: &CacheKey) -> ReadingCache {
    // A cache that cannot be read is no cache; the run is only slower.
    match files::read_optional(&workspace.archive().join(CACHE)) {
        Ok(Some(bytes)) => ReadingCache::open(bytes, key),
        Ok(None) | Err(_) => ReadingCache::default(),
    }
}

/// Returns whether a cache holds the readings of these files and no others.
fn is_as_good(cache: &ReadingCache, files: &[StoredFile]) -> bool {
    let readable = files.iter().filter(|file| !file.sha256.is_empty());
    let known: BTreeSet<(&str, &str)> =
        readable.clone().map(|file| (file.sha256.as_str(), file.name.as_str())).collect();
    known.len() == cache.len() && readable.clone().all(|file| file.encoded.is_none())
}

/// Returns the cache of the readings of these files, which then need not hold them.
fn new_cache(key: &CacheKey, old: &ReadingCache, files: &mut [StoredFile]) -> ReadingCache {
    let mut writer = ReadingCacheWriter::new(key);
    for file in files.iter_mut().filter(|file| !file.sha256.is_empty()) {
        let fresh = file.encoded.take();
        let kept = || old.encoded(&file.sha256, &file.name);
        if let Some(encoded) = fresh.as_deref().or_else(kept) {
            writer.push(&file.sha256, &file.name, encoded);
        }
    }
    writer.finish()
}

/// Takes a file that is no return: the register, corrections, words of the office.
fn take_side_file(folder: &Path, path: &str, inputs: &mut Inputs) -> Result<bool, Error> {
    let month = |name: &str| path.strip_suffix(name)?.strip_suffix('/')?.parse::<Period>().ok();
    let corrections = month("dieu-chinh.csv");
    let words = month("loi-van.md");
    if path != "so-den.csv" && corrections.is_none() && words.is_none() {
        return Ok(false);
    }
    let bytes = files::read(&folder.join(path))?;
    inputs.side_hashes.insert(path.to_owned(), files::sha256(&bytes));
    if let Some(period) = corrections {
        inputs.side_files.corrections.insert(period, bytes);
    } else if let Some(period) = words {
        inputs.words.insert(period, bytes);
    } else {
        inputs.side_files.register = Some(bytes);
    }
    Ok(true)
}

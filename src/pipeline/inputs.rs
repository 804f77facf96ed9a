//! From the files of `input/` to what was read from them, on several threads, through the cache.

use std::collections::BTreeMap;
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
    validate::{ReadFile, SideFiles},
};

/// Everything that was found in `input/`.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// What was read from every file that may be a return, sorted by path.
    pub(super) files: Vec<ReadFile>,
    /// The register and the corrections.
    pub(super) side_files: SideFiles,
    /// `loi-van.md` of every period.
    pub(super) words: BTreeMap<Period, String>,
    /// SHA-256 of the side files and words, by path.
    pub(super) side_hashes: BTreeMap<String, String>,
    /// The cache for the next run; nothing when the present one is as good.
    pub(super) cache: Option<Vec<u8>>,
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
    let read_one = |path: &String| {
        let read = read_file(&folder, path, &reader, &cache);
        progress.file_read();
        read
    };
    let read: Vec<Read> = in_pool(job.jobs, || paths.par_iter().map(read_one).collect())?;
    if read.iter().any(|read| !read.cached) || read.len() != cache.len() {
        inputs.cache = Some(write_cache(&key, &read));
    }
    inputs.files = read.into_iter().map(|read| read.file).collect();
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

/// A file with its encoded reading.
struct Read {
    file: ReadFile,
    name: String,
    encoded: Vec<u8>,
    cached: bool,
}

fn read_file(folder: &Path, path: &str, reader: &Reader, cache: &ReadingCache) -> Read {
    let name = path.rsplit('/').next().unwrap_or(path).to_owned();
    let (sha256, encoded, reading, cached) = match files::read(&folder.join(path)) {
        Ok(bytes) => {
            let sha256 = files::sha256(&bytes);
            let kept = cache.encoded(&sha256, &name);
            let kept = kept.and_then(|kept| Some((kept.to_vec(), FileReading::decode(kept)?)));
            if let Some((encoded, reading)) = kept {
                (sha256, encoded, reading, true)
            } else {
                let reading = reader.read(&name, &bytes);
                (sha256, reading.encode(), reading, false)
            }
        }
        Err(error) => (String::new(), Vec::new(), unreadable(&error), false),
    };
    Read { file: ReadFile { path: text::nfc(path), sha256, reading }, name, encoded, cached }
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

fn write_cache(key: &CacheKey, read: &[Read]) -> Vec<u8> {
    let mut writer = ReadingCacheWriter::new(key);
    for read in read.iter().filter(|read| !read.encoded.is_empty()) {
        writer.push(&read.file.sha256, &read.name, &read.encoded);
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
        let words = String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned();
        inputs.words.insert(period, words);
    } else {
        inputs.side_files.register = Some(bytes);
    }
    Ok(true)
}

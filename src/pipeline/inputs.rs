//! From the files of `input/` to what was read from them, on several threads, through the cache.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::{Error, Job, Progress, Workspace, most_of, threads::Threads, worker::Workers};
use crate::{
    archive::{CACHE, CacheKey, ReadingCache, ReadingCacheWriter},
    files::{self, Stamp},
    ingest::{self, CellContent, FileKind, FileReading, Located, Reader, ReadingGuide, Refusal},
    period::Period,
    template::Templates,
    text,
    validate::{Concern, Concerns, ReadFile, SideFiles},
};

/// A file above this many bytes is not even looked into.
const MAX_FILE: u64 = 200 << 20;
/// Of files above this many bytes one is read at a time, however many threads there are.
const LARGE_FILE: u64 = 16 << 20;

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
    /// What its content is.
    pub(super) kind: FileKind,
    /// Of how many units it has returns, by what stands in their heads.
    pub(super) units: usize,
    /// Path below `input/` as the disk has it.
    on_disk: String,
    /// The reading, when it is not in the cache.
    encoded: Option<Vec<u8>>,
    /// Whether the same bytes may be read otherwise next time: the machine was too busy, or the file
    /// was still being written.
    passing: bool,
}

impl StoredFile {
    /// Returns whether what was read of it holds as long as its bytes do.
    pub(super) fn is_lasting(&self) -> bool {
        !self.sha256.is_empty() && !self.passing
    }
}

impl Inputs {
    /// Returns a file with its reading.
    pub(super) fn read_file(&self, file: &StoredFile) -> ReadFile {
        let kept = || self.cache.encoded(&file.sha256, name_of(&file.on_disk));
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
    (templates, threads): (&Templates, &Threads),
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
    let guide = ReadingGuide::of(templates);
    let concerns = Concerns::new(&inputs.side_files);
    let desk = Desk {
        reader: Reader::by_crew(&guide, threads),
        workers: Workers::new(job.reader.as_deref(), &guide),
        cache: &cache,
        concerns: &concerns,
        large: Mutex::default(),
    };
    let read_one = |path: &String| {
        let read = desk.read_file(&folder, path);
        progress.file_read();
        read
    };
    inputs.files = threads.run(|| paths.par_iter().flat_map_iter(read_one).collect());
    drop(desk);
    inputs.cache_is_new = !is_as_good(&cache, &inputs.files);
    inputs.cache =
        if inputs.cache_is_new { new_cache(&key, &cache, &mut inputs.files) } else { cache };
    inputs.files.sort_by(|left, right| left.path.cmp(&right.path));
    tell_apart(&mut inputs.files);
    Ok(inputs)
}

/// Gives files whose names look the same (an accent as a letter of its own, bytes that are no letters)
/// paths that differ.
fn tell_apart(files: &mut [StoredFile]) {
    let mut before: Option<(String, usize)> = None;
    for file in files {
        match &mut before {
            Some((path, count)) if *path == file.path => {
                *count += 1;
                file.path = format!("{path} ({count})");
            }
            _ => before = Some((file.path.clone(), 1)),
        }
    }
}

/// What is needed to read a file.
struct Desk<'a> {
    reader: Reader,
    workers: Workers,
    cache: &'a ReadingCache,
    concerns: &'a Concerns,
    /// Held while a large file is read.
    large: Mutex<()>,
}

impl Desk<'_> {
    /// Reads a file, or takes what is known of it; a zip is followed by the files in it.
    fn read_file(&self, folder: &Path, path: &str) -> Vec<StoredFile> {
        let place = folder.join(path);
        let before = files::stamp(&place);
        if let Some(Stamp { length, .. }) = before.filter(|stamp| stamp.length > MAX_FILE) {
            let refusal = Refusal::TooLarge(format!("{length} byte > {MAX_FILE}"));
            return vec![self.refused(path, String::new(), refusal)];
        }
        let is_large = before.is_some_and(|stamp| stamp.length > LARGE_FILE);
        let _alone = is_large.then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
        let bytes = match files::read_at_most(&place, MAX_FILE) {
            Ok(bytes) => bytes,
            Err(error) => {
                // Windows may keep from us what a program has beside a file that it shows.
                let refusal = if ingest::is_leftover(name_of(path)) {
                    Refusal::Temporary
                } else {
                    Refusal::NotAccessible(error.reason())
                };
                return vec![self.refused(path, String::new(), refusal)];
            }
        };
        if files::stamp(&place) != before {
            return vec![self.refused(path, String::new(), Refusal::StillWritten)];
        }
        let mut stored = vec![self.read_bytes(path, &bytes)];
        let is_zip = stored.iter().any(|file| file.kind == FileKind::Zip);
        if is_zip {
            self.read_packed(path, &bytes, &mut stored);
        }
        stored
    }

    /// Reads the files in a zip.
    fn read_packed(&self, path: &str, zip: &[u8], stored: &mut Vec<StoredFile>) {
        let sha256 = files::sha256(zip);
        ingest::unpack(name_of(path), zip, |packed| {
            let inner = format!("{path}/{}", packed.path);
            stored.push(match packed.content {
                Ok(bytes) => self.read_bytes(&inner, &bytes),
                Err(refusal) => self.refused(&inner, sha256.clone(), refusal),
            });
        });
    }

    fn read_bytes(&self, path: &str, bytes: &[u8]) -> StoredFile {
        let name = name_of(path);
        let sha256 = files::sha256(bytes);
        let kept = self.cache.encoded(&sha256, name).and_then(FileReading::decode);
        if let Some(reading) = kept {
            return self.stored(path, sha256, (reading, None));
        }
        let apart = ingest::wants_own_process(name, bytes)
            .then(|| self.workers.read(name, bytes))
            .flatten();
        let reading = apart.unwrap_or_else(|| self.reader.read(name, bytes));
        let encoded = reading.encode();
        self.stored(path, sha256, (reading, Some(encoded)))
    }

    /// Returns a file of which nothing was read.
    fn refused(&self, path: &str, sha256: String, refusal: Refusal) -> StoredFile {
        let reading = ingest::refused(refusal);
        let encoded = reading.encode();
        self.stored(path, sha256, (reading, Some(encoded)))
    }

    fn stored(
        &self,
        path: &str,
        sha256: String,
        (reading, encoded): (FileReading, Option<Vec<u8>>),
    ) -> StoredFile {
        let passing = matches!(
            reading.refusal,
            Some(Refusal::TookTooLong | Refusal::ReaderDied | Refusal::StillWritten)
        );
        let kind = reading.kind;
        let file = ReadFile { path: text::nfc(path), sha256, reading };
        let concern = self.concerns.of(&file);
        let units = units_in(&file.reading);
        let on_disk = path.to_owned();
        let ReadFile { path, sha256, .. } = file;
        StoredFile { path, sha256, concern, kind, units, on_disk, encoded, passing }
    }
}

/// Returns of how many units a file has returns, by what stands in their heads.
fn units_in(reading: &FileReading) -> usize {
    let head = |place: &Option<Located<CellContent>>| {
        place.as_ref().map(|located| format!("{:?}", located.value)).unwrap_or_default()
    };
    let heads = reading.returns.iter().map(|one| (head(&one.unit_code), head(&one.unit_name)));
    heads.collect::<BTreeSet<_>>().len()
}

impl StoredFile {
    /// Returns the bytes of the file once more, out of a zip too; nothing when they are not those
    /// that were read.
    pub(super) fn bytes(&self, folder: &Path) -> Option<Vec<u8>> {
        let whole = files::read(&folder.join(&self.on_disk)).ok();
        let bytes = whole.or_else(|| {
            let zip = self.on_disk.match_indices('/').find_map(|(slash, _)| {
                let (zip, inner) = self.on_disk.split_at_checked(slash)?;
                let bytes = files::read(&folder.join(zip)).ok()?;
                Some((bytes, name_of(zip), inner.get(1..)?))
            });
            let (bytes, name, inner) = zip?;
            let mut content = None;
            ingest::unpack(name, &bytes, |file| {
                if file.path == inner {
                    content = file.content.ok();
                }
            });
            content
        })?;
        (files::sha256(&bytes) == self.sha256).then_some(bytes)
    }
}

/// Returns the name of a file without its folders.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
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
    let readable = files.iter().filter(|file| file.is_lasting());
    let known: BTreeSet<(&str, &str)> =
        readable.clone().map(|file| (file.sha256.as_str(), name_of(&file.on_disk))).collect();
    known.len() == cache.len() && readable.clone().all(|file| file.encoded.is_none())
}

/// Returns the cache of the readings of these files, which then need not hold them.
fn new_cache(key: &CacheKey, old: &ReadingCache, files: &mut [StoredFile]) -> ReadingCache {
    let fresh = files.iter().filter_map(|file| file.encoded.as_ref()).map(Vec::len).sum::<usize>();
    let mut writer = ReadingCacheWriter::new(key, (old.bytes().len() + fresh, files.len()));
    for file in files.iter_mut().filter(|file| file.is_lasting()) {
        let fresh = file.encoded.take();
        let name = name_of(&file.on_disk);
        let kept = || old.encoded(&file.sha256, name);
        if let Some(encoded) = fresh.as_deref().or_else(kept) {
            writer.push(&file.sha256, name, encoded);
        }
    }
    writer.finish()
}

/// Takes a file that is no return: the register, corrections, words of the office. Windows does not
/// tell names apart by their case, and Notepad adds an extension to one that it does not know; of
/// two files with one name the first is taken.
fn take_side_file(folder: &Path, path: &str, inputs: &mut Inputs) -> Result<bool, Error> {
    let small = path.to_ascii_lowercase();
    let month = |name: &str| small.strip_suffix(name)?.strip_suffix('/')?.parse::<Period>().ok();
    let corrections = month("dieu-chinh.csv");
    let words = month("loi-van.md").or_else(|| month("loi-van.md.txt"));
    let sides = &mut inputs.side_files;
    let is_taken = match (corrections, words) {
        (Some(period), _) => sides.corrections.contains_key(&period),
        (None, Some(period)) => inputs.words.contains_key(&period),
        (None, None) => small != "so-den.csv" || sides.register.is_some(),
    };
    if is_taken {
        return Ok(false);
    }
    let bytes = files::read_within(&folder.join(path), most_of(path))?;
    inputs.side_hashes.insert(path.to_owned(), files::sha256(&bytes));
    if let Some(period) = corrections {
        sides.corrections.insert(period, bytes);
    } else if let Some(period) = words {
        inputs.words.insert(period, bytes);
    } else {
        sides.register = Some(bytes);
    }
    Ok(true)
}

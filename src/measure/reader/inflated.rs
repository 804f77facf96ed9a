//! How much the streams of a PDF hold once they are inflated, counted without keeping it: a small file
//! can hold more than any machine has. Deflate is counted; of the two older ways that grow, a long
//! stream is too much. Encrypted streams are counted when they are read.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

use flate2::read::ZlibDecoder;
use hayro_syntax::object::{Array, Name, Stream};

/// Most inflated bytes of all streams that are no pictures, and of those that say they are.
const LIMIT: u64 = 256 << 20;
const PICTURES_LIMIT: u64 = 2 << 30;
/// Bytes before a stream in which its dictionary stands.
const DICTIONARY: usize = 2_048;
/// Most filters of a stream that are followed.
const MAX_FILTERS: usize = 8;
/// Most inflated bytes of one stream that is read.
const STREAM_LIMIT: u64 = 64 << 20;
/// Most bytes of a stream in one of the older ways: LZW grows a thousandfold, run lengths 64-fold.
const LZW_LIMIT: usize = 256 << 10;
const RUNS_LIMIT: usize = 2 << 20;
const BEGIN: &[u8] = b"stream";
const END: &[u8] = b"endstream";
const NAMES: [&[u8]; 2] = [b"/FlateDecode", b"/Fl "];
const OLDER: [(&[u8], usize); 2] = [(b"/LZW", LZW_LIMIT), (b"/RunLength", RUNS_LIMIT)];

/// Returns whether the streams of a file inflate to more than a document can hold.
pub(super) fn is_too_much(bytes: &[u8]) -> bool {
    exceeds(bytes, LIMIT, PICTURES_LIMIT)
}

/// Returns what a stream holds; nothing when it is damaged or holds more than it may.
pub(super) fn decoded<'a>(stream: &Stream<'a>) -> Option<std::borrow::Cow<'a, [u8]>> {
    let dict = stream.dict();
    let of = |key: &str| {
        let list = dict.get::<Array<'_>>(key);
        let list = list.iter().flat_map(Array::iter::<Name<'_>>);
        list.chain(dict.get::<Name<'_>>(key)).take(2 * MAX_FILTERS).collect::<Vec<_>>()
    };
    let filters = [of("Filter"), of("F")].concat();
    let has = |names: [&[u8]; 2]| -> usize {
        filters.iter().filter(|name| names.contains(&name.as_ref())).count()
    };
    let flates = has([b"FlateDecode", b"Fl"]);
    let is_older =
        |names, most: usize| has(names) > 0 && (flates > 0 || stream.raw_data().len() > most);
    let is_too_much = filters.len() > MAX_FILTERS
        || (flates > 0 && inflated(&stream.raw_data(), flates, STREAM_LIMIT) > STREAM_LIMIT)
        || is_older([b"LZWDecode", b"LZW"], LZW_LIMIT)
        || is_older([b"RunLengthDecode", b"RL"], RUNS_LIMIT);
    if is_too_much { None } else { stream.decoded_data().ok() }
}

fn exceeds(bytes: &[u8], limit: u64, pictures_limit: u64) -> bool {
    let (mut total, mut pictures) = (0, 0);
    for (dictionary, content) in streams(bytes) {
        let filters: usize = NAMES.iter().map(|name| count(dictionary, name)).sum();
        let is_picture = count(dictionary, b"/Image") > 0;
        if !is_picture && is_long_in_an_older_way(dictionary, content) {
            return true;
        }
        if filters == 0 {
            continue;
        }
        let (sum, most) =
            if is_picture { (&mut pictures, pictures_limit) } else { (&mut total, limit) };
        *sum += inflated(content, filters.min(MAX_FILTERS), most.saturating_sub(*sum));
        if *sum > most {
            return true;
        }
    }
    false
}

fn is_long_in_an_older_way(dictionary: &[u8], content: &[u8]) -> bool {
    OLDER.iter().any(|(name, most)| {
        let ends = |bytes: &[u8]| bytes.windows(END.len()).any(|window| window == END);
        count(dictionary, name) > 0 && content.get(..*most + END.len()).is_some_and(|c| !ends(c))
    })
}

/// Returns the streams of a file: the bytes before each, as far as its dictionary reaches, and what
/// follows its first line.
fn streams(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = bytes.get(at..)?;
            let start = at + rest.windows(BEGIN.len()).position(|window| window == BEGIN)?;
            at = start + BEGIN.len();
            let before = bytes.get(..start)?;
            let line = match bytes.get(at..)? {
                [b'\r', b'\n', ..] => 2,
                [b'\n' | b'\r', ..] => 1,
                _ => continue,
            };
            if before.ends_with(b"end") {
                continue;
            }
            let dictionary = before.get(start.saturating_sub(DICTIONARY)..)?;
            let own = dictionary.windows(4).rposition(|window| window == b" obj");
            let dictionary = dictionary.get(own.unwrap_or(0)..)?;
            return Some((dictionary, bytes.get(at + line..)?));
        }
    })
}

fn count(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).filter(|window| *window == wanted).count()
}

/// Returns how many bytes come out of all filters of a stream, or one more than `most` when there
/// are more; what is damaged ends where it is damaged.
fn inflated(content: &[u8], filters: usize, most: u64) -> u64 {
    let counted = Rc::new(Cell::new(0));
    let mut reader: Box<dyn Read + '_> = Box::new(content);
    for _ in 0..filters {
        let inner = ZlibDecoder::new(reader);
        reader = Box::new(Counted { inner, bytes: Rc::clone(&counted), most });
    }
    let _whole_or_damaged = io::copy(&mut reader, &mut io::sink());
    counted.get()
}

/// A reader that ends once more than a number of bytes went through it.
struct Counted<R> {
    inner: R,
    bytes: Rc<Cell<u64>>,
    most: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes.get() > self.most {
            return Ok(0);
        }
        let read = self.inner.read(buffer)?;
        self.bytes.set(self.bytes.get() + u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn file(dictionary: &str, content: &[u8]) -> Vec<u8> {
        let head = format!("%PDF-1.7\n1 0 obj <</Length 9 {dictionary}>>\nstream\r\n");
        [head.as_bytes(), content, b"\nendstream endobj"].concat()
    }

    #[test]
    fn what_inflates_beyond_the_limit_is_too_much() {
        let zeros = vec![0; 1 << 20];
        let once = deflated(&zeros);
        let flate = "/Filter /FlateDecode";
        assert!(exceeds(&file(flate, &once), 1 << 19, u64::MAX));
        assert!(!exceeds(&file(flate, &once), 1 << 20, 0));
        assert!(!exceeds(&file("", &once), 0, 0), "not inflated by anybody");
        let twice = file("/Filter [/FlateDecode /FlateDecode]", &deflated(&once));
        assert!(exceeds(&twice, 1 << 19, u64::MAX));
        let picture = file("/Subtype /Image /Filter /FlateDecode", &once);
        assert!(!exceeds(&picture, 0, 1 << 20) && exceeds(&picture, u64::MAX, 1 << 19));
        let many = [file(flate, &once), file(flate, &once)].concat();
        assert!(exceeds(&many, 3 << 19, 0), "all streams together count");
        let runs = file("/Filter /RunLengthDecode", &vec![129; RUNS_LIMIT + 20]);
        assert!(exceeds(&runs, u64::MAX, 0));
        assert!(!exceeds(&file("/Filter /RunLengthDecode", &[129; 200]), u64::MAX, 0));
    }

    #[test]
    fn damaged_streams_count_as_far_as_they_go() {
        let whole = file("/Filter /FlateDecode", &deflated(&[7; 5_000]));
        for length in 0..whole.len() {
            let _whatever = exceeds(&whole[..length], 100, 100);
        }
    }
}

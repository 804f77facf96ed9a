//! The file around the objects: header, object streams, cross-reference stream, trailer. Objects
//! go out one by one, so that a structure tree of a hundred thousand cells is never in memory as
//! objects; lopdf, which saves a tree that is whole in memory, has no such way.

use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::content::{push_real, push_whole};

/// Objects in an object stream: many, for size; not too many, as a reader unpacks all for one.
const OBJECTS_IN_STREAM: usize = 200;

/// Where an object is found.
#[derive(Clone, Copy, Debug)]
enum Place {
    Free,
    Offset(usize),
    /// Number of the object stream, index in it.
    InStream(u32, usize),
}

/// A file while it is written.
#[derive(Debug)]
pub(super) struct ObjectFile {
    bytes: Vec<u8>,
    places: Vec<Place>,
    /// The objects of the open object stream, one after the other, and where each begins.
    open: Vec<u8>,
    starts: Vec<(u32, usize)>,
    /// The next number that no object has.
    next_id: u32,
}

impl ObjectFile {
    /// Begins a file whose objects have numbers up to `max_id`.
    pub(super) fn new(max_id: u32) -> Self {
        Self {
            bytes: b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(),
            places: vec![Place::Free; max_id as usize + 1],
            open: Vec::new(),
            starts: Vec::new(),
            next_id: max_id + 1,
        }
    }

    /// Adds an object; a stream stands alone, anything else goes into an object stream.
    pub(super) fn object(&mut self, id: u32, object: &Object) {
        match object {
            Object::Stream(stream) => self.stream(id, stream),
            other => self.compact(id, |bytes| push_object(bytes, other)),
        }
    }

    /// Adds an object that `write` appends to the open object stream.
    pub(super) fn compact(&mut self, id: u32, write: impl FnOnce(&mut Vec<u8>)) {
        self.starts.push((id, self.open.len()));
        write(&mut self.open);
        self.open.push(b'\n');
        if self.starts.len() >= OBJECTS_IN_STREAM {
            self.close_stream();
        }
    }

    fn stream(&mut self, id: u32, stream: &Stream) {
        self.set_place(id, Place::Offset(self.bytes.len()));
        push_whole(&mut self.bytes, id as usize);
        self.bytes.extend_from_slice(b" 0 obj\n");
        push_dictionary(&mut self.bytes, &stream.dict);
        self.bytes.extend_from_slice(b"stream\n");
        self.bytes.extend_from_slice(&stream.content);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
    }

    fn close_stream(&mut self) {
        let id = self.next_id;
        self.next_id += 1;
        let starts = std::mem::take(&mut self.starts);
        let mut content = Vec::with_capacity(self.open.len() + starts.len() * 12);
        for (index, (object, start)) in starts.iter().copied().enumerate() {
            self.set_place(object, Place::InStream(id, index));
            push_whole(&mut content, object as usize);
            content.push(b' ');
            push_whole(&mut content, start);
            content.push(b' ');
        }
        let (count, first) = (length(starts.len()), length(content.len()));
        let dictionary = dictionary! { "Type" => "ObjStm", "N" => count, "First" => first };
        content.append(&mut self.open);
        self.stream(id, &compressed(dictionary, content));
    }

    fn set_place(&mut self, id: u32, place: Place) {
        let index = id as usize;
        if self.places.len() <= index {
            self.places.resize(index + 1, Place::Free);
        }
        self.places[index] = place;
    }

    /// Returns the bytes of the file; its identifier is a hash of them.
    pub(super) fn finish(mut self, mut trailer: Dictionary) -> Vec<u8> {
        if !self.starts.is_empty() {
            self.close_stream();
        }
        let id = content_id(&self.bytes);
        let (start, own) = (self.bytes.len(), self.next_id);
        self.set_place(own, Place::Offset(start));
        let mut table = Vec::with_capacity(self.places.len() * 7);
        for place in &self.places {
            let (kind, middle, last): (u8, usize, usize) = match *place {
                Place::Free => (0, 0, 65_535),
                Place::Offset(offset) => (1, offset, 0),
                Place::InStream(stream, index) => (2, stream as usize, index),
            };
            table.push(kind);
            table.extend(u32::try_from(middle).unwrap_or(u32::MAX).to_be_bytes());
            table.extend(u16::try_from(last).unwrap_or(u16::MAX).to_be_bytes());
        }
        trailer.set("Type", "XRef");
        trailer.set("Size", length(self.places.len()));
        trailer.set("W", vec![1.into(), 4.into(), 2.into()]);
        trailer.set("ID", vec![id.clone(), id]);
        self.stream(own, &compressed(trailer, table));
        self.bytes.extend_from_slice(b"startxref\n");
        push_whole(&mut self.bytes, start);
        // Without the end of line a signature would break PDF/A, clause 6.1.9.
        self.bytes.extend_from_slice(b"\n%%EOF\n");
        self.bytes
    }
}

/// Returns a stream, smaller where that is possible.
pub(super) fn compressed(dictionary: Dictionary, content: Vec<u8>) -> Stream {
    let mut stream = Stream::new(dictionary, content);
    // What cannot be made smaller stays as it is.
    stream.compress().unwrap_or_default();
    stream
}

fn content_id(bytes: &[u8]) -> Object {
    let id = Sha256::digest(bytes).iter().take(16).copied().collect();
    Object::String(id, StringFormat::Hexadecimal)
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Appends an object; one that is a stream is not an object within others.
pub(super) fn push_object(bytes: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null | Object::Stream(_) => bytes.extend_from_slice(b"null"),
        Object::Boolean(true) => bytes.extend_from_slice(b"true"),
        Object::Boolean(false) => bytes.extend_from_slice(b"false"),
        Object::Integer(number) => bytes.extend_from_slice(number.to_string().as_bytes()),
        Object::Real(number) => push_real(bytes, f64::from(*number)),
        Object::Name(name) => push_name(bytes, name),
        Object::String(text, _) => push_string(bytes, text),
        Object::Array(objects) => {
            bytes.push(b'[');
            for (index, object) in objects.iter().enumerate() {
                if index > 0 {
                    bytes.push(b' ');
                }
                push_object(bytes, object);
            }
            bytes.push(b']');
        }
        Object::Dictionary(dictionary) => push_dictionary(bytes, dictionary),
        Object::Reference((id, generation)) => {
            push_whole(bytes, *id as usize);
            bytes.push(b' ');
            push_whole(bytes, usize::from(*generation));
            bytes.extend_from_slice(b" R");
        }
    }
}

fn push_dictionary(bytes: &mut Vec<u8>, dictionary: &Dictionary) {
    bytes.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        push_name(bytes, key);
        bytes.push(b' ');
        push_object(bytes, value);
    }
    bytes.extend_from_slice(b">>");
}

fn push_name(bytes: &mut Vec<u8>, name: &[u8]) {
    bytes.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            bytes.push(*byte);
        } else {
            bytes.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

/// Appends a string in hexadecimal, unless it is plain.
fn push_string(bytes: &mut Vec<u8>, text: &[u8]) {
    let is_plain = |byte: &u8| (b' '..=b'~').contains(byte) && !b"()\\".contains(byte);
    if text.iter().all(is_plain) {
        bytes.push(b'(');
        bytes.extend_from_slice(text);
        bytes.push(b')');
    } else {
        bytes.push(b'<');
        for byte in text {
            bytes.extend_from_slice(format!("{byte:02X}").as_bytes());
        }
        bytes.push(b'>');
    }
}

#[cfg(test)]
mod tests {
    use lopdf::Document;

    use super::*;

    #[test]
    fn another_reader_finds_every_object() {
        let mut file = ObjectFile::new(450);
        for id in 3..=450_u32 {
            let name = Object::string_literal(format!("({id}) \\"));
            let dictionary = dictionary! { "A B" => name, "C" => vec![Object::Null, true.into()] };
            file.object(id, &dictionary.into());
        }
        file.object(1, &dictionary! { "Type" => "Catalog", "Pages" => (2, 0) }.into());
        let kids: Vec<Object> = Vec::new();
        let pages = dictionary! { "Type" => "Pages", "Count" => 0, "Kids" => kids };
        file.object(2, &pages.into());
        let bytes = file.finish(dictionary! { "Root" => (1, 0) });
        let document = Document::load_mem(&bytes).unwrap();
        for id in 3..=450_u32 {
            let object = document.get_dictionary((id, 0)).unwrap();
            let name = object.get(b"A B").unwrap().as_str().unwrap();
            assert_eq!(name, format!("({id}) \\").as_bytes());
        }
        assert!(bytes.ends_with(b"%%EOF\n"));
    }
}

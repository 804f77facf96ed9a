//! The bodies of the fuzz targets, run with made-up bytes and words: a moment each time, and as long
//! as `DA06_FUZZ_SECONDS` says.

use std::time::{Duration, Instant};

use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::returns;

#[path = "../../../fuzz/bodies.rs"]
mod bodies;

/// Runs a body over made-up values until its time is up.
fn run_over<S: Strategy>(values: &S, body: impl Fn(S::Value)) {
    let seconds = std::env::var("DA06_FUZZ_SECONDS").map_or(1, |words| words.parse().unwrap());
    let config = Config { cases: 50, failure_persistence: None, ..Config::default() };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, random);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(seconds) {
        let run = runner.run(values, |value| {
            body(value);
            Ok(())
        });
        run.unwrap_or_else(|failure| panic!("{failure}"));
    }
}

fn words() -> impl Strategy<Value = String> {
    let pieces = [
        "1", "0", "12", "1.234", "1,5", "52.000", "-", "…", "x", " ", "\u{a0}", "%", "/", "không",
        "lượt", "ngàn", "triệu", "hòa", "hoà", "o\u{300}", "Đ", "đ", "\u{301}", "\u{200b}", "ﬁ",
        "²", "１", "Ⅳ", "e5", "+", "=", "'", "(", ")", "\n", "\t", "#REF!", "12/3", "🙂",
    ];
    prop_oneof![
        "\\PC{0,24}",
        proptest::collection::vec(select(pieces.to_vec()), 0..8).prop_map(|parts| parts.concat()),
        proptest::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter),
    ]
}

/// Pieces of text files.
const TAGS: &[&str] = &[
    "<table>",
    "<tr>",
    "<td rowspan=9>",
    "<td colspan=\"99999999999\">",
    "</table>",
    "<!--",
    "-->",
    "&nbsp;",
    "&#x1F642;",
    "&bomb;",
    "<![CDATA[",
    "]]>",
    "A01",
    "12",
    ";",
    "\"",
    "\t",
    "\r\n",
    "<",
    "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
    "<Worksheet ss:Name=\"a\">",
    "<Row ss:Index=\"4294967295\">",
    "<Cell ss:Index=\"0\"/>",
    "<Cell ss:MergeAcross=\"4294967295\">",
    "<Data ss:Type=\"Number\">1</Data></Cell>",
    "</Row>",
    "</Worksheet></Workbook>",
    "<office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">",
    "<table:table>",
    "<table:table-row table:number-rows-repeated=\"4294967295\">",
    "<table:table-cell office:value-type=\"float\" office:value=\"1\"/>",
    "</table:table-row>",
    "<table:table-cell table:number-columns-spanned=\"4294967295\">",
    "<text:p>",
    "</text:p>",
];

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let samples: Vec<Vec<u8>> =
        returns().into_values().filter(|bytes| bytes.len() < 20_000).collect();
    let heads: Vec<&'static [u8]> = vec![
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xfe",
        b"\xfe\xff",
        b"<?xml version=\"1.0\"?>",
        b"sep=;\n",
        b"{\\rtf",
        b"%PDF-",
        b"\x09\x08\x10\0",
        b"RIFF",
    ];
    let tags = proptest::collection::vec(select(TAGS), 0..40);
    let flips = proptest::collection::vec((any::<Index>(), any::<u8>()), 1..12);
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..600),
        (select(heads), proptest::collection::vec(any::<u8>(), 0..600))
            .prop_map(|(head, tail)| [head, &tail].concat()),
        tags.prop_map(|tags| tags.concat().into_bytes()),
        (select(samples), flips).prop_map(|(mut bytes, flips)| {
            for (place, byte) in flips {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            bytes
        }),
    ]
}

#[test]
fn bodies_of_sniffing_hold() {
    run_over(&bytes(), |bytes| bodies::sniffing(&bytes));
}

#[test]
fn bodies_of_folding_hold() {
    run_over(&words(), |words| bodies::folding(&words));
}

#[test]
fn bodies_of_numbers_hold() {
    run_over(&words(), |words| bodies::numbers(&words));
}

//! Any text in a cell of figures: read as a number.
#![no_main]

#[path = "../bodies.rs"]
#[allow(dead_code, reason = "each target uses one of them")]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::numbers(&String::from_utf8_lossy(data)));

//! Any bytes under any name: sniffed, unpacked and read.
#![no_main]

#[path = "../bodies.rs"]
#[allow(dead_code, reason = "each target uses one of them")]
mod bodies;

// Panics of libraries that the reader catches are no finding; one that comes out of it still is.
libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |data: &[u8]| {
    bodies::sniffing(data);
});

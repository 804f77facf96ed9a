//! The program: everything is in the library.

use std::process::ExitCode;

/// Gives memory back that glibc keeps: a nation's returns are read in many small pieces.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    da06::cli::main(std::env::args_os())
}

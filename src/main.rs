//! The program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    da06::cli::main(std::env::args_os())
}

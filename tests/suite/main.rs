//! The one test binary: one module a boundary.

mod cli;
mod laws;
mod reproducible;
mod support;

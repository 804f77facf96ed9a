//! The one test binary: one module a boundary.

mod cli;
mod independent;
mod laws;
mod reproducible;
mod support;

//! The one test binary: one module a boundary.

mod cli;
mod defects;
mod independent;
mod laws;
mod printed;
mod province;
mod reproducible;
mod support;

//! The one test binary: one module a boundary.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    unreachable_pub,
    reason = "a test stops at the first surprise, and works on temporary folders"
)]

mod archival;
mod cli;
mod defects;
mod feedback;
mod fonts;
mod hostile;
mod independent;
mod laws;
mod layout;
mod layouts;
mod legacy;
mod measured;
mod messages;
mod odd;
mod printed;
mod province;
mod reproducible;
mod spoilt;
mod structure;
mod support;
mod workbook;

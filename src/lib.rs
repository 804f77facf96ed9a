//! da06 turns a folder of Excel returns into a district's formal monthly report on Đề án 06.
//!
//! Data flows one way: [`template`] → [`ingest`] → [`validate`] → [`aggregate`] → [`compose`] →
//! [`render`] → [`publish`]; [`pipeline`] alone knows all of them and [`cli`] alone prints. The
//! other modules are words that every room may use.

pub mod crew;
pub mod period;
pub mod place;
pub mod quantity;
pub mod text;

pub mod template;

pub mod ingest;
pub mod measure;

pub mod validate;

pub mod archive;

pub mod aggregate;

pub mod compose;

pub mod render;

pub mod files;
pub mod publish;

pub mod pipeline;

pub mod cli;

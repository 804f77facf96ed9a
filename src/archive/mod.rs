//! What outlives a run: the cache of readings, the observations of every month as Parquet (a tree
//! that larger engines take over unchanged) and, later, the issued months. It turns values into
//! bytes and bytes into values; the pipeline moves them to and from the disk.

mod cache;
mod observations;
mod results;
mod table;

pub use cache::{CacheKey, ReadingCache, ReadingCacheWriter};
pub use observations::{ObservationRow, month_record, observation_rows, parquet, sources_csv};
pub use results::{KeptResult, ProductKey, result_path};
pub use table::{Kind, TableWriter, Value};

use crate::period::Period;

/// Path below the archive of the cache of readings.
pub const CACHE: &str = "bo-dem/bai-doc.bin";

/// Returns the path below the archive of a month's observations (Hive partition `ky=2024-03`).
pub fn observations_path(period: Period) -> String {
    format!("quan-sat/ky={period}/quan-sat.parquet")
}

/// A reason why the archive cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A table cannot be written.
    #[error("không ghi được bảng Parquet")]
    Write(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The observations of a month cannot be read.
    #[error("số liệu kỳ {period} trong kho lưu bị hỏng: {detail}")]
    Damaged {
        /// The month.
        period: Period,
        /// What is wrong.
        detail: String,
    },
}

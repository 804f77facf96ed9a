//! The threads of a run, made once: each new pool would bring new threads, and memory that the old
//! ones have given up would stay theirs.

use rayon::{ThreadPool, ThreadPoolBuilder, prelude::*};

use super::Error;
use crate::crew::{Crew, Task};

/// Threads that work side by side.
#[derive(Debug)]
pub struct Threads(ThreadPool);

impl Threads {
    /// Makes so many threads; 0 for one a processor.
    pub fn new(jobs: usize) -> Result<Self, Error> {
        let pool = ThreadPoolBuilder::new().num_threads(jobs).build();
        pool.map(Self).map_err(|error| Error::NotFound {
            what: format!("không tạo được luồng xử lý: {error}"),
            hint: "thử lại với `--jobs 1`".to_owned(),
        })
    }

    /// Runs a task on them.
    pub fn run<T: Send>(&self, task: impl FnOnce() -> T + Send) -> T {
        self.0.install(task)
    }
}

impl Crew for Threads {
    fn work(&self, tasks: Vec<Task<'_>>) {
        self.run(|| tasks.into_par_iter().for_each(|task| task()));
    }
}

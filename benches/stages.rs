//! The stages one by one on the sample returns of March 2024: reading, checking, adding up,
//! composing, laying out. `cargo bench --package da06-benches`.

use std::path::PathBuf;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use da06::{
    ingest::{Reader, ReadingGuide},
    pipeline::{self, Job, Progress, Workspace},
    render::{
        pdf::{self, FontFiles},
        xlsx,
    },
};

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn file_read(&self) {}
    fn stage(&self, _: &str) {}
}

fn job() -> Job {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    Job {
        workspace: Workspace { root },
        period: "2024-03".parse().ok(),
        as_of: Default::default(),
        jobs: 1,
        reader: None,
        number: None,
        date: None,
        program: String::new(),
    }
}

fn stages(criterion: &mut Criterion) {
    let job = job();
    let templates = pipeline::load_templates(&job.workspace).expect("the repository's templates");
    let reader = Reader::new(&ReadingGuide::of(&templates));
    let name = "Tien Minh T3.xlsx";
    let path = job.workspace.input().join("2024-03").join(name);
    let bytes = da06::files::read(&path).expect("a sample return");
    criterion.bench_function("templates", |bencher| {
        bencher.iter(|| pipeline::load_templates(&job.workspace).map(|loaded| loaded.digest()));
    });
    criterion.bench_function("ingest one return", |bencher| {
        bencher.iter(|| reader.read(name, &bytes));
    });
    criterion.bench_function("read and check 168 files", |bencher| {
        bencher.iter(|| pipeline::month(&job, &Silent).map(|month| month.batch.returns.len()));
    });
    let month = pipeline::month(&job, &Silent).expect("the sample month");
    criterion.bench_function("aggregate", |bencher| {
        bencher.iter(|| month.figures().map(|figures| figures.period()));
    });
    let figures = month.figures().expect("the sample figures");
    criterion.bench_function("compose", |bencher| {
        bencher.iter(|| pipeline::document(&job, &month, &figures).map(|report| report.meta));
    });
    let report = pipeline::document(&job, &month, &figures).expect("the sample report");
    criterion.bench_function("pdf", |bencher| {
        bencher.iter_batched(
            FontFiles::embedded,
            |fonts| pdf::pdf(&report, &fonts).map(|bytes| bytes.len()),
            BatchSize::SmallInput,
        );
    });
    criterion.bench_function("xlsx", |bencher| {
        bencher.iter(|| xlsx::xlsx(&report).map(|bytes| bytes.len()));
    });
}

criterion_group!(benches, stages);
criterion_main!(benches);

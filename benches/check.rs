//! What one application costs, stage by stage, on one core: `cargo bench`.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark stops when its set-up fails"
)]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use ztvet::document::{Document, Limits, parse};
use ztvet::normalize::normalize;
use ztvet::{Config, Engine};

// As the command has it.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// About 5 kB of real-looking manifest, with some violations.
fn manifest() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/application.json");
    std::fs::read(path).expect("the manifest is beside the benchmark")
}

fn read(bytes: &[u8]) -> Document {
    let documents = parse("application.json", bytes, &Limits::default());
    documents.expect("the manifest is valid").remove(0)
}

fn benches(criterion: &mut Criterion) {
    let bytes = manifest();
    let document = read(&bytes);
    let subject = normalize(&document, None).subjects.remove(0);
    let config = Config::parse("ztvet.yaml", CONFIG).expect("the configuration is valid");
    let builder = Engine::builder().bundled().expect("the bundled rules load");
    let engine = builder
        .config("ztvet.yaml", config)
        .build()
        .expect("the engine builds");
    let mut judge = engine.judge();

    let mut group = criterion.benchmark_group("one application");
    group.bench_function("read", |b| b.iter(|| read(black_box(&bytes))));
    group.bench_function("normalize", |b| {
        b.iter(|| normalize(black_box(&document), None))
    });
    group.bench_function("evaluate", |b| {
        b.iter(|| judge.evaluate(black_box(&subject)).expect("the rules run"));
    });
    group.bench_function("bytes to findings", |b| {
        b.iter(|| {
            let document = read(black_box(&bytes));
            let subjects = normalize(&document, None).subjects;
            let evaluate = |subject| judge.evaluate(subject).expect("the rules run");
            subjects.iter().map(evaluate).collect::<Vec<_>>()
        });
    });
    group.finish();

    criterion.bench_function("build an engine", |b| {
        b.iter(|| {
            Engine::builder()
                .bundled()
                .map(|builder| builder.build().is_ok())
        });
    });
}

const CONFIG: &str = "organization: {domains: [contoso.com], repositories: [contoso]}";

criterion_group!(all, benches);
criterion_main!(all);

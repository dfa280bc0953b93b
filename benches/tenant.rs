//! What a part of the made-up tenant costs, on one thread and on two, and its report: `cargo bench --bench tenant`.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark stops when its set-up fails"
)]

#[path = "tenant/mod.rs"]
mod tenant;

use std::hint::black_box;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tenant::{NOW, Spelling, Tenant};
use ztvet::document::{Limits, parse};
use ztvet::normalize::{Subject, normalize};
use ztvet::report::sarif::RuleInfo;
use ztvet::report::table::TableOptions;
use ztvet::report::{Report, json, sarif, table};
use ztvet::{Config, Engine};

// As the command has it.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const TENANT: Tenant = Tenant::new(1);
const APPLICATIONS: u64 = 200;

fn engine() -> Engine {
    let config = Config::parse("ztvet.yaml", &TENANT.configuration()).expect("it is valid");
    let builder = Engine::builder().bundled().expect("the bundled rules load");
    let builder = builder.now(NOW.parse().expect("it is a date"));
    let built = builder.config("ztvet.yaml", config).build();
    built.expect("the engine builds")
}

/// A line for each registration.
fn lines() -> Vec<String> {
    let applications = (0..APPLICATIONS).map(|index| TENANT.application(index, Spelling::Mixed));
    applications.map(|one| one.to_string()).collect()
}

fn subject(line: &String) -> Subject {
    let documents = parse("tenant.ndjson", line.as_bytes(), &Limits::default());
    let document = documents.expect("it is valid").remove(0);
    normalize(&document, None).subjects.remove(0)
}

/// Each thread judges what no other has taken.
fn judge_in_threads(engines: &[&Engine], subjects: &[Subject]) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for engine in engines {
            scope.spawn(|| judge(engine, subjects, &next));
        }
    });
}

fn judge(engine: &Engine, subjects: &[Subject], next: &AtomicUsize) {
    let mut judge = engine.judge();
    while let Some(subject) = subjects.get(next.fetch_add(1, Ordering::Relaxed)) {
        black_box(judge.evaluate(subject).expect("the rules run"));
    }
}

fn threads(criterion: &mut Criterion) {
    let lines = lines();
    let subjects: Vec<Subject> = lines.iter().map(subject).collect();
    let engine = engine();
    let clone = engine.clone();
    let mut group = criterion.benchmark_group("200 applications");
    group
        .throughput(Throughput::Elements(APPLICATIONS))
        .sample_size(20);
    group.bench_function("bytes to findings, one after another", |b| {
        let mut judge = engine.judge();
        b.iter(|| {
            for line in &lines {
                black_box(judge.evaluate(&subject(line)).expect("the rules run"));
            }
        });
    });
    group.bench_function("1 thread", |b| {
        b.iter(|| judge_in_threads(&[&engine], &subjects))
    });
    group.bench_function("2 threads, one engine", |b| {
        b.iter(|| judge_in_threads(&[&engine, &engine], &subjects));
    });
    group.bench_function("2 threads, an engine and its clone", |b| {
        b.iter(|| judge_in_threads(&[&engine, &clone], &subjects));
    });
    group.finish();
}

fn report(engine: &Engine) -> Report {
    let directory = tempfile::tempdir().expect("there is room for files");
    let path = directory.path().join("tenant.ndjson");
    std::fs::write(&path, lines().join("\n")).expect("there is room for files");
    engine.check_path(&path)
}

fn reports(criterion: &mut Criterion) {
    let engine = engine();
    let report = report(&engine);
    let rules: Vec<RuleInfo> = engine.rules().map(Into::into).collect();
    let mut out = io::sink();
    let mut group = criterion.benchmark_group("report on 200 applications");
    group.throughput(Throughput::Elements(report.findings.len() as u64));
    group.bench_function("table", |b| {
        b.iter(|| table::render(black_box(&report), &mut out, &TableOptions::default()));
    });
    group.bench_function("json", |b| {
        b.iter(|| json::render(black_box(&report), &mut out))
    });
    group.bench_function("sarif", |b| {
        b.iter(|| sarif::render(black_box(&report), &rules, &mut out));
    });
    group.finish();
}

criterion_group!(all, threads, reports);
criterion_main!(all);

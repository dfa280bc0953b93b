//! Judges the registrations of a file in one process, and prints how long the rules took: the counterpart of
//! `benches/opa_prepared`. Reading and normalizing are done before the clock runs.

#![allow(
    clippy::print_stderr,
    reason = "it says what it measured, as its counterpart does"
)]

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};
use std::time::Instant;

use anyhow::{Context as _, Result, anyhow};
use clap::Parser;
use ztvet::document::{Limits, read_file};
use ztvet::normalize::part::{self, Entry};
use ztvet::normalize::{Subject, normalize};
use ztvet::{Config, Engine};

#[derive(Parser)]
struct Arguments {
    /// A file of registrations
    path: PathBuf,
    /// What the organisation says of itself
    #[arg(long)]
    config: PathBuf,
    /// The evaluation's time
    #[arg(long)]
    now: String,
    #[arg(long, default_value_t = 1)]
    threads: usize,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let name = arguments.config.display().to_string();
    let builder = Engine::builder().bundled()?.now(arguments.now.parse()?);
    let engine = builder
        .config(&name, Config::load(&arguments.config)?)
        .build()?;
    let subjects = subjects(&arguments.path)?;
    let start = Instant::now();
    let findings = judge(&engine, &subjects, arguments.threads)?;
    let seconds = start.elapsed().as_secs_f64();
    eprintln!(
        "{} inputs, {findings} findings, {seconds:.6} s",
        subjects.len()
    );
    Ok(())
}

/// The registrations, and what is known of all together.
fn subjects(path: &std::path::Path) -> Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    for document in read_file(path, &Limits::default())? {
        subjects.extend(normalize(&document, None).subjects);
    }
    let entries: Vec<Entry> = subjects.iter().filter_map(Entry::of).collect();
    let (waiting, mut ready): (Vec<_>, Vec<_>) = subjects.into_iter().partition(part::waits);
    ready.extend(part::join(waiting, Vec::new(), &entries));
    Ok(ready)
}

/// The number of findings.
fn judge(engine: &Engine, subjects: &[Subject], threads: usize) -> Result<usize> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let work = || judge_some(engine, subjects, &next);
        let workers: Vec<ScopedJoinHandle<'_, Result<usize>>> =
            (0..threads).map(|_| scope.spawn(work)).collect();
        let counts = workers.into_iter().map(|worker| {
            let count = worker.join().map_err(|_| anyhow!("a thread panicked"))?;
            count.context("a rule failed")
        });
        counts.sum()
    })
}

fn judge_some(engine: &Engine, subjects: &[Subject], next: &AtomicUsize) -> Result<usize> {
    let mut judge = engine.judge();
    let mut count = 0;
    while let Some(subject) = subjects.get(next.fetch_add(1, Ordering::Relaxed)) {
        count += judge.evaluate(subject)?.findings.len();
    }
    Ok(count)
}

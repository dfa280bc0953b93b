//! The fixtures and examples, and a run of the engine over many variants of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rayon::prelude::*;
use serde_json::Value;
use ztvet::document::Syntax;
use ztvet::report::Problem;
use ztvet::report::ProblemKind;
use ztvet::{Engine, document, normalize};

/// Longer than any run takes on the slowest machine: what is not done by then hangs.
const DEADLINE: Duration = Duration::from_secs(300);

/// A file of the fixtures or the examples.
pub struct Sample {
    pub name: String,
    pub bytes: Vec<u8>,
    /// The first document.
    pub value: Value,
    pub syntax: Syntax,
}

/// A sample with something done to it.
pub struct Variant {
    pub name: String,
    bytes: Vec<u8>,
    /// The name of the file, by which some are known.
    file: String,
}

/// What came of one variant.
#[derive(Default)]
pub struct Judged {
    pub errors: Vec<Problem>,
    /// How often each rule found something.
    pub findings: BTreeMap<String, usize>,
    /// The rules that could not judge. Some never can, so that there are none only where nothing was judged.
    pub inconclusive: BTreeSet<String>,
}

impl Sample {
    pub fn variant(&self, what: &str, bytes: impl Into<Vec<u8>>) -> Variant {
        let file = Path::new(&self.name).file_name().unwrap();
        Variant {
            name: format!("{}: {what}", self.name),
            bytes: bytes.into(),
            file: file.to_str().unwrap().to_owned(),
        }
    }

    /// Whether JSON can stand in its place.
    pub fn may_be_json(&self) -> bool {
        matches!(self.syntax, Syntax::Json | Syntax::Ndjson | Syntax::Yaml)
    }

    /// The same with another value, in JSON.
    pub fn with(&self, what: &str, value: &Value) -> Variant {
        self.variant(what, value.to_string())
    }
}

impl Judged {
    pub fn is_judged(&self) -> bool {
        !self.inconclusive.is_empty()
    }
}

pub fn samples() -> Vec<Sample> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directories = ["tests/fixtures", "tests/tenant", "examples/manifests"];
    let found = document::find(&directories.map(|directory| root.join(directory)));
    let sample = |source: document::Source| {
        let path = source.path();
        let bytes = fs::read(&path).unwrap();
        let documents = document::parse(&path, &bytes, &document::Limits::default()).unwrap();
        Sample {
            name: path
                .strip_prefix(&format!("{}/", root.display()))
                .unwrap()
                .to_owned(),
            bytes,
            value: Value::clone(&documents[0].value),
            syntax: documents[0].source.syntax(),
        }
    };
    let samples: Vec<Sample> = found.sources.into_iter().map(sample).collect();
    assert!(samples.len() > 40, "{}", samples.len());
    samples
}

pub fn engine() -> Engine {
    let builder = Engine::builder().bundled().unwrap();
    let now = normalize::parse_date("2026-11-23").unwrap();
    builder.now(now).build().unwrap()
}

/// Judges all variants, each as a file that is named, in a run of its own. No rule may fail on any.
pub fn judge(variants: &[Variant]) -> Vec<(&Variant, Judged)> {
    let directory = tempfile::tempdir().unwrap();
    let write = |(index, variant): (usize, &Variant)| {
        let own = directory.path().join(index.to_string());
        let path = own.join(&variant.file);
        fs::create_dir(own).unwrap();
        fs::write(&path, &variant.bytes).unwrap();
        path
    };
    let paths = variants.iter().enumerate().map(write).collect();
    let judged: Vec<(&Variant, Judged)> = variants.iter().zip(in_time(paths)).collect();
    for (variant, judged) in &judged {
        let failed = |problem: &&Problem| problem.kind != ProblemKind::Document;
        let failed = judged.errors.iter().find(failed);
        assert!(failed.is_none(), "{}: {failed:?}", variant.name);
    }
    judged
}

fn in_time(paths: Vec<PathBuf>) -> Vec<Judged> {
    let (sender, receiver) = mpsc::channel();
    let run = thread::spawn(move || {
        let engine = engine();
        let judge = |path: &PathBuf| by_itself(&engine, path);
        sender.send(paths.par_iter().map(judge).collect())
    });
    match receiver.recv_timeout(DEADLINE) {
        Ok(judged) => judged,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("the run hangs"),
        Err(mpsc::RecvTimeoutError::Disconnected) => match run.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(_) => panic!("the run ended without a result"),
        },
    }
}

fn by_itself(engine: &Engine, path: &Path) -> Judged {
    let report = engine.check_path(path);
    let mut findings = BTreeMap::new();
    for finding in report.findings {
        *findings.entry(finding.rule).or_default() += 1;
    }
    let inconclusive = report.inconclusive.into_iter().map(|item| item.rule);
    Judged {
        errors: report.errors,
        findings,
        inconclusive: inconclusive.collect(),
    }
}

//! The fixtures and examples, and a run of the engine over many variants of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use ztvet::report::{Problem, ProblemKind};
use ztvet::{Engine, document, normalize};

/// Longer than any run takes on the slowest machine: what is not done by then hangs.
const DEADLINE: Duration = Duration::from_secs(300);

/// A file of the fixtures or the examples.
pub struct Sample {
    pub name: String,
    pub bytes: Vec<u8>,
    pub value: Value,
}

/// A sample with something done to it.
pub struct Variant {
    pub name: String,
    bytes: Vec<u8>,
    extension: String,
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
        let extension = Path::new(&self.name).extension().unwrap();
        Variant {
            name: format!("{}: {what}", self.name),
            bytes: bytes.into(),
            extension: extension.to_str().unwrap().to_owned(),
        }
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
    let found = document::find(&[root.join("tests/fixtures"), root.join("examples/manifests")]);
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
        }
    };
    let samples: Vec<Sample> = found.sources.into_iter().map(sample).collect();
    assert!(samples.len() > 10);
    samples
}

pub fn engine() -> Engine {
    let builder = Engine::builder().bundled().unwrap();
    let now = normalize::parse_date("2026-11-23").unwrap();
    builder.now(now).build().unwrap()
}

/// Judges all variants, each as a file that is named. No rule may fail on any.
pub fn judge(variants: &[Variant]) -> Vec<(&Variant, Judged)> {
    let directory = tempfile::tempdir().unwrap();
    let path = |(index, variant): (usize, &Variant)| {
        let name = format!("{index}.{}", variant.extension);
        directory.path().join(name).display().to_string()
    };
    let paths: Vec<String> = variants.iter().enumerate().map(path).collect();
    for (path, variant) in paths.iter().zip(variants) {
        fs::write(path, &variant.bytes).unwrap();
    }
    let mut judged = in_time(paths.clone());
    let of = |path: &String| judged.remove(path).unwrap_or_default();
    let judged: Vec<(&Variant, Judged)> = variants.iter().zip(paths.iter().map(of)).collect();
    for (variant, judged) in &judged {
        let failed = |problem: &&Problem| problem.kind != ProblemKind::Document;
        let failed = judged.errors.iter().find(failed);
        assert!(failed.is_none(), "{}: {failed:?}", variant.name);
    }
    judged
}

fn in_time(paths: Vec<String>) -> BTreeMap<String, Judged> {
    let (sender, receiver) = mpsc::channel();
    let run = thread::spawn(move || sender.send(by_path(&paths)));
    match receiver.recv_timeout(DEADLINE) {
        Ok(judged) => judged,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("the run hangs"),
        Err(mpsc::RecvTimeoutError::Disconnected) => match run.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(_) => panic!("the run ended without a result"),
        },
    }
}

fn by_path(paths: &[String]) -> BTreeMap<String, Judged> {
    let report = engine().check(paths);
    let mut judged: BTreeMap<String, Judged> = BTreeMap::new();
    for problem in report.errors {
        let path = problem.location.clone().unwrap().path;
        judged.entry(path).or_default().errors.push(problem);
    }
    for finding in report.findings {
        let of = judged.entry(finding.location.path).or_default();
        *of.findings.entry(finding.rule).or_default() += 1;
    }
    for item in report.inconclusive {
        judged
            .entry(item.path)
            .or_default()
            .inconclusive
            .insert(item.rule);
    }
    judged
}

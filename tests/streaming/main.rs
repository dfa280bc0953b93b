//! Inputs that are read some elements at a time are judged as if they were held.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod sample;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};

use sample::{application, ndjson, page, privileged, sandbox};
use ztvet::finding::Finding;
use ztvet::report::sink::{Collect, Head, Sink};
use ztvet::report::{Inconclusive, Report, json, ndjson, sarif};
use ztvet::{Baseline, Config, Engine, Progress};

const CONFIG: &str = "version: 1
waivers:
- {rule: AB-101, subject: 00000000-0000-4000-8000-000000000003, reason: r, approved_by: a, expires: 2030-01-01}
- {rule: AB-101, subject: 00000000-0000-4000-8000-000000000999, reason: r, approved_by: a, expires: 2030-01-01}
- {rule: AB-101, subject: 00000000-0000-4000-8000-000000000004, reason: r, approved_by: a, expires: 2020-01-01}
";

/// An engine that holds all, or as little as it can.
fn engine(streams: bool) -> Engine {
    static ENGINES: [OnceLock<Engine>; 2] = [const { OnceLock::new() }; 2];
    let make = || {
        let config = Config::parse("ztvet.yaml", CONFIG).unwrap();
        let builder = Engine::builder().bundled().unwrap();
        let now = "2026-11-23T06:00:00Z".parse().unwrap();
        let builder = builder.config("ztvet.yaml", config).now(now);
        let builder = builder.stream_above(if streams { 0 } else { 64 << 20 });
        builder.build().unwrap()
    };
    ENGINES[usize::from(streams)].get_or_init(make).clone()
}

fn reports(paths: &[PathBuf]) -> [Report; 2] {
    [false, true].map(|streams| engine(streams).check(paths))
}

fn shown(report: &Report) -> String {
    let mut out = Vec::new();
    json::render(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn is_the_same(paths: &[PathBuf]) -> Report {
    let [held, streamed] = reports(paths);
    let (one, other) = (shown(&held), shown(&streamed));
    for (number, (one, other)) in one.lines().zip(other.lines()).enumerate() {
        assert_eq!(one, other, "line {} of {paths:?}", number + 1);
    }
    assert_eq!(one.len(), other.len());
    for (one, other) in held.findings.iter().zip(&streamed.findings) {
        assert_eq!(one.location, other.location, "{paths:?}");
    }
    assert_eq!(held, streamed, "{paths:?}");
    streamed
}

fn below(directory: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let entries = fs::read_dir(directory).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_fixture_alone_and_all_together() {
    let mut all = below("tests/fixtures");
    all.extend(below("tests/tenant"));
    all.extend(below("tests/infra"));
    for path in &all {
        is_the_same(std::slice::from_ref(path));
        // Named, a file that is not recognized is an error.
        if path.is_dir() {
            for file in below(path.to_str().unwrap()) {
                is_the_same(&[file]);
            }
        }
    }
    let report = is_the_same(&all);
    assert!(report.findings.len() > 100);
    all.reverse();
    is_the_same(&all);
}

#[test]
fn every_shape_of_a_large_file() {
    let directory = sandbox(&[
        ("apps.ndjson", &ndjson(40)),
        (
            "apps.json",
            &format!("[{}]", ndjson(40).trim().replace('\n', ",\n")),
        ),
        ("page.json", &page(40)),
        ("lines.json", &ndjson(10)),
    ]);
    for name in ["apps.ndjson", "apps.json", "page.json", "lines.json"] {
        let report = is_the_same(&[directory.path().join(name)]);
        assert!(report.summary.waived > 0, "{name}");
        let of_all = |finding: &&Finding| finding.subject.kind == "inventory";
        assert!(report.findings.iter().any(|f| of_all(&f)), "{name}");
    }
    is_the_same(&[directory.path().to_owned()]);
}

#[test]
fn inputs_are_the_same() {
    let directory = sandbox(&[
        ("page.json", &page(20)),
        ("apps.ndjson", &privileged(20)),
        ("broken.json", &page(20).split_off(10)),
    ]);
    for path in [
        directory.path().to_owned(),
        directory.path().join("apps.ndjson"),
        PathBuf::from("tests/fixtures"),
    ] {
        let [held, streamed] =
            [false, true].map(|streams| engine(streams).normalize_paths(&[&path]));
        assert!(held.inputs.len() > 20);
        for (one, other) in held.inputs.iter().zip(&streamed.inputs) {
            assert_eq!(one, other);
        }
        assert_eq!(held.inputs.len(), streamed.inputs.len());
        assert_eq!(held.errors, streamed.errors);
        assert_eq!(held.notes, streamed.notes);
    }
}

#[test]
fn owners_of_many_are_found_however_the_inventory_is_cut() {
    let directory = sandbox(&[("apps.ndjson", &privileged(25))]);
    let report = is_the_same(&[directory.path().join("apps.ndjson")]);
    let found = report.findings.iter().filter(|f| f.rule == "AB-705");
    let counts: Vec<_> = found.map(|finding| &finding.details["count"]).collect();
    assert_eq!(counts, [25, 25, 13]);
}

#[test]
fn what_cannot_be_judged_is_told_alike() {
    let app = sample::application(1);
    let broken = page(30).replacen("\"passwordCredentials\"", "passwordCredentials", 20);
    let mistyped = page(30).replace("\"web\":", "\"web\": 1, \"Web\":");
    let strange = page(30).replace("\"@odata.type\": \"x\"", "\"a\": [1, 2]");
    let unknown = format!("{{\"value\": [{}]}}", vec!["{\"a\": 1}"; 50].join(",\n"));
    let cut = &page(30)[..50_000];
    for (name, text) in [
        ("broken.json", broken.as_str()),
        ("mistyped.json", &mistyped),
        ("strange.json", &strange),
        ("unknown.json", &unknown),
        ("cut.json", cut),
        ("none.json", "{\"value\": []}"),
        ("scalars.json", "[1, 2, {}, []]"),
        (
            "mixed.json",
            &format!("[{app}, {{\"a\": 1}}, {{\"value\": [{app}]}}, 7]"),
        ),
        (
            "mixed.ndjson",
            &format!("{app}\n{{\"a\": 1}}\n[{app}]\n7\n"),
        ),
        ("removed.json", "[{\"@removed\": 1, \"id\": \"a\"}]"),
        (
            "owners.json",
            "{\"@odata.context\": \"https://x/$metadata#servicePrincipals('a')/owners\", \"value\": [{\"id\": \"b\"}]}",
        ),
        (
            "policies.json",
            "{\"@odata.context\": \"https://x/$metadata#policies/appManagementPolicies\", \"value\": []}",
        ),
        ("appsettings.json", "[{\"AzureAd\": {\"ClientId\": \"a\"}}]"),
        ("empty.json", ""),
        ("text.json", "hello"),
    ] {
        let directory = sandbox(&[(name, text)]);
        is_the_same(&[directory.path().join(name)]);
        is_the_same(&[directory.path().to_owned()]);
    }
}

#[test]
fn an_error_in_the_middle_is_in_the_summary() {
    let text = ndjson(60);
    let at = text.floor_char_boundary(text.len() / 2);
    let at = at + text[at..].find("\"web\"").unwrap();
    let broken = format!("{}oops{}", &text[..at], &text[at..]);
    let directory = sandbox(&[("apps.ndjson", &broken)]);
    let report = is_the_same(&[directory.path().join("apps.ndjson")]);
    assert_eq!((report.summary.errors, report.summary.subjects), (1, 0));
    let line = broken[..at].lines().count();
    let place = report.errors[0].location.as_ref().unwrap();
    assert_eq!(place.line, u32::try_from(line).ok());
}

/// What a form of the report writes for a run, streamed and held.
fn written(paths: &[PathBuf], baseline: Option<&Baseline>, lines: bool) -> [String; 2] {
    [true, false].map(|streams| {
        let engine = engine(streams);
        let rules: Vec<sarif::RuleInfo> = engine.rules().map(Into::into).collect();
        let mut out = Vec::new();
        let mut to_lines = ndjson::Lines::new(&mut out);
        if lines {
            engine
                .check_into(paths, baseline, &mut to_lines, |_| {})
                .unwrap();
        } else {
            let mut sarif = sarif::Stream::new(&rules, &mut out);
            engine
                .check_into(paths, baseline, &mut sarif, |_| {})
                .unwrap();
        }
        String::from_utf8(out).unwrap()
    })
}

#[test]
fn forms_that_are_written_as_they_come_hold_the_whole_report() {
    let directory = sandbox(&[("page.json", &page(20)), ("apps.ndjson", &ndjson(20))]);
    let paths = [directory.path().to_owned()];
    let known = Baseline::of(&engine(false).check(&[directory.path().join("page.json")]));
    for baseline in [None, Some(&known)] {
        let [streamed, held] = written(&paths, baseline, false);
        assert_eq!(streamed, held, "SARIF");
        // Lines of one type stand in order; between types they may come earlier.
        let by_type = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort_by_key(|line| line.split_once(',').map(|(kind, _)| kind.to_owned()));
            lines
        };
        let [streamed, held] = written(&paths, baseline, true);
        assert_eq!(by_type(&streamed), by_type(&held), "NDJSON");
        assert!(
            streamed
                .lines()
                .last()
                .unwrap()
                .starts_with("{\"type\":\"summary\"")
        );
    }
}

/// What judging some paths says of its progress, and the report, where inputs of more than so many bytes are not held.
fn watched(paths: &[PathBuf], stream_above: u64) -> (bool, Report) {
    let config = Config::parse("ztvet.yaml", CONFIG).unwrap();
    let builder = Engine::builder().bundled().unwrap();
    let builder = builder.config("ztvet.yaml", config);
    let now = "2026-11-23T06:00:00Z".parse().unwrap();
    let builder = builder.now(now).stream_above(stream_above);
    let streams = AtomicBool::new(false);
    let progress = |progress: Progress| {
        let reads_elements = matches!(progress, Progress::Bytes { .. });
        streams.fetch_or(reads_elements, Ordering::SeqCst);
    };
    let mut all = Collect::default();
    let engine = builder.build().unwrap();
    let rest = engine.check_into(paths, None, &mut all, progress).unwrap();
    (streams.into_inner(), all.complete(rest))
}

#[test]
fn small_files_are_read_once_where_all_findings_are_held() {
    let texts: Vec<String> = (0..40).map(application).collect();
    let names: Vec<String> = (0..40).map(|number| format!("{number}.json")).collect();
    let names = names.iter().map(String::as_str);
    let files: Vec<(&str, &str)> = names.zip(texts.iter().map(String::as_str)).collect();
    let directory = sandbox(&files);
    let paths = [directory.path().to_owned()];
    let largest = texts.iter().map(|text| text.len() as u64).max().unwrap();
    let (streams, held) = watched(&paths, 64 << 20);
    assert!(!streams);
    assert_eq!(watched(&paths, largest), (false, held.clone()));
    assert_eq!(watched(&paths, largest - 1), (true, held));
}

/// Notes how far the reader is ahead of what has been found.
struct Ahead<'a> {
    read: &'a AtomicU64,
    most: &'a Mutex<u64>,
    /// How many bytes an application takes.
    each: u64,
    number: u64,
    subject: Option<String>,
}

impl Sink for Ahead<'_> {
    fn begin(&mut self, _: &Head) -> io::Result<()> {
        Ok(())
    }

    fn finding(&mut self, finding: Finding) -> io::Result<()> {
        if self.subject != finding.subject.id {
            self.subject.clone_from(&finding.subject.id);
            self.number += 1;
        }
        let read = self.read.load(Ordering::SeqCst) / self.each;
        let mut most = self.most.lock().unwrap();
        *most = (*most).max(read.saturating_sub(self.number));
        Ok(())
    }

    fn inconclusive(&mut self, _: Inconclusive) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, _: &Report) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn few_elements_are_held_however_many_there_are() {
    let ahead = |count: usize| {
        let text = ndjson(count);
        let directory = sandbox(&[("apps.ndjson", &text)]);
        let builder = Engine::builder()
            .bundled()
            .unwrap()
            .select(["AB-101".to_owned()]);
        let engine = builder.stream_above(0).jobs(Some(1)).build().unwrap();
        let (read, most) = (AtomicU64::new(0), Mutex::new(0));
        let mut sink = Ahead {
            read: &read,
            most: &most,
            each: text.len() as u64 / count as u64,
            number: 0,
            subject: None,
        };
        let progress = |progress: Progress| {
            if let Progress::Bytes {
                judged: true, done, ..
            } = progress
            {
                read.store(done, Ordering::SeqCst);
            }
        };
        let path = [directory.path().join("apps.ndjson")];
        engine.check_into(&path, None, &mut sink, progress).unwrap();
        assert_eq!(sink.number, count as u64);
        most.into_inner().unwrap()
    };
    let (few, many) = (ahead(300), ahead(900));
    assert!(
        few > 0 && many < 300 && many < few * 2,
        "{few} and {many} elements"
    );
}

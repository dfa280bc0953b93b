use Severity::{High, Low, Medium};
use Status::{Baseline as Old, Open as New};

use super::*;
use crate::report::fixture;

fn finding(fingerprint: &str, severity: Severity) -> Finding {
    Finding {
        fingerprint: fingerprint.to_owned(),
        severity,
        ..fixture::finding(
            "AB-101",
            "uses plain HTTP",
            fixture::shop(),
            fixture::plain_http(),
        )
    }
}

fn report(findings: &[(&str, Severity)]) -> Report {
    let findings = findings.iter();
    let mut report = Report {
        findings: findings
            .map(|(fingerprint, severity)| finding(fingerprint, *severity))
            .collect(),
        ..fixture::clean()
    };
    report.count_findings();
    report
}

fn written(report: &Report) -> String {
    let mut out = Vec::new();
    Baseline::of(report).write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The statuses of findings compared with a baseline of others, and how many of these are gone.
fn compared(now: &[(&str, Severity)], before: &[(&str, Severity)]) -> (Vec<Status>, usize) {
    let mut report = report(now);
    report.compare(&Baseline::of(&self::report(before)));
    let gone = report.baseline.unwrap().gone;
    (report.findings.iter().map(|f| f.status).collect(), gone)
}

#[test]
fn what_was_there_before_does_not_count() {
    assert_eq!(
        compared(&[("a", High), ("b", High)], &[("a", High)]),
        (vec![Old, New], 0)
    );
    assert_eq!(compared(&[("a", High)], &[]), (vec![New], 0));
    assert_eq!(compared(&[], &[("a", High), ("b", High)]), (Vec::new(), 2));
}

#[test]
fn a_second_finding_with_the_same_fingerprint_is_new() {
    assert_eq!(
        compared(&[("a", High), ("a", High)], &[("a", High)]),
        (vec![Old, New], 0)
    );
    assert_eq!(
        compared(&[("a", High), ("a", High)], &[("a", High), ("a", High)]),
        (vec![Old, Old], 0)
    );
    assert_eq!(
        compared(&[("a", High)], &[("a", High), ("a", High)]),
        (vec![Old], 1)
    );
}

#[test]
fn what_is_worse_than_before_is_new() {
    assert_eq!(compared(&[("a", High)], &[("a", Medium)]), (vec![New], 1));
    assert_eq!(compared(&[("a", Low)], &[("a", Medium)]), (vec![Old], 0));
    // Each finds its own, whatever the order.
    let both = [("a", Medium), ("a", High)];
    let turned = [("a", High), ("a", Medium)];
    for (now, before) in [(both, turned), (turned, both), (both, both)] {
        assert_eq!(compared(&now, &before), (vec![Old, Old], 0));
    }
}

#[test]
fn counts_follow() {
    let mut report = report(&[("a", High), ("b", Medium)]);
    report.compare(&Baseline::of(&self::report(&[("a", High), ("c", Low)])));
    assert_eq!(report.summary.baseline, 1);
    assert_eq!(report.summary.findings, [Medium].into_iter().collect());
    assert!(report.fails_at(Medium) && !report.fails_at(High));
    assert_eq!(
        report.notes[0].message,
        "1 of 2 findings in the baseline was not found"
    );
}

#[test]
fn waived_findings_are_neither_written_nor_gone() {
    let mut waived = report(&[("a", High)]);
    waived.findings[0].status = Status::Waived;
    assert_eq!(
        written(&waived),
        "{\n  \"schema\": \"ztvet/baseline/v1\",\n  \"findings\": []\n}\n"
    );
    waived.compare(&Baseline::of(&report(&[("a", High)])));
    assert_eq!(waived.findings[0].status, Status::Waived);
    assert_eq!(waived.baseline.unwrap().gone, 0);
}

#[test]
fn known_findings_are_written_again() {
    let mut report = report(&[("a", High)]);
    let before = Baseline::of(&report);
    report.compare(&before);
    assert_eq!(Baseline::of(&report), before);
}

#[test]
fn errors_and_what_is_inconclusive_stay() {
    let mut report = fixture::rich();
    let (errors, inconclusive) = (report.errors.clone(), report.inconclusive.clone());
    let known = Baseline::of(&report);
    report.compare(&known);
    assert_eq!(
        (&report.errors, &report.inconclusive),
        (&errors, &inconclusive)
    );
    assert_eq!(report.summary.errors, 2);
    assert_eq!(report.summary.findings.total(), 0);
}

#[test]
fn the_file_is_sorted_and_has_a_line_for_each_finding() {
    let text = written(&fixture::rich());
    insta::assert_snapshot!(text);
    let mut turned = fixture::rich();
    turned.findings.reverse();
    assert_eq!(written(&turned), text);
}

#[test]
fn it_is_read_as_it_was_written() {
    let known = Baseline::of(&fixture::rich());
    let text = written(&fixture::rich());
    assert_eq!(Baseline::parse("baseline", &text).unwrap(), known);
}

#[test]
fn what_is_no_baseline_is_refused() {
    let refused = |text: &str| Baseline::parse("b.json", text).unwrap_err().to_string();
    let good = written(&report(&[("a", High)]));
    for (text, message) in [
        (
            String::new(),
            "b.json:1:0: this is no baseline: EOF while parsing a value",
        ),
        (
            "[]".to_owned(),
            "b.json:1:2: this is no baseline: invalid length 0, expected a mapping of `schema` and `findings`",
        ),
        (
            good.replace("baseline/v1", "baseline/v2"),
            "b.json: this is no baseline: `schema` is `ztvet/baseline/v2`, expected `ztvet/baseline/v1`",
        ),
        (good.replace("\"high\"", "\"terrible\""), "b.json:4:"),
        (good.replace("\"fingerprint\"", "\"print\""), "b.json:4:"),
        (good.replace("\"findings\"", "\"found\""), "b.json:3:"),
        (
            format!("{good}x"),
            "b.json:7:1: this is no baseline: trailing characters",
        ),
    ] {
        let error = refused(&text);
        assert!(error.starts_with(message), "{error}");
    }
}

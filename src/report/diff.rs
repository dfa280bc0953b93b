//! A diff, rendered for a reader or a machine.

pub mod json;
pub mod markdown;
pub mod table;

use std::cmp::Reverse;

use crate::diff::{Diff, State};
use crate::finding::{Finding, Severity, Status};
use crate::normalize::Kind;

/// The findings of the new version that count, the worst first.
fn new_findings(diff: &Diff) -> Vec<&Finding> {
    let findings = diff.report.findings.iter();
    let mut findings: Vec<&Finding> = findings.filter(|f| f.status == Status::Open).collect();
    // What is said of the change itself comes before what it leads to.
    let is_of_change = |finding: &Finding| finding.subject.kind == Kind::Change.as_str();
    findings.sort_by_key(|f| (Reverse(f.severity), Reverse(is_of_change(f))));
    findings
}

/// `1 application changed, 2 added, 0 removed, 12 unchanged`
fn applications(diff: &Diff) -> String {
    let changed = diff.count(State::Changed);
    let noun = if changed == 1 {
        "application"
    } else {
        "applications"
    };
    format!(
        "{changed} {noun} changed, {} added, {} removed, {} unchanged",
        diff.count(State::Added),
        diff.count(State::Removed),
        diff.unchanged
    )
}

/// `1 critical, 2 high`; empty where there is none.
fn severities(diff: &Diff) -> String {
    let counts = &diff.report.summary.findings;
    let some = |severity: &Severity| counts.get(*severity) > 0;
    let parts = Severity::ALL.into_iter().filter(some);
    let parts: Vec<String> = parts
        .map(|severity| format!("{} {severity}", counts.get(severity)))
        .collect();
    parts.join(", ")
}

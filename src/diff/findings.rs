//! Findings of two versions, compared as a baseline is.

use std::collections::{BTreeMap, BTreeSet};

use super::Side;
use crate::finding::{Finding, Severity, Status, SubjectRef};
use crate::normalize::Kind;
use crate::report::{Compared, Inconclusive, Problem, ProblemKind, Report};

/// The findings of a report that count.
pub(super) fn new(report: &Report) -> impl Iterator<Item = &Finding> {
    let findings = report.findings.iter();
    findings.filter(|finding| finding.status == Status::Open)
}

/// Makes the new report tell what is new, and gives back the findings that are gone, and those of which the new version
/// does not tell.
pub(super) fn compare(
    old_report: &Report,
    old: &Side,
    report: &mut Report,
    new_side: &Side,
) -> (Vec<Finding>, Vec<Finding>) {
    let left = take_known(old_report, old, report, new_side);
    let judged_no_more = checks(&report.inconclusive, new_side);
    let (mut unjudged, mut gone): (Vec<Finding>, Vec<Finding>) = left
        .into_iter()
        .partition(|finding| judged_no_more.contains(&check_of(finding, old)));
    for finding in gone.iter_mut().chain(&mut unjudged) {
        old.show(&mut finding.location);
    }
    for finding in &mut report.findings {
        if finding.subject.kind == Kind::Change.as_str() && finding.location.document > 0 {
            old.show(&mut finding.location);
        }
    }
    let lacking = checks(&old_report.inconclusive, old);
    report.notes.extend(unsure(report, &lacking, new_side));
    report.inconclusive.retain(|item| {
        item.subject.kind == Kind::Change.as_str() || !lacking.contains(&check(item, new_side))
    });
    report.baseline = Some(Compared {
        path: old.version(0).name,
        findings: old_report.findings.len(),
        gone: gone.len(),
    });
    add_problems(old_report, old, report, new_side);
    count(report);
    (gone, unjudged)
}

/// Takes the findings that the old version has for known; those that are left of it are given back.
fn take_known(
    old_report: &Report,
    old: &Side,
    report: &mut Report,
    new_side: &Side,
) -> Vec<Finding> {
    let mut known: BTreeMap<String, Vec<(Severity, usize)>> = BTreeMap::new();
    for (index, finding) in old_report.findings.iter().enumerate() {
        let same = known.entry(identity(finding, old)).or_default();
        same.push((finding.severity, index));
    }
    // The least comes first, so that the worse ones are left for what is worse.
    known.values_mut().for_each(|same| same.sort_unstable());
    let mut worse = Vec::new();
    let mut seen = BTreeSet::new();
    for finding in &mut report.findings {
        let identity = identity(finding, new_side);
        let Some(same) = known.get_mut(&identity) else {
            continue;
        };
        let bad_enough = same
            .iter()
            .position(|(severity, _)| *severity >= finding.severity);
        match bad_enough {
            Some(position) => {
                seen.insert(same.remove(position).1);
                if finding.status == Status::Open {
                    finding.status = Status::Baseline;
                }
            }
            None => worse.push(identity),
        }
    }
    // What became worse is new, and not gone.
    for identity in worse {
        let same = known.get_mut(&identity).filter(|same| !same.is_empty());
        seen.extend(same.map(|same| same.remove(0).1));
    }
    let findings = old_report.findings.iter().enumerate();
    let left = findings.filter(|(index, _)| !seen.contains(index));
    left.map(|(_, finding)| finding.clone()).collect()
}

/// Its fingerprint. Where that is made of the path, what it is made of, with a path that both versions have.
fn identity(finding: &Finding, side: &Side) -> String {
    let path = &finding.location.path;
    if !is_known_by_path(&finding.subject, path) {
        return finding.fingerprint.clone();
    }
    let kind = finding.subject.kind.as_str();
    let parts = [&finding.rule, kind, &side.relative(path), &finding.message];
    parts.join("\0")
}

fn is_known_by_path(subject: &SubjectRef, path: &str) -> bool {
    subject.key(path) == path
}

/// A rule and a subject.
type Check = (String, String);

fn checks(items: &[Inconclusive], side: &Side) -> BTreeSet<Check> {
    items.iter().map(|item| check(item, side)).collect()
}

fn check(item: &Inconclusive, side: &Side) -> Check {
    (item.rule.clone(), who(&item.subject, &item.path, side))
}

fn check_of(finding: &Finding, side: &Side) -> Check {
    let who = who(&finding.subject, &finding.location.path, side);
    (finding.rule.clone(), who)
}

fn who(subject: &SubjectRef, path: &str, side: &Side) -> String {
    if is_known_by_path(subject, path) {
        return side.relative(path);
    }
    format!("{}\0{}", subject.kind, subject.key(path))
}

/// New findings of checks that the old version does not have the facts for may have been there before.
fn unsure(report: &Report, lacking: &BTreeSet<Check>, side: &Side) -> Option<Problem> {
    let found = new(report).filter(|finding| lacking.contains(&check_of(finding, side)));
    let rules: Vec<&str> = found.map(|finding| finding.rule.as_str()).collect();
    let number = rules.len();
    let rules: BTreeSet<&str> = rules.into_iter().collect();
    let rules: Vec<&str> = rules.into_iter().collect();
    let rules = rules.join(", ");
    let (findings, they) = if number == 1 {
        ("1 new finding".to_owned(), "it")
    } else {
        (format!("{number} new findings"), "they")
    };
    (number > 0).then(|| Problem {
        kind: ProblemKind::Evaluation,
        message: format!(
            "{findings} ({rules}) may have been there before: the old version lacks the facts"
        ),
        help: Some(format!(
            "{they} count as new; export both versions in the same way to compare them"
        )),
        location: None,
    })
}

/// What went wrong in the old version is said besides, and what is worth saying of it alone.
fn add_problems(old_report: &Report, old: &Side, report: &mut Report, new_side: &Side) {
    let shown = |problem: &Problem| {
        let mut problem = problem.clone();
        if let Some(location) = &mut problem.location {
            old.show(location);
        }
        problem
    };
    let mut errors: Vec<Problem> = old_report.errors.iter().map(shown).collect();
    errors.append(&mut report.errors);
    report.errors = errors;
    let place = |problem: &Problem, side: &Side| {
        let path = problem.location.as_ref().map(|at| side.relative(&at.path));
        (path, problem.message.clone())
    };
    let said: BTreeSet<_> = report
        .notes
        .iter()
        .map(|note| place(note, new_side))
        .collect();
    let notes = old_report.notes.iter();
    let notes = notes
        .filter(|note| note.kind == ProblemKind::Document && !said.contains(&place(note, old)));
    report.notes.extend(notes.map(shown));
    let known: BTreeSet<_> = report
        .skipped
        .iter()
        .map(|file| (new_side.relative(&file.path), file.reason.clone()))
        .collect();
    let mut skipped = old_report.skipped.clone();
    skipped.retain(|file| !known.contains(&(old.relative(&file.path), file.reason.clone())));
    for file in &mut skipped {
        file.path = old.shown(&file.path);
    }
    report.skipped.append(&mut skipped);
}

fn count(report: &mut Report) {
    report.count_findings();
    report.summary.inconclusive = report.inconclusive.len();
    report.summary.errors = report.errors.len();
    let skipped = report.skipped.iter().map(|file| file.path.as_str());
    report.summary.skipped = skipped.collect::<BTreeSet<_>>().len();
}

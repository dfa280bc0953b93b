//! The report for build servers that show tests: JUnit XML.
//!
//! A suite is a file, and a case is what a rule says of a subject in it. The first suite is the run: its errors, the
//! rules that are not configured, and the rules that found nothing. Names have no lines, dates or counts in them, so that
//! a case is known again in the next run.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::finding::{Finding, INVENTORY, Status, SubjectRef};
use crate::junit::{self, Case, Outcome, Reason, Suite};
use crate::report::sarif::RuleInfo;
use crate::report::table::text::{clean, show_place, show_subject};
use crate::report::{Inconclusive, Problem, Report};

/// Writes the report as JUnit XML, with the rules that made it.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, rules: &[RuleInfo], writer: &mut dyn Write) -> io::Result<()> {
    let classes = rules.iter().map(|rule| (rule.id.as_str(), rule));
    let classes: BTreeMap<_, _> = classes.collect();
    let groups = groups(report);
    let told: BTreeSet<&str> = groups.keys().map(|key| key.rule).collect();
    let mut files: BTreeMap<&str, Vec<Case>> = BTreeMap::new();
    for (key, group) in &groups {
        let case = group.case(key, classes.get(key.rule).copied());
        files.entry(key.path).or_default().push(case);
    }
    let mut of_run = run(report, rules, &told);
    if of_run.is_empty() && files.is_empty() {
        of_run.push(nothing(report));
    }
    let of_run = (!of_run.is_empty()).then(|| suite("ztvet", of_run));
    let mut suites: Vec<Suite> = of_run.into_iter().collect();
    suites.extend(files.into_iter().map(|(path, cases)| suite(path, cases)));
    // The schema wants a time without its zone.
    let started = report.now.get(..19).unwrap_or(&report.now);
    junit::write(&suites, started, writer)
}

fn suite(name: &str, cases: Vec<Case>) -> Suite {
    Suite {
        package: "ztvet",
        name: clean(name),
        cases,
        output: String::new(),
    }
}

fn case(class: String, name: &str, outcome: Outcome) -> Case {
    Case {
        class,
        name: clean(name),
        seconds: 0.0,
        outcome,
    }
}

/// What a case is about. The order is that of the report: paths first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    path: &'a str,
    rule: &'a str,
    subject: &'a SubjectRef,
}

/// What a rule says of a subject.
#[derive(Default)]
struct Group<'a> {
    findings: Vec<&'a Finding>,
    inconclusive: Vec<&'a Inconclusive>,
}

fn groups(report: &Report) -> BTreeMap<Key<'_>, Group<'_>> {
    let mut groups: BTreeMap<Key<'_>, Group<'_>> = BTreeMap::new();
    for finding in &report.findings {
        let key = Key {
            path: &finding.location.path,
            rule: &finding.rule,
            subject: &finding.subject,
        };
        groups.entry(key).or_default().findings.push(finding);
    }
    for item in &report.inconclusive {
        let key = Key {
            path: &item.path,
            rule: &item.rule,
            subject: &item.subject,
        };
        groups.entry(key).or_default().inconclusive.push(item);
    }
    groups
}

impl Group<'_> {
    fn case(&self, key: &Key<'_>, rule: Option<&RuleInfo>) -> Case {
        let subject = show_subject(key.subject);
        let (class, name) = match rule {
            Some(rule) => (
                class(rule),
                format!("{} {}: {subject}", rule.id, rule.title),
            ),
            None => (clean(key.rule), format!("{}: {subject}", key.rule)),
        };
        case(class, &name, self.outcome())
    }

    fn outcome(&self) -> Outcome {
        let mut lines: Vec<String> = self.findings.iter().map(|f| line(f)).collect();
        lines.extend(self.inconclusive.iter().map(|item| lacking(item)));
        let all = self.findings.iter();
        let open = all.filter(|finding| finding.status == Status::Open);
        let open: Vec<_> = open.collect();
        let worst = open.iter().max_by_key(|finding| finding.severity);
        let Some(worst) = worst else {
            return Outcome::Skipped(Reason {
                message: lines.first().cloned().unwrap_or_default(),
                text: lines.join("\n"),
                ..Reason::default()
            });
        };
        let more = match open.len() {
            1 => String::new(),
            number => format!(" (and {} more)", number - 1),
        };
        lines.extend(help(worst));
        Outcome::Failed(Reason {
            message: clean(&worst.message) + &more,
            kind: worst.severity.to_string(),
            text: lines.join("\n"),
        })
    }
}

/// A finding in one line, with what was decided of it.
fn line(finding: &Finding) -> String {
    let place = show_place(&finding.location);
    let message = clean(&finding.message);
    let decided = match (finding.status, &finding.waiver) {
        (Status::Open, _) => String::new(),
        (Status::Baseline, _) => "in the baseline: ".to_owned(),
        (Status::Waived, None) => "waived: ".to_owned(),
        (Status::Waived, Some(waiver)) => clean(&format!(
            "waived until {} by {} ({}): ",
            waiver.expires, waiver.approved_by, waiver.reason
        )),
    };
    format!("{decided}{} at {place}: {message}", finding.severity)
}

fn lacking(item: &Inconclusive) -> String {
    clean(&format!("inconclusive without {}", item.missing.join(", ")))
}

fn help(finding: &Finding) -> Vec<String> {
    let help = clean(&finding.remediation);
    let help = (!help.is_empty()).then(|| format!("help: {help}"));
    let see = finding.references.iter();
    let see = see.map(|url| format!("see: {}", clean(url)));
    help.into_iter().chain(see).collect()
}

/// `assume_breach.AB-101`, of which build servers make a package and a class.
fn class(rule: &RuleInfo) -> String {
    match rule.principle {
        Some(principle) => clean(&format!("{principle}.{}", rule.id)),
        None => clean(&rule.id),
    }
}

/// The cases that no file has: errors, what is not configured, and rules that say nothing of any subject.
fn run(report: &Report, rules: &[RuleInfo], told: &BTreeSet<&str>) -> Vec<Case> {
    let mut cases = errors(&report.errors);
    let waiting = report.not_configured.iter();
    let waiting: BTreeMap<_, _> = waiting.map(|w| (w.rule.as_str(), &w.needs)).collect();
    let silent = rules.iter();
    let mut silent: Vec<_> = silent
        .filter(|rule| !told.contains(rule.id.as_str()))
        .collect();
    silent.sort_by_key(|rule| &rule.id);
    for rule in silent {
        let skipped = |message: String| {
            Outcome::Skipped(Reason {
                message: clean(&message),
                ..Reason::default()
            })
        };
        let has_judged = rule.applies_to.iter().any(|kind| were_judged(report, kind));
        let outcome = if let Some(needs) = waiting.get(rule.id.as_str()) {
            skipped(format!("not configured without {}", needs.join(", ")))
        } else if !has_judged {
            continue;
        } else if report.errors.is_empty() {
            Outcome::Passed
        } else {
            skipped("it found nothing, and not everything was judged: see the errors".to_owned())
        };
        let name = format!("{} {}", rule.id, rule.title);
        cases.push(case(class(rule), &name, outcome));
    }
    cases
}

/// Whether there were subjects of that kind. What stands for all subjects of a run is not counted.
fn were_judged(report: &Report, kind: &str) -> bool {
    let summary = &report.summary;
    summary.kinds.contains_key(kind) || kind == INVENTORY && summary.subjects > 0
}

/// A report without a case would be taken for one that was not written.
fn nothing(report: &Report) -> Case {
    let outcome = if report.summary.subjects > 0 {
        Outcome::Passed
    } else {
        Outcome::Skipped(Reason {
            message: "there was nothing to judge".to_owned(),
            ..Reason::default()
        })
    };
    case("run".to_owned(), "the run", outcome)
}

/// Errors that say the same of one file are one case.
fn errors(errors: &[Problem]) -> Vec<Case> {
    let mut by_name: BTreeMap<String, Vec<&Problem>> = BTreeMap::new();
    for error in errors {
        let place = error.location.as_ref();
        let place = place.map(|place| format!("{}: ", place.path));
        let name = format!("{}{}", place.unwrap_or_default(), error.message);
        by_name.entry(name).or_default().push(error);
    }
    let one = |(name, errors): (String, Vec<&Problem>)| {
        let kind = errors.first().map_or("", |error| error.kind.as_str());
        let reason = Reason {
            message: clean(&name),
            kind: kind.to_owned(),
            text: errors
                .into_iter()
                .flat_map(error_lines)
                .collect::<Vec<_>>()
                .join("\n"),
        };
        case(format!("error.{kind}"), &name, Outcome::Error(reason))
    };
    by_name.into_iter().map(one).collect()
}

fn error_lines(error: &Problem) -> Vec<String> {
    let place = error.location.as_ref().map(show_place);
    let place = place.map(|place| format!("at {place}: "));
    let first = format!("{}{}", place.unwrap_or_default(), clean(&error.message));
    let help = error.help.as_ref();
    let help = help.map(|help| format!("help: {}", clean(help)));
    std::iter::once(first).chain(help).collect()
}

#[cfg(test)]
mod tests;

//! The diff as a comment on a pull request: what a reviewer must know first comes first.
//!
//! Whatever comes from a document stands in a code span, where it is neither markup, nor a link, nor a mention.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::{applications, new_findings, severities};
use crate::diff::{Diff, Difference, Effect, Piece, State};
use crate::finding::{Finding, Location, Severity};
use crate::normalize::Kind;
use crate::report::Problem;
use crate::report::table::clean;

/// GitHub takes no longer comment.
const LIMIT: usize = 65_536;
/// Room for the line that says what was left out.
const RESERVE: usize = 200;
/// Longer values are cut.
const LONGEST_VALUE: usize = 300;

/// Writes the diff as Markdown of at most 65536 bytes. What does not fit is counted.
///
/// # Errors
/// What the writer returns.
pub fn render(diff: &Diff, writer: &mut dyn Write) -> io::Result<()> {
    let mut lines = vec![heading(diff), String::new()];
    let (old, new) = (code(&diff.old.name), code(&diff.new.name));
    lines.push(format!("{old} → {new}: {}.", applications(diff)));
    section(&mut lines, "Could not be completed", errors(diff));
    let findings = new_findings(diff);
    let findings = findings.into_iter().map(|one| finding(diff, one));
    section(&mut lines, "New findings", findings.collect());
    if !diff.applications.is_empty() {
        lines.extend([String::new(), "#### What changes".to_owned()]);
        let all = diff.applications.iter();
        lines.extend(all.flat_map(application));
    }
    let not_judged = not_judged(diff);
    section(&mut lines, "Not judged", not_judged);
    let gone = diff.gone.iter().map(|one| finding(diff, one));
    section(&mut lines, "Gone findings", gone.collect());
    for line in fitting(lines) {
        writeln!(writer, "{line}")?;
    }
    Ok(())
}

fn heading(diff: &Diff) -> String {
    let summary = &diff.report.summary;
    let number = summary.findings.total();
    let new = match number {
        0 => "no new findings".to_owned(),
        1 => format!("1 new finding ({})", severities(diff)),
        _ => format!("{number} new findings ({})", severities(diff)),
    };
    let gone = match diff.gone.len() {
        0 => String::new(),
        number => format!(", {number} gone"),
    };
    let errors = match summary.errors {
        0 => String::new(),
        1 => ", 1 error".to_owned(),
        number => format!(", {number} errors"),
    };
    format!("### ztvet: {new}{gone}{errors}")
}

fn section(lines: &mut Vec<String>, title: &str, items: Vec<String>) {
    if items.is_empty() {
        return;
    }
    lines.extend([String::new(), format!("#### {title}"), String::new()]);
    lines.extend(items);
}

fn errors(diff: &Diff) -> Vec<String> {
    let error = |problem: &Problem| {
        let place = problem.location.as_ref().map(place).unwrap_or_default();
        format!("- ⚠️ {}{place}", code(&problem.message))
    };
    diff.report.errors.iter().map(error).collect()
}

fn finding(diff: &Diff, finding: &Finding) -> String {
    let mark = mark(finding.severity);
    let subject = &finding.subject;
    let name = subject.name.as_deref().or(subject.id.as_deref());
    // With one application, its name is no news.
    let name = name.filter(|_| diff.old.applications.max(diff.new.applications) > 1);
    let name = name.map(|name| format!("{}: ", code(name)));
    format!(
        "- {mark} **{}** {} {}{}{}",
        finding.severity,
        code(&finding.rule),
        name.unwrap_or_default(),
        code(&finding.message),
        place(&finding.location)
    )
}

const fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "🟣",
        Severity::High => "🔴",
        Severity::Medium => "🟠",
        Severity::Low => "🔵",
        Severity::Info => "⚪",
    }
}

fn application(one: &Difference) -> Vec<String> {
    let subject = &one.subject;
    let name = subject.name.as_deref().or(subject.id.as_deref());
    let path = match (&one.old_path, &one.new_path) {
        (_, Some(path)) | (Some(path), None) => format!(", {}", code(path)),
        (None, None) => String::new(),
    };
    let state = match one.state {
        State::Changed => "",
        State::Added => " **added**: all its findings are new",
        State::Removed => " **removed**",
    };
    let id = subject.id.as_deref().filter(|_| subject.name.is_some());
    let id = id.map(|id| format!(" ({})", code(id))).unwrap_or_default();
    let name = code(name.unwrap_or("unnamed"));
    let mut lines = vec![String::new(), format!("**{name}**{id}{path}{state}")];
    if !one.changes.is_empty() {
        lines.push(String::new());
    }
    for item in &one.changes {
        let sign = match item.effect {
            Effect::Gained => "➕",
            Effect::Lost => "➖",
            Effect::Changed => "✏️",
        };
        let pieces = item.sentence().into_iter().map(|piece| match piece {
            Piece::Words(words) => words,
            Piece::Value(value) => code(value),
        });
        let sentence: String = pieces.collect();
        lines.push(format!("- {sign} {sentence}"));
    }
    lines
}

/// What is not known of the changes in full, and of the rest how much it is.
fn not_judged(diff: &Diff) -> Vec<String> {
    let inconclusive = &diff.report.inconclusive;
    let (changes, others): (Vec<_>, Vec<_>) = inconclusive
        .iter()
        .partition(|item| item.subject.kind == Kind::Change.as_str());
    let mut facts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for item in changes {
        for fact in &item.missing {
            facts.entry(&item.rule).or_default().insert(fact);
        }
    }
    let mut lines: Vec<String> = facts
        .into_iter()
        .map(|(rule, facts)| {
            let facts: Vec<String> = facts.into_iter().map(code).collect();
            format!("- {} lacks {}", code(rule), facts.join(", "))
        })
        .collect();
    if !others.is_empty() {
        let number = others.len();
        lines.push(format!(
            "- checks of the new version that lack facts which the old one has: {number}"
        ));
    }
    if !diff.unjudged.is_empty() {
        let (number, old) = (diff.unjudged.len(), code(&diff.old.name));
        lines.push(format!(
            "- findings of {old} that may be there still: {number}"
        ));
    }
    lines
}

fn place(location: &Location) -> String {
    let path = &location.path;
    let place = match location.line {
        Some(line) => format!("{path}:{line}"),
        None => path.clone(),
    };
    format!(" ({})", code(&place))
}

/// The text as a code span on one line, fenced by more backticks than it has in a row.
fn code(text: &str) -> String {
    let text = clean(text);
    let mut text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = text.char_indices().nth(LONGEST_VALUE) {
        text.truncate(cut);
        text.push('…');
    }
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let pad = if text.contains('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The lines that fit, and how many do not.
fn fitting(lines: Vec<String>) -> Vec<String> {
    let size = |line: &String| line.len() + 1;
    if lines.iter().map(size).sum::<usize>() <= LIMIT {
        return lines;
    }
    let total = lines.len();
    let mut left = LIMIT - RESERVE;
    let mut kept = Vec::new();
    for line in lines {
        let Some(less) = left.checked_sub(size(&line)) else {
            break;
        };
        left = less;
        kept.push(line);
    }
    let number = total - kept.len();
    kept.extend([
        String::new(),
        format!("{number} more lines do not fit into a comment; `ztvet diff --format table` prints them all."),
    ]);
    kept
}

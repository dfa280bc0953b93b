//! The report for spreadsheets: CSV as RFC 4180 has it.

use std::io::{self, Write};

use crate::finding::{Finding, Location, Status, SubjectRef};
use crate::report::guard::is_invisible;
use crate::report::table::text::{clean, show_path};
use crate::report::{Problem, Report};

/// The first line.
const HEADER: [&str; 20] = [
    "type",
    "status",
    "severity",
    "rule",
    "title",
    "principle",
    "message",
    "subject_kind",
    "subject_id",
    "subject_name",
    "path",
    "line",
    "column",
    "pointer",
    "remediation",
    "reference",
    "fingerprint",
    "waiver_reason",
    "waiver_approved_by",
    "waiver_expires",
];

/// Writes a header and a record for each finding, inconclusive check, error, note, rule that is not configured, and skipped
/// file; the first column says which.
///
/// Nothing in it is a formula: what a spreadsheet would evaluate has an apostrophe before it.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, writer: &mut dyn Write) -> io::Result<()> {
    write!(writer, "{}\r\n", HEADER.join(","))?;
    let errors = report.errors.iter().map(|one| problem("error", one));
    let findings = report.findings.iter().map(finding);
    let inconclusive = report.inconclusive.iter().map(|one| Record {
        kind: "inconclusive",
        rule: &one.rule,
        message: format!("inconclusive without {}", one.missing.join(", ")),
        subject: Some(&one.subject),
        path: &one.path,
        ..Record::default()
    });
    let waiting = report.not_configured.iter().map(|one| Record {
        kind: "not_configured",
        rule: &one.rule,
        message: format!("not configured without {}", one.needs.join(", ")),
        ..Record::default()
    });
    let notes = report.notes.iter().map(|one| problem("note", one));
    let skipped = report.skipped.iter().map(|one| Record {
        kind: "skipped",
        message: one.reason.clone(),
        path: &one.path,
        ..Record::default()
    });
    let records = errors.chain(findings).chain(inconclusive).chain(waiting);
    for record in records.chain(notes).chain(skipped) {
        record.write(writer)?;
    }
    Ok(())
}

/// What a line of the file says.
#[derive(Default)]
struct Record<'a> {
    kind: &'a str,
    rule: &'a str,
    message: String,
    subject: Option<&'a SubjectRef>,
    path: &'a str,
    place: Option<&'a Location>,
    remediation: &'a str,
    finding: Option<&'a Finding>,
}

fn finding(finding: &Finding) -> Record<'_> {
    Record {
        kind: "finding",
        rule: &finding.rule,
        message: finding.message.clone(),
        subject: Some(&finding.subject),
        path: &finding.location.path,
        place: Some(&finding.location),
        remediation: &finding.remediation,
        finding: Some(finding),
    }
}

fn problem<'a>(kind: &'a str, problem: &'a Problem) -> Record<'a> {
    Record {
        kind,
        message: problem.message.clone(),
        path: problem.location.as_ref().map_or("", |place| &place.path),
        place: problem.location.as_ref(),
        remediation: problem.help.as_deref().unwrap_or_default(),
        ..Record::default()
    }
}

impl Record<'_> {
    fn write(&self, writer: &mut dyn Write) -> io::Result<()> {
        let number = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
        let place = self.place;
        let subject = self.subject;
        let finding = self.finding;
        let waiver = finding.and_then(|finding| finding.waiver.as_ref());
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let fields: [String; HEADER.len()] = [
            self.kind.to_owned(),
            text(finding.map(|finding| status(finding.status))),
            text(finding.map(|finding| finding.severity.as_str())),
            self.rule.to_owned(),
            text(finding.map(|finding| finding.title.as_str())),
            text(finding.and_then(|f| f.principle).map(|p| p.as_str())),
            self.message.clone(),
            text(subject.map(|subject| subject.kind.as_str())),
            text(subject.and_then(|subject| subject.id.as_deref())),
            text(subject.and_then(|subject| subject.name.as_deref())),
            show_path(self.path),
            number(place.and_then(|place| place.line)),
            number(place.and_then(|place| place.column)),
            text(place.map(|place| place.pointer.as_str())),
            self.remediation.to_owned(),
            text(
                finding
                    .and_then(|f| f.references.first())
                    .map(String::as_str),
            ),
            text(finding.map(|finding| finding.fingerprint.as_str())),
            text(waiver.map(|waiver| waiver.reason.as_str())),
            text(waiver.map(|waiver| waiver.approved_by.as_str())),
            text(waiver.map(|waiver| waiver.expires.as_str())),
        ];
        write!(writer, "{}\r\n", fields.map(|one| field(&one)).join(","))
    }
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Waived => "waived",
        Status::Baseline => "baseline",
    }
}

/// A field, in quotes where it needs them.
fn field(text: &str) -> String {
    let text = without_formula(&clean(text));
    if text.contains(['"', ',', ';']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// An apostrophe before what would start a formula: at the start of a field, and after a semicolon, at which spreadsheets
/// of many languages part a line.
fn without_formula(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut could_start = true;
    for character in text.chars() {
        if could_start && starts_formula(character) {
            safe.push('\'');
        }
        could_start = match character {
            ';' => true,
            ' ' | '"' => could_start,
            hidden if is_invisible(hidden) => could_start,
            _ => false,
        };
        safe.push(character);
    }
    safe
}

/// As the first character of a field, in the width of East Asian text as well.
const fn starts_formula(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

#[cfg(test)]
mod tests;

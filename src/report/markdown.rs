//! The report for reviewers: Markdown for a comment or a job summary. What matters is on top, and the rest is folded.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::config::FailOn;
use crate::finding::{Acceptance, Finding, Severity, Status};
use crate::report::table::text::{count, show_place, show_subject};
use crate::report::table::{inconclusive, judged, not_configured, skipped};
use crate::report::{Problem, Report, Verdict};
use escape::{code, link, text};
use page::{Page, Section};

mod escape;
mod page;

/// Writes the report as Markdown, as GitHub and GitLab have it. It is never longer than a comment on GitHub may be, and
/// says what it leaves out.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, fail_on: FailOn, writer: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(top(report, fail_on));
    page.add(&errors(report));
    page.add(&findings(report));
    page.add(&remedies(report));
    page.add(&waived(report));
    page.add(&known(report));
    for section in remarks(report) {
        page.add(&section);
    }
    writer.write_all(page.finish().as_bytes())
}

/// The verdict, the counts, and what was judged.
fn top(report: &Report, fail_on: FailOn) -> String {
    let summary = &report.summary;
    let verdict = verdict(report, fail_on);
    let rule = match fail_on {
        FailOn::Never => "No finding fails this check.".to_owned(),
        FailOn::New => "Any finding that is not in the baseline fails this check.".to_owned(),
        FailOn::Info => "Any finding fails this check.".to_owned(),
        FailOn::Critical => "Findings of severity critical fail this check.".to_owned(),
        FailOn::High | FailOn::Medium | FailOn::Low => {
            let severity = fail_on.threshold().map_or("", Severity::as_str);
            format!("Findings of severity {severity} and above fail this check.")
        }
    };
    let mut counts: Vec<(&str, usize)> = Severity::ALL
        .into_iter()
        .map(|severity| (severity.as_str(), summary.findings.get(severity)))
        .collect();
    counts.push(("waived", summary.waived));
    if report.baseline.is_some() {
        counts.push(("in the baseline", summary.baseline));
    }
    counts.push(("inconclusive", summary.inconclusive));
    counts.push(("errors", summary.errors));
    let names: Vec<&str> = counts.iter().map(|(name, _)| *name).collect();
    let numbers: Vec<String> = counts.iter().map(|(_, n)| bold_unless_zero(*n)).collect();
    let line = "| --: ".repeat(counts.len());
    let judged = text(&judged(summary));
    format!(
        "## {verdict}\n\n{rule}\n\n| {} |\n{line}|\n| {} |\n\nztvet {judged}.\n",
        names.join(" | "),
        numbers.join(" | "),
    )
}

fn bold_unless_zero(number: usize) -> String {
    if number == 0 {
        "0".to_owned()
    } else {
        format!("**{number}**")
    }
}

fn verdict(report: &Report, fail_on: FailOn) -> String {
    let summary = &report.summary;
    let open = count(summary.findings.total(), "open finding");
    let inconclusive = count(summary.inconclusive, "check");
    match report.verdict(fail_on) {
        Verdict::Incomplete => {
            let errors = count(summary.errors, "error");
            format!("❌ ztvet could not complete: {errors}")
        }
        Verdict::Failed => format!("❌ ztvet failed: {open}"),
        Verdict::Passed if summary.findings.total() > 0 => {
            format!("⚠️ ztvet passed, with {open}")
        }
        Verdict::Passed if summary.subjects == 0 => {
            "⚠️ ztvet passed, for there was nothing to judge".to_owned()
        }
        Verdict::Passed if summary.inconclusive > 0 => {
            format!("⚠️ ztvet passed, but {inconclusive} could not be made")
        }
        Verdict::Passed => "✅ ztvet passed".to_owned(),
    }
}

fn errors(report: &Report) -> Section {
    Section {
        title: "Errors",
        items: report.errors.iter().map(problem).collect(),
        share: 2,
        ..Section::default()
    }
}

fn problem(problem: &Problem) -> String {
    let place = problem.location.as_ref();
    let place = place.map(|place| format!(" at {}", code(&show_place(place))));
    let place = place.unwrap_or_default();
    let help = problem.help.as_ref();
    let help = help.map(|help| format!(" *Help:* {}", text(help)));
    let help = help.unwrap_or_default();
    let kind = problem.kind.as_str();
    format!("- **{kind}**{place}: {}{help}\n", text(&problem.message))
}

fn findings(report: &Report) -> Section {
    let row = |finding: &Finding| {
        let severity = finding.severity;
        format!("| {severity} {}", cells(finding))
    };
    Section {
        title: "Findings",
        table: "| severity | rule | finding | subject | where |\n| --- | --- | --- | --- | --- |\n",
        items: report.riskiest(Status::Open).into_iter().map(row).collect(),
        share: 4,
        ..Section::default()
    }
}

/// What all tables of findings show.
fn cells(finding: &Finding) -> String {
    let subject = text(&show_subject(&finding.subject));
    let (rule, place) = (code(&finding.rule), code(&show_place(&finding.location)));
    let message = text(&finding.message);
    format!("| {rule} | {message} | {subject} | {place} |\n")
}

/// How to mend what is open, once a rule.
fn remedies(report: &Report) -> Section {
    let mut told = BTreeSet::new();
    let open = report.riskiest(Status::Open).into_iter();
    let first = open.filter(|finding| told.insert((&finding.rule, &finding.remediation)));
    let item = |finding: &Finding| {
        let see: Vec<String> = finding
            .references
            .iter()
            .filter_map(|url| link(url))
            .collect();
        let see = if see.is_empty() {
            String::new()
        } else {
            format!(" See {}.", see.join(", "))
        };
        let (rule, title) = (code(&finding.rule), text(&finding.title));
        format!(
            "- {rule} **{title}.** {}{see}\n",
            text(&finding.remediation)
        )
    };
    let items: Vec<String> = first.map(item).collect();
    Section {
        title: "How to mend them",
        folded: Some(items.len()),
        items,
        ..Section::default()
    }
}

fn waived(report: &Report) -> Section {
    let row = |finding: &Finding| {
        let waiver = finding.waiver.as_ref().map(acceptance).unwrap_or_default();
        let cells = cells(finding);
        format!("| {} {} {waiver}\n", finding.severity, cells.trim_end())
    };
    Section {
        title: "Waived",
        folded: Some(report.summary.waived),
        table: "| severity | rule | finding | subject | where | reason | approved by | until |\n\
                | --- | --- | --- | --- | --- | --- | --- | --- |\n",
        items: report
            .riskiest(Status::Waived)
            .into_iter()
            .map(row)
            .collect(),
        ..Section::default()
    }
}

fn acceptance(waiver: &Acceptance) -> String {
    let words = [&waiver.reason, &waiver.approved_by, &waiver.expires];
    let words = words.map(|word| text(word));
    format!("{} |", words.join(" | "))
}

fn known(report: &Report) -> Section {
    let row = |finding: &Finding| format!("| {} {}", finding.severity, cells(finding));
    Section {
        title: "In the baseline",
        folded: Some(report.summary.baseline),
        table: "| severity | rule | finding | subject | where |\n| --- | --- | --- | --- | --- |\n",
        items: report
            .riskiest(Status::Baseline)
            .into_iter()
            .map(row)
            .collect(),
        ..Section::default()
    }
}

/// What else there is to know.
fn remarks(report: &Report) -> [Section; 4] {
    let list = |title, number, items: Vec<String>| Section {
        title,
        folded: Some(number),
        items: items
            .iter()
            .map(|item| format!("- {}\n", text(item)))
            .collect(),
        ..Section::default()
    };
    let waiting = report.not_configured.len();
    [
        list(
            "Inconclusive",
            report.inconclusive.len(),
            inconclusive(report),
        ),
        list("Not configured", waiting, not_configured(report)),
        list("Skipped", report.summary.skipped, skipped(report)),
        Section {
            title: "Notes",
            folded: Some(report.notes.len()),
            items: report.notes.iter().map(problem).collect(),
            ..Section::default()
        },
    ]
}

#[cfg(test)]
mod tests;

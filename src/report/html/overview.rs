//! The head of the page: the verdict, the findings by severity, and the posture by principle and practice.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::text::escaped;
use crate::finding::{Principle, Severity};
use crate::report::posture::{Outcome, Outcomes, PracticePosture, PrinciplePosture};
use crate::report::table::text::count;
use crate::report::{Report, Summary, table};

/// The length of a whole bar, in the units of its drawing.
const LENGTH: usize = 1000;

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (name, version) = (&report.tool.name, &report.tool.version);
    write!(
        out,
        r#"<header class="page"><div><h1>Zero Trust posture</h1>
<p class="meta">{} {}, <time datetime="{now}">{day}</time>: {}</p></div>
<button type="button" id="theme" hidden>Theme: auto</button></header>
<nav aria-label="Parts of the report">{}</nav>
<main>
<section aria-labelledby="summary"><h2 id="summary">Summary</h2>
"#,
        escaped(name),
        escaped(version),
        escaped(&table::judged(&report.summary)),
        parts(report),
        now = escaped(&report.now),
        day = escaped(&report.now.replace('T', " ").replace('Z', " UTC")),
    )?;
    verdict(report, out)?;
    out.write_all(b"<div class=\"cards two\">")?;
    severities(&report.summary, out)?;
    checks(report, out)?;
    out.write_all(b"</div></section>\n")
}

/// Links to the parts that there are.
fn parts(report: &Report) -> String {
    let parts = [
        ("posture", "Posture", report.posture.principles.len()),
        ("findings", "Findings", report.findings.len()),
        ("errors", "Errors", report.errors.len()),
        ("waivers", "Waivers", report.waivers.len()),
        ("inconclusive", "Inconclusive", report.inconclusive.len()),
        (
            "not-configured",
            "Not configured",
            report.not_configured.len(),
        ),
        ("notes", "Notes", report.notes.len()),
        ("skipped", "Skipped", report.skipped.len()),
    ];
    let there = parts
        .into_iter()
        .filter(|(id, _, number)| *number > 0 || *id == "findings");
    there
        .map(|(id, name, number)| {
            let number = match id {
                "posture" => String::new(),
                _ => format!(" <span>{number}</span>"),
            };
            format!("<a href=\"#{id}\">{name}{number}</a>")
        })
        .collect()
}

/// What the run comes to, in a sentence. It is not clean when something was not judged.
fn verdict(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let summary = &report.summary;
    let open = summary.findings.total();
    let (mood, text) = match (summary.errors, open, summary.subjects) {
        (0, 0, 0) => ("doubt", "There was nothing to judge.".to_owned()),
        (0, 0, _) if summary.inconclusive > 0 => {
            let checks = count(summary.inconclusive, "check");
            (
                "doubt",
                format!("No open findings, but {checks} could not be made."),
            )
        }
        (0, 0, _) => ("good", "No open findings.".to_owned()),
        (0, open, _) => ("bad", format!("{}.", count(open, "open finding"))),
        (errors, open, _) => {
            let (open, errors) = (count(open, "open finding"), count(errors, "error"));
            (
                "bad",
                format!("{open}, and {errors}: not everything was judged."),
            )
        }
    };
    write!(out, r#"<p class="verdict {mood}"><strong>{text}</strong>"#)?;
    for more in also(report) {
        write!(out, " <span>{}</span>", escaped(&more))?;
    }
    out.write_all(b"</p>\n")
}

fn also(report: &Report) -> Vec<String> {
    let waived = report.summary.waived;
    let waived = (waived > 0).then(|| format!("{} waived.", count(waived, "finding")));
    let compared = report.baseline.as_ref().map(|baseline| {
        let (known, gone) = (report.summary.baseline, baseline.gone);
        let all = count(baseline.findings, "finding");
        let path = &baseline.path;
        format!("Of the {all} in {path} {known} are still there, and {gone} are gone.")
    });
    waived.into_iter().chain(compared).collect()
}

/// Open findings by severity, each with a bar.
fn severities(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let most = Severity::ALL.map(|severity| summary.findings.get(severity));
    let most = most.into_iter().max().unwrap_or_default();
    out.write_all(b"<div class=\"card\"><h3>Open findings by severity</h3><dl class=\"chart\">")?;
    for severity in Severity::ALL {
        let number = summary.findings.get(severity);
        let bar = bar(&[(severity.as_str(), number)], most);
        write!(
            out,
            "<div><dt>{severity}</dt><dd class=\"number\">{number}</dd><dd>{bar}</dd></div>"
        )?;
    }
    out.write_all(b"</dl></div>")
}

/// All checks by what came of them.
fn checks(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let posture = &report.posture;
    write!(
        out,
        "<div class=\"card\"><h3>Checks</h3>{}{}{}<p class=\"hint\">A check is one rule on one subject. {}</p></div>",
        passed(&posture.checks),
        stacked(&posture.checks),
        legend(&posture.checks),
        rules(&posture.rules),
    )
}

/// `Of 157 rules 21 failed, …`
fn rules(rules: &Outcomes) -> String {
    let all = rules.total() + rules.not_applicable;
    let there = Outcome::ALL.into_iter();
    let there = there.filter(|outcome| rules.get(*outcome) > 0);
    let there: Vec<String> = there
        .map(|outcome| format!("{} {}", rules.get(outcome), outcome.as_str()))
        .collect();
    if there.is_empty() {
        return String::new();
    }
    format!(
        "Of {}, by their worst check: {}.",
        count(all, "rule"),
        there.join(", ")
    )
}

/// `178 of 300 checks passed (59 %)`
fn passed(checks: &Outcomes) -> String {
    match checks.percent_passed() {
        Some(percent) => format!(
            "<p class=\"passed\"><strong>{percent} %</strong> passed: {} of {} checks</p>",
            checks.passed,
            checks.total()
        ),
        None => "<p class=\"passed\">Nothing was checked</p>".to_owned(),
    }
}

/// The outcomes that there are, with their colours, in the order of the bar.
fn legend(checks: &Outcomes) -> String {
    let there = Outcome::ALL.into_iter().rev();
    let there = there.filter(|outcome| checks.get(*outcome) > 0);
    let items: String = there
        .map(|outcome| {
            let (class, number) = (class(outcome), checks.get(outcome));
            format!(
                "<li class=\"key {class}\">{number} {}</li>",
                outcome.as_str()
            )
        })
        .collect();
    format!("<ul class=\"legend\">{items}</ul>")
}

const fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Failed => "failed",
        Outcome::Error => "error",
        Outcome::Inconclusive => "inconclusive",
        Outcome::NotConfigured => "not-configured",
        Outcome::Waived => "waived",
        Outcome::Passed => "passed",
        Outcome::NotApplicable => "not-applicable",
    }
}

/// What passed stands first in a bar.
fn stacked(checks: &Outcomes) -> String {
    let mut parts = Outcome::ALL.map(|outcome| (class(outcome), checks.get(outcome)));
    parts.reverse();
    bar(&parts, checks.total())
}

/// A bar of parts. Its numbers stand beside it, so that nobody needs to see it.
fn bar(parts: &[(&str, usize)], whole: usize) -> String {
    if whole == 0 {
        return String::new();
    }
    let scaled = |number: usize| (number * LENGTH).checked_div(whole).unwrap_or_default();
    let mut svg = format!(
        "<svg class=\"bar\" viewBox=\"0 0 {LENGTH} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">"
    );
    let mut before = 0;
    for (class, number) in parts.iter().filter(|(_, number)| *number > 0) {
        let (start, end) = (scaled(before), scaled(before + number));
        // What is there can be seen.
        let width = (end - start).max(4);
        svg += &format!("<rect class=\"{class}\" x=\"{start}\" width=\"{width}\" height=\"10\"/>");
        before += number;
    }
    svg + "</svg>"
}

/// The posture by principle; `anchors` lead to the findings of a rule.
pub(super) fn write_posture(
    report: &Report,
    anchors: &BTreeMap<&str, String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if report.posture.principles.is_empty() {
        return Ok(());
    }
    out.write_all(
        b"<section aria-labelledby=\"posture\"><h2 id=\"posture\">Posture by principle</h2><div class=\"cards\">",
    )?;
    for principle in &report.posture.principles {
        of_principle(principle, anchors, out)?;
    }
    out.write_all(b"</div></section>\n")
}

fn of_principle(
    posture: &PrinciplePosture,
    anchors: &BTreeMap<&str, String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let checks = &posture.checks;
    write!(
        out,
        "<div class=\"card\"><h3>{}</h3>{}{}{}",
        posture
            .principle
            .map_or("Without a principle", Principle::title),
        passed(checks),
        stacked(checks),
        legend(checks),
    )?;
    // What there was nothing to check of stands last.
    let is_idle = |practice: &&PracticePosture| practice.checks.total() == 0;
    let (idle, checked): (Vec<_>, Vec<_>) = posture.practices.iter().partition(is_idle);
    for practice in checked.into_iter().chain(idle) {
        of_practice(practice, anchors, out)?;
    }
    out.write_all(b"</div>")
}

fn of_practice(
    posture: &PracticePosture,
    anchors: &BTreeMap<&str, String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let checks = &posture.checks;
    let name = posture.practice.as_deref().unwrap_or("No practice");
    let title = posture.title.as_deref().unwrap_or_default();
    let of = match checks.total() {
        0 => "nothing to check".to_owned(),
        total => format!("{} of {total} passed", checks.passed),
    };
    write!(
        out,
        "<details class=\"practice\"><summary><span class=\"name\"><b>{}</b> {}</span> <span class=\"of\">{of}</span>{}</summary>",
        escaped(name),
        escaped(title),
        stacked(checks),
    )?;
    for (outcome, rules) in &posture.rules {
        let class = class(*outcome);
        write!(
            out,
            "<p><span class=\"key {class}\">{}</span>",
            outcome.as_str()
        )?;
        for rule in rules {
            match anchors.get(rule.as_str()) {
                Some(anchor) => write!(out, " <a href=\"#{anchor}\">{}</a>", escaped(rule))?,
                None => write!(out, " <span>{}</span>", escaped(rule))?,
            }
        }
        out.write_all(b"</p>")?;
    }
    out.write_all(b"</details>")
}

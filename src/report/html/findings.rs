//! The findings, by rule, the worst first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use super::text::{escaped, link, prose, subject};
use crate::finding::{Acceptance, Finding, Principle, Severity, Snippet, Status};
use crate::report::Report;
use crate::report::sarif::RuleInfo;
use crate::report::table::clean;
use crate::report::table::text::{count, show_place};

/// From this number on, findings are laid out only when they come into sight.
const MANY: usize = 300;

/// The findings of one rule, the worst first.
struct Group<'a> {
    rule: &'a str,
    first: &'a Finding,
    findings: Vec<&'a Finding>,
}

impl<'a> Group<'a> {
    fn new((rule, mut findings): (&'a str, Vec<&'a Finding>)) -> Option<Self> {
        findings.sort_by_key(|f| (f.status != Status::Open, Reverse(f.severity)));
        let first = *findings.first()?;
        Some(Self {
            rule,
            first,
            findings,
        })
    }

    /// The worst that is open, if any is.
    fn worst(&self) -> (Option<Severity>, Severity) {
        let open = self.findings.iter().filter(|f| f.status == Status::Open);
        (open.map(|f| f.severity).max(), self.first.severity)
    }
}

fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut by_rule: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        by_rule.entry(&finding.rule).or_default().push(finding);
    }
    let mut groups: Vec<Group<'_>> = by_rule.into_iter().filter_map(Group::new).collect();
    groups.sort_by_key(|group| Reverse(group.worst()));
    groups
}

/// Where the findings of each rule stand in the page.
pub(super) fn anchors(report: &Report) -> BTreeMap<&str, String> {
    let groups = groups(report).into_iter().enumerate();
    groups
        .map(|(number, group)| (group.rule, anchor(number)))
        .collect()
}

fn anchor(number: usize) -> String {
    format!("rule-{}", number + 1)
}

pub(super) fn write(report: &Report, rules: &[RuleInfo], out: &mut dyn Write) -> io::Result<()> {
    let all = report.findings.len();
    write!(
        out,
        "<section aria-labelledby=\"findings\"{}><h2 id=\"findings\" tabindex=\"-1\">Findings</h2>\n{}\
         <p id=\"shown\" role=\"status\" aria-live=\"polite\">{}</p>\n",
        if all > MANY { " class=\"many\"" } else { "" },
        include_str!("filter.html"),
        count(all, "finding"),
    )?;
    for (number, group) in groups(report).iter().enumerate() {
        let info = rules.iter().find(|rule| rule.id == group.rule);
        self::group(group, info, &anchor(number), out)?;
    }
    out.write_all(b"</section>\n")
}

fn group(
    group: &Group<'_>,
    info: Option<&RuleInfo>,
    anchor: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Finding {
        title,
        principle,
        severity,
        remediation,
        references,
        ..
    } = group.first;
    writeln!(
        out,
        "<details class=\"rule\" id=\"{anchor}\" data-rule=\"{rule}\" data-principle=\"{principle}\" open>\
         <summary><h3>{badge} <span class=\"id\">{rule}</span> {title}</h3> <span class=\"count\">{count}</span></summary>",
        rule = escaped(group.rule),
        principle = principle.map_or("Without a principle", Principle::title),
        badge = badge(*severity),
        title = escaped(title),
        count = group.findings.len(),
    )?;
    out.write_all(b"<div class=\"about\">")?;
    paragraph("Why", info.map_or("", |info| &info.description), out)?;
    paragraph("Mend it", remediation, out)?;
    let links: Vec<String> = references.iter().map(|reference| link(reference)).collect();
    if !links.is_empty() {
        write!(
            out,
            "<p><b>Read more</b> <span>{}</span></p>",
            links.join(" <br>")
        )?;
    }
    out.write_all(b"</div>\n<ul class=\"findings\">\n")?;
    for found in &group.findings {
        finding(found, remediation, out)?;
    }
    out.write_all(b"</ul></details>\n")
}

fn paragraph(name: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    write!(out, "<p><b>{name}</b> <span>{}</span></p>", prose(text))
}

fn finding(finding: &Finding, remediation: &str, out: &mut dyn Write) -> io::Result<()> {
    let place = &finding.location;
    let status = status(finding.status);
    write!(
        out,
        "<li data-severity=\"{}\" data-status=\"{status}\"><p class=\"message\">{}{} {}</p>\
         <p class=\"where\"><span class=\"subject\">{}</span> <span class=\"place\">{}</span></p>",
        finding.severity,
        badge(finding.severity),
        mark(finding.status),
        prose(&finding.message),
        escaped(&subject(&finding.subject, &place.path)),
        escaped(&show_place(place)),
    )?;
    if let Some((line, snippet)) = place.line.zip(place.snippet.as_ref()) {
        source(line, snippet, out)?;
    }
    if finding.remediation != remediation {
        paragraph("Mend it", &finding.remediation, out)?;
    }
    if let Some(waiver) = &finding.waiver {
        acceptance(waiver, out)?;
    }
    out.write_all(b"</li>\n")
}

fn badge(severity: Severity) -> String {
    format!("<span class=\"badge {severity}\">{severity}</span>")
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Waived => "waived",
        Status::Baseline => "baseline",
    }
}

/// That somebody has decided of it already.
const fn mark(status: Status) -> &'static str {
    match status {
        Status::Open => "",
        Status::Waived => " <span class=\"badge waived\">waived</span>",
        Status::Baseline => " <span class=\"badge known\">in the baseline</span>",
    }
}

/// The line of the source; what is wrong in it is marked, with carets under it.
fn source(line: u32, snippet: &Snippet, out: &mut dyn Write) -> io::Result<()> {
    let (before, marked, after) = parts(snippet);
    write!(
        out,
        "<div class=\"source\"><span class=\"line\">{line}</span><code>{}",
        escaped(before.trim_start()),
    )?;
    if !marked.is_empty() {
        write!(out, "<mark>{}</mark>", escaped(marked))?;
    }
    write!(out, "{}</code></div>", escaped(after))
}

fn parts(snippet: &Snippet) -> (&str, &str, &str) {
    let text = &snippet.text;
    let std::ops::Range { start, end } = snippet.highlight;
    let parts = text
        .get(..start)
        .zip(text.get(start..end))
        .zip(text.get(end..));
    parts.map_or((text, "", ""), |((before, marked), after)| {
        (before, marked, after)
    })
}

fn acceptance(waiver: &Acceptance, out: &mut dyn Write) -> io::Result<()> {
    let Acceptance {
        reason,
        approved_by,
        expires,
    } = waiver;
    let until = format!("until {}", clean(expires));
    write!(
        out,
        "<p class=\"waiver\"><b>Waived</b> {}: {}; approved by {}</p>",
        escaped(&until),
        escaped(reason),
        escaped(approved_by)
    )
}

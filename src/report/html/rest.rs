//! What else there is to know: errors, waivers, what was inconclusive, not configured or skipped.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::text::{escaped, prose};
use crate::report::table::text::{count, list, show_path, show_place};
use crate::report::{MissingFact, Problem, Report, WaiverState, WaiverUse};

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    problems("errors", "Errors", &report.errors, out)?;
    waivers(&report.waivers, out)?;
    inconclusive(report, out)?;
    not_configured(report, out)?;
    problems("notes", "Notes", &report.notes, out)?;
    skipped(report, out)?;
    out.write_all(b"</main>\n")
}

fn problems(id: &str, name: &str, problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    open(id, name, out)?;
    write!(out, "<ul class=\"problems {id}\">")?;
    for problem in problems {
        write!(out, "<li><p>{}</p>", prose(&problem.message))?;
        if let Some(place) = &problem.location {
            write!(
                out,
                "<p class=\"place\">{}</p>",
                escaped(&show_place(place))
            )?;
        }
        if let Some(help) = &problem.help {
            write!(out, "<p><b>Help</b> {}</p>", prose(help))?;
        }
        out.write_all(b"</li>")?;
    }
    out.write_all(b"</ul></section>\n")
}

fn waivers(waivers: &[WaiverUse], out: &mut dyn Write) -> io::Result<()> {
    if waivers.is_empty() {
        return Ok(());
    }
    open("waivers", "Waivers", out)?;
    let columns = [
        "Rule",
        "For",
        "State",
        "Findings",
        "Reason",
        "Approved by",
        "Until",
        "Place",
    ];
    let rows = waivers.iter().map(|waiver| {
        let of = [&waiver.subject, &waiver.at, &waiver.fingerprint];
        let of: Vec<&str> = of.into_iter().flatten().map(String::as_str).collect();
        let accepted = &waiver.acceptance;
        vec![
            ids([waiver.rule.as_str()]),
            cell(&list(of)),
            cell(state(waiver.state)),
            cell(&waiver.findings.to_string()),
            cell(&accepted.reason),
            cell(&accepted.approved_by),
            ids([accepted.expires.as_str()]),
            cell(&show_place(&waiver.location)),
        ]
    });
    table("Waivers", &columns, rows, out)?;
    out.write_all(b"</section>\n")
}

const fn state(state: WaiverState) -> &'static str {
    match state {
        WaiverState::Used => "used",
        WaiverState::Unused => "unused",
        WaiverState::Expired => "expired: waives nothing",
        WaiverState::NotJudged => "not judged",
    }
}

fn inconclusive(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.inconclusive.is_empty() {
        return Ok(());
    }
    open("inconclusive", "Inconclusive", out)?;
    let checks = count(report.inconclusive.len(), "check");
    write!(
        out,
        "<p class=\"hint\">{checks} lacked a fact that was not collected or is not known yet. They did not pass.</p>"
    )?;
    let rows = report.missing_facts().into_iter();
    let rows = rows.map(|missing: MissingFact<'_>| {
        vec![
            fact(missing.fact),
            ids(missing.rules),
            cell(&missing.subjects.to_string()),
        ]
    });
    table(
        "Inconclusive",
        &["Missing fact", "Rules", "Subjects"],
        rows,
        out,
    )?;
    out.write_all(b"</section>\n")
}

fn not_configured(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.not_configured.is_empty() {
        return Ok(());
    }
    open("not-configured", "Not configured", out)?;
    let rules = count(report.not_configured.len(), "rule");
    write!(
        out,
        "<p class=\"hint\">{rules} wait for keys of ztvet.yaml.</p>"
    )?;
    let rows = report.needed_keys().into_iter();
    let rows = rows.map(|(keys, rules)| {
        let keys = keys
            .iter()
            .map(|key| format!("<code>{}</code>", escaped(key)));
        vec![keys.collect::<Vec<_>>().join(" "), ids(rules)]
    });
    table(
        "Not configured",
        &["Key", "Rules that it enables"],
        rows,
        out,
    )?;
    out.write_all(b"</section>\n")
}

fn skipped(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.skipped.is_empty() {
        return Ok(());
    }
    let mut reasons: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in &report.skipped {
        reasons.entry(&file.reason).or_default().insert(&file.path);
    }
    open("skipped", "Skipped", out)?;
    for (reason, paths) in reasons {
        let number = count(paths.len(), "file");
        write!(
            out,
            "<details class=\"skipped\"><summary>{number}: {}</summary><ul>",
            escaped(reason)
        )?;
        for path in paths {
            write!(out, "<li>{}</li>", escaped(&show_path(path)))?;
        }
        out.write_all(b"</ul></details>")?;
    }
    out.write_all(b"</section>\n")
}

fn open(id: &str, name: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{name}</h2>"
    )
}

fn cell(text: &str) -> String {
    escaped(text).to_string()
}

/// A path that may be broken after its dots.
fn fact(path: &str) -> String {
    let path = escaped(path).to_string().replace('.', ".<wbr>");
    format!("<code>{path}</code>")
}

/// Words that are not broken.
fn ids<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words = words.into_iter();
    let words = words.map(|word| format!("<span>{}</span>", escaped(word)));
    words.collect::<Vec<_>>().join(" ")
}

/// A table that can be scrolled sideways where there is little room. The cells are markup.
fn table(
    name: &str,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(
        out,
        "<div class=\"scroll\" role=\"region\" aria-label=\"{name}, table\" tabindex=\"0\"><table><thead><tr>"
    )?;
    for column in columns {
        write!(out, "<th scope=\"col\">{column}</th>")?;
    }
    out.write_all(b"</tr></thead><tbody>")?;
    for row in rows {
        out.write_all(b"<tr>")?;
        for cell in row {
            write!(out, "<td>{cell}</td>")?;
        }
        out.write_all(b"</tr>\n")?;
    }
    out.write_all(b"</tbody></table></div>")
}

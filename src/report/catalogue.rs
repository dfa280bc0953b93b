//! The catalogue of rules: a list, a page of the book, or one rule explained. All of it comes from METADATA.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

use crate::finding::{Principle, Severity};
use crate::policy::{Case, Origin, Rule};
use crate::practice;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// The style of a severity.
#[must_use]
pub fn severity_style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Critical => AnsiColor::BrightMagenta,
        Severity::High => AnsiColor::BrightRed,
        Severity::Medium => AnsiColor::BrightYellow,
        Severity::Low => AnsiColor::BrightCyan,
        Severity::Info => AnsiColor::BrightBlue,
    };
    color.on_default().bold()
}

/// One line a rule: id, severity, principle, where it comes from, what runs it, and its title.
///
/// # Errors
/// When the writer fails.
pub fn table(rules: &[&Rule], writer: &mut dyn Write) -> io::Result<()> {
    let widest =
        |width: fn(&Rule) -> usize| rules.iter().map(|rule| width(rule)).max().unwrap_or(0);
    let width = widest(|rule| rule.id.len());
    let from = widest(|rule| source(rule).len());
    let machine = widest(|rule| rule.machine().as_str().len());
    for rule in rules {
        let style = severity_style(rule.severity);
        writeln!(
            writer,
            "{BOLD}{:width$}{BOLD:#}  {style}{:8}{style:#}  {:17}  {DIM}{:from$}  {:machine$}{DIM:#}  {}",
            rule.id,
            rule.severity,
            rule.principle.map_or("", Principle::as_str),
            source(rule),
            rule.machine().as_str(),
            rule.title,
        )?;
    }
    Ok(())
}

/// The file of a rule, or that it is bundled.
fn source(rule: &Rule) -> &str {
    match rule.origin {
        Origin::Bundled => "bundled",
        Origin::Custom => &rule.path,
    }
}

/// An array of rules.
///
/// # Errors
/// When the writer fails.
pub fn json(rules: &[&Rule], writer: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = rules.iter().map(|rule| described(rule)).collect();
    serde_json::to_writer_pretty(&mut *writer, &rules)?;
    writeln!(writer)
}

fn described(rule: &Rule) -> Value {
    let paths = |paths: &[crate::policy::FactPath]| -> Vec<String> {
        paths.iter().map(ToString::to_string).collect()
    };
    json!({
        "id": rule.id,
        "title": rule.title,
        "description": rule.description,
        "severity": rule.severity,
        "principle": rule.principle,
        "practice": rule.practice,
        "applies_to": rule.applies_to.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
        "requires": paths(&rule.requires),
        "requires_complete": paths(&rule.requires_complete),
        "uses": paths(&rule.uses),
        "remediation": rule.remediation,
        "references": rule.references,
        "parameters": rule.parameters,
        "package": rule.package,
        "origin": origin(rule),
        "path": rule.path,
        "machine": rule.machine().as_str(),
    })
}

fn origin(rule: &Rule) -> &'static str {
    match rule.origin {
        Origin::Bundled => "bundled",
        Origin::Custom => "custom",
    }
}

/// The page of the book, by principle.
///
/// # Errors
/// When the writer fails.
pub fn markdown(rules: &[&Rule], writer: &mut dyn Write) -> io::Result<()> {
    writeln!(writer, "# Rules\n")?;
    writeln!(
        writer,
        "{} rules. This page is made from their METADATA by `ztvet rules --format markdown`.",
        rules.len()
    )?;
    for principle in Principle::ALL.map(Some).into_iter().chain([None]) {
        let own: Vec<&&Rule> = rules
            .iter()
            .filter(|rule| rule.principle == principle)
            .collect();
        if own.is_empty() {
            continue;
        }
        writeln!(
            writer,
            "\n## {}\n",
            principle.map_or("Others", Principle::title)
        )?;
        writeln!(writer, "| rule | severity | |\n| --- | --- | --- |")?;
        for rule in &own {
            let anchor = anchor(rule);
            writeln!(
                writer,
                "| [{}](#{anchor}) | {} | {} |",
                rule.id, rule.severity, rule.title
            )?;
        }
        for rule in own {
            entry(rule, writer)?;
        }
    }
    Ok(())
}

/// The anchor that Markdown readers make of an entry's heading.
fn anchor(rule: &Rule) -> String {
    format!("{} {}", rule.id, rule.title)
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ => None,
        })
        .collect()
}

fn entry(rule: &Rule, writer: &mut dyn Write) -> io::Result<()> {
    writeln!(writer, "\n### {} {}\n", rule.id, rule.title)?;
    writeln!(writer, "{}\n", rule.description)?;
    writeln!(writer, "**Mend it.** {}\n", rule.remediation)?;
    writeln!(writer, "- Severity: {}", rule.severity)?;
    if let Some(practice) = &rule.practice {
        writeln!(writer, "- Practice: {}", practice::described(practice))?;
    }
    let needs: Vec<String> = rule
        .requires
        .iter()
        .chain(&rule.requires_complete)
        .map(|path| format!("`{path}`"))
        .collect();
    if !needs.is_empty() {
        writeln!(writer, "- Needs: {}", needs.join(", "))?;
    }
    for (name, parameter) in &rule.parameters {
        let default = &parameter.default;
        writeln!(
            writer,
            "- Parameter `{name}` (default `{default}`): {}",
            parameter.description
        )?;
    }
    for reference in &rule.references {
        writeln!(writer, "- <{reference}>")?;
    }
    Ok(())
}

/// One rule explained: its METADATA, an example, its Rego.
///
/// # Errors
/// When the writer fails.
pub fn card(rule: &Rule, example: Option<&Case>, writer: &mut dyn Write) -> io::Result<()> {
    let style = severity_style(rule.severity);
    writeln!(writer, "{BOLD}{} {}{BOLD:#}", rule.id, rule.title)?;
    let principle = rule.principle.map_or("no principle", Principle::title);
    writeln!(
        writer,
        "{style}{}{style:#}, {principle}, {}: {}",
        rule.severity,
        origin(rule),
        rule.path
    )?;
    if let Some(practice) = &rule.practice {
        writeln!(writer, "Practice {}", practice::described(practice))?;
    }
    writeln!(writer)?;
    writeln!(writer, "{}\n", rule.description)?;
    writeln!(writer, "{BOLD}Mend it{BOLD:#}\n{}", rule.remediation)?;
    facts("Cannot judge without", &rule.requires, writer)?;
    facts(
        "Cannot judge without all of",
        &rule.requires_complete,
        writer,
    )?;
    facts("Cannot pass without", &rule.uses, writer)?;
    if !rule.parameters.is_empty() {
        writeln!(writer, "\n{BOLD}Parameters{BOLD:#}")?;
        for (name, parameter) in &rule.parameters {
            let default = &parameter.default;
            writeln!(
                writer,
                "  {name}: {} (default {default})",
                parameter.description
            )?;
        }
    }
    if !rule.references.is_empty() {
        writeln!(writer, "\n{BOLD}Read more{BOLD:#}")?;
        for reference in &rule.references {
            writeln!(writer, "  {reference}")?;
        }
    }
    if let Some(example) = example {
        shown_example(example, writer)?;
    }
    writeln!(writer, "\n{BOLD}Rego{BOLD:#}")?;
    let body = rule.source.lines().skip_while(|line| line.starts_with('#'));
    for line in body {
        writeln!(writer, "  {line}")?;
    }
    Ok(())
}

fn facts(title: &str, paths: &[crate::policy::FactPath], writer: &mut dyn Write) -> io::Result<()> {
    if paths.is_empty() {
        return Ok(());
    }
    writeln!(writer, "\n{BOLD}{title}{BOLD:#}")?;
    paths
        .iter()
        .try_for_each(|path| writeln!(writer, "  {path}"))
}

/// The facts of an example that are known, and what the rule says to them.
fn shown_example(example: &Case, writer: &mut dyn Write) -> io::Result<()> {
    let application = known(&example.input["application"]).unwrap_or(Value::Null);
    let finding = example.findings.first().unwrap_or(&Value::Null);
    writeln!(writer, "\n{BOLD}Example{BOLD:#}")?;
    writeln!(writer, "  {DIM}# an application with these facts{DIM:#}")?;
    indented(&application, writer)?;
    let declared = known(&example.input["declared"]);
    if let Some(declared) = declared {
        writeln!(writer, "  {DIM}# of which ztvet.yaml declares{DIM:#}")?;
        indented(&declared, writer)?;
    }
    writeln!(writer, "  {DIM}# is reported with{DIM:#}")?;
    indented(finding, writer)
}

fn indented(value: &Value, writer: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    text.lines()
        .try_for_each(|line| writeln!(writer, "  {line}"))
}

/// A value without what is null, false or empty in it.
fn known(value: &Value) -> Option<Value> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::String(text) if text.is_empty() => None,
        Value::Array(items) => {
            let items: Vec<Value> = items.iter().filter_map(known).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Value::Object(members) => {
            let members: serde_json::Map<String, Value> = members
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), known(value)?)))
                .collect();
            (!members.is_empty()).then_some(Value::Object(members))
        }
        other => Some(other.clone()),
    }
}

//! The diff for people: what changes, what that means, and the counts.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::applications;
use crate::diff::{Diff, Difference, Effect, Piece, State};
use crate::finding::{Finding, Severity, Status};
use crate::report::table::{self, TableOptions, clean};

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const GREEN: Style = AnsiColor::Green.on_default();
const RED: Style = AnsiColor::Red.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// Writes the diff for people.
///
/// # Errors
/// What the writer returns.
pub fn render(diff: &Diff, writer: &mut dyn Write, options: &TableOptions) -> io::Result<()> {
    let mut lines = Lines {
        out: writer,
        color: options.color,
    };
    for one in &diff.applications {
        lines.application(one)?;
    }
    table::render_body(&diff.report, lines.out, options)?;
    lines.findings("gone", &diff.gone)?;
    lines.findings("may be there still", &diff.unjudged)?;
    lines.closing(diff)
}

struct Lines<'a> {
    out: &'a mut dyn Write,
    color: bool,
}

impl Lines<'_> {
    fn line(&mut self, style: Style, text: &str) -> io::Result<()> {
        if self.color && style != PLAIN {
            writeln!(self.out, "{style}{text}{style:#}")
        } else {
            writeln!(self.out, "{text}")
        }
    }

    fn application(&mut self, one: &Difference) -> io::Result<()> {
        self.line(BOLD, &heading(one))?;
        for item in &one.changes {
            let style = match item.effect {
                Effect::Gained => GREEN,
                Effect::Lost => RED,
                Effect::Changed => YELLOW,
            };
            let pieces = item.sentence().into_iter().map(|piece| match piece {
                Piece::Words(words) => words,
                Piece::Value(value) => format!("`{}`", clean(value)),
            });
            let sentence: String = pieces.collect();
            let sign = item.effect.sign();
            self.line(style, &format!("  {sign} {sentence}"))?;
        }
        if one.state == State::Added {
            self.line(PLAIN, "  all its findings are new")?;
        }
        writeln!(self.out)
    }

    /// One line for each finding.
    fn findings(&mut self, what: &str, findings: &[Finding]) -> io::Result<()> {
        if findings.is_empty() {
            return Ok(());
        }
        let number = match findings.len() {
            1 => "1 finding".to_owned(),
            number => format!("{number} findings"),
        };
        self.line(BOLD, &format!("{what}: {number}"))?;
        for finding in findings {
            let name = finding.subject.name.as_deref();
            let name = name.or(finding.subject.id.as_deref());
            let name = name.map(|name| format!("{name}: ")).unwrap_or_default();
            let (severity, rule) = (finding.severity, &finding.rule);
            let text = format!("{severity}[{rule}] {name}{}", finding.message);
            self.line(PLAIN, &format!("  {}", clean(&text)))?;
        }
        writeln!(self.out)
    }

    fn closing(&mut self, diff: &Diff) -> io::Result<()> {
        let (old, new) = (clean(&diff.old.name), clean(&diff.new.name));
        self.line(PLAIN, &format!("{old} → {new}: {}", applications(diff)))?;
        let summary = &diff.report.summary;
        let counts =
            Severity::ALL.map(|severity| format!("{} {severity}", summary.findings.get(severity)));
        let known = diff.report.findings.iter();
        let known = known.filter(|finding| finding.status == Status::Baseline);
        let errors = match summary.errors {
            1 => "1 error".to_owned(),
            number => format!("{number} errors"),
        };
        let text = format!(
            "new findings: {}; {} gone; {} unchanged; {} waived; {} inconclusive; {errors}",
            counts.join(", "),
            diff.gone.len(),
            known.count(),
            summary.waived,
            summary.inconclusive,
        );
        self.line(PLAIN, &text)
    }
}

/// `Shop (1f0e…): changed, apps/shop.json`
fn heading(one: &Difference) -> String {
    let subject = &one.subject;
    let who = match (&subject.name, &subject.id) {
        (Some(name), Some(id)) => format!("{name} ({id})"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => "unnamed application".to_owned(),
    };
    let path = one.new_path.as_ref().or(one.old_path.as_ref());
    let path = path.map(String::as_str).unwrap_or_default();
    clean(&format!("{who}: {}, {path}", one.state.as_str()))
}

//! The report for people: findings as rustc shows them, then what else there is to know, then the counts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};

use crate::finding::{self, Finding, Severity, Status, SubjectRef};
use crate::report::{MissingFact, Problem, Report, Summary};
pub use text::clean;
use text::{count, count_kind, fit, list, show_path, show_place, show_subject, wrap};
use waived::waived;

mod posture;
pub(super) mod text;
pub(super) mod waived;

/// Below this many columns the text would be all wrapping.
const MIN_WIDTH: usize = 40;
/// How many skipped files are named for a reason.
const NAMED_FILES: usize = 3;

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GREEN: Style = AnsiColor::BrightGreen.on_default().bold();
const RED: Style = AnsiColor::BrightRed.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const BLUE: Style = AnsiColor::BrightBlue.on_default().bold();

/// How to draw the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableOptions {
    /// Columns to fill; text is wrapped to them.
    pub width: usize,
    /// Whether to write ANSI colours.
    pub color: bool,
}

impl Default for TableOptions {
    /// 80 columns, no colour.
    fn default() -> Self {
        Self {
            width: 80,
            color: false,
        }
    }
}

/// Writes the report for people.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, writer: &mut dyn Write, options: &TableOptions) -> io::Result<()> {
    let mut table = Table::new(writer, options);
    table.body(report)?;
    table.posture(&posture::lines(&report.posture))?;
    table.closing(report)
}

/// Writes the end of [`render`] alone, in lines as long as they are: what was judged, and the counts.
pub(super) fn closing(report: &Report, writer: &mut dyn Write) -> io::Result<()> {
    let mut table = Table {
        out: writer,
        width: usize::MAX,
        color: false,
    };
    table.closing(report)
}

/// The same without its closing lines.
pub(super) fn render_body(
    report: &Report,
    writer: &mut dyn Write,
    options: &TableOptions,
) -> io::Result<()> {
    Table::new(writer, options).body(report)
}

struct Table<'a> {
    out: &'a mut dyn Write,
    width: usize,
    color: bool,
}

impl<'a> Table<'a> {
    fn new(writer: &'a mut dyn Write, options: &TableOptions) -> Self {
        Self {
            out: writer,
            width: options.width.max(MIN_WIDTH),
            color: options.color,
        }
    }

    /// The findings, and what else there is to know.
    fn body(&mut self, report: &Report) -> io::Result<()> {
        self.findings(report)?;
        let findings = count(report.summary.waived, "finding");
        self.section("waived", &findings, &waived(report))?;
        self.problems("error", RED, &report.errors)?;
        self.problems("note", GREEN, &report.notes)?;
        let rules = count(report.not_configured.len(), "rule");
        self.section("not configured", &rules, &not_configured(report))?;
        let checks = count(report.inconclusive.len(), "check");
        let checks = format!("{checks} lacked a fact that was not collected or is not known yet");
        self.section("inconclusive", &checks, &inconclusive(report))?;
        let files = count(report.summary.skipped, "file");
        self.section("skipped", &files, &skipped(report))
    }

    fn findings(&mut self, report: &Report) -> io::Result<()> {
        for ((path, subject), mut findings) in by_subject(report) {
            let heading = format!("{}: {}", show_path(path), show_subject(subject));
            let lines = wrap(&heading, self.width);
            let rule = lines.iter().map(|l| l.chars().count()).max();
            for line in lines {
                self.line(&[(BOLD, line)])?;
            }
            self.line(&[(DIM, "=".repeat(rule.unwrap_or_default()))])?;
            findings.sort_by_key(|f| Reverse(f.severity));
            for finding in findings {
                self.finding(finding)?;
                writeln!(self.out)?;
            }
        }
        Ok(())
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        let renderer = self.renderer(finding.severity);
        let level = Level::ERROR.with_name(finding.severity.as_str());
        let rule = clean(&finding.rule);
        let label = format!("{}[{rule}]: ", finding.severity).chars().count();
        let message = self.wrapped(&finding.message, label);
        let title = level.clone().primary_title(message).id(rule);
        writeln!(self.out, "{}", renderer.render(&[Group::with_title(title)]))?;

        let place = &finding.location;
        let line = place.line.filter(|_| place.snippet.is_some());
        let gutter = line.map_or(0, |l| l.to_string().len());
        let arrow = format!("{:gutter$}--> ", "");
        self.line(&[(BLUE, arrow), (PLAIN, show_place(place))])?;

        let source = line.zip(place.snippet.as_ref());
        let source = source.map(|(line, snippet)| self.source(line, snippet, gutter));
        let body = Group::with_level(level)
            .elements(source)
            .elements(self.footers(finding, gutter));
        if !body.is_empty() {
            writeln!(self.out, "{}", renderer.render(&[body]))?;
        }
        Ok(())
    }

    fn source(
        &self,
        line: u32,
        snippet: &finding::Snippet,
        gutter: usize,
    ) -> Snippet<'static, Annotation<'static>> {
        let columns = self.width.saturating_sub(gutter + " | ".len());
        let (text, highlight) = fit(snippet, columns);
        Snippet::source(text)
            .line_start(usize::try_from(line).unwrap_or(usize::MAX))
            .annotation(AnnotationKind::Primary.span(highlight))
    }

    fn footers(&self, finding: &Finding, gutter: usize) -> Vec<Element<'static>> {
        let indent = gutter + "   help: ".len();
        let help = self.wrapped(&finding.remediation, indent);
        let help = (!help.is_empty()).then(|| Level::HELP.message(help).into());
        let see = finding.references.first().map(|url| clean(url));
        let see = see.map(|url| Level::NOTE.with_name("see").message(url).into());
        help.into_iter().chain(see).collect()
    }

    fn renderer(&self, severity: Severity) -> Renderer {
        let renderer = if self.color {
            Renderer::styled()
                .error(severity_style(severity))
                .emphasis(BOLD)
                .line_num(BLUE)
        } else {
            Renderer::plain()
        };
        renderer.term_width(self.width)
    }

    fn problems(&mut self, label: &str, style: Style, problems: &[Problem]) -> io::Result<()> {
        for problem in problems {
            let place = problem.location.as_ref().map(show_place);
            let place = place.map(|p| format!("{p}: ")).unwrap_or_default();
            let text = format!("{place}{}", problem.message);
            self.item(0, &format!("{label}: "), style, &text)?;
            if let Some(help) = &problem.help {
                self.item(2, "help: ", BOLD, help)?;
            }
        }
        if problems.is_empty() {
            return Ok(());
        }
        writeln!(self.out)
    }

    /// A heading with a line for each item; nothing when there is none.
    fn section(&mut self, name: &str, about: &str, items: &[String]) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        self.item(0, &format!("{name}: "), BOLD, about)?;
        for item in items {
            self.item(2, "", PLAIN, item)?;
        }
        writeln!(self.out)
    }

    fn posture(&mut self, lines: &[String]) -> io::Result<()> {
        let Some((all, principles)) = lines.split_first() else {
            return Ok(());
        };
        self.item(0, "posture: ", BOLD, all)?;
        for line in principles {
            self.item(2, "", PLAIN, line)?;
        }
        writeln!(self.out)
    }

    /// The verdict of a run without findings, what was judged, and the counts.
    fn closing(&mut self, report: &Report) -> io::Result<()> {
        let summary = &report.summary;
        if let Some((style, text)) = verdict(summary) {
            self.line(&[(style, text)])?;
        }
        self.item(0, "", PLAIN, &judged(summary))?;
        let (mut found, rest) = (found(summary), rest(report));
        let length =
            |pieces: &[Piece]| -> usize { pieces.iter().map(|p| p.1.chars().count()).sum() };
        if length(&found) + "; ".len() + length(&rest) > self.width {
            self.line(&found)?;
            return self.line(&rest);
        }
        found.push((PLAIN, "; ".to_owned()));
        found.extend(rest);
        self.line(&found)
    }

    /// Text after a label, with its further lines aligned to the first.
    fn item(&mut self, indent: usize, label: &str, style: Style, text: &str) -> io::Result<()> {
        let start = " ".repeat(indent);
        let hang = indent + label.chars().count();
        let text = self.wrapped(text, hang);
        let text = text.replace('\n', &format!("\n{:hang$}", ""));
        self.line(&[(PLAIN, start), (style, label.to_owned()), (PLAIN, text)])
    }

    /// The text in lines that leave `indent` columns free.
    fn wrapped(&self, text: &str, indent: usize) -> String {
        wrap(text, self.width.saturating_sub(indent)).join("\n")
    }

    fn line(&mut self, pieces: &[Piece]) -> io::Result<()> {
        for (style, text) in pieces {
            if self.color {
                write!(self.out, "{style}{text}{style:#}")?;
            } else {
                write!(self.out, "{text}")?;
            }
        }
        writeln!(self.out)
    }
}

/// Text and how to draw it.
type Piece = (Style, String);

/// Open findings by path and subject, in the report's order.
fn by_subject(report: &Report) -> Vec<((&str, &SubjectRef), Vec<&Finding>)> {
    let mut groups: BTreeMap<_, (usize, Vec<_>)> = BTreeMap::new();
    let open = report.findings.iter().filter(|f| f.status == Status::Open);
    for (position, finding) in open.enumerate() {
        let key = (finding.location.path.as_str(), &finding.subject);
        let (_, findings) = groups.entry(key).or_insert((position, Vec::new()));
        findings.push(finding);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, (position, _))| *position);
    let without_position = |(key, (_, findings))| (key, findings);
    groups.into_iter().map(without_position).collect()
}

pub(super) fn not_configured(report: &Report) -> Vec<String> {
    let item = |(keys, rules): (&[String], BTreeSet<_>)| {
        let keys: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
        let (keys, rules) = (keys.join(" and "), list(rules));
        format!("set {keys} in ztvet.yaml to enable {rules}")
    };
    report.needed_keys().into_iter().map(item).collect()
}

pub(super) fn inconclusive(report: &Report) -> Vec<String> {
    let item = |missing: MissingFact<'_>| {
        let subjects = count(missing.subjects, "subject");
        format!("`{}`: {} ({subjects})", missing.fact, list(missing.rules))
    };
    report.missing_facts().into_iter().map(item).collect()
}

pub(super) fn skipped(report: &Report) -> Vec<String> {
    let mut reasons: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for file in &report.skipped {
        let paths = reasons.entry(file.reason.as_str()).or_default();
        paths.push(show_path(&file.path));
    }
    let item = |(reason, paths): (&str, Vec<String>)| {
        let unnamed = paths.len().saturating_sub(NAMED_FILES);
        let more = (unnamed > 0).then(|| format!(" and {unnamed} more"));
        let named = list(paths.iter().take(NAMED_FILES).map(String::as_str));
        format!("{reason}: {named}{}", more.unwrap_or_default())
    };
    reasons.into_iter().map(item).collect()
}

/// What a run without findings means: it is not clean when something was not judged.
fn verdict(summary: &Summary) -> Option<Piece> {
    if summary.findings.total() > 0 {
        return None;
    }
    let none = match (summary.baseline, summary.waived) {
        (0, 0) => "no findings",
        (0, _) => "no open findings",
        (_, _) => "no new findings",
    };
    let (style, more) = if summary.errors > 0 {
        let errors = count(summary.errors, "error");
        (RED, format!(", but {errors}: not everything was judged"))
    } else if summary.subjects == 0 {
        (YELLOW, ", for there was nothing to judge".to_owned())
    } else if summary.inconclusive > 0 {
        let checks = count(summary.inconclusive, "check");
        (YELLOW, format!(", but {checks} could not be made"))
    } else {
        (GREEN, String::new())
    };
    Some((style, format!("{none}{more}")))
}

/// `judged 3 applications, 1 service principal, 2 project files by 98 rules; skipped 14 files`
pub(super) fn judged(summary: &Summary) -> String {
    let kinds = summary.kinds.iter();
    let kinds: Vec<String> = kinds
        .map(|(kind, number)| count_kind(*number, kind))
        .collect();
    let mut text = match kinds.as_slice() {
        [] => "judged nothing".to_owned(),
        kinds => format!(
            "judged {} by {}",
            kinds.join(", "),
            count(summary.rules, "rule")
        ),
    };
    if summary.skipped > 0 {
        text += &format!("; skipped {}", count(summary.skipped, "file"));
    }
    text
}

/// `0 critical, 2 high, …`
fn found(summary: &Summary) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for severity in Severity::ALL {
        if severity != Severity::Critical {
            pieces.push((PLAIN, ", ".to_owned()));
        }
        let number = summary.findings.get(severity);
        let style = if number > 0 {
            severity_style(severity)
        } else {
            PLAIN
        };
        pieces.push((style, format!("{number} {severity}")));
    }
    pieces
}

/// `1 waived; 3 inconclusive; 0 errors`, and what else there is.
fn rest(report: &Report) -> Vec<Piece> {
    let summary = &report.summary;
    let bright = |number, style| if number > 0 { style } else { PLAIN };
    let mut pieces = vec![(
        bright(summary.waived, BOLD),
        format!("{} waived", summary.waived),
    )];
    if report.baseline.is_some() {
        let style = bright(summary.baseline, BOLD);
        pieces.push((style, format!("{} in the baseline", summary.baseline)));
    }
    let inconclusive = format!("{} inconclusive", summary.inconclusive);
    pieces.push((bright(summary.inconclusive, YELLOW), inconclusive));
    pieces.push((bright(summary.errors, RED), count(summary.errors, "error")));
    let separator = || (PLAIN, "; ".to_owned());
    let mut joined: Vec<_> = pieces.into_iter().flat_map(|p| [p, separator()]).collect();
    joined.pop();
    joined
}

const fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Critical => AnsiColor::BrightMagenta.on_default().bold(),
        Severity::High => RED,
        Severity::Medium => YELLOW,
        Severity::Low => AnsiColor::BrightCyan.on_default().bold(),
        Severity::Info => BLUE,
    }
}

#[cfg(test)]
mod tests;

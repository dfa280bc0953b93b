//! Embeds the engine in a program of one's own: a gate that lets a manifest through, or says why not.
//!
//! ```sh
//! cargo run --example embed -- examples/manifests/shop.json
//! ```
//!
//! Exit codes: 0 let through, 1 held back, 2 could not be judged.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use ztvet::document::{self, Document, Limits};
use ztvet::finding::Severity;
use ztvet::normalize::{Subject, normalize};
use ztvet::{Config, Engine, Evaluation};

/// What only this organisation asks of its applications.
const POLICY: &str = r#"
# METADATA
# title: Application has no team tag
# custom:
#   id: CONTOSO-001
#   severity: low
#   requires: [application.tags]
#   remediation: Add a tag such as `team:payments`.
package contoso.team_tag

deny contains finding if {
	not _has_team
	finding := {"at": "application.tags"}
}

_has_team if {
	some tag in input.application.tags
	startswith(tag, "team:")
}
"#;

/// What ztvet.yaml would say. Built in code or read with [`Config::load`], it is the same.
const CONFIG: &str = "organization: {domains: [contoso.com]}";

fn main() -> ExitCode {
    let default = "examples/manifests/shop.json".to_owned();
    let manifest = std::env::args().nth(1).unwrap_or(default);
    match judge(Path::new(&manifest), &mut io::stdout().lock()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            // Where standard error is closed too, the exit code has to do.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Makes an engine. That compiles the rules, so make it once and keep it: it is cheap to clone, and to share between
/// threads.
fn engine() -> Result<Engine, Box<dyn Error>> {
    let engine = Engine::builder()
        .bundled()?
        .policy("team_tag.rego", POLICY)?
        .config(
            "embedded configuration",
            Config::parse("embedded configuration", CONFIG)?,
        )
        .build()?;
    Ok(engine)
}

/// Judges a manifest, writes what came of it, and returns whether it may go on.
///
/// # Errors
/// When the manifest cannot be read or is none, or a rule fails: nothing is let through that was not judged.
pub fn judge(manifest: &Path, out: &mut dyn Write) -> Result<bool, Box<dyn Error>> {
    let engine = engine()?;
    let mut passes = true;
    for document in document::read_file(manifest, &Limits::default())? {
        let normalized = normalize(&document, None);
        if let Some(reason) = normalized.unrecognized {
            return Err(reason.into());
        }
        if let Some(problem) = normalized.problems.into_iter().next() {
            return Err(problem.message.into());
        }
        for subject in &normalized.subjects {
            let evaluation = engine.evaluate(subject)?;
            write(&document, subject, &evaluation, out)?;
            passes &= evaluation
                .findings
                .iter()
                .all(|finding| finding.severity < Severity::High);
        }
    }
    Ok(passes)
}

/// Writes findings with their lines, and what could not be judged.
fn write(
    document: &Document,
    subject: &Subject,
    evaluation: &Evaluation,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{}", subject.name().unwrap_or("without a name"))?;
    for finding in &evaluation.findings {
        let pointer = finding.location.pointer.as_str();
        let place = document.locate(&[pointer]).into_iter().next().flatten();
        let line = place.map_or(0, |span| span.start_line);
        writeln!(
            out,
            "  line {line}: {} [{}] {}",
            finding.severity, finding.rule, finding.message
        )?;
    }
    for item in &evaluation.inconclusive {
        writeln!(
            out,
            "  not judged: [{}] lacks {}",
            item.rule,
            item.missing.join(", ")
        )?;
    }
    for item in &evaluation.not_configured {
        writeln!(
            out,
            "  not configured: [{}] needs {}",
            item.rule,
            item.needs.join(", ")
        )?;
    }
    Ok(())
}

//! The report as one page for a browser: it needs no network, and no other file.
//!
//! All that a run found is in the page itself, so that it can be read, printed and searched without its script, which
//! only filters. What comes from documents is text, never markup; a Content-Security-Policy lets nothing run or load but
//! the style and the script that are compiled in.

mod findings;
mod overview;
mod rest;
#[cfg(test)]
mod tests;
mod text;

use std::io::{self, Write};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use self::text::escaped;
use crate::finding::Severity;
use crate::report::Report;
use crate::report::sarif::RuleInfo;
use crate::report::table::text::count;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");
const TEMPLATE: &str = include_str!("html/page.html");

/// Writes the report as a page, with what the rules say of themselves.
///
/// # Errors
/// What the writer returns.
pub fn render(report: &Report, rules: &[RuleInfo], writer: &mut dyn Write) -> io::Result<()> {
    for (text, name) in pieces(TEMPLATE) {
        write!(writer, "{text}")?;
        match name {
            "policy" => write!(writer, "{}", policy())?,
            "title" => write!(writer, "{}", escaped(&title(report)))?,
            "style" => write!(writer, "{}", asset(STYLE))?,
            "script" => write!(writer, "{}", asset(SCRIPT))?,
            "overview" => overview::write(report, writer)?,
            "posture" => overview::write_posture(report, &findings::anchors(report), writer)?,
            "findings" => findings::write(report, rules, writer)?,
            "rest" => rest::write(report, writer)?,
            _ => {}
        }
    }
    Ok(())
}

/// The template in pieces, each with the name of what follows: `{{name}}`.
fn pieces(template: &str) -> impl Iterator<Item = (&str, &str)> {
    template
        .split("}}")
        .map(|piece| match piece.split_once("{{") {
            Some(piece) => piece,
            None => (piece, ""),
        })
}

/// A style or script as browsers read it: line ends count for its hash.
fn asset(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// Nothing may be loaded, sent or run but the style and the script of the page.
fn policy() -> String {
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(asset(text)));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// `3 critical, 8 high findings` for the tab.
fn title(report: &Report) -> String {
    let open = &report.summary.findings;
    let worst = Severity::ALL
        .into_iter()
        .find(|severity| open.get(*severity) > 0);
    let found = match worst {
        Some(severity) => format!(
            "{}, {} {severity}",
            count(open.total(), "finding"),
            open.get(severity)
        ),
        None => "no open findings".to_owned(),
    };
    format!("Zero Trust posture: {found}")
}

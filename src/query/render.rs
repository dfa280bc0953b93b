//! Answers, for a reader or a machine.

use std::io::{self, Write};

use anstyle::Style;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Answer, Explanation, Holds};
use crate::report::table::clean;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// The version of what [`json()`] writes.
pub const SCHEMA: &str = "ztvet/eval/v1";

/// What came of asking about one input.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Asked {
    /// What the input is of; none without an input.
    pub subject: Option<Asking>,
    /// The results; undefined where there are none.
    pub result: Vec<Answer>,
    /// Why a rule has its value, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
    /// Why it was not asked: a check does not run the rule on this input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_run: Option<String>,
    /// Why there is no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What an input is of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Asking {
    /// The path of its document.
    pub path: String,
    /// The kind of subject; none for a document as it is.
    pub kind: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// Writes all answers as one indented JSON object.
///
/// # Errors
/// What the writer returns.
pub fn json(query: &str, asked: &[Asked], writer: &mut dyn Write) -> io::Result<()> {
    let all = json!({"schema": SCHEMA, "query": query, "results": asked});
    serde_json::to_writer_pretty(&mut *writer, &all)?;
    writeln!(writer)
}

/// Writes the values alone, one a line: `undefined` where there is none.
///
/// # Errors
/// What the writer returns.
pub fn values(asked: &[Asked], writer: &mut dyn Write) -> io::Result<()> {
    let answered = |one: &&Asked| one.error.is_none() && one.not_run.is_none();
    for one in asked.iter().filter(answered) {
        if one.result.is_empty() {
            writeln!(writer, "undefined")?;
        }
        for answer in &one.result {
            writeln!(writer, "{}", value(answer))?;
        }
    }
    Ok(())
}

/// Writes the answers for people, each below what it is of.
///
/// # Errors
/// What the writer returns.
pub fn pretty(asked: &[Asked], writer: &mut dyn Write) -> io::Result<()> {
    for (index, one) in asked.iter().enumerate() {
        if index > 0 {
            writeln!(writer)?;
        }
        if let Some(subject) = &one.subject {
            writeln!(writer, "{BOLD}{}{BOLD:#}", clean(&title(subject)))?;
        }
        result(one, writer)?;
        if let Some(explanation) = &one.explanation {
            explain(explanation, writer)?;
        }
    }
    Ok(())
}

fn result(asked: &Asked, writer: &mut dyn Write) -> io::Result<()> {
    if let Some(error) = &asked.error {
        return writeln!(writer, "failed: {}", clean(error));
    }
    if let Some(reason) = &asked.not_run {
        return writeln!(writer, "not asked: {}", clean(reason));
    }
    if asked.result.is_empty() {
        return writeln!(writer, "undefined");
    }
    for answer in &asked.result {
        for line in serde_json::to_string_pretty(&value(answer))?.lines() {
            writeln!(writer, "{}", clean(line))?;
        }
    }
    Ok(())
}

fn title(subject: &Asking) -> String {
    let kind = subject
        .kind
        .as_deref()
        .unwrap_or("document")
        .replace('_', " ");
    let name = match (&subject.name, &subject.id) {
        (Some(name), Some(id)) => format!(" {name} ({id})"),
        (Some(one), None) | (None, Some(one)) => format!(" {one}"),
        (None, None) => String::new(),
    };
    format!("{}: {kind}{name}", subject.path)
}

/// The value of the expression; the variables, where the query has some; a list, where it has several expressions.
fn value(answer: &Answer) -> Value {
    if !answer.bindings.is_empty() {
        return json!(answer.bindings);
    }
    match answer.expressions.as_slice() {
        [one] => one.value.clone(),
        several => several
            .iter()
            .map(|expression| expression.value.clone())
            .collect(),
    }
}

fn explain(explanation: &Explanation, writer: &mut dyn Write) -> io::Result<()> {
    writeln!(writer, "{DIM}why{DIM:#}")?;
    for body in &explanation.bodies {
        let what = match body.holds {
            Holds::Yes if body.gives.is_empty() => "holds".to_owned(),
            Holds::Yes => format!("holds and gives {}", body.gives.join(", ")),
            Holds::No if body.has_failed() => "failed".to_owned(),
            Holds::No => "does not hold".to_owned(),
            Holds::NotTried if body.gives.is_empty() => "was not reached".to_owned(),
            Holds::NotTried => format!("is the default, {}", body.gives.join(", ")),
            Holds::Unknown => "could not be tried one expression at a time".to_owned(),
        };
        let place = format!("{}:{}:{}", body.path, body.line, body.column);
        writeln!(writer, "  {}", clean(&format!("{place} {what}")))?;
        for line in body.stop.iter().flat_map(crate::explain::Stop::lines) {
            writeln!(writer, "    {}", clean(&line))?;
        }
    }
    Ok(())
}

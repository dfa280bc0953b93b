//! What regorus says went wrong, with its place.

use std::fmt;

use super::fault::{self, Fault};
use super::metadata;

/// What went wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The file; none where regorus does not tell.
    pub(crate) path: Option<String>,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
}

impl Failure {
    /// Without a place.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            path: None,
            line: 1,
            column: 1,
            message: message.into(),
        }
    }

    /// regorus gives the place in text alone, `--> path:line:column`. `text_of` gives the text of a file, in which the
    /// column is counted.
    pub(super) fn from_regorus(
        error: &anyhow::Error,
        text_of: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let told = error.to_string();
        let message = meaning(&fault::reason(&told));
        let place = told.lines().find_map(|line| {
            let mut parts = line.strip_prefix("--> ")?.rsplitn(3, ':');
            let column = parts.next()?.parse::<usize>().ok()?;
            let line = parts.next()?.parse::<usize>().ok()?;
            Some((parts.next()?.to_owned(), line, column))
        });
        let Some((path, line, column)) = place else {
            return Self::new(message);
        };
        let text = text_of(&path);
        let source_line = text
            .as_deref()
            .and_then(|text| text.lines().nth(line.max(1) - 1));
        Self {
            column: source_line.map_or(column, |text| fault::column(text, column)),
            path: Some(path),
            line,
            message,
        }
    }
}

/// The messages that say too little, in better words.
fn meaning(message: &str) -> String {
    if message.starts_with("execution exceeded time limit") {
        return "it took longer than a rule may".to_owned();
    }
    if let Some(name) = message.strip_prefix("could not find function ")
        && metadata::is_function(name)
    {
        return format!("`{name}` can be called within a rule alone");
    }
    match message.trim_end_matches([':', ' ']) {
        // What follows is the token that was found: none at the end.
        "expecting" | "" => "the expression is not complete".to_owned(),
        message => message.replace("could not find function", "unknown function"),
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self {
            path: Some(fault.path),
            line: fault.line,
            column: fault.column,
            message: fault.message,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path}:{}:{}: {}", self.line, self.column, self.message),
            None => f.write_str(&self.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_told_apart_from_its_place() {
        let told = "\n--> a:b.rego:2:9\n  |\n2 | \t\tx == 2\n  |     ^\nerror: x is used before definition below.\n--> a:b.rego:3:5\ndefinition:";
        let error = anyhow::anyhow!("{told}");
        let failure = Failure::from_regorus(&error, |_| Some("p if {\n\t\tx == 2\n".to_owned()));
        assert_eq!(
            failure.to_string(),
            "a:b.rego:2:3: x is used before definition below."
        );
        let failure = Failure::from_regorus(&anyhow::anyhow!("out of time"), |_| None);
        assert_eq!(failure.to_string(), "out of time");
    }
}

//! What regorus says went wrong, with its place.

use std::fmt;

use super::SyntaxError;

/// What went wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The file; none where regorus does not tell.
    pub(crate) path: Option<String>,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
}

impl Fault {
    /// Without a place.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            path: None,
            line: 1,
            column: 1,
            message: message.into(),
        }
    }

    pub(crate) fn of(path: &str, error: SyntaxError) -> Self {
        Self {
            path: Some(path.to_owned()),
            line: error.line,
            column: error.column,
            message: error.message,
        }
    }

    /// `text_of` gives the text of a file, in which the column is counted.
    pub(super) fn from_regorus(
        error: &anyhow::Error,
        text_of: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let SyntaxError {
            line,
            column,
            message,
        } = SyntaxError::from_regorus(error);
        let told = error.to_string();
        let path = told.lines().find_map(|line| {
            let mut parts = line.strip_prefix("--> ")?.rsplitn(3, ':');
            parts.nth(2).map(str::to_owned)
        });
        let text = path.as_deref().and_then(&text_of);
        let source_line = text.as_deref().and_then(|text| text.lines().nth(line - 1));
        Self {
            column: source_line.map_or(column, |text| character(text, column)),
            path,
            line,
            message: meaning(&message),
        }
    }
}

/// The messages that say too little, in better words.
fn meaning(message: &str) -> String {
    match message {
        // What follows is the token that was found: none at the end.
        "expecting" => "the expression is not complete".to_owned(),
        message => message.replace("could not find function", "unknown function"),
    }
}

/// regorus counts a tab as four columns; people and editors count characters.
fn character(line: &str, column: usize) -> usize {
    let mut counted = 1;
    for (index, character) in line.chars().enumerate() {
        if counted >= column {
            return index + 1;
        }
        counted += if character == '\t' { 4 } else { 1 };
    }
    line.chars().count() + 1
}

impl fmt::Display for Fault {
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
    fn columns_count_characters() {
        assert_eq!(character("\tcount(5)", 5), 2);
        assert_eq!(character("\t\tx", 9), 3);
        assert_eq!(character("count", 1), 1);
        assert_eq!(character("x", 9), 2);
    }
}

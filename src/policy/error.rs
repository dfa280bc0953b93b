//! Why a policy cannot be used.

use crate::rego::Fault;

/// Why a policy cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub struct PolicyError {
    /// The file.
    pub path: String,
    /// Line, from 1; 0 where the path itself is wrong.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl PolicyError {
    pub(super) fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            column: 1,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn text(&self) -> String {
        let place = match self.line {
            0 => self.path.clone(),
            line => format!("{}:{line}:{}", self.path, self.column),
        };
        let help = self.help.as_ref().map(|help| format!(" ({help})"));
        format!("{place}: {}{}", self.message, help.unwrap_or_default())
    }
}

impl From<Fault> for PolicyError {
    fn from(fault: Fault) -> Self {
        let lost = "findings would be lost";
        let help = "bind it in the body: `deny contains finding if { …; finding := … }`";
        Self {
            column: fault.column,
            help: fault.message.contains(lost).then(|| help.to_owned()),
            ..Self::new(&fault.path, fault.line, fault.message)
        }
    }
}

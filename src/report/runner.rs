//! How build servers find commands in their logs, as their runners do it: GitHub's `ActionCommand`, and `Command` of the
//! agent of Azure Pipelines.

use std::collections::BTreeMap;

use super::guard::is_invisible;

#[derive(Debug, PartialEq, Eq)]
pub struct Command {
    pub name: String,
    pub properties: BTreeMap<String, String>,
    pub data: String,
}

/// What GitHub would obey; others it takes for text.
const GITHUB: [&str; 16] = [
    "add-mask",
    "add-matcher",
    "add-path",
    "debug",
    "echo",
    "endgroup",
    "error",
    "group",
    "notice",
    "remove-matcher",
    "save-state",
    "set-env",
    "set-output",
    "stop-commands",
    "warning",
    "internal-set-repo-path",
];

/// In the order in which GitHub undoes them.
const GITHUB_DATA: [(&str, &str); 3] = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];
const GITHUB_PROPERTY: [(&str, &str); 5] = [
    ("%0D", "\r"),
    ("%0A", "\n"),
    ("%3A", ":"),
    ("%2C", ","),
    ("%25", "%"),
];
const AZURE: [(&str, &str); 5] = [
    ("%3B", ";"),
    ("%0D", "\r"),
    ("%0A", "\n"),
    ("%5D", "]"),
    ("%AZP25", "%"),
];

/// The runners compare text by the rules of a language, for which these characters are not there.
fn as_compared(line: &str) -> String {
    line.chars().filter(|c| !is_invisible(*c)).collect()
}

/// The command that GitHub finds in a line.
pub fn github(line: &str) -> Option<Command> {
    let line = as_compared(line);
    let known = |command: &Command| GITHUB.contains(&command.name.to_lowercase().as_str());
    let first = || {
        let rest = line.trim_start().strip_prefix("::")?;
        let (head, data) = rest.split_once("::")?;
        Some(command(head, ',', data, &GITHUB_PROPERTY, &GITHUB_DATA))
    };
    let second = || {
        let (_, rest) = line.split_once("##[")?;
        let (head, data) = rest.split_once(']')?;
        Some(command(head, ';', data, &AZURE[..4], &AZURE[..4]))
    };
    first().filter(known).or_else(|| second().filter(known))
}

/// The command that Azure Pipelines finds in a line.
pub fn azure(line: &str) -> Option<Command> {
    let line = as_compared(line);
    let (_, rest) = line.split_once("##vso[")?;
    let (head, data) = rest.split_once(']')?;
    let command = command(head, ';', data, &AZURE, &AZURE);
    let parts = command.name.split('.').filter(|part| !part.is_empty());
    (parts.count() == 2).then_some(command)
}

type Escapes = [(&'static str, &'static str)];

fn command(
    head: &str,
    separator: char,
    data: &str,
    of_property: &Escapes,
    of_data: &Escapes,
) -> Command {
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties.split(separator);
    let properties = properties.filter_map(|property| {
        let (key, value) = property.trim_start_matches('=').split_once('=')?;
        (!value.is_empty()).then(|| (key.trim().to_owned(), unescaped(value, of_property)))
    });
    Command {
        name: name.to_owned(),
        properties: properties.collect(),
        data: unescaped(data, of_data),
    }
}

fn unescaped(text: &str, escapes: &Escapes) -> String {
    let undo = |text: String, (escape, character): &(&str, &str)| text.replace(escape, character);
    escapes.iter().fold(text.to_owned(), undo)
}

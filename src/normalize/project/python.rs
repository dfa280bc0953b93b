//! Python: `requirements.txt` and `pyproject.toml`.
//!
//! Of a requirement the name counts, by the grammar of PEP 508; the rest is kept as it stands.

use serde_json::Value;

use super::collector::{Collector, Ecosystem, Place, text_lines};
use crate::document::{Document, Manifest};

/// None where no line of a file that is not exactly `requirements.txt` is a requirement: then it is prose.
pub(super) fn requirements(document: &Document, collector: &mut Collector) -> Option<()> {
    let mut read = Collector::default();
    let mut has_bad_line = false;
    for (line, at) in logical_lines(&document.value) {
        has_bad_line |= !requirement_line(&line, at, &document.source.path, &mut read);
    }
    let path = document.source.path.to_ascii_lowercase();
    let is_sure = path == "requirements.txt" || path.ends_with("/requirements.txt");
    if has_bad_line && read.dependencies.is_empty() && !is_sure {
        return None;
    }
    *collector = read;
    Some(())
}

/// Lines without comments, those that end with a backslash joined to the next.
fn logical_lines(value: &Value) -> Vec<(String, String)> {
    let mut joined: Vec<(String, String)> = Vec::new();
    let mut continues = false;
    for (line, at) in text_lines(value) {
        let (text, more) = match line.strip_suffix('\\') {
            Some(text) => (text, true),
            None => (without_comment(line), false),
        };
        match joined.last_mut().filter(|_| continues) {
            Some((last, _)) => last.push_str(text),
            None => joined.push((text.to_owned(), at)),
        }
        continues = more;
    }
    joined
}

/// A comment starts at the beginning, or after a blank.
fn without_comment(line: &str) -> &str {
    let mut before = None;
    for (index, c) in line.char_indices() {
        if c == '#' && before.is_none_or(char::is_whitespace) {
            return line.get(..index).unwrap_or_default();
        }
        before = Some(c);
    }
    line
}

/// Reads one line, and says whether it is one.
fn requirement_line(line: &str, at: String, path: &str, collector: &mut Collector) -> bool {
    let line = line.trim();
    if line.is_empty() {
        return true;
    }
    if let Some((option, argument)) = option(line) {
        match option {
            "-r" | "--requirement" if !includes_a_manifest(path, argument) => {
                collector.elsewhere();
            }
            "-e" | "--editable" => location(argument, at, collector),
            _ => {}
        }
        return true;
    }
    if is_location(line) {
        location(line, at, collector);
        return true;
    }
    // Options of one requirement: hashes and build settings.
    let requirement = line.split(" --").next().unwrap_or(line);
    add(requirement, "runtime", at, collector)
}

/// An option and its argument, for a line that is one.
fn option(line: &str) -> Option<(&str, &str)> {
    line.starts_with('-').then(|| {
        let end = line
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(line.len());
        let (option, argument) = line.split_at_checked(end).unwrap_or((line, ""));
        let is_joined = !option.starts_with("--") && option.len() > 2;
        match option.split_at_checked(2).filter(|_| is_joined) {
            Some((short, joined)) => (short, joined),
            None => (option, argument.trim_start_matches('=').trim()),
        }
    })
}

/// Whether the file is one that is read by itself. The paths are relative to the file that names them.
fn includes_a_manifest(path: &str, included: &str) -> bool {
    let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
    Manifest::of(&format!("{directory}/{included}")).is_some()
}

fn is_location(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let has_archive_ending = [".whl", ".zip", ".tar.gz"]
        .iter()
        .any(|ending| first.ends_with(ending));
    first.starts_with(['.', '/']) || first.contains("://") || has_archive_ending
}

/// A URL or a path: its package is told by `#egg=`, or by nothing; `.` and its like are the project itself.
fn location(text: &str, at: String, collector: &mut Collector) {
    let egg = text.split_once("#egg=").or(text.split_once("&egg="));
    match egg.and_then(|(_, egg)| name(egg)) {
        Some((name, _)) => {
            let url = text.split('#').next().unwrap_or(text);
            collector.dependency(Ecosystem::PyPi, name, url, "runtime", at);
        }
        None if text.starts_with('.') && !text.contains("://") => {}
        None => collector.cannot_tell(at),
    }
}

/// Adds a requirement of PEP 508, and says whether it is one.
fn add(requirement: &str, scope: &str, at: String, collector: &mut Collector) -> bool {
    let Some((name, rest)) = name(requirement) else {
        collector.problem(at, "not a requirement of a Python package".to_owned());
        return false;
    };
    collector.dependency(Ecosystem::PyPi, name, rest, scope, at);
    true
}

/// The name at the start of a requirement, and the versions, URL and marker behind it.
fn name(requirement: &str) -> Option<(&str, &str)> {
    let requirement = requirement.trim();
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let end = requirement
        .find(|c| !is_part(c))
        .unwrap_or(requirement.len());
    let (name, rest) = requirement.split_at_checked(end)?;
    let is_edge = |c: char| c.is_ascii_alphanumeric();
    if !name.starts_with(is_edge) || !name.ends_with(is_edge) {
        return None;
    }
    let mut rest = rest.trim_start();
    if let Some(extras) = rest.strip_prefix('[') {
        rest = extras.split_once(']')?.1.trim_start();
    }
    let follows =
        rest.is_empty() || rest.starts_with(['=', '<', '>', '!', '~', '@', ';', '(', '&']);
    follows.then_some((name, rest))
}

pub(super) fn pyproject(value: &Value, collector: &mut Collector) {
    let root = Place::root(value);
    let lists = [
        (vec!["project", "dependencies"], "runtime"),
        (vec!["build-system", "requires"], "build"),
        (vec!["tool", "uv", "dev-dependencies"], "development"),
    ];
    for (path, scope) in lists {
        list(root.at(&path), scope, collector);
    }
    let tables = [
        (vec!["project", "optional-dependencies"], "optional"),
        (vec!["dependency-groups"], "development"),
        (vec!["tool", "pdm", "dev-dependencies"], "development"),
    ];
    for (path, scope) in tables {
        for (_, group) in collector.object(root.at(&path)) {
            list(Some(group), scope, collector);
        }
    }
    let dynamic = root.at(&["project", "dynamic"]);
    let mut dynamic = dynamic.iter().flat_map(Place::items);
    if dynamic.any(|name| name.text() == Some("dependencies")) {
        collector.elsewhere();
    }
    poetry(&root, collector);
}

fn list(place: Option<Place<'_>>, scope: &str, collector: &mut Collector) {
    for item in collector.list(place) {
        match item.text() {
            Some(requirement) => {
                add(requirement, scope, item.pointer, collector);
            }
            // A group that another one includes is read where it stands.
            None if item.get("include-group").is_some() => {}
            None => collector.problem(item.pointer, "expected a requirement".to_owned()),
        }
    }
}

fn poetry(root: &Place<'_>, collector: &mut Collector) {
    let Some(poetry) = root.at(&["tool", "poetry"]) else {
        return;
    };
    poetry_table(poetry.get("dependencies"), "runtime", collector);
    poetry_table(poetry.get("dev-dependencies"), "development", collector);
    for (_, group) in collector.object(poetry.get("group")) {
        poetry_table(group.get("dependencies"), "development", collector);
    }
}

fn poetry_table(table: Option<Place<'_>>, scope: &str, collector: &mut Collector) {
    for (name, place) in collector.object(table) {
        if name == "python" {
            continue;
        }
        let requirement = place
            .text()
            .or_else(|| place.value.get("version")?.as_str())
            .or_else(|| place.value.get("git")?.as_str())
            .unwrap_or_default();
        collector.dependency(Ecosystem::PyPi, name, requirement, scope, place.pointer);
    }
}

//! Gradle: `build.gradle` and `build.gradle.kts`, by a pattern.
//!
//! These are programs, and no program is run here. Within a block `dependencies { … }` each statement that names a
//! module as a literal counts: `implementation 'group:name:version'`, `api(platform("group:name:version"))`,
//! `implementation group: 'group', name: 'name'`. A statement that names it by anything else (`libs.msal`, a variable) is
//! one of which it cannot be told what it asks for. Projects and files of the build itself are no packages.

use serde_json::Value;

use super::collector::{Collector, Ecosystem, text_lines};

pub(super) fn build_file(value: &Value, collector: &mut Collector) {
    let mut scanner = Scanner::default();
    for (line, at) in text_lines(value) {
        for (statement, end) in scanner.statements(line) {
            if let Some(block) = scanner.block {
                read(&statement, scanner.depth == block, &at, collector);
            }
            scanner.step(&statement, end);
        }
    }
}

/// How deep in braces the text is, and in what.
#[derive(Default)]
struct Scanner {
    in_comment: bool,
    depth: usize,
    /// The depth within the outermost block of dependencies.
    block: Option<usize>,
}

impl Scanner {
    /// The parts of a line between braces and semicolons, without comments, each with the character behind it.
    fn statements(&mut self, line: &str) -> Vec<(String, Option<char>)> {
        let mut statements = Vec::new();
        let mut statement = String::new();
        let mut quote = None;
        let mut characters = line.chars().peekable();
        while let Some(c) = characters.next() {
            let next = characters.peek().copied();
            match (self.in_comment, quote, c) {
                (true, _, '*') if next == Some('/') => {
                    characters.next();
                    self.in_comment = false;
                }
                (true, ..) => {}
                (_, None, '/') if next == Some('/') => break,
                (_, None, '/') if next == Some('*') => {
                    characters.next();
                    self.in_comment = true;
                }
                (_, None, '{' | '}' | ';') => {
                    statements.push((std::mem::take(&mut statement), Some(c)));
                }
                (_, Some(_), '\\') => {
                    statement.extend([Some(c), characters.next()].into_iter().flatten())
                }
                (_, open, c) => {
                    quote = match open {
                        None if c == '"' || c == '\'' => Some(c),
                        Some(open) if open == c => None,
                        open => open,
                    };
                    statement.push(c);
                }
            }
        }
        statements.push((statement, None));
        statements
    }

    fn step(&mut self, statement: &str, end: Option<char>) {
        match end {
            Some('{') => {
                self.depth += 1;
                let opens = statement.trim().rsplit('.').next() == Some("dependencies");
                if opens && self.block.is_none() {
                    self.block = Some(self.depth);
                }
            }
            Some('}') => {
                self.depth = self.depth.saturating_sub(1);
                self.block = self.block.filter(|block| *block <= self.depth);
            }
            _ => {}
        }
    }
}

/// Reads a statement of a block of dependencies; `is_direct` unless it stands in a block within that.
fn read(statement: &str, is_direct: bool, at: &str, collector: &mut Collector) {
    let statement = statement.trim();
    let end = statement
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(statement.len());
    let (word, rest) = statement.split_at_checked(end).unwrap_or((statement, ""));
    if word == "exclude" {
        return;
    }
    let strings = strings(rest);
    let modules: Vec<&str> = strings.into_iter().filter(|s| is_module(s)).collect();
    for module in &modules {
        add(module, scope(word), at, collector);
    }
    if !modules.is_empty() {
        return;
    }
    if let (Some(group), Some(name)) = (named(rest, "group"), named(rest, "name")) {
        let version = named(rest, "version").unwrap_or_default();
        return add(
            &format!("{group}:{name}:{version}"),
            scope(word),
            at,
            collector,
        );
    }
    if is_direct && !word.is_empty() && asks_for_something(word, rest) {
        collector.cannot_tell(at.to_owned());
    }
}

fn add(module: &str, scope: &str, at: &str, collector: &mut Collector) {
    let mut parts = module.splitn(3, ':');
    let (Some(group), Some(name)) = (parts.next(), parts.next()) else {
        return;
    };
    if group.contains('$') || name.contains('$') {
        return collector.cannot_tell(at.to_owned());
    }
    let requirement = parts.next().unwrap_or_default();
    let name = format!("{group}:{name}");
    collector.dependency(Ecosystem::Gradle, &name, requirement, scope, at.to_owned());
}

fn scope(configuration: &str) -> &'static str {
    let configuration = configuration.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| configuration.contains(word));
    if has(&["test"]) {
        "development"
    } else if has(&["classpath", "kapt", "ksp", "annotationprocessor"]) {
        "build"
    } else {
        "runtime"
    }
}

/// Whether a statement without a literal module still asks for one.
fn asks_for_something(word: &str, rest: &str) -> bool {
    const STATEMENTS: [&str; 9] = [
        "def",
        "val",
        "var",
        "if",
        "else",
        "for",
        "println",
        "constraints",
        "components",
    ];
    const OWN: [&str; 8] = [
        "project(",
        "project (",
        "files(",
        "fileTree(",
        "kotlin(",
        "gradleApi(",
        "localGroovy(",
        "gradleTestKit(",
    ];
    let argument = rest.trim().trim_start_matches('(').trim();
    !STATEMENTS.contains(&word)
        && !argument.is_empty()
        && !argument.starts_with(['=', '.', ')'])
        && !OWN.iter().any(|own| rest.contains(own))
}

/// `group:name`, `group:name:version`, and a classifier behind that.
fn is_module(text: &str) -> bool {
    let is_name = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_.-${}".contains(c))
    };
    let parts: Vec<&str> = text.split(':').collect();
    (2..=4).contains(&parts.len()) && parts.iter().take(2).all(|part| is_name(part))
}

/// The texts between quotes.
pub(super) fn strings(text: &str) -> Vec<&str> {
    let mut strings = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['"', '\'']) {
        let Some((quote, after)) = rest.get(start..).and_then(|r| r.split_at_checked(1)) else {
            break;
        };
        let Some((string, behind)) = after.split_once(quote) else {
            break;
        };
        strings.push(string);
        rest = behind;
    }
    strings
}

/// The literal that is given to a name: `group: 'x'`, `group = "x"`.
fn named<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.match_indices(name).find_map(|(index, _)| {
        let before = text.get(..index)?.chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let value = text
            .get(index + name.len()..)?
            .trim_start()
            .strip_prefix([':', '='])?
            .trim_start();
        value
            .starts_with(['"', '\''])
            .then(|| strings(value).first().copied())?
    })
}

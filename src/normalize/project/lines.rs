//! Manifests that are read line by line: Go's `go.mod`, and CocoaPods' `Podfile`.

use serde_json::Value;

use super::collector::{Collector, Ecosystem, text_lines};
use super::gradle::strings;

/// `require` alone and in blocks. What a module asks for through others is marked `// indirect` by Go itself.
pub(super) fn go_mod(value: &Value, collector: &mut Collector) {
    const OTHERS: [&str; 9] = [
        "module",
        "go",
        "toolchain",
        "exclude",
        "replace",
        "retract",
        "tool",
        "godebug",
        "ignore",
    ];
    let mut block: Option<String> = None;
    for (line, at) in text_lines(value) {
        let (code, comment) = line.split_once("//").unwrap_or((line, ""));
        let words: Vec<&str> = code.split_whitespace().collect();
        let (directive, arguments) = match (&block, words.as_slice()) {
            (_, []) => continue,
            (Some(_), [")", ..]) => {
                block = None;
                continue;
            }
            (Some(directive), arguments) => (directive.clone(), arguments),
            (None, [directive, "("]) => {
                block = Some((*directive).to_owned());
                continue;
            }
            (None, [directive, arguments @ ..]) => ((*directive).to_owned(), arguments),
        };
        match (directive.as_str(), arguments) {
            ("require", [path, version]) => {
                let is_indirect = comment.trim().starts_with("indirect");
                let scope = if is_indirect { "indirect" } else { "runtime" };
                let path = path.trim_matches(['"', '`']);
                collector.dependency(Ecosystem::Go, path, version, scope, at);
            }
            (other, _) if OTHERS.contains(&other) => {}
            _ => collector.problem(at, "not a line of a `go.mod`".to_owned()),
        }
    }
}

/// A Podfile is a program in Ruby, and no program is run here. Statements `pod 'Name', 'requirement'` count. Of a
/// statement that names the pod by anything but a literal it cannot be told what it asks for.
pub(super) fn podfile(value: &Value, collector: &mut Collector) {
    let mut is_comment = false;
    for (line, at) in text_lines(value) {
        match line.trim_end() {
            "=begin" => is_comment = true,
            "=end" => is_comment = false,
            _ if is_comment => {}
            line => {
                for statement in without_comment(line).split(';') {
                    pod(statement.trim(), &at, collector);
                }
            }
        }
    }
}

fn without_comment(line: &str) -> &str {
    let mut quote = None;
    for (index, c) in line.char_indices() {
        match (quote, c) {
            (None, '#') => return line.get(..index).unwrap_or_default(),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    line
}

fn pod(statement: &str, at: &str, collector: &mut Collector) {
    let Some(arguments) = statement
        .strip_prefix("pod")
        .filter(|rest| rest.starts_with([' ', '\t', '(', '\'', '"']))
    else {
        let is_nested = [" pod ", " pod(", "{pod "]
            .iter()
            .any(|p| statement.contains(p));
        if is_nested {
            collector.cannot_tell(at.to_owned());
        }
        return;
    };
    let arguments = arguments.trim_start_matches([' ', '\t', '(']);
    let literals = strings(arguments);
    let name = literals.first().filter(|name| !name.contains("#{"));
    let Some(name) = name.filter(|_| arguments.starts_with(['"', '\''])) else {
        return collector.cannot_tell(at.to_owned());
    };
    // `Name/Part` is a part of the pod `Name`.
    let pod = name.split('/').next().unwrap_or(name);
    let behind = arguments.get(name.len() + 2..).unwrap_or_default();
    let is_path = behind.contains(":path") || behind.contains("path:");
    let requirement = literals.get(1).filter(|_| !is_path).copied();
    collector.dependency(
        Ecosystem::CocoaPods,
        pod,
        requirement.unwrap_or_default(),
        "runtime",
        at.to_owned(),
    );
}

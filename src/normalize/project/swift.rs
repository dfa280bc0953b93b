//! Swift: `Package.swift`, by a pattern.
//!
//! It is a program, and no program is run here. Each `.package(url: "…", …)` counts, and so does `.package(id: "…", …)`;
//! one with a `path` is part of the project itself. Of one whose URL is no literal it cannot be told what it asks for.

use serde_json::Value;

use super::collector::{Collector, Ecosystem, text_lines};

pub(super) fn package(value: &Value, collector: &mut Collector) {
    let mut text = String::new();
    let mut starts = Vec::new();
    let mut in_comment = false;
    for (line, at) in text_lines(value) {
        starts.push((text.len(), at));
        text.push_str(&without_comments(line, &mut in_comment));
        text.push('\n');
    }
    for (index, _) in text.match_indices(".package(") {
        let line = starts.partition_point(|(start, _)| *start <= index);
        let Some((_, at)) = line.checked_sub(1).and_then(|line| starts.get(line)) else {
            continue;
        };
        let rest = text.get(index + ".package(".len()..).unwrap_or_default();
        dependency(arguments(rest), at.clone(), collector);
    }
}

fn dependency(arguments: &str, at: String, collector: &mut Collector) {
    let label = |name: &str| {
        let start = arguments.find(&format!("{name}:"))?;
        arguments.get(start + name.len() + 1..).map(str::trim_start)
    };
    let Some(value) = label("url").or_else(|| label("id")) else {
        if label("path").is_none() {
            collector.cannot_tell(at);
        }
        return;
    };
    let literal = value
        .strip_prefix('"')
        .and_then(|value| value.split_once('"'))
        .filter(|(literal, _)| !literal.contains("\\("));
    match literal {
        Some((url, rest)) => {
            let requirement = rest.trim().trim_start_matches(',');
            collector.dependency(Ecosystem::Swift, url, requirement, "runtime", at);
        }
        None => collector.cannot_tell(at),
    }
}

/// The text up to the parenthesis that closes.
fn arguments(text: &str) -> &str {
    let mut depth: usize = 0;
    let mut in_string = false;
    for (index, c) in text.char_indices() {
        match c {
            '"' => in_string = !in_string,
            '(' if !in_string => depth += 1,
            ')' if !in_string => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return text.get(..index).unwrap_or_default(),
            },
            _ => {}
        }
    }
    text
}

fn without_comments(line: &str, in_comment: &mut bool) -> String {
    let mut code = String::with_capacity(line.len());
    let mut in_string = false;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        match c {
            '*' if *in_comment && next == Some('/') => {
                characters.next();
                *in_comment = false;
            }
            _ if *in_comment => {}
            '/' if !in_string && next == Some('/') => break,
            '/' if !in_string && next == Some('*') => {
                characters.next();
                *in_comment = true;
            }
            c => {
                in_string ^= c == '"';
                code.push(c);
            }
        }
    }
    code
}

//! Keys of one object that differ in case alone. Keys are read in any case, so nobody could tell which of them counts.

use serde_json::{Map, Value};

use super::FieldProblem;
use super::reader::Node;

/// A problem for each key that its object has in another case as well, at any depth.
pub(super) fn problems(node: &Node<'_>) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if node.value().is_some_and(has_clash) {
        visit(node, &mut problems);
    }
    problems
}

/// The same for the keys of one object alone.
pub(super) fn problems_here(node: &Node<'_>) -> Vec<FieldProblem> {
    match node.value() {
        Some(Value::Object(members)) => clashes(members)
            .map(|(one, other)| problem(node, one, other))
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether there is any, which there hardly ever is.
fn has_clash(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            let mut seen = Vec::with_capacity(members.len());
            for (key, value) in members {
                seen.push(like_other_cases(key));
                if has_clash(value) {
                    return true;
                }
            }
            seen.sort_unstable();
            let may_clash = seen.windows(2).any(|pair| pair.first() == pair.last());
            may_clash && clashes(members).next().is_some()
        }
        Value::Array(items) => items.iter().any(has_clash),
        _ => false,
    }
}

/// What a key has in common with those that differ from it in case alone: its length and its ends.
fn like_other_cases(key: &str) -> (usize, u8, u8) {
    let end = |byte: Option<&u8>| byte.map_or(0, u8::to_ascii_lowercase);
    let bytes = key.as_bytes();
    (key.len(), end(bytes.first()), end(bytes.last()))
}

fn visit(node: &Node<'_>, problems: &mut Vec<FieldProblem>) {
    match node.value() {
        Some(Value::Object(members)) => {
            problems.extend(problems_here(node));
            for key in members.keys() {
                visit(&node.get(key), problems);
            }
        }
        Some(Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                visit(&node.item(index, item), problems);
            }
        }
        _ => {}
    }
}

fn problem(node: &Node<'_>, one: &str, other: &str) -> FieldProblem {
    FieldProblem {
        pointer: node.get(other).pointer(),
        message: format!("the keys `{one}` and `{other}` differ only in case"),
        help: Some("remove one of them".to_owned()),
    }
}

fn clashes(members: &Map<String, Value>) -> impl Iterator<Item = (&str, &str)> {
    let mut keys: Vec<&str> = members.keys().map(String::as_str).collect();
    let in_any_case = |one: &str, other: &str| lower(one).cmp(lower(other));
    keys.sort_by(|one, other| {
        let length = one.len().cmp(&other.len());
        length.then_with(|| in_any_case(one, other))
    });
    let next = keys.clone().into_iter().skip(1);
    keys.into_iter()
        .zip(next)
        .filter(|(one, other)| one.eq_ignore_ascii_case(other))
}

fn lower(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_clash_is_told_with_its_place() {
        let value = json!({
            "a": [{"b": 1}, {"replyURLs": [], "replyUrls": [], "ReplyUrls": []}],
            "A/": 1, "a/": {"é": 1, "É": 2},
        });
        let found = problems(&Node::root(&value, "/value/0"));
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|problem| (problem.pointer.as_str(), problem.message.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("/value/0/a~1", "the keys `A/` and `a/` differ only in case"),
                (
                    "/value/0/a/1/replyURLs",
                    "the keys `ReplyUrls` and `replyURLs` differ only in case"
                ),
                (
                    "/value/0/a/1/replyUrls",
                    "the keys `replyURLs` and `replyUrls` differ only in case"
                ),
            ]
        );
    }
}

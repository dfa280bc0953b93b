//! YAML 1.2, by the core schema, as far as JSON can say it.
//!
//! One parser serves both the values and their places, so the two cannot disagree: the events of
//! `saphyr-parser` become nodes ([`compose`]), and nodes become values ([`value`]). `serde_yaml`
//! reads a whole document before any limit holds, takes quadratic time for nested flow mappings,
//! and gives an alias the wrong value once an anchor's name has been used twice.

mod compose;
mod scalar;
mod value;

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use super::Limits;
use super::error::Fault;
pub(super) use compose::first_node;
pub(super) use value::{is_merge, key_text};

/// A node of a YAML document, as it was written.
pub(super) struct Node<'a> {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// The id of its anchor, unique in the stream; 0 where it has none.
    pub(super) anchor: usize,
    pub(super) content: Content<'a>,
}

pub(super) enum Content<'a> {
    Alias(usize),
    Scalar(Scalar<'a>),
    Sequence(Vec<Node<'a>>),
    Mapping(Vec<(Node<'a>, Node<'a>)>),
}

pub(super) struct Scalar<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether it is written without quotes and is not a block.
    pub(super) plain: bool,
    pub(super) tag: Tag,
}

/// What a tag says of a scalar's type; tags that say nothing of it are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    None,
    String,
    Null,
    Bool,
    Int,
    Float,
    Merge,
}

/// All documents that are not empty, each with its place.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Vec<(Value, Range<usize>)>, Fault> {
    let mut documents = Vec::new();
    let mut stream = compose::Stream::new(text, limits.depth());
    while let Some((node, range)) = stream.next_document()? {
        if node.is_empty() {
            continue;
        }
        if documents.len() >= limits.max_documents {
            let message = format!("more than {} documents", limits.max_documents);
            return Err(Fault::new(node.range.start, message));
        }
        documents.push((value::of(&node, limits)?, range));
    }
    Ok(documents)
}

impl Node<'_> {
    /// Whether nothing is written where the node stands.
    fn is_empty(&self) -> bool {
        match &self.content {
            Content::Scalar(scalar) => scalar.plain && scalar.text.is_empty(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::document::text::position;

    fn values(text: &str) -> Vec<Value> {
        let documents = parse(text, &Limits::default()).unwrap();
        documents.into_iter().map(|(value, _)| value).collect()
    }

    fn value(text: &str) -> Value {
        values(text).remove(0)
    }

    /// `line:column: message`
    fn error(text: &str) -> String {
        let fault = parse(text, &Limits::default()).unwrap_err();
        let at = position(text, fault.offset);
        format!("{}:{}: {}", at.line, at.column, fault.message)
    }

    #[test]
    fn documents_that_are_empty_are_left_out() {
        let text = "# c\n--- # c\n---\na: 1\n...\n---\n--- null\n---\n- b\n";
        assert_eq!(values(text), [json!({"a": 1}), json!(null), json!(["b"])]);
        assert_eq!(values("---\n"), Vec::<Value>::new());
    }

    #[test]
    fn documents_stand_from_the_end_of_the_one_before() {
        let text = "a: é\n...\n%TAG !x! y:\n---\nb\n--- c\n";
        let documents = parse(text, &Limits::default()).unwrap();
        let parts: Vec<&str> = documents
            .iter()
            .map(|(_, range)| &text[range.clone()])
            .collect();
        assert_eq!(parts, ["a: é\n...", "\n%TAG !x! y:\n---\nb\n", "--- c\n"]);
    }

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        let text = "[~, Null, '', TRUE, yes, 12, -3, +4, 0x1F, 0o17, 1.5, .5, 5., 1e3, -1E-2, 007, 00-1, 1_000,
            2026-11-23, 18446744073709551615, 18446744073709551616, inf, nan, 0x, 0x+1, -0x1F, 1e, e1, '12', \"null\"]";
        let expected = json!([
            null,
            null,
            "",
            true,
            "yes",
            12,
            -3,
            4,
            31,
            15,
            1.5,
            0.5,
            5.0,
            1000.0,
            -0.01,
            "007",
            "00-1",
            "1_000",
            "2026-11-23",
            18_446_744_073_709_551_615_u64,
            18_446_744_073_709_551_616_f64,
            "inf",
            "nan",
            "0x",
            "0x+1",
            "-0x1F",
            "1e",
            "e1",
            "12",
            "null"
        ]);
        assert_eq!(value(text), expected);
    }

    #[test]
    fn numbers_that_json_has_not_are_refused() {
        for text in [".nan", ".inf", "-.INF", "!!float .inf"] {
            let text = format!("a:\n  - {text}");
            assert_eq!(error(&text), "2:5: not a finite number");
        }
        assert_eq!(error("a: 1e999"), "1:4: number out of range");
        assert_eq!(value("['.nan']"), json!([".nan"]));
    }

    #[test]
    fn tags_give_way_to_their_value() {
        let text = "[!!str 1, !!int '1', !!float 1, !!null '', !!bool 'true', !x a, !x 1, !x '1', ! 1, !x {a: !y [b]},
            !!set {c}, !<tag:yaml.org,2002:str> ~]";
        let expected =
            json!(["1", 1, 1, null, true, "a", 1, "1", "1", {"a": ["b"]}, {"c": null}, "~"]);
        assert_eq!(value(text), expected);
        assert_eq!(
            error("a: !!int x"),
            "1:4: tagged as a number and not a number"
        );
        assert_eq!(
            error("a: !!bool 1"),
            "1:4: tagged `!!bool` and not a boolean"
        );
        assert_eq!(error("a: !!null 1"), "1:4: tagged `!!null` and not null");
    }

    #[test]
    fn keys_become_strings() {
        let text =
            "1: a\n1.10: b\nTrue: c\n~: d\n0x1F: e\n'2': f\n.nan: g\n&k k: h\nl: *k\n*k : i\n";
        assert_eq!(error(text), "10:1: duplicate key `k`");
        let text = "1: a\n1.10: b\nTrue: c\n~: d\n0x1F: e\n'2': f\n.nan: g\n&k k: h\nl: {*k : i}\n";
        let expected = json!({
            "1": "a", "1.10": "b", "true": "c", "null": "d", "0x1F": "e", "2": "f", ".nan": "g", "k": "h",
            "l": {"k": "i"}
        });
        assert_eq!(value(text), expected);
        assert_eq!(
            error("? [a]\n: b"),
            "1:3: the key is a list or a mapping, and has to be a string"
        );
    }

    #[test]
    fn a_key_stands_once() {
        assert_eq!(error("a: 1\nb: 2\na: 3"), "3:1: duplicate key `a`");
        assert_eq!(
            error("- é:\n    ä: 1\n    'ä': 2"),
            "3:5: duplicate key `ä`"
        );
        assert_eq!(error("{1: a, '1': b}"), "1:8: duplicate key `1`");
        assert_eq!(
            error("a: &a {b: 1}\nc:\n  <<: *a\n  <<: *a"),
            "4:3: duplicate key `<<`"
        );
    }

    #[test]
    fn aliases_are_written_out() {
        let text = "a: &a [1, &b {c: 2}]\nd: *a\ne: *b";
        assert_eq!(
            value(text),
            json!({"a": [1, {"c": 2}], "d": [1, {"c": 2}], "e": {"c": 2}})
        );
        assert_eq!(
            value("[&a 1, &a 2, &b 3, *a]"),
            json!([1, 2, 3, 2]),
            "the last `a` before it"
        );
        assert_eq!(
            error("a: *b"),
            "1:4: while parsing node, found unknown anchor"
        );
        let message = "the alias stands within its own anchor, or its anchor in another document";
        assert_eq!(error("a: &a [*a]"), format!("1:8: {message}"));
        assert_eq!(error("--- &a 1\n--- *a"), format!("2:5: {message}"));
    }

    #[test]
    fn merge_keys_add_what_is_missing() {
        let text = "- &a {x: 1, y: 2}\n- &b {x: 3, z: 4}\n- {<<: *a, y: 5}\n- {y: 5, <<: [*a, *b]}\n- {'<<': 6}";
        let expected = json!([
            {"x": 1, "y": 2}, {"x": 3, "z": 4}, {"x": 1, "y": 5}, {"x": 1, "y": 5, "z": 4}, {"<<": 6}
        ]);
        assert_eq!(value(text), expected);
        for text in ["<<: 1", "<<: [{}, 1]", "<<:"] {
            assert!(error(text).ends_with("`<<` merges a mapping, or a list of mappings"));
        }
    }

    #[test]
    fn aliases_nest_no_deeper_than_what_is_written() {
        let text = (1..70).fold("a0: &a0 []\n".to_owned(), |text, n| {
            text + &format!("a{n}: &a{n} [*a{}]\n", n - 1)
        });
        assert_eq!(error(&text), "64:12: nested deeper than 64 levels");
    }

    #[test]
    fn errors_stand_where_the_mistake_is() {
        assert_eq!(
            error("é: 1\nü: [é, 2"),
            "2:9: while parsing a flow sequence, expected ',' or ']'"
        );
        assert_eq!(
            error("a: 'b"),
            "1:4: while scanning a quoted scalar, found unexpected end of stream"
        );
        assert_eq!(
            error("a:\n\t- b"),
            "2:2: tabs disallowed within this context (block indentation)"
        );
        assert_eq!(
            error("a: b\n c: d"),
            "2:3: mapping values are not allowed in this context"
        );
    }
}

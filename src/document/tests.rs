//! Properties of all syntaxes, and inputs that mean harm.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

fn read(path: &str, text: impl AsRef<[u8]>) -> Vec<Value> {
    let documents = parse(path, text.as_ref(), &Limits::default()).unwrap();
    documents
        .into_iter()
        .map(|document| Value::clone(&document.value))
        .collect()
}

fn error(path: &str, text: impl AsRef<[u8]>) -> String {
    parse(path, text.as_ref(), &Limits::default())
        .unwrap_err()
        .to_string()
}

#[test]
fn the_extension_tells_the_syntax() {
    assert_eq!(read("a.json", "{\"a\": 1}"), [json!({"a": 1})]);
    assert_eq!(read("A.JSON.TPL", "[1, // c\n]"), [json!([1])]);
    assert_eq!(
        read("a.jsonl", "1\n\n{}\r\n[\n2]"),
        [json!(1), json!({}), json!([2])]
    );
    assert_eq!(read("a.yml", "a: 1\n--- b"), [json!({"a": 1}), json!("b")]);
    assert_eq!(error("a.json", "a: 1"), "a.json:1:1: expected value");
}

#[test]
fn the_text_tells_the_syntax_where_the_name_does_not() {
    assert_eq!(read("-", " \n{\"a\": 1}"), [json!({"a": 1})]);
    assert_eq!(
        read("-", "{\"a\": 1}\n{\"a\": 2}"),
        [json!({"a": 1}), json!({"a": 2})]
    );
    assert_eq!(read("-", "// c\n[1,]"), [json!([1])]);
    assert_eq!(read("manifest", "a: 1"), [json!({"a": 1})]);
    assert_eq!(
        read("-", "eyJhbGciOiJub25lIn0.e30.\n"),
        [json!({"header": {"alg": "none"}, "claims": {}})]
    );
}

#[test]
fn several_values_in_a_json_file_are_several_documents() {
    let documents = parse("a.json", b"{}\n[1]", &Limits::default()).unwrap();
    assert_eq!(*documents[1].value, json!([1]));
    assert_eq!(documents[1].range(), 3..6);
    assert_eq!(documents[0].source.syntax(), Syntax::Ndjson);
}

#[test]
fn an_empty_file_is_an_error() {
    for text in ["", " \r\n", "\u{feff}"] {
        assert_eq!(error("a.json", text), "a.json: the file is empty");
    }
    assert_eq!(read("a.yaml", "# nothing yet\n"), Vec::<Value>::new());
}

#[test]
fn limits_hold() {
    let limits = Limits {
        max_bytes: 10,
        max_depth: 2,
        max_documents: 2,
    };
    let error = |path, text: &str| {
        parse(path, text.as_bytes(), &limits)
            .unwrap_err()
            .to_string()
    };
    assert!(parse("a.json", b"[[1]]", &limits).is_ok());
    assert!(parse("a.json", b"[1,1,1,11]", &limits).is_ok());
    assert_eq!(
        error("a.json", "[1,1,1,111]"),
        "a.json: larger than 10 bytes"
    );
    for path in ["a.json", "a.ndjson", "a.yaml"] {
        let message = "1:3: nested deeper than 2 levels";
        assert_eq!(error(path, "[[[1]]]"), format!("{path}:{message}"));
    }
    assert_eq!(
        error("a.ndjson", "1\n2\n3"),
        "a.ndjson:3:1: more than 2 documents"
    );
    assert_eq!(
        error("a.yaml", "1\n--- 2\n--- 3"),
        "a.yaml: larger than 10 bytes"
    );
    let reader = read_reader("-", std::io::repeat(b' '), &limits);
    assert_eq!(reader.unwrap_err().to_string(), "-: larger than 10 bytes");
}

#[test]
fn no_limit_reaches_the_end_of_the_stack() {
    let limits = Limits {
        max_depth: usize::MAX,
        ..Limits::default()
    };
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    for path in ["a.json", "a.ndjson", "a.yaml"] {
        let document = &parse(path, nested(100).as_bytes(), &limits).unwrap()[0];
        let span = document
            .locate(&["/0".repeat(99).as_str()])
            .remove(0)
            .unwrap();
        assert_eq!(span.bytes, 99..101);
        let error = parse(path, nested(101).as_bytes(), &limits).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{path}:1:101: nested deeper than 100 levels")
        );
    }
}

#[test]
fn a_template_that_is_no_json_gets_help() {
    let error = parse("a.json.tpl", b"{\n{{#a}}\n}", &Limits::default()).unwrap_err();
    assert_eq!(error.to_string(), "a.json.tpl:2:1: key must be a string");
    assert_eq!(
        error.help.as_deref(),
        Some("a template is read as it is, so render it first")
    );
}

#[test]
fn files_are_read() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.json");
    std::fs::write(&path, "{\"a\": tru}").unwrap();
    let message = read_file(&path, &Limits::default()).unwrap_err();
    assert_eq!((message.line, message.column), (Some(1), Some(10)));
    assert_eq!(message.path, display_path(&path));
    let missing = read_file(&directory.path().join("b.json"), &Limits::default());
    assert_eq!(missing.unwrap_err().message, "no such file or directory");
    let not_a_file = read_file(directory.path(), &Limits::default());
    assert_eq!(
        not_a_file.unwrap_err().message,
        "is a directory, not a file"
    );
}

/// Files that would take for ever, all memory or the stack.
fn bombs() -> Vec<(&'static str, String, &'static str)> {
    const MANY: usize = 100_000;
    let laughs = (1..40).fold("a0: &a0 [lol, lol]\n".to_owned(), |text, n| {
        let last = n - 1;
        text + &format!("a{n}: &a{n} [*a{last}, *a{last}]\n")
    });
    let long_scalar = format!("a: &a {}\nb: [{}]", "x".repeat(MANY), "*a, ".repeat(MANY));
    let indented = (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth)));
    let deep = "nested deeper than 64 levels";
    let copies = "aliases copy more than 67108864 bytes";
    vec![
        ("a.json", "[".repeat(MANY), deep),
        ("a.json", "{\"a\":".repeat(MANY), deep),
        ("a.ndjson", "[".repeat(MANY), deep),
        ("a.jsonc", format!("// c\n{}", "[".repeat(MANY)), deep),
        ("a.yaml", "[".repeat(MANY), deep),
        ("a.yaml", "{a: ".repeat(MANY), deep),
        ("a.yaml", "- ".repeat(MANY), deep),
        ("a.yaml", indented.collect(), deep),
        ("a.yaml", "? ".repeat(MANY), deep),
        ("a.yaml", laughs, copies),
        ("a.yaml", long_scalar, copies),
        ("a.json", "/*".repeat(MANY), "the comment is never closed"),
        (
            "a.json",
            "//\n".repeat(MANY),
            "the text ends where a value is expected",
        ),
    ]
}

/// One that is no error in time never ends.
#[test]
fn bombs_are_errors() {
    for (path, text, message) in bombs() {
        let error = error(path, &text);
        let shown: String = text.chars().take(20).collect();
        assert!(error.ends_with(message), "{shown}: {error}");
    }
}

#[test]
fn messages_hold_no_values() {
    const SECRET: &str = "hunter2";
    for (path, text) in [
        ("a.json", r#"{"key": "hunter2" "x"}"#),
        ("a.json", r#"{"key": hunter2}"#),
        ("a.json", r#"{"key": "hunter2"#),
        ("a.json", r#"{"key": "hunter2\q"}"#),
        ("a.json", r#"{"key": "hunter2", "key": "hunter2"}"#),
        ("a.json", "{\"key\": \"hunter2\n\"}"),
        ("a.ndjson", "\"hunter2\"\nhunter2"),
        ("a.yaml", "key: \"hunter2"),
        ("a.yaml", "key: !!int hunter2"),
        ("a.yaml", "key: !!bool hunter2"),
        ("a.yaml", "key: *hunter2"),
        ("a.yaml", "key: [hunter2\n"),
        ("a.yaml", "key: hunter2: hunter2"),
        ("a.yaml", "key: hunter2\nkey: hunter2"),
        ("a.yaml", "<<: hunter2"),
        ("a.yaml", "key: 'hunter2' hunter2"),
        ("a.yaml", "key: !hunter2! x"),
        ("a.yaml", "key: \"\\hunter2\""),
        ("a.json", "\u{feff}\"hunter2\" \u{fffd}"),
    ] {
        let error = parse(path, text.as_bytes(), &Limits::default()).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
    }
    let document = &parse("a.json", b"\"hunter2\"", &Limits::default()).unwrap()[0];
    assert!(!format!("{document:?}").contains(SECRET));
}

const YAML_1_1_BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// Strings that are hard to write and to find again.
fn text() -> BoxedStrategy<String> {
    prop_oneof![
        any::<String>(),
        "[a-z/~. éß😀\"\\\\\t\r\n\u{85}\u{2028}#:,&*!|>%@`{}\\[\\]-]{0,12}",
        Just("1".to_owned()),
        Just("null".to_owned()),
    ]
    .boxed()
}

/// Values of any shape, with such strings and keys.
fn value(text: BoxedStrategy<String>) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i32>().prop_map(|n| Value::from(f64::from(n) / 8.0)),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(text.clone(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// The value on many lines, each with comments, and with trailing commas.
fn commented(value: &Value) -> String {
    let text = format!("{value:#}");
    let lines: Vec<&str> = text.lines().collect();
    let next = lines.iter().skip(1).map(|line| line.trim_start());
    let commented = lines.iter().zip(next.chain([""])).map(|(line, next)| {
        let closes = next.starts_with([']', '}']) && !line.ends_with(['[', '{']);
        let comma = if closes { " /* \" */ ," } else { "" };
        format!("{line}{comma} // é [\n")
    });
    commented.collect()
}

fn pointers(value: &Value, pointer: &str, all: &mut Vec<String>) {
    all.push(pointer.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{pointer}/{index}"), all);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(member, &format!("{pointer}/{key}"), all);
            }
        }
        _ => {}
    }
}

/// Every pointer leads into the document, and every scalar stands where its pointer leads.
fn check_places(document: &Document, scalars: bool) -> Result<(), TestCaseError> {
    let mut all = Vec::new();
    pointers(&document.value, "", &mut all);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let text = document.source.text();
    let whole = document.range();
    for (pointer, span) in all.iter().zip(document.locate(&all)) {
        let span = span.expect(pointer);
        prop_assert!(whole.start <= span.bytes.start && span.bytes.end <= whole.end);
        let start = text::position(text, span.bytes.start);
        prop_assert_eq!(
            (start.line, start.column),
            (span.start_line, span.start_column)
        );
        let written = &text[span.bytes.clone()];
        let value = document.value.pointer(pointer).unwrap();
        if scalars && !value.is_array() && !value.is_object() {
            let syntax = match document.source.syntax() {
                Syntax::Yaml => "a.yaml",
                Syntax::Json | Syntax::Ndjson => "a.json",
                Syntax::Toml => "Cargo.toml",
                Syntax::Xml => "pom.xml",
                Syntax::Lines => "go.mod",
                // Its scalars stand nowhere: they are encoded.
                Syntax::Jwt => return Ok(()),
            };
            prop_assert_eq!(
                read(syntax, written),
                std::slice::from_ref(value),
                "{:?}",
                written
            );
        }
        let snippet = document.snippet(&span, std::slice::from_ref(&span.bytes));
        prop_assert!(snippet.text.is_char_boundary(snippet.highlight.start));
        prop_assert!(snippet.text.get(snippet.highlight).is_some());
    }
    Ok(())
}

/// The writer takes some characters for line ends, as YAML 1.1 did, and does not quote the key that merges.
fn as_yaml_writes(text: &str) -> String {
    let text = text.replace(YAML_1_1_BREAKS, "-");
    if text == "<<" { "-".to_owned() } else { text }
}

fn check_any(path: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    for document in parse(path, bytes, &Limits::default()).unwrap_or_default() {
        check_places(&document, false)?;
    }
    Ok(())
}

proptest! {
    #[test]
    fn json_is_read_and_found_again(value in value(text()), style in 0..4) {
        let text = match style {
            0 => value.to_string(),
            1 => serde_json::to_string_pretty(&value).unwrap(),
            2 => serde_json::to_string_pretty(&value).unwrap().replace('\n', "\r\n"),
            _ => commented(&value),
        };
        let documents = parse("a.json", text.as_bytes(), &Limits::default()).unwrap();
        prop_assert_eq!(&*documents[0].value, &value);
        check_places(&documents[0], true)?;
    }

    #[test]
    fn ndjson_is_read_and_found_again(values in vec(value(text()), 1..5), pretty: bool) {
        let lines = values.iter().map(|v| if pretty { format!("{v:#}") } else { v.to_string() });
        let text = lines.collect::<Vec<_>>().join("\r\n\r\n");
        let documents = parse("a.ndjson", text.as_bytes(), &Limits::default()).unwrap();
        prop_assert_eq!(documents.len(), values.len());
        for (document, value) in documents.iter().zip(&values) {
            prop_assert_eq!(&*document.value, value);
            check_places(document, true)?;
        }
    }

    #[test]
    fn json_is_yaml(value in value(text()), pretty: bool) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let documents = parse("a.yaml", text.as_bytes(), &Limits::default()).unwrap();
        prop_assert_eq!(&*documents[0].value, &value);
        check_places(&documents[0], true)?;
    }

    #[test]
    fn yaml_is_read_and_found_again(
        values in vec(value(text().prop_map(|text| as_yaml_writes(&text)).boxed()), 1..4),
    ) {
        let text: String = values
            .iter()
            .map(|value| format!("---\n{}", serde_yaml::to_string(value).unwrap()))
            .collect();
        let documents = parse("a.yaml", text.as_bytes(), &Limits::default()).unwrap();
        prop_assert_eq!(documents.len(), values.len());
        for (document, value) in documents.iter().zip(&values) {
            prop_assert_eq!(&*document.value, value);
            check_places(document, false)?;
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..60)) {
        for path in ["-", "a.json", "a.ndjson", "a.yaml"] {
            check_any(path, &bytes)?;
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[ab01 \n\r\t\"'{}\\[\\]:,/*#&!|>%?<~.\\\\éü-]{0,40}") {
        for path in ["-", "a.json", "a.ndjson", "a.yaml"] {
            check_any(path, text.as_bytes())?;
        }
    }

    #[test]
    fn mutated_json_is_read_or_refused(
        value in value(text()),
        edits in vec((any::<prop::sample::Index>(), 0..3, any::<u8>()), 1..4),
    ) {
        let mut bytes = serde_json::to_vec_pretty(&value).unwrap();
        for (index, kind, byte) in edits {
            let at = index.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at.max(1)),
            }
        }
        for path in ["-", "a.json", "a.ndjson", "a.yaml"] {
            check_any(path, &bytes)?;
        }
    }
}

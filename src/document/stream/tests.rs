use std::io::{self, Read};

use proptest::prelude::*;
use serde_json::Value;

use super::super::{Document, DocumentError, Limits, Span, Syntax, parse};
use super::*;

/// A reader that gives a few bytes at a time.
struct Slow<'a> {
    bytes: &'a [u8],
    step: usize,
}

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.step.min(self.bytes.len()).min(buffer.len());
        let (now, later) = self.bytes.split_at(length);
        buffer[..length].copy_from_slice(now);
        self.bytes = later;
        Ok(length)
    }
}

/// A value, where it stands, and its places: without what only the text around it tells.
type Element = (String, Value, Vec<Place>);
type Place = Option<(u32, u32, u32, u32)>;

fn place(span: Option<Span>) -> Place {
    span.map(|s| (s.start_line, s.start_column, s.end_line, s.end_column))
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

fn element(document: &Document, name: String, pointer: &str) -> Element {
    let value = document.at(pointer).unwrap().clone();
    let mut inner = Vec::new();
    pointers(&value, pointer, &mut inner);
    let inner: Vec<&str> = inner.iter().map(String::as_str).collect();
    let places = document.locate(&inner).into_iter().map(place).collect();
    (name, value, places)
}

/// The elements of the list that a document holds, or a part of it; the document itself where there is none.
fn elements(document: &Document, list: Option<&str>) -> Vec<Element> {
    let Some(list) = list else {
        return vec![element(document, document.number().to_string(), "")];
    };
    let items = document.value.pointer(list).unwrap().as_array().unwrap();
    let element = |index: usize| {
        let pointer = format!("{list}/{}", index + document.first());
        element(document, pointer.clone(), &pointer)
    };
    (0..items.len()).map(element).collect()
}

fn whole(path: &str, bytes: &[u8], list: Option<&str>) -> Result<Vec<Element>, DocumentError> {
    let documents = parse(path, bytes, &Limits::default())?;
    let of = |document| elements(document, list);
    Ok(documents.iter().flat_map(of).collect())
}

fn reader(bytes: &[u8], step: usize) -> Slow<'_> {
    Slow { bytes, step }
}

/// What a stream gives; nothing where the text is to be read as a whole.
fn streamed(
    path: &str,
    bytes: &[u8],
    (step, least): (usize, usize),
    limits: &Limits,
) -> Result<Option<Vec<Element>>, DocumentError> {
    let layout = layout(path, reader(bytes, step), limits, "value", |_, _| true)?;
    let list = match &layout {
        Layout::Whole => return Ok(None),
        Layout::Values => None,
        Layout::List(list) => Some(list),
    };
    let chunks = Stream::new(path, reader(bytes, step), &layout, limits).least(least);
    let documents = chunks.map(|chunk| chunk?.documents(limits));
    let documents: Vec<Vec<Document>> = documents.collect::<Result<_, _>>()?;
    if let Some(fault) = list.and_then(|list| list.fault.clone()) {
        return Err(fault);
    }
    let pointer = list.map(|list| list.pointer.as_str());
    let of = |document| elements(document, pointer);
    Ok(Some(documents.iter().flatten().flat_map(of).collect()))
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        r#"[a-c\]\[{}",:/*\\é😀 \n]{0,6}"#.prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(r#"[a-b/~\]"]{0,3}"#, inner, 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn blank() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "", " ", "\n", "\r\n", "\t", "\n  "])
}

fn remark() -> impl Strategy<Value = &'static str> {
    let comments = vec!["", " ", "\n", "/* ,] \" */", "// é, ]\r\n", "/***/"];
    prop::sample::select(comments)
}

/// A text, the name of its file, and the pointer of its list.
type Sample = (String, &'static str, Option<&'static str>);

fn shown(value: &Value, pretty: bool) -> String {
    let shown = if pretty {
        serde_json::to_string_pretty(value)
    } else {
        serde_json::to_string(value)
    };
    shown.unwrap()
}

fn values() -> impl Strategy<Value = Sample> {
    let one = (value(), any::<bool>(), blank());
    prop::collection::vec(one, 1..6).prop_map(|values| {
        let one = |(value, pretty, blank): &(Value, bool, &str)| {
            format!("{}{blank}\n", shown(value, *pretty))
        };
        let text = values.iter().map(one).collect();
        (text, "a.ndjson", None)
    })
}

fn list() -> impl Strategy<Value = Sample> {
    let one = (value(), any::<bool>(), blank(), remark());
    let elements = prop::collection::vec(one, 1..6);
    let around = prop::sample::select(vec![
        ("", "", ""),
        ("{\"value\":", "}", "/value"),
        (
            "{\"@odata.context\": \"]\\\"[\", \"Value\" : ",
            "\n}\n",
            "/Value",
        ),
        (
            "// c\n{\"v\": {\"value\": [1]}, \"\\u0076alue\":\r\n",
            ", \"@odata.nextLink\": \"é\"}",
            "/value",
        ),
    ]);
    let comma = prop::sample::select(vec!["", "", ","]);
    (elements, around, remark(), comma).prop_map(|(elements, around, remark, comma)| {
        let (before, after, pointer) = around;
        let one = |(value, pretty, blank, remark): &(Value, bool, &str, &str)| {
            format!("{blank}{}{remark}", shown(value, *pretty))
        };
        let elements: Vec<String> = elements.iter().map(one).collect();
        let elements = elements.join(",");
        let text = format!("{before}[{remark}{elements}{comma}{remark}]{after}");
        (text, "a.json", Some(pointer))
    })
}

fn encoded(text: &str, encoding: usize) -> Vec<u8> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    match encoding {
        0 => text.as_bytes().to_vec(),
        1 => [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
        2 => utf16(u16::to_le_bytes),
        _ => [vec![0xfe, 0xff], utf16(u16::to_be_bytes)].concat(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_stream_gives_what_the_whole_gives(
        sample in prop_oneof![values(), list()],
        cut in (1..40_usize, 0..60_usize),
        encoding in 0..4_usize,
    ) {
        let (text, path, list) = sample;
        let bytes = encoded(&text, encoding);
        let streamed = streamed(path, &bytes, cut, &Limits::default());
        let streamed = streamed.map(Option::unwrap);
        prop_assert_eq!(streamed, whole(path, &bytes, list), "{}", text);
    }

    /// Whatever is wrong with a text, the error is the same; and what is read as a whole is no list.
    #[test]
    fn a_stream_fails_as_the_whole_fails(
        sample in prop_oneof![values(), list()],
        cut in (1..40_usize, 0..60_usize),
        at in any::<prop::sample::Index>(),
        length in 0..3_usize,
        more in prop::sample::select(vec!["", "", ",", "]", "}", "\"", "x", "[", "\u{1}", ":", "é"]),
        truncated in any::<bool>(),
    ) {
        let (mut text, path, list) = sample;
        let from = text.floor_char_boundary(at.index(text.len()));
        let to = text.ceil_char_boundary((from + length).min(text.len()));
        text.replace_range(from..if truncated { text.len() } else { to }, more);
        let streamed = streamed(path, text.as_bytes(), cut, &Limits::default());
        let whole = parse(path, text.as_bytes(), &Limits::default()).map(|_| ());
        match (streamed, whole) {
            (Ok(None), _) => {}
            // Of two errors, the whole tells one in its comments first.
            (Err(_), Err(_)) if list.is_some() && has_comments(&text) => {}
            (streamed, whole) => prop_assert_eq!(streamed.map(|_| ()), whole, "{}", text),
        }
    }
}

fn has_comments(text: &str) -> bool {
    text.contains("//") || text.contains("/*")
}

fn error(path: &str, bytes: &[u8], limits: &Limits) -> String {
    match streamed(path, bytes, (7, 0), limits) {
        Err(error) => error.to_string(),
        Ok(found) => format!("{found:?}"),
    }
}

#[test]
fn errors_have_their_place_in_the_file() {
    let limits = Limits::default();
    for (path, text, expected) in [
        (
            "a.json",
            "[1,\n {\"a\": 1, \"a\": 2}]",
            "a.json:2:11: duplicate key `a`",
        ),
        (
            "a.json",
            "{\"value\": [1,\n 2",
            "a.json:2:3: the text ends within an array",
        ),
        (
            "a.json",
            "{\"value\": [1,\n 2]",
            "a.json:2:4: the text ends within an object",
        ),
        (
            "a.json",
            "{\"a\" 1, \"value\": [tru]}",
            "a.json:1:6: expected `:`",
        ),
        (
            "a.json",
            "{\"value\": [tru], \"a\" 1}",
            "a.json:1:15: expected ident",
        ),
        ("a.json", "[1}, 2]", "a.json:1:3: expected `,` or `]`"),
        (
            "a.json",
            "{\"value\": [1],\n \"a\" 1}",
            "a.json:2:6: expected `:`",
        ),
        ("a.json", "[1,,2]", "a.json:1:4: expected value"),
        (
            "a.json",
            "[1 /* b",
            "a.json:1:4: the comment is never closed",
        ),
        ("a.ndjson", "{}\n{\"a\" 1}", "a.ndjson:2:6: expected `:`"),
    ] {
        assert_eq!(error(path, text.as_bytes(), &limits), expected, "{text}");
        let whole = parse(path, text.as_bytes(), &limits).unwrap_err();
        assert_eq!(whole.to_string(), expected, "{text}");
    }
    let malformed = b"[1,\n\"\xc3\xa9\", \"\xff\"]";
    let expected = "a.json:2:7: malformed UTF-8 at byte offset 11";
    assert_eq!(error("a.json", malformed, &limits), expected);
}

#[test]
fn the_limits_hold_for_an_element() {
    let limits = Limits {
        max_bytes: 20,
        max_depth: 4,
        max_documents: 1,
    };
    let long = "x".repeat(30);
    let text = format!("[1, 2,\n \"{long}\", 3]");
    assert_eq!(
        error("a.json", text.as_bytes(), &limits),
        "a.json:1:6: an element is larger than 20 bytes"
    );
    let text = format!("1\n2\n \"{long}\"\n3");
    assert_eq!(
        error("a.ndjson", text.as_bytes(), &limits),
        "a.ndjson:3:2: an element is larger than 20 bytes"
    );
    let many = "[1, 2], ".repeat(40);
    let text = format!("{{\"value\": [{many} 3]}}");
    let found = streamed("a.json", text.as_bytes(), (7, 0), &limits);
    assert_eq!(found.unwrap().unwrap().len(), 41);
    assert_eq!(
        error("a.json", b"{\"value\": [[[[]]]]}", &limits),
        "a.json:1:14: nested deeper than 4 levels"
    );
}

#[test]
fn what_is_no_list_is_read_as_a_whole() {
    let layout = |path: &str, text: &str| {
        let is_list = |value: &Value, _: &str| value.get("no").is_none();
        layout(path, text.as_bytes(), &Limits::default(), "value", is_list).unwrap()
    };
    for (path, text) in [
        ("a.json", "{\"a\": [1]}"),
        ("a.json", "{\"value\": {\"value\": [1]}}"),
        ("a.json", "{\"value\": [1], \"no\": 1}"),
        ("a.json", "{\"value\": []}"),
        ("a.yaml", "[1]"),
        ("-", "a: [1]"),
        ("-", "eyJh.e30."),
    ] {
        assert!(matches!(layout(path, text), Layout::Whole), "{text}");
    }
    for (path, text) in [("-", "[1] [2]"), ("-", "{}\n{}"), ("a.ndjson", "1")] {
        assert!(matches!(layout(path, text), Layout::Values), "{text}");
    }
}

/// Counts what is asked for, beyond what was given on.
#[test]
fn no_more_is_held_than_a_chunk() {
    let element = "{\"appId\": \"a\", \"tags\": [1, 2, 3]},\n";
    let count = 30_000;
    let text = format!("[{}{{}}]", element.repeat(count));
    let limits = Limits::default();
    let layout = layout("-", text.as_bytes(), &limits, "value", |_, _| true).unwrap();
    let mut stream = Stream::new("-", text.as_bytes(), &layout, &limits);
    let (mut given, mut most, mut elements) = (0, 0, 0);
    while let Some(chunk) = stream.next() {
        let documents = chunk.unwrap().documents(&limits).unwrap();
        given += documents[0].source.text().len();
        most = most.max(stream.read() - given.min(stream.read()));
        elements += documents[0].value.as_array().unwrap().len();
        assert_eq!(documents[0].source.syntax(), Syntax::Json);
    }
    assert_eq!(elements, count + 1);
    assert!(most < 200 << 10, "{most} bytes were read ahead");
}

//! From JSON Pointers back to places in the text.

mod json;
mod jwt;
mod lines;
mod toml;
mod xml;
mod yaml;

use std::borrow::Cow;
use std::ops::Range;

use super::pointer::unescaped;
use super::text::{Position, SourceText};
use super::{Document, Syntax};

/// A place in a source's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First line, from 1.
    pub start_line: u32,
    /// First column, from 1, in characters.
    pub start_column: u32,
    /// Last line.
    pub end_line: u32,
    /// The column after the last character.
    pub end_column: u32,
    /// The bytes in [`SourceText::text`].
    pub bytes: Range<usize>,
}

impl Document {
    /// The places that JSON Pointers into this document lead to; `None` for what is no pointer.
    ///
    /// A member that is a scalar stands at its value; one that is an array or an object starts at
    /// its key. A pointer to what does not exist leads to the nearest ancestor that does, and one
    /// through a YAML alias to the alias. The text is parsed anew, so ask for all places at once.
    #[must_use]
    pub fn locate(&self, pointers: &[&str]) -> Vec<Option<Span>> {
        let text = self.source.text().get(self.range()).unwrap_or_default();
        if let Some(part) = &self.list {
            let places = pointers.iter().map(|pointer| part.pointer_in_list(pointer));
            let places: Vec<Option<String>> = places.collect();
            let known: Vec<&str> = places.iter().flatten().map(String::as_str).collect();
            let text = part.text(text);
            let tree = json::tree(&text, &known);
            let find = |place: &Option<String>| tree.as_ref()?.find_within(place.as_ref()?);
            return self
                .source
                .spans(&places.iter().map(find).collect::<Vec<_>>());
        }
        let tree = match self.source.syntax() {
            Syntax::Json | Syntax::Ndjson => json::tree(text, pointers),
            Syntax::Yaml => yaml::tree(text),
            Syntax::Toml => toml::tree(text),
            Syntax::Xml => xml::tree(text),
            Syntax::Lines => Some(lines::tree(text)),
            Syntax::Jwt => jwt::tree(text),
        };
        let base = self.range.start;
        let ranges: Vec<Option<Range<usize>>> = pointers
            .iter()
            .map(|pointer| tree.as_ref()?.find(pointer))
            .map(|found| found.map(|range| range.start + base..range.end + base))
            .collect();
        self.source.spans(&ranges)
    }
}

impl SourceText {
    fn spans(&self, ranges: &[Option<Range<usize>>]) -> Vec<Option<Span>> {
        let both = |range: &Range<usize>| [range.start, range.end];
        let mut offsets: Vec<usize> = ranges.iter().flatten().flat_map(both).collect();
        offsets.sort_unstable();
        offsets.dedup();
        let positions = self.positions(&offsets);
        let position = |offset: usize| -> Option<Position> {
            let index = offsets.binary_search(&offset).ok()?;
            positions.get(index).copied()
        };
        let span = |range: &Range<usize>| {
            let (start, end) = (position(range.start)?, position(range.end)?);
            Some(Span {
                start_line: start.line,
                start_column: start.column,
                end_line: end.line,
                end_column: end.column,
                bytes: range.clone(),
            })
        };
        ranges.iter().map(|range| span(range.as_ref()?)).collect()
    }
}

/// Where a value and all that it holds stand.
struct Tree<'a> {
    range: Range<usize>,
    children: Children<'a>,
}

enum Children<'a> {
    None,
    Items(Vec<Tree<'a>>),
    Members(Vec<Member<'a>>),
}

struct Member<'a> {
    key: Range<usize>,
    name: Name<'a>,
    tree: Tree<'a>,
}

enum Name<'a> {
    Text(Cow<'a, str>),
    /// YAML's `<<`: it stands for members that are not written here.
    Merge,
    /// A key that is no name of a member.
    Other,
}

impl Tree<'_> {
    /// What nobody asks for.
    const NOWHERE: Self = Tree {
        range: 0..0,
        children: Children::None,
    };

    /// The place that a pointer leads to, as far as it leads.
    fn find(&self, pointer: &str) -> Option<Range<usize>> {
        if pointer.is_empty() {
            return Some(self.range.clone());
        }
        let mut place = (self, self.range.clone());
        for token in pointer.strip_prefix('/')?.split('/') {
            match place.0.child(&unescaped(token)) {
                Some(child) => place = child,
                None => break,
            }
        }
        Some(place.1)
    }

    /// The same, unless it leads out of the elements of a list.
    fn find_within(&self, pointer: &str) -> Option<Range<usize>> {
        let place = self.find(pointer)?;
        (place != self.range).then_some(place)
    }

    fn child(&self, token: &str) -> Option<(&Self, Range<usize>)> {
        match &self.children {
            Children::None => None,
            Children::Items(items) => {
                let item = items.get(index(token)?)?;
                Some((item, item.range.clone()))
            }
            Children::Members(members) => {
                let named = |member: &&Member<'_>| matches!(&member.name, Name::Text(name) if name == token);
                let merge = |member: &&Member<'_>| matches!(member.name, Name::Merge);
                let member = members.iter().find(named);
                let member = member.or_else(|| members.iter().find(merge))?;
                Some((&member.tree, member.place()))
            }
        }
    }
}

impl Member<'_> {
    /// The value where it is a scalar; from the key on where it is not, or where nothing is written.
    fn place(&self) -> Range<usize> {
        match self.tree.children {
            Children::None if !self.tree.range.is_empty() => self.tree.range.clone(),
            _ => self.key.start..self.tree.range.end.max(self.key.end),
        }
    }
}

/// An array index as JSON Pointer spells it: no sign, no leading zero.
fn index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with(['0', '+']);
    canonical.then(|| token.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, parse};
    use super::*;

    /// Where pointers lead: `line:column-line:column text`.
    fn places(path: &str, text: &str, pointers: &[&str]) -> Vec<String> {
        let document = &parse(path, text.as_bytes(), &Limits::default()).unwrap()[0];
        let spans = document.locate(pointers);
        let place = |span: &Option<Span>| match span {
            None => "none".to_owned(),
            Some(span) => format!(
                "{}:{}-{}:{} {}",
                span.start_line,
                span.start_column,
                span.end_line,
                span.end_column,
                text[span.bytes.clone()].escape_debug()
            ),
        };
        spans.iter().map(place).collect()
    }

    fn place(path: &str, text: &str, pointer: &str) -> String {
        places(path, text, &[pointer]).remove(0)
    }

    #[test]
    fn scalars_stand_at_their_value_and_collections_start_at_their_key() {
        let text = "{\r\n  \"ü\": {\r\n    \"uris\": [\"ä\", {}]\r\n  }\r\n}";
        let pointers = ["/ü/uris/0", "/ü/uris/1", "/ü/uris", "/ü"];
        assert_eq!(
            places("a.json", text, &pointers),
            [
                r#"3:14-3:17 \"ä\""#,
                "3:19-3:21 {}",
                r#"3:5-3:22 \"uris\": [\"ä\", {}]"#,
                r#"2:3-4:4 \"ü\": {\r\n    \"uris\": [\"ä\", {}]\r\n  }"#,
            ]
        );
    }

    #[test]
    fn what_does_not_exist_is_at_its_nearest_ancestor() {
        let text = r#"{"a": {"b": 1}, "c": [2]}"#;
        assert_eq!(
            place("a.json", text, "/a/x/y"),
            r#"1:2-1:15 \"a\": {\"b\": 1}"#
        );
        assert_eq!(place("a.json", text, "/a/b/x"), "1:13-1:14 1");
        for pointer in ["/c/1", "/c/-", "/c/00", "/c/+0"] {
            assert_eq!(place("a.json", text, pointer), r#"1:17-1:25 \"c\": [2]"#);
        }
        assert!(place("a.json", text, "/x").starts_with("1:1-1:26"));
        assert_eq!(place("a.json", text, "a"), "none", "no pointer");
    }

    #[test]
    fn tokens_are_unescaped() {
        let text = r#"{"a/b": 1, "~": 2, "~1": 3, "": 4, "\u00e9": 5}"#;
        let pointers = ["/a~1b", "/~0", "/~01", "/", "/é"];
        let found = places("a.json", text, &pointers);
        let found: Vec<&str> = found
            .iter()
            .map(|place| &place[place.len() - 1..])
            .collect();
        assert_eq!(found, ["1", "2", "3", "4", "5"]);
    }

    #[test]
    fn comments_are_no_place() {
        let text = "// é\n{/* a */ \"a\": /* b */ 1, // c\n}";
        assert_eq!(place("a.json", text, "/a"), "2:23-2:24 1");
    }

    #[test]
    fn places_in_later_documents_count_from_the_file_s_start() {
        for (path, text) in [
            ("a.ndjson", "{\"é\": 1}\n\n  {\"a\": 22}\n"),
            ("a.yaml", "é: 1\n---\n  a: 22\n"),
        ] {
            let documents = parse(path, text.as_bytes(), &Limits::default()).unwrap();
            let span = documents[1].locate(&["/a"])[0].clone().unwrap();
            assert_eq!((span.start_line, &text[span.bytes]), (3, "22"), "{path}");
        }
    }

    #[test]
    fn yaml_collections_end_with_what_they_hold() {
        let text = "web:\n  uris:\n    - é: b # c\n\n# d\nflow: {a: [x ] }\n";
        let pointers = ["/web", "/web/uris/0", "/web/uris/0/é", "/flow", "/flow/a/0"];
        assert_eq!(
            places("a.yaml", text, &pointers),
            [
                r"1:1-3:11 web:\n  uris:\n    - é: b",
                "3:7-3:11 é: b",
                "3:10-3:11 b",
                "6:1-6:17 flow: {a: [x ] }",
                "6:12-6:13 x",
            ]
        );
    }

    #[test]
    fn yaml_aliases_and_merges_stand_where_they_are_used() {
        let text = "base: &b {x: 1}\nuse: *b\nmore:\n  <<: *b\n  y: 2\n";
        let pointers = ["/use", "/use/x", "/more/x", "/more/y"];
        assert_eq!(
            places("a.yaml", text, &pointers),
            ["2:6-2:8 *b", "2:6-2:8 *b", "4:7-4:9 *b", "5:6-5:7 2"]
        );
    }

    #[test]
    fn yaml_keys_have_the_names_of_the_value() {
        let text = "1: a\ntrue: b\n~: c\n? 0x1F\n: d\nempty:\n";
        let pointers = ["/1", "/true", "/null", "/0x1F", "/empty"];
        assert_eq!(
            places("a.yaml", text, &pointers),
            [
                "1:4-1:5 a",
                "2:7-2:8 b",
                "3:4-3:5 c",
                "5:3-5:4 d",
                "6:1-6:6 empty"
            ]
        );
    }

    #[test]
    fn toml_stands_as_json_does() {
        let text = "[project]\ndependencies = [\"a\", 'é']\n[tool.x]\ny = { z = 1 }\n[[t]]\n[[t]]\nu = 2\n";
        let pointers = [
            "/project/dependencies/1",
            "/tool/x/y/z",
            "/t/1/u",
            "/tool/x/y",
        ];
        assert_eq!(
            places("Cargo.toml", text, &pointers),
            [
                "2:22-2:25 \\'é\\'",
                "4:11-4:12 1",
                "7:5-7:6 2",
                "4:1-4:14 y = { z = 1 }"
            ]
        );
    }

    #[test]
    fn xml_attributes_stand_at_their_value_and_elements_as_a_whole() {
        let text = "<?xml version='1.0'?>\n<a>\n  <b c='é' d=''/> <e>f</e>\n</a>";
        let pointers = [
            "/children/0/attributes/c",
            "/children/0/attributes/d",
            "/children/0",
            "/children/1/children/0",
            "/children/0/name",
        ];
        assert_eq!(
            places("pom.xml", text, &pointers),
            [
                "3:9-3:10 é",
                r"3:12-3:16 d=\'\'",
                r"3:3-3:18 <b c=\'é\' d=\'\'/>",
                "3:22-3:23 f",
                r"3:3-3:18 <b c=\'é\' d=\'\'/>",
            ]
        );
    }

    #[test]
    fn lines_stand_without_the_blanks_around_them() {
        let text = "module a\r\n\trequire é v1 \n\n";
        let pointers = ["/1", "/2", "/9"];
        let found = places("go.mod", text, &pointers);
        assert_eq!(found[0], "2:2-2:14 require é v1");
        assert!(found[1].starts_with("3:1-3:1"), "{found:?}");
        assert!(found[2].starts_with("1:1"), "{found:?}");
    }
}

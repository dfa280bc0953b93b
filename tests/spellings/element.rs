//! The text of the element that stands at a line and a column, told without the program's own parsers.

/// The text from a place on.
fn from(text: &str, line: u32, column: u32) -> &str {
    let line = text.split_inclusive('\n').nth(line as usize - 1).unwrap();
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    let skipped = line.chars().take(column as usize - 1).map(char::len_utf8);
    &text[start + skipped.sum::<usize>()..]
}

/// The texts of all strings of the element in JSON that stands at a place: a value, or a member with its key.
pub fn json_strings(text: &str, line: u32, column: u32) -> Vec<String> {
    let text = from(text, line, column);
    let mut strings = Vec::new();
    let mut depth = 0_u32;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            '"' => {
                let length = string_length(rest);
                strings.push(serde_json::from_str(&rest[..length]).unwrap());
                rest = &rest[length..];
                continue;
            }
            '[' | '{' => depth += 1,
            ']' | '}' if depth <= 1 => break,
            ']' | '}' => depth -= 1,
            ',' if depth == 0 => break,
            _ => {}
        }
        rest = &rest[c.len_utf8()..];
    }
    strings
}

/// The length of the string that a text begins with, quotes included.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text[1..].char_indices().find(|(_, c)| {
        let ends = *c == '"' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        ends
    });
    end.unwrap().0 + 2
}

/// The lines of the element of a list, or of the scalar, that stands at a place in YAML: its own, and those below it that
/// begin no further left.
pub fn yaml_lines(text: &str, line: u32, column: u32) -> String {
    let first = from(text, line, column);
    let (first, below) = first.split_once('\n').unwrap_or((first, ""));
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = below
        .lines()
        .take_while(|line| indent(line) >= column as usize - 1);
    std::iter::once(first)
        .chain(own)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn an_element_ends_where_it_ends() {
    let text = "{\n  \"a\": [\"é\\\"]\", {\"b\": \"c\"}],\n  \"d\": \"e\"\n}";
    assert_eq!(json_strings(text, 2, 3), ["a", "é\"]", "b", "c"]);
    assert_eq!(json_strings(text, 2, 8), ["é\"]", "b", "c"]);
    assert_eq!(json_strings(text, 2, 9), ["é\"]"]);
    assert_eq!(json_strings(text, 3, 8), ["e"]);
    let text = "a:\n- b: c\n  d:\n  - e\n- f: g\n";
    assert_eq!(yaml_lines(text, 2, 3), "b: c\n  d:\n  - e");
    assert_eq!(yaml_lines(text, 5, 3), "f: g");
}

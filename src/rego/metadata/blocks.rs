//! The comments of a module that begin with `# METADATA`.

/// A block: the YAML below a line `# METADATA`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// The line of the marker, from 1.
    pub(crate) line: usize,
    pub(crate) yaml: String,
}

/// A comment at the beginning of a line, without its `#`.
struct Comment<'a> {
    line: usize,
    text: &'a str,
}

impl Comment<'_> {
    fn is_marker(&self) -> bool {
        self.text.trim().starts_with("METADATA")
    }
}

/// The blocks of a module's text, as OPA finds them: comments in a row, from one marker to the next.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let comments = comments(text);
    let mut blocks = Vec::new();
    for (index, marker) in comments.iter().enumerate() {
        if !marker.is_marker() {
            continue;
        }
        let below = comments.get(index + 1..).unwrap_or_default();
        let body = below.iter().zip(marker.line + 1..);
        let body = body.take_while(|(comment, line)| comment.line == *line && !comment.is_marker());
        let mut yaml = String::new();
        for (comment, _) in body {
            yaml.push_str(comment.text.strip_prefix(' ').unwrap_or(comment.text));
            yaml.push('\n');
        }
        blocks.push(Block {
            line: marker.line,
            yaml,
        });
    }
    blocks
}

/// The lines that begin with `#`, but for those within a raw string.
fn comments(text: &str) -> Vec<Comment<'_>> {
    let mut comments = Vec::new();
    let mut is_raw = false;
    for (index, line) in text.lines().enumerate() {
        match line.strip_prefix('#') {
            Some(text) if !is_raw => comments.push(Comment {
                line: index + 1,
                text,
            }),
            _ => is_raw = ends_raw(line, is_raw),
        }
    }
    comments
}

/// Whether a line ends within a raw string.
fn ends_raw(line: &str, mut is_raw: bool) -> bool {
    let mut chars = line.chars();
    while let Some(char) = chars.next() {
        match char {
            '`' => is_raw = !is_raw,
            _ if is_raw => {}
            '#' => return false,
            '"' => {
                while let Some(char) = chars.next() {
                    match char {
                        '"' => break,
                        '\\' => drop(chars.next()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    is_raw
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_end_where_opa_ends_them() {
        let text = "# METADATA\n# title: a\n#  b\n\n# no\n# METADATA of b\n#c: 1\n# METADATA\nx := `\n# METADATA\n`\n\
                    y := \"`\" # `\n # METADATA\n#METADATA\n# d: \"\n## METADATA\n";
        let found: Vec<(usize, String)> = blocks(text)
            .into_iter()
            .map(|block| (block.line, block.yaml))
            .collect();
        let expected = [
            (1, "title: a\n b\n"),
            (6, "c: 1\n"),
            (8, ""),
            (14, "d: \"\n# METADATA\n"),
        ];
        let expected = expected.map(|(line, yaml)| (line, yaml.to_owned()));
        assert_eq!(found, expected);
    }
}

//! A text as the list of its lines.

use serde_json::Value;

/// The lines, without their ends.
pub(super) fn parse(text: &str) -> Value {
    Value::Array(lines(text).map(|(_, line)| line.into()).collect())
}

/// The lines, each with its offset. They end as those of [`SourceText`](super::SourceText) do.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let at = start;
        let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let (line, end) = rest.split_at_checked(length)?;
        let end_length = match end.as_bytes() {
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        start += length + end_length;
        Some((at, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let found: Vec<_> = lines("a\r\n\rb\n\nü").collect();
        assert_eq!(found, [(0, "a"), (3, ""), (4, "b"), (6, ""), (7, "ü")]);
        assert_eq!(lines("").count(), 0);
        assert_eq!(lines("a\n").count(), 1);
    }
}

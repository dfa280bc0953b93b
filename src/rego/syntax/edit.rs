//! Changes to a module's text that keep its lines.

/// A part of the text and what takes its place.
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) with: String,
}

impl Edit {
    pub(super) fn insert(at: usize, with: impl Into<String>) -> Self {
        Self {
            start: at,
            end: at,
            with: with.into(),
        }
    }

    /// Other text, with as many lines.
    pub(super) fn replace(text: &str, start: usize, end: usize, with: &str) -> Self {
        let lines = |text: &str| text.matches('\n').count();
        let missing = text
            .get(start..end)
            .map_or(0, lines)
            .saturating_sub(lines(with));
        Self {
            start,
            end,
            with: format!("{with}{}", "\n".repeat(missing)),
        }
    }
}

/// The text with edits that do not overlap; none when there are none.
pub(super) fn applied(text: &str, mut edits: Vec<Edit>) -> Option<String> {
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.start..edit.end, &edit.with);
    }
    Some(text)
}

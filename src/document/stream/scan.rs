//! Finds where values begin and end, and leaves their meaning to the parser.

/// What one byte of JSON is to whoever looks for boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// White space, or a part of a comment.
    Blank,
    /// `[` or `{`.
    Open,
    /// `]` or `}`.
    Close,
    Comma,
    /// The quote that begins a string.
    Quote,
    /// A part of a string.
    Inside,
    /// The quote that ends a string.
    EndQuote,
    /// A part of a number or of a word, a colon, or what is no JSON.
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Plain,
    String,
    Escape,
    Slash,
    LineComment,
    BlockComment,
    BlockStar,
}

/// Reads bytes one by one, and knows what is open.
#[derive(Debug, Clone)]
pub(super) struct Scanner {
    comments: bool,
    state: State,
    depth: usize,
}

impl Scanner {
    /// `comments` says whether the text may have some.
    pub(super) const fn new(comments: bool) -> Self {
        Self {
            comments,
            state: State::Plain,
            depth: 0,
        }
    }

    /// How many lists and objects are open.
    pub(super) const fn depth(&self) -> usize {
        self.depth
    }

    /// Whether a string or a comment is open.
    pub(super) fn is_within(&self) -> bool {
        !matches!(self.state, State::Plain | State::Slash)
    }

    /// How many of the next bytes are [`Mark::Inside`] and change nothing, so that they need not be marked.
    pub(super) fn to_skip(&self, next: &[u8]) -> usize {
        if self.state == State::String {
            memchr::memchr2(b'"', b'\\', next).unwrap_or(next.len())
        } else {
            0
        }
    }

    pub(super) fn mark(&mut self, byte: u8) -> Mark {
        match self.state {
            State::Plain => self.plain(byte),
            State::String => self.string(byte),
            State::Escape => self.go(State::String, Mark::Inside),
            State::Slash => match byte {
                b'/' => self.go(State::LineComment, Mark::Blank),
                b'*' => self.go(State::BlockComment, Mark::Blank),
                _ => self.plain(byte),
            },
            State::LineComment => match byte {
                b'\n' | b'\r' => self.go(State::Plain, Mark::Blank),
                _ => Mark::Blank,
            },
            State::BlockComment if byte == b'*' => self.go(State::BlockStar, Mark::Blank),
            State::BlockComment => Mark::Blank,
            State::BlockStar => match byte {
                b'/' => self.go(State::Plain, Mark::Blank),
                b'*' => Mark::Blank,
                _ => self.go(State::BlockComment, Mark::Blank),
            },
        }
    }

    fn plain(&mut self, byte: u8) -> Mark {
        self.state = State::Plain;
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => Mark::Blank,
            b'"' => self.go(State::String, Mark::Quote),
            b'/' if self.comments => self.go(State::Slash, Mark::Blank),
            b',' => Mark::Comma,
            b'[' | b'{' => {
                self.depth += 1;
                Mark::Open
            }
            b']' | b'}' => {
                self.depth = self.depth.saturating_sub(1);
                Mark::Close
            }
            _ => Mark::Text,
        }
    }

    fn string(&mut self, byte: u8) -> Mark {
        match byte {
            b'"' => self.go(State::Plain, Mark::EndQuote),
            b'\\' => self.go(State::Escape, Mark::Inside),
            _ => Mark::Inside,
        }
    }

    fn go(&mut self, state: State, mark: Mark) -> Mark {
        self.state = state;
        mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of one mark and depth.
    fn all(text: &str, wanted: Mark) -> Vec<(usize, usize)> {
        let mut scanner = Scanner::new(true);
        let marks = text.bytes().enumerate().map(|(at, byte)| {
            let mark = scanner.mark(byte);
            (mark, (at, scanner.depth()))
        });
        let wanted = marks.filter(|(mark, _)| *mark == wanted);
        wanted.map(|(_, place)| place).collect()
    }

    #[test]
    fn strings_and_comments_hide_what_is_in_them() {
        let text = r#"["a,\"]\\", /* ,] **/ {"b": [1, 2]} // ,
            , 3]"#;
        assert_eq!(all(text, Mark::Comma), [(10, 1), (30, 3), (53, 1)]);
        assert_eq!(all(text, Mark::Close), [(33, 2), (34, 1), (56, 0)]);
    }

    #[test]
    fn what_can_be_skipped_changes_nothing() {
        let text =
            r#"["a long one", "with \"quotes\" in it", "", "\\", {"name": /* "no" */ "ü"}, "open"#;
        let (mut one, mut other) = (Scanner::new(true), Scanner::new(true));
        let mut skipped = 0;
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let skip = one.to_skip(&bytes[at..]);
            for byte in &bytes[at..at + skip] {
                assert_eq!(other.mark(*byte), Mark::Inside);
            }
            skipped += skip;
            at += skip;
            if let Some(byte) = bytes.get(at) {
                assert_eq!(one.mark(*byte), other.mark(*byte));
                at += 1;
            }
            assert_eq!((one.state, one.depth), (other.state, other.depth));
        }
        assert_eq!(skipped, 37);
    }

    #[test]
    fn a_slash_alone_hides_nothing() {
        assert_eq!(all("[1 / ,2]", Mark::Comma), [(5, 1)]);
        assert_eq!(all("]]", Mark::Close), [(0, 0), (1, 0)]);
    }
}

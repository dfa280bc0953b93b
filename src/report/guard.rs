//! What text from a document must not do where a report is shown: steer a terminal, hide characters, or reach a build
//! server that takes lines of its log for commands.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// Whether nobody sees the character, or it turns the direction of what follows.
pub(super) const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The text without what a build server would take for a command of its own: `##vso[` and `##[` anywhere in a line,
/// `::name::` where one could start. They compare as people do, for whom invisible characters are not there.
pub(super) fn disarm(text: String) -> String {
    if !text.contains("::") && !text.contains('#') && text.chars().all(|c| !is_invisible(c)) {
        return text;
    }
    let seen: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let mut text = text;
    if seen.contains("##[") || seen.contains("##vso[") {
        text = text.replace('#', "\u{fffd}");
    }
    let opens = |word: &str| {
        let name = word.strip_prefix("::").and_then(|name| name.chars().next());
        name.is_some_and(|first| first.is_ascii_alphabetic())
    };
    if seen.split_whitespace().any(opens) && seen.matches("::").count() > 1 {
        text = text.replace(':', "\u{fffd}");
    }
    text
}

/// Writes JSON in one line.
pub(super) fn json(writer: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut line = Vec::with_capacity(2048);
    value.serialize(&mut Serializer::with_formatter(
        &mut line,
        Guarded(CompactFormatter),
    ))?;
    writer.write_all(&line)
}

/// Writes in strings as escapes what is [`is_invisible`], and the second `#` of a command. A reader of JSON sees the same
/// text.
pub(super) struct Guarded<F>(pub(super) F);

impl<F: Formatter> Formatter for Guarded<F> {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // So is nearly all text: all of it is looked at, which takes less than to ask after each byte whether to go on.
        let is_plain = |byte: u8| (b' '..b'\x7f').contains(&byte) && byte != b'#';
        let bytes = fragment.as_bytes().iter();
        if bytes.fold(true, |all, byte| all & is_plain(*byte)) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut last = None;
        let mut start = 0;
        for (index, character) in fragment.char_indices() {
            let rest = &fragment[index + character.len_utf8()..];
            let is_command = character == '#'
                && last == Some('#')
                && (rest.starts_with('[') || rest.starts_with("vso["));
            if is_command || is_invisible(character) {
                writer.write_all(&fragment.as_bytes()[start..index])?;
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
                start = index + character.len_utf8();
            }
            last = Some(character);
        }
        writer.write_all(&fragment.as_bytes()[start..])
    }

    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn disarmed(text: &str) -> String {
        disarm(text.to_owned())
    }

    #[test]
    fn commands_are_disarmed() {
        for (text, safe) in [
            ("a ##vso[task.x]y", "a \u{fffd}\u{fffd}vso[task.x]y"),
            ("##[error]y", "\u{fffd}\u{fffd}[error]y"),
            (
                "#\u{ad}#\u{200b}[error]",
                "\u{fffd}\u{ad}\u{fffd}\u{200b}[error]",
            ),
            (
                "a ::add-mask::b",
                "a \u{fffd}\u{fffd}add-mask\u{fffd}\u{fffd}b",
            ),
            (
                ":\u{200b}:debug::b",
                "\u{fffd}\u{200b}\u{fffd}debug\u{fffd}\u{fffd}b",
            ),
        ] {
            assert_eq!(disarmed(text), safe);
        }
    }

    #[test]
    fn what_only_looks_like_a_command_stays() {
        for text in [
            "C## [a]",
            "##vso",
            "repo:contoso/shop::ref::x",
            "::1",
            "::ffff:192.0.2.1",
            "a::b::c",
            "🧑\u{200d}💻",
        ] {
            assert_eq!(disarmed(text), text);
        }
    }

    #[test]
    fn json_shows_what_is_hidden() {
        let mut out = Vec::new();
        json(
            &mut out,
            &["##[a]\u{1b}", "\u{202e}\u{e0041}\u{9b}", "## a"],
        )
        .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            r###"["#\u0023[a]\u001b","\u202e\udb40\udc41\u009b","## a"]"###
        );
    }

    proptest! {
        #[test]
        fn json_reads_back(text in any::<String>(), key in "[#\u{ad}\"\\\\\u{200b}é]{0,9}") {
            let value = serde_json::json!({key.clone(): [text, 1, {}, []], "b": null});
            let mut compact = Vec::new();
            json(&mut compact, &value).unwrap();
            let indented = super::super::indent::text(&value, 0).unwrap();
            for written in [compact, indented.into_bytes()] {
                prop_assert_eq!(&serde_json::from_slice::<serde_json::Value>(&written).unwrap(), &value);
            }
        }
    }
}

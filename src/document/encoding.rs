//! Bytes become text: UTF-8 and UTF-16, with or without a byte order mark.

use encoding_rs::{DecoderResult, Encoding, UTF_16BE, UTF_16LE};

use super::error::{DocumentError, Fault};

const HELP: &str = "save the file as UTF-8";

/// How bytes are to be read, and the length of their byte order mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Utf8(usize),
    Utf16(&'static Encoding, usize),
    Utf32,
}

impl Form {
    /// What the first four bytes tell.
    pub(super) fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => Self::Utf8(3),
            [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Self::Utf32,
            [0xff, 0xfe, ..] => Self::Utf16(UTF_16LE, 2),
            [0xfe, 0xff, ..] => Self::Utf16(UTF_16BE, 2),
            // JSON and YAML start with an ASCII character, so one NUL of the first two tells.
            [1..=255, 0, ..] => Self::Utf16(UTF_16LE, 0),
            [0, 1..=255, ..] => Self::Utf16(UTF_16BE, 0),
            _ => Self::Utf8(0),
        }
    }
}

/// The text without its byte order mark; malformed bytes are an error with their offset.
pub(super) fn decode(path: &str, mut bytes: Vec<u8>) -> Result<String, DocumentError> {
    match Form::of(&bytes) {
        Form::Utf8(mark) => {
            bytes.drain(..mark);
            utf8(path, bytes, mark)
        }
        Form::Utf16(encoding, mark) => {
            utf16(path, bytes.get(mark..).unwrap_or_default(), encoding, mark)
        }
        Form::Utf32 => Err(utf32(path)),
    }
}

fn utf8(path: &str, bytes: Vec<u8>, mark: usize) -> Result<String, DocumentError> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes().get(..valid).unwrap_or_default();
        let before = String::from_utf8_lossy(bytes);
        malformed(path, &before, mark + valid, "UTF-8")
    })
}

fn utf16(
    path: &str,
    bytes: &[u8],
    encoding: &'static Encoding,
    mark: usize,
) -> Result<String, DocumentError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(most.unwrap_or_default());
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::OutputFull => Err(DocumentError::whole(path, "too large to decode")),
        DecoderResult::Malformed(bad, after) => {
            let offset = mark + read.saturating_sub(usize::from(bad) + usize::from(after));
            Err(malformed(path, &text, offset, encoding.name()))
        }
    }
}

fn malformed(path: &str, before: &str, offset: usize, encoding: &str) -> DocumentError {
    DocumentError::at(path, before, fault(before.len(), offset, encoding))
}

/// What is wrong at a byte of the text, where the bytes of the source stop making sense.
pub(super) fn fault(at: usize, offset: usize, encoding: &str) -> Fault {
    let message = format!("malformed {encoding} at byte offset {offset}");
    Fault::new(at, message).help(HELP)
}

pub(super) fn utf32(path: &str) -> DocumentError {
    DocumentError::at(
        path,
        "",
        Fault::new(0, "UTF-32 is not supported").help(HELP),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "{\"é\": \"😀\"}\r\n";
        let marked = format!("\u{feff}{text}");
        for bytes in [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf16_bytes(text, u16::to_le_bytes),
            utf16_bytes(text, u16::to_be_bytes),
            utf16_bytes(&marked, u16::to_le_bytes),
            utf16_bytes(&marked, u16::to_be_bytes),
        ] {
            assert_eq!(decode("a.json", bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn malformed_bytes_are_named_by_their_offset() {
        let error = |bytes: &[u8]| decode("a.json", bytes.to_vec()).unwrap_err().to_string();
        assert_eq!(
            error(b"{\n\"\xc3\xa9\": \"\xff\"}"),
            "a.json:2:7: malformed UTF-8 at byte offset 9"
        );
        assert_eq!(
            error(b"\xef\xbb\xbf{\xc3"),
            "a.json:1:2: malformed UTF-8 at byte offset 4"
        );
        assert_eq!(
            error(b"\xff\xfe{\0\x00\xd8}\0"),
            "a.json:1:2: malformed UTF-16LE at byte offset 4"
        );
        assert_eq!(
            error(b"{\0}\0 "),
            "a.json:1:3: malformed UTF-16LE at byte offset 4",
            "half a character at the end"
        );
        assert_eq!(
            error(b"\xff\xfe\0\0{\0\0\0"),
            "a.json:1:1: UTF-32 is not supported"
        );
    }

    #[test]
    fn nothing_is_no_text() {
        assert_eq!(decode("a.json", Vec::new()).as_deref(), Ok(""));
        assert_eq!(decode("a.json", vec![0xff, 0xfe]).as_deref(), Ok(""));
    }
}

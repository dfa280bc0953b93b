//! Bytes become text piece by piece.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult};

use super::super::encoding::{self, Form};
use super::super::error::DocumentError;
use super::super::text::{Position, Start};

/// How many bytes are read at once.
const PIECE: usize = 64 << 10;

/// The text of a source without its byte order mark, piece by piece.
pub(super) struct TextReader<R> {
    path: String,
    reader: R,
    form: Option<Text>,
    /// Bytes that are read and not decoded: less than a character, but for the first four.
    left: Vec<u8>,
    /// Bytes that are decoded, the byte order mark among them.
    decoded: usize,
    /// A carriage return that is decoded and not given: what follows tells whether it ends a line.
    has_return: bool,
    at_end: bool,
}

enum Text {
    Utf8,
    Utf16(Box<Decoder>),
}

/// Why text ends early.
#[derive(Debug)]
pub(super) enum Broken {
    /// Of the source as a whole.
    Whole(DocumentError),
    /// Malformed bytes, after the text so far: their offset, and the encoding.
    Malformed(usize, &'static str),
}

impl<R: Read> TextReader<R> {
    pub(super) fn new(path: &str, reader: R) -> Self {
        Self {
            path: path.to_owned(),
            reader,
            form: None,
            left: Vec::new(),
            decoded: 0,
            has_return: false,
            at_end: false,
        }
    }

    /// How many bytes of the source have become text.
    #[cfg(test)]
    pub(super) const fn decoded(&self) -> usize {
        self.decoded
    }

    /// Adds the next piece; false where there is none. What stands before malformed bytes is added as well.
    pub(super) fn read(&mut self, text: &mut String) -> Result<bool, Broken> {
        if self.at_end {
            return Ok(false);
        }
        self.fill().map_err(|error| {
            self.at_end = true;
            Broken::Whole(DocumentError::io(&self.path, &error))
        })?;
        if self.form.is_none() {
            self.form = Some(self.begin()?);
        }
        if std::mem::take(&mut self.has_return) {
            text.push('\r');
        }
        let bytes = std::mem::take(&mut self.left);
        self.decode(bytes, text)?;
        if !self.at_end && text.ends_with('\r') {
            text.pop();
            self.has_return = true;
        }
        Ok(true)
    }

    fn decode(&mut self, bytes: Vec<u8>, text: &mut String) -> Result<(), Broken> {
        match &mut self.form {
            Some(Text::Utf16(decoder)) => {
                let name = decoder.encoding().name();
                if let Err(offset) = utf16(decoder, &bytes, self.decoded, text, self.at_end) {
                    self.at_end = true;
                    return Err(Broken::Malformed(offset, name));
                }
                self.decoded += bytes.len();
            }
            _ => self.utf8(bytes, text)?,
        }
        Ok(())
    }

    fn fill(&mut self) -> io::Result<()> {
        let from = self.left.len();
        self.left.resize(from + PIECE, 0);
        let mut end = from;
        // The first four bytes tell the encoding.
        while end < 4 || end == from {
            let free = self.left.get_mut(end..).unwrap_or_default();
            match self.reader.read(free) {
                Ok(0) => {
                    self.at_end = true;
                    break;
                }
                Ok(read) => end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.left.truncate(end);
                    return Err(error);
                }
            }
        }
        self.left.truncate(end);
        Ok(())
    }

    fn begin(&mut self) -> Result<Text, Broken> {
        let (text, mark) = match Form::of(&self.left) {
            Form::Utf8(mark) => (Text::Utf8, mark),
            Form::Utf16(encoding, mark) => {
                let decoder = encoding.new_decoder_without_bom_handling();
                (Text::Utf16(Box::new(decoder)), mark)
            }
            Form::Utf32 => return Err(Broken::Whole(encoding::utf32(&self.path))),
        };
        self.left.drain(..mark);
        self.decoded = mark;
        Ok(text)
    }

    fn utf8(&mut self, mut bytes: Vec<u8>, text: &mut String) -> Result<(), Broken> {
        let (valid, malformed) = match std::str::from_utf8(&bytes) {
            Ok(all) => (all.len(), false),
            Err(error) => {
                let is_cut = error.error_len().is_none() && !self.at_end;
                (error.valid_up_to(), !is_cut)
            }
        };
        let good = bytes.get(..valid).unwrap_or_default();
        text.push_str(std::str::from_utf8(good).unwrap_or_default());
        self.decoded += valid;
        if malformed {
            self.at_end = true;
            return Err(Broken::Malformed(self.decoded, "UTF-8"));
        }
        bytes.drain(..valid);
        self.left = bytes;
        Ok(())
    }
}

/// Decodes all bytes, or tells where the malformed ones begin; they may begin in the piece before. So many bytes were
/// decoded already.
fn utf16(
    decoder: &mut Decoder,
    bytes: &[u8],
    decoded: usize,
    text: &mut String,
    last: bool,
) -> Result<(), usize> {
    let mut from = 0;
    loop {
        let rest = bytes.get(from..).unwrap_or_default();
        let most = decoder.max_utf8_buffer_length_without_replacement(rest.len());
        text.reserve(most.unwrap_or(PIECE));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, text, last);
        from += read;
        match result {
            DecoderResult::InputEmpty => return Ok(()),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, after) => {
                let malformed = usize::from(bad) + usize::from(after);
                return Err((decoded + from).saturating_sub(malformed));
            }
        }
    }
}

/// The error of malformed bytes after a text that ends there.
pub(super) fn malformed(path: &str, end: Start, offset: usize, encoding: &str) -> DocumentError {
    let position = Position::of(end);
    DocumentError::placed(path, position, encoding::fault(0, offset, encoding))
}

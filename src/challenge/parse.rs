//! Reads the header, leniently: commas may be missing or too many, and values need no quotes.

use super::{Challenge, ChallengeError, WwwAuthenticate};

impl WwwAuthenticate {
    /// Reads the value of a header.
    ///
    /// # Errors
    /// When a parameter has no scheme before it or stands twice, or a quoted value does not end.
    pub fn parse(header: &str) -> Result<Self, ChallengeError> {
        let mut rest = Rest {
            header,
            text: header,
        };
        let mut challenges: Vec<Challenge> = Vec::new();
        loop {
            rest.skip(|character| character.is_whitespace() || character == ',');
            if rest.text.is_empty() {
                return Ok(Self { challenges });
            }
            let before = rest.text;
            let name = rest.take(is_of_token);
            if name.is_empty() {
                return Err(rest.error("expected a scheme or the name of a parameter"));
            }
            if !rest.takes_equals() {
                let mut challenge = Challenge::new(name);
                challenge.token68 = rest.token68();
                challenges.push(challenge);
                continue;
            }
            let value = rest.value()?;
            rest.at(before);
            let challenge = challenges.last_mut();
            let challenge = challenge.ok_or_else(|| rest.error("a parameter without a scheme"))?;
            let name = name.to_ascii_lowercase();
            if challenge.get(&name).is_some() {
                return Err(rest.error("a parameter that stands twice"));
            }
            challenge.parameters.push((name, value.text));
            rest.text = value.rest;
        }
    }
}

/// The part of the header that is still to be read.
struct Rest<'a> {
    header: &'a str,
    text: &'a str,
}

struct Parsed<'a> {
    text: String,
    rest: &'a str,
}

impl<'a> Rest<'a> {
    /// Goes back, for the place of an error.
    fn at(&mut self, text: &'a str) {
        self.text = text;
    }

    fn skip(&mut self, is_skipped: impl Fn(char) -> bool) {
        self.text = self.text.trim_start_matches(is_skipped);
    }

    fn take(&mut self, is_taken: impl Fn(char) -> bool) -> &'a str {
        let rest = self.text.trim_start_matches(is_taken);
        let (taken, _) = self.text.split_at(self.text.len() - rest.len());
        self.text = rest;
        taken
    }

    fn takes_equals(&mut self) -> bool {
        let rest = self.text.trim_start().strip_prefix('=');
        if let Some(rest) = rest {
            self.text = rest.trim_start();
        }
        rest.is_some()
    }

    /// The word that some schemes have: it stands alone, up to a comma or the end.
    fn token68(&mut self) -> Option<String> {
        let text = self.text.trim_start();
        let after = text
            .trim_start_matches(is_of_token68)
            .trim_start_matches('=');
        let (word, _) = text.split_at(text.len() - after.len());
        let stands_alone = after.trim_start().is_empty() || after.trim_start().starts_with(',');
        if word.is_empty() || word.starts_with('=') || !stands_alone {
            return None;
        }
        self.text = after;
        Some(word.to_owned())
    }

    fn value(&mut self) -> Result<Parsed<'a>, ChallengeError> {
        let Some(quoted) = self.text.strip_prefix('"') else {
            let value = self.take(|character| !character.is_whitespace() && character != ',');
            return Ok(Parsed {
                text: value.to_owned(),
                rest: self.text,
            });
        };
        let mut text = String::new();
        let mut characters = quoted.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    let rest = quoted.get(at + 1..).unwrap_or_default();
                    return Ok(Parsed { text, rest });
                }
                '\\' => text.extend(characters.next().map(|(_, escaped)| escaped)),
                other => text.push(other),
            }
        }
        Err(self.error("a quoted value that does not end"))
    }

    fn error(&self, message: &'static str) -> ChallengeError {
        let before = self.header.len() - self.text.len();
        let before = self.header.get(..before).unwrap_or_default();
        ChallengeError::Syntax {
            message,
            character: before.chars().count() + 1,
        }
    }
}

/// `tchar` of RFC 9110.
fn is_of_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
}

/// `token68` of RFC 9110, without its padding.
fn is_of_token68(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~+/".contains(character)
}

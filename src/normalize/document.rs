//! Any other document: a subject without facts, for rules that read it raw.
//!
//! Nothing is known of what it holds, so what its keys call a secret is taken for one.

use serde_json::Value;

use super::placeholder::stand_in;
use super::reader::Notes;
use super::{Facts, Format, Subject};
use crate::document::Document;
use crate::document::pointer::escaped;

/// The last words of keys that hold secrets.
const SECRET_WORDS: [&str; 8] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "jwt",
    "credential",
];

/// The last two words of such keys.
const SECRET_PAIRS: [(&str, &str); 9] = [
    ("access", "key"),
    ("account", "key"),
    ("api", "key"),
    ("client", "key"),
    ("private", "key"),
    ("shared", "key"),
    ("signing", "key"),
    ("connection", "string"),
    ("secret", "text"),
];

/// The document as one subject.
pub(super) fn subject(document: &Document) -> Subject {
    let mut notes = Notes::default();
    find_secrets(&document.value, "", &mut notes.secrets);
    let subject = Subject::new(document, "", Format::Document, Facts::Document, notes);
    match document.number() {
        0 => subject,
        number => subject.named(&format!("{}#{number}", document.source.path)),
    }
}

/// Adds the pointers of all secrets in a value. Unlike a format's keys, these are told apart by their case.
fn find_secrets(value: &Value, pointer: &str, secrets: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let pointer = format!("{pointer}/{}", escaped(key));
                match value.as_str() {
                    Some(text) if is_secret(key, text) => secrets.push(pointer),
                    _ => find_secrets(value, &pointer, secrets),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find_secrets(item, &format!("{pointer}/{index}"), secrets);
            }
        }
        Value::String(text) if is_token(text) => secrets.push(pointer.to_owned()),
        _ => {}
    }
}

/// Whether a text is a secret: its key says so, and it is no placeholder; or it is a token, under any key.
fn is_secret(key: &str, text: &str) -> bool {
    (names_secret(key) && !stand_in(text)) || is_token(text)
}

/// Whether the last words of a key (`clientSecret`, `API_KEY`) are those of a secret.
fn names_secret(key: &str) -> bool {
    let words = words(key);
    match words.as_slice() {
        [.., last] if SECRET_WORDS.contains(&last.as_str()) => true,
        [.., one, other] => SECRET_PAIRS.contains(&(one, other)),
        _ => false,
    }
}

/// The words of a key, in lower case, in `camelCase` or with any signs between them.
fn words(key: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    for character in key.chars() {
        let starts_word = was_lower && character.is_uppercase();
        if (starts_word || !character.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
        }
        was_lower = character.is_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Whether a text is a compact JSON Web Token.
fn is_token(text: &str) -> bool {
    let is_part = |part: &str| {
        let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        part.bytes().all(base64)
    };
    text.starts_with("eyJ")
        && matches!(text.split('.').count(), 3 | 5)
        && text.split('.').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Limits, parse};

    #[test]
    fn keys_that_hold_secrets_are_known_by_their_last_words() {
        for key in [
            "password",
            "dbPassword",
            "CLIENT_SECRET",
            "client-secret",
            "access_token",
            "apiKey",
            "AZURE_STORAGE_ACCOUNT_KEY",
            "ConnectionString",
        ] {
            assert!(names_secret(key), "{key}");
        }
        for key in [
            "secretName",
            "tokenUrl",
            "key",
            "passwordPolicy",
            "tokens",
            "",
            "keyId",
        ] {
            assert!(!names_secret(key), "{key}");
        }
    }

    #[test]
    fn secrets_are_masked_and_placeholders_are_not() {
        let text = r#"{"a/b": [{"password": "Tr0ub4dor&3", "token": "${TOKEN}", "secret": {"name": "s"}}],
            "note": "eyJhbGciOiJub25lIn0.e30.", "list": ["eyJhbGciOiJub25lIn0.e30.c2ln", "eyJust.text here.x"]}"#;
        let document = &parse("a.json", text.as_bytes(), &Limits::default()).unwrap()[0];
        let subject = subject(document);
        let expected = serde_json::json!({
            "a/b": [{"password": "***", "token": "${TOKEN}", "secret": {"name": "s"}}],
            "note": "***",
            "list": ["***", "eyJust.text here.x"],
        });
        assert_eq!(subject.raw(), Some(expected));
    }

    #[test]
    fn every_document_of_a_source_has_a_name_of_its_own() {
        let documents = parse("a.yaml", b"a: 1\n---\nb: 2\n", &Limits::default()).unwrap();
        let subjects: Vec<Subject> = documents.iter().map(subject).collect();
        let names: Vec<_> = subjects.iter().map(|s| (s.name(), s.id())).collect();
        assert_eq!(names, [(Some("a.yaml"), None), (Some("a.yaml#1"), None)]);
    }
}

use base64::Engine as _;
use proptest::prelude::*;
use serde_json::json;

use super::super::parse as parse_document;
use super::*;

fn encoded(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(text)
}

fn token(header: &str, claims: &str) -> String {
    format!("{}.{}.c2ln", encoded(header), encoded(claims))
}

fn good() -> String {
    token(r#"{"alg":"RS256"}"#, r#"{"aud":"api"}"#)
}

fn error(text: &str) -> String {
    let read = parse_document("t.jwt", text.as_bytes(), &Limits::default());
    read.unwrap_err().to_string()
}

#[test]
fn tokens_stand_one_a_line() {
    let good = good();
    let text = format!("# first\n\n  Authorization: Bearer {good}  \r\nBEARER  {good}\n{good}");
    let documents = parse_document("t.jwt", text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(documents.len(), 3);
    for document in &documents {
        assert_eq!(
            *document.value,
            json!({"header": {"alg": "RS256"}, "claims": {"aud": "api"}})
        );
        assert_eq!(text[document.range()], good);
        let signed = document.signed().unwrap();
        assert_eq!(format!("{}.{}", signed.message, signed.signature), good);
    }
}

#[test]
fn the_text_tells_a_token_where_the_name_does_not() {
    let good = good();
    for text in [
        good.clone(),
        format!("\n# c\nBearer {good}"),
        format!("authorization:bearer {good}\n"),
        "Bearer abc".to_owned(),
        format!("0.AX{}.AgABAAEAAA", "a".repeat(70)),
    ] {
        assert!(looks_like(&text), "{text}");
    }
    for text in [
        "",
        "a: b",
        "# c",
        "eyJ",
        "key.value",
        "ey.a: b",
        "eyes.json",
        "eyJsomething.json",
        "eyes/a.json",
        "- eyJh.b.c",
        "bearer",
    ] {
        assert!(!looks_like(text), "{text}");
    }
}

#[test]
fn places_are_those_of_header_and_claims() {
    let good = good();
    let text = format!("\n Bearer {good}");
    let document = &parse_document("-", text.as_bytes(), &Limits::default()).unwrap()[0];
    let spans = document.locate(&["/header/alg", "/claims/aud", "/claims", "", "/x"]);
    let shown: Vec<_> = spans
        .iter()
        .flatten()
        .map(|span| {
            let snippet = document.snippet(span, &[]);
            assert_eq!(snippet.text, "***.***.***");
            (span.start_line, span.start_column, snippet.highlight)
        })
        .collect();
    let claims = 9 + u32::try_from(good.find('.').unwrap()).unwrap() + 1;
    assert_eq!(
        shown,
        [
            (2, 9, 0..3),
            (2, claims, 4..7),
            (2, claims, 4..7),
            (2, 9, 0..11),
            (2, 9, 0..11)
        ]
    );
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let good = good();
    let (message, _) = good.rsplit_once('.').unwrap();
    let header = encoded(r#"{"alg":"RS256"}"#);
    for (text, expected) in [
        (
            format!("{good}="),
            "the token's signature part holds `=`, which is no character of base64url: padding",
        ),
        (
            format!("{message}.a+b"),
            "the token's signature part holds `+`, which is no character of base64url: it belongs",
        ),
        (
            format!("{message}.a b"),
            "the token's signature part holds ` `",
        ),
        (
            format!("{message}.é"),
            "the token's signature part holds `é`",
        ),
        (
            format!("{message}.a"),
            "the token's signature part was cut: 1 characters are no whole base64url",
        ),
        (
            format!("{message}.c2lnYQ1"),
            "1:47: the last character of the token's signature part has bits",
        ),
        (
            format!("{header}..c2ln"),
            "1:22: the token's claims part is empty",
        ),
        (
            format!(".{header}.c2ln"),
            "the token's header part is empty",
        ),
        (
            token("[1]", "{}"),
            "1:1: the token's header part is no JSON object",
        ),
        (
            token(r#"{"alg":"a","alg":"b"}"#, "{}"),
            "the token's header part is no JSON: duplicate key `alg` (decoded, byte 12)",
        ),
        (
            token("{}", r#"{"aud":"a","aud":"b"}"#),
            "1:19: the token's claims part is no JSON: duplicate key `aud`",
        ),
        (
            token("{}", "{/* c */}"),
            "the token's claims part is no JSON: key must be a string",
        ),
        (token("{}", "{} {}"), "more text after the end"),
        (token("{}", "{\"a\":\"\0\"}"), "control character"),
        (
            format!(
                "e30.{}.c2ln",
                BASE64_URL_SAFE_NO_PAD.encode(b"{\"a\":\"\xff\"}")
            ),
            "malformed UTF-8",
        ),
        (
            token(r#"{"cty":"JWT"}"#, &good),
            "the token holds another token",
        ),
        (format!("{good}.a"), "the token has 4 parts, expected three"),
        (
            format!("{good}.a.b"),
            "the token is encrypted (JWE, five parts)",
        ),
        (
            message.to_owned(),
            "the token has two parts: its signature is missing",
        ),
        (header.clone(), "the token has one part"),
        (
            "0.AXYZ.AgABAAEAAA".to_owned(),
            "the token is opaque, as refresh tokens are",
        ),
        (
            format!("{good}\n{good}=\n"),
            "2:45: the token's signature part holds `=`",
        ),
        ("# nothing\n".to_owned(), "there is no token"),
        (
            format!("e30.{}.c2ln", "a".repeat(LONGEST)),
            "the token is larger than 262144 bytes",
        ),
        (
            format!(
                "{}{}.e30.c2ln",
                encoded("{\"a\":"),
                encoded(&"[".repeat(300))
            ),
            "the token's header part",
        ),
    ] {
        let message = error(&text);
        assert!(message.starts_with("t.jwt:"), "{message}");
        assert!(message.contains(expected), "{message} of {expected}");
        assert!(
            !message.contains(&header) && !message.contains("c2ln"),
            "{message}"
        );
    }
}

#[test]
fn an_empty_signature_is_read() {
    let text = format!("{}.{}.", encoded(r#"{"alg":"none"}"#), encoded("{}"));
    let document = &parse_document("-", text.as_bytes(), &Limits::default()).unwrap()[0];
    assert_eq!(document.signed().unwrap().signature, "");
}

proptest! {
    #[test]
    fn never_panics(text in ".*") {
        let _ = parse_document("t.jwt", text.as_bytes(), &Limits::default());
        let _ = is_token(&text);
    }

    #[test]
    fn never_panics_on_near_tokens(header in ".*", claims in ".*", cut in 0_usize..200, end in "[A-Za-z0-9=.+é]{0,4}") {
        let mut token = token(&header, &claims);
        token.truncate(cut);
        token.push_str(&end);
        for document in parse_document("t.jwt", token.as_bytes(), &Limits::default()).unwrap_or_default() {
            prop_assert!(document.signed().is_some());
            let _ = document.locate(&["", "/header", "/claims"]);
        }
    }
}

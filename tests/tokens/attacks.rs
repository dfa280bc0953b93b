//! Tokens that mean harm: none is let through, and nothing panics.

use std::sync::LazyLock;

use jsonwebtoken::Algorithm::{self, *};
use jsonwebtoken::{EncodingKey, crypto};
use proptest::prelude::*;
use serde_json::{Value, json};
use ztvet::{Decision, Engine};

use crate::issuer::*;

fn decide(token: &str) -> Decision {
    static ENGINE: LazyLock<Engine> = LazyLock::new(engine);
    ENGINE.decide_jwt(token)
}

/// A token that is good but for its header, which the issuer's key signs.
fn with_header(header: &str) -> String {
    let message = format!(
        "{}.{}",
        encode(header),
        encode(claims(json!({})).to_string())
    );
    let signature = crypto::sign(message.as_bytes(), &key(RSA, RS256), RS256).unwrap();
    format!("{message}.{signature}")
}

/// The same but for its claims.
fn with_claims(claims: &str) -> String {
    let message = format!(
        "{}.{}",
        encode(header(json!({})).to_string()),
        encode(claims)
    );
    let signature = crypto::sign(message.as_bytes(), &key(RSA, RS256), RS256).unwrap();
    format!("{message}.{signature}")
}

#[track_caller]
fn refused(token: &str, reason: &str) {
    let decision = decide(token);
    assert!(!decision.allow, "{reason}");
    assert_eq!(
        decision.denial.map(ztvet::Denial::status),
        Some(401),
        "{reason}"
    );
    let errors = decision.errors.join("\n");
    assert!(errors.contains(reason), "`{errors}` is not `{reason}`");
    for part in token.split('.').filter(|part| part.len() > 20) {
        assert!(!format!("{decision:?}").contains(part), "{errors}");
    }
}

#[test]
fn the_good_token_is_let_through() {
    let decision = decide(&sign(json!({})));
    assert!(decision.allow, "{decision:?}");
    assert!(decide(&with_header(&header(json!({})).to_string())).allow);
    assert!(decide(&with_claims(&claims(json!({})).to_string())).allow);
}

#[test]
fn unsigned_tokens() {
    for name in ["none", "None", "NONE", "nOnE"] {
        let header = json!({"alg": name, "typ": "JWT", "kid": "rsa"}).to_string();
        let message = format!(
            "{}.{}",
            encode(&header),
            encode(claims(json!({})).to_string())
        );
        refused(&format!("{message}."), "it is not signed");
        refused(&format!("{message}.c2ln"), "it is not signed");
        refused(&message, "its signature is missing");
        refused(&with_header(&header), "it is not signed");
    }
    for header in [
        json!({"kid": "rsa"}),
        json!({"alg": null}),
        json!({"alg": ["RS256"]}),
        json!({"alg": ""}),
    ] {
        assert!(!decide(&with_header(&header.to_string())).allow, "{header}");
    }
}

#[test]
fn a_public_key_as_the_secret_of_an_hmac() {
    let public = jwk(RSA, RS256, json!({}));
    let secrets = [
        serde_json::to_string(&public).unwrap(),
        public["n"].as_str().unwrap().to_owned(),
        RSA.to_owned(),
        String::new(),
    ];
    for (name, algorithm) in [("HS256", HS256), ("HS384", HS384), ("HS512", HS512)] {
        for secret in &secrets {
            let header = header(json!({"alg": name}));
            let message = format!(
                "{}.{}",
                encode(header.to_string()),
                encode(claims(json!({})).to_string())
            );
            let key = EncodingKey::from_secret(secret.as_bytes());
            let signature = crypto::sign(message.as_bytes(), &key, algorithm).unwrap();
            refused(
                &format!("{message}.{signature}"),
                "its algorithm is symmetric",
            );
        }
    }
}

#[test]
fn algorithms_that_are_not_the_key_s() {
    let message = "the key that the token names does not fit its algorithm";
    for (name, algorithm, pem, kid) in [
        ("ES256", ES256, P256, "rsa"),
        ("ES256", ES256, P256, "p384"),
        ("ES384", ES384, P384, "p256"),
        ("RS256", RS256, RSA, "p256"),
        ("PS256", PS256, RSA, "p384"),
    ] {
        let header = header(json!({"alg": name, "kid": kid}));
        refused(
            &sign_with(pem, algorithm, &header, &claims(json!({}))),
            message,
        );
    }
    for (says, signs) in [("RS256", PS256), ("PS256", RS256), ("RS512", RS256)] {
        let header = header(json!({"alg": says}));
        refused(
            &sign_with(RSA, signs, &header, &claims(json!({}))),
            "it does not fit the token",
        );
    }
    for name in [
        "rs256",
        "RS256 ",
        "EdDSA",
        "ES512",
        "ES256K",
        "RSA-OAEP",
        "\u{0}RS256",
    ] {
        refused(
            &with_header(&header(json!({"alg": name})).to_string()),
            "not one that is accepted",
        );
    }
}

#[test]
fn headers_that_bring_a_key_or_change_the_rules() {
    let own = jwk(OTHER_RSA, RS256, json!({"kid": "rsa"}));
    for (more, reason) in [
        (json!({"jwk": own}), "its header brings its own key (`jwk`)"),
        (
            json!({"jku": "https://login.microsoftonline.com/common/discovery/v2.0/keys"}),
            "(`jku`)",
        ),
        (json!({"x5u": "https://evil.com/c.pem"}), "(`x5u`)"),
        (json!({"x5c": ["MIIB"]}), "(`x5c`)"),
        (json!({"jwk": {}}), "(`jwk`)"),
        (json!({"crit": ["exp"], "exp": 1}), "critical extensions"),
        (json!({"crit": []}), "critical extensions"),
        (json!({"crit": "b64"}), "critical extensions"),
        (
            json!({"b64": false, "crit": ["b64"]}),
            "critical extensions",
        ),
        (json!({"b64": false}), "not encoded as a token's"),
        (json!({"b64": "true"}), "not encoded as a token's"),
        (json!({"typ": "secevent+jwt"}), "a token of another kind"),
        (json!({"typ": "pop"}), "a token of another kind"),
        (json!({"typ": 1}), "a token of another kind"),
    ] {
        let header = header(more);
        refused(&sign_with(RSA, RS256, &header, &claims(json!({}))), reason);
        refused(
            &sign_with(OTHER_RSA, RS256, &header, &claims(json!({}))),
            reason,
        );
    }
}

#[test]
fn ids_of_keys_that_lead_elsewhere() {
    for kid in [
        "../../../dev/null",
        "/dev/null",
        "rsa\u{0}",
        "rsa' OR '1'='1",
        "|whoami",
        "",
        "a\r\nb",
        "p256",
    ] {
        let header = header(json!({"kid": kid}));
        let decision = decide(&sign_with(RSA, RS256, &header, &claims(json!({}))));
        assert!(!decision.allow, "{kid}");
    }
}

#[test]
fn signatures_that_are_none() {
    let token = sign(json!({}));
    let (message, signature) = token.rsplit_once('.').unwrap();
    refused(&format!("{message}."), "it is empty");
    refused(
        &format!("{message}.{}", &signature[..signature.len() - 6]),
        "it does not fit the token",
    );
    refused(
        &format!("{message}.{}", encode([0; 256])),
        "it does not fit the token",
    );
    refused(
        &format!("{message}.{signature}AAAA"),
        "it does not fit the token",
    );
    for (kid, name, length) in [("p256", "ES256", 64), ("p384", "ES384", 96)] {
        let header = header(json!({"kid": kid, "alg": name}));
        let message = format!(
            "{}.{}",
            encode(header.to_string()),
            encode(claims(json!({})).to_string())
        );
        for bytes in [
            vec![0; length],
            vec![0xff; length],
            vec![0; 8],
            vec![0x30, 6, 2, 1, 0, 2, 1, 0],
        ] {
            refused(
                &format!("{message}.{}", encode(bytes)),
                "it does not fit the token",
            );
        }
    }
}

#[test]
fn a_short_key_is_not_used() {
    let keys =
        ztvet::signature::Keys::parse("keys.json", include_bytes!("keys/short.json")).unwrap();
    let message = checked(keys, include_str!("keys/short.jwt"));
    assert!(message.starts_with("invalid: "), "{message}");
}

#[test]
fn keys_of_another_tenant_s_issuer() {
    let key = jwk(
        RSA,
        RS256,
        json!({"kid": "rsa", "issuer": ISSUER.replace("{tenantid}", OTHER_TENANT)}),
    );
    let engine = rule("package a\ndeny contains f if { false; f := \"x\" }")
        .keys(key_set(&[key]))
        .build()
        .unwrap();
    let decision = engine.decide_jwt(&sign(json!({})));
    assert!(
        !decision.allow && decision.errors[0].contains("belongs to another issuer"),
        "{decision:?}"
    );
    // The tenant that the token claims is not the one of its issuer.
    refused(
        &sign(json!({"tid": OTHER_TENANT})),
        "`tid` is not the tenant of the issuer",
    );
    for issuer in [
        "https://login.microsoftonline.com/common/v2.0",
        "https://evil.com",
        "{tenantid}",
        "",
    ] {
        refused(&sign(json!({"iss": issuer})), "belongs to another issuer");
    }
    refused(&sign(json!({"iss": null})), "belongs to another issuer");
}

#[test]
fn encodings_that_are_not_canonical() {
    let token = sign(json!({}));
    let parts: Vec<&str> = token.split('.').collect();
    for (index, part) in parts.iter().enumerate() {
        for altered in [
            format!("{part}="),
            format!("{part}=="),
            format!("{part}\n"),
            format!(" {part}"),
            format!("{part}\0"),
            part.replacen(|c: char| c.is_ascii_alphanumeric(), "+", 1),
            part.replacen(|c: char| c.is_ascii_alphanumeric(), "%2B", 1),
            part[..part.len() - 1].to_owned(),
            String::new(),
        ] {
            let mut parts: Vec<&str> = parts.clone();
            parts[index] = &altered;
            let token = parts.join(".");
            // Blanks around a whole token are none of its own.
            if token.trim() != sign(json!({})) {
                assert!(!decide(&token).allow, "{index}: {altered:?}");
            }
        }
    }
    // 256 bytes are 342 characters, the last of which has four bits to spare.
    let last = token.chars().last().unwrap();
    let others = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for other in others.chars().filter(|other| *other != last) {
        let altered = format!("{}{other}", &token[..token.len() - 1]);
        assert!(!decide(&altered).allow, "{other}");
    }
}

#[test]
fn members_that_stand_twice() {
    let claims = claims(json!({})).to_string();
    let twice = claims.replacen('{', "{\"aud\":\"other\",", 1);
    refused(&with_claims(&twice), "duplicate key `aud`");
    let escaped = claims.replacen('{', "{\"\\u0061ud\":\"other\",", 1);
    refused(&with_claims(&escaped), "duplicate key `aud`");
    refused(
        &with_header(r#"{"alg":"none","kid":"rsa","alg":"RS256"}"#),
        "duplicate key `alg`",
    );
    refused(
        &with_header(r#"{"alg":"RS256","kid":"rsa","jwk":{"a":1,"a":2}}"#),
        "duplicate key `a`",
    );
}

#[test]
fn claims_that_are_no_claims() {
    for (claims, reason) in [
        ("", "claims part is empty"),
        ("[]", "claims part is no JSON object"),
        ("null", "claims part is no JSON object"),
        ("\"a\"", "claims part is no JSON object"),
        ("{\"a\":1}//", "no JSON"),
        ("{\"a\":1,}", "no JSON"),
        ("{\"a\":\"\u{0}\"}", "no JSON"),
        ("{\"a\":NaN}", "no JSON"),
        ("{\"exp\":1e999}", "no JSON"),
        ("\u{feff}{}", "no JSON"),
    ] {
        refused(&with_claims(claims), reason);
    }
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    refused(&with_claims(&deep), "no JSON");
    for claim in [
        "scp", "roles", "ver", "tid", "nbf", "iat", "acrs", "xms_cc", "azp", "sub", "groups",
    ] {
        for value in [json!({"a": 1}), json!([[1]]), json!(true), json!(-1)] {
            assert!(
                !decide(&sign(json!({claim: value}))).allow,
                "{claim}: {value}"
            );
        }
    }
}

#[test]
fn tokens_of_other_kinds() {
    let token = sign(json!({}));
    let nested = sign_with(RSA, RS256, &header(json!({"cty": "JWT"})), &json!("x"));
    let parts: Vec<&str> = nested.split('.').collect();
    let inner = format!("{}.{}.{}", parts[0], encode(&token), parts[2]);
    refused(&inner, "another token instead of claims");
    refused(&format!("{token}.{token}"), "6 parts");
    refused(&format!("{token}.a.b"), "encrypted");
    refused(&format!("{token}."), "4 parts");
    refused(&format!(".{token}"), "opaque");
    refused("", "the file is empty");
    refused("Bearer", "opaque");
    refused("Bearer ", "opaque");
    refused(&format!("{token}\n{token}"), "more than 1 documents");
    refused(&format!("{token} {token}"), "no character of base64url");
    refused(
        &format!("{token}, Bearer {token}"),
        "no character of base64url",
    );
}

#[test]
fn large_tokens() {
    for length in [1 << 18, 10 << 20] {
        let large = "A".repeat(length);
        for token in [
            large.clone(),
            format!("{large}.{large}.{large}"),
            ".".repeat(length),
            with_claims(&claims(json!({"a": large})).to_string()),
        ] {
            let decision = decide(&token);
            assert!(!decision.allow);
            assert!(decision.errors.iter().all(|error| error.len() < 300));
        }
    }
    // Groups make real tokens large.
    let groups: Vec<String> = (0..200)
        .map(|index| format!("690222be-ff1a-4d56-abd1-{index:012}"))
        .collect();
    assert!(decide(&sign(json!({"groups": groups}))).allow);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{1,3}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_token_of_another_key_is_let_through(
        member in "alg|kid|typ|x5t|cty|nonce|crit|zip|[a-z]{3}",
        claim in "iss|aud|tid|exp|nbf|ver|scp|azp|[a-z]{3}",
        one in any_json(),
        other in any_json(),
    ) {
        let header = header(json!({&member: one}));
        let claims = claims(json!({&claim: other}));
        let token = sign_with(OTHER_RSA, Algorithm::RS256, &header, &claims);
        prop_assert!(!decide(&token).allow);
    }

    #[test]
    fn no_altered_token_is_let_through(at in 0_usize..1000, byte in any::<u8>()) {
        let token = sign(json!({}));
        let mut altered = token.clone().into_bytes();
        let at = at % altered.len();
        altered[at] = byte;
        let altered = String::from_utf8_lossy(&altered).into_owned();
        prop_assert_eq!(decide(&altered).allow, altered == token);
    }
}

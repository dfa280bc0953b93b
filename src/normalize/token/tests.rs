use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::document::{Limits, parse};
use crate::normalize::{Kind, normalize};

const TENANT: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
const CLIENT: &str = "9C2D1e0f-4b5a-4978-8695-a4b3c2d1e0f9";

/// A delegated access token of version 2, with these claims besides or instead; null takes one away.
fn claims(more: Value) -> Value {
    let mut claims = json!({
        "aud": "6e74172b-be56-4843-9ff4-e66a39bb12e3",
        "iss": format!("https://login.microsoftonline.com/{TENANT}/v2.0"),
        "iat": 1_537_231_048, "nbf": 1_537_231_048, "exp": 1_537_234_948,
        "azp": CLIENT, "azpacr": "1",
        "oid": "690222be-ff1a-4d56-abd1-7e4f7d38e474",
        "sub": "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ",
        "scp": "Orders.Read  Orders.Write", "tid": TENANT.to_uppercase(),
        "uti": "fqiBqXLPj0eQa82S-IYFAA", "ver": "2.0", "acrs": ["c1"], "xms_cc": ["CP1"],
    });
    for (name, value) in more.as_object().unwrap() {
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims
                .as_object_mut()
                .unwrap()
                .insert(name.clone(), value.clone()),
        };
    }
    claims
}

fn document(path: &str, text: &str) -> Document {
    let mut documents = parse(path, text.as_bytes(), &Limits::default()).unwrap();
    documents.pop().unwrap()
}

fn judged(more: Value) -> (Token, Vec<String>) {
    let normalized = normalize(&document("claims.json", &claims(more).to_string()), None);
    let problems = normalized.problems.into_iter();
    let problems = problems.map(|problem| format!("{}: {}", problem.pointer, problem.message));
    (
        normalized.subjects[0].token().unwrap().clone(),
        problems.collect(),
    )
}

fn token(more: Value) -> Token {
    let (token, problems) = judged(more);
    assert_eq!(problems, Vec::<String>::new());
    token
}

fn compact(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.c2ln", part(header), part(claims))
}

#[test]
fn facts_of_a_user_token_of_version_2() {
    let token = token(json!({}));
    assert_eq!(token.token_type, "access");
    assert_eq!((token.version, token.flow.as_str()), (Some(2), "delegated"));
    let issuer = &token.issuer;
    assert_eq!(issuer.cloud.as_deref(), Some("public"));
    assert_eq!(
        (issuer.tenant.as_deref(), issuer.version),
        (Some(TENANT), Some(2))
    );
    assert_eq!(token.audience, ["6e74172b-be56-4843-9ff4-e66a39bb12e3"]);
    assert_eq!(token.scopes.unwrap(), ["Orders.Read", "Orders.Write"]);
    assert_eq!(token.roles, None);
    assert_eq!(token.client.app_id.unwrap(), CLIENT.to_lowercase());
    assert_eq!(token.client.auth_method, "secret");
    assert_eq!(token.tenant.as_deref(), Some(TENANT));
    assert_eq!(
        (token.auth_contexts, token.capabilities),
        (vec!["c1".to_owned()], vec!["cp1".to_owned()])
    );
    assert_eq!(token.issued.as_deref(), Some("2018-09-18T00:37:28Z"));
    assert_eq!(token.expires.as_deref(), Some("2018-09-18T01:42:28Z"));
    assert_eq!(token.lifetime_seconds, Some(3900));
    assert_eq!(token.signature.status, "unchecked");
}

#[test]
fn facts_of_an_application_token_of_version_1() {
    let token = token(json!({
        "iss": format!("https://sts.windows.net/{TENANT}/"), "ver": "1.0", "scp": null, "azp": null, "azpacr": null,
        "appid": CLIENT, "appidacr": "2", "roles": ["Orders.Read.All"], "sub": "690222be-ff1a-4d56-abd1-7e4f7d38e474",
        "xms_cc": null, "acrs": null,
    }));
    assert_eq!((token.version, token.issuer.version), (Some(1), Some(1)));
    assert_eq!(
        (token.token_type.as_str(), token.flow.as_str()),
        ("access", "app_only")
    );
    assert_eq!(
        (token.scopes, token.roles.unwrap()),
        (None, vec!["Orders.Read.All".to_owned()])
    );
    assert_eq!(token.client.auth_method, "certificate");
    assert_eq!(
        (token.auth_contexts.len(), token.capabilities.len()),
        (0, 0)
    );
}

#[test]
fn whom_a_token_speaks_for() {
    let object = "690222be-ff1a-4d56-abd1-7e4f7d38e474";
    for (more, flow) in [
        (json!({"idtyp": "app"}), "app_only"),
        (json!({"idtyp": "user", "scp": null}), "delegated"),
        (json!({"idtyp": "device", "scp": null}), "unknown"),
        (
            json!({"idtyp": "APP", "scp": null, "sub": object}),
            "unknown",
        ),
        (json!({"scp": null}), "unknown"),
        (json!({"scp": ""}), "unknown"),
        (json!({"scp": null, "sub": object}), "app_only"),
        (json!({"scp": null, "sub": null, "oid": null}), "unknown"),
        (json!({"sub": object}), "delegated"),
    ] {
        assert_eq!(token(more.clone()).flow, flow, "{more}");
    }
}

#[test]
fn what_kind_of_token_it_is() {
    let bare = json!({"scp": null, "azp": null, "azpacr": null});
    let with = |more: Value| {
        let mut all = bare.clone();
        all.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        all
    };
    for (more, kind) in [
        (json!({}), "access"),
        (json!({"nonce": "n"}), "id"),
        (json!({"c_hash": "n"}), "id"),
        (with(json!({})), "id"),
        (with(json!({"roles": []})), "unknown"),
        (with(json!({"ver": null})), "unknown"),
        (with(json!({"idtyp": "app"})), "access"),
        (with(json!({"ver": "1.0", "appid": CLIENT})), "access"),
    ] {
        assert_eq!(token(more.clone()).token_type, kind, "{more}");
    }
    let header = json!({"typ": "at+JWT", "alg": "RS256"});
    let compact = compact(&header, &claims(bare.clone()));
    let normalized = normalize(&document("-", &compact), None);
    assert_eq!(normalized.subjects[0].token().unwrap().token_type, "access");
}

#[test]
fn the_client_is_named_by_the_claims_of_the_token_s_version() {
    let both = |version: &str| {
        let more =
            json!({"ver": version, "appid": "a", "appidacr": "0", "azp": "b", "azpacr": "2"});
        let client = token(more).client;
        (client.app_id.unwrap(), client.auth_method)
    };
    assert_eq!(both("1.0"), ("a".to_owned(), "none".to_owned()));
    assert_eq!(both("2.0"), ("b".to_owned(), "certificate".to_owned()));
    let none = token(json!({"azp": null, "azpacr": null})).client;
    assert_eq!((none.app_id, none.auth_method.as_str()), (None, "unknown"));
    assert_eq!(token(json!({"azpacr": "3"})).client.auth_method, "unknown");
}

#[test]
fn hostile_dates_are_no_dates() {
    for value in [
        json!(-1),
        json!(1.5e9),
        json!("1537234948"),
        json!(253_402_300_800_i64),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!(true),
        json!([1]),
        json!({}),
    ] {
        let (token, problems) = judged(json!({"exp": value}));
        assert_eq!(
            (token.expires, token.lifetime_seconds),
            (None, None),
            "{value}"
        );
        assert_eq!(problems, Vec::<String>::new(), "a rule reports it");
        for (name, fact) in [("nbf", "not_before"), ("iat", "issued")] {
            let (token, problems) = judged(json!({name: value}));
            let facts = serde_json::to_value(&token).unwrap();
            assert_eq!(facts[fact], Value::Null, "{name}: {value}");
            let message =
                format!("/{name}: the claim `{name}` is not a whole number of seconds since 1970");
            assert_eq!(problems, [message]);
        }
    }
    assert_eq!(
        token(json!({"exp": 0})).expires.as_deref(),
        Some("1970-01-01T00:00:00Z")
    );
    assert_eq!(token(json!({"exp": null})).expires, None);
    assert_eq!(
        token(json!({"nbf": null})).lifetime_seconds,
        Some(3900),
        "by `iat`"
    );
}

#[test]
fn claims_of_a_wrong_type_are_problems_that_do_not_show_them() {
    for (name, value) in [
        ("scp", json!(["Orders.Read"])),
        ("roles", json!("Orders.Read.All")),
        ("roles", json!(["a", 1])),
        ("tid", json!(1)),
        ("ver", json!(2)),
        ("azp", json!(true)),
        ("azpacr", json!(1)),
        ("idtyp", json!(["app"])),
        ("acrs", json!("c1")),
        ("xms_cc", json!({"a": "cp1"})),
        ("amr", json!("mfa")),
        ("acct", json!([1])),
        ("cnf", json!("x")),
        ("groups", json!("g")),
        ("sub", json!(1)),
        ("_claim_names", json!([])),
    ] {
        let (_, problems) = judged(json!({name: value}));
        assert_eq!(problems.len(), 1, "{name}: {problems:?}");
        assert!(
            problems[0].starts_with(&format!("/{name}: the claim `{name}` is not ")),
            "{problems:?}"
        );
        assert!(!problems[0].contains("Orders"), "{problems:?}");
    }
}

#[test]
fn issuers_and_audiences_of_a_wrong_type_are_for_rules() {
    let token = token(json!({"iss": 1, "aud": {"a": 1}}));
    assert_eq!(token.issuer, TokenIssuer::default());
    assert_eq!(token.audience, Vec::<String>::new());
    assert_eq!(
        super::tests::token(json!({"aud": ["a", "b"]})).audience,
        ["a", "b"]
    );
    assert_eq!(
        super::tests::token(json!({"aud": ["a", 1]})).audience,
        Vec::<String>::new()
    );
}

#[test]
fn a_token_is_known_in_every_spelling() {
    let header = json!({"alg": "RS256", "typ": "JWT", "kid": "k"});
    let all = claims(json!({}));
    for (text, format, claims_at) in [
        (all.to_string(), "claims", ""),
        (
            json!({"header": header, "claims": all}).to_string(),
            "claims",
            "/claims",
        ),
        (
            json!({"header": header, "payload": all, "signature": "c2ln"}).to_string(),
            "claims",
            "/payload",
        ),
        (json!([all]).to_string(), "claims", "/0"),
        (compact(&header, &all), "jwt", "/claims"),
    ] {
        let normalized = normalize(&document("-", &text), None);
        let subject = &normalized.subjects[0];
        assert_eq!(
            (subject.kind(), subject.format.as_str()),
            (Kind::Token, format)
        );
        assert_eq!(subject.id(), Some("fqiBqXLPj0eQa82S-IYFAA"));
        assert_eq!(subject.token().unwrap().claims, *all.as_object().unwrap());
        assert_eq!(subject.place_of(Some("token.claims")).pointer, claims_at);
        assert_eq!(
            subject.place_of(Some("token.audience")).pointer,
            format!("{claims_at}/aud")
        );
        let exp = subject.place_of(Some("token.claims.exp")).pointer;
        assert_eq!(exp, format!("{claims_at}/exp"));
        let missing = subject.place_of(Some("token.claims.cnf")).pointer;
        assert_eq!(missing, claims_at);
        let raw = subject.raw().unwrap().to_string();
        assert!(!raw.contains("c2ln"), "{raw}");
    }
}

#[test]
fn what_is_no_token_is_none() {
    for value in [
        json!({"iss": "x"}),
        json!({"Iss": "x", "Aud": "y"}),
        json!({"header": {}, "claims": {}}),
        json!({"header": {"alg": "none"}, "claims": []}),
        json!({"appId": "x", "signInAudience": "AzureADMyOrg"}),
    ] {
        let normalized = normalize(&document("-", &value.to_string()), None);
        let mut tokens = normalized.subjects.iter().filter_map(Subject::token);
        assert_eq!(tokens.next(), None, "{value}");
    }
    let forced = document("-", r#"{"sub": "x"}"#);
    let normalized = normalize(&forced, Some(Format::Claims));
    assert_eq!(normalized.subjects[0].kind(), Kind::Token);
}

#[test]
fn only_a_plain_id_is_one() {
    for (more, id) in [
        (json!({"uti": null, "jti": "a-b_c"}), Some("a-b_c")),
        (json!({"uti": "a b"}), None),
        (json!({"uti": "a".repeat(65)}), None),
        (json!({"uti": ""}), None),
        (json!({"uti": 1}), None),
    ] {
        assert_eq!(token(more.clone()).id(), id, "{more}");
    }
}

#[test]
fn logs_do_not_show_claims() {
    let shown = format!("{:?}", token(json!({"upn": "ada@contoso.com"})));
    assert!(
        shown.contains("delegated") && !shown.contains("ada@") && !shown.contains(TENANT),
        "{shown}"
    );
}

proptest! {
    #[test]
    fn never_panics(name in "[a-z_]{2,6}|iss|aud|exp|nbf|iat|scp|roles|ver|acrs|xms_cc", text in ".*", number: f64, integer: i64) {
        for value in [json!(text), json!(number), json!(integer), json!([text]), json!({"a": number})] {
            judged(json!({&name: value}));
        }
    }
}

//! Which signatures hold.

use jsonwebtoken::Algorithm::{self, *};
use serde_json::{Value, json};
use ztvet::signature::Keys;

use crate::issuer::*;

fn signed(pem: &str, algorithm: Algorithm, header: Value) -> String {
    sign_with(pem, algorithm, &header, &claims(json!({})))
}

/// What is said of a token that the published key with these members more is to check.
fn with_key(more: Value) -> String {
    let mut members = json!({"kid": "rsa"});
    members
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    checked(key_set(&[jwk(RSA, RS256, members)]), &sign(json!({})))
}

#[test]
fn every_accepted_algorithm_is_verified() {
    for (name, algorithm, pem, kid) in [
        ("RS256", RS256, RSA, "rsa"),
        ("RS384", RS384, RSA, "rsa"),
        ("RS512", RS512, RSA, "rsa"),
        ("PS256", PS256, RSA, "rsa"),
        ("PS384", PS384, RSA, "rsa"),
        ("PS512", PS512, RSA, "rsa"),
        ("ES256", ES256, P256, "p256"),
        ("ES384", ES384, P384, "p384"),
    ] {
        let token = signed(pem, algorithm, header(json!({"alg": name, "kid": kid})));
        assert_eq!(checked(keys(), &token), "verified", "{name}");
    }
}

#[test]
fn the_kinds_of_token_are_accepted_in_every_spelling() {
    for kind in [
        "JWT",
        "jwt",
        "at+jwt",
        "application/at+jwt",
        "Application/JWT",
    ] {
        let token = signed(RSA, RS256, header(json!({"typ": kind})));
        assert_eq!(checked(keys(), &token), "verified", "{kind}");
    }
    let token = signed(RSA, RS256, header(json!({"typ": null})));
    assert_eq!(checked(keys(), &token), "verified");
}

#[test]
fn a_key_is_found_by_its_id_or_its_thumbprint() {
    let unknown = "invalid: none of the keys is the one that the token names";
    for (more, expected) in [
        (json!({"x5t": "rsa"}), "verified"),
        (json!({"kid": null, "x5t": "rsa"}), "verified"),
        (
            json!({"kid": null}),
            "invalid: the token names no key (`kid`)",
        ),
        (json!({"kid": "RSA"}), unknown),
        (json!({"kid": 1}), unknown),
        (json!({"x5t": "other"}), unknown),
        (json!({"kid": null, "x5t": "other"}), unknown),
    ] {
        let token = signed(RSA, RS256, header(more.clone()));
        assert_eq!(checked(keys(), &token), expected, "{more}");
    }
    // Microsoft's ids are thumbprints, so a key without one has it for its id.
    let token = signed(RSA, RS256, header(json!({"kid": null, "x5t": "rsa"})));
    assert_eq!(
        checked(key_set(&[jwk(RSA, RS256, json!({"kid": "rsa"}))]), &token),
        "verified"
    );
}

#[test]
fn one_of_several_keys_of_the_same_id_is_enough() {
    let other = jwk(OTHER_RSA, RS256, json!({"kid": "rsa"}));
    let own = jwk(RSA, RS256, json!({"kid": "rsa"}));
    let broken = json!({"kid": "rsa", "kty": "RSA", "n": "?", "e": "AQAB"});
    let curve = jwk(P256, ES256, json!({"kid": "rsa"}));
    let set = key_set(&[broken, curve, other.clone(), own]);
    assert_eq!(checked(set, &sign(json!({}))), "verified");
    let message = checked(key_set(&[other]), &sign(json!({})));
    assert!(
        message.starts_with("invalid: it does not fit the token"),
        "{message}"
    );
}

#[test]
fn a_key_is_used_for_what_it_is_meant_for() {
    let unfit = "invalid: the key that the token names is not one for signatures";
    for (more, expected) in [
        (json!({"use": null}), "verified"),
        (json!({"use": "enc"}), unfit),
        (json!({"key_ops": ["verify"]}), "verified"),
        (json!({"key_ops": ["encrypt"]}), unfit),
        (json!({"alg": "RS256"}), "verified"),
        (
            json!({"alg": "RS512"}),
            "invalid: the key that the token names is for another algorithm",
        ),
        (json!({"kty": "oct"}), unfit),
        (json!({"kty": "OKP"}), unfit),
        (json!({"kty": null}), unfit),
        (json!({"n": null}), unfit),
        (
            json!({"n": ""}),
            "invalid: it does not fit the token: another key signed it, or it was altered",
        ),
    ] {
        assert_eq!(with_key(more.clone()), expected, "{more}");
    }
}

#[test]
fn a_key_belongs_to_an_issuer() {
    let foreign = "invalid: the key that the token names belongs to another issuer";
    let of = |tenant: &str| ISSUER.replace("{tenantid}", tenant);
    for (issuer, expected) in [
        (json!(null), "verified"),
        (json!(of(TENANT)), "verified"),
        (json!(of(OTHER_TENANT)), foreign),
        (json!("https://sts.windows.net/{tenantid}/"), foreign),
        (
            json!("https://login.microsoftonline.us/{tenantid}/v2.0"),
            foreign,
        ),
        (json!(""), foreign),
        (json!("{tenantid}"), foreign),
    ] {
        assert_eq!(with_key(json!({"issuer": issuer})), expected, "{issuer}");
    }
    // Keys name version 2 for tokens of version 1 as well.
    let v1 = claims(json!({"iss": format!("https://sts.windows.net/{TENANT}/"), "ver": "1.0"}));
    let token = sign_with(RSA, RS256, &header(json!({})), &v1);
    assert_eq!(checked(keys(), &token), "verified");
}

#[test]
fn keys_can_be_bound_to_an_openid_configuration() {
    let bound = |issuer: &str| {
        let configuration = json!({"issuer": issuer, "jwks_uri": "https://x"}).to_string();
        keys()
            .of_issuer("openid.json", configuration.as_bytes())
            .unwrap()
    };
    let token = sign(json!({}));
    assert_eq!(checked(bound(ISSUER), &token), "verified");
    assert_eq!(
        checked(bound(&ISSUER.replace("{tenantid}", TENANT)), &token),
        "verified"
    );
    let other = bound(&ISSUER.replace("{tenantid}", OTHER_TENANT));
    assert_eq!(
        checked(other, &token),
        "invalid: the keys belong to another issuer"
    );
    let error = keys()
        .of_issuer("openid.json", b"{}")
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "openid.json: it is no OpenID configuration: `issuer` is not a string"
    );
}

#[test]
fn what_cannot_be_checked_is_unchecked() {
    let no_keys = rule("package a\ndeny contains f if { false; f := \"x\" }")
        .build()
        .unwrap();
    let signature = no_keys
        .input(&subject(&sign(json!({}))))
        .token
        .unwrap()
        .signature;
    assert_eq!(
        (signature.status.as_str(), signature.reason.as_deref()),
        ("unchecked", Some("no keys were given to check it with"))
    );

    let graph = claims(json!({"aud": "https://graph.microsoft.com/"}));
    let token = sign_with(RSA, RS256, &header(json!({"nonce": "n"})), &graph);
    let message = checked(keys(), &token);
    assert!(
        message.starts_with("unchecked: tokens for Microsoft Graph"),
        "{message}"
    );
    // A nonce makes no other token one that may go unchecked.
    let token = sign_with(
        OTHER_RSA,
        RS256,
        &header(json!({"nonce": "n"})),
        &claims(json!({})),
    );
    assert!(checked(keys(), &token).starts_with("invalid: "));
}

#[test]
fn key_sets_that_cannot_be_used_are_told() {
    let secret = json!({"kty": "RSA", "kid": "a", "d": "x"});
    for (text, message) in [
        ("", "keys.json: the file is empty"),
        ("{", "keys.json: the text ends within an object"),
        ("[]", "keys.json: it is no key set: `keys` is not a list"),
        ("{\"keys\": {}}", "keys.json: it is no key set"),
        (
            "{\"keys\": [1]}",
            "keys.json: the key `/keys/0` is no object",
        ),
        (
            "{\"keys\": [], \"keys\": []}",
            "keys.json: duplicate key `keys`",
        ),
        (
            "{\"keys\": [{\"kid\": 1}]}",
            "keys.json: the key `/keys/0` has a `kid` that is not a string",
        ),
        (
            "{\"keys\": [{\"key_ops\": \"verify\"}]}",
            "has `key_ops` that are not a list",
        ),
        (
            &json!({"keys": [secret]}).to_string(),
            "keys.json: the key `/keys/0` is a secret one (`d`)",
        ),
        (
            "{\"keys\": [{\"kty\": \"oct\", \"k\": \"x\"}]}",
            "is a secret one (`k`)",
        ),
    ] {
        let error = Keys::parse("keys.json", text.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(error.contains(message), "{text}: {error}");
    }
    let large = format!("{{\"keys\": []}}{}", " ".repeat(1 << 20));
    assert!(Keys::parse("keys.json", large.as_bytes()).is_err());
}

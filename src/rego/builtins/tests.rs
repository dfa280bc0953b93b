//! The functions that regorus lacks, held against what OPA says to the same.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use regorus::Value;
use serde_json::{Value as Json, json};

use super::added::ADDED;
use crate::rego::value;

fn call(name: &str, args: &[Json]) -> Result<Json, String> {
    let args: Vec<Value> = args.iter().map(|arg| value(arg).unwrap()).collect();
    call_values(name, &args)
}

fn call_values(name: &str, args: &[Value]) -> Result<Json, String> {
    let (_, arity, function) = ADDED.iter().find(|(other, ..)| *other == name).unwrap();
    assert_eq!(args.len(), usize::from(*arity), "{name}");
    function(args)
        .map(|result| serde_json::to_value(result).unwrap())
        .map_err(|error| error.to_string())
}

fn set(items: &[Json]) -> Value {
    let items = items.iter().map(|item| value(item).unwrap());
    Value::from(items.collect::<std::collections::BTreeSet<_>>())
}

#[test]
fn sha256() {
    let hash = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
    assert_eq!(call("crypto.sha256", &[json!("foo")]), Ok(json!(hash)));
    assert!(call("crypto.sha256", &[json!(1)]).is_err());
}

#[test]
fn networks_intersect() {
    for (one, other, expected) in [
        ("192.168.1.0/25", "192.168.1.64/25", true),
        ("192.168.1.0/24", "192.168.2.0/24", false),
        (
            "fd1e:5bfe:8af3:9ddc::/64",
            "fd1e:5bfe:8af3:9ddc:1111::/72",
            true,
        ),
        ("fd1e:5bfe:8af3:9ddc::/64", "2001:4860:4860::8888/32", false),
        ("0.0.0.0/0", "10.1.2.3/32", true),
        ("::/0", "2001:db8::/32", true),
    ] {
        let found = call("net.cidr_intersects", &[json!(one), json!(other)]);
        assert_eq!(found, Ok(json!(expected)), "{one} {other}");
    }
    for wrong in [
        "not-a-cidr",
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0.0/+8",
        "10.0.0.0/",
        "::/129",
    ] {
        let found = call("net.cidr_intersects", &[json!(wrong), json!("10.0.0.0/8")]);
        assert!(
            found.unwrap_err().contains("invalid CIDR address"),
            "{wrong}"
        );
    }
}

#[test]
fn networks_contain_addresses_and_networks() {
    let name = "net.cidr_contains_matches";
    let pairs = |one: Json, other: Json| call(name, &[one, other]);
    assert_eq!(
        pairs(json!("1.1.1.0/24"), json!("1.1.1.1")),
        Ok(json!([["1.1.1.0/24", "1.1.1.1"]]))
    );
    let networks = json!(["1.1.2.0/24", "1.1.1.0/24"]);
    let addresses = json!(["1.1.1.1", "1.1.2.1"]);
    assert_eq!(
        pairs(networks.clone(), addresses.clone()),
        Ok(json!([[0, 1], [1, 0]]))
    );
    let tuples = json!([["1.1.2.0/24", 1], "1.1.1.0/24"]);
    assert_eq!(pairs(tuples, addresses), Ok(json!([[0, 1], [1, 0]])));
    let named = json!({"k1": "1.1.1.1", "k2": ["1.1.1.128/25", "x"], "k3": "1.1.1.0/23"});
    assert_eq!(
        pairs(json!(["1.1.1.0/24"]), named),
        Ok(json!([[0, "k1"], [0, "k2"]]))
    );
    let found = call_values(
        name,
        &[
            set(&[json!(["1.1.1.0/24", "bar"])]),
            set(&[json!(["1.1.1.1", "baz"])]),
        ],
    );
    assert_eq!(
        found,
        Ok(json!([[["1.1.1.0/24", "bar"], ["1.1.1.1", "baz"]]]))
    );
    for wrong in [json!(["1.1.1.1", 1]), json!([[]])] {
        let error = pairs(networks.clone(), wrong).unwrap_err();
        assert_eq!(
            error,
            "operand 2: element must be string or non-empty array"
        );
    }
    let error = pairs(networks, json!("x")).unwrap_err();
    assert!(
        error.contains("not a valid textual representation of an IP address or CIDR: x"),
        "{error}"
    );
}

const SECRET: &str = "a shared secret";

fn part(value: &Json) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A token that is signed with the shared secret.
fn token(header: &Json, payload: &Json) -> String {
    sealed(&format!("{}.{}", part(header), part(payload)))
}

fn sealed(message: &str) -> String {
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
    format!("{message}.{signature}")
}

fn header() -> Json {
    json!({"alg": "HS256", "typ": "JWT"})
}

#[test]
fn tokens_are_decoded() {
    let payload = json!({"iss": "a", "roles": ["x"]});
    let plain = token(&header(), &payload);
    let found = call("io.jwt.decode", &[json!(plain)]).unwrap();
    assert_eq!(found[0], header());
    assert_eq!(found[1], payload);
    assert_eq!(found[2].as_str().unwrap().len(), 64);

    let message = format!(
        "{}.{}",
        part(&json!({"alg": "HS256", "cty": "JWT"})),
        BASE64_URL_SAFE_NO_PAD.encode(format!("\"{plain}\""))
    );
    let nested = call("io.jwt.decode", &[json!(sealed(&message))]).unwrap();
    assert_eq!(nested, found);
}

#[test]
fn what_is_no_token_is_told() {
    let encrypted = token(&json!({"alg": "HS256", "enc": "A128GCM"}), &json!({}));
    let list = token(&header(), &json!([]));
    for (text, error) in [
        ("x".to_owned(), "encoded JWT had no period separators"),
        (
            "a.b".to_owned(),
            "encoded JWT must have 3 sections, found 2",
        ),
        (
            "a.b.c.d".to_owned(),
            "encoded JWT must have 3 sections, found 4",
        ),
        ("?.b.c".to_owned(), "JWT header had invalid encoding"),
        (
            format!("{}.b.c", part(&json!("x"))),
            "bad JWT header: decoded JSON type was not an Object",
        ),
        ("YQ.b.c".to_owned(), "bad JWT header: invalid JSON"),
        (
            format!("{}.?.c", part(&header())),
            "JWT payload had invalid encoding",
        ),
        (list, "decoded JSON type was not an Object"),
        (encrypted, "JWT is a JWE object, which is not supported"),
    ] {
        let message = call("io.jwt.decode", &[json!(text)]).unwrap_err();
        assert!(message.contains(error), "{text}: {message}");
    }
}

#[test]
fn shared_secrets_verify() {
    let token = token(&header(), &json!({"iss": "a"}));
    let verify = |name: &str, key: &str| call(name, &[json!(token), json!(key)]);
    assert_eq!(verify("io.jwt.verify_hs256", SECRET), Ok(json!(true)));
    assert_eq!(verify("io.jwt.verify_hs256", "another"), Ok(json!(false)));
    assert_eq!(verify("io.jwt.verify_hs512", SECRET), Ok(json!(false)));
}

/// Tokens that OPA has signed (`io.jwt.encode_sign`) with keys that were thrown away.
static SIGNED: LazyLock<Json> =
    LazyLock::new(|| serde_json::from_str(include_str!("tests.json")).unwrap());

fn signed(pointer: &str) -> Json {
    SIGNED.pointer(pointer).unwrap().clone()
}

#[test]
fn public_keys_verify() {
    for (algorithm, key) in [
        ("rs256", "rsa"),
        ("rs384", "rsa"),
        ("rs512", "rsa"),
        ("ps256", "rsa"),
        ("ps384", "rsa"),
        ("ps512", "rsa"),
        ("es256", "p256"),
        ("es384", "p384"),
        ("es512", "p521"),
        ("eddsa", "ed25519"),
    ] {
        let token = signed(&format!("/tokens/{algorithm}"));
        let name = format!("io.jwt.verify_{algorithm}");
        for form in ["pem", "certificate", "jwks"] {
            let found = call(
                &name,
                &[token.clone(), signed(&format!("/keys/{key}/{form}"))],
            );
            assert_eq!(found, Ok(json!(true)), "{name} with {form}");
        }
        let other = if key == "rsa" { "p256" } else { "rsa" };
        for form in ["pem", "jwks"] {
            let found = call(
                &name,
                &[token.clone(), signed(&format!("/keys/{other}/{form}"))],
            );
            assert_eq!(found, Ok(json!(false)), "{name} with the {form} of {other}");
        }
        let changed = format!("{}x", token.as_str().unwrap());
        let found = call(
            &name,
            &[json!(changed), signed(&format!("/keys/{key}/pem"))],
        );
        assert_ne!(found, Ok(json!(true)), "{name}");
    }
    let other = call(
        "io.jwt.verify_rs384",
        &[signed("/tokens/rs256"), signed("/keys/rsa/pem")],
    );
    assert_eq!(other, Ok(json!(false)));
    for key in [
        "",
        "x",
        "{}",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----",
    ] {
        let found = call(
            "io.jwt.verify_rs256",
            &[signed("/tokens/rs256"), json!(key)],
        );
        assert_ne!(found, Ok(json!(true)), "{key}");
    }
}

/// Appendix A.4 of RFC 7515. Its payload is no object.
#[test]
fn the_example_of_es512_verifies() {
    let signature = "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7Xdt\
        AG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";
    let key = json!({
        "kty": "EC",
        "crv": "P-521",
        "x": "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
        "y": "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2",
    });
    let verified = |payload: &str, signature: &str, key: &Json| {
        let token = format!("eyJhbGciOiJFUzUxMiJ9.{payload}.{signature}");
        call(
            "io.jwt.verify_es512",
            &[json!(token), json!(key.to_string())],
        )
    };
    assert_eq!(verified("UGF5bG9hZA", signature, &key), Ok(json!(true)));
    assert_eq!(verified("UGF5bG9hZB", signature, &key), Ok(json!(false)));
    let broken = signature.replacen("AdwM", "AdwN", 1);
    assert_eq!(verified("UGF5bG9hZA", &broken, &key), Ok(json!(false)));
    let mut off_the_curve = key;
    off_the_curve["y"] = off_the_curve["x"].clone();
    let found = verified("UGF5bG9hZA", signature, &off_the_curve);
    assert_eq!(found, Ok(json!(false)));
}

#[test]
fn es512_is_verified_with_what_else_a_token_holds_to() {
    let token = signed("/tokens/es512");
    for (constraints, expected) in [
        (json!({"cert": signed("/keys/p521/pem"), "iss": "a"}), true),
        (
            json!({"cert": signed("/keys/p521/jwks"), "alg": "ES512"}),
            true,
        ),
        (json!({"cert": signed("/keys/p521/pem"), "iss": "b"}), false),
        (
            json!({"cert": signed("/keys/p521/pem"), "alg": "ES384"}),
            false,
        ),
        (json!({"cert": signed("/keys/p384/pem")}), false),
        (json!({"cert": signed("/keys/rsa/pem")}), false),
    ] {
        let found = verified(&token, &constraints);
        assert_eq!(found, Ok(expected), "{constraints}");
    }
}

fn verified(token: &Json, constraints: &Json) -> Result<bool, String> {
    let found = call(
        "io.jwt.decode_verify",
        &[token.clone(), constraints.clone()],
    )?;
    let is_valid = found[0].as_bool().unwrap();
    if !is_valid {
        assert_eq!(found, json!([false, {}, {}]));
    }
    Ok(is_valid)
}

#[test]
fn constraints_hold_or_not() {
    let payload = json!({"iss": "a", "aud": ["b", "c"], "exp": 2000, "nbf": 1000});
    let token = json!(token(&header(), &payload));
    let time = 1_500_000_000_000_u64;
    for (constraints, expected) in [
        (json!({"secret": SECRET, "aud": "b", "time": time}), true),
        (
            json!({"secret": SECRET, "aud": "c", "iss": "a", "alg": "HS256", "time": time}),
            true,
        ),
        (json!({"secret": "other", "aud": "b", "time": time}), false),
        (json!({"secret": SECRET, "time": time}), false),
        (json!({"secret": SECRET, "aud": "d", "time": time}), false),
        (
            json!({"secret": SECRET, "aud": "b", "iss": "b", "time": time}),
            false,
        ),
        (
            json!({"secret": SECRET, "aud": "b", "alg": "HS384", "time": time}),
            false,
        ),
        (
            json!({"secret": SECRET, "aud": "b", "time": 2_000_000_000_000_u64}),
            false,
        ),
        (
            json!({"secret": SECRET, "aud": "b", "time": 999_000_000_000_u64}),
            false,
        ),
        (
            json!({"secret": SECRET, "aud": "b", "time": 1_000_000_000_000_u64}),
            true,
        ),
        (
            json!({"cert": signed("/keys/rsa/pem"), "aud": "b", "time": time}),
            false,
        ),
    ] {
        assert_eq!(
            verified(&token, &constraints),
            Ok(expected),
            "{constraints}"
        );
    }
    for (constraints, error) in [
        (json!({}), "no key constraint"),
        (
            json!({"secret": SECRET, "cert": signed("/keys/rsa/pem")}),
            "duplicate key constraints",
        ),
        (
            json!({"secret": SECRET, "audience": "b"}),
            "unknown token validation constraint: audience",
        ),
        (json!({"secret": 1}), "secret constraint: must be a string"),
        (
            json!({"secret": SECRET, "aud": "b"}),
            "give `time`, since policies have no clock",
        ),
    ] {
        let message = verified(&token, &constraints).unwrap_err();
        assert!(message.contains(error), "{message}");
    }
}

/// The public key of a token must never be taken for a shared secret.
#[test]
fn algorithms_are_not_confused() {
    let pem = signed("/keys/rsa/pem");
    let message = format!("{}.{}", part(&header()), part(&json!({"admin": true})));
    let key = EncodingKey::from_secret(pem.as_str().unwrap().as_bytes());
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
    let forged = json!(format!("{message}.{signature}"));
    for form in ["pem", "jwks", "certificate"] {
        let key = signed(&format!("/keys/rsa/{form}"));
        assert_eq!(verified(&forged, &json!({"cert": key})), Ok(false));
        assert_eq!(
            call("io.jwt.verify_rs256", &[forged.clone(), key]),
            Ok(json!(false))
        );
    }
    let unsigned = json!(format!(
        "{}.{}.",
        part(&json!({"alg": "none"})),
        part(&json!({}))
    ));
    assert_eq!(verified(&unsigned, &json!({"cert": pem})), Ok(false));
    assert_eq!(verified(&unsigned, &json!({"secret": SECRET})), Ok(false));
    let critical = token(&json!({"alg": "HS256", "crit": ["x"], "x": 1}), &json!({}));
    assert_eq!(
        verified(&json!(critical), &json!({"secret": SECRET})),
        Ok(false)
    );
}

#[test]
fn keys_are_chosen_by_their_id() {
    let token = signed("/tokens/rs256_with_kid");
    let right = signed("/keys/rsa/jwks");
    assert_eq!(verified(&token, &json!({"cert": right})), Ok(true));
    // The id decides, even where another key would fit.
    let mut swapped: Json = serde_json::from_str(right.as_str().unwrap()).unwrap();
    let mut other: Json =
        serde_json::from_str(signed("/keys/p256/jwks").as_str().unwrap()).unwrap();
    swapped["keys"][0]["kid"] = json!("another");
    other["keys"][0]["kid"] = json!("one");
    swapped["keys"]
        .as_array_mut()
        .unwrap()
        .push(other["keys"][0].clone());
    assert_eq!(
        verified(&token, &json!({"cert": swapped.to_string()})),
        Ok(false)
    );
}

#[test]
fn certificates_are_read() {
    let pem = signed("/keys/rsa/certificate");
    let text = pem.as_str().unwrap();
    let body: String = text
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let wrapped = base64::prelude::BASE64_STANDARD.encode(text);
    for (form, count) in [
        (text.to_owned(), 1),
        (body, 1),
        (wrapped, 1),
        (format!("{text}\n{text}"), 2),
    ] {
        let found = call("crypto.x509.parse_certificates", &[json!(form)]).unwrap();
        assert_eq!(found.as_array().unwrap().len(), count);
        let mut first = found[0].clone();
        // As OPA wrote it, with more digits than a number of JSON has here.
        let serial =
            Value::from_numeric_string(signed("/certificate/SerialNumber").as_str().unwrap());
        assert_eq!(first["SerialNumber"], json!(serial.unwrap()));
        first["SerialNumber"] = signed("/certificate/SerialNumber");
        assert_eq!(first["Subject"]["CommonName"], "policies.example");
        assert_eq!(first["Subject"]["Organization"], json!(["Contoso"]));
        assert_eq!(first["Issuer"], first["Subject"]);
        assert_eq!(
            first["DNSNames"],
            json!(["policies.example", "www.policies.example"])
        );
        assert_eq!(first["IPAddresses"], json!(["10.1.2.3"]));
        assert_eq!(first["URIStrings"], json!(["spiffe://policies.example/a"]));
        assert_eq!(first["EmailAddresses"], json!(null));
        assert_eq!(first["IsCA"], true);
        assert_eq!(first["Version"], 3);
        assert_eq!(first, signed("/certificate"), "OPA says something else");
    }
    for (text, error) in [
        ("?", "illegal base64"),
        ("YQ==", "x509: malformed certificate"),
        ("", "x509: malformed certificate"),
        (
            "-----BEGIN X-----\nYQ==\n-----END X-----\n",
            "PEM block type is 'X'",
        ),
    ] {
        let message = call("crypto.x509.parse_certificates", &[json!(text)]).unwrap_err();
        assert!(message.contains(error), "{text}: {message}");
    }
}

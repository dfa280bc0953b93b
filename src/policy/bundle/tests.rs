//! Bundles that OPA has made, and what others may make of them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::archive::unpacked;
use super::{Bundle, BundleKey, BundleKeys, read};
use crate::rego::Version;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/bundles")
        .join(name)
}

fn keys(id: &str, algorithm: &str, text: Result<&str, PathBuf>) -> BundleKeys {
    let (key, file) = match text {
        Ok(text) => (Some(text.to_owned()), None),
        Err(file) => (None, Some(file)),
    };
    let key = BundleKey {
        algorithm: Some(algorithm.to_owned()),
        key,
        file,
        scope: None,
    };
    BundleKeys::load(&BTreeMap::from([(id.to_owned(), key)])).unwrap()
}

fn shared() -> BundleKeys {
    keys("default", "HS256", Ok("secret"))
}

/// Modules of the archive, or why it is refused.
fn load(path: &Path, keys: &BundleKeys) -> Result<Bundle, String> {
    read(path, Version::V1, keys).map_err(|error| error.to_string())
}

#[test]
fn what_opa_has_signed_is_read() {
    for (bundle, algorithm, key) in [
        ("rs256.tar.gz", "RS256", Err(fixture("rsa.pem"))),
        ("rs256.tar.gz", "RS256", Err(fixture("certificate.pem"))),
        ("built.tar.gz", "RS256", Err(fixture("rsa.pem"))),
        ("ps384.tar.gz", "PS384", Err(fixture("rsa.pem"))),
        ("es256.tar.gz", "ES256", Err(fixture("ec.pem"))),
        ("es512.tar.gz", "ES512", Err(fixture("p521.pem"))),
        ("hs512.tar.gz", "HS512", Ok("a shared secret")),
    ] {
        let bundle = load(&fixture(bundle), &keys("default", algorithm, key)).unwrap();
        assert_eq!(bundle.modules.len(), 1);
        assert!(
            bundle.modules[0].path.ends_with("own/own.rego"),
            "{bundle:?}"
        );
        assert!(!bundle.data.is_empty());
    }
}

#[test]
fn other_keys_and_algorithms_are_refused() {
    let rsa = || Err(fixture("rsa.pem"));
    for (bundle, keys, error) in [
        (
            "built.tar.gz",
            keys("other", "RS256", rsa()),
            "signed with the key `default`, which is not known",
        ),
        (
            "rs256.tar.gz",
            keys("default", "RS384", rsa()),
            "by RS256, expected RS384",
        ),
        (
            "rs256.tar.gz",
            keys("default", "PS256", rsa()),
            "by RS256, expected PS256",
        ),
        (
            "es512.tar.gz",
            keys("default", "ES512", Err(fixture("ec.pem"))),
            "not by the key `default`",
        ),
        (
            "rs256.tar.gz",
            keys("default", "HS256", Ok("x")),
            "by RS256, expected HS256",
        ),
        (
            "hs512.tar.gz",
            keys("default", "HS512", Ok("another secret")),
            "not by the key `default`",
        ),
        (
            "unsigned.tar.gz",
            keys("default", "RS256", rsa()),
            "the bundle is not signed",
        ),
        (
            "rs256.tar.gz",
            BundleKeys::default(),
            "the bundle is signed, and no key is known",
        ),
    ] {
        let message = load(&fixture(bundle), &keys).unwrap_err();
        assert!(message.contains(error), "{message}");
    }
    assert!(load(&fixture("unsigned.tar.gz"), &BundleKeys::default()).is_ok());
}

#[test]
fn keys_that_cannot_be_used_are_told() {
    let load =
        |key: BundleKey| BundleKeys::load(&BTreeMap::from([("k".to_owned(), key)])).unwrap_err();
    let key = |algorithm: &str, key: &str| BundleKey {
        algorithm: Some(algorithm.to_owned()),
        key: Some(key.to_owned()),
        ..BundleKey::default()
    };
    let rsa = std::fs::read_to_string(fixture("rsa.pem")).unwrap();
    let certificate = std::fs::read_to_string(fixture("certificate.pem")).unwrap();
    for (key, error) in [
        (BundleKey::default(), "exactly one of `key` and `file`"),
        (key("none", "x"), "the algorithm `none` is not known"),
        (key("EdDSA", "x"), "the algorithm `EdDSA` is not known"),
        (key("HS256", " "), "it is empty"),
        (key("RS256", "x"), "no public key of RSA in PEM"),
        (key("ES256", &rsa), "no public key of an elliptic curve"),
        (
            key("ES256", &certificate),
            "of another kind than its algorithm",
        ),
        (
            key("RS256", "-----BEGIN PRIVATE KEY-----"),
            "it is a private key",
        ),
    ] {
        let message = load(key);
        assert!(
            message.contains(error) && message.contains("the key `k`"),
            "{message}"
        );
    }
}

/// A file or something else of an archive.
enum Item<'a> {
    File(&'a str, &'a [u8]),
    Link(&'a str, &'a str),
    HardLink(&'a str, &'a str),
}

fn archive(items: &[Item<'_>]) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for item in items {
        let mut header = tar::Header::new_gnu();
        header.set_mode(0o644);
        let (name, bytes) = match item {
            Item::File(name, bytes) => (name, *bytes),
            Item::Link(name, target) | Item::HardLink(name, target) => {
                header.set_link_name(target).unwrap();
                (name, &b""[..])
            }
        };
        header.set_entry_type(match item {
            Item::File(..) => tar::EntryType::Regular,
            Item::Link(..) => tar::EntryType::Symlink,
            Item::HardLink(..) => tar::EntryType::Link,
        });
        header.set_size(bytes.len() as u64);
        // The builder would refuse `..` itself.
        let field = &mut header.as_old_mut().name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, bytes).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

fn written(items: &[Item<'_>]) -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bundle.tar.gz");
    std::fs::File::create(&path)
        .unwrap()
        .write_all(&archive(items))
        .unwrap();
    (directory, path)
}

#[test]
fn archives_that_lead_out_of_themselves_are_refused() {
    for (items, error) in [
        (
            vec![Item::File("../own.rego", b"")],
            "leads out of the archive",
        ),
        (
            vec![Item::File("a/../../own.rego", b"")],
            "leads out of the archive",
        ),
        (vec![Item::Link("own.rego", "/etc/passwd")], "is a link"),
        (vec![Item::HardLink("own.rego", "other.rego")], "is a link"),
        (
            vec![Item::File("a.rego", b""), Item::File("/a.rego", b"")],
            "holds `a.rego` twice",
        ),
    ] {
        let (_directory, path) = written(&items);
        let message = load(&path, &BundleKeys::default()).unwrap_err();
        assert!(message.contains(error), "{message}");
    }
}

#[test]
fn archives_have_limits() {
    let big = vec![0; 4096];
    let files = [Item::File("a.txt", &big), Item::File("b.txt", &big)];
    let bytes = archive(&files);
    assert!(unpacked(&bytes[..], 16 << 10, 2).is_ok());
    assert!(unpacked(&bytes[..], 6000, 2).is_err());
    let message = unpacked(&bytes[..], 16 << 10, 1).unwrap_err();
    assert!(message.contains("more than 1 entries"), "{message}");
    // Few bytes that become many.
    let many = archive(&[Item::File("a.txt", &vec![0; 8 << 20])]);
    assert!(many.len() < 64 << 10);
    let message = unpacked(&many[..], 1 << 20, 2).unwrap_err();
    assert!(message.contains("more than 1 MiB"), "{message}");
    for broken in [&b"no archive"[..], &bytes[..bytes.len() / 2]] {
        assert!(unpacked(broken, 16 << 10, 2).is_err());
    }
}

#[test]
fn manifests_are_kept_to() {
    let own: &[u8] = b"package own\ndeny contains \"x\"";
    let load_with = |manifest: &str, data: &str| {
        let items = [
            Item::File(".manifest", manifest.as_bytes()),
            Item::File("own/own.rego", own),
            Item::File("limits/data.json", data.as_bytes()),
        ];
        let (_directory, path) = written(&items);
        let bundle = load(&path, &BundleKeys::default())?;
        bundle.manifest.check_path(&["own"]).map(|()| bundle)
    };
    let data = r#"{"a": {"b": 1}}"#;
    for (manifest, error) in [
        (
            r#"{"roots": ["limits"]}"#,
            "`own` is outside the manifest's roots `limits`",
        ),
        (
            r#"{"roots": ["own"]}"#,
            "`limits` is outside the manifest's roots `own`",
        ),
        (
            r#"{"roots": ["own", "limits/a/c"]}"#,
            "`limits/a/b` is outside",
        ),
        (
            r#"{"roots": ["own", "own/a", "limits"]}"#,
            "roots `own` and `own/a` overlap",
        ),
        (r#"{"roots": ["ow", "limits"]}"#, "`own` is outside"),
        (r#"{"rego_version": 2}"#, "`rego_version: 2`"),
        (
            r#"{"file_rego_versions": {"{a,b}": 0}}"#,
            "expected a name or one with",
        ),
        ("[", "cannot be read"),
    ] {
        let message = load_with(manifest, data).unwrap_err();
        assert!(message.contains(error), "{message}");
    }
    for manifest in [
        "{}",
        r#"{"roots": ["own", "limits"]}"#,
        r#"{"roots": ["own", "limits/a"]}"#,
        r#"{"roots": [""]}"#,
    ] {
        assert!(load_with(manifest, data).is_ok(), "{manifest}");
    }
    let version = |manifest: &str| load_with(manifest, data).unwrap().modules[0].version;
    assert_eq!(version("{}"), Version::V1);
    assert_eq!(version(r#"{"rego_version": 0}"#), Version::V0);
    assert_eq!(
        version(r#"{"rego_version": 0, "file_rego_versions": {"*/own.rego": 1}}"#),
        Version::V1
    );
    assert_eq!(
        version(r#"{"file_rego_versions": {"/own/*.rego": 0}}"#),
        Version::V0
    );
    assert_eq!(
        version(r#"{"file_rego_versions": {"/other/*.rego": 0}}"#),
        Version::V1
    );
}

#[test]
fn what_is_not_evaluated_is_told() {
    let manifest = br#"{"wasm": [{"entrypoint": "own/deny", "module": "/policy.wasm"}]}"#;
    for (items, error) in [
        (vec![Item::File("patch.json", b"{}")], "a delta bundle"),
        (
            vec![
                Item::File(".manifest", manifest),
                Item::File("policy.wasm", b""),
            ],
            "is not evaluated",
        ),
        (
            vec![
                Item::File(".manifest", b"{}"),
                Item::File("a/.manifest", b"{}"),
            ],
            "two manifests",
        ),
    ] {
        let (_directory, path) = written(&items);
        let message = load(&path, &BundleKeys::default()).unwrap_err();
        assert!(message.contains(error), "{message}");
    }
}

/// A token over a payload, signed with the shared key.
fn token(header: &Value, payload: &Value) -> String {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(payload));
    let key = EncodingKey::from_secret(b"secret");
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
    format!("{message}.{signature}")
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(bytes))
}

#[test]
fn whatever_is_not_what_was_signed_is_refused() {
    let own: &[u8] = b"package own\ndeny contains \"x\"";
    let file =
        |name: &str, hash: String| json!({"name": name, "hash": hash, "algorithm": "SHA-256"});
    let signed = || file("own.rego", sha256(own));
    let head = json!({"alg": "HS256", "kid": "default"});
    let check = |header: &Value, payload: &Value, extra: &[Item<'_>]| {
        let signatures = json!({"signatures": [token(header, payload)]}).to_string();
        let mut items = vec![
            Item::File("own.rego", own),
            Item::File(".signatures.json", signatures.as_bytes()),
        ];
        items.extend(extra.iter().map(|item| match item {
            Item::File(name, bytes) => Item::File(name, bytes),
            Item::Link(name, to) | Item::HardLink(name, to) => Item::Link(name, to),
        }));
        let (_directory, path) = written(&items);
        load(&path, &shared()).map(drop)
    };
    assert_eq!(check(&head, &json!({"files": [signed()]}), &[]), Ok(()));
    // What follows is each a step away from it.
    let added = [Item::File("more.rego", b"package more")];
    for (header, payload, extra, error) in [
        (
            head.clone(),
            json!({"files": [signed()]}),
            &added[..],
            "`more.rego` is not signed",
        ),
        (
            head.clone(),
            json!({"files": []}),
            &[],
            "`own.rego` is not signed",
        ),
        (
            head.clone(),
            json!({"files": [signed(), file("gone.rego", sha256(b""))]}),
            &[],
            "`gone.rego` is signed and missing",
        ),
        (
            head.clone(),
            json!({"files": [file("own.rego", sha256(b"other"))]}),
            &[],
            "`own.rego` is not what was signed",
        ),
        (
            head.clone(),
            json!({"files": [signed(), signed()]}),
            &[],
            "lists `own.rego` twice",
        ),
        (
            head.clone(),
            json!({"files": [{"name": "own.rego", "hash": "", "algorithm": "MD5"}]}),
            &[],
            "MD5 is broken",
        ),
        (
            head.clone(),
            json!({"files": [{"name": "own.rego", "hash": ""}]}),
            &[],
            "hash algorithm `` is not known",
        ),
        (
            head.clone(),
            json!({"files": [signed()], "scope": "write"}),
            &[],
            "the scope `write`, expected ``",
        ),
        (
            json!({"alg": "none", "kid": "default"}),
            json!({"files": [signed()]}),
            &[],
            "by none, expected HS256",
        ),
        (
            json!({"alg": "HS384", "kid": "default"}),
            json!({"files": [signed()]}),
            &[],
            "by HS384, expected HS256",
        ),
        (
            json!({"alg": "HS256"}),
            json!({"files": [signed()], "keyid": "other"}),
            &[],
            "with the key `other`",
        ),
        (
            json!({"alg": "HS256", "kid": "other"}),
            json!({"files": [signed()], "keyid": "default"}),
            &[],
            "with the key `other`",
        ),
    ] {
        let message = check(&header, &payload, extra).unwrap_err();
        assert!(message.contains(error), "{message}");
    }
    // The key's id may stand in the payload, and nowhere where there is one key.
    let alone = json!({"alg": "HS256"});
    let payload = json!({"files": [signed()], "keyid": "default"});
    assert_eq!(check(&alone, &payload, &[]), Ok(()));
    assert_eq!(check(&alone, &json!({"files": [signed()]}), &[]), Ok(()));
}

#[test]
fn signatures_that_are_none_are_refused() {
    for (text, error) in [
        ("{}", "holds 0 signatures"),
        (r#"{"signatures": ["a", "b"]}"#, "holds 2 signatures"),
        (r#"{"signatures": ["a.b"]}"#, "no token of three parts"),
        (
            r#"{"signatures": ["a.b.c"]}"#,
            "the header of the signature cannot be read",
        ),
        (
            r#"{"signatures": ["a.b.c"], "plugin": "own"}"#,
            "for the plugin `own`",
        ),
        ("[", "cannot be read"),
    ] {
        let (_directory, path) = written(&[Item::File(".signatures.json", text.as_bytes())]);
        let message = load(&path, &shared()).unwrap_err();
        assert!(message.contains(error), "{message}");
    }
    let twice = [
        Item::File(".signatures.json", b"{}"),
        Item::File("a/.signatures.json", b"{}"),
    ];
    let (_directory, path) = written(&twice);
    assert!(
        load(&path, &shared())
            .unwrap_err()
            .contains("several .signatures.json")
    );
}

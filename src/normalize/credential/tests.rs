use proptest::prelude::*;

use super::*;

/// CN=ec, made for these tests alone.
const CERTIFICATE: &str = "\
    MIIBbzCCARWgAwIBAgIUbC7CJmTnYrWGhbTVc6CFRjeCAU8wCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCZWMwHhcNMjYx\
    MTIzMTMxOTAzWhcNMjYxMjIzMTMxOTAzWjANMQswCQYDVQQDDAJlYzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHd1\
    6qUUhz3IBM2l5syB7YO1hWiYkqptWpMkEo/LkY2A2NoT+Y2bIw4hDIcuJ+h0HhyLwV2uzFNJR327a5tIPcqjUzBRMB0G\
    A1UdDgQWBBR5w0csdcrFbRL01sSRo3424osBsDAfBgNVHSMEGDAWgBR5w0csdcrFbRL01sSRo3424osBsDAPBgNVHRMB\
    Af8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIGZbGyXX454W9F07CMXj+Mps5IvgQgjn6NpTIxHBtCxCAiEAra93QtqP\
    cDMHv+YNtijkuxpVqnoo0fBTmNKajDs+RA0=";
const SHA1: &str = "513EE545C719899CF0D91EAFFF9681DA4A96E76E";
const SECRET: &str = "aB38Q~abcdefghijklmnopqrstuvwxyz01234567";

fn secret() -> CredentialFields<'static> {
    CredentialFields {
        id: Some("5c8a1f0e-0000-4000-8000-000000000001"),
        name: Some("deploy"),
        start: Some("2026-10-01T00:00:00Z"),
        end: Some("2027-01-01T00:00:00.8601311Z"),
        at: "/passwordCredentials/0",
        ..CredentialFields::default()
    }
}

fn key() -> CredentialFields<'static> {
    CredentialFields {
        kind: CredentialKind::Certificate,
        key_type: Some("AsymmetricX509Cert"),
        usage: Some("Verify"),
        at: "/keyCredentials/0",
        ..secret()
    }
}

#[test]
fn a_secret_keeps_its_facts_and_never_its_value() {
    let found = credential(&CredentialFields {
        secret: Some(SECRET),
        ..secret()
    })
    .unwrap();
    assert_eq!(
        found,
        Credential {
            kind: "secret".to_owned(),
            id: Some("5c8a1f0e-0000-4000-8000-000000000001".to_owned()),
            name: Some("deploy".to_owned()),
            start: Some("2026-10-01T00:00:00Z".to_owned()),
            end: Some("2027-01-01T00:00:00Z".to_owned()),
            lifetime_days: Some(92),
            has_value: true,
            at: "/passwordCredentials/0".to_owned(),
            ..Credential::default()
        }
    );
    assert!(!format!("{found:?}").contains("8Q~"));
}

#[test]
fn a_certificate_is_read_from_its_key() {
    let found = credential(&CredentialFields {
        key: Some(CERTIFICATE),
        ..key()
    })
    .unwrap();
    assert_eq!(found.kind, "certificate");
    assert_eq!(found.usage.as_deref(), Some("Verify"));
    assert_eq!(found.thumbprint.as_deref(), Some(SHA1));
    assert_eq!(
        found.certificate.map(|c| c.subject).as_deref(),
        Some("CN=ec")
    );
    assert!(!found.has_value);
}

#[test]
fn a_thumbprint_is_read_from_any_spelling_of_the_identifier() {
    let bytes = decode_hexadecimal(SHA1).unwrap();
    let base64 = |bytes: &[u8]| base64::Engine::encode(&base64::prelude::BASE64_STANDARD, bytes);
    for identifier in [
        SHA1.to_owned(),
        SHA1.to_lowercase(),
        base64(&bytes),
        base64(SHA1.as_bytes()),
    ] {
        let fields = CredentialFields {
            custom_key_identifier: Some(&identifier),
            ..key()
        };
        assert_eq!(
            credential(&fields).unwrap().thumbprint.as_deref(),
            Some(SHA1),
            "{identifier}"
        );
        let fields = CredentialFields {
            kind: CredentialKind::Secret,
            ..fields
        };
        assert_eq!(credential(&fields).unwrap().thumbprint, None);
    }
    for identifier in ["", "deploy", "0F1E2D", "ÄÖ"] {
        let fields = CredentialFields {
            custom_key_identifier: Some(identifier),
            ..key()
        };
        assert_eq!(
            credential(&fields).unwrap().thumbprint,
            None,
            "{identifier}"
        );
    }
    let other = "0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C";
    let both = CredentialFields {
        key: Some(CERTIFICATE),
        custom_key_identifier: Some(other),
        ..key()
    };
    assert_eq!(credential(&both).unwrap().thumbprint.as_deref(), Some(SHA1));
}

#[test]
fn values_are_seen_and_placeholders_are_not() {
    let has_value = |fields: CredentialFields<'_>| credential(&fields).unwrap().has_value;
    assert!(has_value(CredentialFields {
        secret: Some(SECRET),
        ..secret()
    }));
    for stand_in in [
        "",
        "${{SECRET}}",
        "<secret>",
        "***",
        "[parameters('secret')]",
    ] {
        assert!(
            !has_value(CredentialFields {
                secret: Some(stand_in),
                ..secret()
            }),
            "{stand_in}"
        );
    }
    let private = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\n-----END PRIVATE KEY-----";
    assert!(has_value(CredentialFields {
        key: Some(private),
        ..key()
    }));
    assert!(has_value(CredentialFields {
        key: Some("MIID/AIBAzCCA7IGCSqGSIb3DQEHAQ=="),
        ..key()
    }));
    assert!(!has_value(CredentialFields {
        key: Some("key-value"),
        ..key()
    }));
}

#[test]
fn a_symmetric_key_is_a_secret() {
    let fields = CredentialFields {
        key_type: Some("symmetric"),
        key: Some("c2hhcmVk"),
        ..key()
    };
    let found = credential(&fields).unwrap();
    assert_eq!((found.kind.as_str(), found.has_value), ("secret", true));
    let found = credential(&CredentialFields {
        key: Some("${KEY}"),
        ..fields
    })
    .unwrap();
    assert_eq!((found.kind.as_str(), found.has_value), ("secret", false));
}

#[test]
fn dates_keep_their_three_states() {
    let dates = |start, end| {
        let found = credential(&CredentialFields {
            start,
            end,
            ..secret()
        })
        .unwrap();
        (found.start, found.end, found.lifetime_days)
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(dates(None, None), (None, None, None));
    assert_eq!(dates(Some(""), Some("")), (some(""), some(""), None));
    assert_eq!(
        dates(Some("/Date(1700000000000)/"), Some("0001-01-01T00:00:00Z")),
        (some("2023-11-14T22:13:20Z"), some(""), None)
    );
    assert_eq!(
        dates(Some("[utcNow()]"), Some("${END}")),
        (None, None, None)
    );
    assert_eq!(
        dates(Some("2026-01-01T00:00:01Z"), Some("2026-06-30T00:00:00Z")),
        (
            some("2026-01-01T00:00:01Z"),
            some("2026-06-30T00:00:00Z"),
            Some(179)
        )
    );
    assert_eq!(dates(Some("2026-01-02"), Some("2026-01-01")).2, Some(-1));
    assert_eq!(
        dates(Some("2026-01-01"), Some("2299-12-31")).2,
        Some(100_075)
    );
}

#[test]
fn a_date_that_cannot_be_read_is_named() {
    let error = credential(&CredentialFields {
        end: Some("11/23/2026 6:00:00 AM"),
        ..secret()
    })
    .unwrap_err();
    assert_eq!(
        error,
        DateError {
            field: "end",
            at: "/passwordCredentials/0".to_owned()
        }
    );
    assert_eq!(
        error.to_string(),
        "end date of the credential at `/passwordCredentials/0` cannot be read; \
         write it in RFC 3339, such as `2027-01-31T00:00:00Z`"
    );
    let error = credential(&CredentialFields {
        start: Some("soon"),
        ..secret()
    })
    .unwrap_err();
    assert_eq!(error.field, "start");
}

#[test]
fn days_left_are_negative_exactly_when_expired() {
    let left = |end, now: &str| {
        let found = credential(&CredentialFields { end, ..secret() }).unwrap();
        assert_eq!(found.days_left, None);
        days_left(&found, now.parse().unwrap())
    };
    assert_eq!(
        left(Some("2026-11-24T06:00:00Z"), "2026-11-23T06:00:00Z"),
        Some(1)
    );
    assert_eq!(
        left(Some("2026-11-23T18:00:00Z"), "2026-11-23T06:00:00Z"),
        Some(0)
    );
    assert_eq!(
        left(Some("2026-11-22T18:00:00Z"), "2026-11-23T06:00:00Z"),
        Some(-1)
    );
    assert_eq!(left(Some(""), "2026-11-23T06:00:00Z"), None);
    assert_eq!(left(None, "2026-11-23T06:00:00Z"), None);
}

#[test]
fn an_older_secret_has_its_name_in_the_identifier() {
    let name = |name, identifier| {
        let fields = CredentialFields {
            name,
            custom_key_identifier: Some(identifier),
            ..secret()
        };
        credential(&fields).unwrap().name
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(name(None, "//5yAGIAYQBjAA=="), some("rbac"));
    assert_eq!(name(Some(""), "cgBiAGEAYwA="), some("rbac"));
    assert_eq!(name(None, "UG93ZXJTaGVsbA=="), some("PowerShell"));
    assert_eq!(name(Some("deploy"), "UG93ZXJTaGVsbA=="), some("deploy"));
    assert_eq!(name(Some(""), "AQID"), some(""));
    assert_eq!(name(None, "not base64!"), None);
}

proptest! {
    #[test]
    fn never_panics(date in ".{0,30}", identifier in ".{0,60}", value in ".{0,80}", symmetric: bool, certificate: bool) {
        let kind = if certificate { CredentialKind::Certificate } else { CredentialKind::Secret };
        let found = credential(&CredentialFields {
            kind,
            end: Some(&date),
            custom_key_identifier: Some(&identifier),
            secret: Some(&value),
            key: Some(&value),
            key_type: symmetric.then_some("Symmetric"),
            ..CredentialFields::default()
        });
        prop_assert!(found.is_ok() || parse_date(&date).is_none());
    }

    #[test]
    fn a_secret_is_never_kept(value in "[A-Za-z0-9_.~-]{30,40}") {
        let found = credential(&CredentialFields { secret: Some(&value), key: Some(&value), ..key() }).unwrap();
        let debug = format!("{found:?}");
        prop_assert!(!debug.contains(&value));
    }
}

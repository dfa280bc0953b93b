//! The certificates were made with openssl for these tests alone, and their keys thrown away.

use proptest::prelude::*;

use super::*;

/// CN=weak.contoso.com
const RSA_1024_SHA1: &str = "\
    MIICEjCCAXugAwIBAgIUccxl3smpntsLxQQu4+s+8G7mP5QwDQYJKoZIhvcNAQEFBQAwGzEZMBcGA1UEAwwQd2Vhay5jb250\
    b3NvLmNvbTAeFw0yNjExMjMxMzE5MDNaFw0yNjEyMjMxMzE5MDNaMBsxGTAXBgNVBAMMEHdlYWsuY29udG9zby5jb20wgZ8w\
    DQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAM6x26K9al8r8UraWPLrV+mHHPLEYQ/D7F/TbrKesgTEtkCGHD7dUMwlNm9ykwfl\
    3s4RGu9jGBfxt1tRGmkqXT+EaYkqa1efXACinfhfUS/rkx0ybyYruVFZBigz6TIQfb36FAwAAtT/ZL+iIcmFN6xVMP/mZund\
    JPB4scNGT61DAgMBAAGjUzBRMB0GA1UdDgQWBBRpgwRc4wJW4w5TyqkWjxSpDsSH8TAfBgNVHSMEGDAWgBRpgwRc4wJW4w5T\
    yqkWjxSpDsSH8TAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBBQUAA4GBALTesyVJ1fIfCZqj9YsgbWru3B5za2pyApY6\
    Y5taYQCdpRiBIK88j0kRu1fCWiKX/HktuDgfG2OgjW67qIfi2SWjYo+QgOHp2WgL0ce1Zw8FJvG98kaODWvZefMfZoZCZWJb\
    OwTCjylv2RNyH7QgtEvwW5FRITaxdi5W/YvIMe94";
/// A subject whose characters need escapes.
const RSA_2048_SHA256: &str = "\
    MIIDmzCCAoOgAwIBAgIUNTXswUBBUq8yZi7cAItE28vQ7LgwDQYJKoZIhvcNAQELBQAwXTELMAkGA1UEBhMCR0IxFjAUBgNV\
    BAoMDUNvbnRvc28sIEx0ZC4xGDAWBgNVBAMMDyNzaG9wICsgw7xtbGF1dDEcMBoGCSqGSIb3DQEJARYNYUBjb250b3NvLmNv\
    bTAeFw0yNjExMjMxMzE5MjlaFw0yNjEyMjMxMzE5MjlaMF0xCzAJBgNVBAYTAkdCMRYwFAYDVQQKDA1Db250b3NvLCBMdGQu\
    MRgwFgYDVQQDDA8jc2hvcCArIMO8bWxhdXQxHDAaBgkqhkiG9w0BCQEWDWFAY29udG9zby5jb20wggEiMA0GCSqGSIb3DQEB\
    AQUAA4IBDwAwggEKAoIBAQC+NVEcuuNmoNlgo7aqbFiYJaH2VI6TXyHW6fSYqysy+UmScuXedxUJ2UwXyqL/zQFV4V1kFP/y\
    mFiXUg/8lrsQ/WakcNARfFRysFiJvOMjOIdjUMDp1ehYa7SFifG7hXI7/Qro6l/0DjbOETfL2aFjMZULUmNdX7Umt1j9Xvk4\
    xWZww5L0SugbkiCSLW3UoEE7VWcke5YzWxMRePkO9TooIQ3E0L6R5kgorl/52pINnisjaO32W4f5jt4oL/Ea9W2yiSA8jrgp\
    gYLDHuy9Ik7Zj3wL+YHPwlmqfA2wr72rN+PC1Uue8U1zG+iu0FYTsiStK3gvNW6ymLaXlabK1UVRAgMBAAGjUzBRMB0GA1Ud\
    DgQWBBSnh2Hbwejz5l6RckTxYfeUjqzopjAfBgNVHSMEGDAWgBSnh2Hbwejz5l6RckTxYfeUjqzopjAPBgNVHRMBAf8EBTAD\
    AQH/MA0GCSqGSIb3DQEBCwUAA4IBAQAOPXJwXae0DoFETiJkDWHoNO6croQzJH9oXy6vN+l45iz2iOTuCk87mJ5IohE9lxfP\
    Lgi6gmAtodkt8DCYJbHx7MfwuaMCYgcTS45bOuqkz5kr66SA/H7DXMQL5fdKqIbEP1FeaSfx4kB/wotjkaDmvsHBnc3cP16T\
    NYDOQy13l5dRgJzE88u9YQkJHK9RKxR0HMfHKm1coP7VIWHp2HZsLYhaJ2cfUZbNXZJdZKN6GmWndvGM9UbJ/Y2rcxlDGbGz\
    eY2/IXgwFRuy8UuU2n688R+/xd6q6q9VuudtpaDiWQSmT9ReTSTDv9CNYu2HVbwU+IZVjIZ0LUX0FSY0y9VV";
/// CN=md5
const RSA_1024_MD5: &str = "\
    MIIB+DCCAWGgAwIBAgIUBOCuVmF8HiV7yEbrRKiRpFMjc6MwDQYJKoZIhvcNAQEEBQAwDjEMMAoGA1UEAwwDbWQ1MB4XDTI2\
    MTEyMzEzMTkwM1oXDTI2MTIyMzEzMTkwM1owDjEMMAoGA1UEAwwDbWQ1MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCg\
    vPKaGVrEn1Wn8/Tic9bp/xrCIphnDH20YjfEouJHsrjcq8oHap7CEbVCYeKfys9y9t5i3rCz6a6QYuc4a+/H6yiaXoACJ/1q\
    me88lYkr5p+QgidPuE6aGbPhwYYHyJFbsnBTrh2TGTwT6aozacS/eFUdWv3Qz0yr+OCCOicaVQIDAQABo1MwUTAdBgNVHQ4E\
    FgQUVIH2OTCGFkooyLp+N2GXqHyKd14wHwYDVR0jBBgwFoAUVIH2OTCGFkooyLp+N2GXqHyKd14wDwYDVR0TAQH/BAUwAwEB\
    /zANBgkqhkiG9w0BAQQFAAOBgQBEheI9QTaG3gXP6MABhRjBV975ofxJ+4P5eCX+lNEDVQEd5Bwo062kYnLRPXiWvAhPwwrH\
    jMTGws51UeN9y6OphTn4yGJXRN2OUHWeMmxODFBprpABow7vFd1OVYsvb6mjw98xUJAL1dLIpf1II9b1mYSIQ7F5tJN8oGMc\
    yMts9A==";
/// CN=pss
const RSA_PSS_SHA384: &str = "\
    MIICYDCCAZWgAwIBAgIUK6XEwYJxgIUpzrrAFQJXy7SuegIwQQYJKoZIhvcNAQEKMDSgDzANBglghkgBZQMEAgIFAKEcMBoG\
    CSqGSIb3DQEBCDANBglghkgBZQMEAgIFAKIDAgFOMA4xDDAKBgNVBAMMA3BzczAeFw0yNjExMjMxMzE5MDNaFw0yNjEyMjMx\
    MzE5MDNaMA4xDDAKBgNVBAMMA3BzczCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEAoLzymhlaxJ9Vp/P04nPW6f8awiKY\
    Zwx9tGI3xKLiR7K43KvKB2qewhG1QmHin8rPcvbeYt6ws+mukGLnOGvvx+soml6AAif9apnvPJWJK+afkIInT7hOmhmz4cGG\
    B8iRW7JwU64dkxk8E+mqM2nEv3hVHVr90M9Mq/jggjonGlUCAwEAAaNTMFEwHQYDVR0OBBYEFFSB9jkwhhZKKMi6fjdhl6h8\
    indeMB8GA1UdIwQYMBaAFFSB9jkwhhZKKMi6fjdhl6h8indeMA8GA1UdEwEB/wQFMAMBAf8wQQYJKoZIhvcNAQEKMDSgDzAN\
    BglghkgBZQMEAgIFAKEcMBoGCSqGSIb3DQEBCDANBglghkgBZQMEAgIFAKIDAgFOA4GBAAHj38fU7wFsm0OZZUxcDVYAQUVc\
    zw02AM6yXueCQtVoo7mE1rZMOB+T769WFoPKX3A+5xrZ41KbJXuXKmGMw3wk0umOTrh7Hcw5QEJvH38hr7CppRy5xNZlyw+D\
    EOsE1AqdscGcN1LomLRnICNLqCC1NWkRQC0oWlARCNOiC4XA";
/// CN=ec
const EC_P256: &str = "\
    MIIBbzCCARWgAwIBAgIUbC7CJmTnYrWGhbTVc6CFRjeCAU8wCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCZWMwHhcNMjYxMTIz\
    MTMxOTAzWhcNMjYxMjIzMTMxOTAzWjANMQswCQYDVQQDDAJlYzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHd16qUUhz3I\
    BM2l5syB7YO1hWiYkqptWpMkEo/LkY2A2NoT+Y2bIw4hDIcuJ+h0HhyLwV2uzFNJR327a5tIPcqjUzBRMB0GA1UdDgQWBBR5\
    w0csdcrFbRL01sSRo3424osBsDAfBgNVHSMEGDAWgBR5w0csdcrFbRL01sSRo3424osBsDAPBgNVHRMBAf8EBTADAQH/MAoG\
    CCqGSM49BAMCA0gAMEUCIGZbGyXX454W9F07CMXj+Mps5IvgQgjn6NpTIxHBtCxCAiEAra93QtqPcDMHv+YNtijkuxpVqnoo\
    0fBTmNKajDs+RA0=";
/// CN=ec521
const EC_P521: &str = "\
    MIIB/TCCAV6gAwIBAgIUA0jiLtIOV5BRsDx+QRekxf6gJ00wCgYIKoZIzj0EAwQwEDEOMAwGA1UEAwwFZWM1MjEwHhcNMjYx\
    MTIzMTMxOTAzWhcNMjYxMjIzMTMxOTAzWjAQMQ4wDAYDVQQDDAVlYzUyMTCBmzAQBgcqhkjOPQIBBgUrgQQAIwOBhgAEAJP3\
    0l9ZSVJjNUwHcNkmEAkNowoqsaoSIb8J2owMtgsSg8PYSBKxyqMhrLcWvYBMj5dKwgIjC/m1NhoIBfxl/s+aAP8WjfmSuQ0v\
    jZJ6gNSVBDjr2TkF1FwjDFQawqSdkuxElS1vgiPuetuGxSSaMNh2+TUNKIREVvBwznIEOOWPlnp9o1MwUTAdBgNVHQ4EFgQU\
    xcvBGuTQrBRxSyru3yEekllRgK0wHwYDVR0jBBgwFoAUxcvBGuTQrBRxSyru3yEekllRgK0wDwYDVR0TAQH/BAUwAwEB/zAK\
    BggqhkjOPQQDBAOBjAAwgYgCQgFf0YDlX9qRJGTxvti4/BIk+rpvHODx5u6v4zOiIG2J/SFGjRmY8rrHcemEPzGqaOU5nKTA\
    YR+DP4z+Ov5XenKYQQJCARbjqeDS8DrRmwk3WY0rroQuwq/YDlKdT6QcxtREPi6qwdOyQwvQ5eLk7PPgd7JncB1Xibq+4ess\
    kEg3aXVea86r";
/// Issued by [`EC_P256`], with a key of Ed25519.
const LEAF: &str = "\
    MIIBHzCBxgIUATNw3Sk9JrESlAgcR5iMJWE9xHowCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCZWMwHhcNMjYxMTIzMTMxOTAz\
    WhcNMjYxMjIzMTMxOTAzWjBHMRMwEQYKCZImiZPyLGQBGRYDY29tMRcwFQYKCZImiZPyLGQBGRYHY29udG9zbzEXMAgGA1UE\
    CwwBQTALBgNVBAMMBGxlYWYwKjAFBgMrZXADIQBTNOEcR3iWC1TG62oacqiUIG48RJZ+t/G3+DYwa2sBoTAKBggqhkjOPQQD\
    AgNIADBFAiEAl/lCdDrrlzW467+fAkFFo+cF33vD2DLaFKwCy4IbY50CIG1nVKNgTQuG7ov137G6pYdm2kxOjOhd6zkU5Vwz\
    97ej";
/// CN=ed, signed with its own Ed25519 key.
const ED25519: &str = "\
    MIIBLjCB4aADAgECAhQOoFhTI2e6MwI9iPwx+7198DCbxDAFBgMrZXAwDTELMAkGA1UEAwwCZWQwHhcNMjYxMTIzMTMxOTAz\
    WhcNMjYxMjIzMTMxOTAzWjANMQswCQYDVQQDDAJlZDAqMAUGAytlcAMhAFM04RxHeJYLVMbrahpyqJQgbjxEln638bf4NjBr\
    awGho1MwUTAdBgNVHQ4EFgQU1lUJiMzG9I+p81OxADUEWR85/EEwHwYDVR0jBBgwFoAU1lUJiMzG9I+p81OxADUEWR85/EEw\
    DwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQAR93pv6R5ctYW87bAI73OY59Mq7GkocWudGOG5FYExSoTsCFUP+lSqGSLPDEnC\
    reMpGOcDUrAmXDURshuzo/8H";

fn pem(label: &str, body: &str) -> String {
    format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
}

fn facts(key: &str) -> (String, Option<u32>, String) {
    let certificate = certificate(key).unwrap();
    (
        certificate.key_type,
        certificate.key_bits,
        certificate.signature_hash,
    )
}

#[test]
fn tells_keys_and_signatures() {
    for (key, key_type, bits, hash) in [
        (RSA_1024_SHA1, "rsa", Some(1024), "sha1"),
        (RSA_2048_SHA256, "rsa", Some(2048), "sha256"),
        (RSA_1024_MD5, "rsa", Some(1024), "md5"),
        (RSA_PSS_SHA384, "rsa", Some(1024), "sha384"),
        (EC_P256, "ec", Some(256), "sha256"),
        (EC_P521, "ec", Some(521), "sha512"),
        (LEAF, "other", None, "sha256"),
        (ED25519, "other", None, "other"),
    ] {
        assert_eq!(facts(key), (key_type.to_owned(), bits, hash.to_owned()));
    }
}

#[test]
fn counts_bits_without_leading_zeros() {
    assert_eq!(bits(&[0, 0x80, 0, 0]), Some(24));
    assert_eq!(bits(&[0x7F, 0]), Some(15));
    assert_eq!(bits(&[1]), Some(1));
    assert_eq!(bits(&[0, 0]), None);
    assert_eq!(bits(&[]), None);
}

#[test]
fn names_issuer_and_subject_by_rfc_4514() {
    let own = certificate(RSA_2048_SHA256).unwrap();
    assert!(own.self_signed);
    assert_eq!(
        own.subject,
        "emailAddress=a@contoso.com,CN=\\#shop \\+ ümlaut,O=Contoso\\, Ltd.,C=GB"
    );
    assert_eq!(own.issuer, own.subject);

    let issued = certificate(LEAF).unwrap();
    assert!(!issued.self_signed);
    assert_eq!(issued.issuer, "CN=ec");
    assert_eq!(issued.subject, "OU=A+CN=leaf,DC=contoso,DC=com");
}

#[test]
fn escapes_what_rfc_4514_says() {
    assert_eq!(escape(" a=b "), "\\ a=b\\ ");
    assert_eq!(escape("#a#"), "\\#a#");
    assert_eq!(escape("\"+,;<>\\"), r#"\"\+\,\;\<\>\\"#);
    assert_eq!(escape("a\0\n\u{1b}"), r"a\00\0A\1B");
    assert_eq!(escape(" "), "\\ ");
}

#[test]
fn thumbprints_are_those_of_openssl() {
    for (key, expected) in [
        (RSA_2048_SHA256, "9D6E98FC52DB9A85470A4EC9FA0099ABC7B9F7D4"),
        (EC_P256, "513EE545C719899CF0D91EAFFF9681DA4A96E76E"),
        (LEAF, "49A431D499A51B366BB96AEB608ECA1C455AE043"),
    ] {
        let der = key_material(key).certificate.unwrap();
        assert_eq!(thumbprint(&der), expected);
    }
}

#[test]
fn reads_every_spelling_of_a_certificate() {
    let expected = key_material(EC_P256).certificate;
    assert!(expected.is_some());
    let der = decode_base64(EC_P256).unwrap();
    let own_pem = pem("CERTIFICATE", EC_P256);
    let mut longer = der.clone();
    longer.extend([0, 0, 0]);
    for key in [
        own_pem.clone(),
        own_pem.replace('\n', ""),
        own_pem.replace('\n', "\\n"),
        own_pem.replace('\n', "\r\n"),
        format!("subject=CN=ec\n{own_pem}{}", pem("CERTIFICATE", LEAF)),
        pem("TRUSTED CERTIFICATE", &BASE64.encode(&longer)),
        format!("  {}\n{}\n", &EC_P256[..40], &EC_P256[40..]),
        EC_P256.trim_end_matches('=').to_owned(),
        EC_P256.replace('+', "-").replace('/', "_"),
        hexadecimal(&der),
        hexadecimal(&der).to_lowercase(),
        BASE64.encode(&own_pem),
        BASE64.encode(&longer),
    ] {
        let material = key_material(&key);
        assert_eq!(material.certificate, expected, "{key}");
        assert!(!material.private_key, "{key}");
    }
}

#[test]
fn finds_private_keys() {
    // The first bytes of each form; the numbers of a key would follow.
    for (form, der) in [
        ("PKCS #8", "308187020100301306072A8648CE3D0201"),
        ("SEC 1", "307702010104200102"),
        ("PKCS #1", "3082025D02010002818100"),
        ("PKCS #12", "308203FC020103308203B206092A864886F70D010701"),
        ("PKCS #12 in BER", "3080020103308006092A864886F70D010701"),
        ("encrypted PKCS #8", "3081EC305706092A864886F70D01050D"),
        (
            "old encrypted PKCS #8",
            "3081EC301C060A2A864886F70D010C0103",
        ),
    ] {
        assert!(key_material(der).private_key, "{form}");
        let bytes = decode_hexadecimal(der).unwrap();
        assert!(key_material(&BASE64.encode(bytes)).private_key, "{form}");
    }
    for label in [
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
    ] {
        let key = pem(label, "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0w");
        assert!(key_material(&key).private_key, "{label}");
        assert!(key_material(&BASE64.encode(&key)).private_key, "{label}");
        let cut = key.split("-----END").next().unwrap();
        assert!(key_material(cut).private_key, "{label}");
        let both = key_material(&(pem("CERTIFICATE", EC_P256) + &key));
        assert!(both.private_key && both.certificate.is_some(), "{label}");
    }
}

#[test]
fn finds_nothing_in_other_things() {
    for key in [
        "".to_owned(),
        "key-value".to_owned(),
        "${CERTIFICATE}".to_owned(),
        "MIIC".to_owned(),
        "3059301306072A8648CE3D020106082A8648CE3D030107034200".to_owned(),
        "30818902818100".to_owned(),
        pem("PRIVATE KEY", "${KEY}"),
        pem("PRIVATE KEY", "<your private key>"),
        pem("PRIVATE KEY", "..."),
        pem("PUBLIC KEY", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"),
        pem("CERTIFICATE REQUEST", EC_P256),
        pem("CERTIFICATE", "not base64 at all!"),
        "-----BEGIN ".to_owned(),
    ] {
        let material = key_material(&key);
        assert!(
            material.certificate.is_none() && !material.private_key,
            "{key}"
        );
        assert_eq!(certificate(&key), None, "{key}");
    }
}

#[test]
fn reads_only_the_first_64_kib() {
    let padding = " ".repeat(MAX_KEY - EC_P256.len());
    assert!(certificate(&format!("{padding}{EC_P256}")).is_some());
    assert!(certificate(&format!("{padding}    {EC_P256}")).is_none());
    let long = format!("MIMBAAACAQMwggOyBgkqhkiG9w0B{}", "A".repeat(MAX_KEY));
    assert!(key_material(&long).private_key);
    key_material(&"é".repeat(MAX_KEY));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn never_panics(key in ".*") {
        key_material(&key);
        certificate(&key);
    }

    #[test]
    fn never_panics_on_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        describe(&bytes);
        is_private_key(&bytes);
        certificate(&BASE64.encode(&bytes));
    }

    #[test]
    fn never_panics_on_a_changed_certificate(
        which in 0..7_usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let keys = [RSA_1024_SHA1, RSA_2048_SHA256, RSA_1024_MD5, RSA_PSS_SHA384, EC_P256, EC_P521, LEAF];
        let mut der = decode_base64(keys[which]).unwrap();
        for (index, byte) in changes {
            let at = index.index(der.len());
            der[at] = byte;
        }
        describe(&der);
    }

    #[test]
    fn hexadecimal_round_trips(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
        prop_assert_eq!(decode_hexadecimal(&hexadecimal(&bytes)), Some(bytes));
    }
}

/// The certificate in a key, as credentials read it.
fn certificate(key: &str) -> Option<Certificate> {
    describe(&key_material(key).certificate?)
}

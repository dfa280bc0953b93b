//! Secrets that stand in a document are in no output of any format.

use insta::assert_snapshot;

use crate::sandbox::{Sandbox, found};

const SECRET: &str = "aB38Q~abcdefghijklmnopqrstuvwxyz0123456789";
/// PKCS #8, cut after its beginning: enough to be told as a private key.
const PRIVATE_KEY: &str = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";
const PASSWORD: &str = "correct-horse";

const FORMATS: [&str; 9] = [
    "json", "ndjson", "sarif", "junit", "github", "gitlab", "azure", "markdown", "csv",
];

/// Runs that read `path` and print all that they can.
fn outputs(sandbox: &Sandbox, path: &str) -> Vec<String> {
    let written = FORMATS.map(|format| format!("--format {format} --output {format}.out"));
    let written = written.join(" ");
    let runs = [
        format!("check {path} --format table {written}"),
        format!("check {path} --color always"),
        format!("normalize {path}"),
        format!("normalize {path} --ndjson"),
    ];
    let mut outputs = runs.map(|arguments| sandbox.run(&arguments).all()).to_vec();
    outputs.extend(FORMATS.map(|format| sandbox.read(&format!("{format}.out"))));
    outputs
}

#[track_caller]
fn keeps_secrets(sandbox: &Sandbox, path: &str) {
    for output in outputs(sandbox, path) {
        for secret in [SECRET, PRIVATE_KEY, PASSWORD] {
            // Parts that a line's window might cut off the secret.
            for part in [&secret[..8], &secret[secret.len() - 8..]] {
                assert!(!output.contains(part), "{part} of {path}: {output}");
            }
        }
    }
}

fn graph() -> String {
    format!(
        r#"{{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "displayName": "Shop", "signInAudience": "AzureADMyOrg",
 "web": {{"redirectUris": ["https://ada:{PASSWORD}@shop.contoso.com/auth", "https:ada:{PASSWORD}@shop.contoso.com"],
   "logoutUrl": "http://ada:{PASSWORD}@shop.contoso.com/out"}},
 "identifierUris": ["https://ada:{PASSWORD}@shop.contoso.com"],
 "passwordCredentials": [{{"displayName": "a", "secretText": "{SECRET}", "endDateTime": "2299-01-01T00:00:00Z"}}],
 "keyCredentials": [{{"displayName": "b", "key": "{PRIVATE_KEY}", "endDateTime": "2299-01-01T00:00:00Z"}}]}}"#
    )
}

fn manifest() -> String {
    format!(
        r#"{{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "name": "Shop", "signInAudience": "AzureADMyOrg",
 "replyUrlsWithType": [{{"url": "https://ada:{PASSWORD}@shop.contoso.com/auth", "type": "Web"}}],
 "passwordCredentials": [{{"displayName": "a", "value": "{SECRET}", "endDate": "2299-01-01T00:00:00Z"}}],
 "keyCredentials": [{{"displayName": "b", "value": "{PRIVATE_KEY}", "endDate": "2299-01-01T00:00:00Z"}}]}}"#
    )
}

#[test]
fn in_every_format() {
    for text in [graph(), manifest()] {
        let sandbox = Sandbox::new(&[
            ("app.json", &text),
            ("app.min.json", &text.replace('\n', "")),
        ]);
        let ran = sandbox.run("check app.json");
        ran.ends_with(1);
        for rule in ["AB-108", "AB-402", "AB-403"] {
            assert!(ran.stdout.contains(rule), "{rule}: {}", ran.all());
        }
        keeps_secrets(&sandbox, "app.json");
        keeps_secrets(&sandbox, "app.min.json");
    }
}

#[test]
fn in_documents_that_are_wrong() {
    let list = |name: &str, value: &str| {
        format!(
            r#"{{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "signInAudience": "AzureADMultipleOrgs", "{name}": {value}}}"#
        )
    };
    let passwords = |value: &str| list("passwordCredentials", value);
    for (name, text) in [
        (
            "no-date.json",
            passwords(&format!(
                r#"[{{"secretText": "{SECRET}", "endDateTime": "soon"}}]"#
            )),
        ),
        (
            "cut.json",
            passwords(&format!(r#""@{{secretText={SECRET}; keyId=1}}""#)),
        ),
        (
            "cut-element.json",
            passwords(&format!(r#"["@{{secretText={SECRET}; keyId=1}}"]"#)),
        ),
        (
            "object.json",
            passwords(&format!(r#"{{"secretText": "{SECRET}"}}"#)),
        ),
        (
            "listed.json",
            passwords(&format!(r#"[{{"secretText": ["{SECRET}"]}}]"#)),
        ),
        (
            "key.json",
            list("keyCredentials", &format!(r#"["{PRIVATE_KEY}"]"#)),
        ),
        (
            "two-names.json",
            passwords(&format!(r#"[{{"secretText": null, "value": "{SECRET}"}}]"#)),
        ),
        (
            "scope.json",
            list(
                "web",
                &format!(
                    r#"{{"redirectUris": ["https://ada:{PASSWORD}@shop contoso.com", "https://ada:/{PASSWORD}@shop/ x"]}}"#
                ),
            ),
        ),
        ("broken.json", format!("{}]", graph())),
        (
            "twice.json",
            graph().replace("\"keyCredentials\"", "\"passwordCredentials\""),
        ),
    ] {
        let sandbox = Sandbox::new(&[(name, &text)]);
        keeps_secrets(&sandbox, name);
    }
}

#[test]
fn in_documents_that_share_a_line() {
    let other = r#"{"appId": "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d", "signInAudience": "AzureADMultipleOrgs"}"#;
    let one = format!(
        r#"{{"passwordCredentials": [{{"secretText": "{SECRET}"}}], "appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "signInAudience": "AzureADMyOrg"}}"#
    );
    let sandbox = Sandbox::new(&[("apps.ndjson", &format!("{other}{one}{other}"))]);
    keeps_secrets(&sandbox, "apps.ndjson");
    let sandbox = Sandbox::new(&[("apps.json", &format!("[{other},{one},{other}]"))]);
    keeps_secrets(&sandbox, "apps.json");
}

#[test]
fn in_yaml_and_in_utf_16() {
    let yaml = format!(
        "appId: 1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9\nsignInAudience: AzureADMyOrg\n\
         passwordCredentials:\n- {{secretText: {SECRET}, endDateTime: 2299-01-01}}\n- secretText: |\n    {SECRET}\n\
         web: {{redirectUris: ['http://ada:{PASSWORD}@shop.contoso.com']}}\n"
    );
    let sandbox = Sandbox::new(&[("app.yaml", &yaml)]);
    keeps_secrets(&sandbox, "app.yaml");
    let text: Vec<u8> = graph().encode_utf16().flat_map(u16::to_le_bytes).collect();
    sandbox.write("app.json", &text);
    keeps_secrets(&sandbox, "app.json");
}

#[test]
fn in_what_policies_see() {
    let policy = "# METADATA\n# custom:\n#   raw: true\npackage own\n\
        deny contains finding if finding := {\"message\": json.marshal(input), \"all\": input}\n";
    let sandbox = Sandbox::new(&[
        ("app.json", &graph()),
        ("own.rego", policy),
        ("ztvet.yaml", "policies: [own.rego]"),
    ]);
    let ran = sandbox.run("check app.json --select own");
    ran.ends_with(0);
    assert!(ran.stdout.contains("passwordCredentials"), "{}", ran.all());
    keeps_secrets(&sandbox, "app.json");
}

#[test]
fn placeholders_are_no_secrets() {
    let rules = |secret: &str| {
        let text = graph().replace(SECRET, secret);
        let report = Sandbox::new(&[("app.json", &text)]).report("app.json --select AB-403");
        found(&report).len()
    };
    assert_eq!(rules(SECRET), 2);
    assert_eq!(
        rules("${{CLIENT_SECRET}}"),
        1,
        "the private key is there still"
    );
}

#[test]
fn a_table_shows_where_a_secret_stands() {
    let ran = Sandbox::new(&[("app.json", &graph())]).run("check app.json --select AB-108,AB-403");
    let findings = ran.stdout.split("\ninconclusive").next().unwrap();
    assert_snapshot!(findings, @r#"
    app.json: application Shop (1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9)
    =================================================================
    critical[AB-403]: the value of `a` stands in the document
     --> app.json:5:26
      |
    5 | ...ls": [{"displayName": "a", "secretText": ***, "endDateTime": "2299-01-01T00:00:00Z"}],
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: Revoke the credential now and make a new one, then remove the value from the document and
              from its history. Keep what replaces it in a key vault.
      = see: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration

    critical[AB-403]: the private key of `b` stands in the document
     --> app.json:6:21
      |
    6 |  "keyCredentials": [{"displayName": "b", "key": ***, "endDateTime": "2299-01-01T00:00:00Z"}]}
      |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: Revoke the credential now and make a new one, then remove the value from the document and
              from its history. Keep what replaces it in a key vault.
      = see: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration

    high[AB-108]: redirect URI `…@shop.contoso.com/auth` has a user name or password
     --> app.json:2:27
      |
    2 |  "web": {"redirectUris": [***, ***],
      |                           ^^^
      |
      = help: Register the URI without it. Replace a password that was in it.
      = see: https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2
    "#);
}

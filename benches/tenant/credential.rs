//! Secrets, certificates, and workloads that are trusted without either.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::random::{Random, later};
use super::template::Template;

/// A hundred years, in days.
const NEVER: u32 = 36_500;

const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789~_-";

pub fn secrets(template: &Template, random: &mut Random) -> Value {
    if !template.secret {
        return json!([]);
    }
    // A secret is made anew, and the old one is left; or each developer has one.
    let count = 1 + random.run(32, 6);
    let age = if random.rarely(25) { 0 } else { 300 };
    let count = if age == 0 { count + 2 } else { count };
    let secrets = (0..count).map(|number| {
        let (start, end) = life(template, number * age, random);
        let name = random.weighted(&[
            (45, Some("secret")),
            (25, Some("deploy")),
            (15, Some("")),
            (15, None),
        ]);
        json!({
            "customKeyIdentifier": null,
            "displayName": name,
            "endDateTime": end.to_string(),
            "hint": random.text(LETTERS, 3),
            "keyId": random.guid(),
            "secretText": random.rarely(2).then(|| random.text(LETTERS, 40)),
            "startDateTime": start.to_string(),
        })
    });
    secrets.collect()
}

pub fn certificates(template: &Template, random: &mut Random) -> Value {
    if !template.certificate {
        return json!([]);
    }
    let count = 1 + random.run(20, 4);
    let certificates = (0..count).map(|number| {
        let (start, end) = life(template, number * 300, random);
        let mut thumbprint = [0; 20];
        random.bytes(&mut thumbprint);
        json!({
            "customKeyIdentifier": STANDARD.encode(thumbprint),
            "displayName": format!("CN={}", template.purpose.to_lowercase()),
            "endDateTime": end.to_string(),
            "key": random.percent(30).then(|| key(random)),
            "keyId": random.guid(),
            "startDateTime": start.to_string(),
            "type": "AsymmetricX509Cert",
            "usage": "Verify",
        })
    });
    certificates.collect()
}

/// When the newest was made, and those before it. Of all applications with credentials 46 % have one that is older than
/// a year.
fn life(template: &Template, from: u32, random: &mut Random) -> (Timestamp, Timestamp) {
    let newest = if random.percent(77) {
        (1, 365)
    } else {
        (366, 1600)
    };
    let start = random.days_ago(from + newest.0, from + newest.1);
    let lifetime = if random.rarely(4) {
        NEVER
    } else {
        template.lifetime
    };
    (start, later(start, lifetime))
}

static CERTIFICATES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let texts = [
        include_str!("../../tests/spellings/ec-p256.b64"),
        include_str!("../../tests/spellings/rsa-1024-sha1.b64"),
    ];
    let decoded = texts.iter().map(|text| STANDARD.decode(text.trim()));
    decoded.filter_map(Result::ok).collect()
});

/// A certificate with a serial number of its own.
fn key(random: &mut Random) -> String {
    let mut certificate = CERTIFICATES[usize::from(random.percent(20))].clone();
    // The number has 20 bytes and begins at the 16th; its first bit is not set.
    random.bytes(&mut certificate[16..35]);
    STANDARD.encode(certificate)
}

pub fn federated(template: &Template, name: &str, random: &mut Random) -> Value {
    if !template.federated && !random.rarely(10) {
        return json!([]);
    }
    let further = if random.is_careless() { 80 } else { 35 };
    let count = 1 + random.run(further, 5);
    let credentials = (0..count).map(|number| {
        let (issuer, subject) = workload(name, random);
        let audience = if random.rarely(25) {
            "api://contoso"
        } else {
            "api://AzureADTokenExchange"
        };
        json!({
            "id": random.guid(),
            "name": format!("{name}-{number}"),
            "issuer": issuer,
            "subject": subject,
            "description": null,
            "audiences": [audience],
        })
    });
    credentials.collect()
}

fn workload(name: &str, random: &mut Random) -> (String, String) {
    let github = "https://token.actions.githubusercontent.com".to_owned();
    let usual = if random.is_careless() { 3 } else { 50 };
    match random.weighted(&[(usual, 0), (12, 1), (8, 2), (4, 3), (20, 4), (5, 5), (3, 6)]) {
        0 => (github, format!("repo:contoso/{name}:ref:refs/heads/main")),
        1 => (
            github,
            format!("repo:contoso/{name}:environment:production"),
        ),
        2 => (github, format!("repo:contoso/{name}:pull_request")),
        3 => (github, format!("repo:fabrikam/{name}:ref:refs/heads/main")),
        4 => (
            format!(
                "https://westeurope.oic.prod-aks.azure.com/{}/{}/",
                random.guid(),
                random.guid()
            ),
            format!("system:serviceaccount:{name}:default"),
        ),
        5 => (
            "https://gitlab.com".to_owned(),
            format!("project_path:contoso/{name}:ref_type:branch:ref:main"),
        ),
        _ => (
            "https://issuer.fabrikam.example".to_owned(),
            name.to_owned(),
        ),
    }
}

//! The rules for tokens, through the library: what they wait for, what they lack, and what they find.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use serde_json::{Value, json};
use ztvet::normalize::token::Token;
use ztvet::normalize::{Facts, Subject, normalize};
use ztvet::{Config, Engine, Evaluation, document};

const TENANT: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

/// A token of version 2 for a user, that nothing is wrong with but that its signature is not there to be checked: VE-321
/// says so of each.
fn token() -> Token {
    serde_json::from_value(json!({
        "header": {"typ": "JWT", "alg": "RS256", "kid": "H1yJzkDXmVd0XY"},
        "claims": {"name": "Ada Lovelace", "preferred_username": "ada@contoso.com", "ipaddr": "203.0.113.7"},
        "type": "access",
        "version": 2,
        "flow": "delegated",
        "issuer": {
            "uri": format!("https://login.microsoftonline.com/{TENANT}/v2.0"),
            "cloud": "public", "tenant": TENANT, "version": 2
        },
        "audience": ["1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"],
        "scopes": ["Orders.Read"],
        "roles": null,
        "resource": {"app_id": null, "name": null},
        "permissions": [],
        "client": {"app_id": "9c2d4f60-7a18-4f0e-8f53-2d9b7c1e0a44", "auth_method": "secret"},
        "tenant": TENANT,
        "auth_contexts": [],
        "capabilities": ["cp1"],
        "issued": "2026-11-23T05:30:00Z",
        "not_before": "2026-11-23T05:30:00Z",
        "expires": "2026-11-23T06:40:00Z",
        "issued_in_seconds": null,
        "not_before_in_seconds": null,
        "expires_in_seconds": null,
        "lifetime_seconds": 4200,
        "signature": {"status": "verified", "reason": null}
    }))
    .unwrap()
}

fn subject(token: Token) -> Subject {
    let text =
        br#"{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "signInAudience": "AzureADMyOrg"}"#;
    let documents = document::parse("token.json", text, &document::Limits::default()).unwrap();
    let mut subject = normalize(&documents[0], None).subjects.remove(0);
    subject.facts = Facts::Token(Box::new(token));
    subject.gaps.clear();
    subject
}

fn judge(token: Token, config: &str) -> Evaluation {
    let config = Config::parse("ztvet.yaml", config).unwrap();
    let engine = Engine::builder()
        .bundled()
        .unwrap()
        .config("ztvet.yaml", config)
        .now("2026-11-23T06:00:00Z".parse().unwrap())
        .build()
        .unwrap();
    engine.evaluate(&subject(token)).unwrap()
}

fn found(evaluation: &Evaluation) -> Vec<&str> {
    let findings = evaluation.findings.iter();
    sorted(findings.map(|finding| finding.rule.as_str()))
}

fn waiting(evaluation: &Evaluation) -> Vec<&str> {
    let waiting = evaluation.not_configured.iter();
    sorted(waiting.map(|rule| rule.rule.as_str()))
}

fn sorted<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids
}

#[test]
fn a_good_token_needs_words_and_has_no_findings() {
    let evaluation = judge(token(), "");
    assert_eq!(found(&evaluation), ["VE-321"]);
    assert_eq!(evaluation.inconclusive, []);
    assert_eq!(
        waiting(&evaluation),
        [
            "LP-502", "LP-503", "VE-304", "VE-312", "VE-313", "VE-314", "VE-315", "VE-317",
            "VE-319", "VE-320",
        ]
    );
}

#[test]
fn words_that_the_token_fits_have_no_findings() {
    let evaluation = judge(
        token(),
        "organization: {tenants: [3f2504e0-4f89-41d3-9a0c-0305e82c3301]}
tokens:
  audiences: [1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9]
  clients: [9c2d4f60-7a18-4f0e-8f53-2d9b7c1e0a44]
  required_permissions: [Orders.Read]
  required_auth_contexts: []
  require_user: true
  require_confidential_client: true
  require_mfa: true
  require_proof_of_possession: false
  allow_guests: false",
    );
    assert_eq!(found(&evaluation), ["VE-321"]);
    assert_eq!(waiting(&evaluation), [""; 0]);
    // A token of version 2 does not say how its user authenticated.
    let lacking = evaluation.inconclusive.iter();
    let lacking: Vec<_> = lacking
        .map(|rule| (rule.rule.as_str(), &rule.missing))
        .collect();
    assert_eq!(lacking, [("VE-317", &vec!["token.claims.amr".to_owned()])]);
}

#[test]
fn claims_alone_leave_rules_about_the_header_open() {
    let mut claims = token();
    claims.header = None;
    claims.signature.status = "unchecked".to_owned();
    let evaluation = judge(claims, "tokens: {claims_only: true}");
    assert_eq!(found(&evaluation), [""; 0]);
    let lacking = evaluation.inconclusive.iter();
    let lacking = sorted(lacking.map(|rule| rule.rule.as_str()));
    assert_eq!(lacking, ["VE-302", "VE-303"]);
}

#[test]
fn a_required_certificate_is_required_authentication() {
    let evaluation = judge(token(), "tokens: {require_client_certificate: true}");
    assert_eq!(found(&evaluation), ["VE-313", "VE-321"]);
    assert!(!waiting(&evaluation).contains(&"VE-313"));
}

#[test]
fn tier_zero_is_found_in_a_token_for_graph_alone() {
    let mut powerful = token();
    powerful.scopes = Some(vec!["Directory.ReadWrite.All".to_owned()]);
    assert_eq!(found(&judge(powerful.clone(), "")), ["VE-321"]);
    powerful.audience = vec!["00000003-0000-0000-c000-000000000000".to_owned()];
    assert_eq!(found(&judge(powerful, "")), ["LP-501", "VE-321"]);
}

#[test]
fn a_missing_context_tells_what_a_challenge_needs() {
    let evaluation = judge(token(), "tokens: {required_auth_contexts: [c7]}");
    assert_eq!(found(&evaluation), ["VE-315", "VE-321"]);
    let mut findings = evaluation.findings.into_iter();
    let missing = findings.find(|finding| finding.rule == "VE-315").unwrap();
    let details = Value::Object(missing.details);
    assert_eq!(
        details,
        json!({"auth_context": "c7", "client_capable": true})
    );
}

#[test]
fn findings_say_nothing_of_the_person() {
    let mut bad = token();
    bad.header = Some(
        serde_json::from_value(json!({"alg": "none", "jku": "https://keys.example"})).unwrap(),
    );
    bad.claims.extend([
        ("acct".to_owned(), json!(1)),
        ("idp".to_owned(), json!("https://ada.example/")),
        ("appid".to_owned(), json!("x")),
        ("hasgroups".to_owned(), json!(true)),
        ("amr".to_owned(), json!(["pwd"])),
        (
            "wids".to_owned(),
            json!(["62e90394-69f5-4237-9190-012177145e10"]),
        ),
    ]);
    bad.scopes = None;
    bad.expires = None;
    bad.issued = Some("2026-11-24T05:30:00Z".to_owned());
    bad.lifetime_seconds = Some(1_000_000);
    bad.client.auth_method = "none".to_owned();
    bad.capabilities.clear();
    bad.signature.status = "unchecked".to_owned();
    let evaluation = judge(
        bad,
        "organization: {tenants: []}
tokens: {audiences: [], clients: [], required_permissions: [Orders.Read], required_auth_contexts: [c1],
  require_confidential_client: true, require_mfa: true, require_proof_of_possession: true, allow_guests: false}",
    );
    assert_eq!(
        found(&evaluation),
        [
            "LP-503", "LP-504", "VE-301", "VE-302", "VE-303", "VE-304", "VE-305", "VE-306",
            "VE-307", "VE-308", "VE-309", "VE-311", "VE-313", "VE-314", "VE-315", "VE-316",
            "VE-317", "VE-318", "VE-319", "VE-320",
        ]
    );
    let said = serde_json::to_string(&evaluation.findings).unwrap();
    for personal in ["Ada", "ada@", "ada.example", "203.0.113.7"] {
        assert!(!said.contains(personal), "{personal}: {said}");
    }
}

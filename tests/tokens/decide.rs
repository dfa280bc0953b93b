//! What is let through, and what is answered where it is not.

use serde_json::json;
use ztvet::challenge::ClaimsChallenge;
use ztvet::{Config, Decision, Denial, Engine};

use crate::issuer::*;

/// One rule, with that head in its METADATA, that always reports `finding`.
fn reporting(head: &str, finding: &str) -> String {
    format!(
        "# METADATA\n# title: always\n# custom:\n#   id: ALWAYS\n#   applies_to: [token]\n{head}package always\n\n\
         deny contains finding if {{\n\tfinding := {finding}\n}}\n"
    )
}

fn with_rule(rule_text: &str) -> Engine {
    rule(rule_text).keys(keys()).build().unwrap()
}

fn configured(rule_text: &str, config: &str) -> Engine {
    let config = Config::parse("ztvet.yaml", config).unwrap();
    let builder = Engine::builder().policy("rule.rego", rule_text).unwrap();
    let builder = builder
        .config("ztvet.yaml", config)
        .now(NOW.parse().unwrap());
    builder.keys(keys()).build().unwrap()
}

#[test]
fn a_good_token_is_let_through() {
    let decision = engine().decide_jwt(&format!("Bearer {}", sign(json!({}))));
    assert!(decision.allow);
    assert_eq!(
        (
            decision.denial,
            decision.challenge.clone(),
            decision.www_authenticate()
        ),
        (None, None, None)
    );
    assert_eq!(decision.errors, Vec::<String>::new());
}

#[test]
fn a_finding_denies_from_the_configured_severity_on() {
    for (fail_on, severity, allow) in [
        ("", "high", false),
        ("", "critical", false),
        ("", "medium", true),
        ("fail_on: medium", "medium", false),
        ("fail_on: critical", "high", true),
        ("fail_on: info", "info", false),
        ("fail_on: new", "info", false),
        // A pipeline may go on whatever is found. A request may not.
        ("fail_on: never", "high", true),
        ("fail_on: never", "critical", false),
    ] {
        let rule = reporting(&format!("#   severity: {severity}\n"), "{\"a\": 1}");
        let config = format!("{fail_on}\ntokens: {{audiences: [{API}]}}");
        let decision = configured(&rule, &config).decide_jwt(&sign(json!({})));
        assert_eq!(decision.allow, allow, "{fail_on} {severity}");
        assert_eq!(decision.findings.len(), 1, "it is told all the same");
    }
}

#[test]
fn denials_follow_rfc_6750() {
    let principle = "#   severity: high\n#   principle: least_privilege\n";
    let invalid =
        with_rule(&reporting("#   severity: high\n", "{\"a\": 1}")).decide_jwt(&sign(json!({})));
    assert_eq!(invalid.denial, Some(Denial::InvalidToken));
    assert_eq!(
        invalid.www_authenticate().unwrap(),
        r#"Bearer realm="", error="invalid_token""#
    );
    let scope = with_rule(&reporting(principle, "{\"a\": 1}")).decide_jwt(&sign(json!({})));
    assert_eq!(scope.denial, Some(Denial::InsufficientScope));
    assert_eq!(scope.denial.unwrap().status(), 403);
    assert_eq!(
        scope.www_authenticate().unwrap(),
        r#"Bearer realm="", error="insufficient_scope""#
    );
    // What is wrong with the token itself comes first.
    let forged = with_rule(&reporting(principle, "{\"a\": 1}")).decide_jwt(&sign_with(
        OTHER_RSA,
        jsonwebtoken::Algorithm::RS256,
        &header(json!({})),
        &claims(json!({})),
    ));
    assert_eq!(forged.denial, Some(Denial::InvalidToken));
    assert_eq!(
        ztvet::authenticate(),
        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\""
    );
}

#[test]
fn a_rule_says_itself_how_it_refuses() {
    let denial = |head: &str| {
        let rule = reporting(&format!("#   severity: high\n{head}"), "{\"a\": 1}");
        with_rule(&rule).decide_jwt(&sign(json!({}))).denial
    };
    let scope = "#   denial: insufficient_scope\n";
    assert_eq!(denial(scope), Some(Denial::InsufficientScope));
    let invalid = "#   principle: least_privilege\n#   denial: invalid_token\n";
    assert_eq!(denial(invalid), Some(Denial::InvalidToken));

    let rule = reporting("#   denial: insufficient_claims\n", "{\"a\": 1}");
    let refused = Engine::builder().policy("rule.rego", &rule).err().unwrap();
    assert_eq!(
        refused.to_string(),
        "rule.rego:1:1: denial `insufficient_claims` is not known, expected one of invalid_token, insufficient_scope"
    );
}

#[test]
fn bundled_rules_of_who_may_do_what_answer_403() {
    let engine = Engine::builder().bundled().unwrap().build().unwrap();
    let forbids = |rule: &&ztvet::policy::Rule| {
        rule.applies_to == [ztvet::normalize::Kind::Token]
            && rule.denial == Denial::InsufficientScope
            && rule.principle != Some(ztvet::finding::Principle::LeastPrivilege)
    };
    let mut ids: Vec<&str> = engine
        .rules()
        .filter(forbids)
        .map(|rule| rule.id.as_str())
        .collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        ["VE-311", "VE-312", "VE-313", "VE-314", "VE-317", "VE-319"]
    );
}

#[test]
fn a_missing_context_is_asked_for_where_the_client_understands() {
    let engine = with_rule(&reporting(
        "#   severity: high\n",
        r#"{"auth_context": "c1"}"#,
    ));
    let decision = engine.decide_jwt(&sign(json!({})));
    assert_eq!(decision.denial, Some(Denial::InsufficientClaims));
    let header = decision.www_authenticate().unwrap();
    assert_eq!(header, decision.challenge.unwrap());
    assert_eq!(header, ClaimsChallenge::auth_context("c1").to_string());
    for capabilities in [json!(null), json!([]), json!(["cp2"])] {
        let decision = engine.decide_jwt(&sign(json!({"xms_cc": capabilities})));
        assert_eq!(decision.denial, Some(Denial::InsufficientScope));
        assert_eq!(decision.challenge, None);
    }
}

#[test]
fn users_of_other_clouds_sign_in_there() {
    let iss = format!("https://{TENANT}.ciamlogin.com/{TENANT}/v2.0");
    let key = jwk(
        RSA,
        jsonwebtoken::Algorithm::RS256,
        json!({"kid": "rsa", "issuer": null}),
    );
    let rule_text = reporting("#   severity: high\n", r#"{"auth_context": "c1"}"#);
    let engine = rule(&rule_text).keys(key_set(&[key])).build().unwrap();
    for (issuer, uri) in [
        (
            iss.as_str(),
            format!("https://{TENANT}.ciamlogin.com/{TENANT}/oauth2/v2.0/authorize"),
        ),
        (
            &format!("https://login.microsoftonline.us/{TENANT}/v2.0"),
            "https://login.microsoftonline.us/common/oauth2/authorize".to_owned(),
        ),
    ] {
        let decision = engine.decide_jwt(&sign(json!({"iss": issuer})));
        let challenge = ClaimsChallenge::parse(&decision.challenge.unwrap()).unwrap();
        assert_eq!(challenge.authorization_uri, uri);
    }
}

#[test]
fn a_challenge_asks_for_what_denies() {
    let both = r#"
# METADATA
# title: both
# custom:
#   id: BOTH
#   applies_to: [token]
package both

deny contains finding if {
	some finding in [
		{"auth_context": "c1", "severity": "low"},
		{"auth_context": "c2", "severity": "high"},
	]
}
"#;
    let decision = with_rule(both).decide_jwt(&sign(json!({})));
    let challenge = ClaimsChallenge::parse(&decision.challenge.unwrap()).unwrap();
    assert_eq!(challenge.required_auth_context(), Some("c2"));
}

#[test]
fn no_challenge_where_it_would_not_help() {
    let both = r#"
# METADATA
# title: both
# custom:
#   id: BOTH
#   severity: high
#   applies_to: [token]
package both

deny contains finding if {
	some finding in [{"auth_context": "c1"}, {"other": 1}]
}
"#;
    let decision = with_rule(both).decide_jwt(&sign(json!({})));
    assert_eq!(
        (decision.denial, decision.challenge),
        (Some(Denial::InvalidToken), None)
    );
}

#[test]
fn what_was_not_judged_is_not_let_through() {
    let fails = reporting("#   severity: info\n", "{\"message\": 1}");
    let decision = with_rule(&fails).decide_jwt(&sign(json!({})));
    assert!(
        !decision.allow && decision.errors[0].starts_with("ALWAYS failed: "),
        "{decision:?}"
    );

    let lacks = |severity: &str| {
        let head = format!("#   severity: {severity}\n#   requires: [token.roles]\n");
        with_rule(&reporting(&head, "{\"a\": 1}")).decide_jwt(&sign(json!({})))
    };
    assert!(!lacks("high").allow);
    assert!(lacks("medium").allow);
    assert_eq!(lacks("medium").inconclusive[0].missing, ["token.roles"]);
}

#[test]
fn no_configuration_is_no_open_door() {
    let quiet = "package a\ndeny contains f if { false; f := \"x\" }";
    let decision = configured(quiet, "{}").decide_jwt(&sign(json!({})));
    assert!(
        !decision.allow && decision.errors[0].contains("`tokens.audiences` is not configured"),
        "{decision:?}"
    );

    let without_keys = rule(quiet).build().unwrap();
    let decision = without_keys.decide_jwt(&sign(json!({})));
    assert!(
        !decision.allow && decision.errors[0].contains("no keys were given"),
        "{decision:?}"
    );
}

/// What is decided of claims alone.
fn decide_by(rule_text: &str, config: &str, text: &str) -> Decision {
    let limits = ztvet::document::Limits::default();
    let documents = ztvet::document::parse("claims.json", text.as_bytes(), &limits).unwrap();
    let subject = ztvet::normalize::normalize(&documents[0], None)
        .subjects
        .remove(0);
    configured(rule_text, config).decide(&subject)
}

#[test]
fn claims_alone_are_accepted_where_that_is_declared() {
    let quiet = "package a\ndeny contains f if { false; f := \"x\" }";
    let config = format!("tokens: {{audiences: [{API}], claims_only: true}}");
    let decide = |config: &str, text: &str| decide_by(quiet, config, text);
    let text = claims(json!({})).to_string();
    assert!(decide(&config, &text).allow);
    let strict = format!("tokens: {{audiences: [{API}]}}");
    let decision = decide(&strict, &text);
    assert!(
        !decision.allow && decision.errors[0].contains("only its claims were given"),
        "{decision:?}"
    );
    // A signature that was sent is to be checked.
    let without_keys = Config::parse("ztvet.yaml", &config).unwrap();
    let engine = Engine::builder().policy("rule.rego", quiet).unwrap();
    let engine = engine.config("ztvet.yaml", without_keys).build().unwrap();
    assert!(!engine.decide_jwt(&sign(json!({}))).allow);
    // Rules about the header have nothing to judge, and that is on purpose too.
    for (facts, allow) in [
        ("token.header", true),
        ("token.header.kid", true),
        ("token.roles", false),
        ("token.header, token.roles", false),
    ] {
        let head = format!("#   severity: high\n#   requires: [{facts}]\n");
        let decision = decide_by(&reporting(&head, "{\"a\": 1}"), &config, &text);
        assert_eq!(decision.allow, allow, "{facts}");
    }
    let malformed = claims(json!({"nbf": "soon"})).to_string();
    let decision = decide(&config, &malformed);
    assert_eq!(decision.errors, ["the claim at `/nbf` is malformed"]);
    // A signature that does not hold is never on purpose.
    let unsigned = json!({"header": {"alg": "none"}, "claims": claims(json!({}))}).to_string();
    assert!(!decide(&config, &unsigned).allow);
}

#[test]
fn what_is_no_token_is_not_let_through() {
    let limits = ztvet::document::Limits::default();
    let text =
        br#"{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "signInAudience": "AzureADMyOrg"}"#;
    let documents = ztvet::document::parse("app.json", text, &limits).unwrap();
    let subject = ztvet::normalize::normalize(&documents[0], None)
        .subjects
        .remove(0);
    let decision = engine().decide(&subject);
    assert_eq!(
        (decision.allow, decision.errors),
        (false, vec!["not a token".to_owned()])
    );
}

#[test]
fn decisions_show_no_personal_data() {
    let finding = r#"{"message": sprintf("%s may not", [input.token.claims.name]), "user": input.token.claims.preferred_username}"#;
    let rule_text = reporting("#   severity: high\n", finding);
    let decision = with_rule(&rule_text).decide_jwt(&sign(json!({})));
    assert_eq!(decision.findings[0].message, "*** may not");
    assert_eq!(decision.findings[0].details["user"], "***");
    let shown = rule(&rule_text)
        .keys(keys())
        .show_personal_data(true)
        .build()
        .unwrap();
    assert_eq!(
        shown.decide_jwt(&sign(json!({}))).findings[0].message,
        "Ada Lovelace may not"
    );
}

#[test]
fn a_judge_decides_many() {
    let engine = engine();
    let mut judge = engine.judge();
    for _ in 0..3 {
        assert!(judge.decide_jwt(&sign(json!({}))).allow);
        assert!(!judge.decide_jwt(&sign(json!({"scp": "x"}))).allow);
    }
    let send = std::thread::spawn(move || engine.decide_jwt(&sign(json!({}))).allow);
    assert!(send.join().unwrap());
}

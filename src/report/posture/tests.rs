use super::*;
use crate::Engine;

const NOW: &str = "2026-11-23T06:00:00Z";

/// The posture of a run over one file, by some rules and a configuration.
fn posture(manifest: &str, rules: &[&str], config: &str) -> Posture {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("apps.json");
    std::fs::write(&file, manifest).unwrap();
    let config = crate::Config::parse("ztvet.yaml", &format!("version: 1\n{config}")).unwrap();
    let engine = Engine::builder().bundled().unwrap();
    let engine = engine
        .policy("own.rego", OWN)
        .unwrap()
        .config("ztvet.yaml", config)
        .select(rules.iter().map(|rule| (*rule).to_owned()))
        .now(NOW.parse().unwrap())
        .build()
        .unwrap();
    engine.check_path(&file).posture
}

/// Fails to run where the name is no text.
const OWN: &str = r#"# METADATA
# title: Own
# custom:
#   id: OWN-1
#   applies_to: [application]
#   message: "{name}"
package own.names
deny contains finding if {
    input.application.display_name == "Broken"
    finding := {"surname": 1}
}
"#;

/// Applications that redirect to some addresses.
fn apps(addresses: &[&str]) -> String {
    let app = |(number, address): (usize, &&str)| {
        format!(
            r#"{{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f{number}", "displayName": "App {number}",
                "signInAudience": "AzureADMyOrg", "spa": {{"redirectUris": []}},
                "publicClient": {{"redirectUris": []}}, "web": {{"redirectUris": ["{address}"]}}}}"#
        )
    };
    let apps: Vec<String> = addresses.iter().enumerate().map(app).collect();
    format!("[{}]", apps.join(","))
}

const HTTP: &str = "http://shop.contoso.com/cb";
const HTTPS: &str = "https://shop.contoso.com/cb";

#[test]
fn a_check_is_a_rule_on_a_subject() {
    let posture = posture(&apps(&[HTTP, HTTPS, HTTPS]), &["AB-101"], "");
    let expected = Outcomes {
        passed: 2,
        failed: 1,
        ..Outcomes::default()
    };
    assert_eq!(posture.checks, expected);
    assert_eq!((posture.rules.failed, posture.rules.total()), (1, 1));
    let practice = &posture.principles[0].practices[0];
    assert_eq!(practice.practice.as_deref(), Some("AB.1"));
    assert_eq!(practice.title.as_deref(), crate::practice::title("AB.1"));
    assert_eq!(practice.rules[&Outcome::Failed], ["AB-101"]);
}

#[test]
fn what_lacks_a_fact_or_words_did_not_pass() {
    // Owners were not collected, and nothing says whose domains are ours.
    let posture = posture(&apps(&[HTTPS, HTTPS]), &["AB-103", "AB-301"], "");
    let checks = posture.checks;
    assert_eq!((checks.inconclusive, checks.not_configured), (2, 2));
    assert_eq!((checks.passed, checks.percent_passed()), (0, Some(0)));
    assert_eq!(posture.rules.passed, 0);
}

#[test]
fn what_is_declared_of_one_application_is_not_configured_for_the_other() {
    let config = "applications: [{name: App 0, type: web, environment: production}]";
    let posture = posture(&apps(&[HTTPS, HTTPS]), &["VE-106"], config);
    let checks = posture.checks;
    // Without federated credentials the first is inconclusive.
    assert_eq!((checks.inconclusive, checks.not_configured), (1, 1));
    assert_eq!(posture.rules.inconclusive, 1, "the worst of its checks");
}

#[test]
fn a_waived_check_is_neither_passed_nor_failed() {
    let waiver = |subject: &str| {
        format!(
            "waivers: [{{rule: AB-101, subject: {subject}, reason: r, approved_by: a, expires: 2027-01-01}}]"
        )
    };
    let first = waiver("1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f0");
    let one = posture(&apps(&[HTTP, HTTPS]), &["AB-101"], &first).checks;
    assert_eq!((one.waived, one.passed, one.failed), (1, 1, 0));
    let two = posture(&apps(&[HTTP, HTTP]), &["AB-101"], &first);
    assert_eq!((two.checks.waived, two.checks.failed), (1, 1));
    assert_eq!(two.rules.failed, 1);
}

#[test]
fn a_rule_that_fails_and_one_without_subjects_did_not_pass() {
    let broken = apps(&[HTTPS, HTTPS]).replace("App 0", "Broken");
    let posture = posture(&broken, &["OWN-1", "VE-201"], "");
    let own = posture.principles.last().unwrap();
    assert_eq!(own.principle, None);
    assert_eq!((own.checks.error, own.checks.passed), (1, 1));
    assert_eq!(own.practices[0].rules[&Outcome::Error], ["OWN-1"]);
    assert_eq!(posture.rules.not_applicable, 1);
    assert_eq!(posture.checks.total(), 2);
}

#[test]
fn everything_sums_up() {
    let posture = posture(&apps(&[HTTP, HTTPS]), &[], "");
    let of_principles = |count: fn(&PrinciplePosture) -> usize| {
        let counts = posture.principles.iter().map(count);
        counts.sum::<usize>()
    };
    assert_eq!(
        of_principles(|p| p.checks.total()),
        posture.checks.total(),
        "checks"
    );
    let rules = posture.rules.total() + posture.rules.not_applicable;
    assert_eq!(
        of_principles(|p| {
            let practices = p.practices.iter().flat_map(|p| p.rules.values());
            practices.map(Vec::len).sum()
        }),
        rules
    );
    let engine = Engine::builder().bundled().unwrap().build().unwrap();
    assert_eq!(engine.rules().count() + 1, rules, "and the own one");
}

#[test]
fn a_percentage_is_whole_only_of_all() {
    let outcomes = |passed, failed| Outcomes {
        passed,
        failed,
        not_applicable: 7,
        ..Outcomes::default()
    };
    assert_eq!(outcomes(999, 1).percent_passed(), Some(99));
    assert_eq!(outcomes(3, 0).percent_passed(), Some(100));
    assert_eq!(outcomes(0, 0).percent_passed(), None);
}

#[test]
fn bundled_rules_name_practices_that_have_a_title() {
    let engine = Engine::builder().bundled().unwrap().build().unwrap();
    for rule in engine.rules() {
        let practice = rule.practice.as_deref().unwrap();
        assert!(crate::practice::title(practice).is_some(), "{practice}");
    }
}

use super::*;
use crate::report::fixture;

fn rendered(report: &Report) -> String {
    let mut out = Vec::new();
    render(report, &fixture::rules(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn snapshot(name: &str, text: String) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("sarif_{name}"), text);
    });
}

fn parsed(report: &Report) -> Value {
    serde_json::from_str(&rendered(report)).unwrap()
}

#[test]
fn rich() {
    snapshot("rich", rendered(&fixture::rich()));
}

#[test]
fn clean() {
    snapshot("clean", rendered(&fixture::clean()));
}

#[test]
fn errors_only() {
    snapshot("errors_only", rendered(&fixture::errors_only()));
}

#[test]
fn a_clean_run_has_results_that_are_empty() {
    let run = &parsed(&fixture::clean())["runs"][0];
    assert_eq!(run["results"], json!([]));
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn every_result_points_at_its_own_rule() {
    let run = &parsed(&fixture::rich())["runs"][0];
    let rules = &run["tool"]["driver"]["rules"];
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn a_rule_that_is_not_listed_has_no_index() {
    let mut report = fixture::rich();
    report.findings[0].rule = "contoso.naming".to_owned();
    let result = &parsed(&report)["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "contoso.naming");
    assert_eq!(result.get("ruleIndex"), None);
}

#[test]
fn without_a_baseline_no_result_has_a_state() {
    let mut report = fixture::rich();
    report.findings.retain(|f| f.status != Status::Baseline);
    report.baseline = None;
    let run = &parsed(&report)["runs"][0];
    for result in run["results"].as_array().unwrap() {
        assert_eq!(result.get("baselineState"), None);
        assert!(result["suppressions"].is_array());
    }
}

#[test]
fn paths_become_uris() {
    let relative = |uri: &str| (uri.to_owned(), true);
    let absolute = |uri: &str| (uri.to_owned(), false);
    assert_eq!(
        uri("./apps/ä b#1.json", false),
        relative("apps/%C3%A4%20b%231.json")
    );
    assert_eq!(uri("../a:b.json", false), relative("../a%3Ab.json"));
    assert_eq!(uri(r"a\b.json", false), relative("a%5Cb.json"));
    assert_eq!(
        uri("/srv/apps/100%.json", false),
        absolute("file:///srv/apps/100%25.json")
    );
    assert_eq!(uri(r"apps\shop.json", true), relative("apps/shop.json"));
    assert_eq!(
        uri(r"C:\apps\a b.json", true),
        absolute("file:///C:/apps/a%20b.json")
    );
    assert_eq!(
        uri(r"\\server\share\a.json", true),
        absolute("file://server/share/a.json")
    );
}

#[test]
fn standard_input_has_no_base() {
    let artifact = serde_json::to_value(artifact("-")).unwrap();
    assert_eq!(
        artifact,
        json!({"uri": "-", "description": {"text": "standard input"}})
    );
}

#[test]
fn messages_are_literal() {
    let message = message("`https://{0}.example` [x](https://evil.example)").text;
    assert_eq!(
        message.unwrap(),
        "`https://{{0}}.example` [x] (https://evil.example)"
    );
}

#[test]
fn names_are_pascal_case() {
    assert_eq!(
        pascal_case("Redirect URI uses plain HTTP"),
        "RedirectURIUsesPlainHTTP"
    );
    assert_eq!(
        pascal_case("Single-page app's scope"),
        "SinglePageAppSScope"
    );
}

#[test]
fn the_help_uri_is_a_uri() {
    let mut rule = fixture::rules().remove(0);
    rule.references = vec![
        "internal wiki".to_owned(),
        "https://contoso.com/wiki".to_owned(),
    ];
    let uri = descriptor(&rule).help_uri;
    assert_eq!(uri.as_deref(), Some("https://contoso.com/wiki"));
}

#[test]
fn a_result_without_a_line_is_known_again_by_its_value() {
    let run = &parsed(&fixture::rich())["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let fingerprints = &result["partialFingerprints"];
        assert!(fingerprints["ztvet/v1"].is_string());
        let given = fingerprints.get("primaryLocationLineHash").is_some();
        assert_eq!(given, region.is_null(), "{result}");
    }
}

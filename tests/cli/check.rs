//! Exit codes and what decides them, and the report as a person reads it.

use insta::assert_snapshot;

use crate::sandbox::{SHOP, Sandbox, found, texts};

const FORMATS: [&str; 10] = [
    "table", "json", "ndjson", "sarif", "junit", "github", "gitlab", "azure", "markdown", "csv",
];

#[test]
fn nothing_at_or_above_the_threshold_is_0() {
    for format in FORMATS {
        let ran = Sandbox::shop().run(&format!(
            "check shop.json --select AB-102 --format {format}"
        ));
        ran.ends_with(0);
        assert!(
            !ran.stdout.is_empty() && ran.stderr.is_empty(),
            "{}",
            ran.all()
        );
    }
}

#[test]
fn findings_at_or_above_the_threshold_are_1() {
    for format in FORMATS {
        let ran = Sandbox::shop().run(&format!(
            "check shop.json --select AB-101 --format {format}"
        ));
        ran.ends_with(1);
        assert!(ran.stdout.contains("AB-101"), "{}", ran.all());
    }
}

#[test]
fn what_could_not_be_judged_is_2_whatever_else_was_found() {
    let sandbox = Sandbox::new(&[("shop.json", SHOP), ("broken.json", "{")]);
    for format in FORMATS {
        for paths in [
            "broken.json",
            "shop.json broken.json",
            "shop.json missing.json",
        ] {
            let ran = sandbox.run(&format!("check {paths} --fail-on never --format {format}"));
            ran.ends_with(2);
            let is_told = ran.all().contains("the text ends within an object")
                || ran.all().contains("no such file");
            assert!(is_told, "{}", ran.all());
        }
    }
}

#[test]
fn a_report_with_errors_still_has_the_findings() {
    let sandbox = Sandbox::new(&[("shop.json", SHOP), ("broken.json", "{")]);
    let report = sandbox.report("shop.json broken.json --select AB-101");
    assert_eq!(found(&report), ["AB-101"]);
    assert_eq!(texts(&report, "/errors", "/location/path"), ["broken.json"]);
    assert_eq!(report["summary"]["errors"], 1);

    let sarif = sandbox.run("check shop.json broken.json --select AB-101 --format sarif");
    let run = &sarif.json()["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    assert_eq!(texts(run, "/results", "/ruleId"), ["AB-101"]);
}

#[test]
fn fail_on_sets_the_threshold() {
    let sandbox = Sandbox::shop();
    for (threshold, code) in [
        ("critical", 0),
        ("high", 1),
        ("medium", 1),
        ("low", 1),
        ("info", 1),
        ("never", 0),
    ] {
        let ran = sandbox.run(&format!(
            "check shop.json --select AB-101 --fail-on {threshold}"
        ));
        ran.ends_with(code);
    }
    sandbox
        .run("check shop.json --fail-on terrible")
        .fails_with("possible values: critical, high, medium, low, info, new, never");
}

#[test]
fn the_threshold_is_high_unless_it_is_set() {
    // AB-306, no contact for incidents, is low.
    let app = SHOP.replace(
        "\"web\"",
        "\"notes\": null, \"serviceManagementReference\": null, \"info\": { \"supportUrl\": null }, \"web\"",
    );
    let sandbox = Sandbox::new(&[("shop.json", &app)]);
    let ran = sandbox.run("check shop.json --select AB-306");
    ran.ends_with(0);
    assert!(ran.stdout.contains("low[AB-306]"), "{}", ran.all());
    sandbox
        .run("check shop.json --select AB-306 --fail-on low")
        .ends_with(1);
}

#[test]
fn rules_are_selected_and_ignored_by_id_and_by_principle() {
    let sandbox = Sandbox::new(&[("shop.json", &SHOP.replace("http://", "http://user@"))]);
    let rules = |arguments: &str| {
        let report = sandbox.report(&format!("shop.json {arguments}"));
        let mut found: Vec<String> = found(&report).into_iter().map(str::to_owned).collect();
        found.retain(|rule| rule == "AB-101" || rule == "AB-108");
        found
    };
    assert_eq!(rules("--select assume_breach"), ["AB-101", "AB-108"]);
    assert_eq!(rules("--select AB-101,AB-108"), ["AB-101", "AB-108"]);
    assert_eq!(
        rules("--select AB-101 --select AB-108 --ignore AB-101"),
        ["AB-108"]
    );
    assert_eq!(rules("--ignore assume_breach"), Vec::<String>::new());
    assert_eq!(rules("--select least_privilege"), Vec::<String>::new());
}

#[test]
fn a_selection_that_names_no_rule_is_2() {
    let sandbox = Sandbox::shop();
    for arguments in [
        "--select AB-999",
        "--ignore AB-999",
        "--select AB-101,AB-999",
    ] {
        let ran = sandbox.run(&format!("check shop.json {arguments}"));
        ran.fails_with("`AB-999` is neither the id of a rule nor a principle with rules");
        assert_eq!(ran.stdout, "");
    }
    sandbox
        .run("check shop.json --select AB-101 --ignore assume_breach")
        .fails_with("no rule is left to evaluate");
}

#[test]
fn nothing_to_judge_is_2_unless_it_is_allowed() {
    let sandbox = Sandbox::new(&[
        ("readme.txt", "-"),
        ("list/none.json", "[]"),
        ("list/page.json", r#"{"value": []}"#),
        ("comments.yaml", "# nothing yet\n"),
        ("other/settings.json", r#"{"name": "shop"}"#),
    ]);
    for path in [
        ".",
        "list",
        "list/none.json",
        "list/page.json",
        "comments.yaml",
        "other",
    ] {
        for format in FORMATS {
            let ran = sandbox.run(&format!("check {path} --format {format}"));
            ran.ends_with(2);
            assert!(
                ran.all().contains("there is nothing to judge"),
                "{}",
                ran.all()
            );
            sandbox
                .run(&format!("check {path} --format {format} --allow-empty"))
                .ends_with(0);
        }
    }
}

#[test]
fn allow_empty_allows_nothing_else() {
    let sandbox = Sandbox::new(&[
        ("broken.json", "{"),
        ("settings.json", r#"{"name": "shop"}"#),
    ]);
    for path in ["broken.json", "settings.json", "missing.json", "*.yaml"] {
        sandbox
            .run(&format!("check {path} --allow-empty"))
            .ends_with(2);
    }
}

#[test]
fn the_table_is_100_columns_wide_without_a_terminal() {
    let sandbox = Sandbox::new(&[(
        "apps/shop.json",
        r#"{
  "appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
  "displayName": "Shop",
  "signInAudience": "AzureADMyOrg",
  "web": {
    "redirectUris": [
      "https://shop.contoso.com/auth",
      "http://shop.contoso.com/auth"
    ]
  },
  "spa": { "redirectUris": [] },
  "passwordCredentials": [
    { "displayName": "deploy", "endDateTime": "2028-02-01T08:00:00Z", "secretText": "aB38Q~abcdefghijklmnopqrstuvwxyz0123456789" }
  ]
}
"#,
    )]);
    let ran = sandbox.run("check apps --select AB-101,AB-403,AB-103,AB-501 --now 2026-11-23");
    assert_eq!(ran.stderr, "");
    ran.ends_with(1);
    assert_snapshot!(ran.stdout, @r#"
    apps/shop.json: application Shop (1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9)
    =======================================================================
    critical[AB-403]: the value of `deploy` stands in the document
      --> apps/shop.json:13:5
       |
    13 |     { "displayName": "deploy", "endDateTime": "2028-02-01T08:00:00Z", "secretText": *** }
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: Revoke the credential now and make a new one, then remove the value from the document and
               from its history. Keep what replaces it in a key vault.
       = see: https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration

    high[AB-101]: redirect URI `http://shop.contoso.com/auth` uses plain HTTP
     --> apps/shop.json:8:7
      |
    8 |       "http://shop.contoso.com/auth"
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: Use https, or a loopback address for a native client.
      = see: https://learn.microsoft.com/entra/identity-platform/reply-url

    not configured: 1 rule
      set `organization.domains` in ztvet.yaml to enable AB-103

    inconclusive: 3 checks lacked a fact that was not collected or is not known yet
      `application.credentials`: AB-403 (1 subject)
      `application.federated_credentials`: AB-501 (1 subject)
      `application.redirect_uris`: AB-101 (1 subject)

    posture: 0 of 4 checks passed (0 %); 2 failed, 1 inconclusive, 1 not configured

    judged 1 application by 4 rules
    1 critical, 1 high, 0 medium, 0 low, 0 info; 0 waived; 3 inconclusive; 0 errors
    "#);
}

#[test]
fn a_table_with_errors_does_not_read_like_a_pass() {
    let sandbox = Sandbox::new(&[
        ("broken.json", "{\n  \"appId\": 1,\n"),
        (
            "page.json",
            r#"{"@odata.nextLink": "https://graph.microsoft.com/next", "value": [{"appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", "signInAudience": "Everyone"}]}"#,
        ),
        ("settings.json", r#"{"name": "shop"}"#),
    ]);
    let ran = sandbox.run("check . --select AB-201 --now 2026-11-23");
    ran.ends_with(2);
    assert_snapshot!(ran.stdout, @"
    error: broken.json:2:14: the text ends where a value is expected
    error: page.json:1:135: `/value/0/signInAudience` is `Everyone`, expected one of `AzureADMyOrg`,
           `AzureADMultipleOrgs`, `AzureADandPersonalMicrosoftAccount`, `PersonalMicrosoftAccount`

    note: page.json:1:57: the page has an `@odata.nextLink`: the set is incomplete
      help: export all pages, for example with `az ad app list --all`

    inconclusive: 1 check lacked a fact that was not collected or is not known yet
      `application.multitenant`: AB-201 (1 subject)

    skipped: 1 file
      not an application registration in a format that is known: settings.json

    posture: 0 of 1 checks passed (0 %); 1 inconclusive

    no findings, but 2 errors: not everything was judged
    judged 1 application by 1 rule; skipped 1 file
    0 critical, 0 high, 0 medium, 0 low, 0 info; 0 waived; 1 inconclusive; 2 errors
    ");
}

#[test]
fn a_clean_table_says_so() {
    let app = SHOP.replace("http:", "https:");
    let ran = Sandbox::new(&[("shop.json", &app)]).run("check --select AB-101");
    ran.ends_with(0);
    assert_snapshot!(ran.stdout, @"
    posture: 1 of 1 checks passed (100 %)

    no findings
    judged 1 application by 1 rule
    0 critical, 0 high, 0 medium, 0 low, 0 info; 0 waived; 0 inconclusive; 0 errors
    ");
}

#[test]
fn json_is_the_published_report() {
    let mut report = Sandbox::shop().report("shop.json --select AB-101,AB-103 --now 2026-11-23");
    assert_eq!(report["tool"]["version"], env!("CARGO_PKG_VERSION"));
    report["tool"]["version"] = "X".into();
    assert_snapshot!(serde_json::to_string_pretty(&report).unwrap(), @r#"
    {
      "baseline": null,
      "errors": [],
      "findings": [
        {
          "details": {
            "uri": "http://shop.contoso.com/auth"
          },
          "fingerprint": "bd9a7913917e2e87a2e644ce4dc73128",
          "location": {
            "column": 30,
            "end_column": 60,
            "end_line": 5,
            "line": 5,
            "path": "shop.json",
            "pointer": "/web/redirectUris/0"
          },
          "message": "redirect URI `http://shop.contoso.com/auth` uses plain HTTP",
          "principle": "assume_breach",
          "references": [
            "https://learn.microsoft.com/entra/identity-platform/reply-url"
          ],
          "remediation": "Use https, or a loopback address for a native client.",
          "rule": "AB-101",
          "severity": "high",
          "status": "open",
          "subject": {
            "id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
            "kind": "application",
            "name": "Shop"
          },
          "title": "Redirect URI uses plain HTTP",
          "waiver": null
        }
      ],
      "inconclusive": [],
      "not_configured": [
        {
          "needs": [
            "organization.domains"
          ],
          "rule": "AB-103"
        }
      ],
      "notes": [],
      "now": "2026-11-23T00:00:00Z",
      "posture": {
        "checks": {
          "error": 0,
          "failed": 1,
          "inconclusive": 0,
          "not_applicable": 0,
          "not_configured": 1,
          "passed": 0,
          "waived": 0
        },
        "principles": [
          {
            "checks": {
              "error": 0,
              "failed": 1,
              "inconclusive": 0,
              "not_applicable": 0,
              "not_configured": 1,
              "passed": 0,
              "waived": 0
            },
            "practices": [
              {
                "checks": {
                  "error": 0,
                  "failed": 1,
                  "inconclusive": 0,
                  "not_applicable": 0,
                  "not_configured": 1,
                  "passed": 0,
                  "waived": 0
                },
                "practice": "AB.1",
                "rules": {
                  "failed": [
                    "AB-101"
                  ],
                  "not_configured": [
                    "AB-103"
                  ]
                },
                "title": "Own every redirect URI, and keep it safe"
              }
            ],
            "principle": "assume_breach",
            "rules": {
              "error": 0,
              "failed": 1,
              "inconclusive": 0,
              "not_applicable": 0,
              "not_configured": 1,
              "passed": 0,
              "waived": 0
            }
          }
        ],
        "rules": {
          "error": 0,
          "failed": 1,
          "inconclusive": 0,
          "not_applicable": 0,
          "not_configured": 1,
          "passed": 0,
          "waived": 0
        }
      },
      "schema": "ztvet/report/v1",
      "skipped": [],
      "summary": {
        "baseline": 0,
        "errors": 0,
        "findings": {
          "critical": 0,
          "high": 1,
          "info": 0,
          "low": 0,
          "medium": 0
        },
        "inconclusive": 0,
        "kinds": {
          "application": 1
        },
        "rules": 2,
        "skipped": 0,
        "subjects": 1,
        "waived": 0
      },
      "tool": {
        "name": "ztvet",
        "version": "X"
      },
      "waivers": []
    }
    "#);
}

#[test]
fn sarif_has_all_rules_and_the_place_of_each_result() {
    let ran = Sandbox::shop().run("check shop.json --select AB-101,AB-102 --format sarif");
    let sarif = ran.json();
    let run = &sarif["runs"][0];
    assert_eq!(
        texts(run, "/tool/driver/rules", "/id"),
        ["AB-101", "AB-102"]
    );
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let place = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "shop.json");
    assert_eq!(place["region"]["startLine"], 5);
    assert_eq!(place["region"]["startColumn"], 30);
}

//! `ztvet check .` in a repository, without flags.

use insta::assert_snapshot;

use crate::sandbox::{SHOP, Sandbox};

const PLAN: &str = include_str!("../infra/plan.json");

/// A repository with what such repositories hold.
fn repository() -> Sandbox {
    let sandbox = Sandbox::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".gitignore", "dist/\n"),
        (".github/workflows/ci.yml", "on: push\njobs: {}\n"),
        ("README.md", "# The shop\n"),
        ("dist/shop.json", SHOP),
        ("apps/shop.json", SHOP),
        ("apps/values.yaml", "replicas: 2\n"),
        ("infra/plan.json", PLAN),
        (
            "infra/terraform.tfstate",
            "{\"version\": 4, \"resources\": []}",
        ),
        (
            "web/package.json",
            "{\"dependencies\": {\"adal-node\": \"^0.2\", \"react\": \"18\"}}",
        ),
        (
            "web/package-lock.json",
            "{\"lockfileVersion\": 3, \"packages\": {}}",
        ),
        (
            "web/tsconfig.json",
            "{\n  // strict\n  \"compilerOptions\": {},\n}",
        ),
        (
            "web/node_modules/adal-node/package.json",
            "{\"dependencies\": {\"adal-node\": \"1\"}}",
        ),
        ("web/node_modules/adal-node/broken.json", "{\"a\": [1,"),
        (
            "api/Api.csproj",
            "<Project><ItemGroup><PackageReference Include=\"Microsoft.Identity.Web\" Version=\"3.0\" /></ItemGroup></Project>",
        ),
        (
            "api/appsettings.json",
            "{\"AzureAd\": {\"TenantId\": \"common\", \"ClientId\": \"c\"}}",
        ),
        ("k8s/all.yaml", "kind: Service\n---\nkind: Deployment\n"),
        ("k8s/template.yaml", "{{- if .x }}\na: {{ b }}\n"),
        (
            "data/claims.json",
            "{\"iss\": \"https://sts.windows.net/x/\", \"aud\": \"y\"}",
        ),
        ("data/empty.json", "[]"),
        ("data/nothing.yaml", ""),
    ]);
    sandbox.write("data/latin.json", b"{\"name\": \"caf\xe9\"}");
    sandbox.write("data/noise.json", &[0xfe, 0x00, 0xd8, 0x41].repeat(1 << 18));
    sandbox.write("data/large.json", &vec![b' '; (2 << 20) + 1]);
    sandbox.write("data/model.bin", &vec![0; 4 << 20]);
    sandbox
}

/// Of each kind of subject, a rule.
const RULES: &str = "--select AB-101,AB-704,VE-201,VE-202,VE-203,VE-204 --now 2026-11-23";

#[test]
fn everything_is_judged_or_said_to_be_left_out() {
    let ran = repository().run(&format!("check . {RULES} --max-file-size 2"));
    ran.ends_with(1);
    assert_eq!(ran.stderr, "");
    assert_snapshot!(ran.stdout, @r#"
    api/appsettings.json: project api/appsettings.json
    ==================================================
    low[VE-204]: the client of this section does not declare the capability `cp1`
     --> api/appsettings.json:1:2
      |
    1 | {"AzureAd": {"TenantId": "common", "ClientId": "c"}}
      |  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: Handle claims challenges in the client, then declare the capability: `ClientCapabilities`
              with `cp1` in appsettings.json, `client_capabilities` with `CP1` in the configuration of
              MSAL for Android.
      = see: https://learn.microsoft.com/entra/identity-platform/claims-challenge

    apps/shop.json: application Shop (1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9)
    =======================================================================
    high[AB-101]: redirect URI `http://shop.contoso.com/auth` uses plain HTTP
     --> apps/shop.json:5:30
      |
    5 |   "web": { "redirectUris": [ "http://shop.contoso.com/auth" ] },
      |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: Use https, or a loopback address for a native client.
      = see: https://learn.microsoft.com/entra/identity-platform/reply-url

    infra/plan.json: application azuread_application.shop (azuread_application.shop)
    ================================================================================
    high[AB-101]: redirect URI `http://shop.contoso.com/callback` uses plain HTTP
      --> infra/plan.json:80:9
       |
    80 |         "http://shop.contoso.com/callback",
       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: Use https, or a loopback address for a native client.
       = see: https://learn.microsoft.com/entra/identity-platform/reply-url

    infra/plan.json: application azuread_application_redirect_uris.elsewhere
    (dddddddd-0000-4000-8000-000000000001)
    ========================================================================
    high[AB-101]: redirect URI `http://legacy.contoso.com/cb` uses plain HTTP
       --> infra/plan.json:590:7
        |
    590 |       "http://legacy.contoso.com/cb"
        |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        |
        = help: Use https, or a loopback address for a native client.
        = see: https://learn.microsoft.com/entra/identity-platform/reply-url

    web/package.json: project web/package.json
    ==========================================
    high[VE-201]: `adal-node` (ADAL) is without support since 2023-06-30: use @azure/msal-node
     --> web/package.json:1:32
      |
    1 | {"dependencies": {"adal-node": "^0.2", "react": "18"}}
      |                                ^^^^^^
      |
      = help: Move to the library that the message names. Where another package brings the deprecated
              one in, update that package.
      = see: https://learn.microsoft.com/entra/identity-platform/msal-migration

    note: infra/plan.json:587:5: `azuread_application_redirect_uris.elsewhere` belongs to an application
          that is not in the document: only what it says is judged

    inconclusive: 3 checks lacked a fact that was not collected or is not known yet
      `application.redirect_uris`: AB-101 (2 subjects)
      `inventory.shared_names`: AB-704 (1 subject)

    skipped: 11 files
      an empty list: data/empty.json
      cannot be parsed: "-" is only valid inside a block: k8s/template.yaml
      cannot be parsed: expected value: data/noise.json
      cannot be parsed: larger than 2097152 bytes: data/large.json
      cannot be parsed: malformed UTF-8 at byte offset 13: data/latin.json
      cannot be parsed: the file is empty: data/nothing.yaml
      cannot be parsed: the text ends where a value is expected: web/node_modules/adal-node/broken.json
      not an application registration in a format that is known: apps/values.yaml, k8s/all.yaml,
      web/package-lock.json and 1 more

    posture: 13 of 19 checks passed (68 %); 5 failed, 1 inconclusive
      Verify explicitly: 10 of 12 checks passed (83 %); 2 failed
      Assume breach: 3 of 7 checks passed (42 %); 3 failed, 1 inconclusive

    judged 6 applications, 3 project files, 1 token by 6 rules; skipped 11 files
    0 critical, 4 high, 0 medium, 1 low, 0 info; 0 waived; 3 inconclusive; 0 errors
    "#);
}

#[test]
fn what_may_be_a_registration_is_an_error_among_all_that() {
    let sandbox = repository();
    sandbox.write(
        "data/half.json",
        b"{\"signInAudience\": \"AzureADMyOrg\",\n",
    );
    let ran = sandbox.run(&format!("check . {RULES} --max-file-size 2"));
    ran.ends_with(2);
    let error = "error: data/half.json:1:35: the text ends where a value is expected";
    assert!(ran.stdout.contains(error), "{}", ran.all());
    assert!(ran.stdout.contains("; 1 error\n"), "{}", ran.all());
}

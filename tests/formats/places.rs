//! Each finding stands on the line of what is wrong, and nothing else is found.

use std::fmt::Write as _;
use std::fs;

use super::{AAD_GRAPH, GRAPH, POWERSHELL, report};

/// Each finding with the text that its place leads to, on the line that it names; with the file, where there are several.
fn places(path: &str) -> String {
    let mut places = String::new();
    for finding in report(path).findings {
        let bytes = fs::read(&finding.location.path).unwrap();
        let (text, _, _) = encoding_rs::UTF_8.decode(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        let line = usize::try_from(finding.location.line.unwrap()).unwrap();
        let column = usize::try_from(finding.location.column.unwrap()).unwrap();
        let text = lines[line - 1].chars().skip(column - 1).take(70);
        let text: String = text.collect();
        let text = text.trim_end_matches(',');
        let file = finding.location.path.strip_prefix(path).unwrap();
        let separator = if file.is_empty() { "" } else { ":" };
        writeln!(places, "{} {file}{separator}{line}: {text}", finding.rule).unwrap();
    }
    places
}

#[test]
fn findings_lead_to_their_lines_in_graph() {
    insta::assert_snapshot!(places(GRAPH), @r#"
    AB-207 13: "https://shop.contoso.com/api"
    VE-104 16: true
    AB-201 21: "AzureADMultipleOrgs"
    VE-114 32: true
    VE-111 36: null
    LP-208 38: {
    LP-206 48: {
    LP-208 48: {
    LP-210 60: {
    LP-209 69: {
    AB-117 85: "http://shop.contoso.com/privacy"
    AB-205 87: null
    VE-118 102: "accessToken": [
    AB-401 125: {
    AB-408 125: {
    VE-107 125: {
    AB-111 138: "contoso-shop://auth"
    LP-101 149: {
    LP-112 149: {
    AB-203 165: "verifiedPublisher": {
    AB-116 172: "http://shop.contoso.com/signout"
    AB-120 173: "redirectUris": [
    AB-120 173: "redirectUris": [
    AB-101 175: "http://shop.contoso.com/signin-oidc"
    AB-104 176: "https://contoso-shop.azurewebsites.net/signin-oidc"
    VE-102 180: true
    AB-204 184: "servicePrincipalLockConfiguration": {
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_powershell_s_json() {
    insta::assert_snapshot!(places(POWERSHELL), @r#"
    VE-114 5: true
    VE-111 9: null
    LP-208 11: {
    LP-206 21: {
    LP-208 21: {
    LP-210 33: {
    LP-209 44: {
    AB-207 76: "https://shop.contoso.com/api"
    AB-117 81: "http://shop.contoso.com/privacy"
    AB-205 83: null
    VE-104 86: true
    VE-118 123: "AccessToken":  [
    AB-401 147: {
    AB-408 147: {
    VE-107 147: {
    AB-111 160: "contoso-shop://auth"
    LP-101 176: {
    LP-112 176: {
    AB-204 194: "ServicePrincipalLockConfiguration":  {
    AB-201 202: "AzureADMultipleOrgs"
    AB-203 215: "VerifiedPublisher":  {
    AB-116 222: "http://shop.contoso.com/signout"
    AB-120 223: "RedirectUris":  [
    AB-120 223: "RedirectUris":  [
    AB-101 225: "http://shop.contoso.com/signin-oidc"
    AB-104 226: "https://contoso-shop.azurewebsites.net/signin-oidc"
    VE-102 230: true
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_the_older_manifest() {
    insta::assert_snapshot!(places(AAD_GRAPH), @r#"
    VE-114 3: true
    VE-111 4: null
    VE-104 6: true
    LP-209 9: {
    AB-207 31: "https://shop.contoso.com/api"
    AB-205 34: null
    AB-117 36: "http://shop.contoso.com/privacy"
    AB-116 55: "http://shop.contoso.com/signout"
    VE-102 58: true
    LP-208 61: {
    LP-206 73: {
    LP-208 73: {
    VE-118 96: "accessToken": [
    AB-401 112: {
    AB-408 112: {
    VE-107 112: {
    LP-210 124: {
    AB-120 132: "replyUrlsWithType": [
    AB-120 132: "replyUrlsWithType": [
    AB-101 138: "http://shop.contoso.com/signin-oidc"
    AB-104 142: "https://contoso-shop.azurewebsites.net/signin-oidc"
    AB-111 154: "contoso-shop://auth"
    LP-101 166: {
    LP-112 166: {
    AB-201 184: "AzureADMultipleOrgs"
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_yaml() {
    insta::assert_snapshot!(places("tests/fixtures/yaml/shop.yaml"), @r#"
    AB-101 15: "http://shop.contoso.com/signin-oidc"
    VE-102 16: true}
    AB-401 21: displayName: deploy
    VE-107 21: displayName: deploy
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_ndjson() {
    insta::assert_snapshot!(places("tests/fixtures/ndjson/apps.ndjson"), @r#"
    AB-101 2: "http://shop.contoso.com/cb"], "homePageUrl": null, "logoutUrl": null
    VE-103 2: "http://shop.contoso.com/cb"], "homePageUrl": null, "logoutUrl": null
    VE-101 2: true, "enableIdTokenIssuance": false}}, "spa": {"redirectUris": []}, "
    AB-406 3: {"keyId": "k", "displayName": "deploy", "startDateTime": "2026-01-01T0
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_json_with_comments() {
    insta::assert_snapshot!(places("tests/fixtures/jsonc/shop.jsonc"), @r#"
    AB-122 7: "redirectUris": [
    AB-105 10: "https://shop-test.ngrok.io/cb", // until the test environment is ther
    VE-102 15: true
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_a_plan() {
    insta::assert_snapshot!(places("tests/fixtures/terraform-plan/plan.json"), @r#"
    LP-208 147: {
    LP-203 161: "app_role": []
    VE-116 193: "optional_claims": []
    AB-307 195: "aaaaaaaa-0000-4000-8000-000000000001"
    AB-307 196: "aaaaaaaa-0000-4000-8000-000000000002"
    AB-401 199: {
    AB-403 199: {
    VE-107 199: {
    LP-101 218: {
    VE-101 241: true
    AB-101 248: "http://shop.contoso.com/signin-oidc"
    VE-102 294: true
    LP-101 332: "19dbc75e-c2e2-444c-a770-ec69d8559fc7"
    LP-112 332: "19dbc75e-c2e2-444c-a770-ec69d8559fc7"
    AB-501 366: "after": {
    AB-505 366: "after": {
    AB-401 400: "after": {
    VE-105 400: "after": {
    AB-102 434: "https://eu.orders.contoso.com/*"
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_a_state() {
    insta::assert_snapshot!(places("tests/fixtures/terraform-state/state.json"), @r#"
    LP-208 27: {
    LP-209 42: {
    VE-116 87: "access_token": [
    AB-301 99: "owners": []
    AB-306 122: ""
    AB-120 140: "redirect_uris": [
    AB-104 142: "https://contoso-billing.azurewebsites.net/cb"
    AB-401 186: "values": {
    AB-403 186: "values": {
    VE-107 186: "values": {
    AB-205 225: ""
    AB-201 228: "AzureADMultipleOrgs"
    AB-205 230: ""
    AB-101 251: "http://ledger.contoso.com/cb"
    AB-207 267: "https://ledger.fabrikam.com"
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_a_template_with_symbols() {
    insta::assert_snapshot!(places("tests/fixtures/arm-symbols/template.json"), @r#"
    AB-201 45: "AzureADMultipleOrgs"
    AB-101 49: "[variables('callback')]"
    VE-102 53: true
    LP-101 61: {
    AB-204 68: "servicePrincipalLockConfiguration": {
    AB-302 73: "relationships": [
    AB-307 74: "aaaaaaaa-0000-4000-8000-000000000001"
    AB-401 79: {
    AB-408 79: {
    VE-107 79: {
    AB-501 97: "properties": {
    AB-505 97: "properties": {
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_a_template_with_a_deployment() {
    insta::assert_snapshot!(places("tests/fixtures/arm-array/template.json"), @r#"
    AB-102 87: "[parameters('callbacks')]"
    AB-116 89: "http://orders.contoso.com/signout"
    LP-207 97: {
    LP-203 107: "appRoles": []
    AB-502 113: "properties": {
    AB-503 113: "properties": {
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_a_service_principal() {
    insta::assert_snapshot!(places("tests/fixtures/service-principal/shop.json"), @r#"
    LP-301 12: false
    VE-121 22: "password"
    AB-401 46: {
    AB-404 46: {
    LP-303 62: {
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_a_page_of_service_principals() {
    insta::assert_snapshot!(places("tests/fixtures/service-principal-page/principals.json"), @r#"
    AB-209 66: "DisabledDueToViolationOfServicesAgreement"
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_service_principals_and_their_grants() {
    insta::assert_snapshot!(places("tests/fixtures/service-principal-cli/"), @r#"
    LP-302 principals.json:2: {
    LP-301 principals.json:12: false
    LP-303 principals.json:99: {
    "#);
}

#[test]
fn findings_lead_to_their_lines_in_projects() {
    insta::assert_snapshot!(places("tests/fixtures/projects/"), @r#"
    VE-205 android/auth_config.json:4: "WEBVIEW"
    VE-201 cocoapods/Podfile:5: pod 'ADAL', '~> 4.0'
    VE-206 dotnet/appsettings.json:6: "hunter2~appsettings~kQ8x"
    VE-202 go/go.mod:7: github.com/Azure/go-autorest/autorest/adal v0.9.23
    VE-201 gradle-catalog/gradle/libs.versions.toml:6: legacy = { module = "com.microsoft.azure:adal4j", version.ref = "adal"
    VE-201 gradle/build.gradle:3: implementation "com.microsoft.aad:adal:4.0.0"
    VE-201 maven/pom.xml:8: <dependency>
    VE-201 npm/package.json:4: "^0.2.4"
    VE-202 npm/package.json:9: "4.3.5"
    VE-201 nuget/Shop.csproj:3: <PackageReference Include="Microsoft.IdentityModel.Clients.ActiveDirec
    VE-202 packages-config/packages.config:4: <package id="Microsoft.Azure.Services.AppAuthentication" version="1.6.
    VE-201 pip/requirements.txt:3: adal>=1.2,<2  # the old one
    VE-202 pyproject/pyproject.toml:5: "msrestazure~=0.6"
    VE-201 pyproject/pyproject.toml:9: "ADAL==1.2.7"]
    VE-201 swift/Package.swift:8: .package(url: "https://github.com/AzureAD/azure-activedirectory-librar
    "#);
}

#[test]
fn near_misses_are_not_found() {
    for path in [
        "tests/fixtures/service-principal-near",
        "tests/fixtures/projects-near",
        "tests/tenant/strict",
    ] {
        assert_eq!(places(path), "", "{path}");
    }
}

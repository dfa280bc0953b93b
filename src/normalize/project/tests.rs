use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::document::{Limits, parse};
use crate::normalize::{GapReason, normalize};

/// What a file normalizes to.
fn read(path: &str, text: &str) -> Normalized {
    let documents = parse(path, text.as_bytes(), &Limits::default()).unwrap();
    normalize(&documents[0], None)
}

fn project(normalized: &Normalized) -> &Project {
    match &normalized.subjects[0].facts {
        Facts::Project(project) => project,
        other => panic!("{other:?}"),
    }
}

/// The dependencies, each as `ecosystem name requirement (scope) at line:column`.
fn dependencies(path: &str, text: &str) -> Vec<String> {
    let normalized = read(path, text);
    assert_eq!(normalized.problems, [], "{path}");
    let document = &normalized.subjects[0].document;
    let found = project(&normalized).dependencies.iter().flatten();
    found
        .map(|found| {
            let span = document.locate(&[&found.at])[0].clone().unwrap();
            format!(
                "{} {} {} ({}) at {}:{}",
                found.ecosystem,
                found.name,
                found.requirement,
                found.scope,
                span.start_line,
                span.start_column
            )
        })
        .collect()
}

/// The lines of which it cannot be told what they ask for.
fn unknown_lines(path: &str, text: &str) -> Vec<u32> {
    let normalized = read(path, text);
    let subject = &normalized.subjects[0];
    let gaps = subject
        .gaps
        .iter()
        .filter(|gap| gap.reason == GapReason::Unknown);
    gaps.map(|gap| {
        let pointer = gap.pointer.as_deref().unwrap();
        subject.document.locate(&[pointer])[0]
            .clone()
            .unwrap()
            .start_line
    })
    .collect()
}

fn not_collected(path: &str, text: &str) -> bool {
    let gaps = &read(path, text).subjects[0].gaps;
    gaps.iter().any(|gap| gap.reason == GapReason::NotCollected)
}

fn sections(path: &str, text: &str) -> Vec<Section> {
    let normalized = read(path, text);
    assert_eq!(normalized.problems, []);
    project(&normalized).configuration.clone().unwrap()
}

#[test]
fn package_json() {
    let text = r#"{
  "dependencies": {"adal-node": "^0.2.0", "old": "npm:@azure/msal-node@^2", "plain": "npm:x"},
  "devDependencies": {"a": "git+https://u:token@h/a.git"},
  "peerDependencies": null
}"#;
    assert_eq!(
        dependencies("package.json", text),
        [
            "npm adal-node ^0.2.0 (runtime) at 2:33",
            "npm @azure/msal-node ^2 (runtime) at 2:50",
            "npm x  (runtime) at 2:86",
            "npm a git+https://h/a.git (development) at 3:28",
        ]
    );
    assert_eq!(
        read("package.json", text).subjects[0].secrets,
        ["/devDependencies/a"]
    );
    assert_eq!(dependencies("package.json", "{}"), [""; 0]);
    for text in [
        "[]",
        r#"{"dependencies": ["adal-node"]}"#,
        r#"{"dependencies": {"a": 1}}"#,
    ] {
        assert_eq!(read("package.json", text).problems.len(), 1, "{text}");
    }
}

#[test]
fn requirements() {
    let text = "\
# the old library
ADAL[x]==1.2.7 ; python_version < '4'  # why
-r base.txt
--index-url https://u:p@pypi.contoso.com/simple
msal >= 1.0, \\
  < 2 --hash=sha256:00
git+https://github.com/contoso/x.git#egg=Contoso_X
a @ https://h/a.whl
-e .
./local
";
    assert_eq!(
        dependencies("requirements.txt", text),
        [
            "pypi ADAL ==1.2.7 ; python_version < '4' (runtime) at 2:1",
            "pypi msal >= 1.0,   < 2 (runtime) at 5:1",
            "pypi Contoso_X git+https://github.com/contoso/x.git (runtime) at 7:1",
            "pypi a @ https://h/a.whl (runtime) at 8:1",
        ]
    );
    assert!(
        not_collected("requirements.txt", text),
        "`base.txt` is not read"
    );
    assert!(!not_collected(
        "requirements.txt",
        "-r requirements-dev.txt"
    ));
    assert_eq!(
        unknown_lines("requirements.txt", "a\nhttps://h/x.whl\n"),
        [2]
    );
    assert_eq!(dependencies("requirements.txt", ""), [""; 0]);
    assert_eq!(read("requirements.txt", "we need this\n").problems.len(), 1);
    let prose = read("requirements-of-the-product.txt", "It must be fast.\n");
    assert!(prose.unrecognized.is_some(), "prose");
}

#[test]
fn pyproject() {
    let text = r#"[project]
dependencies = ["adal>=1"]
optional-dependencies.web = ["flask"]
[build-system]
requires = ["setuptools"]
[dependency-groups]
dev = ["pytest", {include-group = "x"}]
[tool.poetry.dependencies]
python = "^3.12"
msal = {version = "^1.0", optional = true}
[tool.poetry.group.test.dependencies]
nose = "*"
"#;
    assert_eq!(
        dependencies("pyproject.toml", text),
        [
            "pypi adal >=1 (runtime) at 2:17",
            "pypi setuptools  (build) at 5:13",
            "pypi flask  (optional) at 3:30",
            "pypi pytest  (development) at 7:8",
            "pypi msal ^1.0 (runtime) at 10:1",
            "pypi nose * (development) at 12:8",
        ]
    );
    assert!(not_collected(
        "pyproject.toml",
        "[project]\ndynamic = ['dependencies']\n"
    ));
}

#[test]
fn nuget() {
    let text = r#"<Project Sdk="Microsoft.NET.Sdk" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <ItemGroup Condition="'$(X)' == '>'">
    <!-- <PackageReference Include="No" Version="1" /> -->
    <PackageReference Include="Microsoft.IdentityModel.Clients.ActiveDirectory" Version="5.3.0" />
    <packagereference include="A;B"><version>2</version><PrivateAssets>all</PrivateAssets></packagereference>
    <PackageReference Remove="C" />
    <PackageReference Include="$(Name)" Version="1" />
  </ItemGroup>
</Project>"#;
    assert_eq!(
        dependencies("Shop.csproj", text),
        [
            "nuget Microsoft.IdentityModel.Clients.ActiveDirectory 5.3.0 (runtime) at 4:5",
            "nuget A 2 (development) at 5:5",
            "nuget B 2 (development) at 5:5",
        ]
    );
    assert_eq!(unknown_lines("Shop.csproj", text), [7]);
    let central =
        "<Project><ItemGroup><PackageVersion Include='A' Version='1'/></ItemGroup></Project>";
    assert_eq!(
        dependencies("Directory.Packages.props", central),
        ["nuget A 1 (runtime) at 1:21"]
    );
    let config =
        "<packages>\n <package id='A' version='1' developmentDependency='true'/>\n</packages>";
    assert_eq!(
        dependencies("packages.config", config),
        ["nuget A 1 (development) at 2:2"]
    );
    assert_eq!(read("packages.config", "<Project/>").problems.len(), 1);
    assert_eq!(read("a.csproj", "<packages/>").problems.len(), 1);
}

#[test]
fn pom() {
    let text = r#"<project xmlns="http://maven.apache.org/POM/4.0.0">
  <properties><adal.version>1.6.7</adal.version><own>com.microsoft</own></properties>
  <dependencies>
    <dependency>
      <groupId>${own}.azure</groupId><artifactId>adal4j</artifactId><version>${adal.version}</version>
      <exclusions><exclusion><groupId>g</groupId><artifactId>no</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><scope>test</scope></dependency>
    <dependency><groupId>${elsewhere}</groupId><artifactId>a</artifactId></dependency>
  </dependencies>
  <build><plugins><plugin><dependencies>
    <dependency><groupId>p</groupId><artifactId>q</artifactId><version>${x}</version></dependency>
  </dependencies></plugin></plugins></build>
</project>"#;
    assert_eq!(
        dependencies("pom.xml", text),
        [
            "maven com.microsoft.azure:adal4j 1.6.7 (runtime) at 4:5",
            "maven junit:junit  (development) at 8:5",
            "maven p:q ${x} (build) at 12:5",
        ]
    );
    assert_eq!(unknown_lines("pom.xml", text), [9]);
}

#[test]
fn gradle() {
    let text = r#"
// dependencies { implementation "no:no:1" }
buildscript { dependencies { classpath 'com.android.tools.build:gradle:8.0' } }
android { defaultConfig { applicationId "com.contoso:shop" } }
dependencies {
    implementation "com.microsoft.aad:adal:${adalVersion}" // why
    api(platform('com.contoso:bom:1')) {
        exclude group: 'com.microsoft.aad', module: 'adal'
    }
    /* implementation 'no:no:2'
       implementation 'no:no:3' */
    testImplementation group: 'junit', name: 'junit', version: '4'
    implementation(group = "g", name = "n")
    implementation project(':core')
    implementation files('libs/a.jar')
    implementation(kotlin("stdlib"))
    "kapt"("a:b:1")
    implementation libs.msal
    implementation(
        "c:d:2"
    )
    if (x) { debugImplementation 'e:f:3@aar' }
    implementation "$group:name:1"
    def v = '1'
}
implementation 'no:no:4'
"#;
    let expected = [
        "gradle com.android.tools.build:gradle 8.0 (build) at 3:1",
        "gradle com.microsoft.aad:adal ${adalVersion} (runtime) at 6:5",
        "gradle com.contoso:bom 1 (runtime) at 7:5",
        "gradle junit:junit 4 (development) at 12:5",
        "gradle g:n  (runtime) at 13:5",
        "gradle a:b 1 (runtime) at 17:5",
        "gradle c:d 2 (runtime) at 20:9",
        "gradle e:f 3@aar (runtime) at 22:5",
    ];
    assert_eq!(dependencies("build.gradle", text), expected);
    assert_eq!(dependencies("build.gradle.kts", text), expected);
    assert_eq!(unknown_lines("build.gradle", text), [18, 23]);
}

#[test]
fn version_catalogue() {
    let text = r#"[versions]
adal = "4"
[libraries]
a = "com.microsoft.aad:adal:1"
b = { module = "com.microsoft.identity.client:msal", version.ref = "adal" }
c = { group = "g", name = "n", version = "2" }
"#;
    assert_eq!(
        dependencies("gradle/libs.versions.toml", text),
        [
            "gradle com.microsoft.aad:adal 1 (runtime) at 4:5",
            "gradle com.microsoft.identity.client:msal 4 (runtime) at 5:1",
            "gradle g:n 2 (runtime) at 6:1",
        ]
    );
}

#[test]
fn go_mod() {
    let text = "module contoso.com/shop // x

go 1.22
require golang.org/x/oauth2 v0.1.0
require (
\tgithub.com/Azure/go-autorest/autorest/adal v0.9.24 // indirect
\t// github.com/no/no v1
)
exclude (
\tgithub.com/no/no v2
)
replace github.com/a => ../a
";
    assert_eq!(
        dependencies("go.mod", text),
        [
            "go golang.org/x/oauth2 v0.1.0 (runtime) at 4:1",
            "go github.com/Azure/go-autorest/autorest/adal v0.9.24 (indirect) at 6:2",
        ]
    );
    assert_eq!(read("go.mod", "<<<<<<< HEAD\n").problems.len(), 1);
    assert_eq!(read("go.mod", "require a\n").problems.len(), 1);
}

#[test]
fn podfile() {
    let text = "\
# pod 'No'
target 'Shop' do
  use_frameworks!
  pod 'ADAL', '~> 4.0', :inhibit_warnings => true # why
  pod \"MSAL/Core\"
  pod('A', :path => '../a')
  pod name
  %w[B C].each { |p| pod p }
end
=begin
pod 'No'
=end
";
    assert_eq!(
        dependencies("Podfile", text),
        [
            "cocoapods ADAL ~> 4.0 (runtime) at 4:3",
            "cocoapods MSAL  (runtime) at 5:3",
            "cocoapods A  (runtime) at 6:3",
        ]
    );
    assert_eq!(unknown_lines("Podfile", text), [7, 8]);
}

#[test]
fn package_swift() {
    let text = r#"// swift-tools-version:5.9
let package = Package(
    dependencies: [
        // .package(url: "https://no"),
        .package(url: "https://github.com/AzureAD/azure-activedirectory-library-for-objc.git", .upToNextMajor(from: "4.0.0")),
        .package(
            name: "A",
            url: "https://github.com/a/a", exact: "1"
        ),
        .package(path: "../b"), .package(url: base + "c", from: "1"),
    ],
    targets: [.target(name: "x", dependencies: [.product(name: "MSAL", package: "msal")])]
)
"#;
    assert_eq!(
        dependencies("Package.swift", text),
        [
            "swift https://github.com/AzureAD/azure-activedirectory-library-for-objc.git .upToNextMajor(from: \"4.0.0\") (runtime) at 5:9",
            "swift https://github.com/a/a exact: \"1\" (runtime) at 6:9",
        ]
    );
    assert_eq!(unknown_lines("Package.swift", text), [10]);
    let normalized = read("Package.swift", text);
    let first = &project(&normalized).dependencies.as_ref().unwrap()[0];
    assert_eq!(
        first.normalized_name,
        "github.com/azuread/azure-activedirectory-library-for-objc"
    );
}

#[test]
fn cargo_toml() {
    let text = r#"[dependencies]
oauth2 = "5"
renamed = { package = "openidconnect", version = "4" }
[target.'cfg(unix)'.dev-dependencies]
a = { git = "https://h/a" }
[workspace.dependencies]
b.version = "1"
"#;
    assert_eq!(
        dependencies("Cargo.toml", text),
        [
            "cargo oauth2 5 (runtime) at 2:10",
            "cargo openidconnect 4 (runtime) at 3:1",
            "cargo a https://h/a (development) at 5:1",
            "cargo b 1 (runtime) at 7:1",
        ]
    );
}

#[test]
fn appsettings() {
    let text = r#"{
  "AzureAd": {
    "Instance": "https://login.microsoftonline.com/",
    "tenantid": "Common",
    "ClientId": "1F0E2D3C-4b5a-4978-8695-a4b3c2d1e0f9",
    "ClientSecret": "aB38Q~abcdefghijklmnopqrstuvwxyz0123456789",
    "ClientCredentials": [{"SourceType": "ClientSecret", "ClientSecret": "hunter2"}, {"ClientSecret": "${SECRET}"}],
    "ClientCapabilities": ["CP1"]
  },
  "ConnectionStrings": {"Db": "Password=hunter3"}
}"#;
    let found = sections("src/appsettings.Production.json", text);
    assert_eq!(
        serde_json::to_value(&found).unwrap(),
        json!([{
            "kind": "azure_ad",
            "name": "AzureAd",
            "partial": false,
            "client_id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
            "authorities": [{
                "url": "https://login.microsoftonline.com/",
                "tenant": "common",
                "at": "/AzureAd/tenantid"
            }],
            "b2c": false,
            "client_secrets": [
                {"name": "ClientSecret", "at": "/AzureAd/ClientSecret"},
                {"name": "ClientSecret", "at": "/AzureAd/ClientCredentials/0/ClientSecret"}
            ],
            "client_capabilities": ["cp1"],
            "authorization_user_agent": null,
            "broker_redirect_uri_registered": null,
            "at": "/AzureAd"
        }])
    );
    let secrets = &read("appsettings.json", text).subjects[0].secrets;
    for place in ["/AzureAd/ClientSecret", "/ConnectionStrings/Db"] {
        assert!(secrets.iter().any(|secret| secret == place), "{secrets:?}");
    }
}

#[test]
fn sections_are_told_by_their_keys_too() {
    let names = |text: &str| -> Vec<String> {
        let found = sections("appsettings.json", text);
        found.into_iter().map(|section| section.name).collect()
    };
    let none = Vec::<String>::new();
    assert_eq!(
        names(r#"{"Authentication": {"AzureAd": {"ClientId": "a"}}}"#),
        ["Authentication:AzureAd"]
    );
    assert_eq!(
        names(r#"{"Login": {"ClientId": "a", "TenantId": "b"}}"#),
        ["Login"]
    );
    assert_eq!(
        names(r#"{"Oidc": {"ClientId": "a", "Authority": "https://login.microsoftonline.com/x"}}"#),
        ["Oidc"]
    );
    assert_eq!(
        names(
            r#"{"Oidc": {"ClientId": "a", "Authority": "https://login.microsoftonline.com.evil.example/x"}}"#
        ),
        none
    );
    assert_eq!(
        names(r#"{"Logging": {"LogLevel": {"Default": "Information"}}, "AzureAd": null}"#),
        none
    );
}

#[test]
fn authorities() {
    let tenants = |text: &str| -> Vec<Option<String>> {
        let text = format!(r#"{{"AzureAd": {{"ClientId": "a", {text}}}}}"#);
        let mut found = sections("appsettings.json", &text);
        let authorities = found.remove(0).authorities;
        authorities
            .into_iter()
            .map(|authority| authority.tenant)
            .collect()
    };
    let some = |tenant: &str| vec![Some(tenant.to_owned())];
    assert_eq!(
        tenants(r#""Authority": "https://login.microsoftonline.com/Organizations/v2.0""#),
        some("organizations")
    );
    assert_eq!(
        tenants(r#""Authority": "https://x.b2clogin.com/tfp/x.onmicrosoft.com/b2c_1""#),
        some("x.onmicrosoft.com")
    );
    assert_eq!(
        tenants(r#""Instance": "https://login.microsoftonline.com/common""#),
        some("common")
    );
    assert_eq!(
        tenants(r#""Instance": "https://login.microsoftonline.com/""#),
        []
    );
    assert_eq!(tenants(r##""TenantId": "#{TenantId}#""##), [None]);
    assert_eq!(
        tenants(r#""TenantId": "[Enter the tenant id here]""#),
        [None]
    );
    assert_eq!(
        tenants(r#""Authority": "https://login.microsoftonline.com/${TENANT}""#),
        [None]
    );
}

#[test]
fn placeholders_are_no_secrets() {
    for value in [
        "",
        "${VAR}",
        "#{X}#",
        "<secret>",
        "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s/)",
    ] {
        let text = json!({"AzureAd": {"ClientSecret": value}}).to_string();
        let found = sections("appsettings.json", &text);
        assert_eq!(found[0].client_secrets, [], "{value}");
        assert!(found[0].partial);
    }
}

#[test]
fn msal_android() {
    let text = r#"{
  "client_id": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
  "authorization_user_agent": "WebView",
  "redirect_uri": "msauth://com.contoso.shop/x",
  "client_capabilities": "CP1,other",
  "authorities": [
    {"type": "AAD", "audience": {"type": "AzureADMyOrg", "tenant_id": "organizations"}},
    {"type": "AAD", "audience": {"type": "AzureADandPersonalMicrosoftAccount"}},
    {"type": "B2C", "authority_url": "https://x.b2clogin.com/tfp/x.onmicrosoft.com/b2c_1"}
  ]
}"#;
    let found = sections("app/src/main/res/raw/auth_config_single_account.json", text).remove(0);
    assert_eq!(found.authorization_user_agent.as_deref(), Some("WEBVIEW"));
    assert_eq!(found.broker_redirect_uri_registered, Some(false));
    assert_eq!(
        found.client_capabilities,
        Some(vec!["cp1".to_owned(), "other".to_owned()])
    );
    assert!(!found.b2c);
    let tenants: Vec<_> = found
        .authorities
        .iter()
        .map(|a| a.tenant.as_deref().unwrap())
        .collect();
    assert_eq!(tenants, ["organizations", "common", "x.onmicrosoft.com"]);
    assert_eq!(found.authorities[0].at, "/authorities/0/audience/tenant_id");

    let least =
        r#"{"client_id": "a", "broker_redirect_uri_registered": true, "redirect_uri": "x"}"#;
    let found = sections("auth_config.json", least).remove(0);
    assert_eq!(found.authorization_user_agent.as_deref(), Some("DEFAULT"));
    assert_eq!(found.authorities[0].tenant.as_deref(), Some("common"));
    assert!(
        read("auth_config.json", r#"{"users": []}"#)
            .unrecognized
            .is_some()
    );
}

/// The subjects of several files, joined.
fn joined(files: &[(&str, &str)]) -> Vec<Subject> {
    let mut subjects: Vec<Subject> = files
        .iter()
        .flat_map(|(path, text)| read(path, text).subjects)
        .collect();
    join(&mut subjects);
    subjects
}

fn files(subject: &Subject) -> &ProjectFiles {
    match &subject.facts {
        Facts::Project(project) => project.files.as_ref().unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_belong_to_the_nearest_manifest_above() {
    let subjects = joined(&[
        ("package.json", r#"{"dependencies": {"a": "1"}}"#),
        (
            "shop/Shop.csproj",
            "<Project><I><PackageReference Include='B'/></I></Project>",
        ),
        (
            "shop/appsettings.json",
            r#"{"AzureAd": {"ClientId": "x", "ClientCapabilities": ["cp1"]}}"#,
        ),
        (
            "shop/conf/appsettings.Test.json",
            r#"{"AzureAd": {"ClientId": "x"}}"#,
        ),
        ("shopping/appsettings.json", "{}"),
    ]);
    let names: Vec<Vec<&str>> = subjects
        .iter()
        .map(|s| {
            files(s)
                .packages
                .iter()
                .map(|p| p.normalized_name.as_str())
                .collect()
        })
        .collect();
    assert_eq!(
        names,
        [vec!["a"], vec!["b"], vec!["b"], vec!["b"], vec!["a"]]
    );
    assert_eq!(files(&subjects[0]).configured, [""; 0]);
    assert_eq!(files(&subjects[1]).configured, ["azure_ad"]);
    assert_eq!(
        files(&subjects[3]).client_capabilities[0].capabilities,
        ["cp1"]
    );
}

#[test]
fn what_one_manifest_cannot_tell_is_missing_for_all() {
    let subjects = joined(&[
        ("build.gradle", "dependencies {\n implementation libs.x\n}"),
        ("package.json", "{}"),
        ("sub/package.json", "{}"),
    ]);
    let gaps: Vec<bool> = subjects
        .iter()
        .map(|s| {
            s.gaps
                .iter()
                .any(|gap| gap.fact == "project.files.packages")
        })
        .collect();
    assert_eq!(gaps, [true, true, false]);
}

#[test]
fn broken_files_that_matter_are_known() {
    let must = |path: &str, text: &str| must_be_readable(path, || Some(text.as_bytes().to_vec()));
    assert!(must("a/package.json", ""));
    assert!(must("appsettings.json", "{\"AzureAd\": "));
    assert!(!must("appsettings.json", "{\"Logging\": "));
    assert!(!must("other.json", "{\"AzureAd\": "));
    assert!(must_be_readable("appsettings.json", || None));
}

const NAMES: [&str; 14] = [
    "package.json",
    "requirements.txt",
    "requirements-dev.txt",
    "pyproject.toml",
    "a.csproj",
    "packages.config",
    "pom.xml",
    "build.gradle",
    "libs.versions.toml",
    "go.mod",
    "Podfile",
    "Package.swift",
    "appsettings.json",
    "auth_config.json",
];

proptest! {
    #[test]
    fn never_panics(text in r#"(dependencies|implementation|pod|require|\.package\(|url:|[ \t\r\n{}()\[\]<>="':;,.@#/\\$*é\-a-c0-2]){0,60}"#) {
        for name in NAMES {
            if let Ok(documents) = parse(name, text.as_bytes(), &Limits::default()) {
                for document in &documents {
                    let normalized = normalize(document, None);
                    for subject in &normalized.subjects {
                        for dependency in project(&normalized).dependencies.iter().flatten() {
                            prop_assert!(subject.document.value.pointer(&dependency.at).is_some());
                        }
                    }
                }
            }
        }
    }
}

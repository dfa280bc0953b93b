//! Source projects, as users of the binary see them: each test runs it in a directory of its own.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// What a run gave.
struct Run {
    code: Option<i32>,
    output: String,
    messages: String,
}

fn run(directory: &Path, arguments: &[&str]) -> Run {
    let output = Command::cargo_bin("ztvet")
        .unwrap()
        .current_dir(directory)
        .env_clear()
        .env("ZTVET_CACHE_DIR", "")
        .args(["check", "--now", "2026-11-23T06:00:00Z"])
        .args(arguments)
        .output()
        .unwrap();
    Run {
        code: output.status.code(),
        output: String::from_utf8(output.stdout).unwrap(),
        messages: String::from_utf8(output.stderr).unwrap(),
    }
}

fn report(directory: &Path, arguments: &[&str]) -> (Option<i32>, Value) {
    let mut all = vec!["--format", "json"];
    all.extend(arguments);
    let run = run(directory, &all);
    let report = serde_json::from_str(&run.output);
    (
        run.code,
        report.unwrap_or_else(|_| panic!("{}", run.messages)),
    )
}

/// The findings on projects, each as `rule path:line:column`.
fn findings(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| finding["subject"]["kind"] == "project")
        .map(|finding| {
            let location = &finding["location"];
            format!(
                "{} {}:{}:{}",
                finding["rule"].as_str().unwrap(),
                location["path"].as_str().unwrap(),
                location["line"],
                location["column"]
            )
        })
        .collect()
}

fn repository() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/project/repository")
}

/// A directory with these files.
fn directory(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    directory
}

const FINDINGS: [&str; 9] = [
    "VE-201 android/app/build.gradle:3:5",
    "VE-205 android/app/src/main/res/raw/auth_config.json:3:31",
    "VE-203 api/Api.csproj:3:5",
    "VE-201 api/Api.csproj:4:5",
    "VE-204 api/appsettings.json:3:3",
    "VE-206 api/appsettings.json:7:21",
    "VE-201 service/requirements.txt:2:1",
    "VE-201 web/package.json:5:18",
    "VE-202 web/package.json:9:26",
];

#[test]
fn a_repository_is_judged_without_flags() {
    let (code, report) = report(&repository(), &["."]);
    assert_eq!(code, Some(1));
    assert_eq!(findings(&report), FINDINGS);
    assert_eq!(report["errors"], serde_json::json!([]));
    let judged = report["findings"].as_array().unwrap().iter();
    let kinds: Vec<&str> = judged
        .filter_map(|f| f["subject"]["kind"].as_str())
        .collect();
    assert!(
        kinds.contains(&"application"),
        "the registration is judged beside them"
    );
    let skipped = report["skipped"].to_string();
    assert!(skipped.contains("infra/service.yaml"), "{skipped}");
    assert!(
        skipped.contains("requirements-of-the-customer.txt"),
        "{skipped}"
    );
    let all = report.to_string();
    assert!(
        !all.contains("node_modules"),
        "installed packages are not the project's"
    );
}

#[test]
fn no_secret_is_shown() {
    for format in ["table", "json", "sarif"] {
        let run = run(&repository(), &[".", "--format", format]);
        for text in [&run.output, &run.messages] {
            assert!(!text.contains("made-up"), "{format}: {text}");
        }
    }
    let minified = directory(&[(
        "appsettings.json",
        r#"{"Db": "Password=hunter3", "AzureAd": {"ClientId": "a", "ClientSecret": "hunter2hunter2"}}"#,
    )]);
    let run = run(minified.path(), &["."]);
    assert!(run.output.contains("VE-206"), "{}", run.output);
    assert!(!run.output.contains("hunter"), "{}", run.output);
}

#[test]
fn credentials_of_a_dependency_are_not_shown() {
    let files = directory(&[(
        "requirements.txt",
        "adal @ git+https://bob:hunter2@h/adal.git\n",
    )]);
    for format in ["table", "json", "sarif"] {
        let run = run(files.path(), &[".", "--format", format]);
        assert!(run.output.contains("VE-201"), "{}", run.output);
        assert!(!run.output.contains("hunter2"), "{}", run.output);
    }
}

#[test]
fn an_authority_is_judged_by_what_is_declared() {
    for selector in [
        "app_id: 1F0E2D3C-4b5a-4978-8695-a4b3c2d1e0f9",
        "path: appsettings.json",
    ] {
        let config = format!("applications:\n  - {selector}\n    multitenant: false\n");
        let files = directory(&[
            ("ztvet.yaml", &config),
            (
                "appsettings.json",
                "{\"AzureAd\": {\"ClientId\": \"1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9\",\n \"TenantId\": \"common\"}}",
            ),
        ]);
        let (_, report) = report(files.path(), &["appsettings.json", "--select", "VE-207"]);
        assert_eq!(
            findings(&report),
            ["VE-207 appsettings.json:2:14"],
            "{selector}"
        );
    }
    let (_, report) = report(&repository(), &["api", "--select", "VE-207"]);
    assert_eq!(report["not_configured"][0]["rule"], "VE-207");
}

#[test]
fn a_client_in_a_declared_project_needs_a_library() {
    let files = directory(&[
        (
            "ztvet.yaml",
            "applications:\n  - path: package.json\n    type: web\n",
        ),
        (
            "package.json",
            r#"{"dependencies": {"openid-client": "^6"}}"#,
        ),
    ]);
    let (_, report) = report(files.path(), &["package.json", "--select", "VE-203"]);
    assert_eq!(findings(&report), ["VE-203 package.json:1:36"]);
}

#[test]
fn what_cannot_be_told_is_inconclusive() {
    let files = directory(&[(
        "build.gradle",
        "dependencies {\n  implementation libs.msal\n}\n",
    )]);
    let (code, report) = report(files.path(), &[".", "--select", "VE-201"]);
    assert_eq!(code, Some(0));
    let inconclusive = &report["inconclusive"][0];
    assert_eq!(inconclusive["rule"], "VE-201");
    assert_eq!(
        inconclusive["missing"],
        serde_json::json!(["project.dependencies"])
    );
}

#[test]
fn a_broken_manifest_is_an_error() {
    for (path, text, message) in [
        ("package.json", "{\"dependencies\": {", "package.json:1:"),
        ("a/pom.xml", "<project>\n<a></project>", "a/pom.xml:2:"),
        (
            "pyproject.toml",
            "[project]\nname = \n",
            "pyproject.toml:2:",
        ),
        ("go.mod", "module a\n<<<<<<< HEAD\n", "go.mod:2:1"),
        ("appsettings.json", "{\"AzureAd\": {", "appsettings.json:1:"),
    ] {
        let files = directory(&[(path, text)]);
        let run = run(files.path(), &["."]);
        assert_eq!(run.code, Some(2), "{path}");
        let said = format!("{}{}", run.output, run.messages);
        assert!(said.contains(message), "{path}: {said}");
    }
    let noise = directory(&[
        ("appsettings.json", "{\"Logging\": "),
        ("package.json", "{}"),
    ]);
    assert_eq!(
        run(noise.path(), &["."]).code,
        Some(0),
        "broken, and about something else"
    );
}

#[test]
fn an_empty_list_of_requirements_is_whole() {
    let files = directory(&[("requirements.txt", "")]);
    let (code, report) = report(files.path(), &["."]);
    assert_eq!((code, &report["summary"]["subjects"]), (Some(0), &1.into()));
}

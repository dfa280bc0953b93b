//! Two revisions of a repository.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::sandbox::{Ran, Sandbox, texts};
use crate::{NOW, changes, example, rules, shop};

fn git(directory: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Ada",
            "-c",
            "user.email=ada@contoso.com",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .current_dir(directory)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
}

fn commit(sandbox: &Sandbox, message: &str) {
    git(&sandbox.path(""), &["add", "--all"]);
    git(
        &sandbox.path(""),
        &["commit", "--quiet", "--allow-empty", "--message", message],
    );
}

/// A repository whose `main` has `files`.
fn repository(files: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::new(files);
    git(
        &sandbox.path(""),
        &["init", "--quiet", "--initial-branch", "main"],
    );
    commit(&sandbox, "first");
    git(&sandbox.path(""), &["checkout", "--quiet", "-b", "change"]);
    sandbox
}

fn diff(sandbox: &Sandbox, range: &str) -> Ran {
    sandbox.run(&format!("diff --git {range} {NOW} --format json"))
}

fn opened() -> String {
    let mut app = shop();
    app["signInAudience"] = json!("AzureADMultipleOrgs");
    format!("{app:#}\n")
}

#[test]
fn revisions_are_compared_and_the_work_tree_is_not() {
    let sandbox = repository(&[("apps/shop.json", &example("old/shop.json"))]);
    sandbox.write("apps/shop.json", opened().as_bytes());
    commit(&sandbox, "open");
    sandbox.write("apps/shop.json", b"not even JSON {");
    for range in [
        "main..change",
        "main..HEAD",
        "main..",
        "main...change",
        "HEAD~1..HEAD",
    ] {
        let ran = diff(&sandbox, range);
        ran.ends_with(1);
        let diff = ran.json();
        assert_eq!(rules(&diff), ["LP-405"], "{range}");
        assert_eq!(
            changes(&diff),
            ["changed audience AzureADMyOrg AzureADMultipleOrgs"]
        );
        assert_eq!(
            diff["findings"]["new"][0]["location"]["path"],
            "apps/shop.json"
        );
    }
    diff(&sandbox, "change..change").ends_with(0);
    assert_eq!(sandbox.read("apps/shop.json"), "not even JSON {");
    let lost = diff(&sandbox, "change..main").json();
    assert_eq!(rules(&lost), [""; 0]);
    let paths = texts(&lost, "/findings/gone", "/location/path");
    assert!(
        paths.iter().all(|path| *path == "change:apps/shop.json"),
        "{paths:?}"
    );
}

#[test]
fn a_merge_base_leaves_out_what_main_changed_since() {
    let sandbox = repository(&[("shop.json", &example("old/shop.json")), ("a.json", "{}")]);
    sandbox.write("a.json", b"{ }");
    commit(&sandbox, "mine");
    git(&sandbox.path(""), &["checkout", "--quiet", "main"]);
    sandbox.write("shop.json", opened().as_bytes());
    commit(&sandbox, "theirs");
    let two_dots = diff(&sandbox, "main..change").json();
    assert_eq!(
        changes(&two_dots),
        ["changed audience AzureADMultipleOrgs AzureADMyOrg"]
    );
    let three_dots = diff(&sandbox, "main...change").json();
    assert_eq!(changes(&three_dots), [""; 0]);
}

#[test]
fn paths_with_spaces_renames_and_subdirectories() {
    let sandbox = repository(&[
        ("apps/my shop/a shop.json", &example("old/shop.json")),
        ("other/orders.json", &example("old/orders-api.json")),
    ]);
    git(
        &sandbox.path(""),
        &[
            "mv",
            "apps/my shop/a shop.json",
            "apps/my shop/ünser shop.json",
        ],
    );
    sandbox.write("apps/my shop/ünser shop.json", opened().as_bytes());
    sandbox.write(
        "other/orders.json",
        example("new/orders-api.json").as_bytes(),
    );
    commit(&sandbox, "rename");
    let all = diff(&sandbox, "main..change").json();
    assert_eq!(
        texts(&all, "/applications", "/subject/name"),
        ["Orders API", "Shop"]
    );
    let path = "apps/my shop/ünser shop.json";
    assert_eq!(all["applications"][1]["new_path"], path);
    assert_eq!(
        all["applications"][1]["old_path"],
        "main:apps/my shop/a shop.json"
    );

    let one = sandbox
        .run(&format!(
            "diff --git main..change other {NOW} --format json"
        ))
        .json();
    assert_eq!(
        texts(&one, "/applications", "/subject/name"),
        ["Orders API"]
    );
    let one = sandbox.run(&format!(
        "diff --git main..change ./other/orders.json {NOW} --format json"
    ));
    assert_eq!(
        texts(&one.json(), "/applications", "/subject/name"),
        ["Orders API"]
    );
    let ran = sandbox.run(&format!("diff --git main..change nowhere {NOW}"));
    ran.fails_with("`nowhere` is neither in `main` nor in `change`");
}

#[test]
fn a_subdirectory_is_a_place_to_start_from() {
    let sandbox = repository(&[
        ("apps/shop.json", &example("old/shop.json")),
        ("other/orders.json", &example("old/orders-api.json")),
    ]);
    sandbox.write("apps/shop.json", opened().as_bytes());
    sandbox.write(
        "other/orders.json",
        example("new/orders-api.json").as_bytes(),
    );
    commit(&sandbox, "both");
    let run = |path: &str| {
        let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_ztvet"))
            .args([
                "diff",
                "--git",
                "main..change",
                path,
                "--format",
                "json",
                "--fail-on",
                "never",
            ])
            .current_dir(sandbox.path("apps"))
            .output()
            .unwrap();
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    assert_eq!(run(".")["applications"][0]["new_path"], "shop.json");
    assert_eq!(
        run("../other")["applications"][0]["new_path"],
        "../other/orders.json"
    );
}

#[test]
fn files_that_are_no_registrations_are_left_out_as_in_a_directory() {
    let sandbox = repository(&[
        ("shop.json", &example("old/shop.json")),
        (
            "chart/templates/a.yaml",
            "{{ if .Values.a }}\nb: {{ .Values.b }}\n{{ end }}",
        ),
        ("readme.md", "# appId"),
        (".hidden/shop.json", "{ \"appId\": "),
        ("generated/shop.json", "{ \"appId\": "),
        (".ztvetignore", "generated/\n"),
        ("deep/ignored.json", "{ \"appId\": "),
        ("deep/.ignore", "ignored.json\n"),
    ]);
    let ran = diff(&sandbox, "main..change");
    ran.ends_with(0);
    let diff = ran.json();
    assert_eq!(diff["errors"], json!([]));
    assert_eq!(
        texts(&diff, "/skipped", "/path"),
        ["chart/templates/a.yaml"]
    );
    sandbox.write(
        "broken.json",
        b"{ \"appId\": \"1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9\", ",
    );
    commit(&sandbox, "break");
    let ran = self::diff(&sandbox, "main..change");
    ran.ends_with(2);
    assert_eq!(
        texts(&ran.json(), "/errors", "/location/path"),
        ["broken.json"]
    );
    let ran = self::diff(&sandbox, "change..main");
    ran.ends_with(2);
    assert_eq!(
        texts(&ran.json(), "/errors", "/location/path"),
        ["change:broken.json"]
    );
}

#[cfg(unix)]
#[test]
fn submodules_and_links_are_named_and_not_followed() {
    let module = repository(&[("apps.json", "[]")]);
    let sandbox = repository(&[("shop.json", &example("old/shop.json"))]);
    let url = module.path("").display().to_string();
    git(
        &sandbox.path(""),
        &["submodule", "--quiet", "add", &url, "vendor/apps"],
    );
    std::os::unix::fs::symlink("shop.json", sandbox.path("link.json")).unwrap();
    commit(&sandbox, "module");
    let ran = diff(&sandbox, "main..change");
    ran.ends_with(0);
    let skipped = ran.json();
    let mut paths = texts(&skipped, "/skipped", "/path");
    paths.sort_unstable();
    assert_eq!(paths, ["link.json", "vendor/apps"]);
}

#[test]
fn contents_that_are_elsewhere_are_an_error() {
    let sandbox = repository(&[("shop.json", &example("old/shop.json"))]);
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    sandbox.write("shop.json", pointer.as_bytes());
    commit(&sandbox, "large");
    let ran = diff(&sandbox, "main..change");
    ran.ends_with(2);
    assert!(ran.stderr.contains("Git LFS"), "{}", ran.all());
}

#[test]
fn what_git_does_not_have_is_said_clearly() {
    let sandbox = repository(&[("shop.json", &example("old/shop.json"))]);
    let fails = |range: &str, message: &str| {
        sandbox
            .run(&format!("diff --git {range}"))
            .fails_with(message);
    };
    fails("main", "`main` is no range of revisions");
    fails("nope..HEAD", "`nope` is no revision of this repository");
    fails("main..--all", "`--all` is no revision of this repository");
    fails("main..change shop.json other", "give one path at most");
    Sandbox::shop()
        .run("diff --git main..HEAD")
        .fails_with("git: not a git repository");
    let unrelated = |sandbox: &Sandbox| {
        git(
            &sandbox.path(""),
            &["checkout", "--quiet", "--orphan", "other"],
        );
        commit(sandbox, "unrelated");
    };
    unrelated(&sandbox);
    fails(
        "main...other",
        "`main` and `other` have no ancestor in common",
    );
}

#[test]
fn a_shallow_clone_is_told_from_a_mistake() {
    let sandbox = repository(&[("shop.json", &example("old/shop.json"))]);
    commit(&sandbox, "second");
    let url = format!("file://{}", sandbox.path("").display());
    let clone = Sandbox::new(&[]);
    git(
        &clone.path(""),
        &["clone", "--quiet", "--depth", "1", &url, "clone"],
    );
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_ztvet"))
        .args(["diff", "--git", "HEAD~1..HEAD"])
        .current_dir(clone.path("clone"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("the clone is shallow"), "{said}");
    assert!(said.contains("git fetch --unshallow"), "{said}");
}

#[test]
fn nothing_is_fetched_into_a_partial_clone() {
    let sandbox = repository(&[("shop.json", &example("old/shop.json"))]);
    sandbox.write("shop.json", opened().as_bytes());
    commit(&sandbox, "second");
    git(
        &sandbox.path(""),
        &["config", "uploadpack.allowFilter", "true"],
    );
    let url = format!("file://{}", sandbox.path("").display());
    let clone = Sandbox::new(&[]);
    let arguments = [
        "clone",
        "--quiet",
        "--no-checkout",
        "--filter=blob:none",
        &url,
        "clone",
    ];
    git(&clone.path(""), &arguments);
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_ztvet"))
        .args(["diff", "--git", "HEAD~1..HEAD"])
        .current_dir(clone.path("clone"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("a partial clone lacks files"), "{said}");
}

#[test]
fn without_git_directories_can_be_compared() {
    let sandbox = Sandbox::shop();
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_ztvet"))
        .args(["diff", "--git", "main..HEAD"])
        .current_dir(sandbox.path(""))
        .env("PATH", sandbox.path("nothing"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("there is no `git` command"), "{said}");
    assert!(said.contains("ztvet diff OLD NEW"), "{said}");
}

//! What is kept between runs changes no byte of what they say.

use assert_cmd::Command;

use crate::sandbox::{SHOP, Sandbox};

const FORMATS: [&str; 11] = [
    "table", "json", "ndjson", "sarif", "junit", "github", "gitlab", "azure", "markdown", "csv",
    "html",
];

/// Files of the repository, read where they are so that each report has the same paths.
fn run(
    directory: &std::path::Path,
    arguments: &str,
    cache: Option<&str>,
) -> (Option<i32>, Vec<u8>, Vec<u8>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ztvet"));
    command
        .args(arguments.split_whitespace())
        .current_dir(directory)
        .env_clear();
    command.env("HOME", directory.join("home"));
    if let Some(cache) = cache {
        command.env("ZTVET_CACHE_DIR", cache);
    }
    let output = command.output().unwrap();
    (output.status.code(), output.stdout, output.stderr)
}

fn entries(sandbox: &Sandbox) -> usize {
    let Ok(files) = std::fs::read_dir(sandbox.path("cache/v1")) else {
        return 0;
    };
    files
        .filter(|file| file.as_ref().unwrap().file_name().len() == 64)
        .count()
}

#[test]
fn every_format_is_the_same_to_the_byte() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let inputs = "examples/manifests examples/contoso tests/infra tests/fixtures/terraform-plan";
    let sandbox = Sandbox::new(&[]);
    let cache = sandbox.path("cache");
    let cache = cache.to_str();
    for format in FORMATS {
        let check = format!("check {inputs} --now 2026-11-23 --format {format}");
        let expected = run(root, &check, Some(""));
        assert!(expected.1.len() > 1000 || format == "azure", "{format}");
        assert!(expected == run(root, &check, cache), "{format}");
        assert!(expected == run(root, &check, cache), "{format}, again");
    }
    // It is the same for all formats, so that all but the first had it.
    let engine = ztvet::Engine::builder().bundled().unwrap();
    let engine = engine.cache(cache.map(Into::into));
    let engine = engine.now(ztvet::normalize::parse_date("2026-11-23").unwrap());
    let engine = engine.build().unwrap();
    let paths: Vec<&str> = inputs.split(' ').collect();
    assert!(engine.check(&paths).summary.subjects > 10);
    let use_of_cache = engine.cache_use();
    assert!(use_of_cache.hits > 10, "{use_of_cache:?}");
    assert!(use_of_cache.misses < 5, "{use_of_cache:?}");
}

#[test]
fn entries_are_kept_where_it_is_said() {
    let sandbox = Sandbox::shop();
    sandbox.run("check shop.json").ends_with(1);
    assert_eq!(sandbox.names(), ["shop.json"]);
    sandbox
        .run("check shop.json --cache-dir cache")
        .ends_with(1);
    assert_eq!(sandbox.names(), ["cache", "shop.json"]);
    assert_eq!(entries(&sandbox), 2);
    sandbox.run("check . --cache-dir cache").ends_with(1);
    assert_eq!(entries(&sandbox), 4, "the cache is not judged");
}

#[test]
fn the_environment_names_the_directory() {
    let sandbox = Sandbox::shop();
    let directory = sandbox.path("");
    run(&directory, "check shop.json --no-cache", Some("cache"));
    run(
        &directory,
        "check shop.json --no-cache --cache-dir cache",
        None,
    );
    run(&directory, "check shop.json", Some(""));
    assert_eq!(sandbox.names(), ["shop.json"]);
    run(
        &directory,
        "check shop.json --cache-dir other",
        Some("cache"),
    );
    assert_eq!(sandbox.names(), ["other", "shop.json"]);
    run(&directory, "check shop.json", Some("cache"));
    assert_eq!(sandbox.names(), ["cache", "other", "shop.json"]);
}

#[test]
fn what_is_not_named_is_in_the_user_s_directory_for_caches() {
    let sandbox = Sandbox::shop();
    let directory = sandbox.path("");
    run(&directory, "check shop.json --no-cache", None);
    assert_eq!(sandbox.names(), ["shop.json"]);
    let expected = run(&directory, "check shop.json", None);
    assert_eq!(sandbox.names(), ["home", "shop.json"]);
    assert!(expected == run(&directory, "check shop.json", None));
    // Where nothing can be kept, nothing is said of it.
    let sandbox = Sandbox::new(&[("shop.json", SHOP), ("home", "")]);
    assert!(expected == run(&sandbox.path(""), "check shop.json", None));
}

#[test]
fn a_directory_that_cannot_be_used_fails_nothing() {
    let sandbox = Sandbox::new(&[("shop.json", SHOP), ("cache", "")]);
    let ran = sandbox.run("check shop.json --format json --cache-dir cache");
    ran.ends_with(1);
    assert!(
        ran.stderr
            .starts_with("note: the cache `cache` cannot be used: "),
        "{}",
        ran.all()
    );
    let report = ran.json();
    assert_eq!(report["errors"], serde_json::json!([]));
}

#[test]
fn standard_input_is_not_kept() {
    let sandbox = Sandbox::new(&[]);
    for _ in 0..2 {
        let ran = sandbox.run_with(SHOP, "check - --cache-dir cache");
        ran.ends_with(1);
    }
    assert_eq!(entries(&sandbox), 0);
}

//! What the pages show is what the program takes and prints.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use ztvet::report::WaiverState;
use ztvet::{Config, Engine};

use super::markdown::{Block, blocks};
use super::{NOW, pages, path, read, stdout, ztvet};

#[test]
fn the_abridged_input_is_a_part_of_the_real_one() {
    let page = read("docs/input.md");
    let blocks = blocks(&page);
    let block = blocks
        .iter()
        .find(|block| block.language == "json")
        .unwrap();
    let abridged: Value = serde_json::from_str(&block.text).unwrap();
    let real = stdout(
        &path(""),
        &["normalize", "examples/manifests/orders-api.json"],
    );
    is_part("input", &abridged, &serde_json::from_str(&real).unwrap());
}

fn is_part(path: &str, part: &Value, whole: &Value) {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) if !part.is_empty() => {
            for (key, value) in part {
                let path = format!("{path}.{key}");
                is_part(
                    &path,
                    value,
                    whole
                        .get(key)
                        .unwrap_or_else(|| panic!("there is no {path}")),
                );
            }
        }
        (Value::Array(part), Value::Array(whole)) if part.len() == whole.len() => {
            for (index, (part, whole)) in part.iter().zip(whole).enumerate() {
                is_part(&format!("{path}[{index}]"), part, whole);
            }
        }
        (part, whole) => assert_eq!(part, whole, "{path}"),
    }
}

#[test]
fn the_configuration_in_the_pages_works() {
    for (name, policies) in [("docs/configuration.md", true), ("README.md", false)] {
        let page = read(name);
        let blocks = blocks(&page);
        let is_config = |block: &&Block<'_>| block.text.contains("version: 1");
        let block = blocks.iter().find(is_config).unwrap();
        let mut config = Config::parse(name, &block.text).unwrap();
        if policies {
            assert_eq!(
                block.text,
                read("examples/ztvet.yaml"),
                "{name} shows the example"
            );
            config = Config::load(&path("examples/ztvet.yaml")).unwrap();
        }
        let engine = Engine::builder()
            .bundled()
            .unwrap()
            .config(name, config)
            .build();
        let report = engine.unwrap().check_path(path("examples/manifests"));
        assert_eq!(report.errors, [], "{name}");
        let needs = report.not_configured.iter().flat_map(|item| &item.needs);
        let needs: BTreeSet<&str> = needs.map(String::as_str).collect();
        assert!(!needs.contains("organization.domains"), "{name}: {needs:?}");
    }
}

#[test]
fn the_waivers_in_the_pages_waive_what_they_say() {
    for name in ["docs/configuration.md", "README.md"] {
        let page = read(name);
        let blocks = blocks(&page);
        let has_waivers = |block: &&Block<'_>| block.text.contains("waivers:");
        let block = blocks.iter().find(has_waivers).unwrap();
        let config = Config {
            policies: Vec::new(),
            ..Config::parse(name, &block.text).unwrap()
        };
        let builder = Engine::builder().bundled().unwrap().config(name, config);
        let engine = builder.now(NOW.parse().unwrap()).build().unwrap();
        let report = engine.check_path(path("examples/manifests"));
        let states: Vec<WaiverState> = report.waivers.iter().map(|w| w.state).collect();
        assert_eq!(states, [WaiverState::Used], "{name}");
        assert_eq!(report.summary.waived, 1, "{name}");
    }
}

#[test]
fn the_policy_in_the_pages_is_the_example() {
    let policy = read("examples/policies/team_tag.rego");
    let page = read("docs/policies.md");
    let shown: Vec<Block<'_>> = blocks(&page)
        .into_iter()
        .filter(|block| block.language == "rego")
        .collect();
    assert_eq!(shown[0].text, policy);
    assert_eq!(shown[1].text, read("examples/policies/team_tag_test.rego"));
    let page = read("README.md");
    let block = blocks(&page)
        .into_iter()
        .find(|block| block.language == "rego")
        .unwrap();
    assert!(
        policy.contains(&block.text),
        "the README shows a part of it"
    );
}

/// Where the commands of the pages find the files that they name.
fn sandbox() -> TempDir {
    let sandbox = tempfile::tempdir().unwrap();
    for (from, to) in [
        ("examples/manifests", "examples/manifests"),
        ("examples/policies", "examples/policies"),
        ("examples/tokens", "examples/tokens"),
        ("examples/manifests", "apps"),
        ("examples/policies", "policies"),
    ] {
        fs::create_dir_all(sandbox.path().join(to)).unwrap();
        for entry in fs::read_dir(path(from)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(
                entry.path(),
                sandbox.path().join(to).join(entry.file_name()),
            )
            .unwrap();
        }
    }
    copy(
        &path("examples/diff"),
        &sandbox.path().join("examples/diff"),
    );
    copy(
        &path("examples/contoso"),
        &sandbox.path().join("examples/contoso"),
    );
    fs::copy(
        path("examples/ztvet.yaml"),
        sandbox.path().join("examples/ztvet.yaml"),
    )
    .unwrap();
    fs::copy(
        path("examples/manifests/shop.json"),
        sandbox.path().join("apps.json"),
    )
    .unwrap();
    sandbox
}

/// A directory with all below it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let from = entry.unwrap().path();
        let to = to.join(from.file_name().unwrap());
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

/// The arguments of a command of a page that runs ztvet.
fn arguments(line: &str) -> Option<Vec<&str>> {
    let line = line
        .strip_prefix("cargo run --release -- ")
        .or(line.strip_prefix("ztvet "))?;
    Some(line.split_whitespace().collect())
}

/// What a line of a page's `sh` block does besides running ztvet: it goes to a directory, or copies or removes files.
fn prepare(directory: &mut PathBuf, line: &str) {
    match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["cd", to] => {
            *directory = directory.join(to);
            assert!(directory.is_dir(), "there is no directory {to}");
        }
        ["cp", "-r", from, to] => copy(&directory.join(from), &directory.join(to)),
        ["rm", name] => fs::remove_file(directory.join(name)).unwrap(),
        _ => {}
    }
}

/// Writes the block that says `title=NAME` to that file, and adds the one that says `add=NAME` to it.
fn save(directory: &Path, block: &Block<'_>) {
    let [title, add] = [" title=", " add="].map(|key| block.language.split_once(key));
    if let Some((_, name)) = title {
        fs::write(directory.join(name), &block.text).unwrap();
    }
    if let Some((_, name)) = add {
        let file = directory.join(name);
        let before = fs::read_to_string(&file).unwrap();
        fs::write(file, before + &block.text).unwrap();
    }
}

/// The exit codes that a line allows: that of its comment `# exit code N`, else any of a run that could complete.
fn codes(line: &str) -> (&str, Vec<i32>) {
    match line.split_once(" # exit code ") {
        Some((line, code)) => (line, vec![code.parse().unwrap()]),
        None => (line, vec![0, 1]),
    }
}

#[test]
fn commands_work_and_print_what_the_pages_say() {
    let mut tried = 0;
    for name in pages() {
        let sandbox = sandbox();
        let page = read(&name);
        let blocks = blocks(&page);
        let mut directory = sandbox.path().to_path_buf();
        for (index, block) in blocks.iter().enumerate() {
            save(&directory, block);
            if block.language != "sh" {
                continue;
            }
            for line in block.text.lines() {
                prepare(&mut directory, line);
                let (line, codes) = codes(line);
                let Some(arguments) = arguments(line) else {
                    continue;
                };
                let output = ztvet(&directory, &arguments);
                let errors = String::from_utf8_lossy(&output.stderr);
                assert!(
                    output
                        .status
                        .code()
                        .is_some_and(|code| codes.contains(&code)),
                    "{name}: `{line}` is not {codes:?}: {errors}"
                );
                let printed = String::from_utf8(output.stdout).unwrap();
                if let Some(shown) = blocks.get(index + 1).filter(|next| next.language == "text") {
                    is_excerpt(&format!("{name}: `{line}`"), &shown.text, &printed);
                }
                tried += 1;
            }
        }
    }
    assert!(tried >= 8, "only {tried} commands were found");
}

/// What stands between the lines `…` must be there, in this order.
fn is_excerpt(command: &str, excerpt: &str, printed: &str) {
    let mut rest = printed;
    for part in excerpt.split("…\n") {
        let found = rest.split_once(part);
        let (_, after) =
            found.unwrap_or_else(|| panic!("{command} does not print\n{part}but\n{printed}"));
        rest = after;
    }
}

#[test]
fn the_image_shows_what_its_command_prints() {
    let image = read("docs/images/check.svg");
    let rows = image.lines().filter(|line| line.starts_with("<text"));
    let mut rows = rows.map(without_markup);
    let command = rows.next().unwrap();
    let arguments = arguments(command.strip_prefix("$ ").unwrap()).unwrap();
    let shown: Vec<String> = rows.collect();
    let printed = stdout(&path(""), &arguments);
    assert_eq!(
        shown.join("\n"),
        printed.trim_end(),
        "draw it again: scripts/screenshot.py {} > docs/images/check.svg",
        arguments.join(" ")
    );
}

fn without_markup(row: &str) -> String {
    let mut text = String::new();
    for part in row.split('<').skip(1) {
        text.push_str(part.split_once('>').unwrap().1);
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

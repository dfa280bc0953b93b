//! The files of `examples/ci` run, pass and fail, and hand on what they write.

use serde_yaml::Value;

use crate::{Repository, path, read, yaml};

/// The lines that run ztvet, wherever in a pipeline they stand.
fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => text
            .lines()
            .filter(|line| line.starts_with("ztvet "))
            .map(str::to_owned)
            .collect(),
        Value::Sequence(items) => items.iter().flat_map(lines).collect(),
        Value::Mapping(items) => items.values().flat_map(lines).collect(),
        _ => Vec::new(),
    }
}

/// Runs them where nothing is new, and where something is. The reports must be there both times.
fn holds_registrations_to_the_rules(pipeline: &Value, reports: &[&str]) {
    let lines = lines(pipeline);
    let is_check = |line: &&String| line.starts_with("ztvet check ");
    assert_eq!(lines.iter().filter(is_check).count(), 1, "{lines:?}");
    for (repository, code) in [(Repository::new(), 0), (Repository::with_findings(), 1)] {
        for line in &lines {
            let ran = repository.run(line);
            ran.ends_with(if is_check(&line) { code } else { 0 });
        }
        for report in reports {
            assert!(repository.path(report).is_file(), "{report} is not written");
        }
    }
}

#[test]
fn gitlab_gets_the_reports_that_it_is_told_of() {
    let pipeline = yaml("examples/ci/gitlab.yml");
    let reports = &pipeline["registrations"]["artifacts"]["reports"];
    let mut files = vec![reports["codequality"].as_str().unwrap()];
    let junit = reports["junit"].as_sequence().unwrap();
    files.extend(junit.iter().map(|file| file.as_str().unwrap()));
    assert_eq!(files.len(), 3);
    holds_registrations_to_the_rules(&pipeline, &files);
}

#[test]
fn azure_pipelines_publishes_what_is_written() {
    let pipeline = yaml("examples/ci/azure-pipelines.yml");
    let steps = pipeline["steps"].as_sequence().unwrap();
    let inputs = |task: &str| {
        let mut steps = steps.iter();
        &steps.find(|step| step["task"] == task).unwrap()["inputs"]
    };
    let tests = &inputs("PublishTestResults@2")["testResultsFiles"];
    let mut files: Vec<&str> = tests.as_str().unwrap().lines().collect();
    let sarif = &inputs("PublishBuildArtifacts@1")["PathtoPublish"];
    files.push(sarif.as_str().unwrap());
    assert_eq!(files.len(), 3);
    holds_registrations_to_the_rules(&pipeline, &files);
}

#[test]
fn github_uses_what_the_action_has() {
    let workflow = yaml("examples/ci/github.yml");
    for line in lines(&workflow) {
        Repository::new().run(&line).ends_with(0);
    }
    let action = yaml("action.yml");
    let steps = workflow["jobs"]["judge"]["steps"].as_sequence().unwrap();
    let uses = |step: &&Value| {
        let action = step["uses"].as_str().unwrap_or_default();
        action.starts_with("your-organisation/ztvet@")
    };
    let with = steps.iter().find(uses).unwrap()["with"]
        .as_mapping()
        .unwrap();
    assert!(with.len() >= 4);
    for input in with.keys() {
        let input = input.as_str().unwrap();
        assert!(!action["inputs"][input].is_null(), "there is no {input}");
    }
}

#[test]
fn all_of_them_are_tried_and_shown() {
    let mut names: Vec<String> = path("examples/ci")
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "azure-pipelines.yml",
            "github.yml",
            "gitlab.yml",
            "pre-commit-config.yaml"
        ]
    );
    let page = read("docs/ci.md");
    for name in names {
        assert!(page.contains(&format!("(../examples/ci/{name})")), "{name}");
    }
}

//! The action for GitHub, whose steps are run as a runner runs them.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_yaml::Value;

use crate::{Repository, path, read, yaml};

/// The variables that `action.yml` makes of its inputs.
const INPUTS: [(&str, &str); 6] = [
    ("PATHS", "apps/"),
    ("CONFIG", ""),
    ("BASELINE", ""),
    ("FAIL_ON", ""),
    ("FORMAT", "github"),
    ("SARIF_FILE", ""),
];

/// What the step left behind.
struct Step {
    ended_well: bool,
    log: String,
    outputs: String,
}

/// Runs the step with some inputs changed.
fn check(repository: &Repository, changed: &[(&str, &str)]) -> Step {
    let outputs = repository.path("outputs");
    let program = Path::new(env!("CARGO_BIN_EXE_ztvet")).parent().unwrap();
    let ran = Command::new("bash")
        .arg(path("scripts/action/check.sh"))
        .current_dir(repository.path(""))
        .env_clear()
        .env("ZTVET_CACHE_DIR", "")
        .envs(INPUTS)
        .envs(changed.iter().copied())
        .env("PATH", format!("{}:/usr/bin:/bin", program.display()))
        .env("GITHUB_OUTPUT", &outputs)
        .env("GITHUB_STEP_SUMMARY", repository.path("summary.md"))
        .output()
        .unwrap();
    Step {
        ended_well: ran.status.success(),
        log: String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap(),
        outputs: fs::read_to_string(outputs).unwrap_or_default(),
    }
}

#[test]
fn findings_are_written_before_they_fail_the_job() {
    let repository = Repository::with_findings();
    let step = check(&repository, &[("SARIF_FILE", "ztvet.sarif")]);
    assert!(step.ended_well, "{}", step.log);
    assert_eq!(step.outputs, "exit-code=1\nsarif-file=ztvet.sarif\n");
    assert!(
        step.log.contains("::error file=apps/shop.json,"),
        "{}",
        step.log
    );
    assert!(repository.read("summary.md").contains("AB-101"));
    assert!(repository.read("ztvet.sarif").contains("\"AB-101\""));
}

#[test]
fn inputs_are_those_of_the_command() {
    let repository = Repository::new();
    let new = [("BASELINE", "baseline.json"), ("FAIL_ON", "new")];
    assert_eq!(check(&repository, &new).outputs, "exit-code=0\n");
    repository.add("shop.json");
    fs::remove_file(repository.path("outputs")).unwrap();
    assert_eq!(check(&repository, &new).outputs, "exit-code=1\n");

    fs::write(
        repository.path("mine.yaml"),
        "version: 1\nfail_on: medium\n",
    )
    .unwrap();
    let two = "apps/orders-api.json\r\n\napps/shop.json";
    let inputs = [("PATHS", two), ("CONFIG", "mine.yaml"), ("FORMAT", "table")];
    let step = check(&repository, &inputs);
    assert!(step.log.contains("judged 2 applications"), "{}", step.log);
}

#[test]
fn a_report_of_an_earlier_run_is_not_handed_on() {
    let repository = Repository::new();
    fs::write(repository.path("ztvet.sarif"), "{}").unwrap();
    let inputs = [("SARIF_FILE", "ztvet.sarif"), ("CONFIG", "missing.yaml")];
    let step = check(&repository, &inputs);
    assert_eq!(step.outputs, "exit-code=2\n", "{}", step.log);
}

#[test]
fn no_input_is_a_command() {
    let repository = Repository::with_findings();
    for hostile in [
        "$(touch pwned)",
        "`touch pwned`",
        "\"; touch pwned; \"",
        "a\ntouch pwned",
        "a\nexit-code=0",
        "--output=pwned",
    ] {
        for (input, _) in INPUTS {
            let step = check(&repository, &[(input, hostile)]);
            assert!(!repository.path("pwned").exists(), "{input}={hostile}");
            let codes = step.outputs.matches("exit-code=").count();
            assert!(codes <= 1, "{input}={hostile}: {}", step.outputs);
            assert!(!step.outputs.contains("exit-code=0"), "{input}={hostile}");
            fs::remove_file(repository.path("outputs")).ok();
        }
    }
}

#[test]
fn no_script_has_an_expression_in_it() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    let runs = steps.iter().filter(|step| !step["run"].is_null());
    for step in runs.clone() {
        assert!(!step["run"].as_str().unwrap().contains("${{"), "{step:?}");
        assert_eq!(step["shell"], "bash");
    }
    let variables = |step: &Value| {
        let names = step["env"].as_mapping().unwrap().keys();
        let names: Vec<String> = names.map(|key| key.as_str().unwrap().to_owned()).collect();
        names
    };
    let is_check = |step: &&Value| step["id"] == "check";
    let given = variables(steps.iter().find(is_check).unwrap());
    for (name, _) in INPUTS {
        assert!(given.iter().any(|given| given == name), "{name}");
    }
    let text = read("action.yml");
    for input in action["inputs"].as_mapping().unwrap().keys() {
        let input = input.as_str().unwrap();
        assert!(text.contains(&format!("inputs.{input}")), "{input} is idle");
    }
}

#[test]
fn what_fails_the_check_is_uploaded_before_the_verdict() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    let names: Vec<&str> = steps.iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "Install ztvet",
            "Check",
            "Upload to code scanning",
            "Verdict"
        ]
    );
    for code in ["0", "1", "2"] {
        let verdict = Command::new("bash")
            .args(["-c", steps[3]["run"].as_str().unwrap()])
            .env("EXIT_CODE", code)
            .status();
        assert_eq!(
            verdict.unwrap().code().map(|code| code.to_string()),
            Some(code.to_owned())
        );
    }
}

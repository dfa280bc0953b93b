//! Tokens on the command line, and what is never shown of them.

use std::sync::LazyLock;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::issuer::*;
use crate::support::run;

/// A rule that repeats all that it sees of a user.
const TELLS_ALL: &str = r#"
# METADATA
# title: Tells all
# custom:
#   id: TELLS
#   severity: high
#   applies_to: [token]
#   raw: true
package tells

deny contains finding if {
	claims := input.token.claims
	finding := {"at": "token.claims", "message": sprintf("it is %s, %s", [claims.name, claims.preferred_username]), "all": claims, "raw": input.raw}
}
"#;

fn directory(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let keys = json!({"keys": published()}).to_string();
    for (name, text) in files.iter().chain(&[
        ("keys.json", keys.as_str()),
        ("rules/tells.rego", TELLS_ALL),
    ]) {
        let path = directory.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    directory
}

/// The inputs of the tokens that standard input holds.
fn normalized(input: &str, more: &[&str]) -> Value {
    let directory = directory(&[]);
    let ran = run(
        directory.path(),
        input,
        [&["normalize", "-", "--now", NOW], more].concat(),
    );
    ran.ends_with(0);
    ran.json()
}

#[test]
fn tokens_are_read_from_files_and_standard_input() {
    let token = sign(json!({}));
    let input = normalized(&format!("# two\nBearer {token}\n\n{token}\n"), &[]);
    assert_eq!(input.as_array().unwrap().len(), 2);
    assert_eq!(input[0]["kind"], "token");
    assert_eq!(input[0]["source"]["format"], "jwt");
    assert_eq!(input[0]["token"]["expires_in_seconds"], 2700);
    assert_eq!(input[0]["token"]["signature"]["status"], "unchecked");
    let input = normalized(&claims(json!({})).to_string(), &[]);
    assert_eq!(input["source"]["format"], "claims");
    let input = normalized(&token, &["--jwks", "keys.json"]);
    assert_eq!(
        input["token"]["signature"],
        json!({"status": "verified", "reason": null})
    );

    let directory = directory(&[
        ("all/a.jwt", &token),
        ("all/b.json", &claims(json!({})).to_string()),
    ]);
    let ran = run(directory.path(), "", ["normalize", "all", "--now", NOW]);
    assert_eq!(ran.json().as_array().unwrap().len(), 2, "{}", ran.all());
}

#[test]
fn keys_come_from_the_configuration_too() {
    let config = "tokens: {jwks: keys.json}";
    let token = sign(json!({}));
    let directory = directory(&[
        ("conf/ztvet.yaml", config),
        ("conf/keys.json", &json!({"keys": published()}).to_string()),
    ]);
    let arguments = [
        "normalize",
        "-",
        "--now",
        NOW,
        "--config",
        "conf/ztvet.yaml",
    ];
    let ran = run(directory.path(), &token, arguments);
    assert_eq!(ran.json()["token"]["signature"]["status"], "verified");
    let missing = ["normalize", "-", "--jwks", "missing.json"];
    let ran = run(directory.path(), &token, missing);
    ran.fails_with("missing.json: cannot be read");
}

#[test]
fn a_broken_token_in_a_directory_is_an_error() {
    let token = sign(json!({}));
    let directory = directory(&[
        ("all/a.jwt", &token[..token.len() - 6].replace('.', "..")),
        ("all/b.jwt", &token),
    ]);
    let ran = run(directory.path(), "", ["check", "all"]);
    ran.ends_with(2);
    assert!(
        ran.all().contains("all/a.jwt:1:1: the token is encrypted"),
        "{}",
        ran.all()
    );
}

#[test]
fn a_token_is_no_argument() {
    let token = sign(json!({}));
    let directory = directory(&[]);
    for arguments in [
        vec!["check", &token],
        vec!["normalize", &token],
        vec!["check", "Bearer", &token],
        vec![token.as_str()],
        vec!["check", "--jwks", &token],
        vec!["rules", &token],
        vec!["check", &format!("--config={token}")],
    ] {
        let ran = run(directory.path(), "", &arguments);
        ran.ends_with(2);
        let all = ran.all();
        assert!(
            all.contains("a token is not read from an argument"),
            "{all}"
        );
        assert!(all.contains("ztvet check -"), "{all}");
        assert!(
            !all.contains("eyJ") && !all.contains(&token[token.len() - 20..]),
            "{all}"
        );
    }
    let report = ztvet::Engine::builder()
        .policy("a.rego", TELLS_ALL)
        .unwrap()
        .build()
        .unwrap()
        .check_path(&token);
    assert_eq!(report.errors.len(), 1);
    assert!(
        !format!("{:?}", report.errors).contains("eyJ"),
        "{:?}",
        report.errors
    );
}

static MASKED: LazyLock<Vec<String>> = LazyLock::new(|| outputs(&[]));
static SHOWN: LazyLock<Vec<String>> = LazyLock::new(|| outputs(&["--show-personal-data"]));

/// All that the program says of tokens in every form.
fn outputs(more: &[&str]) -> Vec<String> {
    let token = sign(json!({}));
    let all = claims(json!({}));
    let decoded = json!({"header": header(json!({})), "payload": all, "signature": token.rsplit_once('.').unwrap().1});
    let files = [
        ("token.jwt", format!("Authorization: Bearer {token}\n")),
        ("claims.json", serde_json::to_string_pretty(&all).unwrap()),
        ("line.json", all.to_string()),
        (
            "decoded.json",
            serde_json::to_string_pretty(&decoded).unwrap(),
        ),
        ("bad.jwt", format!("{token}=")),
        ("cut.jwt", token[..token.len() / 2].to_owned()),
        ("twice.jwt", format!("{token}.{token}")),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let directory = directory(&files);
    let mut outputs = Vec::new();
    for (name, _) in &files {
        for command in [
            vec!["check", name, "--policy", "rules", "--select", "TELLS"],
            vec![
                "check", name, "--policy", "rules", "--select", "TELLS", "--color", "always",
            ],
            vec![
                "check", name, "--policy", "rules", "--select", "TELLS", "--format", "json",
            ],
            vec![
                "check", name, "--policy", "rules", "--select", "TELLS", "--format", "sarif",
            ],
            vec![
                "check",
                name,
                "--policy",
                "rules",
                "--select",
                "TELLS",
                "--jwks",
                "keys.json",
            ],
            vec!["normalize", name],
        ] {
            let command = [command, more.to_vec()].concat();
            outputs.push(run(directory.path(), "", &command).all());
        }
    }
    outputs
}

#[test]
fn no_output_shows_a_token_or_a_signature() {
    let token = sign(json!({}));
    for outputs in [&MASKED, &SHOWN] {
        for output in outputs.iter() {
            for part in token.split('.') {
                for piece in [&part[..16], &part[part.len() - 16..]] {
                    assert!(!output.contains(piece), "{output}");
                }
            }
        }
    }
}

#[test]
fn personal_data_is_masked_unless_asked_for() {
    let token = sign(json!({}));
    let mut told = 0;
    for output in MASKED.iter() {
        assert!(
            !output.contains("Ada") && !output.contains("ada@contoso"),
            "{output}"
        );
        told += usize::from(output.contains("it is ***, ***"));
    }
    assert!(told >= 16, "{told}");
    assert!(
        SHOWN
            .iter()
            .any(|output| output.contains("it is Ada Lovelace, ada@contoso.com"))
    );

    let directory = directory(&[("ztvet.yaml", "tokens: {personal_claims: [oid]}")]);
    let ran = run(directory.path(), &token, ["normalize", "-"]);
    let input = ran.json();
    assert_eq!(input["token"]["claims"]["oid"], "***");
    assert_eq!(input["token"]["claims"]["name"], "***");
    assert_eq!(input["token"]["claims"]["aud"], API);
}

#[test]
fn the_given_document_is_masked_too() {
    let all = claims(json!({}));
    let wrapped = json!({"header": header(json!({})), "claims": all, "signature": "c2ln"});
    let directory = directory(&[
        ("in/a.json", &all.to_string()),
        ("in/b.json", &wrapped.to_string()),
        ("in/c.json", &json!([all]).to_string()),
        ("in/d.jwt", &sign(json!({}))),
    ]);
    let engine = ztvet::Engine::builder()
        .policy("a.rego", TELLS_ALL)
        .unwrap();
    let inputs = engine
        .build()
        .unwrap()
        .normalize_paths(&[directory.path().join("in")])
        .inputs;
    assert_eq!(inputs.len(), 4);
    for input in inputs {
        let text = serde_json::to_string(&input).unwrap();
        assert!(
            text.contains("\"raw\":") && text.matches("\"name\":\"***\"").count() == 2,
            "{text}"
        );
        assert!(!text.contains("Ada") && !text.contains("c2ln"), "{text}");
        assert!(
            !format!("{input:?}").contains("fqiBqXLPj0eQa82SIYFAA\","),
            "{input:?}"
        );
    }
}

//! Several reports of one run.

use crate::sandbox::Sandbox;

const CHECK: &str = "check shop.json --select AB-101";

#[test]
fn each_format_has_its_own_place() {
    for outputs in [
        "--format sarif --output a.sarif --format table",
        "--format table --format sarif --output a.sarif",
        "--format table -f sarif -o a.sarif",
    ] {
        let sandbox = Sandbox::shop();
        let ran = sandbox.run(&format!("{CHECK} {outputs}"));
        ran.ends_with(1);
        assert!(ran.stdout.starts_with("shop.json: "), "{}", ran.all());
        let sarif = sandbox.read("a.sarif");
        assert!(sarif.contains("\"version\": \"2.1.0\""), "{sarif}");
    }
    let sandbox = Sandbox::shop();
    let ran = sandbox.run(&format!(
        "{CHECK} --format json -o a.json --format sarif -o a.sarif --format table -o a.txt"
    ));
    ran.ends_with(1);
    assert_eq!(ran.stdout, "");
    assert_eq!(sandbox.names(), ["a.json", "a.sarif", "a.txt", "shop.json"]);
    assert!(sandbox.read("a.json").contains("ztvet/report/v1"));
    assert!(sandbox.read("a.txt").starts_with("shop.json: "));
}

#[test]
fn a_page_for_a_browser_says_what_rules_say_of_themselves() {
    let sandbox = Sandbox::shop();
    let ran = sandbox.run(&format!("{CHECK} --format html -o a.html"));
    ran.ends_with(1);
    assert_eq!(ran.stdout, "");
    let page = sandbox.read("a.html");
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    for text in ["AB-101", "1 high", "shop.json:", "over plain HTTP anyone"] {
        let has = page.to_lowercase().contains(&text.to_lowercase());
        assert!(has, "there is no `{text}` in\n{page}");
    }
}

#[test]
fn one_format_and_one_file_stand_in_either_order() {
    for outputs in ["-o a.txt --format json", "--format json -o a.txt"] {
        let sandbox = Sandbox::shop();
        let ran = sandbox.run(&format!("{CHECK} {outputs}"));
        assert_eq!(ran.stdout, "");
        assert!(sandbox.read("a.txt").contains("ztvet/report/v1"));
    }
    let sandbox = Sandbox::shop();
    sandbox.run(&format!("{CHECK} -o a.txt")).ends_with(1);
    assert!(sandbox.read("a.txt").starts_with("shop.json: "));
}

#[test]
fn what_is_not_clear_is_refused_before_anything_is_judged() {
    for (outputs, message) in [
        (
            "--format table --format json",
            "only one report can go to standard output",
        ),
        (
            "--format table -o a --format json -o a",
            "two reports cannot go to `a`",
        ),
        (
            "-o a -o b",
            "`--output` is given 2 times, and `--format` 1: give each report its own `--format`",
        ),
        (
            "--format json -o a -o b --format table",
            "`--output b` does not follow a `--format` of its own",
        ),
        (
            "-o a --format json --format table",
            "`--output a` does not follow a `--format` of its own",
        ),
    ] {
        let sandbox = Sandbox::shop();
        let ran = sandbox.run(&format!("{CHECK} {outputs}"));
        ran.fails_with(message);
        assert_eq!(
            (ran.stdout.as_str(), sandbox.names()),
            ("", vec!["shop.json".to_owned()])
        );
    }
}

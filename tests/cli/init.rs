//! `ztvet init`: what it writes works at once.

use std::process::Command;

use insta::assert_snapshot;

use crate::sandbox::{SHOP, Sandbox, found};

#[test]
fn what_is_written_works() {
    let sandbox = Sandbox::new(&[]);
    let ran = sandbox.run("init");
    ran.ends_with(0);
    assert_snapshot!(ran.stdout, @"
    wrote ./ztvet.yaml
    wrote ./policies/redirect_domain.rego
    wrote ./policies/redirect_domain_test.rego

    next:
      ztvet test                      # run the tests of the policy
      az ad app list --all > apps.json
      ztvet check apps.json           # judge your registrations by it and by the bundled rules
    ");
    let ran = sandbox.run("test --coverage --threshold 100");
    ran.ends_with(0);
    assert!(ran.stdout.contains("ok: 7 passed"), "{}", ran.all());

    sandbox.write("shop.json", SHOP.replace("http:", "https:").as_bytes());
    let report = sandbox.report("shop.json --select OWN-001");
    assert_eq!(found(&report), ["OWN-001"]);
    assert_eq!(report["errors"].as_array().map(Vec::len), Some(0));
    sandbox.run("check shop.json").ends_with(1);
}

#[test]
fn opa_agrees() {
    let sandbox = Sandbox::new(&[]);
    sandbox.run("init mine").ends_with(0);
    for arguments in [
        &["test", "mine/policies"] as &[&str],
        &["fmt", "--fail", "--list", "mine/policies"],
        &["check", "--strict", "mine/policies"],
    ] {
        let ran = Command::new("opa")
            .args(arguments)
            .current_dir(sandbox.path(""))
            .output();
        match ran {
            Ok(ran) => assert!(ran.status.success(), "opa {arguments:?}: {ran:?}"),
            // The continuous integration has it.
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
        }
    }
}

#[test]
fn nothing_is_overwritten() {
    let sandbox = Sandbox::new(&[("mine/ztvet.yaml", "version: 1\n")]);
    let ran = sandbox.run("init mine");
    ran.fails_with("`mine/ztvet.yaml` is there already, and nothing was written");
    assert_eq!(sandbox.read("mine/ztvet.yaml"), "version: 1\n");
    assert!(!sandbox.path("mine/policies").exists());
    assert_eq!(ran.stdout, "");
}

//! `ztvet man`: a page for the program and one for each command.

use std::process::{Command, Stdio};

use crate::sandbox::Sandbox;

#[test]
fn every_command_has_a_page() {
    let sandbox = Sandbox::new(&[]);
    let ran = sandbox.run("man share/man1");
    ran.ends_with(0);
    assert_eq!(ran.all(), "exit code 0\n");
    let program = sandbox.read("share/man1/ztvet.1");
    let mut pages = 0;
    for line in program.lines().filter(|line| line.contains("\\-")) {
        let Some(name) = line.strip_suffix("(1)") else {
            continue;
        };
        let name = name.replace("\\-", "-");
        let page = sandbox.read(&format!("share/man1/{name}.1"));
        let command = name.replace('-', " ");
        assert!(page.contains(&format!("\\fB{command}\\fR")), "{page}");
        pages += 1;
    }
    assert!(pages >= 8, "{program}");
    let check = sandbox.read("share/man1/ztvet-check.1");
    assert!(check.contains("\\fB\\-\\-fail\\-on\\fR"), "{check}");
    assert!(
        check.contains(concat!("\"ztvet ", env!("CARGO_PKG_VERSION"), "\"")),
        "{check}"
    );
}

#[test]
fn groff_renders_them_without_a_warning() {
    let sandbox = Sandbox::new(&[]);
    sandbox.run("man .").ends_with(0);
    for page in sandbox.names() {
        let ran = Command::new("groff")
            .args(["-man", "-Tascii", "-ww", "-z", &page])
            .current_dir(sandbox.path(""))
            .stdin(Stdio::null())
            .output();
        match ran {
            Ok(ran) => assert!(ran.status.success() && ran.stderr.is_empty(), "{ran:?}"),
            // Not every machine has it.
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
        }
    }
}

#[test]
fn a_directory_that_cannot_be_made_is_2() {
    let sandbox = Sandbox::new(&[("taken", "")]);
    sandbox.run("man taken").fails_with("cannot write `taken`");
}

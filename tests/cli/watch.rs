//! `ztvet test --watch`: runs again when a file changes, until it is ended.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::sandbox::Sandbox;

/// Ends the process whatever the test does.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The lines that a reader gives, as they come.
fn lines(reader: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(reader).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

#[track_caller]
fn wait_for(lines: &Receiver<String>, text: &str) {
    loop {
        match lines.recv_timeout(Duration::from_secs(60)) {
            Ok(line) if line.contains(text) => return,
            Ok(_) => {}
            Err(error) => panic!("`{text}` did not come: {error}"),
        }
    }
}

#[test]
fn a_change_runs_the_tests_again() {
    let sandbox = Sandbox::new(&[("own_test.rego", "package own_test\n\ntest_x if true\n")]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_ztvet"))
        .args(["test", "--watch", "."])
        .current_dir(sandbox.path(""))
        .env_clear()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let _child = Ended(child);
    let (results, messages) = (lines(stdout), lines(stderr));
    wait_for(&results, "ok: 1 passed");
    wait_for(&messages, "waiting for changes");
    sandbox.write("own_test.rego", b"package own_test\n\ntest_x if 1 == 2\n");
    wait_for(&results, "FAILED: 0 passed, 1 failed");
    // What cannot be loaded is told, and does not end it.
    sandbox.write("own_test.rego", b"package own_test\n\ntest_x if {\n");
    wait_for(&messages, "error: own_test.rego:4:");
    sandbox.write("own_test.rego", b"package own_test\n\ntest_x if true\n");
    wait_for(&results, "ok: 1 passed");
}

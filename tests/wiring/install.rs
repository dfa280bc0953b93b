//! How the action for GitHub gets a program.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::path;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const ARCHIVE: &str = "ztvet-x86_64-unknown-linux-gnu.tar.gz";

/// A machine that runs jobs, with a `cargo` that only tells how it is called.
struct Runner(TempDir);

impl Runner {
    fn new() -> Self {
        let runner = Self(tempfile::tempdir().unwrap());
        runner.program("tools/cargo", "echo \"cargo $*\"");
        runner
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn program(&self, name: &str, script: &str) {
        let file = self.path(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Publishes a release.
    fn release(&self, version: &str) {
        self.program("made/ztvet-x86_64/ztvet", "echo released");
        let directory = self.path(&format!("releases/v{version}"));
        fs::create_dir_all(&directory).unwrap();
        let commands = format!(
            "tar -czf {ARCHIVE} -C ../../made ztvet-x86_64 && (sha256sum {ARCHIVE} || shasum -a 256 {ARCHIVE}) >{ARCHIVE}.sha256"
        );
        let made = Command::new("sh")
            .args(["-c", &commands])
            .current_dir(directory)
            .output();
        assert!(made.unwrap().status.success());
    }

    fn install(&self, version: &str) -> Output {
        let releases = format!("file://{}", self.path("releases").display());
        Command::new("bash")
            .arg(path("scripts/action/install.sh"))
            .env_clear()
            .env(
                "PATH",
                format!("{}:/usr/bin:/bin", self.path("tools").display()),
            )
            .env("VERSION", version)
            .env("SOURCE", path(""))
            .env("RELEASES", releases)
            .env("RUNNER_OS", "Linux")
            .env("RUNNER_ARCH", "X64")
            .env("RUNNER_TEMP", self.path("temp"))
            .env("GITHUB_PATH", self.path("added"))
            .output()
            .unwrap()
    }

    /// The directory that the job finds programs in from now on.
    fn added(&self) -> Option<PathBuf> {
        let text = fs::read_to_string(self.path("added")).ok()?;
        Some(PathBuf::from(text.trim_end()))
    }
}

fn log(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_release_is_unpacked() {
    let runner = Runner::new();
    runner.release(VERSION);
    runner.release("9.9.9");
    for version in ["", "9.9.9", "v9.9.9"] {
        let output = runner.install(version);
        assert!(output.status.success(), "{}", log(&output));
        let program = runner.added().unwrap().join("ztvet");
        let ran = Command::new(program).output().unwrap();
        assert_eq!(ran.stdout, b"released\n");
        fs::remove_file(runner.path("added")).unwrap();
    }
}

#[test]
fn a_release_that_was_changed_is_refused() {
    let runner = Runner::new();
    runner.release(VERSION);
    let sum = runner.path(&format!("releases/v{VERSION}/{ARCHIVE}.sha256"));
    fs::write(sum, format!("{}  {ARCHIVE}\n", "0".repeat(64))).unwrap();
    let output = runner.install("");
    assert!(!output.status.success());
    assert!(log(&output).contains("the checksum of"), "{}", log(&output));
    assert_eq!(runner.added(), None);
}

#[test]
fn the_own_source_is_built_where_there_is_no_release() {
    let runner = Runner::new();
    let output = runner.install("");
    assert!(output.status.success(), "{}", log(&output));
    assert!(
        log(&output).contains("cargo install --locked --path"),
        "{}",
        log(&output)
    );
    assert!(runner.added().unwrap().ends_with("bin"));
}

#[test]
fn no_other_version_is_built_and_none_is_a_path() {
    for (version, message) in [
        ("9.9.9", "there is no release 9.9.9"),
        ("../../evil", "the input version is not one"),
        ("$(touch pwned)", "the input version is not one"),
    ] {
        let runner = Runner::new();
        let output = runner.install(version);
        assert!(!output.status.success());
        assert!(log(&output).contains(message), "{}", log(&output));
        assert_eq!(runner.added(), None);
    }
}

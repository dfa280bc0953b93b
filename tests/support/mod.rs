//! The binary, run as its users run it.

use std::ffi::OsStr;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// What a run left behind.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs `ztvet` in a directory, in an empty environment, with something on standard input.
pub fn run(
    directory: &Path,
    input: &str,
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_ztvet"))
        .args(arguments)
        .current_dir(directory)
        .env_clear()
        .env("ZTVET_CACHE_DIR", "")
        .write_stdin(input)
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {}", self.all()))
    }

    /// Everything that was said, for the message of a failed test.
    pub fn all(&self) -> String {
        format!("exit code {}\n{}{}", self.code, self.stdout, self.stderr)
    }

    #[track_caller]
    pub fn ends_with(&self, code: i32) {
        assert_eq!(self.code, code, "{}", self.all());
    }

    /// The run could not be completed, and said why on standard error.
    #[track_caller]
    pub fn fails_with(&self, message: &str) {
        self.ends_with(2);
        assert!(self.stderr.contains(message), "{}", self.all());
        assert!(self.stderr.starts_with("error: "), "{}", self.all());
    }
}

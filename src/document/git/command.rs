//! The `git` command.

use std::ffi::OsStr;
use std::io;
use std::process::{Command, Output, Stdio};

use super::{Commit, GitError};

/// A command that reads, and asks nobody: neither a remote nor a user.
pub(super) fn git() -> Command {
    let mut command = Command::new("git");
    command
        .args(["--no-pager", "--literal-pathspecs", "--no-replace-objects"])
        // Older versions know only the second.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_ALLOW_PROTOCOL", "none")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

pub(super) fn not_started(error: &io::Error) -> GitError {
    if error.kind() == io::ErrorKind::NotFound {
        return GitError::new("there is no `git` command")
            .help("install git, or compare two directories: `ztvet diff OLD NEW`");
    }
    GitError::new(format!("`git` cannot be run: {error}"))
}

pub(super) fn run<S: AsRef<OsStr>>(arguments: &[S]) -> Result<Output, GitError> {
    let output = git().args(arguments).output();
    output.map_err(|error| not_started(&error))
}

/// What git said, in one line.
pub(super) fn complaint(output: &Output) -> GitError {
    let said = String::from_utf8_lossy(&output.stderr);
    let fatal = said.lines().find_map(|line| line.strip_prefix("fatal: "));
    let line = fatal.or(said.lines().next()).unwrap_or_default();
    let error = GitError::new(match line.trim() {
        "" => format!("`git` failed ({})", output.status),
        line => format!("git: {line}"),
    });
    let is_partial = said.contains("promisor") || said.contains("lazy fetching");
    if is_partial {
        error.help(PARTIAL)
    } else {
        error
    }
}

/// What to do where objects are missing.
pub(super) const PARTIAL: &str = "a partial clone lacks files, and nothing is fetched here: `git fetch --refetch --no-filter` gets them";

/// The commit that a revision names; `HEAD` where it is empty.
pub(super) fn commit(revision: &str) -> Result<Commit, GitError> {
    let name = if revision.is_empty() {
        "HEAD"
    } else {
        revision
    };
    let object = format!("{name}^{{commit}}");
    let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
    let output = run(&[&arguments[..], &[&object]].concat())?;
    if output.status.success() {
        return Ok(Commit {
            name: name.to_owned(),
            id: line(&output),
        });
    }
    if !output.stderr.is_empty() {
        return Err(complaint(&output));
    }
    let error = GitError::new(format!("`{name}` is no revision of this repository"));
    Err(if is_shallow() {
        error.help(SHALLOW)
    } else {
        error.help("`git branch --all` lists what there is; fetch what is not")
    })
}

const SHALLOW: &str = "the clone is shallow: `git fetch --unshallow` gets the rest (`fetch-depth: 0` of actions/checkout)";

fn is_shallow() -> bool {
    let output = run(&["rev-parse", "--is-shallow-repository"]);
    output.is_ok_and(|output| line(&output) == "true")
}

/// Where the second left the first.
pub(super) fn merge_base(old: &Commit, new: &Commit) -> Result<Commit, GitError> {
    let output = run(&["merge-base", &old.id, &new.id])?;
    if output.status.success() {
        let id = line(&output);
        const SHORT: usize = 12;
        return Ok(Commit {
            name: id.get(..SHORT).unwrap_or(&id).to_owned(),
            id,
        });
    }
    if !output.stderr.is_empty() {
        return Err(complaint(&output));
    }
    let message = format!(
        "`{}` and `{}` have no ancestor in common",
        old.name, new.name
    );
    let error = GitError::new(message);
    Err(if is_shallow() {
        error.help(SHALLOW)
    } else {
        error
    })
}

fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

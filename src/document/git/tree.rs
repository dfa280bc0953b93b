//! The files of a commit.

use std::ffi::OsStr;
use std::path::Path;

use super::GitError;
use super::command::{complaint, run};

/// A file of a commit.
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// The id of its contents.
    pub(super) id: String,
    /// In bytes.
    pub(super) size: u64,
    /// From the working directory.
    pub(super) path: String,
    /// From the root of the repository.
    pub(super) full_path: String,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    /// A symbolic link.
    Link,
    /// Another repository.
    Module,
}

/// The files under a path, at any depth.
pub(super) fn files(commit: &str, path: &Path) -> Result<Vec<Entry>, GitError> {
    let mut files = list(&[], commit, path.as_os_str())?;
    // The same files in the same order.
    let full = list(&["--full-name"], commit, path.as_os_str())?;
    for (file, full) in files.iter_mut().zip(full) {
        file.full_path = full.path;
    }
    Ok(files)
}

/// All files of the repository.
pub(super) fn all(commit: &str) -> Result<Vec<Entry>, GitError> {
    list(&["--full-tree"], commit, OsStr::new(""))
}

fn list(options: &[&str], commit: &str, path: &OsStr) -> Result<Vec<Entry>, GitError> {
    let fixed = ["ls-tree", "-r", "-l", "-z"];
    let arguments = fixed.iter().chain(options).chain([&commit, &"--"]);
    let mut arguments: Vec<&OsStr> = arguments.map(OsStr::new).collect();
    if !path.is_empty() {
        arguments.push(path);
    }
    let output = run(&arguments)?;
    if !output.status.success() {
        return Err(complaint(&output));
    }
    let lines = output.stdout.split(|byte| *byte == 0);
    lines.filter(|line| !line.is_empty()).map(entry).collect()
}

/// `100644 blob <id>     195<tab>apps/shop.json`
fn entry(line: &[u8]) -> Result<Entry, GitError> {
    let line = String::from_utf8_lossy(line);
    let entry = line.split_once('\t').and_then(|(about, path)| {
        let mut words = about.split_whitespace();
        let (mode, kind, id, size) = (words.next()?, words.next()?, words.next()?, words.next()?);
        Some(Entry {
            kind: match (mode, kind) {
                ("120000", _) => Kind::Link,
                (_, "blob") => Kind::File,
                _ => Kind::Module,
            },
            id: id.to_owned(),
            size: size.parse().unwrap_or_default(),
            path: path.to_owned(),
            full_path: path.to_owned(),
        })
    });
    entry.ok_or_else(|| GitError::new(format!("git lists a file in a form of its own: `{line}`")))
}

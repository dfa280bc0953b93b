//! The files of two revisions of a git repository, as the `git` command gives them. The work tree is left alone, and
//! nothing is fetched.

mod blobs;
mod command;
mod ignored;
mod tree;

use std::path::Path;

use self::blobs::Blobs;
use self::ignored::Ignored;
use super::walk::{Found, Origin, Source, is_hidden, wanted};
use super::{DocumentError, Held, Limits, display_path};

/// Why the files of a revision cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct GitError {
    /// What is wrong.
    pub message: String,
    /// What to do, where that is known.
    pub help: Option<String>,
}

impl GitError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, help: &str) -> Self {
        self.help = Some(help.to_owned());
        self
    }
}

/// The files of a revision.
#[derive(Debug, Clone)]
pub struct Revision {
    /// As it was given, such as `main`; the commit where it was given by its descendants.
    pub name: String,
    /// Its files that may be read, under their paths from the working directory.
    pub found: Found,
}

/// The two revisions that `main..HEAD` names, or `main...HEAD`: the second, and where it left the first. What is left out
/// is `HEAD`. Of the files under `path`, those are taken that a walk through a directory would take; a file that `path`
/// names itself is taken in any case.
///
/// # Errors
/// When there is no `git` command, no repository, or no such revision, or `path` is in neither.
pub fn revisions(
    range: &str,
    path: &Path,
    limits: &Limits,
) -> Result<(Revision, Revision), GitError> {
    let (old, new) = commits(range)?;
    let shown = display_path(path);
    let path = Path::new(&shown);
    let (old_files, new_files) = (tree::files(&old.id, path)?, tree::files(&new.id, path)?);
    if old_files.is_empty() && new_files.is_empty() {
        let message = format!(
            "`{shown}` is neither in `{}` nor in `{}`",
            old.name, new.name
        );
        return Err(GitError::new(message));
    }
    let mut blobs = Blobs::start()?;
    let mut revision = |commit: Commit, files: &[tree::Entry]| {
        let ignored = Ignored::read(&tree::all(&commit.id)?, &mut blobs)?;
        let found = found(files, path, &ignored, &mut blobs, limits)?;
        Ok(Revision {
            name: commit.name,
            found,
        })
    };
    let old = revision(old, &old_files)?;
    Ok((old, revision(new, &new_files)?))
}

/// A commit, and what people call it.
struct Commit {
    name: String,
    id: String,
}

fn commits(range: &str) -> Result<(Commit, Commit), GitError> {
    const FORM: &str = "give two revisions: `main..HEAD`, or `main...HEAD` for what HEAD changed since it left main";
    let is_merge_base = range.contains("...");
    let separator = if is_merge_base { "..." } else { ".." };
    let (old, new) = range
        .split_once(separator)
        .ok_or_else(|| GitError::new(format!("`{range}` is no range of revisions")).help(FORM))?;
    let (old, new) = (command::commit(old)?, command::commit(new)?);
    if !is_merge_base {
        return Ok((old, new));
    }
    Ok((command::merge_base(&old, &new)?, new))
}

fn found(
    files: &[tree::Entry],
    path: &Path,
    ignored: &Ignored,
    blobs: &mut Blobs,
    limits: &Limits,
) -> Result<Found, GitError> {
    let mut found = Found::default();
    for file in files {
        let shown = Path::new(&file.path);
        let is_named = shown == path;
        let below = shown.strip_prefix(path).unwrap_or(shown);
        if !is_named && (is_hidden(below) || ignored.has(&file.full_path)) {
            continue;
        }
        match file.kind {
            tree::Kind::Module => found.modules.push(file.path.clone()),
            _ if !is_named && !wanted(below) => {}
            tree::Kind::Link => found.links.push(file.path.clone()),
            tree::Kind::File if file.size > limits.max_bytes => {
                let message = format!("larger than {} bytes", limits.max_bytes);
                found.errors.push(DocumentError::whole(&file.path, message));
            }
            tree::Kind::File => match blobs.read(file)? {
                bytes if is_large_file_pointer(&bytes) => found.errors.push(large_file(file)),
                bytes => found.sources.push(Source {
                    origin: Origin::Held(Held::new(&file.path, bytes)),
                    named: is_named,
                }),
            },
        }
    }
    found.sources.sort_by_key(Source::path);
    Ok(found)
}

fn is_large_file_pointer(bytes: &[u8]) -> bool {
    bytes.starts_with(b"version https://git-lfs.github.com/spec/")
}

fn large_file(file: &tree::Entry) -> DocumentError {
    let message = "its contents are in Git LFS, and not in the repository";
    let mut error = DocumentError::whole(&file.path, message);
    error.help = Some("check two checkouts out, and compare their directories".to_owned());
    error
}

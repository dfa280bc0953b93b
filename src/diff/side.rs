//! One of the two versions that are compared: a path, or a revision.

use std::path::{Path, PathBuf};

use super::Version;
use crate::document::git::Revision;
use crate::document::{Found, Held, Limits, Origin, display_path, find};
use crate::finding::Location;

/// What is read for one of the versions.
#[derive(Debug, Clone)]
pub struct Side {
    name: String,
    pub(super) found: Found,
    /// What the paths of both versions are the same below; the file itself, where it is one.
    root: Option<PathBuf>,
    /// What tells its paths from those of the other version.
    prefix: String,
}

impl Side {
    /// A file, a directory, a glob, or `-` for standard input.
    #[must_use]
    pub fn path(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        Self {
            name: display_path(path),
            found: held(find(&[path])),
            root: Some(PathBuf::from(display_path(path))),
            prefix: String::new(),
        }
    }

    /// The version before, as a revision. Its paths are shown as `git show` takes them: `main:apps/shop.json`.
    #[must_use]
    pub fn old_revision(revision: Revision) -> Self {
        Self {
            prefix: format!("{}:", revision.name),
            ..Self::new_revision(revision)
        }
    }

    /// The version after, as a revision.
    #[must_use]
    pub fn new_revision(revision: Revision) -> Self {
        Self {
            name: revision.name,
            found: revision.found,
            root: None,
            prefix: String::new(),
        }
    }

    pub(super) fn version(&self, applications: usize) -> Version {
        Version {
            name: self.name.clone(),
            applications,
        }
    }

    /// A path as the other version has it, too.
    pub(super) fn relative(&self, path: &str) -> String {
        let root = self.root.as_deref();
        let below = root.and_then(|root| Path::new(path).strip_prefix(root).ok());
        below.map_or_else(|| path.to_owned(), display_path)
    }

    /// A path as reports show it.
    pub(super) fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    pub(super) fn show(&self, location: &mut Location) {
        location.path = self.shown(&location.path);
    }
}

/// Reads what can be read only once.
fn held(mut found: Found) -> Found {
    for source in &mut found.sources {
        if source.is_lasting() {
            continue;
        }
        match source.bytes(&Limits::default()) {
            Ok(bytes) => source.origin = Origin::Held(Held::new(&source.path(), bytes.into())),
            Err(error) => found.errors.push(error),
        }
    }
    found.sources.retain(|source| source.is_lasting());
    found
}

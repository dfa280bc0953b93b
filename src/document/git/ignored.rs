//! What the ignore files of a revision leave out, as a walk through its directories would.

use std::path::Path;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::GitError;
use super::blobs::Blobs;
use super::tree::{Entry, Kind};

/// The later ones count more.
const NAMES: [&str; 3] = [".gitignore", ".ignore", ".ztvetignore"];

/// The ignore files among the files of a revision; of one directory the weightiest comes first, and the deepest directory
/// before all.
pub(super) struct Ignored(Vec<Gitignore>);

impl Ignored {
    pub(super) fn read(files: &[Entry], blobs: &mut Blobs) -> Result<Self, GitError> {
        let mut rules = Vec::new();
        for file in files.iter().filter(|file| file.kind == Kind::File) {
            let path = Path::new(&file.full_path);
            let name = path.file_name().unwrap_or_default();
            let Some(weight) = NAMES.iter().position(|known| name == *known) else {
                continue;
            };
            let root = path.parent().unwrap_or(Path::new(""));
            let depth = root.components().count();
            let text = blobs.read(file)?;
            rules.push((
                (depth, weight),
                rules_of(root, &String::from_utf8_lossy(&text)),
            ));
        }
        rules.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        Ok(Self(rules.into_iter().map(|(_, rules)| rules).collect()))
    }

    pub(super) fn has(&self, path: &str) -> bool {
        let path = Path::new(path);
        let rules = self.0.iter().filter(|rules| path.starts_with(rules.path()));
        for rules in rules {
            match rules.matched_path_or_any_parents(path, false) {
                Match::None => {}
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
            }
        }
        false
    }
}

fn rules_of(root: &Path, text: &str) -> Gitignore {
    let mut builder = GitignoreBuilder::new(root);
    for line in text.lines() {
        // As git does, a line that is no pattern is passed over.
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

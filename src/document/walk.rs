//! Paths, directories and globs become sources.

use std::collections::HashMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::error::DocumentError;
use super::read::{bytes_of, bytes_of_file, syntax_of};
use super::{Document, Held, Limits, Manifest, jwt};

/// Where bytes come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// Bytes that are held.
    Held(Held),
}

/// One source to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where its bytes come from.
    pub origin: Origin,
    /// Whether the user named it itself, not a directory or a glob that holds it. Not to recognize
    /// such a source is an error.
    pub named: bool,
}

impl Source {
    /// The path as reports show it.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.origin {
            Origin::Stdin => "-".to_owned(),
            Origin::File(path) => display_path(path),
            Origin::Held(held) => held.path().to_owned(),
        }
    }

    /// All documents of the source.
    ///
    /// # Errors
    /// As [`read_file`](super::read_file).
    pub fn read(&self, limits: &Limits) -> Result<Vec<Document>, DocumentError> {
        match &self.origin {
            Origin::Stdin => super::read_reader("-", std::io::stdin().lock(), limits),
            Origin::File(path) => super::read_file(path, limits),
            Origin::Held(held) => super::parse(held.path(), held.bytes(), limits),
        }
    }

    /// The bytes of the source, for [`parse`](super::parse).
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, DocumentError> {
        match &self.origin {
            Origin::Stdin => bytes_of("-", std::io::stdin().lock(), 0, limits),
            Origin::File(path) => bytes_of_file(path, limits),
            Origin::Held(held) => Ok(held.bytes().to_vec()),
        }
    }

    /// A reader of its bytes.
    ///
    /// # Errors
    /// The source cannot be read.
    pub(crate) fn open(&self) -> Result<Box<dyn Read + Send>, DocumentError> {
        match &self.origin {
            Origin::Stdin => Ok(Box::new(std::io::stdin())),
            Origin::File(path) => match fs::File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(error) => Err(DocumentError::io(display_path(path), &error)),
            },
            Origin::Held(held) => Ok(Box::new(Cursor::new(held.bytes().to_vec()))),
        }
    }

    /// The size of a file; 0 where it is not known.
    pub(crate) fn size(&self) -> u64 {
        match &self.origin {
            Origin::Stdin => 0,
            Origin::File(path) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
            Origin::Held(held) => held.bytes().len() as u64,
        }
    }

    /// Whether it gives the same bytes each time that it is read. Standard input and pipes do not.
    #[must_use]
    pub fn is_lasting(&self) -> bool {
        match &self.origin {
            Origin::Stdin => false,
            // What is found in a directory is a regular file, and what is not there is not there the second time either.
            Origin::File(path) => {
                !self.named || fs::metadata(path).map_or(true, |metadata| metadata.is_file())
            }
            Origin::Held(_) => true,
        }
    }

    /// The first bytes of a file, at most so many; none when it cannot be read, or is standard input.
    #[must_use]
    pub fn first_bytes(&self, most: u64) -> Option<Vec<u8>> {
        let path = match &self.origin {
            Origin::Stdin => return None,
            Origin::File(path) => path,
            Origin::Held(held) => return Some(first(held.bytes(), most).to_vec()),
        };
        let mut bytes = Vec::new();
        fs::File::open(path)
            .ok()?
            .take(most)
            .read_to_end(&mut bytes)
            .ok()?;
        Some(bytes)
    }
}

/// What stands behind the paths that a user gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The sources, each once: in the order of the paths, and sorted within a directory or a glob.
    pub sources: Vec<Source>,
    /// What does not exist or cannot be read.
    pub errors: Vec<DocumentError>,
    /// Symbolic links within directories, which are not followed, where their names are a source's.
    pub links: Vec<String>,
    /// Other repositories within one that is read from git.
    pub modules: Vec<String>,
}

/// The sources behind paths: each is a file, a directory, a glob (`apps/**/*.json`), or `-` for
/// standard input.
///
/// Of a directory come the files with an extension of JSON, NDJSON, YAML or compact tokens (`.jwt`), and the dependency manifests but for
/// those of installed packages (`node_modules` and the like). Hidden files are left
/// out, and so are those that `.gitignore`, `.ignore` or `.ztvetignore` name. A glob takes what it
/// matches.
#[must_use]
pub fn find<P: AsRef<Path>>(paths: &[P]) -> Found {
    let mut search = Search::default();
    for path in paths {
        search.path(path.as_ref());
    }
    search.found
}

/// A path as reports show it: as it was given, without a leading `./` and with forward slashes.
#[must_use]
pub fn display_path(path: &Path) -> String {
    let shown = path.to_string_lossy().replace(MAIN_SEPARATOR, "/");
    let trimmed = shown.trim_start_matches("./").trim_start_matches('/');
    match shown.strip_prefix("./") {
        Some(_) if !trimmed.is_empty() => trimmed.to_owned(),
        _ => shown,
    }
}

#[derive(Default)]
struct Search {
    found: Found,
    /// The index of each source that has been found.
    seen: HashMap<Origin, usize>,
}

impl Search {
    fn path(&mut self, path: &Path) {
        if path == Path::new("-") {
            return self.add(Origin::Stdin, true);
        }
        if jwt::is_token(&path.to_string_lossy()) && !path.exists() {
            return self.fail(token_as_path());
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let wanted = |file: &Path| wanted(file.strip_prefix(path).unwrap_or(file));
                self.walk(WalkBuilder::new(path), wanted);
            }
            Ok(_) => self.add(Origin::File(path.to_owned()), true),
            Err(error) => match Glob::new(path) {
                Some(glob) => self.glob(path, &glob),
                None => self.fail(DocumentError::io(display_path(path), &error)),
            },
        }
    }

    fn glob(&mut self, path: &Path, glob: &Glob) {
        let failed = self.found.errors.len();
        let message = match self.matches(glob) {
            Ok(0) if failed == self.found.errors.len() => "no file matches this glob".to_owned(),
            Ok(_) => return,
            Err(error) => format!("bad glob: {error}"),
        };
        self.fail(DocumentError::whole(display_path(path), message));
    }

    fn matches(&mut self, glob: &Glob) -> Result<usize, ignore::Error> {
        let mut matches = 0;
        let filter = glob.filter()?;
        if glob.root.is_dir() {
            let mut walk = WalkBuilder::new(&glob.root);
            walk.max_depth(glob.depth()).overrides(filter);
            self.walk(walk, |_| {
                matches += 1;
                true
            });
        }
        Ok(matches)
    }

    fn walk(&mut self, mut walk: WalkBuilder, mut wanted: impl FnMut(&Path) -> bool) {
        // What one machine's user ignores everywhere must not change what is judged.
        walk.git_global(false).git_exclude(false);
        walk.add_custom_ignore_filename(".ztvetignore");
        walk.sort_by_file_path(Path::cmp);
        for entry in walk.build() {
            match entry {
                Ok(entry) => self.entry(&entry, &mut wanted),
                Err(error) => self.fail(walk_error(&error)),
            }
        }
    }

    fn entry(&mut self, entry: &DirEntry, wanted: &mut impl FnMut(&Path) -> bool) {
        let Some(kind) = entry.file_type() else {
            return;
        };
        if kind.is_dir() || !wanted(entry.path()) {
            return;
        }
        if kind.is_symlink() {
            self.found.links.push(display_path(entry.path()));
        } else if kind.is_file() {
            self.add(Origin::File(entry.path().to_owned()), false);
        }
    }

    fn add(&mut self, origin: Origin, named: bool) {
        let origin = match origin {
            Origin::File(path) => Origin::File(trimmed(&path)),
            other => other,
        };
        let next = self.found.sources.len();
        let index = *self.seen.entry(origin.clone()).or_insert(next);
        match self.found.sources.get_mut(index) {
            Some(source) => source.named |= named,
            None => self.found.sources.push(Source { origin, named }),
        }
    }

    fn fail(&mut self, error: DocumentError) {
        self.found.errors.push(error);
    }
}

/// Whether a file's path within a directory is one of JSON, NDJSON, YAML or tokens, or of a dependency manifest.
pub(super) fn wanted(path: &Path) -> bool {
    let path = display_path(path);
    match Manifest::of(&path) {
        Some(_) => !is_installed(&path),
        None => syntax_of(&path).is_some(),
    }
}

/// Whether a walk through a directory leaves the file out for the name of it, or of a directory around it.
pub(super) fn is_hidden(path: &Path) -> bool {
    let mut names = path.components();
    names.any(|name| name.as_os_str().as_encoded_bytes().starts_with(b"."))
}

fn first(bytes: &[u8], most: u64) -> &[u8] {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    bytes.get(..most).unwrap_or(bytes)
}

/// Whether a file belongs to a package that was installed here: what it depends on is not the project's choice.
fn is_installed(path: &str) -> bool {
    const DIRECTORIES: [&str; 5] = [
        "node_modules",
        "bower_components",
        "site-packages",
        "Pods",
        "Carthage",
    ];
    path.split('/')
        .any(|directory| DIRECTORIES.contains(&directory))
}

/// Not the path itself: it is a secret.
fn token_as_path() -> DocumentError {
    let mut error = DocumentError::whole(
        "(a token)",
        "a token is not read from an argument, which other users of the machine and the shell's history see",
    );
    error.help = Some("put it in a file, or pipe it to `ztvet check -`".to_owned());
    error
}

/// The path without a leading `./`.
fn trimmed(path: &Path) -> PathBuf {
    match path.strip_prefix(".") {
        Ok(rest) if !rest.as_os_str().is_empty() => rest.to_owned(),
        _ => path.to_owned(),
    }
}

fn walk_error(error: &ignore::Error) -> DocumentError {
    let path = path_of(error).map(display_path).unwrap_or_default();
    match error.io_error() {
        Some(io) => DocumentError::io(path, io),
        None => DocumentError::whole(path, error.to_string()),
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

/// A pattern below the directory that it names in full.
struct Glob {
    root: PathBuf,
    pattern: String,
}

impl Glob {
    /// `None` where the path has no character of a glob.
    fn new(path: &Path) -> Option<Self> {
        let path = display_path(path);
        let special = path.find(['*', '?', '[', '{'])?;
        let split = path.get(..special)?.rfind('/').map_or(0, |slash| slash + 1);
        let (root, pattern) = path.split_at_checked(split)?;
        let root = if root.is_empty() { "." } else { root };
        Some(Self {
            root: PathBuf::from(root),
            pattern: pattern.to_owned(),
        })
    }

    fn filter(&self) -> Result<Override, ignore::Error> {
        // A leading slash binds the pattern to the root, as a shell would.
        OverrideBuilder::new(&self.root)
            .add(&format!("/{}", self.pattern))?
            .build()
    }

    fn depth(&self) -> Option<usize> {
        let bounded = !self.pattern.contains("**");
        bounded.then(|| self.pattern.split('/').count())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    fn tree(files: &[&str]) -> TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{}").unwrap();
        }
        root
    }

    /// The sources below a directory, named ones with a `!`, and the errors.
    fn found(root: &TempDir, paths: &[&str]) -> (Vec<String>, Vec<String>) {
        let base = format!("{}/", display_path(root.path()));
        let paths: Vec<PathBuf> = paths.iter().map(|path| root.path().join(path)).collect();
        let Found {
            sources, errors, ..
        } = find(&paths);
        let source = |source: &Source| {
            let Origin::File(path) = &source.origin else {
                panic!("{source:?}");
            };
            let named = if source.named { "!" } else { "" };
            format!("{named}{}", display_path(path).replace(&base, ""))
        };
        let error = |error: &DocumentError| error.to_string().replace(&base, "");
        (
            sources.iter().map(source).collect(),
            errors.iter().map(error).collect(),
        )
    }

    fn sources(root: &TempDir, paths: &[&str]) -> Vec<String> {
        let (sources, errors) = found(root, paths);
        assert_eq!(errors, Vec::<String>::new());
        sources
    }

    #[test]
    fn a_directory_gives_its_files_in_order() {
        let root = tree(&[
            "b.yaml",
            "a/z.json",
            "a/b.JSONC",
            "a.json.tpl",
            "c.ndjson",
            "README.md",
            "a/x.txt",
            ".hidden/a.json",
            ".a.json",
            "json",
        ]);
        let expected = ["a/b.JSONC", "a/z.json", "a.json.tpl", "b.yaml", "c.ndjson"];
        assert_eq!(sources(&root, &[""]), expected);
    }

    #[test]
    fn ignore_files_are_honoured() {
        let root = tree(&[
            "a.json",
            "b.json",
            "c.json",
            "d.json",
            "node_modules/e.json",
        ]);
        fs::create_dir(root.path().join(".git")).unwrap();
        for (file, pattern) in [
            (".gitignore", "node_modules\nb.json"),
            (".ignore", "c.json"),
            (".ztvetignore", "d.json"),
        ] {
            fs::write(root.path().join(file), pattern).unwrap();
        }
        assert_eq!(sources(&root, &[""]), ["a.json"]);
        assert_eq!(sources(&root, &["b.json"]), ["!b.json"], "named is named");
        assert_eq!(
            sources(&root, &["[bd].json"]),
            ["b.json", "d.json"],
            "so is matched"
        );
    }

    #[test]
    fn a_glob_gives_what_it_matches() {
        let root = tree(&[
            "a/b.json",
            "a/c/d.json",
            "a/c/e.jwt",
            "b.json",
            "a/{x}.json",
        ]);
        assert_eq!(sources(&root, &["a/*.json"]), ["a/b.json", "a/{x}.json"]);
        assert_eq!(
            sources(&root, &["**/[bd].json"]),
            ["a/b.json", "a/c/d.json", "b.json"]
        );
        assert_eq!(
            sources(&root, &["a/{b,c/d}.json"]),
            ["a/b.json", "a/c/d.json"]
        );
        assert_eq!(sources(&root, &["a/c/*"]), ["a/c/d.json", "a/c/e.jwt"]);
        assert_eq!(sources(&root, &["?.json"]), ["b.json"]);
        assert_eq!(
            sources(&root, &["a/{x}.json"]),
            ["!a/{x}.json"],
            "a literal name comes first"
        );
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        let root = tree(&["a.json"]);
        let (sources, errors) = found(&root, &["x.json", "a.json", "x/*.json", "*.yaml", "[a"]);
        assert_eq!(sources, ["!a.json"]);
        let errors: Vec<&str> = errors.iter().map(String::as_str).collect();
        assert_eq!(
            errors[..3],
            [
                "x.json: no such file or directory",
                "x/*.json: no file matches this glob",
                "*.yaml: no file matches this glob",
            ]
        );
        assert!(errors[3].starts_with("[a: bad glob: "), "{errors:?}");
    }

    #[test]
    fn every_source_comes_once() {
        let root = tree(&["a.json", "b.json"]);
        assert_eq!(
            sources(&root, &["b.json", "", "*.json", "./a.json"]),
            ["!b.json", "!a.json"]
        );
        let found = find(&["-", "-"]);
        let stdin = Source {
            origin: Origin::Stdin,
            named: true,
        };
        assert_eq!(found.sources, [stdin]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_where_they_are_named_alone() {
        let root = tree(&["a/b.json"]);
        std::os::unix::fs::symlink("b.json", root.path().join("a/c.json")).unwrap();
        std::os::unix::fs::symlink("..", root.path().join("a/up")).unwrap();
        let found = find(&[root.path()]);
        assert_eq!(found.sources.len(), 1);
        assert_eq!(found.links, [display_path(&root.path().join("a/c.json"))]);
        assert_eq!(sources(&root, &["a/c.json"]), ["!a/c.json"]);
    }

    #[test]
    fn paths_are_shown_as_given() {
        for (path, shown) in [
            ("a/b.json", "a/b.json"),
            ("./a/b.json", "a/b.json"),
            ("././a", "a"),
            ("../a", "../a"),
            ("/a/b", "/a/b"),
            (".", "."),
            ("./", "./"),
            (".a", ".a"),
        ] {
            assert_eq!(display_path(Path::new(path)), shown);
        }
    }

    #[test]
    fn manifests_come_too_but_those_of_installed_packages() {
        let root = tree(&[
            "pom.xml",
            "other.xml",
            "other.toml",
            "web/package.json",
            "web/node_modules/a/package.json",
            "web/node_modules/a/data.json",
            "requirements/dev.txt",
        ]);
        assert_eq!(
            sources(&root, &[""]),
            [
                "pom.xml",
                "requirements/dev.txt",
                "web/node_modules/a/data.json",
                "web/package.json"
            ]
        );
        assert_eq!(
            sources(&root, &["web/node_modules/a"]),
            [
                "web/node_modules/a/data.json",
                "web/node_modules/a/package.json"
            ],
            "a directory that is named is asked for"
        );
    }
}

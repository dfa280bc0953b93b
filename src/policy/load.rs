//! Reading policies and data: files, directories and bundles. What is read here is judged by whoever asked for it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bundle::{self, BundleKey, BundleKeys, Manifest};
use super::data::{self, Data};
use super::error::PolicyError;
use super::source::{self, File, FileKind, PolicySource};
use crate::document::display_path;
use crate::rego::Version;

/// What policies are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To judge by them: tests are left out, and what belongs to ztvet is refused.
    Check,
    /// To test them, the bundled ones as well.
    Test,
}

/// Reads policies and data, each file once.
#[derive(Debug, Clone)]
pub(crate) struct Loader {
    purpose: Purpose,
    files: BTreeSet<PathBuf>,
    data: Data,
    /// Keys that bundles must be signed with; why they cannot be used otherwise.
    keys: Result<BundleKeys, String>,
    /// Bundles that were loaded while there were no keys.
    unverified: Vec<String>,
    notes: Vec<PolicyError>,
}

/// A module that was read.
#[derive(Debug)]
pub(crate) struct Module {
    /// What errors call it.
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) version: Version,
    /// Of the bundle that it is from.
    manifest: Option<Arc<Manifest>>,
}

impl Module {
    /// Refuses a package outside the roots of the module's bundle.
    pub(crate) fn check_package(&self, package: &str) -> Result<(), PolicyError> {
        let path: Vec<&str> = package.split('.').collect();
        match &self.manifest {
            None => Ok(()),
            Some(manifest) => manifest
                .check_path(&path)
                .map_err(|error| PolicyError::new(&self.path, 1, error)),
        }
    }
}

/// What a source brings.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) modules: Vec<Module>,
    /// Files that cannot be read, and data that cannot be used.
    pub(crate) problems: Vec<PolicyError>,
    /// Whether it may be without rules: all of it was there before, or it is a file of data.
    pub(crate) may_lack_rules: bool,
}

impl Loader {
    pub(crate) fn new(purpose: Purpose) -> Self {
        Self {
            purpose,
            files: BTreeSet::new(),
            data: Data::default(),
            keys: Ok(BundleKeys::default()),
            unverified: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Refuses bundles that are not signed with one of these keys, by id. Where there is none, signatures are not asked for.
    ///
    /// # Errors
    /// When a key cannot be used, or a bundle was loaded before that was not checked. No bundle can be loaded then.
    pub(crate) fn require_signatures(
        &mut self,
        keys: &BTreeMap<String, BundleKey>,
    ) -> Result<(), String> {
        self.keys = match self.unverified.first() {
            Some(bundle) if !keys.is_empty() => Err(format!(
                "{bundle} was loaded before its signature could be checked"
            )),
            _ => BundleKeys::load(keys),
        };
        self.keys.as_ref().map(drop).map_err(Clone::clone)
    }

    /// The data of all that was loaded.
    pub(crate) const fn data(&self) -> &Data {
        &self.data
    }

    /// What is worth saying of what was loaded.
    pub(crate) fn notes(&self) -> &[PolicyError] {
        &self.notes
    }

    /// Reads a file, a directory or a bundle: the modules of it, and its data unless that is to be left out.
    pub(crate) fn policies(&mut self, source: &PolicySource) -> Loaded {
        let version = match version(source) {
            Ok(version) => version,
            Err(problem) => return Loaded::failed(problem),
        };
        let mut files = match source::files(&source.path) {
            Ok(files) => files,
            Err(problem) => return Loaded::failed(problem),
        };
        files.retain(|file| {
            let is_data = file.kind == FileKind::Data;
            let is_test = source::is_test(&file.path.to_string_lossy());
            !(is_data && source.data == Some(false) || is_test && self.purpose == Purpose::Check)
        });
        let mut loaded = Loaded::default();
        // The same file twice, as in `--policy policies --policy policies/own.rego`, is one.
        let is_known = |file: &File| self.files.contains(&identity(file));
        let is_data = |file: &File| file.kind == FileKind::Data;
        loaded.may_lack_rules = (!files.is_empty() && files.iter().all(is_known))
            || (source.path.is_file() && files.iter().all(is_data));
        for file in &files {
            if let Err(problem) = self.read(version, file, &mut loaded.modules) {
                loaded.problems.push(problem);
            }
        }
        loaded
    }

    /// Reads the JSON and YAML files of a path as data, and nothing else.
    ///
    /// # Errors
    /// When there are none, or one cannot be used.
    pub(crate) fn read_data(&mut self, path: &Path) -> Result<(), PolicyError> {
        let mut files = source::files(path)?;
        files.retain(|file| file.kind == FileKind::Data);
        if files.is_empty() {
            let message = "no data was found here";
            return Err(PolicyError::new(&display_path(path), 0, message));
        }
        files
            .iter()
            .try_for_each(|file| self.read(Version::V1, file, &mut Vec::new()))
    }

    fn read(
        &mut self,
        version: Version,
        file: &File,
        modules: &mut Vec<Module>,
    ) -> Result<(), PolicyError> {
        let name = display_path(&file.path);
        if !self.files.insert(identity(file)) {
            return Ok(());
        }
        let bytes = || {
            std::fs::read(&file.path)
                .map_err(|error| PolicyError::new(&name, 0, format!("cannot be read: {error}")))
        };
        match file.kind {
            FileKind::Data => {
                let value = data::parse(&name, &bytes()?)?;
                self.add_data(&name, &file.parents, value)
            }
            FileKind::Module => {
                let text = String::from_utf8(bytes()?).map_err(|error| not_utf8(&name, &error))?;
                modules.push(Module {
                    path: name,
                    text,
                    version,
                    manifest: None,
                });
                Ok(())
            }
            FileKind::Bundle => self.read_bundle(version, &file.path, modules),
            FileKind::Hidden => {
                let note = PolicyError::new(&name, 0, "a hidden file, which is not loaded");
                self.notes.push(note);
                Ok(())
            }
        }
    }

    fn read_bundle(
        &mut self,
        version: Version,
        path: &Path,
        modules: &mut Vec<Module>,
    ) -> Result<(), PolicyError> {
        let name = display_path(path);
        let keys = self.keys.as_ref();
        let keys = keys.map_err(|error| PolicyError::new(&name, 0, error))?;
        if keys.is_empty() {
            self.unverified.push(name);
        }
        let bundle = bundle::read(path, version, keys)?;
        for document in bundle.data {
            self.add_data(&document.path, &document.parents, document.value)?;
        }
        let manifest = Arc::new(bundle.manifest);
        for module in bundle.modules {
            if self.purpose == Purpose::Test || !source::is_test(&module.path) {
                modules.push(Module {
                    path: module.path,
                    text: module.text,
                    version: module.version,
                    manifest: Some(Arc::clone(&manifest)),
                });
            }
        }
        Ok(())
    }

    fn add_data(
        &mut self,
        path: &str,
        parents: &[String],
        value: serde_json::Value,
    ) -> Result<(), PolicyError> {
        self.data
            .add(path, parents, value, self.purpose == Purpose::Test)
    }
}

impl Loaded {
    fn failed(problem: PolicyError) -> Self {
        Self {
            problems: vec![problem],
            ..Self::default()
        }
    }
}

fn version(source: &PolicySource) -> Result<Version, PolicyError> {
    match source.rego_version {
        None | Some(1) => Ok(Version::V1),
        Some(0) => Ok(Version::V0),
        Some(other) => {
            let message = format!("`rego_version: {other}` is not known, expected 0 or 1");
            Err(PolicyError::new(&display_path(&source.path), 0, message))
        }
    }
}

/// What makes a file the same under another path.
fn identity(file: &File) -> PathBuf {
    let canonical = file.path.canonicalize();
    canonical.unwrap_or_else(|_| file.path.clone())
}

fn not_utf8(path: &str, error: &std::string::FromUtf8Error) -> PolicyError {
    let valid = error.utf8_error().valid_up_to();
    let before = error.as_bytes().get(..valid).unwrap_or_default();
    let line = before.split(|byte| *byte == b'\n');
    let column = line.clone().next_back().map_or(0, <[u8]>::len) + 1;
    PolicyError {
        column,
        ..PolicyError::new(path, line.count(), "no UTF-8")
    }
}

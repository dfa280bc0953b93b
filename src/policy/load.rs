//! Loading policies and data: files, directories and bundles.

use std::path::{Path, PathBuf};

use super::bundle;
use super::data;
use super::error::PolicyError;
use super::rule::{InputForm, Origin};
use super::set::PolicySet;
use super::source::{self, File, FileKind, PolicySource};
use crate::rego::Version;

/// How a file is to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) origin: Origin,
    pub(super) input: Option<InputForm>,
    pub(super) version: Version,
}

impl Reading {
    pub(super) const BUNDLED: Self = Self {
        origin: Origin::Bundled,
        input: None,
        version: Version::V1,
    };

    pub(super) const CUSTOM: Self = Self {
        origin: Origin::Custom,
        ..Self::BUNDLED
    };

    fn of(source: &PolicySource) -> Result<Self, PolicyError> {
        let version = match source.rego_version {
            None | Some(1) => Version::V1,
            Some(0) => Version::V0,
            Some(other) => {
                let message = format!("`rego_version: {other}` is not known, expected 0 or 1");
                return Err(PolicyError::new(
                    &source.path.display().to_string(),
                    0,
                    message,
                ));
            }
        };
        Ok(Self {
            input: source.input,
            version,
            ..Self::CUSTOM
        })
    }
}

impl PolicySet {
    /// Adds a file, or every policy of a directory. Files that end in `_test.rego` are left out.
    ///
    /// # Errors
    /// When nothing is there, or a policy cannot be used.
    pub fn add_path(&mut self, path: &Path) -> Result<(), PolicyError> {
        self.add_source(&path.to_owned().into())
    }

    /// The same, with what is said of how to read it.
    ///
    /// # Errors
    /// When there is no rule, or a policy or its data cannot be used.
    pub fn add_source(&mut self, source: &PolicySource) -> Result<(), PolicyError> {
        let name = source.path.display().to_string();
        let reading = Reading::of(source)?;
        let before = self.entry_points();
        let mut files = source::files(&source.path)?;
        files.retain(|file| !source::is_test(&file.path.to_string_lossy()));
        // The same file twice, as in `--policy policies --policy policies/own.rego`, is one.
        if !files.is_empty()
            && files
                .iter()
                .all(|file| self.files.contains(&identity(file)))
        {
            return Ok(());
        }
        for file in &files {
            let is_left_out = match file.kind {
                FileKind::Data => source.data == Some(false),
                FileKind::Module | FileKind::Bundle | FileKind::Hidden => false,
            };
            if !is_left_out {
                self.add_file(reading, file)?;
            }
        }
        let is_data = |file: &File| file.kind == FileKind::Data;
        if self.entry_points() == before && !(source.path.is_file() && files.iter().all(is_data)) {
            let message = "no rule was found here";
            let help = "a rule is a set named `deny`, `violation` or `warn`";
            return Err(PolicyError::new(&name, 0, message).help(help));
        }
        Ok(())
    }

    /// Adds the JSON and YAML files of a path as data, and nothing else.
    ///
    /// # Errors
    /// When there are none, or one cannot be used.
    pub fn add_data(&mut self, path: &Path) -> Result<(), PolicyError> {
        let mut files = source::files(path)?;
        files.retain(|file| file.kind == FileKind::Data);
        if files.is_empty() {
            let name = path.display().to_string();
            return Err(PolicyError::new(&name, 0, "no data was found here"));
        }
        files
            .iter()
            .try_for_each(|file| self.add_file(Reading::CUSTOM, file))
    }

    fn add_file(&mut self, reading: Reading, file: &File) -> Result<(), PolicyError> {
        let name = file.path.display().to_string();
        if !self.files.insert(identity(file)) {
            return Ok(());
        }
        let bytes = std::fs::read(&file.path)
            .map_err(|error| PolicyError::new(&name, 0, format!("cannot be read: {error}")))?;
        match file.kind {
            FileKind::Data => {
                let value = data::parse(&name, &bytes)?;
                self.data.add(&name, &file.parents, value)
            }
            FileKind::Module => {
                let text = String::from_utf8(bytes).map_err(|error| not_utf8(&name, &error))?;
                self.add_module(reading, &name, &text).map(drop)
            }
            FileKind::Bundle => self.add_bundle(reading, &file.path),
            FileKind::Hidden => {
                let note = PolicyError::new(&name, 0, "a hidden file, which is not loaded");
                self.notes.push(note);
                Ok(())
            }
        }
    }

    fn add_bundle(&mut self, reading: Reading, path: &Path) -> Result<(), PolicyError> {
        let name = path.display().to_string();
        let keys = self.keys.as_ref();
        let keys = keys.map_err(|error| PolicyError::new(&name, 0, error))?;
        if keys.is_empty() {
            self.unverified.push(name);
        }
        let bundle = bundle::read(path, reading.version, keys)?;
        for document in &bundle.data {
            self.data
                .add(&document.path, &document.parents, document.value.clone())?;
        }
        for module in &bundle.modules {
            let version = module.version;
            let package =
                self.add_module(Reading { version, ..reading }, &module.path, &module.text)?;
            bundle
                .allows(&package)
                .map_err(|error| PolicyError::new(&module.path, 1, error))?;
        }
        Ok(())
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

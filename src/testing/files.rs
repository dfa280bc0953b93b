//! The files that tests are run on: modules and data, laid out as OPA lays them out.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::document::display_path;
use crate::policy::PolicyError;

/// What some paths hold.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Name and text of each module.
    pub(super) modules: Vec<(String, String)>,
    /// What the data files say, in one.
    pub(super) data: Map<String, Value>,
    pub(super) problems: Vec<PolicyError>,
}

impl Files {
    /// Reads files, and of directories every `.rego` file and every `data.json`, `data.yaml` and `data.yml`. The latter
    /// stand under the path of their directory, as in a bundle; a data file that is named itself stands at the root.
    pub(super) fn read<P: AsRef<Path>>(paths: &[P]) -> Self {
        let mut files = Self::default();
        for path in paths {
            files.add(path.as_ref());
        }
        files
    }

    fn add(&mut self, path: &Path) {
        if path.is_file() {
            return self.add_file(path, Path::new(""));
        }
        if !path.is_dir() {
            return self.refuse(path, "there is no such file or directory");
        }
        let walk = ignore::WalkBuilder::new(path)
            .sort_by_file_path(Path::cmp)
            .build();
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    let file = entry.into_path();
                    if is_module(&file) || is_data(&file) {
                        let under = file.strip_prefix(path).unwrap_or(&file).parent();
                        let under = under.map_or_else(PathBuf::new, Path::to_path_buf);
                        self.add_file(&file, &under);
                    }
                }
                Ok(_) => {}
                Err(error) => self.refuse(path, &error.to_string()),
            }
        }
    }

    fn add_file(&mut self, path: &Path, under: &Path) {
        let name = display_path(path);
        if self.modules.iter().any(|(other, _)| *other == name) {
            return;
        }
        match std::fs::read_to_string(path) {
            Err(error) => self.refuse(path, &format!("cannot be read: {error}")),
            Ok(text) if is_module(path) => self.modules.push((name, text)),
            Ok(text) => self.add_data(path, &text, under),
        }
    }

    fn add_data(&mut self, path: &Path, text: &str, under: &Path) {
        let value: Value = match serde_yaml::from_str(text) {
            Ok(value) => value,
            Err(error) => {
                let line = error.location().map_or(1, |at| at.line());
                let column = error.location().map_or(1, |at| at.column());
                return self.problems.push(PolicyError {
                    path: display_path(path),
                    line,
                    column,
                    message: error.to_string(),
                    help: None,
                });
            }
        };
        let names = under.components().rev();
        let value = names.fold(value, |value, name| {
            let name = name.as_os_str().to_string_lossy().into_owned();
            Value::Object(Map::from_iter([(name, value)]))
        });
        let Value::Object(members) = value else {
            return self.refuse(path, "data must be an object");
        };
        if let Err(place) = merge(&mut self.data, members) {
            self.refuse(path, &format!("`data.{place}` is in another file too"));
        }
    }

    fn refuse(&mut self, path: &Path, message: &str) {
        self.problems.push(PolicyError {
            path: display_path(path),
            line: 0,
            column: 1,
            message: message.to_owned(),
            help: None,
        });
    }
}

fn is_module(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "rego")
}

fn is_data(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    ["data.json", "data.yaml", "data.yml"]
        .iter()
        .any(|known| name == *known)
}

/// Adds members to an object; the error is the path of a member that both have.
fn merge(into: &mut Map<String, Value>, from: Map<String, Value>) -> Result<(), String> {
    for (name, value) in from {
        match (into.get_mut(&name), value) {
            (None, value) => {
                into.insert(name, value);
            }
            (Some(Value::Object(into)), Value::Object(from)) => {
                merge(into, from).map_err(|place| format!("{name}.{place}"))?;
            }
            (Some(one), other) if *one == other => {}
            _ => return Err(name),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_two_files_say_differently_is_refused() {
        let object = |value: Value| value.as_object().cloned().unwrap();
        let mut into = object(json!({"a": {"b": 1}, "c": [1]}));
        assert_eq!(
            merge(&mut into, object(json!({"a": {"d": 2}, "c": [1]}))),
            Ok(())
        );
        assert_eq!(
            Value::Object(into.clone()),
            json!({"a": {"b": 1, "d": 2}, "c": [1]})
        );
        let clash = merge(&mut into, object(json!({"a": {"b": 2}})));
        assert_eq!(clash, Err("a.b".to_owned()));
    }
}

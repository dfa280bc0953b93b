//! A directory with files, and the binary run in it.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::support;
pub use crate::support::Ran;

/// A registration whose only redirect URI uses plain HTTP: AB-101, high.
pub const SHOP: &str = r#"{
  "appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
  "displayName": "Shop",
  "signInAudience": "AzureADMyOrg",
  "web": { "redirectUris": [ "http://shop.contoso.com/auth" ] },
  "spa": { "redirectUris": [] },
  "publicClient": { "redirectUris": [] }
}
"#;

/// A directory that is gone when the test is over.
pub struct Sandbox {
    directory: TempDir,
}

impl Sandbox {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let sandbox = Self {
            directory: tempfile::tempdir().unwrap(),
        };
        for (name, text) in files {
            sandbox.write(name, text.as_bytes());
        }
        sandbox
    }

    /// With [`SHOP`] as `shop.json`.
    pub fn shop() -> Self {
        Self::new(&[("shop.json", SHOP)])
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Names of all files and directories in the top directory, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.directory.path()).unwrap();
        let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let mut names: Vec<String> = entries
            .map(|entry| name(entry).into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Runs `ztvet`; arguments are split at white space.
    pub fn run(&self, arguments: &str) -> Ran {
        self.run_with("", arguments)
    }

    /// The same with something on standard input.
    pub fn run_with(&self, input: &str, arguments: &str) -> Ran {
        support::run(self.directory.path(), input, arguments.split_whitespace())
    }

    /// Runs `ztvet check` for its report in JSON.
    pub fn report(&self, arguments: &str) -> Value {
        self.run(&format!("check --format json {arguments}")).json()
    }
}

/// The ids of the rules that found something, in the report's order.
pub fn found(report: &Value) -> Vec<&str> {
    texts(report, "/findings", "/rule")
}

/// A member of each element of a list.
pub fn texts<'a>(value: &'a Value, list: &str, member: &str) -> Vec<&'a str> {
    let items = value.pointer(list).and_then(Value::as_array).unwrap();
    let text = |item: &'a Value| item.pointer(member).and_then(Value::as_str).unwrap();
    items.iter().map(text).collect()
}

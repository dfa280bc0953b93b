//! Lists the policies and their tests, so that they are compiled into the library.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Its name in the repository, with forward slashes, and its path.
type Policy = (String, PathBuf);

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=policies");
    let mut files = Vec::new();
    collect(&root.join("policies"), "policies", &mut files)?;
    files.sort();
    let (tests, policies): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|(name, _)| name.ends_with("_test.rego") || name.contains("/testing/"));
    write_list("policies.rs", &policies)?;
    write_list("policy_tests.rs", &tests)
}

fn collect(directory: &Path, prefix: &str, files: &mut Vec<Policy>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}/{file_name}");
        if path.is_dir() {
            collect(&path, &name, files)?;
        } else if name.ends_with(".rego") || file_name == "data.yaml" {
            files.push((name, path));
        }
    }
    Ok(())
}

/// Writes an array of names and texts.
fn write_list(list_name: &str, files: &[Policy]) -> io::Result<()> {
    let mut list = String::from("[\n");
    for (name, path) in files {
        let path = path.display().to_string();
        writeln!(list, "    ({name:?}, include_str!({path:?})),").map_err(io::Error::other)?;
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join(list_name), list)
}

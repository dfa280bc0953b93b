//! Lists the policies and their tests, so that they are compiled into the library.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Its name in the repository, with forward slashes, and its path.
type Named = (String, PathBuf);

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=policies");
    let mut files = Vec::new();
    let is_policy = |name: &str| name.ends_with(".rego") || name.ends_with("/data.yaml");
    collect(&root.join("policies"), "policies", &is_policy, &mut files)?;
    files.sort();
    let (tests, policies): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|(name, _)| name.ends_with("_test.rego") || name.contains("/testing/"));
    write_list("policies.rs", &policies)?;
    write_list("policy_tests.rs", &tests)?;
    write_fingerprint(&root, &policies)?;
    tell_build(&root)
}

/// The code that makes `data/bundled.bin` of the policies, with all in `src/rego/plan`.
const READERS: [&str; 7] = [
    "src/policy/fact.rs",
    "src/policy/metadata.rs",
    "src/policy/package.rs",
    "src/policy/prepared.rs",
    "src/policy/rule.rs",
    "src/policy/template.rs",
    "src/rego/syntax/mod.rs",
];

/// Writes a number that changes with the policies and with what reads them.
fn write_fingerprint(root: &Path, policies: &[Named]) -> io::Result<()> {
    let mut fingerprint = Fnv::new();
    policies.iter().try_for_each(|file| fingerprint.add(file))?;
    let named = |name: &str| (name.to_owned(), root.join(name));
    let mut readers: Vec<Named> = READERS.into_iter().map(named).collect();
    let is_code = |name: &str| !name.ends_with("/tests.rs");
    collect(
        &root.join("src/rego/plan"),
        "src/rego/plan",
        &is_code,
        &mut readers,
    )?;
    readers.sort();
    for (name, path) in readers {
        println!("cargo::rerun-if-changed={name}");
        fingerprint.write(&text_of(&path)?);
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("fingerprint.rs"), fingerprint.0.to_string())
}

/// Tells the code a number that changes with all of it, with what is compiled in, and with what it depends on: what is kept
/// between runs belongs to one build.
fn tell_build(root: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    for directory in ["src", "data", "policies"] {
        println!("cargo::rerun-if-changed={directory}");
        collect(&root.join(directory), directory, &|_| true, &mut files)?;
    }
    for name in ["Cargo.toml", "Cargo.lock"] {
        let path = root.join(name);
        // A library's own lock file is not there, or does not count.
        if path.exists() {
            println!("cargo::rerun-if-changed={name}");
            files.push((name.to_owned(), path));
        }
    }
    files.sort();
    let mut fingerprint = Fnv::new();
    files.iter().try_for_each(|file| fingerprint.add(file))?;
    println!("cargo::rustc-env=ZTVET_BUILD={:016x}", fingerprint.0);
    Ok(())
}

/// The same whatever the ends of lines that git checked out.
fn text_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut text = fs::read(path)?;
    text.retain(|byte| *byte != b'\r');
    Ok(text)
}

/// FNV-1a: the same on every machine.
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, (name, path): &Named) -> io::Result<()> {
        self.write(name.as_bytes());
        self.write(&text_of(path)?);
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The files under a directory whose names are wanted.
fn collect(
    directory: &Path,
    prefix: &str,
    is_wanted: &dyn Fn(&str) -> bool,
    files: &mut Vec<Named>,
) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}/{file_name}");
        if path.is_dir() {
            collect(&path, &name, is_wanted, files)?;
        } else if is_wanted(&name) {
            files.push((name, path));
        }
    }
    Ok(())
}

/// Writes an array of names and texts.
fn write_list(list_name: &str, files: &[Named]) -> io::Result<()> {
    let mut list = String::from("[\n");
    for (name, path) in files {
        let path = path.display().to_string();
        writeln!(list, "    ({name:?}, include_str!({path:?})),").map_err(io::Error::other)?;
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join(list_name), list)
}

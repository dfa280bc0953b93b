//! A directory of entries. It knows bytes, and not what they mean.
//!
//! An entry is written to a file of its own and then moved to its name, so that no reader sees half of one. It begins with
//! a checksum over its key and its bytes: whatever else stands under its name is no entry.

#[cfg(test)]
mod tests;

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use crate::digest::Digest;

/// The form of the directory and of its entries.
const VERSION: &str = "v1";
const HEADER: &[u8] = b"ztvet cache v1\n";
/// The characters of a digest.
const DIGITS: usize = 64;
const TEMPORARY: &str = ".tmp";
/// Its age is the time since entries were last removed.
const PRUNED: &str = ".pruned";
/// Tells backups and git to leave the directory out.
const MARKS: [(&str, &[u8]); 2] = [
    (
        "CACHEDIR.TAG",
        b"Signature: 8a477f597d28d172789f06886806bc55\n",
    ),
    (".gitignore", b"*\n"),
];

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How large the file of an entry may be.
const LARGEST: u64 = 64 << 20;

/// How much is kept.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    /// For how long an entry may be unused.
    unused: Duration,
    bytes: u64,
    /// After how many new entries the old ones are looked at, at the latest.
    new: usize,
}

const BOUNDS: Bounds = Bounds {
    unused: Duration::from_secs(30 * DAY.as_secs()),
    bytes: 256 << 20,
    new: 256,
};

/// Entries by their keys.
#[derive(Debug)]
pub(super) struct Store {
    directory: PathBuf,
    written: AtomicUsize,
    /// Why the first entry that could not be written could not.
    failure: OnceLock<String>,
}

impl Store {
    /// Opens the store in a directory, which is made where it is not there.
    ///
    /// # Errors
    /// It cannot be made, or others may write to it: they could say what a check finds.
    pub(super) fn open(directory: &Path) -> io::Result<Self> {
        let directory = directory.join(VERSION);
        let is_new = !directory.exists();
        make_directory(&directory)?;
        check_owner(&fs::symlink_metadata(&directory)?)?;
        let store = Self {
            directory,
            written: AtomicUsize::new(0),
            failure: OnceLock::new(),
        };
        if is_new {
            for (name, bytes) in MARKS {
                store.replace(name, &[bytes])?;
            }
        }
        Ok(store)
    }

    /// The bytes of an entry; none where there is no whole one.
    pub(super) fn get(&self, key: &Digest) -> Option<Vec<u8>> {
        let path = self.directory.join(key.to_string());
        let metadata = fs::symlink_metadata(&path).ok()?;
        if !metadata.is_file() || metadata.len() > LARGEST {
            return None;
        }
        let mut bytes = fs::read(&path).ok()?;
        let sealed = unseal(key, &bytes)?.len();
        bytes.drain(..bytes.len() - sealed);
        if age(&metadata).is_some_and(|age| age > DAY) {
            // It counts as unused where that fails.
            let _ = File::open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        }
        Some(bytes)
    }

    /// Writes an entry, as far as that can be done.
    pub(super) fn put(&self, key: &Digest, bytes: &[u8]) {
        let name = key.to_string();
        let checksum = checksum(key, bytes);
        let parts = [HEADER, checksum.as_bytes(), b"\n", bytes];
        let size: usize = parts.iter().map(|part| part.len()).sum();
        if size as u64 > LARGEST {
            return;
        }
        match self.replace(&name, &parts) {
            Ok(()) => {
                self.written.fetch_add(1, Ordering::Relaxed);
            }
            // Another run may have been faster.
            Err(_) if self.directory.join(name).is_file() => {}
            Err(error) => {
                self.failure.get_or_init(|| error.to_string());
            }
        }
    }

    /// Removes what was not used for long, and what is too much.
    pub(super) fn prune(&self) -> io::Result<()> {
        self.prune_to(BOUNDS)
    }

    /// Why entries could not be written, where that is so.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.get().map(String::as_str)
    }

    fn replace(&self, name: &str, parts: &[&[u8]]) -> io::Result<()> {
        let mut builder = tempfile::Builder::new();
        let mut file = builder.prefix(TEMPORARY).tempfile_in(&self.directory)?;
        parts.iter().try_for_each(|part| file.write_all(part))?;
        file.persist(self.directory.join(name))
            .map_err(|error| error.error)?;
        Ok(())
    }

    fn prune_to(&self, bounds: Bounds) -> io::Result<()> {
        let last = fs::symlink_metadata(self.directory.join(PRUNED));
        let is_recent = last.is_ok_and(|last| age(&last).is_none_or(|age| age < DAY));
        if is_recent && self.written.load(Ordering::Relaxed) < bounds.new {
            return Ok(());
        }
        self.replace(PRUNED, &[])?;
        let mut kept = Vec::new();
        for file in fs::read_dir(&self.directory)? {
            // Another run may have removed it.
            let Ok((file, metadata)) = file.and_then(|file| Ok((file.path(), file.metadata()?)))
            else {
                continue;
            };
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let age = age(&metadata).unwrap_or_default();
            let is_left_over = name.starts_with(TEMPORARY) && age > DAY;
            if is_left_over || is_entry(&name) && age > bounds.unused {
                let _ = fs::remove_file(&file);
            } else if is_entry(&name) {
                kept.push((age, metadata.len(), file));
            }
        }
        kept.sort();
        let mut bytes = 0;
        for (_, size, path) in kept {
            bytes += size;
            if bytes > bounds.bytes {
                let _ = fs::remove_file(path);
            }
        }
        Ok(())
    }
}

fn checksum(key: &Digest, bytes: &[u8]) -> String {
    Digest::of(&[key.bytes(), bytes]).to_string()
}

/// What stands behind the checksum, when it is that of the key and the bytes.
fn unseal<'a>(key: &Digest, bytes: &'a [u8]) -> Option<&'a [u8]> {
    let (sum, rest) = bytes.strip_prefix(HEADER)?.split_at_checked(DIGITS)?;
    let bytes = rest.strip_prefix(b"\n")?;
    (sum == checksum(key, bytes).as_bytes()).then_some(bytes)
}

fn is_entry(name: &str) -> bool {
    name.len() == DIGITS && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// None where the file is of the future.
fn age(metadata: &fs::Metadata) -> Option<Duration> {
    metadata.modified().ok()?.elapsed().ok()
}

fn make_directory(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// A link could lead anywhere, and who else may write to a directory could put results there.
fn check_owner(metadata: &fs::Metadata) -> io::Result<()> {
    if !metadata.is_dir() {
        return Err(io::Error::other("it is no directory"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        const OTHERS_MAY_WRITE: u32 = 0o022;
        const ROOT: u32 = 0;
        let own = rustix::process::geteuid().as_raw();
        if ![own, ROOT].contains(&metadata.uid()) || metadata.mode() & OTHERS_MAY_WRITE != 0 {
            return Err(io::Error::other("other users may write to it"));
        }
    }
    Ok(())
}

//! Archives, within limits.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path};

use flate2::read::MultiGzDecoder;
use tar::{Archive, EntryType};

use super::Entry;

/// Bytes of all files together, when they are unpacked.
const MAX_BYTES: u64 = 128 << 20;
const MAX_ENTRIES: usize = 20_000;

/// The files of a `.tar.gz`.
pub(super) fn entries(path: &Path) -> Result<Vec<Entry>, String> {
    let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
    unpacked(file, MAX_BYTES, MAX_ENTRIES)
}

pub(super) fn unpacked(
    file: impl Read,
    max_bytes: u64,
    max_entries: usize,
) -> Result<Vec<Entry>, String> {
    let broken = |error: std::io::Error| format!("the archive cannot be read: {error}");
    // Whatever is unpacked counts, the headers of the archive too.
    let bytes = MultiGzDecoder::new(file).take(max_bytes + 1);
    let mut archive = Archive::new(bytes);
    let mut names = BTreeSet::new();
    let mut entries = Vec::new();
    let mut left = max_bytes;
    for (number, entry) in archive.entries().map_err(broken)?.enumerate() {
        if number == max_entries {
            return Err(format!("the archive has more than {max_entries} entries"));
        }
        let mut entry = entry.map_err(broken)?;
        let path = entry.path().map_err(broken)?.into_owned();
        let kind = entry.header().entry_type();
        match kind {
            EntryType::Regular | EntryType::Continuous => {}
            EntryType::Directory | EntryType::XGlobalHeader => continue,
            EntryType::Symlink | EntryType::Link => {
                return Err(format!(
                    "`{}` is a link, which is not followed",
                    path.display()
                ));
            }
            _ => return Err(format!("`{}` is no file", path.display())),
        }
        let name = name_of(&path)?;
        if entry.size() > left {
            return Err(format!(
                "the archive holds more than {} MiB",
                max_bytes >> 20
            ));
        }
        left -= entry.size();
        if !names.insert(name.clone()) {
            return Err(format!("the archive holds `{name}` twice"));
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(broken)?;
        entries.push(Entry { name, bytes });
    }
    Ok(entries)
}

/// A name without a slash at the beginning, and without ways out of the archive.
fn name_of(path: &Path) -> Result<String, String> {
    let mut parts = Vec::new();
    for component in path.components() {
        match component {
            Component::RootDir | Component::CurDir => {}
            Component::Normal(part) => match part.to_str() {
                Some(part) => parts.push(part),
                None => return Err(format!("the name `{}` is no UTF-8", path.display())),
            },
            Component::ParentDir | Component::Prefix(_) => {
                return Err(format!("`{}` leads out of the archive", path.display()));
            }
        }
    }
    if parts.is_empty() {
        return Err("the archive holds a file without a name".to_owned());
    }
    Ok(parts.join("/"))
}

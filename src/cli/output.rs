//! Where a report goes: standard output, or a file that is whole or not there.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Writes what `render` renders to a file, or to standard output when there is none.
///
/// A reader that has seen enough (`ztvet rules | head`) is no error.
pub fn write(
    file: Option<&Path>,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let Some(path) = file else {
        let mut stdout = io::BufWriter::new(io::stdout().lock());
        let written = render(&mut stdout).and_then(|()| stdout.flush());
        return Ok(unless_closed(written)?);
    };
    let mut bytes = Vec::new();
    render(&mut bytes)?;
    write_whole(path, &bytes).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Writes what `render` renders in colour to standard output, where colours are dropped when they are not wanted.
pub fn write_styled(render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut stdout = anstream::stdout().lock();
    let written = render(&mut stdout).and_then(|()| stdout.flush());
    Ok(unless_closed(written)?)
}

fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes beside the file and renames, so that a reader never sees half of it. A device or a pipe is written to as it is.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return fs::write(path, bytes);
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary: PathBuf = path.with_file_name(name);
    let written = fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&temporary);
    }
    written
}

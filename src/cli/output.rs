//! Where a report goes: standard output, or a file that is whole or not there.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anstream::AutoStream;
use anyhow::{Context, Result};

/// How many bytes are written at once: reports of large runs have many.
const BUFFER: usize = 1 << 16;

/// Writes what `render` renders to a file, or to standard output when there is none.
///
/// A reader that has seen enough (`ztvet rules | head`) is no error.
pub fn write(
    file: Option<&Path>,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let mut output = Output::open(file)?;
    let written = render(&mut output).and_then(|()| output.finish());
    match file {
        Some(path) => written.with_context(|| cannot_write(path)),
        None => Ok(unless_closed(written)?),
    }
}

/// Writes what `render` renders in colour to standard output, where colours are dropped when they are not wanted.
pub fn write_styled(render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let choice = anstream::stdout().current_choice();
    // Below what drops colours, which writes a piece at a time.
    let buffer: Box<dyn Write> = Box::new(BufWriter::with_capacity(BUFFER, io::stdout()));
    let mut stdout = AutoStream::new(buffer, choice);
    let written = render(&mut stdout).and_then(|()| stdout.flush());
    Ok(unless_closed(written)?)
}

fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write `{}`", path.display())
}

/// A report that is being written. A file is written beside its place, and comes there when it is whole, so that a reader
/// never sees half of it. A device or a pipe is written to as it is.
pub struct Output {
    writer: BufWriter<Box<dyn Write + Send>>,
    temporary: Option<Temporary>,
}

/// A file that is not whole.
struct Temporary {
    path: PathBuf,
    place: PathBuf,
}

impl Output {
    /// Begins a file, or standard output when there is none.
    pub fn open(file: Option<&Path>) -> Result<Self> {
        let Some(path) = file else {
            return Ok(Self::to(Box::new(io::stdout()), None));
        };
        Self::begin(path).with_context(|| cannot_write(path))
    }

    fn begin(path: &Path) -> io::Result<Self> {
        if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            let device = fs::OpenOptions::new().write(true).open(path)?;
            return Ok(Self::to(Box::new(device), None));
        }
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = Temporary {
            path: path.with_file_name(name),
            place: path.to_owned(),
        };
        let file = File::create(&temporary.path)?;
        Ok(Self::to(Box::new(file), Some(temporary)))
    }

    fn to(writer: Box<dyn Write + Send>, temporary: Option<Temporary>) -> Self {
        Self {
            writer: BufWriter::with_capacity(BUFFER, writer),
            temporary,
        }
    }

    /// Ends it, and puts a file in its place.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()?;
        if let Some(temporary) = &self.temporary {
            fs::rename(&temporary.path, &temporary.place)?;
        }
        self.temporary = None;
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            // The first error is the one to tell.
            let _ = fs::remove_file(&temporary.path);
        }
    }
}

//! The contents of files, by one process.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::Arc;

use super::GitError;
use super::command::{PARTIAL, git, not_started};
use super::tree::Entry;

/// Reads contents by their ids.
pub(super) struct Blobs {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// What has been read: most files are the same in both revisions.
    known: HashMap<String, Arc<[u8]>>,
}

impl Blobs {
    pub(super) fn start() -> Result<Self, GitError> {
        let mut command = git();
        command
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| not_started(&error))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(questions), Some(answers)) => Ok(Self {
                child,
                questions,
                answers: BufReader::new(answers),
                known: HashMap::new(),
            }),
            _ => Err(GitError::new("`git cat-file` cannot be talked to")),
        }
    }

    pub(super) fn read(&mut self, file: &Entry) -> Result<Arc<[u8]>, GitError> {
        if let Some(bytes) = self.known.get(&file.id) {
            return Ok(Arc::clone(bytes));
        }
        let bytes = self.ask(&file.id).map_err(|error| {
            let message = format!(
                "`{}` cannot be read from the repository: {error}",
                file.path
            );
            GitError::new(message).help(PARTIAL)
        })?;
        self.known.insert(file.id.clone(), Arc::clone(&bytes));
        Ok(bytes)
    }

    /// The answer is `<id> blob <size>`, the bytes, and a line end; or `<id> missing`.
    fn ask(&mut self, id: &str) -> io::Result<Arc<[u8]>> {
        writeln!(self.questions, "{id}")?;
        self.questions.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let size = line.strip_prefix(&format!("{id} blob "));
        let size = size.and_then(|size| size.trim_end().parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other("it is missing"))?;
        let mut bytes = Vec::new();
        let mut all = self.answers.by_ref().take(size + 1);
        all.read_to_end(&mut bytes)?;
        if bytes.pop() != Some(b'\n') || bytes.len() as u64 != size {
            return Err(io::Error::other("git ended before it"));
        }
        Ok(bytes.into())
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // It ends with its input; when it does not, it is of no use any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

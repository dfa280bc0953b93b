//! Runs something again whenever a file changes.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{Event, EventKind, RecursiveMode, Watcher};

use crate::cli::Outcome;

/// Editors write a file in several steps; what happens within this time is one change.
const QUIET: Duration = Duration::from_millis(200);

/// Runs `work` at once and after every change of a policy or data file under the paths, until the process is ended.
pub fn run(paths: &[&PathBuf], work: impl Fn()) -> Result<Outcome> {
    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Whoever no longer listens is about to end.
        let _ = sender.send(event);
    })
    .context("files cannot be watched")?;
    for path in paths {
        watcher
            .watch(path, RecursiveMode::Recursive)
            .with_context(|| format!("`{}` cannot be watched", path.display()))?;
    }
    work();
    anstream::eprintln!("waiting for changes; end with Ctrl-C");
    while let Ok(event) = changes.recv() {
        if !matters(event)? {
            continue;
        }
        loop {
            match changes.recv_timeout(QUIET) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Ok(Outcome::Passed),
            }
        }
        anstream::eprintln!();
        work();
    }
    Ok(Outcome::Passed)
}

fn matters(event: notify::Result<Event>) -> Result<bool> {
    let event = event.context("files cannot be watched any longer")?;
    let is_change = !matches!(event.kind, EventKind::Access(_));
    let is_ours = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("rego" | "json" | "yaml" | "yml")) || is_gone_directory(path)
    };
    Ok(is_change && event.paths.iter().any(is_ours))
}

/// A directory that was moved or removed takes its files along.
fn is_gone_directory(path: &Path) -> bool {
    path.extension().is_none() && !path.is_file()
}

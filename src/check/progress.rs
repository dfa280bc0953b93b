//! How far a run is, for whoever watches it.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// So many sources are done.
    Sources {
        /// How many are done.
        done: usize,
        /// Of how many.
        total: usize,
    },
    /// So many bytes are read, of inputs that are read some elements at a time.
    Bytes {
        /// Whether what is read is judged; first all is looked at.
        judged: bool,
        /// How many are read.
        done: u64,
        /// Of how many.
        total: u64,
    },
}

/// Tells how many sources are done.
pub(super) struct Counter<P> {
    done: AtomicUsize,
    total: usize,
    progress: P,
}

impl<P: Fn(Progress) + Sync> Counter<P> {
    pub(super) const fn new(total: usize, progress: P) -> Self {
        let done = AtomicUsize::new(0);
        Self {
            done,
            total,
            progress,
        }
    }

    pub(super) fn count(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let total = self.total;
        (self.progress)(Progress::Sources { done, total });
    }
}

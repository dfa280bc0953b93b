//! Bytes that are held.

use std::fmt;
use std::sync::Arc;

/// The bytes of a source that is no file here, under the path that reports show.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Held {
    path: String,
    bytes: Arc<[u8]>,
}

impl Held {
    /// Holds bytes.
    #[must_use]
    pub fn new(path: &str, bytes: Arc<[u8]>) -> Self {
        Self {
            path: path.to_owned(),
            bytes,
        }
    }

    /// The path that reports show.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

// The bytes may be secrets.
impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Held")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

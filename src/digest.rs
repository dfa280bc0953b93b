//! Digests that stand for what is not held.

use std::hash::{Hash, Hasher};

use sha2::{Digest, Sha256};

/// 128 bits that no two values share.
pub(crate) fn digest(value: impl Hash) -> u128 {
    let mut hasher = Of(Sha256::new());
    value.hash(&mut hasher);
    let all = hasher.0.finalize();
    let first = all.iter().take(16);
    first.fold(0, |digest, byte| digest << 8 | u128::from(*byte))
}

struct Of(Sha256);

impl Hasher for Of {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Nobody asks for it.
    fn finish(&self) -> u64 {
        0
    }
}

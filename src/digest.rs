//! SHA-256 of several parts.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The hash of some parts. Parts that are cut elsewhere have another one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Digest([u8; 32]);

impl Digest {
    pub(crate) fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    pub(crate) const fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        let all = [
            Digest::of(&[b"ab", b"c"]),
            Digest::of(&[b"a", b"bc"]),
            Digest::of(&[b"abc"]),
            Digest::of(&[b"abc", b""]),
        ];
        for (index, one) in all.iter().enumerate() {
            assert!(all.iter().skip(index + 1).all(|other| one != other));
        }
        assert_eq!(Digest::of(&[b"abc"]).to_string().len(), 64);
    }
}

//! Digests that stand for what is not held.

use std::fmt;
use std::hash::{Hash, Hasher};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// The SHA-256 of some parts. Parts that are cut elsewhere have another one.
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
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

/// What something is known by from run to run, in 32 hexadecimal digits: half of the SHA-256 of texts, each ended by a zero.
pub(crate) fn fingerprint(texts: &[&str]) -> String {
    let mut ended = Vec::with_capacity(256);
    for text in texts {
        ended.extend_from_slice(text.as_bytes());
        ended.push(0);
    }
    let digest = Sha256::digest(&ended);
    let (first, _) = digest.split_at(16);
    HEXLOWER.encode(first)
}

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

    #[test]
    fn a_fingerprint_is_the_same_in_all_versions() {
        assert_eq!(
            fingerprint(&["a", "bc"]),
            "aa795aa4bbb6117911ef062e271bcb05"
        );
        assert_ne!(fingerprint(&["a", "bc"]), fingerprint(&["ab", "c"]));
    }
}

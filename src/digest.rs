//! Owns the hashes that identify files and answers: SHA-256.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The hash of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Of one piece.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Its first characters in hexadecimal digits, 64 at most.
    pub fn hex(&self, characters: usize) -> String {
        let mut hex = String::with_capacity(64);
        for byte in self.0 {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex.truncate(characters);
        hex
    }
}

/// A hash of several pieces.
#[derive(Debug, Default)]
pub struct Digester(Sha256);

impl Digester {
    /// Adds a piece. Its length is hashed as well, so that "ab", "c" and "a", "bc" differ.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes.len().to_le_bytes());
        self.0.update(bytes);
    }

    /// The hash of all pieces.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_beginning_of_what_sha256sum_prints() {
        // printf abc | sha256sum
        assert_eq!(Digest::of(b"abc").hex(20), "ba7816bf8f01cfea4141");
        assert_eq!(Digest::of(b"abc").hex(100).len(), 64);
    }

    #[test]
    fn the_same_bytes_in_other_pieces_have_another_hash() {
        let of = |pieces: &[&str]| {
            let mut digester = Digester::default();
            for piece in pieces {
                digester.add(piece.as_bytes());
            }
            digester.finish()
        };
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
    }
}

//! Owns how bodies are packed: brotli and gzip. The entry point is [`compress`]. The effort follows
//! the size of the guide and never the clock or the load, so that every replica sends the same
//! bytes.

use std::io::Write as _;

use bytes::Bytes;

/// A content coding that is worth its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `br`
    Brotli,
    /// `gzip`
    Gzip,
}

impl Encoding {
    /// Its name in headers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// How much time packing may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// As small as can be: a guide of everyday size, packed once.
    Best,
    /// A large guide: a seventh more bytes in a twentieth of the time.
    Good,
    /// An answer for which a reader waits.
    Quick,
}

/// Bytes of the smallest body that is packed: below, the headers of a coding cost what it saves.
const MIN_BYTES: usize = 200;
/// Bytes up to which brotli at 11 takes a tenth of a second at most; the time grows with the body.
const MAX_BYTES_AT_BEST: usize = 64 * 1024;

impl Effort {
    /// For everything that is made with the site, by its size together.
    pub const fn for_total(bytes: usize) -> Self {
        if bytes <= 4 * 1024 * 1024 { Self::Best } else { Self::Good }
    }

    // While a reader waits, brotli at 5 costs half a millisecond and gzip a quarter of that. It is
    // worth it: a reader on a slow line waits longer for the seventh of the bytes that it saves.
    // Measured on a comparison of 32 KB: 9 gives 6.5 KB in 9 ms, 5 gives 6.6 in 0.5, 4 gives 7.1 in
    // 0.27, 3 gives 7.6 in 0.18; gzip at 3 gives 7.6 in 0.12. On 32 KB of prose 11 gives 10.9 KB,
    // 10 gives 11.2 in half the time, 9 gives 12.6 in a quarter, 5 gives 12.6 in a thirtieth.
    const fn brotli_quality(self, bytes: usize) -> i32 {
        match self {
            Self::Best if bytes <= MAX_BYTES_AT_BEST => 11,
            Self::Best => 10,
            Self::Good | Self::Quick => 5,
        }
    }

    const fn gzip_level(self) -> u32 {
        match self {
            Self::Best => 9,
            Self::Good => 6,
            Self::Quick => 3,
        }
    }
}

/// The body in that coding; none where it would not be smaller.
pub fn compress(body: &[u8], encoding: Encoding, effort: Effort) -> Option<Bytes> {
    if body.len() < MIN_BYTES {
        return None;
    }
    let mut small = Vec::with_capacity(body.len() / 4);
    // Writing to memory cannot fail; if it did, the plain body goes out.
    match encoding {
        Encoding::Brotli => {
            let params = brotli::enc::BrotliEncoderParams {
                quality: effort.brotli_quality(body.len()),
                lgwin: window_bits(body.len()),
                size_hint: body.len(),
                ..Default::default()
            };
            brotli::BrotliCompress(&mut &*body, &mut small, &params).ok()?;
        }
        Encoding::Gzip => {
            let level = flate2::Compression::new(effort.gzip_level());
            let mut encoder = flate2::write::GzEncoder::new(&mut small, level);
            encoder.write_all(body).ok()?;
            encoder.finish().ok()?;
        }
    }
    small.shrink_to_fit();
    (small.len() < body.len()).then(|| Bytes::from(small))
}

/// The smallest window, as a power of two, that holds the whole body, since the encoder's memory
/// grows with it. Not below 17: for smaller windows it changes to a way that is ten times slower.
fn window_bits(bytes: usize) -> i32 {
    let bits = usize::BITS - bytes.leading_zeros();
    i32::try_from(bits).unwrap_or(22).clamp(17, 22)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn what_was_compressed_is_the_same_when_unpacked() {
        let body = "A band of pay has a lower end and may have an open top. ".repeat(500);
        for effort in [Effort::Best, Effort::Good, Effort::Quick] {
            let packed = compress(body.as_bytes(), Encoding::Brotli, effort).unwrap();
            let mut text = String::new();
            brotli::Decompressor::new(&*packed, 4096).read_to_string(&mut text).unwrap();
            assert_eq!(text, body);

            let packed = compress(body.as_bytes(), Encoding::Gzip, effort).unwrap();
            let mut text = String::new();
            flate2::read::GzDecoder::new(&*packed).read_to_string(&mut text).unwrap();
            assert_eq!(text, body);
        }
    }

    #[test]
    fn what_would_not_shrink_stays_as_it_is() {
        assert_eq!(compress(b"short", Encoding::Gzip, Effort::Best), None);
        let noise: Vec<u8> = (0_u8..128).flat_map(|n| Sha256::digest([n])).collect();
        assert_eq!(compress(&noise, Encoding::Gzip, Effort::Best), None);
        assert_eq!(compress(&noise, Encoding::Brotli, Effort::Best), None);
    }

    #[test]
    fn the_window_is_no_larger_than_it_need_be() {
        assert_eq!(window_bits(300), 17);
        assert_eq!(window_bits(300_000), 19);
        assert_eq!(window_bits(usize::MAX), 22);
    }
}

//! See `targets::accept_encoding`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| career_guide_fuzz::accept_encoding(data));

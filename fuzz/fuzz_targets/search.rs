//! See `targets::search`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| career_guide_fuzz::search(data));

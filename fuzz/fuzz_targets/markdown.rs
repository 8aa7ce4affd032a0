//! See `targets::markdown`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| career_guide_fuzz::markdown(data));

//! See `targets::take_home`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| career_guide_fuzz::take_home(data));

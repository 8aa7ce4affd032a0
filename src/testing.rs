//! Owns what tests of several modules share: how many random inputs they try.

use proptest::test_runner::Config;

/// Tries `quick` inputs, so that a run of the tests while editing takes seconds. Where
/// `PROPTEST_CASES` is set, as `tests/run` does, it tries at least `thorough`.
pub(crate) fn cases(quick: u32, thorough: u32) -> Config {
    let config = Config { failure_persistence: None, ..Config::default() };
    let cases = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => config.cases.max(thorough),
        None => quick,
    };
    Config { cases, ..config }
}

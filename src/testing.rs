//! Owns what tests of several modules share: pay data, and how many random inputs they try.

use std::path::Path;
use std::sync::LazyLock;

use proptest::test_runner::Config;
use rust_decimal::Decimal;

use crate::content::Content;
use crate::content::source::Source;
use crate::pay::{Range, SalaryData};

/// The pay data of the guide in `tests/fixtures/pay`: three countries with a few figures each.
pub(crate) fn pay_data() -> SalaryData {
    static DATA: LazyLock<SalaryData> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pay");
        Content::load(&Source::Folder(folder)).unwrap().salaries
    });
    DATA.clone()
}

pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn range(low: &str, high: Option<&str>, open: bool) -> Range {
    Range { low: dec(low), high: high.map(dec), open }
}

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

//! Helpers of these tests: `site` builds a site in this process and asks it, `process` starts the
//! program as a person would.

pub(crate) mod process;
mod site;

pub(crate) use site::{Answer, Running, TestSite, shipped};

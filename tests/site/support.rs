//! Helpers of these tests: `site` builds a site in this process and sends it requests, `process`
//! starts the program.

pub(crate) mod process;
mod site;

pub(crate) use site::{Answer, Running, TestSite, shipped, shipped_with};

/// A page of a guide.
pub(crate) fn page(title: &str, text: &str) -> String {
    page_with(title, "checked = 2025-05-01", text)
}

/// A page with its own lines in the front matter, of which one must be `checked`.
pub(crate) fn page_with(title: &str, front_matter: &str, text: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\ndescription = \"About {title}.\"\n{front_matter}\n+++\n\n{text}\n"
    )
}

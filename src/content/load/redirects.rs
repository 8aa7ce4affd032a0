//! Owns the checks of all redirects together, from `redirects.toml` and the aliases of pages.

use std::collections::BTreeSet;

use crate::address::is_reserved;
use crate::content::diagnostics::{Code, FileText};
use crate::content::links::Index;
use crate::content::reader::Located;
use crate::content::tables::site::Redirect;

/// A redirect, and the file that asks for it.
pub(super) type FileRedirect<'a> = (FileText<'a>, Located<Redirect>);

/// Reports redirects that would hide an address of the site, or another redirect.
pub(super) fn check_redirects(redirects: &[FileRedirect<'_>], index: &Index<'_>) {
    let mut seen = BTreeSet::new();
    for (file, redirect) in redirects {
        let from = redirect.value.from.as_str();
        if index.has_path(from) {
            let message = format!("`{from}` is a page of this site, which the redirect would hide");
            file.error(Code::AliasShadowsPage, redirect.at, message)
                .help("choose another path, or delete the page");
        } else if is_reserved(from) {
            let message = format!("`{from}` is an address that the program keeps for itself");
            file.error(Code::AliasShadowsPage, redirect.at, message).help("choose another path");
        } else if !seen.insert(from) {
            file.error(Code::DuplicateId, redirect.at, format!("`{from}` is redirected twice"));
        }
    }
}

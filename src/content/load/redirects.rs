//! Owns the checks of all redirects together, from `redirects.toml` and the aliases of pages.

use std::collections::BTreeSet;

use crate::address::is_reserved;
use crate::content::diagnostics::Code;
use crate::content::links::Index;
use crate::content::reader::Spanned;
use crate::content::tables::guide_files::GuideFiles;
use crate::content::tables::site::Redirect;

/// A redirect, and the file that asks for it.
pub(super) struct FileRedirect {
    /// Path below the content folder.
    pub(super) file: String,
    /// The redirect and its place in the file.
    pub(super) redirect: Spanned<Redirect>,
}

/// Reports redirects that would hide an address of the site, or another redirect.
pub(super) fn check_redirects(
    guide: &GuideFiles<'_>,
    redirects: &[FileRedirect],
    index: &Index<'_>,
) {
    let mut seen = BTreeSet::new();
    for FileRedirect { file, redirect } in redirects {
        let Some(file) = guide.file(file) else { continue };
        let from = redirect.value.from.as_str();
        let (code, message, help) = if index.has_path(from) {
            (
                Code::AliasShadowsPage,
                format!("`{from}` is a page of this site, which the redirect would hide"),
                Some("choose another path, or delete the page"),
            )
        } else if is_reserved(from) {
            (
                Code::AliasShadowsPage,
                format!("`{from}` is an address that the program keeps for itself"),
                Some("choose another path"),
            )
        } else if !seen.insert(from) {
            (Code::DuplicateId, format!("`{from}` is redirected twice"), None)
        } else {
            continue;
        };
        file.error(code, redirect.span.clone(), message, help.map(str::to_owned));
    }
}

//! Owns which pages are offered to a reader whose address leads nowhere.

use super::PageInfo;
use crate::address;

const MAX_SUGGESTIONS: usize = 4;
/// Below this likeness, which is from 0 to 1, a suggestion confuses more than it helps.
const MIN_LIKENESS: f64 = 0.75;
// SECURITY: work for an address that does not exist is bounded, however long it is and however
// large the guide.
const MAX_CHARACTERS: usize = 60;
const MAX_COMPARED: usize = 2_000;

/// The pages whose paths are most like the given one, nearest first.
pub(super) fn nearest_pages<'p>(path: &str, pages: &'p [PageInfo]) -> Vec<&'p PageInfo> {
    let wanted: String =
        path.trim_matches('/').to_lowercase().chars().take(MAX_CHARACTERS).collect();
    let wanted = without_ending(&wanted);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(f64, &PageInfo)> = pages
        .iter()
        .take(MAX_COMPARED)
        .filter(|page| page.path != address::HOME)
        .map(|page| (likeness(wanted, page.path.trim_matches('/')), page))
        .filter(|(likeness, _)| *likeness >= MIN_LIKENESS)
        .collect();
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    found.into_iter().take(MAX_SUGGESTIONS).map(|(_, page)| page).collect()
}

/// From 0 to 1. The last part of a path says most about what was looked for.
fn likeness(wanted: &str, path: &str) -> f64 {
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let end = strsim::jaro_winkler(&last(wanted), &last(path));
    let whole = strsim::jaro_winkler(wanted, path);
    0.8 * end + 0.2 * whole
}

/// "skills.html" was "skills" on another site.
fn without_ending(path: &str) -> &str {
    [".html", ".htm", ".php", ".md", ".aspx"]
        .iter()
        .find_map(|ending| path.strip_suffix(ending))
        .unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn found(path: &str) -> Vec<String> {
        let pages: Vec<PageInfo> = ["/", "/guide", "/guide/skills", "/guide/pay", "/salaries/zz"]
            .map(|path| PageInfo {
                path: path.to_owned(),
                title: String::new(),
                checked: date(2026, 1, 1),
            })
            .into();
        nearest_pages(path, &pages).into_iter().map(|page| page.path.clone()).collect()
    }

    #[test]
    fn a_misspelt_path_finds_the_page_that_was_meant() {
        assert_eq!(found("/guide/skils")[0], "/guide/skills");
        assert_eq!(found("/skills.html")[0], "/guide/skills");
        assert_eq!(found("/GUIDE/Skills/")[0], "/guide/skills");
        assert_eq!(found("/guide/salaries/zz")[0], "/salaries/zz");
    }

    #[test]
    fn what_resembles_nothing_gets_no_suggestion() {
        assert_eq!(found("/wp-login.php"), [""; 0]);
        assert_eq!(found("/"), [""; 0]);
        assert_eq!(found(&"/x".repeat(100_000)), [""; 0]);
    }
}

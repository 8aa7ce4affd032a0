//! Owns what of a query counts for a page: the parameters that it knows. What networks add to each
//! click on a shared link then neither has a page made anew nor fills the store.

use std::borrow::Cow;

use url::form_urlencoded;

/// A query without the parameters of other names, otherwise as it stands in the address.
pub(super) fn known<'q>(query: &'q str, names: &[&str]) -> Cow<'q, str> {
    let is_known = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        names.contains(&name) || is_escaped(name, names)
    };
    if query.split('&').all(|pair| is_known(&pair)) {
        return Cow::Borrowed(query);
    }
    let pairs: Vec<&str> = query.split('&').filter(is_known).collect();
    Cow::Owned(pairs.join("&"))
}

/// Whether one of the names was written by escapes.
fn is_escaped(name: &str, names: &[&str]) -> bool {
    name.contains(['%', '+'])
        && form_urlencoded::parse(name.as_bytes())
            .next()
            .is_some_and(|(name, _)| names.contains(&&*name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_parameters_are_left_out_and_nothing_else_changes() {
        let known = |query| known(query, &["pay", "country"]).into_owned();
        assert_eq!(known(""), "");
        assert_eq!(known("pay=net&country=in&country=%67b"), "pay=net&country=in&country=%67b");
        assert_eq!(known("fbclid=1&pay=net&utm_source=x&country=in&"), "pay=net&country=in");
        assert_eq!(known("p%61y=net&pay&pays=1&PAY=gross"), "p%61y=net&pay");
        assert_eq!(known("fbclid=pay=net"), "");
        assert_eq!(known("pay=a=b"), "pay=a=b");
    }
}

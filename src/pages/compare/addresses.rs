//! Owns the addresses of the view that is shown, in its other forms.

use std::fmt::Write as _;

use crate::address;
use crate::pages::Shared;
use crate::pay::comparison::Selection;

/// Addresses of the same view.
#[derive(Debug)]
pub(super) struct Addresses {
    /// With the reader's own figure, for the address bar alone.
    pub(super) here: String,
    /// Says everything, so that it never silently changes.
    pub(super) share: String,
    pub(super) csv: String,
    pub(super) json: String,
    pub(super) embed: String,
    /// Whether `embed` and `share` are whole addresses.
    pub(super) absolute: bool,
}

impl Addresses {
    /// `query` is the canonical one of the selection.
    pub(super) fn new(shared: &Shared<'_>, selection: &Selection, query: &str) -> Self {
        let data = &shared.content.salaries;
        let path = |path: &str| shared.urls.path(&address::with_query(path, query));
        let share = address::with_query(address::COMPARE, &selection.share_query(data));
        let embed = address::with_query(address::EMBED_COMPARE, query);
        let whole = |path: &str| shared.urls.absolute_or_path(path);
        let mut here = path(address::COMPARE);
        if let (Some(offer), Some(currency)) = (&selection.offer, &selection.offer_currency) {
            here.push(if here.contains('?') { '&' } else { '?' });
            // Writing to a string cannot fail.
            let _ = write!(
                here,
                "offer={}&offer_currency={}",
                offer.normalize(),
                currency.as_str().to_lowercase()
            );
        }
        Self {
            here,
            share: whole(&share),
            csv: path(address::COMPARE_CSV),
            json: path(address::COMPARE_JSON),
            embed: whole(&embed),
            absolute: shared.urls.absolute(address::HOME).is_some(),
        }
    }
}

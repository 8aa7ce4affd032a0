//! Owns the list of addresses and what answers at each, within its layers. The entry point is
//! [`service`].

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::layers::{AppService, Layers};
use super::state::AppState;
use super::{cards, comparison, pictures, prepared, probes, search, tables};
use crate::address;

/// All addresses of the site, and `more`, with the layers around them. Each address begins with the
/// base path of the site, because that is how it stands in a request.
pub(super) fn service(state: &Arc<AppState>, more: Router<Arc<AppState>>) -> AppService {
    let layers = Layers::new(state);
    let base = state.site().urls().base_path().to_owned();
    let below = |path: &str| format!("{base}{path}");
    let within = |folder: &str, name: &str| format!("{base}{folder}{name}");

    // Made for each request.
    let pages = Router::new()
        .route(&below(address::COMPARE), get(comparison::show_comparison))
        .route(&below(address::EMBED_COMPARE), get(comparison::show_embed))
        .route(&below(address::COMPARE_JSON), get(tables::show_comparison_json))
        .route(&below(address::COMPARE_CSV), get(tables::show_comparison_csv))
        .route(&below(address::SEARCH), get(search::show_results))
        .merge(more);

    // Drawn when they are first asked for. Drawing has a queue of its own, so that pages do not wait for
    // pictures.
    let pictures = Router::new()
        .route(&below(address::COMPARE_CARD), get(cards::show_comparison_card))
        .route(&within(address::CARDS, "{*page}"), get(cards::show_page_card))
        .route(&within(address::ICONS, "{file}"), get(cards::show_icon))
        .route(&below(address::TOUCH_ICON), get(cards::show_icon))
        .route(&below(address::FAVICON), get(cards::show_icon))
        .route(&within(address::PICTURES, "{file}"), get(pictures::show_picture));

    // What neither a route nor the site has: other spellings, old addresses, and nothing.
    let missing = Router::new().fallback(prepared::show_missing);
    let missing = layers.around_made(layers.limit(missing)).with_state(Arc::clone(state));
    let otherwise = missing.clone();

    // Whatever does not depend on a query is in the site already, under its address: the home page,
    // the guide and its sections, countries, sources, about, the plan, feeds and tables for
    // programs, style sheets, scripts and images. One look-up finds it.
    let routes = layers
        .around_made(layers.limit(pages).merge(pictures))
        .fallback(move |state, request| prepared::show_prepared(state, otherwise, request))
        .route(address::LIVENESS, get(probes::show_liveness))
        .route(address::READINESS, get(probes::show_readiness))
        .with_state(Arc::clone(state));
    layers.around_all(routes, missing)
}

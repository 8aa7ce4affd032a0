//! Owns the list of addresses and what answers at each. The entry point is [`routes`].

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::layers::Layers;
use super::state::AppState;
use super::{cards, comparison, health, pictures, prepared, search, tables};
use crate::address;

/// All addresses of the site. Handlers find the base path of the site in front of theirs, because
/// that is how the address stands in the request.
pub(super) fn routes(
    state: &Arc<AppState>,
    layers: &Layers,
    missing: Router,
    more: Router<Arc<AppState>>,
) -> Router {
    let base = state.site().urls().base_path().to_owned();
    let below = |path: &str| format!("{base}{path}");

    // Made for each request.
    let pages = Router::new()
        .route(&below(address::COMPARE), get(comparison::show_comparison))
        .route(&below(address::EMBED_COMPARE), get(comparison::show_embed))
        .route(&below(address::COMPARE_JSON), get(tables::show_comparison_json))
        .route(&below(address::COMPARE_CSV), get(tables::show_comparison_csv))
        .route(&below(address::SEARCH), get(search::show_results))
        .merge(more);

    // Drawn when they are first asked for. Drawing has a queue of its own: whoever waits in it must
    // not keep pages waiting.
    let pictures = Router::new()
        .route(&below(address::COMPARE_CARD), get(cards::show_comparison_card))
        .route(&below("/cards/{*page}"), get(cards::show_page_card))
        .route(&below("/icons/{file}"), get(cards::show_icon))
        .route(&below(address::TOUCH_ICON), get(cards::show_icon))
        .route(&below(address::FAVICON), get(cards::show_icon))
        .route(&below("/pictures/{file}"), get(pictures::show_picture));

    // Whatever does not depend on the query is in the site already, under its address: the home
    // page, about, the guide and its sections, countries, sources, the plan, the feeds and tables,
    // the style sheets, scripts and images. One look-up finds it.
    layers
        .around_made(layers.limit(pages).merge(pictures))
        .fallback(move |state, request| prepared::show_prepared(state, missing, request))
        .route(address::LIVENESS, get(health::show_liveness))
        .route(address::READINESS, get(health::show_readiness))
        .with_state(Arc::clone(state))
}

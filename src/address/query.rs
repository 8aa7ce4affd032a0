//! Owns the names of the parameters that addresses take. Must not know what their values mean.

/// Countries to compare.
pub const COUNTRY: &str = "country";
/// Levels to compare.
pub const LEVEL: &str = "level";
/// The currency in which amounts are shown.
pub const CURRENCY: &str = "currency";
/// Before or after tax.
pub const PAY: &str = "pay";
/// By exchange rates or by purchasing power.
pub const ADJUST: &str = "adjust";
/// A year or a month.
pub const PERIOD: &str = "period";
/// What the order of the rows follows first.
pub const GROUP: &str = "group";
/// Sources beside the guide's own bands.
pub const SOURCE: &str = "source";
/// The reader's own figure.
pub const OFFER: &str = "offer";
/// The currency of [`OFFER`].
pub const OFFER_CURRENCY: &str = "offer_currency";
/// The edition of the data that an address was made for.
pub const EDITION: &str = "edition";
/// The date of the exchange rates that an address was made for.
pub const RATES: &str = "rates";
/// The words to search for.
pub const WORDS: &str = "q";

/// The query that an address understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Query {
    /// None: what follows the question mark changes nothing.
    None,
    /// That of a comparison.
    Comparison,
    /// That of a search.
    Search,
}

impl Query {
    /// The names that it may hold, in the order of the form.
    pub const fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Comparison => &[
                COUNTRY,
                LEVEL,
                CURRENCY,
                PAY,
                ADJUST,
                PERIOD,
                GROUP,
                SOURCE,
                OFFER,
                OFFER_CURRENCY,
                EDITION,
                RATES,
            ],
            Self::Search => &[WORDS],
        }
    }
}

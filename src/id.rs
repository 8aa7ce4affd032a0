//! Owns the names by which files of the content refer to each other. Each kind of name has its own
//! type, so that a level can never be passed where a country is meant.

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(Box<str>);

        impl $name {
            /// Wraps a name that the caller has already checked.
            pub fn new(name: impl Into<Box<str>>) -> Self {
                Self(name.into())
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }
    )*};
}

id_types! {
    /// ISO 3166-1 alpha-2 country code in lower case, as in file names and addresses: `in`.
    CountryCode;
    /// ISO 4217 currency code in upper case: `INR`.
    CurrencyCode;
    /// A step of the career, declared in `levels.toml`: `mid`.
    LevelId;
    /// A key of `sources.toml`: `bls-oews`.
    SourceId;
    /// The file name of a guide section without its ending: `skills`.
    SectionId;
}

//! Owns the fonts within the program: which characters they have, and how wide a text is in them.
//! Pictures are drawn with them, because a server has no fonts of its own. They are not sent to
//! browsers. Knows nothing of pictures or pages.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

/// Latin, Greek and Cyrillic letters, arrows, and the currency signs of Unicode.
const FILES: [&[u8]; 4] = [
    include_bytes!("fonts/sans-400.ttf"),
    include_bytes!("fonts/sans-600.ttf"),
    include_bytes!("fonts/serif-600.ttf"),
    include_bytes!("fonts/signs-400.ttf"),
];

/// The family of texts and figures.
pub const SANS: &str = "Guide Sans";
/// The family of headings.
pub const SERIF: &str = "Guide Serif";

static FONTS: LazyLock<Vec<FontRef<'static>>> =
    LazyLock::new(|| FILES.into_iter().filter_map(|file| FontRef::new(file).ok()).collect());

/// A family and weight to set a text in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Texts.
    Sans,
    /// Labels and figures that stand out.
    SansBold,
    /// Headings.
    Serif,
}

impl Face {
    /// As in `font-family`.
    pub const fn family(self) -> &'static str {
        match self {
            Self::Sans | Self::SansBold => SANS,
            Self::Serif => SERIF,
        }
    }

    /// As in `font-weight`.
    pub const fn weight(self) -> u16 {
        match self {
            Self::Sans => 400,
            Self::SansBold | Self::Serif => 600,
        }
    }

    const fn file(self) -> usize {
        match self {
            Self::Sans => 0,
            Self::SansBold => 1,
            Self::Serif => 2,
        }
    }

    /// How wide a line is at a size, both in pixels. Kerning is left out, which makes it a trifle
    /// too wide; what the face lacks counts as the font that stands in for it has it.
    pub fn width(self, text: &str, size: f32) -> f32 {
        let first = self.file();
        let order = std::iter::once(first).chain((0..FONTS.len()).filter(|at| *at != first));
        text.chars()
            .map(|c| {
                let found = order.clone().find_map(|at| {
                    let font = FONTS.get(at)?;
                    let glyph = font.charmap().map(c)?;
                    font.glyph_metrics(Size::new(size), LocationRef::default()).advance_width(glyph)
                });
                found.unwrap_or(size)
            })
            .sum()
    }
}

/// The font files, for those who draw.
pub fn files() -> impl Iterator<Item = &'static [u8]> {
    FILES.into_iter()
}

/// The first character of a text that none of the fonts has. Spaces have no shape to lack.
pub fn lacking(text: &str) -> Option<char> {
    let known = |c: char| FONTS.iter().any(|font| font.charmap().map(c).is_some());
    text.chars().find(|c| !c.is_whitespace() && !known(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_have_every_currency_sign_of_unicode_up_to_the_som() {
        assert_eq!(FONTS.len(), FILES.len());
        let signs: String = ('\u{20A0}'..='\u{20C0}').collect();
        assert_eq!(lacking(&signs), None);
        assert_eq!(lacking("$ £ ¥ R$ zł Kč CHF ≈ – × + … → Ä ő ş Ж Ω ỹ ½"), None);
    }

    #[test]
    fn letters_that_the_fonts_lack_are_named() {
        assert_eq!(lacking("वेतन"), Some('व'));
        assert_eq!(lacking("pay in 円"), Some('円'));
    }

    #[test]
    fn width_grows_with_size_and_text() {
        let one = Face::Serif.width("Pay", 40.0);
        assert!((Face::Serif.width("Pay", 80.0) - 2.0 * one).abs() < 0.01);
        assert!((Face::Serif.width("PayPay", 40.0) - 2.0 * one).abs() < 0.01);
        assert!(Face::SansBold.width("₭", 20.0) > 5.0, "a sign that another font has");
    }
}

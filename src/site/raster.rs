//! Owns the step from SVG to PNG. The entry points are [`png`] and [`ico`], which makes an icon file
//! of a PNG. Only this program's own SVG is drawn, with the fonts within the program, so that every
//! machine draws the same pixels. Must not know what a picture shows.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, ImageHrefResolver, fontdb};

use crate::fonts;

/// SECURITY: pixels of the largest picture. Each takes four bytes of memory while it is drawn.
const MAX_PIXELS: u32 = 4_000_000;

/// Why a picture cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum RasterError {
    /// The text is no SVG.
    #[error("the picture cannot be read: {0}")]
    Svg(#[from] usvg::Error),
    /// It has no pixels, or more than [`MAX_PIXELS`].
    #[error("a picture of {0} by {1} pixels is too large or too small")]
    Size(u32, u32),
    /// The pixels cannot be written as PNG.
    #[error("the picture cannot be written: {0}")]
    Png(String),
}

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for file in fonts::files() {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(file)));
    }
    fonts.set_sans_serif_family(fonts::SANS);
    fonts.set_serif_family(fonts::SERIF);
    Arc::new(fonts)
});

/// Draws an SVG, stretched to so many pixels. It must hold its colours itself, because no style sheet
/// of the site applies to it. Font families that the program does not have, such as `system-ui`, are
/// drawn in its one sans serif.
///
/// # Errors
/// If the text is no SVG, or the picture would have no pixels or more than four million.
pub fn png(svg: &str, width: u32, height: u32) -> Result<Vec<u8>, RasterError> {
    let size = || RasterError::Size(width, height);
    if width.saturating_mul(height) > MAX_PIXELS {
        return Err(size());
    }
    let mut pixels = Pixmap::new(width, height).ok_or_else(size)?;
    let options = usvg::Options {
        font_family: fonts::SANS.to_owned(),
        fontdb: Arc::clone(&FONTS),
        // SECURITY: pictures within a picture are left out, so that no file is ever read.
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options)?;
    #[expect(clippy::cast_precision_loss, reason = "both are below four million")]
    let (across, down) = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, Transform::from_scale(across, down), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| RasterError::Png(error.to_string()))
}

/// An icon file that holds one PNG of so many pixels across and down.
pub fn ico(png: &[u8], size: u8) -> Vec<u8> {
    // The header: type 1 (icon), one picture; then its width and height, no palette, one plane,
    // 32 bits a pixel.
    let mut file = vec![0, 0, 1, 0, 1, 0, size, size, 0, 0, 1, 0, 32, 0];
    let length = u32::try_from(png.len()).unwrap_or(u32::MAX);
    file.extend(length.to_le_bytes());
    // Where the picture begins: behind these 22 bytes.
    file.extend(22_u32.to_le_bytes());
    file.extend(png);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(inside: &str) -> Pixmap {
        let svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30" fill="#fff"/>{inside}</svg>"##
        );
        Pixmap::decode_png(&png(&svg, 120, 60).unwrap()).unwrap()
    }

    fn ink(picture: &Pixmap) -> usize {
        picture.pixels().iter().filter(|pixel| pixel.red() < 128).count()
    }

    #[test]
    fn a_picture_has_the_size_that_was_asked_for() {
        let picture = drawn("");
        assert_eq!((picture.width(), picture.height()), (120, 60));
        assert_eq!(ink(&picture), 0);
    }

    #[test]
    fn each_font_and_weight_is_drawn_and_differs() {
        let text = |family: &str, weight: &str| {
            drawn(&format!(
                r#"<text x="4" y="22" font-size="18" font-family="{family}" font-weight="{weight}">Pay</text>"#
            ))
        };
        let [sans, bold, serif] =
            [text(fonts::SANS, "400"), text(fonts::SANS, "600"), text(fonts::SERIF, "600")];
        assert!(ink(&sans) > 50);
        assert!(ink(&bold) > ink(&sans));
        assert!(serif.data() != bold.data());
        assert_eq!(text("system-ui, sans-serif", "400").data(), sans.data());
        assert_eq!(text("Palatino, serif", "700").data(), serif.data());
    }

    #[test]
    fn a_character_that_the_first_font_lacks_comes_from_another() {
        let sign = |sign: &str| {
            drawn(&format!(
                r#"<text x="4" y="22" font-size="18" font-family="{}">{sign}</text>"#,
                fonts::SANS
            ))
        };
        assert!(ink(&sign("₭")) > 30);
        assert!(sign("₭").data() != sign("₾").data());
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert!(matches!(png("<svg", 10, 10), Err(RasterError::Svg(_))));
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>"#;
        assert!(matches!(png(svg, 0, 10), Err(RasterError::Size(0, 10))));
        assert!(matches!(png(svg, 60_000, 60_000), Err(RasterError::Size(..))));
    }

    #[test]
    fn files_of_the_server_are_never_read() {
        let picture = drawn(r#"<image href="/etc/passwd" width="10" height="10"/>"#);
        assert_eq!(ink(&picture), 0);
    }
}

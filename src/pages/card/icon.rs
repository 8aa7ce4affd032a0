//! Owns the icons of the site in pixels: for tabs, home screens, and where the site is installed.

use crate::address;
use crate::draw::style;

/// What an icon is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Shown as it is.
    Any,
    /// Cut to any shape: what matters lies within the middle four fifths.
    Maskable,
    /// A square whose corners the system rounds.
    Apple,
    /// Asked for unbidden by browsers that show no SVG, or a page without a head.
    Tab,
}

/// One icon.
#[derive(Clone, Copy, Debug)]
pub struct Icon {
    /// Below the base path.
    pub path: &'static str,
    /// Pixels across and down.
    pub size: u32,
    /// What it is for.
    pub purpose: Purpose,
}

/// All of them. Most browsers show an SVG among the assets in their tabs.
pub const ICONS: [Icon; 5] = [
    Icon { path: address::ICON_192, size: 192, purpose: Purpose::Any },
    Icon { path: address::ICON_512, size: 512, purpose: Purpose::Any },
    Icon { path: address::ICON_MASKABLE, size: 512, purpose: Purpose::Maskable },
    Icon { path: address::TOUCH_ICON, size: 180, purpose: Purpose::Apple },
    Icon { path: address::FAVICON, size: 32, purpose: Purpose::Tab },
];

/// The mark of the site on its own ground, as SVG.
pub fn draw(icon: Icon) -> String {
    let (corner, scale) = match icon.purpose {
        Purpose::Any => (18, 1.9),
        Purpose::Tab => (18, 2.4),
        Purpose::Maskable => (0, 1.55),
        Purpose::Apple => (0, 1.9),
    };
    let (ground, mark) = (style::ACCENT.light, style::PAPER.light);
    // The mark is 32 wide and 29 high, and begins 4 below its own top.
    let (left, top) = (50.0 - 16.5 * scale, 50.0 - 14.5 * scale);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100" rx="{corner}" fill="{ground}"/><path transform="translate({left} {top}) scale({scale})" fill="{mark}" d="M2 20h12v5H2zM8 12h14v5H8zM16 4h14v5H16z"/></svg>"#
    )
}

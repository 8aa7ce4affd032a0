//! Owns the whole guide as one file to download. The entry point is [`draft`].

use http::header::{self, HeaderName, HeaderValue};

use super::assets::Asset;
use super::placed::{BuildError, PlacedWithHeaders};
use super::resource::Draft;
use crate::address;
use crate::pages::{self, Shared};

/// The file, from the assets, of which it holds one style sheet.
pub(super) fn draft(
    shared: &Shared<'_>,
    assets: &[Asset],
) -> Result<PlacedWithHeaders, BuildError> {
    let style = assets.iter().find(|asset| asset.name == pages::SINGLE_FILE_STYLE);
    let style = style.and_then(|asset| std::str::from_utf8(&asset.body).ok()).unwrap_or_default();
    let file = pages::single_file(shared, style).map_err(BuildError::page(address::GUIDE_FILE))?;
    let name = format!("attachment; filename=\"{}\"", file_name(&shared.content.site.edition));
    let policy = format!("{}; frame-ancestors 'none'", file.policy);
    let headers = vec![
        value(header::CONTENT_SECURITY_POLICY, policy),
        value(header::CONTENT_DISPOSITION, name),
    ];
    Ok((address::GUIDE_FILE.to_owned(), Draft::page(file.html), headers))
}

/// Of letters that every file system takes.
fn file_name(edition: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let edition: String = edition.chars().map(plain).collect();
    format!("guide-{}.html", edition.trim_matches(['.', '-']))
}

fn value(name: HeaderName, text: String) -> (HeaderName, HeaderValue) {
    let value = HeaderValue::try_from(text);
    (name, value.unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'")))
}

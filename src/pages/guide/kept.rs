//! Owns the whole guide as one file that somebody keeps: style and pictures within it, no script,
//! links between sections within it, and all others with their host. It is opened from a disk,
//! where no header of ours speaks, so it carries its own policy.

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::super::Shared;
use super::super::fragments::Renderer;
use super::super::layout::{Layout, Sheet};
use super::{Part, Whole};
use crate::address::{self, AWAY};
use crate::content::Image;
use crate::media_type;

/// The guide as a file.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The whole of it.
    pub html: String,
    /// What it says of itself, for the header that goes with it.
    pub policy: String,
}

#[derive(Template)]
#[template(path = "kept.html")]
struct View<'a> {
    layout: Layout<'a>,
    policy: &'a str,
    style: &'a str,
    /// Where the guide is read as it is now; none without a base URL.
    home: Option<String>,
    parts: Vec<Part<'a>>,
    minutes: usize,
    notes: String,
}

/// The source name of the style sheet that the file holds.
pub const STYLE: &str = Sheet::Whole.name();

/// The whole guide as one file; `style` is what its style sheet says.
pub fn kept(shared: &Shared<'_>, style: &str) -> Result<Kept, askama::Error> {
    let urls = shared.urls.from_elsewhere();
    let away = Shared { urls: &urls, ..*shared };
    let whole = Whole::new(Renderer::new(away).with_pictures_inside())?;
    let site = &shared.content.site;
    let layout = Layout::new(away, address::WHOLE_GUIDE, &site.title, "Guide", &site.description);
    let policy = policy(style);
    let html = View {
        policy: &policy,
        style,
        home: shared.urls.absolute(address::HOME),
        parts: whole.parts,
        minutes: whole.minutes,
        notes: whole.notes,
        layout,
    }
    .render()?;
    Ok(Kept { html: named(&html), policy })
}

/// SECURITY: nothing runs, nothing is fetched, and no style but ours is believed, even when
/// somebody has put a foreign line into the text on the way.
fn policy(style: &str) -> String {
    let hash = STANDARD.encode(Sha256::digest(style));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; form-action 'none'; \
         base-uri 'none'"
    )
}

/// A picture as an address that holds it.
pub(in crate::pages) fn picture_inside(image: &Image) -> String {
    format!("data:{};base64,{}", media_type::of_name(&image.name), STANDARD.encode(&image.bytes))
}

/// Links to pages whose host nobody knows become the text of the link with the page's path. All
/// text is escaped, so that only tags begin with `<`, and no link holds another.
fn named(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<a ") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (tag, inside) = rest.split_once('>').unwrap_or((rest, ""));
        let href = tag.split_once(" href=\"").and_then(|(_, href)| href.split('"').next());
        let away = href.and_then(|href| href.strip_prefix(AWAY));
        if let (Some(path), Some((text, after))) = (away, inside.split_once("</a>")) {
            out.extend([text, " <span class=\"small\">(", path, ")</span>"]);
            rest = after;
        } else {
            out.push_str("<a ");
            rest = &rest["<a ".len()..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_without_a_host_become_text_and_all_others_stay() {
        let html = format!(
            "<p><a class=\"x\" href=\"{AWAY}/compare?a=b&amp;c\">Compare <b>pay</b></a>, \
             <a href=\"#a\">A</a>, <a href=\"https://example.org/\">B</a> <abbr>C</abbr></p>"
        );
        assert_eq!(
            named(&html),
            "<p>Compare <b>pay</b> <span class=\"small\">(/compare?a=b&amp;c)</span>, \
             <a href=\"#a\">A</a>, <a href=\"https://example.org/\">B</a> <abbr>C</abbr></p>"
        );
    }

    #[test]
    fn the_policy_names_the_very_style() {
        // printf 'a{b:c}' | openssl dgst -sha256 -binary | base64
        assert!(policy("a{b:c}").contains("'sha256-0cRUVYRKwNwnl1hkfkPGjkht16b039TjFdJzmXfFK2o='"));
    }
}

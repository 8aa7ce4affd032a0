//! Owns the whole guide as one file to download: style and images within it, no script, links
//! between sections within it, and all others with their host. The entry point is [`single_file`].
//! It is rendered by the code of the page `/guide` with other addresses, so that the two cannot differ.

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::super::Shared;
use super::super::guide::WholeGuide;
use super::super::layout::{Layout, Sheet};
use super::super::renderer::Mode;
use crate::address;
use crate::address::AWAY;
use crate::html::{self, Part};

/// The guide as one file.
#[derive(Clone, Debug)]
pub struct SingleFile {
    /// The whole of it.
    pub html: String,
    /// The content security policy within it, for the header that goes with it.
    pub policy: String,
}

#[derive(Template)]
#[template(path = "single_file.html")]
struct View<'a> {
    layout: Layout<'a>,
    policy: &'a str,
    style: &'a str,
    /// Where the guide is read as it is now; none without a base URL.
    home: Option<String>,
    guide: WholeGuide<'a>,
}

/// The source name of the style sheet that the file holds.
pub const STYLE: &str = Sheet::WholeGuide.name();

/// The whole guide as one file; `style` is the text of its style sheet.
pub fn single_file(shared: &Shared<'_>, style: &str) -> Result<SingleFile, askama::Error> {
    let urls = shared.urls.from_elsewhere();
    let elsewhere = Shared { urls: &urls, ..*shared };
    let site = &shared.content.site;
    let policy = policy(style);
    let html = View {
        layout: Layout::new(
            elsewhere,
            address::WHOLE_GUIDE,
            &site.title,
            "Guide",
            &site.description,
        ),
        policy: &policy,
        style,
        home: shared.urls.absolute(address::HOME),
        guide: WholeGuide::new(elsewhere, Mode::SingleFile)?,
    }
    .render()?;
    Ok(SingleFile { html: without_unknown_links(&html), policy })
}

/// The file carries its own policy, because no header of ours goes with a file on a disk.
///
/// SECURITY: nothing runs, nothing is fetched, and no style but ours is applied, even when a line
/// was put into the file on its way to the reader.
fn policy(style: &str) -> String {
    let hash = STANDARD.encode(Sha256::digest(style));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; form-action 'none'; \
         base-uri 'none'"
    )
}

/// Links to pages of this site, when its host is not known, become the text of the link with the
/// path of the page. No link holds another, so that one at a time is enough.
fn without_unknown_links(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    // The path of the link that is being read, if its host is not known.
    let mut unknown = None;
    for part in html::parts(html) {
        let path = match part {
            Part::Start(tag) if tag.name() == "a" => {
                tag.attribute("href").and_then(|href| href.strip_prefix(AWAY))
            }
            _ => None,
        };
        if path.is_some() {
            unknown = path;
        } else if let (Part::End("a"), Some(path)) = (part, unknown) {
            out.extend([" <span class=\"small\">(", path, ")</span>"]);
            unknown = None;
        } else {
            part.push_to(&mut out);
        }
    }
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
            without_unknown_links(&html),
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

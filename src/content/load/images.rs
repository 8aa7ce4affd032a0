//! Owns what may stand in `images/`: files that browsers show, of which SVG files hold nothing that
//! runs or that is fetched from elsewhere. The entry points are [`check_images`] and [`images`].

use std::collections::BTreeSet;

use crate::content::Image;
use crate::content::diagnostics::{Code, FileText};
use crate::content::source::Files;
use crate::content::tables::guide_files::GuideFiles;

/// Endings of picture files, and how files of that kind begin; empty where their beginnings differ.
const PICTURES: [(&str, &[&[u8]]); 8] = [
    ("svg", &[]),
    ("png", &[b"\x89PNG\r\n"]),
    ("jpg", &[b"\xFF\xD8\xFF"]),
    ("jpeg", &[b"\xFF\xD8\xFF"]),
    ("gif", &[b"GIF87a", b"GIF89a"]),
    ("webp", &[b"RIFF"]),
    ("avif", &[]),
    ("ico", &[b"\0\0\x01\0"]),
];

/// The files of `images/`, by their names in there.
pub(super) fn images(files: Files) -> Vec<Image> {
    let images = files.files.into_iter().filter_map(|(path, bytes)| {
        Some(Image { name: path.strip_prefix("images/")?.to_owned(), bytes })
    });
    images.collect()
}

/// Reports files that browsers would not show, and SVG files that are more than a drawing.
pub(super) fn check_images(guide: &GuideFiles<'_>) {
    let mut seen = BTreeSet::new();
    for (path, bytes) in &guide.files.files {
        let Some(name) = path.strip_prefix("images/") else { continue };
        let error = |code, message| guide.error(code, path, message);
        let plain = name.split('/').all(|part| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
        });
        if !plain {
            error(Code::BadPath, "the file's name cannot stand in an address as it is")
                .help("use letters a-z, digits, hyphens and dots");
        }
        if !seen.insert(name.to_ascii_lowercase()) {
            error(Code::DuplicateId, "another picture has this name but for upper and lower case")
                .help("some file systems cannot tell them apart");
        }
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match PICTURES.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)) {
            None => {
                error(Code::BadImage, "this is no picture that browsers show")
                    .help("images/ holds svg, png, jpg, gif, webp, avif and ico files");
            }
            Some(("svg", _)) => {
                let text = String::from_utf8_lossy(bytes);
                if let Err((at, message, help)) = check_drawing(&text) {
                    let name = guide.files.name(path);
                    let file = FileText { name: &name, text: &text, problems: guide.problems };
                    file.error(Code::BadImage, at, message).help(help);
                }
            }
            Some((_, starts)) => {
                if !starts.is_empty() && !starts.iter().any(|start| bytes.starts_with(start)) {
                    error(Code::BadImage, "the file is not what its ending says")
                        .help("save the picture again under its right name");
                }
            }
        }
    }
}

/// Parts of SVG that do more than draw.
const ACTIVE: [(&str, &str); 12] = [
    ("script", "a script"),
    ("handler", "a script"),
    ("a", "a link"),
    ("foreignObject", "foreign content"),
    ("iframe", "a frame"),
    ("embed", "foreign content"),
    ("object", "foreign content"),
    ("audio", "sound"),
    ("video", "a film"),
    ("set", "an animation"),
    ("animate", "an animation"),
    ("animateMotion", "an animation"),
];

const PLAIN: &str = "save it as a plain drawing, without scripts, links and parts from elsewhere";

/// What is wrong with a drawing, and where.
type Wrong = (usize, String, &'static str);

/// Whether an SVG is a drawing and nothing else.
fn check_drawing(svg: &str) -> Result<(), Wrong> {
    if svg.contains("<!ENTITY") {
        return Err((0, "an entity in a picture, which can be anything".to_owned(), PLAIN));
    }
    if most_attributes(svg) > MAX_ATTRIBUTES {
        let message = format!("more than {MAX_ATTRIBUTES} attributes on one element");
        return Err((0, message, PLAIN));
    }
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(svg, options)
        .map_err(|error| (offset(svg, error.pos()), format!("this is no SVG: {error}"), PLAIN))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(NAMESPACE) {
        let help = "it begins with <svg xmlns=\"http://www.w3.org/2000/svg\" …>";
        return Err((root.range().start, "browsers do not show this as SVG".to_owned(), help));
    }
    // SECURITY: opened at its own address, an SVG runs scripts as a page does, unless the server
    // forbids it; and a copy of the site on another server may not.
    for node in document.descendants() {
        let wrong = |what: &str| (node.range().start, format!("{what} in a picture"), PLAIN);
        if node.is_pi() && node.pi().is_some_and(|pi| pi.target != "xml") {
            return Err(wrong("an instruction to programs"));
        }
        let name = node.tag_name().name();
        if let Some((_, what)) = ACTIVE.iter().find(|(part, _)| name.eq_ignore_ascii_case(part)) {
            return Err(wrong(what));
        }
        if name == "style" && is_from_elsewhere(node.text().unwrap_or_default()) {
            return Err(wrong("a part from elsewhere"));
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name().to_ascii_lowercase(), attribute.value().trim());
            if name.starts_with("on") {
                return Err(wrong("an event handler"));
            }
            let inside = value.starts_with('#') || value.starts_with("data:image/");
            if name == "href" && !inside || is_from_elsewhere(value) {
                return Err(wrong("a part from elsewhere"));
            }
        }
    }
    Ok(())
}

/// SECURITY: the parser compares every attribute of an element with every other.
const MAX_ATTRIBUTES: usize = 1000;

/// The largest number of attributes of one element; counted too high rather than too low.
fn most_attributes(svg: &str) -> usize {
    let (mut most, mut here, mut quote) = (0, 0, None);
    for byte in svg.bytes() {
        match (byte, quote) {
            (b'>', None) => here = 0,
            (b'"' | b'\'', None) => {
                quote = Some(byte);
                here += 1;
                most = most.max(here);
            }
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    most
}

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// Whether a style fetches anything but parts of its own drawing.
fn is_from_elsewhere(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    let urls = style.split("url(").skip(1);
    let own = |url: &str| url.trim_start_matches([' ', '"', '\'']).starts_with('#');
    style.contains("@import") || style.contains('\\') || !urls.into_iter().all(own)
}

/// The byte at which a row and column stand.
fn offset(text: &str, place: roxmltree::TextPos) -> usize {
    let line = usize::try_from(place.row).unwrap_or(1).saturating_sub(1);
    let column = usize::try_from(place.col).unwrap_or(1).saturating_sub(1);
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = &text[before.min(text.len())..];
    before + rest.char_indices().nth(column).map_or(0, |(at, _)| at)
}

//! Owns the reading of HTML that this program wrote. In it `<` and `>` are escaped in all texts and
//! values, so that they begin and end tags and nothing else. The entry points are [`parts`] and
//! [`unescape`]. Must not be given HTML from elsewhere.

/// A piece of HTML. All pieces, one after the other, are the whole of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'h> {
    /// What stands between tags, escaped.
    Text(&'h str),
    /// The beginning of an element, or all of one without content.
    Start(Tag<'h>),
    /// The end of the element of that name.
    End(&'h str),
}

/// What stands between `<` and `>`: `a class="button" href="/"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'h>(&'h str);

impl<'h> Tag<'h> {
    /// The name of the element.
    pub(crate) fn name(self) -> &'h str {
        self.0.split([' ', '\n', '/']).next().unwrap_or_default()
    }

    /// The value of an attribute, escaped.
    pub(crate) fn attribute(self, name: &str) -> Option<&'h str> {
        let (_, value) = self.0.split_once(&format!(" {name}=\""))?;
        value.split('"').next()
    }

    /// Whether the element has no content and no end tag.
    pub(crate) fn is_empty_element(self) -> bool {
        self.0.ends_with('/') || matches!(self.name(), "br" | "hr" | "img" | "input" | "wbr")
    }
}

impl Part<'_> {
    /// Appends the piece as it was.
    pub(crate) fn push_to(self, html: &mut String) {
        match self {
            Self::Text(text) => html.push_str(text),
            Self::Start(Tag(tag)) => html.extend(["<", tag, ">"]),
            Self::End(name) => html.extend(["</", name, ">"]),
        }
    }
}

/// The pieces of HTML, in order.
pub(crate) fn parts(html: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if let Some((tag, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            rest = after;
            return Some(tag.strip_prefix('/').map_or(Part::Start(Tag(tag)), Part::End));
        }
        // A tag without an end is text, so that no piece is lost.
        let from = usize::from(rest.starts_with('<'));
        let end = rest[from..].find('<').map_or(rest.len(), |at| from + at);
        let (text, after) = rest.split_at(end);
        rest = after;
        (!text.is_empty()).then_some(Part::Text(text))
    })
}

/// A text without the escapes that templates, charts and the Markdown parser write.
pub(crate) fn unescape(text: &str) -> String {
    // The ampersand is last, so that what was escaped twice stays escaped once.
    const ESCAPES: [(&str, &str); 11] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    let mut text = text.to_owned();
    if text.contains('&') {
        for (escape, character) in ESCAPES {
            text = text.replace(escape, character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_a_name_and_attributes() {
        let html = "<p class=\"a b\" id=\"c\">1 &lt; 2<br><svg width=\"1\"/></p>";
        let read: Vec<Part<'_>> = parts(html).collect();
        let [
            Part::Start(p),
            Part::Text("1 &lt; 2"),
            Part::Start(br),
            Part::Start(svg),
            Part::End("p"),
        ] = read[..]
        else {
            panic!("{read:?}")
        };
        assert_eq!((p.name(), p.attribute("class"), p.attribute("href")), ("p", Some("a b"), None));
        assert!(!p.is_empty_element() && br.is_empty_element() && svg.is_empty_element());
        assert_eq!((svg.name(), svg.attribute("width")), ("svg", Some("1")));
    }

    proptest::proptest! {
        #[test]
        fn no_piece_is_lost(html in "[<>/ab=\"é ]{0,40}") {
            let mut again = String::new();
            parts(&html).for_each(|part| part.push_to(&mut again));
            proptest::prop_assert_eq!(again, html);
        }
    }
}

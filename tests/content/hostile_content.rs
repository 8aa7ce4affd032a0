//! The sound guide with mistakes and attacks: each is reported with its file and line, or does no
//! harm on the page. Each diagnostic code by itself is tested in `diagnostics.rs`.

use std::time::{Duration, Instant};

use career_guide::config::Config;
use career_guide::content::Content;
use career_guide::content::document::Fragment;
use career_guide::site::Site;
use proptest::prelude::*;

use crate::folder::Files;
use crate::support::{load, sound};

/// Front matter of five lines, so that the text begins in line 6.
fn page(text: &str) -> String {
    let front = "title = \"Fog\"\ndescription = \"When nothing is seen.\"\nchecked = 2026-01-30";
    format!("+++\n{front}\n+++\n{text}")
}

fn with_page(text: &str) -> Files {
    with_file("guide/fog.md", page(text))
}

fn with_file(path: &str, text: impl Into<Vec<u8>>) -> Files {
    let mut files = sound();
    files.insert(path.to_owned(), text.into());
    files
}

fn with_edit(path: &str, from: &str, to: &str) -> Files {
    let text = String::from_utf8(sound()[path].clone()).unwrap();
    assert!(text.contains(from), "{path} does not hold {from}");
    with_file(path, text.replacen(from, to, 1))
}

/// That a problem is reported in a line of a file. The bound on time is far above what the slowest
/// takes: it fails where time grows with the square of a file.
#[track_caller]
fn assert_reported(files: Files, path: &str, line: usize, code: &str) {
    let begun = Instant::now();
    let Err(errors) = load(files) else { panic!("{path}:{line} {code} is not reported") };
    assert!(begun.elapsed() < Duration::from_mins(1), "{path}:{line} takes {:?}", begun.elapsed());
    let file = format!("content/{path}");
    let found = errors.list().iter().any(|diagnostic| {
        diagnostic.file == file && diagnostic.line == line && diagnostic.code.as_str() == code
    });
    let first: String = errors.to_string().chars().take(2000).collect();
    assert!(found, "{path}:{line} {code} is not among what is reported:\n{first}");
}

/// The HTML of a page, without what is put in later.
fn html(content: &Content) -> String {
    let fragments = content.section("fog").unwrap().page.document.fragments.iter();
    let html = |fragment: &Fragment| match fragment {
        Fragment::Html(html) => html.clone(),
        _ => String::new(),
    };
    fragments.map(html).collect()
}

#[test]
fn mistakes_and_attacks_in_the_text_of_a_page_are_reported_with_their_line() {
    let deep =
        |open: &str, close: &str| format!("{}x{}\n", open.repeat(10_000), close.repeat(10_000));
    for (text, line, code) in [
        (deep("> ", "").as_str(), 6, "nested-too-deep"),
        (&deep("- ", ""), 6, "nested-too-deep"),
        (&deep("*a _b ", "c_ d*"), 6, "nested-too-deep"),
        (&deep("[", "](lamps.md)"), 6, "link-syntax"),
        (&deep("![", "](javascript:x)"), 6, "link-scheme"),
        (&"[a](".repeat(20_000), 6, "link-syntax"),
        (&"**a ".repeat(20_000), 6, "stray-markup"),
        (&"{{".repeat(20_000), 6, "unclosed-directive"),
        (&"## H\n\n".repeat(5_000), 10_004, "heading-without-id"),
        ("One\n\n<a@example.org> and <JAVASCRIPT:x>\n", 8, "link-scheme"),
        ("[a]\n\n[a]: javascript:ring()\n", 6, "link-scheme"),
        ("[a](<java\tscript:ring()>)\n", 6, "link-scheme"),
        ("[a](java&Tab;script:ring())\n", 6, "link-scheme"),
        ("[a](&#1;javascript:ring())\n", 6, "link-scheme"),
        ("[a](javascript&colon;ring())\n", 6, "link-scheme"),
        ("![a](data:image/svg+xml,x)\n", 6, "link-scheme"),
        ("[a](\\\\\\\\example.org\\\\x)\n", 6, "link-scheme"),
        ("[a](javascript：ring())\n", 6, "broken-link"),
        ("[a](%2e%2e/%2e%2e/etc/passwd)\n", 6, "broken-link"),
        ("[a](/guide/../about)\n", 6, "broken-link"),
        ("[a](/etc/passwd)\n", 6, "broken-link"),
        ("[a](C:/lamps.md)\n", 6, "link-scheme"),
        ("[a](..)\n", 6, "broken-link"),
        ("[a](lamps)\n", 6, "broken-link"),
        ("[a](/guide/lamps/)\n", 6, "broken-link"),
        ("[a](lamps.md#WICK)\n", 6, "broken-anchor"),
        ("[a](lamps.md#%77ick)\n", 6, "broken-anchor"),
        ("[a](#)\n", 6, "broken-anchor"),
        ("[a](https:example.org)\n", 6, "broken-link"),
        ("[a](https://example.org:99999)\n", 6, "broken-link"),
        ("[a](mailto:a@example.org,b@example.org)\n", 6, "broken-link"),
        ("![a](../images/LAMP.svg)\n", 6, "missing-asset"),
        ("![\"><script>ring()</script>](../images/lamp.svg)\n", 6, "raw-html"),
        ("## H {#h onclick=ring()}\n\nx\n", 6, "unknown-key"),
        ("## H {#\"><b>}\n\nx\n", 6, "raw-html"),
        ("## H {#hоrns}\n\nWith a Cyrillic o.\n", 6, "bad-id"),
        ("## H {#h alias=a,,b}\n\nx\n", 6, "bad-id"),
        ("## H {#h} ##\n\nx\n", 6, "heading-syntax"),
        ("| a |\n|---|\n| <b>x</b> |\n", 8, "raw-html"),
        ("<style>body{display:none}</style>\n", 6, "raw-html"),
        ("x\n\n<?php x ?>\n", 8, "raw-html"),
        ("<![CDATA[x]]>\n", 6, "raw-html"),
        ("<!-->\nx\n", 6, "raw-html"),
        ("- {{cite almanac}}\n- {{pay-table}}\n", 7, "misplaced-directive"),
        ("{{pay-table}}\n{{sections}}\n", 6, "misplaced-directive"),
        ("Head\n: {{pay-table}}\n", 7, "misplaced-directive"),
        ("{{cite almаnac}}\n", 6, "unknown-source"),
        ("{{changes 99999999999999999999999}}\n", 6, "directive-arguments"),
        ("x[^a]\n\n[^a]: y[^b]\n", 8, "undefined-footnote"),
        ("x\n\n[^a]: y[^a]\n", 8, "unused-footnote"),
        ("a\0b\n", 6, "hidden-character"),
        ("a &#xE000;0&#xE001; {{cite almanac}}\n", 6, "hidden-character"),
        ("## H\rx\r", 6, "heading-without-id"),
    ] {
        assert_reported(with_page(text), "guide/fog.md", line, code);
        if text.len() > 1_000 {
            continue;
        }
        let windows = page(text).replace('\n', "\r\n");
        assert_reported(with_file("guide/fog.md", windows), "guide/fog.md", line, code);
    }
}

#[test]
fn text_that_only_looks_dangerous_is_escaped() {
    for (text, expected) in [
        ("&lt;script&gt;ring()&lt;/script&gt;", "&lt;script&gt;ring()&lt;/script&gt;"),
        ("`<script>` {{cite almanac}}", "<code>&lt;script&gt;</code>"),
        (
            "```html\n<script>\n{{cite nothing}}\n```",
            "<code>&lt;script&gt;\n{{cite nothing}}\n</code>",
        ),
        ("```\"><script>\nx\n```", "<pre tabindex=\"0\"><code>x"),
        ("[a](lamps.md \"\\\"><script>\")", "title=\"&quot;&gt;&lt;script&gt;\">a</a>"),
        ("![&quot; onerror=&quot;x](../images/lamp.svg)", "alt=\"&quot; onerror=&quot;x\""),
        ("## \\<b> &quot; {#h}\n\nx", "Link to this heading: &lt;b&gt; &quot;\">"),
        ("1 < 2, a<b, and < b >", "<p>1 &lt; 2, a&lt;b, and &lt; b &gt;</p>"),
        ("<!-- <script> {{cite nothing}} -->\n\nx", "<p>x</p>"),
        ("x\n\n[a]: javascript:ring()", "<p>x</p>"),
        ("x[^a]\n\n[^a]: y[^b]\n\n[^b]: z[^a]", "↩</a></li></ol>"),
        ("x[^a] y[^a]\n\n[^a]: z", "aria-label=\"Footnote 1\">1</a></sup></p>"),
        ("[sic] [ ] a[0] [[lamps]]", "<p>[sic] [ ] a[0] [[lamps]]</p>"),
        ("##\tHead {#h}\n\n-\titem", "<li>item</li>"),
        ("שלום العربية हिन्दी 👩‍🚀 e\u{301}", "<p>שלום العربية हिन्दी 👩\u{200d}🚀 e\u{301}</p>"),
        ("> [!note]\n> > x", "role=\"note\""),
        ("https://example.org and $x$", "<p>https://example.org and $x$</p>"),
    ] {
        for newline in ["\n", "\r\n"] {
            let text = text.replace('\n', newline);
            let content =
                load(with_page(&text)).unwrap_or_else(|errors| panic!("{text}\n{errors}"));
            let html = html(&content).replace(newline, "\n");
            assert!(html.contains(expected), "{text}\n{html}");
            for live in ["<script", "<b>", "javascript:", "\" onerror"] {
                assert!(!html.contains(live), "{text}\n{html}");
            }
        }
    }
}

#[test]
fn mistakes_in_data_files_are_reported_with_their_line() {
    const COUNTRY: &str = "salaries/nz.toml";
    for (value, code) in [
        ("1e400", "number-out-of-range"),
        ("1e-400", "number-out-of-range"),
        ("1e16", "number-out-of-range"),
        ("0.00000000001", "number-out-of-range"),
        ("nan", "wrong-type"),
        ("-inf", "wrong-type"),
        ("0xFFFF", "wrong-type"),
        ("\"50000\"", "wrong-type"),
        ("[50000]", "wrong-type"),
        ("2026-01-01", "wrong-type"),
        ("-50000", "negative-amount"),
        ("-0", "implausible-figure"),
        ("1.", "toml-syntax"),
        ("50,000", "toml-syntax"),
        ("６５０００", "toml-syntax"),
    ] {
        assert_reported(with_edit(COUNTRY, "50000", value), COUNTRY, 8, code);
    }
    for (value, code) in [
        ("2026-02-30", "toml-syntax"),
        ("\"2026-02-30\"", "bad-date"),
        ("\"２０２６-01-30\"", "bad-date"),
        ("2026-01-30T00:00:00Z", "bad-date"),
        ("07:32:00", "bad-date"),
        ("\"\"", "bad-date"),
        ("20260130", "wrong-type"),
        ("9999-12-31", "future-date"),
        ("0001-01-01", "bad-date"),
    ] {
        assert_reported(with_edit("guide/fog.md", "2026-01-30", value), "guide/fog.md", 4, code);
    }
    for (path, from, to, line, code) in [
        (COUNTRY, "50000", "5000", 9, "implausible-figure"),
        (COUNTRY, "65000", "650000", 9, "implausible-figure"),
        (COUNTRY, "high = 95000\nopen = true", "open = false", 12, "missing-field"),
        (COUNTRY, "sample = 41", "sample = 4294967296", 25, "wrong-type"),
        (COUNTRY, "\"New Zealand\"", "\"New\\u001b[31m Zealand\"", 1, "hidden-character"),
        (COUNTRY, "years = [5]", "years = [300]", 17, "bad-years"),
        ("site.toml", "[\"lamps\", \"storms\", \"fog\"]", "[]", 9, "missing-field"),
        ("site.toml", "\"fog\"]", "\"fog\", \"../home\"]", 9, "unknown-section"),
        ("site.toml", "\"fog\"]", "\"\", \"fog\"]", 9, "empty-text"),
        ("site.toml", "edition =", "title = \"x\"\nedition =", 4, "toml-syntax"),
        ("site.toml", "2026-02-01", "1026-02-01", 5, "future-date"),
        ("levels.toml", "[[level]]", "[level]", 5, "toml-syntax"),
        ("sources.toml", "[bank]", "[guide]", 16, "toml-syntax"),
        ("sources.toml", "[bank]", "[\"bank \"]", 16, "bad-id"),
        ("sources.toml", "https://example.org/almanac", "https://exa mple.org", 11, "link-scheme"),
        ("resources.toml", "https://example.org/knots", "guide/fog.md", 4, "broken-link"),
        ("redirects.toml", "/guide/lamps", "/oil", 2, "broken-link"),
        ("redirects.toml", "\"/oil\"", "\"/oil\\u0000\"", 2, "bad-path"),
        ("guide/lamps.md", "[\"/guide/lights\"]", "\"/guide/lights\"", 5, "wrong-type"),
        ("guide/lamps.md", "[\"/guide/lights\"]", "[\"/a\", \"/a\"]", 5, "duplicate-id"),
        ("home.md", "\"/compare\"", "\"javascript:ring()\"", 5, "link-scheme"),
        ("changes.toml", "guide/storms.md#pay", "../../etc/passwd", 8, "broken-link"),
        ("exchange-rates.toml", "NOK = 5.8", "NOK = 0.0000000001", 8, "implausible-rate"),
        ("take-home/nz.toml", "to = 40000", "to = 4000", 17, "take-home-example"),
        ("take-home/nz.toml", "percent = 30", "percent = 3", 21, "take-home-example"),
        ("take-home/nz.toml", ", { percent = 30 }", "", 13, "tax-bands"),
        (
            "take-home/nz.toml",
            "amount = 10000",
            "amount = 10000\ntaper = { above = 0, lose = 1, per = 0 }",
            9,
            "number-out-of-range",
        ),
        ("statistics/storms.toml", "days = 41", "days = 41, days = 42", 21, "toml-syntax"),
    ] {
        assert_reported(with_edit(path, from, to), path, line, code);
    }
}

#[test]
fn files_that_cannot_be_read_as_what_they_should_be_are_reported() {
    let deep = |open: &str, close: &str| {
        format!("level = {}1{}\n", open.repeat(100_000), close.repeat(100_000))
    };
    for (path, text, line, code) in [
        ("levels.toml", deep("[", "]"), 1, "toml-syntax"),
        ("levels.toml", deep("{a=", "}"), 1, "toml-syntax"),
        ("levels.toml", format!("{}b = 1\n", "a.".repeat(200_000)), 1, "toml-syntax"),
        ("levels.toml", format!("[{}b]\n", "a.".repeat(200_000)), 1, "toml-syntax"),
        ("levels.toml", "=".repeat(100_000), 1, "toml-syntax"),
        ("levels.toml", format!("{} = 1\n", "a".repeat(1_000_000)), 1, "unknown-key"),
        ("levels.toml", "\u{feff}\u{feff}[[level]]\n".to_owned(), 1, "hidden-character"),
        ("levels.toml", "[[level]]\rid = \"hand\"\r".to_owned(), 1, "toml-syntax"),
        ("levels.toml", String::new(), 0, ""),
        ("guide/fog.md", String::new(), 1, "front-matter"),
        ("guide/fog.md", format!("+++\ntitle = {}\n+++\nx", "[".repeat(10_000)), 2, "toml-syntax"),
        ("guide/index.md", page("x"), 1, "bad-id"),
        ("guide/Fog Horn.md", page("x"), 1, "bad-id"),
        ("guide/a/b.md", page("x"), 1, "unknown-file"),
        ("salaries/NZ.toml", "name = \"x\"\n".to_owned(), 1, "bad-id"),
        ("images/b.svg", "<svg/>".to_owned(), 1, "bad-image"),
        ("images/b.svg", svg("<g>", ""), 1, "bad-image"),
        ("images/b.svg", svg("\n<use href=\"java&#115;cript:ring()\"/>", ""), 2, "bad-image"),
        ("images/b.svg", svg("", "\nonload='ring()'"), 1, "bad-image"),
        (
            "images/b.svg",
            svg("<s:script/>", " xmlns:s=\"http://www.w3.org/2000/svg\""),
            1,
            "bad-image",
        ),
        ("images/b.svg", svg("", &" a=\"\"".repeat(50_000)), 1, "bad-image"),
    ] {
        if code.is_empty() {
            assert_reported(with_file(path, text), "salaries/nz.toml", 7, "unknown-level");
        } else {
            assert_reported(with_file(path, text), path, line, code);
        }
    }
    let utf16: Vec<u8> = "[[level]]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_reported(with_file("levels.toml", utf16), "levels.toml", 1, "hidden-character");
}

fn svg(inside: &str, attributes: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\"{attributes}>{inside}</svg>")
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let sound = sound();
    let mut changed = sound.clone();
    for (_, bytes) in changed.iter_mut().filter(|(path, _)| !path.starts_with("images/")) {
        let text = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
        *bytes = format!("\u{feff}{text}").into_bytes();
    }
    let other = load(changed).unwrap_or_else(|errors| panic!("{errors}"));
    let content = load(sound).unwrap();
    assert_eq!(html(&other).replace("\r\n", "\n"), html(&content));
    assert_eq!(format!("{:?}", other.salaries), format!("{:?}", content.salaries));
}

#[test]
fn a_report_is_short_and_holds_no_control_characters() {
    let evil = format!("guide/\u{1b}[2J{}\n.md", "x".repeat(100_000));
    let report = load(with_file(&evil, page("x"))).unwrap_err().to_string();
    assert!(!report.contains('\u{1b}') && report.contains("\\u{1b}[2J"), "{report}");
    assert!(report.len() < 5_000, "{}", report.len());
}

/// What people and programs put into files by mistake.
#[rustfmt::skip]
const TOKENS: [&str; 32] = [
    "\"", "'", "\n", "\r", "\t", "\\", "=", "[", "]", "[[", "{", "}", "{{", "}}", "{{cite x}}", "<b>",
    "<!--", "`", "```", "**", "~~", "|", "#", "+++", "-", "[^a]", "](", "\u{feff}", "\0", "9", "é", "> ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_guide_broken_anywhere_is_reported_or_can_be_served(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..12, 0..TOKENS.len()), 1..4)
    ) {
        let mut files = sound();
        for (file, place, gone, token) in changes {
            let path = file.get(&files.keys().cloned().collect::<Vec<_>>()).clone();
            let bytes = files.get_mut(&path).unwrap();
            let from = place.index(bytes.len() + 1);
            let to = (from + gone).min(bytes.len());
            bytes.splice(from..to, TOKENS[token].bytes());
        }
        match load(files) {
            Ok(content) => prop_assert!(Site::build(content, &Config::default()).is_ok()),
            Err(errors) => prop_assert!(errors.list().iter().all(|one| one.line > 0 && one.column > 0)),
        }
    }
}

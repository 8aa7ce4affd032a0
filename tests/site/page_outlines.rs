//! Pages of the second guide in plain form: their headings, the heads of their tables and the names
//! of their controls, so that a change of what pages hold is seen in review. And the text of one
//! page as the Markdown pass leaves it.

use std::fmt::Write as _;

use career_guide::content::document::{Fragment, Heading};

use crate::support::{TestSite, page};

/// The headings, captions, heads of columns and controls of a page, a line each.
fn outline(html: &str) -> String {
    let html = html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let mut lines = Vec::new();
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        let attributes = tag.split('>').next().unwrap();
        let line = match name.as_str() {
            "h1" | "h2" | "h3" | "h4" => {
                let level = name[1..].parse().unwrap();
                format!("{} {}", "#".repeat(level), words(tag, &name))
            }
            "caption" | "legend" | "figcaption" => format!("{name}: {}", words(tag, &name)),
            "th" if attributes.contains("scope=\"col\"") => format!("| {}", words(tag, &name)),
            "select" | "input" => {
                let named = attributes.split_once(" name=\"").map_or("", |(_, rest)| rest);
                format!("[{}]", named.split('"').next().unwrap())
            }
            _ => continue,
        };
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// The words of an element, without the link to it.
fn words(tag: &str, name: &str) -> String {
    let inner = tag.split_once('>').unwrap().1;
    let inner = inner.split(&format!("</{name}>")).next().unwrap();
    let inner = inner.split(" <a class=\"anchor\"").next().unwrap();
    let text: String =
        inner.split('<').map(|part| part.split_once('>').map_or(part, |p| p.1)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_outlines_of_the_second_guide_stay_the_same() {
    let site = TestSite::of("tests/fixtures/luthier").on("2025-10-01").start();
    let mut all = String::new();
    for path in ["/", "/guide/wages", "/compare", "/salaries/it", "/sources"] {
        let answer = site.get(path).await;
        writeln!(all, "=== {path}\n{}\n", outline(answer.text())).unwrap();
    }
    insta::assert_snapshot!(all.trim_end());
}

#[test]
fn the_html_of_a_markdown_page_stays_the_same() {
    let content = TestSite::of("tests/fixtures/luthier").content();
    let document = &content.section("holz").unwrap().page.document;
    let html: String = document
        .fragments
        .iter()
        .map(|fragment| match fragment {
            Fragment::Html(html) => html.clone(),
            Fragment::Id(id) => id.clone(),
            Fragment::Href(target) => target.path().unwrap_or_else(|| "#…".to_owned()),
            Fragment::HeadingStart(number) => {
                let Heading { level, id, aliases, .. } = &document.headings[*number];
                let alias = |id: &String| format!("<span id=\"{id}\" class=\"alias\"></span>");
                format!("<h{level} id=\"{id}\">{}", aliases.iter().map(alias).collect::<String>())
            }
            Fragment::HeadingEnd(number) => format!("</h{}>", document.headings[*number].level),
            // The tags of a table are in the HTML.
            Fragment::TableStart | Fragment::TableEnd => String::new(),
            Fragment::Directive(directive) => format!("{{{{{directive:?}}}}}"),
        })
        .collect();
    insta::assert_snapshot!(html);
}

#[tokio::test]
async fn names_in_a_first_column_without_a_head_are_heads_of_their_rows() {
    let tables = "| | A |\n|---|---|\n| Wick | short |\n| | none |\n\n| B | C |\n|---|---|\n| Oil | much |\n";
    let site = TestSite::new().file("about.md", page("About", tables)).start();
    let answer = site.get("/about").await;
    let page = answer.text();
    assert!(page.contains("<td></td><th scope=\"col\">A</th>"), "a corner heads nothing: {page}");
    assert!(page.contains("<th scope=\"row\">Wick</th><td>short</td>"), "{page}");
    assert!(page.contains("<td></td><td>none</td>"), "nothing is no name: {page}");
    assert!(page.contains("<td>Oil</td><td>much</td>"), "{page}");
}

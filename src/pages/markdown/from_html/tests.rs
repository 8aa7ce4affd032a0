use super::*;

fn absolute(href: &str) -> String {
    format!("https://example.org{href}")
}

#[test]
fn a_table_becomes_a_table() {
    let html = "<figure><div><table><caption>Pay</caption><thead><tr><th>Where</th><th>Entry</th></tr></thead>\
                <tbody><tr><th><a href=\"/x\">A|B</a></th><td><b>1&#60;2</b><span class=\"detail\">a year</span></td></tr></tbody></table></div>\
                <figcaption>A note.</figcaption></figure>";
    let expected = "**Pay**\n\n| Where | Entry |\n| --- | --- |\n\
                    | [A\\|B](https://example.org/x) | **1<2**; a year |\n\nA note.";
    assert_eq!(block(html, &absolute), expected);
}

#[test]
fn lists_keep_their_marks_and_their_depth() {
    let html = "<ol><li><p>One</p><p>more</p><ul><li>inner</li></ul></li><li>Two</li></ol>";
    assert_eq!(block(html, &absolute), "1. One\n\n   more\n\n   - inner\n2. Two");
}

#[test]
fn words_for_screen_readers_are_left_out_and_marks_of_sources_become_footnotes() {
    let html = "<span class=\"figure\"><span aria-hidden=\"true\">£1K</span><span class=\"vh\">one thousand</span></span>\
                <sup><a class=\"cite\" href=\"#_n2\"><span class=\"vh\">Source </span>2<span class=\"gloss\" data-n=\"2\"> X</span></a></sup>";
    assert_eq!(inline(html, &absolute), "£1K[^2]");
}

#[test]
fn a_chart_becomes_a_list_of_its_rows() {
    let html = "<svg class=\"chart\" role=\"img\"><title id=\"t\">Bands</title><desc>Entry: one</desc>\
                <line class=\"g\" x1=\"0%\"/><g transform=\"x\"><rect class=\"s1\"/><text class=\"c\" x=\"6\">Entry</text>\
                <text class=\"v\">£1K–£2K</text></g><text class=\"t\">£0</text></svg>";
    assert_eq!(block(html, &absolute), "**Bands**\n\n- Entry: £1K–£2K");
}

//! Characters that pictures of a guide cannot show are warned of when the guide is read.

use crate::support::TestSite;

fn warnings(site: &TestSite) -> Vec<String> {
    site.content().warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_guide_whose_characters_the_fonts_have_gets_no_warning() {
    let currencies = r#"
        [XTS]
        name = "Złoty and naira"
        plural = "złotys"
        symbol = "₦₹₭₾zł"
    "#;
    assert_eq!(warnings(&TestSite::new().file("currencies.toml", currencies)), [""; 0]);
}

#[test]
fn a_currency_symbol_that_the_fonts_lack_is_reported_with_its_place() {
    let currencies = "[XTS]\nname = \"Taka\"\nplural = \"takas\"\nsymbol = \"৳\"\n";
    let warnings = warnings(&TestSite::new().file("currencies.toml", currencies));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let expected = "guide/currencies.toml:4:10: warning[missing-glyph]: pictures cannot show `৳` \
                    (U+09F3), which `symbol` has\n  help: previews show an empty box";
    assert!(warnings[0].starts_with(expected), "{}", warnings[0]);
}

#[test]
fn a_guide_in_another_script_gets_one_warning() {
    let mut site = TestSite::new();
    for page in ["home.md", "about.md", "guide/lamps.md", "guide/storms.md"] {
        site = site.file(page, crate::support::page("灯台", "灯台"));
    }
    let warnings = warnings(&site);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("about.md:2:9"), "{}", warnings[0]);
    assert!(warnings[0].contains("in many other texts"), "{}", warnings[0]);
}

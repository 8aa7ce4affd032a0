//! What the pictures of a guide cannot show is told when the guide is read, and does not stop it.

use crate::support::TestSite;

fn warnings(site: &TestSite) -> Vec<String> {
    site.content().warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_guide_whose_signs_the_fonts_have_is_not_warned_of() {
    let currencies = r#"
        [XTS]
        name = "Złoty and naira"
        plural = "złotys"
        symbol = "₦₹₭₾zł"
    "#;
    assert_eq!(warnings(&TestSite::new().file("currencies.toml", currencies)), [""; 0]);
}

#[test]
fn a_currency_sign_that_the_fonts_lack_is_named_with_its_place() {
    let currencies = "[XTS]\nname = \"Taka\"\nplural = \"takas\"\nsymbol = \"৳\"\n";
    let warnings = warnings(&TestSite::new().file("currencies.toml", currencies));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let expected = "guide/currencies.toml:4:10: warning[missing-glyph]: pictures cannot show `৳` \
                    (U+09F3), which `symbol` has\n  help: previews show an empty box";
    assert!(warnings[0].starts_with(expected), "{}", warnings[0]);
}

#[test]
fn a_guide_in_another_script_is_served_and_warned_of_once() {
    let mut site = TestSite::new();
    for page in ["home.md", "about.md", "guide/lamps.md", "guide/storms.md"] {
        let text =
            "+++\ntitle = \"灯台\"\ndescription = \"灯台\"\nchecked = 2026-01-01\n+++\n灯台\n";
        site = site.file(page, text);
    }
    let warnings = warnings(&site);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("about.md:2:9"), "{}", warnings[0]);
    assert!(warnings[0].contains("in many other texts"), "{}", warnings[0]);
}

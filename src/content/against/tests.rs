use super::*;

const SITE: &str = r#"
title = "Keepers"
career = "keeper"
description = "How to keep a light."
language = "en"
edition = "1"
date = 2026-02-01
author = "We"
licence = { name = "CC BY 4.0", url = "https://example.org/licence" }
report = { text = "Report", url = "mailto:keeper@example.org" }
sections = ["pay", "lamps"]
"#;

const CERTIFICATION: &str = r#"
[[certification]]
id = "first-aid"
name = "First Aid"
issuer = "The Board"
group = "all"
status = "active"
price = "¤40"
covers = "Wounds."
suits = "All."
source = "guide"
checked = 2026-01-01
"#;

const STORMS: &str = r#"
title = "Storms"
row_header = "Coast"
[[column]]
id = "days"
title = "Days"
source = "guide"
as_of = "2025"
[[row]]
id = "north"
label = "North"
cells = { days = 41 }
"#;

const COUNTRY: &str = r#"
name = "Zembla"
currency = "XTS"
insight = "Fog."
[[band]]
level = "head"
low = 100
high = 200
source = "guide"
[[other]]
source = "board"
level = "head"
city = "Onhava"
median = 150
as_of = "2025"
"#;

const TAX: &str = r#"
tax_year = "2026"
source = "guide"
holds_until = 2026-12-31
applies_to = "an employee"
[[charge]]
name = "Income tax"
on = "gross"
bands = [{ to = 100, percent = 10 }, { percent = 20 }]
[[example]]
gross = 200
net = 170
"#;

fn page(title: &str, front: &str, text: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\ndescription = \"On {title}.\"\nchecked = 2026-01-01\n{front}+++\n\n{text}\n"
    )
}

/// A small guide with some files otherwise; an empty text takes a file away.
fn edition(root: &str, otherwise: &[(&str, &str)]) -> Edition {
    let source = |id: &str| {
        format!(
            "[{id}]\npublisher = \"P\"\ntitle = \"T\"\nknown = \"own\"\nas_of = \"2026\"\nchecked = 2026-01-01\n"
        )
    };
    let mut files = Files { root: root.to_owned(), ..Files::default() };
    let mut put = |path: &str, text: String| files.files.insert(path.to_owned(), text.into_bytes());
    put("site.toml", SITE.to_owned());
    put("home.md", page("Home", "", "Hello."));
    put("about.md", page("About", "", "## Us {#us}\n\nWe."));
    put("guide/pay.md", page("Pay", "", "## Bands {#bands alias=ranges}\n\nText."));
    put("guide/lamps.md", page("Lamps", "aliases = [\"/guide/lights\"]\n", "{{certifications}}"));
    put("levels.toml", "[[level]]\nid = \"head\"\nname = \"Head\"\n".to_owned());
    put(
        "currencies.toml",
        "[XTS]\nname = \"Shell\"\nplural = \"shells\"\nsymbol = \"¤\"\ngrouping = \"western\"\ndecimals = 2\nunits = []\n".to_owned(),
    );
    put("sources.toml", source("guide") + &source("board"));
    put("salaries/zz.toml", COUNTRY.to_owned());
    put(
        "exchange-rates.toml",
        "base = \"XTS\"\nsource = \"board\"\nas_of = \"2026-01\"\nholds_until = 2026-12-31\n[rates]\nXTS = 1\n".to_owned(),
    );
    put("take-home/zz.toml", TAX.to_owned());
    put("statistics/storms.toml", STORMS.to_owned());
    put("certifications.toml", CERTIFICATION.to_owned());
    put("images/lamp.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned());
    for (path, text) in otherwise {
        if text.is_empty() {
            files.files.remove(*path);
        } else {
            files.files.insert((*path).to_owned(), text.as_bytes().to_vec());
        }
    }
    Edition::from_files(files, Problems::default()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What is told when a guide changes so.
fn told(changes: &[(&str, &str)]) -> String {
    let losses = losses(&edition("old", &[]), &edition("new", changes));
    if losses.is_empty() { String::new() } else { losses.to_string() }
}

/// The lines that tell of losses, without remedies and the last line, which counts.
fn heads(told: &str) -> Vec<&str> {
    told.lines().filter(|line| line.contains(": error[")).collect()
}

fn change(figure: &str, more: &str) -> String {
    format!(
        "[[change]]\nedition = \"1\"\ndate = 2026-02-01\nwhat = \"W\"\nold = \"1\"\nnew = \"2\"\nwhy = \"Y\"\nfigure = \"{figure}\"\n{more}"
    )
}

#[test]
fn a_guide_set_against_itself_loses_nothing() {
    assert_eq!(told(&[]), "");
}

#[test]
fn more_pages_headings_and_figures_lose_nothing() {
    let more = page("Pay", "", "## New {#new}\n\nText.\n\n## Bands {#bands alias=ranges}\n\nText.");
    assert_eq!(told(&[("guide/pay.md", &more)]), "");
}

#[test]
fn a_renamed_heading_is_told_until_it_keeps_its_old_anchors() {
    let renamed = page("Pay", "", "## Bands {#pay-bands}\n\nText.");
    let told_first = told(&[("guide/pay.md", &renamed)]);
    assert_eq!(
        heads(&told_first),
        [
            "old/guide/pay.md:7:1: error[lost-link]: /guide/pay#bands, /guide#pay.bands would lead nowhere",
            "old/guide/pay.md:7:1: error[lost-link]: /guide/pay#ranges, /guide#pay.ranges would lead nowhere",
        ]
    );
    assert!(told_first.contains("alias=bands"), "{told_first}");
    assert!(
        told_first
            .ends_with("4 links would break, 0 figures change without a word in changes.toml")
    );
    let kept = page("Pay", "", "## Bands {#pay-bands alias=bands,ranges}\n\nText.");
    assert_eq!(told(&[("guide/pay.md", &kept)]), "");
}

#[test]
fn a_renamed_page_is_told_with_all_its_links_until_it_keeps_its_old_address() {
    let site = SITE.replace("\"pay\"", "\"money\"");
    let text = "## Bands {#bands alias=ranges}\n\nText.";
    let moved = page("Pay", "", text);
    let lost = told(&[("site.toml", &site), ("guide/pay.md", ""), ("guide/money.md", &moved)]);
    let first = heads(&lost)[0];
    assert!(
        first.starts_with(
            "old/guide/pay.md:1:1: error[lost-link]: /guide/pay, /guide/pay.md, /guide#pay would"
        ),
        "{first}"
    );
    assert!(lost.contains("aliases = [\"/guide/pay\"]"), "{lost}");
    assert!(lost.contains("/guide/pay#bands, /guide#pay.bands"), "{lost}");

    let moved = page("Pay", "aliases = [\"/guide/pay\"]\n", text);
    let changes = [("site.toml", &*site), ("guide/pay.md", ""), ("guide/money.md", &*moved)];
    assert_eq!(told(&changes), "");
    let redirect = "[redirects]\n\"/guide/pay\" = \"/guide/money\"\n";
    let moved = page("Pay", "", text);
    let changes =
        [changes[0], changes[1], ("guide/money.md", &moved), ("redirects.toml", redirect)];
    assert_eq!(told(&changes), "");
}

#[test]
fn a_page_that_keeps_its_address_but_not_its_headings_loses_those() {
    let site = SITE.replace("\"pay\"", "\"money\"");
    let moved = page("Pay", "aliases = [\"/guide/pay\"]\n", "## Other {#other}\n\nText.");
    let lost = told(&[("site.toml", &site), ("guide/pay.md", ""), ("guide/money.md", &moved)]);
    assert_eq!(heads(&lost).len(), 2, "{lost}");
}

#[test]
fn a_forgotten_alias_is_told_with_its_line() {
    let lost = told(&[("guide/lamps.md", &page("Lamps", "", "{{certifications}}"))]);
    assert!(
        heads(&lost)[0].starts_with("old/guide/lamps.md:5:1: error[lost-link]: /guide#lights, /guide#lights.first-aid, /guide/lights would"),
        "{lost}"
    );
}

#[test]
fn pages_of_countries_may_be_redirected_when_the_country_is_gone() {
    let gone = [("salaries/zz.toml", ""), ("take-home/zz.toml", "")];
    let lost = told(&gone);
    assert!(lost.contains("/salaries/zz, /salaries/zz.json would lead nowhere"), "{lost}");
    assert!(lost.contains("old/salaries/zz.toml:7:7: error[unrecorded-change]: salaries/zz/head/low was 100 and is gone"), "{lost}");
    let redirects = "[redirects]\n\"/salaries/zz\" = \"/compare\"\n\"/salaries/zz.json\" = \"/salaries.json\"\n";
    let kept = told(&[gone[0], gone[1], ("redirects.toml", redirects)]);
    assert!(!kept.contains("/salaries/zz would"), "{kept}");
    assert!(kept.contains("/compare?country=zz would lead nowhere"), "{kept}");
}

#[test]
fn sources_certifications_pictures_and_choices_have_links_as_well() {
    let lost = told(&[
        ("certifications.toml", &CERTIFICATION.replace("first-aid", "second-aid")),
        ("images/lamp.svg", ""),
    ]);
    for expected in [
        "old/certifications.toml:2:1: error[lost-link]: /guide/lamps#first-aid, /guide#lamps.first-aid would",
        "old/images/lamp.svg:1:1: error[lost-link]: /images/lamp.svg ",
        "certifications/first-aid/status was active and is gone",
    ] {
        assert!(lost.contains(expected), "{expected}\n{lost}");
    }
    let salaries = COUNTRY.replace("\"head\"", "\"chief\"");
    let lost = told(&[
        ("levels.toml", "[[level]]\nid = \"chief\"\nname = \"Head\"\n"),
        ("salaries/zz.toml", &salaries),
    ]);
    assert!(lost.contains("old/levels.toml:1:1: error[lost-link]: /compare?level=head "), "{lost}");
}

#[test]
fn each_kind_of_figure_is_told_when_it_changes_in_silence() {
    for (path, text, from, to, expected) in [
        (
            "salaries/zz.toml",
            COUNTRY,
            "low = 100",
            "low = 110",
            "new/salaries/zz.toml:7:7: error[unrecorded-change]: salaries/zz/head/low is 110 and was 100 (old/salaries/zz.toml:7:7)",
        ),
        (
            "salaries/zz.toml",
            COUNTRY,
            "high = 200",
            "high = 200\nopen = true",
            "salaries/zz/head/high is 200+ and was 200",
        ),
        (
            "salaries/zz.toml",
            COUNTRY,
            "median = 150",
            "median = 160",
            "new/salaries/zz.toml:14:10: error[unrecorded-change]: salaries/zz/board/head.onhava/median is 160 and was 150",
        ),
        (
            "take-home/zz.toml",
            &TAX.replace("net = 170", "net = 165"),
            "percent = 10",
            "percent = 15",
            "take-home/zz/income-tax is 15% to 100, 20% above of gross pay and was 10% to 100",
        ),
        (
            "statistics/storms.toml",
            STORMS,
            "days = 41",
            "days = 42",
            "new/statistics/storms.toml:12:18: error[unrecorded-change]: statistics/storms/north/days is 42 and was 41",
        ),
        (
            "certifications.toml",
            CERTIFICATION,
            "\"active\"",
            "\"retired\"",
            "certifications/first-aid/status is retired and was active",
        ),
        (
            "certifications.toml",
            CERTIFICATION,
            "¤40",
            "¤50",
            "certifications/first-aid/price is ¤50 and was ¤40",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        let lost = told(&[(path, &text.replace(from, to))]);
        assert!(lost.contains(expected), "{expected}\n{lost}");
        assert_eq!(heads(&lost).len(), 1, "{lost}");
    }
    assert_eq!(told(&[("salaries/zz.toml", &COUNTRY.replace("100", "100.00"))]), "");
}

#[test]
fn a_recorded_change_is_no_loss_and_an_old_record_is_no_excuse() {
    let salaries = COUNTRY.replace("low = 100", "low = 110");
    let recorded = change("salaries/zz/head/low", "");
    let changed = [("salaries/zz.toml", &*salaries), ("changes.toml", &*recorded)];
    assert_eq!(told(&changed), "");
    let before = edition("old", &[("changes.toml", &recorded)]);
    assert!(!losses(&before, &edition("new", &changed)).is_empty());
}

#[test]
fn a_figure_that_is_taken_out_is_recorded_as_removed() {
    let without = CERTIFICATION.replace("price = \"¤40\"\n", "");
    let lost = told(&[("certifications.toml", &without)]);
    assert!(lost.contains("certifications/first-aid/price was ¤40 and is gone"), "{lost}");
    let recorded = change("certifications/first-aid/price", "removed = true\n");
    let changed = [("certifications.toml", &*without), ("changes.toml", &*recorded)];
    assert_eq!(told(&changed), "");
}

#[test]
fn a_slip_in_the_name_of_a_figure_is_a_problem_of_the_guide() {
    for (name, more, expected) in [
        ("salaries/zz/haed/low", "", "did you mean `salaries/zz/head/low`?"),
        ("salaries/zz/head", "", "write salaries/<country>/<level>/low"),
        ("salary/zz/head/low", "", "did you mean `salaries`?"),
        ("salaries/zz/head/low", "removed = true\n", "take `removed` away"),
    ] {
        let mut files = edition("new", &[]).files;
        let text = change(name, more).into_bytes();
        files.files.insert("changes.toml".to_owned(), text);
        let problems = Edition::from_files(files, Problems::default()).unwrap_err().to_string();
        assert!(problems.contains("error[unknown-figure]"), "{problems}");
        assert!(problems.contains(expected), "{problems}");
    }
}

#[test]
fn figures_of_one_guide_have_names_of_their_own() {
    let shipped = Edition::load(&Source::Embedded).unwrap();
    let mut names: Vec<String> = shipped.figures().into_iter().map(|figure| figure.name).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
    assert!(losses(&shipped, &shipped).is_empty());
    for figure in shipped.figures() {
        let place = shipped.place_of(&figure).to_string();
        assert!(!place.ends_with(":1:1"), "{} at {place}", figure.name);
    }
}

//! The way in of another career: its phases and routes on pages, the plan, the pictures, and what
//! is told when their files are wrong.

use career_guide::content::Content;
use career_guide::content::diagnostics::Problems;
use http::StatusCode;

use crate::support::{Running, TestSite};

const RESOURCES: &str = r#"
[[resource]]
id = "knots"
title = "Forty Knots"
url = "https://example.org/knots"
terms = "free"
free = true
length = { weeks = 6 }
about = "For cold hands."
[[resource]]
id = "lenses"
title = "Lenses"
url = "https://example.org/lenses"
terms = "free"
free = true
length = { months = 3 }
about = "For clear nights."
"#;

const ROADMAP: &str = r#"
[[phase]]
id = "rope"
at = "guide/storms.md#wind"
course = "knots"
leaves = "A rope that holds"
money = "the price of a rope"
good_for = "hanging washing"
step = [
    { id = "reef", kind = "learn", text = "The reef knot", resources = ["knots"] },
    { id = "tie", kind = "build", text = "A ladder" },
    { id = "hold", kind = "prove", text = "the ladder holds you" },
]
[[phase]]
id = "light"
at = "guide/lamps.md"
course = "lenses"
leaves = "A light"
money = "nothing"
good_for = "reading"
step = [{ id = "lit", kind = "prove", text = "a ship has seen it" }]
[[route]]
id = "sailor"
at = "guide/storms.md"
money = "nothing"
stage = [{ phase = "rope", take = "skip", note = "You know it" }, { phase = "light", take = "whole" }]
[[route]]
id = "baker"
at = "guide/storms.md#wind"
money = "nothing"
stage = [{ phase = "rope", take = "whole" }, { phase = "light", take = "whole" }]
"#;

const SKILLS: &str = r#"
[[grade]]
id = "no"
name = "Not yet"
then = "Begin"
[[grade]]
id = "yes"
name = "Well"
ready = true
then = "Go on"
[[layer]]
id = "sea"
name = "At sea"
[[skill]]
id = "weather"
at = "guide/storms.md#wind"
layer = "sea"
resources = ["knots"]
steps = ["tie"]
"#;

const PICTURES: &str = r#"
[[picture]]
id = "way"
draws = "route"
title = "The way up the tower"
of = "guide/storms.md"
[[picture]]
id = "round"
draws = "loop"
title = "Round and round"
of = "guide/lamps.md"
node = [
    { at = "guide/lamps.md", gives = "light" },
    { at = "guide/storms.md" },
    { at = "guide/storms.md#wind" },
]
"#;

fn with(files: &[(&str, &str)]) -> TestSite {
    let text = "+++\ntitle = \"Lamps\"\ndescription = \"Of lamps.\"\nchecked = 2026-01-05\n+++\n\
                {{picture way}}\n\n{{picture round}}\n\n{{phase rope}}\n\n{{route baker}}\n";
    let mut site = TestSite::new().file("guide/lamps.md", text);
    for (path, text) in [
        ("resources.toml", RESOURCES),
        ("roadmap.toml", ROADMAP),
        ("skills.toml", SKILLS),
        ("pictures.toml", PICTURES),
    ] {
        site = site.file(path, text);
    }
    files.iter().fold(site, |site, (path, text)| site.file(path, *text))
}

fn running() -> Running {
    with(&[]).start()
}

fn problems(site: TestSite) -> String {
    let told = Content::from_files(site.files(), Problems::default());
    told.map_or_else(|problems| problems.to_string(), |_| String::new())
}

#[tokio::test]
async fn a_guide_without_a_way_in_has_no_plan_and_no_link_to_one() {
    let site = TestSite::new().start();
    assert_eq!(site.get("/plan").await.status, StatusCode::NOT_FOUND);
    assert!(!site.get("/").await.text().contains("/plan"));
    assert!(!site.get("/sitemap.xml").await.text().contains("/plan"));
    assert_eq!(site.get("/pictures/way.svg").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/pictures/way.png").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_plan_can_be_read_and_ticked_without_script() {
    let site = running();
    let plan = site.get("/plan").await;
    assert_eq!(plan.status, StatusCode::OK);
    let text = plan.text();
    for (name, value) in
        [("done", "reef"), ("done", "lit"), ("route", "baker"), ("skill-weather", "no")]
    {
        assert!(text.contains(&format!("name=\"{name}\" value=\"{value}\"")), "{name} {value}");
    }
    assert!(text.contains("You can stop here when</b> a ship has seen it."));
    assert!(text.contains("<a href=\"/guide/storms#wind\">Wind</a>"), "named by its heading");
    assert!(site.get("/").await.text().contains("href=\"/plan\""));
    assert!(site.get("/sitemap.xml").await.text().contains("/plan"));
}

#[tokio::test]
async fn how_long_a_way_takes_is_the_length_of_its_courses_and_open_above() {
    let text = running().get("/plan").await.text().to_owned();
    assert!(text.contains("Time: 6 weeks for Forty Knots; beyond that it varies."), "{text}");
    assert!(text.contains("Time: 3 months for Lenses alone; the rest varies."), "the sailor");
    let both = "Time: about 4 months for Forty Knots and Lenses alone; the rest varies.";
    assert!(text.contains(both), "the baker");
}

#[tokio::test]
async fn phases_routes_and_pictures_stand_where_the_text_says() {
    let text = running().get("/guide/lamps").await.text().to_owned();
    assert!(text.contains("<b>You can stop here when</b> the ladder holds you."));
    assert!(text.contains("1. <a href=\"/guide/storms#wind\">Wind</a>: the whole of it."));
    assert!(text.contains("The way up the tower</title>"));
    assert!(text.contains("1. Lamps, which gives light. 2. Storms. 3. Wind. Then again: Lamps."));
    assert!(text.contains("href=\"/pictures/way.png\""));
}

#[tokio::test]
async fn a_picture_has_an_address_of_its_own_in_both_forms() {
    let site = running();
    let svg = site.get("/pictures/way.svg").await;
    assert_eq!((svg.status, svg.header("content-type")), (StatusCode::OK, "image/svg+xml"));
    assert!(svg.text().contains("The way up the tower") && svg.text().contains("<style>"));
    assert!(svg.header("content-security-policy").contains("sandbox"));
    for id in ["way", "round"] {
        let png = site.get(&format!("/pictures/{id}.png")).await;
        assert_eq!((png.status, png.header("content-type")), (StatusCode::OK, "image/png"));
        assert!(png.body.starts_with(b"\x89PNG"), "{id}");
        let again = site.get(&format!("/pictures/{id}.png")).await;
        assert_eq!(png.body, again.body);
        let tag = [("if-none-match", again.header("etag"))];
        let kept = site.get_with(&format!("/pictures/{id}.png"), &tag).await;
        assert_eq!(kept.status, StatusCode::NOT_MODIFIED);
    }
    for nothing in ["/pictures/none.png", "/pictures/way.gif", "/pictures/way", "/pictures"] {
        assert_eq!(site.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn below_a_base_path_the_plan_and_the_pictures_keep_it() {
    let site = with(&[]).base_url("https://example.org/careers").start();
    let lamps = site.get("/careers/guide/lamps").await.text().to_owned();
    assert!(lamps.contains("href=\"/careers/pictures/round.svg\""));
    assert!(lamps.contains("href=\"/careers/plan\""));
    assert_eq!(site.get("/careers/pictures/round.png").await.status, StatusCode::OK);
}

#[test]
fn what_a_file_lacks_or_refers_to_in_vain_is_told() {
    let without = ROADMAP
        .replace("    { id = \"hold\", kind = \"prove\", text = \"the ladder holds you\" },\n", "");
    let told = problems(with(&[("roadmap.toml", &without)]));
    assert!(told.contains("the phase `rope` does not say when one can stop"), "{told}");
    let elsewhere = ROADMAP.replace("guide/storms.md#wind", "guide/storms.md#winds");
    let told = problems(with(&[("roadmap.toml", &elsewhere)]));
    assert!(
        told.contains("error[broken-anchor]") && told.contains("did you mean `#wind`?"),
        "{told}"
    );
    let home = ROADMAP.replace("at = \"guide/lamps.md\"", "at = \"home.md\"");
    let told = problems(with(&[("roadmap.toml", &home)]));
    assert!(
        told.contains("error[unknown-section]: `home.md` is no section of the guide"),
        "{told}"
    );
    let told = problems(with(&[("pictures.toml", &PICTURES.replace("\"route\"", "\"timeline\""))]));
    assert!(
        told.contains("`way` is drawn from certifications.toml, which this guide lacks"),
        "{told}"
    );
    let told = problems(with(&[("pictures.toml", &PICTURES.replace("\"loop\"", "\"layers\""))]));
    assert!(told.contains("error[conflicting-fields]: `round` has 3 nodes"), "{told}");
    let text = "+++\ntitle = \"S\"\ndescription = \"S\"\nchecked = 2026-01-05\n+++\n## Wind {#wind}\n\n{{picture wey}}\n";
    let told = problems(with(&[("guide/storms.md", text)]));
    assert!(
        told.contains(
            "error[unknown-picture]: there is no picture `wey`\n  help: did you mean `way`?"
        ),
        "{told}"
    );
}

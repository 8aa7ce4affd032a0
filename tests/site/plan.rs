//! The way into another career: its phases and routes on pages, the plan, the pictures, and what is
//! reported when their files are wrong.

use http::StatusCode;

use crate::folder::repository;
use crate::support::TestSite;

fn site() -> TestSite {
    TestSite::new().overlaid_by("tests/fixtures/lighthouse-plan")
}

/// What is reported when one text of a file is another.
fn errors_with(path: &str, from: &str, to: &str) -> String {
    let folder = repository("tests/fixtures/lighthouse-plan");
    let text = std::fs::read_to_string(folder.join(path)).unwrap();
    assert!(text.contains(from), "{path} does not hold {from}");
    site().file(path, text.replace(from, to)).load().unwrap_err().to_string()
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
    let site = site().start();
    let plan = site.get_ok("/plan").await;
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
    let text = site().start().get("/plan").await.text().to_owned();
    assert!(text.contains("Time: 6 weeks for Forty Knots; beyond that it varies."), "{text}");
    assert!(text.contains("Time: 3 months for Lenses alone; the rest varies."), "the sailor");
    let both = "Time: about 4 months for Forty Knots and Lenses alone; the rest varies.";
    assert!(text.contains(both), "the baker");
}

#[tokio::test]
async fn phases_routes_and_pictures_stand_where_the_text_says() {
    let text = site().start().get("/guide/lamps").await.text().to_owned();
    assert!(text.contains("<b>You can stop here when</b> the ladder holds you."));
    assert!(text.contains("1. <a href=\"/guide/storms#wind\">Wind</a>: the whole of it."));
    assert!(text.contains("The way up the tower</title>"));
    assert!(text.contains("1. Lamps, which gives light. 2. Storms. 3. Wind. Then again: Lamps."));
    assert!(text.contains("href=\"/pictures/way.png\""));
}

#[tokio::test]
async fn a_picture_has_an_address_of_its_own_in_both_forms() {
    let site = site().start();
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
        let unchanged = site.get_with(&format!("/pictures/{id}.png"), &tag).await;
        assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
    }
    for nothing in ["/pictures/none.png", "/pictures/way.gif", "/pictures/way", "/pictures"] {
        assert_eq!(site.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn below_a_base_path_the_plan_and_the_pictures_keep_it() {
    let site = site().base_url("https://example.org/careers").start();
    let lamps = site.get("/careers/guide/lamps").await.text().to_owned();
    assert!(lamps.contains("href=\"/careers/pictures/round.svg\""));
    assert!(lamps.contains("href=\"/careers/plan\""));
    site.get_ok("/careers/pictures/round.png").await;
}

#[test]
fn what_a_file_lacks_or_refers_to_in_vain_is_reported() {
    for (path, from, to, expected) in [
        (
            "roadmap.toml",
            "    { id = \"hold\", kind = \"prove\", text = \"the ladder holds you\" },\n",
            "",
            "the phase `rope` does not say when one can stop",
        ),
        ("roadmap.toml", "guide/storms.md#wind", "guide/storms.md#winds", "error[broken-anchor]: "),
        ("roadmap.toml", "guide/storms.md#wind", "guide/storms.md#winds", "did you mean `#wind`?"),
        (
            "roadmap.toml",
            "at = \"guide/lamps.md\"",
            "at = \"home.md\"",
            "error[unknown-section]: `home.md` is no section of the guide",
        ),
        (
            "pictures.toml",
            "\"route\"",
            "\"timeline\"",
            "`way` is drawn from certifications.toml, which this guide lacks",
        ),
        (
            "pictures.toml",
            "\"loop\"",
            "\"layers\"",
            "error[conflicting-fields]: `round` has 3 nodes",
        ),
        (
            "guide/lamps.md",
            "{{picture way}}",
            "{{picture wey}}",
            "error[unknown-picture]: there is no picture `wey`\n  help: did you mean `way`?",
        ),
    ] {
        let errors = errors_with(path, from, to);
        assert!(errors.contains(expected), "{errors}");
    }
}

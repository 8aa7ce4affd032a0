//! Preview cards: what they show, and that drawing them does not overload the server.

use std::sync::Arc;

use career_guide::content::Content;
use career_guide::pages::card;
use career_guide::pay::comparison::Selection;
use career_guide::site::Site;
use http::StatusCode;
use tokio::task::JoinHandle;

use crate::support::{Answer, Running, TestSite, page, shipped};

/// Width and height in the header of a PNG.
#[track_caller]
fn size(answer: &Answer) -> (u32, u32) {
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "image/png");
    assert_eq!(answer.body[..8], *b"\x89PNG\r\n\x1a\n");
    assert_eq!(answer.body[12..16], *b"IHDR");
    let number = |at: usize| u32::from_be_bytes(answer.body[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

/// The texts of an SVG that have a figure in them.
fn figures(svg: &str) -> Vec<String> {
    svg.split("<text")
        .skip(1)
        .filter_map(|text| text.split_once('>')?.1.split_once('<'))
        .map(|(text, _)| text.to_owned())
        .filter(|text| text.contains(|c: char| c.is_ascii_digit()))
        .collect()
}

#[tokio::test]
async fn every_page_has_a_card_of_its_own_to_which_its_head_leads() {
    let site = TestSite::new().base_url("https://example.org/careers").build();
    let pages: Vec<String> = site.pages().iter().map(|page| page.path.clone()).collect();
    let running = Running::serving(site);
    let mut seen = std::collections::HashSet::new();
    for path in pages {
        let page = running.get(&format!("/careers{path}")).await;
        let mark = "<meta property=\"og:image\" content=\"https://example.org";
        let (_, after) = page.text().split_once(mark).unwrap_or_else(|| panic!("{path}"));
        let card = running.get(after.split('"').next().unwrap()).await;
        assert_eq!(size(&card), (1200, 630), "{path}");
        assert_eq!(card.header("cache-control"), "public, max-age=3600");
        assert!(seen.insert(card.body), "{path} has the card of another page");
    }
}

#[tokio::test]
async fn two_servers_draw_the_same_card_and_it_need_not_be_sent_twice() {
    let (one, two) = (TestSite::new().start(), TestSite::new().start());
    for path in ["/cards/guide/lamps.png", "/compare.png"] {
        let card = one.get(path).await;
        assert_eq!(card.body, two.get(path).await.body);
        let again = one.get_with(path, &[("if-none-match", card.header("etag"))]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn cards_are_drawn_on_demand_and_stored() {
    let site = TestSite::new().build();
    assert!(site.drawings().is_empty());
    let running = Running::serving(Arc::clone(&site));
    running.get("/compare.png").await;
    running.get("/compare.png").await;
    assert_eq!(site.drawings().len(), 1);
}

#[tokio::test]
async fn each_comparison_has_one_card_whatever_the_order_of_its_query() {
    let site = shipped();
    let data = &site.content().salaries;
    let countries: Vec<String> = data.countries.iter().map(|c| c.code.to_string()).collect();
    let level = data.levels[0].id.to_string();
    let running = Running::serving(Arc::clone(&site));
    let whole = running.get("/compare.png").await;
    assert_eq!(size(&whole), (1200, 630));
    let one = format!("/compare.png?country={}&level={level}", countries[0]);
    let part = running.get(&one).await;
    assert_eq!(size(&part), (1200, 630));
    assert!(whole.body != part.body);
    for query in [
        format!("level={level}&country={}", countries[0]),
        format!("country={0}&country={0}&level={level}&pay=gross&x=y", countries[0]),
        format!("country={}&level={level}&edition=1999&rates=2001", countries[0]),
    ] {
        running.get(&format!("/compare.png?{query}")).await.assert_redirects(&one);
    }
    for query in ["country=xx", "%00%ff=%zz", "level=", "&&&", "offer=1", "a=%3Cscript%3E"] {
        running.get(&format!("/compare.png?{query}")).await.assert_redirects("/compare.png");
    }
    assert_eq!(site.drawings().len(), 2, "what is not canonical is not drawn");
}

#[tokio::test]
async fn the_readers_figure_is_never_drawn_and_its_redirect_is_not_stored() {
    let site = TestSite::new().start();
    let answer = site.get("/compare.png?offer=54321&offer_currency=xts").await;
    answer.assert_redirects("/compare.png");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(!answer.text().contains("54321"));
}

#[tokio::test]
async fn the_card_of_a_page_that_does_not_exist_is_not_found() {
    let site = TestSite::new().start();
    for path in [
        "/cards/guide/nothing.png",
        "/cards/guide/lamps",
        "/cards/compare.png",
        "/cards/guide/lamps.svg",
        "/cards/..%2F..%2Fetc%2Fpasswd.png",
        "/cards/.png",
        "/icons/7.png",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    // A query asks for nothing else, and makes no second copy.
    let plain = site.get("/cards/about.png").await;
    assert_eq!(site.get("/cards/about.png?x=1").await.body, plain.body);
}

/// Asks for as many pictures at once.
fn flood(site: &Arc<Running>, targets: &[String], times: usize) -> Vec<JoinHandle<Answer>> {
    let asked = (0..times).map(|index| {
        let (site, target) = (Arc::clone(site), targets[index % targets.len()].clone());
        tokio::spawn(async move { site.get(&target).await })
    });
    asked.collect()
}

/// Cards of as many comparisons as the shipped guide has.
fn cards_of(content: &Content) -> Vec<String> {
    let data = &content.salaries;
    let mut targets = vec!["/compare.png".to_owned()];
    for country in &data.countries {
        for level in &data.levels {
            for period in ["", "&period=month"] {
                let query = format!("country={}&level={}{period}", country.code, level.id);
                targets.push(format!("/compare.png?{query}"));
            }
        }
    }
    targets
}

#[tokio::test]
async fn a_flood_of_requests_for_pictures_gets_pictures_or_a_time_to_retry() {
    let site = shipped();
    let cards = cards_of(site.content());
    let pictures = site.content().pictures.iter();
    let pictures: Vec<String> =
        pictures.map(|picture| format!("/pictures/{}.png", picture.id)).collect();
    assert!(pictures.len() > 1);
    let running = Arc::new(Running::serving(site));
    for (targets, of_cards) in [(cards, true), (pictures, false)] {
        let (mut drawn, mut busy) = (0, 0);
        for answer in flood(&running, &targets, 120) {
            let answer = answer.await.unwrap();
            match answer.status {
                StatusCode::OK => {
                    assert_eq!(size(&answer) == (1200, 630), of_cards);
                    drawn += 1;
                }
                StatusCode::SERVICE_UNAVAILABLE => {
                    assert_eq!(answer.header("retry-after"), "2");
                    assert_eq!(answer.header("cache-control"), "no-store");
                    busy += 1;
                }
                other => panic!("{other}"),
            }
        }
        assert!(drawn >= 34 && busy > 0 && drawn + busy == 120, "{drawn} drawn, {busy} refused");
        running.get_ok(&targets[0]).await;
    }
}

#[tokio::test]
async fn pages_are_made_while_pictures_wait_to_be_drawn() {
    let site = shipped();
    let cards = cards_of(site.content());
    let running = Arc::new(Running::serving(site));
    let asked = flood(&running, &cards, 30);
    tokio::task::yield_now().await;
    running.get_ok("/search?q=pay").await;
    let drawn = asked.iter().filter(|card| card.is_finished()).count();
    assert!(drawn < 15, "{drawn} cards were drawn before the page was made");
}

/// The card of the comparison with this query, as SVG.
fn card_of(site: &Site, query: &str) -> String {
    let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    let (selection, _) = Selection::parse(pairs, &site.content().salaries);
    card::compare(&site.shared(), &selection)
}

#[tokio::test]
async fn the_figures_of_a_comparisons_card_are_those_of_its_page() {
    let site = shipped();
    let data = &site.content().salaries;
    let first = &data.countries[0].code;
    let running = Running::serving(Arc::clone(&site));
    for query in [
        String::new(),
        format!("country={first}"),
        "group=level&currency=usd".to_owned(),
        "pay=net&period=month".to_owned(),
        format!("country={first}&level={}&adjust=ppp", data.levels[0].id),
    ] {
        let svg = card_of(&site, &query);
        let page = running.get(&format!("/compare?{query}")).await;
        let charts: String = page.text().split("<svg class=\"chart\"").skip(1).collect();
        let on_page = figures(&charts);
        // The page leaves out labels of its axis that would touch on a phone.
        let is_no_tick = |text: &&str| !text.contains("class=\"t\"");
        let rows: Vec<&str> = svg.split("<text").filter(is_no_tick).collect();
        let on_card = figures(&rows.join("<text"));
        let note = |text: &str| text.contains("Edition ") || text.contains(". ");
        let headline = page.text().split("<h2 id=\"_message\">").nth(1).unwrap();
        let headline = headline.split('<').next().unwrap();
        let units: String = page.text().split("<h3>").skip(1).map(|h| &h[..200]).collect();
        let mut compared = 0;
        for figure in on_card.iter().filter(|text| !note(text)) {
            // The message and the units are on the page as well, outside its charts.
            if headline.contains(figure.as_str()) || units.contains(figure.as_str()) {
                continue;
            }
            assert!(on_page.contains(figure), "{query}: {figure} is not among {on_page:?}");
            compared += 1;
        }
        assert!(compared >= 2, "{query}: {on_card:?}");
    }
}

/// Where the bars of the first two steps begin and how wide they are, in per cent of the axis.
fn bars(svg: &str) -> Vec<(f64, f64)> {
    let number = |tag: &str, name: &str| -> f64 {
        let value = tag.split_once(&format!(" {name}=\"")).unwrap().1.split('"').next().unwrap();
        value.strip_suffix('%').unwrap().parse().unwrap()
    };
    svg.split("<rect")
        .skip(1)
        .map(|tag| tag.split('>').next().unwrap())
        .filter(|tag| ["class=\"s1\"", "class=\"s2\""].iter().any(|mark| tag.contains(mark)))
        .map(|tag| (number(tag, "x"), number(tag, "width")))
        .collect()
}

#[tokio::test]
async fn the_bars_of_a_card_are_as_long_as_those_of_its_page() {
    let site = shipped();
    let data = &site.content().salaries;
    let running = Running::serving(Arc::clone(&site));
    let mut compared = 0;
    for country in &data.countries {
        let query = format!("country={}&source=none", country.code);
        let svg = card_of(&site, &query);
        let page = running.get(&format!("/compare?{query}")).await;
        let (on_page, on_card) = (bars(page.text()), bars(&svg));
        assert_eq!(on_page, on_card, "{query}");
        compared += on_card.len();
    }
    assert!(compared >= 6, "{compared}");
}

#[test]
fn a_card_holds_no_mark_up_of_the_content() {
    let home = page(r#"A < B & \"C\""#, "Text.");
    let site = TestSite::new().file("home.md", home).file("salaries/zz.toml", NO_BANDS).build();
    let svg = card::page(&site.shared(), "/", "A < B & \"C\"");
    assert!(svg.contains("A &lt; B &amp; &quot;C&quot;"), "{svg}");
}

const NO_BANDS: &str = "name = \"Zembla\"\ncurrency = \"XTS\"\ninsight = \"Nothing is known.\"\n";

#[tokio::test]
async fn a_guide_without_pay_has_cards_as_well() {
    let site = TestSite::new().file("salaries/zz.toml", NO_BANDS).start();
    for path in ["/cards/index.png", "/cards/salaries/zz.png"] {
        assert_eq!(size(&site.get(path).await), (1200, 630), "{path}");
    }
    let (page, card) = (site.get("/compare").await, site.get("/compare.png").await);
    assert_eq!(page.status, card.status, "where there is nothing to compare nothing is drawn");
}

#[tokio::test]
async fn icons_are_drawn_in_the_sizes_that_the_manifest_names() {
    let site = TestSite::new().base_url("https://example.org/careers").start();
    let manifest = site.get("/careers/manifest.webmanifest").await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    let manifest: serde_json::Value = serde_json::from_str(manifest.text()).unwrap();
    assert_eq!(manifest["start_url"], "/careers/");
    assert_eq!(manifest["name"], "Lighthouse Keeper Guide");
    let icons = manifest["icons"].as_array().unwrap();
    assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"));
    for icon in icons {
        let answer = site.get(icon["src"].as_str().unwrap()).await;
        let (across, down) = size(&answer);
        assert_eq!(icon["sizes"], format!("{across}x{down}"));
    }
    assert_eq!(size(&site.get("/careers/apple-touch-icon.png").await), (180, 180));
}

#[tokio::test]
async fn the_favicon_is_an_icon_file() {
    let answer = TestSite::new().start().get("/favicon.ico").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "image/x-icon");
    // One picture of 32 by 32 pixels, as long as the rest of the file.
    let (head, png) = answer.body.split_at(22);
    assert_eq!(head[..14], [0, 0, 1, 0, 1, 0, 32, 32, 0, 0, 1, 0, 32, 0]);
    assert_eq!(head[14..18], u32::try_from(png.len()).unwrap().to_le_bytes());
    assert_eq!(head[18..], 22_u32.to_le_bytes());
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    assert_eq!(png[16..24], [0, 0, 0, 32, 0, 0, 0, 32]);
}

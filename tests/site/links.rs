//! Every link of every page, followed.

use std::collections::{BTreeSet, HashMap};

use crate::support::TestSite;

/// All values of an attribute.
pub(crate) fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    html.split(&format!(" {attribute}=\""))
        .skip(1)
        .filter_map(|rest| rest.split_once('"').map(|(value, _)| value))
        .collect()
}

#[tokio::test]
async fn every_link_and_anchor_of_the_small_guide_leads_somewhere() {
    follow(TestSite::new()).await;
}

#[tokio::test]
async fn every_link_of_the_guides_of_this_repository_leads_somewhere() {
    for folder in
        ["content", "tests/fixtures/luthier", "tests/fixtures/minimal", "tests/fixtures/sound"]
    {
        follow(TestSite::of(folder)).await;
    }
}

/// Follows every link from the home page on.
async fn follow(site: TestSite) {
    let site = site.base_url("https://careers.example/careers").start();
    let mut seen = BTreeSet::from(["/careers/".to_owned()]);
    let mut open = vec!["/careers/".to_owned()];
    let mut anchors: HashMap<String, BTreeSet<String>> = HashMap::new();
    let mut wanted = Vec::new();
    while let Some(path) = open.pop() {
        let answer = site.get_ok(&path).await;
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let html = answer.text();
        let ids = values(html, "id").into_iter().map(str::to_owned);
        anchors.insert(path.clone(), ids.collect());
        for link in [values(html, "href"), values(html, "src")].concat() {
            let link = link.replace("&amp;", "&").replace("&#38;", "&");
            let link = link.strip_prefix("https://careers.example").unwrap_or(&link);
            if ["http", "mailto:", "data:"].iter().any(|scheme| link.starts_with(scheme)) {
                continue;
            }
            let (to, anchor) = link.split_once('#').unwrap_or((link, ""));
            let to = if to.is_empty() { path.clone() } else { to.to_owned() };
            assert!(to.starts_with("/careers/"), "{path} leads out of the base path: {link}");
            if !anchor.is_empty() {
                wanted.push((path.clone(), to.clone(), anchor.to_owned()));
            }
            if seen.insert(to.clone()) {
                open.push(to);
            }
        }
    }
    for (from, to, anchor) in wanted {
        assert!(
            anchors[&to].contains(&anchor),
            "{from} leads to {to}#{anchor}, which is not there"
        );
    }
}

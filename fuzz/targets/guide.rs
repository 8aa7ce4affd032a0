//! Owns a small guide with every kind of file, in which one file is replaced by something.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use career_guide::address::Urls;
use career_guide::api;
use career_guide::content::Content;
use career_guide::content::diagnostics::{Diagnostics, Problems};
use career_guide::content::source::Files;
use career_guide::pages::{self, Asked, Shared};
use career_guide::pay::comparison::Selection;
use career_guide::site::assets::Assets;
use jiff::civil::{Date, date};

use super::html::assert_sound;

/// After some of the rules and before others.
const TODAY: Date = date(2026, 6, 1);

macro_rules! files {
    ($($path:literal),* $(,)?) => { [$(($path, include_bytes!(concat!("../guide/", $path)))),*] };
}

static GUIDE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let files: [(&str, &[u8]); 18] = files![
        "site.toml",
        "levels.toml",
        "currencies.toml",
        "exchange-rates.toml",
        "purchasing-power.toml",
        "sources.toml",
        "certifications.toml",
        "resources.toml",
        "changes.toml",
        "redirects.toml",
        "salaries/nz.toml",
        "salaries/no.toml",
        "take-home/nz.toml",
        "statistics/storms.toml",
        "home.md",
        "about.md",
        "guide/lamps.md",
        "guide/pay.md",
    ];
    files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect()
});

static ASSETS: LazyLock<(Urls, Assets)> = LazyLock::new(|| {
    let urls = Urls::new(None);
    let assets = Assets::embedded(&urls).expect("the assets fit together");
    (urls, assets)
});

/// Whether the guide has such a file.
pub(super) fn has(path: &str) -> bool {
    GUIDE.contains_key(path)
}

/// Reads the guide with a file replaced, then either looks at the problems or at every page.
pub(super) fn read_and_render(path: &str, bytes: &[u8]) {
    let mut files = Files { root: String::new(), files: GUIDE.clone() };
    files.files.insert(path.to_owned(), bytes.to_vec());
    match Content::from_files(files.clone(), Problems::default()) {
        Ok(content) => render(&content),
        Err(problems) => assert_placed(&problems, &files),
    }
}

/// Every problem has a message and a place within its file.
fn assert_placed(problems: &Diagnostics, files: &Files) {
    assert!(!problems.list().is_empty());
    for problem in problems.list() {
        assert!(!problem.message.is_empty());
        let lines = files
            .files
            .get(&problem.file)
            .map_or(1, |bytes| bytes.split(|byte| *byte == b'\n').count());
        assert!((1..=lines).contains(&problem.line) && problem.column >= 1, "{problem}");
        assert!(!problem.to_string().contains('\u{1b}'), "{problem}");
    }
}

fn render(content: &Content) {
    let (urls, assets) = &*ASSETS;
    let shared = Shared { content, urls, assets: &assets.urls };
    let render = |page: Result<String, _>| assert_sound(&page.expect("the template works"));
    render(pages::home(&shared));
    render(pages::about(&shared));
    render(pages::sources(&shared));
    render(pages::guide(&shared));
    for index in 0..content.sections.len() {
        render(pages::section(&shared, index));
    }
    for country in &content.salaries.countries {
        render(pages::country(&shared, country));
    }
    let queries = [
        "",
        "pay=net&period=month&group=level&currency=nok&source=almanac&offer=70000&offer_currency=nzd",
        "adjust=ppp&source=almanac",
    ];
    for query in queries {
        let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        let (selection, ignored) = Selection::parse(pairs, &content.salaries);
        let asked = Asked { selection: &selection, ignored: &ignored, today: TODAY };
        render(pages::compare(&shared, &asked));
        render(pages::embed(&shared, &asked));
    }
    let context = api::Context { content, urls, today: TODAY };
    for table in api::tables(context).expect("tables can be written") {
        serde_json::from_slice::<serde_json::Value>(table.body.as_ref()).expect("JSON");
    }
}

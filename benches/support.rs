//! Owns guides made up for measuring: as large as one likes, of no career in particular. The entry
//! point is [`guide`].

use std::collections::BTreeMap;
use std::fmt::Write as _;

use career_guide::content::source::Files;

const LEVELS: [&str; 3] = ["first", "second", "third"];
const CURRENCIES: usize = 20;

/// The files of a guide with so many sections and countries. Every section has five headings, each
/// with a word of its own, links to its neighbours and far away, a table and a list; every country
/// three bands and another source. All are about as long as those of the shipped guide.
pub(crate) fn guide(sections: usize, countries: usize) -> Files {
    let mut files = BTreeMap::new();
    let mut file = |path: &str, text: String| files.insert(path.to_owned(), text.into_bytes());
    file("site.toml", site(sections));
    file(
        "levels.toml",
        LEVELS.map(|id| format!("[[level]]\nid = \"{id}\"\nname = \"The {id} step\"\n")).concat(),
    );
    file("currencies.toml", currencies());
    file("exchange-rates.toml", rates());
    file("sources.toml", SOURCES.to_owned());
    file("home.md", page("Home", "A guide to measure.\n\n{{sections}}\n"));
    file("about.md", page("About", "Made up by a program.\n"));
    for number in 0..sections {
        let text = page(&format!("Section {number}"), &section(number, sections));
        file(&format!("guide/s{number}.md"), text);
    }
    for number in 0..countries {
        file(&format!("salaries/{}.toml", country_code(number)), country(number));
    }
    Files { root: "guide".to_owned(), files }
}

fn site(sections: usize) -> String {
    let ids: Vec<String> = (0..sections).map(|number| format!("\"s{number}\"")).collect();
    format!(
        "title = \"A guide to measure\"\ncareer = \"measurer\"\ndescription = \"Made up.\"\n\
         language = \"en\"\nedition = \"1\"\ndate = 2026-01-01\nauthor = \"A program\"\n\
         licence = {{ name = \"None\", url = \"https://example.org/\" }}\n\
         report = {{ text = \"Write\", url = \"mailto:a@example.org\" }}\n\
         sections = [{}]\n",
        ids.join(", ")
    )
}

fn page(title: &str, text: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\ndescription = \"What {title} says.\"\n\
         checked = 2026-01-01\n+++\n\n{text}"
    )
}

fn section(number: usize, sections: usize) -> String {
    let mut text = "The lamp is trimmed before dusk, and the glass is wiped.\n\n".to_owned();
    for heading in 0..5 {
        let near = (number + heading + 1) % sections;
        let far = (number * 7 + heading * 31 + 3) % sections;
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "## Watch {heading} of section {number} {{#watch-{heading}}}\n\n\
             Whoever keeps the light of {} writes down *what the weather did*, how much oil \
             was burnt and **who came by**; the [next book](s{near}.md#watch-{heading}) goes on \
             where this one ends. A keeper in a hurry reads [the far one](s{far}.md) first, \
             because a storm is seen there an hour before it is felt here.\n\n\
             - Oil for the night, measured twice.\n- A wick, and another one.\n\
             - The hour at which [the horn](s{far}.md#watch-0) was last heard.\n\n\
             | Hour | Wind | Oil |\n|---|---:|---:|\n| {heading} | {number} | 12 |\n| 6 | 41 | 9 |\n\n\
             Nobody has yet found a way to keep a light without staying awake. Those who tried \
             have written about it at length, and none of them recommends the attempt.\n\n",
            name(number * 5 + heading)
        );
    }
    text
}

/// A word that no other number has: "babababa", "bababado" and so on.
pub(crate) fn name(number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "do", "fi", "gu", "he", "ja", "ko", "li", "mu", "ne", "pa", "ro", "si", "tu", "ve",
        "zo",
    ];
    // Spread, so that neighbours do not begin alike.
    let spread = number * 7919;
    [12, 8, 4, 0].map(|bits| SYLLABLES[spread >> bits & 15]).concat()
}

/// "aa", "ab" and so on: 676 of them.
fn country_code(number: usize) -> String {
    [number / 26, number % 26].map(letter).iter().collect()
}

/// "XAA" and so on.
fn currency_code(number: usize) -> String {
    format!("X{}", country_code(number % CURRENCIES).to_uppercase())
}

fn letter(number: usize) -> char {
    char::from(b'a' + u8::try_from(number % 26).unwrap_or_default())
}

fn currencies() -> String {
    let one = |number| {
        let code = currency_code(number);
        format!(
            "[{code}]\nname = \"Coin {code}\"\nplural = \"coins\"\nsymbol = \"{code}¤\"\n\
             grouping = \"western\"\ndecimals = 2\n\
             units = [{{ suffix = \"K\", word = \"thousand\", value = 1000 }}]\n"
        )
    };
    (0..CURRENCIES).map(one).collect()
}

fn rates() -> String {
    let mut text = format!(
        "base = \"{}\"\nsource = \"bank\"\nas_of = \"2026-01\"\nholds_until = 2030-01-01\n[rates]\n",
        currency_code(0)
    );
    for number in 0..CURRENCIES {
        let _ = writeln!(text, "{} = {}", currency_code(number), number + 1);
    }
    text
}

fn country(number: usize) -> String {
    let mut text = format!(
        "name = \"Country {number}\"\ncurrency = \"{}\"\ncities = [\"Harbour {number}\"]\n\
         insight = \"Pay follows the fog.\"\n",
        currency_code(number)
    );
    for (step, level) in LEVELS.iter().enumerate() {
        let low = 20_000 + 15_000 * step + 10 * number;
        let _ = write!(
            text,
            "[[band]]\nlevel = \"{level}\"\nlow = {low}\nhigh = {}\nbasis = \"base\"\n\
             years = [{step}, {}]\nsource = \"guide\"\n",
            low + 18_000,
            step + 2
        );
    }
    let _ = write!(
        text,
        "[[other]]\nsource = \"survey\"\nlevel = \"second\"\nsample = 40\nas_of = \"2025\"\n\
         percentiles = {{ p25 = 30000, p50 = {}, p75 = 60000 }}\n",
        40_000 + number
    );
    text
}

const SOURCES: &str = r#"
[guide]
publisher = "A program"
title = "This guide"
known = "own"
as_of = "2026"
checked = 2026-01-01

[bank]
publisher = "The bank"
title = "Rates"
known = "read"
as_of = "2026-01"
checked = 2026-01-01

[survey]
publisher = "The board"
title = "A survey"
known = "read"
as_of = "2025"
checked = 2026-01-01
"#;

use std::path::Path;

use super::*;

fn files(root: &str) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sound");
    let files = Source::Folder(folder).read(&Problems::default());
    Files { root: root.to_owned(), ..files }
}

/// A file of the sound guide.
fn sound(path: &str) -> String {
    String::from_utf8(files("x").files.remove(path).unwrap()).unwrap()
}

/// A file of the sound guide with something else in its text.
#[track_caller]
fn edited<'p>(path: &'p str, from: &str, to: &str) -> (&'p str, String) {
    let text = sound(path);
    assert!(text.contains(from), "{path} has no {from}");
    (path, text.replace(from, to))
}

/// Takes a file away.
fn without(path: &str) -> (&str, String) {
    (path, String::new())
}

/// The sound guide with some files otherwise.
fn edition(root: &str, otherwise: &[(&str, String)]) -> Edition {
    let mut files = files(root);
    for (path, text) in otherwise {
        if text.is_empty() {
            files.files.remove(*path);
        } else {
            files.files.insert((*path).to_owned(), text.clone().into_bytes());
        }
    }
    Edition::from_files(files, Problems::default()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What is reported when the guide changes so.
fn report(changes: &[(&str, String)]) -> String {
    let breakages = breakages(&edition("old", &[]), &edition("new", changes));
    if breakages.is_empty() { String::new() } else { breakages.to_string() }
}

/// The first lines of all breakages, without their help lines and the count at the end.
fn heads(report: &str) -> Vec<&str> {
    report.lines().filter(|line| line.contains(": error[")).collect()
}

/// The record of a change, beside those that there are.
fn recorded(figure: &str, more: &str) -> (&'static str, String) {
    let record = format!(
        "\n[[change]]\nedition = \"2026.1\"\ndate = 2026-02-01\nwhat = \"W\"\nold = \"1\"\nnew = \"2\"\nwhy = \"Y\"\nfigure = \"{figure}\"\n{more}"
    );
    ("changes.toml", sound("changes.toml") + &record)
}

/// The page of fog in a file of another name, with other front matter.
fn moved(front: &str) -> [(&'static str, String); 3] {
    let page = sound("guide/fog.md").replace("+++\nSound", &format!("{front}+++\nSound"));
    let site = edited("site.toml", "\"fog\"", "\"mist\"");
    [site, without("guide/fog.md"), ("guide/mist.md", page)]
}

#[test]
fn a_guide_is_compatible_with_itself() {
    assert_eq!(report(&[]), "");
}

#[test]
fn more_pages_headings_and_figures_break_nothing() {
    let more = "## New {#new}\n\nText.\n\n## The horn";
    assert_eq!(report(&[edited("guide/fog.md", "## The horn", more)]), "");
}

#[test]
fn a_renamed_heading_is_reported_until_it_keeps_its_old_anchors() {
    let renamed = edited("guide/fog.md", "{#horn alias=siren}", "{#the-horn}");
    let lost = report(&[renamed]);
    assert_eq!(
        heads(&lost),
        [
            "old/guide/fog.md:8:1: error[lost-link]: /guide/fog#horn, /guide#fog.horn would lead nowhere",
            "old/guide/fog.md:8:1: error[lost-link]: /guide/fog#siren, /guide#fog.siren would lead nowhere",
        ]
    );
    assert!(lost.contains("alias=horn"), "{lost}");
    let count = "4 links would break, 0 figures change without a word in changes.toml";
    assert!(lost.ends_with(count), "{lost}");
    let kept = "{#the-horn alias=horn,siren}";
    assert_eq!(report(&[edited("guide/fog.md", "{#horn alias=siren}", kept)]), "");
}

#[test]
fn a_renamed_page_is_reported_with_all_its_links_until_it_keeps_its_old_address() {
    let lost = report(&moved(""));
    let first =
        "old/guide/fog.md:1:1: error[lost-link]: /guide/fog, /guide/fog.md, /guide#fog would";
    assert!(heads(&lost)[0].starts_with(first), "{lost}");
    assert!(lost.contains("aliases = [\"/guide/fog\"]"), "{lost}");
    assert!(lost.contains("/guide/fog#horn, /guide#fog.horn"), "{lost}");

    assert_eq!(report(&moved("aliases = [\"/guide/fog\"]\n")), "");
    let redirect = "[redirects]\n\"/guide/fog\" = \"/guide/mist\"\n";
    let [site, old, new] = moved("");
    assert_eq!(report(&[site, old, new, edited("redirects.toml", "[redirects]\n", redirect)]), "");
}

#[test]
fn a_page_that_keeps_its_address_but_not_its_headings_loses_those() {
    let [site, old, (path, page)] = moved("aliases = [\"/guide/fog\"]\n");
    let lost = report(&[site, old, (path, page.replace("{#horn alias=siren}", "{#other}"))]);
    assert_eq!(heads(&lost).len(), 2, "{lost}");
}

#[test]
fn a_forgotten_alias_is_reported_with_its_line() {
    let lost = report(&[edited("guide/lamps.md", "aliases = [\"/guide/lights\"]\n", "")]);
    let expected = "old/guide/lamps.md:5:1: error[lost-link]: /guide#lights, /guide#lights.wick, \
                    /guide#lights.cotton, /guide#lights.papers, /guide#lights.first-aid, \
                    /guide/lights would";
    assert!(heads(&lost)[0].starts_with(expected), "{lost}");
}

#[test]
fn pages_of_countries_may_be_redirected_when_the_country_is_gone() {
    let storms = "+++\ntitle = \"Storms\"\ndescription = \"x\"\nchecked = 2026-01-30\n+++\n\
                  ## Wind {#wind}\n\nBlows.\n\n## Pay {#pay}\n\nNone.\n";
    let gone = || {
        vec![
            without("salaries/nz.toml"),
            without("take-home/nz.toml"),
            without("changes.toml"),
            ("guide/storms.md", storms.to_owned()),
        ]
    };
    let lost = report(&gone());
    assert!(lost.contains("/salaries/nz, /salaries/nz.json would lead nowhere"), "{lost}");
    let figure = "old/salaries/nz.toml:8:7: error[unrecorded-change]: salaries/nz/hand/low was 50000 and is gone";
    assert!(lost.contains(figure), "{lost}");
    let redirects = "[redirects]\n\"/salaries/nz\" = \"/compare\"\n\"/salaries/nz.json\" = \"/salaries.json\"\n";
    let mut kept = gone();
    kept.push(edited("redirects.toml", "[redirects]\n", redirects));
    let kept = report(&kept);
    assert!(!kept.contains("/salaries/nz would"), "{kept}");
    assert!(kept.contains("/compare?country=nz would lead nowhere"), "{kept}");
}

#[test]
fn sources_certifications_pictures_and_choices_have_links_as_well() {
    let (lamps, text) = edited("guide/lamps.md", "first-aid", "second-aid");
    let lost = report(&[
        edited("certifications.toml", "first-aid", "second-aid"),
        (lamps, text.replace("![A lamp](../images/lamp.svg)", "")),
        without("images/lamp.svg"),
    ]);
    for expected in [
        "old/certifications.toml:1:1: error[lost-link]: /guide/lamps#first-aid, /guide#lamps.first-aid",
        "old/images/lamp.svg:1:1: error[lost-link]: /images/lamp.svg ",
        "certifications/first-aid/status was active and is gone",
    ] {
        assert!(lost.contains(expected), "{expected}\n{lost}");
    }
    let (storms, text) = edited("guide/storms.md", "nz head", "nz chief");
    let lost = report(&[
        edited("levels.toml", "\"head\"", "\"chief\""),
        edited("salaries/nz.toml", "\"head\"", "\"chief\""),
        edited("changes.toml", "/head/", "/chief/"),
        (storms, text.replace("level=head", "level=chief")),
    ]);
    assert!(lost.contains("old/levels.toml:5:1: error[lost-link]: /compare?level=head "), "{lost}");
}

#[test]
fn each_kind_of_figure_is_reported_when_its_change_is_not_recorded() {
    for (path, from, to, expected) in [
        (
            "salaries/nz.toml",
            "low = 60000",
            "low = 61000",
            "new/salaries/nz.toml:14:7: error[unrecorded-change]: salaries/nz/head/low is 61000 and was 60000 (old/salaries/nz.toml:14:7)",
        ),
        (
            "salaries/nz.toml",
            "high = 65000",
            "high = 65000\nopen = true",
            "salaries/nz/hand/high is 65000+ and was 65000",
        ),
        (
            "salaries/nz.toml",
            "p50 = 70000",
            "p50 = 71000",
            "new/salaries/nz.toml:24:36: error[unrecorded-change]: salaries/nz/almanac/head/p50 is 71000 and was 70000",
        ),
        (
            "take-home/nz.toml",
            "{ percent = 30 }",
            "{ to = 200000, percent = 30 }, { percent = 31 }",
            "take-home/nz/income-tax is on pay less allowances: 10% to 40000, 30% to 200000, 31% above and was on",
        ),
        (
            "statistics/storms.toml",
            "days = 41",
            "days = 42",
            "new/statistics/storms.toml:21:18: error[unrecorded-change]: statistics/storms/north/days is 42 and was 41",
        ),
        (
            "certifications.toml",
            "\"active\"",
            "\"retired\"",
            "certifications/first-aid/status is retired and was active",
        ),
        (
            "certifications.toml",
            "NZ$40",
            "NZ$50",
            "certifications/first-aid/price is NZ$50 and was NZ$40",
        ),
    ] {
        let lost = report(&[edited(path, from, to)]);
        assert!(lost.contains(expected), "{expected}\n{lost}");
        assert_eq!(heads(&lost).len(), 1, "{lost}");
    }
    assert_eq!(report(&[edited("salaries/nz.toml", "60000", "60000.00")]), "");
}

#[test]
fn a_recorded_change_breaks_nothing_unless_the_record_is_an_old_one() {
    let salaries = edited("salaries/nz.toml", "low = 60000", "low = 61000");
    let record = recorded("salaries/nz/head/low", "");
    let changed = [salaries, record.clone()];
    assert_eq!(report(&changed), "");
    let before = edition("old", &[record]);
    assert!(!breakages(&before, &edition("new", &changed)).is_empty());
}

#[test]
fn a_figure_that_is_taken_out_is_recorded_as_removed() {
    let gone = edited("certifications.toml", "price = \"NZ$40\"\n", "");
    let lost = report(std::slice::from_ref(&gone));
    assert!(lost.contains("certifications/first-aid/price was NZ$40 and is gone"), "{lost}");
    assert_eq!(report(&[gone, recorded("certifications/first-aid/price", "removed = true\n")]), "");
}

#[test]
fn a_slip_in_the_name_of_a_figure_is_a_problem_of_the_guide() {
    for (name, more, expected) in [
        ("salaries/nz/heat/low", "", "did you mean `salaries/nz/head/low`?"),
        ("salaries/nz/head", "", "write salaries/<country>/<level>/low"),
        ("salary/nz/head/low", "", "did you mean `salaries`?"),
        ("salaries/nz/head/low", "removed = true\n", "take `removed` away"),
    ] {
        let mut files = files("new");
        let (path, text) = recorded(name, more);
        files.files.insert(path.to_owned(), text.into_bytes());
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
    assert!(breakages(&shipped, &shipped).is_empty());
    for figure in shipped.figures() {
        let place = shipped.location_of(&figure).to_string();
        assert!(!place.ends_with(":1:1"), "{} at {place}", figure.name);
    }
}

//! What a diagram promises whatever it is given: sound markup, places within the drawing, one name
//! and one description, and the colours of the site.

use proptest::prelude::*;

use super::*;

/// Fails unless the markup is sound, every reference has its target and every percentage lies
/// between 0 and 100.
fn check(svg: &str) {
    let whole = format!("<figure>{svg}</figure>");
    let tree = roxmltree::Document::parse(&whole).unwrap_or_else(|why| panic!("{why} in {svg}"));
    let attributes = || tree.descendants().flat_map(|node| node.attributes());
    for attribute in attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        assert_ne!(name, "style", "in {svg}");
        if ["aria-labelledby", "aria-describedby"].contains(&name) {
            let is_there = attributes().any(|other| other.name() == "id" && other.value() == value);
            assert!(is_there, "{value} is nowhere");
        }
        if let Some(percent) = value.strip_suffix('%') {
            let number: f64 = percent.parse().expect("a number");
            assert!((0.0..=100.0).contains(&number), "{name} {value}");
        }
        assert!(!value.contains("NaN") && !value.contains("inf"), "{name} {value}");
    }
}

fn drawn(scene: Scene) -> Diagram {
    let diagram = Diagram {
        id: "x".into(),
        title: "A <title>".into(),
        summary: "In words & all".into(),
        scene,
    };
    check(&diagram.inline());
    for colours in [Colours::LightAndDark, Colours::LightOnly] {
        check(
            &diagram
                .standalone(
                    Credit {
                        language: "en",
                        text: "Ours & yours",
                        address: Some("https://example.org/a?b&c"),
                    },
                    colours,
                )
                .svg,
        );
    }
    diagram
}

fn node(name: &str) -> LoopNode {
    LoopNode { name: name.into(), gives: Some("a thing".into()) }
}

fn layer(name: &str, boxes: &[&str]) -> Layer {
    let boxes = boxes.iter().map(|&text| text.to_owned()).collect();
    Layer { name: name.into(), boxes, newer: false }
}

fn place(svg: &str, text: &str, key: &str) -> f64 {
    let at = svg.find(&format!(">{text}<")).unwrap_or_else(|| panic!("no {text} in {svg}"));
    let tag = &svg[svg[..at].rfind('<').unwrap()..at];
    let value = tag
        .split(&format!(" {key}=\""))
        .nth(1)
        .map_or("0", |rest| &rest[..rest.find('"').unwrap()]);
    value.trim_end_matches('%').parse().unwrap()
}

#[test]
fn a_loop_begins_at_the_top_and_goes_clockwise() {
    let names = ["One", "Two", "Three", "Four", "Five"];
    let diagram = drawn(Scene::Loop(names.iter().map(|name| node(name)).collect()));
    let svg = diagram.draw(NARROW).body;
    let x = |name| place(&svg, name, "x");
    let y = |name| place(&svg, name, "y");
    assert!(names[1..].iter().all(|name| y("One") < y(name)), "the first is the highest");
    assert!(x("Two") > x("One") && x("Five") < x("One"), "right of it comes the second");
    assert!(y("Two") < y("Three") && y("Five") < y("Four"));
    assert!(x("Three") > x("Four"));
}

#[test]
fn a_loop_of_any_length_is_drawn_whole() {
    for count in 3..12 {
        let diagram = drawn(Scene::Loop((0..count).map(|n| node(&format!("S{n}"))).collect()));
        let svg = diagram.draw(NARROW).body;
        assert!((0..count).all(|n| svg.contains(&format!(">S{n}<"))), "{count}");
    }
}

#[test]
fn what_others_rest_on_lies_below_them() {
    let layers = vec![layer("Ground", &["Stone"]), layer("House", &["Wall", "Door"])];
    let svg = drawn(Scene::Layers(layers)).draw(NARROW).body;
    assert!(place(&svg, "Stone", "y") > place(&svg, "Wall", "y"));
    assert!(place(&svg, "Wall", "x") < place(&svg, "Door", "x"));
}

#[test]
fn boxes_share_a_row_only_where_their_words_fit() {
    let words = ["Communication", "Unquestionably", "Interoperability"];
    let diagram = drawn(Scene::Layers(vec![layer("All", &words)]));
    let rows = |narrowest| {
        let svg = diagram.draw(narrowest).body;
        let mut rows: Vec<String> =
            words.iter().map(|word| place(&svg, word, "y").to_string()).collect();
        rows.dedup();
        rows.len()
    };
    assert_eq!((rows(NARROW), rows(WIDE)), (2, 1));
}

#[test]
fn a_narrow_and_a_wide_drawing_share_one_name_and_one_description() {
    let words = ["Communication", "Unquestionably", "Interoperability"];
    let svg = drawn(Scene::Layers(vec![layer("All", &words)])).inline();
    assert_eq!((svg.matches("<svg class=\"pic").count(), svg.matches("<title").count()), (2, 1));
    assert_eq!(svg.matches("aria-labelledby=\"x-t\"").count(), 2);
    assert_eq!(svg.matches("<desc").count(), 1);
}

#[test]
fn the_state_of_a_track_is_told_by_its_shape() {
    let track = |style| Track {
        name: format!("{style:?}"),
        detail: "Somebody".into(),
        spans: vec![Span { from: 0.2, to: 0.8, style }],
        dots: vec![0.2],
        end: (style == LineStyle::Ended).then_some(0.8),
    };
    let styles = [LineStyle::Full, LineStyle::Hollow, LineStyle::Ended, LineStyle::Unknown];
    let bodies = styles.map(|style| {
        let timeline = Timeline {
            groups: vec![("All".into(), LineStyle::Full, vec![track(style)])],
            ticks: vec![(0.0, "2024".into())],
            now: (0.9, "Today".into()),
            note: "Read it so.".into(),
        };
        let body = drawn(Scene::Timeline(timeline)).draw(NARROW).body;
        body.replace(&format!("{style:?}"), "")
    });
    for (index, body) in bodies.iter().enumerate() {
        assert!(!bodies[index + 1..].contains(body), "{:?}", styles[index]);
    }
}

#[test]
fn a_stop_without_room_for_its_time_has_it_below() {
    let stop = |name: &str| Stop {
        name: name.into(),
        time: "from 4 months".into(),
        leaves: "Something to show".into(),
    };
    let diagram = drawn(Scene::Route(vec![stop("Short"), stop(&"Long ".repeat(9))], "Note".into()));
    let svg = diagram.draw(NARROW).body;
    assert_eq!(svg.matches("<tspan").count(), 1);
    assert_eq!(svg.matches("from 4 months").count(), 2);
}

#[test]
fn programs_that_know_no_custom_properties_find_none() {
    let diagram = drawn(Scene::Layers(vec![layer("All", &["One"])]));
    let credit = Credit { language: "en", text: "Ours", address: None };
    let svg = diagram.standalone(credit, Colours::LightOnly).svg;
    for foreign in ["var(", "@media", ":is(", "CanvasText", "/*"] {
        assert!(!svg.contains(foreign), "{foreign} in {svg}");
    }
    assert!(svg.contains(".pic .x0{fill:#c9d2f3}"), "{svg}");
    assert!(
        diagram.standalone(credit, Colours::LightAndDark).svg.contains("prefers-color-scheme:dark")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_breaks_a_diagram(
        names in proptest::collection::vec("\\PC{0,60}", 1..9),
        gives in proptest::option::of("\\PC{0,40}"),
        at in proptest::collection::vec(0.0..1.0_f64, 1..5),
    ) {
        let node = |name: &String| LoopNode { name: name.clone(), gives: gives.clone() };
        drawn(Scene::Loop(names.iter().map(node).collect()));
        let layer = Layer { name: names[0].clone(), boxes: names.clone(), newer: true };
        drawn(Scene::Layers(vec![layer.clone(), layer]));
        let fact = |name: &String| Fact { subject: name.clone(), detail: gives.clone(), value: name.clone() };
        let step = Step { name: names[0].clone(), facts: names.iter().map(fact).collect() };
        let ground = Some((names[0].clone(), names.join(" · ")));
        drawn(Scene::Steps(Steps { steps: vec![step.clone(), step], ground, note: names[0].clone() }));
        let stop = |name: &String| Stop { name: name.clone(), time: name.clone(), leaves: name.clone() };
        drawn(Scene::Route(names.iter().map(stop).collect(), names[0].clone()));
        let spans = at.windows(2).map(|at| Span { from: at[0], to: at[1], style: LineStyle::Hollow });
        let track = Track {
            name: names[0].clone(),
            detail: names.join(", "),
            spans: spans.collect(),
            dots: at.clone(),
            end: at.first().copied(),
        };
        drawn(Scene::Timeline(Timeline {
            groups: vec![(names[0].clone(), LineStyle::Full, vec![track])],
            ticks: at.iter().map(|&at| (at, names[0].clone())).collect(),
            now: (at[0], names[0].clone()),
            note: names[0].clone(),
        }));
    }
}

//! What a chart promises whatever it is given: sound markup, places within the drawing, and
//! labels that stay where they can be read.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

const MID: Tone = Tone::Step { n: 2, of: 3 };

fn row(caption: &str, value_label: &str, mark: Mark) -> Row {
    Row {
        caption: caption.into(),
        detail: None,
        value_label: value_label.into(),
        mark,
        tone: MID,
        marker: None,
    }
}

fn band(low: f64, high: f64) -> Mark {
    Mark::Band { low, high: Some(high), open: false, overlaps: vec![] }
}

fn svg_of(chart: &Chart) -> String {
    draw(chart, Layout::PAGE).svg
}

fn drawn(rows: Vec<Row>) -> String {
    let axis = Axis { max: 100.0, ticks: vec![] };
    let chart = Chart { id: "x".into(), title: "Title".into(), summary: String::new(), rows, axis };
    let svg = svg_of(&chart);
    check(&svg);
    svg
}

/// Fails unless the markup is well formed, every reference has its target, no number is missing
/// and every percentage lies between 0 and 100.
fn check(svg: &str) {
    let mut open = Vec::new();
    let mut ids = Vec::new();
    let mut references = Vec::new();
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a tag that ends");
        assert!(!text.contains('>'), "unescaped in {text}");
        assert!(!text.chars().any(char::is_control), "control character in {text}");
        for entity in text.split('&').skip(1) {
            let known = ["amp;", "lt;", "gt;", "quot;"];
            assert!(known.iter().any(|known| entity.starts_with(known)), "entity in {text}");
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let (tag, closes) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if !closes {
            open.push(name);
        }
        assert_eq!(attributes.matches('"').count() % 2, 0, "quotes in {tag}");
        let mut seen = Vec::new();
        let mut pieces = attributes.split('"');
        while let (Some(key), Some(value)) = (pieces.next(), pieces.next()) {
            let key = key.trim().strip_suffix('=').expect("a name before each value");
            assert!(!seen.contains(&key), "{key} twice in {tag}");
            assert_ne!(key, "style");
            seen.push(key);
            if key == "id" {
                assert!(!ids.contains(&value.to_owned()), "id {value} twice");
                ids.push(value.to_owned());
            }
            let target = value.strip_prefix("url(#").map(|value| value.trim_end_matches(')'));
            let target = target.or_else(|| value.strip_prefix('#').filter(|_| key == "href"));
            references.extend(target.map(str::to_owned));
            if let Some(percent) = value.strip_suffix('%') {
                let number: f64 = percent.parse().expect("a number");
                assert!((0.0..=100.0).contains(&number), "{key} in {tag}");
                assert!(percent.split_once('.').is_none_or(|(_, places)| places.len() < 3));
            }
            if key == "width" || key == "height" {
                assert!(!value.starts_with('-'), "{key} in {tag}");
            }
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    assert!(references.iter().all(|wanted| ids.contains(wanted)), "{references:?} in {ids:?}");
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
}

/// The attributes of the only element whose tag and text hold this.
#[track_caller]
fn only<'s>(svg: &'s str, holding: &str) -> HashMap<&'s str, &'s str> {
    let mut found = svg.split('<').filter(|element| element.contains(holding));
    let element = found.next().unwrap_or_else(|| panic!("no {holding} in {svg}"));
    assert!(found.next().is_none(), "more than one {holding} in {svg}");
    let tag = element.split('>').next().unwrap();
    let attributes = tag.split_once(' ').map_or("", |(_, attributes)| attributes);
    let pieces: Vec<&str> = attributes.split('"').collect();
    pieces.chunks_exact(2).map(|pair| (pair[0].trim().trim_end_matches('='), pair[1])).collect()
}

/// A number of pixels.
fn pixels(attribute: &str) -> i64 {
    attribute.parse().unwrap()
}

#[test]
fn a_band_floats_between_its_ends() {
    let svg = drawn(vec![row("Mid", "20–50", band(20.0, 50.0))]);
    let bar = only(&svg, "\"s2\"");
    assert_eq!((bar["x"], bar["width"]), ("20%", "30%"));
}

#[test]
fn a_bar_lies_under_its_caption_and_that_of_another_source_is_thinner() {
    let mut other = row("Other", "", band(20.0, 50.0));
    other.tone = Tone::Thin;
    for (row, class, height) in [(row("Mid", "", band(20.0, 50.0)), "s2", 16), (other, "s0", 7)] {
        let caption = row.caption.clone();
        let svg = drawn(vec![row]);
        let bar = only(&svg, &format!("\"{class}\""));
        let between = pixels(bar["y"]) - pixels(only(&svg, &format!(">{caption}"))["y"]);
        assert_eq!((pixels(bar["height"]), between), (height, 11), "{svg}");
    }
}

#[test]
fn a_value_stands_at_the_right_where_there_is_room() {
    let svg = drawn(vec![row("Mid", "20–50", band(20.0, 50.0))]);
    let value = only(&svg, ">20–50");
    assert_eq!((value["class"], value["x"], value["dx"]), ("v", "50%", "7"));
    assert!(!value.contains_key("text-anchor"));
}

#[test]
fn a_value_beside_a_bar_is_level_with_it() {
    let svg = drawn(vec![row("Mid", "20–50", band(20.0, 50.0))]);
    let (bar, value) = (only(&svg, "\"s2\""), only(&svg, ">20–50"));
    // Its baseline lies below the middle of the bar by half the height of a figure.
    let below = pixels(value["y"]) - pixels(bar["y"]) - pixels(bar["height"]) / 2;
    assert_eq!(below, 5);
}

#[test]
fn a_value_stands_at_the_left_of_a_bar_that_reaches_the_edge() {
    let svg = drawn(vec![row("Mid", "50–98", band(50.0, 98.0))]);
    let value = only(&svg, ">50–98");
    assert_eq!((value["x"], value["dx"], value["text-anchor"]), ("50%", "-7", "end"));
}

#[test]
fn a_value_without_room_at_either_end_joins_the_caption() {
    let svg = drawn(vec![row("Mid", "2–98", band(2.0, 98.0))]);
    let (caption, value) = (only(&svg, ">Mid"), only(&svg, ">2–98"));
    assert_eq!((value["class"], value["x"], value["text-anchor"]), ("v", "100%", "end"));
    assert_eq!(value["y"], caption["y"]);
}

#[test]
fn a_detail_too_long_for_the_caption_line_goes_under_it() {
    let mut long = row("A caption of some length", "", band(2.0, 9.0));
    long.detail = Some("and a detail of some length".into());
    let svg = drawn(vec![long]);
    let (caption, detail) = (only(&svg, "\"c\""), only(&svg, "\"k\""));
    assert_eq!(detail["x"], caption["x"]);
    assert_eq!(pixels(detail["y"]) - pixels(caption["y"]), 16);
}

#[test]
fn an_open_top_fades_and_ends_in_an_arrow() {
    let mark = Mark::Band { low: 20.0, high: Some(50.0), open: true, overlaps: vec![] };
    let svg = drawn(vec![row("Senior", "20–50+", mark)]);
    let (bar, fade, arrow) = (only(&svg, "\"s2\""), only(&svg, "f s2"), only(&svg, "#x-a"));
    assert_eq!((bar["x"], bar["width"]), ("20%", "30%"));
    assert_eq!((fade["mask"], fade["x"]), ("url(#x-f)", "49.8%"));
    assert_eq!(arrow["x"], "64%");
    let middle = pixels(bar["y"]) + pixels(bar["height"]) / 2;
    assert_eq!(pixels(arrow["y"]), middle);
    let value = only(&svg, ">20–50+");
    assert_eq!((value["x"], value["dx"]), ("64%", "7"), "the value stands beyond the arrow");
}

#[test]
fn what_lies_beyond_the_axis_is_shown_as_going_on() {
    let svg = drawn(vec![row("Senior", "500", band(300.0, 500.0))]);
    assert_eq!(only(&svg, "#x-a")["x"], "100%");
}

#[test]
fn only_the_part_of_an_overlap_within_the_bar_is_hatched() {
    let overlaps = vec![(10.0, 30.0), (70.0, 80.0), (f64::NAN, 40.0)];
    let mark = Mark::Band { low: 20.0, high: Some(50.0), open: false, overlaps };
    let svg = drawn(vec![row("Mid", "", mark)]);
    let (bar, hatched) = (only(&svg, "\"s2\""), only(&svg, "\"o\""));
    assert_eq!((hatched["fill"], hatched["x"], hatched["width"]), ("url(#x-h)", "20%", "10%"));
    assert_eq!((hatched["y"], hatched["height"]), (bar["y"], bar["height"]));
}

#[test]
fn shapes_that_no_row_uses_are_not_defined() {
    assert!(!drawn(vec![row("Mid", "", band(1.0, 2.0))]).contains("<defs>"));
}

#[test]
fn only_known_percentiles_are_drawn() {
    let percentiles = |p10, p25, p50| Mark::Percentiles { p10, p25, p50, p75: p25, p90: p10 };
    let whole = drawn(vec![row("a", "", percentiles(Some(10.0), Some(20.0), Some(30.0)))]);
    assert!(whole.contains(r#"class="w""#) && whole.contains(r#"class="q""#), "{whole}");
    let lone = drawn(vec![row("a", "", percentiles(None, None, Some(30.0)))]);
    assert_eq!(only(&lone, "circle")["cx"], "30%");
    assert!(!lone.contains(r#"class="w""#) && !lone.contains("<rect"), "{lone}");
    let none = drawn(vec![row("a", "", percentiles(None, None, None))]);
    assert!(!none.contains("<circle") && !none.contains("<rect"), "{none}");
}

#[test]
fn neighbours_with_the_same_marker_share_one_label_and_an_unbroken_line() {
    let mut marked = row("Mid", "", band(20.0, 50.0));
    marked.marker = Some(Marker { at: 40.0, label: "Yours".into() });
    let svg = drawn(vec![marked.clone(), marked]);
    assert_eq!(svg.matches("Yours").count(), 1, "{svg}");
    let lines: Vec<_> = svg.split("<line ").filter(|line| line.contains("\"y\"")).collect();
    let [first, second] = lines.as_slice() else { panic!("{svg}") };
    let (first, second) = (only(first, "\"y\""), only(second, "\"y\""));
    assert!([&first, &second].iter().all(|line| (line["x1"], line["x2"]) == ("40%", "40%")));
    // Each row has its own origin: the second line begins where the first row ends, in the gap.
    assert_eq!((first["y1"], first["y2"]), ("16", "57"), "below the label, to the end of the bar");
    assert_eq!((second["y1"], second["y2"]), ("-18", "41"));
}

#[test]
fn a_marker_beyond_the_axis_keeps_its_label_but_draws_no_line() {
    let mut marked = row("Mid", "", band(20.0, 50.0));
    marked.marker = Some(Marker { at: 400.0, label: "Yours".into() });
    let svg = drawn(vec![marked]);
    assert!(svg.contains("Yours →") && !svg.contains(r#"class="y""#), "{svg}");
}

#[test]
fn a_step_is_told_by_filled_columns_as_well_as_by_shade() {
    let mut steps = [1, 2, 3].map(|n| row("a", "", band(1.0, 2.0)).tone_step(n));
    steps[0].caption = "first".into();
    let svg = drawn(steps.to_vec());
    for (class, columns) in [("s1", 1), ("s2", 2), ("s3", 3)] {
        let this = svg.split("<g ").find(|g| g.contains(class)).expect("a row of that step");
        let path = this.split(r#"<path class="l" d=""#).nth(1).expect("its mark");
        let path = path.split('"').next().expect("its shape");
        assert_eq!(path.matches('M').count(), columns, "{this}");
    }
}

impl Row {
    fn tone_step(mut self, n: u8) -> Self {
        self.tone = Tone::Step { n, of: 3 };
        self
    }
}

#[test]
fn every_label_is_escaped() {
    let hostile = "</text><script>&\"'\u{0}\u{ffff}\n]]>";
    let mut one = row(hostile, hostile, band(1.0, 2.0));
    one.detail = Some(hostile.into());
    one.marker = Some(Marker { at: 3.0, label: hostile.into() });
    let ticks = vec![Tick { at: 0.0, label: hostile.into() }];
    let svg = svg_of(&Chart {
        id: "a b\"><".into(),
        title: hostile.into(),
        summary: hostile.into(),
        rows: vec![one],
        axis: Axis { max: 10.0, ticks },
    });
    check(&svg);
    assert!(!svg.contains("<script"));
}

#[test]
fn an_axis_without_length_draws_labels_and_no_bars() {
    for max in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let axis = Axis { max, ticks: vec![Tick { at: 0.0, label: "0".into() }] };
        let rows = vec![row("Mid", "20–50", band(20.0, 50.0))];
        let svg = svg_of(&Chart { rows, axis, ..Chart::default() });
        check(&svg);
        assert!(svg.contains("20–50") && !svg.contains("<rect"), "{svg}");
    }
}

#[test]
fn tick_labels_at_the_edges_are_not_cut() {
    let axis = Axis::nice(40.0, |at| at.to_string());
    let svg = svg_of(&Chart { axis, ..Chart::default() });
    check(&svg);
    let (first, last) = (only(&svg, ">0"), only(&svg, ">40"));
    assert_eq!((first["x"], first.get("text-anchor")), ("0%", None));
    assert_eq!((last["x"], last["text-anchor"]), ("100%", "end"));
    assert_eq!(first["y"], last["y"]);
}

#[test]
fn tick_labels_that_would_touch_on_a_phone_are_left_out() {
    let ticks = (0..=50).map(|n| Tick { at: f64::from(n), label: format!("tick {n}") }).collect();
    let svg = svg_of(&Chart { axis: Axis { max: 50.0, ticks }, ..Chart::default() });
    check(&svg);
    assert_eq!(svg.matches("<line").count(), 51);
    assert!(svg.matches("<text").count() < 7, "{svg}");
}

#[test]
fn a_nice_axis_has_three_to_five_round_ticks() {
    let ticks = |max| {
        let axis = Axis::nice(max, |at| at.to_string());
        (axis.max, axis.ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>())
    };
    assert_eq!(ticks(4_025_000.0).1, ["0", "1000000", "2000000", "3000000", "4000000"]);
    assert_eq!(ticks(309_000.0).1, ["0", "100000", "200000", "300000"]);
    assert_eq!(ticks(95.0), (100.0, ["0", "25", "50", "75", "100"].map(String::from).to_vec()));
    assert_eq!(ticks(0.0).1, ["0"]);
    assert_eq!(ticks(f64::NAN).1, ["0"]);
}

#[test]
fn the_axis_leaves_room_for_open_tops_and_ignores_what_is_not_a_number() {
    let open = |low, high| Mark::Band { low, high, open: true, overlaps: vec![] };
    let rows = [
        row("a", "", open(100.0, None)),
        row("b", "", band(f64::NAN, f64::INFINITY)),
        row("c", "", Mark::Nothing("too few".into())),
    ];
    assert!(reach(&rows) > 110.0 && reach(&rows) < 120.0);
    assert!(reach([]).abs() < f64::EPSILON);
}

#[test]
fn a_dense_chart_is_less_tall_and_has_no_icons_of_steps() {
    let axis = Axis { max: 100.0, ticks: vec![] };
    let rows = vec![row("Mid", "20–50", band(20.0, 50.0)); 3];
    let chart = Chart { id: "x".into(), rows, axis, ..Chart::default() };
    let dense = draw(&chart, Layout { dense: true, ..Layout::PAGE });
    let page = draw(&chart, Layout::PAGE);
    check(&dense.svg);
    assert!(dense.height * 3 < page.height * 2, "{} of {}", dense.height, page.height);
    assert!(page.svg.contains("class=\"l\"") && !dense.svg.contains("class=\"l\""));
}

#[test]
fn the_narrower_a_chart_may_be_the_fewer_labels_stand_beside_bars() {
    let axis = Axis { max: 100.0, ticks: vec![] };
    let rows = vec![row("Mid", "20–50 and more", band(20.0, 50.0))];
    let chart = Chart { id: "x".into(), rows, axis, ..Chart::default() };
    let x = |narrowest| {
        let svg = draw(&chart, Layout { narrowest, dense: true }).svg;
        only(&svg, ">20–50")["x"].to_owned()
    };
    assert_eq!((x(400.0).as_str(), x(160.0).as_str()), ("50%", "100%"));
}

#[test]
fn an_overview_has_the_bands_of_all_steps_at_their_places_and_no_word() {
    let open = Mark::Band { low: 60.0, high: None, open: true, overlaps: vec![] };
    let rows = [
        row("Entry", "10–20", band(10.0, 20.0)).tone_step(1),
        row("Mid", "20–50", band(20.0, 50.0)).tone_step(2),
        row("Senior", "60+", open).tone_step(3),
    ];
    let svg = overview(&rows, 80.0);
    check(&svg);
    assert!(!svg.contains("<text") && svg.contains("aria-hidden"), "{svg}");
    let bars = ["s1", "s2", "s3 open"].map(|class| only(&svg, &format!("\"{class}\"")));
    let places = bars.map(|bar| (bar["x"], bar["width"], bar["y"]));
    assert_eq!(places, [("12.5%", "12.5%", "0"), ("25%", "37.5%", "2"), ("75%", "25%", "4")]);
}

#[test]
fn two_hundred_rows_are_drawn() {
    let rows = vec![row("Mid", "20–50", band(20.0, 50.0)); 200];
    assert_eq!(drawn(rows).matches("<g ").count(), 200);
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![6 => 0.0..300.0_f64, 1 => any::<f64>(), 1 => Just(f64::NAN), 1 => Just(0.0)]
}

fn maybe() -> impl Strategy<Value = Option<f64>> {
    proptest::option::of(number())
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        (number(), maybe(), any::<bool>(), prop::collection::vec((number(), number()), 0..3))
            .prop_map(|(low, high, open, overlaps)| Mark::Band { low, high, open, overlaps }),
        (maybe(), maybe(), maybe(), maybe(), maybe()).prop_map(|(p10, p25, p50, p75, p90)| {
            Mark::Percentiles { p10, p25, p50, p75, p90 }
        }),
        number().prop_map(Mark::Point),
        any::<String>().prop_map(Mark::Nothing),
    ]
}

fn any_row() -> impl Strategy<Value = Row> {
    let tone = prop_oneof![
        Just(Tone::Thin),
        (any::<u8>(), any::<u8>()).prop_map(|(n, of)| Tone::Step { n, of }),
    ];
    let marker = proptest::option::of(
        (number(), any::<String>()).prop_map(|(at, label)| Marker { at, label }),
    );
    let words = (any::<String>(), any::<Option<String>>(), ".{0,30}");
    (words, mark(), tone, marker).prop_map(
        |((caption, detail, value_label), mark, tone, marker)| Row {
            caption,
            detail,
            value_label,
            mark,
            tone,
            marker,
        },
    )
}

proptest! {
    #[test]
    fn any_chart_is_sound(
        id in any::<String>(),
        summary in any::<String>(),
        rows in prop::collection::vec(any_row(), 0..5),
        max in number(),
        fitted in any::<bool>(),
    ) {
        let max = if fitted { reach(&rows) } else { max };
        let axis = Axis::nice(max, |at| at.to_string());
        let title = summary.clone();
        check(&svg_of(&Chart { id, title, summary, rows, axis }));
    }

    #[test]
    fn any_usable_maximum_has_three_to_five_ticks_within_the_axis(max in 1e-9..1e15_f64) {
        let axis = Axis::nice(max, |at| at.to_string());
        prop_assert!((3..=5).contains(&axis.ticks.len()), "{axis:?}");
        prop_assert!(axis.max >= max && axis.max <= max * 1.09);
        prop_assert!(axis.ticks.iter().all(|tick| tick.at <= axis.max));
    }
}

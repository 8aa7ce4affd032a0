//! What a chart promises whatever it is given: sound markup, places within the drawing, and
//! labels that stay where they can be read.

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

#[test]
fn a_band_floats_between_its_ends() {
    let svg = drawn(vec![row("Mid", "20–50", band(20.0, 50.0))]);
    assert!(svg.contains(r#"<rect class="s2" x="20%" y="25" width="30%" height="16"/>"#), "{svg}");
}

#[test]
fn a_value_stands_at_the_right_where_there_is_room() {
    let svg = drawn(vec![row("Mid", "20–50", band(20.0, 50.0))]);
    assert!(svg.contains(r#"<text class="v" x="50%" y="38" dx="7">20–50</text>"#), "{svg}");
}

#[test]
fn a_value_stands_at_the_left_of_a_bar_that_reaches_the_edge() {
    let svg = drawn(vec![row("Mid", "50–98", band(50.0, 98.0))]);
    assert!(svg.contains(r#"x="50%" y="38" dx="-7" text-anchor="end">50–98<"#), "{svg}");
}

#[test]
fn a_value_without_room_at_either_end_joins_the_caption() {
    let svg = drawn(vec![row("Mid", "2–98", band(2.0, 98.0))]);
    assert!(svg.contains(r#"<text class="v" x="100%" y="14" text-anchor="end">2–98<"#), "{svg}");
}

#[test]
fn a_detail_too_long_for_the_caption_line_goes_under_it() {
    let mut long = row("A caption of some length", "", band(2.0, 9.0));
    long.detail = Some("and a detail of some length".into());
    let svg = drawn(vec![long]);
    assert!(svg.contains(r#"class="c" x="26" y="14">A caption of some length<"#), "{svg}");
    assert!(svg.contains(r#"class="k" x="26" y="30">and a detail of some length<"#), "{svg}");
}

#[test]
fn an_open_top_fades_and_ends_in_an_arrow() {
    let mark = Mark::Band { low: 20.0, high: Some(50.0), open: true, overlaps: vec![] };
    let svg = drawn(vec![row("Senior", "20–50+", mark)]);
    assert!(svg.contains(r#"x="20%" y="25" width="30%""#), "{svg}");
    assert!(svg.contains(r##"<use href="#x-a" x="64%" y="33"/>"##), "{svg}");
    assert!(svg.contains(r#"x="64%" y="38" dx="7">20–50+<"#), "{svg}");
}

#[test]
fn what_lies_beyond_the_axis_is_shown_as_going_on() {
    let svg = drawn(vec![row("Senior", "500", band(300.0, 500.0))]);
    assert!(svg.contains(r##"<use href="#x-a" x="100%""##), "{svg}");
}

#[test]
fn only_the_part_of_an_overlap_within_the_bar_is_hatched() {
    let overlaps = vec![(10.0, 30.0), (70.0, 80.0), (f64::NAN, 40.0)];
    let mark = Mark::Band { low: 20.0, high: Some(50.0), open: false, overlaps };
    let svg = drawn(vec![row("Mid", "", mark)]);
    assert_eq!(svg.matches(r#"class="o""#).count(), 1, "{svg}");
    assert!(svg.contains(r#"fill="url(#x-h)" x="20%" y="25" width="10%""#), "{svg}");
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
    assert!(lone.contains(r#"<circle class="s2" cx="30%""#), "{lone}");
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
    assert!(svg.contains(r#"class="y" x1="40%" x2="40%" y1="16" y2="57""#), "{svg}");
    assert!(svg.contains(r#"class="y" x1="40%" x2="40%" y1="-18" y2="41""#), "{svg}");
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
    assert!(svg.contains(r#"<text class="t" x="0%" y="24">0<"#), "{svg}");
    assert!(svg.contains(r#"<text class="t" x="100%" y="24" text-anchor="end">40<"#), "{svg}");
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
        number().prop_map(Mark::Bar),
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

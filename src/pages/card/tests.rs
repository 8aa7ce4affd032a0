use super::words::{cut, fit};
use crate::fonts::Face;

#[test]
fn a_title_of_any_length_keeps_within_its_lines_and_width() {
    for words in [1, 4, 9, 30, 200] {
        for word in ["Pay", "responsibilities", "Donaudampfschifffahrtsgesellschaftskapitänspatent"]
        {
            let text = vec![word; words].join(" ");
            let set = fit(&text, Face::Serif, &[84.0, 60.0, 40.0], 1000.0, 3);
            assert!(set.lines.len() <= 3);
            for line in &set.lines {
                assert!(Face::Serif.width(line, set.size) <= 1000.0, "{line}");
            }
            let whole = set.lines.join("").replace(' ', "") == text.replace(' ', "");
            assert!(whole || set.lines[2].ends_with('…'), "{:?}", set.lines);
        }
    }
}

#[test]
fn a_short_title_is_set_large_and_lines_are_even() {
    let set = fit("Skills", Face::Serif, &[84.0, 60.0], 1000.0, 3);
    assert_eq!((set.size, set.lines.len()), (84.0, 1));
    let text = "What the job is like on most days and on bad ones";
    let set = fit(text, Face::Serif, &[84.0], 1000.0, 3);
    let widths: Vec<f32> = set.lines.iter().map(|line| Face::Serif.width(line, 84.0)).collect();
    assert!(widths.iter().all(|width| *width > widths[0] * 0.6), "{:?}", set.lines);
}

#[test]
fn a_cut_text_ends_with_an_ellipsis_and_fits() {
    assert_eq!(cut("short", Face::Sans, 20.0, 500.0), "short");
    let text = cut("A text that goes on, and on, and on", Face::Sans, 20.0, 180.0);
    assert!(text.ends_with('…') && !text.ends_with(",…"), "{text}");
    assert!(Face::Sans.width(&text, 20.0) <= 180.0);
}

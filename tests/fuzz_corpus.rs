//! The inputs kept from fuzzing, tried again: each found a way of its own through the program, and
//! some were once too much for it.

#[expect(unreachable_pub, reason = "to the fuzz targets it is a library")]
#[path = "../fuzz/targets/mod.rs"]
mod targets;

use std::path::Path;

#[track_caller]
fn replay(target: &str, must_hold: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut tried = 0;
    for entry in std::fs::read_dir(&folder).expect("the corpus is there") {
        let path = entry.expect("the corpus can be read").path();
        println!("{}", path.display());
        must_hold(&std::fs::read(&path).expect("an input can be read"));
        tried += 1;
    }
    assert!(tried > 0, "nothing is kept in {}", folder.display());
}

#[test]
fn kept_pages_are_refused_with_a_place_or_become_sound_pages() {
    replay("markdown", targets::markdown);
}

#[test]
fn kept_data_files_are_refused_with_a_place_or_become_sound_pages() {
    replay("tables", targets::tables);
}

#[test]
fn kept_queries_are_answered() {
    replay("queries", targets::queries);
}

#[test]
fn kept_values_of_accept_encoding_are_honoured() {
    replay("accept_encoding", targets::accept_encoding);
}

#[test]
fn kept_take_home_rules_add_up_or_are_refused() {
    replay("take_home", targets::take_home);
}

#[test]
fn kept_searches_are_answered_within_bounds() {
    replay("search", targets::search);
}

//! The inputs stored from fuzzing, tried again: each reached other code than the ones before it, and
//! some once made the program fail.

#[expect(unreachable_pub, reason = "to the fuzz targets it is a library")]
#[path = "../fuzz/targets/mod.rs"]
mod targets;

use std::path::Path;

type Target = (&'static str, fn(&[u8]));

#[test]
fn every_stored_input_passes_its_target() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let targets: [Target; 6] = [
        ("markdown", targets::markdown),
        ("tables", targets::tables),
        ("queries", targets::queries),
        ("accept_encoding", targets::accept_encoding),
        ("take_home", targets::take_home),
        ("search", targets::search),
    ];
    let folders = std::fs::read_dir(&corpus).expect("the corpus is there").count();
    assert_eq!(folders, targets.len(), "a folder of the corpus has no target");
    for (target, must_hold) in targets {
        let inputs = std::fs::read_dir(corpus.join(target)).expect("a target has inputs");
        for input in inputs {
            let path = input.expect("the corpus can be read").path();
            println!("{}", path.display());
            must_hold(&std::fs::read(&path).expect("an input can be read"));
        }
    }
}

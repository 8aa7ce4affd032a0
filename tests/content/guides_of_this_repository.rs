//! The guides of this repository: nothing is wrong with them.

use career_guide::content::Content;
use career_guide::content::diagnostics::Problems;
use career_guide::content::source::Source;

use crate::folder::{read_folder, repository};
use crate::support::{ROOT, load, on_disk, sound};

#[test]
fn the_shipped_guide_has_no_problem_and_nothing_in_it_was_out_of_date_on_its_day() {
    let embedded = Content::load(&Source::Embedded).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(embedded.warnings(embedded.site.date).list(), []);
    let folder = Content::load(&Source::Folder(repository("content"))).unwrap();
    assert_eq!(format!("{:?}", folder.sections), format!("{:?}", embedded.sections));
}

#[test]
fn the_other_guides_have_no_problem() {
    for name in ["luthier", "minimal", "sound"] {
        let files = read_folder(&repository(&format!("tests/fixtures/{name}")));
        load(files).unwrap_or_else(|errors| panic!("{errors}"));
    }
}

#[test]
fn the_readme_of_a_folder_is_not_part_of_its_guide() {
    let folder = on_disk(&sound());
    let source = Source::Folder(folder.0.join(ROOT));
    let before = source.read(&Problems::default()).files;
    folder.write("content/README.md", vec![0xFF; 2 * 1024 * 1024]); // too large, and no text
    assert_eq!(source.read(&Problems::default()).files, before);
    Content::load(&source).unwrap_or_else(|errors| panic!("{errors}"));

    assert!(repository("content/README.md").exists());
    assert!(!Source::Embedded.read(&Problems::default()).files.contains_key("README.md"));
}

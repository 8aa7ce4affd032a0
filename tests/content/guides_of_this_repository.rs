//! The guides of this repository: nothing is wrong with them.

use career_guide::content::Content;
use career_guide::content::diagnostics::Problems;
use career_guide::content::source::Source;

use crate::support::{Folder, here, load, read, sound};

#[test]
fn the_shipped_guide_has_no_problem_and_nothing_in_it_was_out_of_date_on_its_day() {
    let embedded = Content::load(&Source::Embedded).unwrap_or_else(|told| panic!("{told}"));
    assert_eq!(embedded.warnings(embedded.site.date).list(), []);
    let folder = Content::load(&Source::Folder(here("../content"))).unwrap();
    assert_eq!(format!("{:?}", folder.sections), format!("{:?}", embedded.sections));
}

#[test]
fn the_other_guides_have_none_either() {
    for name in ["luthier", "minimal", "sound"] {
        load(read(&here(&format!("fixtures/{name}")))).unwrap_or_else(|told| panic!("{told}"));
    }
}

#[test]
fn the_readme_of_a_folder_is_not_part_of_its_guide() {
    let folder = Folder::with(&sound());
    let source = Source::Folder(folder.0.clone());
    let before = source.read(&Problems::default()).files;
    folder.write("README.md", &vec![0xFF; 2 * 1024 * 1024]); // too large, and not even text
    assert_eq!(source.read(&Problems::default()).files, before);
    Content::load(&source).unwrap_or_else(|problems| panic!("{problems}"));

    assert!(here("../content/README.md").exists());
    assert!(!Source::Embedded.read(&Problems::default()).files.contains_key("README.md"));
}

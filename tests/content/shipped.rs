//! The guides of this repository: nothing is wrong with them.

use career_guide::content::Content;
use career_guide::content::source::Source;

use crate::support::{here, load, read};

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

//! The sound guide, and what loading a guide reports.

use career_guide::content::Content;
use career_guide::content::diagnostics::{Diagnostics, Problems};
use career_guide::content::source;
use jiff::civil::date;

use crate::folder::{Files, Folder, read_folder, repository};

/// The name of the folder of a guide, in memory as on disk.
pub(crate) const ROOT: &str = "content";

/// The guide that the tests break.
pub(crate) fn sound() -> Files {
    read_folder(&repository("tests/fixtures/sound"))
}

pub(crate) fn load(files: Files) -> Result<Content, Diagnostics> {
    Content::from_files(source::Files { root: ROOT.to_owned(), files }, Problems::default())
}

/// The errors, or the warnings on a day on which everything in the sound guide holds.
pub(crate) fn diagnostics(loaded: Result<Content, Diagnostics>) -> Diagnostics {
    loaded.map_or_else(|errors| errors, |content| content.warnings(date(2026, 6, 1)))
}

/// A folder that holds the folder of a guide.
pub(crate) fn on_disk(files: &Files) -> Folder {
    let folder = Folder::new();
    for (path, bytes) in files {
        folder.write(&format!("{ROOT}/{path}"), bytes);
    }
    folder
}

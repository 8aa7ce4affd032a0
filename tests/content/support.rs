//! Reads folders of `tests/` into memory, and lays one over another.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use career_guide::content::Content;
use career_guide::content::diagnostics::{Diagnostics, Problems};
use career_guide::content::source::Files;
use jiff::civil::Date;

/// How the folder of a guide in memory is told.
pub(crate) const ROOT: &str = "content";

pub(crate) type Texts = BTreeMap<String, Vec<u8>>;

pub(crate) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

/// The files of a folder, by path below it.
pub(crate) fn read(folder: &Path) -> Texts {
    let mut files = Texts::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The guide on which broken ones are laid.
pub(crate) fn sound() -> Texts {
    read(&here("fixtures/sound"))
}

pub(crate) fn load(files: Texts) -> Result<Content, Diagnostics> {
    let files = Files { root: ROOT.to_owned(), files };
    Content::from_files(files, Problems::default())
}

/// A day on which everything in the sound guide holds.
pub(crate) fn day() -> Date {
    "2026-06-01".parse().unwrap()
}

/// Everything that a guide is told, whether it is served for that or not.
pub(crate) fn told(loaded: Result<Content, Diagnostics>) -> Diagnostics {
    match loaded {
        Ok(content) => content.warnings(day()),
        Err(problems) => problems,
    }
}

/// A folder on disk that goes away with the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn with(files: &Texts) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("career-guide-{}-{number}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name).join(ROOT));
        fs::create_dir_all(&folder.0).unwrap();
        for (path, bytes) in files {
            folder.write(path, bytes);
        }
        folder
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0.parent().unwrap());
    }
}

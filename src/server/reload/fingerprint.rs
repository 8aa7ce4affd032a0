//! Owns how a change of a folder is noticed: by the names, sizes and times of its files, which
//! works on every volume, mounted or not. The entry point is [`of`].

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// As many as a guide may have; see `content::source`.
const MAX_FILES: usize = 20_000;
const MAX_DEPTH: usize = 8;

/// Equal to another one while nothing has changed, as far as a look from outside tells.
pub(super) type Fingerprint = u64;

/// Looks at a folder, and at nothing that a guide leaves out.
pub(super) fn of(folder: &Path) -> Fingerprint {
    let mut hash = DefaultHasher::new();
    let mut left = MAX_FILES;
    if let Err(error) = walk(folder, MAX_DEPTH, &mut left, &mut hash) {
        error.kind().to_string().hash(&mut hash);
    }
    hash.finish()
}

fn walk(folder: &Path, depth: usize, left: &mut usize, hash: &mut DefaultHasher) -> io::Result<()> {
    let mut names: Vec<_> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.file_name())
        .filter(|name| {
            let name = name.as_encoded_bytes();
            !name.starts_with(b".") && !name.ends_with(b"~")
        })
        .collect();
    names.sort();
    for name in names {
        if *left == 0 || depth == 0 {
            return Ok(());
        }
        *left -= 1;
        name.hash(hash);
        let path = folder.join(&name);
        // Links are followed: a mounted volume changes by turning a link to another folder.
        match fs::metadata(&path) {
            Ok(about) if about.is_dir() => {
                if let Err(error) = walk(&path, depth - 1, left, hash) {
                    error.kind().to_string().hash(hash);
                }
            }
            Ok(about) => {
                let times = (about.mtime(), about.mtime_nsec(), about.ctime(), about.ctime_nsec());
                (about.dev(), about.ino(), about.size(), about.mode(), times).hash(hash);
            }
            Err(error) => error.kind().to_string().hash(hash),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_happens_to_a_file_that_counts_changes_the_fingerprint() {
        let folder =
            std::env::temp_dir().join(format!("career-guide-fingerprint-{}", std::process::id()));
        fs::create_dir_all(folder.join("guide")).unwrap();
        let page = folder.join("guide/a.md");
        let mut seen = vec![of(&folder)];
        let mut step = |what: &dyn Fn() -> io::Result<()>| {
            what().unwrap();
            // Times of files are only as fine as the clock tick of the system.
            std::thread::sleep(std::time::Duration::from_millis(20));
            seen.push(of(&folder));
        };
        step(&|| fs::write(&page, "one"));
        step(&|| fs::write(&page, "two"));
        step(&|| {
            fs::write(folder.join("b.md"), "two")
                .and_then(|()| fs::rename(folder.join("b.md"), &page))
        });
        step(&|| fs::rename(&page, folder.join("guide/b.md")));
        step(&|| fs::remove_dir_all(&folder));
        for (index, one) in seen.iter().enumerate() {
            assert!(!seen[..index].contains(one), "{index}");
        }
        fs::create_dir_all(&folder).unwrap();
        let before = of(&folder);
        fs::write(folder.join(".a.md.swp"), "x").unwrap();
        fs::write(folder.join("a.md~"), "x").unwrap();
        assert_eq!(of(&folder), before);
        fs::remove_dir_all(&folder).unwrap();
    }
}

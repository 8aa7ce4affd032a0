//! A folder for each diagnostic code: `tests/invalid/<code>/` holds the files that break the sound
//! guide of `tests/fixtures/sound/` when they are laid over it, and `expected.snap`, what is reported
//! then. What no repository can hold, such as a file of a megabyte, is made here.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::sync::LazyLock;

use career_guide::content::Content;
use career_guide::content::diagnostics::{Code, Diagnostics, Severity};
use career_guide::content::source::Source;

use crate::folder::{Folder, read_folder, repository};
use crate::support::{ROOT, diagnostics, load, on_disk, sound};

/// What is reported of the guide of each code.
static REPORTED: LazyLock<Vec<(Code, Diagnostics)>> =
    LazyLock::new(|| Code::ALL.iter().map(|&code| (code, reported(code))).collect());

fn reported(code: Code) -> Diagnostics {
    let mut files = sound();
    if let Some(break_guide) = change_on_disk(code) {
        let folder = on_disk(&files);
        break_guide(&folder);
        let loaded = Content::load(&Source::Folder(folder.0.join(ROOT)));
        let mut reported = diagnostics(loaded).list().to_vec();
        let above = format!("{}/", folder.0.display());
        for diagnostic in &mut reported {
            diagnostic.file = diagnostic.file.replace(&above, "");
        }
        return Diagnostics::new(reported);
    }
    let mut broken = read_folder(&folder_of(code));
    broken.retain(|path, _| !path.starts_with("expected.snap"));
    assert!(!broken.is_empty(), "tests/invalid/{code}/ holds nothing that could break a guide");
    files.append(&mut broken);
    diagnostics(load(files))
}

fn folder_of(code: Code) -> PathBuf {
    repository(&format!("tests/invalid/{code}"))
}

/// How the sound guide is broken where no file of this repository can do it.
fn change_on_disk(code: Code) -> Option<fn(&Folder)> {
    Some(match code {
        Code::Unreadable => |folder| {
            symlink("nowhere.md", folder.0.join("content/guide/frost.md")).unwrap();
            drop(UnixListener::bind(folder.0.join("content/images/horn.svg")).unwrap());
        },
        Code::MissingFile => |folder| {
            fs::remove_file(folder.0.join("content/about.md")).unwrap();
            fs::remove_file(folder.0.join("content/levels.toml")).unwrap();
        },
        Code::FileTooLarge => |folder| {
            let page = fs::read_to_string(folder.0.join("content/guide/fog.md")).unwrap();
            folder.write("content/guide/fog.md", page.repeat(1024 * 1024 / page.len() + 1));
            folder.write("content/images/horn.png", vec![b' '; 4 * 1024 * 1024 + 1]);
        },
        Code::TooManyFiles => |folder| {
            folder.write("content/images/a/b/c/d/e/f/g/h/i/j.svg", "<svg/>");
        },
        Code::SymlinkOutside => |folder| {
            folder.write("secret.md", "secret");
            symlink("../../secret.md", folder.0.join("content/guide/frost.md")).unwrap();
            symlink("/", folder.0.join("content/images/all")).unwrap();
        },
        Code::SymlinkLoop => |folder| {
            symlink("..", folder.0.join("content/images/again")).unwrap();
        },
        _ => return None,
    })
}

#[test]
fn every_code_has_a_folder_and_every_folder_is_a_code() {
    let codes: BTreeSet<String> = Code::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(codes.len(), Code::ALL.len(), "two codes have one name");
    let folders: BTreeSet<String> = fs::read_dir(repository("tests/invalid"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(codes, folders);
}

#[test]
fn every_broken_guide_is_reported_with_its_own_code_and_no_other() {
    for (code, reported) in REPORTED.iter() {
        assert!(!reported.list().is_empty(), "{code}: nothing is reported");
        for diagnostic in reported.list() {
            assert_eq!(diagnostic.code, *code, "tests/invalid/{code}\n{reported}");
        }
        insta::with_settings!({
            snapshot_path => folder_of(*code),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("expected", reported.to_string());
        });
    }
}

#[test]
fn all_problems_but_two_are_errors() {
    for (code, reported) in REPORTED.iter() {
        let warns = reported.list().iter().all(|one| one.severity == Severity::Warning);
        assert_eq!(warns, [Code::Expired, Code::MissingGlyph].contains(code), "{code}");
    }
}

#[test]
fn every_problem_names_a_place_that_exists() {
    for (code, reported) in REPORTED.iter().filter(|(code, _)| change_on_disk(*code).is_none()) {
        let mut files = sound();
        files.append(&mut read_folder(&folder_of(*code)));
        for diagnostic in reported.list() {
            let path = diagnostic.file.strip_prefix("content/").unwrap();
            let text = String::from_utf8_lossy(&files[path]).into_owned();
            let line = text.split('\n').nth(diagnostic.line - 1);
            let line = line.unwrap_or_else(|| panic!("{diagnostic}"));
            assert!(diagnostic.column <= line.chars().count() + 1, "{diagnostic}");
        }
    }
}

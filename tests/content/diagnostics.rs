//! A folder a diagnostic code: `tests/invalid/<code>/` holds the files that break the sound guide
//! of `tests/fixtures/sound/` when they are laid over it, and `expected.snap`, what is told then.
//! What no repository can hold, such as a file of a megabyte, is made here.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::sync::LazyLock;

use career_guide::content::Content;
use career_guide::content::diagnostics::{Code, Diagnostics, Severity};
use career_guide::content::source::Source;

use crate::support::{Folder, here, load, read, sound, told};

const EXPECTED: &str = "expected.snap";

/// What is told of the guide of each code.
static TOLD: LazyLock<Vec<(Code, Diagnostics)>> =
    LazyLock::new(|| Code::ALL.iter().map(|&code| (code, of(code))).collect());

fn of(code: Code) -> Diagnostics {
    let mut files = sound();
    if let Some(make) = made(code) {
        let folder = Folder::with(&files);
        make(&folder);
        let mut told = told(Content::load(&Source::Folder(folder.0.clone()))).list().to_vec();
        let above = format!("{}/", folder.0.parent().unwrap().display());
        for diagnostic in &mut told {
            diagnostic.file = diagnostic.file.replace(&above, "");
        }
        return Diagnostics::new(told);
    }
    let mut broken = read(&here(&format!("invalid/{code}")));
    broken.retain(|path, _| !path.starts_with(EXPECTED));
    assert!(!broken.is_empty(), "tests/invalid/{code}/ holds nothing that could break a guide");
    files.append(&mut broken);
    told(load(files))
}

/// The changes of a folder that cannot be kept as files.
fn made(code: Code) -> Option<fn(&Folder)> {
    Some(match code {
        Code::Unreadable => |guide| {
            symlink("nowhere.md", guide.0.join("guide/frost.md")).unwrap();
            drop(UnixListener::bind(guide.0.join("images/horn.svg")).unwrap());
        },
        Code::MissingFile => |guide| {
            fs::remove_file(guide.0.join("about.md")).unwrap();
            fs::remove_file(guide.0.join("levels.toml")).unwrap();
        },
        Code::FileTooLarge => |guide| {
            let page = fs::read_to_string(guide.0.join("guide/fog.md")).unwrap();
            guide.write("guide/fog.md", page.repeat(1024 * 1024 / page.len() + 1).as_bytes());
            guide.write("images/horn.png", &vec![b' '; 4 * 1024 * 1024 + 1]);
        },
        Code::TooManyFiles => |guide| guide.write("images/a/b/c/d/e/f/g/h/i/j.svg", b"<svg/>"),
        Code::SymlinkOutside => |guide| {
            fs::write(guide.0.with_file_name("secret.md"), "secret").unwrap();
            symlink("../../secret.md", guide.0.join("guide/frost.md")).unwrap();
            symlink("/", guide.0.join("images/all")).unwrap();
        },
        Code::SymlinkLoop => |guide| symlink("..", guide.0.join("images/again")).unwrap(),
        _ => return None,
    })
}

#[test]
fn every_code_has_a_folder_and_every_folder_is_a_code() {
    let codes: BTreeSet<String> = Code::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(codes.len(), Code::ALL.len(), "two codes have one name");
    let folders: BTreeSet<String> = fs::read_dir(here("invalid"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(codes, folders);
}

#[test]
fn every_broken_guide_is_told_its_own_problem_and_no_other() {
    for (code, told) in TOLD.iter() {
        assert!(!told.list().is_empty(), "{code}: nothing is told");
        for diagnostic in told.list() {
            assert_eq!(diagnostic.code, *code, "tests/invalid/{code}\n{told}");
        }
        insta::with_settings!({
            snapshot_path => here(&format!("invalid/{code}")),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("expected", told.to_string());
        });
    }
}

#[test]
fn all_problems_keep_a_guide_from_being_served_but_two() {
    for (code, told) in TOLD.iter() {
        let warns = told.list().iter().all(|told| told.severity == Severity::Warning);
        assert_eq!(warns, [Code::Expired, Code::MissingGlyph].contains(code), "{code}");
    }
}

#[test]
fn every_problem_names_a_place_that_is_there() {
    for (code, told) in TOLD.iter().filter(|(code, _)| made(*code).is_none()) {
        let mut files = sound();
        files.append(&mut read(&here(&format!("invalid/{code}"))));
        for diagnostic in told.list() {
            let path = diagnostic.file.strip_prefix("content/").unwrap();
            let text = String::from_utf8_lossy(&files[path]).into_owned();
            let line = text.split('\n').nth(diagnostic.line - 1);
            let line = line.unwrap_or_else(|| panic!("{diagnostic}"));
            assert!(diagnostic.column <= line.chars().count() + 1, "{diagnostic}");
        }
    }
}

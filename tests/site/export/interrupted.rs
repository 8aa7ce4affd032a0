//! The program exports: what it says, and what is left when it cannot go on or is killed.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{MARKER, beside, tree};
use crate::support::process::{Folder, complaint, program, run};

/// A guide whose pages say `word`, large enough that writing it takes a while.
fn guide(word: &str) -> Folder {
    let folder = Folder::with_guide(&format!("export-guide-{word}"));
    let mut sections = Vec::new();
    for number in 0..40 {
        let text = format!("{word} ").repeat(400);
        let page = format!(
            "+++\ntitle = \"{word} {number}\"\ndescription = \"x\"\nchecked = 2026-01-01\n+++\n\n{text}\n"
        );
        fs::write(folder.0.join(format!("guide/part-{number}.md")), page).unwrap();
        sections.push(format!("\"part-{number}\""));
    }
    let site = fs::read_to_string(folder.0.join("site.toml")).unwrap();
    let site = site.replace("[\"one\"]", &format!("[\"one\", {}]", sections.join(", ")));
    fs::write(folder.0.join("site.toml"), site).unwrap();
    folder
}

#[test]
fn it_says_what_it_wrote_and_nothing_while_nobody_watches() {
    let guide = Folder::with_guide("export-says");
    let place = Folder::new("export-said");
    let target = place.0.join("site");
    let output = run(&["export", target.to_str().unwrap(), "--content", guide.path()]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let said = String::from_utf8(output.stdout).unwrap();
    let files = tree(&target).len();
    assert!(said.starts_with(&format!("exported {files} files to {}", target.display())), "{said}");
    assert!(said.contains("No --base-url is set"), "{said}");
}

#[test]
fn a_place_that_cannot_be_written_gets_one_clear_line() {
    let guide = Folder::with_guide("export-nowhere");
    let place = Folder::new("export-places");
    fs::write(place.0.join("file"), "mine").unwrap();
    symlink("/nowhere/at/all", place.0.join("dangling")).unwrap();
    let inside = |name: &str| place.0.join(name);
    for (target, why) in [
        (inside("absent/site"), "there is none of that name"),
        (inside("file"), "it is not a folder"),
        (inside("file/site"), "it is not a folder"),
        (inside("dangling"), "there is none of that name"),
        (inside(&"x".repeat(250)), "its name is too long"),
        ("/".into(), "was not written by an export"),
    ] {
        let target = target.to_str().unwrap();
        let said = complaint(&run(&["export", target, "--replace", "--content", guide.path()]), 1);
        assert!(said.contains(why), "{target}: {said}");
    }
    assert_eq!(fs::read(place.0.join("file")).unwrap(), b"mine");
    assert_eq!(fs::read_dir(&place.0).unwrap().count(), 2);
}

#[test]
fn when_a_file_cannot_be_written_the_earlier_export_stays() {
    let guide = guide("before");
    let place = Folder::new("export-limit");
    let target = place.0.join("site");
    let arguments = ["export", target.to_str().unwrap(), "--replace", "--content", guide.path()];
    assert!(run(&arguments).status.success());
    let before = tree(&target);
    // No file may be longer than some hundred bytes: as on a full disk, the system refuses.
    let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    let output = Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_career-guide")])
        .args(arguments)
        .output()
        .unwrap();
    let said = complaint(&output, 1);
    assert!(said.contains("it is larger than files may be here"), "{said}");
    assert!(tree(&target) == before);
    assert_eq!(beside(&target), [""; 0]);
}

#[test]
fn killed_at_any_moment_it_leaves_the_old_site_or_the_new_one_and_never_a_mix() {
    let place = Folder::new("export-killed");
    let target = place.0.join("site");
    let staging = place.0.join(format!(".site{MARKER}"));
    let guides = [guide("old"), guide("new")];
    let export = |guide: &Folder, to: &Path| {
        let mut command = program(&["export", to.to_str().unwrap(), "--replace"]);
        command.args(["--content", guide.path()]).stdout(Stdio::null());
        command
    };
    let whole: Vec<_> = guides
        .iter()
        .enumerate()
        .map(|(number, guide)| {
            let alone = place.0.join(number.to_string());
            assert!(export(guide, &alone).status().unwrap().success());
            tree(&alone)
        })
        .collect();
    assert!(whole[0] != whole[1]);
    assert!(export(&guides[0], &target).status().unwrap().success());

    let (mut killed, mut amid) = (0, 0);
    for round in 0..36 {
        // When so much is there beside the old site; every third time when the old site goes.
        let wanted = if round % 3 == 2 { usize::MAX } else { round * 4 };
        let before = identity(&target);
        let mut child = export(&guides[round % 2], &target).spawn().unwrap();
        let begun = Instant::now();
        while entries(&staging) < wanted
            && identity(&target) == before
            && child.try_wait().unwrap().is_none()
        {
            assert!(begun.elapsed() < Duration::from_mins(1));
            std::thread::sleep(Duration::from_micros(200));
        }
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        killed += usize::from(ended.code().is_none());
        amid += usize::from(staging.exists());
        let found = tree(&target);
        assert!(whole.contains(&found), "a mix after round {round}");
    }
    assert!(killed > 4 && amid > 2, "killed {killed} times, {amid} of them amid the work");

    assert!(export(&guides[1], &target).status().unwrap().success());
    assert!(tree(&target) == whole[1]);
    assert!(!staging.exists(), "what an ended export left is still there");
}

/// Which folder a name leads to; none while it leads nowhere.
fn identity(folder: &Path) -> Option<u64> {
    fs::metadata(folder).ok().map(|metadata| metadata.ino())
}

/// How much stands in a folder; it may go away meanwhile.
fn entries(folder: &Path) -> usize {
    let Ok(list) = fs::read_dir(folder) else { return 0 };
    list.flatten()
        .map(|entry| {
            let below = entry.file_type().is_ok_and(|kind| kind.is_dir());
            1 + if below { entries(&entry.path()) } else { 0 }
        })
        .sum()
}

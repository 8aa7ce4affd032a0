//! The program exports: what it prints, and what is left when it fails or is killed.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{MARKER, beside};
use crate::folder::{Folder, read_folder};
use crate::support::page;
use crate::support::process::{error_line, program, run};

/// A guide whose pages say `word`, large enough that writing it takes a while.
fn guide(word: &str) -> Folder {
    let folder = Folder::with_guide();
    let mut sections = Vec::new();
    for number in 0..40 {
        let text = format!("{word} ").repeat(400);
        folder.write(&format!("guide/part-{number}.md"), page(&format!("{word} {number}"), &text));
        sections.push(format!("\"part-{number}\""));
    }
    let site = fs::read_to_string(folder.0.join("site.toml")).unwrap();
    folder.write(
        "site.toml",
        site.replace("\"paper\"", &format!("\"paper\", {}", sections.join(", "))),
    );
    folder
}

#[test]
fn without_a_terminal_an_export_prints_only_what_it_wrote() {
    let guide = Folder::with_guide();
    let place = Folder::new();
    let target = place.0.join("site");
    let output = run(&["export", target.to_str().unwrap(), "--content", guide.path()]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let output = String::from_utf8(output.stdout).unwrap();
    let files = read_folder(&target).len();
    assert!(
        output.starts_with(&format!("exported {files} files to {}", target.display())),
        "{output}"
    );
    assert!(output.contains("No --base-url is set"), "{output}");
}

#[test]
fn a_folder_that_cannot_be_written_is_one_error_line() {
    let guide = Folder::with_guide();
    let place = Folder::new();
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
        let error =
            error_line(&run(&["export", target, "--replace", "--content", guide.path()]), 1);
        assert!(error.contains(why), "{target}: {error}");
    }
    assert_eq!(fs::read(place.0.join("file")).unwrap(), b"mine");
    assert_eq!(fs::read_dir(&place.0).unwrap().count(), 2);
}

#[test]
fn when_a_file_cannot_be_written_the_earlier_export_stays() {
    let guide = guide("before");
    let place = Folder::new();
    let target = place.0.join("site");
    let arguments = ["export", target.to_str().unwrap(), "--replace", "--content", guide.path()];
    assert!(run(&arguments).status.success());
    let before = read_folder(&target);
    // No file may be longer than some hundred bytes: as on a full disk, the system refuses.
    let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    let output = Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_career-guide")])
        .args(arguments)
        .output()
        .unwrap();
    let error = error_line(&output, 1);
    assert!(error.contains("it is larger than files may be here"), "{error}");
    assert!(read_folder(&target) == before);
    assert_eq!(beside(&target), [""; 0]);
}

#[test]
fn an_export_killed_at_any_moment_leaves_the_old_site_or_the_new_one() {
    let place = Folder::new();
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
            read_folder(&alone)
        })
        .collect();
    assert!(whole[0] != whole[1]);
    assert!(export(&guides[0], &target).status().unwrap().success());

    let (mut killed, mut unfinished) = (0, 0);
    for round in 0..36 {
        // Killed when so many files are written; every third time when the folders are exchanged.
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
        unfinished += usize::from(staging.exists());
        let found = read_folder(&target);
        assert!(whole.contains(&found), "a mix after round {round}");
    }
    assert!(killed > 4 && unfinished > 2, "{killed} were killed, {unfinished} while writing");

    assert!(export(&guides[1], &target).status().unwrap().success());
    assert!(read_folder(&target) == whole[1]);
    assert!(!staging.exists(), "what an ended export left is still there");
}

/// Which folder a name leads to; none while it leads nowhere.
fn identity(folder: &Path) -> Option<u64> {
    fs::metadata(folder).ok().map(|metadata| metadata.ino())
}

/// The number of files and folders in a folder, which may be removed meanwhile.
fn entries(folder: &Path) -> usize {
    let Ok(list) = fs::read_dir(folder) else { return 0 };
    list.flatten()
        .map(|entry| {
            let below = entry.file_type().is_ok_and(|kind| kind.is_dir());
            1 + if below { entries(&entry.path()) } else { 0 }
        })
        .sum()
}

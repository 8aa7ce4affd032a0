//! Faults around the program: files that cannot be read, a folder that is moved away, a clock that is
//! wrong. (Too few files to open: `attacks`; a disk that is full: `tests/deploy`.)

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use career_guide::config::Config;
use career_guide::site::{Entry, Site};
use jiff::civil::{Date, date};

use crate::folder::Folder;
use crate::support::process::{Server, error_line, eventually, printed, program, run};
use crate::support::{Running, page, shipped_with};

/// The program without the right of an administrator to read everything.
fn ordinary(arguments: &[&str]) -> Command {
    let program = program(arguments);
    if !is_administrator() {
        return program;
    }
    let rights = "-dac_override,-dac_read_search";
    let mut command = Command::new("setpriv");
    command.args(["--bounding-set", rights, "--inh-caps", rights]);
    command.arg(program.get_program()).args(program.get_args());
    for (name, _) in program.get_envs() {
        command.env_remove(name);
    }
    command
}

/// Whether this user can read a file without the permission to.
fn is_administrator() -> bool {
    let folder = Folder::new();
    let file = folder.0.join("secret");
    std::fs::write(&file, "x").unwrap();
    forbid(&file);
    std::fs::read(file).is_ok()
}

fn forbid(path: &Path) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o000)).unwrap();
}

#[test]
fn a_file_that_may_not_be_read_is_named_and_nothing_is_served() {
    let folder = Folder::with_guide();
    let file = folder.0.join("guide/paper.md");
    forbid(&file);
    let report = printed(ordinary(&["check", folder.path()]).output().unwrap(), 1);
    assert!(report.contains("guide/paper.md:1:1: error[unreadable]"), "{report}");
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--content", folder.path()];
    let output = ordinary(&arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
}

#[test]
fn a_folder_that_may_not_be_read_is_named() {
    let folder = Folder::with_guide();
    let closed = folder.0.join("guide");
    forbid(&closed);
    let output = ordinary(&["check", folder.path()]).output().unwrap();
    std::fs::set_permissions(closed, std::fs::Permissions::from_mode(0o755)).unwrap();
    let report = printed(output, 1);
    assert!(report.contains("guide:1:1: error[unreadable]"), "{report}");
}

#[test]
fn a_pipe_or_a_dead_link_is_reported_and_not_read() {
    let folder = Folder::with_guide();
    let pipe = folder.0.join("guide/two.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("nowhere", folder.0.join("guide/three.md")).unwrap();
    let report = printed(run(&["check", folder.path()]), 1);
    for name in ["guide/two.md", "guide/three.md"] {
        assert!(report.contains(&format!("{name}:1:1: error[unreadable]")), "{report}");
    }
}

#[test]
fn a_folder_that_is_moved_away_and_back_changes_no_answer() {
    let folder = Folder::with_guide();
    let server = folder.serve(&[]);
    let pages = ["/", "/guide/paper", "/about", "/sitemap.xml"];
    let answers = || pages.map(|page| without_date(&server.ask(page)));
    let before = answers();
    let aside = folder.0.with_extension("aside");
    std::fs::rename(&folder.0, &aside).unwrap();
    assert_eq!(answers(), before);
    let error = error_line(&run(&["check", folder.path()]), 1);
    assert!(error.contains(folder.path()), "{error}");
    std::fs::rename(&aside, &folder.0).unwrap();
    assert_eq!(answers(), before);
    drop(server);
    let server = folder.serve(&[]);
    assert!(server.ask("/guide/paper").starts_with("HTTP/1.1 200 OK\r\n"));
}

#[test]
fn a_watched_folder_that_is_moved_away_and_back_is_served_all_the_time() {
    let folder = Folder::with_guide();
    let server = folder.serve(&["--watch"]);
    let before = without_date(&server.ask("/about"));
    let aside = folder.0.with_extension("aside");
    for _ in 0..2 {
        std::fs::rename(&folder.0, &aside).unwrap();
        eventually("the problem is noticed", || {
            server.ask("/readyz").contains("refused: 1 problem;")
        });
        assert_eq!(without_date(&server.ask("/about")), before);
        std::fs::rename(&aside, &folder.0).unwrap();
        eventually("the guide is sound again", || server.ask("/readyz").ends_with("\r\nready\n"));
        assert_eq!(without_date(&server.ask("/about")), before);
    }
    folder.write("about.md", page("About", "New words."));
    eventually("a change is served", || server.ask("/about").contains("New words."));
}

#[test]
fn a_file_that_may_no_longer_be_read_is_logged_while_the_last_guide_is_served() {
    let folder = Folder::with_guide();
    let arguments = ["serve", "--watch", "--listen", "127.0.0.1:0", "--content", folder.path()];
    let server = Server::spawn(&mut ordinary(&arguments));
    let file = folder.0.join("guide/paper.md");
    forbid(&file);
    eventually("the problem is noticed", || server.ask("/readyz").contains("refused: 1 problem;"));
    eventually("it is logged", || server.log().contains("guide/paper.md"));
    assert!(server.ask("/guide/paper").starts_with("HTTP/1.1 200 OK\r\n"));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    eventually("the guide is sound again", || server.ask("/readyz").ends_with("\r\nready\n"));
}

#[test]
fn a_change_is_noticed_whatever_the_time_of_its_file() {
    let folder = Folder::with_guide();
    let server = folder.serve(&["--watch"]);
    let year = Duration::from_hours(365 * 24);
    let now = SystemTime::now();
    let times = [now + 70 * year, now - year, now - year, SystemTime::UNIX_EPOCH - year, now];
    for (number, time) in times.into_iter().enumerate() {
        // As long as the others, so that files differ in nothing but text and time.
        let words = format!("Edit {number}.");
        let file = folder.0.join("about.md");
        let draft = file.with_extension("draft~");
        std::fs::write(&draft, page("About", &words)).unwrap();
        std::fs::File::options().write(true).open(&draft).unwrap().set_modified(time).unwrap();
        std::fs::rename(&draft, &file).unwrap();
        eventually("the change is served", || server.ask("/about").contains(&words));
    }
}

fn without_date(answer: &str) -> String {
    answer.lines().filter(|line| !line.starts_with("date: ")).collect::<Vec<_>>().join("\n")
}

fn built_on(today: Date) -> Arc<Site> {
    shipped_with(&Config { today, ..Config::default() })
}

#[tokio::test]
async fn a_clock_before_every_date_of_the_guide_changes_no_answer() {
    let edition = built_on(date(2026, 11, 24));
    let now = Running::serving(Arc::clone(&edition));
    let back = Running::serving(built_on(date(1970, 1, 1)));
    let paths = edition.pages().iter().map(|page| page.path.as_str());
    let asked = ["/compare?pay=net&currency=usd", "/compare.json?pay=net", "/sitemap.xml"];
    for path in paths.chain(asked) {
        let (expected, answer) = (now.get(path).await, back.get(path).await);
        assert_eq!(answer.body, expected.body, "{path}");
        assert_eq!(answer.header("etag"), expected.header("etag"), "{path}");
    }
}

#[test]
fn a_clock_beyond_every_date_of_the_guide_breaks_nothing() {
    let site = built_on(date(9999, 12, 30));
    let Some(Entry::Defaults(page)) = site.find("/compare") else { panic!("no comparison") };
    assert_eq!(page.status(), http::StatusCode::OK);
}

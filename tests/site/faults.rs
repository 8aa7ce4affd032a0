//! What the world may do to the program: files that cannot be read, a folder that goes away, a
//! clock that is wrong. (Too few files to open: `attacks`; a disk that is full: `tests/deploy`.)

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use career_guide::config::Config;
use career_guide::content::Content;
use career_guide::content::source::Source;
use career_guide::site::{Entry, Site};
use jiff::civil::{Date, date};

use crate::support::Running;
use crate::support::process::{Folder, SOON, Server, complaint, eventually, page, program, run};

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

/// Whether a file that nobody may read is read all the same.
fn is_administrator() -> bool {
    let folder = Folder::new("rights");
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
    let folder = Folder::with_guide("unreadable");
    let file = folder.0.join("guide/one.md");
    forbid(&file);
    let output = ordinary(&["check", folder.path()]).output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("guide/one.md:1:1: error[unreadable]"), "{said}");
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--content", folder.path()];
    let output = ordinary(&arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
}

#[test]
fn a_folder_that_may_not_be_read_is_named() {
    let folder = Folder::with_guide("closed");
    let closed = folder.0.join("guide");
    forbid(&closed);
    let output = ordinary(&["check", folder.path()]).output().unwrap();
    std::fs::set_permissions(closed, std::fs::Permissions::from_mode(0o755)).unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("guide:1:1: error[unreadable]"), "{said}");
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let folder = Folder::with_guide("pipe");
    let pipe = folder.0.join("guide/two.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("nowhere", folder.0.join("guide/three.md")).unwrap();
    let output = run(&["check", folder.path()]);
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for name in ["guide/two.md", "guide/three.md"] {
        assert!(said.contains(&format!("{name}:1:1: error[unreadable]")), "{said}");
    }
}

#[test]
fn a_folder_that_goes_away_takes_nothing_with_it_and_can_be_put_back() {
    let folder = Folder::with_guide("moved");
    let mut server = Server::start(&["--content", folder.path()]);
    let pages = ["/", "/guide/one", "/about", "/sitemap.xml"];
    let before = pages.map(|page| server.ask(page));
    let aside = folder.0.with_extension("aside");
    std::fs::rename(&folder.0, &aside).unwrap();
    for (page, before) in pages.iter().zip(&before) {
        assert_eq!(without_date(&server.ask(page)), without_date(before), "{page}");
    }
    let said = complaint(&run(&["check", folder.path()]), 1);
    assert!(said.contains(folder.path()), "{said}");
    std::fs::rename(&aside, &folder.0).unwrap();
    for (page, before) in pages.iter().zip(&before) {
        assert_eq!(without_date(&server.ask(page)), without_date(before), "{page}");
    }
    assert_eq!(server.stop(), Some(0));
    let mut server = Server::start(&["--content", folder.path()]);
    assert!(server.ask("/guide/one").starts_with("HTTP/1.1 200 OK\r\n"));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_watched_folder_that_is_moved_away_and_put_back_as_it_was_is_served_on() {
    let folder = Folder::with_guide("away-watched");
    let mut server = Server::start(&["--watch", "--content", folder.path()]);
    let before = without_date(&server.ask("/about"));
    let aside = folder.0.with_extension("aside");
    for _ in 0..2 {
        std::fs::rename(&folder.0, &aside).unwrap();
        eventually(SOON, "that is noted", || server.ask("/readyz").contains("refused: 1 problem;"));
        assert_eq!(without_date(&server.ask("/about")), before);
        std::fs::rename(&aside, &folder.0).unwrap();
        eventually(SOON, "all is well again", || server.ask("/readyz").ends_with("\r\nready\n"));
        assert_eq!(without_date(&server.ask("/about")), before);
    }
    folder.write("about.md", &page("About", "New words."));
    eventually(SOON, "a change is served", || server.ask("/about").contains("New words."));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_file_that_may_no_longer_be_read_is_told_while_the_last_guide_is_served() {
    let folder = Folder::with_guide("closing");
    let arguments = ["serve", "--watch", "--listen", "127.0.0.1:0", "--content", folder.path()];
    let mut server = Server::spawn(&mut ordinary(&arguments));
    let file = folder.0.join("guide/one.md");
    forbid(&file);
    eventually(SOON, "that is noted", || server.ask("/readyz").contains("refused: 1 problem;"));
    eventually(SOON, "it is told", || server.log().contains("guide/one.md"));
    assert!(server.ask("/guide/one").starts_with("HTTP/1.1 200 OK\r\n"));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    eventually(SOON, "all is well again", || server.ask("/readyz").ends_with("\r\nready\n"));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_change_is_seen_whatever_time_its_file_bears() {
    let folder = Folder::with_guide("times");
    let mut server = Server::start(&["--watch", "--content", folder.path()]);
    let year = Duration::from_hours(365 * 24);
    let now = SystemTime::now();
    let times = [now + 70 * year, now - year, now - year, SystemTime::UNIX_EPOCH - year, now];
    for (number, time) in times.into_iter().enumerate() {
        // As long as the others, so that only its time could tell it from them.
        let words = format!("Edit {number}.");
        let file = folder.0.join("about.md");
        let draft = file.with_extension("draft~");
        std::fs::write(&draft, page("About", &words)).unwrap();
        std::fs::File::options().write(true).open(&draft).unwrap().set_modified(time).unwrap();
        std::fs::rename(&draft, &file).unwrap();
        eventually(SOON, "the change is served", || server.ask("/about").contains(&words));
    }
    assert_eq!(server.stop(), Some(0));
}

fn without_date(answer: &str) -> String {
    answer.lines().filter(|line| !line.starts_with("date: ")).collect::<Vec<_>>().join("\n")
}

fn built_on(today: Date) -> Arc<Site> {
    let content = Content::load(&Source::Embedded).unwrap_or_else(|problems| panic!("{problems}"));
    Arc::new(Site::build(content, &Config { today, ..Config::default() }).unwrap())
}

#[tokio::test]
async fn a_clock_before_every_date_of_the_guide_changes_no_answer() {
    let edition = built_on(date(2026, 11, 24));
    let (now, back) =
        (Running::serving(Arc::clone(&edition)), Running::serving(built_on(date(1970, 1, 1))));
    let paths = edition.pages().iter().map(|page| page.path.as_str());
    let asked = ["/compare?pay=net&currency=usd", "/compare.json?pay=net", "/sitemap.xml"];
    for path in paths.chain(asked) {
        let (expected, answer) = (now.get(path).await, back.get(path).await);
        assert_eq!(answer.body, expected.body, "{path}");
        assert_eq!(answer.header("etag"), expected.header("etag"), "{path}");
    }
}

#[test]
fn a_clock_beyond_every_date_of_the_guide_is_told_and_breaks_nothing() {
    let site = built_on(date(9999, 12, 30));
    let Some(Entry::Defaults(page)) = site.find("/compare") else { panic!("no comparison") };
    assert_eq!(page.status(), http::StatusCode::OK);
}

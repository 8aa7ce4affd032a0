//! A clock that is put forward and back while the program runs.

use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use jiff::{Timestamp, ToSpan as _};

use crate::support::process::{Folder, Server, eventually, page, program};

/// A program that is not optimised, beside a hundred other tests, is granted more.
const SOON: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 4 });
const YEAR: i64 = 365 * 24 * 60 * 60;

/// A clock of its own for one process. Rust needs a C compiler to link, so there is one.
struct Clock(Folder);

impl Clock {
    fn new(name: &str) -> Self {
        let clock = Self(Folder::new(name));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/faults/clock.c");
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(clock.library()).arg(source);
        assert!(compiler.status().unwrap().success());
        clock.put(0);
        clock
    }

    fn library(&self) -> PathBuf {
        self.0.0.join("clock.so")
    }

    /// So many seconds before the clock of everybody else.
    fn put(&self, ahead: i64) {
        let mut how = std::fs::File::options();
        let file = how.create(true).truncate(false).write(true);
        let file = file.open(self.0.0.join("ahead")).unwrap();
        file.write_all_at(&ahead.to_ne_bytes(), 0).unwrap();
    }

    /// At a moment of its own.
    fn set(&self, moment: &str) {
        let moment: Timestamp = moment.parse().unwrap();
        self.put(moment.as_second() - Timestamp::now().as_second());
    }

    fn server(&self, arguments: &[&str]) -> Server {
        let mut command = program(&["--listen", "127.0.0.1:0"]);
        command.args(arguments);
        command.env("LD_PRELOAD", self.library()).env("CLOCK_AHEAD", self.0.0.join("ahead"));
        Server::spawn(&mut command)
    }
}

/// The one date of an answer.
#[track_caller]
fn date(answer: &str) -> Timestamp {
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    let dates: Vec<&str> = head.lines().filter_map(|line| line.strip_prefix("date: ")).collect();
    let [date] = dates[..] else { panic!("{head}") };
    jiff::fmt::rfc2822::parse(date).unwrap().timestamp()
}

#[test]
fn whatever_becomes_of_the_clock_pages_are_served_with_the_date_of_now_and_changes_are_seen() {
    let clock = Clock::new("clock");
    let folder = Folder::with_guide("clock-guide");
    let mut server = clock.server(&["--watch", "--content", folder.path()]);
    let since_1970 = Timestamp::now().as_second();
    let jumps = [0, YEAR, -YEAR, 10 * YEAR, 1000 - since_1970, -3600, 3600, 0];
    for (number, ahead) in jumps.into_iter().enumerate() {
        clock.put(ahead);
        // Enough for every thread to answer.
        for path in ["/about", "/", "/nowhere", "/compare?x=1", "/readyz"].repeat(8) {
            let answer = server.ask(path);
            let expected = Timestamp::now() + ahead.seconds();
            let off = (date(&answer).as_second() - expected.as_second()).abs();
            assert!(off <= 2, "{path}, {ahead} s ahead: {answer}");
            assert!(answer.starts_with("HTTP/1.1 200 ") || path == "/nowhere", "{answer}");
        }
        let words = format!("Words after jump {number}.");
        folder.write("about.md", &page("About", &words));
        eventually(SOON, "the change is served", || server.ask("/about").contains(&words));
    }
    assert_eq!(server.ask("/readyz").split("\r\n\r\n").nth(1), Some("ready\n"));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn what_has_passed_its_time_is_said_by_the_day_of_now_and_taken_back_with_it() {
    let clock = Clock::new("stale");
    // Its rates hold until the end of January 2027.
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sound");
    let in_time = "2027-01-30T12:00:00Z";
    clock.set(in_time);
    let mut server = clock.server(&["--watch", "--content", guide.to_str().unwrap()]);
    let view = || {
        let answer = server.ask("/compare?currency=nok");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        answer.split("\r\n\r\n").nth(1).unwrap().to_owned()
    };
    let before = view();
    let note = "The exchange rates are old";
    assert!(!before.contains(note), "{before}");
    for too_late in ["2027-02-01T00:00:05Z", "2028-01-30T12:00:00Z"] {
        clock.set(too_late);
        eventually(SOON, "it is said that the rates are old", || view().contains(note));
        clock.set(in_time);
        eventually(SOON, "it is taken back", || view() == before);
    }
    clock.set("2026-01-30T12:00:00Z");
    eventually(SOON, "the new day has come", || server.log().matches("serving anew").count() == 5);
    assert_eq!(view(), before);
    assert_eq!(server.stop(), Some(0));
}

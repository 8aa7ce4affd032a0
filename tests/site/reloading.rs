//! A guide that changes while it is served.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use career_guide::config::Config;
use career_guide::content::Content;
use career_guide::content::source::Source;
use career_guide::digest::Digest;
use career_guide::server::App;
use career_guide::server::reload::Reloader;
use career_guide::site::Site;
use jiff::civil::{Date, date};

use crate::folder::Folder;
use crate::support::page;
use crate::support::process::{Server, eventually, program};

fn metric(metrics: &str, name: &str) -> Option<String> {
    let page = Server::ask_at(metrics, "/metrics");
    page.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned())
}

#[test]
fn a_sound_change_is_served_and_a_broken_one_never() {
    let folder = Folder::with_guide();
    let server = folder.serve(&["--watch", "--metrics-listen", "127.0.0.1:0"]);
    let metrics = &server.metrics_address();

    folder.write("about.md", page("About", "Second words."));
    eventually("the change is served", || server.ask("/about").contains("Second words."));

    folder.write("about.md", page("About", "Third words, and [a dead link](gone.md)."));
    folder.write("guide/paper.md", page("Paper", "A {{nonsense}} word."));
    eventually("the problems are noted", || server.ask("/readyz").contains("refused"));
    assert!(server.ask("/readyz").starts_with("HTTP/1.1 200 OK\r\n"));
    thread::sleep(Duration::from_millis(1200));
    let log = server.log();
    for place in ["about.md", "guide/paper.md"] {
        assert_eq!(log.matches(place).count(), 1, "{log}");
    }
    assert!(server.ask("/about").contains("Second words."));
    assert_eq!(metric(metrics, "career_guide_content_problems ").as_deref(), Some("2"));
    let refused = "career_guide_reloads_total{outcome=\"refused\"} ";
    assert_eq!(metric(metrics, refused).as_deref(), Some("1"));

    // What was good before is good again, even if it is the very same.
    folder.write("about.md", page("About", "Second words."));
    folder.write("guide/paper.md", page("Paper", "Text."));
    eventually("the guide is sound again", || server.ask("/readyz").ends_with("\r\nready\n"));
    assert_eq!(metric(metrics, "career_guide_content_problems ").as_deref(), Some("0"));
    let edition = "career_guide_content{edition=\"1\",date=\"2025-05-01\"} ";
    assert_eq!(metric(metrics, edition).as_deref(), Some("1"));
}

#[test]
fn a_folder_that_was_removed_is_served_again_when_it_is_back() {
    let folder = Folder::with_guide();
    let server = folder.serve(&["--watch"]);
    std::fs::remove_dir_all(&folder.0).unwrap();
    eventually("the problem is noticed", || server.ask("/readyz").contains("refused: 1 problem;"));
    assert!(server.ask("/about").contains("One person"));
    folder.write_guide();
    folder.write("about.md", page("About", "Back again."));
    eventually("it is served", || server.ask("/about").contains("Back again."));
    eventually("the guide is sound again", || server.ask("/readyz").ends_with("\r\nready\n"));
}

#[test]
fn a_file_that_is_being_written_is_not_read_until_it_is_whole() {
    let folder = Folder::with_guide();
    let server = folder.serve(&["--watch"]);
    let text = page("About", &"New words. ".repeat(40));
    let mut file = std::fs::File::create(folder.0.join("about.md")).unwrap();
    for part in text.as_bytes().chunks(text.len() / 20) {
        file.write_all(part).unwrap();
        thread::sleep(Duration::from_millis(80));
    }
    eventually("it is served", || server.ask("/about").contains("New words."));
    assert!(!server.log().contains("error["), "{}", server.log());
    eventually("it is logged", || server.log().contains("serving anew"));
    assert_eq!(server.log().matches("serving anew").count(), 1, "{}", server.log());
}

#[test]
fn without_watching_a_signal_makes_the_server_read_the_guide_again() {
    let folder = Folder::with_guide();
    let server = folder.serve(&["--log-format", "json"]);
    folder.write("about.md", page("About", "New words."));
    thread::sleep(Duration::from_millis(800));
    assert!(!server.ask("/about").contains("New words."));
    server.signal("HUP");
    eventually("it is served", || server.ask("/about").contains("New words."));
    folder.write("site.toml", "titel = 1\n");
    server.signal("HUP");
    eventually("the problem is noticed", || server.ask("/readyz").contains("refused"));
    assert!(server.ask("/about").contains("New words."));
    eventually("it is logged", || server.log().contains("unknown-key"));
    for line in server.log().lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["level"].is_string() && line["message"].is_string(), "{line}");
    }
    let problem = server.log();
    let problem = problem.lines().find(|line| line.contains("unknown-key")).unwrap();
    let problem: serde_json::Value = serde_json::from_str(problem).unwrap();
    assert!(problem["file"].as_str().unwrap().ends_with("/site.toml"), "{problem}");
    assert_eq!((&problem["line"], &problem["column"]), (&1.into(), &1.into()));
}

/// Requests a page on one connection until `stop` is set. Every answer must be whole and of a sound
/// edit, and none older than the one before. Returns how many there were.
fn keep_asking(address: &str, stop: &AtomicBool) -> usize {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let (mut count, mut newest) = (0, 0);
    while !stop.load(Ordering::Relaxed) {
        stream.write_all(b"GET /about HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let answer = one_answer(&mut stream);
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        let edit = edit_in(&answer);
        assert!(edit >= newest, "{edit} after {newest}");
        newest = edit;
        count += 1;
        thread::sleep(Duration::from_millis(2));
    }
    count
}

fn one_answer(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let mut part = [0; 16 * 1024];
    loop {
        let read = stream.read(&mut part).unwrap();
        assert!(read > 0, "the server hung up: {}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&answer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.split("content-length: ").nth(1).unwrap();
            let length: usize = length.lines().next().unwrap().parse().unwrap();
            if body.len() >= length {
                return text.into_owned();
            }
        }
    }
}

fn edit_in(answer: &str) -> usize {
    let number = answer.split("Edit number ").nth(1).expect("every answer holds a good edit");
    number.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn while_a_guide_is_edited_no_request_fails_and_the_last_good_edit_is_served() {
    const EDITS: usize = 100;
    let folder = Folder::with_guide();
    let good = |number| page("About", &format!("Edit number {number} of many."));
    folder.write("about.md", good(0));
    let server = folder.serve(&["--watch"]);
    let stop = Arc::new(AtomicBool::new(false));
    let asking: Vec<_> = (0..3)
        .map(|_| {
            let (address, stop) = (server.address.clone(), Arc::clone(&stop));
            thread::spawn(move || keep_asking(&address, &stop))
        })
        .collect();
    let mut last_good = 0;
    for number in 1..=EDITS {
        // A fifth is broken, some of them after a pause that makes each edit before them count.
        if number % 5 == 0 {
            eventually("the last good edit is served", || {
                number % 25 != 0 || edit_in(&server.ask("/about")) == last_good
            });
            folder.write("about.md", format!("{}\n[dead](gone.md)", good(number)));
            if number % 25 == 0 {
                eventually("it is refused", || server.ask("/readyz").contains("refused"));
            }
        } else {
            folder.write("about.md", good(number));
            last_good = number;
        }
        thread::sleep(Duration::from_millis(20));
    }
    folder.write("about.md", good(EDITS + 1));
    eventually("the last edit is served", || edit_in(&server.ask("/about")) == EDITS + 1);
    stop.store(true, Ordering::Relaxed);
    for asked in asking {
        assert!(asked.join().unwrap() > 100);
    }
}

#[test]
fn at_midnight_pages_name_what_is_out_of_date_as_a_new_replica_does() {
    static DAYS: AtomicI32 = AtomicI32::new(0);
    const TODAY: Date = date(2026, 11, 24);
    fn clock() -> Date {
        let days = DAYS.load(Ordering::Relaxed);
        TODAY.checked_add(jiff::Span::new().days(days)).unwrap()
    }
    let config = Config { today: TODAY, ..Config::default() };
    let content = Arc::new(Content::load(&Source::Embedded).unwrap());
    let body = |app: &App| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let request = http::Request::get("/compare?currency=USD").header("host", "x");
        let request = request.body(axum::body::Body::empty()).unwrap();
        runtime.block_on(app.ask(request)).into_body()
    };
    let app_on = |today| {
        let config = Config { today, ..Config::default() };
        App::new(Arc::new(Site::build(Arc::clone(&content), &config).unwrap()))
    };
    let app = app_on(TODAY);
    let before = body(&app);

    let reloader = Reloader::new(app.clone(), config, Arc::clone(&content), Digest::of(b""));
    let (sender, receiver) = mpsc::channel();
    let thread = thread::spawn(move || reloader.with_clock(clock).run(&receiver));
    DAYS.store(3650, Ordering::Relaxed);
    sender.send(()).unwrap();
    let later = body(&app_on(clock()));
    assert_ne!(later, before, "nothing in the shipped guide ever passes its time");
    eventually("the new day is served", || body(&app) == later);
    // A clock that was wrong and is put right.
    DAYS.store(-365, Ordering::Relaxed);
    sender.send(()).unwrap();
    eventually("the earlier day is served again", || body(&app) == before);
    drop(sender);
    thread.join().unwrap();
}

#[test]
fn two_replicas_answer_alike() {
    let folder = Folder::with_guide();
    let replicas: Vec<_> =
        (0..2).map(|_| folder.serve(&["--base-url", "https://example.org"])).collect();
    let without_date = |answer: String| -> String {
        answer.split_inclusive("\r\n").filter(|line| !line.starts_with("date: ")).collect()
    };
    for path in [
        "/",
        "/guide",
        "/guide/paper",
        "/compare?x=1",
        "/openapi.json",
        "/none",
        "/robots.txt",
        "/sitemap.xml",
    ] {
        for accept in ["br", "gzip", "identity"] {
            let request = format!(
                "GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {accept}\r\nConnection: close\r\n\r\n"
            );
            let [one, other] = [0, 1].map(|replica| without_date(replicas[replica].send(&request)));
            assert_eq!(one, other, "{path}");
        }
    }
}

#[test]
fn replicas_are_replaced_one_after_the_other_without_a_failed_request() {
    // As a balancer does it: a request goes to the first replica that takes it.
    let folder = Folder::with_guide();
    let start = |listen: &str| {
        Server::spawn(&mut program(&["--content", folder.path(), "--listen", listen]))
    };
    // Hosts that no other test uses: while such an address is free, no other server may take it.
    let mut servers = [start("127.0.0.2:0"), start("127.0.0.3:0")];
    let addresses = [servers[0].address.clone(), servers[1].address.clone()];
    let stop = AtomicBool::new(false);
    let failed = Mutex::new(Vec::new());
    let answered = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    // If nothing at all comes back, the next one is asked.
                    let mut answers = addresses.iter().map(|one| Server::ask_at(one, "/about"));
                    let answer = answers.find(|answer| !answer.is_empty()).unwrap_or_default();
                    if answer.starts_with("HTTP/1.1 200") && answer.trim_end().ends_with("</html>")
                    {
                        answered.fetch_add(1, Ordering::Relaxed);
                    } else {
                        failed.lock().unwrap().push(answer);
                    }
                    thread::sleep(Duration::from_millis(3));
                }
            });
        }
        for _ in 0..2 {
            for index in [0, 1] {
                assert_eq!(servers[index].stop(), Some(0));
                servers[index] = start(&addresses[index]);
                // However slow the machine is, each exchange sees requests before and after it.
                let enough = answered.load(Ordering::Relaxed) + 25;
                eventually("requests go on", || answered.load(Ordering::Relaxed) >= enough);
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!(failed.into_inner().unwrap(), [""; 0]);
}

//! The program itself: how it starts, what it says, and how it stops.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use crate::running::{Folder, Server, complaint, eventually, program, run};

#[test]
fn help_and_version_are_as_people_expect() {
    let help = run(&["--help"]);
    assert!(help.status.success() && help.stderr.is_empty());
    let help = String::from_utf8(help.stdout).unwrap();
    for word in ["serve", "check", "export", "healthcheck", "--listen", "CAREER_GUIDE_BASE_URL"] {
        assert!(help.contains(word), "{word}\n{help}");
    }
    let version = run(&["--version"]);
    assert_eq!(
        String::from_utf8(version.stdout).unwrap(),
        format!("career-guide {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_bad_option_gets_one_clear_line() {
    assert!(complaint(&run(&["--lissten", "x"]), 2).contains("--listen"));
    assert!(complaint(&run(&["sreve"]), 2).contains("serve"));
    assert!(complaint(&run(&["--listen", "3000"]), 2).contains("`3000`"));
    assert!(complaint(&run(&["--base-url", "example.org"]), 2).contains("`example.org`"));
}

#[test]
fn settings_of_the_environment_are_checked_like_flags_and_flags_go_first() {
    let output = program(&[]).env("CAREER_GUIDE_LISTEN", "nowhere").output().unwrap();
    assert!(complaint(&output, 2).contains("`nowhere`"));
    let output =
        program(&["--listen", "here"]).env("CAREER_GUIDE_LISTEN", "nowhere").output().unwrap();
    assert!(complaint(&output, 2).contains("`here`"));
}

#[test]
fn a_folder_that_cannot_be_read_gets_one_clear_line() {
    let said = complaint(&run(&["check", "/nowhere/at/all"]), 1);
    assert!(said.contains("/nowhere/at/all"), "{said}");
    let said = complaint(&run(&["--listen", "127.0.0.1:0", "--content", "/nowhere"]), 1);
    assert!(said.contains("/nowhere"), "{said}");
}

#[test]
fn a_taken_port_gets_one_clear_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = complaint(&run(&["serve", "--listen", &address]), 1);
    assert!(said.contains(&address) && said.contains("another program"), "{said}");
}

#[test]
fn check_prints_every_problem_and_fails() {
    let folder = Folder::new("check");
    std::fs::write(folder.0.join("site.toml"), "titel = 1\n").unwrap();
    let output = run(&["check", folder.path()]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(said.contains("site.toml:1:1: error[unknown-key]"), "{said}");
    assert!(said.matches("error[").count() > 3, "{said}");
}

#[test]
fn check_of_a_folder_of_mistakes_prints_some_tells_their_number_and_fails() {
    let folder = Folder::with_guide("mistakes");
    let page = std::fs::read_to_string(folder.0.join("guide/one.md")).unwrap();
    let page = page + &"\nRead [this](nothing.md).\n".repeat(20_000);
    std::fs::write(folder.0.join("guide/one.md"), page).unwrap();
    let output = run(&["check", folder.path()]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.matches("error[").count(), 200);
    assert!(said.contains("\n… and 19800 more\n20000 problems\n"), "{said}");
}

#[test]
fn check_of_a_sound_guide_says_so() {
    let folder = Folder::with_guide("sound");
    let output = run(&["check", folder.path()]);
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.starts_with("no problems: 1 section, "), "{said}");
}

#[test]
fn check_against_an_earlier_copy_tells_what_its_readers_would_lose() {
    let (old, new) = (Folder::with_guide("earlier"), Folder::with_guide("later"));
    let same = run(&["check", new.path(), "--against", old.path()]);
    let said = String::from_utf8(same.stdout).unwrap();
    assert_eq!(same.status.code(), Some(0), "{said}");
    assert!(said.starts_with(&format!("nothing of {} is lost\n", old.path())), "{said}");

    let page = std::fs::read_to_string(old.0.join("guide/one.md")).unwrap();
    std::fs::write(old.0.join("guide/one.md"), format!("{page}\n## Two {{#two}}\n\nText.\n"))
        .unwrap();
    let lost = run(&["check", new.path(), "--against", old.path()]);
    assert_eq!(lost.status.code(), Some(1));
    let said = String::from_utf8(lost.stderr).unwrap();
    let place = format!("{}/guide/one.md:9:1: error[lost-link]: /guide/one#two, ", old.path());
    assert!(said.starts_with(&place), "{said}");
}

#[test]
fn check_warns_of_figures_past_their_day_and_finds_nothing_else_wrong() {
    let folder = Folder::with_guide("expired");
    let old = "source = \"s\"\nyear = 2020\nunit = { name = \"x\", symbol = \"y\" }\nnote = \"z\"\n\
               holds_until = 2020-12-31\nfactors = { XTS = 1 }\n";
    let source = "[s]\npublisher = \"p\"\ntitle = \"t\"\nknown = \"own\"\nas_of = \"2020\"\n\
                  checked = 2026-01-01\n";
    let currency = "[XTS]\nname = \"Shell\"\nplural = \"shells\"\nsymbol = \"¤\"\n";
    for (file, text) in
        [("purchasing-power.toml", old), ("sources.toml", source), ("currencies.toml", currency)]
    {
        std::fs::write(folder.0.join(file), text).unwrap();
    }
    let output = run(&["check", folder.path()]);
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("purchasing-power.toml:5:15: warning[expired]: "), "{said}");
    assert!(said.contains("no errors, 1 warning: "), "{said}");
}

#[test]
fn it_says_where_to_look_answers_there_and_stops_when_told() {
    let folder = Folder::with_guide("serve");
    let mut server = Server::start(&["--content", folder.path()]);
    assert!(server.said.starts_with("Serving Test Guide at http://127.0.0.1:"), "{}", server.said);
    assert!(server.ask("/").starts_with("HTTP/1.1 200 OK\r\n"));
    let healthy = run(&["healthcheck", "--listen", &server.address]);
    assert!(healthy.status.success());

    assert_eq!(server.stop(), Some(0));
    let said = complaint(&run(&["healthcheck", "--listen", &server.address]), 1);
    assert!(said.contains(&server.address), "{said}");
}

#[test]
fn below_a_base_path_it_says_so() {
    let folder = Folder::with_guide("base");
    let arguments = ["--content", folder.path(), "--base-url", "https://example.org/careers"];
    let mut server = Server::start(&arguments);
    assert!(server.said.trim_end().ends_with("/careers/"), "{}", server.said);
    assert!(server.ask("/careers/").starts_with("HTTP/1.1 200 OK\r\n"));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn an_idle_connection_does_not_hold_up_the_end_and_a_late_request_is_still_answered() {
    let folder = Folder::with_guide("drain");
    let mut server = Server::start(&["--content", folder.path()]);
    let mut idle = TcpStream::connect(&server.address).unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut first = [0; 15];
    idle.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    let begun = std::time::Instant::now();
    assert_eq!(server.stop(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn told_to_stop_it_says_so_first_then_finishes_what_has_begun() {
    let folder = Folder::with_guide("leave");
    let arguments = ["--listen", "127.0.0.1:0", "--content", folder.path(), "--drain-delay", "3"];
    let mut server = Server::spawn(&mut program(&arguments));
    let mut begun = server.connect();
    begun.write_all(b"GET /about HTTP/1.1\r\nHo").unwrap();
    let stopped = std::time::Instant::now();
    server.signal("TERM");
    eventually(Duration::from_millis(2900), "it says so", || {
        server.ask("/readyz").starts_with("HTTP/1.1 503 ")
    });
    assert!(server.ask("/healthz").starts_with("HTTP/1.1 200 "));
    // Readers who come meanwhile are served, and asked to come by another way next time.
    let answer = server.send("GET /about HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("\r\nconnection: close\r\n"));
    begun.write_all(b"st: x\r\n\r\n").unwrap();
    let mut answer = String::new();
    begun.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.trim_end().ends_with("</html>"));
    assert_eq!(server.wait(), Some(0));
    assert!(stopped.elapsed() >= Duration::from_secs(3));
}

#[test]
fn who_does_not_finish_does_not_keep_it_from_ending() {
    let folder = Folder::with_guide("endless");
    let mut server = Server::start(&["--content", folder.path()]);
    let mut endless = server.connect();
    endless.write_all(b"GET /about HTTP/1.1\r\nHost: x\r\nX: ").unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let begun = std::time::Instant::now();
    assert_eq!(server.stop(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(9));
}

#[test]
fn a_second_signal_or_one_from_a_terminal_ends_it_at_once() {
    let folder = Folder::with_guide("twice");
    let slow = ["--listen", "127.0.0.1:0", "--content", folder.path(), "--drain-delay", "60"];
    let mut server = Server::spawn(&mut program(&slow));
    server.signal("TERM");
    eventually(Duration::from_secs(5), "it says so", || {
        server.ask("/readyz").starts_with("HTTP/1.1 503 ")
    });
    server.signal("TERM");
    assert_eq!(server.wait(), Some(0));
    let mut server = Server::spawn(&mut program(&slow));
    server.signal("INT");
    assert_eq!(server.wait(), Some(0));
}

#[test]
fn metrics_have_a_listener_of_their_own() {
    let arguments = ["--metrics-listen", "127.0.0.1:0", "--log-level", "debug"];
    let mut server = Server::start(&arguments);
    let metrics = server.said_after("Metrics are at http://");
    let metrics = metrics.split('/').next().unwrap();
    server.ask("/compare?offer=123456&offer_currency=USD");
    server.ask("/guide/none");
    server.ask("/wp-login.php");
    assert!(server.ask("/metrics").starts_with("HTTP/1.1 404 "));
    let page = Server::ask_at(metrics, "/metrics");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    for line in [
        "career_guide_requests_total{route=\"/compare\",status=\"200\"} 1",
        "career_guide_requests_total{route=\"/guide/*\",status=\"404\"} 1",
        "career_guide_requests_total{route=\"other\",status=\"404\"} 2",
        "career_guide_request_seconds_count{route=\"/compare\"} 1",
        "career_guide_connections_accepted_total 4",
    ] {
        assert!(page.lines().any(|l| l == line), "{line}\n{page}");
    }
    assert!(Server::ask_at(metrics, "/").starts_with("HTTP/1.1 404 "));
    // Neither tells what somebody earns or where somebody is.
    eventually(Duration::from_secs(5), "each answer has its line in the log", || {
        server.log().matches("answered").count() == 4
    });
    let told = format!("{page}{}", server.log());
    assert!(told.contains("/compare"), "{told}");
    for secret in ["123456", "offer", "127.0.0.1", "wp-login"] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
    let taken = run(&["--listen", "127.0.0.1:0", "--metrics-listen", metrics]);
    assert!(complaint(&taken, 1).contains(metrics));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn what_is_no_http_ends_one_connection_and_nothing_else() {
    let folder = Folder::with_guide("garbage");
    let mut server = Server::start(&["--content", folder.path()]);
    for garbage in [
        "\0\0\0\0\r\n\r\n".to_owned(),
        "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n".to_owned(),
        format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(100_000)),
        format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(100_000)),
        "CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
    ] {
        let answer = server.send(&garbage);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    assert!(server.ask("/").starts_with("HTTP/1.1 200 OK\r\n"));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn requests_that_two_servers_may_read_differently_are_refused_and_the_connection_ended() {
    let folder = Folder::with_guide("smuggle");
    let mut server = Server::start(&["--content", folder.path()]);
    let hidden = "GET /about HTTP/1.1\r\nHost: x\r\n\r\n";
    for head in [
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
    ] {
        let answer = server.send(&format!("{head}{hidden}"));
        assert!(answer.starts_with("HTTP/1.1 40"), "{answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    }
    assert!(server.send("GET / HTTP/1.0\r\n\r\n").starts_with("HTTP/1.0 200 OK\r\n"));
    assert_eq!(server.stop(), Some(0));
}

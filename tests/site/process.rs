//! The program itself: how it starts, what it says, and how it stops.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_career-guide"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CAREER_GUIDE_")) {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

/// What went wrong, in one line.
#[track_caller]
pub(crate) fn complaint(output: &Output, code: i32) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("career-guide: "), "{text}");
    text
}

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
fn check_of_a_sound_guide_says_so() {
    let folder = Folder::with_guide("sound");
    let output = run(&["check", folder.path()]);
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.starts_with("no problems: 1 section, "), "{said}");
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

/// A folder that goes away with the test.
pub(crate) struct Folder(pub(crate) std::path::PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let name = format!("career-guide-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// With the smallest guide there is.
    pub(crate) fn with_guide(name: &str) -> Self {
        let folder = Self::new(name);
        let page = |title: &str| {
            format!(
                "+++\ntitle = \"{title}\"\ndescription = \"x\"\nchecked = 2026-01-01\n+++\n\nText.\n"
            )
        };
        let site = "title = \"Test Guide\"\ncareer = \"tester\"\ndescription = \"x\"\n\
             edition = \"1\"\ndate = 2026-01-01\nauthor = \"x\"\nsections = [\"one\"]\n\
             licence = { name = \"x\", url = \"https://example.org/\" }\n\
             report = { text = \"x\", url = \"mailto:a@example.org\" }\n";
        for (path, text) in [
            ("site.toml", site.to_owned()),
            ("levels.toml", "[[level]]\nid = \"a\"\nname = \"A\"\nshort = \"A\"\n".to_owned()),
            ("home.md", page("Home")),
            ("about.md", page("About")),
            ("guide/one.md", page("One")),
        ] {
            let path = folder.0.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A server that ends with the test.
struct Server {
    child: Child,
    said: String,
    address: String,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let mut child = program(&["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
        let address = said.split("http://").nth(1).unwrap_or_default();
        let address = address.split('/').next().unwrap_or_default().to_owned();
        Self { child, said, address }
    }

    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let mut answer = Vec::new();
        // The server may close before it has read everything: that is an answer too.
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn ask(&self, path: &str) -> String {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
    }

    fn stop(&mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").arg(&pid).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

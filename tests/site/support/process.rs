//! Starts the program as whoever runs it would, and speaks with it byte by byte.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What is promised of a change; a program that is not optimised, beside a hundred other tests, is
/// granted more.
pub(crate) const SOON: Duration = Duration::from_secs(if cfg!(debug_assertions) { 15 } else { 2 });

/// Waits until something holds; fails when it does not in time.
#[track_caller]
pub(crate) fn eventually(
    within: Duration,
    what: &str,
    mut holds: impl FnMut() -> bool,
) -> Duration {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < within, "not within {within:?}: {what}");
        thread::sleep(Duration::from_millis(20));
    }
    begun.elapsed()
}

/// The program, without the settings of whoever runs the tests.
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

/// A folder that goes away with the test.
pub(crate) struct Folder(pub(crate) PathBuf);

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
        folder.write_guide();
        folder
    }

    pub(crate) fn write_guide(&self) {
        let site = "title = \"Test Guide\"\ncareer = \"tester\"\ndescription = \"x\"\n\
             edition = \"1\"\ndate = 2026-01-01\nauthor = \"x\"\nsections = [\"one\"]\n\
             licence = { name = \"x\", url = \"https://example.org/\" }\n\
             report = { text = \"x\", url = \"mailto:a@example.org\" }\n";
        for (path, text) in [
            ("site.toml", site.to_owned()),
            ("levels.toml", "[[level]]\nid = \"a\"\nname = \"A\"\nshort = \"A\"\n".to_owned()),
            ("home.md", page("Home", "Text.")),
            ("about.md", page("About", "Text.")),
            ("guide/one.md", page("One", "Text.")),
        ] {
            self.write(path, &text);
        }
    }

    /// Writes a file in one step, as careful editors do.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let draft = path.with_extension("draft~");
        std::fs::write(&draft, text).unwrap();
        std::fs::rename(&draft, &path).unwrap();
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

/// A page of the smallest guide.
pub(crate) fn page(title: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndescription = \"x\"\nchecked = 2026-01-01\n+++\n\n{text}\n")
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A server that ends with the test.
pub(crate) struct Server {
    child: Child,
    pub(crate) said: String,
    pub(crate) address: String,
    log: Arc<Mutex<String>>,
    printed: Arc<Mutex<String>>,
}

/// Keeps what a process says, so that it never waits for a reader.
fn gather(stream: impl std::io::Read + Send + 'static) -> Arc<Mutex<String>> {
    let kept = Arc::new(Mutex::new(String::new()));
    let said = Arc::clone(&kept);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut said = said.lock().unwrap();
            said.push_str(&line);
            said.push('\n');
        }
    });
    kept
}

impl Server {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::spawn(program(&["serve", "--listen", "127.0.0.1:0"]).args(arguments))
    }

    /// Of a command that ends in a server.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut child = command
            // No test has a balancer that must notice; those that mean to say how long.
            .env("CAREER_GUIDE_DRAIN_DELAY", "0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = gather(child.stderr.take().unwrap());
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        output.read_line(&mut said).unwrap();
        let printed = gather(output);
        let address = said.split("http://").nth(1).unwrap_or_default();
        let address = address.split('/').next().unwrap_or_default().to_owned();
        assert!(!address.is_empty(), "{said}{}", log.lock().unwrap());
        Self { child, said, address, log, printed }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// The rest of the line on standard output that begins like this.
    #[track_caller]
    pub(crate) fn said_after(&self, beginning: &str) -> String {
        let mut found = None;
        eventually(Duration::from_secs(5), beginning, || {
            let said = self.printed.lock().unwrap();
            found = said.lines().find_map(|line| line.strip_prefix(beginning)).map(str::to_owned);
            found.is_some()
        });
        found.unwrap_or_default()
    }

    /// As [`Server::ask`], at another address; nothing if nobody is there.
    pub(crate) fn ask_at(address: &str, path: &str) -> String {
        let mut answer = String::new();
        if let Ok(mut stream) = TcpStream::connect(address) {
            let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            let _ = stream.write_all(request.as_bytes());
            let _ = stream.read_to_string(&mut answer);
        }
        answer
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let address: SocketAddr = self.address.parse().unwrap();
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(10)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// All that comes back until the server ends the connection.
    pub(crate) fn send_bytes(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        let mut answer = Vec::new();
        // The server may close before it has read everything: that is an answer too.
        let _ = stream.write_all(request);
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(crate) fn send(&self, request: &str) -> String {
        self.send_bytes(request.as_bytes())
    }

    pub(crate) fn ask(&self, path: &str) -> String {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
    }

    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }

    pub(crate) fn stop(&mut self) -> Option<i32> {
        self.signal("TERM");
        self.wait()
    }

    pub(crate) fn wait(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

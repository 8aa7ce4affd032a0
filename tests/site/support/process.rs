//! Starts the program as people start it, and sends it bytes.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::folder::{Folder, read_folder, repository};

/// Far above what anything takes, on a busy machine too: it only ends a test that hangs.
const HANGS: Duration = Duration::from_mins(1);

/// Waits until something holds, and returns how long that took.
#[track_caller]
pub(crate) fn eventually(what: &str, mut holds: impl FnMut() -> bool) -> Duration {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < HANGS, "not within {HANGS:?}: {what}");
        thread::sleep(Duration::from_millis(20));
    }
    begun.elapsed()
}

/// The program, without the settings of the user who runs the tests.
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

/// The one line on standard error of a program that failed with this exit code.
#[track_caller]
pub(crate) fn error_line(output: &Output, code: i32) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("career-guide: "), "{text}");
    text
}

/// Both outputs of a program that ended with this exit code.
#[track_caller]
pub(crate) fn printed(output: Output, code: i32) -> String {
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

impl Folder {
    /// With the smallest guide.
    pub(crate) fn with_guide() -> Self {
        let folder = Self::new();
        folder.write_guide();
        folder
    }

    pub(crate) fn write_guide(&self) {
        for (path, bytes) in read_folder(&repository("tests/fixtures/minimal")) {
            self.write(&path, bytes);
        }
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// A server of the guide in this folder, which it needs afterwards only if it watches it.
    pub(crate) fn serve(&self, arguments: &[&str]) -> Server {
        Server::start(&[&["--content", self.path()], arguments].concat())
    }
}

/// A server that is stopped when it is dropped, and must then end without failure.
pub(crate) struct Server {
    child: Child,
    /// The first line of its output: where it serves what.
    pub(crate) greeting: String,
    pub(crate) address: String,
    output: Arc<Mutex<String>>,
    log: Arc<Mutex<String>>,
}

/// Collects what a process writes, so that it never waits for a reader.
fn collect(stream: impl std::io::Read + Send + 'static) -> Arc<Mutex<String>> {
    let collected = Arc::new(Mutex::new(String::new()));
    let text = Arc::clone(&collected);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            text.lock().unwrap().extend([&line, "\n"]);
        }
    });
    collected
}

impl Server {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::spawn(program(&["serve", "--listen", "127.0.0.1:0"]).args(arguments))
    }

    /// Of a command that ends in a server.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut child = command
            // No balancer has to notice; tests of the delay set it by a flag.
            .env("CAREER_GUIDE_DRAIN_DELAY", "0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = collect(child.stderr.take().unwrap());
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut greeting = String::new();
        output.read_line(&mut greeting).unwrap();
        let address = greeting.split("http://").nth(1).unwrap_or_default();
        let address = address.split('/').next().unwrap_or_default().to_owned();
        assert!(!address.is_empty(), "{greeting}{}", log.lock().unwrap());
        Self { child, greeting, address, output: collect(output), log }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Host and port of its metrics, which it prints.
    pub(crate) fn metrics_address(&self) -> String {
        const BEFORE: &str = "Metrics are at http://";
        eventually(BEFORE, || self.output.lock().unwrap().contains(BEFORE));
        let output = self.output.lock().unwrap();
        output.split(BEFORE).nth(1).unwrap().split('/').next().unwrap().to_owned()
    }

    /// As [`Server::ask`], at another address; nothing if no program listens there.
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
        let stream = TcpStream::connect_timeout(&self.address.parse().unwrap(), HANGS).unwrap();
        stream.set_read_timeout(Some(HANGS)).unwrap();
        stream.set_write_timeout(Some(HANGS)).unwrap();
        stream
    }

    /// Everything that comes back until the server ends the connection.
    #[track_caller]
    pub(crate) fn send(&self, request: impl AsRef<[u8]>) -> String {
        let mut stream = self.connect();
        // The server may end the connection before it has read everything: that is an answer too.
        let _ = stream.write_all(request.as_ref());
        String::from_utf8_lossy(&read_to_end(&mut stream)).into_owned()
    }

    pub(crate) fn ask(&self, path: &str) -> String {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
    }

    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }

    pub(crate) fn stop(&mut self) -> Option<i32> {
        self.signal("TERM");
        self.wait()
    }

    /// Waits for its end and for the end of its log, and returns its exit code.
    pub(crate) fn wait(&mut self) -> Option<i32> {
        eventually("the server ends", || self.child.try_wait().unwrap().is_some());
        // Until then the thread that collects the log has a share of it.
        eventually("its log ends", || Arc::strong_count(&self.log) == 1);
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.child.kill();
            let _ = self.child.wait();
            return;
        }
        if self.child.try_wait().unwrap().is_none() {
            self.signal("TERM");
        }
        assert_eq!(self.wait(), Some(0), "{}", self.log());
    }
}

/// Everything that comes until the server ends the connection, as it must; how it ends it is all
/// the same.
#[track_caller]
pub(crate) fn read_to_end(stream: &mut TcpStream) -> Vec<u8> {
    let mut all = Vec::new();
    let ended = stream.read_to_end(&mut all);
    let is_open = ended.is_err_and(|error| error.kind() == ErrorKind::WouldBlock);
    assert!(!is_open, "the connection stays open: {}", String::from_utf8_lossy(&all));
    all
}

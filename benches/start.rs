//! Starts the program as a person would and prints what it takes: the time from the start of the
//! process to the first page answered, and its memory at that moment, when everything is packed,
//! and after many readers at once. For the shipped guide and made-up ones up to a thousand
//! sections. Linux only: memory is read from `/proc`.

mod support;

use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use career_guide::content::source::Files;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const STARTS: usize = 7;
const READERS: usize = 64;
const PAGES_A_READER: usize = 500;

fn main() -> Result<()> {
    println!(
        "guide            first answer      memory in MiB: then   packed   with readers   peak"
    );
    measure("shipped", None, "/guide/skills")?;
    for sections in [10, 100, 1000] {
        let name = format!("career-guide-start-{}-{sections}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        write(&support::guide(sections, 3), &folder)?;
        let measured = measure(&format!("{sections} sections"), Some(&folder), "/guide/s1");
        std::fs::remove_dir_all(&folder)?;
        measured?;
    }
    Ok(())
}

/// Puts a made-up guide into a folder.
fn write(files: &Files, folder: &Path) -> Result<()> {
    for (path, bytes) in &files.files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

fn measure(name: &str, folder: Option<&Path>, page: &str) -> Result<()> {
    let mut times = Vec::new();
    for _ in 1..STARTS {
        times.push(Server::start(folder)?.first_answer);
    }
    let server = Server::start(folder)?;
    let at_first = server.memory("VmRSS")?;
    times.push(server.first_answer);
    times.sort_unstable();
    server.wait_until_idle()?;
    let packed = server.memory("VmRSS")?;
    server.serve_readers(page)?;
    println!(
        "{name:<15} {:>7} ms (of {STARTS}: {} to {}) {at_first:>14} {packed:>8} {:>14} {:>6}",
        times[STARTS / 2].as_millis(),
        times[0].as_millis(),
        times[STARTS - 1].as_millis(),
        server.memory("VmRSS")?,
        server.memory("VmHWM")?,
    );
    Ok(())
}

/// A running program, ended when dropped.
struct Server {
    child: Child,
    address: String,
    first_answer: Duration,
}

impl Server {
    fn start(folder: Option<&Path>) -> Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_career-guide"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
        if let Some(folder) = folder {
            command.arg("--content").arg(folder);
        }
        let begun = Instant::now();
        let child = command.spawn()?;
        let mut server = Self { child, address: String::new(), first_answer: Duration::ZERO };
        let mut greeting = String::new();
        BufReader::new(server.child.stdout.take().ok_or("no output")?).read_line(&mut greeting)?;
        let address = greeting.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        address
            .ok_or_else(|| format!("no address in `{greeting}`"))?
            .clone_into(&mut server.address);
        server.connect()?.ask("/")?;
        server.first_answer = begun.elapsed();
        Ok(server)
    }

    fn connect(&self) -> Result<Reader> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        Ok(Reader(BufReader::new(stream)))
    }

    /// MiB, of a line of the process's status.
    fn memory(&self, which: &str) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with(which)).ok_or("no such line")?;
        Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse::<u64>()?.div_ceil(1024))
    }

    /// Packing goes on behind the first answer; it is over when no more time is used.
    fn wait_until_idle(&self) -> Result<()> {
        let used = || -> Result<u64> {
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
            // Fields after the name, which may hold anything: user and system time are the 12th
            // and 13th.
            let fields = stat.rsplit_once(')').ok_or("no name")?.1.split_whitespace();
            fields.skip(11).take(2).map(|field| Ok(field.parse::<u64>()?)).sum()
        };
        let mut before = used()?;
        loop {
            thread::sleep(Duration::from_secs(1));
            let now = used()?;
            if now == before {
                return Ok(());
            }
            before = now;
        }
    }

    /// Answers many readers at once, each with its own connection: of four, three request a page again
    /// and again, and one requests comparisons that are new.
    fn serve_readers(&self, page: &str) -> Result<()> {
        thread::scope(|scope| {
            let readers: Vec<_> = (0..READERS)
                .map(|number| {
                    scope.spawn(move || -> Result<()> {
                        let mut reader = self.connect()?;
                        for count in 0..PAGES_A_READER {
                            match number % 4 {
                                0 => reader.ask(&format!("/compare?n={number}-{count}"))?,
                                _ => reader.ask(page)?,
                            }
                        }
                        Ok(())
                    })
                })
                .collect();
            readers
                .into_iter()
                .try_for_each(|reader| reader.join().map_err(|_| "a reader panicked")?)
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One connection.
struct Reader(BufReader<TcpStream>);

impl Reader {
    /// Reads one whole answer, which must be a page.
    fn ask(&mut self, path: &str) -> Result<()> {
        let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n");
        self.0.get_mut().write_all(head.as_bytes())?;
        let mut length = 0;
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        if !line.starts_with("HTTP/1.1 200 ") {
            return Err(format!("{path} is answered with {line}").into());
        }
        while line != "\r\n" {
            line.clear();
            self.0.read_line(&mut line)?;
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
        }
        self.0.read_exact(&mut vec![0; length])?;
        Ok(())
    }
}

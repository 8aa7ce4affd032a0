//! The command line. Owns what is printed and how the program ends: 0 when all is well, 1 when
//! something is wrong with the world or the guide, 2 when it was called wrongly.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use career_guide::config::{Cli, Command, Config};
use career_guide::content::Content;
use career_guide::content::source::Source;
use career_guide::server::{App, listen, routes};
use career_guide::site::Site;
use clap::Parser as _;
use tracing_subscriber::EnvFilter;

const USAGE: u8 = 2;

fn main() -> ExitCode {
    let Cli { command, settings } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return misused(&error),
    };
    let config = match Config::new(&settings) {
        Ok(config) => config,
        Err(errors) => {
            for line in errors.to_string().lines() {
                eprintln!("career-guide: {line}");
            }
            return ExitCode::from(USAGE);
        }
    };
    let done = match command.unwrap_or(Command::Serve) {
        Command::Serve => serve(config),
        Command::Check { dir } => check(dir, &config),
        Command::Healthcheck => healthcheck(config.listen),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("career-guide: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Help and version go where they are wanted; a mistake gets one line.
fn misused(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed pipe is no reason to complain.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.render().to_string();
    let said = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
    let tip = text.lines().find_map(|line| line.trim().strip_prefix("tip: "));
    let tip = tip.map_or(String::new(), |tip| format!("; {tip}"));
    eprintln!("career-guide: {said}{tip} (career-guide --help says more)");
    ExitCode::from(USAGE)
}

fn serve(mut config: Config) -> Result<(), String> {
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")),
        )
        .with_writer(io::stderr)
        .init();
    // Before the guide is read, so that a taken port is told at once.
    let listener = listen::bind(config.listen).map_err(|error| {
        format!("cannot listen on {}: {}", config.listen, in_plain_words(&error))
    })?;
    config.listen = listener.local_addr().map_err(|error| error.to_string())?;

    let content = load(&config.content)?;
    let title = content.site.title.clone();
    let site = Site::build(content, &config).map_err(|error| error.to_string())?;
    let home = site.urls().path("/");
    let site = Arc::new(site);
    let app = App::new(Arc::clone(&site), routes::all());
    std::thread::spawn(move || site.pack());

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(async {
        let stop = told_to_stop().map_err(|error| format!("cannot hear signals: {error}"))?;
        say(&format!("Serving {title} at http://{}{home}", reachable(config.listen)));
        if config.base_url.is_none() {
            say("No --base-url is set: canonical and preview addresses are left out.");
        }
        match listen::serve(listener, app, stop).await {
            Ok(true) => Ok(()),
            Ok(false) => {
                tracing::warn!("stopped before every request was finished");
                Ok(())
            }
            Err(error) => Err(format!("cannot serve: {error}")),
        }
    })
}

fn check(dir: Option<PathBuf>, config: &Config) -> Result<(), String> {
    let source = dir.map_or_else(|| config.content.clone(), Source::Folder);
    let content = load(&source)?;
    let found = match content.warnings.len() {
        0 => "no problems".to_owned(),
        some => format!("no errors, {}", count(some, "warning", "warnings")),
    };
    say(&format!(
        "{found}: {}, {}, {}, {}",
        count(content.sections.len(), "section", "sections"),
        count(content.salaries.countries.len(), "country", "countries"),
        count(content.salaries.sources.len(), "source", "sources"),
        count(content.statistics.len(), "table of figures", "tables of figures"),
    ));
    Ok(())
}

fn load(source: &Source) -> Result<Content, String> {
    if let Source::Folder(folder) = source {
        std::fs::read_dir(folder).map_err(|error| {
            format!("the folder {} cannot be read: {}", folder.display(), in_plain_words(&error))
        })?;
    }
    let content = Content::load(source).map_err(|problems| {
        eprintln!("{problems}");
        match source {
            Source::Embedded => "the guide within this program has problems".to_owned(),
            Source::Folder(folder) => format!("the guide in {} has problems", folder.display()),
        }
    })?;
    for warning in &content.warnings {
        eprintln!("{warning}");
    }
    Ok(content)
}

/// Asks the probe of a server on this machine, as a container does of itself.
fn healthcheck(listen: SocketAddr) -> Result<(), String> {
    let address = reachable(listen);
    let wait = Duration::from_secs(3);
    let ask = || -> io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, wait)?;
        stream.set_read_timeout(Some(wait))?;
        stream.set_write_timeout(Some(wait))?;
        write!(stream, "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.take(4096).read_to_string(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().map_err(|error| format!("no answer from {address}: {error}"))?;
    let status = answer.split(' ').nth(1).unwrap_or("nothing");
    if status == "200" { Ok(()) } else { Err(format!("{address} answers {status}")) }
}

/// All addresses of this machine include the one it has for itself.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// Comes true on the first SIGTERM or SIGINT.
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

fn in_plain_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => "another program listens there".to_owned(),
        io::ErrorKind::AddrNotAvailable => "this machine has no such address".to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not".to_owned(),
        io::ErrorKind::NotFound => "there is none of that name".to_owned(),
        io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// Prints a line for people; that nobody reads it is no reason to stop.
fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

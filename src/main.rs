//! The command line. Owns what is printed and the exit code: 0 for success, 1 when the guide or the
//! system is at fault, 2 when the command line or a setting is.

use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use career_guide::address::{self, LIVENESS};
use career_guide::config::{Cli, Command, Config, LogFormat};
use career_guide::content::Content;
use career_guide::content::compat::{self, Edition};
use career_guide::content::diagnostics::{Diagnostics, Problems};
use career_guide::content::source::Source;
use career_guide::digest::Digest;
use career_guide::export;
use career_guide::server::App;
use career_guide::server::connection::limits::Limits;
use career_guide::server::connection::{self, Settings, Timeouts};
use career_guide::server::reload::{self, Reloader};
use career_guide::site::Site;
use clap::Parser as _;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

const USAGE: u8 = 2;

fn main() -> ExitCode {
    let Cli { command, settings } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage_error(&error),
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
        Command::Check { dir, against } => check(dir, against, &config),
        Command::Export { dir, replace, precompress } => {
            export(&dir, export::Options { replace, precompress }, &config)
        }
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

/// Prints help and version to standard output, and a mistake as one line to standard error.
fn usage_error(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // If nobody reads the other end of the pipe, that is no fault.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.render().to_string();
    let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
    let tip = text.lines().find_map(|line| line.trim().strip_prefix("tip: "));
    let tip = tip.map_or(String::new(), |tip| format!("; {tip}"));
    eprintln!("career-guide: {message}{tip} (career-guide --help says more)");
    ExitCode::from(USAGE)
}

fn serve(mut config: Config) -> Result<(), String> {
    start_log(&config);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    let within_runtime = runtime.enter();
    let limits = Limits::within_open_files(config.max_connections);
    // Before the guide is read, so that a port in use is reported at once.
    let listener = bind(config.listen)?;
    config.listen = listener.local_addr().map_err(|error| error.to_string())?;
    let metrics = config.metrics_listen.map(bind).transpose()?;

    let (content, files) = read(&config.content, |source| {
        let problems = Problems::default();
        let (files, digest) = reload::read_with_digest(source, &problems);
        Ok((Content::from_files(files, problems)?, digest))
    })?;
    reload::log_warnings(&content, config.today);
    let content = Arc::new(content);
    let title = content.site.title.clone();
    let site = Site::build(Arc::clone(&content), &config).map_err(|error| error.to_string())?;
    let home = site.urls().path(address::HOME);
    let site = Arc::new(site);
    let app = App::new(Arc::clone(&site));
    reload::pack(&app, site);

    let signals = stop_signal(app.clone(), config.drain_delay);
    let signals = signals.map_err(|error| format!("cannot hear signals: {error}"))?;
    start_reloader(&app, &config, content, files)
        .map_err(|error| format!("cannot hear signals: {error}"))?;
    drop(within_runtime);
    runtime.block_on(async {
        say(&format!("Serving {title} at http://{}{home}", reachable(config.listen)));
        for line in startup_notes(&config, limits) {
            say(&line);
        }
        let settings = Settings { limits, timeouts: Timeouts::default() };
        if let Some(listener) = metrics {
            if let Ok(address) = listener.local_addr() {
                say(&format!("Metrics are at http://{}/metrics", reachable(address)));
            }
            tokio::spawn(connection::serve_metrics(
                listener,
                Arc::clone(app.state().metrics()),
                settings.timeouts,
            ));
        }
        if !connection::serve(listener, app, settings, signals).await {
            tracing::warn!("stopped before every request was finished");
        }
    });
    // Does not wait for threads that still pack or read: their results are not needed.
    runtime.shutdown_background();
    Ok(())
}

/// What may surprise the user who starts the server.
fn startup_notes(config: &Config, limits: Limits) -> Vec<String> {
    let mut lines = Vec::new();
    if config.base_url.is_none() {
        lines.push("No --base-url is set: canonical and preview addresses are left out.".into());
    }
    if config.watch && config.content == Source::Embedded {
        lines.push("--watch has no effect: the guide within this program cannot change.".into());
    }
    if limits.connections < config.max_connections {
        lines.push(format!(
            "The limit on open files allows {} connections at once rather than {}.",
            limits.connections, config.max_connections
        ));
    }
    lines
}

/// Log lines go to standard error. Other crates log warnings at most, and each request is logged only
/// at the level debug.
fn start_log(config: &Config) {
    let level = LevelFilter::from_level(config.log_level);
    let own = Targets::new()
        .with_default(level.min(LevelFilter::WARN))
        .with_target("career_guide", level);
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let log = tracing_subscriber::registry().with(own);
    match config.log_format {
        LogFormat::Text => log.with(lines.with_ansi(io::stderr().is_terminal())).init(),
        LogFormat::Json => log.with(lines.json().flatten_event(true)).init(),
    }
}

fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    connection::bind(address)
        .map_err(|error| format!("cannot listen on {address}: {}", describe(&error)))
}

/// Starts the thread that serves a new guide when the folder changes, on SIGHUP, and on a new day.
fn start_reloader(
    app: &App,
    config: &Config,
    content: Arc<Content>,
    files: Digest,
) -> io::Result<()> {
    let mut hangup = signal(SignalKind::hangup())?;
    let (sender, receiver) = mpsc::channel();
    tokio::spawn(async move { while hangup.recv().await.is_some() && sender.send(()).is_ok() {} });
    let reloader = Reloader::new(app.clone(), config.clone(), content, files);
    std::thread::Builder::new().name("reload".into()).spawn(move || reloader.run(&receiver))?;
    Ok(())
}

fn check(dir: Option<PathBuf>, against: Option<PathBuf>, config: &Config) -> Result<(), String> {
    let source = dir.map_or_else(|| config.content.clone(), Source::Folder);
    let edition = read(&source, Edition::load)?;
    if let Some(folder) = against {
        let name = folder.display().to_string();
        let breakages = compat::breakages(&read(&Source::Folder(folder), Edition::load)?, &edition);
        if !breakages.is_empty() {
            eprintln!("{breakages}");
            return Err(format!("readers of the guide in {name} would lose something"));
        }
        say(&format!("nothing of {name} is lost"));
    }
    let content = edition.content();
    let warnings = content.warnings(config.today);
    eprint!("{}", warnings.lines());
    say(&format!(
        "no {}: {}, {}, {}, {}",
        match warnings.list().len() {
            0 => "problems".to_owned(),
            number => format!("errors, {}", count(number, "warning", "warnings")),
        },
        count(content.sections.len(), "section", "sections"),
        count(content.salaries.countries.len(), "country", "countries"),
        count(content.salaries.sources.len(), "source", "sources"),
        count(content.statistics.len(), "table of figures", "tables of figures"),
    ));
    Ok(())
}

fn export(dir: &Path, options: export::Options, config: &Config) -> Result<(), String> {
    let content = read(&config.content, Content::load)?;
    let site = Site::build(Arc::new(content), config).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    // Progress overwrites its own line, which only a terminal can show.
    let on_terminal = io::stderr().is_terminal();
    let progress = |phase, done: usize, all: usize| {
        if on_terminal && (done.is_multiple_of(16) || done == all) {
            let doing = match phase {
                export::Phase::Making => "Making",
                export::Phase::Writing => "Writing",
            };
            eprint!("\r{doing} file {done} of {all}\x1b[K");
        }
    };
    let exported = runtime.block_on(export::export(Arc::new(site), dir, options, &progress));
    if on_terminal {
        // Clears the line for what is printed next.
        eprint!("\r\x1b[K");
    }
    let exported = exported.map_err(|error| error.to_string())?;
    say(&format!(
        "exported {} to {}: {} kB",
        count(exported.files, "file", "files"),
        dir.display(),
        exported.bytes.div_ceil(1000)
    ));
    if config.base_url.is_none() {
        say("No --base-url is set: canonical and preview addresses are left out.");
    }
    Ok(())
}

/// Reads a guide, or prints its problems.
fn read<T>(
    source: &Source,
    load: impl FnOnce(&Source) -> Result<T, Diagnostics>,
) -> Result<T, String> {
    if let Source::Folder(folder) = source {
        std::fs::read_dir(folder).map_err(|error| {
            format!("the folder {} cannot be read: {}", folder.display(), describe(&error))
        })?;
    }
    load(source).map_err(|problems| {
        eprintln!("{problems}");
        match source {
            Source::Embedded => "the guide within this program has problems".to_owned(),
            Source::Folder(folder) => format!("the guide in {} has problems", folder.display()),
        }
    })
}

/// Asks a server on this machine whether it is alive: a container does so to check itself.
fn healthcheck(listen: SocketAddr) -> Result<(), String> {
    let address = reachable(listen);
    let wait = Duration::from_secs(3);
    let ask = || -> io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, wait)?;
        stream.set_read_timeout(Some(wait))?;
        stream.set_write_timeout(Some(wait))?;
        write!(stream, "GET {LIVENESS} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.take(4096).read_to_string(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().map_err(|error| format!("no answer from {address}: {error}"))?;
    let status = answer.split(' ').nth(1).unwrap_or("nothing");
    if status == "200" { Ok(()) } else { Err(format!("{address} answers {status}")) }
}

/// Where to reach a server from this machine: one that listens on all addresses (0.0.0.0, [::]) is
/// reached on the loopback address.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// Ends when no more connections are to be accepted. After SIGTERM the readiness probe fails first, for
/// as long as balancers may need to notice (`delay`); a second signal ends that wait. SIGINT comes from
/// a terminal, where there is no balancer, and so does not wait.
fn stop_signal(app: App, delay: Duration) -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        let waits_for_balancers = tokio::select! {
            _ = terminate.recv() => true,
            _ = interrupt.recv() => false,
        };
        app.state().start_draining();
        tracing::info!("told to stop");
        if waits_for_balancers {
            tokio::select! {
                () = tokio::time::sleep(delay) => {}
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
    })
}

fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => "another program listens there".to_owned(),
        io::ErrorKind::AddrNotAvailable => "this machine has no such address".to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not".to_owned(),
        io::ErrorKind::NotFound => "there is none of that name".to_owned(),
        io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// Prints a line to standard output. If nobody reads the other end of the pipe, that is no fault.
fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

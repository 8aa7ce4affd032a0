//! The command line. Owns what is printed and how the program ends: 0 when all is well, 1 when
//! something is wrong with the world or the guide, 2 when it was called wrongly.

use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use career_guide::config::{Cli, Command, Config, LogFormat};
use career_guide::content::Content;
use career_guide::content::compat::{self, Edition};
use career_guide::content::diagnostics::{Diagnostics, Problems};
use career_guide::content::source::Source;
use career_guide::export;
use career_guide::server::limits::{Limits, Patience};
use career_guide::server::listen::{self, Rules};
use career_guide::server::reload::{self, Reloader};
use career_guide::server::{App, routes};
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
    start_log(&config);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    let within_runtime = runtime.enter();
    let limits = Limits::within_open_files(config.max_connections);
    // Before the guide is read, so that a taken port is told at once.
    let listener = bind(config.listen)?;
    config.listen = listener.local_addr().map_err(|error| error.to_string())?;
    let metrics = config.metrics_listen.map(bind).transpose()?;

    let (content, files) = read(&config.content, |source| {
        let problems = Problems::default();
        let (files, digest) = reload::files(source, &problems);
        Ok((Content::from_files(files, problems)?, digest))
    })?;
    reload::warn(&content, config.today);
    let content = Arc::new(content);
    let title = content.site.title.clone();
    let site = Site::build(Arc::clone(&content), &config).map_err(|error| error.to_string())?;
    let home = site.urls().path("/");
    let site = Arc::new(site);
    let app = App::new(Arc::clone(&site), routes::all());
    reload::pack(&app, site);

    let signals = told_to_stop(app.clone(), config.drain_delay);
    let signals = signals.map_err(|error| format!("cannot hear signals: {error}"))?;
    keep_new(&app, &config, content, files)
        .map_err(|error| format!("cannot hear signals: {error}"))?;
    drop(within_runtime);
    runtime.block_on(async {
        say(&format!("Serving {title} at http://{}{home}", reachable(config.listen)));
        for line in remarks(&config, limits) {
            say(&line);
        }
        let rules = Rules { limits, patience: Patience::default() };
        if let Some(listener) = metrics {
            if let Ok(address) = listener.local_addr() {
                say(&format!("Metrics are at http://{}/metrics", reachable(address)));
            }
            tokio::spawn(listen::serve_metrics(listener, app.metrics(), rules.patience));
        }
        if !listen::serve(listener, app, rules, signals).await {
            tracing::warn!("stopped before every request was finished");
        }
    });
    // What is still being packed or read is for nobody.
    runtime.shutdown_background();
    Ok(())
}

/// What whoever starts the server may not expect.
fn remarks(config: &Config, limits: Limits) -> Vec<String> {
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

/// Log lines go to standard error; what is served is nobody's business there but when asked for.
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
    listen::bind(address)
        .map_err(|error| format!("cannot listen on {address}: {}", in_plain_words(&error)))
}

/// Starts to exchange the guide when it changes, when a SIGHUP says so, and when the day does.
fn keep_new(
    app: &App,
    config: &Config,
    content: Arc<Content>,
    files: blake3::Hash,
) -> io::Result<()> {
    let mut hangup = signal(SignalKind::hangup())?;
    let (tell, told) = mpsc::channel();
    tokio::spawn(async move { while hangup.recv().await.is_some() && tell.send(()).is_ok() {} });
    let reloader = Reloader::new(app.clone(), config.clone(), content, files);
    std::thread::Builder::new().name("reload".into()).spawn(move || reloader.run(&told))?;
    Ok(())
}

fn check(dir: Option<PathBuf>, against: Option<PathBuf>, config: &Config) -> Result<(), String> {
    let source = dir.map_or_else(|| config.content.clone(), Source::Folder);
    let edition = read(&source, Edition::load)?;
    if let Some(folder) = against {
        let told = folder.display().to_string();
        let breakages = compat::breakages(&read(&Source::Folder(folder), Edition::load)?, &edition);
        if !breakages.is_empty() {
            eprintln!("{breakages}");
            return Err(format!("readers of the guide in {told} would lose something"));
        }
        say(&format!("nothing of {told} is lost"));
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
    // Whoever reads a log has no use for a number that changes.
    let watched = io::stderr().is_terminal();
    let progress = |phase, done: usize, all: usize| {
        if watched && (done.is_multiple_of(16) || done == all) {
            let doing = match phase {
                export::Phase::Making => "Making",
                export::Phase::Writing => "Writing",
            };
            eprint!("\r{doing} file {done} of {all}\x1b[K");
        }
    };
    let exported = runtime.block_on(export::export(Arc::new(site), dir, options, &progress));
    if watched {
        // Clears the line for whatever is said next.
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

/// Reads a guide, or prints what is wrong with it.
fn read<T>(
    source: &Source,
    load: impl FnOnce(&Source) -> Result<T, Diagnostics>,
) -> Result<T, String> {
    if let Source::Folder(folder) = source {
        std::fs::read_dir(folder).map_err(|error| {
            format!("the folder {} cannot be read: {}", folder.display(), in_plain_words(&error))
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

/// Comes true when it is time to accept nobody any more. On SIGTERM probes say so first, for as long
/// as balancers may need to notice; a second signal cuts that short, and somebody at a terminal
/// (SIGINT) has no balancer.
fn told_to_stop(app: App, delay: Duration) -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        let patient = tokio::select! {
            _ = terminate.recv() => true,
            _ = interrupt.recv() => false,
        };
        app.drain();
        tracing::info!("told to stop");
        if patient {
            tokio::select! {
                () = tokio::time::sleep(delay) => {}
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
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

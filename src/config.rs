//! Owns the settings: flags, then environment variables, then defaults. All are checked at the start
//! and all mistakes are reported together. The entry point is [`Config::new`]. Must not know what
//! settings do.

mod parse;

use std::ffi::OsString;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tracing::Level;
use url::Url;

use crate::content::source::Source;

/// Any site.
const DEFAULT_FRAME_ANCESTORS: &str = "*";
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 3000);
/// Ten thousand that stay open for long, and some short ones.
const DEFAULT_MAX_CONNECTIONS: usize = 12_000;
/// Time for two probes of a balancer that asks every second.
const DEFAULT_DRAIN_DELAY: Duration = Duration::from_secs(2);

/// A career guide with honest pay figures: Markdown and TOML in, one fast web site out.
#[derive(Debug, Parser)]
#[command(name = "career-guide", version, max_term_width = 100)]
pub struct Cli {
    /// What to do; `serve` when nothing is named.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The settings of whatever is done.
    #[command(flatten)]
    pub settings: Settings,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the guide (the default)
    Serve,
    /// Check a guide and print its problems, each with its file and line
    Check {
        /// The folder to check [default: as --content says]
        dir: Option<PathBuf>,
        /// An earlier copy of the guide: also print every link that would break, and every figure
        /// that changed without an entry in changes.toml
        #[arg(long, value_name = "OLD_DIR")]
        against: Option<PathBuf>,
    },
    /// Write the whole site as files, for any host that serves files
    Export {
        /// The folder to write; everything appears in it at once
        dir: PathBuf,
        /// Replace an earlier export
        #[arg(long)]
        replace: bool,
        /// Put .br and .gz beside what packing makes smaller
        #[arg(long)]
        precompress: bool,
    },
    /// Ask a running server on this machine whether it is well; for containers
    Healthcheck,
}

/// Settings as they were given, all as text: so that [`Config::new`] can report all mistakes together,
/// which clap cannot.
#[derive(Args, Clone, Debug, Default)]
pub struct Settings {
    /// Address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, global = true, value_name = "ADDRESS", env = "CAREER_GUIDE_LISTEN")]
    #[arg(hide_env_values = true)]
    pub listen: Option<String>,
    /// Folder with the guide [default: the guide within this program]
    #[arg(long, global = true, value_name = "DIR", env = "CAREER_GUIDE_CONTENT")]
    #[arg(hide_env_values = true)]
    pub content: Option<OsString>,
    /// Public address of the site, perhaps with a path [default: none; no canonical addresses]
    #[arg(long, global = true, value_name = "URL", env = "CAREER_GUIDE_BASE_URL")]
    #[arg(hide_env_values = true)]
    pub base_url: Option<String>,
    /// Who may frame /embed: origins, 'self', 'none' or * [default: *]
    #[arg(long, global = true, value_name = "ORIGINS", env = "CAREER_GUIDE_FRAME_ANCESTORS")]
    #[arg(hide_env_values = true)]
    pub frame_ancestors: Option<String>,
    /// Serve changes of the folder as they are made
    #[arg(long, global = true, value_name = "YES", env = "CAREER_GUIDE_WATCH")]
    #[arg(hide_env_values = true, num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "yes")]
    pub watch: Option<String>,
    /// Address and port at which Prometheus reads metrics [default: none]
    #[arg(long, global = true, value_name = "ADDRESS", env = "CAREER_GUIDE_METRICS_LISTEN")]
    #[arg(hide_env_values = true)]
    pub metrics_listen: Option<String>,
    /// How log lines are written: text or json [default: text]
    #[arg(long, global = true, value_name = "FORMAT", env = "CAREER_GUIDE_LOG_FORMAT")]
    #[arg(hide_env_values = true)]
    pub log_format: Option<String>,
    /// What is logged: error, warn, info, or debug for every request [default: info]
    #[arg(long, global = true, value_name = "LEVEL", env = "CAREER_GUIDE_LOG_LEVEL")]
    #[arg(hide_env_values = true)]
    pub log_level: Option<String>,
    /// Connections served at once, if the limit on open files allows it [default: 12000]
    #[arg(long, global = true, value_name = "NUMBER", env = "CAREER_GUIDE_MAX_CONNECTIONS")]
    #[arg(hide_env_values = true)]
    pub max_connections: Option<String>,
    /// Seconds to go on serving after SIGTERM while /readyz says no [default: 2]
    #[arg(long, global = true, value_name = "SECONDS", env = "CAREER_GUIDE_DRAIN_DELAY")]
    #[arg(hide_env_values = true)]
    pub drain_delay: Option<String>,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// An object a line, for programs.
    Json,
}

/// Settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where the guide is read from.
    pub content: Source,
    /// The public address of the site: http or https, without query, fragment or user.
    pub base_url: Option<Url>,
    /// Who may frame the pages made for it, as the Content Security Policy writes them.
    pub frame_ancestors: String,
    /// Whether changes of the folder are served as they are made.
    pub watch: bool,
    /// Where the metrics are read; nowhere when none is given.
    pub metrics_listen: Option<SocketAddr>,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// What is logged.
    pub log_level: Level,
    /// Connections served at once, at most.
    pub max_connections: usize,
    /// How long to go on serving after SIGTERM, so that balancers notice.
    pub drain_delay: Duration,
    /// The day for which the site is built: rates and rules past their time are named as such.
    pub today: Date,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: DEFAULT_LISTEN,
            content: Source::Embedded,
            base_url: None,
            frame_ancestors: DEFAULT_FRAME_ANCESTORS.to_owned(),
            watch: false,
            metrics_listen: None,
            log_format: LogFormat::default(),
            log_level: Level::INFO,
            max_connections: DEFAULT_MAX_CONNECTIONS,
            drain_delay: DEFAULT_DRAIN_DELAY,
            today: today(),
        }
    }
}

/// All mistakes in the settings, a line each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigErrors(Vec<String>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl Config {
    /// Checks all settings. An empty value counts as none: that is how compose files leave a
    /// variable unset.
    pub fn new(settings: &Settings) -> Result<Self, ConfigErrors> {
        let mut mistakes = Mistakes::default();
        let mut config = Self::default();
        if let Some(folder) = settings.content.as_ref().filter(|folder| !folder.is_empty()) {
            config.content = Source::Folder(folder.into());
        }
        let listen = |text: &str| parse::listen("--listen", text);
        mistakes.read(&mut config.listen, settings.listen.as_deref(), listen);
        let base_url = |text: &str| parse::base_url(text).map(Some);
        mistakes.read(&mut config.base_url, settings.base_url.as_deref(), base_url);
        let framing = settings.frame_ancestors.as_deref();
        mistakes.read(&mut config.frame_ancestors, framing, parse::frame_ancestors);
        mistakes.read(&mut config.watch, settings.watch.as_deref(), parse::watch);
        let metrics = |text: &str| parse::listen("--metrics-listen", text).map(Some);
        mistakes.read(&mut config.metrics_listen, settings.metrics_listen.as_deref(), metrics);
        mistakes.read(&mut config.log_format, settings.log_format.as_deref(), parse::log_format);
        mistakes.read(&mut config.log_level, settings.log_level.as_deref(), parse::log_level);
        let connections = settings.max_connections.as_deref();
        mistakes.read(&mut config.max_connections, connections, parse::max_connections);
        mistakes.read(&mut config.drain_delay, settings.drain_delay.as_deref(), parse::drain_delay);
        if config.metrics_listen == Some(config.listen) && config.listen.port() != 0 {
            let both = config.listen;
            mistakes.0.push(format!("--metrics-listen `{both}` is where the guide is served"));
        }
        if mistakes.0.is_empty() { Ok(config) } else { Err(ConfigErrors(mistakes.0)) }
    }

    /// Whether visitors come by TLS.
    pub fn is_https(&self) -> bool {
        self.base_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }
}

/// The mistakes that were found so far.
#[derive(Default)]
struct Mistakes(Vec<String>);

impl Mistakes {
    /// Replaces the default of a setting by what was given, if that is not empty and right.
    fn read<T>(
        &mut self,
        setting: &mut T,
        given: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) {
        match given.filter(|text| !text.is_empty()).map(parse) {
            None => {}
            Some(Ok(value)) => *setting = value,
            Some(Err(mistake)) => self.0.push(mistake),
        }
    }
}

/// The day in Coordinated Universal Time, so that replicas anywhere agree.
pub fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(listen: &str, base_url: &str) -> Settings {
        Settings {
            listen: Some(listen.to_owned()),
            base_url: Some(base_url.to_owned()),
            ..Settings::default()
        }
    }

    #[test]
    fn without_any_setting_the_defaults_hold() {
        let config = Config::new(&Settings::default()).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
        assert_eq!(config.content, Source::Embedded);
        assert_eq!(config.base_url, None);
    }

    #[test]
    fn an_empty_value_counts_as_none() {
        let config = Config::new(&Settings {
            listen: Some(String::new()),
            content: Some(OsString::new()),
            base_url: Some(String::new()),
            frame_ancestors: Some(String::new()),
            watch: Some(String::new()),
            metrics_listen: Some(String::new()),
            log_format: Some(String::new()),
            log_level: Some(String::new()),
            max_connections: Some(String::new()),
            drain_delay: Some(String::new()),
        });
        assert_eq!(config.unwrap().content, Source::Embedded);
    }

    #[test]
    fn each_setting_names_what_is_wrong_with_it() {
        let all = Settings {
            listen: Some("a".into()),
            base_url: Some("b".into()),
            frame_ancestors: Some("c".into()),
            watch: Some("d".into()),
            metrics_listen: Some("e".into()),
            log_format: Some("f".into()),
            log_level: Some("g".into()),
            max_connections: Some("0".into()),
            drain_delay: Some("-1".into()),
            content: None,
        };
        let errors = Config::new(&all).unwrap_err().to_string();
        assert_eq!(errors.lines().count(), 9, "{errors}");
        for flag in [
            "--listen `a`",
            "--base-url `b`",
            "--watch `d`",
            "--metrics-listen `e`",
            "--drain-delay `-1`",
        ] {
            assert!(errors.contains(flag), "{errors}");
        }
        let listen = Some("127.0.0.1:81".to_owned());
        let same = Settings { listen: listen.clone(), metrics_listen: listen, ..all.clone() };
        let errors = Config::new(&same).unwrap_err().to_string();
        assert!(errors.contains("is where the guide is served"), "{errors}");
    }

    #[test]
    fn a_flag_that_switches_needs_no_value_and_may_have_one() {
        for (arguments, expected) in [
            (&["x", "--watch"][..], true),
            (&["x", "--watch", "serve"], true),
            (&["x", "--watch=no"], false),
            (&["x"], false),
        ] {
            let cli = Cli::try_parse_from(arguments).unwrap();
            assert_eq!(Config::new(&cli.settings).unwrap().watch, expected, "{arguments:?}");
        }
    }

    #[test]
    fn a_base_url_may_have_a_path_and_nothing_more() {
        for right in ["https://example.org", "http://localhost:8080/", "https://a.example/b/c-d/"] {
            assert!(Config::new(&settings("", right)).is_ok(), "{right}");
        }
        for wrong in [
            "example.org",
            "//example.org",
            "https://",
            "mailto:a@example.org",
            "https://user@example.org",
            "https://:secret@example.org",
            "https://example.org/?a",
            "https://example.org/#a",
            "https://example.org/a//b",
            "https://example.org/a%2Fb",
            "https://example.org/\"><script>",
        ] {
            let errors = Config::new(&settings("", wrong)).unwrap_err().to_string();
            assert_eq!(errors.lines().count(), 1, "{errors}");
            assert!(errors.contains(wrong), "{errors}");
        }
    }

    #[test]
    fn listening_by_name_means_this_machine() {
        let config = Config::new(&settings("localhost:81", "")).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:81");
        assert!(Config::new(&settings("[::]:3000", "")).is_ok());
    }

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }
}

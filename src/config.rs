//! Owns the settings: flags, then environment, then defaults, all checked at start and all wrong
//! ones told at once. The entry point is [`Config::new`]. Knows nothing of what settings do.

use std::ffi::OsString;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use url::Url;

use crate::content::source::Source;

const ANYONE: &str = "*";
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 3000);

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
    /// Check a guide and print every problem with its file and line
    Check {
        /// The folder to check [default: as --content says]
        dir: Option<PathBuf>,
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

/// Settings as they were given, not yet checked: so that one run can tell all that is wrong.
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
    /// The day for which the site is built: rates and rules past their time are named as such.
    pub today: Date,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: DEFAULT_LISTEN,
            content: Source::Embedded,
            base_url: None,
            frame_ancestors: ANYONE.to_owned(),
            today: today(),
        }
    }
}

/// Everything that is wrong with the settings, a line each.
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
        let mut errors = Vec::new();
        let mut keep = |error: String| errors.push(error);
        let given = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());

        let listen = given(&settings.listen)
            .and_then(|text| parse_listen(&text).map_err(&mut keep).ok())
            .unwrap_or(DEFAULT_LISTEN);
        let base_url = given(&settings.base_url)
            .and_then(|text| parse_base_url(&text).map_err(&mut keep).ok());
        let frame_ancestors = given(&settings.frame_ancestors)
            .and_then(|text| parse_frame_ancestors(&text).map_err(keep).ok())
            .unwrap_or_else(|| ANYONE.to_owned());
        let content = match &settings.content {
            Some(folder) if !folder.is_empty() => Source::Folder(folder.into()),
            _ => Source::Embedded,
        };
        if errors.is_empty() {
            Ok(Self { listen, content, base_url, frame_ancestors, today: today() })
        } else {
            Err(ConfigErrors(errors))
        }
    }

    /// Whether visitors come by TLS.
    pub fn is_https(&self) -> bool {
        self.base_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }
}

/// The day in Coordinated Universal Time, so that replicas anywhere agree.
pub fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}

fn parse_listen(text: &str) -> Result<SocketAddr, String> {
    let numeric = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    numeric.parse().map_err(|_| {
        format!(
            "--listen `{text}` is not an address with a port, such as 127.0.0.1:3000 or [::]:3000"
        )
    })
}

fn parse_base_url(text: &str) -> Result<Url, String> {
    let wrong = |why: &str| Err(format!("--base-url `{text}` {why}"));
    let Ok(url) = Url::parse(text) else {
        return wrong(
            "is not an address such as https://example.org or https://example.org/careers",
        );
    };
    if !matches!(url.scheme(), "http" | "https") {
        return wrong("must begin with http:// or https://");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("must not hold a user name or password");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return wrong("must not have a query or a fragment (`?` or `#`)");
    }
    // Every address of the site begins with this path, in HTML as in headers: keep it plain.
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
    if !url.path().chars().all(plain) || url.path().contains("//") {
        return wrong("must have a path of letters, digits, `-`, `.`, `_` and `~` only");
    }
    Ok(url)
}

/// Sources as the Content Security Policy (level 3, section 6.4.2.1) writes them.
fn parse_frame_ancestors(text: &str) -> Result<String, String> {
    let sources: Vec<&str> = text.split([' ', ',']).filter(|part| !part.is_empty()).collect();
    let alone = sources.len() == 1;
    for source in &sources {
        let known = match *source {
            "*" | "'none'" => alone,
            "'self'" => true,
            origin => is_origin(origin),
        };
        if !known {
            return Err(format!(
                "--frame-ancestors `{source}` is not an origin such as https://example.org, nor \
                 'self'; `*` and 'none' stand alone"
            ));
        }
    }
    Ok(sources.join(" "))
}

/// `https://example.org`, perhaps with a port or a leading `*.`.
fn is_origin(text: &str) -> bool {
    let plain = text.replacen("://*.", "://", 1);
    Url::parse(&plain).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(listen: &str, base_url: &str) -> Settings {
        Settings {
            listen: Some(listen.to_owned()),
            content: None,
            base_url: Some(base_url.to_owned()),
            frame_ancestors: None,
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
        });
        assert_eq!(config.unwrap().content, Source::Embedded);
    }

    #[test]
    fn all_wrong_settings_are_told_at_once() {
        let errors = Config::new(&settings("3000", "ftp://example.org")).unwrap_err().to_string();
        assert_eq!(errors.lines().count(), 2, "{errors}");
        assert!(errors.contains("--listen `3000`"), "{errors}");
        assert!(errors.contains("--base-url `ftp://example.org`"), "{errors}");
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
    fn who_may_frame_is_a_list_of_origins() {
        for right in ["*", "'none'", "'self' https://a.example", "https://*.a.example:8443"] {
            assert_eq!(parse_frame_ancestors(right).unwrap(), right);
        }
        assert_eq!(
            parse_frame_ancestors("https://a.example,'self'").unwrap(),
            "https://a.example 'self'"
        );
        for wrong in [
            "* 'self'",
            "a.example",
            "https://a.example/path",
            "'unsafe-inline'",
            "https://a;script-src *",
        ] {
            assert!(parse_frame_ancestors(wrong).is_err(), "{wrong}");
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

//! Owns how the value of each setting is written, and the message for one that is wrong.

use std::net::SocketAddr;
use std::time::Duration;

use tracing::Level;
use url::Url;

use super::LogFormat;

pub(super) fn listen(flag: &str, text: &str) -> Result<SocketAddr, String> {
    let numeric = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    numeric.parse().map_err(|_| {
        format!(
            "{flag} `{text}` is not an address with a port, such as 127.0.0.1:3000 or [::]:3000"
        )
    })
}

pub(super) fn watch(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" | "1" => Ok(true),
        "no" | "false" | "off" | "0" => Ok(false),
        _ => Err(format!("--watch `{text}` is neither yes nor no")),
    }
}

pub(super) fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(format!("--log-format `{text}` is neither text nor json")),
    }
}

pub(super) fn log_level(text: &str) -> Result<Level, String> {
    match text {
        "error" => Ok(Level::ERROR),
        "warn" => Ok(Level::WARN),
        "info" => Ok(Level::INFO),
        "debug" => Ok(Level::DEBUG),
        _ => Err(format!("--log-level `{text}` is none of error, warn, info and debug")),
    }
}

pub(super) fn max_connections(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number @ 1..=1_000_000) => Ok(number),
        _ => Err(format!("--max-connections `{text}` is not a number from 1 to 1000000")),
    }
}

pub(super) fn drain_delay(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(seconds @ 0..=300) => Ok(Duration::from_secs(seconds)),
        _ => Err(format!("--drain-delay `{text}` is not a number of seconds from 0 to 300")),
    }
}

pub(super) fn base_url(text: &str) -> Result<Url, String> {
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
pub(super) fn frame_ancestors(text: &str) -> Result<String, String> {
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

    #[test]
    fn frame_ancestors_are_a_list_of_origins() {
        for right in ["*", "'none'", "'self' https://a.example", "https://*.a.example:8443"] {
            assert_eq!(frame_ancestors(right).unwrap(), right);
        }
        assert_eq!(
            frame_ancestors("https://a.example,'self'").unwrap(),
            "https://a.example 'self'"
        );
        for wrong in [
            "* 'self'",
            "a.example",
            "https://a.example/path",
            "'unsafe-inline'",
            "https://a;script-src *",
        ] {
            assert!(frame_ancestors(wrong).is_err(), "{wrong}");
        }
    }
}

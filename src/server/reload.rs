//! Owns the exchange of the guide while it is served: when its folder changes, when the program is
//! told to, and when the day does. The entry point is [`Reloader`]. A guide with problems is never
//! served: the last good one stays. Works on a thread of its own, so that no request waits for it.

mod debounce;
mod fingerprint;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::App;
use super::error::catch_panic;
use super::metrics::Reload;
use crate::config::{Config, today};
use crate::content::Content;
use crate::content::diagnostics::{Diagnostic, Problems};
use crate::content::source::Source;
use crate::digest::{Digest, Digester};
use crate::site::Site;
use debounce::Debounce;

/// How often a folder is looked at. A change is seen after one look and taken after the next.
const PAUSE: Duration = Duration::from_millis(250);
/// A large folder on a slow volume is looked at less often, so that looking takes a small part of
/// one core; never so seldom that a change would go unseen for long.
const LOOK_COST_RATIO: u32 = 20;
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// File systems that note times to the second or two cannot tell two changes within one: after a
/// change the files themselves are compared once more.
const COARSEST_TIMES: Duration = Duration::from_millis(2500);
/// A machine that slept wakes up on another day: the clock is looked at now and then.
const CLOCK_PAUSE: Duration = Duration::from_mins(1);

/// Keeps what is served as new as what stands in the folder.
pub struct Reloader {
    app: App,
    config: Config,
    served: Arc<Content>,
    /// Of the files that were tried last, whether they are served or were refused.
    tried: Digest,
    debounce: Option<Debounce>,
    look_again: Option<Instant>,
    look_took: Duration,
    clock: fn() -> Date,
}

impl Reloader {
    /// For a site that is served already; `files` is what [`read_with_digest`] said of what it was made from.
    pub fn new(app: App, config: Config, served: Arc<Content>, files: Digest) -> Self {
        let debounce = match &config.content {
            Source::Folder(folder) if config.watch => Some(Debounce::new(fingerprint::of(folder))),
            _ => None,
        };
        Self {
            app,
            config,
            served,
            tried: files,
            debounce,
            // What changed between reading the guide and this moment.
            look_again: Some(Instant::now()),
            look_took: Duration::ZERO,
            clock: today,
        }
    }

    /// With another calendar.
    #[must_use]
    pub fn with_clock(self, clock: fn() -> Date) -> Self {
        Self { clock, ..self }
    }

    /// Runs until the sender is gone. Each message asks for a reload now.
    pub fn run(mut self, requests: &Receiver<()>) {
        loop {
            match requests.recv_timeout(self.pause()) {
                Ok(()) => {
                    self.rebuild_on_a_new_day();
                    self.reload_on_request();
                }
                Err(RecvTimeoutError::Timeout) => self.look(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn pause(&self) -> Duration {
        match self.debounce {
            Some(_) => (self.look_took * LOOK_COST_RATIO).clamp(PAUSE, LONGEST_PAUSE),
            None => until_midnight().min(CLOCK_PAUSE),
        }
    }

    fn look(&mut self) {
        self.rebuild_on_a_new_day();
        let Source::Folder(folder) = &self.config.content else { return };
        let Some(debounce) = &mut self.debounce else { return };
        let begun = Instant::now();
        let changed = debounce.is_ready(fingerprint::of(folder), begun);
        self.look_took = begun.elapsed();
        if changed {
            self.look_again = Some(Instant::now() + COARSEST_TIMES);
            let outcome = self.reload();
            self.app.state().record_reload(outcome);
        } else if self.look_again.is_some_and(|at| at <= begun) && debounce.is_settled() {
            self.look_again = None;
            let outcome = self.reload();
            if outcome != Reload::Unchanged {
                self.app.state().record_reload(outcome);
            }
        }
    }

    fn reload_on_request(&mut self) {
        if self.config.content == Source::Embedded {
            tracing::warn!("told to reload, but the guide within this program cannot change");
            return;
        }
        let outcome = self.reload();
        if outcome == Reload::Unchanged {
            tracing::info!("told to reload: nothing has changed");
        }
        self.app.state().record_reload(outcome);
    }

    fn reload(&mut self) -> Reload {
        let problems = Problems::default();
        let (files, digest) = read_with_digest(&self.config.content, &problems);
        if digest == self.tried {
            return Reload::Unchanged;
        }
        self.tried = digest;
        // A guide that nobody foresaw must not end the watch over those that come after it.
        let content = catch_panic(|| Content::from_files(files, problems));
        match content {
            Ok(Ok(content)) => self.serve(Arc::new(content)),
            Err(panic) => {
                tracing::error!(%panic, "the guide cannot be read: the last one is still served");
                Reload::Refused(1)
            }
            Ok(Err(diagnostics)) => {
                diagnostics.shortened().0.iter().for_each(log_problem);
                let problems = diagnostics.list().len();
                tracing::error!(
                    problems,
                    "the guide has problems: the last good edition is still served"
                );
                Reload::Refused(problems)
            }
        }
    }

    /// Rates and rules may have passed their time: pages say so from the first minute of that day.
    /// The guide is not read anew, for nobody has said that a change of it is finished.
    fn rebuild_on_a_new_day(&mut self) {
        let day = (self.clock)();
        if day != self.config.today {
            self.config.today = day;
            self.serve(Arc::clone(&self.served));
        }
    }

    fn serve(&mut self, content: Arc<Content>) -> Reload {
        let begun = Instant::now();
        let built = catch_panic(|| Site::build(Arc::clone(&content), &self.config));
        let site = match built.and_then(|site| site.map_err(|error| error.to_string())) {
            Ok(site) => Arc::new(site),
            Err(error) => {
                tracing::error!(%error, "the site cannot be built: the last one is still served");
                return Reload::Refused(1);
            }
        };
        self.served = content;
        self.app.state().replace_site(Arc::clone(&site));
        let info = &site.content().site;
        let took = begun.elapsed().as_millis();
        tracing::info!(edition = %info.edition, date = %info.date, ms = took, "serving anew");
        log_warnings(site.content(), self.config.today);
        pack(&self.app, site);
        Reload::Served
    }
}

/// Logs what no longer holds: once for each site, not for each request.
pub fn log_warnings(content: &Content, today: Date) {
    let warnings = content.warnings(today);
    let (shown, more) = warnings.shortened();
    for warning in shown {
        tracing::warn!("{warning}");
    }
    if more > 0 {
        tracing::warn!("{more} more warnings");
    }
}

/// Packs in the background, until another site takes the place of this one.
pub fn pack(app: &App, site: Arc<Site>) {
    let app = app.clone();
    std::thread::spawn(move || site.pack_while(|| app.state().is_serving(&site)));
}

/// The files of a guide, and what tells them from any others, what cannot be read included.
pub fn read_with_digest(
    source: &Source,
    problems: &Problems,
) -> (crate::content::source::Files, Digest) {
    let files = source.read(problems);
    let mut digester = Digester::default();
    for (path, bytes) in &files.files {
        digester.add(path.as_bytes());
        digester.add(bytes);
    }
    problems.each(|problem| digester.add(problem.to_string().as_bytes()));
    (files, digester.finish())
}

fn log_problem(problem: &Diagnostic) {
    tracing::error!(
        file = %problem.file,
        line = problem.line,
        column = problem.column,
        code = %problem.code,
        help = problem.help.as_deref().unwrap_or_default(),
        "{}",
        problem.message
    );
}

fn until_midnight() -> Duration {
    let now = TimeZone::UTC.to_datetime(Timestamp::now());
    now.date()
        .checked_add(1.day())
        .map_or(CLOCK_PAUSE, |tomorrow| now.duration_until(tomorrow.at(0, 0, 0, 0)).unsigned_abs())
}

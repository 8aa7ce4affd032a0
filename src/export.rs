//! Owns the site as files, for any host that serves files: `files` collects them from the server's
//! own answers, `folder` writes them so that the folder is, at any moment, either what it was or the
//! whole new site. The entry point is [`export`]. Must not know the command line.

mod files;
mod folder;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use http::StatusCode;

use crate::site::compress::{Effort, Encoding, compress};
use crate::site::{Site, parallel};
use files::File;
use folder::StagedFolder;

/// The packed forms of a file, and how their names end.
const PACKED: [(Encoding, &str); 2] = [(Encoding::Brotli, ".br"), (Encoding::Gzip, ".gz")];

/// How a site is exported.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether an earlier export may be replaced.
    pub replace: bool,
    /// Whether packed forms, `.br` and `.gz`, are put beside what packing makes smaller.
    pub precompress: bool,
}

/// The part of an export that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The site is asked for every address; how many there are turns out meanwhile.
    Making,
    /// Files are packed and written.
    Writing,
}

/// Called with how much of a phase is done, and of how much.
pub type Progress<'a> = &'a (dyn Fn(Phase, usize, usize) + Sync);

/// What was written.
#[derive(Clone, Copy, Debug)]
pub struct Exported {
    /// How many, packed forms included.
    pub files: usize,
    /// How many, of all files together.
    pub bytes: u64,
}

/// Why nothing was exported. The folder is then as it was.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The folder holds something.
    #[error(
        "the folder {0} is not empty; --replace puts the new site in the place of an earlier export"
    )]
    NotEmpty(PathBuf),
    /// The folder was not written by an export, and must not be lost.
    #[error(
        "the folder {0} was not written by an export, so it is not replaced; empty it, or name another"
    )]
    NotAnExport(PathBuf),
    /// The folder holds files that no export wrote, which must not be lost.
    #[error("the folder {folder} holds what no export wrote ({}), so it is not replaced; move that elsewhere", .names.join(", "))]
    UnknownFiles {
        /// The folder.
        folder: PathBuf,
        /// Some of their names.
        names: Vec<String>,
    },
    /// Another export to the same folder is running.
    #[error("another export to {0} is under way")]
    Busy(PathBuf),
    /// The folder is the root of a file system, which cannot be exchanged for another.
    #[error(
        "{0} is where a file system is mounted, which cannot be exchanged as a whole; name a folder within it"
    )]
    Mounted(PathBuf),
    /// The file system lacks the exchange of two folders.
    #[error(
        "the file system of {0} cannot exchange two folders at once; export to a folder that does not exist yet"
    )]
    NoExchange(PathBuf),
    /// A file or folder cannot be read or written.
    #[error("{} cannot be {action}: {}", .path.display(), describe(.source))]
    File {
        /// Which.
        path: PathBuf,
        /// "read", "written", "emptied".
        action: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// The template of a page that only an export has failed.
    #[error("the page {path} cannot be rendered: {source}")]
    Page {
        /// Which.
        path: String,
        /// What the template says.
        source: askama::Error,
    },
    /// A page leads to an address that the site does not answer.
    #[error("the site answers {status} at {address}, so it cannot be exported whole")]
    Unanswered {
        /// Below the base path.
        address: String,
        /// What it answers, instead of 200 or a redirect.
        status: StatusCode,
    },
    /// Two addresses cannot both be files.
    #[error("{0} would have to be a file and a folder at once: rename the page or redirect")]
    Collision(String),
}

/// Writes the whole site into a folder, which must not exist, be empty, or be an earlier export
/// that may be replaced.
pub async fn export(
    site: Arc<Site>,
    target: &Path,
    options: Options,
    progress: Progress<'_>,
) -> Result<Exported, ExportError> {
    let folder = StagedFolder::prepare(target, options.replace)?;
    let mut files = files::collect(site, progress).await?;
    files.push(folder::list_of_files(&files, options.precompress));
    let exported = write(&folder, &files, options, progress)?;
    folder.publish()?;
    Ok(exported)
}

fn write(
    folder: &StagedFolder,
    files: &[File],
    options: Options,
    progress: Progress<'_>,
) -> Result<Exported, ExportError> {
    folder.make_folders(files.iter().map(|file| &*file.name))?;
    let effort = Effort::for_total(files.iter().map(|file| file.body.len()).sum());
    let failed = AtomicBool::new(false);
    let done = AtomicUsize::new(0);
    let results = parallel::map(files, |file| {
        // After one failure the others are left out: a full disk would fail for each of them.
        if failed.load(Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        let written = write_one(folder, file, effort, options.precompress);
        failed.fetch_or(written.is_err(), Ordering::Relaxed);
        progress(Phase::Writing, done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
        written
    });
    let written = results.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
    folder.sync(written.iter().map(|(name, _)| &**name))?;
    Ok(Exported { files: written.len(), bytes: written.iter().map(|(_, bytes)| bytes).sum() })
}

/// A file and its packed forms: their names and sizes.
fn write_one(
    folder: &StagedFolder,
    file: &File,
    effort: Effort,
    precompress: bool,
) -> Result<Vec<(String, u64)>, ExportError> {
    let mut written = Vec::with_capacity(3);
    let mut put = |name: String, body: &[u8]| -> Result<(), ExportError> {
        folder.write(&name, body)?;
        written.push((name, body.len() as u64));
        Ok(())
    };
    put(file.name.clone(), &file.body)?;
    if precompress && file.is_compressible {
        for (encoding, ending) in PACKED {
            if let Some(small) = compress(&file.body, encoding, effort) {
                put(format!("{}{ending}", file.name), &small)?;
            }
        }
    }
    Ok(written)
}

fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::QuotaExceeded => "this user's share of the disk is full".to_owned(),
        io::ErrorKind::FileTooLarge => "it is larger than files may be here".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not".to_owned(),
        io::ErrorKind::NotFound => "there is none of that name".to_owned(),
        io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
        io::ErrorKind::InvalidFilename => "its name is too long".to_owned(),
        _ => error.to_string(),
    }
}

//! Owns the site as files, for any host that serves files: `files` says which there are and takes
//! them from the router, `folder` puts them down so that the folder is, at any moment, either what
//! it was or the whole new site. The entry point is [`export`]. Knows nothing of the command line.

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
use folder::Folder;

/// How a site is exported.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether an earlier export may be replaced.
    pub replace: bool,
    /// Whether packed forms, `.br` and `.gz`, are put beside what packing makes smaller.
    pub precompress: bool,
}

/// What takes its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The site is asked for everything; how much that is shows meanwhile.
    Making,
    /// Files are packed and written.
    Writing,
}

/// Is told of what how much is done, and of how much.
pub type Progress<'a> = &'a (dyn Fn(Phase, usize, usize) + Sync);

/// What was written.
#[derive(Clone, Copy, Debug)]
pub struct Exported {
    /// Packed forms count too.
    pub files: usize,
    /// Of all files together.
    pub bytes: u64,
}

/// Why nothing was exported. Whatever stood in the folder still does.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The folder holds something.
    #[error(
        "the folder {0} is not empty; --replace puts the new site in the place of an earlier export"
    )]
    NotEmpty(PathBuf),
    /// It is not an export, and must not be lost.
    #[error(
        "the folder {0} was not written by an export, so it is not replaced; empty it, or name another"
    )]
    Foreign(PathBuf),
    /// It is an export with something added, which must not be lost.
    #[error("the folder {folder} holds what no export wrote ({}), so it is not replaced; move that elsewhere", .strange.join(", "))]
    Added {
        /// The folder.
        folder: PathBuf,
        /// A few names.
        strange: Vec<String>,
    },
    /// Somebody else is at it.
    #[error("another export to {0} is under way")]
    Busy(PathBuf),
    /// It cannot be exchanged for another as a whole.
    #[error(
        "{0} is where a file system is mounted, which cannot be exchanged as a whole; name a folder within it"
    )]
    Mounted(PathBuf),
    /// The file system lacks the exchange of two folders.
    #[error(
        "the file system of {0} cannot exchange two folders at once; export to a folder that does not exist yet"
    )]
    NoExchange(PathBuf),
    /// A file or folder.
    #[error("{} cannot be {done}: {}", .path.display(), plainly(.source))]
    File {
        /// Which.
        path: PathBuf,
        /// "read", "written".
        done: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// A page is rendered for files alone.
    #[error("the page {path} cannot be rendered: {source}")]
    Page {
        /// Which.
        path: String,
        /// What the template says.
        source: askama::Error,
    },
    /// The site has an address that it does not answer.
    #[error("the site answers {status} at {address}, so it cannot be exported whole")]
    Unanswered {
        /// Below the base path.
        address: String,
        /// Instead of 200 or a redirect.
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
    let folder = Folder::beside(target, options.replace)?;
    let mut files = files::gather(site, progress).await?;
    files.push(folder::marker(&files, options.precompress));
    let exported = write(&folder, &files, options, progress)?;
    folder.publish()?;
    Ok(exported)
}

fn write(
    folder: &Folder,
    files: &[File],
    options: Options,
    progress: Progress<'_>,
) -> Result<Exported, ExportError> {
    folder.make_folders(files.iter().map(|file| &*file.name))?;
    let effort = Effort::for_total(files.iter().map(|file| file.body.len()).sum());
    let failed = AtomicBool::new(false);
    let done = AtomicUsize::new(0);
    let results = parallel::map(files, |file| {
        // One failure is reason enough, and a full disk would only give the same again.
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
    folder: &Folder,
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
    if precompress && file.packs {
        for (encoding, ending) in PACKED {
            if let Some(small) = compress(&file.body, encoding, effort) {
                put(format!("{}{ending}", file.name), &small)?;
            }
        }
    }
    Ok(written)
}

/// What stands beside a file on request.
const PACKED: [(Encoding, &str); 2] = [(Encoding::Brotli, ".br"), (Encoding::Gzip, ".gz")];

fn plainly(error: &io::Error) -> String {
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

//! Owns how a folder becomes the site: all files are written into a folder beside it, which then
//! takes its place in one step. Whenever the program is ended, the folder is what it was, or the
//! whole new site. What an ended program leaves beside it the next export clears away.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::files::File;
use super::{ExportError, PACKED};

/// Lists what an export wrote, so that a later one replaces that and nothing else.
const MARKER: &str = ".career-guide-export";
/// How many strange files are named.
const NAMED: usize = 3;

/// A folder in the making, beside the one whose place it takes.
#[derive(Debug)]
pub(super) struct Folder {
    /// Whose place it takes.
    target: PathBuf,
    /// Whether there is something in that place to be exchanged.
    exchanges: bool,
    staging: PathBuf,
    /// Held by whoever writes into `staging`; let go when the program ends, however that happens.
    lock: fs::File,
    published: bool,
}

impl Folder {
    /// Checks that the place may be taken, before any work is done.
    pub(super) fn beside(target: &Path, replace: bool) -> Result<Self, ExportError> {
        let (target, found) = locate(target)?;
        let mut exchanges = false;
        if let Some(metadata) = &found {
            if !metadata.is_dir() {
                return Err(failed(&target, "written")(io::ErrorKind::NotADirectory.into()));
            }
            if is_mounted(&target, metadata) {
                return Err(ExportError::Mounted(target));
            }
            exchanges = !is_empty(&target).map_err(failed(&target, "read"))?;
            if exchanges && !replace {
                return Err(ExportError::NotEmpty(target));
            }
            if exchanges {
                check_ours(&target)?;
            }
        }
        let staging = name_beside(&target)
            .ok_or_else(|| failed(&target, "written")(io::ErrorKind::InvalidInput.into()))?;
        let lock = take(&staging).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => ExportError::Busy(target.clone()),
            _ => failed(&staging, "written")(error),
        })?;
        let folder = Self { target, exchanges, staging, lock, published: false };
        folder.clear().map_err(failed(&folder.staging, "emptied"))?;
        if let Some(metadata) = found {
            // Who may look at the site is decided by whoever made its folder.
            fs::set_permissions(&folder.staging, metadata.permissions())
                .map_err(failed(&folder.staging, "written"))?;
        }
        Ok(folder)
    }

    /// The folders in which these files stand.
    pub(super) fn make_folders<'n>(
        &self,
        names: impl Iterator<Item = &'n str>,
    ) -> Result<(), ExportError> {
        for folder in folders_of(names) {
            let path = self.staging.join(folder);
            fs::create_dir_all(&path).map_err(failed(&path, "written"))?;
        }
        Ok(())
    }

    pub(super) fn write(&self, name: &str, body: &[u8]) -> Result<(), ExportError> {
        let path = self.staging.join(name);
        fs::File::create_new(&path)
            .and_then(|mut file| file.write_all(body))
            .map_err(failed(&path, "written"))
    }

    /// Waits until everything is on the disk: a name must never reach it before what it names.
    pub(super) fn sync<'n>(
        &self,
        names: impl Iterator<Item = &'n str> + Clone,
    ) -> Result<(), ExportError> {
        let folders = folders_of(names.clone());
        for name in names.chain(folders) {
            let path = self.staging.join(name);
            sync(&path).map_err(failed(&path, "written"))?;
        }
        self.lock.sync_all().map_err(failed(&self.staging, "written"))
    }

    /// Takes the place, in one step.
    pub(super) fn publish(mut self) -> Result<(), ExportError> {
        let done = if self.exchanges {
            renameat_with(CWD, &self.staging, CWD, &self.target, RenameFlags::EXCHANGE)
        } else {
            // An empty folder gives way to another; one that was filled meanwhile does not.
            rustix::fs::rename(&self.staging, &self.target)
        };
        done.map_err(|error| match error {
            Errno::BUSY => ExportError::Mounted(self.target.clone()),
            Errno::INVAL | Errno::NOSYS | Errno::XDEV | Errno::NOTSUP if self.exchanges => {
                ExportError::NoExchange(self.target.clone())
            }
            Errno::NOTEMPTY | Errno::EXIST => ExportError::NotEmpty(self.target.clone()),
            error => failed(&self.target, "written")(error.into()),
        })?;
        self.published = true;
        if let Some(parent) = self.target.parent() {
            // The site is there; that its name is not on the disk yet is no reason to say it is not.
            let _ = sync(parent);
        }
        if self.exchanges
            && let Ok(_lock) = take_existing(&self.staging)
        {
            // What stays behind is cleared away by the next export.
            let _ = fs::remove_dir_all(&self.staging);
        }
        Ok(())
    }

    /// Of what an ended export left.
    fn clear(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.staging)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.published {
            // What stays behind is cleared away by the next export.
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}

/// The list of all files, itself included: with packed forms, which may or may not have been made.
pub(super) fn marker(files: &[File], precompress: bool) -> File {
    let mut list = String::from(
        "Written by career-guide. An export with --replace replaces this folder if it holds \
         nothing but these files:\n",
    );
    for file in files {
        list.push_str(&file.name);
        list.push('\n');
        for (_, ending) in PACKED.iter().filter(|_| precompress && file.packs) {
            list.push_str(&file.name);
            list.push_str(ending);
            list.push('\n');
        }
    }
    list.push_str(MARKER);
    list.push('\n');
    File { name: MARKER.to_owned(), body: list.into(), packs: false }
}

/// Whether all that stands in a folder was written by an export: nothing else may be lost.
fn check_ours(folder: &Path) -> Result<(), ExportError> {
    let list = match fs::read_to_string(folder.join(MARKER)) {
        Ok(list) => list,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(ExportError::Foreign(folder.to_owned()));
        }
        Err(error) => return Err(failed(&folder.join(MARKER), "read")(error)),
    };
    let ours: BTreeSet<&str> = list.lines().skip(1).collect();
    let folders: BTreeSet<&str> = folders_of(ours.iter().copied());
    let mut strange = Vec::new();
    let mut open = vec![String::new()];
    while let Some(inside) = open.pop() {
        let path = folder.join(&inside);
        for entry in fs::read_dir(&path).map_err(failed(&path, "read"))? {
            let entry = entry.map_err(failed(&path, "read"))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = if inside.is_empty() { name } else { format!("{inside}/{name}") };
            let is_folder = entry.file_type().map_err(failed(&path, "read"))?.is_dir();
            if is_folder && folders.contains(name.as_str()) {
                open.push(name);
            } else if is_folder || !ours.contains(name.as_str()) {
                strange.push(name);
            }
        }
    }
    if strange.is_empty() {
        return Ok(());
    }
    strange.sort();
    strange.truncate(NAMED);
    Err(ExportError::Added { folder: folder.to_owned(), strange })
}

/// The real place of a folder, by way of links, and what is there.
fn locate(target: &Path) -> Result<(PathBuf, Option<fs::Metadata>), ExportError> {
    if target.symlink_metadata().is_ok() {
        let real = target.canonicalize().map_err(failed(target, "read"))?;
        let metadata = real.metadata().map_err(failed(&real, "read"))?;
        return Ok((real, Some(metadata)));
    }
    let parent = match target.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let name = target
        .file_name()
        .ok_or_else(|| failed(target, "written")(io::ErrorKind::InvalidInput.into()))?;
    let parent = parent.canonicalize().map_err(failed(parent, "read"))?;
    Ok((parent.join(name), None))
}

/// One name for each target, so that what was left there is found again.
fn name_beside(target: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name()?);
    name.push(MARKER);
    Some(target.with_file_name(name))
}

/// Makes a folder or takes it over, unless somebody else holds it.
fn take(staging: &Path) -> io::Result<fs::File> {
    // Whoever held it may have put it into its place meanwhile, or removed it.
    for _ in 0..8 {
        match fs::create_dir(staging) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        match take_existing(staging) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            taken => return taken,
        }
    }
    Err(io::ErrorKind::WouldBlock.into())
}

fn take_existing(staging: &Path) -> io::Result<fs::File> {
    let folder = fs::File::open(staging)?;
    folder.try_lock()?;
    // The name may lead to another folder by now: the one that was opened may be the site.
    let (opened, named) = (folder.metadata()?, fs::symlink_metadata(staging)?);
    if (opened.dev(), opened.ino()) == (named.dev(), named.ino()) {
        Ok(folder)
    } else {
        Err(io::ErrorKind::NotFound.into())
    }
}

fn folders_of<'n>(names: impl Iterator<Item = &'n str>) -> BTreeSet<&'n str> {
    let mut folders = BTreeSet::new();
    for mut name in names {
        while let Some((above, _)) = name.rsplit_once('/') {
            if !folders.insert(above) {
                break;
            }
            name = above;
        }
    }
    folders
}

/// Mostly, that is: what was mounted from the same disk shows when it is exchanged.
fn is_mounted(folder: &Path, metadata: &fs::Metadata) -> bool {
    let above = folder.parent().and_then(|parent| parent.metadata().ok());
    above.is_some_and(|above| above.dev() != metadata.dev())
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    Ok(fs::read_dir(folder)?.next().transpose()?.is_none())
}

fn sync(path: &Path) -> io::Result<()> {
    fs::File::open(path)?.sync_all()
}

fn failed(path: &Path, done: &'static str) -> impl Fn(io::Error) -> ExportError {
    let path = path.to_owned();
    move |source| ExportError::File { path: path.clone(), done, source }
}

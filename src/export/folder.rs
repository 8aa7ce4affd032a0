//! Owns how a folder becomes the site: all files are written into a staging folder beside it, which
//! then takes its place by one system call. Whenever the program is ended, the folder is what it was
//! or the whole new site. What an ended program leaves behind is removed by the next export. The
//! entry point is [`StagedFolder::prepare`]. Must not know what the files hold.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::files::File;
use super::{ExportError, PACKED};

/// The list of what an export wrote. It makes `--replace` safe: a folder that holds anything else is
/// not replaced.
const LIST_NAME: &str = ".career-guide-export";
/// How many unknown files an error names.
const MAX_NAMED: usize = 3;

/// A folder that is being written, beside the one whose place it takes.
#[derive(Debug)]
pub(super) struct StagedFolder {
    /// The folder whose place it takes.
    target: PathBuf,
    /// Whether `target` holds an earlier export, for which this one must be exchanged.
    replaces_export: bool,
    staging: PathBuf,
    /// Locked by the export that writes into `staging`. The system frees the lock when the program ends,
    /// however that happens, so that a lock means a running export.
    lock: fs::File,
    published: bool,
}

impl StagedFolder {
    /// Checks that the target may be replaced, before any work is done, and makes the staging folder.
    pub(super) fn prepare(target: &Path, replace: bool) -> Result<Self, ExportError> {
        let (target, found) = resolve_target(target)?;
        let mut replaces_export = false;
        if let Some(metadata) = &found {
            if !metadata.is_dir() {
                return Err(failed(&target, "written")(io::ErrorKind::NotADirectory.into()));
            }
            if is_mounted(&target, metadata) {
                return Err(ExportError::Mounted(target));
            }
            replaces_export = !is_empty(&target).map_err(failed(&target, "read"))?;
            if replaces_export && !replace {
                return Err(ExportError::NotEmpty(target));
            }
            if replaces_export {
                check_only_exported(&target)?;
            }
        }
        let staging = staging_path(&target)
            .ok_or_else(|| failed(&target, "written")(io::ErrorKind::InvalidInput.into()))?;
        let lock = create_and_lock(&staging).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => ExportError::Busy(target.clone()),
            _ => failed(&staging, "written")(error),
        })?;
        let folder = Self { target, replaces_export, staging, lock, published: false };
        folder.clear().map_err(failed(&folder.staging, "emptied"))?;
        if let Some(metadata) = found {
            // The new folder can be read by the same users as the old one.
            fs::set_permissions(&folder.staging, metadata.permissions())
                .map_err(failed(&folder.staging, "written"))?;
        }
        Ok(folder)
    }

    /// Makes the folders that these files need.
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

    /// Waits until everything is on the disk: after a power cut, the new name must not lead to files
    /// that were never written.
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

    /// Puts the staging folder into the place of the target, by one system call.
    pub(super) fn publish(mut self) -> Result<(), ExportError> {
        let renamed = if self.replaces_export {
            renameat_with(CWD, &self.staging, CWD, &self.target, RenameFlags::EXCHANGE)
        } else {
            // This replaces an empty folder, and fails if somebody has filled it meanwhile.
            rustix::fs::rename(&self.staging, &self.target)
        };
        renamed.map_err(|error| match error {
            Errno::BUSY => ExportError::Mounted(self.target.clone()),
            Errno::INVAL | Errno::NOSYS | Errno::XDEV | Errno::NOTSUP if self.replaces_export => {
                ExportError::NoExchange(self.target.clone())
            }
            Errno::NOTEMPTY | Errno::EXIST => ExportError::NotEmpty(self.target.clone()),
            error => failed(&self.target, "written")(error.into()),
        })?;
        self.published = true;
        if let Some(parent) = self.target.parent() {
            // The site is in its place; that the name may not be on the disk yet is no failure.
            let _ = sync(parent);
        }
        if self.replaces_export
            && let Ok(_lock) = lock_existing(&self.staging)
        {
            // What cannot be removed now is removed by the next export.
            let _ = fs::remove_dir_all(&self.staging);
        }
        Ok(())
    }

    /// Removes what an ended export left.
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

impl Drop for StagedFolder {
    fn drop(&mut self) {
        if !self.published {
            // What cannot be removed now is removed by the next export.
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}

/// The list of all files, itself included, and of packed forms, although not all of these are made.
pub(super) fn list_of_files(files: &[File], precompress: bool) -> File {
    let mut list = String::from(
        "Written by career-guide. An export with --replace replaces this folder if it holds \
         nothing but these files:\n",
    );
    for file in files {
        list.push_str(&file.name);
        list.push('\n');
        for (_, ending) in PACKED.iter().filter(|_| precompress && file.is_compressible) {
            list.push_str(&file.name);
            list.push_str(ending);
            list.push('\n');
        }
    }
    list.push_str(LIST_NAME);
    list.push('\n');
    File { name: LIST_NAME.to_owned(), body: list.into(), is_compressible: false }
}

/// Fails if a folder holds anything that no export wrote, because nothing else may be lost.
fn check_only_exported(folder: &Path) -> Result<(), ExportError> {
    let list = match fs::read_to_string(folder.join(LIST_NAME)) {
        Ok(list) => list,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(ExportError::NotAnExport(folder.to_owned()));
        }
        Err(error) => return Err(failed(&folder.join(LIST_NAME), "read")(error)),
    };
    let exported: BTreeSet<&str> = list.lines().skip(1).collect();
    let folders: BTreeSet<&str> = folders_of(exported.iter().copied());
    let mut unknown = Vec::new();
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
            } else if is_folder || !exported.contains(name.as_str()) {
                unknown.push(name);
            }
        }
    }
    if unknown.is_empty() {
        return Ok(());
    }
    unknown.sort();
    unknown.truncate(MAX_NAMED);
    Err(ExportError::UnknownFiles { folder: folder.to_owned(), names: unknown })
}

/// The path of a folder without symbolic links, and what is there now.
fn resolve_target(target: &Path) -> Result<(PathBuf, Option<fs::Metadata>), ExportError> {
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

/// The staging folder. Its name follows from the target, so that what was left there is found again.
fn staging_path(target: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name()?);
    name.push(LIST_NAME);
    Some(target.with_file_name(name))
}

/// Makes the staging folder, or takes over one that was left behind, unless another export has locked
/// it.
fn create_and_lock(staging: &Path) -> io::Result<fs::File> {
    // Between the two steps another export may have renamed or removed it: try again.
    for _ in 0..8 {
        match fs::create_dir(staging) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        match lock_existing(staging) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            locked => return locked,
        }
    }
    Err(io::ErrorKind::WouldBlock.into())
}

fn lock_existing(staging: &Path) -> io::Result<fs::File> {
    let folder = fs::File::open(staging)?;
    folder.try_lock()?;
    // The name may lead to another folder by now: the one that is open may have become the site.
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

/// Whether a folder is where another file system is mounted. One that is mounted from the same disk
/// is not noticed here, but when it is to be exchanged.
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

fn failed(path: &Path, action: &'static str) -> impl Fn(io::Error) -> ExportError {
    let path = path.to_owned();
    move |source| ExportError::File { path: path.clone(), action, source }
}

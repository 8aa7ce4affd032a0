//! Owns the reading of a guide's files, from the copy embedded in the binary or from a folder. The
//! entry point is [`Source::read`]. Must not know what the files mean.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::diagnostics::{Code, Problems, Reported};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// A page or table may be this large; the whole shipped guide is a tenth of it.
const MAX_TEXT_BYTES: u64 = 1024 * 1024;
/// A picture may be this large.
const MAX_IMAGE_BYTES: u64 = 4 * 1024 * 1024;
/// A folder may hold this many files; one with more is probably the wrong folder.
const MAX_FILES: usize = 20_000;
/// A folder may hold so much in all, for the same reason.
const MAX_TOTAL_BYTES: usize = 256 * 1024 * 1024;
/// Folders within folders; a guide needs two.
const MAX_DEPTH: usize = 8;

/// The file at the top of a folder that tells people how to write a guide. It is not read, so that
/// a change of it changes nothing that is served.
const README: &str = "README.md";

/// Where a guide is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The copy in the binary.
    Embedded,
    /// A folder.
    Folder(PathBuf),
}

/// The files of a guide, by path below its folder, with `/` between the parts.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// The folder as messages show it: "content".
    pub root: String,
    /// Each file as it is.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Files {
    /// A file as messages show it: "content/guide/skills.md".
    pub fn name(&self, path: &str) -> String {
        match self.root.as_str() {
            "" => path.to_owned(),
            root => format!("{}/{path}", root.trim_end_matches('/')),
        }
    }
}

impl Source {
    /// Reads all files. What cannot be read is reported and left out.
    pub fn read(&self, problems: &Problems) -> Files {
        match self {
            Self::Embedded => {
                let mut files = Files { root: "content".to_owned(), ..Files::default() };
                embedded(&EMBEDDED, &mut files);
                files
            }
            Self::Folder(folder) => {
                let mut files =
                    Files { root: folder.to_string_lossy().into_owned(), ..Files::default() };
                match fs::canonicalize(folder) {
                    Ok(root) if root.is_dir() && !root.join("site.toml").exists() => {
                        // Nothing else is read: the folder is probably the wrong one.
                        let message = "this file is missing, so the folder is no guide";
                        problems
                            .file_error(Code::MissingFile, &files.name("site.toml"), message)
                            .help("every guide has one; name the folder that holds it");
                    }
                    Ok(root) if root.is_dir() => {
                        let mut walk = Walk { root: &root, problems, total: 0, within: Vec::new() };
                        if !walk.folder(&root, "", &mut files) {
                            files.files.clear(); // half a guide would have problems that the whole has not
                        }
                    }
                    Ok(_) => report_unreadable(problems, &files.root, "this is not a folder"),
                    Err(error) => report_unreadable(problems, &files.root, &error.to_string()),
                }
                files
            }
        }
    }
}

fn embedded(dir: &Dir<'_>, files: &mut Files) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if path != README {
            files.files.insert(path, file.contents().to_vec());
        }
    }
    for dir in dir.dirs() {
        embedded(dir, files);
    }
}

fn report_unreadable(problems: &Problems, file: &str, why: &str) {
    problems
        .file_error(Code::Unreadable, file, format!("cannot be read: {why}"))
        .help("check the path and its rights");
}

struct Walk<'a> {
    root: &'a Path,
    problems: &'a Problems,
    /// Bytes read so far.
    total: usize,
    /// The folders that hold the one being read.
    within: Vec<PathBuf>,
}

impl Walk<'_> {
    /// False when there is too much to go on.
    fn folder(&mut self, folder: &Path, below: &str, files: &mut Files) -> bool {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.skip_unreadable(&files.name(below), &error);
                return true;
            }
        };
        let mut names: Vec<_> = entries
            .filter_map(Result::ok)
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            // Editors and version control keep their own files there.
            .filter(|name| !name.starts_with('.') && !name.ends_with('~'))
            .filter(|name| !below.is_empty() || name != README)
            .collect();
        names.sort();
        self.within.push(folder.to_owned());
        let mut go_on = true;
        for name in names {
            let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            if files.files.len() >= MAX_FILES
                || self.within.len() > MAX_DEPTH
                || self.total > MAX_TOTAL_BYTES
            {
                let mib = MAX_TOTAL_BYTES / 1024 / 1024;
                let message =
                    format!("more than {MAX_FILES} files, {MAX_DEPTH} folders deep or {mib} MiB");
                self.problems
                    .file_error(Code::TooManyFiles, &files.name(&path), message)
                    .help("name the folder that holds site.toml, and keep nothing else in it");
                go_on = false;
            }
            go_on = go_on && self.entry(&folder.join(&name), &path, files);
            if !go_on {
                break;
            }
        }
        self.within.pop();
        go_on
    }

    fn entry(&mut self, at: &Path, path: &str, files: &mut Files) -> bool {
        let name = files.name(path);
        // SECURITY: a link may point within the folder (mounted volumes are made of links), never
        // out of it: a guide from elsewhere must not publish this machine's files.
        let real = match fs::canonicalize(at) {
            Ok(real) if real.starts_with(self.root) => real,
            Ok(_) => {
                let message = "this link leads out of the content folder";
                self.skip(Code::SymlinkOutside, &name, message)
                    .help("copy the file into the folder");
                return true;
            }
            Err(error) => {
                self.skip_unreadable(&name, &error);
                return true;
            }
        };
        if real.is_dir() {
            if self.within.contains(&real) {
                let message = "this link leads back to a folder that holds it";
                self.problems.file_error(Code::SymlinkLoop, &name, message).help("delete the link");
                return true;
            }
            return self.folder(&real, path, files);
        }
        let limit = if path.starts_with("images/") { MAX_IMAGE_BYTES } else { MAX_TEXT_BYTES };
        match read_at_most(&real, limit) {
            Ok(Some(bytes)) => {
                self.total += bytes.len();
                files.files.insert(path.to_owned(), bytes);
            }
            Ok(None) => {
                self.skip(Code::FileTooLarge, &name, format!("larger than {} KiB", limit / 1024))
                    .help("split it, or make the picture smaller");
            }
            Err(error) => self.skip_unreadable(&name, &error),
        }
        true
    }

    /// Leaves out a file that is there, so that what refers to it is not reported as well.
    fn skip(&self, code: Code, name: &str, why: impl Into<String>) -> Reported<'_> {
        self.problems.mark_broken(name);
        self.problems.file_error(code, name, why)
    }

    fn skip_unreadable(&self, name: &str, error: &std::io::Error) {
        self.problems.mark_broken(name);
        report_unreadable(self.problems, name, &error.to_string());
    }
}

/// None when the file is larger. Reads no more than the limit even if the file grows meanwhile.
fn read_at_most(path: &Path, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
    // SECURITY: asked before opening, because opening a named pipe waits for ever.
    if !fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("not a plain file"));
    }
    let file = fs::File::open(path)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

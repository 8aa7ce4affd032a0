//! Owns where a guide is read from: the copy embedded in the binary, or a folder. The entry point
//! is [`Source::read`], which gives all files at once and reports what cannot be read. Must
//! not know what the files mean.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::diagnostics::{Code, Diagnostic, Problems};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// A page or table may be this large; the whole shipped guide is a tenth of it.
const MAX_TEXT_BYTES: u64 = 1024 * 1024;
/// A picture may be this large.
const MAX_IMAGE_BYTES: u64 = 4 * 1024 * 1024;
/// A folder may hold this many files: beyond it, somebody has named the wrong folder.
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
                        let help = "every guide has one; name the folder that holds it";
                        let name = files.name("site.toml");
                        problems.push(problem(Code::MissingFile, &name, message.to_owned(), help));
                    }
                    Ok(root) if root.is_dir() => {
                        let mut walk = Walk { root: &root, problems, total: 0, within: Vec::new() };
                        if !walk.folder(&root, "", &mut files) {
                            files.files.clear(); // half a guide would have problems that the whole has not
                        }
                    }
                    Ok(_) => problems.push(unreadable(&files.root, "this is not a folder")),
                    Err(error) => problems.push(unreadable(&files.root, &error.to_string())),
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

fn unreadable(file: &str, why: &str) -> Diagnostic {
    problem(
        Code::Unreadable,
        file,
        format!("cannot be read: {why}"),
        "check the path and its rights",
    )
}

fn problem(code: Code, file: &str, message: String, help: &str) -> Diagnostic {
    Diagnostic::of_file(code, file.to_owned(), message, help.to_owned())
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
                let name = files.name(below);
                self.skip(&name, unreadable(&name, &error.to_string()));
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
                self.problems.push(problem(
                    Code::TooManyFiles,
                    &files.name(&path),
                    format!("more than {MAX_FILES} files, {MAX_DEPTH} folders deep or {mib} MiB"),
                    "name the folder that holds site.toml, and keep nothing else in it",
                ));
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
                let message = "this link leads out of the content folder".to_owned();
                let help = "copy the file into the folder";
                self.skip(&name, problem(Code::SymlinkOutside, &name, message, help));
                return true;
            }
            Err(error) => {
                self.skip(&name, unreadable(&name, &error.to_string()));
                return true;
            }
        };
        if real.is_dir() {
            if self.within.contains(&real) {
                self.problems.push(problem(
                    Code::SymlinkLoop,
                    &name,
                    "this link leads back to a folder that holds it".to_owned(),
                    "delete the link",
                ));
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
                let message = format!("larger than {} KiB", limit / 1024);
                let help = "split it, or make the picture smaller";
                self.skip(&name, problem(Code::FileTooLarge, &name, message, help));
            }
            Err(error) => self.skip(&name, unreadable(&name, &error.to_string())),
        }
        true
    }

    /// Leaves out a file that is there, so that what refers to it is not reported as well.
    fn skip(&self, name: &str, why: Diagnostic) {
        self.problems.push(why);
        self.problems.mark_broken(name);
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

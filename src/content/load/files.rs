//! Owns which files a guide's folder may hold: those that are read, and those that nothing reads.
//! Must not know what the files say.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::diagnostics::{Code, FileText, Problems};
use crate::content::source::Files;
use crate::content::tables::guide_files::GuideFiles;
use crate::content::tables::site::Site;
use crate::text::invisible::is_invisible;

/// The data files that a guide may have at its top, besides `home.md` and `about.md`.
const TOP_FILES: [&str; 16] = [
    "site.toml",
    "home.md",
    "about.md",
    "levels.toml",
    "currencies.toml",
    "exchange-rates.toml",
    "purchasing-power.toml",
    "sources.toml",
    "certifications.toml",
    "resources.toml",
    "roadmap.toml",
    "skills.toml",
    "pictures.toml",
    "changes.toml",
    "redirects.toml",
    "synonyms.toml",
];

/// The data files that a guide may have in folders.
const FOLDERS: [&str; 3] = ["salaries", "take-home", "statistics"];

/// The name of a section, if the file is one.
pub(super) fn section_id(path: &str) -> Option<&str> {
    path.strip_prefix("guide/")?.strip_suffix(".md").filter(|id| !id.contains('/'))
}

/// Whether the loader reads a file.
fn is_read(path: &str) -> bool {
    TOP_FILES.contains(&path)
        || section_id(path).is_some()
        || FOLDERS.iter().any(|folder| {
            path.strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|rest| rest.ends_with(".toml") && !rest.contains('/'))
        })
}

/// The files that are read, by path: their name as messages show it, and their text.
pub(super) fn texts(files: &Files, problems: &Problems) -> BTreeMap<String, (String, String)> {
    let mut texts = BTreeMap::new();
    for (path, bytes) in files.files.iter().filter(|(path, _)| is_read(path)) {
        let name = files.name(path);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned(),
            Err(error) => {
                // The rest is read all the same, so that references to it are not reported as well.
                let text = String::from_utf8_lossy(bytes).into_owned();
                let at = error.valid_up_to();
                FileText { name: &name, text: &text, problems }
                    .error(Code::InvalidUtf8, at, "here the file stops being UTF-8")
                    .help("save it with the encoding UTF-8");
                problems.mark_broken(&name);
                texts.insert(path.clone(), (name, text));
                continue;
            }
        };
        let file = FileText { name: &name, text: &text, problems };
        if let Some((at, wrong)) = text.char_indices().find(|(_, c)| is_invisible(*c)) {
            let message = format!("a character that nobody sees: U+{:04X}", u32::from(wrong));
            file.error(Code::HiddenCharacter, at, message)
                .help("delete it, and look whether more follow");
            if wrong == '\0' {
                problems.mark_broken(&name); // no text at all
            }
        }
        texts.insert(path.clone(), (name, text));
    }
    texts
}

/// Reports that a file is missing that every guide has.
pub(super) fn check_required(guide: &GuideFiles<'_>) {
    for path in ["site.toml", "home.md", "about.md"] {
        let is_broken = guide.problems.is_broken(&guide.files.name(path));
        if !guide.files.files.contains_key(path) && !is_broken {
            guide
                .error(Code::MissingFile, path, "this file is missing")
                .help("every guide has one: write it");
        }
    }
}

/// Reports files that nothing reads: most have a misspelt name.
pub(super) fn check_names(guide: &GuideFiles<'_>) {
    for path in guide.files.files.keys() {
        // Authors keep notes for themselves beside a guide.
        let note = ["README", "LICENSE", "LICENCE"].iter().any(|name| path.starts_with(name));
        if note || is_read(path) || path.starts_with("images/") {
            continue;
        }
        let reported = guide.error(Code::UnknownFile, path, "nothing reads this file");
        match path.split_once('/') {
            None => reported.suggest(path, TOP_FILES),
            Some((folder, _)) if FOLDERS.contains(&folder) => reported
                .help(format!("this folder holds files {folder}/<name>.toml, and no folders")),
            Some(("guide", _)) => {
                reported.help("this folder holds pages guide/<name>.md, and no folders");
            }
            Some((folder, _)) => {
                reported.suggest(folder, FOLDERS.iter().chain(&["guide", "images"]).copied());
            }
        }
    }
}

/// Reports sections without a file, and files without a section.
pub(super) fn check_sections(guide: &GuideFiles<'_>, site: Option<&Site>) {
    let (Some(site), Some(file)) = (site, guide.file("site.toml")) else { return };
    let paths = guide.files.files.keys();
    let pages: BTreeSet<&str> = paths.filter_map(|path| section_id(path)).collect();
    let mut listed = BTreeSet::new();
    for section in &site.sections {
        let id = section.value.as_str();
        if guide.problems.is_broken(&guide.files.name(&format!("guide/{id}.md"))) {
            listed.insert(id); // it is there, and that it cannot be read has been reported
        } else if !pages.contains(id) {
            let message = format!("there is no file guide/{id}.md");
            file.error(Code::UnknownSection, section.at, message)
                .suggest(id, pages.iter().copied());
        } else if !listed.insert(id) {
            let message = format!("`{id}` is listed twice");
            file.error(Code::DuplicateId, section.at, message);
        }
    }
    if file.is_broken() || site.sections.is_empty() {
        return; // the list is not whole or missing, which has been reported
    }
    for page in pages.difference(&listed) {
        let message = "no contents list leads to this page";
        guide
            .error(Code::UnlinkedPage, &format!("guide/{page}.md"), message)
            .help(format!("add `{page}` to `sections` of site.toml, or delete the file"));
    }
}

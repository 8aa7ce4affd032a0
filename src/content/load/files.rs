//! Owns what may stand in a guide's folder: which files are read, which are pictures, and which
//! nothing reads. Knows nothing of what the files say.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagnostics::{Code, Diagnostic, FileText, Problems, Severity, suggest};
use super::super::reader::Spanned;
use super::super::source::Files;
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

/// The files that are read, by path: their name as told to people, and their text.
pub(super) fn texts(files: &Files, problems: &Problems) -> BTreeMap<String, (String, String)> {
    let mut texts = BTreeMap::new();
    for (path, bytes) in files.files.iter().filter(|(path, _)| is_read(path)) {
        let name = files.name(path);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned(),
            Err(error) => {
                // What can be read of it is read, so that what refers to it is not wrong as well.
                let text = String::from_utf8_lossy(bytes).into_owned();
                let at = error.valid_up_to();
                FileText { name: &name, text: &text, problems }.error(
                    Code::InvalidUtf8,
                    at..at,
                    "here the file stops being UTF-8",
                    "save it with the encoding UTF-8".to_owned(),
                );
                problems.mark_broken(&name);
                texts.insert(path.clone(), (name, text));
                continue;
            }
        };
        let file = FileText { name: &name, text: &text, problems };
        if let Some((at, wrong)) = text.char_indices().find(|(_, c)| is_invisible(*c)) {
            file.error(
                Code::HiddenCharacter,
                at..at,
                format!("a character that nobody sees: U+{:04X}", u32::from(wrong)),
                "delete it, and look whether more follow".to_owned(),
            );
            if wrong == '\0' {
                problems.mark_broken(&name); // no text at all
            }
        }
        texts.insert(path.clone(), (name, text));
    }
    texts
}

/// Notes files that nothing reads: most are names with a slip in them.
pub(super) fn check_names(files: &Files, problems: &Problems) {
    for path in files.files.keys() {
        // People keep notes for themselves beside a guide.
        let note = ["README", "LICENSE", "LICENCE"].iter().any(|name| path.starts_with(name));
        if note || is_read(path) || path.starts_with("images/") {
            continue;
        }
        let help = match path.split_once('/') {
            None => suggest(path, TOP_FILES),
            Some((folder, _)) if FOLDERS.contains(&folder) => {
                Some(format!("this folder holds files {folder}/<name>.toml, and no folders"))
            }
            Some(("guide", _)) => {
                Some("this folder holds pages guide/<name>.md, and no folders".to_owned())
            }
            Some((folder, _)) => {
                suggest(folder, FOLDERS.iter().chain(&["guide", "images"]).copied())
            }
        };
        problem(files, problems, Code::UnknownFile, path, "nothing reads this file", help);
    }
}

/// Notes sections without a file, and files without a section.
pub(super) fn check_sections(files: &Files, site: &FileText<'_>, sections: &[Spanned<String>]) {
    let pages: BTreeSet<&str> = files.files.keys().filter_map(|path| section_id(path)).collect();
    let mut listed = BTreeSet::new();
    for section in sections {
        let id = section.value.as_str();
        if site.problems.is_broken(&files.name(&format!("guide/{id}.md"))) {
            listed.insert(id); // it is there
        } else if !pages.contains(id) {
            site.error(
                Code::UnknownSection,
                section.span.clone(),
                format!("there is no file guide/{id}.md"),
                suggest(id, pages.iter().copied()),
            );
        } else if !listed.insert(id) {
            site.error(
                Code::DuplicateId,
                section.span.clone(),
                format!("`{id}` is listed twice"),
                None,
            );
        }
    }
    if site.is_broken() || sections.is_empty() {
        return; // the list may not be whole, or is missing, which was told
    }
    for page in pages.difference(&listed) {
        problem(
            files,
            site.problems,
            Code::UnlinkedPage,
            &format!("guide/{page}.md"),
            "no contents list leads to this page",
            Some(format!("add `{page}` to `sections` of site.toml, or delete the file")),
        );
    }
}

/// Notes a problem of a file as a whole.
pub(super) fn problem(
    files: &Files,
    problems: &Problems,
    code: Code,
    path: &str,
    message: &str,
    help: Option<String>,
) {
    problems.push(Diagnostic {
        severity: Severity::Error,
        code,
        file: files.name(path),
        line: 1,
        column: 1,
        message: message.to_owned(),
        help,
    });
}

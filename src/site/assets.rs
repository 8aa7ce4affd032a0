//! Owns the files of `static/`: hashed by what they hold, references between them rewritten before
//! hashing, ready to send. The entry point is [`Assets::build`].

use std::collections::BTreeMap;

use bytes::Bytes;
use include_dir::{Dir, include_dir};

use crate::address::{self, AssetUrls, Urls};
use crate::digest::Digest;
use crate::media_type;

mod references;
mod script;
mod stylesheet;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// Files that are no assets: style sheets that are sent only within those that import them, and the
/// service worker, which has an address of its own.
const NOT_SENT: [&str; 2] = ["css/parts/", "js/worker.js"];

/// Every asset, ready to send.
#[derive(Debug, Default)]
pub struct Assets {
    /// Where pages find them.
    pub urls: AssetUrls,
    /// In order of their source names.
    pub files: Vec<Asset>,
}

/// One asset.
#[derive(Debug)]
pub struct Asset {
    /// Its source name: "img/icon.svg".
    pub name: String,
    /// Below the base path: "/assets/icon.1f2e3d4c.svg".
    pub path: String,
    /// By its ending.
    pub content_type: &'static str,
    /// With references rewritten.
    pub body: Bytes,
}

/// What is wrong with the assets: a mistake in this program, not in a guide.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssetError {
    /// A style sheet or script names a file that is not there.
    #[error("{from} refers to {to}, which does not exist")]
    Missing {
        /// The file that refers.
        from: String,
        /// As it is written there.
        to: String,
    },
    /// A file refers to itself, perhaps by way of others, so that it cannot hold its own hash.
    #[error("{0} refers to itself")]
    Circle(String),
}

impl Assets {
    /// The files that come with the program.
    pub fn embedded(urls: &Urls) -> Result<Self, AssetError> {
        let mut files = BTreeMap::new();
        collect_files(&EMBEDDED, &mut files);
        Self::build(&files, urls)
    }

    /// From files by source name.
    pub fn build(files: &BTreeMap<String, Vec<u8>>, urls: &Urls) -> Result<Self, AssetError> {
        let mut finished = BTreeMap::new();
        for name in
            files.keys().filter(|name| !NOT_SENT.iter().any(|start| name.starts_with(start)))
        {
            build_asset(name, files, &mut finished)?;
        }
        let addresses = finished
            .iter()
            .filter_map(|(name, asset)| Some((name.clone(), urls.path(&asset.as_ref()?.path))))
            .collect();
        Ok(Self {
            urls: AssetUrls::new(addresses),
            files: finished.into_values().flatten().collect(),
        })
    }
}

/// Makes an asset after all those to which it refers, because it holds their hashes. `None` marks one
/// that is being made.
fn build_asset(
    name: &str,
    files: &BTreeMap<String, Vec<u8>>,
    finished: &mut BTreeMap<String, Option<Asset>>,
) -> Result<String, AssetError> {
    match finished.get(name) {
        Some(Some(asset)) => return Ok(asset.path.clone()),
        Some(None) => return Err(AssetError::Circle(name.to_owned())),
        None => {}
    }
    finished.insert(name.to_owned(), None);
    let source = files.get(name).map(Vec::as_slice).unwrap_or_default();
    let body = match std::str::from_utf8(source) {
        Ok(text) if matches!(ending(name), "css" | "js") => {
            let text = match ending(name) {
                "css" => stylesheet::minify(&join_imports(name, files, &[])?),
                _ => script::minify(text),
            };
            references::rewrite(name, &text, |target, written| {
                if !files.contains_key(target) {
                    return Err(AssetError::Missing { from: name.to_owned(), to: written.into() });
                }
                build_asset(target, files, finished)
            })?
            .into_bytes()
        }
        _ => source.to_vec(),
    };
    let path = hashed_path(name, &body);
    let asset = Asset {
        name: name.to_owned(),
        path: path.clone(),
        content_type: media_type::of_name(name),
        body: body.into(),
    };
    finished.insert(name.to_owned(), Some(asset));
    Ok(path)
}

/// A style sheet with those that it imports in their places, so that a page waits for one answer: a
/// browser paints nothing before it has all sheets, and each further one may cost two round trips.
/// Imports stand at the top of a sheet, each on a line. `within` are the sheets that import this one.
fn join_imports(
    name: &str,
    files: &BTreeMap<String, Vec<u8>>,
    within: &[&str],
) -> Result<String, AssetError> {
    if within.contains(&name) {
        return Err(AssetError::Circle(name.to_owned()));
    }
    let within = [within, &[name]].concat();
    let text = files.get(name).map(|sheet| String::from_utf8_lossy(sheet)).unwrap_or_default();
    let mut rest = &*text;
    let mut out = String::new();
    while let Some((imported, after)) =
        rest.strip_prefix("@import url(").and_then(|rest| rest.split_once(");\n"))
    {
        let target = format!("css/{imported}");
        if !files.contains_key(&target) {
            return Err(AssetError::Missing { from: name.to_owned(), to: imported.to_owned() });
        }
        out.push_str(&join_imports(&target, files, &within)?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// "svg" of "img/icon.svg".
fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// "img/icon.svg" becomes "/assets/icon.1f2e3d4c5b.svg".
fn hashed_path(name: &str, body: &[u8]) -> String {
    let hash = Digest::of(body).hex(10);
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    address::asset(match file.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{file}.{hash}"),
    })
}

fn collect_files(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        let hidden = name.rsplit('/').next().is_some_and(|file| file.starts_with('.'));
        if !hidden {
            files.insert(name, file.contents().to_vec());
        }
    }
    for dir in dir.dirs() {
        collect_files(dir, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(files: &[(&str, &str)]) -> Result<Assets, AssetError> {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        Assets::build(&files.collect(), &Urls::new(None))
    }

    fn body<'a>(assets: &'a Assets, name: &str) -> &'a str {
        let asset = assets.files.iter().find(|asset| asset.name == name).unwrap();
        std::str::from_utf8(&asset.body).unwrap()
    }

    #[test]
    fn the_assets_of_the_program_refer_only_to_what_exists() {
        Assets::embedded(&Urls::new(None)).unwrap();
    }

    #[test]
    fn a_changed_picture_changes_the_address_of_the_style_sheet_that_shows_it() {
        let css = ("css/site.css", "a{background:url(../img/a.svg)}");
        let one = build(&[css, ("img/a.svg", "<svg/>")]).unwrap();
        let other = build(&[css, ("img/a.svg", "<svg></svg>")]).unwrap();
        assert_ne!(one.urls.href("css/site.css"), other.urls.href("css/site.css"));
        let picture = one.urls.href("img/a.svg").rsplit_once('/').unwrap().1;
        assert_eq!(body(&one, "css/site.css"), format!("a{{background:url({picture})}}"));
    }

    #[test]
    fn a_sheet_holds_those_that_it_imports() {
        let files = [
            ("css/parts/a.css", "a{top:0}\n"),
            ("css/b.css", "@import url(parts/a.css);\nb{top:0}\n"),
            ("css/c.css", "@import url(b.css);\nc{top:0}\n"),
        ];
        let assets = build(&files).unwrap();
        assert_eq!(body(&assets, "css/b.css"), "a{top:0}b{top:0}");
        assert_eq!(body(&assets, "css/c.css"), "a{top:0}b{top:0}c{top:0}");
        assert_eq!(assets.files.len(), 2, "a part is sent by itself");
        let error = build(&files[1..]).unwrap_err();
        assert_eq!(error.to_string(), "css/b.css refers to parts/a.css, which does not exist");
    }

    #[test]
    fn sheets_that_import_each_other_are_an_error_and_not_a_loop() {
        for files in [
            &[("css/a.css", "@import url(a.css);\n")] as &[_],
            &[("css/a.css", "@import url(b.css);\n"), ("css/b.css", "@import url(a.css);\n")],
        ] {
            assert!(matches!(build(files).unwrap_err(), AssetError::Circle(_)));
        }
    }

    #[test]
    fn a_script_that_imports_another_finds_it_by_its_hashed_name() {
        let assets = build(&[
            ("js/page.js", "import { a } from \"./a.js\";\n"),
            ("js/a.js", "export const a = 1;\n"),
        ])
        .unwrap();
        let imported = assets.urls.href("js/a.js").rsplit_once('/').unwrap().1;
        assert_eq!(body(&assets, "js/page.js"), format!("import {{ a }} from \"./{imported}\";\n"));
    }

    #[test]
    fn a_reference_to_nothing_is_an_error() {
        let error = build(&[("css/site.css", "a{background:url(../img/none.svg)}")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "css/site.css refers to ../img/none.svg, which does not exist"
        );
    }

    #[test]
    fn scripts_that_import_each_other_are_an_error_and_not_a_loop() {
        let error = build(&[("js/a.js", "import \"./b.js\""), ("js/b.js", "import \"./a.js\"")])
            .unwrap_err();
        assert!(matches!(error, AssetError::Circle(_)));
    }

    #[test]
    fn an_address_stands_below_the_base_path() {
        let base = url::Url::parse("https://example.org/careers/").unwrap();
        let files = BTreeMap::from([("js/a.js".to_owned(), b"1".to_vec())]);
        let assets = Assets::build(&files, &Urls::new(Some(&base))).unwrap();
        assert!(assets.urls.href("js/a.js").starts_with("/careers/assets/a."));
        assert!(assets.files[0].path.starts_with("/assets/a."));
    }
}

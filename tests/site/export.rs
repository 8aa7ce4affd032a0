//! The site as files: what they hold, and what becomes of the folder whatever happens.

mod interrupted;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use career_guide::export::{ExportError, Exported, Options, Phase, export};
use http::StatusCode;

use crate::folder::{Files, Folder, read_folder};
use crate::links::values;
use crate::support::{Running, TestSite, page};

const REPLACE: Options = Options { replace: true, precompress: false };
const MARKER: &str = ".career-guide-export";

fn site() -> TestSite {
    TestSite::new().base_url("https://example.org/careers").file(
        "redirects.toml",
        "[redirects]\n\"/old/storms.php\" = \"guide/storms.md#wind\"\n\"/old\" = \"/sources\"\n",
    )
}

async fn write(site: TestSite, to: &Path, options: Options) -> Result<Exported, ExportError> {
    export(site.build(), to, options, &|_, _, _| ()).await
}

/// The files of an export of [`site`].
async fn exported() -> Files {
    let folder = Folder::new();
    write(site(), &folder.0, Options::default()).await.unwrap();
    read_folder(&folder.0)
}

fn text<'f>(files: &'f Files, name: &str) -> &'f str {
    std::str::from_utf8(&files[name]).unwrap()
}

/// What a plain host of files shows at a path below the root of the export.
fn file_at<'f>(files: &'f Files, path: &str) -> Option<&'f Vec<u8>> {
    let name = path.trim_matches('/');
    let index = if name.is_empty() { "index.html".into() } else { format!("{name}/index.html") };
    files.get(name).or_else(|| files.get(&index))
}

/// The names beside a folder, itself left out.
fn beside(folder: &Path) -> Vec<String> {
    fs::read_dir(folder.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| folder.file_name().unwrap() != name.as_str())
        .collect()
}

#[tokio::test]
async fn but_for_known_exceptions_files_are_byte_for_byte_what_the_router_sends() {
    let folder = Folder::new();
    let target = folder.0.join("site");
    let exported = write(site(), &target, Options::default()).await.unwrap();
    let files = read_folder(&target);
    assert_eq!(files.len(), exported.files);
    assert_eq!(files.values().map(|body| body.len() as u64).sum::<u64>(), exported.bytes);

    let built = site().build();
    for address in built.addresses() {
        assert!(file_at(&files, address).is_some(), "{address} is missing");
    }
    let running = Running::serving(built);
    let mut others = BTreeSet::new();
    for (name, body) in &files {
        let address = name.strip_suffix("/index.html").unwrap_or(name);
        let address = if address == "index.html" { "" } else { address };
        let answer = running.get(&format!("/careers/{address}")).await;
        if answer.status != StatusCode::OK || answer.body != *body {
            others.insert(name.as_str());
        }
    }
    let exceptions = BTreeSet::from([
        MARKER,
        "404.html",
        "compare/index.html",
        // What was renamed leads on as Markdown too.
        "guide/lights.md/index.html",
        "guide/lights/index.html",
        "old/index.html",
        "old/storms.php/index.html",
        "search/index.html",
    ]);
    assert_eq!(others, exceptions);
}

#[tokio::test]
async fn every_link_and_anchor_of_every_page_leads_to_a_file() {
    let files = exported().await;
    let mut followed = 0;
    for (name, body) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = text(&files, name);
        for link in [values(html, "href"), values(html, "src"), values(html, "action")].concat() {
            let link = link.replace("&amp;", "&").replace("&#38;", "&");
            let link = link.strip_prefix("https://example.org").unwrap_or(&link);
            if link.starts_with("http") || link.starts_with("mailto:") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let path = path.split('?').next().unwrap();
            // A path that is relative would lead elsewhere below the slash that hosts add.
            let leads_to = match path.strip_prefix("/careers") {
                Some(below) => file_at(&files, below),
                None => path.is_empty().then_some(body),
            };
            let Some(there) = leads_to else { panic!("{name} leads to {link}, where nothing is") };
            if !anchor.is_empty() {
                let there = std::str::from_utf8(there).unwrap();
                assert!(values(there, "id").contains(&anchor), "{name}: {link}");
            }
            followed += 1;
        }
    }
    assert!(followed > 100, "{followed}");
}

#[tokio::test]
async fn the_comparison_shows_its_defaults_and_why_there_is_no_form_and_links_its_rows() {
    let files = exported().await;
    let page = text(&files, "compare/index.html");
    assert!(page.contains("Zembla") && page.contains("<svg"), "{page}");
    assert!(page.contains("This copy of the site is made of files"), "{page}");
    assert!(!page.contains("<form") && !page.contains("<script src=\"/careers/assets/compare."));
    assert!(page.contains("href=\"/careers/compare.csv\""), "{page}");
    let served = Running::serving(site().build());
    assert_eq!(files["compare.csv"], served.get("/careers/compare.csv").await.body);
    let answer = served.get("/careers/compare").await;
    assert!(answer.text().contains("<form"));
    assert!(answer.text().contains("<script src=\"/careers/assets/compare."));
}

#[tokio::test]
async fn the_search_page_says_that_it_needs_the_program_and_links_the_guide() {
    let files = exported().await;
    let page = text(&files, "search/index.html");
    assert!(page.contains("This copy of the site is made of files"), "{page}");
    // Where a script that searches in place looks for an answer.
    let found = page.split_once("id=\"_found\"").unwrap().1;
    assert!(found.contains("<a href=\"/careers/guide\">"), "{page}");
    assert!(!page.contains("<form"), "{page}");
}

#[tokio::test]
async fn a_redirect_becomes_a_page_that_sends_its_reader_on() {
    let files = exported().await;
    for (name, to) in [
        ("guide/lights/index.html", "/careers/guide/lamps"),
        ("old/storms.php/index.html", "/careers/guide/storms#wind"),
    ] {
        let page = text(&files, name);
        assert!(page.contains(&format!("content=\"0; url={to}\"")), "{page}");
        assert!(page.contains(&format!("<a href=\"{to}\">")), "{page}");
        assert!(page.contains(&format!("rel=\"canonical\" href=\"https://example.org{to}\"")));
    }
}

#[tokio::test]
async fn the_error_page_has_links_that_hold_at_every_address() {
    let files = exported().await;
    let page = text(&files, "404.html");
    assert!(page.contains("Nothing stands at this address."), "{page}");
    assert!(page.contains("href=\"/careers/guide/lamps\""), "{page}");
}

#[tokio::test]
async fn packed_files_unpack_to_the_files_beside_them() {
    let folder = Folder::new();
    let target = folder.0.join("site");
    let options = Options { precompress: true, ..Options::default() };
    let exported = write(site(), &target, options).await.unwrap();
    let files = read_folder(&target);
    assert_eq!(files.len(), exported.files);
    let mut packed = 0;
    for (name, body) in &files {
        let mut plain = Vec::new();
        let of = if let Some(of) = name.strip_suffix(".br") {
            brotli::Decompressor::new(&**body, 4096).read_to_end(&mut plain).unwrap();
            of
        } else if let Some(of) = name.strip_suffix(".gz") {
            flate2::read::GzDecoder::new(&**body).read_to_end(&mut plain).unwrap();
            of
        } else {
            continue;
        };
        assert_eq!(plain, files[of], "{name}");
        assert!(body.len() < plain.len(), "{name}");
        packed += 1;
    }
    assert!(packed > 20 && files.contains_key("guide/lamps/index.html.br"), "{packed}");
    // Without them again: what an earlier export packed is replaced with the rest.
    write(site(), &target, REPLACE).await.unwrap();
    assert!(!target.join("index.html.br").exists() && target.join("index.html").exists());
}

#[tokio::test]
async fn an_empty_folder_keeps_its_permissions_and_a_link_to_it_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::new();
    let real = folder.0.join("real");
    fs::create_dir(&real).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o750)).unwrap();
    let link = folder.0.join("link");
    symlink(&real, &link).unwrap();
    write(site(), &link, Options::default()).await.unwrap();
    assert!(link.is_symlink() && real.join("index.html").exists());
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o750);
    assert!(beside(&real).iter().all(|name| name == "link"), "{:?}", beside(&real));
}

#[tokio::test]
async fn only_an_earlier_export_is_replaced_and_only_with_the_option() {
    let folder = Folder::new();
    let target = folder.0.join("site");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("thesis.txt"), "ten years").unwrap();
    let refusal = async |options| write(site(), &target, options).await.unwrap_err().to_string();
    assert!(refusal(Options::default()).await.contains("is not empty; --replace"));
    assert!(refusal(REPLACE).await.contains("was not written by an export"));
    assert_eq!(fs::read(target.join("thesis.txt")).unwrap(), b"ten years");

    fs::remove_file(target.join("thesis.txt")).unwrap();
    write(site(), &target, Options::default()).await.unwrap();
    assert!(refusal(Options::default()).await.contains("is not empty"));
    for strange in ["CNAME", "guide/lamps/note.txt", ".git"] {
        let path = target.join(strange);
        if strange == ".git" {
            fs::create_dir(&path).unwrap();
        } else {
            fs::write(&path, "mine").unwrap();
        }
        assert!(refusal(REPLACE).await.contains(&format!("what no export wrote ({strange})")));
        assert!(path.exists());
        let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir(&path));
    }
    let changed = site().file("guide/storms.md", page("Storms", "## Wind {#wind}\n\nNew text."));
    write(changed, &target, REPLACE).await.unwrap();
    assert!(
        fs::read_to_string(target.join("guide/storms/index.html")).unwrap().contains("New text")
    );
    assert_eq!(beside(&target), [""; 0]);
}

#[tokio::test]
async fn two_exports_to_one_folder_do_not_mix() {
    let folder = Folder::new();
    let target = folder.0.join("site");
    let staging = folder.0.join(format!(".site{MARKER}"));
    fs::create_dir(&staging).unwrap();
    let other = fs::File::open(&staging).unwrap();
    other.lock().unwrap();
    let error = write(site(), &target, Options::default()).await.unwrap_err();
    assert!(error.to_string().contains("under way"), "{error}");
    drop(other);
    fs::write(staging.join("left.txt"), "by an export that was ended").unwrap();
    write(site(), &target, Options::default()).await.unwrap();
    assert!(!target.join("left.txt").exists() && target.join("index.html").exists());
    assert_eq!(beside(&target), [""; 0]);
}

#[tokio::test]
async fn a_path_that_must_be_a_file_and_a_folder_is_reported_before_anything_is_written() {
    let folder = Folder::new();
    let target = folder.0.join("site");
    let odd = TestSite::new()
        .file("redirects.toml", "[redirects]\n\"/compare.csv/old\" = \"/sources\"\n");
    let error = write(odd, &target, Options::default()).await.unwrap_err().to_string();
    assert!(error.starts_with("compare.csv would have to be a file and a folder"), "{error}");
    assert!(!target.exists());
    assert_eq!(beside(&target), [""; 0]);
}

#[tokio::test]
async fn progress_counts_up_to_all_files() {
    let folder = Folder::new();
    let reported = std::sync::Mutex::new(Vec::new());
    let report = |phase, done, all| reported.lock().unwrap().push((phase, done, all));
    let site = site().build();
    let target = folder.0.join("site");
    let exported = export(site, &target, Options::default(), &report).await.unwrap();
    let reported = reported.into_inner().unwrap().into_iter();
    let (making, writing): (Vec<_>, Vec<_>) =
        reported.partition(|(phase, _, _)| *phase == Phase::Making);
    assert!(making.iter().all(|(_, done, all)| done <= all));
    assert!(making.last().is_some_and(|(_, done, all)| done == all));
    let mut writing: Vec<_> = writing.into_iter().map(|(_, done, all)| (done, all)).collect();
    writing.sort_unstable();
    let expected: Vec<_> = (1..=exported.files).map(|done| (done, exported.files)).collect();
    assert_eq!(writing, expected);
}
